"""`jimo-lint check`: the gate before publishing."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

import click

from jimo_lint.cli import options
from jimo_lint.config import Config
from jimo_lint.inspection import drafts
from jimo_lint.model import Document, Problem
from jimo_lint.readers.drafts import local
from jimo_lint.readers.source import MAX_BYTES, Source


@click.command()
@click.argument("paths", nargs=-1, required=True, metavar="路径…|-")
@options.output_options
@options.rule_options
@options.config_option
@click.option("--isolated", is_flag=True, help="不读任何 jimo-lint.toml。")
@click.option(
    "--exclude",
    multiple=True,
    metavar="写法",
    help="略过这样的文件和文件夹，可写多次：名称或路径，* 代表任意几个字，如 --exclude '*.png'。",
)
@click.option("--ignore-unreadable", is_flag=True, help="读不了的文件只提示，不以 2 退出。")
@options.as_of_option
def check(
    paths: Sequence[str],
    form: str,
    output: Path | None,
    select: tuple[str, ...],
    ignore: tuple[str, ...],
    fail_on: str,
    config_path: Path | None,
    isolated: bool,
    exclude: tuple[str, ...],
    ignore_unreadable: bool,
    as_of: date | None,
) -> int:
    """检查文稿：txt、md、html、mht、Word（docx、doc、wps），凭内容认；“-”读标准输入。不联网，不用数据库。

    没有问题退出 0，有达到 --fail-on 的问题退出 1，有文件没能检查退出 2：文件夹里读不了的文件也算。
    """
    day = as_of or date.today()
    config = Config() if isolated else options.load_config(config_path, needed=False)
    values = _read(paths, day, exclude)
    if ignore_unreadable:
        values = (replace(one, excused=True) if isinstance(one, Problem) else one for one in values)
    report, texts = drafts.check(values, config, as_of=day, only=select, ignore=ignore)
    return options.deliver(report, texts, form, output, fail_on)


def _read(paths: Sequence[str], as_of: date, exclude: Sequence[str]) -> Iterator[Document | Problem]:
    files: list[Path] = []
    for path in paths:
        if not path:
            yield Problem("命令行", "有一个路径是空的，未检查。请核对引号和变量")
        elif path == "-" and sys.stdin is None:
            yield Problem("<stdin>", "标准输入已关闭，未检查。请用管道或文件提供文稿")
        elif path == "-":
            body = sys.stdin.buffer.read(MAX_BYTES + 1)
            if len(body) > MAX_BYTES:
                yield Problem("<stdin>", "超过 50 MB，未读。请拆成几个较小的文件")
                continue
            if not body.strip():
                yield Problem("<stdin>", "标准输入是空的，什么也没有检查。请核对管道前面的命令")
                continue
            suffix = ".html" if body.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<") else ".txt"
            yield from local.read_source(Source("<stdin>", body), suffix, as_of=as_of)
        else:
            files.append(Path(path))
    yield from local.read(files, as_of=as_of, exclude=exclude)
