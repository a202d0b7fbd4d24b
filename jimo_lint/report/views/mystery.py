"""模拟呼叫、模拟暗访 as data: the forms that people fill in, and what came back, by unit and row by row."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from jimo_lint.model.mystery import CALLS, VISITS, Ask, Round, Scored
from jimo_lint.report.views.table import Field, Row, Table

_NUMBER = Field("编号", 13, "small")
_CALL = (
    Field("序号", 5.5, "number"),
    Field("单位", 20, "strong"),
    Field("出处", 20, "small"),
    Field("电话", 18, "entry"),
    Field("呼叫人", 9, "entry"),
    Field("呼叫日期", 11.5, "entry-date", dated=True),
    Field("时间", 8, "entry"),
    Field("接听", 8, "entry-centre", choices=("是", "否", "占线", "空号")),
    Field("态度", 8, "entry-centre", choices=("好", "一般", "差")),
    Field("所问问题", 22, "entry"),
    Field("答得对不对", 9, "entry-centre", choices=("对", "部分对", "不对")),
    Field("说明", 22, "entry"),
    _NUMBER,
)
_VISIT = (
    Field("序号", 5.5, "number"),
    Field("单位", 20, "strong"),
    Field("方式", 9, "centre"),
    Field("发出人", 9, "entry"),
    Field("发出日期", 11.5, "entry-date", dated=True),
    Field("申请内容", 26, "entry"),
    Field("回执", 8, "entry-centre", choices=("有", "无")),
    Field("答复日期", 11.5, "entry-date", dated=True),
    Field("答复质量", 9, "entry-centre", choices=("好", "一般", "差")),
    Field("说明", 24, "entry"),
    _NUMBER,
)
_UNIT = (
    Field("序号", 5.5, "number"),
    Field("单位", 26, "strong"),
    Field("呼叫", 8, "count"),
    Field("呼叫得分", 10, "points"),
    Field("暗访", 8, "count"),
    Field("暗访得分", 10, "points"),
    Field("合计得分", 10, "points"),
)
_ROWS = (
    Field("序号", 5.5, "number"),
    Field("种类", 11, "centre"),
    Field("单位", 22, "strong"),
    Field("出处或方式", 18, "small"),
    Field("电话", 18),
    Field("得分", 8, "points"),
    Field("得分的由来", 50, "small"),
    Field("看不懂的", 30, "small"),
)
READING = (
    "一行一次呼叫或一件申请；浅黄格由人填写，有下拉的请从中选。请不要改“编号”和“单位”两列，行可以删、可以排序，也可以加列。",
    "电话取自网站上采集到的公开指南、页脚和联系页面；网站上没有单列电话的单位，请先填上电话再呼叫。",
    "填好后运行 jimo-lint mystery import 文件名；没有填的行算没有做，不算零分。填过的工作簿不会被再次导出覆盖。",
    "得分是做到的项占查过的项的百分数（“一般”“部分对”算一半），只供内部比较，不是官方分值。",
    "暗访的答复期限按发出次日起 20 个工作日算；信函自对方签收起算，过了期限的请人工核对，不判逾期。",
    "呼叫人、发出人和申请内容只留在这份工作簿里，导入时不读。",
)


def forms(asks: Sequence[Ask]) -> tuple[Table, Table]:
    """The two forms."""
    calls = [one for one in asks if one.kind == CALLS]
    visits = [one for one in asks if one.kind == VISITS]
    call_rows: list[Row] = [
        (n, one.unit, one.where, one.phone or None, *[None] * 8, one.number) for n, one in enumerate(calls, 1)
    ]
    visit_rows: list[Row] = [(n, one.unit, one.where, *[None] * 7, one.number) for n, one in enumerate(visits, 1)]
    return (
        Table(CALLS, _CALL, call_rows, frozen=2, notes=() if calls else ("没有电话可列：还没有采集过网站。",)),
        Table(VISITS, _VISIT, visit_rows, frozen=2, notes=() if visits else ("配置里没有单位可列。",)),
    )


def results(found: Round) -> tuple[Table, Table]:
    """By unit, worst first, and row by row."""
    by_unit: dict[str, list[Scored]] = defaultdict(list)
    for one in found.rows:
        by_unit[one.row.ask.unit].append(one)
    ordered = sorted(by_unit.items(), key=lambda item: (_mean(item[1]) is None, _mean(item[1]) or 0.0))
    units: list[Row] = []
    for number, (unit, rows) in enumerate(ordered, 1):
        calls = [one for one in rows if one.row.ask.kind == CALLS]
        visits = [one for one in rows if one.row.ask.kind == VISITS]
        units.append(
            (number, unit, len(calls), said(_mean(calls)), len(visits), said(_mean(visits)), said(_mean(rows)))
        )
    notes = [f"没有做（没有填）的 {len(found.left)} 项，没有计分。"] if found.left else []
    notes += [f"没有读进来：{fault}" for fault in found.faults]
    return (
        Table("各单位得分", _UNIT, units, notes=tuple(notes)),
        Table("逐项", _ROWS, [_row(number, one) for number, one in enumerate(found.rows, 1)], frozen=3),
    )


def _mean(rows: Sequence[Scored]) -> float | None:
    scores = [one.score for one in rows if one.score is not None]
    return sum(scores) / len(scores) if scores else None


def said(score: float | None) -> float | str:
    """A score to one digit; a dash where nothing can be said."""
    return "—" if score is None else round(score, 1)


def _row(number: int, one: Scored) -> Row:
    ask = one.row.ask
    why = "；".join(
        f"{point.name}：{point.why}{'' if point.share is None else f'（{point.share:g}）'}" for point in one.points
    )
    return number, ask.kind, ask.unit, ask.where, ask.phone, said(one.score), why, "；".join(one.row.doubts)
