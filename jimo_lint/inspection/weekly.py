"""周检: read every account's archive, judge its posts and its pace, and fill the report."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import replace

from jimo_lint.errors import ConfigError, StoreError
from jimo_lint.evidence import link_targets as linkage
from jimo_lint.evidence.account_readings import AccountTally, unarchived
from jimo_lint.inspection import INSPECTIONS, timeliness
from jimo_lint.inspection.judging import Bench, Settings
from jimo_lint.inspection.naming import all_below, below, beside, finding_below
from jimo_lint.lint.checks.updates.account_freshness import judge
from jimo_lint.lint.ruleset import for_report
from jimo_lint.lint.scoring import Material, score
from jimo_lint.lint.triage import triage
from jimo_lint.model import (
    Account,
    AccountResult,
    Document,
    Finding,
    LinkSummary,
    Problem,
    Report,
    Verdict,
)
from jimo_lint.model.families import family
from jimo_lint.model.publishing import Publication
from jimo_lint.runtime.memory import release
from jimo_lint.runtime.progress import Progress
from jimo_lint.settings.config import Config
from jimo_lint.store import Store


def inspect(config: Config, settings: Settings, progress: Progress) -> Report:
    """Run the weekly inspection. ConfigError and StoreError as their names say."""
    if not config.accounts:
        raise ConfigError(str(config.path), "没有写要检查的账号", "请用 [[account]] 写出 name、platform 和 archive")
    bench = Bench(config, settings)
    unasked: tuple[Problem, ...] = ()
    with Store.open(config.store_path, writing=True) as store:
        if settings.collect:
            from jimo_lint.crawl.run import collect_archives

            with progress.stage("读取档案") as step:
                collect_archives(config, store, as_of=settings.as_of, progress=step, full=settings.full)
            if settings.links:
                with progress.stage("核对链接") as step:
                    unasked = linkage.probe(config, store, "archive", step, full=settings.full)
        elif not store.collected("archive"):
            raise StoreError(str(config.store_path), "还没有读取过档案", "请先不加 --no-collect 运行一次")
        release()
        with progress.stage("判定"):
            report = _judge(bench, store, unasked)
    return report


def _judge(bench: Bench, store: Store, unasked: tuple[Problem, ...]) -> Report:
    config, as_of = bench.config, bench.settings.as_of
    collected = store.collected("archive")
    tallies = {one.id: AccountTally(one, as_of, collected=one.id in collected) for one in config.accounts}
    owned: dict[str, list[Account]] = defaultdict(list)
    for account in config.accounts:
        owned[account.owner].append(account)
    problems = tuple(store.problems("archive"))
    desk = bench.desk(store, "weekly")
    bench.recall(store)
    links = linkage.LinkTally()
    by_account: dict[str, list[Problem]] = defaultdict(list)
    for problem in problems:
        for one in problem.accounts:
            by_account[one].append(problem)

    results: list[AccountResult] = []
    published: list[Publication] = []

    # An account that has left the configuration is no longer inspected.
    def texts() -> Iterator[str]:
        return store.texts("archive", tallies)

    def tallied() -> Iterator[Document]:
        for document in store.documents("archive", accounts=tallies):
            tallies[document.account or ""].add(document)
            yield document

    def findings() -> Iterator[Finding]:
        yield from bench.documents(desk.looked.documents(tallied()), texts)
        # What was counted on the way is known only now.
        for key, tally in tallies.items():
            siblings = owned[tally.account.owner] if tally.account.owner else ()
            results.append(judge(tally.reading(by_account[key], siblings), bench.context))
        yield from bench.others(results)
        readings = {one.reading.account.id: one.reading for one in results}
        published.extend(timeliness.publications(config, store, readings, as_of))
        yield from bench.others(published)
        yield from bench.others(desk.looked.targets(links.watch(linkage.summaries(config, store, "archive"))))

    triaged = triage(desk.looked.findings(findings()))
    rows = desk.silence(finding_below(one, config.folder) for one in triaged)
    dead = _dead_links(links.shown())
    wording = Counter(finding.account for finding in rows if family(finding.code).sensitive)
    accounts = tuple(
        replace(
            one,
            reading=beside(one.reading, config.folder),
            wording=wording[one.reading.account.id],
            dead_links=dead[one.reading.account.id],
        )
        for one in results
    )
    judged = frozenset(rule.code for rule in bench.rules)
    material = Material(as_of, rows, accounts=accounts, rules=judged, weekly=True)
    in_force = tuple(filter(INSPECTIONS["weekly"].has, bench.rules))
    report = Report(
        run=bench.run("weekly", complete=True),
        findings=rows,
        accounts=accounts,
        links=tuple(replace(one, samples=all_below(one.samples, config.folder)) for one in links.shown()),
        link_counts=links.counts(),
        problems=(
            *unasked,
            *(unarchived(one, as_of) for one in config.accounts if not one.archive),
            *(replace(one, place=below(one.place, config.folder)) for one in (*problems, *bench.problems)),
        ),
        indicators=score(bench.context.profile, material),
        rules=for_report(in_force),
        deadlines=bench.context.profile.deadlines,
        off=for_report(filter(INSPECTIONS["weekly"].has, bench.off)),
        links_asked=bench.settings.links,
        unopened=links.unopened(),
        publications=tuple(published),
    )
    return desk.close(report, in_force, bench.context)


def _dead_links(links: tuple[LinkSummary, ...]) -> dict[str, int]:
    dead: dict[str, int] = defaultdict(int)
    for link in links:
        if link.account and link.result and link.result.verdict is Verdict.DEAD:
            dead[link.account] += 1
    return dead
