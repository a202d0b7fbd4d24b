"""栏目体检: crawl the site, read its columns, judge them and their pages, and fill the report."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain

from jimo_lint.errors import ConfigError, StoreError
from jimo_lint.evidence import link_targets as linkage
from jimo_lint.evidence.attachment_files import collect
from jimo_lint.evidence.elements import elements
from jimo_lint.evidence.gathering import Gathering
from jimo_lint.inspection import INSPECTIONS, probing
from jimo_lint.inspection.judging import Bench, Settings
from jimo_lint.lint.checks.updates.column_freshness import judge
from jimo_lint.lint.ruleset import for_report
from jimo_lint.lint.scoring import Material, score
from jimo_lint.lint.triage import triage
from jimo_lint.model import ColumnResult, Document, Finding, Problem, Report, SiteReading
from jimo_lint.model.exchanges import Exchange
from jimo_lint.model.publishing import Promise
from jimo_lint.runtime.memory import release
from jimo_lint.runtime.progress import Progress
from jimo_lint.settings.config import Config
from jimo_lint.store import Store
from jimo_lint.store.attachments import Packed


def inspect(config: Config, settings: Settings, progress: Progress) -> Report:
    """Run the column inspection. ConfigError, StoreError and CrawlError as their names say."""
    if not config.site.start and not config.columns:
        raise ConfigError(str(config.path), "没有写要检查的站点", '请在 [site] 里写 start = ["https://…/"]')
    bench = Bench(config, settings)
    problems: list[Problem] = []
    with Store.open(config.store_path, writing=True) as store:
        if settings.collect:
            complete = _collect(config, settings, store, progress, problems)
        elif not store.collected("site"):
            raise StoreError(str(config.store_path), "还没有采集过网页", "请先不加 --no-collect 运行一次")
        else:
            complete = store.finished()
        release()
        with progress.stage("判定"):
            report = _judge(bench, store, complete=complete, problems=problems)
    return report


def _collect(config: Config, settings: Settings, store: Store, progress: Progress, problems: list[Problem]) -> bool:
    """Crawl the site and ask its links, or go on where that was cut short; whether the crawl came to its end."""
    from jimo_lint.crawl.run import crawl_site, hosts_of

    def ask(title: str = "核对链接") -> Iterator[Problem]:
        unread = collect(config, store, hosts_of(config), settings.as_of, progress)
        yield from unread
        if linkage.OFFLINE not in unread:
            with progress.stage(title) as step:
                yield from linkage.probe(config, store, "site", step, full=settings.full)

    title = "采集网页"
    if settings.resume and store.unfinished("site") is None:
        if settings.links and linkage.cut_short(store, "site"):
            _add(problems, ask("接着上次核对链接"))
            return store.finished()
        title = "没有未完成的采集，从头采集网页"
    elif settings.resume:
        title = "接着上次采集网页"
    with progress.stage(title) as step:
        outcome = crawl_site(
            config, store, as_of=settings.as_of, resume=settings.resume, progress=step, full=settings.full
        )
    told = {(problem.code, problem.place) for problem in store.problems("site")}
    # Where an address already says why the crawl ended, once is enough.
    problems.extend(end for end in outcome.ends if (end.code, end.place) not in told)
    if settings.links:
        _add(problems, ask())
    return outcome.finished


def _add(problems: list[Problem], found: Iterable[Problem]) -> None:
    """Add each that is not there yet: attachments and links meet the same hosts."""
    for one in found:
        if one not in problems:
            problems.append(one)


def _judge(bench: Bench, store: Store, *, complete: bool, problems: Sequence[Problem]) -> Report:
    config, as_of, profile = bench.config, bench.settings.as_of, bench.context.profile
    gathered = Gathering(config, store, as_of)
    attached = gathered.attached
    stored = tuple(store.problems("site"))
    problems = (*(one for one in problems if one not in stored), *stored)
    desk = bench.desk(store, "columns")
    bench.recall(store)

    results: list[ColumnResult] = []
    sites: list[SiteReading] = []
    exchanges: list[Exchange] = []
    promises: list[Promise] = []

    def read() -> Iterator[str]:
        return chain(store.texts("site"), attached.texts())

    def findings() -> Iterator[Finding]:
        documents: Iterator[Document | Packed] = chain(gathered.pages(), attached.packed())
        yield from bench.documents(desk.looked.documents(documents), read)
        yield from bench.others(desk.looked.targets(gathered.links()))
        # What was gathered on the way is known only now.
        results.extend(judge(reading, bench.context) for reading in gathered.columns())
        sites.append(gathered.site(profile.home.max_age, problems, complete=complete))
        exchanges.extend(gathered.exchanges(sites[0]))
        promises.extend(gathered.promises([one.reading for one in results], sites[0]))
        yield from bench.others([*results, *gathered.articles(), *sites, *exchanges, *promises])

    rows = desk.silence(triage(desk.looked.findings(findings())))
    [site] = sites
    links = gathered.tally
    material = Material(
        as_of,
        rows,
        # Two columns with one address are one list, which counts once.
        tuple(result for result in results if result.reading.column.id == result.reading.column.url),
        newest_home=site.newest_home,
        probes=probing.recent(config, as_of),
        complete=complete,
        rules=frozenset(rule.code for rule in bench.rules),
        unchecked=sum(count.unchecked for count in links.counts()),
    )
    in_force = tuple(filter(INSPECTIONS["columns"].has, bench.rules))
    report = Report(
        run=bench.run("columns", complete=complete),
        findings=rows,
        columns=tuple(results),
        links=links.shown(),
        link_counts=links.counts(),
        indicators=score(profile, material),
        problems=(*problems, *attached.problems(), *bench.problems),
        elements=tuple(elements(site)),
        deadlines=profile.deadlines,
        rules=for_report(in_force),
        off=for_report(filter(INSPECTIONS["columns"].has, bench.off)),
        links_asked=bench.settings.links,
        unopened=links.unopened(),
        attachments=attached.count(),
        exchanges=tuple(exchanges),
        explained=gathered.explained(),
        promises=tuple(promises),
    )
    return desk.close(report, in_force, bench.context, site)
