"""问题明细: one row a distinct problem."""

from __future__ import annotations

from collections.abc import Mapping

from jimo_lint.model import Finding, Platform, Report
from jimo_lint.report import phrases
from jimo_lint.report.views import review
from jimo_lint.report.views.table import GRADES, Field, Linked, Marked, Row, Table

PLATFORM = Field("平台", 8, "centre")

_BEFORE = (
    Field("序号", 5.5, "number"),
    # Hidden among those that stay in view: whoever copies or sends a few rows takes it along.
    review.NUMBER,
    Field("级别", 6, "centre", tint=GRADES),
    Field("问题类型", 11.5, "centre"),
    Field("错敏词", 12.5, "wrong"),
    Field("推荐修改", 10.5, "centre"),
    Field("所在上下文", 32),
    Field("说明", 21),
)
_AFTER = (
    Field("责任单位", 12, "centre"),
    Field("标题", 19),
    Field("网址", 24, "address"),
    Field("发布时间", 11.5, "date"),
    Field("出现处数", 9, "number"),
    Field("建议整改时限", 12.5, "centre"),
)
_REVIEWED = (review.OPINION, *review.DETAILS)
_SCREEN = (
    # What follows is for filtering and opening on the screen.
    Field("打开", 6, "centre", printed=False),
    Field("代码", 7, "centre", printed=False),
    Field("依据", 34, "small", printed=False),
    Field("所在位置", 16, "small", printed=False),
    Field("其他出现网址", 40, "small", printed=False),
)


def findings(report: Report, whom: str) -> Table:
    """whom: the title of the field that names account or column; an account has its platform beside it."""
    platforms = platforms_of(report)
    stood = any(finding.history for finding in report.findings)
    holders = {link.samples[0]: link.holder for link in report.links if link.samples and link.holder}
    rows = (
        (number, *_finding(finding, report, holders, platforms, stood))
        for number, finding in enumerate(report.findings, 1)
    )
    beside = (PLATFORM,) if platforms else ()
    standing, first = (review.STANDING, (review.FIRST_SEEN,)) if stood else ((), ())
    fields = (*_BEFORE, *beside, Field(whom, 12, "centre"), *_AFTER, *standing, *_REVIEWED, *first, *_SCREEN)
    notes = () if report.findings else ("没有发现问题。",)
    return Table("问题明细", fields, rows, frozen=4, notes=notes)


def platforms_of(report: Report) -> dict[str, Platform]:
    """The platform of every account by its id; nothing where no account was inspected."""
    return {result.reading.account.id: result.reading.account.platform for result in report.accounts}


def platform(account: str, platforms: Mapping[str, Platform]) -> Row:
    """The cell that names the platform of an account, or no cell where no account was inspected."""
    if not platforms:
        return ()
    return (platforms[account].label,) if account in platforms else (None,)


def _finding(
    finding: Finding, report: Report, holders: Mapping[str, str], platforms: Mapping[str, Platform], stood: bool
) -> Row:
    return (
        review.number(report, (finding,)),
        finding.severity.label,
        finding.title,
        finding.matched.replace("\n", ""),  # a word over two lines
        "、".join(finding.suggestions),
        _context(finding),
        finding.message,
        *platform(finding.account, platforms),
        finding.account_name or finding.column_name,
        finding.owner,
        _title(finding, holders),
        finding.url,
        finding.published,
        finding.pages,
        phrases.deadline(finding, report),
        *(review.standing(finding) if stood else ()),
        *review.filled(_REVIEWED, (finding,)),
        *((finding.history.first_seen if finding.history else None,) if stood else ()),
        Linked(finding.url, "打开"),
        finding.code,
        finding.basis,
        finding.locator,
        "\n".join(sample for sample in finding.samples if sample != finding.url),
    )


def _context(finding: Finding) -> Marked | str:
    """What stands around the word; of a link its words and where it leads, since the address is that of its page."""
    if finding.kind == "link":
        return "\n".join(part for part in (finding.locator, finding.subject) if part)
    end = finding.excerpt_start + len(finding.matched)
    return Marked(finding.excerpt, finding.excerpt_start, end) if finding.matched else finding.excerpt


def _title(finding: Finding, holders: Mapping[str, str]) -> str:
    """The title of the page; of a link that of the page that holds it."""
    if finding.kind == "link":
        return holders.get(finding.url, "")
    return "" if finding.kind == "document" and finding.subject == finding.url else finding.subject
