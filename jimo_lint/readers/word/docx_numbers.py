"""Reads what a Word document (.docx) writes before the paragraphs of its lists besides their numbers: `附件%1：`."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from xml.etree.ElementTree import Element

from jimo_lint.readers.word.docx_text import VALUE, attribute, names_of, tags

NUMBERED = tags("numPr")
_LIST, _LEVEL, _TEXT = tags("numId"), tags("ilvl"), tags("lvlText")
_NUMBERING, _ABSTRACT, _REFERS, _LEVELS = tags("num"), tags("abstractNum"), tags("abstractNumId"), tags("lvl")
_LIST_ID, _ABSTRACT_ID, _LEVEL_ID = names_of("numId"), names_of("abstractNumId"), names_of("ilvl")
_STYLE_ID = names_of("styleId")
_NUMBER = re.compile("%[1-9]")
_WORD = re.compile(r"[\u4e00-\u9fff]{2}")  # less cannot be misspelt


def number_of(properties: Element) -> tuple[str, str]:
    """The list and the level that a paragraph, or a style, has its number of."""
    said = {one.tag: attribute(one, VALUE) for one in properties}
    return _named(said, _LIST, ""), _named(said, _LEVEL, "0")


def of_styles(styles: Element, used: Collection[str]) -> Iterator[tuple[str, str]]:
    """The same of all styles that are used."""
    for style in styles:
        if attribute(style, _STYLE_ID) in used:
            yield from (number_of(one) for one in style.iter() if one.tag in NUMBERED)


def words(numbering: Element, used: Collection[tuple[str, str]]) -> list[str]:
    """What stands around the numbers of lists, with 1 for each of them, where it has a word; each once."""
    abstract = {attribute(one, _ABSTRACT_ID): one for one in numbering if one.tag in _ABSTRACT}
    found: dict[str, None] = {}
    for one in numbering:
        identity = attribute(one, _LIST_ID) if one.tag in _NUMBERING else ""
        levels = {level for name, level in used if name == identity}
        referred = next((attribute(child, VALUE) for child in one if child.tag in _REFERS), "") if levels else ""
        # What a list has of its own stands in it, and comes before what it shares with others.
        said = {**_texts(abstract.get(referred)), **_texts(one if levels else None)}
        found |= {_NUMBER.sub("1", said[level]).strip(): None for level in said if level in levels}
    return list(filter(has_words, found))


def has_words(text: str) -> bool:
    """Whether there is anything to be checked around a number."""
    return _WORD.search(text) is not None


def _texts(levels: Element | None) -> dict[str, str]:
    """The text of each level."""
    return {
        attribute(level, _LEVEL_ID): attribute(one, VALUE)
        for level in (levels.iter() if levels is not None else ())
        if level.tag in _LEVELS
        for one in level
        if one.tag in _TEXT
    }


def _named(said: dict[str, str], names: Collection[str], default: str) -> str:
    return next((said[name] for name in names if name in said), default)
