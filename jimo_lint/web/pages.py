"""Renders the pages: what was crawled is escaped and made harmless in one place, for every value that is shown."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any
from urllib.parse import urlsplit

from jinja2 import Environment
from markupsafe import Markup

from jimo_lint.language.printing import encodable
from jimo_lint.language.templates import environment
from jimo_lint.model import Finding
from jimo_lint.privacy import is_masked
from jimo_lint.web.snapshot import Piece
from jimo_lint.web.standing import deadline, said

_FOLDER = files("jimo_lint.web")
_AROUND = 30  # characters of the excerpt on both sides in the table

# What a browser may ask for beside the pages, with its type; no other name is ever opened.
ASSETS = {"style.css": "text/css; charset=utf-8", "page.js": "text/javascript; charset=utf-8"}


def render(template: str, values: Mapping[str, Any]) -> str:
    """A page from its template."""
    return encodable(_environment().get_template(template).render(values))


@cache
def asset(name: str) -> bytes:
    """A file of `ASSETS`."""
    return (_FOLDER / "static" / name).read_bytes()


def excerpt(finding: Finding) -> tuple[Piece, ...]:
    """The words with a little of what stands around them, in one line."""
    start = finding.excerpt_start
    end = start + len(finding.matched)
    if not finding.matched or finding.excerpt[start:end] != finding.matched:
        return (Piece(finding.excerpt[: 2 * _AROUND], marked=False),) if finding.excerpt else ()
    before, after = finding.excerpt[:start], finding.excerpt[end:]
    cut = "…" if len(before) > _AROUND else "", "…" if len(after) > _AROUND else ""
    return (
        Piece(cut[0] + before[-_AROUND:], marked=False),
        Piece(finding.matched, marked=True),
        Piece(after[:_AROUND] + cut[1], marked=False),
    )


def live(address: str) -> str:
    """An address that a person may follow: of the web, and not masked; else ""."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return ""
    return address if parts.scheme in ("http", "https") and parts.netloc and not is_masked(address) else ""


@cache
def _environment() -> Environment:
    made = environment(_FOLDER / "templates")
    made.filters["live"] = live
    made.filters["excerpt"] = excerpt
    made.filters["kept"] = _kept
    made.filters["said"] = said
    made.filters["deadline"] = deadline
    return made


def _kept(text: str) -> Markup:
    """Text with its line breaks, which was made harmless already."""
    return Markup.escape(text)
