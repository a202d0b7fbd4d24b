"""Says the outcome of an inspection in one line, fit for the subject of a mail or a message to a group."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from jimo_lint.language.printing import printable
from jimo_lint.model import Report, Severity
from jimo_lint.report import Showing, phrases
from jimo_lint.report.views import since

_NAMED = 3


def render(report: Report, showing: Showing) -> str:
    """The line, ending in a newline."""
    return line(report, showing.workbook) + "\n"


def line(report: Report, workbook: Path | None = None) -> str:
    """Kind, site, week, conclusions or what was checked, findings by level, workbook; no line break in it."""
    run = report.run
    results = report.results
    parts = [f"{what} {number} 个" for what, number in Counter(result.NOUN for result in results).items()]
    parts += [phrases.concluded(results)] if results else []
    grades = Counter(finding.severity for finding in report.findings)
    found = [f"{severity.label} {grades[severity]:,}" for severity in reversed(Severity) if grades[severity]]
    if report.looked or (not results and (run.documents or report.links)):
        parts = [f"检查 {phrases.looked_at(report)}"]
    when = phrases.week(run.as_of) if results else phrases.chinese_date(run.as_of)
    said = [f"{run.site}{run.title} {when}：{'，'.join(parts) or '没有检查对象'}"]
    said.append(f"问题 {len(report.findings):,} 个" + (f"（{'，'.join(found)}）" if found else ""))
    said += [short] if (short := since.short(report)) else []
    graded = sorted(report.accounts, key=phrases.account_order)
    faulty = [result.reading.account.name for result in graded if result.conclusion in ("超期未更新", "账号无内容")]
    if faulty:
        said.append(f"先处理：{'、'.join(faulty[:_NAMED])}" + ("等" if len(faulty) > _NAMED else ""))
    if unread := sum(one.unread for one in report.problems):
        said.append(f"未读与未检 {unread} 处")
    if report.partial:
        said.append("部分检查，没有检查的不等于没有问题")
    if not run.complete and parts:
        said.append("采集没有完成，结果不全")
    if workbook is not None:
        said.append(f"工作簿 {workbook}")
    return printable("；".join(said)) + "。"
