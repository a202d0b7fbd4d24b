"""The tables in the form that inspectors fill in: 单项否决, 扣分与依据, 待人工核查, 页面要素."""

from __future__ import annotations

from collections.abc import Iterable

from jimo_lint.lint.scoring import Tally
from jimo_lint.model import Element, Finding, IndicatorResult, IndicatorStatus, Part, Report
from jimo_lint.model.families import family
from jimo_lint.report.views.table import GRADES, Field, Row, Table, Total

_CONFIRMED = ("属实", "不属实", "需复查")
_CONCLUSIONS = ("达到", "有问题", "未达到", "无问题", "未能判定", "待人工核查", "未检")
# What a person has to look at: what no machine can judge, what it could not read, and what it was told not to look at.
_TO_CHECK = (IndicatorStatus.OPEN, IndicatorStatus.UNKNOWN, IndicatorStatus.UNCHECKED)

_VETO_FIELDS = (
    Field("序号", 5.5, "number"),
    Field("指标", 12, "centre"),
    Field("考察点", 18, "strong"),
    Field("评分细则", 40, "small"),
    Field("证据", 6, "centre"),
    Field("检查情况", 48, "small"),
    Field("检查结论", 11.5, "centre", tint=_CONCLUSIONS),
    Field("人工认定", 10, "centre", choices=_CONFIRMED),
)
_POINT_FIELDS = (
    Field("序号", 5.5, "number"),
    Field("一级指标", 10, "centre"),
    Field("二级指标", 13, "centre"),
    Field("考察点", 20, "strong"),
    Field("扣分细则", 34, "small"),
    Field("证据", 6, "centre"),
    Field("存在的问题", 42, "small"),
    Field("检查结论", 11.5, "centre", tint=_CONCLUSIONS),
    Field("核定扣分", 8, "points"),
    Field("人工扣分", 8, "points"),
)
_OPEN_FIELDS = (
    Field("序号", 5.5, "number"),
    Field("部分", 9, "centre"),
    Field("指标", 13, "centre"),
    Field("考察点", 20, "strong"),
    Field("要核查什么", 42, "small"),
    Field("机器所见", 30, "small"),
    Field("缘由", 11.5, "centre", tint=("待人工核查", "未能判定", "未检")),
    Field("核查情况", 20),
    Field("核查人", 8),
)
_ELEMENT_FIELDS = (
    Field("序号", 5.5, "number"),
    Field("类别", 11, "centre"),
    Field("要素或问题", 26, "strong"),
    Field("结论", 10, "centre", tint=("有", "缺", "未能判定", *GRADES)),
    Field("所见", 52, "small"),
    Field("页数", 7, "number"),
    Field("依据", 36, "small"),
    Field("复核结果", 10, "centre", choices=_CONFIRMED),
)
# Pieces of evidence that a row names, and how long a name may be; all of them stand in their own sheets.
_NAMED = 6
_LONGEST_NAME = 40
_POINTS_NOTE = (
    "只适用于政府门户网站。只有核到分值的指标才扣分，同一指标扣分不超过上限，已按其他指标扣分的不重复扣；"
    "大部分指标须人工核查，因此不计总分。扣分、加分后的总分由检查人在人工核查后填写。"
)
# Rules about columns as a whole stand in 栏目情况; the others are about pages and what they must show.
_ABOUT_COLUMNS = ("C101", "C102", "C103", "C109", "C14")


def vetoes(report: Report) -> Table:
    """单项否决: every clause with what was found, its arithmetic, and room for a person's decision."""
    results = [result for result in report.indicators if result.indicator.part is Part.VETO]
    return Table(
        "单项否决",
        _VETO_FIELDS,
        [_veto(number, result) for number, result in enumerate(results, 1)],
        frozen=3,
        notes=("任一项达到即不合格，不再评分。“达到”只说明有否决风险，须人工逐个核实后认定。",),
        filtered=False,
        compact=True,
    )


def _veto(number: int, result: IndicatorResult) -> Row:
    indicator = result.indicator
    return (
        number,
        indicator.name,
        indicator.point,
        _clause(result),
        indicator.basis.evidence,
        _situation(result),
        result.standing.label,
        None,
    )


