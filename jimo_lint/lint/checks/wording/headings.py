"""Finds where the numbers of headings (一、二、四、 or （一）（二）（二）) miss one or come twice."""

from __future__ import annotations

from collections.abc import Iterator

from jimo_lint.language.expressions import compiled
from jimo_lint.lint.checks.wording.sequences import Break
from jimo_lint.values import NamedTuple

_NUMERALS = "一二三四五六七八九十"
_HEADING = compiled(
    r"(?m)^[ \t\u3000]*(?:([一二三四五六七八九十]{1,3})(?=、)|[（(]([一二三四五六七八九十]{1,3})(?=[）)]))"
)
_BESIDE = 2
# Items that are sentences are left out: pages quote some of a list.
_SENTENCE = compiled("[。；！？]|[^一-鿿）)”》]$")


class _Heading(NamedTuple):
    """[start, end) is the number. title: the line from there."""

    start: int
    end: int
    number: int
    title: str


def skipped(text: str) -> Iterator[Break]:
    """By place; only in runs that begin with 一 and go on as they should behind the fault, or end there."""
    if "二、" not in text and "二）" not in text and "二)" not in text:
        return
    runs: list[list[_Heading]] = []
    upper: list[_Heading] = []
    lower: list[_Heading] = []
    for match in _HEADING.finditer(text):
        number = _value(match[1] or match[2])
        end = text.find("\n", match.end())
        title = text[match.end() : end if end >= 0 else None].strip()
        if not number or _SENTENCE.search(title):
            continue
        group = 1 if match[1] else 2
        heading = _Heading(match.start(group), match.end(group), number, title)
        if match[1]:
            lower = []
            upper = _joined(upper, heading, runs)
        else:
            lower = _joined(lower, heading, runs)
    for run in sorted(runs):
        yield from _breaks(run, text)


def _joined(run: list[_Heading], heading: _Heading, runs: list[list[_Heading]]) -> list[_Heading]:
    """The run that the heading belongs to; a new one is put among `runs`."""
    if heading.number == 1 or not run:
        run = []
        runs.append(run)
    run.append(heading)
    return run


def _breaks(run: list[_Heading], text: str) -> Iterator[Break]:
    if run[0].number != 1:
        return
    for place in range(_BESIDE, len(run)):
        first, before, here = run[place - 2 : place + 1]
        behind = run[place + 1].number if place + 1 < len(run) else None
        if before.number != first.number + 1:
            return  # what is out of step once can be told no more
        if here.number == before.number + _BESIDE and behind in (None, here.number + 1):
            missing = _numeral(before.number + 1)
            if missing and missing not in text[before.end : here.start]:
                yield Break(here.start, here.end, f"前面缺“{missing}”", "")
        elif here.number == before.number and behind in (None, here.number + 1) and here.title != before.title:
            yield Break(here.start, here.end, "与上一项重号", _numeral(here.number + 1))


def _value(numeral: str) -> int:
    tens, ten, ones = numeral.rpartition("十")
    if not ten:
        return _NUMERALS.index(numeral) + 1 if len(numeral) == 1 else 0
    if len(tens) > 1 or len(ones) > 1 or "十" in tens:
        return 0
    return (_NUMERALS.index(tens) + 1 if tens else 1) * 10 + (_NUMERALS.index(ones) + 1 if ones else 0)


def _numeral(value: int) -> str:
    tens, ones = divmod(value, 10)
    if tens == 0:
        return _NUMERALS[ones - 1]
    return ("" if tens == 1 else _NUMERALS[tens - 1]) + "十" + (_NUMERALS[ones - 1] if ones else "")
