"""Decides which of the pages read by a light crawl are columns, and what can be said of each."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from urllib.parse import urlsplit

from jimo_lint.discovery import kinds, naming
from jimo_lint.discovery.facets import facets
from jimo_lint.discovery.page_role import Candidate, Nature, nature, owners, shape, template
from jimo_lint.domains import is_address, netloc, registered
from jimo_lint.evidence.readings import Listing, column_reading
from jimo_lint.extract.lists.main_list import plain_address
from jimo_lint.extract.lists.menus import is_service, is_translation, may_be_column
from jimo_lint.model import Column, ColumnKind, ColumnReading, Document
from jimo_lint.network.address import normalise
from jimo_lint.privacy import mask_text
from jimo_lint.settings.config import Config
from jimo_lint.settings.sections import ID_CODE
from jimo_lint.store import Store

_INDEX = re.compile(r"/(?:index|default|home|main)\.\w+", re.I)
# Single pages that inspections ask for, though they list nothing.
_PAGES_OF = (ColumnKind.LEADERS, ColumnKind.ORGANISATION)

# Plain address → address as linked → texts of the links, with the number of pages that hold them.
Linked = Mapping[str, Mapping[str, Counter[str]]]


@dataclass(frozen=True, slots=True)
class Found:
    """A column that was found. column: as it goes into the configuration; above: the names of the columns above it.

    rows: the addresses that it lists. office: whose own site within this one it belongs to, "" for the site itself.
    """

    column: Column
    reading: ColumnReading
    above: tuple[str, ...] = ()
    rows: frozenset[str] = frozenset()
    office: str = ""


@dataclass(frozen=True, slots=True)
class Survey:
    """What a site shows of itself.

    unread: menu entries that could not be read (name, address, why); pages: single pages in menus, no columns (name,
    address); twins: other ways to a column that is there (name, address, address of the column); filters: parts of a
    list by region, year, topic (name, address, address of the list); services: entries that lead to a login, a search
    or a version in another language (name, address); hosts: of the same domain, not read, with the number of links to
    them. id_codes: what metas and footers say.
    """

    name: str
    id_codes: tuple[str, ...]
    organiser: str
    columns: tuple[Found, ...]
    unread: tuple[tuple[str, str, str], ...] = ()
    pages: tuple[tuple[str, str], ...] = ()
    twins: tuple[tuple[str, str, str], ...] = ()
    filters: tuple[tuple[str, str, str], ...] = ()
    services: tuple[tuple[str, str], ...] = ()
    hosts: tuple[tuple[str, int], ...] = ()


def survey(config: Config, store: Store, as_of: date) -> Survey:
    """Read what the light crawl of `config`'s site stored."""
    pages = list(store.documents("site"))
    starts = {plain_address(normalise(url)) for url in config.site.start}
    reached = (page for page in pages if page.page_facts.home or plain_address(page.url) in starts)
    home = next((page for page in reached if page.page_facts.home is not False), pages[0])
    site = mask_text(naming.site_name(home, pages))
    linked = _linked(pages)
    every = [one for one in _candidates(pages, linked, store, as_of) if not _same_page(one.page, home)]
    filters = facets(every, site)
    candidates, copies = _once(one for one in every if one.address not in filters)
    by_nature = _sorted(candidates, _names(candidates, site), linked, template(pages), site)
    columns, twins = _distinct(by_nature[Nature.COLUMN])
    single = by_nature[Nature.PAGE]
    columns += [one for one in by_nature[Nature.LANDING] if _leads_to_pages(one, columns, single)]
    columns += _blank(by_nature[Nature.EMPTY], columns)
    taken = {found.column.name for found in columns}
    return Survey(
        name=site,
        id_codes=tuple(_id_codes(pages)),
        organiser=mask_text(home.page_facts.footer.get("organiser", "")),
        columns=tuple(columns),
        unread=tuple((one.column.name, one.column.url, one.reading.reason) for one in by_nature[Nature.UNREAD]),
        pages=tuple((one.column.name, one.column.url) for one in single if one.column.name not in taken),
        twins=(*((one.column.name, one.column.url, kept.column.url) for one, kept in twins), *_told(copies)),
        filters=tuple((_text(one), one.address, filters[one.address]) for one in every if one.address in filters),
        services=tuple(_services(home, config)),
        hosts=tuple(_own_hosts(pages, config)),
    )


