"""Writers: each turns a complete `Report` into one form and reads nothing else. `FORMS` names them all.

A new form is one module, in whose `render` or `write` it is written, and one line in `FORMS`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from importlib import import_module
from pathlib import Path
from types import MappingProxyType

from jimo_lint.model import Report
from jimo_lint.values import NamedTuple


def _unknown(_path: str) -> list[str]:
    return []


class Showing(NamedTuple):
    """How a report is to be shown, where a form can do it in several ways; nothing of it is content.

    texts: of the documents, by `Finding.url`, for showing findings in their lines. width: cells of a line on the
    screen; colour: with escape sequences. workbook: the one written of this report, to be named. by_unit: what each
    responsible unit gets besides, its own workbook (`owner`) or sheet (`sheet`). lines: those of a local text file, as
    positions count them, for consumers that count columns in other units; empty where they are not to be had.
    """

    texts: Mapping[str, str] = MappingProxyType({})
    width: int = 100
    colour: bool = False
    workbook: Path | None = None
    by_unit: str = ""
    lines: Callable[[str], list[str]] = _unknown


class Form(NamedTuple):
    """A form of a report. title: what it is for, in the help. suffix: of the files that hold it.

    module: imported when the form is written, since workbooks load openpyxl, tables pandas, pages jinja2. It has
    `render(report, showing)`, which gives the text, ending in a newline or empty, or where that is long
    `pieces(report, showing)`, which gives it piece by piece; where it is `binary`,
    `write(report, path, showing)`, which writes files that no screen shows, of what `jimo-lint inspect` runs only.
    """

    title: str
    module: str
    suffix: str = ""
    binary: bool = False


FORMS: Mapping[str, Form] = {
    "text": Form("给人看的文字", "jimo_lint.report.terminal.text"),
    "concise": Form("一行一个问题，供终端、grep 和编辑器", "jimo_lint.report.terminal.concise"),
    "line": Form("只有一行，适合邮件和定时任务", "jimo_lint.report.machine.line"),
    "json": Form("一个 JSON 对象，读回来一字不差", "jimo_lint.report.machine.json", ".json"),
    "jsonl": Form("一行一个 JSON 对象", "jimo_lint.report.machine.jsonl", ".jsonl"),
    "sarif": Form("SARIF 2.1.0，供 GitHub、Azure DevOps 和编辑器", "jimo_lint.report.machine.sarif", ".sarif"),
    "junit": Form("JUnit 的 XML，各种 CI 都当测试结果显示", "jimo_lint.report.machine.junit"),
    "checkstyle": Form("Checkstyle 的 XML，供 Jenkins 等", "jimo_lint.report.machine.checkstyle"),
    "gitlab": Form("GitLab 的代码质量报告", "jimo_lint.report.machine.gitlab"),
    "rdjson": Form("reviewdog 的诊断格式", "jimo_lint.report.machine.rdjson"),
    "rdjsonl": Form("reviewdog 的诊断格式，一行一条", "jimo_lint.report.machine.rdjsonl"),
    "github": Form("GitHub 工作流的批注", "jimo_lint.report.machine.github"),
    "csv": Form("一张问题明细表，供 Excel、WPS 和数据库", "jimo_lint.report.machine.csv", ".csv"),
    "html": Form("一页网页，给领导看，可打印成 PDF", "jimo_lint.report.html.page", ".html"),
    "xlsx": Form("Excel 工作簿", "jimo_lint.report.xlsx.workbooks", ".xlsx", binary=True),
}


def pieces(form: str, report: Report, showing: Showing | None = None) -> Iterable[str]:
    """A report in one of the forms that are text, in pieces that are the text where they are put together."""
    module = import_module(FORMS[form].module)
    if hasattr(module, "pieces"):
        found: Iterable[str] = module.pieces(report, showing or Showing())
        return found
    return (module.render(report, showing or Showing()),)


def render(form: str, report: Report, showing: Showing | None = None) -> str:
    """A report in one of the forms that are text."""
    return "".join(pieces(form, report, showing))


def write(form: str, report: Report, path: Path, showing: Showing | None = None) -> Mapping[Path, Path]:
    """A report in one of the forms that are files; ReportError where it cannot be written.

    Where each file was wanted, that at `path` first, and where it is: what a person has written into is not replaced.
    """
    written: Mapping[Path, Path] = import_module(FORMS[form].module).write(report, path, showing or Showing())
    return written
