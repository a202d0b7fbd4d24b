"""Options that several commands share, and what they mean."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

import click

from jimo_lint import config
from jimo_lint.errors import ConfigError, ReportError, cause
from jimo_lint.model import Problem, Report, Severity
from jimo_lint.report.phrases import printable, together

F = TypeVar("F", bound=Callable[..., Any])

MACHINE_FORMS = ("json", "jsonl", "github")


class Day(click.ParamType[date]):
    """A date as YYYY-MM-DD."""

    name = "YYYY-MM-DD"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        if isinstance(value, date):
            return value
        try:
            day = date.fromisoformat(value)
        except ValueError:
            self.fail(f"“{value}”不是日期，应写作 2026-11-22", param, ctx)
        if not 2000 <= day.year < 2100:
            self.fail(f"“{value}”不在 2000 年到 2099 年之间", param, ctx)
        return day


class Codes(click.ParamType[tuple[str, ...]]):
    """Rule codes, prefixes or names, with commas between."""

    name = "规则,…"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> tuple[str, ...]:
        if isinstance(value, tuple):
            return value
        return tuple(part.strip() for part in value.replace("，", ",").split(",") if part.strip())


def as_of_option(function: F) -> F:
    """--as-of: the day on which the inspection stands."""
    return click.option("--as-of", type=Day(), help="以哪一天为检查日（默认今天）。")(function)


def config_option(function: F) -> F:
    """--config: which jimo-lint.toml."""
    return click.option(
        "--config",
        "config_path",
        type=click.Path(path_type=Path),
        metavar="文件",
        help="配置文件（默认用当前文件夹及其上级里最近的 jimo-lint.toml）。",
    )(function)


def rule_options(function: F) -> F:
    """--select, --ignore and --fail-on."""
    # The one that is applied last stands first in the help.
    function = click.option(
        "--fail-on",
        type=click.Choice(["notice", "warning", "error", "veto", "never"]),
        default="error",
        show_default=True,
        help="有这一级或更重的问题时以 1 退出。",
    )(function)
    function = click.option("--ignore", type=Codes(), default=(), help="不用这些规则。")(function)
    return click.option("--select", type=Codes(), default=(), help="只用这些规则：代码、开头字母或名称，如 S,T101。")(
        function
    )


def output_options(function: F) -> F:
    """-f and -o: in which form a report is shown, and where."""
    function = click.option(
        "-o", "--output", type=click.Path(path_type=Path), metavar="文件", help="写到文件（默认写到屏幕）。"
    )(function)
    return click.option(
        "-f",
        "--format",
        "form",
        type=click.Choice(["text", *MACHINE_FORMS]),
        default="text",
        show_default=True,
        help="输出格式。",
    )(function)


def tables_option(function: F) -> F:
    """-o of an import: the configuration that its tables are added to."""
    return click.option(
        "-o",
        "--output",
        type=click.Path(path_type=Path),
        metavar="文件",
        help="写到哪个配置文件：已有的在末尾添上，没有的新建（默认打印在屏幕上）。",
    )(function)


def allow_private_option(function: F) -> F:
    """--allow-private: for sites that only the office itself can reach."""
    return click.option("--allow-private", is_flag=True, help="也访问本机和内网地址。")(function)


def load_config(path: Path | None, *, needed: bool) -> config.Config:
    """The configuration in force: the one named, else the nearest; ConfigError where a needed one is not there."""
    found = path or config.find(Path.cwd())
    if found is None and needed:
        raise ConfigError(
            str(Path.cwd()),
            f"这里和上级文件夹都没有 {config.FILE_NAME}",
            "请用 jimo-lint init 网址 写一份，或用 --config 指定",
        )
    return config.load(found)


def exit_code(report: Report, fail_on: str) -> int:
    """2 where part of the job could not be done, else 1 where a finding reaches `fail_on`, else 0."""
    if any(not problem.excused for problem in report.problems) or not report.run.complete:
        return 2
    worst = report.worst()
    if fail_on == "never" or worst is None:
        return 0
    return int(worst >= Severity[fail_on.upper()])


def render(report: Report, form: str, texts: Mapping[str, str], *, colour: bool = True) -> str:
    """The report as text, JSON, JSON lines or GitHub annotations; colour only where a terminal shows it.

    texts: of the documents, by `Finding.url`, for the text form.
    """
    if form == "json":
        from jimo_lint.report.machine import json

        return json.dumps(report)
    if form == "jsonl":
        from jimo_lint.report.machine import json

        return "".join(f"{line}\n" for line in json.lines(report))
    if form == "github":
        from jimo_lint.report.machine import github

        return "".join(f"{line}\n" for line in github.lines(report))
    from jimo_lint.report import plain

    shown = colour and sys.stdout.isatty() and not os.environ.get("NO_COLOR")
    return plain.text(report, texts, width=shutil.get_terminal_size((100, 24)).columns, colour=shown)


def deliver(report: Report, texts: Mapping[str, str], form: str, output: Path | None, fail_on: str) -> int:
    """Show the report or write it to `output`, name what could not be done, and return the exit code.

    texts: as in `render`.
    """
    text = render(report, form, texts, colour=output is None)
    if output is None:
        click.echo(text, nl=False)
    else:
        write_text(output, text)
    tell(report.problems)
    return exit_code(report, fail_on)


def tell(problems: Iterable[Problem]) -> None:
    """Name on stderr what could not be done, one line each; one for many places with the same fault."""
    for problem in together(problems):
        word = "提示" if problem.excused else "未完成"
        click.echo(printable(f"{word}：{problem.place}：{problem.message}"), err=True)


def write_text(path: Path, text: str) -> None:
    """Write a text report; ReportError names the place and the remedy."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    except OSError as fault:
        raise ReportError(str(path), f"写不进去（{cause(fault)}）", "请检查文件夹权限和磁盘空间") from None


def refuse_existing(path: Path) -> None:
    """ReportError where there is a file already: what a user wrote is never overwritten."""
    if path.exists() or path.is_symlink():
        raise ReportError(str(path), "已经有这个文件，没有改动它", "请用 -o 写到别的文件，再挑需要的并进去")


def write_new(path: Path, text: str) -> None:
    """Write a file that must not be there yet; ReportError as in `write_text`."""
    refuse_existing(path)
    write_text(path, text)


def existing_config(path: Path | None) -> config.Config | None:
    """The configuration that an import is to be added to; None where there is none yet. ConfigError as in `load`."""
    return config.load(path) if path and path.is_file() else None


def add_tables(path: Path, text: str) -> None:
    """Write a new configuration, or the old one with these tables behind, if the whole can be read again."""
    before = path.read_text(encoding="utf-8-sig") if path.is_file() else ""
    whole = f"{before.rstrip()}\n\n{text}" if before.strip() else text
    draft = path.with_name(f".{path.name}.new")
    write_text(draft, whole)
    try:
        config.load(draft)
        draft.replace(path)
    except ConfigError as fault:
        raise ConfigError(str(path), f"添上之后读不通（{fault.fault}），没有改动", fault.remedy) from None
    except OSError as fault:
        raise ReportError(str(path), f"写不进去（{cause(fault)}）", "请检查文件夹权限和磁盘空间") from None
    finally:
        draft.unlink(missing_ok=True)
