"""周调度: read the ledger of requests for information, judge every row, make the yearly tables, fill the report."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from typing import NamedTuple

from jimo_lint.errors import ConfigError, InputError
from jimo_lint.evidence import answer_files, phones, request_years
from jimo_lint.evidence.annual_reports import calls_itself_report
from jimo_lint.inspection import INSPECTIONS, drafts
from jimo_lint.inspection.benches import Asked
from jimo_lint.inspection.judging import Bench, Settings
from jimo_lint.inspection.naming import below
from jimo_lint.lint.checks.requests.sheets import doubted
from jimo_lint.lint.checks.requests.standing import judge
from jimo_lint.lint.checks.sites import annual
from jimo_lint.lint.request_clock import Calendar
from jimo_lint.lint.request_weeks import weeks
from jimo_lint.lint.ruleset import for_report
from jimo_lint.lint.triage import triage
from jimo_lint.model import Document, Finding, Problem, ProblemCode, Report, Severity, Subject, unreadable
from jimo_lint.model.answers import AnswerSheet
from jimo_lint.model.requests import (
    AnswerFile,
    PhoneReading,
    Request,
    RequestBook,
    RequestResult,
    YearComparison,
    YearTable,
)
from jimo_lint.privacy import mask_text
from jimo_lint.readers.drafts import local
from jimo_lint.readers.registers import request_ledger
from jimo_lint.runtime.progress import Progress
from jimo_lint.settings.config import Config
from jimo_lint.store import Store, attachments
from jimo_lint.store.runs import Place

_NO_TABLE = "没有读出“收到和处理政府信息公开申请情况”表，或台账里没有那一年的申请，没有比对"
_GENRE = "告知书"
# What requests are judged by; the standard of the configuration is one for sites and accounts.
_REGULATION = "《中华人民共和国政府信息公开条例》（国务院令第711号）"
# Messages about one answer that are shown beside its row; the rest `jimo-lint check` shows.
_SAID = 6


def inspect(config: Config, settings: Settings, progress: Progress) -> Report:
    """Run the inspection. ConfigError, InputError and StoreError as their names say."""
    if config.requests is None or config.requests.ledger is None:
        raise ConfigError(
            str(config.path), "没有写依申请公开的台账", '请写 [requests] ledger = "台账.xlsx"，见 docs/requests.md'
        )
    bench = Bench(config, settings)
    with progress.stage("读取台账"):
        ledger = request_ledger.read(config.requests.ledger, settings.as_of)
    with Store.open(config.store_path, writing=True) as store, progress.stage("判定"):
        return _judge(bench, store, ledger)


def _judge(bench: Bench, store: Store, ledger: request_ledger.RequestLedger) -> Report:
    config, as_of = bench.config, bench.settings.as_of
    assert config.requests is not None and config.requests.ledger is not None, "the caller has looked"
    problems = list(ledger.problems)
    if not ledger.requests:
        problems.append(Problem(ProblemCode.LEDGER_EMPTY, config.requests.ledger.name))
    results = judged(ledger.requests, as_of, Calendar(config.holidays, config.workdays))
    site = _site(config, store)
    answers, sheets = _answers(config, as_of, ledger.requests, problems)
    beside: defaultdict[str, list[AnswerSheet]] = defaultdict(list)
    for sheet in sheets:
        beside[sheet.request.place].append(sheet)
    results = [doubted(one, beside[one.request.place]) if one.request.place in beside else one for one in results]
    years = request_years.years(ledger.requests, as_of)
    comparison = _comparison(config, as_of, years, (*site.reports, *site.files), problems)

    desk = bench.desk(store, "requests")
    if not problems:
        desk.looked.others.add(Place("request", config.requests.ledger.name))
    subjects: list[Subject] = [
        *results,
        *sheets,
        *([comparison] if comparison else []),
        *([site.phones] if site.phones else []),
    ]
    desk.looked.others |= {Place("document", one.anchor().url) for one in subjects if one.anchor().kind == "document"}
    owners = {result.anchor().name: result.request.owner for result in results}

    def findings() -> Iterator[Finding]:
        for finding in bench.others(subjects):
            yield replace(finding, owner=owners.get(finding.subject, ""))

    rows = desk.silence(triage(desk.looked.findings(findings())))
    in_force = tuple(filter(INSPECTIONS["requests"].has, bench.rules))
    without = None
    if config.requests.answers is not None:
        # A letter on the way to an answer is none.
        held = {one.number for one in answers} - {"", *_only_on_the_way(sheets)}
        answered = [one for one in ledger.requests if one.answered]
        without = tuple(one.number or one.place for one in answered if (one.number or one.place) not in held)
    report = Report(
        run=replace(bench.run("requests", complete=True), profile=_REGULATION),
        findings=rows,
        problems=(*problems, *bench.problems),
        rules=for_report(in_force),
        deadlines=bench.context.profile.deadlines,
        off=for_report(filter(INSPECTIONS["requests"].has, bench.off)),
        requests=RequestBook(
            config.requests.ledger.name,
            tuple(results),
            tuple(ledger.understood),
            years,
            comparison,
            tuple(answers),
            without,
            site.phones.phones if site.phones else (),
            weeks(results, as_of),
        ),
    )
    return desk.close(report, in_force, bench.context)


def judged(requests: Sequence[Request], as_of: date, calendar: Calendar) -> list[RequestResult]:
    """Every row judged; a number that stands twice, at its second row."""
    first: dict[str, str] = {}
    results = []
    for request in requests:
        twin = first.setdefault(request.number, request.place) if request.number else request.place
        results.append(judge(request, as_of, calendar, "" if twin == request.place else twin))
    return results


class _Site(NamedTuple):
    """What the crawl of the site knows: its telephones, and what calls itself an annual report.

    files: what the attachments of such pages hold, each with the title and the address of its page.
    """

    phones: PhoneReading | None = None
    reports: tuple[Document, ...] = ()
    files: tuple[Document, ...] = ()


def _site(config: Config, store: Store) -> _Site:
    """Nothing where the site was never crawled."""
    reports: list[Document] = []

    def watched() -> Iterator[Document]:
        for document in store.documents("site"):
            if calls_itself_report(document.title) and "网站" not in document.title:
                reports.append(document)
            yield document

    found = phones.gather(config.site.name, watched())
    files = [
        replace(file.unpack(), title=page.title, url=page.url)
        for page in reports
        for file in attachments.documents(store, [link.url for link in page.links if link.kind == "attachment"])
    ]
    return _Site(found, tuple(reports), tuple(files))


def _only_on_the_way(sheets: Sequence[AnswerSheet]) -> set[str]:
    """The requests of which there are such letters alone."""
    decided: dict[str, bool] = {}
    for one in sheets:
        kind = one.answer.kind
        name = one.request.number or one.request.place
        decided[name] = decided.get(name, False) or kind is None or not kind.on_the_way
    return {name for name, ended in decided.items() if not ended}


def _answers(
    config: Config, as_of: date, requests: Sequence[Request], problems: list[Problem]
) -> tuple[Sequence[AnswerFile], Sequence[AnswerSheet]]:
    """The files of answers with their requests, and what the check before publishing says of each."""
    folder = config.requests.answers if config.requests else None
    if folder is None:
        return (), ()
    if not folder.is_dir():
        raise ConfigError(
            str(config.path), f"[requests] answers = “{folder.name}” 没有这个文件夹", "请写告知书所在的文件夹"
        )
    values = list(local.read([folder], as_of=as_of))
    documents: dict[str, list[Document]] = {}
    for value in values:
        if isinstance(value, Document):
            documents.setdefault(value.url.partition(" › ")[0], []).append(value)
    checked, _ = drafts.check(values, config, as_of=as_of, asked=Asked(genre=_GENRE))

    def named(path: str) -> str:
        folder, _, name = below(path, config.folder).rpartition("/")
        return mask_text("/".join(part for part in (folder, answer_files.shown(name, requests)) if part))

    problems += [replace(one, place=named(one.place)) for one in checked.problems]
    by_name = {request.number or request.place: request for request in requests}
    files, sheets = [], []
    for path, one in zip(documents, answer_files.link(documents, requests), strict=True):
        found = [finding for finding in checked.findings if finding.url.partition(" › ")[0] == path]
        whose = [by_name[one.number]] if one.number else requests
        said = [answer_files.shown(f"{finding.code} {finding.message}", whose) for finding in found[:_SAID]]
        grave = sum(finding.severity >= Severity.ERROR for finding in found)
        files.append(replace(one, path=named(one.path), findings=len(found), grave=grave, said=tuple(said)))
        if one.number:
            sheets.append(answer_files.sheet(by_name[one.number], named(one.path), one.by, documents[path][0]))
    return files, sheets


def _comparison(
    config: Config, as_of: date, years: Sequence[YearTable], pages: Sequence[Document], problems: list[Problem]
) -> YearComparison | None:
    """The ledger beside the published report: the file that is named, else the page of the site."""
    named = config.requests.report if config.requests else None
    if named is not None:
        values = list(local.read([named], as_of=as_of))
        problems += [replace(one, place=below(one.place, config.folder)) for one in values if isinstance(one, Problem)]
        candidates = [one for one in values if isinstance(one, Document)]
    else:
        portal = annual.is_portal(config.site.name)
        candidates = [one for one in pages if not portal or annual.of_government(one.title, config.site.name)]
    by_year = {one.year: one for one in years}
    made = []
    for document in candidates:
        found = request_years.published(f"{document.title}\n{document.text}")
        if found and found[0].year in by_year:
            title = document.title or document.url.rpartition("/")[2]
            place = below(document.url or document.id, config.folder)
            made.append(request_years.compare(by_year[found[0].year], *found, title, place))
    if not made and candidates:
        untold = [one.url for one in candidates if request_years.year_of(one.title) in by_year]
        place = below(str(named), config.folder) if named is not None else next(iter(untold), "")
        if place:
            problems.append(unreadable(InputError(place, _NO_TABLE, "请核对文件和年份")))
    newest = max(made, key=lambda one: one.ledger.year, default=None)
    if newest and newest.unread:
        fault = f"年报的表有 {len(newest.unread)} 行没有读出（{'、'.join(newest.unread[:3])}），没有比对"
        problems.append(unreadable(InputError(newest.url, fault, "请对照原表")))
    return newest
