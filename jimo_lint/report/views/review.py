"""What reviewers fill in beside a finding, what was decided before, and how it stands since earlier runs."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from jimo_lint.domains import netloc
from jimo_lint.model import Decision, Finding, LinkSummary, Opinion, Report, State
from jimo_lint.report.views.table import Field, Row
from jimo_lint.review.groups import group_numbers
from jimo_lint.review.opinions import DISPUTED

_OPINIONS = tuple(one.label for one in Opinion)

NUMBER = Field("问题编号", 8, "id", hidden=True)
OPINION = Field("审核意见", 9, "entry-centre", tint=_OPINIONS, choices=_OPINIONS)
DUE = Field("整改期限", 11.5, "entry-date", dated=True)
PROGRESS = Field("整改情况", 14, "entry")
SIGNED = (
    Field("理由", 20, "entry", printed=False),
    Field("审核人", 9, "entry-centre", printed=False),
    Field("审核日期", 11.5, "entry-date", dated=True, printed=False),
)
# Beside a single finding all but the opinion is for the screen.
DETAILS = (
    *SIGNED,
    Field("整改期限", 11.5, "entry-date", dated=True, printed=False),
    Field("整改情况", 20, "entry", printed=False),
)

STANDING = (
    Field("状态", 9, "centre", tint=tuple(one.label for one in State if not one.gone and one is not State.UNCHECKED)),
    Field("已有天数", 7, "number"),
    Field("超期（工作日）", 8, "number", alarm=True),
)
FIRST_SEEN = Field("首次发现", 11.5, "date", printed=False)

# The section of 说明 about all this.
HOW_TO = (
    "浅黄格由人填写，填好后运行 jimo-lint review import 文件名，意见就录入数据库；几个人各填一份的，几份一起导入。",
    "审核意见选一个。确认：属实，开始计算整改期限。误报：以后不再报这一条，直到那里的文字有改动。",
    "已整改：下次检查核对，没有了才销号，还在的写“整改未到位”。暂缓：须写整改期限，到期重新列为待办。",
    "审核人必须写（或导入时写明）；审核日期空着的按导入那天。两人对同一问题意见不同，都不生效，导入时列出姓名。",
    "“整改清单”（“整改建议”）一行填的意见，这一组的每个问题都算；只有个别不同的，请在“问题明细”里逐条填，这一行空着。",
    "可以排序、筛选、删行、加列、挪列、只发其中一张表；用 WPS、LibreOffice 保存，存成 .xls、.ods、.csv 都能导入。",
    "隐藏的“问题编号”一列请保留，没有编号的行不录入，只列出来。",
    "新的工作簿带着已录入的意见。工作表没有加保护，以便排序筛选；自行加保护的，浅黄格仍可填写。",
)


def number(report: Report, findings: Sequence[Finding]) -> str | None:
    """What a row about these findings carries, so that a decision finds back to each; None where no run is kept."""
    return group_numbers(report.run.number, findings) if report.run.number and findings else None


def opinion(findings: Iterable[Finding]) -> dict[str, object]:
    """What was decided of these findings, by the titles of the fields; nothing where they differ."""
    given = [finding.history for finding in findings]
    if not any(given):
        return {}
    decided = {_said(one.decision) if one and one.decision else None for one in given}
    said = decided.pop() if len(decided) == 1 else None
    if said:
        return dict(said)
    return {"理由": DISPUTED} if any(one and one.disputed for one in given) else {}


def standing(finding: Finding) -> Row:
    """State, days open, and working days over the limit."""
    one = finding.history
    if one is None:
        return None, None, None
    over: int | str | None = one.overdue or None
    return one.state.label, one.days, over if one.certain or not over else f"约 {over}"


def filled(fields: Iterable[Field], findings: Iterable[Finding]) -> Row:
    """The cells of these fields as they were decided."""
    said = opinion(findings)
    return tuple(said.get(field.title) for field in fields)  # type: ignore[misc]


class Targets:
    """The findings about links by the rows of a table of links."""

    def __init__(self, report: Report) -> None:
        codes = {rule.code for rule in report.rules if rule.kind == "links"}
        self._about: dict[str, list[Finding]] = {}
        for finding in report.findings:
            if finding.kind == "link" and finding.code in codes:
                self._about.setdefault(finding.subject, []).append(finding)
        # Findings are about an address as one line, which cuts it where it is over-long.
        self._cut = {len(subject) - 1 for subject in self._about if subject.endswith("…")}

    def about(self, link: LinkSummary) -> tuple[Finding, ...]:
        """The finding about a link, or else about its whole host; none where that is not certain."""
        scheme = link.url.partition(":")[0]
        cut = (f"{link.url[:length]}…" for length in self._cut)
        for key in (link.url, *cut, f"{scheme}://{netloc(link.url)}/"):
            found = self._about.get(key, [])
            if len(found) > 1:
                found = [one for one in found if one.samples == link.samples]
            if len(found) == 1:
                return tuple(found)
        return ()


def _said(one: Decision) -> tuple[tuple[str, object], ...]:
    said = (one.opinion.label, one.reason, one.reviewer, one.day, one.due, one.progress)
    titles = (OPINION.title, *(field.title for field in DETAILS))
    return tuple(zip(titles, (value or None for value in said), strict=True))
