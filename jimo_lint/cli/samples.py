"""Prints how columns were read: first rows with their dates, how the list goes on, and the verdict."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from rich.console import Console
from rich.table import Table
from rich.text import Text

from jimo_lint.evidence.readings import row_day
from jimo_lint.inspection.sampling import Sample
from jimo_lint.language.printing import printable
from jimo_lint.model import ListItem, Paging, UpdateStatus
from jimo_lint.network.address import normalise

_ROWS = 5
_STYLES = {
    UpdateStatus.FRESH: "green",
    UpdateStatus.STALE: "red",
    UpdateStatus.BLANK: "red",
    UpdateStatus.EXEMPT: "dim",
    UpdateStatus.UNKNOWN: "yellow",
}


def show(samples: Iterable[Sample], console: Console) -> None:
    """One block a column, fit to the console's width; what was read is text and neither markup nor control."""
    for sample in samples:
        reading = sample.result.reading
        column = reading.column
        console.print(
            _safe(f"{'★' if column.key else ''}{column.name}", "bold"),
            _safe(f"{column.kind.label}  {column.url}", "dim"),
        )
        if sample.rows:
            console.print(_rows(sample))
            console.print(_safe(f"  {'，'.join(_counts(sample))}", "dim"), soft_wrap=True)
        console.print(
            Text("  结论："),
            _safe(sample.result.conclusion, _STYLES[sample.result.status]),
            _safe(_why(sample), "dim"),
            soft_wrap=True,
        )
        console.print()


def _why(sample: Sample) -> str:
    return "；".join(part for part in (sample.result.reason, sample.result.basis) if part)


def _counts(sample: Sample) -> Iterable[str]:
    reading = sample.result.reading
    known = reading.known_pages
    yield f"读了 {reading.read_pages} 页" + (f"（共 {known} 页）" if known > reading.read_pages else "")
    yield reading.paging.label if reading.paging is not Paging.SINGLE or reading.complete else "后面还有，没有读"
    yield f"{reading.items} 条"
    yield f"{reading.undated} 条没有日期" if reading.undated else "都有日期"
    if reading.newest and reading.oldest:
        yield f"最新 {reading.newest}，最早 {reading.oldest}"


def _rows(sample: Sample) -> Table:
    """The first rows, and the newest one where it stands further down."""
    newest = sample.result.reading.newest
    shown = list(enumerate(sample.rows))[:_ROWS]
    dated = [(number, row) for number, row in enumerate(sample.rows) if _day(sample, row) == newest and newest]
    if dated and not any(row in shown for row in dated):
        shown.append(dated[0])
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), expand=True)
    table.add_column("  ", justify="right", no_wrap=True)
    table.add_column("列表日期", no_wrap=True, header_style="dim")
    table.add_column("文章日期", no_wrap=True, header_style="dim")
    table.add_column("标题", no_wrap=True, overflow="ellipsis", ratio=1, header_style="dim")
    for number, row in shown:
        article = sample.articles.get(normalise(row.url)) if row.url else None
        listed = row.published.date() if row.published else None
        differs = article is not None and listed is not None and article != listed
        table.add_row(
            _safe(f"{'最新' if newest and _day(sample, row) == newest else ''} {number + 1}", "bold" if newest else ""),
            _safe(str(listed) if listed else "—"),
            _safe(f"{article} 不同" if differs else str(article or ""), "yellow" if differs else ""),
            _safe(row.title),
        )
    return table


def _day(sample: Sample, row: ListItem) -> date | None:
    return row_day(row.published, sample.articles.get(normalise(row.url)) if row.url else None)


def _safe(text: str, style: str = "") -> Text:
    return Text(printable(text), style=style)