def _once(candidates: Iterable[Candidate]) -> tuple[list[Candidate], list[list[Candidate]]]:
    """Each candidate once, though hundreds of addresses show the same page, as frames of a platform do.

    Alike is what has the same words on it and in the links to it. The groups of such come beside it.
    """
    groups: dict[object, list[Candidate]] = defaultdict(list)
    for one in candidates:
        words = (one.page.title, tuple(block.text for block in one.page.blocks)) if one.page else one.address
        groups[shape(one.address), words, frozenset(one.texts) - {""}].append(one)
    return [group[0] for group in groups.values()], [group for group in groups.values() if len(group) > 1]


def _told(copies: Iterable[Sequence[Candidate]]) -> Iterator[tuple[str, str, str]]:
    """One line for all addresses of a page."""
    for kept, *others in copies:
        name = _text(kept) or (mask_text(kept.page.title) if kept.page else "")
        yield f"{name}（另有 {len(others)} 个地址，页面相同）", others[0].address, kept.address


def _text(one: Candidate) -> str:
    return mask_text(max(one.texts, key=one.texts.__getitem__, default=""))


def _names(candidates: Sequence[Candidate], site: str) -> list[str]:
    called = [naming.Called.of(one.page, one.texts, site) for one in candidates]
    return [mask_text(name) for name in naming.choose(called)]


def _sorted(
    candidates: Sequence[Candidate], names: Iterable[str], linked: Linked, repeated: frozenset[str], site: str
) -> dict[Nature, list[Found]]:
    """What was found by its nature; a single page that inspections ask for is a column, unless a list shows it."""
    listed_by = owners(candidates)
    found: dict[Nature, list[Found]] = {nature: [] for nature in Nature}
    for one, name in zip(candidates, names, strict=True):
        if not name or not kinds.is_column(name):
            continue
        above = _above(one.page, name) if one.page else ()
        kind = kinds.guess(name, above, one.page.metas.get("columntype", "") if one.page else "")
        url = _shortest(one.page.url if one.page else one.address, linked)
        what = nature(one, listed_by, repeated)
        if what is Nature.PAGE and kinds.guess(name) in _PAGES_OF and not listed_by.get(normalise(url)):
            what = Nature.COLUMN
        column = replace(one.reading.column, name=name, kind=kind, url=url)
        office = _office(one.page, site)
        found[what].append(Found(column, one.reading, above, frozenset(one.listing.rows), office))
    return found


def _office(page: Document | None, site: str) -> str:
    """The office that a page of a site group calls itself the site of; "" where that is the whole site."""
    called = mask_text(page.metas.get("sitename", "").strip()) if page else ""
    return "" if called in site or site in called else called


def _blank(empty: Iterable[Found], columns: Sequence[Found]) -> list[Found]:
    """Those of the empty pages whose address is like that of at least two columns: the same template, no rows."""
    shapes = Counter(shape(found.column.url) for found in columns)
    return [found for found in empty if shapes[shape(found.column.url)] > 1]


def _linked(pages: Iterable[Document]) -> Linked:
    found: dict[str, dict[str, Counter[str]]] = defaultdict(lambda: defaultdict(Counter))
    for page in pages:
        for link in page.links:
            if link.kind in ("page", "frame") and link.url.startswith("http") and may_be_column(link):
                found[plain_address(link.url)][normalise(link.url)][link.text] += 1
    return found


def _candidates(pages: Sequence[Document], linked: Linked, store: Store, as_of: date) -> Iterator[Candidate]:
    """What the crawl took for possible columns, in the order in which the site's menus lead to them."""
    first: dict[str, Document] = {}
    for page in pages:
        if page.column is not None:
            first.setdefault(page.column, page)
    for address in dict.fromkeys([*(form for forms in linked.values() for form in forms), *first]):
        listing = Listing.of(Column(address, "", address), store)
        if listing.pages:
            page_ = first.get(address)
            texts: Counter[str] = Counter()
            for plain in {plain_address(address), plain_address(page_.url if page_ else address)}:
                for counted in linked.get(plain, {}).values():
                    texts.update(counted)
            yield Candidate(address, listing, column_reading(listing, {}, as_of), page_, texts)


