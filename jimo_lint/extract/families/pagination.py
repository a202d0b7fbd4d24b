"""What all families share: where a list goes on, what an interface answered, and the rows of a piece of HTML."""

from __future__ import annotations

from datetime import date
from math import ceil
from typing import NamedTuple
from urllib.parse import parse_qsl, quote, urlencode, urlsplit

from jimo_lint.extract.links.page_links import collect
from jimo_lint.extract.lists.main_list import Listing, Reader
from jimo_lint.extract.markup.layout import Layout
from jimo_lint.extract.markup.tree import Tree
from jimo_lint.model import ListItem, Paging
from jimo_lint.network.address import Resolver


class Source(NamedTuple):
    """A page whose family is to be recognised. rows: how many rows of its list stand in it already."""

    html: str
    tree: Tree
    url: str
    resolver: Resolver
    rows: int


class Turning(NamedTuple):
    """Where a list goes on. pages: addresses of what follows, in order.

    complete: false where something follows that cannot be asked for. known: pages the list has by its own words,
    1 where it says that this is all, 0 where it does not say. own: another address by which the pager leads to this
    very page, "" where it has none.
    """

    family: Paging = Paging.SINGLE
    pages: tuple[str, ...] = ()
    complete: bool = True
    known: int = 0
    own: str = ""


class Answer(NamedTuple):
    """What an interface answered. following: the address to ask next, "" at the end. known: as above.

    unclear: the answer may be about something else than the list, so that no rows here is no blankness.
    """

    rows: tuple[ListItem, ...] = ()
    following: str = ""
    known: int = 0
    unclear: bool = False


def fragment(html: str, resolver: Resolver, as_of: date) -> Listing:
    """The rows of a piece of HTML that belongs to a page."""
    layout = Layout(Tree(f"<div>{html}</div>"))
    _, anchors = collect(layout, resolver)
    return Reader(layout, anchors, resolver.base, as_of).read()


def goes_on(before: int, got: int, size: int, total: int) -> bool:
    """Whether anything follows an answer of `got` rows behind `before` others, where `size` were asked for.

    A total is believed only where it says that more follows: behind a full answer it may be a lie, and one
    question more costs little.
    """
    return got > 0 and (before + got < total or got >= size)


def pages_of(total: int, size: int) -> int:
    """How many pages a list of `total` rows has with its interface, the page itself counted; 0 for unknown."""
    return 1 + ceil(total / size) if total and size else 0


def with_parameters(url: str, **changed: str) -> str:
    """The address with these parameters in place of its own of the same name."""
    parts = urlsplit(url)
    parameters = dict(parse_qsl(parts.query, keep_blank_values=True)) | changed
    return parts._replace(query=urlencode(parameters, quote_via=quote)).geturl()


def parameter(url: str, name: str) -> str:
    """The value of a parameter of the address, "" where it has none."""
    return dict(parse_qsl(urlsplit(url).query)).get(name, "")
