"""What keeps a text rule silent: context in which the wrong-looking is right."""

from __future__ import annotations

import re
from functools import cached_property

from jimo_lint.language.expressions import compiled
from jimo_lint.settings.toml import Table
from jimo_lint.values import dataclass

# Code points looked at on both sides of a hit, inside its line.
_REACH = 80


class Expression:
    """A regex of a rule file, compiled when a page first needs it.

    Compiling all of them takes longer than reading the whole of a short draft, and most pages need few.
    """

    def __init__(self, table: Table, key: str, source: str) -> None:
        self._table = table
        self._key = key
        self.source = source

    @cached_property
    def compiled(self) -> re.Pattern[str]:
        """The regex; RuleError naming the rule's file and key where it is not one."""
        try:
            return compiled(self.source)
        except re.error as fault:
            raise self._table.fail(self._key, f"中的正则 “{self.source}” 无效（{fault}）", "请检查括号和转义") from None


@dataclass(frozen=True, slots=True)
class Guards:
    """The guards of a rule. A hit is silent where

    - `unless`: a match of one of these regexes overlaps it;
    - `unless_near`: one of these regexes matches within `near` code points of it;
    - `book_title`: it stands inside 《》, where a title is quoted as it was given;
    - `quotation`: it stands inside “”.

    All look at the line of the hit only.
    """

    unless: tuple[Expression, ...] = ()
    unless_near: tuple[Expression, ...] = ()
    near: int = 30
    book_title: bool = False
    quotation: bool = False

    @classmethod
    def read(cls, table: Table) -> Guards:
        """Read the keys `unless`, `unless_near`, `near` and `skip` (a list of book-title, quotation)."""
        skip = table.texts("skip", ())
        for name in skip:
            if name not in ("book-title", "quotation"):
                raise table.fail("skip", f"中的 “{name}” 不认识", "可用：book-title、quotation")
        return cls(
            unless=expressions(table, "unless"),
            unless_near=expressions(table, "unless_near"),
            near=table.integer("near", 30, low=1, high=_REACH),
            book_title="book-title" in skip,
            quotation="quotation" in skip,
        )

    def silence(self, text: str, start: int, end: int) -> bool:
        """True where the hit [start, end) is not to be reported."""
        if not (self.unless or self.unless_near or self.book_title or self.quotation):
            return False
        low = max(text.rfind("\n", max(start - _REACH, 0), start) + 1, start - _REACH, 0)
        line_end = text.find("\n", end, end + _REACH)
        high = line_end if line_end >= 0 else min(end + _REACH, len(text))
        if self.book_title and _inside(text, low, start, end, "《》"):
            return True
        if self.quotation and _inside(text, low, start, end, "“”"):
            return True
        if any(_overlaps(one.compiled, text[low:high], start - low, end - low) for one in self.unless):
            return True
        around = text[max(start - self.near, low) : min(end + self.near, high)]
        return any(one.compiled.search(around) for one in self.unless_near)


def expressions(table: Table, key: str) -> tuple[Expression, ...]:
    """The list of regexes under `key`."""
    return tuple(Expression(table, key, source) for source in table.texts(key, ()))


def within(text: str, start: int, end: int, context: str) -> bool:
    """True where [start, end) lies inside an occurrence of `context`."""
    size = len(context)
    return text.find(context, max(end - size, 0), start + size) >= 0


def _inside(text: str, low: int, start: int, end: int, marks: str) -> bool:
    """True where a mark opened in front of the hit is closed behind it, within its line.

    “走亲戚“活动 opens twice and closes never: what follows is no quotation. A paragraph of a longer quotation opens
    with its first character and needs no closing.
    """
    opening, closing = marks[0], marks[1]
    at = text.rfind(opening, low, start)
    if at <= text.rfind(closing, low, start):
        return False
    line_end = text.find("\n", end)
    closed = text.find(closing, end, line_end if line_end >= 0 else len(text))
    if closed < 0:
        return at == 0 or text[at - 1] == "\n"
    return opening == "《" or text.find(opening, end, closed) < 0  # titles hold titles


def _overlaps(regex: re.Pattern[str], line: str, start: int, end: int) -> bool:
    return any(match.start() < end and start < match.end() for match in regex.finditer(line))
