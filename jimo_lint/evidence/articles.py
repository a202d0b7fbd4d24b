"""Tells articles of the site from its other pages and from posts, and gives the text that they consist of."""

from __future__ import annotations

from jimo_lint.model import Document, PageClass, PostState


def is_article(document: Document) -> bool:
    """True for an article of the site that can be read, as the lists and the page itself show it."""
    placed = document.source == "site" and document.page_facts.page_class is PageClass.ARTICLE
    return placed and document.state is PostState.OK


def body(document: Document) -> str:
    """Its paragraphs and tables, without title, metas and footer; a line each."""
    return "\n".join(block.text for block in document.blocks if block.kind in ("body", "table"))
