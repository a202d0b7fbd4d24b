"""Prints error reports by the public: when each is due, what looking came to, and what our rules had found."""

from __future__ import annotations

import re

from rich.console import Console
from rich.table import Table
from rich.text import Text

from jimo_lint.language.printing import printable
from jimo_lint.model.tickets import Outcome, TicketReport, TicketResult
from jimo_lint.report.views import tickets as view

_SAID, _WHY = 60, 120
_STYLES = {Outcome.STILL: "red", Outcome.UNREACHABLE: "red", Outcome.MENDED: "green", Outcome.UNVERIFIED: "yellow"}


def rows(report: TicketReport, *, everything: bool, width: int, colour: bool) -> str:
    """The list as text, fit to the width; what people wrote is text, neither markup nor control.

    everything: those that were answered, too.
    """
    console = Console(width=width, force_terminal=colour, no_color=not colour)
    shown = [one for one in report.results if everything or not one.ticket.answered]
    # Captured: rich itself would leave with 1 where nobody reads on, and 1 means that something is overdue.
    with console.capture() as captured:
        console.print(_safe(f"{report.site} 我为政府网站找错".strip(), "bold"), _safe(str(report.as_of), "dim"))
        console.print(_safe(view.summary(report)))
        if shown:
            console.print()
            console.print(_table(shown))
        for line in view.recall(report.recall) if report.results else ():
            console.print(_safe(line, "dim"))
    return captured.get()


def _table(shown: list[TicketResult]) -> Table:
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), expand=True)
    table.add_column("期限", no_wrap=True, header_style="dim")
    table.add_column("编号", overflow="fold", max_width=12, header_style="dim")
    table.add_column("核查", overflow="fold", width=6, header_style="dim")
    table.add_column("问题和依据", ratio=1, overflow="fold", header_style="dim")
    for one in shown:
        told = Text()
        told.append_text(_safe(_cut(one.ticket.said or one.ticket.url, _SAID)))
        told.append_text(_safe(f"\n{_cut(view.basis(one), _WHY)}", "dim"))
        table.add_row(
            _safe("\n".join((view.deadline(one), *view.remaining(one).split("，"))), _urgency(one)),
            _safe(one.ticket.number),
            _safe(one.check.outcome.label, _STYLES[one.check.outcome]),
            told,
        )
    return table


def _urgency(one: TicketResult) -> str:
    if one.left is None:
        return "dim" if one.ticket.answered else "yellow"
    return "bold red" if one.left < 0 else "yellow" if one.left == 0 else ""


def _cut(text: str, most: int) -> str:
    plain = re.sub(r"\s+", " ", text).strip()
    return plain if len(plain) <= most else f"{plain[:most]}…"


def _safe(text: str, style: str = "") -> Text:
    # Our own line breaks stay; those of people's texts were taken out before.
    return Text("\n".join(map(printable, text.split("\n"))), style=style)
