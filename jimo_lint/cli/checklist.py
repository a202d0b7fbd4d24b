"""--checklist of `check`: the workbook by which answers to requests for information are read a second time."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from pathlib import Path

import click

from jimo_lint.cli import options
from jimo_lint.errors import ReportError
from jimo_lint.evidence.answers import read_answer
from jimo_lint.inspection.benches import Asked, Benches
from jimo_lint.language.printing import printable
from jimo_lint.model import Document, Report
from jimo_lint.model.terms import CHINA
from jimo_lint.report.views.answers import Checked
from jimo_lint.report.xlsx import answers
from jimo_lint.settings.config import Config

_GENRE = "告知书"


def write(
    path: Path, documents: Iterable[Document], report: Report, config: Config, *, as_of: date, asked: Asked
) -> bool:
    """Write it, and say where it is. False where no draft was checked as an answer, which is told; ReportError where it
    cannot be written."""
    benches = Benches(config, as_of, asked)
    checked = [
        Checked(one, read_answer(one), tuple(each for each in report.findings if each.url == one.url))
        for one in documents
        if benches.of(one.url).genre == _GENRE and one.text.strip()
    ]
    if not checked:
        remedy = "请核对稿件读出来没有；要加 --as 告知书，或在 [[path]] 里写 as"
        options.complain(ReportError(str(path), "没有写：没有按告知书检查的稿件", remedy))
        return False
    written = answers.write(checked, path, config.site.name, datetime.now(CHINA).replace(tzinfo=None))
    if not options.is_quiet():
        click.echo(printable(f"核对表：{written}（{len(checked)} 件）"), err=True)
    return True
