"""Rules and word lists of the office's own, in the folders of `[rules] folders`, beside those that ship."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from jimo_lint.errors import RuleError, cause
from jimo_lint.language.wordlists import SUFFIX
from jimo_lint.lint.checks.base import params
from jimo_lint.lint.ruleset import load_rules, read_own_rule
from jimo_lint.model import Rule
from jimo_lint.settings.toml import Table

# Params that hold regexes, by themselves or in a list, and those that name word lists.
_REGEXES = ("regex", "unless", "unless_near")
_LISTS = ("lists", "phrases", "hosts", "known")


def all_rules(folders: Sequence[Path]) -> tuple[Rule, ...]:
    """The rules that ship and those in the folders, sorted by code. RuleError names file, line and remedy.

    Whether a rule of the office's own does what its examples say, `engine.verify` tells.
    """
    rules = {rule.code: rule for rule in load_rules()}
    names = {rule.name: rule for rule in rules.values()}
    for rule in (rule for folder in folders for rule in _read(folder)):
        for key, value, taken in (("code", rule.code, rules.get(rule.code)), ("name", rule.name, names.get(rule.name))):
            if taken is not None:
                whose = f"{taken.file} 里的规则" if taken.file else f"随程序安装的规则 {taken.code}"
                remedy = (
                    f"请换一个编号，如 {rule.code[0]}901（900 以上的留给各单位）" if key == "code" else "请换一个名称"
                )
                raise RuleError(rule.file, f"{key} = “{value}” 已用于{whose}“{taken.title}”", remedy)
        rules[rule.code] = names[rule.name] = rule
    return tuple(rules[code] for code in sorted(rules))


def _read(folder: Path) -> Iterator[Rule]:
    try:
        files = sorted(one for one in folder.iterdir() if one.suffix == ".toml" and not one.name.startswith("."))
    except OSError as fault:
        raise RuleError(str(folder), f"这个文件夹读不出（{cause(fault)}）", "请检查 [rules] 的 folders") from None
    if not files:
        raise RuleError(
            str(folder), "这个文件夹里没有规则", "请放入规则文件（编号-名称.toml），或从 [rules] folders 里删去"
        )
    for file in files:
        try:
            text = file.read_text(encoding="utf-8-sig")
        except UnicodeDecodeError:
            raise RuleError(str(file), "不是 UTF-8 编码", "请用 UTF-8 另存") from None
        except OSError as fault:
            raise RuleError(str(file), f"读不出（{cause(fault)}）", "请检查文件权限") from None
        rule = read_own_rule(text, str(file), file.name)
        table = params(rule)
        _try_regexes(rule.params, table)
        yield replace(rule, params=_with_lists(rule, table))


def _try_regexes(written: Mapping[str, Any], table: Table) -> None:
    """RuleError about the first regex that is none: those of rules that ship are compiled when a text needs them."""
    for key, value in written.items():
        if key in _REGEXES:
            for regex in value if isinstance(value, list) else [value]:
                try:
                    re.compile(regex)
                except (re.error, TypeError, OverflowError, RecursionError) as fault:
                    raise table.fail(key, f"中的正则 “{regex}” 无效（{fault}）", "请检查括号和转义") from None
    for key, value in written.items():
        if isinstance(value, list) and value and all(isinstance(one, dict) for one in value):
            for row, inner in zip(value, table.tables(key), strict=True):
                _try_regexes(row, inner)


def _with_lists(rule: Rule, table: Table) -> dict[str, Any]:
    """The params with whole paths for the lists that lie beside the rule's file."""
    found = dict(rule.params)
    folder = Path(rule.file).parent
    for key in _LISTS:
        named = found.get(key)
        if not isinstance(named, list) or not any(isinstance(one, str) and one.endswith(SUFFIX) for one in named):
            continue
        for one in named:
            if isinstance(one, str) and one.endswith(SUFFIX) and not (folder / one).is_file():
                raise table.fail(
                    key, f"里的词表“{one}”没有这个文件（{folder / one}）", "请放到规则文件旁边，或改正名称"
                )
        found[key] = [str(folder / one) if str(one).endswith(SUFFIX) else one for one in named]
    return found
