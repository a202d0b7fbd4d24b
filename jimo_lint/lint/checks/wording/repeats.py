"""Finds sentences, clauses and names in lists that stand twice, as pasting leaves them."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from jimo_lint.language.expressions import compiled
from jimo_lint.lint.checks.wording.sequences import Break

_SENTENCE = compiled(r"[^。！？\n]+")
_CLAUSE = compiled(r"[^，。；：！？\n]+")
_LIST = compiled(r"(?:[一-鿿]{2,16}、){2,}[一-鿿]{2,16}")
_JOINED = compiled("[或和及的并与]")  # several lists in one
_HAN = compiled(r"[一-鿿]")
# Chinese characters that are no refrain: 加油！加油！
_SENTENCE_LEAST, _CLAUSES_LEAST, _NAME_LEAST = 12, 8, 4
_MOST_CLAUSES = 3


def repeated(text: str) -> Iterator[Break]:
    """By place; the second of two."""
    found = [*_sentences(text), *_clauses(text), *_names(text)]
    end = 0
    for one in sorted(found):
        if one.start >= end:
            end = one.end
            yield one


def _sentences(text: str) -> Iterator[Break]:
    """A sentence right behind the same one, in the same paragraph or at the head of the next."""
    before = ("", 0)
    for match in _SENTENCE.finditer(text):
        end = match.end() + 1
        if text[match.end() : end] not in ("。", "！", "？"):
            continue
        sentence = text[match.start() : end].strip()
        same = sentence == before[0] and not text[before[1] : match.start()].strip()
        if same and _long(sentence, _SENTENCE_LEAST):
            yield Break(end - len(sentence), end, "与前一句相同", "")
        before = (sentence, end)


def _clauses(text: str) -> Iterator[Break]:
    """Up to three clauses right behind the same ones; the last may end in another mark."""
    matches = [match for match in _CLAUSE.finditer(text) if text[match.end() : match.end() + 1] in ("，", "。", "；")]
    parts = [match[0] for match in matches]
    for size in range(1, _MOST_CLAUSES + 1):
        for place in range(size, len(parts) - size + 1):
            if parts[place] != parts[place - size] or parts[place : place + size] != parts[place - size : place]:
                continue
            first, last = matches[place], matches[place + size - 1]
            around = matches[place - size : place + size]
            touching = all(one.end() + 1 == other.start() for one, other in pairwise(around))
            inside = all(text[one.end()] == "，" for one in matches[place - size : place + size - 1])
            if touching and inside and _long("".join(parts[place : place + size]), _CLAUSES_LEAST):
                yield Break(first.start(), last.end(), "与前面相同", "")


def _names(text: str) -> Iterator[Break]:
    """A name that stands twice in one list."""
    for match in _LIST.finditer(text):
        if _JOINED.search(match[0]):
            continue
        names = match[0].split("、")
        start = match.start()
        for place, name in enumerate(names):
            # What stands first and last may be part of something longer.
            if len(name) >= _NAME_LEAST and place and name in names[1:place]:
                yield Break(start, start + len(name), "同一串里已有", "")
            start += len(name) + 1


def _long(text: str, least: int) -> bool:
    return len(_HAN.findall(text)) >= least
