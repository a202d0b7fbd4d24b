"""Sees of a page what a passer-by sees: its title and first words, and where it says that it really stands."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cached_property
from html import unescape

from selectolax.lexbor import LexborHTMLParser

from jimo_lint.extract.markup.charset import as_written, clean, decode
from jimo_lint.extract.markup.head import refresh_target
from jimo_lint.extract.markup.tree import shallow, tidy

# Code points of visible text that are kept: enough to tell two pages of one template apart.
LONGEST = 4_000
_LONGEST_TITLE = 300
_UNSEEN = ["script", "style", "noscript", "template", "textarea", "select", "svg", "title"]

_OPENING = 550  # code points
_FARTHEST = 48 * 1024  # bytes of a page that are looked at for them
_STEP = 900  # bytes that are freed of markup at once
_FOLLOWING = bytes(range(0x80, 0xC0))  # bytes of UTF-8 that begin no character; other charsets have few of them
_APART = b"<>"  # parts pieces of a page, none of which can hold it

_BODY = re.compile(rb"<body\b", re.I)
_TITLE = re.compile(rb"<title\b[^<>]*>([^<]*)", re.I)
_META = re.compile(rb"<meta\b(?:([^>]*+)>|.*)", re.I | re.S)  # without an end, it swallows the rest
_CHARSET = (b" charset=", b" CHARSET=")  # such a meta says nothing else
_CANONICAL = re.compile(rb"<link\b((?>[^<>]*?\bcanonical\b)[^<>]*+)>", re.I)
_ATTRIBUTE = re.compile(r"(?<![\w-])([\w-]++)\s*+=\s*+(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]+))")
_TEXT = re.compile(rb">([^<]+)")
# Without IGNORECASE the search can leap from `<` to `<`, and the look ahead spares most of them the list; tags in mixed
# case are as good as never written.
_HIDDEN = re.compile(
    rb"<(?=[!sSnt])(?:(script|style|noscript|template|textarea|select|svg|title|SCRIPT|STYLE|SELECT|TITLE)\b"
    rb".*?(?:</\1\s*>|\Z)|!--.*?(?:-->|\Z))",
    re.S,
)


class Glance:
    """A page at first glance.

    title: tidied; opening: the first words of what is visible; about: its keywords and description; canonical,
    refresh: addresses as written, "" where it names none. All of these are read off the bytes of the front without
    taking the page apart, since the speed of checking links depends on this; no sign of markup is part of a character
    in the charsets that are met. `text` is exact.
    """

    def __init__(self, body: bytes = b"", content_type: str = "") -> None:
        self._body, self._type = body, content_type
        self.title = self.about = self.canonical = self.refresh = ""
        if 0 in body[:4]:  # UTF-16 and UTF-32, where the markup is no ASCII
            body, content_type = decode(body[:_FARTHEST], content_type).encode(), "text/html; charset=utf-8"
        front = body[:_FARTHEST]
        start = front.find(b"<body")
        if start < 0:
            found = _BODY.search(front)
            start = found.start() if found else -1
        opening = _opening(front, max(start, 0)) if start >= 0 or len(body) <= _FARTHEST else b""
        # Of a page whose title stands where it should, the rest of the head does too.
        head = front[:start] if start > 0 else front
        title = _TITLE.search(head)
        if title is None:
            head = front
            title = _TITLE.search(head)
        metas = [meta for meta in _META.findall(head) if b"=" in meta and not meta.startswith(_CHARSET)]
        canonical = _CANONICAL.search(head) if b"canonical" in head else None
        # Decoded at one go, since a few bytes alone do not tell their charset.
        written = [opening, title[1] if title else b"", canonical[1] if canonical else b"", *metas]
        decoded = as_written(_APART.join(written), content_type, front).split(_APART.decode())
        self.opening = tidy(unescape(decoded[0]))[:_OPENING]
        self.title = _plain(unescape(decoded[1]))[:_LONGEST_TITLE]
        self.canonical = _attributes(decoded[2]).get("href", "").strip() if canonical else ""
        if metas:
            self._read_metas([_attributes(text) for text in decoded[3:]])

    def _read_metas(self, metas: Sequence[Mapping[str, str]]) -> None:
        about: dict[str, str] = {}
        for attributes in metas:
            content = attributes.get("content", "")
            about.setdefault(attributes.get("name", "").lower(), content)
            if attributes.get("http-equiv", "").strip().lower() == "refresh" and not self.refresh:
                self.refresh = refresh_target(content)
        self.about = tidy(f"{about.get('keywords', '')} {about.get('description', '')}")[:LONGEST]

    @cached_property
    def text(self) -> str:
        """At most `LONGEST` code points of what is visible on the whole page, blanks run together."""
        html = shallow(decode(self._body, self._type))
        try:
            page = LexborHTMLParser(html)
        except UnicodeEncodeError:  # lone surrogates, the one thing that selectolax refuses
            page = LexborHTMLParser(clean(html))
        page.strip_tags(_UNSEEN)
        # Cut before tidying: a page may be all text, and only its beginning counts.
        return _plain(page.body.text(separator=" ")[: 4 * LONGEST])[:LONGEST] if page.body else ""


def _attributes(written: str) -> dict[str, str]:
    return {name.lower(): unescape(one or two or bare) for name, one, two, bare in _ATTRIBUTE.findall(clean(written))}


def _opening(html: bytes, start: int) -> bytes:
    """What stands between the tags from `start` on, as far as an opening may need, with single blanks in between."""
    shown = b""
    while start < len(html) and len(shown.translate(None, _FOLLOWING)) < _OPENING:
        end = html.find(b">", start + _STEP) + 1 or len(html)
        hidden = _HIDDEN.search(html, start, end)
        # One back: a text is known by the end of the tag in front of it.
        texts = _TEXT.findall(html, max(start - 1, 0), hidden.start() if hidden else end)
        shown = b" ".join((shown, *b" ".join(texts).split()))
        whole = _HIDDEN.match(html, hidden.start()) if hidden else None  # may go on behind this step
        start = whole.end() if whole else end
    return shown


def _plain(text: str) -> str:
    """Blanks run together.

    Line breaks become blanks, since most stand between two menu entries, whose words must not run together to a third.
    """
    return tidy(" ".join(text.split()))
