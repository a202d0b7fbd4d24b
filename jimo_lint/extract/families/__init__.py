"""The families of lists that scripts fill or turn: recognises them, and reads what their interfaces answer."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Protocol

from jimo_lint.extract.families import gkmlpt, hanweb, jpaas
from jimo_lint.extract.families.pagination import Answer, Source, Turning
from jimo_lint.model import Paging
from jimo_lint.network.address import Resolver

__all__ = ["Answer", "Source", "Turning", "read_answer", "recognise"]


class _Family(Protocol):
    """A module of this package."""

    def begin(self, source: Source) -> Turning | None:
        """Where the list of a page goes on; None where the page is of another family after all."""

    def answer(self, text: str, asked: str, resolver: Resolver, as_of: date) -> Answer:
        """What an answer holds; ValueError where it is none."""


_FAMILIES: Mapping[Paging, _Family] = {Paging.HANWEB: hanweb, Paging.JPAAS: jpaas, Paging.GKMLPT: gkmlpt}


def recognise(source: Source) -> Turning | None:
    """What a page says of its interface; None where it belongs to none of the families."""
    for family, module in _FAMILIES.items():
        if found := module.begin(source):
            return found._replace(family=family)
    return None


def read_answer(family: Paging, text: str, asked: str, column: str, as_of: date) -> Answer:
    """The rows that an interface answered with. asked: its address; column: the page that its links start from.

    ValueError: not what this interface answers (an error page, a challenge, another format).
    """
    return _FAMILIES[family].answer(text, asked, Resolver(column), as_of)
