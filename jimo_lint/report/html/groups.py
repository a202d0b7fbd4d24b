"""The findings of a page: by unit and 整改清单 group, as many as one can read, and how many of which kind there are."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

from jimo_lint.model import Finding, Report, Severity
from jimo_lint.report.html.grids import Cell, cell
from jimo_lint.report.views.findings import findings
from jimo_lint.report.views.owners import Task, rectification, tasks
from jimo_lint.report.views.table import Table
from jimo_lint.report.views.tones import TONES

# Findings that a page shows in all, some 3 MB of it at most: of each group the first, as many as leave the others room.
_SHOWN = 1_500
_STEPS = (100, 50, 20, 10, 5, 2, 1)
# Groups that a kind of problem leads to; the others are in the lists of the units.
_LED = 12
_WHOM = "所属"


class Found(NamedTuple):
    """One finding. advice: what the message does not say already; context: what stands around the word."""

    grade: str
    tone: str
    said: str
    advice: str
    context: Cell
    title: str
    address: Cell
    published: str
    where: str
    pages: int
    others: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """The findings of one rule in one account, column or draft. counts: by severity, gravest first.

    left: how many more there are than are shown.
    """

    id: str
    grade: str
    tone: str
    title: str
    code: str
    whom: str
    counts: tuple[tuple[str, int], ...]
    deadline: str
    remedy: str
    basis: str
    found: tuple[Found, ...]
    left: int

    @property
    def count(self) -> int:
        """All findings of the group."""
        return len(self.found) + self.left


@dataclass(frozen=True, slots=True)
class Unit:
    """What one responsible unit has to correct. counts: of its findings by severity, gravest first, 0 as well.

    groups_left, left: groups that are not shown, and the findings in them.
    """

    id: str
    name: str
    counts: tuple[tuple[str, int], ...]
    groups: tuple[Group, ...]
    groups_left: int
    left: int

    @property
    def count(self) -> int:
        """All its findings."""
        return sum(count for _, count in self.counts)


@dataclass(frozen=True, slots=True)
class Place:
    """Where findings of a kind are: the id of their group, whose it is, and how many of them."""

    id: str
    whom: str
    count: int


@dataclass(frozen=True, slots=True)
class Kind:
    """The findings of one rule and severity. places: the first groups that hold them; left: further groups."""

    code: str
    title: str
    count: int
    places: tuple[Place, ...]
    left: int


@dataclass(frozen=True, slots=True)
class Grade:
    """The findings of one severity, by kind."""

    id: str
    word: str
    tone: str
    count: int
    kinds: tuple[Kind, ...]


@dataclass(frozen=True, slots=True)
class Rectification:
    """整改清单 of a page. shown: how many findings of `count` are on it."""

    grades: tuple[Grade, ...]
    units: tuple[Unit, ...]
    shown: int
    count: int


def rectify(report: Report) -> Rectification:
    """The findings of a report as a page shows them."""
    made = tasks(report.findings)
    most = _most(made)
    # What does not fit with one finding a group is left out whole, last what is least grave.
    fitting = made[:_SHOWN]
    told = _told(replace(report, findings=tuple(one for task in fitting for one in task.findings[:most])))
    groups: list[Group] = []
    for number, (task, row) in enumerate(zip(fitting, _rows(rectification(_of(report, fitting))), strict=True), 1):
        groups.append(_group(f"task-{number}", task, row, [next(told) for _ in task.findings[:most]]))
    return Rectification(
        tuple(_grades(made, groups)),
        tuple(_units(made, groups)),
        sum(len(group.found) for group in groups),
        len(report.findings),
    )


def _of(report: Report, made: Iterable[Task]) -> Report:
    return replace(report, findings=tuple(one for task in made for one in task.findings))


def _most(made: Sequence[Task]) -> int:
    """How many findings of each group fit."""
    return next((most for most in _STEPS if sum(min(len(one.findings), most) for one in made) <= _SHOWN), _STEPS[-1])


def _rows(table: Table) -> Iterator[Mapping[str, Any]]:
    titles = [field.title for field in table.fields]
    return (dict(zip(titles, row, strict=True)) for row in table.rows)


def _told(report: Report) -> Iterator[Found]:
    """The findings in the words of 问题明细."""
    drafts = report.run.inspection == "check"
    for finding, row in zip(report.findings, _rows(findings(report, _WHOM)), strict=True):
        others = [other for other in str(row["其他出现网址"]).split("\n") if other]
        yield Found(
            finding.severity.label,
            TONES[finding.severity.label],
            row["说明"],
            "" if all(word in finding.message for word in finding.suggestions) else row["推荐修改"],
            cell(row["所在上下文"]),
            row["标题"],
            cell(row["网址"], lead=row["网址"]),
            f"{row['发布时间']:%Y-%m-%d}" if row["发布时间"] else "",
            _where(finding, drafts),
            finding.pages,
            tuple(cell(other, lead=other) for other in others),
        )


def _where(finding: Finding, drafts: bool) -> str:
    """Where in the page or draft; a link's context says it."""
    locator = "" if finding.kind == "link" else finding.locator
    if not drafts or not finding.position:
        return locator
    line = f"第 {finding.position.line} 行"
    before = f"{locator}，" if locator not in ("", line) else ""
    return f"{before}{line}第 {finding.position.column} 字"


