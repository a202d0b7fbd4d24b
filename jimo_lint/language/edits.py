"""Judges whether a place that nearly reads like a fixed phrase is a slip of the pen or another wording."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from enum import Enum
from itertools import pairwise

from jimo_lint.language.confusables import alike, is_rare
from jimo_lint.language.text import segment
from jimo_lint.values import NamedTuple

LONG = 8  # code points; from here on two slips are looked for, and any one wrong character inside counts
_ENUMERATION = 2  # marks 、: three members and more are named whole or in part, but not otherwise

_NUMERALS = frozenset("一二三四五六七八九十百零〇两")
# Inserting one of these makes another wording, not a slip.
_FUNCTION = frozenset(
    "的了和与及或在是为对于向从到地得之以其而又也都就并且将把被各新大小上下前后内外中本该所等这那有无不副好更"
)
# After a doubled last character, or before a doubled first one, only these (or no Han character at all) show that the
# second copy does not begin or end another word: 政治协商会议议程.
_PLAIN_AFTER = frozenset("的和与及在是为对等了并将向就已")
_PLAIN_BEFORE = frozenset("的和与及在是对向按把被由以")
# Common words that begin or end with such a copy: 人民法院院长, 我国国家.
_WORDS = (
    "院长 局长 部长 厅长 党员 党的 党内 党章 党委 党组 党校 党和 党史 党风 国家 国际 "
    "国内 组长 组成 组织 会议 会长 会员 会同 员工 制定 制度 部署 部门 部分 局面 委员 "
    "委托 心理 观念 设备 设施 我国 各国 全国 外国 两国 个人 法人 工人 安全 站点 区域 "
    "区内 区县 区委 区情 区政 区直 区属 区级 区域 区划 区长 区府 区外 治安 治理 化解"
)
# A copy of one of these in front (报告中中国, 海东市市场监管局) or behind (解放军军歌) mostly is a word of its own.
_OPENERS = frozenset("中市街县村人军会")
# In front of a name these say whose organ it is, at the start of a line and behind a mark as well: 市市场监管局.
_LEVELS = frozenset("省州盟市区县旗乡镇街村")
_ORGANS = ("局", "委员会", "办公室", "部", "厅", "中心", "院", "大队")


class Kind(Enum):
    """What happened to a character of the phrase."""

    MISSING = "缺字"
    EXTRA = "多字"
    WRONG = "错字"
    SWAPPED = "换位"


class Edit(NamedTuple):
    """One slip. at: index in the phrase; place: code point in the text; written: what stands there, if anything."""

    kind: Kind
    at: int
    place: int
    written: str = ""


class Miss(NamedTuple):
    """A near miss: text [start, end) should read `phrase`."""

    start: int
    end: int
    phrase: str
    edits: tuple[Edit, ...]

    def moved(self, by: int) -> Miss:
        """The same, so many code points further on."""
        edits = tuple(edit._replace(place=edit.place + by) for edit in self.edits)
        return Miss(self.start + by, self.end + by, self.phrase, edits)


def plausible(text: str, miss: Miss) -> bool:
    """True where the edits look like slips rather than like another wording."""
    start, end, phrase, edits = miss
    if any(_touches_mark(phrase, edit) for edit in edits):
        return False  # “四个意识” without its marks, 和 for 、: another way to set the same words
    if len(edits) > 1:
        missing = sum(edit.kind is Kind.MISSING for edit in edits)
        if missing > 1 or text[start] != phrase[0] or text[end - 1] != phrase[-1]:
            return False
        if any(right.at - left.at < 2 for left, right in pairwise(edits)):
            return False  # a word put in or exchanged
    return all(_is_slip(text, miss, edit) for edit in edits)


def _is_slip(text: str, miss: Miss, edit: Edit) -> bool:
    if edit.kind is Kind.MISSING:
        return _missing(text, miss, edit)
    if edit.kind is Kind.EXTRA:
        return _extra(miss, edit)
    if edit.kind is Kind.WRONG:
        return _wrong(text, miss, edit)
    return not _NUMERALS.issuperset(edit.written)  # swapped


def _touches_mark(phrase: str, edit: Edit) -> bool:
    spoilt = edit.written if edit.kind in (Kind.EXTRA, Kind.SWAPPED) else phrase[edit.at]
    return not all(map(_is_han, spoilt))


def _missing(text: str, miss: Miss, edit: Edit) -> bool:
    phrase, at = miss.phrase, edit.at
    if phrase[at] in "和的与":
        return False
    if phrase[at] in _NUMERALS:  # 二十大 and 十大 are both right
        return not (phrase[at - 1 : at] in _NUMERALS or phrase[at + 1 : at + 2] in _NUMERALS)
    if at == len(phrase) - 1:  # read as a wrong character, or broken by the layout
        if _cut_short(text, miss) or _crosses(text, miss.end - 1, miss):
            return False
        return not (
            alike(phrase[at], text[miss.end : miss.end + 1]) or text[miss.end : miss.end + 4].lstrip()[:1] == phrase[at]
        )
    if at == 0:
        if _crosses(text, miss.start, miss):
            return False
        before = text[max(miss.start - 4, 0) : miss.start]
        return not (alike(phrase[0], before[-1:]) or before.rstrip()[-1:] == phrase[0])
    # A word that begins beside the gap and reaches out of the phrase makes it another wording: 美丽乡村|设计.
    return not (_crosses(text, edit.place, miss) or _crosses(text, edit.place - 1, miss))


def _cut_short(text: str, miss: Miss) -> bool:
    """True where the line, holding more than the phrase, ends inside it, as shortened titles and descriptions do."""
    begins_line = miss.start == 0 or text[miss.start - 1] == "\n"
    return text[miss.end : miss.end + 1] in ("", "\n", "…", ".", "．") and not begins_line


def _extra(miss: Miss, edit: Edit) -> bool:
    phrase, at = miss.phrase, edit.at
    return 0 < at < len(phrase) and edit.written in (phrase[at - 1], phrase[at])


def _wrong(text: str, miss: Miss, edit: Edit) -> bool:
    right, written = miss.phrase[edit.at], edit.written
    if not _is_han(written) or (right in _NUMERALS and written in _NUMERALS):
        return False
    if alike(right, written):
        return True
    inside = 0 < edit.at < len(miss.phrase) - 1
    if inside and is_rare(written):
        return True
    if miss.phrase.count("、") >= _ENUMERATION and len(miss.edits) == 1:
        return written not in _FUNCTION | _NUMERALS  # who lists all the other members means this one
    if not inside or len(miss.edits) > 1 or len(miss.phrase) < LONG or written in _FUNCTION | _NUMERALS:
        return False
    return _is_alone(text, edit.place, miss)


def _is_alone(text: str, place: int, miss: Miss) -> bool:
    """True where the segmenter sees no word around the character: 优秀传统 is another wording, 价仇观 is none."""
    return _token(text, place, miss) == (place, place + 1)


def _crosses(text: str, place: int, miss: Miss) -> bool:
    """True where the character belongs to a word that reaches out of the miss: 生态环境不|利, 信息公开目|标."""
    start, end = _token(text, place, miss)
    return start < miss.start or end > miss.end


def _token(text: str, place: int, miss: Miss) -> tuple[int, int]:
    # 县人|资源, 市监|督: what says whose organ it is, does not make a word with its name.
    levelled = text[max(miss.start - 1, 0) : miss.start] in _LEVELS and miss.phrase.endswith(_ORGANS)
    low = miss.start if levelled else max(miss.start - 4, 0)
    spans = segment(text[low : miss.end + 4])
    return next(((low + a, low + b) for a, b in spans if low + a <= place < low + b), (place, place + 1))


def _is_han(character: str) -> bool:
    return "\u4e00" <= character <= "\u9fff"


def doubled_end(text: str, begin: int, phrase: str) -> Iterator[Miss]:
    end = begin + len(phrase)
    if text.startswith(phrase[-1], end):
        miss = Miss(begin, end + 1, phrase, (Edit(Kind.EXTRA, len(phrase), end, phrase[-1]),))
        if _stray(text, miss, text[end + 1 : end + 2], _PLAIN_AFTER if phrase[-1] != "会" else frozenset()):
            yield miss
    if begin and text[begin - 1] == phrase[0]:
        miss = Miss(begin - 1, end, phrase, (Edit(Kind.EXTRA, 0, begin - 1, phrase[0]),))
        if _stray(text, miss, text[max(begin - 2, 0) : begin - 1], _PLAIN_BEFORE):
            yield miss


def _stray(text: str, miss: Miss, neighbour: str, plain: frozenset[str]) -> bool:
    """True where the second copy of an end character belongs to no other word."""
    edit = miss.edits[0]
    if edit.at == 0 and edit.written in _LEVELS:
        return False
    if _apart(neighbour, plain):
        return True
    if edit.written in _OPENERS or edit.written + neighbour in _WORDS or neighbour + edit.written in _WORDS:
        return False  # as the segmenter would say, which takes half a second to load
    return _is_alone(text, edit.place, miss)


class Allowed(NamedTuple):
    """Right wordings that resemble a phrase.

    whole: strings in which a near miss is right (`基层组织`, `居民代表大会`). head / tail: the phrase without its
    last / first character is right where other characters follow / precede (`全面从严治+`, `+国人民代表大会`).
    """

    whole: tuple[str, ...]
    head: bool
    tail: bool

    @classmethod
    def read(cls, phrase: str, allow: Sequence[str]) -> Allowed:
        whole = tuple(one for one in allow if "+" not in one)
        return cls(whole, f"{phrase[:-1]}+" in allow, f"+{phrase[1:]}" in allow)

    def explains(self, text: str, miss: Miss) -> bool:
        start, end, phrase, edits = miss
        if any(_within(text, start, end, one) for one in self.whole):
            return True
        first, last = edits[0], edits[-1]
        if last.at == len(phrase) - 1 and (self.head or phrase[:-1] in self.whole):
            return _goes_on(text, miss, last, text[end : end + 1], _PLAIN_AFTER)
        if first.at == 0 and (self.tail or phrase[1:] in self.whole):
            return _goes_on(text, miss, first, text[max(start - 1, 0) : start], _PLAIN_BEFORE)
        return False


def _goes_on(text: str, miss: Miss, edit: Edit, neighbour: str, plain: frozenset[str]) -> bool:
    """True where a phrase that is right without its end character goes on as another word at that end."""
    if edit.kind is Kind.WRONG:
        return edit.written in _FUNCTION or not (_apart(neighbour, plain) or not _crosses(text, edit.place, miss))
    return edit.kind is Kind.MISSING and not _apart(neighbour, plain)


def _within(text: str, start: int, end: int, context: str) -> bool:
    size = len(context)
    return text.find(context, max(end - size, 0), start + size) >= 0


def _apart(neighbour: str, plain: frozenset[str]) -> bool:
    return not _is_han(neighbour) or neighbour in plain
