"""Hanweb jcms: the first rows stand inline as XML inside a script, the others come from `dataproxy.jsp`."""

from __future__ import annotations

import re
from datetime import date
from html import unescape
from typing import NamedTuple

from jimo_lint.extract.families.pagination import (
    Answer,
    Source,
    Turning,
    fragment,
    goes_on,
    pages_of,
    parameter,
    with_parameters,
)
from jimo_lint.model import ListItem
from jimo_lint.network.address import Resolver

_DATASTORE = re.compile(r"<datastore>.*?(?:</datastore>|\Z)", re.S | re.I)
_RECORD = re.compile(r"<record>\s*+<!\[CDATA\[((?:(?!<record>).)*?)\]\]>\s*+</record>", re.S | re.I)
_TOTAL = re.compile(r"<totalrecord>\s*(\d{1,7})\s*</totalrecord>", re.I)
_TOTAL_IN_SCRIPT = re.compile(r"\btotalRecord\s*[:=]\s*['\"]?(\d{1,7})", re.I)
_PER_PAGE = re.compile(r"\bperPage\s*[:=]\s*['\"]?(\d{1,3})", re.I)
_GROUP_SIZE = re.compile(r"\bgroupSize\s*[:=]\s*['\"]?(\d{1,2})", re.I)
_PROXY = re.compile(r"['\"]([^'\"<>\s]*/dataproxy\.jsp(?:\?[^'\"<>]*)?)['\"]")
_OWN_PARAMETERS = re.compile(r"\bajaxParam\s*:\s*\{([^{}]{0,2000})\}", re.I)
_PAIR = re.compile(r"(\w{1,40})['\"]?\s*:\s*['\"]?([^'\",}]*)")
_COMMENT = re.compile(r"<!--(?!\[CDATA).*?(?:-->|\Z)", re.S)
# What the site's own script sends where the page does not say otherwise.
_DEFAULTS = {"col": "1", "appid": "1", "sourceContentType": "1", "permissiontype": "0"}


class Records(NamedTuple):
    """Rows that stand inline, as HTML. total: how many the whole list has by its own words, 0 for unknown."""

    rows: tuple[str, ...] = ()
    total: int = 0


def inline(html: str, resolver: Resolver, as_of: date) -> tuple[ListItem, ...]:
    """The rows of the page's inline `<datastore>`."""
    return _items(_records(_live(html)), resolver, as_of)


def begin(source: Source) -> Turning | None:
    """The first question to the interface, where the page holds fewer rows than the list has."""
    if not any("dataproxy.jsp" in script or "<recordset" in script for script in source.tree.scripts):
        return None
    html = _live(source.html)
    held = _records(html)
    stated = _TOTAL.search(html) or _TOTAL_IN_SCRIPT.search(html)
    total = held.total or (int(stated[1]) if stated else 0)
    there = len(held.rows) or source.rows
    if stated and total <= there:
        return Turning(known=1)
    proxy = _proxy(html, source.resolver)
    if not proxy:
        return Turning(complete=there > 0 and not stated)
    per_page = _number(_PER_PAGE, html, 15)
    size = per_page * _number(_GROUP_SIZE, html, 3)
    asked = _ask(with_parameters(proxy, perpage=str(per_page)), there + 1, size)
    return Turning(pages=(asked,), known=pages_of(total - there, size) if total else 0)


def answer(text: str, asked: str, resolver: Resolver, as_of: date) -> Answer:
    """The rows of one answer, and the next question."""
    if "<datastore" not in text and "<recordset" not in text:
        raise ValueError("no datastore")
    held = _records(text)
    start = int(parameter(asked, "startrecord") or 1)
    size = max(int(parameter(asked, "endrecord") or start) - start + 1, 1)
    got = len(held.rows)
    following = _ask(asked, start + got, size) if goes_on(start - 1, got, size, held.total) else ""
    return Answer(_items(held, resolver, as_of), following)


def _ask(url: str, start: int, size: int) -> str:
    return with_parameters(url, startrecord=str(start), endrecord=str(start + size - 1))


def _live(html: str) -> str:
    end = html.rfind("-->") + 3  # behind the last comment's end, `<!--` opens none, and none is looked for
    return _COMMENT.sub("", html[:end]) + html[end:]


def _records(html: str) -> Records:
    """The records of the largest datastore: a page may hold small ones beside its list."""
    stores = _DATASTORE.findall(html) or [html]
    held = [
        Records(tuple(found[1] for found in _RECORD.finditer(store)), _number(_TOTAL, store, 0)) for store in stores
    ]
    return max(held, key=lambda one: len(one.rows))


def _items(held: Records, resolver: Resolver, as_of: date) -> tuple[ListItem, ...]:
    return fragment("".join(f"<section>{row}</section>" for row in held.rows), resolver, as_of).items


def _proxy(html: str, resolver: Resolver) -> str | None:
    """The interface's address with the parameters that the page gives it; None where they are missing."""
    own = {key: value for found in _OWN_PARAMETERS.finditer(html) for key, value in _PAIR.findall(found[1])}
    for found in _PROXY.finditer(html):
        url = resolver.resolve(unescape(found[1]).replace("\\/", "/"))
        if not url:
            continue
        asked = with_parameters(url, **{key: value.strip() for key, value in own.items()})
        if parameter(asked, "columnid") or parameter(asked, "unitid"):
            missing = {key: value for key, value in _DEFAULTS.items() if not parameter(asked, key)}
            return with_parameters(_without_page(asked), **missing)
    return None


def _without_page(url: str) -> str:
    """Without `page`: rows are asked for by number, and a page beside that means nothing or something else."""
    return re.sub(r"(?<=[?&])page=[^&]*&?", "", url)


def _number(pattern: re.Pattern[str], text: str, default: int) -> int:
    found = pattern.search(text)
    return int(found[1]) if found else default
