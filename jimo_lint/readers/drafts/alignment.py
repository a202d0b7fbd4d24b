"""Aligns the text that was extracted from a page with the page's source, without regard to blanks."""

from __future__ import annotations

import re
from array import array
from bisect import bisect_right
from collections.abc import Iterator, Sequence

from jimo_lint.model import Block

# Extraction runs blanks together and drops what nobody sees: neither counts when texts are compared.
IGNORED = re.compile(r"[\s\x00-\x1f\x7f-\x9f\u00ad\u200b-\u200f\u2060-\u2064\ufeff\ufffe\uffff\ud800-\udfff]+")

# A text that stands in more places than this is placed by its neighbours alone.
_MOST_PLACES = 24


class Stream:
    """Characters of a source in their order, blanks left out; each knows its offset in the source."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._starts = array("q")  # offsets in `text` where a run begins
        self._sources = array("q")  # and in the source
        self._length = 0
        self._text: str | None = None

    def add(self, text: str, at: int) -> None:
        """Append source text that begins at the source's offset `at`."""
        last = 0
        for found in IGNORED.finditer(text):
            self._run(text[last : found.start()], at + last)
            last = found.end()
        self._run(text[last:], at + last)

    def _run(self, text: str, at: int) -> None:
        if not text:
            return
        self._starts.append(self._length)
        self._sources.append(at)
        self._parts.append(text)
        self._length += len(text)

    @property
    def text(self) -> str:
        """All that was added."""
        if self._text is None:
            self._text = "".join(self._parts)
        return self._text

    def cut(self) -> None:
        """End a piece: no text is found across it."""
        if self._parts and self._parts[-1] != "\n":
            self._run("\n", -1)

    def sources(self, start: int, end: int) -> list[int]:
        """The offsets in the source of the characters [start, end) of `text`."""
        found: list[int] = []
        run = bisect_right(self._starts, start) - 1
        while start < end:
            stop = min(end, self._starts[run + 1] if run + 1 < len(self._starts) else end)
            first = self._sources[run] + start - self._starts[run]
            found.extend(range(first, first + stop - start))
            start = stop
            run += 1
        return found

    def places(self, wanted: str) -> list[int]:
        """Where `wanted` begins in `text`; empty where in more places than can be told apart."""
        found: list[int] = []
        at = self.text.find(wanted)
        while at >= 0:
            if len(found) == _MOST_PLACES:
                return []
            found.append(at)
            at = self.text.find(wanted, at + 1)
        return found


class Aligner:
    """Finds the blocks of one page in its text, its `<title>` and its attributes."""

    def __init__(self, body: Stream, title: Stream, attributes: Stream) -> None:
        self._body = body
        self._title = title
        self._attributes = attributes
        self._attribute_at = 0

    def offsets(self, blocks: Sequence[Block]) -> list[list[int]]:
        """For each block the source offset of each of its characters, -1 for blanks."""
        plain = [IGNORED.sub("", block.text) for block in blocks]
        tabs = set(self._tabs(blocks, plain))
        flow = [number for number, block in enumerate(blocks) if not _is_attribute(block) and number not in tabs]
        chosen = dict(zip(flow, _chain(self._body, [plain[number] for number in flow]), strict=True))
        result: list[list[int]] = []
        near = 0
        for number, block in enumerate(blocks):
            stream, at = self._body, chosen.get(number, -1)
            if number in tabs:
                stream, at = self._title, self._title.text.find(plain[number])
            elif at < 0 and plain[number]:
                stream, at = self._elsewhere(plain[number])
            inside = stream.sources(at, at + len(plain[number])) if at >= 0 else self._pieces(block.text, near)
            near = inside[-1] if inside else near
            result.append(_spread(block.text, inside))
        return result

    def _tabs(self, blocks: Sequence[Block], plain: Sequence[str]) -> Iterator[int]:
        """The blocks that stand in `<title>`: what is said to, and a title of which the text has a line of its own."""
        from jimo_lint.extract.markup.blocks import HEAD_TITLE  # the parser is needed for HTML only

        for number, block in enumerate(blocks):
            own = block.locator == HEAD_TITLE or (block.kind == "title" and plain[number] in plain[number + 1 :])
            if own and plain[number] and plain[number] in self._title.text:
                yield number

    def _elsewhere(self, plain: str) -> tuple[Stream, int]:
        at = self._attributes.text.find(plain, self._attribute_at)
        if at >= 0:
            # Values come in the page's order, so equal ones (图 1, 图 2) are told apart.
            self._attribute_at = at + len(plain)
            return self._attributes, at
        for stream in (self._attributes, self._title, self._body):
            at = stream.text.find(plain)
            if at >= 0:
                return stream, at
        return self._body, -1

    def _pieces(self, text: str, near: int) -> list[int]:
        """A block that the extraction put together: each of its words by itself, unknown ones beside the last."""
        found: list[int] = []
        at = 0
        for word in IGNORED.sub(" ", text).split(" "):
            if not word:
                continue
            stream, start = self._body, self._body.text.find(word, at)
            if start < 0:
                stream, start = self._elsewhere(word)
            if start < 0:
                found.extend([near] * len(word))
                continue
            found.extend(stream.sources(start, start + len(word)))
            if stream is self._body:
                at = start + len(word)
            near = found[-1]
        return found


