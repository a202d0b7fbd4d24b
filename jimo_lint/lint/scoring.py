"""Puts findings, columns, accounts and visits to the indicators of a standard: counts, points, and the sum in words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from jimo_lint.lint.availability import availability
from jimo_lint.model import (
    AccountResult,
    ColumnKind,
    ColumnResult,
    Finding,
    Indicator,
    IndicatorResult,
    IndicatorStatus,
    Judge,
    Measure,
    Part,
    Probe,
    Profile,
    Severity,
    UpdateStatus,
)

# How many pieces of evidence a row names; all of them stand in their own sheets.
_NAMED = 20
# Rules that judge where a link leads, and so find nothing where links were not asked; the other L rules read pages.
_OF_TARGETS = ("L10", "L11", "L127", "L128", "L129", "L130")


@dataclass(frozen=True, slots=True)
class Material:
    """What a run knows. newest_home: of what the home page links to, None where no date was read.

    complete: the crawl came to its end; without that nothing can be said not to be there. unchecked: link targets that
    were never asked. rules: codes in force, None for all.
    """

    as_of: date
    findings: Sequence[Finding] = ()
    columns: Sequence[ColumnResult] = ()
    accounts: Sequence[AccountResult] = ()
    newest_home: date | None = None
    probes: Sequence[Probe] = ()
    complete: bool = True
    unchecked: int = 0
    rules: frozenset[str] | None = None
    weekly: bool = False


def score(profile: Profile, material: Material) -> tuple[IndicatorResult, ...]:
    """Every indicator of this kind of inspection with what can be said of it, in the order of the standard."""
    results: list[IndicatorResult] = []
    charged: dict[str, str] = {}
    for indicator in profile.indicators:
        if indicator.weekly == material.weekly:
            result = _deducted(_in_force(_measured(indicator, material), material), charged)
            if result.deduction:
                charged.update(dict.fromkeys(result.evidence, indicator.name))
            results.append(result)
    return tuple(results)


def _measured(indicator: Indicator, material: Material) -> IndicatorResult:
    match indicator.measure:
        case Measure.FINDINGS:
            return _findings(indicator, material)
        case Measure.STALE:
            return _stale(indicator, material)
        case Measure.BLANK:
            return _blank(indicator, material)
        case Measure.HOME:
            return _home(indicator, material)
        case Measure.ACCOUNT:
            return _accounts(indicator, material)
        case Measure.AVAILABILITY:
            return availability(indicator, material.probes, material.as_of)
        case None:
            return IndicatorResult(indicator, IndicatorStatus.OPEN, arithmetic="机器不能判定")


def _in_force(result: IndicatorResult, material: Material) -> IndicatorResult:
    """未检 instead of a clean bill where a rule of the indicator was switched off; what was seen counts."""
    off = _off(result.indicator, material)
    if not off or result.standing in (IndicatorStatus.REACHED, IndicatorStatus.OPEN):
        return result
    return replace(result, standing=IndicatorStatus.UNCHECKED, arithmetic=f"{off}，不下结论；{result.arithmetic}")


def _off(indicator: Indicator, material: Material) -> str:
    """Which of its rules were switched off; "" where none was."""
    off = [code for code in indicator.rules if material.rules is not None and code not in material.rules]
    return f"{'、'.join(off)} 没有启用" if off else ""


def _findings(indicator: Indicator, material: Material) -> IndicatorResult:
    found = [finding for finding in material.findings if finding.code in indicator.rules]
    codes = "、".join(indicator.rules)
    evidence = _named(finding.matched or finding.subject for finding in found)
    unread = _unread(indicator, material)
    if indicator.judged is Judge.ASSISTED:
        grave = [finding for finding in found if finding.severity is Severity.VETO]
        said = f"机器发现 {len(found)} {indicator.unit}（{codes}）" if found else f"机器没有发现（{codes}），不等于没有"
        said = "；".join(part for part in (_off(indicator, material), said, unread) if part)
        standing = IndicatorStatus.REACHED if _enough(indicator, len(grave)) else IndicatorStatus.OPEN
        return IndicatorResult(indicator, standing, len(found), arithmetic=said, evidence=evidence)
    said = f"{len(found)} {indicator.unit}（{codes}）"
    standing = IndicatorStatus.REACHED if _enough(indicator, len(found)) else IndicatorStatus.CLEAR
    if standing is IndicatorStatus.CLEAR and unread:
        standing, said = IndicatorStatus.UNKNOWN, f"{said}；{unread}"
    return IndicatorResult(indicator, standing, len(found), arithmetic=said, evidence=evidence)


def _unread(indicator: Indicator, material: Material) -> str:
    """Why no finding is no proof of health; "" where all was looked at."""
    if not material.complete:
        return "采集没有完成"
    if material.unchecked and any(code.startswith(_OF_TARGETS) for code in indicator.rules):
        return f"{material.unchecked} 个链接没有核对"
    return ""


def _stale(indicator: Indicator, material: Material) -> IndicatorResult:
    limits = {ColumnKind(kind): limit for kind, limit in indicator.limits.items()}
    concerned = [result for result in material.columns if result.reading.column.kind in limits]
    found = []
    for result in concerned:
        newest = result.reading.newest
        limit = limits[result.reading.column.kind]
        if newest and _dated(result) and limit.exceeded(newest, material.as_of):
            found.append(f"{result.reading.column.name}（{newest}）")
    kinds = "、".join(f"{kind.label} {limit}" for kind, limit in limits.items())
    return _counted(indicator, material, concerned, found, f"未更新（{kinds}）")


def _dated(result: ColumnResult) -> bool:
    """Whether the newest date may be held against the column, by whatever limit: as `checks.columns` sees it."""
    reading = result.reading
    return result.status is not UpdateStatus.UNKNOWN and not reading.mostly_undated and not reading.column.exempt


def _blank(indicator: Indicator, material: Material) -> IndicatorResult:
    found = [result.reading.column.name for result in material.columns if result.status is UpdateStatus.BLANK]
    return _counted(indicator, material, material.columns, found, "空白")


def _counted(
    indicator: Indicator, material: Material, concerned: Sequence[ColumnResult], found: Sequence[str], word: str
) -> IndicatorResult:
    """The verdict on a count of columns: unread columns matter where they could make the difference."""
    count, unread = len(found), sum(result.status is UpdateStatus.UNKNOWN for result in concerned)
    said = f"{len(concerned)} 个栏目中 {count} 个{word}，门槛 {indicator.bar}"
    if unread:
        said += f"；另有 {unread} 个未能判定，未计入"
    if not concerned:
        kinds = "、".join(ColumnKind(kind).label for kind in indicator.limits)
        standing = IndicatorStatus.OPEN if indicator.judged is Judge.ASSISTED else IndicatorStatus.UNKNOWN
        return IndicatorResult(indicator, standing, 0, arithmetic=f"没有配置{kinds}栏目")
    if indicator.judged is Judge.ASSISTED:
        return IndicatorResult(indicator, IndicatorStatus.OPEN, count, arithmetic=said, evidence=_named(found))
    standing = IndicatorStatus.REACHED if _enough(indicator, count) else IndicatorStatus.CLEAR
    if standing is IndicatorStatus.CLEAR and (not material.complete or _enough(indicator, count + unread)):
        standing = IndicatorStatus.UNKNOWN
        said += "" if material.complete else "；采集没有完成"
    return IndicatorResult(indicator, standing, count, arithmetic=said, evidence=_named(found))


def _home(indicator: Indicator, material: Material) -> IndicatorResult:
    newest, limit = material.newest_home, indicator.limits["home"]
    if newest is None:
        return IndicatorResult(indicator, IndicatorStatus.UNKNOWN, arithmetic="没有读到首页所链信息的日期")
    age = (material.as_of - newest).days
    said = f"首页最近更新 {newest}，至 {material.as_of} 已 {age} 天，门槛 {limit}"
    if not limit.exceeded(newest, material.as_of):
        return IndicatorResult(indicator, IndicatorStatus.CLEAR, 0, arithmetic=said)
    if not material.complete:
        return IndicatorResult(indicator, IndicatorStatus.UNKNOWN, arithmetic=f"{said}；采集没有完成")
    return IndicatorResult(indicator, IndicatorStatus.REACHED, 1, arithmetic=said)


def _accounts(indicator: Indicator, material: Material) -> IndicatorResult:
    if not material.accounts:
        return IndicatorResult(indicator, IndicatorStatus.UNKNOWN, arithmetic="没有配置账号")
    limit = indicator.limits["account"]
    found = [
        f"{result.reading.account.name}（{result.reading.newest}）"
        for result in material.accounts
        if result.status is UpdateStatus.STALE
        and result.reading.newest
        and limit.exceeded(result.reading.newest, material.as_of)
    ]
    unread = sum(result.status is UpdateStatus.UNKNOWN for result in material.accounts)
    said = f"{len(material.accounts)} 个账号中 {len(found)} 个 {limit}内未更新"
    said += f"；另有 {unread} 个未能判定，未计入" if unread else ""
    standing = IndicatorStatus.REACHED if _enough(indicator, len(found)) else IndicatorStatus.CLEAR
    if standing is IndicatorStatus.CLEAR and _enough(indicator, len(found) + unread):
        standing = IndicatorStatus.UNKNOWN
    return IndicatorResult(indicator, standing, len(found), arithmetic=said, evidence=_named(found))


def _enough(indicator: Indicator, count: float) -> bool:
    return indicator.threshold is not None and count >= indicator.threshold


def _named(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for name in names if name))[:_NAMED]


def _deducted(result: IndicatorResult, charged: Mapping[str, str]) -> IndicatorResult:
    """Points for what the machine found, at most the cap; an assisted indicator takes nothing off by itself.

    charged: what points were taken off for already, with the indicator's name; nothing is charged twice (19号：已按
    其他指标扣分的，不再重复扣分).
    """
    indicator = result.indicator
    if indicator.part is not Part.DEDUCTION or not result.reached or result.count is None:
        return result
    if indicator.deduction is None or indicator.cap is None:
        return replace(result, arithmetic=f"{result.arithmetic}；分值未核到，不计分")
    repeated = [name for name in result.evidence if name in charged]
    count = result.count - len(repeated)
    raw = count * indicator.deduction
    points = min(raw, indicator.cap)
    said = f"；{count:g} {indicator.unit} × {indicator.deduction:g} 分 = {raw:g} 分"
    said += f"，按上限扣 {points:g} 分" if raw > points else ""
    said += "".join(f"；{name}已按“{charged[name]}”扣分，不重复扣" for name in repeated)
    return replace(result, deduction=points, arithmetic=result.arithmetic + said)


@dataclass(frozen=True, slots=True)
class Tally:
    """What may be said of the points: deducted by the machine, and how many rows nobody has judged yet."""

    deducted: float
    unjudged: int

    @classmethod
    def of(cls, results: Iterable[IndicatorResult]) -> Tally:
        """No total is made of it: most of the hundred points need a person or are not known."""
        points = [result for result in results if result.indicator.part is Part.DEDUCTION]
        judged = [result for result in points if result.standing is IndicatorStatus.CLEAR or result.deduction]
        return cls(sum(result.deduction for result in points), len(points) - len(judged))

    def __str__(self) -> str:
        return f"机器已核扣分 {self.deducted:g} 分，未核 {self.unjudged} 项，不计总分"
