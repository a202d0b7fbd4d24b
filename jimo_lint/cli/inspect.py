"""`jimo-lint inspect weekly|columns`: the two inspections and their workbooks."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import date
from functools import partial, wraps
from pathlib import Path
from typing import Any, NamedTuple

import click

from jimo_lint import crash
from jimo_lint.cli import options, output
from jimo_lint.cli.output import Target
from jimo_lint.cli.watching import watcher
from jimo_lint.config import Config, Notify
from jimo_lint.errors import ConfigError, JimoLintError, NotifyError
from jimo_lint.inspection.judging import Settings
from jimo_lint.inspection.progress import Progress
from jimo_lint.model import Report
from jimo_lint.notify import send
from jimo_lint.report import Showing
from jimo_lint.report.machine import json
from jimo_lint.report.machine.line import line
from jimo_lint.report.phrases import printable
from jimo_lint.report.views.scope import suffix

# It is all in the store.
_AGAIN = "再加 --no-collect 重新运行，不必重新采集"


@click.group()
def inspect() -> None:
    """周检（weekly）看政务新媒体账号，栏目体检（columns）看网站栏目；都写出 Excel 报告。"""


class _Inspection(NamedTuple):
    """title: of the report's file. judge: runs the inspection."""

    title: str
    judge: Callable[[Config, Settings, Progress], Report]


def _inspection(function: Callable[..., int]) -> Callable[..., int]:
    @wraps(function)
    def settled(
        *,
        as_of: date | None,
        chosen: options.Chosen,
        collect: bool,
        links: bool,
        resume: bool = False,
        **given: Any,
    ) -> int:
        day = as_of or date.today()
        settings = Settings(day, chosen.select, chosen.ignore, collect, resume, links)
        return function(settings=settings, fail_on=chosen.fail_on, **given)

    decorators: list[Callable[[Any], Any]] = [
        options.config_option,
        options.as_of_option,
        click.option(
            "-o",
            "--output",
            "files",
            type=click.Path(path_type=Path),
            multiple=True,
            metavar="文件",
            help="报告写到哪里，可写多次，格式由文件名认：.xlsx、.json、.jsonl（默认 reports/ 下的工作簿）。",
        ),
        partial(output.form_option, inspection=True),
        click.option("--notify", is_flag=True, help="完成后把一行摘要发到 [notify] 所写的群机器人。"),
        options.rule_options,
        click.option("--collect/--no-collect", default=True, help="先采集，还是只判定已存的内容（默认采集）。"),
        click.option("--links/--no-links", default=True, help="是否核对链接（默认核对）。"),
    ]
    for decorator in reversed(decorators):
        settled = decorator(settled)
    return settled


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

    return _run(_Inspection("周检", inspection.inspect), by_unit=split_by or "", **given)


@inspect.command(short_help="栏目体检：网站的栏目和页面")
@_inspection
@click.option("--resume", is_flag=True, help="接着上次中断的采集做，已存的页面不再抓取。")
def columns(**given: Any) -> int:
    """抓取网站，判定栏目更新、空白栏目、页面要素、错敏词和链接，写出 reports/栏目体检-日期.xlsx。"""
    from jimo_lint.inspection import columns as inspection

    return _run(_Inspection("栏目体检", inspection.inspect), **given)


def _run(
    inspection: _Inspection,
    *,
    settings: Settings,
    config_path: Path | None,
    files: tuple[Path, ...],
    targets: tuple[Target, ...],
    fail_on: str,
    notify: bool,
    by_unit: str = "",
) -> int:
    config = options.load_config(config_path, needed=True)
    if notify and config.notify is None:
        raise ConfigError(str(config.path), "没有写 [notify]，不知道通知发到哪里", "请写 robot 和 url_env，见 README")
    forms = output.checked([*targets, *map(output.of_file, files)])
    with _crash_told(config.notify if notify else None, f"{config.site.name}{inspection.title} {settings.as_of}"):
        try:
            with watcher(silent=output.on_screen(forms) == "line") as progress:
                report = inspection.judge(config, settings, progress)
        except KeyboardInterrupt:
            crawled = inspection.title == "栏目体检"
            raise click.Abort("；已采集的网页都在，可加 --resume 接着做" if crawled else "") from None
        if not files and not any(target.form == "xlsx" for target in forms):
            forms = (*forms, Target("xlsx", _default(config, inspection.title, report)))
        showing, written = output.write_files(report, forms, Showing(by_unit=by_unit), _AGAIN)
    output.show(report, forms, showing)
    if notify and config.notify:
        # The line names no file: its place on this machine is of no use to the group.
        send(config.notify, line(report), json.overview(report))
    return options.exit_code(report, fail_on) if written else 2


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