def _above(page: Document, name: str) -> tuple[str, ...]:
    """The names above a column by its breadcrumb, which ends with the column itself or just above it."""
    trail = [mask_text(part) for part in page.page_facts.crumbs]
    cleaned = [naming.clean(part) for part in trail]
    if name in cleaned:
        cleaned = cleaned[: cleaned.index(name)]
    return tuple(part for part in cleaned if part)


def _same_page(page: Document | None, home: Document) -> bool:
    """True for the home page under another address (`/?tab=2`, `/index.html`)."""
    if page is None:
        return False
    path = urlsplit(page.url).path
    if path not in ("", "/", urlsplit(home.url).path) and not _INDEX.fullmatch(path):
        return False
    here, there = ({link.url for link in one.links} for one in (page, home))
    return page.title == home.title and len(here & there) * 10 > len(here | there) * 9


def _shortest(url: str, linked: Linked) -> str:
    """The form without index.html where the site itself links to the column so."""
    forms = [form for form in linked.get(plain_address(url), {}) if urlsplit(form)[:2] == urlsplit(url)[:2]]
    return min([normalise(url), *forms], key=len)


def _leads_to_pages(landing: Found, columns: Iterable[Found], pages: Iterable[Found]) -> bool:
    """True for a landing page (机构职能) above at least two single pages and no column."""
    url = landing.column.url
    folder = url.rpartition("/")[0] + "/"
    if landing.column.kind not in _PAGES_OF:
        return False
    if any(found.column.url.startswith(folder) and found.column.url != url for found in columns):
        return False
    return sum(found.column.url.startswith(folder) for found in pages) > 1


def _distinct(columns: Sequence[Found]) -> tuple[list[Found], list[tuple[Found, Found]]]:
    """Each column once, though two addresses may lead to its rows, or a page below it bear its name.

    The others come with the column that stands for them.
    """
    seen: dict[object, Found] = {}
    kept: list[Found] = []
    twins: list[tuple[Found, Found]] = []
    for found in columns:
        column = found.column
        keys = {plain_address(column.url), (column.name, found.rows) if len(found.rows) > 2 else None} - {None}
        above = (
            other
            for other in columns
            if other.column.name == column.name
            and other.column.url != column.url
            and _holds(other.column.url, column.url)
        )
        twin = next((seen[key] for key in keys if key in seen), None) or next(above, None)
        if twin is None:
            kept.append(found)
        else:
            twins.append((found, twin))
        for key in keys:
            seen.setdefault(key, twin or found)
    return kept, twins


def _services(home: Document, config: Config) -> Iterator[tuple[str, str]]:
    """Entries of the home page that lead to another language of the site, or like a column to a login or search."""
    names: dict[str, str] = {}
    for link in home.links:
        called = is_service(link) and kinds.is_column(link.text)
        if link.kind == "page" and netloc(link.url) in config.site.hosts and (called or is_translation(link)):
            names.setdefault(normalise(link.url), mask_text(link.text))
    return ((name, url) for url, name in names.items())


def _holds(folder: str, url: str) -> bool:
    return folder.endswith("/") and url.startswith(folder) and len(urlsplit(folder).path) > 1


def _id_codes(pages: Iterable[Document]) -> Iterator[str]:
    """Well-formed identification codes that metas and footers show, the most frequent first."""
    codes = Counter(
        code
        for page in pages
        for written in (page.metas.get("siteidcode", ""), page.page_facts.footer.get("idcode", ""))
        if ID_CODE.fullmatch(code := written.strip())
    )
    return (code for code, _ in codes.most_common())


def _own_hosts(pages: Iterable[Document], config: Config) -> Iterator[tuple[str, int]]:
    """Hosts below the site's domain that were not read, with the number of pages that link to them."""
    home = config.site.hosts[0]
    if is_address(home):
        return
    counted: Counter[str] = Counter()
    for page in pages:
        counted.update({netloc(link.url) for link in page.links if link.kind == "page"})
    for host, number in counted.most_common():
        if registered(host) == registered(home) and host not in config.site.hosts:
            yield host, number
