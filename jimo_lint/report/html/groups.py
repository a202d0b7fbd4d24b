"""The findings of a page: by unit and 整改清单 group, as many as one can read, and how many of which kind there are."""

from __future__ import annotations

from base64 import b64encode
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any, NamedTuple

from jimo_lint.model import Finding, Report, Severity
from jimo_lint.report import phrases
from jimo_lint.report.html.grids import Cell, cell
from jimo_lint.report.views.findings import findings
from jimo_lint.report.views.owners import Task, rectification, tasks
from jimo_lint.report.views.since import STATES
from jimo_lint.report.views.table import Table
from jimo_lint.report.views.tones import TONES

# Findings that a page shows in all, some 3 MB of it at most: of each group the first, as many as leave the others room.
_SHOWN = 1_500
_STEPS = (100, 50, 20, 10, 5, 2, 1)
# Cut-outs of pictures, of some 4 KB each, that a page takes in.
_CUTOUTS = 200
# Groups that a kind of problem leads to; the others are in the lists of the units.
_LED = 12
_WHOM = "所属"
LATE = "超期"
_GRADES = {severity.label: f"grade-{severity.name.lower()}" for severity in reversed(Severity)}


class Found(NamedTuple):
    """One finding. advice: what the message does not say already; context: what stands around the word.

    state: how it stands since the last run, "" where there was none; known: since when, and whether it is overdue.
    offered: the page that offers the file; cutout: the part of a picture as an address that holds it, "" for none.
    """

    grade: str
    tone: str
    state: str
    known: str
    said: str
    advice: str
    context: Cell
    title: str
    address: Cell
    published: str
    where: str
    pages: int
    others: tuple[Cell, ...]
    offered: Cell
    cutout: str


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
    """The findings of one rule or unit of which a word is said. code: the rule's, "" of a unit.

    places: the first groups that hold them; left: how many further groups do.
    """

    title: str
    code: str
    count: int
    places: tuple[Place, ...]
    left: int


@dataclass(frozen=True, slots=True)
class Portion:
    """The findings that one word is said of: a severity, by kind, or a state, by unit."""

    id: str
    word: str
    count: int
    kinds: tuple[Kind, ...]

    @property
    def tone(self) -> str:
        """How the word is coloured."""
        return TONES[self.word]


@dataclass(frozen=True, slots=True)
class Rectification:
    """整改清单 of a page. states: how the findings stand since the last run, none where there was none; the overdue
    ones among them once more. shown: how many findings of `count` are on the page.
    """

    grades: tuple[Portion, ...]
    states: tuple[Portion, ...]
    units: tuple[Unit, ...]
    shown: int
    count: int


def compared(report: Report) -> bool:
    """Whether there is a run to compare this one with."""
    return report.since is not None and report.since.before is not None


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
        tuple(_states(made, groups)) if compared(report) else (),
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
    for number, (finding, row) in enumerate(zip(report.findings, _rows(findings(report, _WHOM)), strict=True), 1):
        others = [other for other in str(row["其他出现网址"]).split("\n") if other]
        yield Found(
            finding.severity.label,
            TONES[finding.severity.label],
            *_history(finding, report),
            row["说明"],
            "" if all(word in finding.message for word in finding.suggestions) else row["推荐修改"],
            cell(row["所在上下文"]),
            row["标题"],
            cell(row["网址"], lead=row["网址"]),
            f"{row['发布时间']:%Y-%m-%d}" if row["发布时间"] else "",
            _where(finding, drafts),
            finding.pages,
            tuple(cell(other, lead=other) for other in others),
            cell(finding.offered_by, lead=finding.offered_by),
            _cutout(finding) if number <= _CUTOUTS else "",
        )


def _cutout(finding: Finding) -> str:
    image = finding.region.cutout if finding.region else b""
    return f"data:image/webp;base64,{b64encode(image).decode()}" if image[:4] + image[8:12] == b"RIFFWEBP" else ""


def _history(finding: Finding, report: Report) -> tuple[str, str]:
    """The state in a word, and 首次发现 2026-01-10，超期 3 个工作日."""
    history = finding.history
    if history is None or not compared(report):
        return "", ""
    late = f"，超期 {history.overdue:,} 个工作日" if history.overdue else ""
    return history.state.label, f"首次发现 {history.first_seen.isoformat()}{late}"


def _where(finding: Finding, drafts: bool) -> str:
    """Where in the page or draft; a link's context says it."""
    locator = "" if finding.kind == "link" else finding.locator
    if not drafts or not finding.position or phrases.place(finding):
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


def _states(made: Sequence[Task], groups: Sequence[Group]) -> Iterator[Portion]:
    ids = {word: f"state-{number}" for number, word in enumerate(STATES, 1)}
    units = partial(_portions, made, groups, row=lambda task: (task.owner, ""), place=_titled)
    yield from units(ids, lambda one: one.history.state.label if one.history else "")
    yield from units({LATE: "late"}, lambda one: LATE if one.history and one.history.overdue else "")


def _grades(made: Sequence[Task], groups: Sequence[Group]) -> Iterator[Portion]:
    graded = partial(_portions, made, groups, row=_kind, place=lambda group: group.whom)
    return graded(_GRADES, lambda finding: finding.severity.label)


def _kind(task: Task) -> tuple[str, str]:
    return task.findings[0].title, task.findings[0].code


def _titled(group: Group) -> str:
    return f"{group.title}（{group.whom}）"


def _portions(
    made: Sequence[Task],
    groups: Sequence[Group],
    ids: Mapping[str, str],
    said: Callable[[Finding], str],
    *,
    row: Callable[[Task], tuple[str, str]],
    place: Callable[[Group], str],
) -> Iterator[Portion]:
    """The findings by what is said of them, then in rows, the most frequent first; without a word they are left out.

    ids: of the words, in their order. row: title and code of the row that a group counts in; place: what the lead to
    it says. Only groups that are shown can be led to.
    """
    total: Counter[tuple[str, tuple[str, str]]] = Counter()
    held: Counter[tuple[str, tuple[str, str]]] = Counter()
    places: defaultdict[tuple[str, tuple[str, str]], list[Place]] = defaultdict(list)
    for number, task in enumerate(made):
        heading = row(task)
        for word, count in Counter(map(said, task.findings)).items():
            key = word, heading
            total[key] += count
            held[key] += 1
            if number < len(groups) and len(places[key]) < _LED:
                places[key].append(Place(groups[number].id, place(groups[number]), count))
    for word, name in ids.items():
        mine = sorted((key for key in total if key[0] == word), key=lambda key: (-total[key], key))
        rows = tuple(Kind(*key[1], total[key], tuple(places[key]), held[key] - len(places[key])) for key in mine)
        if rows:
            yield Portion(name, word, sum(one.count for one in rows), rows)


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
