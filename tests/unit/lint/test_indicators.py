"""Every indicator that a machine judges has a case that just meets its threshold and one that just misses it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from jimo_lint.lint.checks.updates.account_freshness import judge as judge_account
from jimo_lint.lint.checks.updates.column_freshness import judge
from jimo_lint.lint.scoring import Material, Tally, score
from jimo_lint.model import (
    Account,
    AccountReading,
    AccountResult,
    Column,
    ColumnKind,
    ColumnReading,
    ColumnResult,
    Context,
    Finding,
    IndicatorResult,
    IndicatorStatus,
    Judge,
    MaxAge,
    Part,
    Platform,
    Probe,
    Profile,
    Severity,
    UpdateStatus,
)
from tests.support import shipped

# 31 August: six calendar months before it is the last day of February, 184 days back.
DAY = date(2026, 8, 31)
NATIONAL = shipped.national()
CONTEXT = Context(DAY, NATIONAL)
URL = "https://www.example.gov.cn/"


def days_ago(days: int) -> date:
    """A day before the inspection."""
    return DAY - timedelta(days=days)


def column(kind: str, newest: date | None, number: int = 0) -> ColumnResult:
    """A column as the check judges it; without a date it is blank."""
    url = f"{URL}{kind}{number}/"
    held = Column(url, f"{ColumnKind(kind).label}{number}", url, ColumnKind(kind))
    return judge(ColumnReading(held, newest, items=20 if newest else 0, read_pages=1), CONTEXT)


def columns(*given: tuple[str, date | None]) -> Material:
    """A site of these columns, and one that is fresh."""
    made = [column(kind, newest, number) for number, (kind, newest) in enumerate(given)]
    return Material(DAY, columns=[*made, column("news", DAY, 99)])


def account(newest: date) -> Material:
    """One account that last posted on a day."""
    held = Account("wechat:甲", "甲", Platform.WECHAT)
    result: AccountResult = judge_account(AccountReading(held, newest=newest, posts=20), CONTEXT)
    return Material(DAY, accounts=[result], weekly=True)


def findings(code: str, number: int, severity: Severity = Severity.ERROR, *, weekly: bool = False) -> Material:
    """So many distinct problems of one rule."""
    found = [Finding(code, "name", "题", severity, "说明", f"页{index}") for index in range(number)]
    return Material(DAY, found, weekly=weekly)


def visits(total: int, failed: int, *, seconds: float = 15.0, until: date = DAY, days: int = 7) -> list[Probe]:
    """So many visits spread over the days up to `until`, the failed ones slow by `seconds` and all of them answered."""
    made = []
    for number in range(total):
        day = until - timedelta(days=number % days)
        at = datetime(day.year, day.month, day.day, 1, tzinfo=UTC) + timedelta(seconds=20 * (number // days))
        made.append(Probe(URL, at, seconds if number < failed else 0.4, 200, "ok"))
    return made


def watched(*probes: Probe) -> Material:
    """A site that was visited so."""
    return Material(DAY, probes=probes)


OLD = days_ago(4000)
GRAVE = Severity.VETO

# By key: what just meets the threshold, what just misses it.
CASES: dict[str, tuple[Material, Material]] = {
    "grave-wording": (findings("S101", 1, GRAVE), findings("S109", 1)),
    "harmful": (findings("L127", 1, GRAVE), findings("S105", 1)),
    "attack": (findings("L125", 1, GRAVE), findings("L124", 1)),
    "unanswered": (findings("C150", 1, GRAVE), findings("C151", 1)),
    "unreachable": (watched(*visits(2000, 100)), watched(*visits(2004, 100))),
    "stale-home": (Material(DAY, newest_home=days_ago(14)), Material(DAY, newest_home=days_ago(13))),
    "stale-main": (
        columns(*[("news", days_ago(14))] * 3, *[("notice", date(2026, 2, 28))] * 2),
        columns(*[("news", days_ago(14))] * 3, ("notice", date(2026, 2, 28)), ("policy", date(2026, 3, 1))),
    ),
    "stale-all": (
        columns(*[("plan", date(2025, 8, 31))] * 9, ("news", days_ago(14))),
        columns(*[("plan", date(2025, 8, 31))] * 9, ("news", days_ago(13))),
    ),
    "blank": (columns(*[("topic", None)] * 5), columns(*[("topic", None)] * 4)),
    "account-wording": (findings("S102", 1, GRAVE, weekly=True), findings("S102", 0, weekly=True)),
    "stale-account": (account(days_ago(14)), account(days_ago(13))),
    "news": (columns(("news", days_ago(14))), columns(("news", days_ago(13)))),
    "policy": (columns(("policy", date(2026, 2, 28))), columns(("policy", date(2026, 3, 1)))),
    "site-marks": (findings("C107", 1), findings("C107", 0)),
    "links-usable": (findings("L102", 1), findings("L105", 9)),
}
# Only a person can say whether these are reached; by key: where the machine points to something, where not.
POINTED: dict[str, tuple[Material, Material]] = {
    "leaders": (findings("C117", 1), findings("C117", 0)),
    "site-metas": (findings("C106", 1), findings("C108", 1)),
    "interpretation-link": (findings("C120", 1), findings("C120", 0)),
    "forgery": (findings("C131", 1, Severity.WARNING), findings("C131", 0)),
    "replies": (columns(("consultation", date(2026, 6, 30))), columns(("consultation", date(2026, 7, 1)))),
}


def result(key: str, material: Material, profile: Profile = NATIONAL) -> IndicatorResult:
    """What one indicator says."""
    return next(one for one in score(profile, material) if one.indicator.key == key)


def test_every_measured_indicator_has_its_cases() -> None:
    """No indicator that is counted goes without a case on each side of its threshold."""
    assert {one.key for one in NATIONAL.indicators if one.measure} == {*CASES, *POINTED}


@pytest.mark.parametrize("key", CASES)
def test_just_meets(key: str) -> None:
    """What lies on the threshold reaches it."""
    assert result(key, CASES[key][0]).standing is IndicatorStatus.REACHED


@pytest.mark.parametrize("key", CASES)
def test_just_misses(key: str) -> None:
    """What lies one short of the threshold does not reach it, and where only a person can tell, it stays open."""
    missed = result(key, CASES[key][1])
    assert missed.standing is (IndicatorStatus.OPEN if missed.indicator.judged == "assisted" else IndicatorStatus.CLEAR)


@pytest.mark.parametrize("key", POINTED)
def test_a_person_is_pointed_to_it(key: str) -> None:
    """What a person has to look at is shown with its count, reaches nothing and takes nothing off."""
    met, missed = (result(key, material) for material in POINTED[key])
    assert (met.standing, met.count, met.deduction, len(met.evidence)) == (IndicatorStatus.OPEN, 1, 0, 1)
    assert (missed.standing, missed.count) == (IndicatorStatus.OPEN, 0)


def test_what_a_person_judges_stays_open() -> None:
    """An indicator that nothing measures is for a person, whatever was found."""
    scored = score(NATIONAL, columns(*[("topic", None)] * 9))
    by_person = [one for one in scored if one.indicator.measure is None]
    assert {(one.standing, one.deduction) for one in by_person} == {(IndicatorStatus.OPEN, 0)}


def test_suspicion_is_not_proof() -> None:
    """A suspected harmful term is named, and left to a person unless its rule rests on a veto clause."""
    suspected = result("harmful", findings("S105", 2))
    assert (suspected.standing, suspected.count) == (IndicatorStatus.OPEN, 2)


def test_no_material_is_unknown() -> None:
    """Without columns, home page or visits nothing is reached and nothing is cleared."""
    empty = {one.indicator.key: one for one in score(NATIONAL, Material(DAY))}
    for key in ("stale-main", "stale-all", "blank", "stale-home", "unreachable", "news", "policy"):
        assert empty[key].standing is IndicatorStatus.UNKNOWN
        assert empty[key].arithmetic
    assert result("stale-account", Material(DAY, weekly=True)).standing is IndicatorStatus.UNKNOWN


def test_the_home_page_of_an_unfinished_crawl_is_unknown() -> None:
    """The newest article may be among those that were not fetched."""
    unfinished = Material(DAY, newest_home=days_ago(14), complete=False)
    assert result("stale-home", unfinished).standing is IndicatorStatus.UNKNOWN


def test_links_that_were_not_asked_are_not_in_order() -> None:
    """Without a check of the links no dead one is found, and that clears nothing; other rules are not concerned."""
    unasked = replace(findings("L105", 1), unchecked=3)
    assert result("links-usable", unasked).standing is IndicatorStatus.UNKNOWN
    assert "3 个链接没有核对" in result("links-usable", unasked).arithmetic
    assert result("links-usable", replace(findings("L101", 1), unchecked=3)).standing is IndicatorStatus.REACHED
    assert result("site-marks", unasked).standing is IndicatorStatus.CLEAR
    assert "没有核对" in result("harmful", unasked).arithmetic
    assert "没有核对" not in result("attack", unasked).arithmetic


def test_kinds_that_are_not_configured_are_not_in_order() -> None:
    """A site whose policy columns nobody wrote down has not got them up to date."""
    policy = result("policy", columns(("news", DAY)))
    assert (policy.standing, policy.arithmetic) == (IndicatorStatus.UNKNOWN, "没有配置政策文件栏目")
    assert result("replies", columns(("news", DAY))).arithmetic == "没有配置互动交流栏目"
    assert result("blank", Material(DAY)).arithmetic == "没有配置栏目"


def test_rules_that_are_off_clear_nothing() -> None:
    """What was not looked for was not found: the row says which rule was not in force."""
    off = replace(findings("C107", 0), rules=frozenset({"C107"}))
    marks = result("site-marks", off)
    assert (marks.standing, marks.arithmetic) == (
        IndicatorStatus.UNCHECKED,
        "C108 没有启用，不下结论；0 处（C107、C108）",
    )
    assert result("site-marks", replace(off, rules=frozenset({"C107", "C108"}))).standing is IndicatorStatus.CLEAR
    assert "S101、S102、S104 没有启用" in result("grave-wording", off).arithmetic


@pytest.mark.parametrize("rule", ["C101", "C102", "C105"])
def test_a_veto_whose_rule_is_off_is_not_said_to_be_clear(rule: str) -> None:
    """Counts of columns and the age of the home page are no result either where the office switched their rule off."""
    every = frozenset(code for one in NATIONAL.indicators for code in one.rules)
    without = replace(columns(("notice", DAY)), newest_home=DAY, rules=every - {rule})
    touched = [
        one
        for one in NATIONAL.indicators
        if rule in one.rules and one.part is Part.VETO and one.measure and one.judged is Judge.MACHINE
    ]
    assert touched
    for indicator in touched:
        judged = result(indicator.key, without)
        assert judged.standing is IndicatorStatus.UNCHECKED
        assert judged.arithmetic.startswith(f"{rule} 没有启用，不下结论")
    assert result("blank", replace(without, rules=every)).standing is IndicatorStatus.CLEAR


def test_what_reached_its_threshold_is_said_though_a_rule_is_off() -> None:
    """Five blank columns are five blank columns, whichever rule tells of them."""
    five = [replace(column("notice", None), status=UpdateStatus.BLANK) for _ in range(5)]
    assert result("blank", Material(DAY, columns=five, rules=frozenset())).standing is IndicatorStatus.REACHED


def test_laxer_own_limits_do_not_hide_a_column() -> None:
    """The standard's limit holds for a column that the office gave a year; only "never" takes it out."""
    held = column("news", days_ago(30)).reading
    lax = judge(replace(held, column=replace(held.column, max_age=MaxAge(months=12))), CONTEXT)
    never = judge(replace(held, column=replace(held.column, exempt=True)), CONTEXT)
    assert result("news", Material(DAY, columns=[lax])).count == 1
    assert result("news", Material(DAY, columns=[never])).count == 0


