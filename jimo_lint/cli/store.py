"""`jimo-lint store`: what the data file holds, a copy of it, and its size."""

from __future__ import annotations

from pathlib import Path

import click

from jimo_lint.cli import options
from jimo_lint.errors import ReportError
from jimo_lint.inspection import INSPECTIONS
from jimo_lint.language.printing import printable
from jimo_lint.report.phrases import china_time
from jimo_lint.store import Store, database, decisions, runs, upkeep

_MEGABYTE = 1_000_000


@click.group()
def store() -> None:
    """看数据文件里有什么，备份，收缩。"""


@store.command(short_help="列出留存的检查")
@options.config_option
def info(config_path: Path | None) -> int:
    """列出留存的各次检查、审核意见的条数和文件大小。"""
    path = options.load_config(config_path, needed=True).store_path
    with Store.open(path, writing=False) as data:
        kept, decided = runs.runs(data), decisions.decisions(data)
    click.echo(printable(f"{path}：{path.stat().st_size / _MEGABYTE:.1f} MB"))
    for one in kept:
        marks = [
            word for word, said in (("有没有查到的地方", not one.complete), ("只用了部分规则", one.narrowed)) if said
        ]
        title = INSPECTIONS[one.inspection].title if one.inspection in INSPECTIONS else one.inspection
        said = f"{one.number:>4}  {one.as_of}  {title}  问题 {one.found:,}，新增 {one.new:,}，消失 {one.gone:,}"
        finished = f"{china_time(one.finished):%Y-%m-%d %H:%M} 做完"
        click.echo(printable("，".join((said, finished, *marks))))
    if not kept:
        click.echo("还没有留存的检查。")
    undone = sum(one.undone for one in decided)
    click.echo(f"审核意见 {len(decided):,} 条" + (f"（已撤销 {undone:,}）" if undone else ""))
    return 0


@store.command(short_help="备份数据文件")
@click.argument("file", metavar="文件", type=click.Path(path_type=Path))
@options.config_option
def backup(file: Path, config_path: Path | None) -> int:
    """把数据文件完整地抄一份；正在检查时也可以备份。已经有的文件不覆盖。"""
    path = options.load_config(config_path, needed=True).store_path
    options.refuse_existing(file, "请换一个文件名")
    with Store.open(path, writing=False) as data:
        database.copy(data.connection, file)
    click.echo(printable(f"已备份到 {file}（{file.stat().st_size / _MEGABYTE:.1f} MB）"))
    return 0


@store.command(short_help="收缩数据文件")
@click.option("--keep-runs", type=click.IntRange(1), metavar="个数", help="每种检查只留最近几次的报告（默认全留）。")
@options.config_option
def vacuum(keep_runs: int | None, config_path: Path | None) -> int:
    """收回删去内容占的地方；问题的来历和审核意见总是留着。"""
    path = options.load_config(config_path, needed=True).store_path
    if not path.is_file():
        raise ReportError(str(path), "还没有数据", "请先运行 jimo-lint inspect")
    before = path.stat().st_size
    with Store.open(path, writing=True) as data:
        dropped = upkeep.drop_reports(data, keep_runs) if keep_runs else 0
        upkeep.vacuum(data)
    after = path.stat().st_size
    said = f"{before / _MEGABYTE:.1f} MB → {after / _MEGABYTE:.1f} MB"
    click.echo(said + (f"，去掉了 {dropped} 次检查的报告" if dropped else ""))
    return 0
