"""Sees of a page what a passer-by sees: its title and first words, and where it says that it really stands."""

from __future__ import annotations

from dataclasses import dataclass

from selectolax.lexbor import LexborHTMLParser

from jimo_lint.extract.charset import clean
from jimo_lint.extract.head import refresh_target
from jimo_lint.extract.tree import shallow, tidy

# Code points of visible text that are kept: enough to tell two pages of one template apart.
LONGEST = 4_000
_LONGEST_TITLE = 300
_UNSEEN = ["script", "style", "noscript", "template", "textarea", "select", "svg", "title"]


@dataclass(frozen=True, slots=True)
class Glance:
    """A page at first glance. text: at most `LONGEST` code points of what is visible, blanks run together.

    about: its keywords and description. canonical, refresh: addresses as written, "" where it names none.
    """

    title: str = ""
    text: str = ""
    about: str = ""
    canonical: str = ""
    refresh: str = ""


def glance(html: str) -> Glance:
    """Look at a page, or at the beginning of one; never raises, whatever the text."""
    try:
        page = LexborHTMLParser(shallow(html))
    except UnicodeEncodeError:  # lone surrogates, the one thing that selectolax refuses
        page = LexborHTMLParser(shallow(clean(html)))
    title = page.css_first("title")
    metas: dict[str, str] = {}
    refresh = ""
    for meta in page.css("meta"):
        attributes = meta.attributes
        content = attributes.get("content") or ""
        metas.setdefault((attributes.get("name") or "").lower(), content)
        if (attributes.get("http-equiv") or "").strip().lower() == "refresh" and not refresh:
            refresh = refresh_target(content)
    canonical = page.css_first('link[rel="canonical"]')
    named = tidy(title.text()) if title else ""
    page.strip_tags(_UNSEEN)
    body = page.body
    # Cut before tidying: a page may be all text, and only its beginning counts. Line breaks stay blanks, since most
    # stand between two menu entries, whose words must not run together to a third.
    visible = tidy(" ".join(body.text(separator=" ")[: 4 * LONGEST].split())) if body else ""
    return Glance(
        named[:_LONGEST_TITLE],
        visible[:LONGEST],
        tidy(f"{metas.get('keywords', '')} {metas.get('description', '')}")[:LONGEST],
        (canonical.attributes.get("href") or "").strip() if canonical else "",
        refresh,
    )
