"""`jimo-lint mystery`: forms for mock calls and mystery requests, and what comes back of them."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import click

from jimo_lint.cli import options
from jimo_lint.cli.output import told_kept
from jimo_lint.language.printing import printable
from jimo_lint.model.terms import CHINA

_output_option = click.option(
    "-o",
    "--output",
    "file",
    type=click.Path(path_type=Path),
    metavar="文件",
    help="工作簿写到哪里（默认 reports/ 下）。",
)


@click.group()
def mystery() -> None:
    """模拟呼叫、模拟暗访：写出填写用的工作簿，填好后导入计分。"""


@mystery.command(short_help="写出模拟呼叫、模拟暗访的填写表")
@options.config_option
@options.as_of_option
@click.option(
    "-o", "--output", "file", type=click.Path(path_type=Path), metavar="文件", help="写到哪里（默认 reports/ 下）。"
)
def export(config_path: Path | None, as_of: date, file: Path | None) -> int:
    """按采集到的网站电话、配置和台账里的单位写出填写表；填过的不会被覆盖。不采集。见 docs/requests.md。"""
    from jimo_lint.inspection import mystery as work
    from jimo_lint.report.xlsx import mystery as book

    config = options.load_config(config_path, needed=True)
    options.spare([file], config.read_files)
    made = work.forms(config, as_of)
    path = file or config.folder / "reports" / f"模拟呼叫和暗访-{as_of}.xlsx"
    options.named_workbook(path)
    written = book.write_forms(made.asks, made.planned, made.site, path, _now())
    told_kept({path: written})
    for line in made.planned:
        click.echo(printable(line))
    if not made.seen:
        click.echo("还没有采集过网站，表里没有网站上的电话，请先运行 jimo-lint inspect columns", err=True)
    click.echo(printable(f"共 {len(made.asks)} 行，已写入 {written}"))
    return 0 if made.asks else 2


@mystery.command("import", short_help="读回填好的表，计分")
@click.argument("files", nargs=-1, required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@options.config_option
@options.as_of_option
@click.option(
    "-o", "--output", "file", type=click.Path(path_type=Path), metavar="文件", help="结果写到哪里（默认 reports/ 下）。"
)
def import_(files: tuple[Path, ...], config_path: Path | None, as_of: date, file: Path | None) -> int:
    """读回填好的表，按单位计分，写出结果，并打印记入年度计划的几行。有没读进来、看不懂的退出 1，都没有填的退出 2。"""
    from jimo_lint.inspection import mystery as work
    from jimo_lint.model.mystery import CALLS, VISITS
    from jimo_lint.readers.registers import mystery_forms
    from jimo_lint.report.views.mystery import said
    from jimo_lint.report.xlsx import mystery as book

    config = options.load_config(config_path, needed=True)
    path = file or config.folder / "reports" / f"模拟呼叫和暗访-结果-{as_of}.xlsx"
    options.named_workbook(path)
    options.spare([file], (*files, *config.read_files))
    rows, faults = [], []
    for one in files:
        read, wrong = mystery_forms.read(one, as_of, work.fits)
        rows += read
        faults += wrong
    found = work.scored(rows, faults, config, as_of)
    doubts = [f"{one.row.place}：{doubt}" for one in found.rows for doubt in one.row.doubts]
    for line in (*found.faults, *doubts):
        click.echo(printable(line), err=True)
    if not found.rows:
        click.echo("没有填写过的行，没有计分。", err=True)
        return 2
    for scored in found.rows:
        ask = scored.row.ask
        click.echo(printable(f"{ask.kind}  {ask.unit}  {ask.where}  {said(scored.score)}"))
    if found.left:
        click.echo(f"没有做（没有填）的 {len(found.left)} 项，没有计分。")
    written = book.write_results(found, config.site.name, path, _now())
    told_kept({path: written})
    click.echo(printable(f"已写入 {written}"))
    for kind in (CALLS, VISITS):
        if days := [one.row.sent for one in found.rows if one.row.ask.kind == kind and one.row.sent]:
            click.echo(f"\n记入 jimo-lint.toml，年度计划就会算上：\n{work.record(kind, days)}")
    return int(bool(found.faults or doubts))


def _now() -> datetime:
    return datetime.now(CHINA).replace(tzinfo=None)