def _group(name: str, task: Task, row: Mapping[str, Any], found: list[Found]) -> Group:
    gravest = max(task.findings, key=lambda finding: finding.severity)
    counted = Counter(finding.severity for finding in task.findings)
    platform = row.get("平台")
    return Group(
        name,
        row["级别"],
        TONES[row["级别"]],
        row["问题"],
        gravest.code,
        f"{task.whom}（{platform}）" if platform else task.whom,
        tuple((severity.label, counted[severity]) for severity in reversed(Severity) if counted[severity]),
        row["建议整改时限"].replace("\n", ""),
        row["怎样改"],
        gravest.basis,
        tuple(found),
        len(task.findings) - len(found),
    )


def _grades(made: Sequence[Task], groups: Sequence[Group]) -> Iterator[Grade]:
    """By severity and kind, gravest and most frequent first; only groups that are shown can be led to."""
    kinds: defaultdict[tuple[Severity, str], list[Finding]] = defaultdict(list)
    places: defaultdict[tuple[Severity, str], list[Place]] = defaultdict(list)
    held: Counter[tuple[Severity, str]] = Counter()
    for number, task in enumerate(made):
        counted: Counter[tuple[Severity, str]] = Counter()
        for finding in task.findings:
            kinds[finding.severity, finding.code].append(finding)
            counted[finding.severity, finding.code] += 1
        for key, count in counted.items():
            held[key] += 1
            if number < len(groups) and len(places[key]) < _LED:
                places[key].append(Place(groups[number].id, groups[number].whom, count))
    for severity in reversed(Severity):
        mine = {code: found for (grade, code), found in kinds.items() if grade is severity}
        rows = tuple(
            Kind(
                code,
                mine[code][0].title,
                len(mine[code]),
                tuple(places[severity, code]),
                held[severity, code] - len(places[severity, code]),
            )
            for code in sorted(mine, key=lambda code: (-len(mine[code]), code))
        )
        if rows:
            name = f"grade-{severity.name.lower()}"
            yield Grade(name, severity.label, TONES[severity.label], sum(map(len, mine.values())), rows)


def _units(made: Sequence[Task], groups: Sequence[Group]) -> Iterator[Unit]:
    """By responsible unit, in the order of 整改清单."""
    mine: defaultdict[str, list[int]] = defaultdict(list)
    for number, task in enumerate(made):
        mine[task.owner].append(number)
    for place, (owner, numbers) in enumerate(mine.items(), 1):
        counted = Counter(finding.severity for number in numbers for finding in made[number].findings)
        beyond = [number for number in numbers if number >= len(groups)]
        yield Unit(
            f"unit-{place}",
            owner,
            tuple((severity.label, counted[severity]) for severity in reversed(Severity)),
            tuple(groups[number] for number in numbers if number < len(groups)),
            len(beyond),
            sum(len(made[number].findings) for number in beyond),
        )
