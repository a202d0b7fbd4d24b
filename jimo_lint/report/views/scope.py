"""Says which of an inspection's rules were in force, and what was left out, so that silence is not taken for health."""

from __future__ import annotations

from collections.abc import Sequence

from jimo_lint.model import Report, Rule
from jimo_lint.model.families import family
from jimo_lint.report.views.table import Line

# Rules that are named one by one; 说明 has them all.
_NAMED = 8


def left_out(report: Report) -> list[str]:
    """What the run was told not to look for; nothing where all was looked for."""
    parts = []
    if report.off and len(report.rules) < len(report.off):
        used = f"（{_listed(report.rules)}）" if report.rules else ""
        parts.append(f"只用了 {len(report.rules)} 条规则{used}，其余 {len(report.off)} 条没有启用")
    elif report.off:
        parts.append(f"有 {len(report.off)} 条规则没有启用（{_listed(report.off)}）")
    if not report.links_asked:
        parts.append("没有核对链接")
    return parts


def scope(report: Report) -> tuple[Line, ...]:
    """What stands at the top of a report over less than everything; nothing where all was looked for."""
    parts = left_out(report)
    if not parts:
        return ()
    return (Line(f"注意：本次是部分检查，{'；'.join(parts)}。没有检查的，不等于没有问题。", "alarm"),)


def suffix(report: Report) -> str:
    """What the name of its file ends in, so that a report over less does not replace one over everything."""
    return "-部分检查" if report.partial else ""


def _listed(rules: Sequence[Rule]) -> str:
    named = "、".join(f"{rule.code} {rule.title}" for rule in rules[:_NAMED])
    return named + ("等" if len(rules) > _NAMED else "")


def wording_judged(report: Report) -> bool:
    """Whether any rule of what counts as 错敏词 was in force: only then a count of 0 says something."""
    in_force, off = (any(family(rule.code).sensitive for rule in rules) for rules in (report.rules, report.off))
    return in_force or not off
