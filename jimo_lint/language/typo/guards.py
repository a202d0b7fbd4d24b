"""Knows wordings that look like typos to statistics and are not: names of persons and lands, new words."""

from __future__ import annotations

from collections import Counter
from functools import lru_cache

from jimo_lint.language.expressions import compiled
from jimo_lint.language.typo.classes import LANDS, SURNAMES
from jimo_lint.language.typo.detector import Proposal
from jimo_lint.language.typo.listed import listed
from jimo_lint.language.typo.places import names_township

# Code points looked at on both sides of a proposal.
_REACH = 12

_TITLES = (
    "同志|先生|女士|书记|主任|局长|处长|科长|厅长|部长|市长|县长|区长|镇长|乡长|村长|院长|校长|所长|站长|队长|会长|社长|"
    "行长|总理|总统|主席|委员|常委|代表|教授|医生|医师|老师|经理|董事|法官|检察官|律师|记者|编辑|村民|居民|市民|工人|农民|"
    "党员|干部|负责人|联系人|经办人|当事人|申请人|原告|被告|作者|摄影|讲师|院士|博士|烈士"
)
_HAN = "[\u4e00-\u9fff]"
# Patterns are compiled when there is something to explain: with Chinese characters in them, that takes milliseconds.
# 李先显龙, 韩庆朋说: a surname, one or two characters, and what is said of or by a person.
_NAMED = (
    f"(?:{_TITLES})[：:\\s]?(?P<after>[{SURNAMES}]{_HAN}{{1,2}})(?={_HAN}|[，、。；（：:\\s]|$)"
    f"|(?P<before>[{SURNAMES}]{_HAN}{{1,2}})(?=(?:{_TITLES}|说[：:，]|强调|指出|要求|主持|出席|摄|介绍[说，]|表示[，：]|告诉记者))"
)
_HAN_BEFORE = f"(?<!{_HAN}){_HAN}*$"
_HAN_AFTER = f"{_HAN}*"
_DOT_BEFORE = f"[·•‧]{_HAN}{{0,5}}$"
_DOT_AFTER = f"{_HAN}{{0,5}}[·•‧]"
# 中约关系, 赴厄访问, 新方将引领: lands are called by one character beside another land or before what they have.
_LANDLY = ("方", "军", "国", "总统", "总理", "外长", "关系", "两国", "双边", "边境", "建交", "友好")
_ABROAD = ("赴", "访", "驻", "抵")
# Words too new or too rare for the training text to have; none of them is a likely slip for something else.
_COINED = (
    "数智",
    "智算",
    "算力",
    "含智量",
    "含绿量",
    "含金量",
    "研学",
    "新质",
    "智造",
    "文旅",
    "康养",
    "融媒",
    "碳汇",
    "链长",
    "专班",
    "休牧",
    "禁牧",
    "讣告",
    "直播带货",
    "国潮",
    "村超",
    "村晚",
    "枫桥",
    "数商",
    "数实",
    "科企",
    "建管",
    "起降",
)
# What text of central organs, which the model has read most, says less often than a county does: 我县, 强县, 县直.
_LEVELS = tuple("省市县区镇乡村")
# 以下九个方面, 五届三次全会: one number for another is a matter of fact.
_NUMERALS = tuple("一二三四五六七八九十百千万亿两几零")
# A wording that stands so often in a text is no slip.
_OFTEN = 3
_LONG = 20_000  # code points from which counting all pieces at once costs less than looking for each
# What stands before these is a name: a company, or the office in a document number (商政办明电〔2018〕21号).
_PROPER = f"{_HAN}{{0,7}}(?:有限公司|有限责任公司|股份公司|合作社)|{_HAN}{{0,3}}[〔﹝\\[［【]\\s?(?:19|20)\\d\\d"
# Chinese characters in a cell, between marks that do not stand inside sentences (the ends of a line are "").
_CELL = ("", *"|｜\t \u3000、（）():：／/")
_SHORTEST_RUN = 4
# The following explains what the model doubts; where it is as good as certain, they are the rarer case.
_CERTAIN = 5.0


