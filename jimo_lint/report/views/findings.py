"""问题明细: one row a distinct problem."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import NamedTuple

from jimo_lint.model import Finding, Platform, Report
from jimo_lint.report import phrases
from jimo_lint.report.views import review
from jimo_lint.report.views.table import GRADES, Field, Linked, Marked, Pictured, Row, Table

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
)
_CUTOUT = Field("截图", 26, "small")
_SAID = Field("说明", 21)
_AFTER = (Field("责任单位", 12, "centre"), Field("标题", 19))
# Nobody finds a cell, a slide or a picture without it; on a page the word leads there.
_PLACE = Field("所在位置", 16, "small")
_THEN = (
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
    Field("其他出现网址", 40, "small", printed=False),
)
_OFFERED = Field("附件所在页面", 40, "small", printed=False)


class _Has(NamedTuple):
    """What of the fields that few reports have some finding fills."""

    history: bool
    offered: bool
    pictured: bool

    @property
    def placed(self) -> bool:
        return self.offered or self.pictured


def findings(report: Report, whom: str) -> Table:
    """whom: the title of the field that names account or column; an account has its platform beside it."""
    platforms = platforms_of(report)
    has = _Has(*(any(getattr(one, name) for one in report.findings) for name in ("history", "offered_by", "region")))
    holders = {link.samples[0]: link.holder for link in report.links if link.samples and link.holder}
    rows = (
        (number, *_finding(finding, report, holders, platforms, has))
        for number, finding in enumerate(report.findings, 1)
    )
    beside = (PLATFORM,) if platforms else ()
    standing, first = (review.STANDING, (review.FIRST_SEEN,)) if has.history else ((), ())
    place = (_PLACE,) if has.placed else ()
    screen = (*_SCREEN[:3], *(() if has.placed else (replace(_PLACE, printed=False),)), *_SCREEN[3:])
    fields = (
        *(*_BEFORE, *((_CUTOUT,) if has.pictured else ()), _SAID, *beside, Field(whom, 12, "centre")),
        *(*_AFTER, *place, *_THEN, *standing, *_REVIEWED, *first),
        *(*screen, *((_OFFERED,) if has.offered else ())),
    )
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
    finding: Finding, report: Report, holders: Mapping[str, str], platforms: Mapping[str, Platform], has: _Has
) -> Row:
    return (
        review.number(report, (finding,)),
        finding.severity.label,
        finding.title,
        finding.matched.replace("\n", ""),  # a word over two lines
        "、".join(finding.suggestions),
        _context(finding),
        *((_cutout(finding),) if has.pictured else ()),
        finding.message,
        *platform(finding.account, platforms),
        finding.account_name or finding.column_name,
        finding.owner,
        _title(finding, holders),
        *((finding.locator,) if has.placed else ()),
        finding.url,
        finding.published,
        finding.pages,
        phrases.deadline(finding, report),
        *(review.standing(finding) if has.history else ()),
        *review.filled(_REVIEWED, (finding,)),
        *((finding.history.first_seen if finding.history else None,) if has.history else ()),
        Linked(finding.url, "打开"),
        finding.code,
        finding.basis,
        *(() if has.placed else (finding.locator,)),
        "\n".join(sample for sample in finding.samples if sample != finding.url),
        *((finding.offered_by,) if has.offered else ()),
    )


def _cutout(finding: Finding) -> Pictured | None:
    """That part of the picture in which the words stand."""
    return Pictured(finding.region.cutout, f"见{finding.region.picture}") if finding.region else None


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
