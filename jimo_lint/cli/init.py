"""`jimo-lint init`: finds the columns of a site and writes them into a `jimo-lint.toml` to start from."""

from __future__ import annotations

from collections import Counter
from datetime import date
from pathlib import Path

import click

from jimo_lint.cli import options
from jimo_lint.cli.watching import watcher
from jimo_lint.settings.config import FILE_NAME


@click.command()
@click.argument("address", metavar="网址")
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    default=Path(FILE_NAME),
    metavar="文件",
    help=f"写到哪里，- 为屏幕（默认当前文件夹的 {FILE_NAME}；已有的文件不覆盖）。",
)
@options.allow_private_option
@click.option(
    "--max-pages",
    type=click.IntRange(1, 20_000),
    default=500,
    metavar="页数",
    help="至多读多少页（只读菜单和列表；默认 500）。",
)
@options.as_of_option
@options.quiet_option
def init(address: str, output: Path, allow_private: bool, max_pages: int, as_of: date) -> int:
    """从首页起读网站的菜单和列表页，找出栏目，写成 jimo-lint.toml。

    只读像栏目的页面，遵守 robots.txt，对网站两次访问间隔半秒。写出的文件可以直接用于 inspect columns；
    每个栏目上方注明读到的条数、最近日期和翻页方式，供人核对。
    """
    from jimo_lint.discovery import draft
    from jimo_lint.discovery.walk import configuration, walk

    to_screen = str(output) == "-"
    if not to_screen:
        options.refuse_existing(output)
    config = configuration(address, max_pages=max_pages, allow_private=allow_private)
    with watcher() as progress:
        done = walk(config, as_of=as_of, progress=progress)
    written = draft.write(done.survey, config, as_of)
    if to_screen:
        click.echo(written, nl=False)
    else:
        options.write_new(output, written)
        kinds = Counter(found.column.kind for found in done.survey.columns)
        said = "，".join(f"{kind.label} {number}" for kind, number in kinds.most_common())
        click.echo(f"找到 {len(done.survey.columns)} 个栏目：{said}")
        click.echo(f"已写入 {output}。请核对名称和类别，用 jimo-lint columns test 试读，再 jimo-lint inspect columns")
    if done.cut and not options.is_quiet():
        click.echo(
            f"提示：读满 {max_pages} 页就停了，可能还有栏目没有找到；要多读，加 --max-pages {4 * max_pages}", err=True
        )
    if not done.finished:
        click.echo("错误：没有读完全站，以上栏目不全", err=True)
        return 2
    return 0
