"""`jimo-lint rule`: lists the rules, or explains one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import click

from jimo_lint.cli import options
from jimo_lint.language import wordlists
from jimo_lint.language.text import display_width
from jimo_lint.lint.checks import KINDS
from jimo_lint.lint.own_rules import all_rules
from jimo_lint.lint.ruleset import select
from jimo_lint.model import Example, Rule
from jimo_lint.model.facts import MARKS
from jimo_lint.model.reasons import CONCEALMENTS
from jimo_lint.settings.toml import rule_name

_OWN = {
    "terms": "配置文件 [rules] lists 所列词表中没有建议的词语",
    "pairs": "配置文件的 [[pair]]，以及 [rules] lists 所列词表中有建议的词语",
}
# What the fields of an example are called; a field that is not here is shown by its own name.
_FIELDS = {
    "address": "网址日期",
    "anchor": "链接文字",
    "arrival": "该平台",
    "article": "稿件",
    "as_of": "检查日",
    "asked": "为何对照",
    "called": "档案里的账号名",
    "channel": "类别",
    "closed": "登记关停",
    "code": "代码",
    "column": "栏目",
    "column_kind": "栏目类型",
    "complete": "列表已读全",
    "concealed": "读到的链接",
    "days": "逐日发文",
    "deleted": "已删除",
    "excuse": "可能的用途",
    "farewell": "关停公告",
    "figures": "只是数字不同",
    "file": "文件",
    "footers": "页脚",
    "format": "内容的格式",
    "head_title": "网页标题",
    "hidden": "隐藏",
    "home": "首页已读到",
    "how": "做法",
    "id_code": "标识码",
    "items": "条目",
    "kind": "类型",
    "lacking": "缺标签",
    "landing": "入口页",
    "late": "过了周期",
    "leaders": "名单",
    "link": "链接",
    "linked": "解读链接到文件",
    "linked_back": "文件链接到解读",
    "list_date": "列表日期",
    "list_title": "列表中的标题",
    "listed": "列表日期",
    "mark": "读到",
    "max_age": "时限",
    "metas": "网站标签",
    "named": "提到文件",
    "newest": "最近更新",
    "newest_home": "首页最近更新",
    "obstacle": "读不到的缘由",
    "ours": "网站的句子",
    "own": "本单位词表",
    "page_class": "页面类型",
    "place": "平台",
    "policy": "所解读的文件",
    "posts": "发布数",
    "profile": "检查标准",
    "proves_silence": "清单完整",
    "published": "发布时间",
    "reason": "原因",
    "reply": "结论",
    "report": "年度报告",
    "row": "目录的行",
    "rows": "表格",
    "running": "系统已在运行",
    "saved": "档案留存于",
    "second_level": "以二级页面为准",
    "seen": "见到没有",
    "sibling": "同一单位的账号",
    "signed": "落款",
    "site": "全站",
    "source": "来源",
    "state": "状态",
    "suffix": "后缀",
    "text": "文字",
    "theirs": "账号的句子",
    "times": "篇数",
    "title": "标题",
    "twins": "同一网址的栏目",
    "unavailable": "无法查看",
    "undated": "无日期",
    "url": "网址",
    "verdict": "判定",
    "week_posts": "本周发文",
    "whole": "整个栏目",
    "words": "网页内容",
}


# Kinds that weigh what they see, and only consult their lists.
_WEIGHING = frozenset({"concealment", "targets"})
_EXCUSES = {"menu": "菜单、选项卡", "named": "也许由别处的脚本打开"}


@click.command()
@click.argument("codes", nargs=-1, metavar="[规则…]")
@options.config_option
def rule(codes: tuple[str, ...], config_path: Path | None) -> None:
    """不带参数列出全部规则；带代码（T101）、名称（dead-link）或开头字母（S）时逐条解释。"""
    rules = all_rules(options.load_config(config_path, needed=False).folders)
    if not codes:
        for one in rules:
            off = "" if one.default else "（默认不开）"
            click.echo(f"{one.code}  {one.severity.label}  {one.title}{_pad(one.title, 28)}{one.name}{off}")
        return
    for number, one in enumerate(select(rules, tuple(map(rule_name, codes)), ())):
        if number:
            click.echo("")
        click.echo(heading(one))
        for name, text in points(one):
            click.echo(f"{name}：{text}")


def heading(one: Rule) -> str:
    """The line above the explanation of a rule."""
    off = "" if one.default else "，默认不开"
    since = f"，自 {one.since} 起" if one.since else f"，{one.file}" if one.file else ""
    return f"{one.code} {one.title}（{one.name}，{one.severity.label}{off}{since}）"


def points(one: Rule) -> Iterator[tuple[str, str]]:
    """What explains a rule: name and text of 查什么, 为何, 依据, 例, 反例, 已知误报, 改法; some come several times."""
    yield "查什么", _scope(one)
    yield "为何", one.why
    for basis in one.basis:
        yield "依据", f"{basis}（证据：{basis.evidence}）"
    for example in sorted(one.examples, key=lambda example: not example.hit):
        yield "例" if example.hit else "反例", _shown(example)
    yield "已知误报", one.false_alarms or "没有已知的误报。"
    yield "改法", one.fix


# Drafts are documents as well, which that kind leaves alone.
_ATTACHED = "网页和文章的每一个附件"


def _scope(one: Rule) -> str:
    """What is looked at and what is looked for, from the rule's kind and params."""
    subject = _ATTACHED if one.kind == "files" else KINDS[one.kind].subject.SCOPE
    means = [f"词表 {name}（{found.title}，{len(found.words)} 条）" for name, found in _lists(one)]
    if own := _OWN.get(str(one.params.get("own", ""))):
        means.append(own)
    if patterns := one.params.get("patterns"):
        means.append(f" {len(patterns)} 个句式")
    if means and one.kind in _WEIGHING:
        return f"{one.title}。在{subject}里逐一判定，参照{'、'.join(means)}。"
    return f"{one.title}。在{subject}里" + (f"按{'、'.join(means)}查找。" if means else "逐一判定。")


