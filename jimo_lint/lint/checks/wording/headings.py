"""Finds where the numbers of headings (一、二、四、 or （一）（二）（二）) or articles miss one or come twice."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from jimo_lint.language.expressions import compiled
from jimo_lint.lint.checks.wording.sequences import Break
from jimo_lint.values import NamedTuple

_NUMERALS = "一二三四五六七八九十"
_HEADING = compiled(
    r"(?m)^[ \t\u3000]*(?:([一二三四五六七八九十]{1,3})(?=、)|[（(]([一二三四五六七八九十]{1,3})(?=[）)]))"
)
_ARTICLE = compiled(r"(?m)^[ \t\u3000]*第([一二三四五六七八九十百零〇]{1,7})条(?=[ \t\u3000])")
_BESIDE = 2
# Articles in step in front of a fault and behind it, before it is one: who quotes some articles quotes no such runs.
_IN_STEP = 3
# Items that are sentences are left out: pages quote some of a list.
_SENTENCE = compiled("[。；！？]|[^一-鿿）)”》]$")


class _Heading(NamedTuple):
    """[start, end) is the number. title: the line from there."""

    start: int
    end: int
    number: int
    title: str


def skipped(text: str) -> Iterator[Break]:
    """Headings, then articles, by place; only in runs that go on as they should behind the fault, or end there."""
    if "二、" in text or "二）" in text or "二)" in text:
        yield from _headings(text)
    if "第二条" in text:
        yield from _articles(text)


def _articles(text: str) -> Iterator[Break]:
    """Only between runs that are long enough to tell a whole text from a choice of articles."""
    found = [_Heading(one.start(), one.end(), _value(one[1]), "") for one in _ARTICLE.finditer(text)]
    for place in range(_IN_STEP, len(found) - _IN_STEP + 1):
        if not (_rise(found[place - _IN_STEP : place]) and _rise(found[place : place + _IN_STEP])):
            continue
        before, here = found[place - 1], found[place]
        name = f"第{_numeral(before.number + 1)}条"
        if here.number == before.number + _BESIDE and name not in text[before.end : here.start]:
            yield Break(here.start, here.end, f"前面缺“{name}”", "")
        elif here.number == before.number:
            yield Break(here.start, here.end, "与上一条重号", "")


def _rise(run: list[_Heading]) -> bool:
    """True where each number is the next of the one before it."""
    return all(after.number == before.number + 1 for before, after in pairwise(run))


def _headings(text: str) -> Iterator[Break]:
    """Only in runs that begin with 一."""
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
    """Of numerals below a thousand; 0 for what is none."""
    hundreds, hundred, rest = numeral.rpartition("百")
    if hundred:
        of_rest = _value(rest.lstrip("零〇")) if rest else 0
        return (_digit(hundreds) or 1) * 100 + of_rest if len(hundreds) <= 1 else 0
    tens, ten, ones = numeral.rpartition("十")
    if not ten:
        return _digit(numeral)
    if len(tens) > 1 or len(ones) > 1 or "十" in tens:
        return 0
    return (_digit(tens) or 1) * 10 + _digit(ones)


def _digit(character: str) -> int:
    """From 1 to 10; 0 for anything else."""
    return _NUMERALS.index(character) + 1 if len(character) == 1 and character in _NUMERALS else 0


def _numeral(value: int) -> str:
    """Of 1 to 999, as articles are numbered: 十一, 一百零三, 一百一十."""
    hundreds, value = divmod(value, 100)
    tens, ones = divmod(value, 10)
    written = f"{_NUMERALS[hundreds - 1]}百" if hundreds else ""
    if tens:
        written += "十" if tens == 1 and not hundreds else f"{_NUMERALS[tens - 1]}十"
    elif hundreds and ones:
        written += "零"
    return written + (_NUMERALS[ones - 1] if ones else "")
