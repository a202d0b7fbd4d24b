"""Lays 通报 out as a draft for Word and WPS."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from jimo_lint.model import Report
from jimo_lint.model.ledger import Ledger
from jimo_lint.report.docx.paper import Paper
from jimo_lint.report.views.bulletin import DRAFT, Bulletin
from jimo_lint.report.views.bulletin import bulletin as view
from jimo_lint.report.views.table import Table, Value

_LOOKS = {"number": "centre", "centre": "centre", "address": "small", "small": "small", "date": "date"}


def write(reports: Sequence[Report], ledger: Ledger, path: Path, moment: datetime) -> Path:
    """Write the draft to `path`, whole or not at all, and return where it is. ReportError where it cannot be.

    Where a person has written into the one at `path`, that is kept and the new one stands beside it. moment: naive.
    """
    return lay_out(view(reports, ledger), path, moment)


def lay_out(said: Bulletin, path: Path, moment: datetime) -> Path:
    """Write a draft of 通报, whatever it is about, as `write` does."""
    paper = Paper(said.title, DRAFT, moment)
    paper.add(f"{said.number}　　　　{said.signer}", "number")
    paper.rule()
    paper.add("", "number")
    paper.add(said.title, "title")
    paper.add("", "number")
    for paragraph in said.body:
        paper.add(paragraph.text, paragraph.style)
    paper.landscape()
    for number, annex in enumerate(said.annexes, 1):
        _annex(paper, number, annex)
    return paper.save(path)


def _annex(paper: Paper, number: int, annex: Table) -> None:
    paper.add(f"附件{number}", "annex", new_page=number > 1)
    paper.add(annex.name, "title")
    paper.table(
        [field.title for field in annex.fields],
        [field.width for field in annex.fields],
        [_LOOKS.get(field.style, "cell") for field in annex.fields],
        [[_text(value) for value in row] for row in annex.rows],
    )
    # A document does not end in a table.
    for note in annex.notes or ("",):
        paper.add(note, "small")


def _text(value: Value) -> str:
    return "" if value is None else str(value)
