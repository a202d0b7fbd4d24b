"""Keeps pages, links and runs in one SQLite file that survives a killed crawl."""

from jimo_lint.store.list_page import ListPage
from jimo_lint.store.store import Store

__all__ = ["ListPage", "Store"]
