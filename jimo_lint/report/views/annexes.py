"""The annexes of a 通报: the problems by kind, what is concluded of each object, and what was not looked at."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import NamedTuple

from jimo_lint.model import Finding, Opinion, Report, Severity, State
from jimo_lint.model.families import FAMILIES, family
from jimo_lint.model.ledger import Entry, Ledger
from jimo_lint.model.requests import RequestResult
from jimo_lint.privacy import mask_text
from jimo_lint.report import phrases
from jimo_lint.report.views.owners import NOBODY
from jimo_lint.report.views.scope import left_out
from jimo_lint.report.views.standing import FAILED, UNIT, UNKNOWN, Standing, standings
from jimo_lint.report.views.table import Field, Row, Table, Value
from jimo_lint.report.views.unread import problems, unopened_files, unshown

FINDINGS = "工作簿“问题明细”"
# Rows of one kind that the list takes, gravest first, and lines of what was not seen: a 通报 is read on paper.
_MOST, MOST_UNSEEN, MOST_REQUESTS = 100, 200, 200

_LIST = (
    Field("序号", 5, "number"),
    Field("责任单位", 14),
    Field("栏目（账号）", 13),
    Field("问题", 13),
    Field("级别", 6, "centre"),
    Field("说明", 34, "small"),
    Field("网址", 25, "address"),
    Field("整改期限", 12, "date"),
    Field("现状", 11, "small"),
)
_OBJECTS = (
    Field("序号", 5, "number"),
    Field("类别", 9, "centre"),
    Field("名称", 24),
    Field("责任单位", 22),
    Field("结论", 13, "centre"),
    Field("错误级以上问题（个）", 11, "number"),
    Field("未能作出结论的缘由", 42),
)
_UNSEEN = (
    Field("序号", 5, "number"),
    Field("检查", 10, "centre"),
    Field("位置", 52, "address"),
    Field("个数", 6, "number"),
    Field("情况", 50),
)


class Item(NamedTuple):
    """A problem of the list. entry: None where the ledger does not know it."""

    finding: Finding
    entry: Entry | None

    @property
    def owner(self) -> str:
        return self.finding.owner or NOBODY

    @property
    def is_open(self) -> bool:
        return self.entry is None or self.entry.closed is None


class Kind(NamedTuple):
    """The problems of one family, in the order of the list. first: number of the first row; listed: how many rows."""

    title: str
    items: tuple[Item, ...]
    first: int
    listed: int

    @property
    def rows(self) -> str:
        last = self.first + self.listed - 1
        where = f"附件1序号{self.first}" if self.listed == 1 else f"附件1序号{self.first}至{last}"
        more = f"，列出最重的{self.listed}个，全部见{FINDINGS}" if self.listed < len(self.items) else ""
        return f"（{where}{more}）"


class Facts(NamedTuple):
    """What a 通报 is about.

    items: all that was found and not dismissed, notices among them. dismissed: how many a 误报 keeps silent. kinds: of
    the items that are more than notices. unseen: the rows of the third annex, which is cut where they are many.
    """

    items: tuple[Item, ...]
    dismissed: int
    kinds: tuple[Kind, ...]
    standing: tuple[Standing, ...]
    unseen: tuple[Row, ...]

    @property
    def reported(self) -> tuple[Item, ...]:
        """The items of the first annex."""
        return tuple(item for kind in self.kinds for item in kind.items)

    @property
    def tables(self) -> tuple[Table, ...]:
        """The annexes in the order of their numbers; the third only where something was not seen."""
        made = (
            Table("问题清单", _LIST, tuple(_list(self.kinds))),
            Table("检查对象和结论", _OBJECTS, tuple(_objects(self.standing))),
            Table("没有查到的内容", _UNSEEN, self.unseen[:MOST_UNSEEN]),
        )
        return made if self.unseen else made[:2]


def facts(reports: Sequence[Report], given: Ledger) -> Facts:
    """Of the last runs of one inspection or several. given: the ledger of the same store and day."""
    inspected = {report.run.inspection for report in reports}
    dismissed = [entry.finding for entry in given.silenced if entry.inspection in inspected]
    items = tuple(_items(reports, given))
    return Facts(
        items,
        len(dismissed),
        tuple(_kinds(item for item in items if item.finding.severity > Severity.NOTICE)),
        standings(reports, [item.finding for item in items], dismissed),
        tuple(_unseen(reports, given)),
    )


def _items(reports: Iterable[Report], given: Ledger) -> Iterator[Item]:
    """What the reports found and no 误报 keeps silent now."""
    known = {(entry.inspection, entry.finding.fingerprint): entry for entry in given.entries}
    for report in reports:
        for finding in report.findings:
            entry = known.get((report.run.inspection, finding.fingerprint))
            if entry is None or not entry.silenced:
                yield Item(finding, entry)


def _kinds(items: Iterable[Item]) -> Iterator[Kind]:
    """By family, gravest and most numerous first; within one by level, then the units with most of them first."""
    groups: defaultdict[str, list[Item]] = defaultdict(list)
    for item in items:
        groups[family(item.finding.code).letter].append(item)
    order = sorted(
        groups, key=lambda letter: (-max(item.finding.severity for item in groups[letter]), -len(groups[letter]))
    )
    first = 1
    for letter in order:
        mine = groups[letter]
        count = Counter(item.owner for item in mine)

        def place(item: Item, count: Counter[str] = count) -> tuple[object, ...]:
            finding = item.finding
            whom = finding.account_name or finding.column_name
            return -finding.severity, -count[item.owner], item.owner, whom, finding.code, finding.url

        listed = min(len(mine), _MOST)
        yield Kind(FAMILIES[letter].title, tuple(sorted(mine, key=place)), first, listed)
        first += listed


def _list(kinds: Iterable[Kind]) -> Iterator[Row]:
    number = 0
    for kind in kinds:
        for item in kind.items[: kind.listed]:
            number += 1
            finding, entry = item.finding, item.entry
            limit = phrases.limit_day(entry.history) if entry else "核实后处理"
            yield _masked(
                number,
                item.owner,
                finding.account_name or finding.column_name or finding.subject,
                finding.title,
                finding.severity.label,
                finding.message + (f"（{held}）" if (held := phrases.place(finding)) else ""),
                finding.url,
                limit.isoformat() if isinstance(limit, date) else limit,
                _now(entry),
            )


def claimed(entry: Entry) -> bool:
    """Whether it is said to be mended, and nobody has looked since."""
    state, decision = entry.history.state, entry.history.decision
    return entry.is_open and state is not State.UNDONE and decision is not None and decision.opinion is Opinion.MENDED


def _now(entry: Entry | None) -> str:
    """未整改 with what the ledger knows of it, or how it was mended."""
    if entry is None:
        return "未整改"
    history = entry.history
    if entry.closed or history.state is State.UNDONE:
        return history.state.label
    if history.disputed:
        return "意见不一"
    if history.decision and history.decision.opinion is Opinion.DEFERRED and history.due:
        return f"暂缓至{history.due.isoformat()}"
    late = f"超期{history.overdue}个工作日" if history.overdue else ""
    if claimed(entry):
        return "，".join(filter(None, ("报称已整改", "待复查", late)))
    return late or "未整改"


def _objects(standing: Iterable[Standing]) -> Iterator[Row]:
    for number, one in enumerate(_listed(standing), 1):
        owner = "" if one.noun == UNIT else one.owner or NOBODY
        yield _masked(number, one.noun, one.name, owner, one.conclusion, one.faults, one.reason)


def _listed(standing: Iterable[Standing]) -> Iterator[Standing]:
    """All but requests with which all is well or nothing is due; of those a ledger has thousands."""
    requests = 0
    for one in standing:
        if one.noun == RequestResult.NOUN:
            requests += one.conclusion in (FAILED, UNKNOWN)
            if one.conclusion not in (FAILED, UNKNOWN) or requests > MOST_REQUESTS:
                continue
        yield one


def _unseen(reports: Iterable[Report], given: Ledger) -> Iterator[Row]:
    rows = (row for report in reports for row in _unseen_of(report, given.runs[report.run.inspection].title))
    for number, row in enumerate(rows, 1):
        yield _masked(number, *row)


def _unseen_of(report: Report, title: str) -> Iterator[Row]:
    if not report.run.complete:
        yield title, "", None, "采集没有完成，结果不全"
    for line in left_out(report):
        yield title, "检查范围", None, line
    for problem in problems(report):
        yield title, problem.place, None, problem.message
    for files in report.unopened:
        yield title, unopened_files(files)[0], files.count, "没有打开，内容没有检查"
    for result in report.accounts:
        for number, what in unshown(result.reading):
            yield title, f"账号“{result.reading.account.name}”", number, what
    for count in report.link_counts if report.links_asked else ():
        for word, number in (("没有检查", count.unchecked), ("待确认，还不能说打不开", count.inconclusive)):
            if number:
                yield title, f"{count.group.label}链接（工作簿中关于链接的表）", number, word


def _masked(*row: Value) -> Row:
    return tuple(mask_text(value) if isinstance(value, str) else value for value in row)