def test_a_column_whose_dates_are_mostly_unknown_is_not_held_stale() -> None:
    """The newest known date says little where most rows show none."""
    reading = replace(column("news", days_ago(30)).reading, undated=15)
    judged = judge(reading, CONTEXT)
    assert result("news", Material(DAY, columns=[judged])).count == 0


# ---- visits ----


@pytest.mark.parametrize(
    ("probes", "standing"),
    [
        (visits(140, 7), IndicatorStatus.REACHED),
        (visits(140, 6), IndicatorStatus.CLEAR),
        (visits(140, 140, seconds=14.999), IndicatorStatus.CLEAR),
        (visits(139, 20), IndicatorStatus.UNKNOWN),
        # The day of the inspection is not complete: the week before it is judged.
        ([*visits(140, 7, until=days_ago(1)), *visits(5, 0, days=1)], IndicatorStatus.REACHED),
        (visits(140, 140, until=days_ago(9)), IndicatorStatus.UNKNOWN),
    ],
)
def test_a_week_of_visits(probes: Sequence[Probe], standing: IndicatorStatus) -> None:
    """Seven days of twenty visits each; fewer say nothing, however many of them failed."""
    assert result("unreachable", watched(*probes)).standing is standing


@pytest.mark.parametrize(
    ("change", "failed"),
    [
        ({"status": 0, "reason": "refused"}, True),
        ({"status": 0, "reason": "dns"}, True),
        ({"status": 502, "reason": "http-502"}, True),
        ({"status": 404, "reason": "http-404"}, True),
        ({"status": 200, "reason": "ok", "seconds": 15.0}, True),
        ({"status": 200, "reason": "ok", "seconds": 14.9}, False),
        # These say nothing about the site: 139 of 140 visits are left, and yesterday has too few.
        ({"status": 0, "reason": "dns-temporary", "offline": True}, None),
        ({"status": 412, "reason": "http-412"}, None),
        ({"status": 403, "reason": "http-403"}, None),
        ({"status": 0, "reason": "tls"}, None),
    ],
)
def test_which_visits_count(change: dict[str, object], failed: bool | None) -> None:
    """Errors and slowness of the site count, refusals to robots and the own network's failures do not."""
    today, yesterday, *others = visits(140, 7)
    changed = replace(yesterday, **change)  # type: ignore[arg-type]
    judged = result("unreachable", watched(today, changed, *others))
    expected = {True: IndicatorStatus.REACHED, False: IndicatorStatus.CLEAR, None: IndicatorStatus.UNKNOWN}[failed]
    assert judged.standing is expected
    assert ("未计入" in judged.arithmetic) == (failed is None)


