"""`jimo-lint ledger`: 整改台账, all that is open by unit, and the year's sums."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import click

from jimo_lint.cli import options, output
from jimo_lint.errors import ReportError
from jimo_lint.inspection import INSPECTIONS
from jimo_lint.inspection.context import profile
from jimo_lint.language.printing import printable
from jimo_lint.model.ledger import Ledger
from jimo_lint.model.terms import CHINA
from jimo_lint.review import ledger as reading
from jimo_lint.settings.config import Config
from jimo_lint.store import Store

# The first year that can be asked for is that of `options.Day`.
_YEARS = click.IntRange(2000, 2099)


@click.command()
@options.config_option
@options.as_of_option
@click.option("--year", type=_YEARS, metavar="年", help="统计哪一年的（默认是 --as-of 那一年）。")
@click.option(
    "--split-by",
    "by_unit",
    type=click.Choice(["owner"]),
    help="按责任单位分：另给每个单位写一份，栏目和账号都在内。",
)
@click.option(
    "-o",
    "--output",
    "file",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="文件",
    help="写到哪里，以 .xlsx 结尾（默认 reports/整改台账-日期.xlsx）。",
)
def ledger(config_path: Path | None, as_of: date, year: int | None, by_unit: str | None, file: Path | None) -> int:
    """由留存的各次检查写出整改台账：未办结的按责任单位列出，超期的在前；另有本年已办结、年度统计和明细。

    没有重新查到的是“未复查”，不算改好。不采集、不重新判定。退出码：0 写成了；2 没有写成，或还没有检查过。
    """
    from jimo_lint.report.views.ledger import ledger as view
    from jimo_lint.report.xlsx.ledger import write

    config = options.load_config(config_path, needed=True)
    if file and file.suffix.lower() != ".xlsx":
        raise ReportError(str(file), "台账只能写成工作簿", "文件名请以 .xlsx 结尾")
    if year is not None and year > as_of.year:
        raise click.UsageError(f"--year {year} 在检查日 {as_of} 之后", click.get_current_context())
    options.spare([file], config.read_files)
    read = read_ledger(config, as_of, year)
    name = f"整改台账-{as_of.isoformat()}" + ("" if read.year == as_of.year else f"-{read.year}年")
    path = file or config.folder / "reports" / f"{name}.xlsx"
    written = write(read, path, datetime.now(CHINA).replace(tzinfo=None), by_owner=by_unit == "owner")
    output.told_kept(written)
    click.echo(printable(view(read).verdict.text))
    click.echo(printable(f"整改台账：{written[path]}" + (f"，另有各单位的 {len(written) - 1} 份" if by_unit else "")))
    return 0


def read_ledger(config: Config, as_of: date, year: int | None = None) -> Ledger:
    """The ledger of a configuration's store. StoreError as of the store, and where no run is kept."""
    titles = {code: one.title for code, one in INSPECTIONS.items()}
    with Store.open(config.store_path, writing=False) as store:
        return reading.read(store, config.site.name, profile(config).deadlines, as_of, year or as_of.year, titles)
