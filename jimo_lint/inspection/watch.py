"""日常监测: read the home page and the first list pages, judge what appeared or changed since, and keep it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from jimo_lint.crawl import again
from jimo_lint.crawl.run import first_page, hosts_of
from jimo_lint.domains import netloc
from jimo_lint.errors import ConfigError, StoreError
from jimo_lint.inspection import second_look
from jimo_lint.inspection.judging import Bench, Settings
from jimo_lint.inspection.recheck import Judging
from jimo_lint.inspection.second_look import Sorting, Wanted
from jimo_lint.model import (
    Document,
    FetchResult,
    LinkSummary,
    Outcome,
    Problem,
    ProblemCode,
    QueuedUrl,
    Report,
)
from jimo_lint.network.address import normalise
from jimo_lint.privacy import is_masked
from jimo_lint.runtime.progress import Progress
from jimo_lint.settings.config import Config
from jimo_lint.store import ListPage, Store

# A round is to be light: a site of 3,000 pages bears some 60 requests every half hour (2 % of a whole crawl).
_MOST_PAGES = 50
_MOST_LINKS = 200

# A page that is not there is said by its link, which the link check asks; what else was not read is tried again.
_GONE = (404, 410)


def watch(config: Config, settings: Settings, progress: Progress) -> Report:
    """One round; once a process. ConfigError: no home page; StoreError: the site was never crawled, or no writing."""
    if not config.site.start:
        raise ConfigError(str(config.path), "没有写要监测的站点", '请在 [site] 里写 start = ["https://…/"]')
    bench = Bench(config, settings)
    with Store.open(config.store_path, writing=True) as store:
        if not store.collected("site"):
            remedy = "请先运行一次 jimo-lint inspect columns，之后才知道什么是新的"
            raise StoreError(str(config.store_path), "还没有采集过网页", remedy)
        wanted, found = _look(config, settings, store, progress)
        with progress.stage("判定"):
            bench.recall(store)
            report = Judging(bench, store, wanted, found, "watch").recheck().report
    # What stands in the report of an inspection is not said anew every half hour.
    known = [one for one in report.findings if one.history is not None]
    if known:
        report = replace(report, findings=tuple(one for one in report.findings if one.history is None))
        told = Problem(ProblemCode.KNOWN, config.site.start[0], {"count": len(known)})
        report = replace(report, problems=(*report.problems, told))
    return report


def _look(config: Config, settings: Settings, store: Store, progress: Progress) -> tuple[Wanted, second_look.Found]:
    """Ask for pages and links, and store what came in one transaction."""
    hosts = hosts_of(config)
    homes = [QueuedUrl(normalise(url)) for url in config.site.start]
    lists = {one.url: one for one in map(first_page, config.columns) if netloc(one.url) in hosts}
    watching = {"shown": store.shown(), "most": _MOST_PAGES}
    with progress.stage("读首页和列表，找新网页") as step:
        answers = again.ask(
            config,
            hosts,
            [*homes, *lists.values()],
            as_of=settings.as_of,
            known=store.asked(),
            progress=step,
            watching=watching,
        )
    wanted = Wanted()
    read = [one.document for one in answers.visits.values() if one.document]
    left = _links(store, read, wanted)
    results, files = second_look.probe(config, store, wanted, answers, settings.as_of, progress)
    sorting = Sorting(config, wanted, answers, results, files)
    links = list(sorting.links())
    found = sorting.found
    # A place is worth a line where it is new, or could not be read.
    found.looked = {key: one for key, one in found.looked.items() if one.outcome is Outcome.UNSEEN}
    keeping = list(_kept(store, answers.visits.values()))
    found.documents = {one.document.id for one in keeping if one.document}
    filled = {visit.asked.column for visit in answers.visits.values() if visit.rows}
    for asked in (*homes, *lists.values()):
        why = answers.sight(asked.url).why
        if why and asked.column not in filled:  # else an interface fills the page
            found.add("document", asked.url, Outcome.UNSEEN, why)
        elif asked.column is None:
            found.add("document", asked.url, Outcome.SEEN)
    for visit in answers.visits.values():
        if visit.asked.column is None and visit.asked not in homes:
            outcome = Outcome.SEEN if visit.problem is None else Outcome.UNSEEN
            found.add("document", visit.asked.url, outcome, visit.problem.message if visit.problem else "")
    store.look_again(keeping, links=links)
    found.problems += answers.notes
    if answers.later:
        found.problems.append(Problem(ProblemCode.LEFT_PAGES, config.site.start[0], {"count": answers.later}))
    if left:
        found.problems.append(Problem(ProblemCode.LEFT_LINKS, config.site.start[0], {"count": left}))
    return wanted, found


def _links(store: Store, read: Iterable[Document], wanted: Wanted) -> int:
    """Want the links of pages that nobody asked yet; how many were left, since a round is to be light."""
    known = store.read("site") | {document.url for document in read}
    left = 0
    for document in read:
        for link in document.links:
            url = link.url
            if not url.startswith(("http://", "https://")) or is_masked(url) or url in wanted.links:
                continue
            if normalise(url) in known or store.link_result(url) is not None:
                continue
            if len(wanted.links) >= _MOST_LINKS:
                left += 1
                continue
            outside = netloc(url) != netloc(document.url)
            found = LinkSummary(
                url=url, kind=link.kind, text=link.text, pages=1, samples=(document.url,), external=outside
            )
            wanted.links[url] = (found, ["site"])
    return left


def _kept(store: Store, visits: Iterable[FetchResult]) -> Iterator[FetchResult]:
    """The visits as they are to be stored: pages that could not be read are new in the next round, too."""
    former: dict[str, dict[str, ListPage]] = {}
    for visit in visits:
        column = visit.asked.column
        if column is None:
            if visit.problem is None or visit.status in _GONE:
                yield visit
            continue
        if column not in former:
            former[column] = {page.url: page for page in store.list_pages(column)}
        page = former[column].get(visit.asked.url)
        # A list that the crawl did not read, or reads no more, is for the next inspection.
        if page and not page.problem and not visit.problem and visit.rows:
            yield _joined(visit, page, alone=len(former[column]) == 1)


def _joined(visit: FetchResult, page: ListPage, *, alone: bool) -> FetchResult:
    """A first list page with the rows that have moved to the pages behind it, which were not read."""
    here = {row.url for row in visit.rows}
    moved = () if alone else tuple(row for row in page.rows if row.url not in here)
    return replace(visit, rows=(*visit.rows, *moved), complete=page.complete)
