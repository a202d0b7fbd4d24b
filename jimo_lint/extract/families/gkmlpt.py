"""开普 gkmlpt, the platform of Guangdong's information catalogues: `api/all/{category}` answers with JSON."""

from __future__ import annotations

import json
import re
from datetime import date, datetime
from typing import Any
from urllib.parse import urlsplit

from jimo_lint.extract.dates import text_dates
from jimo_lint.extract.families.pagination import Answer, Source, Turning, goes_on, pages_of, parameter, with_parameters
from jimo_lint.model import ListItem
from jimo_lint.model.terms import CHINA
from jimo_lint.network.address import Resolver

_SID = re.compile(r"\bSID['\"]?\s*[:=]\s*['\"]?(\d{1,12})")
_CATALOGUE = re.compile(r"(.*/gkmlpt)(?:/(?:m?index|policy)?(?:\.\w+)?/?)?$")
_TREE = re.compile(r"\bTREE['\"]?\s*[:=]\s*(?=\[)")
_DATES = ("display_publish_time", "first_publish_time", "create_time", "publish_time", "date", "created_at")
_SIZE = 100  # rows an answer, which the interface decides


def begin(source: Source) -> Turning | None:
    """The first question: the category that the address names behind `#`, else the first of the page's tree."""
    if "/gkmlpt" not in source.url:
        return None
    parts = urlsplit(source.url)
    catalogue = _CATALOGUE.fullmatch(parts.path)
    sid = _SID.search(source.html)
    if not catalogue or not sid:
        return None
    category = parts.fragment if parts.fragment.isdecimal() else _first_category(source.html)
    if not category:
        return Turning(complete=False)
    url = f"{parts.scheme}://{parts.netloc}{catalogue[1]}/api/all/{category}?page=1&sid={sid[1]}"
    return Turning(pages=(url,))


def answer(text: str, asked: str, resolver: Resolver, as_of: date) -> Answer:
    """The rows of one answer, and the next question."""
    said = json.loads(text)
    articles = said.get("articles") if isinstance(said, dict) else None
    if not isinstance(articles, list):
        raise ValueError("no articles")
    rows = tuple(_row(article, resolver, as_of) for article in articles if isinstance(article, dict))
    total = said.get("total")
    total = total if isinstance(total, int) else 0
    number = int(parameter(asked, "page") or 1)
    got = len(articles)
    offset = said.get("offset")
    before = offset if isinstance(offset, int) else (number - 1) * got
    following = with_parameters(asked, page=str(number + 1)) if goes_on(before, got, _SIZE, total) else ""
    return Answer(rows, following, pages_of(total, got) if number == 1 else 0)


def _row(article: dict[str, Any], resolver: Resolver, as_of: date) -> ListItem:
    url = resolver.resolve(str(article.get("url") or article.get("post_url") or ""))
    title = re.sub(r"<[^>]{0,200}>", "", str(article.get("title") or ""))
    published = next((moment for name in _DATES if (moment := _moment(article.get(name), as_of))), None)
    return ListItem(url or "", " ".join(title.split()), published)


def _moment(value: object, as_of: date) -> datetime | None:
    """Seconds since 1970 or a written date, as China standard time."""
    if isinstance(value, str) and not value.isdecimal():
        return text_dates.parse(value, as_of)
    try:
        seconds = int(value) if isinstance(value, int | str) and value else 0
        return datetime.fromtimestamp(seconds, CHINA).replace(tzinfo=None) if seconds > 0 else None
    except (OverflowError, OSError, ValueError):
        return None


def _first_category(html: str) -> str:
    """The first category of the tree, which the page shows where its address names none."""
    found = _TREE.search(html)
    if not found:
        return ""
    try:
        tree, _ = json.JSONDecoder().raw_decode(html, found.end())
    except (ValueError, RecursionError):
        return ""
    first = tree[0] if tree and isinstance(tree[0], dict) else {}
    return str(first.get("id") or "") if str(first.get("id") or "").isdecimal() else ""
