"""Tells filters of a list (by region, year, topic, department) from columns, though each has an address of its own."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from urllib.parse import urlsplit

from jimo_lint.discovery import naming
from jimo_lint.discovery.page_role import Candidate, shape
from jimo_lint.extract.lists.menus import series
from jimo_lint.network.address import normalise

# What lists are mostly cut by. A page may well bear such a name itself, and is a filter all the same.
_CUT = re.compile(
    r"(?:19|20)\d\d\s?年?度?|(?:北京|天津|上海|重庆)市?|(?:香港|澳门)(?:特别行政区)?"
    r"|(?:河北|山西|辽宁|吉林|黑龙江|江苏|浙江|安徽|福建|江西|山东|河南|湖北|湖南|广东|海南|四川|贵州|云南|陕西|甘肃|青海|台湾)省?"
    r"|(?:内蒙古|广西|西藏|宁夏|新疆)(?:(?:壮族|回族|维吾尔)?自治区)?|全部|全国|不限"
)


def facets(candidates: Iterable[Candidate], site: str) -> Mapping[str, str]:
    """Address of a filter → address of the list that it shows a part of.

    The page of a filter calls itself what the list is called, in its title and wherever else it says it, while the
    links to it say something else; it stands beside the list and shows rows of it, or of the same folder where the
    list goes on. A sub-column calls itself by its own name; one with rows that the list has not is none of it.
    """
    lists: list[tuple[Candidate, naming.Called, frozenset[str]]] = []
    parts: list[tuple[Candidate, naming.Called, frozenset[str]]] = []
    for one in candidates:
        if one.page is None:
            continue
        called = naming.Called.of(one.page, one.texts, site)
        own = frozenset((called.crumb, called.meta, called.title)) - {""}
        if own & set(called.links) and not own <= _cuts(own):
            lists.append((one, called, own))
        if not own & set(called.links) or _cuts(own):
            parts.append((one, called, own))
    found: dict[str, str] = {}
    shapes: set[str] = set()
    # A choice that nothing falls under is known by those beside it.
    for part, called, own in sorted(parts, key=lambda one: not one[0].listing.rows):
        for whole, other, names in lists:
            alike = bool(called.title) and own == names and called.title == other.title
            cut = bool(_cuts({*own, *called.links})) and whole.address != part.address
            if not (alike or cut) or not _leads_to(whole, part):
                continue
            empty = alike and not part.listing.rows and shape(part.address) in shapes
            if _shows_part(part, whole, named=not alike) or empty:
                found[part.address] = whole.address
                shapes.add(shape(part.address))
                break
    return found


def _cuts(names: Iterable[str]) -> frozenset[str]:
    return frozenset(name for name in names if _CUT.fullmatch(name))


def _leads_to(whole: Candidate, part: Candidate) -> bool:
    """True where the list's page has a link to the part."""
    there = {normalise(part.address), normalise(part.page.url)} if part.page else set()
    return whole.page is not None and any(normalise(link.url) in there for link in whole.page.links)


def _shows_part(part: Candidate, whole: Candidate, *, named: bool) -> bool:
    """True where the rows of the part are rows of the list, as far as both have been read.

    named: it bears its own name, so that only rows in common tell it from a column of its own.
    """
    if whole.address == part.address or not whole.listing.rows or whole.reading.landing:
        return False
    rows, known = set(part.listing.rows), set(whole.listing.rows)
    if rows == known:
        return False  # the same list once more
    if named or rows & known:
        return bool(rows & known)
    beside = _place(part) == _place(whole)
    if not rows:
        return beside  # a choice that nothing falls under
    goes_on = whole.reading.known_pages > 1 or not whole.reading.complete
    here, there = set(map(series, rows)), set(map(series, known))
    if beside:
        return goes_on and not here.isdisjoint(there)
    # In a folder of its own a list that only bears the other's name is told by what lies there: a part has nothing.
    own = f"{urlsplit(part.address).path.rpartition('/')[0]}/"
    return (
        goes_on
        and _is_below(part, whole)
        and here <= there
        and not any(urlsplit(row).path.startswith(own) for row in rows)
    )


def _is_below(part: Candidate, whole: Candidate) -> bool:
    (host, folder), (other, above) = _place(part), _place(whole)
    return host == other and folder.startswith(f"{above}/")


def _place(one: Candidate) -> Sequence[str]:
    parts = urlsplit(one.address)
    return parts.netloc, parts.path.rpartition("/")[0]
