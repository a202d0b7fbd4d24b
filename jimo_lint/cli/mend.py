"""--fix, --diff, --track and --annotate of `check`: what is certain is put right, or all is written beside it."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable
from functools import wraps
from itertools import count
from pathlib import Path
from typing import Any, TypeVar

import click

from jimo_lint.cli import options
from jimo_lint.errors import ReportError
from jimo_lint.language.printing import printable
from jimo_lint.model import Problem, ProblemCode, Report
from jimo_lint.privacy import mask_text
from jimo_lint.values import NamedTuple

_COLOURS = {"+": "green", "-": "red", "@": "cyan"}

F = TypeVar("F", bound=Callable[..., Any])


class Mending(NamedTuple):
    """What is to be done to the files. fix: they are changed, with `track` so that somebody still has to accept it."""

    fix: bool
    diff: bool
    track: bool
    annotate: bool


def mending_options(function: F) -> F:
    """--fix, --diff, --track and --annotate, given as `mending`."""

    @wraps(function)
    def choosing(*, mode: str | None, track: bool, annotate: bool, **given: Any) -> Any:
        if mode == "diff" and annotate:
            raise click.UsageError("--diff 只显示，不与 --annotate 同用", click.get_current_context())
        return function(mending=Mending(mode == "fix" or track, mode == "diff", track, annotate), **given)

    grouped: F = options.bundled(
        choosing,
        click.option(
            "--annotate",
            is_flag=True,
            help="把问题写成 Word 批注（作者 jimo-lint），另存为旁边的“名称（批注）.docx”，原件不动；只用于 docx。",
        ),
        click.option(
            "--track", is_flag=True, help="同 --fix，但在 docx 里写成修订（作者 jimo-lint），等人接受；别的格式不改。"
        ),
        click.option("--diff", "mode", flag_value="diff", help="不改文件，只显示 --fix 会怎样改；有可改的以 1 退出。"),
        click.option(
            "--fix",
            "mode",
            flag_value="fix",
            help="把有把握的直接改在 txt、md、html、docx 文件里，再报告其余的；docx 开着修订的，写成修订。",
        ),
    )
    return grouped


def show(report: Report) -> int:
    """Print the changes, personal data masked; 2 where something was not read, 1 where there are changes, else 0."""
    from jimo_lint.inspection.mending import mended  # loads the parser of pages, for which a check has no use

    changed = False
    colour = options.is_coloured()
    left = Counter[str]()
    for one in mended(report):
        left.update(one.reasons)
        for number, line in enumerate(one.diff()):
            changed = True
            shown = printable(mask_text(line))
            if colour and number > 1 and line[:1] in _COLOURS:
                shown = click.style(shown, fg=_COLOURS[line[:1]])
            click.echo(shown, color=colour)
    _tell_left(left)
    options.tell(report.problems)
    return 2 if not report.complete else int(changed)


def put(report: Report, *, track: bool) -> tuple[bool, tuple[Problem, ...]]:
    """Change the files and say on stderr what was done; whether any was changed, and what could not be written.

    A fault costs its file only.

    track: as changes that are still to be accepted.
    """
    from jimo_lint.inspection.mending import mended
    from jimo_lint.report import kept

    done = tracked = files = 0
    left = Counter[str]()
    unwritten: list[Problem] = []
    for one in mended(report, track=track):
        left.update(one.reasons)
        if not one.done:
            continue
        if kept.is_open(one.path) or _is_read_only(one.path):
            left["正在 Word、WPS 里打开的文件里" if kept.is_open(one.path) else "只读的文件里"] += one.done
            continue
        try:
            options.write_bytes(one.path, one.content)
        except ReportError as fault:
            unwritten.append(
                Problem(ProblemCode.UNREADABLE, fault.place, {"fault": fault.fault, "remedy": fault.remedy})
            )
            left["写不进去的文件里"] += one.done
        else:
            done += one.done
            tracked += one.done if one.tracked else 0
            files += 1
    if done:
        revised = f"，其中 {tracked:,} 处写成修订（作者 jimo-lint），请在 Word 里接受或拒绝" if tracked else ""
        click.echo(f"改好 {done:,} 处（{files:,} 个文件）{revised}", err=True)
    _tell_left(left)
    return bool(done), tuple(unwritten)


def _tell_left(left: Counter[str]) -> None:
    if left:
        why = "，".join(f"{reason} {number:,} 处" for reason, number in left.items())
        click.echo(f"还有 {left.total():,} 处能改而没有改，请人工改：{why}", err=True)


def _is_read_only(path: Path) -> bool:
    """Whether its owner wants no changes: a file that takes its place would need no more than the folder's leave."""
    return not path.stat().st_mode & 0o222 or not os.access(path, os.W_OK)


def annotate(report: Report) -> bool:
    """Write a copy of each Word document that has findings, with these as comments, and say where on stderr.

    Whether all could be written that were made.
    """
    from jimo_lint.inspection.word.annotate import annotated

    left, written = Counter[str](), True
    for one in annotated(report):
        if one.reason:
            left[one.reason] += 1
            continue
        names = (f"{one.path.stem}（批注）{f'-{number}' if number > 1 else ''}{one.path.suffix}" for number in count(1))
        place = next(other for other in map(one.path.with_name, names) if not os.path.lexists(other))
        try:
            options.write_bytes(place, one.content)
        except ReportError as fault:
            options.complain(fault)
            written = False
        else:
            click.echo(printable(mask_text(f"{place}：写了 {one.noted:,} 条批注")), err=True)
    if left:
        why = "，".join(f"{reason} {number:,} 个" for reason, number in left.items())
        click.echo(f"有问题的文件里还有 {left.total():,} 个没有写批注：{why}", err=True)
    return written
