"""The sheets in the form that inspectors fill in: 单项否决, 扣分与依据, 待人工核查, 页面要素."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from jimo_lint.model import Element, Finding, IndicatorResult, Part, Report, Standing
from jimo_lint.report.cells import Value
from jimo_lint.report.workbook import Book, Field
from jimo_lint.scoring import Tally

_VETO_FIELDS = (
    Field("序号", 5.5, "number"),
    Field("指标", 12, "centre"),
    Field("考察点", 18, "strong"),
    Field("评分细则", 40, "small"),
    Field("证据", 6, "centre"),
    Field("检查情况", 48, "small"),
    Field("检查结论", 11.5, "centre"),
    Field("人工认定", 10, "centre"),
)
_POINT_FIELDS = (
    Field("序号", 5.5, "number"),
    Field("一级指标", 10, "centre"),
    Field("二级指标", 13, "centre"),
    Field("考察点", 20, "strong"),
    Field("扣分细则", 34, "small"),
    Field("证据", 6, "centre"),
    Field("存在的问题", 42, "small"),
    Field("检查结论", 11.5, "centre"),
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
    Field("缘由", 11.5, "centre"),
    Field("核查情况", 20),
    Field("核查人", 8),
)
_ELEMENT_FIELDS = (
    Field("序号", 5.5, "number"),
    Field("类别", 11, "centre"),
    Field("要素或问题", 26, "strong"),
    Field("结论", 10, "centre"),
    Field("所见", 52, "small"),
    Field("页数", 7, "number"),
    Field("依据", 36, "small"),
    Field("复核结果", 10, "centre"),
)
# Rows that a page can hold and still be read; a form that is a little longer is made smaller.
_PER_PAGE = 36
# Pieces of evidence that a row names, and how long a name may be; all of them stand in their own sheets.
_NAMED = 6
_LONGEST_NAME = 40
_CONFIRMED = ("属实", "不属实", "需复查")
_STANDINGS = ("达到", "有问题", "未达到", "无问题", "未能判定", "待人工核查")
# Rules about columns as a whole stand in 栏目情况; the others are about pages and what they must show.
_ABOUT_COLUMNS = ("C101", "C102", "C103", "C109", "C14")


def veto_sheet(book: Book, report: Report) -> None:
    """单项否决: every clause with what was found, its arithmetic, and room for a person's decision."""
    results = [result for result in report.indicators if result.indicator.part is Part.VETO]
    sheet = book.sheet("单项否决", [field.width for field in _VETO_FIELDS], freeze="D2")
    rows = sheet.table(_VETO_FIELDS, (_veto(number, one) for number, one in enumerate(results, 1)), filtered=False)
    sheet.tint(7, rows, _STANDINGS)
    sheet.choices(8, rows, _CONFIRMED)
    sheet.band("任一项达到即不合格，不再评分。“达到”只说明有否决风险，须人工逐个核实后认定。", "note")
    sheet.repeat(1)
    sheet.fit_pages(len(results), _PER_PAGE)


def _veto(number: int, result: IndicatorResult) -> Sequence[Value]:
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


def points_sheet(book: Book, report: Report) -> None:
    """扣分与依据: the form of the census, with the points that the source gives and nothing invented."""
    results = [result for result in report.indicators if result.indicator.part is Part.DEDUCTION]
    sheet = book.sheet("扣分与依据", [field.width for field in _POINT_FIELDS], freeze="E2")
    rows = sheet.table(_POINT_FIELDS, (_points(number, one) for number, one in enumerate(results, 1)), filtered=False)
    sheet.tint(8, rows, _STANDINGS)
    tally = Tally.of(report.indicators)
    total = f"机器已核扣分合计（未核 {tally.unjudged} 项，不计总分）"
    sheet.spread((total, tally.deducted, None), ("strong", "points", "points"), ((1, 8), (9, 9), (10, 10)))
    sheet.band(
        "只适用于政府门户网站。只有核到分值的指标才扣分，同一指标扣分不超过上限，已按其他指标扣分的不重复扣；"
        "大部分指标须人工核查，因此不计总分。扣分、加分后的总分由检查人在人工核查后填写。",
        "note",
    )
    sheet.repeat(1)
    sheet.fit_pages(len(results), _PER_PAGE)


def _points(number: int, result: IndicatorResult) -> Sequence[Value]:
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
    return {Standing.REACHED: "有问题", Standing.CLEAR: "无问题"}.get(result.standing, result.standing.label)


def open_sheet(book: Book, report: Report) -> None:
    """待人工核查: the list that a person works through: what only a person can judge, and what could not be read."""
    results = [one for one in report.indicators if one.standing in (Standing.OPEN, Standing.UNKNOWN)]
    sheet = book.sheet("待人工核查", [field.width for field in _OPEN_FIELDS], freeze="E2")
    rows = sheet.table(_OPEN_FIELDS, (_open(number, one) for number, one in enumerate(results, 1)))
    if not results:
        sheet.band("没有待人工核查的指标。", "note")
    sheet.tint(7, rows, ("待人工核查", "未能判定"))
    sheet.repeat(1)


def _open(number: int, result: IndicatorResult) -> Sequence[Value]:
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


def elements_sheet(book: Book, report: Report) -> None:
    """页面要素: what every site has to show, then the problems that pages have beside their wording, a row a rule."""
    sheet = book.sheet("页面要素", [field.width for field in _ELEMENT_FIELDS], freeze="D2")
    made = [*map(_element, report.elements), *(_page(*one) for one in _by_rule(report.findings))]
    rows = sheet.table(_ELEMENT_FIELDS, ((number, *row) for number, row in enumerate(made, 1)))
    sheet.tint(4, rows, ("有", "缺", "未能判定", "否决", "错误", "警告", "提示"))
    sheet.choices(8, rows, _CONFIRMED)
    if not made:
        sheet.band("本次没有读取网站要素，也没有发现页面问题。", "note")
    sheet.repeat(1)


def _element(element: Element) -> Sequence[Value]:
    said = "未能判定" if element.found is None else "有" if element.found else "缺"
    return element.area, element.name, said, element.text, None, element.basis, None


def _by_rule(findings: Iterable[Finding]) -> Iterable[tuple[Finding, int]]:
    """The first finding of every rule about pages, with the pages of all its findings."""
    first: dict[str, Finding] = {}
    pages: dict[str, int] = {}
    for finding in findings:
        if finding.code.startswith("C") and not finding.code.startswith(_ABOUT_COLUMNS):
            first.setdefault(finding.code, finding)
            pages[finding.code] = pages.get(finding.code, 0) + finding.pages
    return ((finding, pages[code]) for code, finding in sorted(first.items()))


def _page(finding: Finding, pages: int) -> Sequence[Value]:
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
