"""复查: look again at single pages, links, columns and accounts, store what they show now, and judge it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from jimo_lint.evidence.account_readings import AccountTally
from jimo_lint.evidence.attachment_texts import AttachedTexts
from jimo_lint.evidence.link_targets import LinkTally, summaries
from jimo_lint.evidence.readings import column_reading, shelf
from jimo_lint.inspection import second_look
from jimo_lint.inspection.judging import Bench, Settings
from jimo_lint.inspection.naming import beside, finding_below
from jimo_lint.inspection.second_look import Found, Wanted
from jimo_lint.inspection.targets import Target
from jimo_lint.lint.checks import KINDS
from jimo_lint.lint.checks.updates import account_freshness, column_freshness
from jimo_lint.lint.ruleset import for_report
from jimo_lint.lint.triage import triage
from jimo_lint.model import (
    AccountResult,
    ColumnResult,
    Document,
    Finding,
    LinkSummary,
    Outcome,
    Problem,
    ProblemCode,
    Report,
    Rule,
    UpdateStatus,
)
from jimo_lint.model.families import family
from jimo_lint.privacy import mask_problem
from jimo_lint.review.looked import Looked
from jimo_lint.review.settle import settle
from jimo_lint.runtime.progress import Progress
from jimo_lint.settings.config import Config
from jimo_lint.store import Store
from jimo_lint.store.texts import Texts

# The dates of a whole column, interpretations and the site as a whole only a whole crawl knows.
_JUDGED = (Document, LinkSummary, ColumnResult, AccountResult)


@dataclass(frozen=True, slots=True)
class Recheck:
    """What came of it. documents: ids of the pages and posts that were read and judged: what was not found in them is
    not there, as far as `report.rules` tell; `report.looked` says the same of the places that were asked for."""

    report: Report
    documents: frozenset[str]


def recheck(config: Config, settings: Settings, targets: Sequence[Target], progress: Progress) -> Recheck:
    """Look again; once a process. StoreError: nothing was collected yet, or the store cannot be read or written."""
    bench = Bench(config, settings)
    with Store.open(config.store_path, writing=True) as store:
        wanted = second_look.sort(config, store, targets)
        found = second_look.look(config, settings, store, wanted, progress)
        with progress.stage("判定"):
            bench.recall(store)
            return Judging(bench, store, wanted, found).recheck()


class Judging:
    """Judges what was seen, by the store as it is now. inspection: what the report is called."""

    def __init__(self, bench: Bench, store: Store, wanted: Wanted, found: Found, inspection: str = "recheck") -> None:
        self._inspection = inspection
        self._bench = bench
        self._store = store
        self._wanted = wanted
        self._found = found
        self._links = LinkTally()
        self._columns: list[ColumnResult] = []
        self._accounts: list[AccountResult] = []
        self._looked = Looked(Texts(store), bench.config.folder, fresh=True)
        self._read: dict[str, str] = {}  # ids of the documents that were judged, by what problems call them

    def recheck(self) -> Recheck:
        """Judge everything."""
        bench, folder = self._bench, self._bench.config.folder
        rows = tuple(finding_below(one, folder) for one in triage(self._looked.findings(self._findings())))
        wording = Counter(one.account for one in rows if family(one.code).sensitive)
        self._accounts = [replace(one, wording=wording[one.reading.account.id]) for one in self._accounts]
        self._settle()
        looked = tuple(self._found.looked.values())
        unseen = [one for one in looked if one.outcome is Outcome.UNSEEN]
        problems = (
            *(Problem(ProblemCode.UNSEEN, one.name, {"why": one.note}) for one in unseen),
            *self._found.problems,
            *bench.problems,
        )
        report = Report(
            run=bench.run(self._inspection, complete=len(unseen) < len(looked)),
            findings=rows,
            columns=tuple(self._columns),
            accounts=tuple(replace(one, reading=beside(one.reading, folder)) for one in self._accounts),
            links=self._links.shown(),
            problems=tuple(map(mask_problem, problems)),
            rules=for_report(filter(_judges, bench.rules)),
            deadlines=bench.context.profile.deadlines,
            off=for_report(filter(_judges, bench.off)),
            looked=looked,
        )
        self._looked.conclude(report, None)
        gone = {self._looked.called(one.id): True for one in looked if one.outcome is Outcome.GONE}
        gone |= dict.fromkeys(self._found.lost, True)
        judged = tuple(filter(_judges, bench.rules))
        report = settle(self._store, self._looked, report, judged, bench.context, gone)
        return Recheck(report, frozenset(self._read.values()))

    def _findings(self) -> Iterator[Finding]:
        bench, store = self._bench, self._store
        yield from bench.documents(self._looked.documents(self._pages()), lambda: store.texts("site"))
        yield from bench.documents(self._looked.documents(self._posts()), lambda: store.texts("archive"))
        if self._found.files:
            yield from bench.documents(self._looked.documents(self._attached()), lambda: store.texts("site"))
        yield from bench.others([*self._columns, *self._accounts])
        for source in ("site", "archive"):
            if urls := {url for url in self._found.links if source in self._wanted.links[url][1]}:
                yield from bench.others(
                    self._looked.targets(self._links.watch(summaries(bench.config, store, source, urls)))
                )

    def _pages(self) -> Iterator[Document]:
        """The pages that were read; then the columns are judged, by the dates that their articles bear."""
        bench, store = self._bench, self._store
        held = shelf(bench.config, store, bench.settings.as_of)
        for page in map(held.place, store.documents("site", keys=self._found.documents)):
            self._read[page.url] = page.id
            yield page
        for listing in held.listings:
            if self._found.saw("column", listing.column.id):
                placed = map(held.place, store.documents("site", keys=listing.rows.keys()))
                dates = {one.id: one.published.date() for one in placed if one.published}
                reading = column_reading(listing, dates, bench.settings.as_of)
                self._columns.append(column_freshness.judge(reading, bench.context))

    def _attached(self) -> Iterator[Document]:
        """What stands in the attachments that were read; what of them was not is told."""
        bench, store = self._bench, self._store
        attached = AttachedTexts.of(bench.config, store, shelf(bench.config, store, bench.settings.as_of))
        self._found.problems += attached.problems(self._found.files)
        for document in attached.documents(self._found.files):
            self._read[document.url] = document.id
            yield document

    def _posts(self) -> Iterator[Document]:
        """The posts of the accounts that were read; then the accounts are judged."""
        bench, store = self._bench, self._store
        read = [one for key, one in self._wanted.accounts.items() if self._found.saw("account", key)]
        tallies = {one.id: AccountTally(one, bench.settings.as_of) for one in read}
        for post in store.documents("archive", accounts=tallies.keys()):
            tallies[post.account or ""].add(post)
            self._read[post.url or post.id] = post.id
            yield post
        for account in read:
            siblings = [one for one in bench.config.accounts if one.owner == account.owner] if account.owner else []
            problems = [one for one in store.problems("archive") if account.id in one.accounts]
            reading = tallies[account.id].reading(problems, siblings)
            self._accounts.append(account_freshness.judge(reading, bench.context))

    def _settle(self) -> None:
        """Say of each place what judging it came to, or that it came to nothing."""
        for column in self._columns:
            if self._found.looked["column", column.reading.column.id].outcome is not Outcome.GONE:
                self._conclude("column", column.reading.column.id, column.reading.column.name, column)
        for account in self._accounts:
            self._conclude("account", account.reading.account.id, account.reading.account.name, account)
        for problem in self._bench.problems:
            self._read.pop(problem.place, None)
            if ("document", problem.place) in self._found.looked:
                self._found.add("document", problem.place, Outcome.UNSEEN, problem.message)

    def _conclude(self, kind: str, key: str, name: str, result: ColumnResult | AccountResult) -> None:
        if result.status is UpdateStatus.UNKNOWN:
            self._found.add(kind, key, Outcome.UNSEEN, result.reason, name)
        else:
            said = f"{result.conclusion}（{result.reason}）" if result.reason else result.conclusion
            self._found.add(kind, key, Outcome.SEEN, said, name)


def _judges(rule: Rule) -> bool:
    return KINDS[rule.kind].subject in _JUDGED
