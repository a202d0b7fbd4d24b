"""Decides which of the pages read by a light crawl are columns, and what can be said of each."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import groupby
from urllib.parse import urlsplit

from jimo_lint.config import ID_CODE, Config
from jimo_lint.discovery import kinds, naming
from jimo_lint.extract import normalise
from jimo_lint.extract.crumbs import BETWEEN
from jimo_lint.extract.lists import plain_address
from jimo_lint.extract.menus import may_be_column
from jimo_lint.inspection.readings import Listing, column_reading
from jimo_lint.model import Column, ColumnKind, ColumnReading, Document, Obstacle
from jimo_lint.privacy import mask_text
from jimo_lint.store import Store

_INDEX = re.compile(r"/(?:index|default|home|main)\.\w+", re.I)
# Single pages that inspections ask for, though they list nothing.
_PAGES_OF = (ColumnKind.LEADERS, ColumnKind.ORGANISATION)

# Plain address → address as linked → texts of the links, with the number of pages that hold them.
Linked = Mapping[str, Mapping[str, Counter[str]]]


@dataclass(frozen=True, slots=True)
class Found:
    """A column that was found. column: as it goes into the configuration; above: the names of the columns above it.

    rows: the addresses that it lists.
    """

    column: Column
    reading: ColumnReading
    above: tuple[str, ...] = ()
    rows: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Survey:
    """What a site shows of itself.

    unread: menu entries that could not be read (name, address, why); pages: single pages in menus, no columns (name,
    address); hosts: of the same domain, not read, with the number of links to them. id_codes: what metas and footers
    say.
    """

    name: str
    id_codes: tuple[str, ...]
    organiser: str
    columns: tuple[Found, ...]
    unread: tuple[tuple[str, str, str], ...] = ()
    pages: tuple[tuple[str, str], ...] = ()
    hosts: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True, slots=True)
class _Candidate:
    """An address that a menu leads to. page: None where it could not be read."""

    address: str
    listing: Listing
    reading: ColumnReading
    page: Document | None


def survey(config: Config, store: Store, as_of: date) -> Survey:
    """Read what the light crawl of `config`'s site stored."""
    pages = list(store.documents("site"))
    starts = {plain_address(normalise(url)) for url in config.site.start}
    home = next((page for page in pages if plain_address(page.url) in starts), pages[0])
    linked = _linked(pages)
    candidates = _candidates(pages, linked, store, as_of)
    site = mask_text(naming.site_name(home, pages))
    called = [
        naming.Called.of(one.page or home, _texts(linked, one), site) if one.page else naming.Called()
        for one in candidates
    ]
    names = [mask_text(name) for name in naming.choose(called)]
    owners = _owners(candidates)
    columns, single, landings = [], [], []
    for one, name in zip(candidates, names, strict=True):
        if one.page is None or not name or not kinds.is_column(name) or _same_page(one.page, home):
            continue
        above = _above(one.page, name)
        kind = kinds.guess(name, above, one.page.meta.get("columntype", ""))
        column = replace(one.reading.column, name=name, kind=kind, url=_shortest(one.page.url, linked))
        found = Found(column, one.reading, above, frozenset(one.listing.rows))
        if _is_column(one, owners, kind):
            columns.append(found)
        elif one.page.meta.get("class") == "article":
            single.append((name, one.page.url))
        elif one.reading.landing and kind in _PAGES_OF:
            landings.append(found)
    columns = list(_distinct(columns))
    columns += [one for one in landings if _leads_to_pages(one.column.url, columns, single)]
    named = {found.column.name for found in columns}
    return Survey(
        name=site,
        id_codes=tuple(_id_codes(pages)),
        organiser=mask_text(home.meta.get("footer:organiser", "")),
        columns=tuple(columns),
        unread=tuple(_unread(candidates, linked)),
        pages=tuple((name, url) for name, url in single if name not in named),
        hosts=tuple(_own_hosts(pages, config)),
    )


