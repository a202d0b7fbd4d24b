"""The draft of 通报 on the rounds of a fleet: every figure with the annex whose rows it counts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

from jimo_lint.model import Severity
from jimo_lint.model.families import FAMILIES, family
from jimo_lint.model.rollup import FaultKind, Rollup, Round, SiteStanding
from jimo_lint.report.phrases import chinese_date
from jimo_lint.report.views.bulletin import Bulletin, Paragraph, framed
from jimo_lint.report.views.rollup import named, title, verdict
from jimo_lint.report.views.rollup_groups import by_city, city, ranks, unit
from jimo_lint.report.views.rollup_tables import ACCOUNTS, PARTLY, missed, share_of, worst_accounts, worst_sites
from jimo_lint.report.views.table import Field, Row, Table

_NUMBERS = "一二三四五六七八九十"
# Kinds of faults of one family, and rows of what was not seen, that a draft names: it is read on paper.
_KINDS, _MOST = 5, 300
_BOOK = "工作簿“{}”"

_FAILED = (
    Field("序号", 5, "number"),
    Field("市", 10, "centre"),
    Field("网站（账号）", 28),
    Field("主办单位", 24),
    Field("不合格的缘由（机器判定，待核实）", 50),
    Field("核实结果", 12),
)
_CITIES = (
    Field("名次", 5, "number"),
    Field("市", 11),
    Field("应查网站", 8, "number"),
    Field("已查", 7, "number"),
    Field("合格", 7, "number"),
    Field("不合格", 7, "number"),
    Field("未能作出结论", 9, "number"),
    Field("未检查", 7, "number"),
    Field("网站合格率", 18, "centre"),
    Field("已查账号", 8, "number"),
    Field("账号不合格", 10, "number"),
    Field("账号合格率", 18, "centre"),
)
_MISSED = (
    Field("序号", 5, "number"),
    Field("情况", 14, "centre"),
    Field("检查", 19, "centre"),
    Field("市", 10, "centre"),
    Field("网站", 24),
    Field("主办单位", 24),
    Field("缘由", 36),
)


def bulletin(given: Rollup) -> Bulletin:
    """The draft; what a person has to fill in stands in 〔待填〕."""
    failed = list(_failed(given))
    missing = [row[1:7] for row in missed(given).rows if row[1] != PARTLY]
    unseen = [(number, *row) for number, row in enumerate(missing, 1)]
    annexes = [
        Table("不合格的网站和账号（机器判定，待核实）", _FAILED, failed),
        Table("各市情况", _CITIES, tuple(_cities(given))),
    ]
    if unseen:
        more = (f"另有 {len(unseen) - _MOST} 行，见{_BOOK.format('没有查到的')}。",) if len(unseen) > _MOST else ()
        annexes.append(Table("没有查到和未能作出结论的网站", _MISSED, unseen[:_MOST], notes=more))
    what = title(given).removeprefix(given.area).removesuffix("检查情况汇总")
    said = (
        Paragraph("一、总体情况", "heading-1"),
        *_overall(given, len(unseen)),
        Paragraph("二、主要问题", "heading-1"),
        *_problems(given),
        Paragraph("三、下一步要求", "heading-1"),
        *_demands(len(failed), len(unseen)),
    )
    heading = f"关于{given.area}{given.day.year}年第〔待填〕期{what}检查情况的通报"
    return framed(heading, f"{given.area}{what}", said, tuple(annexes))


def _overall(given: Rollup, unseen: int) -> Iterator[Paragraph]:
    yield Paragraph("（一）检查范围和结果", "heading-2")
    for number, one in enumerate(given.rounds, 1):
        yield Paragraph(f"{number}．{chinese_date(one.day)}的{verdict(one)}")
    basis = "国办秘函〔2019〕19号，出现任一单项否决即不合格"
    yield Paragraph(
        f"结论只看机器能查的单项否决（{basis}），不合格的名单见附件1；只能由人判定的指标没有查，不在结论之内。"
        "合格率的分母是已查的，包括未能作出结论的。"
    )
    yield Paragraph("（二）各市情况", "heading-2")
    yield Paragraph("".join(_ranked(given)))
    yield Paragraph("（三）与上一轮相比", "heading-2")
    for one in given.rounds:
        yield Paragraph(_compared(one))
    yield Paragraph("（四）没有查到的", "heading-2")
    yield Paragraph("".join(_unseen(given, unseen)))


def _unseen(given: Rollup, rows: int) -> Iterator[str]:
    unknown = sum(made.standing is SiteStanding.UNKNOWN for one in given.rounds for made in one.accounts)
    if rows:
        yield f"没有查到和未能作出结论的网站共 {rows} 项（附件3）。"
    if unknown:
        yield f"未能作出结论的账号 {unknown} 个（{_BOOK.format(ACCOUNTS)}）。"
    if rows or unknown:
        yield "这些没有查到，不等于没有问题，也不算合格。"
    else:
        yield "清单里的网站都已检查，并作出结论。"


def _ranked(given: Rollup) -> Iterator[str]:
    """The rates of the cities, the best first."""
    groups = by_city(given)
    for noun, shares in (
        ("网站", [(one.name, one.of_sites) for one in groups]),
        ("账号", [(one.name, one.of_accounts) for one in groups]),
    ):
        rated = sorted((-share.rate, name, share.said) for name, share in shares if share.rate is not None)
        if rated:
            yield f"{noun}合格率从高到低：{'、'.join(f'{name} {said}' for _, name, said in rated)}（附件2）。"


def _compared(one: Round) -> str:
    noun = "账号" if one.of_accounts else "网站"
    if len(one.trend) < 2:
        return f"{one.title}是第一轮，没有上一轮可比。"
    before, now = share_of(one.trend[-2]), share_of(one.trend[-1])
    day = chinese_date(one.trend[-2].day)
    return (
        f"{one.title}：上一轮（{day}）{noun}合格率 {before.said}，这一轮 {now.said}；不合格的 {before.failed} 个，"
        f"这一轮 {now.failed} 个（工作簿“变化趋势”）。"
    )


def _problems(given: Rollup) -> Iterator[Paragraph]:
    number = 0
    reached = [veto for one in given.rounds for veto in one.vetoes]
    if reached:
        count = Counter(veto.point for veto in reached)
        said = "、".join(f"{point} {how_many} 个" for point, how_many in count.most_common())
        whom = named(dict.fromkeys(veto.seat for veto in reached))
        yield Paragraph(f"（{_NUMBERS[number]}）达到单项否决", "heading-2")
        where = _BOOK.format("单项否决")
        yield Paragraph(f"共 {len(reached)} 项（{where}）：{said}。涉及{whom}。以上须逐个人工核实后认定。")
        number += 1
    groups: dict[str, list[FaultKind]] = {}
    for kind in (kind for one in given.rounds for kind in one.kinds if kind.severity > Severity.NOTICE):
        groups.setdefault(family(kind.code).letter, []).append(kind)
    order = sorted(groups, key=lambda letter: (-max(kind.severity for kind in groups[letter]), -_sum(groups[letter])))
    for letter in order[: len(_NUMBERS) - number]:
        yield Paragraph(f"（{_NUMBERS[number]}）{FAMILIES[letter].title}", "heading-2")
        yield Paragraph(_kinds(groups[letter]))
        number += 1
    if not number:
        yield Paragraph("在查到的内容里没有发现警告级以上的问题。")
    notices = sum(kind.count for one in given.rounds for kind in one.kinds if kind.severity is Severity.NOTICE)
    if notices:
        where = _BOOK.format("问题种类")
        yield Paragraph(f"另有提示 {notices:,} 个，须由人核实，不作为问题通报（{where}，级别＝提示）。")


def _sum(kinds: list[FaultKind]) -> int:
    return sum(kind.count for kind in kinds)


def _kinds(kinds: list[FaultKind]) -> str:
    levels: Counter[Severity] = Counter()
    merged: dict[str, FaultKind] = {}
    for kind in kinds:
        levels[kind.severity] += kind.count
        known = merged.get(kind.title)
        merged[kind.title] = replace(kind, count=kind.count + known.count) if known else kind
    said = "、".join(f"{level.label} {levels[level]:,} 个" for level in sorted(levels, reverse=True))
    first = sorted(merged.values(), key=lambda kind: -kind.count)[:_KINDS]
    listed = "、".join(f"{kind.title} {kind.count:,} 个（{kind.sites} 个网站）" for kind in first)
    more = f"等 {len(merged)} 类" if len(merged) > _KINDS else ""
    return f"共 {_sum(kinds):,} 个（{_BOOK.format('问题种类')}），其中{said}：{listed}{more}。"


def _demands(failed: int, unseen: int) -> Iterator[Paragraph]:
    parts: list[tuple[str, str]] = []
    if failed:
        parts.append(("逐个核实", f"对附件1所列 {failed} 个网站和账号，由所在市逐个人工核实，属实的立即整改。"))
    parts.append(("全面整改", "各主办单位对照本单位网站和账号的问题清单逐条整改，并举一反三。"))
    if unseen:
        parts.append(
            ("补查没有查到的", "附件3所列网站，由主办单位查明缘由，恢复访问或补齐资料，并自行核查、报告结果。")
        )
    answer = "请于〔待填：日期〕前将核实和整改情况报送〔待填：单位〕（联系人：〔待填〕，电话：〔待填〕）"
    parts.append(("报送情况", f"{answer}；认为不属实的，写明理由。"))
    for number, (head, text) in enumerate(parts):
        yield Paragraph(f"（{_NUMBERS[number]}）{head}", "heading-2")
        yield Paragraph(text)


def _failed(given: Rollup) -> Iterator[Row]:
    number = 0
    for one in given.rounds:
        if one.of_accounts:
            for made in worst_accounts(one):
                if made.standing is SiteStanding.FAILED:
                    number += 1
                    name = f"{made.name}（{made.platform.label}）"
                    yield number, city(made.seat), name, made.owner or unit(made.seat), made.why, None
            continue
        for site in worst_sites(one):
            if site.standing is SiteStanding.FAILED:
                number += 1
                yield number, city(site.seat), site.seat.name, unit(site.seat), site.why, None


def _cities(given: Rollup) -> Iterator[Row]:
    groups = by_city(given)
    for rank, one in zip(ranks(groups), groups, strict=True):
        sites, accounts = one.of_sites, one.of_accounts
        yield (
            *(rank, one.name, sites.all, sites.seen, sites.passed, sites.failed, sites.unknown, sites.unseen),
            *(sites.said, accounts.seen, accounts.failed, accounts.said),
        )
