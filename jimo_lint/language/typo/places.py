"""Knows the names of places: divisions down to the county by a list, those below by how their names end."""

from __future__ import annotations

from functools import lru_cache

from jimo_lint.language.expressions import compiled
from jimo_lint.language.typo.listed import listed

_HAN = "[\u4e00-\u9fff]"
# 岳路街道, 板杉镇: what stands right before the rank. 乡村, 乡愁, 村民 and the like are words, not ranks.
_BELOW_COUNTY = (
    "[\u4e00-\u9fff]{0,2}?(?<![乡村镇街社])"
    "(?:镇(?![压定静])|街道|乡(?![村镇亲愁土情贤风音])|社区|村(?![民级庄镇容集干里务居])|苏木|嘎查)"
)
# What else stands before a rank: 农村, 我镇, 示范村.
_NO_NAME = (
    "[农乡山新全本我该各]村|[城乡村市集全本我该各]镇|[家下返还山水老故同民族全本我该各]乡|[新全本我该各](?:社区|街道)"
    "|(?:示范|文明|贫困|中心|行政|自然|重点|特色|帮扶|试点|和谐|智慧|民族)(?:村|镇|乡|社区|街道)"
)


@lru_cache(maxsize=1)
def _names() -> tuple[frozenset[str], int]:
    """The list and the length of its longest name."""
    names = listed("place-names")
    return names, max(map(len, names))


def holds_place(text: str, start: int, end: int) -> bool:
    """True where [start, end) shares a character with the name of a province, prefecture or county, full or short."""
    names, longest = _names()
    low = text.rfind("\n", 0, start) + 1
    return any(
        text[first : first + size] in names
        for size in range(2, longest + 1)
        for first in range(max(start - size + 1, low), end)
    )


def is_county(name: str) -> bool:
    """Whether it is the name of a county or district. Another one, even one that the list lacks, is a fact of its own;
    a city that is written wrong is not: 杭洲市."""
    return name.endswith(("区", "县", "旗")) and name in _names()[0]


def names_township(before: str, meant: str, after: str) -> bool:
    """True where `meant` is proposed for part of the name of a township, street or village, as what follows says.

    Not so where the proposal makes one of the words that a rank ends as well.
    """
    if not compiled(_BELOW_COUNTY).match(after):
        return False
    first = len(before[-1:])
    return not any(match.end() > first for match in compiled(_NO_NAME).finditer(before[-1:] + meant + after[:3]))
