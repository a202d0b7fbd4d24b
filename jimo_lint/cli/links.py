"""`jimo-lint links`: checks a list of addresses, or the links of files or of one page, without a crawl."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

import click

from jimo_lint.cli import options, output
from jimo_lint.cli.watching import watcher
from jimo_lint.report import Showing


@click.command()
@click.argument("sources", nargs=-1, required=True, metavar="网址|文件…|-")
@click.option("--base", default="", metavar="网址", help="本地文件发布后的网址，相对链接由它算起。")
@output.output_options
@options.allow_private_option
@options.rule_options
@options.config_option
@options.as_of_option
@options.quiet_option
def links(
    sources: Sequence[str],
    base: str,
    targets: tuple[output.Target, ...],
    allow_private: bool,
    chosen: options.Chosen,
    config_path: Path | None,
    as_of: date,
) -> int:
    """检查一个网页（给网址）或本地文稿（html、mht、md、Word、rtf、幻灯片、OpenDocument）里的链接，或一份每行一个网址的清单（txt）；
    “-”读标准输入。

    不抓取网站，不用数据库；每个地址只问一次。404、410 隔一会儿再问一次才算失效；域名不存在等只算待确认，
    要连续几次检查才能断定，请用 inspect。
    """
    from jimo_lint.inspection import link_list
    from jimo_lint.inspection.judging import Bench, Settings

    if base and not base.startswith(("http://", "https://")):
        raise click.UsageError("--base 的值不对：应为 http:// 或 https:// 开头的网址", click.get_current_context())
    config = options.load_config(config_path, needed=False)
    given = (Path(one) for one in sources if one != "-" and "://" not in one)
    options.spare([one.file for one in targets], (*given, *config.read_files))
    if allow_private:
        config = replace(config, crawl=replace(config.crawl, allow_private=True))
    bench = Bench(config, Settings(as_of, chosen.select, chosen.ignore, extend=chosen.extend))
    with watcher(silent=output.on_screen(targets) == "line") as progress, progress.stage("核对链接") as step:
        report = link_list.check(_read(sources), base, bench, step)
    return output.deliver(report, targets, Showing(), chosen.fail_on)


def _read(sources: Sequence[str]) -> Iterator[tuple[str, bytes | None]]:
    for source in dict.fromkeys(sources):
        if source == "-":
            yield "<stdin>", b"" if sys.stdin is None else sys.stdin.buffer.read()
        else:
            yield source, None
