"""Sees of a page what a passer-by sees: its title and first words, and where it says that it really stands."""

from __future__ import annotations

import re
from functools import cached_property
from html import unescape

from selectolax.lexbor import LexborHTMLParser

from jimo_lint.extract.charset import clean, decode
from jimo_lint.extract.head import refresh_target
from jimo_lint.extract.tree import shallow, tidy

# Code points of visible text that are kept: enough to tell two pages of one template apart.
LONGEST = 4_000
_LONGEST_TITLE = 300
_UNSEEN = ["script", "style", "noscript", "template", "textarea", "select", "svg", "title"]

# Bytes of a page that are looked at first, and where those show fewer code points than an opening should have. Most of
# what a link checker reads is told by the first, and looking at links is what its speed depends on.
_FRONTS = (4 * 1024, 48 * 1024)
_OPENING = 600

_TITLE = re.compile(r"<title\b[^>]*>([^<]*)", re.I)
_META = re.compile(r"<meta\b([^>]*)>", re.I)
_ATTRIBUTE = re.compile(r"([\w-]+)\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]+))")
_CANONICAL = re.compile(r"<link\b([^>]*\bcanonical\b[^>]*)>", re.I)
_BODY = re.compile(r"<body\b[^>]*>", re.I)
_TEXT = re.compile(r">([^<]+)")
# Without IGNORECASE the search can leap from `<` to `<`; tags in mixed case are as good as never written.
_HIDDEN = re.compile(
    r"<(script|style|noscript|template|textarea|select|svg|title|SCRIPT|STYLE|SELECT|TITLE)\b.*?(?:</\1\s*>|\Z)"
    r"|<!--.*?(?:-->|\Z)",
    re.S,
)


class Glance:
    """A page at first glance. title: tidied; opening: the first words of what is visible; about: its keywords and

    description; canonical, refresh: addresses as written, "" where it names none. All of these are read off the
    front of the page without taking it apart, since hundreds of links a second are looked at; `text` is exact.
    """

    def __init__(self, body: bytes = b"", content_type: str = "") -> None:
        self._body, self._type = body, content_type
        html = ""
        for size in _FRONTS:
            # Cut behind a tag, so that no character is cut in two.
            whole = len(body) <= size
            html = decode(body if whole else body[: body.rfind(b">", 0, size) + 1] or body[:size], content_type)
            start = _BODY.search(html)
            self.opening = _visible(html[start.end() if start else 0 :]) if start or whole else ""
            if whole or len(self.opening) >= _OPENING:
                break
        found = _TITLE.search(html)
        self.title = tidy(unescape(found[1]))[:_LONGEST_TITLE] if found else ""
        self.refresh = ""
        metas: dict[str, str] = {}
        for written in _META.findall(html) if "<meta" in html or "<META" in html else ():
            attributes = _attributes(written)
            content = attributes.get("content", "")
            metas.setdefault(attributes.get("name", "").lower(), content)
            if attributes.get("http-equiv", "").strip().lower() == "refresh" and not self.refresh:
                self.refresh = refresh_target(content)
        self.about = tidy(f"{metas.get('keywords', '')} {metas.get('description', '')}")[:LONGEST]
        named = _CANONICAL.search(html) if "canonical" in html else None
        self.canonical = _attributes(named[1]).get("href", "").strip() if named else ""

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
    return {name.lower(): unescape(one or two or bare) for name, one, two, bare in _ATTRIBUTE.findall(written)}


def _visible(html: str) -> str:
    """The text between the tags of a piece of a page."""
    text = " ".join(_TEXT.findall(">" + _HIDDEN.sub(" ", html)))
    return _plain(unescape(text) if "&" in text else text)


def _plain(text: str) -> str:
    """Blanks run together; line breaks stay blanks, since most stand between two menu entries, whose words must not

    run together to a third.
    """
    return tidy(" ".join(text.split()))
