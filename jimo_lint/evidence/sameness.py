"""Says whether two texts are one item published twice, and in which sentences they differ.

The trap is what only looks the same: one form filled in for another year, period, town or batch. Where a year or a
place speaks against it, two texts are never one item; where it may be a slip, the answer is DOUBTFUL, for a person.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from difflib import SequenceMatcher
from enum import IntEnum
from functools import cached_property
from typing import NamedTuple

_BARE = re.compile(r"[\W_]+")
_TAG = re.compile(r"^\s{0,4}[【\[〔][^】\]〕]{1,12}[】\]〕]\s{0,4}(?=.)")
_BAR = re.compile(r"[|｜丨]")
_ORGAN = re.compile(r"^.{2,40}?(?:政府|办公室|委员会|[局办厅部委院]|中心|党组|指挥部|领导小组)(?=关于)")
_FIGURE = re.compile(
    r"\d[\d,，]*(?:\.\d+)?|(?<![〇零一二三四五六七八九十百千万两])[〇零一二三四五六七八九十百千万两]{1,12}(?=[年月日号期批届轮季天个名元户人次件项亿条倍家所])"
)
_NUMBER = re.compile(r"[\u4e00-\u9fff]{1,12}[〔\[（(【]\s?(?:19|20)\d\d\s?[〕\]）)】]\s?\d{1,5}\s?号")
# What another text about the same thing is called; one with such a word and one without are two items.
_KIN = re.compile(
    r"解读|图解|读懂|问答|答记者问|征求意见|征集|草案|废止|修[订改正]|补充|延[长期]|更正|结果|名单|转发|反馈|说明"
    r"|通报|预告|申报|报名|第.{1,3}[批期次轮]"
)
_PLACE = re.compile(r"镇|乡|街道|村|社区|小区|县|区|市|省|局|学校|中学|小学|医院|公司|路|园")
_DAY = re.compile(r"[年月日号期批季届]")
_FIGURES_ALONE = re.compile(r"[\d,，.%‰]+")
_SENTENCE = re.compile(r"[。！？；\n]+")
_HEAD = 400  # characters in which a document's own number stands
_SHORT = 10  # characters of a sentence that is compared
_GRAM = 4
_TELLING = 30  # 4-grams from which a text tells anything
_TITLE = 8  # characters of a title that is more than 通知
_MOST_LEFT = 60  # sentences that only one text has, which are compared with each other
_LIKE = 0.75
_MANY = 5  # sentences with other figures: a form filled in anew, no slip


class Likeness(IntEnum):
    """Whether two items are one."""

    OTHER = 0
    DOUBTFUL = 1
    SAME = 2


class Pair(NamedTuple):
    """Two sentences that differ. what: figure, date, place or words."""

    what: str
    ours: str
    theirs: str


@dataclass(frozen=True)
class Item:
    """One article or post. text: "" where only the title is known. key: its id; place, account, column as in `Copy`."""

    key: str
    title: str
    url: str
    place: str
    published: datetime | None = None
    text: str = ""
    column: str = ""
    account: str = ""
    kind: str = ""

    @cached_property
    def core(self) -> str:
        """The title without marks, tags of an account and the organ before 关于."""
        return core(self.title)

    @cached_property
    def number(self) -> str:
        """Its own number (文号), in its title or opening."""
        found = _NUMBER.search(f"{self.title}\n{self.text[:_HEAD]}")
        return _BARE.sub("", found[0]) if found else ""

    @cached_property
    def sentences(self) -> Mapping[str, str]:
        """Sentences that occur once, by what they are without figures and marks."""
        return _sentences(self.text)

    @cached_property
    def grams(self) -> frozenset[str]:
        """Four characters after four."""
        dense = _BARE.sub("", _plain(self.text))
        return frozenset(dense[at : at + _GRAM] for at in range(len(dense) - _GRAM + 1))


def core(title: str) -> str:
    """A title without marks, tags of an account and the organ before 关于."""
    # Beside a bar stands the name of the account, or of its series, which is the shorter.
    plain = _TAG.sub("", max(_BAR.split(_plain(title)), key=len))
    bare = _BARE.sub("", plain)
    found = _ORGAN.search(bare)
    return bare[found.end() :] if found else bare


def likeness(ours: Item, theirs: Item) -> tuple[Likeness, str, Sequence[Pair]]:
    """Whether two are one item, by what, and in what they differ."""
    numbered = bool(ours.number) and ours.number == theirs.number
    if ours.number and theirs.number and not numbered:
        return Likeness.OTHER, "", ()
    titled = ours.core == theirs.core
    if not titled and _titles_conflict(ours.core, theirs.core):
        return Likeness.OTHER, "", ()
    if min(len(ours.grams), len(theirs.grams)) < _TELLING:
        return _by_title(ours.core, titled=titled)
    contained = len(ours.grams & theirs.grams) / min(len(ours.grams), len(theirs.grams))
    within = ours.core in theirs.core or theirs.core in ours.core
    enough = 0.5 if titled or numbered else 0.6 if within and min(len(ours.core), len(theirs.core)) >= _TITLE else 0.85
    if contained < enough:
        return (Likeness.DOUBTFUL if titled and contained >= 0.2 else Likeness.OTHER), "标题相同", ()
    by = "文号和正文" if numbered else "标题和正文" if titled else "正文"
    pairs = tuple(differences(ours, theirs))
    if numbered and titled:
        return Likeness.SAME, by, pairs
    return (Likeness.DOUBTFUL if _another(ours, theirs, pairs) else Likeness.SAME), by, pairs


def differences(ours: Item, theirs: Item) -> Iterator[Pair]:
    """Sentences that are the same but for figures, days, a place or some words."""
    mine, other = ours.sentences, theirs.sentences
    for skeleton, sentence in mine.items():
        facing = other.get(skeleton)
        if facing is None:
            continue
        changed = [
            _DAY.match(after) is not None
            for (one, after), (another, _) in zip(_figures(sentence), _figures(facing), strict=False)
            if one != another
        ]
        if changed:
            yield Pair("date" if any(changed) else "figure", sentence, facing)
    left = [sentence for skeleton, sentence in mine.items() if skeleton not in other]
    right = [sentence for skeleton, sentence in other.items() if skeleton not in mine]
    if len(left) <= _MOST_LEFT and len(right) <= _MOST_LEFT:
        yield from _alike(left, right)


def _by_title(title: str, *, titled: bool) -> tuple[Likeness, str, Sequence[Pair]]:
    """Where one of the two is no more than a title."""
    if not titled:
        return Likeness.OTHER, "", ()
    return (Likeness.SAME if len(title) >= _TITLE else Likeness.DOUBTFUL), "标题", ()


def _titles_conflict(one: str, another: str) -> bool:
    """Titles that name other years, numbers or places, or of which one alone is an explanation, a result …"""
    figures = [[value for value, _ in _figures(title)] for title in (one, another)]
    if all(figures) and figures[0] != figures[1]:
        return True
    if {*_KIN.findall(one)} != {*_KIN.findall(another)}:
        return True
    return any(_of_place(one, another, *span) for span in _changes(one, another))


def _another(ours: Item, theirs: Item, pairs: Iterable[Pair]) -> bool:
    """Whether what differs may be another period, place or issue of the same form."""
    count = Counter(pair.what for pair in pairs)
    if count["place"] or count["figure"] + count["date"] > _MANY:
        return True
    if not count["date"]:
        return False
    near = ours.published and theirs.published and abs((ours.published - theirs.published).days) <= 3
    long = min(len(ours.text), len(theirs.text)) >= 200
    return not (near and long and count["date"] == 1 and ours.core == theirs.core)


def _alike(left: Sequence[str], right: Sequence[str]) -> Iterator[Pair]:
    """Pairs of nearly equal sentences."""
    free = list(right)
    for sentence in left:
        best, score = "", _LIKE
        for other in free:
            matcher = SequenceMatcher(None, sentence, other, autojunk=False)
            if matcher.quick_ratio() >= score and (ratio := matcher.ratio()) >= score:
                best, score = other, ratio
        if best:
            free.remove(best)
            spans = list(_changes(sentence, best))
            if spans:
                placed = any(_of_place(sentence, best, *span) for span in spans)
                counted = all(_FIGURES_ALONE.fullmatch(sentence[a:b] + best[c:d]) for a, b, c, d in spans)
                yield Pair("place" if placed else "figure" if counted else "words", sentence, best)


def _changes(one: str, another: str) -> Iterator[tuple[int, int, int, int]]:
    """Where words of one stand in place of others, marks and blanks apart."""
    matcher = SequenceMatcher(None, one, another, autojunk=False)
    for tag, start, end, begin, stop in matcher.get_opcodes():
        if tag != "equal" and (_BARE.sub("", one[start:end]) or _BARE.sub("", another[begin:stop])):
            yield start, end, begin, stop


def _of_place(one: str, another: str, start: int, end: int, begin: int, stop: int) -> bool:
    """Whether both name a place or an organ there, and not the same."""
    if start == end or begin == stop:
        return False
    return bool(_PLACE.search(one[start : end + 2]) and _PLACE.search(another[begin : stop + 2]))


def _sentences(text: str) -> dict[str, str]:
    found: dict[str, str] = {}
    twice: set[str] = set()
    for part in _SENTENCE.split(_plain(text)):
        sentence = part.strip()
        skeleton = _BARE.sub("", _FIGURE.sub("数", sentence))
        if len(skeleton) < _SHORT:
            continue
        if skeleton in found:
            twice.add(skeleton)
        found[skeleton] = sentence
    return {skeleton: sentence for skeleton, sentence in found.items() if skeleton not in twice}


def _figures(sentence: str) -> list[tuple[str, str]]:
    """The figures of a sentence, each with the character behind it."""
    return [
        (match[0].replace(",", "").replace("，", "").rstrip("."), sentence[match.end() : match.end() + 1])
        for match in _FIGURE.finditer(sentence)
    ]


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKC", text)
