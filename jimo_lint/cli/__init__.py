"""The command line: the group, its lazily loaded commands, and the one place where failures become exit codes."""

from __future__ import annotations

import errno
import os
import sys
import warnings
from collections.abc import Sequence
from contextlib import suppress
from importlib import import_module
from pathlib import Path

import click

from jimo_lint import __version__
from jimo_lint.cli.chinese import Formatter, explain
from jimo_lint.errors import JimoLintError, cause
from jimo_lint.language.printing import printable
from jimo_lint.runtime import crash

click.Context.formatter_class = Formatter

# Module, function and summary of each command, in the order in which an office comes to them. A command is imported
# when it is called, so that `check` starts without the libraries of the inspections.
_COMMANDS = {
    "init": ("init", "init", "读网站的菜单，找出栏目，写出 jimo-lint.toml"),
    "columns": ("columns", "columns", "试读栏目，或把目录、台账转成栏目配置"),
    "accounts": ("accounts", "accounts", "试读账号的档案，或把登记表转成账号配置"),
    "inspect": ("inspect", "inspect", "周检与栏目体检：采集、判定、写出 Excel 报告"),
    "review": ("review", "review", "人工审核：导入工作簿里的意见，或在浏览器里记；查看、导出、撤销"),
    "plan": ("plan", "plan", "年度计划：各项职责做了几次、进度如何、接下来是什么"),
    "report": ("report", "report", "再写一次以前的检查报告，什么格式都行"),
    "ledger": ("ledger", "ledger", "整改台账：未办结的按责任单位列出，本年的统计"),
    "bulletin": ("bulletin", "bulletin", "拟写检查情况通报的 Word 稿"),
    "fleet": ("fleet", "fleet", "机群：一个市、一个省的许多站点一起检查"),
    "store": ("store", "store", "数据文件：列出留存的检查，备份，收缩"),
    "stats": ("stats", "stats", "按审核意见统计各条规则的误报率，提出可以允许的写法"),
    "recheck": ("recheck", "recheck", "重新读取一个网页、链接、栏目或账号，看改好没有"),
    "watch": ("watch", "watch", "日常监测：只读首页和列表，有新内容就查，发现错误就通知"),
    "schedule": ("schedule", "schedule", "打印定时任务：crontab 和 systemd"),
    "probe": ("probe", "probe", "访问一次首页并记下快慢，由 cron 定时运行"),
    "check": ("check", "check", "发布前检查本地文稿（不联网，适合放进 CI）"),
    "lsp": ("lsp", "lsp", "给编辑器用的语言服务器：边写边检查稿件"),
    "links": ("links", "links", "检查一份网址清单、本地文件或一个网页里的链接"),
    "words": ("words", "words", "检查本单位的词表，或试查它会报出什么"),
    "tickets": ("tickets", "tickets", "办理“我为政府网站找错”：导入、核查、算期限、起草答复"),
    "mystery": ("mystery", "mystery", "模拟呼叫、模拟暗访：写出填写表，读回计分"),
    "rule": ("catalogue", "rule", "列出全部规则，或解释其中一条"),
    "config": ("settings", "config", "显示正在生效的设置及其来源"),
    "demo": ("demo", "demo", "在内置的虚构网站上完整跑一遍周检和栏目体检"),
}


_PREFIX = "JIMO_LINT"  # of environment variables


