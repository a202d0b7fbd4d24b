"""Reads the archive of accounts: finds the format of each file by its content and yields the posts, masked."""

from __future__ import annotations

import logging
import os
import re
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from traceback import format_exc

from jimo_lint import privacy
from jimo_lint.errors import InputError
from jimo_lint.model import Account, Document, PostState, Problem, ProblemCode, unreadable
from jimo_lint.model.problems import Args
from jimo_lint.readers import opc
from jimo_lint.readers.archives import attached, files, packed
from jimo_lint.readers.archives.formats import (
    article_file,
    douyin,
    exporter,
    feed,
    json_ledger,
    ledger,
    links,
    mhtml,
    page_file,
    post,
    sqlite_ledger,
    wechat_api,
    wechat_page,
    wechat_table,
    weibo,
    wewe_rss,
    word,
    word_ledger,
    xiaohongshu,
)
from jimo_lint.readers.archives.owners import Owners
from jimo_lint.readers.source import MAX_BYTES, Format, Source, gunzip, is_folder, load
from jimo_lint.readers.tables import table
from jimo_lint.runtime import timelimit

_logger = logging.getLogger(__name__)

# In the order of asking: a format that knows its own marks before one that only knows column names.
FORMATS: tuple[type[Format], ...] = (
    wechat_page.WechatPage,
    feed.Feed,
    wewe_rss.WeweRss,
    weibo.WeiboDatabase,
    weibo.WeiboJson,
    wechat_api.WechatApi,
    exporter.ExporterJson,
    json_ledger.JsonLedger,
    sqlite_ledger.SqliteLedger,
    word_ledger.WordLedger,
    word.WordFile,
    weibo.WeiboTable,
    exporter.ExporterTable,
    wechat_table.WechatTable,
    xiaohongshu.XiaohongshuTable,
    douyin.DouyinTable,
    ledger.Ledger,
    links.LinkList,
    page_file.PageFile,
    article_file.ArticleFile,
)
# Of these a file is one post, and shows pictures by where they lie.
_SHOWING = (wechat_page.WechatPage, page_file.PageFile, article_file.ArticleFile)

# What tells of times that were not read, row by row.
_TIMES_TOLD = (ProblemCode.TIMES_UNREAD, ProblemCode.DATES_UNREAD)
_PAGE = re.compile(rb"<(?:!doctype|html|head|body|table|meta)\b", re.I)
_WORD = (".docx", ".docm", ".dotx", ".doc", ".dot", ".wps", ".wpt")
_SLIDES = (".pptx", ".pps", ".ppsx", ".dps", ".odt", ".odp", ".ofd")  # and other packages that are no tables


@dataclass(slots=True)
class Opened:
    """What one file of an archive was taken for. sign: what told the format; format: None where nothing did."""

    place: str
    format: type[Format] | None = None
    sign: str = ""
    posts: int = 0


def read(
    accounts: Sequence[Account], path: Path, as_of: date, opened: list[Opened] | None = None
) -> Iterator[Document | Problem]:
    """The posts of a file or folder for the accounts that share it, each once, masked; a fault costs no other file.

    A post dated after `as_of` loses its date (nothing may look fresh by a wrong year) and is told of. Posts of a
    format that may leave some out do not prove silence. A file that no format knows is an
    excused Problem beside files that were read, else a fault. A folder without any file is a Problem; a table
    with a header and no rows yields nothing: it proves emptiness. Where a file was not read, or not to its end,
    the last post of each account does not either. `opened` is told of each file.
    """
    return _concerning(accounts, _read(accounts, path, as_of, opened))


