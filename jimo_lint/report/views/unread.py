"""未读与未检: pages not fetched, files not read, and the attachments and pictures that nobody opened."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from jimo_lint.model import AccountReading, Problem, ProblemCode, Report, Unopened
from jimo_lint.report.phrases import LINK_KINDS
from jimo_lint.report.views.table import Field, Row, Table

PACES = (ProblemCode.PACE, ProblemCode.PACE_BOUNDED)
_FIELDS = (Field("序号", 6, "number"), Field("位置", 70, "address"), Field("个数", 8, "number"), Field("情况", 70))
_MEASURES = {"attachment": "个", "image": "张", "media": "个"}


def problems(report: Report) -> tuple[Problem, ...]:
    """Those that are about something that was not read. How slowly hosts were asked is a fact of the run."""
    return tuple(one for one in report.problems if one.code not in PACES)


def unopened(report: Report) -> str:
    """附件 7 个、图片 40 张未检查内容; "" where there are none."""
    counted: Counter[str] = Counter()
    for files in report.unopened:
        counted[files.kind] += files.count
    parts = [f"{LINK_KINDS[kind]} {counted[kind]:,} {measure}" for kind, measure in _MEASURES.items() if counted[kind]]
    return f"{'、'.join(parts)}未检查内容" if parts else ""


def unshown(reading: AccountReading) -> Iterator[tuple[int, str]]:
    """Posts of an account of which something was not inspected: how many, and what."""
    if reading.pictures:
        yield reading.pictures, "篇的内容在图片里，图中文字没有检查"
    if reading.untold:
        yield reading.untold, "篇在档案里只有标题，正文没有检查"


def unopened_files(files: Unopened) -> tuple[str, str]:
    """A type of files and how many of them, as 附件（.pdf） and 3 个."""
    sort = f"（{files.suffix or '其他'}）" if files.kind == "attachment" else ""
    return f"{LINK_KINDS[files.kind]}{sort}", f"{files.count:,} {_MEASURES[files.kind]}"


def unread(report: Report) -> Table | None:
    """The sheet; None where everything was read."""
    rows = list(_rows(report))
    if not rows:
        return None
    notes = ["以上内容没有读到，未参加检查；请核实后重查。"]
    if said := unopened(report):
        notes.append(f"{said}：附件、图片等只核对能否打开，其中的文字没有检查，请人工查看。")
    numbered = [(number, *row) for number, row in enumerate(rows, 1)]
    return Table("未读与未检", _FIELDS, numbered, notes=tuple(notes))


def _rows(report: Report) -> Iterator[Row]:
    for problem in problems(report):
        yield problem.place, None, problem.message
    for files in report.unopened:
        yield unopened_files(files)[0], files.count, "没有打开，内容没有检查"
