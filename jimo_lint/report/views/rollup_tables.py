"""The tables of a fleet's roll-up: cities, units, sites and accounts worst first, vetoes, what was not seen."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from urllib.parse import urlsplit

from jimo_lint.model.rollup import (
    AccountStand,
    FaultKind,
    GraveFinding,
    ReachedVeto,
    Rollup,
    Round,
    Share,
    SiteResult,
    SiteStanding,
    TrendPoint,
)
from jimo_lint.report.views.rollup_groups import Group, by_city, by_unit, city, ranks, unit
from jimo_lint.report.views.table import GRADES, Field, Linked, Row, Table

STANDINGS = tuple(one.label for one in SiteStanding)
CHANGES = ("转为不合格", "仍不合格", "转为合格")
SITES, UNSEEN, VETOES, GRAVE, ACCOUNTS = "网站", "没有查到的", "单项否决", "否决级问题", "账号"
PARTLY = "没有读全"
_CONFIRMED = ("属实", "不属实", "需复查")
_ORDER = (SiteStanding.FAILED, SiteStanding.UNKNOWN, SiteStanding.UNSEEN, SiteStanding.PASSED)

_COUNTED_SITES = (
    Field("应查网站", 8, "number"),
    Field("已查", 7, "number"),
    Field("合格", 7, "number"),
    Field("不合格", 7, "number", alarm=True),
    Field("未能作出结论", 8, "number"),
    Field("未检查", 7, "number", alarm=True),
    Field("合格率", 8, "share"),
)
_COUNTED_ACCOUNTS = (
    Field("已查账号", 8, "number"),
    Field("账号合格", 8, "number"),
    Field("账号不合格", 8, "number", alarm=True),
    Field("账号未能作出结论", 9, "number"),
    Field("账号合格率", 8, "share"),
    Field("账号未检查的网站", 9, "number", alarm=True),
)
_FAULTS = (
    Field("达到的单项否决（项）", 9, "number", alarm=True),
    Field("否决级问题", 8, "number", alarm=True),
    Field("错误级问题", 8, "number"),
)
_CITY = (Field("名次", 6, "number"), Field("市", 14, "strong"))
_UNIT = (Field("序号", 6, "number"), Field("主办单位", 26, "strong"), Field("市", 11, "centre"))
_SITE = (
    Field("序号", 6, "number"),
    Field("结论", 15, "centre", tint=STANDINGS),
    Field("网站标识码", 12, "centre"),
    Field("网站", 25, "strong"),
    Field("市", 10, "centre"),
    Field("主办单位", 25),
    Field("达到的单项否决（项）", 8.5, "number", alarm=True),
    Field("否决级问题", 7.5, "number", alarm=True),
    Field("错误级问题", 7.5, "number"),
    Field("警告级问题", 7.5, "number"),
    Field("检查页数", 8, "number"),
    Field("每千页错误", 8, "number"),
    Field("没有读到（处）", 8, "number"),
    Field("与上一轮相比", 11, "centre", tint=CHANGES),
    Field("缘由", 40, "small"),
)
_ACCOUNT = (
    Field("序号", 6, "number"),
    Field("结论", 15, "centre", tint=STANDINGS),
    Field("平台", 12, "centre"),
    Field("账号", 22, "strong"),
    Field("责任单位", 25),
    Field("所属网站", 25),
    Field("市", 10, "centre"),
    Field("最近更新", 11.5, "date"),
    Field("距今天数", 8, "number"),
    Field("否决级问题", 8, "number", alarm=True),
    Field("错误级问题", 8, "number"),
    Field("缘由", 40, "small"),
)
_VETO = (
    Field("序号", 6, "number"),
    Field("市", 10, "centre"),
    Field("网站", 25, "strong"),
    Field("主办单位", 25),
    Field("指标", 16, "centre"),
    Field("考察点", 22, "strong"),
    Field("检查情况", 38, "small"),
    Field("证据", 6, "centre"),
    Field("人工认定", 10, "entry-centre", choices=_CONFIRMED),
    Field("核查人", 9, "entry"),
    Field("依据", 40, "small", printed=False),
)
_GRAVE = (
    Field("序号", 6, "number"),
    Field("市", 10, "centre"),
    Field("网站", 25, "strong"),
    Field("问题", 18),
    Field("词语", 14, "wrong"),
    Field("说明", 34, "small"),
    Field("栏目（账号）", 14),
    Field("责任单位", 25),
    Field("网址", 28, "address"),
    Field("首次发现", 11, "date"),
    Field("人工认定", 10, "entry-centre", choices=_CONFIRMED),
    Field("打开", 6, "centre", printed=False),
    Field("代码", 7, "centre", printed=False),
)
_KIND = (
    Field("序号", 6, "number"),
    Field("检查", 17, "centre"),
    Field("级别", 7, "centre", tint=GRADES),
    Field("代码", 8, "centre"),
    Field("问题", 30, "strong"),
    Field("个数", 10, "number"),
    Field("所在网站（个）", 15, "number"),
    Field("所在市（个）", 13, "number"),
)
_MISSED = (
    Field("序号", 6, "number"),
    Field("情况", 15, "centre", tint=STANDINGS),
    Field("检查", 17, "centre"),
    Field("市", 11, "centre"),
    Field("网站", 25, "strong"),
    Field("主办单位", 25),
    Field("缘由", 50, "small"),
    Field("上次查到", 11.5, "date"),
    Field("处理情况", 16, "entry"),
)
_TREND = (
    Field("检查", 17, "centre"),
    Field("检查日", 11.5, "date"),
    Field("对象", 8, "centre"),
    Field("已查", 8, "number"),
    Field("合格", 8, "number"),
    Field("不合格", 8, "number", alarm=True),
    Field("未能作出结论", 9, "number"),
    Field("未检查的网站", 9, "number", alarm=True),
    Field("合格率", 9, "share"),
    Field("否决级问题", 9, "number", alarm=True),
    Field("错误级问题", 9, "number"),
    Field("轮次", 28, "small"),
)


def tables(given: Rollup) -> tuple[Table, ...]:
    """All, in the order in which they are read."""
    judging = [one for one in given.rounds if not one.of_accounts]
    posting = [one for one in given.rounds if one.of_accounts]
    many = len(judging) > 1
    reached = [veto for one in given.rounds for veto in one.vetoes]
    grave = [(one, finding) for one in given.rounds for finding in one.grave]
    left_out = sum(one.grave_total - len(one.grave) for one in given.rounds)
    return (
        cities(given),
        units(given),
        *(sites(one, f"{SITES}（{one.title}）" if many else SITES) for one in judging),
        *(accounts(one) for one in posting),
        Table(
            VETOES,
            _VETO,
            [_veto(number, one) for number, one in enumerate(reached, 1)],
            frozen=3,
            notes=("“达到”只说明有否决风险，须人工逐个核实后认定；浅黄格由人填写。",)
            if reached
            else ("机器所查的单项否决指标，没有网站达到。",),
        ),
        Table(
            GRAVE,
            _GRAVE,
            [_grave(number, finding) for number, (_, finding) in enumerate(grave, 1)],
            frozen=3,
            notes=tuple(_left_out(len(grave), left_out)),
        ),
        Table(
            "问题种类",
            _KIND,
            [(number, *row) for number, row in enumerate(_kinds(given.rounds), 1)],
            notes=("逐个问题见各网站自己的工作簿。",),
        ),
        missed(given),
        trend(given),
    )


def _left_out(listed: int, more: int) -> Iterator[str]:
    if not listed:
        yield "没有否决级的问题。"
    if more:
        yield f"另有 {more:,} 个没有列出，见各网站自己的工作簿和数据库的 findings 表。"


def cities(given: Rollup) -> Table:
    """The ranking of the cities."""
    groups = by_city(given)
    placed = zip(ranks(groups), groups, strict=True)
    return Table(
        "分市情况",
        (*_CITY, *_COUNTED_SITES, *_FAULTS, *_COUNTED_ACCOUNTS),
        [(rank, one.name, *_counted(one)) for rank, one in placed],
        frozen=2,
        notes=("名次依次比较网站合格率、账号合格率、单项否决和否决级问题、错误级问题；全部相同的并列。",),
    )


def units(given: Rollup) -> Table:
    """The units, worst first."""
    return Table(
        "分单位情况",
        (*_UNIT, *_COUNTED_SITES, *_FAULTS, *_COUNTED_ACCOUNTS),
        [(number, one.name, "、".join(one.cities), *_counted(one)) for number, one in enumerate(by_unit(given), 1)],
        frozen=2,
    )


def _counted(one: Group) -> Row:
    sites, accounts = one.of_sites, one.of_accounts
    return (
        *(sites.all, sites.seen, sites.passed, sites.failed, sites.unknown, sites.unseen, sites.rate),
        *(one.vetoes, one.grave, one.errors),
        *(accounts.seen, accounts.passed, accounts.failed, accounts.unknown, accounts.rate, one.unseen),
    )


def worst_sites(one: Round) -> list[SiteResult]:
    """By conclusion, then by vetoes, veto findings and errors."""
    return sorted(
        one.sites,
        key=lambda site: (_ORDER.index(site.standing), -site.vetoes, -site.grave, -site.errors, site.seat.key),
    )


def worst_accounts(one: Round) -> list[AccountStand]:
    """By conclusion, then by veto findings, errors and silence."""
    return sorted(
        one.accounts, key=lambda made: (_ORDER.index(made.standing), -made.grave, -made.errors, -(made.age or 0))
    )


def sites(one: Round, name: str = SITES) -> Table:
    """The sites of a round, worst first."""
    rows = [_site(number, site) for number, site in enumerate(worst_sites(one), 1)]
    return Table(name, _SITE, rows, frozen=4)


def _site(number: int, site: SiteResult) -> Row:
    seat, seen = site.seat, site.seen
    counts = (site.vetoes, site.grave, site.errors, site.warnings, site.documents)
    return (
        *(number, site.standing.label, seat.code, seat.name, city(seat), unit(seat)),
        *(counts if seen else (None,) * len(counts)),
        round(1000 * site.errors / site.documents, 1) if seen and site.documents else None,
        site.problems if seen else None,
        changed(site),
        site.why,
    )


def changed(site: SiteResult) -> str:
    """How it stands beside the round before, where both were concluded."""
    failed = SiteStanding.FAILED
    if site.before is None or SiteStanding.UNSEEN in (site.before, site.standing):
        return ""
    if site.standing is failed:
        return CHANGES[1] if site.before is failed else CHANGES[0]
    return CHANGES[2] if site.before is failed and site.standing is SiteStanding.PASSED else ""


def accounts(one: Round) -> Table:
    """The accounts of a round, worst first."""
    rows = [_account(number, made) for number, made in enumerate(worst_accounts(one), 1)]
    return Table(ACCOUNTS, _ACCOUNT, rows, frozen=4, notes=() if rows else ("没有查到账号。",))


def _account(number: int, made: AccountStand) -> Row:
    read = made.newest is not None or made.grave or made.errors  # else a count of 0 says nothing
    return (
        *(number, made.standing.label, made.platform.label, made.name, made.owner or unit(made.seat)),
        *(made.seat.name, city(made.seat), made.newest, made.age),
        *((made.grave, made.errors) if read else (None, None)),
        made.why,
    )


def _veto(number: int, one: ReachedVeto) -> Row:
    samples = "、".join(one.samples.split("\n")) if one.samples else ""
    said = f"{one.arithmetic}。所涉：{samples}" if samples else one.arithmetic
    seat = one.seat
    return (number, city(seat), seat.name, unit(seat), one.name, one.point, said, one.evidence, None, None, one.basis)


def _grave(number: int, one: GraveFinding) -> Row:
    seat = one.seat
    return (
        *(number, city(seat), seat.name, one.title, one.matched.replace("\n", ""), one.message, one.whom),
        *(one.owner or unit(seat), one.url, one.first_seen, None),
        Linked(one.url, "打开") if urlsplit(one.url).scheme in ("http", "https") else None,
        one.code,
    )


def _kinds(rounds: Iterable[Round]) -> Iterator[Row]:
    every: list[tuple[Round, FaultKind]] = [(one, kind) for one in rounds for kind in one.kinds]
    every.sort(key=lambda pair: (-pair[1].severity, -pair[1].count))
    for one, kind in every:
        yield one.title, kind.severity.label, kind.code, kind.title, kind.count, kind.sites, kind.cities


def missed(given: Rollup) -> Table:
    """What was not looked at or not whole, of every round; sites of the round before that are gone from the list."""
    rows = [row for one in given.rounds for row in _missed(one)]
    return Table(
        UNSEEN,
        _MISSED,
        [(number, *row) for number, row in enumerate(rows, 1)],
        frozen=5,
        notes=("没有查到的不等于没有问题，也不算合格。",) if rows else ("要查的网站都查了，也都能作出结论。",),
    )


def _missed(one: Round) -> Iterator[Row]:
    for standing in (SiteStanding.UNSEEN, SiteStanding.UNKNOWN):
        for site in one.sites:
            if site.standing is standing and (standing is SiteStanding.UNSEEN or not one.of_accounts):
                yield _missed_site(one, site, standing.label, site.why)
    for site in one.sites:
        if site.seen and site.problems:
            yield _missed_site(one, site, PARTLY, f"{site.problems:,} 处没有读到，见该网站自己的工作簿")
    for seat in one.closed:
        yield "已关停", one.title, city(seat), seat.name, unit(seat), "网站清单里登记为关停，没有检查", None, None
    for seat in one.left:
        yield (
            "不在本轮清单",
            one.title,
            city(seat),
            seat.name,
            unit(seat),
            "上一轮有，这一轮的网站清单里没有",
            None,
            None,
        )


def _missed_site(one: Round, site: SiteResult, word: str, why: str) -> Row:
    seat = site.seat
    return word, one.title, city(seat), seat.name, unit(seat), why, site.last if not site.seen else None, None


def trend(given: Rollup) -> Table:
    """Every round up to those that are reported, by inspection, oldest first."""
    rows = [_point(one, point) for one in given.rounds for point in one.trend]
    return Table("变化趋势", _TREND, rows, notes=("合格率的分母是已查的，包括未能作出结论的。",))


def _point(one: Round, point: TrendPoint) -> Row:
    share = share_of(point)
    return (
        *(one.title, point.day, "账号" if one.of_accounts else "网站", share.seen),
        *(point.passed, point.failed, point.unknown, point.unseen, share.rate, point.grave, point.errors, point.run),
    )


def share_of(point: TrendPoint) -> Share:
    """How a round stood."""
    return Share(point.passed, point.failed, point.unknown, point.unseen)
