"""Contexts that hold one character nearly always, and what is taken for a slip."""

from __future__ import annotations

import numpy as np
import pytest

from jimo_lint.language.typo.alphabet import Alphabet
from jimo_lint.language.typo.contexts import BEFORE, GAP, MARK, ROUND, Contexts, Departure, key, sieve, symbols
from jimo_lint.language.typo.speller import Speller
from jimo_lint.language.typo.storage import load

pytestmark = pytest.mark.slow

LETTERS = Alphabet("甲乙丙丁戊己，。")
NUMBER = {one: LETTERS.number(one) for one in "甲乙丙丁戊己"}


def table(*rows: tuple[int, str, str, bool]) -> Contexts:
    """Contexts by kind: the characters around, what they hold, and whether its absence is a slip."""
    made = sorted(
        (
            int(key(kind, *(np.array([NUMBER[one]]) for one in around))[0]),
            NUMBER[held] | (int(GAP) if gap else 0),
        )
        for kind, around, held, gap in rows
    )
    keys = np.array([one for one, _ in made], np.uint64)
    return Contexts(keys, np.array([held for _, held in made], np.uint16), sieve(keys))


def departures(text: str, contexts: Contexts) -> list[Departure]:
    """Those of a text, by place."""
    seen = symbols(LETTERS.encode(text), LETTERS.han).symbols
    return sorted(contexts.departures(seen), key=lambda one: (one.at, one.wrong))


def test_runs_are_one_symbol() -> None:
    """Digits, letters and marks count once each, however many; Chinese characters each for itself."""
    seen = symbols(LETTERS.encode("甲甲2024ab，。乙"), LETTERS.han)
    assert seen.symbols.tolist() == [MARK, NUMBER["甲"], NUMBER["甲"], 1, 2, MARK, NUMBER["乙"], MARK]


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("甲乙丙丁戊", None),
        ("甲乙丁戊", 0),
        ("甲乙己丁戊", 1),
        ("甲乙丙丙丁戊", 2),
        ("甲丙乙丁戊", 2),
        ("甲乙丁丙戊", 2),
    ],
)
def test_departures_from_a_context(text: str, wrong: int | None) -> None:
    """Missing, another, doubled, swapped with either neighbour; nothing where the text is as ever."""
    contexts = table((ROUND, "甲乙丁戊", "丙", True))
    found = departures(f"己己己{text}己己己", contexts)
    assert [(one.wrong, one.meant) for one in found] == ([] if wrong is None else [(wrong, NUMBER["丙"])])


def test_absence_counts_only_where_it_is_a_slip() -> None:
    """The four characters may stand together as well."""
    assert not departures("己己己甲乙丁戊己己", table((ROUND, "甲乙丁戊", "丙", False)))


def test_what_always_follows() -> None:
    """Three characters on one side hold the next."""
    contexts = table((BEFORE, "甲乙丙", "丁", False))
    assert not departures("己甲乙丙丁己", contexts)
    (one,) = departures("己甲乙丙戊己", contexts)
    assert (one.side, one.wrong, one.meant) == (BEFORE, 1, NUMBER["丁"])


def test_a_short_text_has_no_context() -> None:
    """Nor an empty one."""
    assert not departures("甲", table((ROUND, "甲乙丁戊", "丙", True)))
    assert not departures("", table((ROUND, "甲乙丁戊", "丙", True)))


@pytest.fixture(scope="module")
def speller() -> Speller:
    """The model that ships."""
    return Speller(load())


@pytest.mark.parametrize(
    ("text", "written", "meant", "slip"),
    [
        ("县委、县政府高重视，多次召开会议。", "高重", "高度重", "漏字"),
        ("要建立健全长效机，巩固成果。", "机", "机制", "漏字"),
        ("各乡镇、各部门门要密切配合，齐抓共管。", "门门", "门", "多字"),
        ("对该项目进行了为期为期三天的验收。", "为期为期", "为期", "多字"),
        ("各村要真认做好信息核对工作。", "真认", "认真", "颠倒"),
        ("推进产业结构调正，加快转型升级。", "调正", "调整", "错字"),
    ],
)
def test_slips(speller: Speller, text: str, written: str, meant: str, slip: str) -> None:
    """What is written, what was meant, and how it came about."""
    (found,) = speller.slips(text)
    assert (text[found.start : found.end], found.meant, found.slip) == (written, meant, slip)


@pytest.mark.parametrize(
    "text",
    [
        "为了了解情况，可以以认定的名义推广，更大的作为为党旗添彩，人社会会同有关部门。",
        "他经过一步步的学习，切切实实做好工作，片区一个个连接起来。",
        "抓帮扶、促文明、健机制、严落实。",
        "上级民政部门会同应急管理部同意。",
        "农林卫生学院召开会议，由县财政贴补。",
        "",
        "ok",
    ],
)
def test_right_text(speller: Speller, text: str) -> None:
    """Words that meet, words of one character, short names, words that are rare but right."""
    assert not list(speller.slips(text))
