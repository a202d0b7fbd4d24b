"""Puts right in files what rules are certain of: nothing but the wrong characters changes in text, pages and Word."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from difflib import unified_diff
from html import unescape
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from jimo_lint.errors import InputError
from jimo_lint.extract.markup.charset import read_text
from jimo_lint.language.addresses import in_address
from jimo_lint.model import INSIDE, Edit, Finding, Report
from jimo_lint.model.terms import CHINA
from jimo_lint.privacy import is_masked
from jimo_lint.readers import opc
from jimo_lint.readers.drafts.local import written
from jimo_lint.readers.encoding import MARKS
from jimo_lint.readers.source import Source
from jimo_lint.readers.word import docx

if TYPE_CHECKING:
    from jimo_lint.inspection.word.document import WordDocument

_ENDS = re.compile("\r\n|\r|\n")
_CODECS = ("utf-8", "gb18030", "utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be")

# Why what could be mended is not.
TITLED, ADDRESSED, UNMATCHED, OVERLAPPING = "书名号里", "网址、邮箱里", "检查之后改过的文件里", "挨着别处改动的"
OTHER_FORMAT, UNTRACKED, UNREADABLE = "不能改的格式里", "不能留修订的格式里", "读不出的文件里"
PACKED, ONLINE, PERSONAL = "压缩包、邮件等里面的文件里", "网址上的网页里", "名称里有号码的文件里（请先改名）"


class Change(NamedTuple):
    """Characters [start, end) become `text`. passage: of a Word document, by its number; 0 of a text file."""

    passage: int
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Mended:
    """A file put right. before, after: its text; content: the bytes of the latter, in the file's own charset.

    done: how many findings are mended; reasons: why each of those is not that could be but stands where nothing is
    changed unseen. tracked: the changes are still to be accepted.
    """

    path: Path
    before: str
    after: str
    content: bytes
    done: int
    reasons: tuple[str, ...] = ()
    tracked: bool = False

    @property
    def left(self) -> int:
        """How many could be mended and are not."""
        return len(self.reasons)

    def diff(self) -> Iterator[str]:
        """The lines of a unified diff, without line ends."""
        before, after = self.before.splitlines(), self.after.splitlines()
        yield from unified_diff(before, after, str(self.path), str(self.path), lineterm="")


def mended(report: Report, *, track: bool = False) -> Iterator[Mended]:
    """The files that have findings with edits, put right; those that cannot be, with `done` 0.

    track: as changes that are still to be accepted, and where a format has none, not at all. Where a document asks for
    them, they are made in any case.
    """
    moment = report.run.started.astimezone(CHINA)
    by_file: dict[str, list[Finding]] = {}
    for finding in report.findings:
        if finding.edits:
            by_file.setdefault(finding.url, []).append(finding)
    for name, found in by_file.items():
        yield _file(Path(name), found, track, moment)


def _file(path: Path, findings: list[Finding], track: bool, moment: datetime) -> Mended:
    try:
        body = path.read_bytes()
        source = Source(str(path), body)
        if body.startswith(opc.SIGNATURE):
            return _word(source, path, findings, track, moment)
        held = _text(source, path.suffix)
    except (OSError, ValueError, InputError):
        return _unchanged(path, findings, _unread(findings[0].url))
    if held is None or track:
        return _unchanged(path, findings, OTHER_FORMAT if held is None else UNTRACKED)
    return _lines(path, held, findings)


def _unread(name: str) -> str:
    """Why what findings call so is no file that can be read."""
    if INSIDE in name:
        return PACKED
    if name.startswith(("http://", "https://")):
        return ONLINE
    return PERSONAL if is_masked(name) else UNREADABLE


def _unchanged(path: Path, findings: list[Finding], reason: str) -> Mended:
    return Mended(path, "", "", b"", 0, (reason,) * len(findings))


def _lines(path: Path, held: tuple[str, bytes, str], findings: list[Finding]) -> Mended:
    text, mark, codec = held
    starts = [0, *(end.end() for end in _ENDS.finditer(text))]
    wanted = [_all(_in_text(text, starts, finding, edit) for edit in finding.edits) for finding in findings]
    changes, reasons = _apart(wanted)
    after, at = [], 0
    for _, start, end, right in changes:
        after += [text[at:start], right]
        at = end
    after.append(text[at:])
    whole = "".join(after)
    try:
        content = mark + whole.encode(codec)
    except UnicodeEncodeError:
        return _unchanged(path, findings, "这个字符编码里没有的字")
    return Mended(path, text, whole, content, len(findings) - len(reasons), reasons)


def _word(source: Source, path: Path, findings: list[Finding], track: bool, moment: datetime) -> Mended:
    from jimo_lint.inspection.word import mend  # of no use to text
    from jimo_lint.inspection.word.document import WordDocument

    if not docx.sign(source):
        return _unchanged(path, findings, OTHER_FORMAT)
    document = WordDocument(source)
    if document.forbidden:
        return _unchanged(path, findings, document.forbidden)
    wanted = [_all(_in_word(document, finding, edit) for edit in finding.edits) for finding in findings]
    changes, reasons = _apart(wanted)
    track = track or document.tracking
    try:
        content = mend.mend(document, changes, moment if track else None) if changes else b""
    except ValueError:
        return _unchanged(path, findings, mend.ODD)
    before, after = "\n".join(document.texts), "\n".join(mend.applied(document.texts, changes))
    done = len(findings) - len(reasons)
    return Mended(path, before, after, content, done, reasons, track and bool(done))


def _text(source: Source, suffix: str) -> tuple[str, bytes, str] | None:
    """The text, its byte order mark and codec; None where the bytes do not come back from the text exactly."""
    text = written(source, suffix)
    if text is None:
        return None
    body = source.body
    mark = next((one for one, _ in MARKS if body.startswith(one)), b"")
    declared = () if mark else (read_text(body)[1],)
    for codec in (*_CODECS, *declared):
        try:
            if mark + text.encode(codec) == body:
                return text, mark, codec
        except (UnicodeEncodeError, LookupError):
            continue
    return None


def _all(changes: Iterable[Change | str]) -> list[Change] | str:
    """The changes for all edits of a finding; where one cannot be made, why."""
    found: list[Change] = []
    for one in changes:
        if isinstance(one, str):
            return one
        found.append(one)
    return found


def _apart(wanted: Sequence[list[Change] | str]) -> tuple[list[Change], tuple[str, ...]]:
    """The changes for findings that overlap none that begin before, in their order; why each other finding has none."""
    reasons = [one for one in wanted if isinstance(one, str)]
    chosen: list[Change] = []
    for changes in sorted(one for one in wanted if not isinstance(one, str)):
        if changes == chosen[-len(changes) :]:  # two rules propose the same
            continue
        if chosen and changes[0].passage == chosen[-1].passage and changes[0].start < chosen[-1].end:
            reasons.append(OVERLAPPING)
        else:
            chosen += changes
    return chosen, tuple(reasons)


def _in_text(text: str, starts: list[int], finding: Finding, edit: Edit) -> Change | str:
    """Why there is none: the file has not there what was judged, or names a document, whose title is its issuer's."""
    place = edit.position
    if max(place.line, place.end_line) > len(starts):
        return UNMATCHED
    start, end = starts[place.line - 1] + place.column - 1, starts[place.end_line - 1] + place.end_column - 1
    if unescape(text[start:end]) != _wrong(finding, edit):
        return UNMATCHED
    low = starts[place.line - 1]
    # The text of Markdown is without the addresses that end before Chinese goes on.
    if in_address(text[low : starts[place.line] if place.line < len(starts) else None], start - low, end - low):
        return ADDRESSED
    return TITLED if _is_title(text[low:start]) else Change(0, start, end, edit.text)


def _in_word(document: WordDocument, finding: Finding, edit: Edit) -> Change | str:
    """As above, in a Word document; also where a person has to look first."""
    from jimo_lint.inspection.word import mend

    place = document.locate(edit.span.start, edit.span.end)
    if place is None:
        return mend.DRAWN
    number, start, end = place
    text, change = document.texts[number], Change(number, start, end, edit.text)
    if text[start:end] != _wrong(finding, edit):
        return UNMATCHED
    return TITLED if _is_title(text[:start]) else mend.obstacle(document, change) or change


def _wrong(finding: Finding, edit: Edit) -> str:
    start = finding.span.start if finding.span else 0
    return finding.matched[edit.span.start - start : edit.span.end - start]


def _is_title(before: str) -> bool:
    return before.rfind("《") > before.rfind("》")