def points(report: Report) -> Table:
    """扣分与依据: the form of the census, with the points that the source gives and nothing invented."""
    results = [result for result in report.indicators if result.indicator.part is Part.DEDUCTION]
    tally = Tally.of(report.indicators)
    return Table(
        "扣分与依据",
        _POINT_FIELDS,
        [_points(number, result) for number, result in enumerate(results, 1)],
        frozen=4,
        notes=(_POINTS_NOTE,),
        filtered=False,
        compact=True,
        total=Total(f"机器已核扣分合计（未核 {tally.unjudged} 项，不计总分）", "核定扣分", tally.deducted),
    )


def _points(number: int, result: IndicatorResult) -> Row:
    indicator = result.indicator
    return (
        number,
        indicator.area,
        indicator.name,
        indicator.point,
        _clause(result),
        indicator.basis.evidence,
        _situation(result),
        conclusion(result),
        result.deduction or None,
        None,
    )


def conclusion(result: IndicatorResult) -> str:
    """结论 of one row: a deduction that is reached is a problem, a veto is a threshold."""
    if result.indicator.part is Part.VETO:
        return result.standing.label
    return {IndicatorStatus.REACHED: "有问题", IndicatorStatus.CLEAR: "无问题"}.get(
        result.standing, result.standing.label
    )


def to_check(report: Report) -> Table:
    """待人工核查: the list that a person works through."""
    results = [result for result in report.indicators if result.standing in _TO_CHECK]
    return Table(
        "待人工核查",
        _OPEN_FIELDS,
        [_open(number, result) for number, result in enumerate(results, 1)],
        frozen=4,
        notes=() if results else ("没有待人工核查的指标。",),
    )


def _open(number: int, result: IndicatorResult) -> Row:
    indicator = result.indicator
    seen = _situation(result) if indicator.measure else ""
    return (
        number,
        indicator.part.label,
        indicator.name,
        indicator.point,
        "。".join(part.rstrip("。") for part in (_clause(result), indicator.note) if part) + "。",
        seen,
        result.standing.label,
        None,
        None,
    )


def elements(report: Report) -> Table:
    """页面要素: what every site has to show, then the problems that pages have beside their wording, a row a rule."""
    made = [*map(_element, report.elements), *(_page(*counted) for counted in _by_rule(report.findings))]
    return Table(
        "页面要素",
        _ELEMENT_FIELDS,
        [(number, *row) for number, row in enumerate(made, 1)],
        frozen=3,
        notes=() if made else ("本次没有读取网站要素，也没有发现页面问题。",),
    )


def _element(element: Element) -> Row:
    said = "未能判定" if element.found is None else "有" if element.found else "缺"
    return element.area, element.name, said, element.text, None, element.basis, None


def _by_rule(findings: Iterable[Finding]) -> Iterable[tuple[Finding, int]]:
    """The first finding of every rule about pages, with the pages of all its findings."""
    first: dict[str, Finding] = {}
    pages: dict[str, int] = {}
    for finding in findings:
        if family(finding.code).of_site and not finding.code.startswith(_ABOUT_COLUMNS):
            first.setdefault(finding.code, finding)
            pages[finding.code] = pages.get(finding.code, 0) + finding.pages
    return ((finding, pages[code]) for code, finding in sorted(first.items()))


def _page(finding: Finding, pages: int) -> Row:
    kind = {"site": "全站问题", "column": "栏目问题"}.get(finding.kind, "页面问题")
    named = finding.kind == "document" and finding.subject not in finding.message
    seen = f"{finding.subject}：{finding.message}" if named else finding.message
    return kind, f"{finding.title}（{finding.code}）", finding.severity.label, seen, pages, finding.basis, None


def _clause(result: IndicatorResult) -> str:
    """The clause without the words that its column has already said, and with its document where it is another."""
    indicator = result.indicator
    _, found, rule = indicator.basis.clause.partition("：")
    return (rule if found else indicator.basis.clause) + ("" if indicator.basis.verified else "（待对照原件）")


def _situation(result: IndicatorResult) -> str:
    shown = [name if len(name) <= _LONGEST_NAME else f"{name[:_LONGEST_NAME]}…" for name in result.evidence[:_NAMED]]
    named = "、".join(shown) + ("等" if len(result.evidence) > _NAMED else "")
    return f"{result.arithmetic}。所涉：{named}" if named else result.arithmetic
