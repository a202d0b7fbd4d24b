"""Reads what people write into the cells of a review: opinions by their usual words, days, names."""

from __future__ import annotations

import re
from datetime import date, timedelta

from jimo_lint.extract.dates import machine_times
from jimo_lint.model import Opinion

# What a new workbook has in 理由 where two reviewers contradict each other; it is nobody's reason.
DISPUTED = "（审核人意见不一，都没有生效）"

# 整改中 and 无需整改 are none of them: the one may be 确认 or 已整改, the other 误报 or 暂缓.
_WORDS = {
    Opinion.CONFIRMED: (
        *("确认", "属实", "确认属实", "情况属实", "经查属实", "已确认", "是问题", "确有问题", "存在问题", "确认有误"),
        *("需整改", "需要整改", "应整改", "应予整改", "须整改"),
    ),
    Opinion.FALSE_ALARM: (
        *("误报", "误判", "误检", "误报警", "错报", "不是问题", "非问题", "不算问题", "没有问题", "无问题", "没问题"),
        *("不属实", "不存在", "不存在问题", "经查不属实", "不是错误", "没有错"),
    ),
    Opinion.MENDED: (
        *("已整改", "已改", "已改正", "已处理", "已修改", "已更正", "已纠正", "已解决", "已更新", "已修复", "已删除"),
        *("已整改完成", "整改完成", "完成整改", "已完成整改", "整改完毕", "已完成", "改好了", "已改好", "已办结"),
    ),
    Opinion.DEFERRED: (
        *("暂缓", "缓办", "缓改", "暂缓整改", "暂缓处理", "暂不整改", "暂不处理", "延期", "延期整改", "延后", "暂不改"),
    ),
}
_OPINIONS = {word: opinion for opinion, words in _WORDS.items() for word in (*words, opinion.value)}
# What people set around a word, and what says nothing of it.
ROUND = " \t\r\n\u3000\xa0“”\"'‘’（）()【】[]√✓✔☑.。,，、；;!！:："
_BETWEEN_HAN = re.compile(r"(?<=[㐀-鿿])\s+(?=[㐀-鿿])")
# A day without its year.
_SHORT_DAY = re.compile(r"(\d{1,2})\s*[-/.．月]\s*(\d{1,2})\s*[日号]?")
# What a csv has before text that spreadsheets would take for a formula.
_QUOTED = re.compile(r"\A\s*['’](?=\s*[=+\-@＝＋－＠])")
_NARROW = {number: chr(number - 0xFEE0) for number in range(0xFF01, 0xFF5F)}


def opinion(text: str) -> Opinion | None:
    """The opinion that a cell says and nothing else; None where it is not one of the usual words for one."""
    return _OPINIONS.get(text.strip(ROUND).casefold().replace(" ", ""))


def person(text: str) -> str:
    """A name on one line, without the blanks that people set between characters to align names."""
    return _BETWEEN_HAN.sub("", " ".join(text.split()))


def words(text: str, *, quoted: bool = False) -> str:
    """A reason as it is kept: its lines without blanks around them; what a workbook put there itself is none.

    quoted: of a csv, where a mark stands before what spreadsheets would take for a formula.
    """
    text = _QUOTED.sub("", text) if quoted else text
    lines = (line.strip() for line in text.replace("\r\n", "\n").replace("\r", "\n").split("\n"))
    said = "\n".join(lines).strip()
    return "" if said == DISPUTED else said


def day(value: object, near: date, *, after: bool) -> tuple[date, bool] | None:
    """The day that a cell says, and whether its year was left to be understood; None where it says none.

    Without a year the last such day up to `near` is meant, or (after) the first from `near` on.
    """
    moment = machine_times.parse(value)
    if moment is not None:
        return moment.date(), False
    if not isinstance(value, str) or not (found := _SHORT_DAY.fullmatch(value.strip().translate(_NARROW))):
        return None
    for year in (near.year, near.year + 1, near.year + 2) if after else (near.year, near.year - 1, near.year - 2):
        try:
            one = date(year, int(found[1]), int(found[2]))
        except ValueError:  # a 29th of February is in few years
            continue
        if (one >= near) if after else (one <= near):
            return one, True
    return None


def moment_1904(value: object, from_1904: bool) -> object:
    """The value, or the day of a number in a workbook that counts days from 1904."""
    if from_1904 and isinstance(value, int | float) and not isinstance(value, bool) and 34_000 <= value < 72_000:
        return machine_times.EXCEL_ZERO_1904 + timedelta(seconds=round(value * 86400))
    return value