class _Group(click.Group):
    """A group that imports a command only when it is called, and lists all without importing any."""

    def list_commands(self, _ctx: click.Context) -> list[str]:
        return list(_COMMANDS)

    def get_command(self, _ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in _COMMANDS:
            return None
        module, name, _ = _COMMANDS[cmd_name]
        command: click.Command = getattr(import_module(f"jimo_lint.cli.{module}"), name)
        _read_environment(command, f"{_PREFIX}_{cmd_name}")
        return command

    def invoke(self, ctx: click.Context) -> object:
        try:
            return super().invoke(ctx)
        except KeyboardInterrupt:
            # click would print a blank line first.
            raise click.Abort from None

    def format_commands(self, _ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([(name, summary) for name, (_, _, summary) in _COMMANDS.items()])


def _read_environment(command: click.Command, prefix: str) -> None:
    """Have each option take its value from JIMO_LINT_命令_选项, whatever the program calls that value."""
    if isinstance(command, click.Group):
        for name, inner in command.commands.items():
            _read_environment(inner, f"{prefix}_{name}")
    for one in command.params:
        written = next((name for name in one.opts if name.startswith("--")), "")
        if isinstance(one, click.Option) and written and not one.envvar:
            one.envvar = f"{prefix}{written[1:]}".upper().replace("-", "_")


@click.group(cls=_Group, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, "-V", "--version", message="jimo-lint %(version)s", help="显示版本后退出。")
def cli() -> None:
    """政府网站与政务新媒体内容质量巡检。

    退出码：0 没有达到 --fail-on 级别的问题；1 有；2 没能完成（用法、配置、读不出的输入、采集中断）；
    70 程序自身出错；130 被中断。
    """


def run(arguments: Sequence[str] | None = None) -> int:
    """Run one command; returns the exit code.

    Expected failures are one line on stderr; of what was not expected the traceback follows the line.
    """
    _open_closed_streams()
    if not sys.warnoptions:
        # What libraries warn of, in English, is of a developer's concern; `python -W` and PYTHONWARNINGS bring it back.
        warnings.simplefilter("ignore")
    threads = crash.Threads()
    try:
        code = _run(arguments)
    except Exception as fault:  # noqa: BLE001 - told with its traceback
        return crash.told(fault)
    return crash.told(threads.fault) if threads.fault else code


def _run(arguments: Sequence[str] | None) -> int:
    for stream in (sys.stdout, sys.stderr):
        # A terminal or pipe with another encoding must not turn a finding into a crash.
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")
    try:
        code = cli.main(
            args=None if arguments is None else list(arguments), prog_name="jimo-lint", standalone_mode=False
        )
    except (click.Abort, KeyboardInterrupt) as interruption:
        click.echo(f"已中断{interruption}", err=True)
        return 130
    except click.ClickException as fault:
        click.echo(_without_numbers(explain(fault)), err=True)
        return 2
    except JimoLintError as fault:
        click.echo(_without_numbers(printable(f"错误：{fault}")), err=True)
        return fault.exit_code
    except UnicodeEncodeError as fault:
        # The reports and the demo have Chinese names; Python asks the locale how to write them.
        if fault.encoding == "utf-8" or fault.encoding != sys.getfilesystemencoding():
            raise
        click.echo("错误：语言环境（LANG）：写不出中文文件名。请先运行 export LC_ALL=C.UTF-8", err=True)
        return 2
    except (BrokenPipeError, SystemExit) as end:  # click and rich turn the first into the second with 1: findings
        if isinstance(end, SystemExit) and end.code == 0:  # a shell was told what completes a word
            return 0
        # The reader (`| head`) has gone: nothing is lost but the rest of the output.
        _drop_output()
        return 141
    except OSError as fault:
        # Files are opened where a fault gets its name; without one it is what stdout refused.
        if fault.errno not in (errno.ENOSPC, errno.EDQUOT, errno.EIO) or fault.filename:
            raise
        click.echo(f"错误：标准输出：写不进去（{cause(fault)}）。请检查磁盘空间和输出位置", err=True)
        _drop_output()
        return 2
    return int(code or 0)


def _without_numbers(said: str) -> str:
    """A message masked: it names files and repeats what was written, and goes into the logs of timed runs."""
    from jimo_lint.privacy import mask_text  # `--help` does not need it

    return mask_text(said)


def _open_closed_streams() -> None:
    """Where the caller closed a standard stream, Python has None; what is written there goes nowhere instead."""
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:
            setattr(sys, name, Path(os.devnull).open("w", encoding="utf-8"))  # noqa: SIM115


def _drop_output() -> None:
    """Leave nothing in the buffer of stdout that Python would fail to write when it ends, and so end with 120."""
    with suppress(OSError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
