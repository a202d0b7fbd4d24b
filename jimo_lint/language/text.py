"""Measures, cuts, folds and segments text; offsets are code points."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from functools import cache
from typing import TYPE_CHECKING

from jimo_lint.language.expressions import compiled
from jimo_lint.model import Span
from jimo_lint.model.radicals import unify
from jimo_lint.values import dataclass

if TYPE_CHECKING:
    from jimo_lint.language.segmenter import Segmenter

_ZWJ = "\u200d"
_EMOJI_STYLE = "\ufe0f"
_CUT = "…"
# Blanks or invisible characters: how a word is broken by layout or on purpose.
_GAP = compiled(r"[ \t\u00a0\u00ad\u2000-\u200d\u2060\u3000\ufeff]++")
_WIDEST_GAP = 3
_HAN = "[\u3400-\u9fff]"
_HANS = f"{_HAN}+"
# How what is a line of its own begins: a number. No ranges of Chinese characters: each takes milliseconds to make.
_OWN_LINE = (
    r"[一二三四五六七八九十百]{1,4}[、，．.是要]|第[一二三四五六七八九十百零〇]{1,5}[章节条款项编]|附件|抄送"
    r"|[甲乙丙丁][、．.]"
)
_CONTROLS = (
    (0, 0x20),
    (0x7F, 0xA0),
    (0x61C, 0x61D),
    (0x200B, 0x2010),
    (0x2028, 0x202F),
    (0x2060, 0x2070),
    (0xFEFF, 0xFF00),
)
_ONE_LINE = {number: " " for first, end in _CONTROLS for number in range(first, end)} | dict.fromkeys(
    range(0xD800, 0xE000), "\ufffd"
)

Spans = list[tuple[int, int]]


def han_count(text: str) -> int:
    """How many Chinese characters `text` holds."""
    return sum(map(len, re.findall(_HANS, text)))


def display_width(text: str) -> int:
    """Terminal cells that `text` takes: 2 for wide characters and emoji, 0 for combining and invisible ones.

    Characters of ambiguous width (“ ” × …) count 1, as terminals draw them outside legacy CJK modes.
    """
    if text.isascii() and text.isprintable():
        return len(text)
    width = 0
    previous = ""
    last = 0
    for character in text:
        if previous == _ZWJ:
            cells = 0  # the rest of a joined emoji is drawn inside the first
        elif character == _EMOJI_STYLE:
            cells = 1 if last == 1 else 0  # turns a narrow sign such as ☎ into an emoji of two cells
        else:
            cells = _cells(character)
        width += cells
        previous, last = character, cells
    return width


def _cells(character: str) -> int:
    if (
        unicodedata.category(character) in ("Mn", "Me", "Cc", "Cf", "Zl", "Zp")
        or "\U0001f3fb" <= character <= "\U0001f3ff"
    ):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def excerpt(text: str, span: Span, around: int = 24) -> tuple[str, int]:
    """One line with the match and up to `around` code points on both sides; also the match's offset in it.

    Line breaks, controls and direction marks become blanks, one for one: lengths are kept and nothing in a
    crawled page can steer a terminal or break a table row.
    """
    start, end = max(span.start - around, 0), min(span.end + around, len(text))
    before = _CUT if start > 0 else ""
    after = _CUT if end < len(text) else ""
    return f"{before}{text[start:end].translate(_ONE_LINE)}{after}", len(before) + span.start - start


@dataclass(frozen=True, slots=True)
class Folded:
    """A text without the gaps inside its words. `gaps`: (offset in `text`, code points left out so far), sorted."""

    text: str
    gaps: tuple[tuple[int, int], ...]

    def original(self, start: int, end: int) -> tuple[int, int]:
        """The span in the text as it was; a gap at either border stays outside."""
        return self.offset(start), self.offset(end - 1) + 1

    def broken(self, start: int, end: int) -> bool:
        """True where a gap was left out inside [start, end)."""
        return self.offset(end - 1) - self.offset(start) != end - 1 - start

    def offset(self, offset: int) -> int:
        """That of a character in the text as it was."""
        index = bisect_right(self.gaps, offset, key=lambda gap: gap[0]) - 1
        return offset + self.gaps[index][1] if index >= 0 else offset


def goes_on(before: str, after: str) -> bool:
    """True where a paragraph may go on over a line break: both lines have Han there, and the second begins nothing."""
    before, after = unify(before[-3:].rstrip(" \t")), unify(after[:12])
    return _is_han(before[-1:]) and _is_han(after[:1]) and not compiled(_OWN_LINE).match(after) and not _is_label(after)


def _is_label(line: str) -> bool:
    """True for what begins with up to eight Chinese characters and a colon."""
    label = re.split("[：:]", line[:9], maxsplit=1)
    return len(label) > 1 and label[0] != "" and all(map(_is_han, label[0]))


def unwrap(text: str, wraps: Iterable[int]) -> Folded | None:
    """`text` without those line breaks that stand between Han characters, with the blanks before them; None as `fold`.

    wraps: offsets of line breaks in the middle of a paragraph, sorted (`Document.wraps`).
    """
    gaps = ((wrap - _blanks_before(text, wrap), wrap + 1) for wrap in wraps)
    return _without(text, (gap for gap in gaps if _between_han(text, *gap)))


def _blanks_before(text: str, wrap: int) -> int:
    """How many blanks stand at the end of the line that ends there, up to two."""
    line = text[max(wrap - 2, 0) : wrap]
    return len(line) - len(line.rstrip(" \t"))


def fold(text: str) -> Folded | None:
    """`text` without blanks and invisible characters between Han characters; None where there are none."""
    gaps = (gap.span() for gap in _GAP.finditer(text) if gap.end() - gap.start() <= _WIDEST_GAP)
    return _without(text, (gap for gap in gaps if _between_han(text, *gap)))


# What does not show at all: soft hyphen, zero-width blanks and joiners, marks of direction, styles of characters.
_UNSEEN = re.compile("[\u00ad\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufe00-\ufe0f\ufeff]+")


def shown(text: str) -> Folded | None:
    """`text` as a reader sees it, without what does not show; None as `fold`."""
    return _without(text, (gap.span() for gap in _UNSEEN.finditer(text))) if _UNSEEN.search(text) else None


def _between_han(text: str, start: int, end: int) -> bool:
    return _is_han(text[start - 1 : start]) and _is_han(text[end : end + 1])


def _is_han(character: str) -> bool:
    return "\u3400" <= character <= "\u9fff"


def _without(text: str, spans: Iterable[tuple[int, int]]) -> Folded | None:
    parts: list[str] = []
    gaps: list[tuple[int, int]] = []
    done = left_out = 0
    for start, end in spans:
        parts.append(text[done:start])
        done = end
        left_out += end - start
        gaps.append((done - left_out, left_out))
    if not gaps:
        return None
    parts.append(text[done:])
    return Folded("".join(parts), tuple(gaps))


@cache
def _segmenter() -> Segmenter:
    from jimo_lint.language import lexicon  # of no use to a check that cuts no text
    from jimo_lint.language.segmenter import Segmenter

    return Segmenter(lexicon.load())


def segment(text: str, *, guess: bool = True) -> Spans:
    """Words of `text` as spans in order, without gaps.

    guess: also make words that no dictionary has of characters that would else stand alone.
    """
    spans: Spans = []
    start = 0
    for word in _segmenter().cut(text, guess):
        spans.append((start, start + len(word)))
        start += len(word)
    return spans


def vocabulary() -> Iterator[tuple[str, int]]:
    """Words of everyday Chinese with how often they occur in the segmenter's own corpus (350,000, half a second)."""
    from jimo_lint.language import lexicon

    return lexicon.counted()