def _linked(pages: Iterable[Document]) -> Linked:
    found: dict[str, dict[str, Counter[str]]] = defaultdict(lambda: defaultdict(Counter))
    for page in pages:
        for link in page.links:
            if link.kind in ("page", "frame") and link.url.startswith("http") and may_be_column(link):
                found[plain_address(link.url)][normalise(link.url)][link.text] += 1
    return found


def _candidates(pages: Sequence[Document], linked: Linked, store: Store, as_of: date) -> list[_Candidate]:
    """What the crawl took for possible columns, in the order in which the site's menus lead to them."""
    first: dict[str, Document] = {}
    for page in pages:
        if page.column is not None:
            first.setdefault(page.column, page)
    found = []
    for address in dict.fromkeys([*(form for forms in linked.values() for form in forms), *first]):
        listing = Listing.of(Column(address, "", address), store)
        if listing.pages:
            reading = column_reading(listing, {}, as_of)
            found.append(_Candidate(address, listing, reading, first.get(address)))
    return found


def _texts(linked: Linked, candidate: _Candidate) -> Counter[str]:
    texts: Counter[str] = Counter()
    assert candidate.page is not None
    for plain in {plain_address(candidate.address), plain_address(candidate.page.url)}:
        for counted in linked.get(plain, {}).values():
            texts.update(counted)
    return texts


def _above(page: Document, name: str) -> tuple[str, ...]:
    """The names above a column by its breadcrumb, which ends with the column itself or just above it."""
    trail = [mask_text(part) for part in page.meta.get("crumbs", "").split(BETWEEN) if part]
    cleaned = [naming.clean(part) for part in trail]
    if name in cleaned:
        cleaned = cleaned[: cleaned.index(name)]
    return tuple(part for part in cleaned if part)


def _owners(candidates: Iterable[_Candidate]) -> Mapping[str, frozenset[str]]:
    """Address → the candidates that list it, and itself where it is such a list."""
    found: dict[str, set[str]] = defaultdict(set)
    for one in candidates:
        if one.page is not None and one.page.meta.get("class") == "list":
            found[normalise(one.page.url)].add(one.address)
            for url in one.listing.rows:
                found[url].add(one.address)
    return {url: frozenset(addresses) for url, addresses in found.items()}


def _is_column(one: _Candidate, owners: Mapping[str, frozenset[str]], kind: ColumnKind) -> bool:
    page, reading = one.page, one.reading
    if page is None or reading.landing:
        return False
    looks = page.meta.get("class")
    if page.meta.get("articletitle") or (looks == "article" and len(one.listing.rows) < 2):
        return kind in _PAGES_OF
    if reading.items:
        return not _gathers(one, owners) and (reading.newest is not None or not _turns_in_place(one))
    if reading.obstacle is Obstacle.SCRIPT:
        return bool(page.meta.get("crumbs") or page.meta.get("columnname"))
    if any(listed.blank_notice for listed in one.listing.pages):
        return True
    return bool(page.meta.get("columnname")) or naming.clean(page.title) == naming.clean(
        page.meta.get("crumbs", "").split(BETWEEN)[-1]
    )


def _same_page(page: Document, home: Document) -> bool:
    """True for the home page under another address (`/?tab=2`, `/index.html`)."""
    path = urlsplit(page.url).path
    if path not in ("", "/", urlsplit(home.url).path) and not _INDEX.fullmatch(path):
        return False
    here, there = ({link.url for link in one.links} for one in (page, home))
    return page.title == home.title and len(here & there) * 10 > len(here | there) * 9


