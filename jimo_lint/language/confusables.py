"""Tells whether two characters sound or look alike; the tables are read when they are first needed."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from jimo_lint.settings.resources import wordlists_folder


def alike(right: str, written: str) -> bool:
    """True where the two share a reading (any tone; z/zh, n/l, an/ang and such taken together) or a shape."""
    if not written:
        return False
    return not _syllables(right).isdisjoint(_syllables(written)) or written in shapes().get(right, "")


def is_rare(written: str) -> bool:
    """True for a character outside GB 2312, which stands in no fixed phrase: 囯 for 国, 眀 for 明."""
    return not _syllables(written)


@cache
def _syllables(character: str) -> frozenset[str]:
    """Its syllables, folded. Looked up one by one: a document asks for few of the seven thousand characters."""
    return frozenset(syllable for syllable, characters in readings().items() if character in characters)


@cache
def readings() -> dict[str, str]:
    """The characters of each folded syllable."""
    found: dict[str, str] = {}
    for syllable, characters in rows("readings.txt"):
        folded = fold(syllable)
        found[folded] = found.get(folded, "") + characters
    return found


@cache
def shapes() -> dict[str, str]:
    return dict(rows("shapes.txt"))


def rows(name: str) -> Iterator[tuple[str, str]]:
    """Key and value of each line `key TAB value`; lines beginning with # are the header."""
    for line in (wordlists_folder() / name).read_text(encoding="utf-8").splitlines():
        if line and line[0] != "#":
            key, _, value = line.partition("\t")
            yield key, value


def fold(syllable: str) -> str:
    """A syllable without the distinctions that dialects and input methods blur."""
    if syllable[:2] in ("zh", "ch", "sh"):
        syllable = syllable[0] + syllable[2:]
    if syllable[0] == "n" and len(syllable) > 1:
        syllable = "l" + syllable[1:]
    return syllable[:-1] if syllable.endswith(("ang", "eng", "ing")) else syllable
