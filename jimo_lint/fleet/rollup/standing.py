"""What is concluded of a site and of an account: by 单项否决 alone, and never 合格 where it was not looked at."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from jimo_lint.fleet.rollup.rows import AccountRow, IndicatorRow
from jimo_lint.model import IndicatorStatus, Measure, Part, UpdateStatus
from jimo_lint.model.rollup import SiteStanding

# What a reason names one by one.
_NAMED = 3
_UNSETTLED = (IndicatorStatus.UNKNOWN, IndicatorStatus.UNCHECKED)


class Seen(NamedTuple):
    """What the report of a site says of how much was looked at. off: veto rules that were switched off."""

    collected: bool
    documents: int
    links_asked: bool
    off: tuple[str, ...]


def of_site(indicators: Iterable[IndicatorRow], grave: Iterable[str], seen: Seen) -> tuple[SiteStanding, str]:
    """How a site stands, and why. grave: titles of its veto findings.

    19号：出现任一单项否决即不合格. Indicators that only a person judges decide nothing here. Neither does the timing of
    visits where there were too few of them: that is no part of an inspection (see `unprobed`).
    """
    vetoes = [one for one in indicators if one.part == Part.VETO and one.measure]
    reached = [one.point for one in vetoes if one.standing == IndicatorStatus.REACHED]
    if reached:
        return SiteStanding.FAILED, f"达到否决值：{_listed(reached)}"
    if titles := list(dict.fromkeys(grave)):
        return SiteStanding.FAILED, f"有否决级问题：{_listed(titles)}"
    missed = []
    if not seen.collected:
        missed.append("采集没有完成")
    elif not seen.documents:
        missed.append("一页也没有读到")
    if not vetoes:
        missed.append("报告里没有单项否决指标")
    if seen.off:
        missed.append(f"规则没有启用（{_listed(seen.off)}）")
    if not seen.links_asked:
        missed.append("没有核对链接")
    open_ones = [one for one in vetoes if one.standing in _UNSETTLED and one.measure != Measure.AVAILABILITY]
    if seen.collected and open_ones:
        missed.append(f"未能判定：{_listed([one.point for one in open_ones])}")
    return (SiteStanding.UNKNOWN, "；".join(missed)) if missed else (SiteStanding.PASSED, "")


def is_unprobed(indicators: Iterable[IndicatorRow]) -> bool:
    """Whether it is not known how often the site can be reached."""
    return any(one.measure == Measure.AVAILABILITY and one.standing in _UNSETTLED for one in indicators)


def of_account(row: AccountRow, grave: Iterable[str], unread: str, seen: Seen) -> tuple[SiteStanding, str]:
    """How an account stands, and why. grave: titles of its veto findings; unread: what of it was not read.

    row: as far as its standing does not matter.
    """
    if titles := list(dict.fromkeys(grave)):
        return SiteStanding.FAILED, _listed(titles)
    if row.status == UpdateStatus.UNKNOWN:
        return SiteStanding.UNKNOWN, "资料不足，未能判定"
    if row.status == UpdateStatus.BLANK:
        return SiteStanding.UNKNOWN, "账号无内容，请核实是否还在使用"
    if row.status == UpdateStatus.STALE:
        return SiteStanding.UNKNOWN, "超期未更新，但没有列为问题（规则没有启用，或审核为误报）"
    if unread:
        return SiteStanding.UNKNOWN, f"没有读全：{unread}"
    if not seen.collected:
        return SiteStanding.UNKNOWN, "采集没有完成"
    if seen.off:
        return SiteStanding.UNKNOWN, f"规则没有启用（{_listed(seen.off)}）"
    if not row.posts:
        return SiteStanding.UNKNOWN, "没有读到内容"
    return SiteStanding.PASSED, ""


def _listed(words: Iterable[str]) -> str:
    every = list(words)
    return "、".join(every[:_NAMED]) + (f"等 {len(every)} 项" if len(every) > _NAMED else "")
