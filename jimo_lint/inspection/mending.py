"""Puts right in text files what rules are certain of: nothing but the wrong characters changes in the file."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from difflib import unified_diff
from html import unescape
from pathlib import Path

from jimo_lint.errors import InputError
from jimo_lint.extract.markup.charset import read_text
from jimo_lint.model import Edit, Finding
from jimo_lint.readers.drafts.local import written
from jimo_lint.readers.encoding import MARKS
from jimo_lint.readers.source import Source

_ENDS = re.compile("\r\n|\r|\n")
_CODECS = ("utf-8", "gb18030", "utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be")


@dataclass(frozen=True, slots=True)
class Mended:
    """A file put right. before, after: its text; content: the bytes of the latter, in the file's own charset.

    done: how many findings are mended; left: how many could be but stand where nothing is changed unseen.
    """

    path: Path
    before: str
    after: str
    content: bytes
    done: int
    left: int = 0

    def diff(self) -> Iterator[str]:
        """The lines of a unified diff, without line ends."""
        before, after = self.before.splitlines(), self.after.splitlines()
        yield from unified_diff(before, after, str(self.path), str(self.path), lineterm="")


def mended(findings: Iterable[Finding]) -> Iterator[Mended]:
    """The files that have findings with edits, put right; those that cannot be, with `done` 0."""
    by_file: dict[str, list[Finding]] = {}
    for finding in findings:
        if finding.edits:
            by_file.setdefault(finding.url, []).append(finding)
    for name, found in by_file.items():
        yield _file(Path(name), found)


def _file(path: Path, findings: list[Finding]) -> Mended:
    unchanged = Mended(path, "", "", b"", 0, len(findings))
    try:
        body = path.read_bytes()
        held = _text(Source(str(path), body), path.suffix)
    except (OSError, ValueError, InputError):
        return unchanged
    if held is None:
        return unchanged
    text, mark, codec = held
    starts = [0, *(end.end() for end in _ENDS.finditer(text))]
    after, at, done = [], 0, 0
    for start, end, right, number in sorted(_places(text, starts, findings)):
        if start >= at:
            after += [text[at:start], right]
            at, done = end, done + number
    after.append(text[at:])
    whole = "".join(after)
    try:
        content = mark + whole.encode(codec)
    except UnicodeEncodeError:
        return unchanged
    return Mended(path, text, whole, content, done, len(findings) - done)


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


def _places(text: str, starts: list[int], findings: Iterable[Finding]) -> Iterator[tuple[int, int, str, int]]:
    """Where each edit stands in the text, and what comes there; with the last edit of a finding stands 1."""
    for finding in findings:
        found = [_place(text, starts, finding, edit) for edit in finding.edits]
        places = [one for one in found if one is not None]
        if len(places) == len(found):
            for number, (start, end, right) in enumerate(places, 1):
                yield start, end, right, int(number == len(places))


def _place(text: str, starts: list[int], finding: Finding, edit: Edit) -> tuple[int, int, str] | None:
    """None where the file does not have there what was judged, or names a document, whose title is its issuer's."""
    place, span = edit.position, finding.span
    if span is None or max(place.line, place.end_line) > len(starts):
        return None
    start, end = starts[place.line - 1] + place.column - 1, starts[place.end_line - 1] + place.end_column - 1
    wrong = finding.matched[edit.span.start - span.start : edit.span.end - span.start]
    if unescape(text[start:end]) != wrong:
        return None
    before = text[starts[place.line - 1] : start]
    if before.rfind("《") > before.rfind("》"):
        return None
    return start, end, edit.text
