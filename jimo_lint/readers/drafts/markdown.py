"""Reads Markdown as the text a reader sees, and keeps where each character stands in the file."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape

from jimo_lint.model import Block

_FENCE = re.compile(r"^(?:[ >]|[-*+] |\d+[.)] )*(`{3,}|~{3,})")
_DEFINITION = re.compile(r" {0,3}\[[^\]]+\]:\s*\S+")
_RULE = re.compile(r" {0,3}(?:[-*_=][ \t]*+){3,}+$|(?=.*--)[ \t|:-]++$")
_LEAD = re.compile(r"(?:[ \t]*(?:>|[-*+](?=[ \t])|\d+[.)](?=[ \t])|\[[ xX]\](?=[ \t])|#{1,6}(?=[ \t])))*[ \t\u3000]*")
_HEADING = re.compile(r" {0,3}#[ \t]+[^ \t]")
_KEY = re.compile(r"(title|date|标题|日期)\s*+:\s*+(.*)", re.I)

# What is marked up within a line, in the order of trying. Groups named `text…` stay, the rest does not show.
_INLINE = re.compile(
    r"""
      (?P<code>(?P<ticks>`++).+?(?<!`)(?P=ticks)(?!`))
    | (?P<text_ticks>`++)
    | <!--.*?(?:-->|$)
    | !\[(?P<text_alt>[^\[\]]*)\](?:\([^()\s]*(?:\([^()]*\)[^()\s]*)*(?:\s+["'][^"']*["'])?\)|\[[^\]]*\])
    | (?<!\\)\[(?P<text_link>[^\[\]]*)\](?:\([^()\s]*(?:\([^()]*\)[^()\s]*)*(?:\s+["'][^"']*["'])?\)|\[[^\]]*\])
    | (?P<address><(?:https?|mailto|ftp):[^<>\s]*>|(?:https?|ftp)://[^\s<>"'（）《》“”，。；、！？\u4e00-\u9fff]+)
    | </?[A-Za-z][^<>]*>
    | (?P<entity>&(?:\#\d{1,7}|\#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});)
    | \\(?P<text_escaped>[!-/:-@\[-`{-~])
    | (?P<cell>\|)
    | \*{1,3}(?=\S)|(?<=\S)\*{1,3}|(?<!_)__(?!_)|~~
    """,
    re.X,
)
_SHOWN = ("text_alt", "text_link", "text_escaped", "text_ticks")


@dataclass(frozen=True, slots=True)
class Draft:
    """title: from the front matter, else the first heading of level one, else "". date: as written there."""

    blocks: tuple[Block, ...]
    title: str
    date: str


def read(text: str) -> Draft:
    """Blocks of the lines of `text` (line ends LF), without code, addresses, comments and front matter."""
    lines = text.split("\n")
    front = _front_matter(lines)
    keys: dict[str, str] = {}
    blocks: list[Block] = []
    for number, line in enumerate(lines[:front], 1):
        if found := _KEY.match(line):
            key = {"标题": "title", "日期": "date"}.get(found[1].lower(), found[1].lower())
            value = found[2].rstrip().strip("\"'")
            keys.setdefault(key, value)
            if key == "title" and value:
                column = line.index(value, found.start(2)) + 1
                blocks.append(Block("title", value, "标题", ((0, number, column),)))
    for number, line in _prose(lines, front):
        heading = _HEADING.match(line)
        shown, places = _visible(line, number)
        if heading and "title" not in keys:
            keys["title"] = shown.strip()
        if shown.strip():
            blocks.append(Block("body", shown, f"第 {number} 行", places))
    return Draft(tuple(blocks), keys.get("title", ""), keys.get("date", ""))


def _front_matter(lines: list[str]) -> int:
    """How many lines it takes; 0 where there is none."""
    if lines[0].rstrip() != "---":
        return 0
    return next((number for number, line in enumerate(lines[1:], 2) if line.rstrip() in ("---", "...")), 0)


def _prose(lines: list[str], front: int) -> Iterator[tuple[int, str]]:
    fence = ""
    comment = False
    for number, line in enumerate(lines[front:], front + 1):
        if fence:
            closing = line.strip(" >")
            if closing.startswith(fence) and not closing.strip(fence[0]):
                fence = ""
            continue
        if comment:
            end = line.find("-->")
            if end < 0:
                continue
            # Blanks instead of the comment: what follows keeps its column.
            line, comment = " " * (end + 3) + line[end + 3 :], False
        if found := _FENCE.match(line):
            fence = found[1]
            continue
        start = line.find("<!--", line.rfind("-->") + 1)
        if start >= 0:
            line, comment = line[:start], True
        if not _DEFINITION.match(line) and not _RULE.match(line):
            yield number, line


def _visible(line: str, number: int) -> tuple[str, tuple[tuple[int, int, int], ...]]:
    """The line as shown, and breakpoints of it. Code and addresses leave one blank: nothing grows together."""
    parts: list[str] = []
    places: list[tuple[int, int, int]] = []
    length = 0

    def keep(text: str, at: int) -> None:
        nonlocal length
        if text:
            if not places or places[-1][2] + length - places[-1][0] != at + 1:
                places.append((length, number, at + 1))
            parts.append(text)
            length += len(text)

    at = _LEAD.match(line).end()  # type: ignore[union-attr]  # matches the empty string too
    for found in _INLINE.finditer(line, at):
        keep(line[at : found.start()], at)
        at = found.end()
        inner = next((name for name in _SHOWN if found[name] is not None), "")
        if inner == "text_link" or inner == "text_alt":
            # A link's text may hold emphasis or code of its own.
            for text, start in _inner(found[inner], found.start(inner)):
                keep(text, start)
        elif inner:
            keep(found[inner], found.start(inner))
        elif found["code"] or found["address"] or found["cell"]:
            keep(" ", found.start())
        elif found["entity"]:
            keep(unescape(found["entity"]), found.start())
    keep(line[at:], at)
    return "".join(parts), tuple(places)


def _inner(text: str, start: int) -> Iterator[tuple[str, int]]:
    at = 0
    for found in re.finditer(r"`+|\*+|__|~~", text):
        yield text[at : found.start()], start + at
        at = found.end()
    yield text[at:], start + at
