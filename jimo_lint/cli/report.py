"""`jimo-lint report`: the report of a former run, in any form."""

from __future__ import annotations

from pathlib import Path

import click

from jimo_lint.cli import options, output
from jimo_lint.cli.keeping import kept
from jimo_lint.cli.output import Target
from jimo_lint.report import Showing
from jimo_lint.store import Store


@click.command()
@click.argument("number", metavar="[编号]", type=int, required=False)
@options.config_option
@output.form_option_of_inspections
@click.option(
    "-o",
    "--output",
    "files",
    type=click.Path(path_type=Path),
    multiple=True,
    metavar="文件",
    help="报告写到哪里，可写多次，格式由文件名认。",
)
def report(number: int | None, config_path: Path | None, targets: tuple[Target, ...], files: tuple[Path, ...]) -> int:
    """再写一次以前的检查报告，什么格式都行。

    编号见 jimo-lint store info，不写就是最近一次。内容和当时一样，不采集、不重新判定。
    退出码：0 写成了；2 没有写成。
    """
    config = options.load_config(config_path, needed=True)
    forms = output.checked([*(targets if not files else ()), *map(output.of_file, files)])
    options.spare([one.file for one in forms], config.read_files)
    with Store.open(config.store_path, writing=False) as store:
        said = kept(store, number)
    showing, written = output.write_files(said, forms, Showing())
    output.show(said, forms, showing)
    return 0 if written else 2
