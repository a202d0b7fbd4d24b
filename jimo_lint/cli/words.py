"""`jimo-lint words`: checks users' own word lists, and shows what they would hit before they are put in force."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import ExitStack
from datetime import date
from itertools import chain
from pathlib import Path

import click

from jimo_lint.cli import options
from jimo_lint.errors import InputError
from jimo_lint.inspection import wordlist_tryout
from jimo_lint.model import Document, Problem, TermEntry
from jimo_lint.readers.registers import term_list


class _Words(click.Group):
    """A group in which a file instead of a command means `check`: `words FILE` is what one types most."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        if not args:
            args = ["--help"]
        elif args[0] not in self.commands and args[0] not in ("-h", "--help"):
            args = ["check", *args]
        return super().parse_args(ctx, args)


@click.group(cls=_Words, subcommand_metavar="词表… | 命令 …")
def words() -> None:
    """检查本单位的词表（txt、tsv、csv、xlsx），或在启用前试查它会报出什么。

    jimo-lint words 词表.xlsx 等于 jimo-lint words check 词表.xlsx。词表的写法见 docs/word-lists.md。
    """


_LISTS = click.argument("lists", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="词表…")


@words.command(short_help="检查词表：每个问题一行，写明行号、问题和改法")
@_LISTS
@options.as_of_option
def check(lists: Sequence[Path], as_of: date) -> int:
    """检查词表：每个问题一行，写明行号、问题和改法。

    标“错误”的须改正后才能用；标“提醒”的能用，但值得看一看。
    没有错误退出 0，有错误退出 1，有词表读不出退出 2。
    """
    code = 0
    for path in lists:
        try:
            read = term_list.read(path)
        except InputError as unreadable:
            click.echo(f"错误：{unreadable}", err=True)
            code = 2
            continue
        faults = sorted(
            (*read.faults, *wordlist_tryout.collisions(read, as_of)),
            key=lambda fault: (not fault.grave, fault.line),
        )
        for fault in faults:
            place = f"{path} {fault.where}".strip()
            click.echo(f"{place}：{'错误' if fault.grave else '提醒'}：{fault.text}。{fault.remedy}")
        grave = sum(fault.grave for fault in faults)
        click.echo(f"{path}：{len(read.words)} 个词可用，{grave} 个错误，{len(faults) - grave} 个提醒")
        code = max(code, int(grave > 0))
    return code


@words.command(short_help="试查：词表在已采集的网页（和所给文件）里会报出什么")
@click.argument("source", type=click.Path(path_type=Path), metavar="词表")
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path), metavar="[文件或文件夹…]")
@click.option("--all", "every", is_flag=True, help="没有报出的词也列出来。")
@options.config_option
@options.as_of_option
def test(source: Path, paths: Sequence[Path], every: bool, config_path: Path | None, as_of: date) -> int:
    """试查：不启用词表，只看它会报出什么。

    查已采集的网页和新媒体文章；给出文件或文件夹时也查它们。每个词列出次数、页数和三处上下文。
    能查完就退出 0；词表或文件读不出退出 2。
    """
    config = options.load_config(config_path, needed=False)
    usable = term_list.read(source).words
    with ExitStack() as stack:
        sources: Iterable[Document | Problem] = wordlist_tryout.files(paths, as_of) if paths else ()
        if config.store_path.is_file():
            sources = chain(wordlist_tryout.stored(config.store_path, stack), sources)
        else:
            if not paths:
                raise InputError(
                    str(config.store_path), "还没有采集过", "请先运行 jimo-lint inspect，或在命令后面给出文件"
                )
            click.echo(f"还没有采集过（没有 {config.store_path}）。只查所给的文件")
        done = wordlist_tryout.trial(usable, sources, config, as_of)
    for tally in done.tallies:
        if tally.hits or every:
            click.echo(f"{_shown(tally.word)}  {tally.hits} 次，{tally.pages} 页")
        for finding in tally.contexts:
            line = finding.position.line if finding.position else 0
            place = f"{finding.url}:{line}" if line and "://" not in finding.url else finding.url
            click.echo(f"    {finding.excerpt}    {place}")
    hit = [tally for tally in done.tallies if tally.hits]
    click.echo(
        f"查了 {done.documents} 篇、{done.characters} 字：{len(done.tallies)} 个词中有 {len(hit)} 个报出，"
        f"共 {sum(tally.hits for tally in hit)} 处"
    )
    for problem in done.problems:
        click.echo(f"错误：{problem.place}：{problem.message}", err=True)
    return 2 if done.problems else 0


def _shown(word: TermEntry) -> str:
    return f"{word.term} → {'或'.join(word.suggestions)}" if word.suggestions else word.term
