"""Looks at what error reports by the public (找错) complain of, and puts them in order with what our rules knew."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from types import MappingProxyType

from jimo_lint.evidence.readings import Listing, column_reading
from jimo_lint.inspection.context import context
from jimo_lint.inspection.judging import Settings
from jimo_lint.inspection.targets import Target
from jimo_lint.lint.checks.updates.column_freshness import judge
from jimo_lint.lint.standards import load_profile
from jimo_lint.model import Column, ColumnResult, Context, LinkResult, Problem, UpdateStatus, Verdict
from jimo_lint.model import Outcome as Looked
from jimo_lint.model.profiles import ReplyTerm
from jimo_lint.model.terms import CHINA
from jimo_lint.model.tickets import (
    Check,
    Claim,
    Complaint,
    Outcome,
    Ticket,
    TicketReport,
    TicketResult,
    Wording,
)
from jimo_lint.network.address import normalise
from jimo_lint.review.complaints import claim
from jimo_lint.review.knowledge import Trace, known, recall, tells_of, touches
from jimo_lint.review.replies import draft
from jimo_lint.review.tickets import clock, newest, ordered
from jimo_lint.review.verdicts import Sight, check, targets
from jimo_lint.runtime.progress import Progress
from jimo_lint.settings.config import Config
from jimo_lint.store import Store
from jimo_lint.store import runs as kept
from jimo_lint.store import tickets as stored
from jimo_lint.store.runs import Life, Place

# A place as a recheck names it: kind (address or column) and id.
Seen = tuple[str, str]

_COLUMNS = "columns"  # the inspection that reads the site
_TRUSTED = ("meta", "label")  # dates of articles that are worth more than those of a list


def report(config: Config, store: Store, as_of: date) -> TicketReport:
    """All reports with their verdicts: by the store, or by a later live look that was recorded."""
    return _Desk(config, store, as_of).report()


def places(config: Config, store: Store, as_of: date) -> tuple[Seen, ...]:
    """What has to be asked for to look at every report that is not answered: pages, links, columns, each once."""
    cases = (case for case in _Desk(config, store, as_of).cases if not case.ticket.answered)
    return tuple(dict.fromkeys(place for case in cases for place in _to_ask(case)))


def look(config: Config, as_of: date, progress: Progress) -> tuple[dict[Seen, LinkResult | None], tuple[Problem, ...]]:
    """Ask for all `places` now, and put what they show into the store; once a process.

    Those of which something can be said, of a page that is gone with a dead result; and what was not seen. StoreError
    as `inspection.recheck`.
    """
    from jimo_lint.inspection import recheck as asking  # with it comes all that collects

    with Store.open(config.store_path, writing=False) as store:
        wanted = places(config, store, as_of)
    if not wanted:
        return {}, ()
    report = asking.recheck(config, Settings(as_of), [Target(*place) for place in wanted], progress).report
    found: dict[Seen, LinkResult | None] = {}
    for one in report.looked:
        if one.outcome is not Looked.UNSEEN:
            gone = one.kind == "document" and one.outcome is Looked.GONE
            result = LinkResult(one.id, Verdict.DEAD, one.note, checked=report.run.finished) if gone else None
            found["column" if one.kind == "column" else "address", one.id] = result
    return found, report.problems


def recheck(
    config: Config, store: Store, as_of: date, seen: Mapping[Seen, LinkResult | None] = MappingProxyType({})
) -> TicketReport:
    """Look at every report that is not answered by the store, record what that came to, and give all of them.

    seen: what `look` has just put into the store.
    """
    desk = _Desk(config, store, as_of)
    found: dict[str, Check] = {}
    for case in desk.cases:
        if case.ticket.answered:
            continue
        now = check(case.ticket, case.claim, _seen(case, seen, as_of))
        if now.day and (not case.checks or case.checks[-1] != now):
            found[case.ticket.number] = now
    stored.record_checks(store, found)
    return _Desk(config, store, as_of).report() if found else desk.report()


@dataclass(slots=True)
class _Case:
    """A report with what it claims, and what was made out of it before.

    columns: those that it means; asked: the addresses of the links, or of the columns, that it means.
    """

    ticket: Ticket
    claim: Claim
    checks: tuple[Check, ...] = ()
    columns: tuple[Column, ...] = ()
    sight: Sight = field(default_factory=lambda: Sight(None))
    asked: tuple[str, ...] = ()
    traces: list[Trace] = field(default_factory=list)


class _Desk:
    """What the reports of one site are judged by."""

    def __init__(self, config: Config, store: Store, as_of: date) -> None:
        self._config, self._store, self._as_of = config, store, as_of
        self._crawled = store.crawled_on()
        self._read = store.read("site")
        self._runs = kept.runs(store, _COLUMNS)
        self._columns: dict[str, ColumnResult] = {}
        looks = stored.checks(store)
        self.cases = [_Case(ticket, claim(ticket), looks.get(ticket.number, ())) for ticket in stored.tickets(store)]
        for case in self.cases:
            case.columns = tuple(self._meant(case))
            case.sight = self._sight(case)
            case.asked = self._asked(case)
        self._trace()

    @cached_property
    def _context(self) -> Context:
        return context(self._config, self._as_of)

    @cached_property
    def _listings(self) -> dict[str, Listing]:
        return {column.id: Listing.of(column, self._store) for column in self._config.columns}

    def report(self) -> TicketReport:
        """All reports as they stand."""
        term = self._context.profile.tickets or load_profile("national").tickets
        assert term is not None, "the national standard has it"
        results, looked, told = [], [], []
        for case in self.cases:
            result, first = self._result(case, term)
            results.append(result)
            if first and case.ticket.received and first < case.ticket.received:
                looked.append(case.ticket.number)
            if any(one.last and tells_of(one.finding, case.claim, case.asked) for one in case.traces):
                told.append(case.ticket.number)
        return TicketReport(self._as_of, self._config.site.name, term, ordered(results), recall(results, looked, told))

    def _result(self, case: _Case, term: ReplyTerm) -> tuple[TicketResult, date | None]:
        """The report's result, and the day of the first run that looked at its place."""
        ticket = case.ticket
        seen = newest([check(ticket, case.claim, case.sight), *(one for one in case.checks if one.live)])
        assert seen is not None, "the store was asked"
        first = stored.first_looked(self._store, _places(case))
        if case.claim.complaint is Complaint.LINK and self._runs:
            first = min((day for day in (first, *map(self._link_known, case.asked)) if day), default=None)
        knowledge = known(ticket, case.claim, case.asked, case.traces, first)
        time = clock(ticket, term, self._context.profile.deadlines, self._as_of)
        return TicketResult(
            ticket=ticket,
            complaint=case.claim.complaint,
            check=seen,
            known=knowledge,
            due=time.due,
            certain=time.certain,
            left=time.left,
            late=time.late,
            reply="" if ticket.answered else draft(ticket, case.claim, seen, self._config.site.name, self._as_of),
        ), first

    def _sight(self, case: _Case) -> Sight:
        """What the store holds of the place of a report."""
        documents = map(self._store.page, _variants(case.ticket.url))
        pages = map(self._link, _variants(case.ticket.url))
        return Sight(
            day=self._crawled,
            document=next(filter(None, documents), None),
            page=next(filter(None, pages), None),
            column=min(map(self._result_of, case.columns), key=_gravity, default=None),
            link=self._link,
            stood=lambda fault: self._stood(case, fault),
        )

    def _stood(self, case: _Case, fault: Wording) -> bool:
        """Whether these words were once read on the page, by a rule or when it was looked at before."""
        looked = any(one.outcome is Outcome.STILL for one in case.checks)
        return looked or any(touches(fault, trace.finding.matched) for trace in case.traces)

    def _link(self, url: str) -> LinkResult | None:
        """What is known of an address: a page that the crawl read is alive, whatever an earlier probe had found."""
        if url in self._read and (page := self._store.page(url)):
            return LinkResult(url, Verdict.ALIVE, "ok", 200, url, checked=page.fetched)
        return next((found for one in _variants(url) if (found := self._store.link_result(one))), None)

    def _link_known(self, url: str) -> date | None:
        """The first day on which an address is known to have been asked."""
        result = self._store.link_result(url)
        moments = (result.failing_since, result.last_alive, result.checked) if result else ()
        return min((moment.astimezone(CHINA).date() for moment in moments if moment), default=None)

    def _meant(self, case: _Case) -> list[Column]:
        """The columns that a report on updating means: by its address, else by all the names in it."""
        if case.claim.complaint is not Complaint.COLUMN:
            return []
        urls, columns = set(_variants(case.ticket.url)), self._config.columns
        for column in columns:
            if normalise(column.url) in urls:
                return [column]
        for column in columns:
            if urls & {normalise(page.url) for page in self._listings[column.id].pages}:
                return [column]
        names = {column.name for column in columns}
        if case.claim.named:  # of a column that is not configured nothing is known
            wanted = set(case.claim.named) if names.issuperset(case.claim.named) else set()
        else:
            said = {name for name in names if name in case.ticket.said}
            wanted = {name for name in said if not any(name != other and name in other for other in said)}
        return [column for column in columns if column.name in wanted]

    def _result_of(self, column: Column) -> ColumnResult:
        if column.id not in self._columns:
            listing = self._listings[column.id]
            dates = {}
            for url, row in listing.rows.items():
                page = self._store.page(url) if row.url else None
                if page and page.published and page.published_from in _TRUSTED:
                    dates[url] = page.published.date()
            reading = replace(column_reading(listing, dates, self._as_of), seen=self._crawled)
            self._columns[column.id] = judge(reading, self._context)
        return self._columns[column.id]

    def _asked(self, case: _Case) -> tuple[str, ...]:
        if case.claim.complaint is Complaint.LINK:
            return tuple(targets(case.ticket, case.claim, case.sight))
        return tuple(normalise(column.url) for column in case.columns)

    def _trace(self) -> None:
        """Give each report what kept runs found at its places."""
        wanted: dict[Place, list[_Case]] = {}
        for case in self.cases:
            for place in _places(case):
                wanted.setdefault(place, []).append(case)
        numbers = stored.numbers(self._store, wanted)
        cases = {number: wanted[place] for place, number in numbers.items()}
        last = self._runs[-1].number if self._runs else 0
        if cases:
            for life in kept.lives(self._store, _COLUMNS):
                for number in life.places:
                    for case in cases.get(number, ()):
                        case.traces.append(_traced(life, last))