def _read(
    accounts: Sequence[Account], path: Path, as_of: date, opened: list[Opened] | None
) -> Iterator[Document | Problem]:
    if not os.path.lexists(path):
        yield Problem(ProblemCode.ARCHIVE_MISSING, str(path))
        return
    reader = _Reader(accounts, str(path), as_of, opened)
    reader.folder = path if is_folder(path) else path.parent
    found = 0
    for file in files.files(path):
        beside = isinstance(file, Path) and files.is_saved_with_page(file, path)
        found += not beside
        if isinstance(file, Problem):
            reader.lost = True
            yield file
            continue
        if beside:
            reader.beside(file)
            continue
        try:
            source = load(file)
        except InputError as fault:
            reader.lost = True
            yield unreadable(fault)
            continue
        for one in packed.unpacked(source):
            if isinstance(one, Problem):
                reader.lost = reader.lost or one.code is not ProblemCode.PACKED_BESIDE
                yield one
            else:
                yield from reader.file(one)
    yield from reader.rest()
    if not found:
        yield Problem(ProblemCode.ARCHIVE_EMPTY, str(path))


def read_bytes(accounts: Sequence[Account], place: str, body: bytes, as_of: date) -> Iterator[Document | Problem]:
    """The posts of an answer fetched from the address `place`; as `read`."""
    return _concerning(accounts, _read_bytes(accounts, place, body, as_of))


def _read_bytes(accounts: Sequence[Account], place: str, body: bytes, as_of: date) -> Iterator[Document | Problem]:
    try:
        if len(body) > MAX_BYTES:
            raise InputError(place, "超过 50 MB，未读", "请换成较小的订阅")
        source = Source(place, gunzip(body, place))
    except InputError as fault:
        yield unreadable(fault)
        return
    reader = _Reader(accounts, place, as_of, None)
    yield from reader.file(source)
    yield from reader.rest()


def find_format(source: Source) -> tuple[type[Format] | None, str]:
    """The format of the content and what told it; None where no format does. InputError where it is damaged."""
    try:
        for one in FORMATS:
            if sign := one.sign(source):
                return one, sign
    except InputError as fault:
        # The last that could read a damaged package are workbooks: what is none by its name is not to be called one.
        suffix = Path(source.place).suffix.lower()
        if fault.mark or suffix not in (*_WORD, *_SLIDES) or (suffix in _SLIDES and not _is_cut(source)):
            raise
        what = "Word 文档" if suffix in _WORD else f"{suffix} 文件"
        raise InputError(fault.place, f"不是完好的 {what}，多半没有下载或复制完", "请重新导出或复制") from None
    return None, ""


def _is_cut(source: Source) -> bool:
    """Whether a package has lost its end, where its directory stands."""
    with source.open() as file:
        return source.head.startswith(opc.SIGNATURE) and not zipfile.is_zipfile(file)


