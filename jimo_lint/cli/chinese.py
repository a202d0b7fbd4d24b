"""Says in Chinese what click would say in English: section names, usage and faults of use."""

from __future__ import annotations

import click

from jimo_lint.report.phrases import printable

_USAGE = (("[OPTIONS]", "[选项]"), ("COMMAND [ARGS]...", "命令 [参数…]"))
_SECTIONS = {"Options": "选项", "Commands": "命令", "Arguments": "参数"}


class Formatter(click.HelpFormatter):
    """click's own help layout under Chinese headings."""

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        for english, chinese in _USAGE:
            args = args.replace(english, chinese)
        super().write_usage(prog, args, prefix or "用法：")

    def write_heading(self, heading: str) -> None:
        super().write_heading(_SECTIONS.get(heading, heading))

    def write_dl(self, rows: object, col_max: int = 30, col_spacing: int = 2) -> None:
        translated = [
            (name, help_text.replace("Show this message and exit.", "显示帮助后退出。").replace("[default:", "[默认："))
            for name, help_text in list(rows)  # type: ignore[call-overload]
        ]
        super().write_dl(translated, col_max, col_spacing)


def explain(fault: click.ClickException) -> str:
    """One Chinese line with place, fault and remedy for a fault of use; the help where a command is left out."""
    if isinstance(fault, click.exceptions.NoArgsIsHelpError):
        return fault.format_message()
    place = "命令行"
    context = getattr(fault, "ctx", None)
    command = context.command_path if context else "jimo-lint"
    if isinstance(fault, click.NoSuchOption):
        near = f"，是否为 {'、'.join(fault.possibilities)}？" if fault.possibilities else ""
        text = f"没有选项 {fault.option_name}{near}"
    elif isinstance(fault, click.MissingParameter):
        text = f"缺少 {fault.param.human_readable_name if fault.param else '参数'}"
    elif isinstance(fault, click.BadParameter):
        text = f"{_name(fault)} 的值不对：{_chinese(fault.message)}"
    elif isinstance(fault, click.UsageError):
        text = _chinese(fault.message)
    else:
        text = fault.format_message()
    stop = "" if text.endswith("？") else "。"
    return printable(f"错误：{place}：{text}{stop}用 {command} -h 看用法")


def _name(fault: click.BadParameter) -> str:
    if fault.param is None:
        return "参数"
    return "/".join(fault.param.opts) if isinstance(fault.param, click.Option) else fault.param.human_readable_name


_PHRASES = (
    ("No such command", "没有命令"),
    ("Missing command", "缺少命令"),
    ("Got unexpected extra argument", "多出的参数"),
    ("requires an argument", "后面要有值"),
    ("is not one of", "不在可用的值之中："),
    ("does not exist", "不存在"),
    ("is not a valid integer", "不是整数"),
    ("is a directory", "是文件夹"),
    ("is a file", "是文件"),
    ("Option ", "选项 "),
    ("Path ", "路径 "),
    ("File ", "文件 "),
    ("Directory ", "文件夹 "),
    ("Did you mean", "是否为"),
)


def _chinese(message: str) -> str:
    for english, chinese in _PHRASES:
        message = message.replace(english, chinese)
    return message.rstrip(".")
