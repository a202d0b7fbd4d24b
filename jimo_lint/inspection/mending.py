"""Puts right in files what rules are certain of: nothing but the wrong characters changes in text, pages and Word."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from difflib import unified_diff
from html import unescape
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from jimo_lint.errors import InputError
from jimo_lint.extract.markup.charset import read_text
from jimo_lint.model import Edit, Finding, Report
from jimo_lint.model.terms import CHINA
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
TITLED, UNMATCHED, OVERLAPPING = "书名号里", "检查之后改过的文件里", "挨着别处改动的"
OTHER_FORMAT, UNTRACKED, UNREADABLE = "不能改的格式里", "不能留修订的格式里", "读不出的文件里"


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
        yield _file(Path(name), found, moment if track else None, moment)


def _file(path: Path, findings: list[Finding], tracked: datetime | None, moment: datetime) -> Mended:
    try:
        body = path.read_bytes()
        source = Source(str(path), body)
        if body.startswith(opc.SIGNATURE):
            return _word(path, source, findings, tracked, moment)
        held = _text(source, path.suffix)
    except (OSError, ValueError, InputError):
        return _unchanged(path, findings, UNREADABLE)
    if held is None or tracked:
        return _unchanged(path, findings, OTHER_FORMAT if held is None else UNTRACKED)
    return _lines(path, held, findings)


def _unchanged(path: Path, findings: list[Finding], reason: str) -> Mended:
    return Mended(path, "", "", b"", 0, (reason,) * len(findings))


def _lines(path: Path, held: tuple[str, bytes, str], findings: list[Finding]) -> Mended:
    text, mark, codec = held
    starts = [0, *(end.end() for end in _ENDS.finditer(text))]
    wanted = [_all(_place(text, starts, finding, edit) for edit in finding.edits) for finding in findings]
    chosen, reasons = _apart(wanted)
    after, at = [], 0
    for start, end, right in sorted(chosen):
        after += [text[at:start], right]
        at = end
    after.append(text[at:])
    whole = "".join(after)
    try:
        content = mark + whole.encode(codec)
    except UnicodeEncodeError:
        return _unchanged(path, findings, "这个字符编码里没有的字")
    return Mended(path, text, whole, content, len(findings) - len(reasons), reasons)


def _word(path: Path, source: Source, findings: list[Finding], tracked: datetime | None, moment: datetime) -> Mended:
    from jimo_lint.inspection.word import mend  # of no use to text
    from jimo_lint.inspection.word.document import WordDocument

    if not docx.sign(source):
        return _unchanged(path, findings, OTHER_FORMAT)
    document = WordDocument(source)
    if document.forbidden:
        return _unchanged(path, findings, document.forbidden)
    wanted = [_all(_change(document, finding, edit) for edit in finding.edits) for finding in findings]
    chosen, reasons = _apart(wanted)
    changes = [mend.Change(*one) for one in chosen]
    tracked = tracked or (moment if document.tracking else None)
    try:
        content = mend.mend(document, changes, tracked) if changes else b""
    except ValueError:
        return _unchanged(path, findings, mend.ODD)
    before, after = "\n".join(document.texts), "\n".join(mend.applied(document.texts, changes))
    done = len(findings) - len(reasons)
    return Mended(path, before, after, content, done, reasons, tracked is not None and bool(done))


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


_P = TypeVar("_P", bound=tuple[Any, ...])


def _all(places: Iterable[_P | str]) -> list[_P] | str:
    """The places of all edits of a finding; where one has none, why."""
    found: list[_P] = []
    for one in places:
        if isinstance(one, str):
            return one
        found.append(one)
    return found


def _apart(wanted: Sequence[list[_P] | str]) -> tuple[list[_P], tuple[str, ...]]:
    """The places of findings whose places overlap none that begin before, and why each other finding has none.

    A place ends with its begin, its end and its text.
    """
    known = sorted((one for one in wanted if not isinstance(one, str)), key=lambda one: [place[:-1] for place in one])
    reasons = [one for one in wanted if isinstance(one, str)]
    chosen: list[_P] = []
    for places in known:
        if places == chosen[-len(places) :]:  # two rules propose the same
            continue
        if chosen and _meet(places[0], chosen[-1]):
            reasons.append(OVERLAPPING)
        else:
            chosen += places
    return chosen, tuple(reasons)


def _meet(one: tuple[Any, ...], other: tuple[Any, ...]) -> bool:
    return one[:-3] == other[:-3] and one[-3] < other[-2] and other[-3] < one[-2]


def _place(text: str, starts: list[int], finding: Finding, edit: Edit) -> tuple[int, int, str] | str:
    """Why there is none: the file has not there what was judged, or names a document, whose title is its issuer's."""
    place, span = edit.position, finding.span
    if span is None or max(place.line, place.end_line) > len(starts):
        return UNMATCHED
    start, end = starts[place.line - 1] + place.column - 1, starts[place.end_line - 1] + place.end_column - 1
    if unescape(text[start:end]) != _wrong(finding, edit):
        return UNMATCHED
    return TITLED if _is_title(text[starts[place.line - 1] : start]) else (start, end, edit.text)


def _change(document: WordDocument, finding: Finding, edit: Edit) -> tuple[int, int, int, str] | str:
    """As above, in a Word document, by the number of the passage; also where a person has to look first."""
    from jimo_lint.inspection.word import mend

    place = document.locate(edit.span.start, edit.span.end)
    if place is None:
        return mend.DRAWN
    number, start, end = place
    text = document.texts[number]
    if text[start:end] != _wrong(finding, edit):
        return UNMATCHED
    if _is_title(text[:start]):
        return TITLED
    return mend.obstacle(document, mend.Change(*place, edit.text)) or (number, start, end, edit.text)


def _wrong(finding: Finding, edit: Edit) -> str:
    start = finding.span.start if finding.span else 0
    return finding.matched[edit.span.start - start : edit.span.end - start]


def _is_title(before: str) -> bool:
    return before.rfind("《") > before.rfind("》")
