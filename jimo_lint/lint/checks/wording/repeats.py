"""Finds sentences, clauses and names in lists that stand twice, as pasting leaves them."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice, pairwise
from operator import eq

from jimo_lint.language.expressions import compiled
from jimo_lint.lint.checks.wording.sequences import Break

_SENTENCE = compiled(r"[^。！？\n]+")
_CLAUSE = compiled(r"[^，。；：！？\n]+")
# A list from behind its first name, and that name.
_LIST = compiled(r"、(?<=[一-鿿]{2}.)(?:[一-鿿]{2,16}+、)+[一-鿿]{2,16}")
_FIRST = compiled(r"[一-鿿]{2,16}$")
_JOINED = compiled("[或和及的并与]")  # several lists in one
_HAN = compiled(r"[一-鿿]")
# Chinese characters that are no refrain: 加油！加油！
_SENTENCE_LEAST, _CLAUSES_LEAST, _NAME_LEAST = 12, 8, 4
_MOST_CLAUSES = 3
_LONGEST_NAME = 16


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
    if not _again([one for one in map(str.strip, _SENTENCE.findall(text)) if one], 1):
        return
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
    if not _again(_CLAUSE.findall(text), _MOST_CLAUSES):
        return
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
    """A name that stands twice in one list. What stands first and last may be part of something longer."""
    done = 0
    for match in _LIST.finditer(text):
        start = match.start() + 1
        first = _FIRST.search(text, max(match.start() - _LONGEST_NAME, done), match.start())
        done = match.end()
        if _JOINED.search(text, first.start() if first else start, done):
            continue
        names = text[start:done].split("、")
        for place, name in enumerate(names):
            if len(name) >= _NAME_LEAST and name in names[:place]:
                yield Break(start, start + len(name), "同一串里已有", "")
            start += len(name) + 1


def _again(parts: list[str], furthest: int) -> bool:
    """Whether one of them is as another, at most so far on. Few texts have any, and where none is, is soon seen."""
    return any(any(map(eq, parts, islice(parts, size, None))) for size in range(1, furthest + 1))


def _long(text: str, least: int) -> bool:
    return len(_HAN.findall(text)) >= least
