"""Finds what is a link in all but name: `<li onclick="location.href='…'">`, `<tr data-href="…">`."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping

from jimo_lint.extract.markup.tree import CLICKED, Tree
from jimo_lint.language.text import han_count

_ADDRESSED = ("data-href", "data-url", "data-link")
_SCRIPTED = ("onclick", "ng-click", "@click", "v-on:click")
# The address in `location.href='…'`, `window.open("…")`, `goto('/zwgk/1.html')`.
_OPENS = re.compile(
    r"(?:location(?:\.href)?\s*=|(?:open|assign|replace)\s*\()\s*[\"']([^\"']+)[\"']"
    r"|\(\s*[\"']((?:https?:/|\.{1,2})?/[^\"'\s]+|[^\"'\s]+\.(?:s?html?|jsp|php|aspx?|pdf|docx?)(?:\?[^\"'\s]*)?)[\"']"
)
# The same where nothing but a whole address makes it a link: `xhr.open("GET", …)` and `'/a?id=' + id` are none.
_LEADS = re.compile(
    r"(?:(?<![\w.])|\b(?:window|self|top|parent|document|this)\.)"
    r"(?:location(?:\.href)?\s*=|location\.(?:assign|replace)\s*\(|open\s*\()\s*[\"']([^\"']+)[\"'](?!\s*\+)"
)
_BUTTONS = frozenset(("button", "input", "img", "area"))  # never a row of a list
_CALL = re.compile(r"\b(?!void\b|return\b|if\b)(\w+)\s*\(")
_SHORTEST, _LONGEST = 2, 300  # code points of a row's text; more is a part of the page that listens to clicks
_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
_TELLING = 6  # Han characters from which a row without an address looks like a title, not like a button


def rows(tree: Tree) -> list[int]:
    """The elements that lead somewhere by a click, hold no link, and say as much as a row of a list does.

    Without an address: those that call the same function as one that shows a title does, and no text of sentences
    without a heading, which pages have read out by a click.
    """
    links = [element for element in tree.by_tag.get("a", ()) if _leads(tree.attrs[element].get("href") or "")]
    found: list[tuple[int, str]] = []
    titled: set[str] = set()
    for element in tree.by_tag.get(CLICKED, ()):
        if tree.tags[element] in _BUTTONS:
            continue
        text = "".join(tree.texts[tree.firsts[element] : tree.lasts[element]]).strip()
        if not _SHORTEST <= len(text) <= _LONGEST or _is_linked(tree, links, element):
            continue
        attrs = tree.attrs[element]
        called = ""
        if not address(attrs):
            call = _CALL.search(script(attrs))
            if not call or ("。" in text and _HEADINGS.isdisjoint(tree.tags[element : tree.ends[element]])):
                continue
            called = call[1]
            if han_count(text) >= _TELLING:
                titled.add(called)
        found.append((element, called))
    outer: list[int] = []
    for element, called in found:
        if (not called or called in titled) and (not outer or element >= tree.ends[outer[-1]]):
            outer.append(element)
    return outer


def buttons(tree: Tree, rows: list[int]) -> Iterator[tuple[int, str]]:
    """What leads somewhere by a click and is no row (buttons, pictures, cells), and where, as written."""
    taken = frozenset(rows)
    for element in tree.by_tag.get(CLICKED, ()):
        if element not in taken and (found := _LEADS.search(script(tree.attrs[element]))):
            yield element, found[1]


def _leads(href: str) -> bool:
    return bool(href) and href[0] != "#" and not href.lower().startswith("javascript:")


def _is_linked(tree: Tree, links: list[int], element: int) -> bool:
    """True where an element holds a link or stands in one."""
    after = bisect_left(links, element)
    return (after < len(links) and links[after] < tree.ends[element]) or (
        after > 0 and element < tree.ends[links[after - 1]]
    )


def script(attrs: Mapping[str, str | None]) -> str:
    """What a click runs, "" where that is not said."""
    return next((written for name in _SCRIPTED if (written := attrs.get(name))), "")


def address(attrs: Mapping[str, str | None]) -> str:
    """Where a click leads, as written; "" where that cannot be read."""
    written = next((value.strip() for name in _ADDRESSED if (value := attrs.get(name))), "")
    if written:
        return written if "/" in written or "." in written else ""
    found = _OPENS.search(script(attrs))
    return (found[1] or found[2]) if found else ""
