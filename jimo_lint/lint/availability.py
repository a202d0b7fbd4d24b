"""Judges a week of timed visits: could the site be opened."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from jimo_lint.model import Indicator, IndicatorResult, IndicatorStatus, Probe
from jimo_lint.model.terms import CHINA

# Answers of a guard to a robot, and faults on the visitor's side: a person may well see the page.
_BLOCKED = frozenset({202, 401, 403, 405, 407, 412, 418, 429, 521})
_NOT_OF_THE_SITE = frozenset({"private-address", "invalid-url", "tls", "challenge", "proxy", "proxy-refused"})


def opened(probe: Probe, seconds: float) -> bool | None:
    """Whether a person would have seen the page within `seconds`; None where the visit says nothing about it."""
    if probe.offline or probe.reason in _NOT_OF_THE_SITE or probe.status in _BLOCKED:
        return None
    return 0 < probe.status < 400 and probe.reason == "ok" and probe.seconds < seconds


@dataclass(frozen=True, slots=True)
class _Week:
    """The visits to one address in the days that are judged. short: days with too few visits that count."""

    url: str
    visits: int
    failed: int
    slow: int
    short: tuple[date, ...]
    void: int

    @property
    def share(self) -> float:
        """Failed visits in per cent."""
        return 100 * self.failed / self.visits if self.visits else 0.0


def availability(indicator: Indicator, probes: Iterable[Probe], as_of: date) -> IndicatorResult:
    """The indicator 站点无法访问; unknown, with the reason, where the visits do not make a full week.

    Several start addresses are judged one by one, and the worst one counts.
    """
    by_address: defaultdict[str, list[Probe]] = defaultdict(list)
    for probe in probes:
        by_address[probe.url].append(probe)
    if not by_address:
        said = "没有定时访问的记录；请用 cron 定时运行 jimo-lint probe，每天不少于 20 次"
        return IndicatorResult(indicator, IndicatorStatus.UNKNOWN, arithmetic=said)
    weeks = [_week(url, visits, indicator, as_of) for url, visits in sorted(by_address.items())]
    whole = [week for week in weeks if not week.short]
    worst = max(whole or weeks, key=lambda week: week.share)
    said = _sum(worst, indicator)
    if worst.short:
        named = f"{worst.short[0]} 等 {len(worst.short)} 天"
        said += f"；{named}有效访问不足 {indicator.params['visits']:g} 次，不能下结论"
        return IndicatorResult(indicator, IndicatorStatus.UNKNOWN, arithmetic=said, evidence=(worst.url,))
    # In whole numbers, so that exactly 5 % is 5 %.
    reached = indicator.threshold is not None and worst.failed * 100 >= indicator.threshold * worst.visits
    standing = IndicatorStatus.REACHED if reached else IndicatorStatus.CLEAR
    if standing is IndicatorStatus.CLEAR and len(whole) < len(weeks):
        standing, said = IndicatorStatus.UNKNOWN, f"{said}；另有 {len(weeks) - len(whole)} 个起始网址的访问次数不足"
    return IndicatorResult(indicator, standing, round(worst.share, 2), arithmetic=said, evidence=(worst.url,))


def _week(url: str, probes: Sequence[Probe], indicator: Indicator, as_of: date) -> _Week:
    days, wanted = int(indicator.params["days"]), indicator.params["visits"]
    seconds = indicator.params["seconds"]
    by_day: defaultdict[date, list[Probe]] = defaultdict(list)
    for probe in probes:
        by_day[_day(probe.at)].append(probe)

    def counted(day: date) -> list[Probe]:
        return [probe for probe in by_day[day] if opened(probe, seconds) is not None]

    # On the day of the inspection the day's visits are seldom complete; then the week before it is judged.
    last = as_of if len(counted(as_of)) >= wanted else as_of - timedelta(days=1)
    window = [last - timedelta(days=back) for back in reversed(range(days))]
    visits = [probe for day in window for probe in counted(day)]
    failed = [probe for probe in visits if not opened(probe, seconds)]
    return _Week(
        url=url,
        visits=len(visits),
        failed=len(failed),
        slow=sum(probe.seconds >= seconds for probe in failed),
        short=tuple(day for day in window if len(counted(day)) < wanted),
        void=sum(len(by_day[day]) for day in window) - len(visits),
    )


def _sum(week: _Week, indicator: Indicator) -> str:
    said = f"{indicator.params['days']:g} 天内有效访问 {week.visits} 次，打不开 {week.failed} 次"
    said += f"（其中超过 {indicator.params['seconds']:g} 秒 {week.slow} 次）" if week.slow else ""
    # Never rounded up to the threshold.
    share = int(week.share * 100) / 100
    said += f"，占 {share:g}%，门槛 {indicator.bar}" if week.visits else ""
    return said + (f"；另有 {week.void} 次因本机断网或被防护拦截，未计入" if week.void else "")


def _day(moment: datetime) -> date:
    # Days of the standard are days in China, wherever the probe runs.
    return moment.astimezone(CHINA).date()
