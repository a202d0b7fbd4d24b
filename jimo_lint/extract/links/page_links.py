"""Collects the links of a page, made absolute and told apart by kind."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from typing import NamedTuple
from urllib.parse import unquote

from jimo_lint.extract.links.misspelt import malformed
from jimo_lint.extract.markup import clickable
from jimo_lint.extract.markup.layout import Layout
from jimo_lint.extract.markup.tree import CLICKED, Tree, tidy
from jimo_lint.language.text import han_count
from jimo_lint.model import Link
from jimo_lint.network.address import Resolver, kind_of, resolver_in, trimmed

# Tag, attribute and kind ("" for: by the address) of what embeds or loads something.
_EMBEDS = (
    ("area", "href", ""),
    ("iframe", "src", "frame"),
    ("frame", "src", "frame"),
    ("img", "src", "image"),
    ("script", "src", "script"),
    ("video", "src", "media"),
    ("audio", "src", "media"),
    ("source", "src", "media"),
    ("embed", "src", "media"),
    ("object", "data", ""),
)
_SCRIPTED = (
    "onclick",
    "data-href",
    "data-url",
    "data-link",
    "ng-click",
    "ng-href",
    "v-on:click",
    "@click",
    ":href",
    "v-bind:href",
)
_FAULTY = frozenset({"empty", "malformed", "fragment", "idle"})  # without address, and yet to be told of
_PLAIN = frozenset({"href", "title", "target", "style"})  # attributes that no script takes hold of an `<a>` by
_PLACES = ("/", ".", "http")  # what most addresses begin with, and none that a script or a fragment is
_NO_FRAGMENT = frozenset({"", "top", "none", "this", "nogo"})  # what authors write for "nowhere" or for the top
_IDLE = re.compile(r"javascript:\s*+(?:void\s*+\(?\s*+0\s*+\)?)?\s*+;?", re.I)
_TELLING = 8  # Han characters from which an idle link looks like a title, not like a button
_OPENS = re.compile(r"""(?:location(?:\.href)?\s*=|open\s*\(|location\.(?:assign|replace)\s*\()\s*["']([^"']+)["']""")
_CALL = re.compile(r"\b(?!void\b)\w+\s*\(")
# The value of an `<option>` that leads somewhere, as lists of departments have them; others are choices of a form.
_PATH = re.compile(r"(?:\.{0,2}/)[^\s?#]*(?:/|\.(?:s?html?|jsp|php|aspx?))(?:[?#]|$)", re.I)
_WORDY = re.compile(r"[^\W\d_]")


class Anchor(NamedTuple):
    """An `<a>`, or what is one by script.

    url: "" where it leads nowhere a robot can follow. scripted: then a script knows where.
    """

    element: int
    url: str
    text: str
    kind: str
    scripted: bool


def collect(layout: Layout, resolver: Resolver) -> tuple[tuple[Link, ...], list[Anchor]]:
    """The page's distinct links in the order of the elements' kinds, and its anchors in document order."""
    links: dict[Link, None] = {}
    anchors: list[Anchor] = []
    for element in layout.tree.by_tag.get("a", ()):
        link = _anchor(layout, element, resolver)
        if link.url or link.kind in _FAULTY:
            links[link] = None
        scripted = not link.url and _CALL.search(link.raw) is not None
        anchors.append(Anchor(element, link.url, link.text, link.kind, scripted))
    attrs = layout.tree.attrs
    for element in layout.clicked:
        link = _clicked(resolver, layout.text_in(element), attrs[element])
        if link.url:
            links[link] = None
        anchors.append(Anchor(element, link.url, link.text, link.kind, not link.url))
    if layout.clicked:
        anchors.sort()
    for tag, name, kind in _EMBEDS:
        for element in layout.tree.by_tag.get(tag, ()):
            _add(links, resolver, attrs[element].get(name), kind, tidy(attrs[element].get("alt") or ""))
    for element in layout.tree.by_tag.get("link", ()):
        if "stylesheet" in (attrs[element].get("rel") or "").lower():
            _add(links, resolver, attrs[element].get("href"), "style", "")
    for element in layout.tree.by_tag.get("option", ()):
        value = (attrs[element].get("value") or "").strip()
        if value.startswith(("http://", "https://", "//")) or _PATH.match(value):
            _add(links, resolver, value, "", layout.text_in(element))
    if CLICKED in layout.tree.by_tag:
        known = {link.url for link in links}
        for element, written in clickable.buttons(layout.tree, layout.clicked):
            shown = layout.text_in(element) or tidy(attrs[element].get("value") or attrs[element].get("alt") or "")
            link = _plain(trimmed(written), shown, resolver)
            if link.url.startswith(("http", "file:")) and link.url not in known:
                links[link] = None
    return tuple(links), anchors


def of_addresses(addresses: Iterable[tuple[str, str]], base: str) -> Iterator[Link]:
    """The links of addresses that no page holds, each with its words; base: what relative ones are joined to."""
    resolver = Resolver(base)
    for href, words in addresses:
        if href := trimmed(href):
            yield _plain(href, tidy(words), resolver)


def in_markup(html: str, base: str) -> tuple[Link, ...]:
    """The links of HTML that is no page of its own."""
    return collect(Layout(Tree(html)), Resolver(base))[0]


def _add(links: dict[Link, None], resolver: Resolver, raw: str | None, kind: str, text: str) -> None:
    if not raw or raw.startswith(("data:", "about:", "javascript:", "blob:")) or _unfilled(raw):
        return
    url = resolver.resolve(raw)
    if url:
        links[Link(url, text, "local" if resolver.local(url) else kind or kind_of(url), tidy(raw))] = None


def _unfilled(href: str) -> bool:
    """True for the placeholder of a template, which is a script's business."""
    return "{{" in href or "${" in href or "<%" in href


def _anchor(layout: Layout, element: int, resolver: Resolver) -> Link:
    attrs = layout.tree.attrs[element]
    text = layout.text_in(element)
    shown = text or tidy(attrs.get("title") or "") or _picture(layout, element)
    raw = attrs.get("href")
    if raw and raw.startswith(_PLACES) and (resolver.charset == "utf-8" or "?" not in raw):
        return _repeated(raw, shown, resolver.folder)
    href = trimmed(raw or "")
    if not href:
        scripted = [attrs[name] for name in _SCRIPTED if attrs.get(name)]
        if scripted:
            return _opened(resolver, shown, scripted[0] or "")
        # Without href it is a tab, a button or a named anchor; a pager's current number leads nowhere on purpose.
        return Link("", shown, "page" if raw is None or not _WORDY.search(text) else "empty")
    start = href[:11].lower()
    if start.startswith("javascript:") or href[0] == "#":
        if attrs.keys() <= _PLAIN and text:
            if href[0] == "#" and _lost(layout, href[1:]):
                return Link("", shown, "fragment", href)
            if _IDLE.fullmatch(href) and han_count(text) >= _TELLING:
                return Link("", shown, "idle", href)
        return _opened(resolver, shown, attrs.get("onclick") or href, href)
    if href[0] == "?" or (resolver.charset != "utf-8" and "?" in href and not href.isascii()):
        return _plain(href, shown, resolver)
    return _repeated(href, shown, resolver.folder)


@lru_cache(maxsize=2048)
def _repeated(raw: str, shown: str, folder: str) -> Link:
    """Most links of a page stand on all pages of its folder: making them anew was half of the time for links."""
    return _plain(trimmed(raw), shown, resolver_in(folder))


def _plain(href: str, shown: str, resolver: Resolver) -> Link:
    if _unfilled(href):
        return Link("", shown, "page", href)
    if malformed(href):
        return Link("", shown, "malformed", href)
    url = resolver.resolve(href)
    if not url:
        return Link("", shown, "page", href)
    if href[:7].lower().startswith(("mailto:", "tel:")):
        return Link(url, shown, "mail", href)
    return Link(url, shown, "local" if resolver.local(url) else kind_of(url), href)


def _lost(layout: Layout, name: str) -> bool:
    """True for a fragment that the page does not have; what scripts route by (`#/`, `#!`) is none."""
    name = name.partition(":~:")[0]  # what follows leads to words, which browsers look for
    if name.lower() in _NO_FRAGMENT or not (name[0].isalnum() or name[0] == "_"):
        return False
    places = _places(layout.tree)
    return name not in places and unquote(name) not in places


@lru_cache(maxsize=1)
def _places(tree: Tree) -> frozenset[str | None]:
    """What a fragment may lead to; asked for once for each such link of a page."""
    return frozenset(value for attrs in tree.attrs for value in (attrs.get("id"), attrs.get("name")))


def _opened(resolver: Resolver, shown: str, script: str, raw: str = "") -> Link:
    """The link of `onclick="location.href='…'"` and the like; without address where the script is not plain."""
    found = _OPENS.search(script)
    url = resolver.resolve(found[1]) if found else None
    if not url or url.startswith(("mailto:", "tel:", "file:")):
        return Link("", shown, "page", tidy(script))
    return Link(url, shown, kind_of(url), raw or tidy(script))


def _clicked(resolver: Resolver, shown: str, attrs: Mapping[str, str | None]) -> Link:
    """The link of `<li onclick="location.href='…'">`; without address where that cannot be read."""
    written = clickable.address(attrs)
    url = None if not written or _unfilled(written) else resolver.resolve(written)
    if not url or url.startswith(("mailto:", "tel:", "file:", "javascript:")):
        return Link("", shown, "page", tidy(clickable.script(attrs)))
    return Link(url, shown, "local" if resolver.local(url) else kind_of(url), tidy(written))


def _picture(layout: Layout, element: int) -> str:
    tree = layout.tree
    for inner in range(element + 1, tree.ends[element]):
        if tree.tags[inner] == "img" and (alt := tidy(tree.attrs[inner].get("alt") or "")):
            return alt
    return ""
