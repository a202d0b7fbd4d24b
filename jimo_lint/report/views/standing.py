"""Which units and which of the things inspected pass, among those that were looked at."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from jimo_lint.model import Account, AccountResult, Column, ColumnResult, Finding, Report, Severity, UpdateStatus
from jimo_lint.report.views.overview import view
from jimo_lint.report.views.owners import NOBODY

PASSED, FAILED, UNKNOWN = "合格", "不合格", "未能作出结论"
UNIT = "责任单位"
# From this on a problem is a fault that an object fails for.
LEAST = Severity.ERROR


class Standing(NamedTuple):
    """What is concluded of one object. noun: `UNIT`, or that of its result. conclusion: one of the three, or of what is
    not judged yet how it stands. faults: of weight; reason: why nothing is."""

    noun: str
    name: str
    owner: str
    conclusion: str
    faults: int
    reason: str = ""


class Rate(NamedTuple):
    """合格率 of the objects of one noun. judged: the denominator, those of which something is concluded."""

    noun: str
    all: int
    judged: int
    passed: int

    @property
    def share(self) -> float | None:
        """None where nothing was concluded."""
        return self.passed / self.judged if self.judged else None


def standings(
    reports: Iterable[Report], findings: Iterable[Finding], dismissed: Iterable[Finding] = ()
) -> tuple[Standing, ...]:
    """Of all units, then of every result of the reports.

    findings: of all reports; dismissed: those that reviewers took for false alarms.
    """
    faults = [finding for finding in findings if finding.severity >= LEAST]
    of, cleared = Counter(map(_whose, faults)), set(map(_whose, dismissed))
    objects: list[Standing] = []
    for report in reports:
        results: tuple[AccountResult | ColumnResult, ...] = (*report.accounts, *report.columns)
        for result in results:
            thing = result.reading.account if isinstance(result, AccountResult) else result.reading.column
            key = (thing.id if isinstance(thing, Account) else thing.name, thing.owner)
            objects.append(_standing(report, result, thing, of[key], key in cleared))
        if others := getattr(view(report.run.inspection), "standings", None):
            objects += others(report)
    return (*_units(objects, faults), *objects)


def rates(standing: Iterable[Standing]) -> tuple[Rate, ...]:
    """One a noun, in the order in which they are met."""
    groups: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for one in standing:
        groups[one.noun][one.conclusion] += 1
    return tuple(
        Rate(noun, found.total(), found[PASSED] + found[FAILED], found[PASSED]) for noun, found in groups.items()
    )


def _whose(finding: Finding) -> tuple[str, str]:
    """Account or column, with its unit, since two columns may have one name."""
    return finding.account or finding.column_name, finding.owner


def _standing(
    report: Report, result: AccountResult | ColumnResult, thing: Account | Column, faults: int, cleared: bool
) -> Standing:
    if faults:
        return Standing(result.NOUN, thing.name, thing.owner, FAILED, faults)
    why = _unseen(report, result, thing)
    if not why and result.status in (UpdateStatus.STALE, UpdateStatus.BLANK) and not cleared:
        why = f"{result.conclusion}，但没有列为问题（有关规则没有启用）"
    return Standing(result.NOUN, thing.name, thing.owner, UNKNOWN if why else PASSED, 0, why)


def _unseen(report: Report, result: AccountResult | ColumnResult, thing: Account | Column) -> str:
    """Why it cannot be said to be without faults; "" where it was looked at."""
    if result.status is UpdateStatus.UNKNOWN:
        return result.reason or result.reading.reason or result.conclusion
    mine = (one for one in report.problems if not one.excused and (thing.id in one.accounts or one.column == thing.id))
    if (problem := next(mine, None)) is not None:
        return f"没有读全：{problem.message}"
    if not report.run.complete:
        return "采集没有完成，没有读全"
    read = result.reading.posts if isinstance(result, AccountResult) else result.reading.read_pages
    return "" if read or result.status is not UpdateStatus.EXEMPT else "没有更新义务，也没有读到内容"


def _units(objects: Iterable[Standing], faults: Iterable[Finding]) -> Iterator[Standing]:
    """Of every unit that is named: it fails with anything of its own, and passes where all of its own does."""
    mine: defaultdict[str, list[Standing]] = defaultdict(list)
    for one in objects:
        mine[one.owner or NOBODY].append(one)
    count = Counter(finding.owner or NOBODY for finding in faults)
    for owner in sorted(mine.keys() | count.keys()):
        if owner == NOBODY:
            continue
        unseen = [one for one in mine[owner] if one.conclusion == UNKNOWN]
        if count[owner] or any(one.conclusion == FAILED for one in mine[owner]):
            yield Standing(UNIT, owner, owner, FAILED, count[owner])
        elif unseen:
            named = "、".join(f"{one.noun}“{one.name}”" for one in unseen)
            yield Standing(UNIT, owner, owner, UNKNOWN, 0, f"{named}未能作出结论")
        else:
            yield Standing(UNIT, owner, owner, PASSED, 0)
