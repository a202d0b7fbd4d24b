"""`jimo-lint tickets`: takes exports of 我为政府网站找错 in, looks at what they complain of, and lists what is due."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from jimo_lint.cli import options
from jimo_lint.cli.watching import hush_logs, watcher
from jimo_lint.language.printing import printable
from jimo_lint.model.terms import CHINA

if TYPE_CHECKING:
    from jimo_lint.model.tickets import TicketReport
    from jimo_lint.settings.config import Config
    from jimo_lint.store import Store


@click.group()
def tickets() -> None:
    """办理“我为政府网站找错”：导入留言、核查、算期限、起草答复。"""


@tickets.command("import", short_help="导入找错平台导出的留言")
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="文件…")
@options.config_option
@options.as_of_option
def import_(files: Sequence[Path], config_path: Path | None, as_of: date) -> int:
    """导入找错平台导出的留言（xlsx、xls、csv），按列名认：编号、提交时间、问题页面、错误类型、问题描述、状态、答复等。

    留言人的姓名、联系方式不入库，正文里的手机号、证件号打码。同一编号再导入时更新状态；同一份文件导入两次不会变。
    要么全部写入，要么不写。有一行读不出退出 2。列名见 docs/tickets.md。
    """
    from jimo_lint.inspection import tickets as desk
    from jimo_lint.readers.registers import ticket_list
    from jimo_lint.store import tickets as stored

    hush_logs()
    config = options.load_config(config_path, needed=True)
    lists = [ticket_list.read(file, as_of) for file in dict.fromkeys(files)]
    for one in lists:
        for line in one.understood:
            click.echo(printable(line), err=True)
        options.tell(one.problems)
    with _writing(config) as store:
        taken = stored.take(store, (ticket for one in lists for ticket in one.tickets))
        report = desk.recheck(config, store, as_of)
    click.echo(
        f"读出 {sum(len(one.tickets) for one in lists)} 条：新增 {len(taken.added)}，更新 {len(taken.changed)}，"
        f"没有变化 {taken.same}"
    )
    _summarise(report)
    return 2 if any(not problem.excused for one in lists for problem in one.problems) else 0


@tickets.command("list", short_help="列出待答复的留言，超期的在前")
@click.option(
    "-f",
    "--format",
    "form",
    type=click.Choice(["text", "json", "xlsx"]),
    default="text",
    show_default=True,
    help="text 给人看，json 给程序读，xlsx 办理用的工作簿（带答复草稿）。",
)
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    metavar="文件",
    help="写到哪个文件（xlsx 默认 reports/找错办理-日期.xlsx，其余默认屏幕）。",
)
@click.option("--all", "everything", is_flag=True, help="屏幕上也列出已办结的（文件里总是全部）。")
@options.config_option
@options.as_of_option
def list_(form: str, output: Path | None, everything: bool, config_path: Path | None, as_of: date) -> int:
    """列出找错留言：期限、核查结果和依据、本程序的规则是否先发现了。

    期限是收到次日起 3 个工作日，按国家放假安排和 [calendar] 推算。核查据已采集的内容，没有看过的不说已改。
    有超期未答复的退出 1。
    """
    from jimo_lint.inspection import tickets as desk
    from jimo_lint.store import Store

    hush_logs()
    config = options.load_config(config_path, needed=True)
    options.spare([output], config.read_files)
    with Store.open(config.store_path, writing=False) as store:
        report = desk.report(config, store, as_of)
    if form == "xlsx":
        _workbook(report, output or config.folder / "reports" / f"找错办理-{as_of}.xlsx")
    elif form == "json":
        from jimo_lint.report.machine import tickets as machine

        _put(machine.render(report), output)
    else:
        _put(_text(report, everything=everything, file=output is not None), output)
    return _code(report)


@tickets.command(short_help="现在就去看待答复的留言所说的网页，并记下结果")
@options.config_option
@options.as_of_option
@options.quiet_option
def recheck(config_path: Path | None, as_of: date) -> int:
    """现在就重新读取待答复的留言所说的网页、链接、栏目：错字还在不在、打不打得开、更新了没有，并记下结果。

    没读到的仍按已采集的内容说，看不出的是“无法自动核实”，绝不算改好。有超期未答复的退出 1，
    有没读到的退出 2。
    """
    from jimo_lint.inspection import tickets as desk

    config = options.load_config(config_path, needed=True)
    with watcher() as progress:
        seen, unseen = desk.look(config, as_of, progress)
    with _writing(config) as store:
        report = desk.recheck(config, store, as_of, seen)
    click.echo(_text(report, everything=False, file=False), nl=False)
    options.tell(unseen)
    return 2 if any(not problem.excused for problem in unseen) else _code(report)


@contextmanager
def _writing(config: Config) -> Iterator[Store]:
    """The store for writing; beside an inspection that runs, since the tables are their own."""
    from jimo_lint.store import Store

    path = config.store_path
    with Store.open(path, writing=True, beside=path.is_file()) as store:
        yield store


def _code(report: TicketReport) -> int:
    return int(any(one.left is not None and one.left < 0 for one in report.results))


def _workbook(report: TicketReport, path: Path) -> None:
    from jimo_lint.report.xlsx import tickets as book

    written = book.write(report, path, datetime.now(CHINA).replace(tzinfo=None))
    if written != path:
        said = f"{path} 写出之后有人改过，或正打开着、读不了，没有覆盖；新的工作簿是 {written}"
        click.echo(printable(said), err=True)
    click.echo(printable(f"工作簿：{written}"))
    _summarise(report)


def _put(text: str, output: Path | None) -> None:
    if output:
        options.write_text(output, text)
    else:
        click.echo(text, nl=False)


def _summarise(report: TicketReport) -> None:
    from jimo_lint.report.views.tickets import summary

    click.echo(summary(report))


def _text(report: TicketReport, *, everything: bool, file: bool) -> str:
    from jimo_lint.cli.ticket_rows import rows

    colour = not file and options.is_coloured()
    return rows(report, everything=everything, width=shutil.get_terminal_size((100, 24)).columns, colour=colour)
