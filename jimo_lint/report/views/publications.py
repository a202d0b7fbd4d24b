"""多平台发布: one row an item and a platform that it was to appear on, and one a copy that differs."""

from __future__ import annotations

from collections.abc import Iterator

from jimo_lint.model import Report
from jimo_lint.model.publishing import Appearance, Arrival, Publication
from jimo_lint.report.views.table import Field, Linked, Row, Table

_ORDER = (Arrival.MISSING, Arrival.LATE, Arrival.UNKNOWN, Arrival.WAITING, Arrival.IN_TIME)
FIGURES, WORDS = "数字不一致", "文字不一致"
_FIELDS = (
    Field("序号", 5.5, "number"),
    Field("类别", 9, "centre"),
    Field("事项", 34, "strong"),
    Field("最早发布", 11.5, "date"),
    Field("平台", 15, "centre"),
    Field("时限", 10, "centre"),
    Field("该平台发布", 11.5, "date"),
    Field("结论", 11.5, "centre", tint=(FIGURES, WORDS, *(one.label for one in _ORDER))),
    Field("说明", 44, "small"),
    Field("复核结果", 10, "centre", choices=("属实", "不属实", "需复查")),
    Field("打开", 6, "centre", printed=False),
)


def publications(report: Report) -> Table | None:
    """None where nothing was compared."""
    if not report.publications:
        return None
    rows = [row for one in report.publications for row in _rows(one)]
    rows.sort(key=lambda row: row[0])
    return Table(
        "多平台发布",
        _FIELDS,
        [(number, *row) for number, (_, row) in enumerate(rows, 1)],
        frozen=3,
        notes=(
            "“判断不了”写明缘由：没有读到时间、档案不全、有相近而拿不准的稿件等；不等于按时，也不等于没有发布。",
            "“最早发布”是网站和各账号中最早的一处；转载任务为来源的发布时间。时限见 jimo-lint.toml 的 [timeliness]。",
        ),
    )


def _rows(one: Publication) -> Iterator[tuple[int, Row]]:
    for appearance in one.appearances:
        yield _ORDER.index(appearance.arrival), _appearance(one, appearance)
    for difference in one.differences:
        more = f"（另有 {difference.others} 处）" if difference.others else ""
        said = f"网站“{difference.ours}”；{difference.place}“{difference.theirs}”{more}"
        conclusion = FIGURES if difference.figures else WORDS
        yield 1, (*_of(one), difference.place, "", None, conclusion, said, None, Linked(one.url, "打开"))


def _appearance(one: Publication, appearance: Appearance) -> Row:
    copy = appearance.copy
    sure = copy if appearance.arrival is not Arrival.UNKNOWN or "相近" not in appearance.reason else None
    return (
        *_of(one),
        appearance.place,
        appearance.limit,
        sure.published if sure and sure.published else None,
        appearance.arrival.label,
        appearance.reason,
        None,
        Linked(copy.url if copy and copy.url else one.url, "打开"),
    )


def _of(one: Publication) -> Row:
    return one.kind, one.title, one.origin
