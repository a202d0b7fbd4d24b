"""Finds places that miss a fixed phrase by one or two characters, in one pass for all phrases."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from enum import Enum
from itertools import pairwise
from typing import NamedTuple

from jimo_lint.likeness import alike
from jimo_lint.matcher import Matcher
from jimo_lint.text import segment

SHORTEST = 5  # code points; shorter phrases have too many legitimate neighbours
LONG = 8  # code points; from here on two edits are looked for, and any one wrong character inside counts

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
    "区内 区县 区委 治安 治理 化解"
)
# A copy of one of these in front (报告中中国, 海东市市场监管局) or behind (解放军军歌) mostly is a word of its own.
_OPENERS = frozenset("中市街县村人军会")


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


class _Piece(NamedTuple):
    """A part of a phrase that stands in the automaton. offset: of the piece's first character in the phrase."""

    phrase: str
    offset: int
    limit: int


class NearMisses:
    """An automaton over pieces of the phrases.

    k edits leave one of k + 1 pieces whole (pigeonhole), so a whole piece proposes its phrase and the text on both
    sides is compared there. A swap across a cut spoils two pieces; its four characters stand in the automaton too.
    """

    def __init__(self, phrases: Mapping[str, Sequence[str]]) -> None:
        """Phrases with their allowed neighbours (see `_Allowed`); ValueError on one shorter than SHORTEST."""
        self._allowed = {phrase: _Allowed.read(phrase, allow) for phrase, allow in phrases.items()}
        terms: list[tuple[str, _Piece]] = []
        for phrase in phrases:
            if len(phrase) < SHORTEST:
                raise ValueError(f"“{phrase}”短于 {SHORTEST} 字")
            terms += _pieces(phrase)
        self._matcher = Matcher(terms)

    @property
    def pieces(self) -> int:
        """The number of distinct pieces."""
        return len(self._matcher)

    def find(self, text: str) -> Iterator[Miss]:
        """Near misses by start; of overlapping ones that with the fewest edits, then the longest."""
        ranked = sorted(set(self._misses(text)), key=lambda one: (len(one.edits), one.start - one.end, one.start))
        taken: set[int] = set()
        kept: list[Miss] = []
        for one in ranked:
            if taken.isdisjoint(range(one.start, one.end)):
                taken.update(range(one.start, one.end))
                kept.append(one)
        return iter(sorted(kept, key=lambda one: one.start))

    def _misses(self, text: str) -> Iterator[Miss]:
        for start, end, (phrase, offset, limit) in self._matcher.iter(text):
            begin = start - offset
            if begin >= 0 and text.startswith(phrase, begin):
                if offset == 0:
                    yield from (one for one in _doubled_end(text, begin, phrase) if self._stands(text, one))
                continue
            # The cheap test comes first: nearly all pieces stand alone. No edit reaches further than its limit, so
            # all but `limit` characters of the rest stand near by.
            if not _rest_is_near(text, start, end, phrase, offset, limit):
                continue
            yield from (
                one
                for one in _misses(text, start, end, phrase, offset, limit)
                if plausible(text, one) and self._stands(text, one)
            )

    def _stands(self, text: str, miss: Miss) -> bool:
        """True where neither an allowed wording nor another phrase of the list, rightly written, explains the place."""
        if self._allowed[miss.phrase].explains(text, miss):
            return False
        low, high = max(miss.start - 20, 0), miss.end + 20
        around = text[low:high]
        for phrase in self._allowed:
            at = around.find(phrase)
            while at >= 0:
                begin = low + at
                if all(_covers(begin, begin + len(phrase), miss, edit) for edit in miss.edits):
                    return False
                at = around.find(phrase, at + 1)
        return True


def _covers(begin: int, end: int, miss: Miss, edit: Edit) -> bool:
    """True where a right phrase at [begin, end) holds the place of the edit, and not only what the miss holds too."""
    if edit.kind is Kind.MISSING:
        return begin < edit.place < end
    if edit.kind is Kind.EXTRA and begin >= miss.start and end <= miss.end:
        return begin < edit.place < end - 1
    return begin <= edit.place < end


