"""`jimo-lint rule`: lists the rules, or explains one."""

from __future__ import annotations

from collections.abc import Iterator

import click

from jimo_lint.model import Example, Rule
from jimo_lint.ruleset import load_rules, select
from jimo_lint.text import display_width


@click.command(short_help="列出规则，或解释其中一条")
@click.argument("codes", nargs=-1, metavar="[规则…]")
def rule(codes: tuple[str, ...]) -> None:
    """不带参数列出全部规则；带代码（T101）、名称（dead-link）或开头字母（S）时逐条解释。"""
    rules = load_rules()
    if not codes:
        for one in rules:
            click.echo(f"{one.code}  {one.severity.label}  {one.title}{_pad(one.title, 28)}{one.name}")
        return
    for number, one in enumerate(select(rules, codes, ())):
        if number:
            click.echo("")
        for line in explanation(one):
            click.echo(line)


def explanation(one: Rule) -> Iterator[str]:
    """The lines that explain a rule: 查什么, 为何, 依据, 例, 反例, 已知误报, 改法."""
    yield f"{one.code} {one.title}（{one.name}，{one.severity.label}，自 {one.since} 起）"
    yield f"为何：{one.why}"
    for basis in one.basis:
        yield f"依据：{basis}（证据：{basis.evidence}）"
    for example in one.examples:
        yield f"{'例' if example.hit else '反例'}：{_shown(example)}"
    if one.false_alarms:
        yield f"已知误报：{one.false_alarms}"
    if one.fix:
        yield f"改法：{one.fix}"


def _shown(example: Example) -> str:
    given = example.given
    text = (
        str(given["text"]) if set(given) == {"text"} else "，".join(f"{key} = {value}" for key, value in given.items())
    )
    return text + (f"（{example.note}）" if example.note else "")


def _pad(text: str, width: int) -> str:
    return " " * max(width - display_width(text), 1)
