"""Sorts a report by responsible unit: 整改清单, one table a unit, and the part of a report that concerns one unit."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from jimo_lint.model import Finding, Platform, Report, Severity
from jimo_lint.report import phrases
from jimo_lint.report.views import review
from jimo_lint.report.views.findings import PLATFORM, platform, platforms_of
from jimo_lint.report.views.table import GRADES, Field, Row, Table
from jimo_lint.review.groups import Group, group

NOBODY = "（未填责任单位）"

_BEFORE = (Field("序号", 5.5, "number"), review.NUMBER, Field("责任单位", 16))
_AFTER = (
    Field("级别", 7, "centre", tint=GRADES),
    Field("问题", 15),
    Field("问题数", 7, "number"),
    Field("例", 34, "small"),
    Field("怎样改", 34, "small"),
    Field("建议整改时限", 14.5, "centre"),
    # Of a list that goes to a unit on paper: what is asked of it, and what it answers.
    *(_ASKED := (review.OPINION, review.DUE, review.PROGRESS)),
    Field("整改人", 8, "entry"),
    Field("完成日期", 10, "entry-date", dated=True),
    *review.SIGNED,
)
# What no common file system takes in a name, and what shells stumble over.
_BAD_IN_FILE = re.compile(r"[\\/:*?\"<>|\x00-\x1f\x7f]")
_FILE_NAME = 60


@dataclass(frozen=True, slots=True)
class Task:
    """One line of 整改清单: the findings of one rule in one account or column."""

    owner: str
    whom: str
    findings: tuple[Finding, ...]

    @property
    def worst(self) -> Severity:
        """The gravest severity of its findings."""
        return max(finding.severity for finding in self.findings)


def tasks(findings: Iterable[Finding]) -> list[Task]:
    """Findings by responsible unit, then by account or column and rule; units with the gravest findings first."""
    groups: dict[Group, list[Finding]] = {}
    for finding in findings:
        groups.setdefault(group(finding), []).append(finding)
    made = [Task(owner or NOBODY, whom, tuple(found)) for (owner, whom, _, _), found in groups.items()]
    worst: dict[str, tuple[int, int]] = {}
    for task in made:
        grade, count = worst.get(task.owner, (0, 0))
        worst[task.owner] = (max(grade, task.worst), count + 1)
    made.sort(key=lambda task: (-worst[task.owner][0], -worst[task.owner][1], task.owner, -task.worst, task.whom))
    return made


def rectification(report: Report, name: str = "整改清单", whom: str = "账号") -> Table:
    """Every unit with what it has to correct, and room to write down what became of it. whom: what has a unit."""
    return _table(name, report, tasks(report.findings), whom)


def by_unit(report: Report) -> Iterator[Table]:
    """The same, a table for every unit, named after it."""
    by_owner: dict[str, list[Task]] = {}
    for task in tasks(report.findings):
        by_owner.setdefault(task.owner, []).append(task)
    for owner, mine in by_owner.items():
        yield _table(owner, report, mine, "账号")


def _table(name: str, report: Report, made: Sequence[Task], whom: str) -> Table:
    platforms = platforms_of(report)
    remedies = {rule.code: rule.fix for rule in report.rules}
    beside = (PLATFORM,) if platforms else ()
    return Table(
        name,
        (*_BEFORE, *beside, Field(whom, 16, "strong"), *_AFTER),
        [(number, *_row(task, report, remedies, platforms)) for number, task in enumerate(made, 1)],
        notes=() if made else ("没有需要整改的问题。",),
    )


def _row(task: Task, report: Report, remedies: Mapping[str, str], platforms: Mapping[str, Platform]) -> Row:
    gravest = max(task.findings, key=lambda finding: finding.severity)
    return (
        review.number(report, task.findings),
        task.owner,
        *platform(gravest.account, platforms),
        task.whom,
        task.worst.label,
        gravest.title,
        len(task.findings),
        gravest.message,
        remedies.get(gravest.code, ""),
        phrases.deadline(gravest, report),
        *review.filled(_ASKED, task.findings),
        None,
        None,
        *review.filled(review.SIGNED, task.findings),
    )


def parts(report: Report) -> Iterator[tuple[str, Report]]:
    """The report of every responsible unit, with the unit as a file may be named, each name once."""
    for owner, name in file_names(_owners(report)):
        yield name, of_owner(report, owner)


def file_names(owners: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Responsible units, each with the name of its file, which no other has."""
    used: set[str] = set()
    for owner in owners:
        plain = _BAD_IN_FILE.sub(" ", owner).strip(" .")[:_FILE_NAME] or NOBODY
        name, number = plain, 2
        while name.casefold() in used:
            name, number = f"{plain}-{number}", number + 1
        used.add(name.casefold())
        yield owner, name


def _owners(report: Report) -> Iterable[str]:
    """The responsible units of a report, in the order of 整改清单, then those without any task."""
    named = [task.owner for task in tasks(report.findings)]
    named += [result.reading.account.owner or NOBODY for result in report.accounts]
    named += [result.reading.column.owner or NOBODY for result in report.columns]
    return dict.fromkeys(named)


def of_owner(report: Report, owner: str) -> Report:
    """The part of a report that concerns one unit."""
    accounts = tuple(one for one in report.accounts if (one.reading.account.owner or NOBODY) == owner)
    columns = tuple(one for one in report.columns if (one.reading.column.owner or NOBODY) == owner)
    ids = {one.reading.account.id for one in accounts} | {one.reading.column.id for one in columns}
    addresses = {one.reading.column.url for one in columns}
    since = report.since
    if since:
        mine = tuple(one for one in since.past if (one.finding.owner or NOBODY) == owner)
        # What was found in former runs, and what is silent, is of all units.
        since = replace(since, past=mine, silenced=(), trend=())
    return replace(
        report,
        since=since,
        accounts=accounts,
        columns=columns,
        findings=tuple(finding for finding in report.findings if (finding.owner or NOBODY) == owner),
        links=tuple(link for link in report.links if link.account in ids or link.column in ids),
        link_counts=(),
        unopened=tuple(files for files in report.unopened if files.account in ids),
        problems=tuple(one for one in report.problems if one.column in addresses or not ids.isdisjoint(one.accounts)),
    )