def test_days_are_days_in_china() -> None:
    """A visit at 16:30 UTC is of the next day."""
    late = [replace(one, at=one.at.replace(hour=16, minute=30)) for one in visits(140, 0, until=days_ago(1))]
    assert result("unreachable", watched(*late)).standing is IndicatorStatus.CLEAR
    early = [replace(one, at=one.at.replace(hour=15, minute=30)) for one in visits(140, 0, until=days_ago(2))]
    assert result("unreachable", watched(*early)).standing is IndicatorStatus.UNKNOWN


def test_the_worst_start_address_counts() -> None:
    """Addresses are judged one by one; the sum names the one that is meant."""
    other = [replace(one, url="https://zwfw.example.gov.cn/") for one in visits(140, 0)]
    judged = result("unreachable", watched(*visits(140, 7), *other))
    assert (judged.standing, judged.count, judged.evidence) == (IndicatorStatus.REACHED, 5, (URL,))


def test_a_start_address_with_too_few_visits_hides_no_whole_week() -> None:
    """However badly the few visits went, the address that was watched all week is judged; what lacks is named."""
    few = [replace(one, url="https://zwfw.example.gov.cn/") for one in visits(139, 139)]
    judged = result("unreachable", watched(*visits(140, 7), *few))
    assert (judged.standing, judged.evidence) == (IndicatorStatus.REACHED, (URL,))
    judged = result("unreachable", watched(*visits(140, 6), *few))
    assert (judged.standing, judged.evidence) == (IndicatorStatus.UNKNOWN, (URL,))
    assert judged.arithmetic.endswith("另有 1 个起始网址的访问次数不足")


