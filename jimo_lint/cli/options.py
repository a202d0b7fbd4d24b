"""Options that several commands share, and what they mean."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from functools import wraps
from pathlib import Path
from typing import Any, TypeVar

import click

from jimo_lint.errors import ConfigError, JimoLintError, ReportError, cause
from jimo_lint.language.printing import printable
from jimo_lint.model import Problem, Report, Severity
from jimo_lint.model.terms import CHINA
from jimo_lint.report.phrases import together
from jimo_lint.settings import config
from jimo_lint.settings.toml import rule_name
from jimo_lint.values import NamedTuple

_QUIET = "jimo-lint-quiet"  # in the context of the command
_COLOUR = "jimo-lint-color"

F = TypeVar("F", bound=Callable[..., Any])


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

    def convert(self, value: Any, _param: click.Parameter | None, _ctx: click.Context | None) -> tuple[str, ...]:
        if isinstance(value, tuple):
            return value
        parts = (part.strip() for part in value.replace("，", ",").split(",") if part.strip())
        # Codes in whatever case; names are in lower case, as they are written.
        return tuple(map(rule_name, parts))


def as_of_option(function: F) -> F:
    """--as-of: the day on which the inspection stands; in Beijing, whatever the zone of the machine."""
    return click.option("--as-of", type=Day(), default=today, help="以哪一天为检查日（默认今天，按北京时间）。")(
        function
    )


def jobs_option(function: F) -> F:
    """--jobs: by how many processes documents are judged; None for all cores."""
    return click.option(
        "--jobs",
        type=click.IntRange(1, 256),
        metavar="个数",
        help="几个进程同时判断（默认处理器有几个核就几个；文稿不多时只用一个）。结果与个数无关。",
    )(function)


def today() -> date:
    """The day in Beijing."""
    return datetime.now(CHINA).date()


def config_option(function: F) -> F:
    """--config: which jimo-lint.toml."""
    return click.option(
        "--config",
        "config_path",
        type=click.Path(path_type=Path),
        metavar="文件",
        help="配置文件（默认用当前文件夹及其上级里最近的 jimo-lint.toml）。",
    )(function)


class Chosen(NamedTuple):
    """Which rules are asked for, and which level of finding fails."""

    select: tuple[str, ...]
    extend: tuple[str, ...]
    ignore: tuple[str, ...]
    fail_on: str


def rule_options(function: F) -> F:
    """--select, --extend-select, --ignore, --fail-on and --exit-zero, given as `chosen`."""

    @wraps(function)
    def choosing(
        *,
        select: tuple[str, ...],
        extend_select: tuple[str, ...],
        ignore: tuple[str, ...],
        fail_on: str,
        exit_zero: bool,
        **given: Any,
    ) -> Any:
        return function(chosen=Chosen(select, extend_select, ignore, "never" if exit_zero else fail_on), **given)

    grouped: F = bundled(
        choosing,
        click.option("--exit-zero", is_flag=True, help="有问题也以 0 退出；没能检查的仍以 2 退出。"),
        click.option(
            "--fail-on",
            type=click.Choice(["notice", "warning", "error", "veto", "never"]),
            default="error",
            show_default=True,
            help="有这一级或更重的问题时以 1 退出。",
        ),
        click.option("--ignore", type=Codes(), default=(), help="不用这些规则。"),
        click.option("--extend-select", type=Codes(), default=(), help="除了正在用的规则，再加上这些。"),
        click.option("--select", type=Codes(), default=(), help="只用这些规则：代码、开头字母或名称，如 S,T101。"),
    )
    return grouped


def bundled(function: Callable[..., Any], *decorators: Callable[[Any], Any]) -> Any:
    """The function behind several options. The one that is given last stands first in the help."""
    for decorator in decorators:
        function = decorator(function)
    return function


def tables_option(function: F) -> F:
    """-o of an import: the configuration that its tables are added to."""
    return click.option(
        "-o",
        "--output",
        type=click.Path(path_type=Path),
        metavar="文件",
        help="写到哪个配置文件：已有的在末尾添上，没有的新建（默认打印在屏幕上）。",
    )(function)


def quiet_option(function: F) -> F:
    """-q: of a long command, nothing on stderr but what is wrong."""
    return click.option(
        "-q",
        "--quiet",
        is_flag=True,
        expose_value=False,
        callback=lambda ctx, _, value: ctx.meta.update({_QUIET: value}),
        help="不显示进度和提示，标准错误里只有出错和没做完的。",
    )(function)


def is_coloured() -> bool:
    """Whether stdout takes colours: as --color says, else NO_COLOR or FORCE_COLOR, else where it is a terminal."""
    ctx = click.get_current_context(silent=True)
    asked = ctx.meta.get(_COLOUR, "auto") if ctx else "auto"
    if asked != "auto":
        return bool(asked == "always")
    if os.environ.get("NO_COLOR"):
        return False
    return bool(os.environ.get("FORCE_COLOR")) or sys.stdout.isatty()


def colour_option(function: F) -> F:
    """--color: always, never, or as the terminal and the environment have it."""
    return click.option(
        "--color",
        type=click.Choice(["auto", "always", "never"]),
        default="auto",
        expose_value=False,
        callback=lambda ctx, _, value: ctx.meta.update({_COLOUR: value}),
        help="屏幕上的颜色（默认 auto：终端里有，NO_COLOR、FORCE_COLOR 照办）。",
    )(function)


def is_quiet() -> bool:
    """Whether the command was called with -q."""
    ctx = click.get_current_context(silent=True)
    return bool(ctx and ctx.meta.get(_QUIET))


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
    if not report.complete:
        return 2
    worst = report.worst()
    if fail_on == "never" or worst is None:
        return 0
    return int(worst >= Severity[fail_on.upper()])


def tell(problems: Iterable[Problem]) -> None:
    """Name on stderr what could not be done, one line each; one for many places with the same fault."""
    quiet = is_quiet()
    for problem in together(problem for problem in problems if not (quiet and problem.excused)):
        word = "提示" if problem.excused else "未完成"
        click.echo(printable(f"{word}：{problem.place}：{problem.message}"), err=True)


def complain(fault: JimoLintError) -> None:
    """Tell on stderr of a fault that does not end the command; masked, since it may name what was given."""
    from jimo_lint.privacy import mask_text

    click.echo(mask_text(printable(f"错误：{fault}")), err=True)


def named_workbook(path: Path) -> None:
    """ReportError where a workbook would stand under the name of something else."""
    if path.suffix.lower() != ".xlsx":
        raise ReportError(str(path), "认不出这种格式", "文件名请以 .xlsx 结尾")


def write_text(path: Path, text: str) -> None:
    """Write a text as UTF-8, whole or not at all; ReportError names the place and the remedy."""
    write_pieces(path, (text,))


def write_pieces(path: Path, pieces: Iterable[str]) -> None:
    """As `write_text`, of a text that comes in pieces."""
    _write(path, (piece.encode("utf-8") for piece in pieces))


def write_bytes(path: Path, content: bytes) -> None:
    """Write a file, whole or not at all; ReportError names the place and the remedy."""
    _write(path, (content,))


def _write(path: Path, content: Iterable[bytes]) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        if path.exists() and not path.is_file():  # a pipe or device, which nothing can take the place of
            with path.open("wb") as file:
                file.writelines(content)
        else:
            # What a link leads to is replaced, not the link.
            _replace(Path(os.path.realpath(path)), content)
    except OSError as fault:
        raise ReportError(str(path), f"写不进去（{cause(fault)}）", "请检查文件夹权限和磁盘空间") from None


def _replace(path: Path, content: Iterable[bytes]) -> None:
    draft = path.with_name(f".{path.name[:40]}-{os.getpid()}.tmp")
    try:
        with draft.open("wb") as file:
            file.writelines(content)
        if path.exists():
            draft.chmod(path.stat().st_mode)
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)


def refuse_existing(path: Path, remedy: str = "请用 -o 写到别的文件，再挑需要的并进去") -> None:
    """ReportError where there is a file already: what a user wrote is never overwritten."""
    if path.exists() or path.is_symlink():
        raise ReportError(str(path), "已经有这个文件，没有改动它", remedy)


def spare(written: Iterable[Path | None], read: Iterable[Path]) -> None:
    """ReportError where a file would take the place of one that the run reads, or that lies in a folder that it reads.

    Links are followed, as they are by who writes. None is the screen.
    """
    places = {path: Path(os.path.realpath(path)) for path in written if path is not None and path.is_file()}
    for one in read if places else ():
        real = Path(os.path.realpath(one))
        for path, place in places.items():
            if real in place.parents or (real.exists() and place.samefile(real)):
                raise ReportError(str(path), "这次运行要读这个文件，没有盖掉它", "请写到别的文件")


def write_new(path: Path, text: str) -> None:
    """Write a file that must not be there yet; ReportError as in `write_text`."""
    refuse_existing(path)
    write_text(path, text)


def existing_config(path: Path | None) -> config.Config | None:
    """The configuration that an import is to be added to; None where there is none yet. ConfigError as in `load`."""
    return config.load(path) if path and path.is_file() else None


_KINDS = {"column": ("栏目", "责任单位和时限"), "account": ("账号", "责任单位和档案")}


def add_tables(
    path: Path, text: str, additions: Mapping[int, Mapping[str, str]] | None = None, kind: str = "column"
) -> None:
    """Write a new configuration, or the old one with these tables behind, if the whole can be read again.

    additions: what is added to its columns or accounts (kind), as `discovery.merge` takes it.
    """
    before = path.read_text(encoding="utf-8-sig") if path.is_file() else ""
    if additions:
        from jimo_lint.discovery.merge import merged

        try:
            before = merged(before, additions, kind)
        except ValueError:
            what, missing = _KINDS[kind]
            raise ConfigError(
                str(path),
                f"里的{what}不是逐个写成 [[{kind}]] 的，没有改动",
                f"请手工补上{missing}，或改成 [[{kind}]] 再导入",
            ) from None
    whole = f"{before.rstrip()}\n\n{text}" if before.strip() and text else before or text
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