class _Reader:
    """Reads the files of one archive, one after the other."""

    def __init__(self, accounts: Sequence[Account], place: str, as_of: date, opened: list[Opened] | None) -> None:
        self._owners = Owners(accounts, place)
        self._as_of = as_of
        self._opened = opened
        self._seen: dict[str, tuple[str, date | None]] = {}  # title and day of what was given, by id and by address
        self._doubled = 0
        self._last: dict[str | None, Document] = {}
        self._strange: list[str] = []  # files that no format knows
        # Whose the documents beside the posts are, where that is known.
        self._account = accounts[0] if len(accounts) == 1 else None
        self._attached: list[Path] = []
        self.folder: Path | None = None  # what lies in it may be shown by posts
        self._shown: dict[str, attached.Shown] = {}  # by the place of a page
        self._pictures: dict[Path, attached.Attached] = {}  # that posts show
        self._pages: dict[str, str] = {}  # their posts, by place without suffix
        self._paged: list[Problem] = []  # files that hold some pages of more, which other files may hold
        self._undated: list[str] = []  # places of posts that went out at a time nobody could read
        self._known = False  # some file was of a known format
        self.lost = False  # some file was not read to its end
        self._place = place

    def file(self, source: Source) -> Iterator[Document | Problem]:
        """The posts of one file that are known to be somebody's by now."""
        note = Opened(source.place)
        if self._opened is not None:
            self._opened.append(note)
        future = hollow = 0
        example = ""
        told = False
        undated: list[str] = []
        try:
            if not source.start:
                self.lost = True
                yield Problem(ProblemCode.FILE_EMPTY, source.place)
                return
            with timelimit.limited(source.place):
                if mhtml.is_mhtml(source.head):
                    source = Source(source.place, mhtml.page(source.body))
                source.as_of = self._as_of
                note.format, note.sign = find_format(source)
            if note.format is None:
                yield from self._unknown(source)
                return
            self._known = True
            self._owners.sheets(table.known_sheets(source))
            shown = self._pictures_of(note.format, source)
            for value in timelimit.each(note.format.read(source), source.place):
                if isinstance(value, Problem):
                    told = True
                    yield from self._told(value, undated)
                    continue
                if note.format.PROVES_SILENCE and _is_undated(value):
                    undated.append(value.post_facts.place)
                note.posts += 1
                hollow += value.state is PostState.OK and not value.published and not value.text.strip()
                if value.published and value.published.date() > self._as_of:
                    future += 1
                    example = example or f"{value.published:%Y-%m-%d}"
                    facts = replace(value.post_facts, future_time=value.published)
                    value = replace(value, published=None, published_from="", facts=facts)
                if not note.format.PROVES_SILENCE:
                    value = _unproving(value)
                yield from self._fresh(self._owners.give(shown.told_to(value)))
            self._undated += undated
            if hollow and hollow == note.posts:
                # Mostly the export of another program, or of another version, whose names are not known.
                self.lost = True
                empty: Args = {"count": note.posts, "format": note.format.TITLE}
                yield Problem(ProblemCode.HOLLOW, source.place, empty)
            if not note.posts and not told and not note.format.PROVES_SILENCE:
                yield Problem(ProblemCode.NO_POSTS, source.place, {"format": note.format.TITLE})
        except InputError as fault:
            self.lost = True
            yield unreadable(fault)
        except Exception as fault:  # noqa: BLE001 - one odd file must not cost the other accounts
            self.lost = True
            place, trace = privacy.mask_text(source.place), privacy.mask_text(format_exc())
            _logger.error("程序没能读懂 %s，请报告给开发者：\n%s", place, trace)
            yield Problem(ProblemCode.FILE_NOT_UNDERSTOOD, source.place, {"error": type(fault).__name__})
        if future:
            later: Args = {"count": future, "day": f"{self._as_of:%Y-%m-%d}", "example": example}
            yield Problem(ProblemCode.FUTURE_TIMES, source.place, later)

    def _unknown(self, source: Source) -> Iterator[Problem]:
        """A file of no known format: what was meant to be a post is told of now, the rest when all files were read."""
        if _PAGE.match(source.start):  # what was saved is a notice or another page
            self.lost = True
            yield Problem(ProblemCode.UNKNOWN_PAGE, source.place)
        else:
            self._strange.append(source.place)

    def _told(self, problem: Problem, undated: list[str]) -> Iterator[Problem]:
        """What a format tells of a file; whether pages are missing, only all files together tell."""
        if problem.code in _TIMES_TOLD:
            undated.clear()
        if problem.code is ProblemCode.WECHAT_GATE:
            self.lost = True
        if problem.code is ProblemCode.PAGES_MISSING:
            self._paged.append(problem)
        else:
            yield problem

    def _pictures_of(self, form: type[Format], source: Source) -> attached.Shown:
        """The pictures that a file shows, which its post is then asked about."""
        if form not in _SHOWING:
            return attached.Shown()
        with timelimit.limited(source.place):
            shown = self._shown[source.place] = attached.pictures(source, self.folder)
        return shown

    def beside(self, path: Path) -> None:
        """A document or a picture that a page was saved with."""
        self._attached.append(path)

    def rest(self) -> Iterator[Document | Problem]:
        """What was held back until all files were read."""
        for value in self._owners.rest():
            if isinstance(value, Problem):
                yield value
            else:
                yield from self._fresh(iter((value,)))
        if sum(int(one.args["read"]) for one in self._paged) < max(
            (int(one.args["total"]) for one in self._paged), default=0
        ):
            self.lost = True
            yield from self._paged
        for account, last in self._last.items():
            doubtful = self.lost or bool(self._strange) or self._owners.is_doubtful(account)
            yield _unproving(last) if doubtful else last
        # A picture book or a manual beside the posts is not what was asked for; with nothing else, it may be.
        for place in self._strange:
            # What was packed lies nowhere to be read from again.
            if self._known and self._account and attached.is_document(Path(place)) and os.path.lexists(place):
                self._attached.append(Path(place))
                yield Problem(ProblemCode.READ_BESIDE, place)
            else:
                yield Problem(ProblemCode.BESIDE if self._known else ProblemCode.UNKNOWN_FORMAT, place)
        beside = dict(self._pictures)
        if self._account and self._known:
            for path in self._attached:
                page = self._pages.get(files.without_ending(path.parent), "")
                beside.setdefault(path, attached.Attached(path, self._account.id, page))
        yield from attached.read([*beside.values()], self._as_of)
        if self._undated:
            undated: Args = {"count": len(self._undated), "example": Path(self._undated[0]).name}
            yield Problem(ProblemCode.POSTS_UNDATED, self._place, undated)
        if self._doubled:
            yield Problem(ProblemCode.DOUBLED, self._place, {"count": self._doubled})

    def _fresh(self, posts: Iterator[Document]) -> Iterator[Document | Problem]:
        """Masked, and without those that were given before: the same id or the same address.

        An address that stands beside posts of other titles and days is that of the account's page, and tells nothing.
        The last one of each account is kept until it is known whether all was read: it then tells of it.
        """
        for one in posts:
            told = (one.title, one.published.date() if one.published else None)
            address = post.address_key(one.url)
            by_address = f"{one.account}#{address}" if address else one.id
            known = self._seen.get(by_address, told)
            if known[0] != told[0] and known[1] != told[1]:
                if one.id == by_address:
                    one = replace(one, id=f"{one.account}#{post.content_key(address, *told)}")
                by_address = one.id
            if self._seen.keys().isdisjoint({one.id, by_address}):
                try:
                    with timelimit.limited(self._place):
                        masked = privacy.mask(one)
                except InputError as fault:
                    self.lost = True
                    yield unreadable(fault)
                    continue
                if one.account in self._last:
                    yield self._last[one.account]
                self._last[one.account] = masked
                self._take_pictures(one.post_facts.place, masked)
            else:
                self._doubled += 1
            for key in (one.id, by_address):
                self._seen.setdefault(key, told)

    def _take_pictures(self, place: str, post: Document) -> None:
        """Those that a post shows are its account's."""
        if shown := self._shown.get(place):
            self._pages[str(Path(place).with_suffix(""))] = post.url
            for path in shown.here:
                self._pictures.setdefault(path, attached.Attached(path, post.account or "", post.url))


def _concerning(accounts: Sequence[Account], values: Iterator[Document | Problem]) -> Iterator[Document | Problem]:
    """The values; what is about no single account is about all that share the archive."""
    ids = tuple(account.id for account in accounts)
    for value in values:
        yield value if isinstance(value, Document) or value.accounts else replace(value, accounts=ids)


def _is_undated(post: Document) -> bool:
    """Whether a post that went out has a time that could not be read."""
    facts = post.post_facts
    return post.state is PostState.OK and not (post.published or facts.proves_silence or facts.form == "draft")


def _unproving(post: Document) -> Document:
    """The post as one of an archive that need not hold all that was published."""
    return replace(post, facts=replace(post.post_facts, proves_silence=False))
