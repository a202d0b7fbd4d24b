"""TRS WCM: pages that `createPageHTML` counts, and rows that the page's scripts write."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from typing import NamedTuple

from jimo_lint.extract.dates import text_dates
from jimo_lint.extract.families.pagination import Turning
from jimo_lint.extract.markup.layout import MAIN, Layout
from jimo_lint.extract.markup.tree import Tree
from jimo_lint.model import ListItem, Paging
from jimo_lint.network.address import Resolver

MOST = 2000  # pages; a larger number is a mistake of the page or a trap

_CALL = re.compile(
    r"createPage(?:HTML)?\(\s*(?:['\"][\w#.-]+['\"]\s*,\s*)?(?P<pages>\w+)\s*,\s*(?P<current>\w+)\s*,\s*['\"](?P<name>[\w-]+)['\"]\s*,"
    r"\s*['\"](?P<ext>s?html?|jsp|php|aspx?)['\"]"
)
# Pager({size: 50, current: 0, prefix: 'index', suffix: 'html'}) says the same by name.
_NAMED = re.compile(
    r"\bPager\(\s*\{\s*size\s*:\s*(?P<pages>\w+)\s*,\s*current\s*:\s*(?P<current>\w+)\s*,\s*prefix\s*:\s*['\"](?P<name>[\w-]+)['\"]\s*,"
    r"\s*suffix\s*:\s*['\"](?P<ext>s?html?|jsp|php|aspx?)['\"]"
)
_LINE_COMMENT = re.compile(r"(?<![:'\"\\])//[^\n]*|<!--[^\n]*")
_COMMENT = re.compile(rf"/\*.*?(?:\*/|\Z)|{_LINE_COMMENT.pattern}", re.S)
_LITERAL = re.compile(r"(?<!\\)(?:'((?:[^'\\\n]|\\.){0,4000}+)'|\"((?:[^\"\\\n]|\\.){0,4000}+)\")")
_ASSIGNED = re.compile(r"(?<!\w)(\w++)\s*+=\s*+$")
_ADDRESS = re.compile(r"\w*(?:url|href|link)", re.I)
_TITLE = re.compile(r"\w*title", re.I)
_ESCAPE = re.compile(r"\\(?:u([0-9a-fA-F]{4})|(.))")
_LONGEST_DATE = 60  # characters of a literal that is a date with its tags and no sentence
_ROW_TAGS = frozenset(("li", "tr", "dd", "dl"))
_LEVELS = 3


class _Row(NamedTuple):
    url: str
    title: str
    published: datetime | None


def live(script: str) -> str:
    """A script without what is commented out in it. `/*` behind the last `*/` opens nothing: it is part of a text."""
    last = script.rfind("*/")
    end = script.find("\n", last) if last >= 0 else 0
    if end < 0:
        return _COMMENT.sub("", script)
    return _COMMENT.sub("", script[:end]) + _LINE_COMMENT.sub("", script[end:])


def turning(scripts: Sequence[str], url: str, resolver: Resolver) -> Turning | None:
    """The pages that `createPageHTML(pages, current, name, ext)` counts, or `Pager({…})` in place of it."""
    for script in scripts:
        if "createPage" not in script and "Pager(" not in script:
            continue
        script = live(script)
        for call in itertools.chain(_CALL.finditer(script), _NAMED.finditer(script)):
            pages = _value(call["pages"], script)
            if pages is None:
                return Turning(Paging.TRS, complete=False)
            name, ending = call["name"], f".{call['ext']}"
            own = url.partition("?")[0].rpartition("/")[2].removeprefix(f"{name}_").removesuffix(ending)
            numbers = _numbers(min(pages, MOST), _value(call["current"], script), first=not own.isdecimal())
            names = [f"{name}_{number}{ending}" for number in numbers]
            if own.isdecimal():
                names.insert(0, f"{name}{ending}")
            found = tuple(page for name in names if (page := resolver.resolve(name)) and page != url)
            return Turning(Paging.TRS if pages > 1 else Paging.SINGLE, found, pages <= MOST, pages)
    return None


def count(script: str) -> int | None:
    """How many pages a script counts its list to have; None where it does not say."""
    script = live(script)
    call = _CALL.search(script) or _NAMED.search(script)
    return _value(call["pages"], script) if call else None


def _numbers(pages: int, current: int | None, *, first: bool) -> range:
    """The numbers in the addresses of a list's further pages; the first page has none.

    TRS calls the first page 0, so page n is `name_{n-1}`; other makers call it 1, and page n is `name_{n}`. A page
    with a number (first is false) does not tell which: then only those that there are either way.
    """
    if first:
        return range(2, pages + 1) if current == 1 else range(1, pages)
    return range(2, pages)


def _value(word: str, script: str) -> int | None:
    if word.isdecimal():
        return int(word)
    assigned = re.search(rf"\b{re.escape(word)}\s*=\s*['\"]?(\d{{1,6}})\b", script)
    return int(assigned[1]) if assigned else None


def written(layout: Layout, resolver: Resolver, as_of: date) -> tuple[ListItem, ...]:
    """The rows that scripts write: `var url = "./202602/t….shtml"; var title = "…"; document.writeln(…)`.

    Rows that are commented out count for nothing, and neither does the menu. A date stands in the script or beside it
    in the same row.
    """
    tree = layout.tree
    rows: list[ListItem] = []
    for element, script in zip(tree.by_tag.get("script", ()), tree.scripts, strict=False):
        if "document.write" not in script or layout.roles[element] != MAIN:
            continue
        found = list(_rows(live(script), resolver))
        if len(found) == 1 and found[0].published is None:
            found = [found[0]._replace(published=_beside(tree, element, as_of))]
        rows += [ListItem(row.url, row.title, row.published) for row in found]
    return tuple(rows)


def _rows(script: str, resolver: Resolver) -> Iterator[_Row]:
    url = title = ""
    published: datetime | None = None
    for literal in _LITERAL.finditer(script):
        value = _ESCAPE.sub(_unescaped, literal[1] or literal[2] or "").strip()
        assigned = _ASSIGNED.search(script, max(literal.start() - 60, 0), literal.start())
        name = assigned[1] if assigned else ""
        if _ADDRESS.fullmatch(name) and value:
            if url and title:
                yield _Row(url, title, published)
                title, published = "", None
            url = resolver.resolve(value) or ""
        elif _TITLE.fullmatch(name) and value:
            title = " ".join(value.split())
        elif url and len(value) <= _LONGEST_DATE:
            moment = next((moment for _, _, moment in text_dates.dates(value)), None)
            published = published or moment
    if url and title:
        yield _Row(url, title, published)


def _unescaped(found: re.Match[str]) -> str:
    return chr(int(found[1], 16)) if found[1] else {"n": " ", "t": " ", "r": " "}.get(found[2], found[2])


def _beside(tree: Tree, element: int, as_of: date) -> datetime | None:
    """The date that the row shows beside its script."""
    for _ in range(_LEVELS):
        element = tree.parents[element]
        if element < 0:
            return None
        if tree.tags[element] in _ROW_TAGS:
            break
    text = " ".join(tree.texts[tree.firsts[element] : tree.lasts[element]])
    return text_dates.parse(text, as_of) if len(text) <= _LONGEST_DATE else None
