"""`jimo-lint fleet load` and `fleet report`: the results of many sites in one database, and what they come to."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from jimo_lint.cli import options
from jimo_lint.cli.fleet_options import fleet_option
from jimo_lint.cli.output import told_kept
from jimo_lint.errors import ReportError, StoreError
from jimo_lint.fleet import journal
from jimo_lint.fleet.sites import Fleet, read
from jimo_lint.language.printing import printable
from jimo_lint.model.terms import CHINA

if TYPE_CHECKING:
    from jimo_lint.fleet.rollup.database import Database
    from jimo_lint.fleet.rollup.loading import Loaded
    from jimo_lint.model.rollup import Rollup

_DATABASE = "rollup.sqlite3"
_VARIABLE = "JIMO_LINT_DATABASE"
_SUFFIXES = (".xlsx", ".docx", ".html", ".json")
# What could not be read is named one by one, up to so many.
_NAMED = 20


def _database_option(function: Callable[..., int]) -> Callable[..., int]:
    return click.option(
        "--database",
        "where",
        envvar=_VARIABLE,
        metavar="文件或地址",
        help=f"汇总到哪里：一个 SQLite 文件（默认 fleet.toml 旁的 {_DATABASE}），或 postgresql:// 开头的地址；"
        f"也可写在环境变量 {_VARIABLE} 里，密码不要写在命令行上。",
    )(function)


@click.command(short_help="把各站点的结果汇总到数据库")
@fleet_option
@_database_option
@options.quiet_option
def load(path: Path, where: str | None) -> int:
    """把 fleet run 留下的结果读进数据库：读过的不再读，改过的换成新的。不检查，不写报告。

    数据库连不上时什么也不丢：结果还在盘上，下次再读。退出码：0 都读了；2 有读不出的，或数据库不能用。
    """
    known = read(path)
    with _loaded(known, where) as (_, done):
        if not (done.fresh or done.known or done.faults):
            raise StoreError(str(known.results), "没有一个网站的结果", "请先运行 jimo-lint fleet run")
        if not options.is_quiet():
            click.echo(f"新读入 {done.fresh:,} 个网站的结果")
    return 2 if done.faults else 0


@click.command(short_help="写出全省（全市）的汇总：工作簿、通报稿、网页、JSON")
@fleet_option
@_database_option
@click.option("--run", "asked", multiple=True, metavar="名称", help="报哪一轮，可写多次（默认每种检查最近一轮）。")
@click.option("--area", metavar="名称", help="汇总的范围，写在标题里，如 青河省（默认 fleet.toml 里的 name）。")
@click.option(
    "-f",
    "--format",
    "form",
    type=click.Choice(["text", "line", "json", "html"]),
    default="text",
    help="写到屏幕的格式：text 给人看；line 只有一行，适合邮件；json 一个 JSON 对象；html 一页网页。默认 text。",
)
@click.option(
    "-o",
    "--output",
    "files",
    type=click.Path(path_type=Path, dir_okay=False),
    multiple=True,
    metavar="文件",
    help="写到哪里，可写多次，由文件名认：.xlsx 工作簿、.docx 通报稿、.html、.json（默认 reports/ 下的前两样）。",
)
@options.quiet_option
def report(
    path: Path, where: str | None, asked: tuple[str, ...], area: str | None, form: str, files: tuple[Path, ...]
) -> int:
    """先把新的结果读进数据库（同 fleet load），再写出汇总：合格率、单项否决、分市、分单位、名次、变化、没有查到的。

    只计数，不重新判定；没有检查的、没有查全的不算合格。有人填写过的工作簿和通报稿不覆盖。

    退出码：0 写成了；2 没有写成，或有网站的报告读不出。
    """
    for file in files:
        if file.suffix.lower() not in _SUFFIXES:
            raise ReportError(str(file), "认不出这种格式", f"文件名请以 {'、'.join(_SUFFIXES)} 结尾")
    known = read(path)
    runs = [known.results / name for name in journal.runs(known.results)]
    options.spare(files, [*runs, *([path] if path.is_file() else [])])
    moment = datetime.now(CHINA).replace(tzinfo=None)
    with _loaded(known, where) as (database, done):
        from jimo_lint.fleet.rollup import asking

        made = asking.rollup(database, known.name if area is None else area, moment, asked)
    written = [_write(made, file) for file in files or _usual(known, made)]
    _show(made, form)
    if form == "text":
        for file in written:
            click.echo(printable(f"写出：{file}"))
    return 2 if done.faults or any(site.unreadable for one in made.rounds for site in one.sites) else 0


@contextmanager
def _loaded(known: Fleet, where: str | None) -> Iterator[tuple[Database, Loaded]]:
    """The database with all results in it, and what came of loading them; the faults are told."""
    from jimo_lint.fleet.rollup import database, loading

    held = database.opened(where or str(_beside(known) / _DATABASE))
    try:

        def tell(said: str) -> None:
            if not options.is_quiet():
                click.echo(printable(said), err=True)

        done = loading.load(known.results, held, tell)
        for fault in done.faults[:_NAMED]:
            options.complain(fault)
        if len(done.faults) > _NAMED:
            click.echo(f"另有 {len(done.faults) - _NAMED} 个读不出", err=True)
        yield held, done
    finally:
        held.close()


def _beside(known: Fleet) -> Path:
    return known.path if known.path.is_dir() else known.path.parent


def _usual(known: Fleet, made: Rollup) -> tuple[Path, Path]:
    folder, day = _beside(known) / "reports", made.day.isoformat()
    return folder / f"汇总-{day}.xlsx", folder / f"汇总通报代拟稿-{day}.docx"


def _write(made: Rollup, file: Path) -> Path:
    """Where the roll-up was written."""
    match file.suffix.lower():
        case ".xlsx":
            from jimo_lint.report.xlsx import rollup as book

            written = book.write(made, file)
        case ".docx":
            from jimo_lint.report.docx import bulletin as draft
            from jimo_lint.report.views.rollup_bulletin import bulletin

            written = draft.lay_out(bulletin(made), file, made.made)
        case ".html":
            from jimo_lint.report.html import rollup as page

            options.write_text(file, page.render(made))
            return file
        case _:
            from jimo_lint.report.machine import rollup as machine

            options.write_text(file, machine.dumps(made))
            return file
    told_kept({file: written})
    return written


def _show(made: Rollup, form: str) -> None:
    if form == "html":
        from jimo_lint.report.html import rollup as page

        click.echo(page.render(made), nl=False)
    elif form == "text":
        from jimo_lint.report.views import rollup as view

        click.echo(printable(view.title(made)))
        for line in view.lines(made):
            click.echo(printable(line.text))
    else:
        from jimo_lint.report.machine import rollup as machine

        click.echo(machine.line(made) if form == "line" else machine.dumps(made), nl=form == "line")