def test_visits_that_failed_by_slowness_are_counted_apart() -> None:
    """An answer after exactly 15 seconds is too slow; one that was refused is not slow."""
    slow, *others = visits(140, 1)
    refused = replace(others[0], status=0, reason="refused")
    judged = result("unreachable", watched(slow, refused, *others[1:]))
    assert "打不开 2 次（其中超过 15 秒 1 次）" in judged.arithmetic


def test_the_share_is_never_rounded_up_to_the_threshold() -> None:
    """100 of 2004 visits are 4.99 %, and are written so."""
    judged = result("unreachable", watched(*visits(2004, 100)))
    assert "占 4.99%" in judged.arithmetic


# ---- points ----


def test_verified_points_are_capped_and_shown_as_a_sum() -> None:
    """Three stale policy columns are 15 points by count and 5 by what the source gives."""
    judged = result("policy", columns(*[("policy", OLD)] * 3))
    assert judged.deduction == 5
    assert "3 个 × 5 分 = 15 分，按上限扣 5 分" in judged.arithmetic


def test_unverified_points_are_never_invented() -> None:
    """Where the source gives no points the problem is counted and nothing is taken off."""
    judged = result("news", columns(("news", OLD)))
    assert (judged.standing, judged.deduction) == (IndicatorStatus.REACHED, 0)
    assert "分值未核到，不计分" in judged.arithmetic


def test_nothing_is_taken_off_twice() -> None:
    """A column for which points were taken off under one indicator costs none under another."""
    policy = next(one for one in NATIONAL.indicators if one.key == "policy")
    second = replace(policy, key="second", name="其他栏目", deduction=1.0, cap=10.0)
    profile = replace(NATIONAL, indicators=(*NATIONAL.indicators, second))
    material = columns(("policy", OLD), ("policy", OLD))
    assert result("policy", material, profile).deduction == 5
    again = result("second", material, profile)
    assert again.deduction == 0
    assert "已按“政策文件”扣分，不重复扣" in again.arithmetic


def test_no_total_is_claimed() -> None:
    """The sum says what was taken off and how many rows nobody has judged."""
    results = score(NATIONAL, columns(("policy", OLD)))
    points = [one for one in results if one.indicator.part is Part.DEDUCTION]
    tally = Tally.of(results)
    assert tally.deducted == 5
    # Cleared by the machine: news, and the three that count findings.
    assert tally.unjudged == len(points) - 4
    assert str(tally) == f"机器已核扣分 5 分，未核 {tally.unjudged} 项，不计总分"


def test_the_weekly_inspection_has_indicators_of_its_own() -> None:
    """Accounts and sites are judged by their own clauses."""
    keys: Callable[[bool], set[str]] = lambda weekly: {  # noqa: E731
        one.indicator.key for one in score(NATIONAL, Material(DAY, weekly=weekly))
    }
    assert "stale-account" in keys(True) and "stale-account" not in keys(False)
    assert not keys(True) & keys(False)
