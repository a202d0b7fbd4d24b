"""Rules about marks that come in pairs: quotation marks, book-title marks, brackets."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from enum import StrEnum
from typing import Any

from jimo_lint.language.expressions import compiled
from jimo_lint.lint.checks.base import params
from jimo_lint.lint.checks.example_texts import draft
from jimo_lint.model import Context, Document, Hit, Rule, Span
from jimo_lint.values import dataclass

_MARKS = compiled(r"[“”《》（）()\n]")
_SENTENCE_END = compiled(r"[。！？][”’）)]?\s*$")
# A heading that ends with the kind of document named in it is whole, though it has no full stop.
_HEADING_END = compiled(r"的(?:通知|通告|公告|公示|意见|决定|批复|请示|报告|函)\s*$")
# Behind a closing mark, and never behind an opening one.
_AFTER_CLOSING = frozenset("，。、；：！？）》,;\n")
# Numbers of items: 1） a) 三） ①-⑩; their bracket has no opening twin.
_ITEM = compiled(
    r"(?:^|[，。；：、！？\s（(”第])[0-9a-zA-Z一二三四五六七八九十]{1,3}$"
    r"|(?<![0-9a-zA-Z])(?:[0-9]{1,2}|[0-9]?[a-zA-Z])$|[①-⑳]$|\[[^\[\]]{1,6}$"  # [0,1) is an interval
)
# What two quotation marks most likely enclose, whatever their direction.
_SHORT = compiled(r"[一-鿿0-9A-Za-z·+]{1,12}")
# Clauses of a slogan (不忘初心，牢记使命) are as long as one another; those of a sentence are so by chance.
_CLAUSES = compiled(r"[一-鿿]{2,10}(?:[，、；][一-鿿]{2,10}){1,5}")
_BETWEEN_CLAUSES = compiled("[，、；]")
_EMOTICON = compiled(r"[:;=][-^o]?$")
_HAN = compiled(r"[一-鿿]")
# How far a quotation that runs over several paragraphs is followed, in paragraphs.
_PARAGRAPHS = 8
# A line with more marks is no prose, and looking for their twins would take long.
_MOST_MARKS = 1000


class Pair(StrEnum):
    """What a rule may ask for."""

    QUOTES = "quotes"
    TITLES = "titles"
    BRACKETS = "brackets"


@dataclass(frozen=True, slots=True)
class _Fault:
    """A faulty mark. suggestion: what [start, end) should be; None where only a person can tell."""

    start: int
    end: int
    fault: str
    suggestion: str | None = None


@dataclass(frozen=True, slots=True)
class _Line:
    """A paragraph: its borders in the text, and the offsets of its marks."""

    text: str
    start: int
    end: int
    marks: tuple[int, ...]

    def of(self, kinds: str) -> list[int]:
        """The offsets of those marks that are among `kinds`."""
        return [place for place in self.marks if self.text[place] in kinds]

    def character(self, place: int) -> str:
        """The character at `place`, or a line break outside the paragraph."""
        return self.text[place] if self.start <= place < self.end else "\n"

    @property
    def finished(self) -> bool:
        """True where the paragraph ends as a sentence does, so that nothing of it is cut off."""
        return bool(_SENTENCE_END.search(self.text, max(self.end - 6, self.start), self.end))

    @property
    def whole_heading(self) -> bool:
        """True for a heading that shows its end: “关于印发《方案的通知”."""
        return bool(_HEADING_END.search(self.text, max(self.end - 6, self.start), self.end))


class PunctuationCheck:
    """Reports marks without their twin or in the wrong direction. Param of a rule: `pairs` (see `Pair`)."""

    def __init__(self, rules: Sequence[Rule], _context: Context) -> None:
        self._rules: list[tuple[str, tuple[Pair, ...]]] = []
        for rule in rules:
            table = params(rule)
            names = table.texts("pairs")
            table.finish()
            known = [pair.value for pair in Pair]
            for name in names:
                if name not in known:
                    raise table.fail("pairs", f"中的 “{name}” 不认识", f"可用：{'、'.join(known)}")
            self._rules.append((rule.code, tuple(Pair(name) for name in names)))

    def hits(self, subject: Document) -> Iterator[Hit]:
        """Hits by start."""
        lines = list(_lines(subject.text))
        found = [
            (fault, code)
            for code, pairs in self._rules
            for pair in pairs
            for index in range(len(lines))
            for fault in _JUDGES[pair](lines, index)
        ]
        for fault, code in sorted(found, key=lambda one: (one[0].start, one[1])):
            suggestions = () if fault.suggestion is None else (fault.suggestion,)
            yield Hit(code, Span(fault.start, fault.end), {"fault": fault.fault}, suggestions)

    @staticmethod
    def example(given: Mapping[str, Any]) -> Document:
        """A draft; see `checks.drafts`."""
        return draft(given)


def _lines(text: str) -> Iterator[_Line]:
    """The paragraphs that hold marks, in order; of the others nothing is needed."""
    marks: list[int] = []
    start = 0
    for match in _MARKS.finditer(text):
        place = match.start()
        if text[place] != "\n":
            marks.append(place)
            continue
        if 0 < len(marks) <= _MOST_MARKS:
            yield _Line(text, start, place, tuple(marks))
        marks = []
        start = place + 1
    if 0 < len(marks) <= _MOST_MARKS:
        yield _Line(text, start, len(text), tuple(marks))


def _quotes(lines: Sequence[_Line], index: int) -> Iterator[_Fault]:
    line = lines[index]
    marks = line.of("“”")
    if _alternate(line.text, marks, "“”"):
        return
    opened: int | None = None
    for number, place in enumerate(marks):
        following = line.text[marks[number + 1]] if number + 1 < len(marks) else ""
        if line.text[place] == "“":
            if opened is None:
                opened = place
            elif line.character(place + 1) not in _AFTER_CLOSING and _nested(line.text, marks, number):
                return  # quotations inside quotations: whether the inner marks should be ‘ ’ is a matter of style
            elif (
                line.character(place + 1) in _AFTER_CLOSING
                or following == "“"
                or (not following and _whole(line.text[opened + 1 : place]))
            ):
                yield _Fault(place, place + 1, "方向有误，应为后引号", "”")
                opened = None
            else:
                if opened > line.start:
                    yield _Fault(opened, opened + 1, "没有对应的后引号")
                opened = place
        elif opened is not None:
            opened = None
        elif following == "”" and line.character(place + 1) not in _AFTER_CLOSING:
            yield _Fault(place, place + 1, "方向有误，应为前引号", "“")
            opened = place
        elif place > line.start and not _measures(line, place) and not _continued(lines, index, place, "“", "”"):
            yield _Fault(place, place + 1, "没有对应的前引号")
    if opened is None or opened == line.start or _measures(line, opened) or not line.finished:
        return
    if not _continues(lines, index, "“", "”"):
        yield _Fault(opened, opened + 1, "没有对应的后引号")


def _whole(quoted: str) -> bool:
    """True for what is quoted whole: a word or two, or a slogan."""
    if _CLAUSES.fullmatch(quoted):
        return len({len(clause) for clause in _BETWEEN_CLAUSES.split(quoted)}) == 1
    return bool(_SHORT.fullmatch(quoted))


def _measures(line: _Line, place: int) -> bool:
    """True for inches and seconds of arc: 55” or 30°15′20”."""
    return place > line.start and line.text[place - 1].isdigit()


def _nested(text: str, marks: Sequence[int], number: int) -> bool:
    """True where the opening mark `number`, inside an open quotation, is closed twice before the next opens."""
    return [text[place] for place in marks[number + 1 : number + 3]] == ["”", "”"]


def _titles(lines: Sequence[_Line], index: int) -> Iterator[_Fault]:
    line = lines[index]
    marks = line.of("《》")
    if _alternate(line.text, marks, "《》"):
        return
    opened: list[int] = []
    unopened: list[int] = []
    for number, place in enumerate(marks):
        if line.text[place] == "《":
            opened.append(place)
        elif opened:
            opened.pop()
        else:
            # Of several with no 《 between them, the last is the one too many.
            if unopened and marks[number - 1] == unopened[-1]:
                unopened.pop()
            unopened.append(place)
    for place in unopened:
        if not _continued(lines, index, place, "《", "》") and place > line.start:
            yield _Fault(place - 1, place + 1, "的后书名号没有对应的前书名号", line.text[place - 1])
    whole = line.finished or (line.whole_heading and opened[-1:] > [line.start])
    if opened and whole and not _continues(lines, index, "《", "》"):
        for place in opened:
            yield _Fault(place, place + 1, "没有对应的后书名号")


def _brackets(lines: Sequence[_Line], index: int) -> Iterator[_Fault]:
    line = lines[index]
    marks = line.of("（）()")
    if _alternate(line.text, marks, "（）") or _alternate(line.text, marks, "()"):
        return
    opened: list[int] = []
    for place in marks:
        mark = line.text[place]
        if mark in "（(":
            opened.append(place)
        elif opened:
            yield from _widths(line, opened.pop(), place)
        elif place + 1 < line.end and not _lone(line, place) and not _continued(lines, index, place, "（(", "）)"):
            yield _Fault(place, place + 1, "没有对应的前括号")
    if line.finished and not _continues(lines, index, "（(", "）)"):
        for place in opened:
            if line.text[place] == "（":
                yield _Fault(place, place + 1, "没有对应的后括号")


def _widths(line: _Line, opening: int, closing: int) -> Iterator[_Fault]:
    """A full-width bracket closed by a half-width one or the other way round, around Chinese or in Chinese."""
    first, last = line.text[opening], line.text[closing]
    if (first, last) == ("（", ")"):
        yield _Fault(closing, closing + 1, "与前括号全半角不一，应为“）”", "）")
    elif (first, last) == ("(", "）") and _HAN.search(line.text, opening, closing):
        yield _Fault(opening, opening + 1, "与后括号全半角不一，应为“（”", "（")


def _lone(line: _Line, place: int) -> bool:
    """True where a closing bracket stands rightly alone: behind the number of an item, or in an emoticon."""
    before = line.text[max(place - 8, line.start) : place]
    return bool(_ITEM.search(before) or _EMOTICON.search(before)) or place == line.start


def _alternate(text: str, marks: Sequence[int], pair: str) -> bool:
    """True where the marks open and close in turn."""
    return len(marks) % 2 == 0 and "".join(text[place] for place in marks) == pair * (len(marks) // 2)


def _continued(lines: Sequence[_Line], index: int, place: int, opening: str, closing: str) -> bool:
    """True where what is closed at `place` was opened in an earlier paragraph, or before the text was cut off."""
    if lines[index].start == 0 and place == next(iter(lines[index].of(opening + closing))):
        return True
    for line in reversed(lines[max(index - _PARAGRAPHS, 0) : index]):
        marks = line.of(opening + closing)
        if marks:
            return line.text[marks[-1]] in opening or marks[-1] < line.start
    return False


def _continues(lines: Sequence[_Line], index: int, opening: str, closing: str) -> bool:
    """True where a later paragraph closes what is open, or opens anew as each paragraph of a long quotation does."""
    for line in lines[index + 1 : index + 1 + _PARAGRAPHS]:
        marks = line.of(opening + closing)
        if marks:
            return line.text[marks[0]] in closing or marks[0] == line.start
    return False


_JUDGES: dict[Pair, Callable[[Sequence[_Line], int], Iterator[_Fault]]] = {
    Pair.QUOTES: _quotes,
    Pair.TITLES: _titles,
    Pair.BRACKETS: _brackets,
}