def _lists(one: Rule) -> Iterator[tuple[str, wordlists.WordList]]:
    for key in ("lists", "phrases", "hosts"):
        for name in one.params.get(key, ()):
            yield name, wordlists.load(name)


def _shown(example: Example) -> str:
    given = dict(example.given)
    text = str(given.pop("text", ""))
    if "own" in given:
        given["own"] = "、".join(f"{wrong} → {right}" if right else wrong for wrong, right in given["own"].items())
    if "rows" in given:
        given["rows"] = "；".join("、".join(row) for row in given["rows"])
    if "mark" in given:
        given["mark"] = "、".join(map(_marked, given["mark"]))
    others = "，".join(f"{_FIELDS.get(key, key)} {_plain(value)}" for key, value in given.items())
    shown = f"{text}〔{others}〕" if text and others else text or others
    return shown + (f"（{example.note}）" if example.note else "")


def _marked(mark: Mapping[str, str]) -> str:
    told = "，".join(mark[key] for key in ("place", "detail") if key in mark)
    return MARKS[mark["kind"]] + (f"（{told}）" if told else "")


def _plain(value: Any) -> str:
    """A value of an example as a person would write it."""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, Mapping) and "how" in value:  # a concealed link
        known = {**value, "how": CONCEALMENTS[value["how"]], "excuse": _EXCUSES.get(value.get("excuse", ""), "")}
        return "，".join(f"{_FIELDS.get(key, key)} {one}" for key, one in known.items() if one)
    if isinstance(value, Mapping):
        return "、".join(f"{key}：{_plain(one)}" if str(one).strip() else f"{key}（空）" for key, one in value.items())
    if isinstance(value, list):
        return "、".join(f"（{_plain(one)}）" for one in value)
    return str(value)


def _pad(text: str, width: int) -> str:
    return " " * max(width - display_width(text), 1)
