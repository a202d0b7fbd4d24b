"""Brings articles of the site and posts of the accounts together that are one item, without comparing all with all."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import NamedTuple

from jimo_lint.evidence.articles import body, is_article
from jimo_lint.evidence.readings import shelf
from jimo_lint.evidence.sameness import Item, Likeness, Pair, likeness
from jimo_lint.model import Account, Document, PostState
from jimo_lint.network.address import normalise
from jimo_lint.settings.config import Config
from jimo_lint.store import Store

SITE = "网站"
# Characters of a text that are compared.
_TEXT = 20_000
# A sentence that so many items have is a form's, and leads to none of them.
_COMMON = 8
_SHARED = 2
# What lies in the back end and may never go out was published nowhere.
_NOT_OUT = ("draft", "material")


class Match(NamedTuple):
    """An item elsewhere that is, or may be, the same. by: what it was recognised by; pairs: what differs."""

    item: Item
    likeness: Likeness
    by: str
    pairs: Sequence[Pair]


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a list that leads elsewhere: what the site repeats by a link."""

    title: str
    url: str
    published: datetime | None
    column: str


class Items:
    """All items, found by title, number and the sentences that few others have."""

    def __init__(self, items: Iterable[Item]) -> None:
        self._by_core: defaultdict[str, list[Item]] = defaultdict(list)
        self._by_number: defaultdict[str, list[Item]] = defaultdict(list)
        self._by_sentence: defaultdict[str, list[Item]] = defaultdict(list)
        self._all = list(items)
        self._titles: Counter[tuple[str, str]] = Counter()
        for item in self._all:
            self._by_core[item.core].append(item)
            self._titles[item.account, item.core] += 1
            if item.number:
                self._by_number[item.number].append(item)
            for skeleton in item.sentences:
                self._by_sentence[skeleton].append(item)

    def __iter__(self) -> Iterator[Item]:
        return iter(self._all)

    def titled(self, core: str) -> Sequence[Item]:
        """Those with this title."""
        return self._by_core.get(core, ())

    def matches(self, item: Item, within: timedelta) -> dict[str, Match]:
        """The best match of each other account, and of the site (""), no further away in time than that.

        Where several of one place have the title, one that differs in figures may be another of the same series.
        """
        best: dict[str, Match] = {}
        for other in self._candidates(item):
            if item.published and other.published and abs(item.published - other.published) > within:
                continue
            match = Match(other, *likeness(item, other))
            series = self._titles[item.account, item.core] > 1 or self._titles[other.account, other.core] > 1
            if (
                series
                and match.likeness is Likeness.SAME
                and any(pair.what in ("figure", "date") for pair in match.pairs)
            ):
                match = match._replace(likeness=Likeness.DOUBTFUL)
            if match.likeness is Likeness.OTHER:
                continue
            known = best.get(other.account)
            if known is None or _worth(item, match) > _worth(item, known):
                best[other.account] = match
        return best

    def _candidates(self, item: Item) -> list[Item]:
        shared: Counter[int] = Counter()
        known: dict[int, Item] = {}
        for skeleton in item.sentences:
            others = self._by_sentence[skeleton]
            if len(others) <= _COMMON:
                for other in others:
                    shared[id(other)] += 1
                    known[id(other)] = other
        found = {key: known[key] for key, count in shared.items() if count >= min(_SHARED, len(item.sentences))}
        for other in (*self._by_core[item.core], *(self._by_number[item.number] if item.number else ())):
            found[id(other)] = other
        return [other for other in found.values() if other.account != item.account]


def _worth(item: Item, match: Match) -> tuple[int, int, float]:
    """The surest match first, then that with fewest differences, then the nearest in time."""
    apart = 0.0
    if item.published and match.item.published:
        apart = abs((item.published - match.item.published).total_seconds())
    return match.likeness, -len(match.pairs), -apart


def site_items(config: Config, store: Store, as_of: date, since: date) -> tuple[list[Item], list[Row]]:
    """The articles of the site, those since a day with their text, each once; and rows of lists that lead elsewhere."""
    placed = shelf(config, store, as_of)
    found: dict[tuple[str, str], Item] = {}
    own: set[str] = set()
    for stored in store.documents("site"):
        own.add(normalise(stored.url))
        document = placed.place(stored)
        if not is_article(document):
            continue
        recent = document.published is None or document.published.date() >= since
        kind = document.page_facts.column_kind
        item = Item(
            document.id,
            document.title or document.page_facts.list_title,
            document.url,
            SITE,
            document.published,
            body(document)[:_TEXT] if recent else "",
            column=document.column or "",
            kind=kind.value if kind else "",
        )
        # Copies in two columns are one publication: the first of them.
        key = (item.core, item.text[:200])
        if key not in found or _earlier(item, found[key]):
            found[key] = item
    rows = [
        Row(row.title, row.url, row.published, listing.column.id)
        for listing in placed.listings
        for url, row in listing.rows.items()
        if url not in own
    ]
    return list(found.values()), rows


def _earlier(one: Item, other: Item) -> bool:
    return one.published is not None and (other.published is None or one.published < other.published)


def post_items(store: Store, accounts: Mapping[str, Account]) -> Iterator[Item]:
    """The posts of these accounts that went out and can be read."""
    for document in store.documents("archive"):
        account = accounts.get(document.account or "")
        if account and document.source != "attachment" and document.state is PostState.OK and _is_out(document):
            yield Item(
                document.id,
                document.title,
                document.url,
                place_of(account),
                document.published,
                body(document)[:_TEXT],
                account=account.id,
            )


def place_of(account: Account) -> str:
    """What reports call an account as a place of publication."""
    return f"{account.platform.label} {account.name}"


def _is_out(document: Document) -> bool:
    return document.post_facts.form not in _NOT_OUT


def has_clock(moment: datetime) -> bool:
    """Whether the time of day is known: midnight is what stands where nobody wrote one."""
    return moment.time() != time()
