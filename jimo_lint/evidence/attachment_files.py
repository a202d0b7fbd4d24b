"""Fetches the files that pages of the site offer, has them read, and stores what they hold."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import Collection, Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from datetime import UTC, date, datetime
from functools import partial
from importlib.util import find_spec
from pathlib import Path

from yarl import URL

from jimo_lint import __version__
from jimo_lint.domains import netloc, related
from jimo_lint.errors import ConfigError, StoreError, cause
from jimo_lint.evidence.link_targets import OFFLINE, ROUND, ask, due
from jimo_lint.linkcheck import Target
from jimo_lint.linkcheck.download import End, Whole
from jimo_lint.linkcheck.follow import Outcome
from jimo_lint.model import INSIDE, Document, PageClass, Problem, ProblemCode
from jimo_lint.network.address import extension_of, normalise
from jimo_lint.privacy import is_masked, mask_problem, mask_text
from jimo_lint.readers.attachments.pictures import ocr
from jimo_lint.readers.formats import PICTURE_SUFFIXES, SMALL_PICTURE, SUFFIXES
from jimo_lint.readers.processes import Job, Readings, Workers
from jimo_lint.readers.reading import Asked
from jimo_lint.readers.source import Source
from jimo_lint.runtime.progress import Progress
from jimo_lint.settings.config import Config
from jimo_lint.settings.sections import Reading
from jimo_lint.store import Store, attachments
from jimo_lint.store.attachments import STANDS, Attachment
from jimo_lint.store.reading import SITE

# Where a link leads to a host whose files are not the site's.
ELSEWHERE = "elsewhere"
# A picture that came and could not be read: it stays among those that nobody opened, and is asked for again.
UNREAD = "unread"
# What came is a file, though it may be of another kind than its name says: it is read as what it is.
_THERE = frozenset({"ok", "file-type"})
# Marks of what is wrong with a file itself, and not beyond what is read here.
_FAULTS = frozenset({"locked", "damaged", "empty"})
# Files that could be read in pictures, too, are not read anew where that is missing now.
_PICTURES = "+ocr"
# Of what a page shows as a picture and nothing here reads as one; a script may send one under any other name.
_NEVER_PICTURES = frozenset({*SUFFIXES, ".svg", ".ico", ".avif"})


def collect(
    config: Config, store: Store, hosts: Collection[str], as_of: date, progress: Progress
) -> tuple[Problem, ...]:
    """Ask for every file of the site that pages offer, and read what is new or changed; results are stored one by one.

    That is the beginning of a round of asking links, which `link_targets.probe` goes on with: what was asked for here
    is not asked for again. hosts: the site's own. A Problem says that there was no network. StoreError, ConfigError.
    """
    if config.attachments.read is Reading.NONE:
        return ()
    problems: list[Problem] = []
    offered = {normalise(url): page for url, _, page in store.offered()}
    shown: dict[str, str] = {}
    if config.attachments.pictures and ocr.is_there():
        shown = _shown(store, offered)
    elif config.attachments.pictures:
        problems.append(Problem(ProblemCode.PICTURES_WITHOUT_OCR, str(config.path)))
    begun = store.begin_probing(SITE, datetime.now(UTC), ROUND)
    with taking(config, store, hosts, as_of) as files:
        found = [one for url, text, page in store.offered() if (one := files.target(url, text, page))]
        found += [one for url, page in shown.items() if (one := files.target(url, "", page, pictured=True))]
        offered |= {normalise(url): page for url, page in shown.items()}
        found += [one for url, page in _left(store, offered) if (one := files.target(url, "", page))]
        targets, known = due(((one, store.link_result(one.url)) for one in found), begun)
        if targets:
            with progress.stage("读附件") as step:
                online, given_up = ask(config, store, targets, known, files.hosts(targets), step)
            problems += given_up
            if not online:
                return (*problems, OFFLINE)
    if store.finished():
        kept = offered.keys() | attachments.with_findings(store, INSIDE)
        attachments.drop(store, attachments.attachments(store).keys() - kept)
    return tuple(problems)


def _shown(store: Store, offered: Collection[str]) -> dict[str, str]:
    """The pictures that articles of the judged crawl show and no page offers as a file, each with the first article:
    what stands on all of them is read once."""
    found: dict[str, str] = {}
    for page in store.documents(SITE):
        if page.page_facts.looks is PageClass.ARTICLE:
            for link in page.links:
                if link.kind == "image" and normalise(link.url) not in offered:
                    found.setdefault(link.url, page.url)
    return found


def _left(store: Store, offered: Collection[str]) -> Iterator[tuple[str, str]]:
    """Files with findings that no page offers any more: whoever has the address gets them all the same."""
    standing = attachments.with_findings(store, INSIDE)
    return ((url, one.page) for url, one in attachments.attachments(store).items() if url in standing - {*offered})


@contextmanager
def taking(config: Config, store: Store, hosts: Collection[str], as_of: date) -> Iterator[Files]:
    """What takes files in, with its worker processes and a folder, which are gone at the end."""
    folder = store.path.with_name("attachments.tmp")
    try:
        shutil.rmtree(folder, ignore_errors=True)  # of a run that was killed
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as fault:
        raise StoreError(str(folder), f"不能写入（{cause(fault)}）", "请检查文件夹的权限和磁盘空间") from None
    try:
        with Workers() as workers:
            yield Files(config, store, hosts, as_of, workers, folder)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


class Files:
    """Says which links lead to files of the site that are read, and takes those in. ConfigError: unknown kinds."""

    def __init__(
        self, config: Config, store: Store, hosts: Collection[str], as_of: date, workers: Workers, folder: Path
    ) -> None:
        settings = config.attachments
        unknown = [kind for kind in settings.kinds if kind not in SUFFIXES]
        if unknown:
            fault = f"[attachments] kinds 里的“{unknown[0]}”没有能读它的程序"
            raise ConfigError(str(config.path), fault, f"能读：{' '.join(SUFFIXES)}")
        self._kinds = frozenset(settings.kinds or SUFFIXES)
        self._hosts = frozenset(hosts)
        self._further = frozenset(settings.hosts)  # as they are: a cloud's domain has the files of many
        self._most = int(settings.max_size * 1024 * 1024)
        self._anew = settings.read is Reading.ALL
        self._readers = f"{__version__}{_PICTURES if find_spec('rapidocr') else ''}"
        self._store = store
        self._as_of = as_of
        self._workers = workers
        self._folder = folder
        self._known = attachments.attachments(store) if settings.read is not Reading.NONE else {}
        self._none = settings.read is Reading.NONE

    def hosts(self, targets: Collection[Target]) -> frozenset[str]:
        """The hosts whose robots.txt is obeyed: the site's, and those of its files."""
        return self._hosts | self._further | {netloc(one.url) for one in targets if one.whole}

    def knows(self, url: str) -> bool:
        """Whether a file at this address was asked for before."""
        return normalise(url) in self._known

    def target(self, url: str, text: str, page: str, *, pictured: bool = False) -> Target | None:
        """How to ask for a file that is to be read; None for what is not. page: one that offers it, or, pictured, shows
        it: a script may send a picture."""
        suffix = f".{extension_of(url)}"
        wanted = suffix in PICTURE_SUFFIXES or suffix not in _NEVER_PICTURES if pictured else suffix in self._kinds
        if self._none or not wanted or is_masked(url) or not self._is_own(netloc(url)):
            return None
        key = normalise(url)
        held = self._known.get(key)
        etag, modified = (held.etag, held.modified) if held and self._holds(held) else ("", "")
        take = partial(self._take, key, page, pictured=pictured)
        return Target(url, "attachment", text, Whole(take, self._folder, self._most, self._own, etag, modified))

    def _is_own(self, host: str) -> bool:
        return host in self._further or related(host, self._hosts)

    def _own(self, url: URL) -> bool:
        return self._is_own(netloc(str(url)))

    def _holds(self, held: Attachment) -> bool:
        """Whether what is stored of a file need not be read again where the file is the same."""
        return not self._anew and bool(held.sha256) and held.readers in (self._readers, f"{self._readers}{_PICTURES}")

    async def _take(self, url: str, page: str, outcome: Outcome, *, pictured: bool) -> None:
        """Store what came of a file, read where it has to be."""
        try:
            await self._settle(url, page, outcome, pictured=pictured)
        finally:
            if outcome.file:
                outcome.file.drop()

    async def _settle(self, url: str, page: str, outcome: Outcome, *, pictured: bool) -> None:
        file, held, now = outcome.file, self._known.get(url), attachments.now()
        if outcome.reason not in _THERE or file is None or file.end not in (End.WHOLE, End.UNCHANGED):
            why = outcome.reason if outcome.reason not in _THERE else file.end.value if file else ELSEWHERE
            former = held or Attachment(url, page, now, why)
            attachments.put(self._store, replace(former, page=page, checked=now, outcome=why))
            return
        if held and file.end is End.UNCHANGED:
            attachments.put(self._store, replace(held, page=page, checked=now, outcome=STANDS))
            return
        etag, modified = (mark if mask_text(mark) == mark else "" for mark in (file.etag, file.modified))
        if held and self._holds(held) and file.sha256 == held.sha256:
            same = replace(held, page=page, checked=now, outcome=STANDS, etag=etag, modified=modified)
            attachments.put(self._store, same)
            return
        # Some servers give every file the name of the program that sends it.
        suffix = file.suffix if file.suffix in SUFFIXES else f".{extension_of(url)}"
        if pictured and suffix not in PICTURE_SUFFIXES:  # it is known to be a picture by how it is shown
            suffix = ""
        read = Attachment(url, page, now, STANDS, etag, modified, file.sha256, file.size, suffix, now, self._readers)
        if pictured and not held and file.size < SMALL_PICTURE:
            attachments.put(self._store, read, [])
            return
        found = await self._read(file.path, url, suffix, told=not pictured)
        # A notice in place of a picture is none.
        unread = pictured and not any(isinstance(one, Document) and one.file_facts.format == "picture" for one in found)
        if unread or _given_up(found):  # a busy machine is no reason to leave a file unread until it changes
            read = replace(read, outcome=UNREAD if unread else STANDS, sha256="", etag="", modified="")
        attachments.put(self._store, read, [] if unread else list(_told(found)))

    async def _read(self, path: Path | None, url: str, suffix: str, *, told: bool) -> Readings:
        """What a file holds; others are asked for meanwhile. told: as in `Asked`."""
        content: Path | bytes = path if path is not None else b""
        asked = Asked(self._as_of, base=url, source="attachment", told=told)
        done, result = self._workers.begin(Job(Source(url, content), suffix, asked))
        with suppress(Exception):  # `result` says what became of it
            await asyncio.wrap_future(done)
        return result()


def _given_up(found: Readings) -> bool:
    return any("overlong" in _marks(one) for one in found if isinstance(one, Document))


def _marks(document: Document) -> set[str]:
    return {mark.kind for mark in document.file_facts.marks}


def _told(found: Readings) -> Iterator[Document | Problem]:
    """What is stored of a file: faults that the office can mend are for rules to tell, so they are excused here."""
    faulty = {one.url for one in found if isinstance(one, Document) and not _FAULTS.isdisjoint(_marks(one))}
    for one in found:
        yield replace(mask_problem(one), waived=one.place in faulty) if isinstance(one, Problem) else one
