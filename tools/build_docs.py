"""Writes docs/rules.md from rules/: `python tools/build_docs.py`; with --check it only says whether it is current."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from jimo_lint.cli.catalogue import points
from jimo_lint.model import Rule
from jimo_lint.ruleset import load_rules

PAGE = Path(__file__).resolve().parents[1] / "docs" / "rules.md"

FAMILIES = {
    "S": "S 严重表述与敏感表述",
    "T": "T 错别字",
    "P": "P 个人信息",
    "F": "F 公文格式与标点",
    "L": "L 链接",
    "C": "C 栏目与网站",
    "A": "A 政务新媒体账号",
}

INTRODUCTION = """# 规则

本页由 `python tools/build_docs.py` 从 `rules/` 生成，请改规则文件，不要改本页。
命令行里看同样的内容：`jimo-lint rule T101`。

级别由重到轻：否决（依据是单项否决条款）、错误、警告、提示。“待对照原件”的依据不作否决。
只用或不用某些规则：`--select`、`--ignore`，或配置文件的 `[rules]`。
"""

_MARKUP = re.compile(r"([\\`*_\[\]<>|#])")


def page(rules: Sequence[Rule]) -> str:
    """The whole page; families in the order of `FAMILIES`, rules by code."""
    return "\n".join(_lines(rules)) + "\n"


def _lines(rules: Sequence[Rule]) -> Iterator[str]:
    yield INTRODUCTION
    yield "| 编号 | 名称 | 查什么 | 级别 |"
    yield "|---|---|---|---|"
    ordered = sorted(rules, key=lambda rule: (list(FAMILIES).index(rule.family), rule.code))
    for rule in ordered:
        level = rule.severity.label + ("" if rule.default else "（默认不开）")
        yield f"| [{rule.code}](#{rule.code.lower()}) | {rule.name} | {escape(rule.title)} | {level} |"
    family = ""
    for rule in ordered:
        if rule.family != family:
            family = rule.family
            yield f"\n## {FAMILIES[family]}"
        yield f'\n### <a id="{rule.code.lower()}"></a>{rule.code} {escape(rule.title)}\n'
        level = rule.severity.label + ("" if rule.default else "，默认不开")
        yield f"`{rule.name}`，{level}，自 {rule.since} 起。\n"
        for name, text in points(rule):
            yield f"- **{name}**：{escape(' '.join(text.split()))}"


def escape(text: str) -> str:
    """Text of a rule so that Markdown shows it as it is."""
    return _MARKUP.sub(r"\\\1", text)


def main(arguments: Sequence[str]) -> int:
    """Write the page, or with --check exit 1 where it is not what the rules say."""
    wanted = page(load_rules())
    if "--check" not in arguments:
        PAGE.write_text(wanted, encoding="utf-8")
        return 0
    if PAGE.is_file() and PAGE.read_text(encoding="utf-8") == wanted:
        return 0
    print("docs/rules.md 与 rules/ 不一致。请运行 python tools/build_docs.py", file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
