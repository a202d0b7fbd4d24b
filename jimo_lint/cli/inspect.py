"""`jimo-lint inspect …`: a command for every inspection, and its workbook."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import date
from functools import wraps
from importlib import import_module
from pathlib import Path
from typing import Any

import click

from jimo_lint.cli import options, output
from jimo_lint.cli.keeping import keep
from jimo_lint.cli.output import Target
from jimo_lint.cli.watching import watcher
from jimo_lint.errors import ConfigError, JimoLintError, NotifyError
from jimo_lint.inspection import INSPECTIONS, Inspection
from jimo_lint.inspection.judging import Settings
from jimo_lint.language.printing import printable
from jimo_lint.model import Report
from jimo_lint.privacy import mask_text
from jimo_lint.report import Showing
from jimo_lint.report.machine import json
from jimo_lint.report.machine.line import line
from jimo_lint.report.views.scope import suffix
from jimo_lint.report.webhook import send
from jimo_lint.runtime import crash
from jimo_lint.settings.config import Config
from jimo_lint.settings.sections import Notify

# It is all in the store.
_AGAIN = "再加 --no-collect 重新运行，不必重新采集"


@click.group()
def inspect() -> None:
    """逐项巡检：采集、判定，都写出 Excel 报告。"""


def _options(function: Callable[..., int]) -> Callable[..., int]:
    @wraps(function)
    def settled(
        *,
        as_of: date,
        chosen: options.Chosen,
        collect: bool,
        links: bool,
        jobs: int | None,
        resume: bool = False,
        full: bool,
        **given: Any,
    ) -> int:
        settings = Settings(as_of, chosen.select, chosen.ignore, collect, resume, links, chosen.extend, jobs, full)
        return function(settings=settings, fail_on=chosen.fail_on, **given)

    decorators: list[Callable[[Any], Any]] = [
        options.config_option,
        options.as_of_option,
        options.quiet_option,
        click.option(
            "-o",
            "--output",
            "files",
            type=click.Path(path_type=Path),
            multiple=True,
            metavar="文件",
            help="报告写到哪里，可写多次，格式由文件名认：.xlsx、.html、.json、.csv 等（默认 reports/ 下的工作簿）。",
        ),
        output.form_option_of_inspections,
        click.option("--notify", is_flag=True, help="把一行摘要（没有做完的，缘由）发到 [notify] 所写的群机器人。"),
        options.rule_options,
        click.option("--collect/--no-collect", default=True, help="先采集，还是只判定已存的内容（默认采集）。"),
        click.option("--full", is_flag=True, help="全部重新读取、重新判定，没有变的也不沿用上次的结果。"),
        click.option("--links/--no-links", default=True, help="是否核对链接、读附件（默认都做）。"),
        options.jobs_option,
    ]
    for decorator in reversed(decorators):
        settled = decorator(settled)
    return settled


def _command(inspection: Inspection) -> click.Command:
    """Its command, with the options that it has beside those of all."""

    def command(**given: Any) -> int:
        return _run(inspection, **given)

    if inspection.by_unit:
        command = click.option(
            "--split-by",
            "by_unit",
            type=click.Choice(["owner", "sheet"]),
            help="按责任单位分：owner 另给每个单位写一份工作簿，sheet 在工作簿里给每个单位加一张表。",
        )(command)
    if inspection.resumable:
        resume = click.option("--resume", is_flag=True, help="接着上次中断的采集做，已存的页面不再抓取。")
        command = resume(command)
    make = click.command(inspection.code, help=inspection.about, short_help=inspection.summary)
    return make(_options(command))


for _one in INSPECTIONS.values():
    if _one.module:
        inspect.add_command(_command(_one))


def _run(
    inspection: Inspection,
    *,
    settings: Settings,
    config_path: Path | None,
    files: tuple[Path, ...],
    targets: tuple[Target, ...],
    fail_on: str,
    notify: bool,
    by_unit: str | None = None,
) -> int:
    config = options.load_config(config_path, needed=True)
    if notify and config.notify is None:
        raise ConfigError(str(config.path), "没有写 [notify]，不知道通知发到哪里", "请写 robot 和 url_env，见 README")
    forms = output.checked([*targets, *map(output.of_file, files)])
    options.spare([one.file for one in forms], config.read_files)
    with _failure_told(config.notify if notify else None, f"{config.site.name}{inspection.title} {settings.as_of}"):
        try:
            with watcher(silent=output.on_screen(forms) == "line") as progress:
                report: Report = import_module(inspection.module).inspect(config, settings, progress)
        except KeyboardInterrupt:
            raise click.Abort("；已采集的网页都在，可加 --resume 接着做" if inspection.resumable else "") from None
        keep(config, report)
        if not files and not any(target.form == "xlsx" for target in forms):
            forms = output.checked([*forms, Target("xlsx", _default(config, inspection, report))])
        showing, written = output.write_files(report, forms, Showing(by_unit=by_unit or ""), _AGAIN)
    output.show(report, forms, showing)
    code = options.exit_code(report, fail_on) if written else 2
    if notify and config.notify:
        # The line names no file: its place on this machine is of no use to the group.
        said = line(report) + (_undone(report, written=written) if code == 2 else "")
        send(config.notify, said, json.overview(report))
    return code


def _undone(report: Report, *, written: bool) -> str:
    """Why an inspection that has its report was not done all the same."""
    if not written:
        return "没有做完：报告没有写成，请看运行记录。"
    first = next((problem for problem in report.problems if not problem.excused), None)
    return mask_text(printable(f"没有做完：{first.place}：{first.message}")) if first else ""


@contextmanager
def _failure_told(notify: Notify | None, what: str) -> Iterator[None]:
    """Let the group know why what runs inside came to no end: nobody looks at a job of cron that sends nothing.

    Of a fault of the program itself only its type is told, which is nobody's data.
    """
    try:
        yield
    except JimoLintError as fault:
        _tell(notify, f"{what}：没有做完：{fault}", fault.exit_code)
        raise
    except click.Abort:
        _tell(notify, f"{what}：没有做完，被中断了；已存的都在。", 130)
        raise
    except Exception as fault:
        said = f"{what}：没有做完，程序自身出错（{type(fault).__name__}）；已存的都在。请看运行记录并报告给开发者。"
        _tell(notify, said, crash.EXIT_CODE)
        raise


def _tell(notify: Notify | None, said: str, code: int) -> None:
    if notify:
        with suppress(NotifyError):  # what is wrong first is what the user is to hear of
            send(notify, mask_text(printable(said)), {"exit_code": code})


def _default(config: Config, inspection: Inspection, report: Report) -> Path:
    return config.folder / "reports" / f"{inspection.title}-{report.run.as_of.isoformat()}{suffix(report)}.xlsx"
