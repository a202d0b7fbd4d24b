"""Finds years of reigns with a year of our era beside them that is another: 乾隆三十七年（公元1773年）."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from jimo_lint.language.expressions import compiled
from jimo_lint.values import NamedTuple

# First years of eras, from the Tang on. Names that well-known courts shared (至元, 天顺, 大德) are left out.
_FIRST = {
    name: int(year)
    for year, name in re.findall(
        r"([0-9]+)([^0-9\s]+)",
        """
        627贞观 713开元 960建隆 976太平兴国 984雍熙 988端拱 990淳化 995至道 998咸平 1004景德 1008大中祥符
        1017天禧 1022乾兴 1023天圣 1032明道 1034景祐 1038宝元 1040康定 1041庆历 1049皇祐 1054至和 1056嘉祐
        1064治平 1068熙宁 1078元丰 1086元祐 1094绍圣 1098元符 1102崇宁 1107大观 1111政和 1118重和 1119宣和
        1126靖康 1127建炎 1131绍兴 1163隆兴 1165乾道 1174淳熙 1190绍熙 1195庆元 1201嘉泰 1205开禧 1208嘉定
        1225宝庆 1228绍定 1234端平 1237嘉熙 1241淳祐 1253宝祐 1259开庆 1260景定 1265咸淳 1275德祐 1295元贞
        1308至大 1312皇庆 1314延祐 1321至治 1324泰定 1341至正 1368洪武 1399建文 1403永乐 1425洪熙 1426宣德
        1450景泰 1465成化 1488弘治 1506正德 1522嘉靖 1567隆庆 1573万历 1621天启 1628崇祯 1644顺治 1662康熙
        1723雍正 1736乾隆 1796嘉庆 1821道光 1851咸丰 1862同治 1875光绪 1909宣统 1912民国
        """,
    )
}
_ONES = ("", *"一二三四五六七八九")
_COUNTS = {"元": 1} | {
    ("" if tens == 0 else ("" if tens == 1 else _ONES[tens]) + "十") + _ONES[ones]: 10 * tens + ones
    for tens in range(10)
    for ones in range(10)
}
# The lunar year ends in the next year of ours.
_LATE = compiled(r"十[一二]月|冬|腊")


class Mismatch(NamedTuple):
    """[start, end) says a year twice; fact: which one it is by its era."""

    start: int
    end: int
    fact: str
    suggestion: str


@cache
def _regex() -> re.Pattern[str]:
    """The era, its year, what may stand between (a month, a season), the year of our era."""
    return compiled(
        rf"({'|'.join(_FIRST)})(元|[一二三四五六七八九十]{{1,3}}|[0-9]{{1,2}})年([^，。；、（()）\n]{{0,8}})"
        r"(?:[（(](?:公元|西元|即)?|，?即(?:公元|西元)?)\s?([0-9]{3,4})\s?(?:年\s?[）)]?|[）)])"
    )


def mismatched(text: str) -> Iterator[Mismatch]:
    """In the order of the text. Which of the two years is the right one, nobody can tell."""
    if "年（" not in text and "年(" not in text and "即" not in text:
        return
    for match in _regex().finditer(text):
        era, count, between, said = match.groups()
        number = int(count) if count.isdigit() else _COUNTS.get(count)
        if not number:
            continue
        year = _FIRST[era] + number - 1
        if int(said) - year not in ((0, 1) if _LATE.search(between) else (0,)):
            yield Mismatch(match.start(), match.end(), f"{era}{count}年是公元{year}年", "")