def _is_attribute(block: Block) -> bool:
    return block.kind in ("meta", "alt", "aside", "frame") or "meta" in block.locator


def _spread(text: str, inside: list[int]) -> list[int]:
    """Offsets for all characters of `text` from those of the characters that count."""
    if len(inside) == len(text):
        return inside
    offsets = [-1] * len(text)
    at = 0
    taken = iter(inside)
    for found in IGNORED.finditer(text):
        for index in range(at, found.start()):
            offsets[index] = next(taken, -1)
        at = found.end()
    for index in range(at, len(text)):
        offsets[index] = next(taken, -1)
    return offsets


def _chain(stream: Stream, texts: Sequence[str]) -> list[int]:
    """A place for each text: in their order and as close together as can be; -1 where there is none.

    The text of a page repeats itself (menus, headings); blocks of one article stand side by side. This is the
    shortest path over the candidate places of each block, a gap counting by its length, a step back doubly.
    """
    chosen = [-1] * len(texts)
    numbers: list[int] = []
    layers: list[list[int]] = []
    certain = -1
    for number, text in enumerate(texts):
        if not text:
            continue
        # Right behind a text that stands once only, nothing has to be searched.
        places = [certain] if certain >= 0 and stream.text.startswith(text, certain) else stream.places(text)
        certain = places[0] + len(text) if len(places) == 1 else -1
        if places:
            numbers.append(number)
            layers.append(places)
    costs: list[int] = []
    steps: list[list[int]] = []
    for layer, places in enumerate(layers):
        if not layer:
            costs = [0] * len(places)
            steps.append([0] * len(places))
            continue
        before, length = layers[layer - 1], len(texts[numbers[layer - 1]])
        best = [
            min(
                (costs[index] + _gap(start + length, place, len(stream.text)), index)
                for index, start in enumerate(before)
            )
            for place in places
        ]
        costs = [cost for cost, _ in best]
        steps.append([index for _, index in best])
    if layers:
        index = costs.index(min(costs))
        for layer in range(len(layers) - 1, -1, -1):
            chosen[numbers[layer]] = layers[layer][index]
            index = steps[layer][index]
    _fill(stream, texts, chosen)
    return chosen


def _gap(end: int, start: int, whole: int) -> int:
    return start - end if start >= end else 2 * whole + end - start


def _fill(stream: Stream, texts: Sequence[str], chosen: list[int]) -> None:
    """Texts with too many places to choose from: the first behind their predecessor."""
    end = 0
    for number, text in enumerate(texts):
        if chosen[number] < 0 and text:
            at = stream.text.find(text, end)
            chosen[number] = at if at >= 0 else stream.text.find(text)
        if chosen[number] >= 0:
            end = chosen[number] + len(text)
