"""Reads an answer item by item, where it answers several: what it decides about each, and in which words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

from jimo_lint.evidence.answers import kinds
from jimo_lint.evidence.answers.folding import number as read_number
from jimo_lint.model.answers import AnswerKind

_CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩"
_N = rf"(?P<number>[1-9]\d?|[一二三四五六七八九十]{{1,3}}|[{_CIRCLED}])"
# How an item begins, in all forms in which it is numbered; one list keeps to one form.
_HEADS = tuple(
    re.compile(rf"(?:^|(?<=[\n。；：]))(?:关于|对|就)?{form}[：:、，,]?")
    for form in (
        rf"(?:[你您]们?|申请人)?(?:所)?(?:申请(?:公开)?的?)?第[（(]?{_N}[）)]?[项个份条点件]",
        rf"(?:申请)?(?:事项|项次|序号|问题|请求)(?:之)?[：:]?[（(]?{_N}[）)]?(?![、和至]|项)",
        rf"【?{_N}/\d{{1,2}}】?",
        rf"[（(]{_N}[）)](?!项)",
        rf"(?P<number>[{_CIRCLED}])",
        r"(?P<number>[1-9]\d?)[.．、](?!\d)",
        r"(?P<number>[一二三四五六七八九十]{1,3})、",
    )
)
_BARE = re.compile(r"(?<=\n)(?P<number>[1-9]\d?)(?=[一-鿿《“])")
# Where the last item of a list ends at the latest.
_END = re.compile(
    r"\n(?=[^\n]{2,40}：\n|[一二三四五六七八九十]{1,3}、|如(?:果)?(?:对|不服)?|[你您]|若|以上|上述|综上|根据|依据|依照|按照|本(?:机关|局|委|办|厅|府)|我(?:局|委|办|厅|府)|特此|附[：:件]|联系)"
    r"|(?<=[。；\n])[^。；\n]{0,40}(?:行政复议|行政诉讼|不服)"
)
# Under `一、` stand sections of the letter as well as things that were asked for.
_SECTION = re.compile(
    r"(?<=\n)(?:[一二三四五六七八九十]{1,3}、|（[一二三四五六七八九十]{1,3}）)(?!关于|对|就|《|“|你|您|第)"
)


class Item(NamedTuple):
    """One item of a list. start, end: of its words in the folded text; kinds: what they decide."""

    number: int
    start: int
    end: int
    kinds: tuple[AnswerKind, ...]

    @property
    def label(self) -> str:
        """What messages call it."""
        return f"第 {self.number} 项"


def lists(text: str, told: str) -> tuple[tuple[Item, ...], ...]:
    """The lists of a folded text whose items are numbered from one, each of two items or more. told: the text with what
    it says of appeals blanked, which decides nothing.

    The same items may stand in several: as they were asked for, in a table, and as they are answered.
    """
    return tuple(one for form in (*_HEADS, _BARE) for one in _of_form(text, told, form))


def _of_form(text: str, told: str, form: re.Pattern[str]) -> Iterator[tuple[Item, ...]]:
    run: list[tuple[int, int, int]] = []  # number, where its head begins, where it ends
    for found in (*form.finditer(text), None):
        value = _value(found["number"]) if found else 0
        if found and value == len(run) + 1:
            run.append((value, found.start(), found.end()))
            continue
        if len(run) > 1:
            yield _items(text, told, run, found.start() if found else len(text))
        run = [(1, found.start(), found.end())] if found and value == 1 else []


def _value(written: str) -> int:
    return _CIRCLED.index(written) + 1 if written in _CIRCLED else read_number(written)


def is_section(text: str, item: Item) -> bool:
    """Whether it may as well be a section of the letter as a thing that was asked for."""
    found = _SECTION.match(text, text.rfind("\n", 0, item.start) + 1)
    return found is not None and found.end() == item.start


def _items(text: str, told: str, run: list[tuple[int, int, int]], until: int) -> tuple[Item, ...]:
    # Nor is the last item longer by lines than any other.
    longest = max(text.count("\n", start, end) for (_, _, start), (_, end, _) in pairwise(run))
    lines = text[run[-1][2] : until].split("\n")
    until = run[-1][2] + len("\n".join(lines[: max(longest, 1)]))
    # Below a heading of its own, what is said of an item begins in any words.
    head = min(text.count("\n", start, end) for (_, _, start), (_, end, _) in pairwise(run)) - 1
    after = run[-1][2] + len("\n".join(lines[: max(head, 0)]))
    last = _END.search(text, after + (head > 0), until)
    bounds = [*(start for _, start, _ in run[1:]), last.start() if last else until]
    return tuple(
        Item(value, start, end, kinds.decisions(kinds.masked(told[start:end], ()), None).kinds)
        for (value, _, start), end in zip(run, bounds, strict=True)
    )
