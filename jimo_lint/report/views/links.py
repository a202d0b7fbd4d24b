"""链接, 失效链接: one row a target that a person should look at, with the page that holds it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from jimo_lint.model import Account, Column, Finding, LinkCount, LinkGroup, LinkSummary, Platform, Report, Verdict
from jimo_lint.model.reasons import link_reason
from jimo_lint.report import phrases
from jimo_lint.report.views import review
from jimo_lint.report.views.findings import PLATFORM, platform, platforms_of
from jimo_lint.report.views.table import Field, Linked, Row, Table

_BEFORE = (
    Field("序号", 5.5, "number"),
    review.NUMBER,
    Field("结论", 9, "centre", tint=("失效", "待确认", "正常", "未检查")),
    Field("原因", 22),
    Field("自何时起", 11.5, "date"),
    Field("类型", 7, "centre"),
    Field("链接文字", 18),
    Field("链接地址", 32, "address"),
    Field("站内外", 7, "centre"),
    Field("出现页数", 8, "number"),
    Field("所在页面（示例）", 20),
    Field("所在网址（示例）", 28, "address"),
)
_AFTER = (
    Field("责任单位", 13, "centre"),
    review.OPINION,
    # What follows is for the screen.
    *review.DETAILS,
    Field("打开", 6, "centre", printed=False),
    Field("打开所在页面", 8, "centre", printed=False),
    Field("建议改为", 34, "small", printed=False),
    Field("状态码", 8, "number", printed=False),
    Field("检查时间", 16, "moment", printed=False),
)
_NOTE = (
    "没有毛病的链接未列出。“待确认”是对方拒绝程序访问、超时等不能断定的情况，不算失效，请人工打开核实；"
    "“正常”的行能打开，但地址已迁移或证书有毛病。"
)


def links(report: Report, whom: str, name: str = "链接") -> Table:
    """Own, other sites' and attachments apart; working ones are only counted. whom: as in `findings`."""
    owners: dict[str, Column | Account] = {result.reading.column.id: result.reading.column for result in report.columns}
    owners.update({result.reading.account.id: result.reading.account for result in report.accounts})
    platforms = platforms_of(report)
    shown = sorted((link for link in report.links if not link.sound), key=_order)
    beside, targets = (PLATFORM,) if platforms else (), review.Targets(report)
    return Table(
        name,
        (*_BEFORE, *beside, Field(f"所属{whom}", 13, "centre"), *_AFTER),
        (
            (number, *_link(link, report, targets.about(link), owners, platforms))
            for number, link in enumerate(shown, 1)
        ),
        notes=(*map(_counted, report.link_counts), _NOTE),
    )


def _verdict(link: LinkSummary) -> str:
    return phrases.VERDICTS[link.result.verdict] if link.result else "未检查"


def _order(link: LinkSummary) -> tuple[int, int, int, str]:
    verdict = (Verdict.DEAD, Verdict.INCONCLUSIVE, Verdict.ALIVE).index(link.result.verdict) if link.result else 3
    return verdict, list(LinkGroup).index(LinkGroup.of(link)), -link.pages, link.url


def _counted(count: LinkCount) -> str:
    share = f"，错链率 {count.dead_share:.2%}" if count.dead_share is not None else ""
    unchecked = f"，未检查 {count.unchecked:,}" if count.unchecked else ""
    return (
        f"{count.group.label}链接：正常 {count.alive:,}，失效 {count.dead:,}，"
        f"待确认 {count.inconclusive:,}{unchecked}{share}"
    )


def _link(
    link: LinkSummary,
    report: Report,
    about: Sequence[Finding],
    owners: Mapping[str, Column | Account],
    platforms: Mapping[str, Platform],
) -> Row:
    result = link.result
    owner = owners.get(link.account or "") or owners.get(link.column or "")
    sample = link.samples[0] if link.samples else ""
    return (
        review.number(report, about),
        _verdict(link),
        "地址已永久迁移"
        if link.suggestion and _verdict(link) == "正常"
        else link_reason(result.reason if result else link.barred),
        phrases.china_time(result.failing_since) if result and result.failing_since else None,
        phrases.LINK_KINDS.get(link.kind, link.kind),
        link.text,
        link.url,
        "站外" if link.external else "站内",
        link.pages,
        link.holder,
        sample,
        *platform(link.account or "", platforms),
        owner.name if owner else None,
        owner.owner if owner else None,
        *review.filled((review.OPINION, *review.DETAILS), about),
        Linked(link.url, "打开"),
        Linked(sample, "打开"),
        Linked(link.suggestion),
        result.status if result and result.status else None,
        phrases.china_time(result.checked) if result and result.checked else None,
    )