def _gathers(one: _Candidate, owners: Mapping[str, frozenset[str]]) -> bool:
    """True for a landing page: its rows are columns, or the first rows of several columns, box after box.

    Such boxes follow one another, each with rows of one column; a column that takes in all rows of its sub-columns
    has them mixed by date, and mostly goes on to a second page.
    """
    if one.reading.known_pages > 1 or not one.reading.complete:
        return False
    shown = [owners.get(url, frozenset()) - {one.address} for url in one.listing.rows]
    boxes = [next(iter(sorted(others)), "") for others in shown]
    told = [box for box in boxes if box]
    runs = [box for box, _ in groupby(told)]
    return len(set(told)) > 1 and len(runs) == len(set(told)) and len(told) * 2 > len(boxes)


def _shortest(url: str, linked: Linked) -> str:
    """The form without index.html where the site itself links to the column so."""
    forms = [form for form in linked.get(plain_address(url), {}) if urlsplit(form)[:2] == urlsplit(url)[:2]]
    return min([normalise(url), *forms], key=len)


def _turns_in_place(one: _Candidate) -> bool:
    """True where the rows are the page itself with other parameters: a calendar, a filter."""
    path = urlsplit(one.address)[:3]
    return all(urlsplit(url)[:3] == path for url in one.listing.rows)


def _leads_to_pages(url: str, columns: Sequence[Found], pages: Iterable[tuple[str, str]]) -> bool:
    """True for a landing page (机构职能) above at least two single pages and no column."""
    folder = url.rpartition("/")[0] + "/"
    if any(found.column.url.startswith(folder) and found.column.url != url for found in columns):
        return False
    return sum(page.startswith(folder) for _, page in pages) > 1


def _distinct(columns: Sequence[Found]) -> Iterator[Found]:
    """Each column once, though two addresses may lead to its rows, or a page below it bear its name."""
    seen: set[object] = set()
    for found in columns:
        column = found.column
        keys = {plain_address(column.url), (column.name, found.rows) if len(found.rows) > 2 else None} - {None}
        below = any(
            other.column.name == column.name and other.column.url != column.url and _holds(other.column.url, column.url)
            for other in columns
        )
        if not keys & seen and not below:
            yield found
        seen |= keys


def _holds(folder: str, url: str) -> bool:
    return folder.endswith("/") and url.startswith(folder) and len(urlsplit(folder).path) > 1


def _unread(candidates: Iterable[_Candidate], linked: Linked) -> Iterator[tuple[str, str, str]]:
    for one in candidates:
        if one.page is None:
            texts = naming.Called(links=Counter())
            for counted in linked.get(plain_address(one.address), {}).values():
                texts.links.update({naming.clean(text): pages for text, pages in counted.items()})
            name = mask_text(naming.choose([texts])[0])
            if name and kinds.is_column(name):
                yield name, one.address, one.reading.reason


def _id_codes(pages: Iterable[Document]) -> Iterator[str]:
    """Well-formed identification codes that metas and footers show, the most frequent first."""
    codes = Counter(
        code
        for page in pages
        for key in ("siteidcode", "footer:idcode")
        if ID_CODE.fullmatch(code := page.meta.get(key, "").strip())
    )
    return (code for code, _ in codes.most_common())


def _own_hosts(pages: Iterable[Document], config: Config) -> Iterator[tuple[str, int]]:
    """Hosts below the site's domain that were not read, with the number of pages that link to them."""
    domain = _domain(config.site.hosts[0])
    counted: Counter[str] = Counter()
    for page in pages:
        counted.update({urlsplit(link.url).netloc.lower() for link in page.links if link.kind == "page"})
    for host, number in counted.most_common():
        if domain and _domain(host) == domain and host not in config.site.hosts:
            yield host, number


def _domain(host: str) -> str:
    """The domain whose hosts are one office's: `jimo.gov.cn` of `www.jimo.gov.cn`; "" for addresses of numbers."""
    labels = host.partition(":")[0].split(".")
    if labels[-1].isdigit() or len(labels) < 2:
        return ""
    return ".".join(labels[-3:] if labels[-2] in ("gov", "com", "org", "net", "edu") else labels[-2:])
