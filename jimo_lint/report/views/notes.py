"""说明: what was run, how to read the report, limits with their clauses, the rules in force and those that were not."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from jimo_lint.model import Report, Rule
from jimo_lint.report import phrases
from jimo_lint.report.views import review, since
from jimo_lint.report.views.table import GRADES, Block, Field, Row
from jimo_lint.report.views.unread import PACES, unopened

_EVIDENCE = (
    "依据后的证据标记：核 = 两个以上独立来源核到；核1 = 一个来源核到；产品 = 监管产品公开代码中的字段或阈值；"
    "推、忆 = 未核到原文（写明“待对照原件”），这类依据不作单项否决、不扣分，也不影响合格与否。"
)
_LIMITS = (Field("对象", 2), Field("时限", 1, "centre"), Field("依据", 3))
_RULES = (
    Field("代码", 1, "centre"),
    Field("规则", 1, "strong"),
    Field("级别", 1, "centre", tint=GRADES),
    Field("查什么、为什么", 1, "small"),
    Field("依据（证据标记）", 1, "small"),
    Field("已知误报", 1, "small"),
)


class Notes(NamedTuple):
    """The sections in their order. facts: label and value; evidence: what the marks behind a basis mean.

    reviewing: how people fill the workbook in and what becomes of that.
    """

    facts: tuple[tuple[str, str], ...]
    reading: tuple[str, ...]
    limits: Block
    rules: Block
    evidence: str
    off: Block | None
    reviewing: tuple[str, ...] = review.HOW_TO


def notes(report: Report, reading: Sequence[str]) -> Notes:
    """reading: how to read this kind of report, a sentence each."""
    return Notes(
        tuple(_facts(report)),
        (*reading, *_states(report)),
        Block("三、时限与否决数", _LIMITS, tuple(_thresholds(report))),
        Block("四、使用的规则", _RULES, tuple(map(_rule, report.rules))),
        _EVIDENCE,
        Block("五、没有启用的规则", _RULES, tuple(map(_rule, report.off))) if report.off else None,
    )


def _rule(rule: Rule) -> Row:
    basis = "\n".join(f"{basis}〔{basis.evidence}〕" for basis in rule.basis)
    return rule.code, rule.title, rule.severity.label, rule.why, basis, rule.false_alarms


def _facts(report: Report) -> Iterator[tuple[str, str]]:
    run = report.run
    yield "检查对象", run.site
    yield "检查种类", run.title
    yield "检查日期", f"{phrases.chinese_date(run.as_of)}，{phrases.week(run.as_of)}"
    yield "检查标准", run.profile
    started, finished = phrases.china_time(run.started), phrases.china_time(run.finished)
    yield "起止时间", f"{started:%Y-%m-%d %H:%M} 至 {finished:%Y-%m-%d %H:%M}（北京时间）"
    yield "检查数量", phrases.looked_at(report)
    yield "采集情况", "已完成" if run.complete else "未完成，结果不全"
    if paces := [f"{one.place}：{one.message}" for one in report.problems if one.code in PACES]:
        yield "访问间隔", "\n".join(paces)
    if said := phrases.attachments(report):
        yield "附件", said
    if report.off:
        yield "规则", f"启用 {len(report.rules)} 条，没有启用 {len(report.off)} 条（见第五节）"
    if not report.links_asked:
        yield "链接", "本次没有核对"
    if said := since.line(report):
        yield "与上次相比", said
    if said := since.silenced(report):
        yield "按审核意见不再报", said
    if said := unopened(report):
        yield "没有打开的", said
    yield "程序版本", f"jimo-lint {run.version}"


def _states(report: Report) -> Iterator[str]:
    if report.since:
        yield "与上次相比：" + "；".join(f"“{label}”{meaning}" for label, meaning in since.meanings()) + "。"


def _thresholds(report: Report) -> Iterator[Row]:
    """Distinct limits that were applied, then the counts of 单项否决."""
    kinds = {
        (f"{result.reading.column.kind.label}栏目", phrases.limit(result.limit), result.basis)
        for result in report.columns
        if result.limit
    }
    accounts = {
        ("政务新媒体账号", phrases.limit(result.limit), result.basis) for result in report.accounts if result.limit
    }
    yield from sorted(accounts)
    yield from sorted(kinds)
    for result in report.vetoes:
        yield f"单项否决：{result.indicator.point}", result.indicator.bar, str(result.indicator.basis)
