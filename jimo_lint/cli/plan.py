"""`jimo-lint plan`: the duties of the year, how far each is, and what is due next."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import click

from jimo_lint.cli import options
from jimo_lint.cli.output import told_kept
from jimo_lint.errors import ConfigError, ReportError
from jimo_lint.model.duties import Standing, YearPlan
from jimo_lint.model.terms import CHINA
from jimo_lint.settings.config import Config

_TROUBLE = (Standing.BEHIND, Standing.OVERDUE)
_SUFFIXES = (".xlsx", ".json")


@click.command()
@options.config_option
@options.as_of_option
@click.option(
    "--year", type=click.IntRange(2000, 2099), metavar="年份", help="哪一年的计划（默认为 --as-of 所在的年份）。"
)
@click.option(
    "-f",
    "--format",
    "form",
    type=click.Choice(["text", "line", "json"]),
    default="text",
    help="写到屏幕的格式：text 表格；line 只有一行，适合邮件和定时任务；json 一个 JSON 对象。默认 text。",
)
@click.option(
    "-o",
    "--output",
    "files",
    type=click.Path(path_type=Path),
    multiple=True,
    metavar="文件",
    help="写到哪里，可写多次，格式由文件名认：.xlsx、.json（默认 reports/ 下的工作簿）。",
)
@click.option("--notify", is_flag=True, help="把一行摘要发到 [notify] 所写的群机器人。")
@options.quiet_option
def plan(
    config_path: Path | None, as_of: date, year: int | None, form: str, files: tuple[Path, ...], notify: bool
) -> int:
    """按配置和依据列出一年里要做的事，数已经做了几次，说明比进度快还是慢、接下来哪一项到期。

    周检、栏目体检数本程序做完的，意见征集、政府开放日数栏目里当年的信息，年报看全站标题，其余看 [[plan.done]] 的登记。
    次数、期限和栏目在 [plan.…] 里改，见 docs/plan.md。不采集。退出码：0 都不落后；1 有落后、逾期的；2 有无法统计的，
    或没有写成。
    """
    from jimo_lint.inspection import plan as planning
    from jimo_lint.report.machine import plan as machine

    config = options.load_config(config_path, needed=True)
    if notify and config.notify is None:
        raise ConfigError(str(config.path), "没有写 [notify]，不知道通知发到哪里", "请写 robot 和 url_env，见 README")
    for file in files:
        if file.suffix.lower() not in _SUFFIXES:
            raise ReportError(str(file), "认不出这种格式", f"文件名请以 {'、'.join(_SUFFIXES)} 结尾")
    options.spare(files, config.read_files)
    made = planning.inspect(config, as_of, year or as_of.year)
    books = [_write(made, file) for file in files or (_default(config, made),)]
    if form == "text":
        from jimo_lint.cli import agenda

        agenda.show(made, next((file for file in books if file.suffix.lower() == ".xlsx"), None))
    else:
        click.echo(machine.line(made) if form == "line" else machine.dumps(made), nl=form == "line")
    if notify and config.notify:
        from jimo_lint.report.webhook import send

        send(config.notify, machine.line(made), machine.overview(made))
    standings = {state.standing for state in made.duties}
    return 2 if Standing.UNKNOWN in standings else int(bool(standings & {*_TROUBLE}))


def _default(config: Config, made: YearPlan) -> Path:
    return config.folder / "reports" / f"年度计划-{made.year}.xlsx"


def _write(made: YearPlan, file: Path) -> Path:
    """Where the plan was written."""
    if file.suffix.lower() == ".json":
        from jimo_lint.report.machine import plan as machine

        options.write_text(file, machine.dumps(made))
        return file
    from jimo_lint.report.xlsx import plan as book

    written = book.write(made, file, datetime.now(CHINA).replace(tzinfo=None))
    told_kept({file: written})
    return written
