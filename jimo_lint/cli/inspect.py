"""`jimo-lint inspect weekly|columns`: the two inspections and their workbooks."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import date
from pathlib import Path
from typing import Any

import click

from jimo_lint import crash
from jimo_lint.cli import options
from jimo_lint.cli.watching import watcher
from jimo_lint.config import Config, Notify
from jimo_lint.errors import ConfigError, JimoLintError, NotifyError, ReportError
from jimo_lint.inspection.judging import Settings
from jimo_lint.model import Report
from jimo_lint.notify import send
from jimo_lint.report import json
from jimo_lint.report.line import line
from jimo_lint.report.phrases import printable
from jimo_lint.report.views.scope import suffix


@click.group()
def inspect() -> None:
    """周检（weekly）看政务新媒体账号，栏目体检（columns）看网站栏目；都写出 Excel 报告。"""


def _inspection(function: Callable[..., int]) -> Callable[..., int]:
    decorators: list[Callable[[Any], Any]] = [
        options.config_option,
        options.as_of_option,
        click.option(
            "-o",
            "--output",
            type=click.Path(path_type=Path),
            multiple=True,
            metavar="文件",
            help="报告写到哪里，可写多次；.xlsx 是工作簿，.json 是 JSON（默认 reports/ 下的工作簿）。",
        ),
        click.option(
            "-f",
            "--format",
            "form",
            type=click.Choice(["text", "line", *options.MACHINE_FORMS]),
            default="text",
            show_default=True,
            help="屏幕上的输出；line 只有一行，适合定时任务的邮件。",
        ),
        click.option("--notify", is_flag=True, help="完成后把一行摘要发到 [notify] 所写的群机器人。"),
        options.rule_options,
        click.option("--collect/--no-collect", default=True, help="先采集，还是只判定已存的内容（默认采集）。"),
        click.option("--links/--no-links", default=True, help="是否核对链接（默认核对）。"),
    ]
    for decorator in reversed(decorators):
        function = decorator(function)
    return function


@inspect.command(short_help="周检：全部政务新媒体账号")
@_inspection
@click.option(
    "--split-by",
    type=click.Choice(["owner", "sheet"]),
    help="按责任单位分：owner 另给每个单位写一份工作簿，sheet 在工作簿里给每个单位加一张表。",
)
def weekly(split_by: str | None, **given: Any) -> int:
    """读取每个账号的档案，判定更新、错敏词、个人信息和链接，写出 reports/周检-日期.xlsx。"""
    from jimo_lint.inspection import weekly as inspection
    from jimo_lint.report.views import owners
    from jimo_lint.report.xlsx import weekly

    def write(report: Report, path: Path) -> Path:
        written = _workbook(weekly.write(report, path, unit_by_sheet=split_by == "sheet"), path)
        if split_by == "owner":
            for owner, part in owners.parts(report):
                place = written.with_suffix("") / f"{owner}.xlsx"
                _workbook(weekly.write(part, place), place)
        return written

    return _run("周检", inspection.inspect, write, **given)


@inspect.command(short_help="栏目体检：网站的栏目和页面")
@_inspection
@click.option("--resume", is_flag=True, help="接着上次中断的采集做，已存的页面不再抓取。")
def columns(**given: Any) -> int:
    """抓取网站，判定栏目更新、空白栏目、页面要素、错敏词和链接，写出 reports/栏目体检-日期.xlsx。"""
    from jimo_lint.inspection import columns as inspection
    from jimo_lint.report.xlsx import columns as workbook

    def write(report: Report, path: Path) -> Path:
        return _workbook(workbook.write(report, path), path)

    return _run("栏目体检", inspection.inspect, write, **given)


def _run(
    title: str,
    judge: Callable[..., Report],
    write: Callable[[Report, Path], Path],
    *,
    config_path: Path | None,
    as_of: date | None,
    output: tuple[Path, ...],
    form: str,
    select: tuple[str, ...],
    ignore: tuple[str, ...],
    fail_on: str,
    collect: bool,
    links: bool,
    notify: bool,
    resume: bool = False,
) -> int:
    config = options.load_config(config_path, needed=True)
    if notify and config.notify is None:
        raise ConfigError(str(config.path), "没有写 [notify]，不知道通知发到哪里", "请写 robot 和 url_env，见 README")
    day = as_of or date.today()
    for path in output:
        if path.suffix.lower() not in (".xlsx", ".json"):
            raise ReportError(str(path), "认不出这种报告", "文件名请以 .xlsx 或 .json 结尾")
    with _crash_told(config.notify if notify else None, f"{config.site.name}{title} {day}"):
        try:
            with watcher() as progress:
                report = judge(config, Settings(day, select, ignore, collect, resume, links), progress)
        except KeyboardInterrupt:
            raise click.Abort("；已采集的网页都在，可加 --resume 接着做" if title == "栏目体检" else "") from None
        workbook = None
        for path in output or (_default(config, title, report),):
            try:
                if path.suffix.lower() == ".xlsx":
                    written = write(report, path)
                    workbook = workbook or written
                else:
                    options.write_text(path, json.dumps(report))
            except ReportError as fault:
                raise ReportError(fault.place, fault.fault, _again(fault.remedy)) from None
    if form == "line":
        click.echo(line(report, workbook))
    else:
        _show(report, form, workbook)
        if form != "text":  # the summary names them
            options.tell(report.problems)
    if notify and config.notify:
        # The line names no file: its place on this machine is of no use to the group.
        send(config.notify, line(report), json.overview(report))
    return options.exit_code(report, fail_on)


@contextmanager
def _crash_told(notify: Notify | None, what: str) -> Iterator[None]:
    """Let the group know where the program itself fails inside; of the fault only its type, which is nobody's data."""
    try:
        yield
    except (JimoLintError, click.Abort):
        raise
    except Exception as fault:
        if notify:
            said = f"{what}：没有做完，程序自身出错（{type(fault).__name__}）；已存的都在。请看运行记录并报告给开发者。"
            with suppress(NotifyError):
                send(notify, printable(said), {"exit_code": crash.EXIT_CODE})
        raise


def _default(config: Config, title: str, report: Report) -> Path:
    return config.folder / "reports" / f"{title}-{report.run.as_of.isoformat()}{suffix(report)}.xlsx"


def _workbook(written: Path, wanted: Path) -> Path:
    """Where a workbook was written, told where it is not where it was wanted."""
    if written != wanted:
        said = f"{wanted} 写出之后有人改过，或正打开着、读不了，没有覆盖；新的工作簿是 {written}"
        click.echo(printable(said), err=True)
    return written


def _again(remedy: str) -> str:
    """The remedy, with how to spare the collection: it is all in the store."""
    return remedy if "--no-collect" in remedy else f"{remedy}；再加 --no-collect 重新运行，不必重新采集"


def _show(report: Report, form: str, workbook: Path | None) -> None:
    if form != "text":
        click.echo(options.render(report, form, {}), nl=False)
        return
    from rich.console import Console

    from jimo_lint.report import terminal

    # Captured first: rich itself would leave with 1 where nobody reads on, and 1 means findings.
    console = Console()
    with console.capture() as captured:
        terminal.summary(report, console, workbook)
    click.echo(captured.get(), nl=False)
