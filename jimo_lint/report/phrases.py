"""The wording that all writers share: names of weeks, conclusions, time limits, and text made fit to print."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from jimo_lint.model import (
    AccountResult,
    ColumnResult,
    Finding,
    MaxAge,
    Outcome,
    Problem,
    Report,
    Result,
    UpdateStatus,
    Verdict,
)
from jimo_lint.model.families import family
from jimo_lint.model.terms import CHINA
from jimo_lint.model.workdays import Due, due
from jimo_lint.values import replace

if TYPE_CHECKING:
    from jimo_lint.model import History

VERDICTS = {Verdict.DEAD: "失效", Verdict.INCONCLUSIVE: "待确认", Verdict.ALIVE: "正常"}

LINK_KINDS = {
    "page": "网页",
    "attachment": "附件",
    "image": "图片",
    "media": "音视频",
    "script": "脚本",
    "style": "样式",
    "frame": "框架页",
    "mail": "邮箱",
    "empty": "空链接",
    "local": "本机地址",
}

# What spreadsheets take for a formula where a cell begins with it; the full-width ones as well, where Chinese is set.
FORMULA_STARTS = ("=", "+", "-", "@", "＝", "＋", "－", "＠", "\t", "\r", "\n")
_FEW = 3  # places with the same fault that are named one by one
# Parts of a Word document that stand beside its text.
_BESIDE = ("脚注", "尾注", "批注", "页眉", "页脚", "文本框")
# Places in what has no lines that a person could count: sheets, slides, pages, tables.
_LINELESS = re.compile(r"工作表|幻灯片|第 [0-9]+ 页|表 [0-9]")


def beside(finding: Finding) -> str:
    """`脚注 2：`, to stand before a message where a line number alone would not lead a person; else nothing."""
    return f"{finding.locator}：" if finding.locator.startswith(_BESIDE) else ""


def place(finding: Finding) -> str:
    """`工作表“名单”B7`, `第 3 页 图 2` where that leads a person and the number of a line would not; else nothing."""
    return finding.locator if finding.region or _LINELESS.match(finding.locator) else ""


def together(problems: Iterable[Problem]) -> list[Problem]:
    """Problems as a screen lists them: where more than `_FEW` places have the same fault, one line says how many."""
    groups: dict[tuple[str, bool], list[Problem]] = {}
    for problem in problems:
        groups.setdefault((problem.message, problem.excused), []).append(problem)
    shown: list[Problem] = []
    for same in sorted(groups.values(), key=lambda same: same[0].excused):
        many = len(same) > _FEW
        shown += [replace(same[0], place=f"{same[0].place} 等 {len(same)} 处")] if many else same
    return shown


def looked_at(report: Report) -> str:
    """How much was checked: 4 个文件，12,345 字; 120 个链接：正常 100，失效 5，待确认 15，错链率 4.17%.

    Of a recheck: 3 处：已复查 2，未复查 1.
    """
    run = report.run
    if report.looked:
        outcomes = Counter(one.outcome for one in report.looked)
        told = "，".join(f"{one.label} {outcomes[one]:,}" for one in Outcome if outcomes[one])
        return f"{len(report.looked):,} 处：{told}"
    if others := _neither(report):
        return f"{len(others):,} 件{others[0].NOUN}"
    if run.inspection != "links":
        unit = "个文件" if run.inspection == "check" else "篇（页）"
        kept = f"（{run.unchanged:,} {unit}未变，沿用上次判定）" if run.unchanged else ""
        return f"{run.documents:,} {unit}{kept}{and_attachments(report)}，{run.characters:,} 字"
    counted = Counter(link.result.verdict if link.result else None for link in report.links)
    parts = [f"{word} {counted[verdict]:,}" for verdict, word in VERDICTS.items() if counted[verdict]]
    parts += [f"未检查 {counted[None]:,}"] if counted[None] else []
    asked = len(report.links) - counted[None]
    parts += [f"错链率 {counted[Verdict.DEAD] / asked:.2%}"] if asked else []
    return f"{len(report.links):,} 个链接" + (f"：{'，'.join(parts)}" if parts else "")


def _neither(report: Report) -> list[Result]:
    """Results that are neither of accounts nor of columns: what no documents are read for."""
    return [one for one in report.results if not isinstance(one, AccountResult | ColumnResult)]


def and_attachments(report: Report) -> str:
    """、附件 14 个, to stand behind the pages that were looked at; "" where no attachment was."""
    files = report.attachments
    return f"、附件 {files.read + files.unchanged:,} 个" if files and (files.read or files.unchanged) else ""


def attachments(report: Report) -> str:
    """读了 12 个，30 个没有改过、按上次读出的检查，5 个没有读; "" where there are none."""
    files = report.attachments
    if files is None:
        return ""
    parts = [f"读了 {files.read:,} 个"] if files.read else []
    parts += [f"{files.unchanged:,} 个没有改过，按上次读出的检查"] if files.unchanged else []
    parts += [f"{files.unread:,} 个没有读"] if files.unread else []
    return "；".join(parts)


def week(day: date) -> str:
    """The ISO week that holds `day`: 2026年第47周（11月16日—11月22日）."""
    year, number, weekday = day.isocalendar()
    first = day - timedelta(days=weekday - 1)
    last = first + timedelta(days=6)
    with_year = first.year != last.year
    days = "—".join(f"{end.year}年" * with_year + f"{end.month}月{end.day}日" for end in (first, last))
    return f"{year}年第{number}周（{days}）"


def chinese_date(day: date) -> str:
    """2026年11月22日."""
    return f"{day.year}年{day.month}月{day.day}日"


def china_time(moment: datetime) -> datetime:
    """An aware moment as naive China standard time, which is what people here read."""
    return moment.astimezone(CHINA).replace(tzinfo=None) if moment.tzinfo else moment


def limit(max_age: MaxAge | None) -> str:
    """14 天, 6 个月, or — where there is no duty."""
    return str(max_age) if max_age else "—"


# Gravest first: the order of rows in summaries.
CONCLUSIONS = (
    "超期未更新",
    "更新不及时",
    "账号无内容",
    "空白栏目",
    "需整改",
    "即将超期",
    "未能判定",
    "正常",
    "不判更新",
)


def concluded(results: Iterable[Result]) -> str:
    """How many came to each conclusion, gravest first: 更新不及时 2，正常 9."""
    counted = Counter(result.conclusion for result in results)
    return "，".join(f"{word} {counted[word]}" for word in dict.fromkeys((*CONCLUSIONS, *counted)) if counted[word])


def account_order(result: AccountResult) -> tuple[int, int]:
    """Sort key: gravest first, then longest silence; equal ones stay as configured."""
    return CONCLUSIONS.index(result.conclusion), -(result.age_days or 0)


def column_order(result: ColumnResult) -> tuple[int, bool, int]:
    """Sort key: gravest first, key columns before others, then longest silence; equal ones stay as configured."""
    conclusion = CONCLUSIONS.index(result.conclusion)
    return conclusion, not result.reading.column.key, -(result.age_days or 0)


def deadline(finding: Finding, report: Report) -> str:
    """建议整改时限: working days and the day by which they pass; the office's own notice wins.

    Where runs are kept it is the day from which the problem counts as overdue, which does not move from run to run.
    """
    days = report.deadlines.days(family(finding.code).term, finding.severity)
    history = finding.history
    if history and history.due and history.decision and history.decision.due:
        return f"{history.due.month}月{history.due.day}日前"
    if days is None:
        return "核实后处理"
    if not days:
        return "立即"
    if history and history.due:
        last = Due(history.due, history.certain)
    else:
        last = due(report.run.as_of, days, report.deadlines.holidays, report.deadlines.workdays)
    about = "" if last.certain else "约"
    return f"{days} 个工作日\n（{about}{last.day.month}月{last.day.day}日前）"


def limit_day(history: History) -> date | str:
    """整改期限: a day, 约 before one that no published arrangement settles; of a notice, that it has none."""
    if history.due is None:
        return "核实后处理"
    return history.due if history.certain else f"约 {history.due.isoformat()}"


def anything(report: Report) -> bool:
    """Whether anything was looked at at all: without that there is nothing to be said of what was found."""
    if report.looked:
        return any(one.outcome is not Outcome.UNSEEN for one in report.looked)
    if any(link.result for link in report.links) or _neither(report):
        return True
    # A check of links reads lists and drafts only for the links in them.
    if report.run.documents and report.run.inspection != "links":
        return True
    judged = (*(one.status for one in report.accounts), *(one.status for one in report.columns))
    return any(status is not UpdateStatus.UNKNOWN for status in judged)