def _places(case: _Case) -> list[Place]:
    """Where a finding of what is complained of would stand, or what is looked at before it can be made."""
    if case.claim.complaint is Complaint.COLUMN:
        return [Place("column", column.url) for column in case.columns]
    pages = [Place("document", url) for url in _variants(case.ticket.url)]
    return [*pages, *(Place("link", url) for url in case.asked)]


def _seen(case: _Case, seen: Mapping[Seen, LinkResult | None], as_of: date) -> Sight:
    """What the store holds of a report's place, with what a look that was just made says of it."""
    wanted = _to_ask(case)
    if not wanted or not seen.keys() >= set(wanted):
        return case.sight
    if case.columns:
        return replace(case.sight, live=True, day=as_of)
    gone = next((found for url in _variants(case.ticket.url) if (found := seen.get(("address", url)))), None)
    return replace(
        case.sight,
        live=True,
        document=None if gone else case.sight.document,
        page=gone or case.sight.page,
        link=lambda url: seen.get(("address", url)) or case.sight.link(url),
    )


def _gravity(result: ColumnResult) -> int:
    """What makes a report on several columns right comes first, then what leaves it open."""
    return 0 if result.status in (UpdateStatus.STALE, UpdateStatus.BLANK) else 1 + (result.status is UpdateStatus.FRESH)


def _to_ask(case: _Case) -> list[Seen]:
    """The pages, links and columns that have to be read to judge a report."""
    if case.columns:
        return [("column", column.id) for column in case.columns]
    if case.claim.complaint in (Complaint.COLUMN, Complaint.OTHER):
        return []
    return [("address", url) for url in (*_variants(case.ticket.url)[:1], *case.asked)]


def _traced(life: Life, last: int) -> Trace:
    here = life.last_run == last and not life.state.gone
    return Trace(life.finding(), life.first_seen, life.gone, here)


def _variants(url: str) -> Sequence[str]:
    """An address as people may have copied it: with the other scheme, too."""
    if not url:
        return ()
    one = normalise(url)
    scheme, _, rest = one.partition("://")
    return (one, f"{'http' if scheme == 'https' else 'https'}://{rest}") if rest else (one,)