def explained(text: str, proposal: Proposal) -> bool:
    """True where what is written is likely right though rare."""
    low = max(text.rfind("\n", 0, proposal.start) + 1, proposal.start - _REACH)
    before, after = text[low : proposal.start], text[proposal.end : proposal.end + _REACH].partition("\n")[0]
    written = text[proposal.start : proposal.end]
    if _transliterated(before, after) or _coined(text, proposal):
        return True
    if any(written in alike and proposal.meant in alike for alike in (_LEVELS, _NUMERALS)):
        return True
    if proposal.score >= _CERTAIN:
        return False
    return (
        # 市县机制, 市县“两会”: levels side by side, which only sound like 实现.
        (len(written) > 1 and all(one in _LEVELS for one in written))
        or _is_local_word(before, written, after)
        or bool(compiled(_PROPER).match(after))
        or names_township(before, proposal.meant, after)
        or _alone(before, written, after)
        or _repeated(text, before, written, after)
        or _land(before, written, after)
        or _person(before + written + after, len(before), len(written))
    )


def _is_local_word(before: str, written: str, after: str) -> bool:
    """Inside a word of two characters that is rare in the training text only: 监理, 考区, 驾校."""
    whole = before[-1:] + written + after[:1]
    start = len(before[-1:])
    pieces = range(max(start + len(written) - 2, 0), min(start, len(whole) - 2) + 1)
    return bool(written) and any(whole[first : first + 2] in listed("local-words") for first in pieces)


def _alone(before: str, written: str, after: str) -> bool:
    """In a table cell, a list of names, a form: too little stands around to tell what is right."""
    left, right = compiled(_HAN_BEFORE).search(before), compiled(_HAN_AFTER).match(after)
    first, last = len(left[0] if left else ""), len(right[0] if right else "")
    return (
        first + len(written) + last <= _SHORTEST_RUN
        and before[: len(before) - first][-1:] in _CELL
        and after[last : last + 1] in _CELL
    )


def _repeated(text: str, before: str, written: str, after: str) -> bool:
    """Who writes something again and again means it: a name, a term of the trade."""
    if not (before and after):
        return False
    # Where something is missing, the characters beside it alone tell nothing.
    around = before[-1] + written + after[0] if written else before[-2:] + after[:2]
    if len(text) < _LONG:
        return text.count(around) >= _OFTEN
    return _pieces(text, len(around))[around] >= _OFTEN


@lru_cache(maxsize=4)
def _pieces(text: str, size: int) -> Counter[str]:
    """How often each piece of `size` characters stands in a text: one pass for all that is asked of a long one."""
    return Counter(text[start : start + size] for start in range(len(text) - size + 1))


def _transliterated(before: str, after: str) -> bool:
    """尼古拉·马杜罗: up to the ends of both words around the dot."""
    around = before + after
    return ("·" in around or "•" in around or "‧" in around) and bool(
        compiled(_DOT_BEFORE).search(before) or compiled(_DOT_AFTER).match(after)
    )


def _coined(text: str, proposal: Proposal) -> bool:
    """Part of a word of _COINED."""
    for word in _COINED:
        at = text.find(word, max(proposal.start - len(word) + 1, 0), proposal.end + len(word) - 1)
        if at >= 0 and at < proposal.end and proposal.start < at + len(word):
            return True
    return False


def _land(before: str, written: str, after: str) -> bool:
    if not written or written[0] not in LANDS:
        return False
    behind = written[1:] + after
    beside = len(written) == 1 and after[:1] and after[0] in LANDS and after[1:].startswith(_LANDLY)
    return bool(beside) or behind.startswith(_LANDLY) or before.endswith(_ABROAD)


def _person(around: str, start: int, size: int) -> bool:
    for match in compiled(_NAMED).finditer(around):
        name = "after" if match["after"] else "before"
        if match.start(name) <= start and start + size <= match.end(name):
            return True
    return False
