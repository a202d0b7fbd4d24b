"""日常监测: read the home page and the first list pages, judge what appeared or changed since, and keep it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
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
    ListItem,
    Outcome,
    Problem,
    ProblemCode,
    QueuedUrl,
    Report,
)
from jimo_lint.network.address import kind_of, normalise
from jimo_lint.privacy import is_masked
from jimo_lint.runtime.progress import Progress
from jimo_lint.settings.config import Config
from jimo_lint.store import ListPage, Store, untold

# A round is to be light: a site of 3,000 pages bears some 60 requests every half hour (2 % of a whole crawl).
_MOST_PAGES = 50
_MOST_LINKS = 200

# A page that is not there is said by its link, which the link check asks; what else was not read is tried again.
_GONE = (404, 410)


def watch(config: Config, settings: Settings, progress: Progress) -> Report:
    """One round; once a process. ConfigError: no home page; StoreError: the site was never crawled, or no writing.

    What it stored counts as told by `store.untold.done` only; till then, each round judges it again.
    """
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
    shown = store.shown()
    watching = {"shown": shown, "most": _MOST_PAGES}
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
    # A place is worth a line where it is new, or could not be read; what came of asking a link is what rules tell.
    unseen = {key: one for key, one in found.looked.items() if one.outcome is Outcome.UNSEEN}
    found.looked = {(kind, url): one for (kind, url), one in unseen.items() if kind != "link" or url not in results}
    keeping = list(_Keeping(store, answers, hosts, shown).visits())
    found.documents = {one.document.id for one in keeping if one.document}
    _tell_asked([*homes, *lists.values()], answers, {column for column, _ in shown}, found)
    _tell_new([visit for visit in answers.visits.values() if visit.asked.column is None], homes, found)
    earlier = untold.read(config.untold_path)
    found.problems += [Problem(ProblemCode.LEFT_LISTS, url) for url in _overflowing(answers, shown)]
    if left:
        found.problems.append(Problem(ProblemCode.LEFT_LINKS, config.site.start[0], {"count": left}))
    # What is stored is met no more, nor is what stood in the way there.
    sets = (frozenset(found.documents), frozenset(found.links), frozenset(found.files))
    seen = untold.Untold(*sets, tuple(found.problems))
    untold.write(config.untold_path, earlier | seen)
    store.look_again(keeping, links=links)
    _add(earlier, store, wanted, found)
    found.problems += answers.notes
    if answers.later:
        found.problems.append(Problem(ProblemCode.LEFT_PAGES, config.site.start[0], {"count": answers.later}))
    return wanted, found


def _tell_asked(
    asked: Iterable[QueuedUrl], answers: again.Answers, former: Collection[str], found: second_look.Found
) -> None:
    """What came of home pages and lists. former: the columns whose lists had rows before."""
    filled = {visit.asked.column for visit in answers.visits.values() if visit.rows}
    for one in asked:
        why = answers.sight(one.url).why
        if why and one.column not in filled:  # else an interface fills the page
            found.add("document", one.url, Outcome.UNSEEN, why)
        elif one.column in former and one.column not in filled:
            found.add("document", one.url, Outcome.UNSEEN, "列表里一行也没有读到，以前有")
        elif one.column is None:
            found.add("document", one.url, Outcome.SEEN)


def _overflowing(answers: again.Answers, shown: Collection[tuple[str, str]]) -> Iterator[str]:
    """Lists with more news than their first page shows: the last row is new, and former ones were pushed off.

    shown: column and address of each row that was there before.
    """
    for visit in answers.visits.values():
        column, rows = visit.asked.column, visit.rows
        if column is None or not rows or (column, rows[-1].url) in shown:
            continue
        here = {(column, row.url) for row in rows}
        if any(key[0] == column and key not in here for key in shown):
            yield visit.asked.url


def _tell_new(visits: Iterable[FetchResult], homes: Collection[QueuedUrl], found: second_look.Found) -> None:
    """What came of the pages that are new or changed."""
    dead = set(map(normalise, found.links))  # of these, rules say what a server answered
    for visit in visits:
        if visit.asked in homes or (visit.status in _GONE and visit.asked.url in dead):
            continue
        if visit.problem and visit.problem.excused:  # what robots.txt forbids, and what stands elsewhere
            found.problems.append(visit.problem)
            continue
        outcome = Outcome.SEEN if visit.problem is None else Outcome.UNSEEN
        found.add("document", visit.asked.url, outcome, visit.problem.message if visit.problem else "")


def _add(earlier: untold.Untold, store: Store, wanted: Wanted, found: second_look.Found) -> None:
    """Judge once more what earlier rounds stored and could not tell."""
    found.problems += [one for one in earlier.problems if one not in found.problems]
    found.documents |= earlier.documents
    found.files |= earlier.files
    for link in store.link_targets("site", earlier.links):
        wanted.links.setdefault(link.url, (link, ["site"]))
        found.links.add(link.url)


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


class _Keeping:
    """What of the visits is to be stored, so that what could not be read is new in the next round, too.

    shown: what rows showed before this round, as of `Store.shown`.
    """

    def __init__(
        self,
        store: Store,
        answers: again.Answers,
        hosts: Collection[str],
        shown: Mapping[tuple[str, str], Collection[object]],
    ) -> None:
        self._store, self._answers, self._hosts, self._shown = store, answers, hosts, shown

    def visits(self) -> Iterator[FetchResult]:
        """Those of pages that were read, or that nobody will be able to read, and those of lists, as they are kept."""
        former: dict[str, dict[str, ListPage]] = {}
        for visit in self._answers.visits.values():
            column = visit.asked.column
            if column is None:
                if self._is_done(visit.asked.url):
                    yield visit
                continue
            if column not in former:
                former[column] = {page.url: page for page in self._store.list_pages(column)}
            page = former[column].get(visit.asked.url)
            # A list that the crawl did not read, or reads no more, is for the next inspection.
            if page and not page.problem and not visit.problem and visit.rows:
                rows = {row.url: row for one in former[column].values() for row in one.rows}
                shown = tuple(rows[row.url] if self._is_put_off(column, row) else row for row in visit.rows)
                yield _joined(replace(visit, rows=shown), page, alone=len(former[column]) == 1)

    def _is_done(self, url: str) -> bool:
        """Whether a page, and what it leads on to, need not be asked for again."""
        way = list(self._answers.way(url))
        problem = way[-1].problem if way else None
        return bool(way) and (problem is None or problem.excused or way[-1].status in _GONE)

    def _is_put_off(self, column: str, row: ListItem) -> bool:
        """Whether a row shows something else than before, and its page was not read for that: it still does then."""
        former = self._shown.get((column, row.url))
        if former is None or (row.title, row.published) in former:
            return False
        url = normalise(row.url)
        return kind_of(url) == "page" and netloc(url) in self._hosts and not is_masked(url) and not self._is_done(url)


def _joined(visit: FetchResult, page: ListPage, *, alone: bool) -> FetchResult:
    """A first list page with the rows that have moved to the pages behind it, which were not read."""
    here = {row.url for row in visit.rows}
    moved = () if alone else tuple(row for row in page.rows if row.url not in here)
    return replace(visit, rows=(*visit.rows, *moved), complete=page.complete)
