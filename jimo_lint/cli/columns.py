"""`jimo-lint columns`: shows how each configured column is read, and takes columns from an office's list."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import click

from jimo_lint.cli import options
from jimo_lint.cli.watching import watcher
from jimo_lint.language.printing import printable
from jimo_lint.settings import config as configuration


@click.group()
def columns() -> None:
    """试读配置里的栏目（test），或把目录、台账转成栏目配置（import）。"""


@columns.command(short_help="试读栏目：条目、日期、翻页、结论，体检之前先看读得对不对")
@click.argument("names", nargs=-1, metavar="[栏目名称…]")
@options.config_option
@options.as_of_option
@options.quiet_option
def test(names: Sequence[str], config_path: Path | None, as_of: date) -> int:
    """现在就读配置里的栏目（可只写几个名称，或名称的一部分），逐个列出读到的条目和日期、翻页方式和结论。

    每个栏目至多读 3 页列表和 3 篇文章，不存数据，不写报告。都读出来退出 0，有读不出的退出 2。
    """
    from rich.console import Console

    from jimo_lint.cli import samples
    from jimo_lint.inspection import sampling

    config = options.load_config(config_path, needed=True)
    with watcher() as progress:
        read = sampling.sample(config, names, as_of, progress)
    console = Console()
    with console.capture() as captured:
        samples.show(read, console)
    click.echo(captured.get(), nl=False)
    return 2 if any(sample.result.reading.reason for sample in read) else 0


@columns.command("import", short_help="把主动公开目录、栏目台账（xlsx、xls、csv）转成栏目配置")
@click.argument("source", type=click.Path(path_type=Path), metavar="文件")
@options.tables_option
def import_(source: Path, output: Path | None) -> int:
    """按列名认出名称、网址、责任单位、更新时限、类别和重点，转成 [[column]]；认不准的写成注释，不猜。

    没有网址的行也列为注释。配置里已有的栏目（网址相同，没有网址的看名称）不重复写，只补上那里没有的责任单位、更新
    时限和重点，已写的不改。一行也没有转成、没有补上时退出 2。
    """
    from jimo_lint.discovery import intake
    from jimo_lint.readers.registers import column_catalogue

    existing = options.existing_config(output)
    found = column_catalogue.read(source)
    for line in found.understood:
        click.echo(printable(line), err=True)
    base = existing if existing or not output else configuration.Config()
    made = intake.convert(found, source.name, base)
    if output is None:
        click.echo(made.text, nl=False)
    elif made.columns or made.additions:
        options.add_tables(output, made.text if made.columns else "", made.additions)
    for line in made.told:
        click.echo(printable(line), err=True)
    extended = f"补充 {len(made.additions)} 个，" if made.additions else ""
    click.echo(f"转成 {made.columns} 个栏目，{extended}{made.unplaced} 行没有转成（见注释）", err=True)
    if output and (made.columns or made.additions):
        click.echo(f"已写入 {output}", err=True)
    return 0 if made.columns or made.additions else 2
