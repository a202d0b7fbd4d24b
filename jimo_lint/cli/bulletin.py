"""`jimo-lint bulletin`: a draft of 通报 on the last inspections."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import click

from jimo_lint.cli import options, output
from jimo_lint.cli.keeping import kept
from jimo_lint.cli.ledger import read_ledger
from jimo_lint.errors import ReportError, StoreError
from jimo_lint.inspection import INSPECTIONS
from jimo_lint.language.printing import printable
from jimo_lint.model import Report
from jimo_lint.model.terms import CHINA
from jimo_lint.store import Store, runs

_CODES = [code for code, one in INSPECTIONS.items() if one.module]


@click.command()
@options.config_option
@options.as_of_option
@click.option(
    "--inspection",
    "asked",
    type=click.Choice(_CODES),
    multiple=True,
    help="通报哪种检查，可写多次（默认凡检查过的都写）。",
)
@click.option(
    "-o",
    "--output",
    "file",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="文件",
    help="写到哪里，以 .docx 结尾（默认 reports/通报代拟稿-日期.docx）。",
)
def bulletin(config_path: Path | None, as_of: date, asked: tuple[str, ...], file: Path | None) -> int:
    """由最近一次检查拟写通报的 Word 稿：总体情况、主要问题、下一步要求，附问题清单、检查对象和结论。

    是代拟稿：文号、签发、单位等待填；每个数都注明附件的哪几行；没有查到的列出来，不下结论。
    不采集、不重新判定。退出码：0 写成了；2 没有写成，或还没有检查过。
    """
    from jimo_lint.report.docx.bulletin import write

    config = options.load_config(config_path, needed=True)
    if file and file.suffix.lower() != ".docx":
        raise ReportError(str(file), "通报只能写成 Word 文件", "文件名请以 .docx 结尾")
    options.spare([file], config.read_files)
    known = read_ledger(config, as_of)
    for code in asked:
        if code not in known.runs:
            raise StoreError(
                str(config.store_path), f"还没有做过{INSPECTIONS[code].title}", f"请先运行 jimo-lint inspect {code}"
            )
    with Store.open(config.store_path, writing=False) as store:
        reports = [_last(store, code) for code in asked or _CODES if code in known.runs]
    path = file or config.folder / "reports" / f"通报代拟稿-{as_of.isoformat()}.docx"
    written = write(reports, known, path, datetime.now(CHINA).replace(tzinfo=None))
    output.told_kept({path: written})
    days = "、".join(f"{known.runs[report.run.inspection].title} {report.run.as_of}" for report in reports)
    click.echo(printable(f"通报代拟稿（{days}）：{written}"))
    return 0


def _last(store: Store, code: str) -> Report:
    """The last report of an inspection that is kept; StoreError as in `kept` where none is."""
    numbers = [one.number for one in runs.runs(store, code)]
    number = next((one for one in reversed(numbers) if runs.kept_report(store, one) is not None), numbers[-1])
    report = kept(store, number)
    if number != numbers[-1]:
        said = f"最近一次{INSPECTIONS[code].title}没有留下报告，通报的是 {report.run.as_of} 那次"
        click.echo(f"提示：{said}", err=True)
    return report
