"""Prints the plan of the year: how each duty stands, what is due next, what a reader has to know."""

from __future__ import annotations

import shutil
from pathlib import Path

import click
from rich.console import Console
from rich.table import Table
from rich.text import Text

from jimo_lint.cli import options
from jimo_lint.language.printing import printable
from jimo_lint.model.duties import Standing, YearPlan
from jimo_lint.report import phrases
from jimo_lint.report.views import plan as view

_WIDE = 110
_STYLES = {
    Standing.DONE: "green",
    Standing.AHEAD: "green",
    Standing.EVEN: "green",
    Standing.WAITING: "dim",
    Standing.BEHIND: "red",
    Standing.OVERDUE: "bold red",
    Standing.UNKNOWN: "yellow",
}


def show(made: YearPlan, workbook: Path | None) -> None:
    """Print it to stdout, the table fit to the screen's width; sentences, which have few blanks, the screen breaks."""
    colour = options.is_coloured()
    width = shutil.get_terminal_size((100, 24)).columns
    console = Console(width=width, force_terminal=colour, no_color=not colour)
    with console.capture() as captured:
        _print(made, console, workbook)
    click.echo(captured.get(), nl=False)


def _print(made: YearPlan, console: Console, workbook: Path | None) -> None:
    console.print(
        _safe(view.title(made), "bold"), _safe(phrases.chinese_date(made.as_of)), _safe(view.read_on(made), "dim")
    )
    console.print()
    console.print(_table(made, wide=console.width >= _WIDE))
    told = [(state, said) for state in made.duties if (said := view.notes(state))]
    if told:
        console.print()
    for state, said in told:
        console.print(
            _safe(f"{state.duty.name}：", _STYLES[state.standing]), _safe(said, "dim"), sep="", soft_wrap=True
        )
    coming = view.to_do(made)
    if coming:
        console.print()
        console.print(_safe("接下来", "bold"))
    for state in coming:
        style = "red" if state.next and state.next.workdays is None else ""
        console.print(_safe(f"  {state.duty.name}：{view.when(state.next, made.as_of)}", style), soft_wrap=True)
    console.print()
    if not made.published:
        console.print(_safe(f"{made.year} 年的放假安排还没有公布，工作日按周末和法定节日估算", "yellow"))
    if made.dropped:
        console.print(_safe(f"本单位没有的：{'、'.join(made.dropped)}", "dim"), soft_wrap=True)
    console.print(_safe(view.concluded(made), "bold"), soft_wrap=True)
    if workbook is not None:
        console.print(_safe(f"工作簿：{workbook}", "bold"), soft_wrap=True)


def _table(made: YearPlan, *, wide: bool) -> Table:
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), expand=True)
    table.add_column("职责", header_style="dim", no_wrap=True, overflow="ellipsis", ratio=2)
    for heading in ("全年", "到今应做", "已做"):
        table.add_column(heading, header_style="dim", justify="right", no_wrap=True)
    table.add_column("进度", header_style="dim", no_wrap=True)
    table.add_column("下一次", header_style="dim", no_wrap=True)
    if wide:
        table.add_column("依据", header_style="dim", no_wrap=True, overflow="ellipsis", ratio=3)
    for state in made.duties:
        row = [
            _safe(state.duty.name),
            _safe(str(state.owed)),
            _safe(str(state.expected)),
            _safe(view.done(state)),
            _safe(view.standing(state), _STYLES[state.standing]),
            _safe(view.short(state.next.day, made.as_of) if state.next else ""),
        ]
        table.add_row(*row, *[_safe(state.duty.basis, "dim")] * wide)
    return table


def _safe(text: str, style: str = "") -> Text:
    return Text(printable(text), style=style)
