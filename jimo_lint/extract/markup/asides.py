"""Finds what a page says beside its running text: in attributes, fields and drawings, and where no script runs."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

from jimo_lint.extract.markup.tree import EXPRESSION, HINTED, INLINE, Tree, canonical, tidy, unescape
from jimo_lint.language.text import han_count

_NAMES = {
    "title": "悬停提示（title）",
    "placeholder": "输入提示（placeholder）",
    "aria-label": "无障碍说明（aria-label）",
    "label": "选项说明（label）",
    "summary": "表格说明（summary）",
    "alt": "替代文字（alt）",
    "value": "框里、按钮上的字（value）",
    "srcdoc": "框架里的文字（srcdoc）",
}
_FIELDS = frozenset(("", "text", "search", "button", "submit", "reset"))  # whose value people see
_AS_WRITTEN = frozenset(("textarea", "noframes", "noembed"))  # their content is no markup in canonical form
_GUIDES = frozenset(("rt", "rp", "rtc"))  # mostly of Latin letters, which say nothing that the word does not
_LETTERS = frozenset(("tspan", "textpath"))  # of SVG: they place single characters
_TAG = re.compile(
    r"<!--.*?(?:-->|\Z)|<(script|style)\b.*?(?:</\1\s*>|\Z)|</?([a-zA-Z][^\s/>]*)[^>]*(?:>|\Z)", re.S | re.I
)
_MARKUP = re.compile(r"<[a-zA-Z!/]")


class Aside(NamedTuple):
    """text: without markup, its lines parted by LF. place: which of its sort. element: the one that has it."""

    text: str
    place: str
    element: int


def asides(tree: Tree, shown: str) -> Iterator[Aside]:
    """What people may see or hear of the page beside its lines, in the order of the page.

    shown: the text of its lines. What an attribute repeats of it, as titles of links do, is left out.
    """
    said = "".join(shown.split())
    seen: set[str] = set()
    counts: Counter[str] = Counter()
    for element, name, text in sorted([*_hints(tree), *_apart(tree)]):
        counts[name] += 1
        dense = "".join(text.split())
        if len(dense) > 1 and dense not in seen and not (name in _NAMES and dense in said):
            seen.add(dense)
            yield Aside(text, f"{_NAMES.get(name, f'{name} 里的文字')} {counts[name]}", element)


def _hints(tree: Tree) -> Iterator[tuple[int, str, str]]:
    for element in tree.by_tag.get(HINTED, ()):
        tag, attrs = tree.tags[element], tree.attrs[element]
        kind = (attrs.get("type") or "").lower()
        for name, value in attrs.items():
            if name not in _NAMES or not value or ("{{" in value and tree.templated):
                continue
            if name == "srcdoc":
                yield element, name, plain(canonical(value))
            elif name == "alt":
                if tag in ("area", "input"):
                    yield element, name, tidy(value)
            elif name != "value" or (tag == "input" and kind in _FIELDS):
                yield element, name, tidy(value)


def _apart(tree: Tree) -> Iterator[tuple[int, str, str]]:
    for element, content in tree.apart:
        tag = tree.tags[element]
        if tag in _AS_WRITTEN:
            content = unescape(content) if tag == "textarea" else content
            content = canonical(content) if _MARKUP.search(content) else content
        text = EXPRESSION.sub("", content if tag == "xmp" else plain(content))
        if tag not in _GUIDES or han_count(text):
            yield element, tag, text


def plain(markup: str) -> str:
    """The lines of markup as lexbor writes it, parted by LF."""
    parts: list[str] = []
    at = 0
    for found in _TAG.finditer(markup):
        parts.append(markup[at : found.start()])
        name = (found[2] or "").lower()
        if name and name not in INLINE and name not in _LETTERS:
            parts.append("\0")  # no page has one
        at = found.end()
    parts.append(markup[at:])
    lines = (tidy(unescape(line)) for line in "".join(parts).split("\0"))
    return "\n".join(line for line in lines if line)
