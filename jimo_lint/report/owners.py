"""Sorts a report by responsible unit: 整改清单, one sheet a unit, and the part of a report that concerns one unit."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from jimo_lint.model import Finding, Report, Severity
from jimo_lint.report import phrases
from jimo_lint.report.cells import Value
from jimo_lint.report.workbook import Book, Field

NOBODY = "（未填责任单位）"

_FIELDS = (
    Field("序号", 5.5, "number"),
    Field("责任单位", 16),
    Field("{whom}", 16, "strong"),
    Field("级别", 7, "centre"),
    Field("问题", 15),
    Field("处数", 6, "number"),
    Field("例", 34, "small"),
    Field("怎样改", 34, "small"),
    Field("建议整改时限", 14.5, "centre"),
    Field("整改情况", 11),
    Field("整改人", 8),
    Field("完成日期", 10, "date"),
)
# What a sheet may not be called, and how long its name may be.
_BAD_IN_SHEET = re.compile(r"[\[\]:*?/\\'\x00-\x1f]")
_SHEET_NAME = 31
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
    groups: dict[tuple[str, str, str], list[Finding]] = {}
    for finding in findings:
        whom = finding.account_name or finding.column_name or finding.subject
        groups.setdefault((finding.owner or NOBODY, whom, finding.code), []).append(finding)
    made = [Task(owner, whom, tuple(found)) for (owner, whom, _), found in groups.items()]
    worst: dict[str, tuple[int, int]] = {}
    for task in made:
        grade, count = worst.get(task.owner, (0, 0))
        worst[task.owner] = (max(grade, task.worst), count + 1)
    made.sort(key=lambda task: (-worst[task.owner][0], -worst[task.owner][1], task.owner, -task.worst, task.whom))
    return made


def rectification_sheet(book: Book, report: Report, name: str = "整改清单", whom: str = "账号") -> None:
    """Every unit with what it has to correct, and room to write down what became of it. whom: what has a unit."""
    _sheet(book, name, report, tasks(report.findings), whom)


def unit_sheets(book: Book, report: Report) -> None:
    """The same, one sheet for every unit."""
    by_owner: dict[str, list[Task]] = {}
    for task in tasks(report.findings):
        by_owner.setdefault(task.owner, []).append(task)
    used = {name.casefold() for name in book.sheets}
    for owner, mine in by_owner.items():
        plain = _BAD_IN_SHEET.sub(" ", owner).strip() or NOBODY
        name, number = plain[:_SHEET_NAME], 2
        while name.casefold() in used:
            name, number = f"{plain[: _SHEET_NAME - 4]} {number}", number + 1
        used.add(name.casefold())
        _sheet(book, name, report, mine)


def _sheet(book: Book, name: str, report: Report, made: Sequence[Task], whom: str = "账号") -> None:
    fields = [replace(field, title=field.title.format(whom=whom)) for field in _FIELDS]
    sheet = book.sheet(name, [field.width for field in fields], freeze="A2")
    remedies = {rule.code: rule.fix for rule in report.rules}
    rows = sheet.table(fields, (_row(number, task, report, remedies) for number, task in enumerate(made, 1)))
    if not made:
        sheet.band("没有需要整改的问题。", "note")
    sheet.tint(4, rows, ("否决", "错误", "警告", "提示"))
    sheet.choices(10, rows, ("已整改", "整改中", "误报", "无需整改"))
    sheet.repeat(1)


def _row(number: int, task: Task, report: Report, remedies: Mapping[str, str]) -> Sequence[Value]:
    gravest = max(task.findings, key=lambda finding: finding.severity)
    return (
        number,
        task.owner,
        task.whom,
        task.worst.label,
        gravest.title,
        len(task.findings),
        gravest.message,
        remedies.get(gravest.code, ""),
        phrases.deadline(gravest, report),
        None,
        None,
        None,
    )


def parts(report: Report) -> Iterator[tuple[str, Report]]:
    """The report of every responsible unit, with the unit as a file may be named, each name once."""
    used: set[str] = set()
    for owner in _owners(report):
        plain = _BAD_IN_FILE.sub(" ", owner).strip(" .")[:_FILE_NAME] or NOBODY
        name, number = plain, 2
        while name.casefold() in used:
            name, number = f"{plain}-{number}", number + 1
        used.add(name.casefold())
        yield name, of_owner(report, owner)


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
    return replace(
        report,
        accounts=accounts,
        columns=columns,
        findings=tuple(finding for finding in report.findings if (finding.owner or NOBODY) == owner),
        links=tuple(link for link in report.links if link.account in ids or link.column in ids),
        link_counts=(),
        problems=tuple(one for one in report.problems if one.column in addresses or not ids.isdisjoint(one.accounts)),
    )
