"""The roll-up of a fleet as data: what a leader reads first, the figures, who has to act, and how to read the rest."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from jimo_lint.model.rollup import Rollup, Round, Seat, Share, SiteStanding
from jimo_lint.report.phrases import chinese_date
from jimo_lint.report.views.rollup_groups import NO_CITY, Group, by_city, of_accounts, of_sites
from jimo_lint.report.views.rollup_tables import CHANGES, UNSEEN, VETOES, changed, share_of, tables, worst_sites
from jimo_lint.report.views.table import Block, Field, Line, Row, Table, Tile

_NAMED = 5
_BASIS = "国办秘函〔2019〕19号"
_CITIES = (
    Field("市", 2, "strong"),
    Field("应查网站", 1, "number"),
    Field("已查", 1, "number"),
    Field("不合格", 1, "number", alarm=True),
    Field("未能作出结论", 1, "number"),
    Field("未检查", 1, "number", alarm=True),
    Field("网站合格率", 2, "centre"),
    Field("账号不合格", 1, "number", alarm=True),
    Field("账号合格率", 2, "centre"),
)


class Board(NamedTuple):
    """Figures about one round."""

    title: str
    figures: tuple[Tile, ...]


class RollupBook(NamedTuple):
    """The sheets in the order in which they are read; what stands before `tables` is the first. charted: whether the
    cities are told apart in a chart."""

    title: str
    subtitle: str
    lines: tuple[Line, ...]
    boards: tuple[Board, ...]
    cities: Block
    tables: tuple[Table, ...]
    reading: tuple[str, ...]


def title(given: Rollup) -> str:
    """As every form is headed."""
    what = [] if of_sites(given) is None else ["政府网站"]
    what += [] if of_accounts(given) is None else ["政务新媒体"]
    return f"{given.area}{'和'.join(what)}检查情况汇总"


def rollup(given: Rollup) -> RollupBook:
    """What the rounds have to say."""
    days = "，".join(f"{one.title} {chinese_date(one.day)}" for one in given.rounds)
    return RollupBook(
        title=title(given),
        subtitle=f"{days}；{chinese_date(given.made.date())}汇总",
        lines=lines(given),
        boards=tuple(map(_board, given.rounds)),
        cities=Block("各市情况", _CITIES, tuple(map(_city, by_city(given)))),
        tables=tables(given),
        reading=tuple(_reading(given)),
    )


def lines(given: Rollup) -> tuple[Line, ...]:
    """The result of every round in a sentence, who has to act, then what was not looked at."""
    said = [Line(verdict(one), "verdict") for one in given.rounds]
    for one in given.rounds:
        if not one.of_accounts:
            said += _failing(one)
        if line := _compared(one):
            said.append(Line(f"● {line}"))
    warnings = [line for one in given.rounds for line in _unseen(one)]
    warnings += _mixed(given)
    return (*said, *(Line(f"● {line}", "alarm") for line in warnings))


def verdict(one: Round) -> str:
    """How a round ended, with the two numbers of every share."""
    if one.of_accounts:
        return _of_accounts(one)
    share = Share.of(site.standing for site in one.sites)
    if not share.seen:
        return f"{one.title}：应查网站 {share.all} 个，一个也没有查到，不计算合格率。"
    said = f"{one.title}：应查网站 {share.all} 个，检查了 {share.seen} 个，{_counted(share)}"
    return f"{said}{f'；未检查 {share.unseen} 个' if share.unseen else ''}。"


def _of_accounts(one: Round) -> str:
    share = Share.of(made.standing for made in one.accounts)
    sites = Share.of(site.standing for site in one.sites)
    if not share.seen:
        return f"{one.title}：应查 {sites.all} 个网站的账号，一个账号也没有查到，不计算合格率。"
    said = f"{one.title}：查了 {sites.seen} 个网站的账号 {share.seen} 个，{_counted(share)}"
    return f"{said}{f'；{sites.unseen} 个网站的账号未检查' if sites.unseen else ''}。"


def _counted(share: Share) -> str:
    said = f"合格 {share.passed} 个，合格率 {share.said}"
    said += f"；不合格 {share.failed} 个（机器判定，须人工核实）" if share.failed else "；没有不合格的"
    return said + (f"；未能作出结论 {share.unknown} 个" if share.unknown else "")


def named(seats: Iterable[Seat]) -> str:
    """甲区人民政府、乙县人民政府等 7 个, the first by name."""
    every = [seat.name or seat.key for seat in seats]
    return "、".join(every[:_NAMED]) + (f"等 {len(every)} 个" if len(every) > _NAMED else "")


def _failing(one: Round) -> Iterator[Line]:
    failed = [site for site in worst_sites(one) if site.standing is SiteStanding.FAILED]
    if failed:
        points = Counter(veto.point for veto in one.vetoes)
        said = "、".join(f"{point} {count} 个" for point, count in points.most_common())
        yield Line(
            f"● 立即核实（有否决风险）：{named(site.seat for site in failed)}。{said and f'达到的单项否决：{said}。'}",
            "alarm",
        )


def _compared(one: Round) -> str:
    """What changed since the round before."""
    if len(one.trend) < 2:
        return ""
    before = one.trend[-2]
    by: dict[str, list[Seat]] = {word: [] for word in CHANGES}
    for site in one.sites:
        if word := changed(site):
            by[word].append(site.seat)
    parts = [f"{word} {len(seats)} 个（{named(seats)}）" for word, seats in by.items() if seats]
    noun = "有账号不合格的网站" if one.of_accounts else "网站"
    rates = f"合格率由 {share_of(before).said}变为 {share_of(one.trend[-1]).said}"
    day = f"{before.day.month}月{before.day.day}日"
    return f"{one.title}与上一轮（{day}）相比，{rates}；{noun}{'，'.join(parts) or '没有变化'}。"


def _unseen(one: Round) -> Iterator[str]:
    if not one.ended:
        yield f"{one.title}这一轮（{one.run}）还没有做完，以下结果不全；做完后请再汇总一次。"
    missing = [site for site in one.sites if not site.seen]
    if missing:
        said = named(site.seat for site in missing)
        yield f"{one.title}未检查 {len(missing)} 个：{said}。缘由见“{UNSEEN}”，不算合格。"
    if one.left:
        yield f"{one.title}上一轮有、这一轮的清单里没有的网站 {len(one.left)} 个：{named(one.left)}。"
    unprobed = sum(site.unprobed for site in one.sites)
    if unprobed:
        yield f"{unprobed} 个网站没有足够的监测访问，“站点无法访问”一项没有结论，不在合格与否之内，须另行核查。"


def _mixed(given: Rollup) -> Iterator[str]:
    """Where not all sites were measured alike."""
    for what, word in (("检查标准", "profile"), ("程序版本", "version")):
        used = Counter(getattr(site, word) for one in given.rounds for site in one.sites if site.seen)
        if len(used) > 1:
            said = "、".join(f"{name} {count} 个网站" for name, count in used.most_common())
            yield f"各网站的{what}不同（{said}），排名只作参考。"


def _board(one: Round) -> Board:
    sites = Share.of(site.standing for site in one.sites)
    grave = sum(site.grave for site in one.sites)
    if one.of_accounts:
        share = Share.of(made.standing for made in one.accounts)
        return Board(
            f"{one.title}（{chinese_date(one.day)}）",
            (
                Tile("已查账号", share.seen),
                Tile("合格", share.passed),
                Tile("不合格", share.failed, bad=True),
                Tile("未能作出结论", share.unknown),
                Tile("否决级问题", grave, bad=True),
                Tile("账号未检查的网站", sites.unseen, bad=True),
            ),
        )
    return Board(
        f"{one.title}（{chinese_date(one.day)}）",
        (
            Tile("应查网站", sites.all),
            Tile("合格", sites.passed),
            Tile("不合格", sites.failed, bad=True),
            Tile("未能作出结论", sites.unknown),
            Tile("未检查", sites.unseen, bad=True),
            Tile("达到的单项否决", len(one.vetoes), bad=True),
        ),
    )


def _city(one: Group) -> Row:
    sites, accounts = one.of_sites, one.of_accounts
    return (
        *(one.name, sites.all, sites.seen, sites.failed, sites.unknown, sites.unseen, sites.said),
        *(accounts.failed, accounts.said),
    )


def _reading(given: Rollup) -> Iterator[str]:
    yield f"本汇总由各网站自己的检查报告得来，只计数，不重新判定；轮次：{'、'.join(one.run for one in given.rounds)}。"
    yield (
        f"网站的结论只看单项否决（{_BASIS}：出现任一单项否决即不合格）。达到否决值，或有否决级问题的为“不合格”，"
        f"是机器判定，须人工核实（“{VETOES}”有“人工认定”）。"
    )
    yield (
        "采集没有完成、没有核对链接、单项否决的规则没有启用或指标未能判定的，为“未能作出结论”；"
        "检查失败、没有轮到、报告读不出的，为“未检查”。两者都不算合格。"
    )
    yield "只能由人判定的指标（泄密、舆情、互动回应等）机器没有查，不在结论之内，请按各网站工作簿的“待人工核查”办理。"
    yield (
        "账号的结论同样只看单项否决：超期未更新、严重表述错误等否决级问题为“不合格”；"
        "档案不全、账号无内容的为“未能作出结论”。"
    )
    yield "与各单位通报稿里的“合格”不同：那里指没有错误级以上的问题，而且只在能作出结论的里面计算。"
    yield "合格率＝合格 ÷ 已查，已查包括未能作出结论的；未检查的不在分母里，另列。"
    yield "网站先列不合格的，再列未能作出结论、未检查、合格的；同一结论里依次比较单项否决、否决级、错误级问题的个数。"
    yield "“每千页错误”是错误级问题数除以检查页数，网站有大有小，比较时请看这一列；它不影响结论和名次。"
    if any(one.name == NO_CITY for one in by_city(given)):
        yield f"“{NO_CITY}”是网站清单里没有填“市”的，请补上再汇总。"
    yield "“人工认定”“核查人”“处理情况”由人填写；填过的文件再次生成时不会覆盖，另存一份。"
