"""栏目体检: crawl the site, read its columns, judge them and their pages, and fill the report."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from jimo_lint.checks.updates.columns import judge
from jimo_lint.config import Config
from jimo_lint.errors import ConfigError, StoreError
from jimo_lint.extract import normalise
from jimo_lint.inspection import links as linkage
from jimo_lint.inspection import probing
from jimo_lint.inspection.dating import DatingTally
from jimo_lint.inspection.elements import elements
from jimo_lint.inspection.judging import Bench, Settings
from jimo_lint.inspection.policies import PolicyTally
from jimo_lint.inspection.progress import Progress
from jimo_lint.inspection.readings import column_reading, shelf
from jimo_lint.inspection.sitewide import SiteTally
from jimo_lint.model import ColumnReading, Document, Finding, Problem, Report, SiteReading
from jimo_lint.scoring import Material, score
from jimo_lint.store import Store
from jimo_lint.triage import triage

# The place under which the crawl notes that it could not go on, as where max_pages was reached.
_CRAWL = "网站抓取"
# One page unread among this many is what any site has.
_UNREAD = 20

# Characters of a page that tell whether it is what a link to it says.
_OPENING = 200


def inspect(config: Config, settings: Settings, progress: Progress) -> Report:
    """Run the column inspection. ConfigError, StoreError and CrawlError as their names say."""
    if not config.site.start and not config.columns:
        raise ConfigError(str(config.path), "没有写要检查的站点", '请在 [site] 里写 start = ["https://…/"]')
    bench = Bench(config, settings)
    complete = True
    problems: list[Problem] = []
    with Store.open(config.store_path, writing=True) as store:
        if settings.collect:
            from jimo_lint.crawl import crawl_site

            title = "采集网页"
            if settings.resume:
                anew = store.unfinished("site") is None
                title = "没有未完成的采集，从头采集网页" if anew else "接着上次采集网页"
            with progress.stage(title) as step:
                outcome = crawl_site(config, store, as_of=settings.as_of, resume=settings.resume, progress=step)
            complete = outcome.finished
            if not complete and not _told(outcome.reason, store):
                problems.append(Problem(config.site.name or "网站抓取", outcome.reason))
            if settings.links:
                with progress.stage("核对链接") as step:
                    problems.extend(linkage.probe(config, store, "site", step))
        elif not store.collected("site"):
            raise StoreError(str(config.store_path), "还没有采集过网页", "请先不加 --no-collect 运行一次")
        else:
            complete = store.finished()
        with progress.stage("判定"):
            report = _judge(bench, store, complete=complete, problems=problems)
    return report


def _told(reason: str, store: Store) -> bool:
    """Whether an address already says why the crawl ended: then once is enough."""
    return any(reason.endswith(problem.message) for problem in store.problems("site"))


def _whole(problems: list[Problem], pages: int) -> bool:
    """Whether so much of the site was read that what was not found can be said not to be there."""
    unread = [problem for problem in problems if not problem.excused]
    return len(unread) * _UNREAD < pages and all(problem.place != _CRAWL for problem in unread)


def _judge(bench: Bench, store: Store, *, complete: bool, problems: list[Problem]) -> Report:
    config, as_of = bench.config, bench.settings.as_of
    books = shelf(config, store, as_of)
    site = SiteTally(config.site)
    dating = DatingTally(config.columns)
    policies = PolicyTally(books.kind_of)
    links = linkage.LinkTally()
    heads: dict[str, tuple[str, str]] = {}

    def pages() -> Iterator[Document]:
        for stored in store.documents("site"):
            document = books.place(stored)
            site.add(document)
            heads[normalise(document.url)] = (document.title, document.text[:_OPENING])
            dating.add(document)
            policies.add(document)
            yield document

    def findings() -> Iterator[Finding]:
        yield from bench.documents(pages())
        for title, published in books.titles():
            site.hear_of(title, published)
        for link in links.watch(linkage.titled(linkage.summaries(config, store, "site"), heads)):
            site.hear_of(link.text, None)
            yield from bench.others([link])
        yield from bench.others([*readings(), *dating.readings(), *policies.readings(), whole()])

    seen = store.crawled_on()

    def readings() -> list[ColumnReading]:
        return [replace(column_reading(listing, site.dates, as_of), seen=seen) for listing in books.listings]

    def whole() -> SiteReading:
        reading = site.reading(as_of, complete=complete and _whole(problems, site.pages))
        limit, newest = bench.context.profile.home.max_age, reading.newest_home
        if newest and limit and limit.exceeded(newest, as_of):
            # What the home page has shown since that crawl is not known, nor what lies behind links not read yet.
            later = seen is not None and not limit.exceeded(newest, seen)
            if later or not complete:
                return replace(reading, newest_home=None)
        return reading

    problems.extend(store.problems("site"))
    rows = triage(findings())
    results = tuple(judge(reading, bench.context) for reading in readings())
    reading = whole()
    material = Material(
        as_of,
        rows,
        # Two columns with one address are one list, which counts once.
        tuple(result for result in results if result.reading.column.id == result.reading.column.url),
        newest_home=reading.newest_home,
        soundings=probing.recent(config, as_of),
        complete=complete,
        rules=frozenset(rule.code for rule in bench.rules),
        unchecked=sum(count.unchecked for count in links.counts()),
    )
    return Report(
        run=bench.run("columns", complete=complete),
        findings=rows,
        columns=results,
        links=links.shown(),
        link_counts=links.counts(),
        indicators=score(bench.context.profile, material),
        problems=tuple(problems),
        elements=tuple(elements(reading)),
        deadlines=bench.context.profile.deadlines,
        rules=tuple(rule for rule in bench.rules if rule.family != "A"),
    )
