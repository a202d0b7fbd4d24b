"""Reads metas, `<title>`, base address and meta refresh, wherever on the page they stand."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple

from jimo_lint.extract.markup.tree import Tree, tidy

_REFRESH = re.compile(r"\s*+[\d.]*+\s*+[;,]\s*+(?:url\s*+=\s*+)?[\"']?\s*+([^\"']+)", re.I)
_MOST = 100  # metas; more are a fault of the template


class Head(NamedTuple):
    """metas: by lower-case name, the first with content of doubled ones. refresh: address as written, "" if none."""

    metas: Mapping[str, str]
    title: str
    base: str
    refresh: str


def read_head(tree: Tree) -> Head:
    """All metas of the page: broken pages carry them in the body, and browsers take them there too."""
    metas: dict[str, str] = {}
    refresh = ""
    for element in tree.by_tag.get("meta", ())[:_MOST]:
        attrs = tree.attrs[element]
        content = (attrs.get("content") or "").strip()
        name = (attrs.get("name") or attrs.get("property") or attrs.get("itemprop") or "").strip().lower()
        if name and not metas.get(name):
            metas[name] = tidy(content)
        if (attrs.get("http-equiv") or "").strip().lower() == "refresh" and not refresh:
            refresh = refresh_target(content)
    title = ""
    for element in tree.by_tag.get("title", ()):
        title = title or tidy("".join(tree.texts[tree.firsts[element] : tree.lasts[element]]))
    base = next(
        (href.strip() for element in tree.by_tag.get("base", ()) if (href := tree.attrs[element].get("href"))), ""
    )
    return Head(metas, title, base, refresh)


def refresh_target(content: str) -> str:
    """Where a meta refresh leads, as written; "" where it only loads the page anew."""
    found = _REFRESH.match(content)
    return found[1].strip() if found else ""
