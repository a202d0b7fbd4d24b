"""Finds personal data in tables that only the head of a column tells, however many rows above it stands."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from jimo_lint.model import Block, Cell
from jimo_lint.privacy.finding import find
from jimo_lint.privacy.kinds import UNSURE, Found
from jimo_lint.privacy.view import view

# What the head of a column says, and how the same is said in front of a number. Telephone numbers need no word, and
# what else has a code or a number is no person's: 统一社会信用代码, 项目编号, 账号 of an office.
_HEADS = (
    (re.compile("身份证|公民身份"), "身份证号："),
    (re.compile("护照"), "护照号："),
    (re.compile("(?:社会保障|社会保险|社保|医保).{0,2}[号码]|个人编号"), "社保卡号："),
    (re.compile("银行卡|(?<!社保)(?<!医保)(?<!保障)卡号|一卡通"), "银行卡号："),
    (re.compile("证件号"), "证件号码："),
)
_ANY = re.compile("|".join(telling.pattern for telling, _ in _HEADS))
_LONGEST_HEAD = 30
_LONGEST_VALUE = 60  # what is longer is a sentence, which has its own words
_NUMBER = re.compile("[0-9０-９]{6}")


def headed(blocks: Iterable[Block], found: Sequence[Found]) -> list[Found]:
    """What is personal by the head of its column: spans of the blocks joined by line breaks.

    found: what is known without the heads; only what is not sure there is looked at.
    """
    sure = {start for what, start, _ in found if what != UNSURE}
    heads: dict[tuple[str, int], str] = {}
    told: list[Found] = []
    begin = 0
    for block in blocks:
        spot, text = block.spot, block.text
        start, begin = begin, begin + len(text) + 1
        if not isinstance(spot, Cell) or len(text) > _LONGEST_VALUE:
            continue
        label = heads.get((spot.table, spot.column))
        if label and _NUMBER.search(text):
            if start not in sure:
                shown, personal = find(view(label + text))
                for what, first, last in personal:
                    first, last = shown.span(first, last)
                    if what != UNSURE and first >= len(label):
                        told.append((what, start + first - len(label), start + last - len(label)))
        elif len(text) <= _LONGEST_HEAD and _ANY.search(text):
            heads[spot.table, spot.column] = next(words for telling, words in _HEADS if telling.search(text))
    return told
