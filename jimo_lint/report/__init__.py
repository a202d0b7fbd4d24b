"""Writers: each turns a complete `Report` into one form and reads nothing else. `FORMS` names them all.

A new form is one module, in whose `render` or `write` it is written, and one line in `FORMS`.
"""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

from jimo_lint.model import Report


class Showing(NamedTuple):
    """How a report is to be shown, where a form can do it in several ways; nothing of it is content.

    texts: of the documents, by `Finding.url`, for showing findings in their lines. width: cells of a line on the
    screen; colour: with escape sequences. workbook: the one written of this report, to be named. by_unit: what each
    responsible unit gets besides, its own workbook (`owner`) or sheet (`sheet`).
    """

    texts: Mapping[str, str] = MappingProxyType({})
    width: int = 100
    colour: bool = False
    workbook: Path | None = None
    by_unit: str = ""


class Form(NamedTuple):
    """A form of a report. title: what it is for, in the help. suffix: of the files that hold it.

    module: imported when the form is written, since workbooks load openpyxl, tables pandas, pages jinja2. It has
    `render(report, showing)`, which gives the text, ending in a newline or empty; where it is `binary`,
    `write(report, path, showing)`, which writes files that no screen shows, of what `jimo-lint inspect` runs only.
    """

    title: str
    module: str
    suffix: str = ""
    binary: bool = False


FORMS: Mapping[str, Form] = {
    "text": Form("给人看的文字", "jimo_lint.report.terminal.text"),
    "line": Form("只有一行，适合邮件和定时任务", "jimo_lint.report.machine.line"),
    "json": Form("一个 JSON 对象，读回来一字不差", "jimo_lint.report.machine.json", ".json"),
    "jsonl": Form("一行一个 JSON 对象", "jimo_lint.report.machine.jsonl", ".jsonl"),
    "github": Form("GitHub 工作流的批注", "jimo_lint.report.machine.github"),
    "csv": Form("一张问题明细表，供 Excel、WPS 和数据库", "jimo_lint.report.machine.csv", ".csv"),
    "html": Form("一页网页，给领导看，可打印成 PDF", "jimo_lint.report.html.page", ".html"),
    "xlsx": Form("Excel 工作簿", "jimo_lint.report.xlsx.workbooks", ".xlsx", binary=True),
}


def render(form: str, report: Report, showing: Showing | None = None) -> str:
    """A report in one of the forms that are text."""
    text: str = import_module(FORMS[form].module).render(report, showing or Showing())
    return text


def write(form: str, report: Report, path: Path, showing: Showing | None = None) -> Mapping[Path, Path]:
    """A report in one of the forms that are files; ReportError where it cannot be written.

    Where each file was wanted, that at `path` first, and where it is: what a person has written into is not replaced.
    """
    written: Mapping[Path, Path] = import_module(FORMS[form].module).write(report, path, showing or Showing())
    return written
