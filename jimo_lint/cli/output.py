"""-f and -o: in which forms a report is written, and where; what could not be written costs no other form."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import wraps
from pathlib import Path
from typing import Any, TypeVar, cast

import click

from jimo_lint.cli import options
from jimo_lint.errors import ReportError
from jimo_lint.language.printing import printable
from jimo_lint.model import Report
from jimo_lint.report import FORMS, Showing, pieces, write
from jimo_lint.report.terminal.text import lists
from jimo_lint.settings.toml import suggestion
from jimo_lint.values import NamedTuple

F = TypeVar("F", bound=Callable[..., Any])


class Target(NamedTuple):
    """One form of the report and the file it goes into; None is the screen."""

    form: str
    file: Path | None = None


class FormAndFile(click.ParamType[Target]):
    """`json`, `json:报告.json`, or `json:-` for the screen."""

    name = "格式[:文件]"

    def __init__(self, inspection: bool) -> None:
        self.forms = {name: form for name, form in FORMS.items() if inspection or not form.binary}

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Target:
        if isinstance(value, Target):
            return value
        name, colon, file = value.replace("：", ":", 1).partition(":")
        if name not in self.forms:
            near = suggestion(name, self.forms) or f"，可用的有 {'、'.join(self.forms)}"
            self.fail(f"没有“{name}”这种格式{near}", param, ctx)
        example = f"{name}:报告{self.forms[name].suffix}"
        if colon and not file:
            self.fail(f"“{value}”冒号后面没有文件名，应如 {example}", param, ctx)
        if self.forms[name].binary and file in ("", "-"):
            self.fail(f"{name} 不能写到屏幕，请写上文件名，如 {example}", param, ctx)
        return Target(name, None if file in ("", "-") else Path(file))


def form_option(function: F, *, inspection: bool = False) -> F:
    """-f: forms, each with its file or one of them on the screen."""
    kind = FormAndFile(inspection)
    listed = "；".join(f"{name} {form.title}" for name, form in kind.forms.items())
    return click.option(
        "-f",
        "--format",
        "targets",
        type=kind,
        multiple=True,
        default=["text"],
        help=f"输出格式，可写多次；写“格式:文件”的写到文件，不写文件的写到屏幕（至多一种）。{listed}。默认 text。",
    )(function)


def form_option_of_inspections(function: F) -> F:
    """-f with the forms that only inspections have, workbooks among them."""
    return form_option(function, inspection=True)


def output_options(function: F) -> F:
    """-f and -o of a check, whose report goes to the screen, given together as `targets`."""

    @wraps(function)
    def placed(*, targets: tuple[Target, ...], file: Path | None, **given: Any) -> Any:
        return function(targets=into(targets, file), **given)

    option = click.option(
        "-o",
        "--output",
        "file",
        type=click.Path(path_type=Path),
        metavar="文件",
        help="-f 没有写明文件的那一种写到这个文件，不写到屏幕。",
    )
    return cast(F, form_option(option(options.colour_option(placed))))


def into(targets: Sequence[Target], output: Path | None) -> tuple[Target, ...]:
    """The targets of a check, with -o in the place of the screen. UsageError where they do not go together."""
    if output is not None and all(target.file for target in targets):
        raise _misused("-f 的各种格式都写明了文件，-o 没有可写的")
    return checked(target._replace(file=target.file or output) for target in targets)


def of_file(path: Path) -> Target:
    """The form that the file's name tells. ReportError where it tells none."""
    suffixes = {form.suffix: name for name, form in FORMS.items() if form.suffix}
    if path.suffix.lower() not in suffixes:
        raise ReportError(str(path), "认不出这种报告", f"文件名请以 {'、'.join(suffixes)} 结尾")
    return Target(suffixes[path.suffix.lower()], path)


def checked(targets: Iterable[Target]) -> tuple[Target, ...]:
    """The targets, of which no two go to one place. UsageError else."""
    held: dict[str, Target] = {}
    for target in targets:
        place = "" if target.file is None else os.path.realpath(target.file)
        first = held.setdefault(place, target)
        if first is target:
            continue
        if place:
            raise _misused(f"{first.form}、{target.form} 都要写到 {target.file}，请写到不同的文件")
        both = f"{first.form}、{target.form} 都要写到屏幕，只能有一种"
        raise _misused(f"{both}；请给另一种写上文件，如 -f {target.form}:报告{FORMS[target.form].suffix}")
    return tuple(held.values())


def _misused(message: str) -> click.UsageError:
    return click.UsageError(message, click.get_current_context())


def on_screen(targets: Iterable[Target]) -> str:
    """The form that goes to the screen, "" where none does."""
    return next((target.form for target in targets if target.file is None), "")


def deliver(report: Report, targets: Sequence[Target], showing: Showing, fail_on: str) -> int:
    """Write every form, name what could not be done, and return the exit code."""
    _, written = write_files(report, targets, showing)
    show(report, targets, showing)
    return options.exit_code(report, fail_on) if written else 2


def write_files(report: Report, targets: Sequence[Target], showing: Showing, again: str = "") -> tuple[Showing, bool]:
    """Write the forms that go into files; the second value is false where one could not be, which is told.

    The first is `showing` with the workbook, which is written first, since other forms name it. again: what else to
    say where a file could not be written.
    """
    unwritten: list[ReportError] = []
    for target in sorted(targets, key=lambda target: not FORMS[target.form].binary):
        try:
            if target.file is None:
                continue
            if FORMS[target.form].binary:
                places = write(target.form, report, target.file, showing)
                told_kept(places)
                showing = showing._replace(workbook=showing.workbook or places[target.file])
            else:
                options.write_pieces(target.file, pieces(target.form, report, showing))
        except ReportError as fault:
            unwritten.append(fault)
    for told in unwritten:
        remedy = told.remedy if not again or "--no-collect" in told.remedy else f"{told.remedy}；{again}"
        options.complain(ReportError(told.place, told.fault, remedy))
    return showing, not unwritten


def told_kept(places: Mapping[Path, Path]) -> None:
    """Tell of files that were not written where they were wanted."""
    for wanted, written in places.items():
        if written != wanted:
            said = f"{wanted} 写出之后有人改过，或正打开着、读不了，没有覆盖；新的是 {written}"
            click.echo(printable(said), err=True)


def show(report: Report, targets: Iterable[Target], showing: Showing) -> None:
    """Show the form that goes to the screen, and name on stderr what was not looked at."""
    form = on_screen(targets)
    if form:
        fitting = _fit(showing)
        # click would take the colours away where stdout is no terminal.
        for piece in pieces(form, report, fitting):
            click.echo(piece, nl=False, color=fitting.colour)
    if form == "text" and not lists(report):  # the summary names it
        return
    # Beside one line, which cron sends by mail, nothing but what is wrong.
    options.tell(problem for problem in report.problems if not (form == "line" and problem.excused))


def _fit(showing: Showing) -> Showing:
    """As it fits the screen."""
    return showing._replace(width=shutil.get_terminal_size((100, 24)).columns, colour=options.is_coloured())
