"""Hanweb jpaas: `build/unit` answers with JSON that holds the HTML of a list; a script tag tells the parameters."""

from __future__ import annotations

import json
import re
from datetime import date
from urllib.parse import quote, urlencode

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
from jimo_lint.network.address import Resolver

_INTERFACE = "page/build/unit"

_PAIR = re.compile(r"['\"](\w{1,40})['\"]\s*:\s*['\"]([^'\"]{0,200})['\"]")
_LISTS = re.compile(r"列表|信息|内容|分页|list|page|ajax", re.I)
_COUNT = re.compile(r"\bcount\s*[=:]\s*['\"]?(\d{1,7})", re.I)
# Rows a page, as the scripts of most sites ask for.
_SIZE = 15
# A page is built of many units; those whose name does not speak of a list are asked only where none does.
_MOST = 3


def begin(source: Source) -> Turning | None:
    """One question for each unit of the page that may be its list."""
    units: dict[str, str] = {}
    for element in source.tree.by_tag.get("script", ()):
        attrs = source.tree.attrs[element]
        url = attrs.get("url") or ""
        parameters = dict(_PAIR.findall(attrs.get("querydata") or ""))
        address = source.resolver.resolve(url) if _INTERFACE in url else None
        if address and parameters.get("pageId"):
            query = urlencode(parameters, quote_via=quote)
            units[_ask(f"{address}?{query}", 1)] = parameters.get("tagId", "")
    named = [url for url, name in units.items() if _LISTS.search(name)]
    asked = tuple((named or list(units))[:_MOST])
    return Turning(pages=asked) if asked else None


def answer(text: str, asked: str, resolver: Resolver, as_of: date) -> Answer:
    """The rows of one answer, and the next question where the unit has pages."""
    said = json.loads(text)
    data = said.get("data") if isinstance(said, dict) else None
    html = data.get("html") if isinstance(data, dict) else None
    if not isinstance(html, str):
        raise ValueError("no html")
    counted = _COUNT.search(html)
    total = int(counted[1]) if counted else 0
    listing = fragment(html, resolver, as_of)
    if not counted and not (listing.items and listing.dated):
        # Another unit of the page (a menu, links of friends), or a list that cannot be told from one.
        return Answer(unclear=True)
    number = int(json.loads(parameter(asked, "paramJson"))["pageNo"])
    got = len(listing.items)
    more = goes_on((number - 1) * got, got, _SIZE, total)  # sites may have a size of their own
    return Answer(listing.items, _ask(asked, number + 1) if more else "", pages_of(total, got) if number == 1 else 0)


def _ask(url: str, number: int) -> str:
    wanted = json.dumps({"pageNo": number, "pageSize": _SIZE}, separators=(",", ":"))
    return with_parameters(url, paramJson=wanted)
