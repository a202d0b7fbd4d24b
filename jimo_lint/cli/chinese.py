"""Says in Chinese what click would say in English: section names, usage and faults of use."""

from __future__ import annotations

import re
from collections.abc import Iterable

import click

from jimo_lint.language.printing import printable
from jimo_lint.language.text import display_width
from jimo_lint.settings.toml import suggestion

_USAGE = (("[OPTIONS]", "[选项]"), ("COMMAND [ARGS]...", "命令 [参数…]"))
_HELP = (("Show this message and exit.", "显示帮助后退出。"), ("[default: ", "[默认："))
# A word with the blanks and closing marks after it, or one wide character with those.
_PIECES = r"(?:[\x21-\x7e]+|[^\x20-\x7e])[。，；：、）”？]*\s*|\s+"
_SECTIONS = {"Options": "选项", "Commands": "命令", "Arguments": "参数"}


class Formatter(click.HelpFormatter):
    """click's own help layout under Chinese headings."""

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        for english, chinese in _USAGE:
            args = args.replace(english, chinese)
        super().write_usage(prog, args, prefix or "用法：")

    def write_heading(self, heading: str) -> None:
        self.write(f"{'':>{self.current_indent}}{_SECTIONS.get(heading, heading)}：\n")

    # click counts characters, which sets Chinese terms out of line and lets Chinese text run over the edge.
    def write_dl(self, rows: Iterable[tuple[str, str]], col_max: int = 30, col_spacing: int = 2) -> None:
        rows = list(rows)
        room = min(max((display_width(term) for term, _ in rows), default=0), col_max)
        start = self.current_indent + room + col_spacing
        for term, help_text in rows:
            for english, chinese in _HELP:
                help_text = help_text.replace(english, chinese)
            lines = wrap(help_text, max(self.width - start, 20))
            head = " " * self.current_indent + term
            if display_width(term) <= room and lines:
                head += " " * (start - display_width(head)) + lines.pop(0)
            self.write("\n".join([head, *(" " * start + line for line in lines)]) + "\n")

    def write_text(self, text: str) -> None:
        indent = " " * self.current_indent
        for paragraph in text.split("\n"):
            for line in wrap(paragraph, max(self.width - self.current_indent, 20)) or [""]:
                self.write(f"{indent}{line}".rstrip() + "\n")


def wrap(text: str, room: int) -> list[str]:
    """`text` in lines of at most `room` cells: broken at blanks and between wide characters, not before 。，）."""
    lines = [""]
    for piece in re.findall(_PIECES, text):
        if display_width(lines[-1] + piece.rstrip()) > room and lines[-1]:
            lines[-1] = lines[-1].rstrip()
            lines.append("")
        lines[-1] += piece if lines[-1] else piece.lstrip()
    return [line.rstrip() for line in lines if line.strip()]


def explain(fault: click.ClickException) -> str:
    """One Chinese line with place, fault and remedy for a fault of use; the help where a command is left out."""
    if isinstance(fault, click.exceptions.NoArgsIsHelpError):
        return fault.format_message()
    place = "命令行"
    context = getattr(fault, "ctx", None)
    command = context.command_path if context else "jimo-lint"
    if isinstance(fault, click.exceptions.NoSuchCommand):
        group = context.command if context else None
        known = group.list_commands(context) if context and isinstance(group, click.Group) else []
        text = f"没有命令 {fault.command_name}{suggestion(fault.command_name, known)}"
    elif isinstance(fault, click.NoSuchOption):
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
    ("Missing command", "缺少命令"),
    ("Got unexpected extra argument", "多出的参数"),
    ("requires an argument", "后面要有值"),
    ("does not take a value", "后面不写值"),
    (" is not one of ", " 不在可用的值之中："),
    ("does not exist", "不存在"),
    ("is not a valid integer range", "不是整数"),
    ("is not a valid integer", "不是整数"),
    ("is not a valid boolean. Recognized values: , ", "不是“是”或“否”，可写 "),
    ("is not in the range", "不在范围之内："),
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
