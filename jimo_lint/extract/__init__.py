"""Reads pages: charset, title, body, publish date, list rows, links and the pages a list goes on to.

Its names are fetched when they are first asked for: the link check needs a glance at a page, not the reading of lists.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from jimo_lint.extract.address import kind_of, normalise
    from jimo_lint.extract.charset import decode, read_text
    from jimo_lint.extract.families import Answer, read_answer
    from jimo_lint.extract.glance import Glance
    from jimo_lint.extract.page import Page, read_page

__all__ = ["Answer", "Glance", "Page", "decode", "kind_of", "normalise", "read_answer", "read_page", "read_text"]

_MODULES = {
    "Answer": "families",
    "Glance": "glance",
    "Page": "page",
    "decode": "charset",
    "kind_of": "address",
    "normalise": "address",
    "read_answer": "families",
    "read_page": "page",
    "read_text": "charset",
}


def __getattr__(name: str) -> Any:
    if name not in _MODULES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = globals()[name] = getattr(import_module(f"{__name__}.{_MODULES[name]}"), name)
    return value
