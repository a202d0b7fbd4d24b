"""`jimo-lint stats`: how often each rule was wrong by the reviewers' decisions."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import click

from jimo_lint.cli import options
from jimo_lint.language.printing import printable
from jimo_lint.review.learning import OFTEN, Record, records
from jimo_lint.settings.toml import quoted
from jimo_lint.store import Store

_WORDS = 5


@click.command()
@click.option("-f", "--format", "form", type=click.Choice(["text", "json"]), default="text", help="输出格式。")
@options.config_option
@options.as_of_option
def stats(form: str, config_path: Path | None, as_of: date) -> int:
    """按审核意见统计每条规则的误报率、被判误报最多的词，并提出可以允许的写法。

    只列出建议，不改任何设置：要允许，请把它写进 jimo-lint.toml 的 [rules] allow。
    """
    with Store.open(options.load_config(config_path, needed=True).store_path, writing=False) as store:
        found = records(store, as_of)
    if form == "json":
        click.echo(json.dumps([_plain(one) for one in found], ensure_ascii=False, indent=2))
        return 0
    if not found:
        click.echo("还没有审核意见。在工作簿里填好后用 jimo-lint review import 导入。")
        return 0
    for one in found:
        rate = f"{one.false_alarms:.0%}" if one.false_alarms is not None else "—"
        words = "、".join(f"{word}（{count}）" for word, count in one.words.most_common(_WORDS))
        line = f"{one.code}  误报 {one.wrong:>4}，属实 {one.right:>4}，误报率 {rate:>4}  {one.title}"
        click.echo(printable(line + (f"：{words}" if words else "")))
    suggested = list(dict.fromkeys(word for one in found for word in one.suggested))
    if suggested:
        click.echo("\n这些写法多次判为误报、没有一次属实，可考虑写进 [rules]（会允许每一处，请先想好）：")
        click.echo(printable(f"allow = [{', '.join(map(quoted, suggested))}]"))
    else:
        click.echo(f"\n没有可建议允许的写法：同一个词要判过 {OFTEN} 次误报，又没有一次属实。")
    return 0


def _plain(one: Record) -> dict[str, object]:
    return {
        "code": one.code,
        "title": one.title,
        "right": one.right,
        "wrong": one.wrong,
        "false_alarms": None if one.false_alarms is None else round(one.false_alarms, 4),
        "words": dict(one.words.most_common()),
        "suggested": list(one.suggested),
    }