class _Allowed(NamedTuple):
    """Right wordings that resemble a phrase.

    whole: strings in which a near miss is right (`基层组织`, `居民代表大会`). head / tail: the phrase without its
    last / first character is right where other characters follow / precede (`全面从严治+`, `+国人民代表大会`).
    """

    whole: tuple[str, ...]
    head: bool
    tail: bool

    @classmethod
    def read(cls, phrase: str, allow: Sequence[str]) -> _Allowed:
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
        return edit.written in _FUNCTION or not (_apart(neighbour, plain) or _is_alone(text, edit.place, miss))
    return edit.kind is Kind.MISSING and not _apart(neighbour, plain)


def _within(text: str, start: int, end: int, context: str) -> bool:
    size = len(context)
    return text.find(context, max(end - size, 0), start + size) >= 0


def _pieces(phrase: str) -> Iterator[tuple[str, _Piece]]:
    size = len(phrase)
    limit = 2 if size >= LONG else 1
    cuts = [size * number // (limit + 1) for number in range(limit + 2)]
    for left, right in pairwise(cuts):
        yield phrase[left:right], _Piece(phrase, left, limit)
    for cut in cuts[1:-1]:
        first, second = phrase[cut - 1], phrase[cut]
        if first != second:
            crossed = phrase[cut - 2] + second + first + phrase[cut + 1 : cut + 2]
            yield crossed, _Piece(phrase, cut - 2, limit)


def _rest_is_near(text: str, start: int, end: int, phrase: str, offset: int, limit: int) -> bool:
    tail = offset + end - start
    missing = 0
    if tail < len(phrase):
        window = text[end : end + len(phrase) - tail + limit]
        for character in phrase[tail:]:
            if character not in window:
                missing += 1
                if missing > limit:
                    return False
    if offset:
        window = text[max(start - offset - limit, 0) : start]
        for character in phrase[:offset]:
            if character not in window:
                missing += 1
                if missing > limit:
                    return False
    return True


def _misses(text: str, start: int, end: int, phrase: str, offset: int, limit: int) -> Iterator[Miss]:
    size = end - start
    tail = offset + size
    inner: tuple[Edit, ...] = ()
    if text[start:end] != phrase[offset:tail]:  # a swap across a cut
        inner = (Edit(Kind.SWAPPED, offset + 1, start + 1, text[start + 1 : start + 3]),)
    left_text = text[max(start - offset - limit, 0) : start][::-1]
    left_phrase = phrase[:offset][::-1]
    budget = limit - len(inner)
    for used, left in _walk(left_text, 0, left_phrase, 0, budget):
        before = tuple(_mirrored(edit, start, offset, text) for edit in left)
        for stop, after in _walk(text, end, phrase, tail, budget - len(left)):
            edits = (*before[::-1], *inner, *after)
            if edits:
                yield Miss(start - used, stop, phrase, edits)


def _mirrored(edit: Edit, start: int, offset: int, text: str) -> Edit:
    """An edit of the reversed left part as one of the text."""
    wide = 2 if edit.kind is Kind.SWAPPED else 1
    place = start - edit.place - (0 if edit.kind is Kind.MISSING else wide)
    at = offset - edit.at - (0 if edit.kind is Kind.EXTRA else wide)
    written = "" if edit.kind is Kind.MISSING else text[place : place + wide]
    return Edit(edit.kind, at, place, written)


def _walk(text: str, place: int, phrase: str, at: int, limit: int) -> Iterator[tuple[int, tuple[Edit, ...]]]:
    """Ways to read phrase[at:] from text[place:] with at most `limit` edits: (where it ends, edits)."""
    size, length = len(phrase), len(text)
    while at < size and place < length and text[place] == phrase[at]:
        at += 1
        place += 1
    if at == size:
        yield place, ()
        return
    if not limit:
        return
    written = text[place : place + 2]
    right = phrase[at : at + 2]
    steps: list[tuple[int, int, Edit]] = []
    if len(written) == 2 and len(right) == 2 and written == right[::-1]:
        steps.append((2, 2, Edit(Kind.SWAPPED, at, place, written)))
    else:
        if written:
            steps.append((1, 1, Edit(Kind.WRONG, at, place, written[0])))
            steps.append((1, 0, Edit(Kind.EXTRA, at, place, written[0])))
        steps.append((0, 1, Edit(Kind.MISSING, at, place)))
    for over_text, over_phrase, edit in steps:
        for stop, rest in _walk(text, place + over_text, phrase, at + over_phrase, limit - 1):
            yield stop, (edit, *rest)


def _doubled_end(text: str, begin: int, phrase: str) -> Iterator[Miss]:
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
    if _apart(neighbour, plain):
        return True
    if edit.written in _OPENERS or edit.written + neighbour in _WORDS or neighbour + edit.written in _WORDS:
        return False  # as the segmenter would say, which takes half a second to load
    return _is_alone(text, edit.place, miss)


def _apart(neighbour: str, plain: frozenset[str]) -> bool:
    return not _is_han(neighbour) or neighbour in plain


def plausible(text: str, miss: Miss) -> bool:
    """True where the edits look like slips rather than like another wording."""
    start, end, phrase, edits = miss
    if len(edits) > 1:
        missing = sum(edit.kind is Kind.MISSING for edit in edits)
        if missing > 1 or text[start] != phrase[0] or text[end - 1] != phrase[-1]:
            return False
        if any(right.at - left.at < 2 for left, right in pairwise(edits)):
            return False  # a word put in or exchanged
    return all(_JUDGES[edit.kind](text, miss, edit) for edit in edits)


def _missing(text: str, miss: Miss, edit: Edit) -> bool:
    phrase, at = miss.phrase, edit.at
    if phrase[at] in "和的与":
        return False
    if phrase[at] in _NUMERALS:  # 二十大 and 十大 are both right
        return not (phrase[at - 1 : at] in _NUMERALS or phrase[at + 1 : at + 2] in _NUMERALS)
    if at == len(phrase) - 1:  # read as a wrong character, or broken by the layout
        return not (
            alike(phrase[at], text[miss.end : miss.end + 1]) or text[miss.end : miss.end + 4].lstrip()[:1] == phrase[at]
        )
    if at == 0:
        before = text[max(miss.start - 4, 0) : miss.start]
        return not (alike(phrase[0], before[-1:]) or before.rstrip()[-1:] == phrase[0])
    return True


def _extra(text: str, miss: Miss, edit: Edit) -> bool:
    phrase, at = miss.phrase, edit.at
    return 0 < at < len(phrase) and edit.written in (phrase[at - 1], phrase[at])


def _wrong(text: str, miss: Miss, edit: Edit) -> bool:
    right, written = miss.phrase[edit.at], edit.written
    if not _is_han(written) or (right in _NUMERALS and written in _NUMERALS):
        return False
    if alike(right, written):
        return True
    inside = 0 < edit.at < len(miss.phrase) - 1
    if not inside or len(miss.edits) > 1 or len(miss.phrase) < LONG or written in _FUNCTION | _NUMERALS:
        return False
    return _is_alone(text, edit.place, miss)


def _is_alone(text: str, place: int, miss: Miss) -> bool:
    """True where the segmenter sees no word around the character: 优秀传统 is another wording, 价仇观 is none."""
    low = max(miss.start - 4, 0)
    return (place - low, place + 1 - low) in segment(text[low : miss.end + 4])


def _swapped(text: str, miss: Miss, edit: Edit) -> bool:
    return not _NUMERALS.issuperset(edit.written)


_JUDGES: dict[Kind, Callable[[str, Miss, Edit], bool]] = {
    Kind.MISSING: _missing,
    Kind.EXTRA: _extra,
    Kind.WRONG: _wrong,
    Kind.SWAPPED: _swapped,
}


def _is_han(character: str) -> bool:
    return "\u4e00" <= character <= "\u9fff"
