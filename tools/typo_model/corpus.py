"""Reads the training text, sets sentences aside and takes known wrong forms out."""

from __future__ import annotations

import lzma
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path

from jimo_lint.language.matcher import Matcher

# One sentence of so many is held out of the counts, since a scorer trained on text that the tables have seen would
# trust them too much. By source: small ones give more, for the scorer shall see every style.
_HELD_OUT = {"papers": 40, "tv_news": 24, "statutes_and_tv_news": 24}
_HELD_OUT_ELSEWHERE = 12
_SENTENCE = re.compile(r"[^。！？；\n]+[。！？；]?[”’）》]*")
_SHORTEST = 6
# A listed wrong form is taken out only where the right one is so many times as frequent: where it is not, the form
# is right in other words and the list is meant for a narrower use.
_RATIO = 20


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence held out. fate: a stable number in [0, 1) that decides what it is used for."""

    source: str
    text: str
    fate: float


@dataclass(frozen=True, slots=True)
class Corpus:
    """counted: text for the tables, one sentence a line; held_out: text that they never see."""

    counted: str
    held_out: tuple[Sentence, ...]


def read(folder: Path, wrong: Iterable[tuple[str, str]]) -> Corpus:
    """The text files (`*.txt.xz`) of `folder`, by name. wrong: pairs of a wrong and a right form."""
    counted: list[str] = []
    held_out: list[Sentence] = []
    for file in sorted(folder.glob("*.txt.xz")):
        source = file.name.partition(".")[0]
        share = _HELD_OUT.get(source, _HELD_OUT_ELSEWHERE)
        with lzma.open(file, "rt", encoding="utf-8") as lines:
            for sentence in _sentences(lines):
                number = int.from_bytes(blake2b(sentence.encode(), digest_size=8).digest(), "little")
                if number % share == 0 and len(sentence) >= _SHORTEST:
                    held_out.append(Sentence(source, sentence, (number // share % 10_000) / 10_000))
                else:
                    counted.append(sentence)
    return Corpus(_without(wrong, "\n".join(counted)), tuple(held_out))


def _sentences(lines: Iterable[str]) -> Iterator[str]:
    for line in lines:
        for match in _SENTENCE.finditer(line):
            sentence = match[0].strip("，、 \u3000")
            if sentence:
                yield sentence


def pairs(file: Path, hazards: Path) -> list[tuple[str, str]]:
    """Wrong and right form of each listed pair but those whose wrong form is right inside other words."""
    risky = {line.partition("\t")[0] for line in hazards.read_text(encoding="utf-8").splitlines()}
    rows = [line.split("\t") for line in file.read_text(encoding="utf-8").splitlines()[1:]]
    return [(row[0], row[1]) for row in rows if len(row) > 1 and row[0] not in risky and len(row[0]) > 1]


def _without(wrong: Iterable[tuple[str, str]], text: str) -> str:
    """`text` with a line break in place of each wrong form, so that no n-gram reaches into it."""
    known = list(wrong)
    forms = Matcher((form, form) for pair in known for form in pair if form)
    found: Counter[str] = Counter()
    places: list[tuple[int, int, str]] = []
    bad = {one for one, _ in known}
    for start, end, form in forms.iter(text):
        found[form] += 1
        if form in bad:
            places.append((start, end, form))
    strip = {one for one, right in known if found[one] * _RATIO <= found[right]}
    parts: list[str] = []
    done = 0
    for start, end, form in sorted(places):
        if form in strip and start >= done:
            parts += (text[done:start], "\n")
            done = end
    parts.append(text[done:])
    return "".join(parts)
