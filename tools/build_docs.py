"""Writes the pages of docs/ that are made from rules/ and from tables of the program: `python tools/build_docs.py`.

With --check it only says whether they are current.
"""

from __future__ import annotations

import re
import sys
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from jimo_lint.cli.catalogue import points
from jimo_lint.inspection import INSPECTIONS
from jimo_lint.lint.genres import genres
from jimo_lint.lint.ruleset import load_rules
from jimo_lint.lint.standards import load_profile, profile_names
from jimo_lint.model import Indicator, Part, ProblemCode, Profile, Rule, Severity, Threshold
from jimo_lint.model.families import FAMILIES
from jimo_lint.readers.archives.archive import FORMATS
from jimo_lint.readers.formats import FORMATS as FILES
from jimo_lint.report import FORMS

ROOT = Path(__file__).resolve().parents[1]
DOCS = ROOT / "docs"
PARTS = ROOT / "tests" / "cases" / "parts.toml"

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
            yield f"\n## {family} {FAMILIES[family].title}"
        yield f'\n### <a id="{rule.code.lower()}"></a>{rule.code} {escape(rule.title)}\n'
        level = rule.severity.label + ("" if rule.default else "，默认不开")
        yield f"`{rule.name}`，{level}，自 {rule.since} 起。\n"
        for name, text in points(rule):
            yield f"- **{name}**：{escape(' '.join(text.split()))}"


def escape(text: str) -> str:
    """Text of a rule so that Markdown shows it as it is."""
    return _MARKUP.sub(r"\\\1", text)


INDICATORS = """# 检查指标

本页由 `python tools/build_docs.py` 从 `rules/profiles/` 生成，请改那里的文件，不要改本页。

**证据**：核 = 两个以上独立来源核到；核1 = 一个来源核到；产品 = 监管产品公开的字段或阈值；推、忆 = 未核到原文，
不否决、不计分，请对照原件。**分值**只写核到的；没有写的不计分，只列问题数。

**谁判**：

- 机器：读全了就下结论；读不全的是“未能判定”，不当作合格。
- 机器初查，人工认定：机器列出所见，是否属实由人定；没有发现不等于没有。
- 人工：机器不判，报告里列入“待人工核查”。

单项否决适用于全部政府网站和政务新媒体，达到一项即不合格；扣分、加分只适用于政府门户网站。
“达到”都须人工核实后认定。门槛都含本数，月按自然月计。
"""


def indicators_page(profiles: Sequence[Profile]) -> str:
    """The first standard in full, and of each further one what differs."""
    return "\n".join(_indicator_lines(profiles)) + "\n"


def _indicator_lines(profiles: Sequence[Profile]) -> Iterator[str]:
    standard, *others = profiles
    yield INDICATORS
    yield f"## {escape(standard.title)}（`{standard.id}`）"
    for part in Part:
        chosen = [one for one in standard.indicators if one.part is part]
        counted = sum(one.measure is not None for one in chosen)
        yield f"\n### {part.label}\n"
        yield f"{len(chosen)} 项，其中机器判定或初查 {counted} 项，只能人工核查 {len(chosen) - counted} 项。\n"
        yield from _indicator_table(chosen)
    yield "\n### 更新时限\n"
    yield from _limit_table(_limits(standard))
    for other in others:
        yield f"\n## {escape(other.title)}（`{other.id}`）\n"
        yield f"沿用 `{standard.id}`，只有下面几项不同。\n"
        theirs = dict(_limits(standard))
        yield from _limit_table([(name, limit) for name, limit in _limits(other) if theirs.get(name) != limit])
        yield ""
        yield from _indicator_table([one for one in other.indicators if one not in standard.indicators])


def _indicator_table(indicators: Sequence[Indicator]) -> Iterator[str]:
    yield "| 一级指标 | 二级指标 | 考察点 | 条款 | 证据 | 门槛 | 扣分 | 谁判 | 规则 |"
    yield "|---|---|---|---|---|---|---|---|---|"
    for one in indicators:
        codes = " ".join(f"[{code}](rules.md#{code.lower()})" for code in one.rules)
        limits = "、".join(dict.fromkeys(str(limit) for limit in one.limits.values()))
        bar = f"{one.bar}（{limits}）" if limits else one.bar
        points = "" if one.deduction is None else f"{one.deduction:g}"
        clause = str(one.basis) + (f"。{one.note}" if one.note else "")
        cells = (one.area, one.name, one.point, clause, one.basis.evidence, bar, points, one.judged.label)
        yield f"| {' | '.join(escape(cell) for cell in cells)} | {codes} |"


def _limits(profile: Profile) -> list[tuple[str, Threshold]]:
    columns = [(f"{kind.label}栏目", threshold) for kind, threshold in profile.columns.items()]
    return [*columns, ("首页", profile.home), ("政务新媒体账号", profile.account)]


def _limit_table(limits: Sequence[tuple[str, Threshold]]) -> Iterator[str]:
    yield "| 对象 | 时限 | 提醒 | 依据 | 证据 |"
    yield "|---|---|---|---|---|"
    for name, one in limits:
        limit = f"{one.max_age}" + ("" if one.basis.verified else "（只作参照，不判）")
        yield f"| {name} | {limit} | {one.warn or ''} | {escape(str(one.basis))} | {one.basis.evidence} |"


GENRES_HEAD = """# 文种：`--as`

本页由 `python tools/build_docs.py` 从 `rules/genres/` 生成，请改那里的文件，不要改本页。

`jimo-lint check 稿件 --as 公示` 按一种稿件检查；分文件夹的写在 `jimo-lint.toml` 里（[settings.md](settings.md)）：

```toml
[[path]]
match = "公示/**"
as = "公示"
```

文种只改下面写明的规则，每一处都有依据，其余照常。关掉的规则在每一种输出里都点名：没有检查的，不等于没有问题。
命令行的 `--select`、`--extend-select`、`--ignore` 优先于文种。
"""

_STATES = {"on": "用上", "off": "不用"}


def genres_page(rules: Sequence[Rule]) -> str:
    """The page of genres: what each switches, why, and on what basis."""
    return "\n".join(_genre_lines(rules)) + "\n"


def _genre_lines(rules: Sequence[Rule]) -> Iterator[str]:
    yield GENRES_HEAD
    for genre in genres().values():
        yield f"## {escape(genre.name)}\n"
        yield f"{escape(genre.title)}。\n"
        yield "| 规则 | 改为 | 为何 | 依据 |"
        yield "|---|---|---|---|"
        for switch in genre.switches:
            levels = {severity.name.lower(): severity.label for severity in Severity}
            state = _STATES.get(switch.state) or levels[switch.state]
            named = "、".join(_linked(selector, rules) for selector in switch.rules)
            basis = "；".join(f"{one}（{one.evidence}）" for one in switch.basis)
            yield f"| {named} | {state} | {escape(switch.why)} | {escape(basis)} |"
        yield ""


def _linked(selector: str, rules: Sequence[Rule]) -> str:
    titles = {rule.code: rule.title for rule in rules}
    if selector in titles:
        return f"[{selector}](rules.md#{selector.lower()}) {escape(titles[selector])}"
    return f"{selector} 开头的全部（{FAMILIES[selector[0]].title}）"


FORMS_HEAD = """# 输出格式

本页由 `python tools/build_docs.py` 从 `jimo_lint/report/__init__.py` 的 `FORMS` 生成，请改那里，不要改本页。

`-f 格式` 写到屏幕，至多一种；`-f 格式:文件` 写到文件。可写多次，一次检查写出几种：

```sh
jimo-lint check 稿件.docx -f text -f json:结果.json
jimo-lint inspect weekly -f line -f json:周检.json -f xlsx:周检.xlsx
```

文件名写 `-` 就是屏幕。`check`、`links` 的 `-o 文件` 把本来写到屏幕的那一种写到文件；`inspect` 的 `-o 文件`
凭后缀认格式，没有写工作簿的去处时写到 `reports/`。写文件与否不影响退出码；有一种没写成，别的照写，以 2 退出。
文件要么写全，要么不动。

| 格式 | 内容 | 后缀 | 用于 |
|---|---|---|---|
"""


FORMS_FOOT = """

JSON 各键见 [report-json.md](report-json.md)。

## csv

一行一个问题，列名同工作簿的“问题明细”，各种检查的列都一样，可以接在一起。UTF-8，带 BOM，Excel、WPS 双击可开；
单元格里的换行保留在引号里，日期如 2026-11-18，网址不截断，个人信息已遮盖。“行”“列”是在稿件或正文里的位置，
附件里的看“所在位置”；“问题编号”是巡检留存后每个问题的编号（同工作簿里隐藏的那一列），后面几列是它自上次以来的状态。

没有读到、没有检查的也各占一行，排在问题后面，“级别”是“未检”：只要有这样的行，没有列出的就不等于没有问题。
统计问题数时请去掉这些行。

以 `=`、`+`、`-`、`@`（半角、全角）开头的文字前面加了一个 `'`，表格软件不会当公式执行。Excel 打开时会把 `1-2`、长数字
之类改成日期、科学计数，要原样请用“数据—从文本”导入并选“文本”，或者用 `xlsx`。

## html

一个文件，双击用浏览器打开，可以发邮件、存档，用浏览器的“打印”存成 PDF（A4，表头每页重复）。先是一句结论（请谁做什么）和
几个数字，然后依次是单项否决指标、没有查到的、各栏目（账号）、问题分类、责任单位、整改清单、链接、指标、说明。
数字都可以点，点开就是它所数的那些行；整改清单里有问题的词标在它的上下文里，附怎样改、时限、依据和网址；图片里识读的文字附那一处的截图。

不从别处取任何东西，不需要脚本也看得全；脚本只用来筛选、排序、收起。抓来的文字只是文字，只有 http、https 地址能点，
个人信息已遮盖。问题很多时每组只列一部分，没有列出多少写在组末，全部用 `csv`、`json` 或工作簿。
填复核、整改情况请用工作簿。
"""


def forms_page() -> str:
    """The page of the forms of a report."""
    rows = (
        f"| `{name}` | {form.title} | {f'`{form.suffix}`' if form.suffix else ''} "
        f"| {'、'.join(one.heading for one in INSPECTIONS.values() if one.module or not form.binary)} |"
        for name, form in FORMS.items()
    )
    return FORMS_HEAD + "\n".join(rows) + FORMS_FOOT


PROBLEMS = """# 未读与未检的代码

本页由 `python tools/build_docs.py` 从 `jimo_lint/model/problems.py` 生成，请改那里，不要改本页。

没有读到、没有检查、没有做完的，各有一个代码：JSON 报告的 `problems` 里是 `code`，大括号里的是 `args`。
“提示”不影响退出码；“未完成”以 2 退出，其中有的在路过的页面上、或加了 `--ignore-unreadable` 时也只作提示。
"""


def problems_page() -> str:
    """Every code with its wording."""
    return "\n".join(_problem_lines()) + "\n"


def _problem_lines() -> Iterator[str]:
    yield PROBLEMS
    yield "| 代码 | 怎么说 | 算作 |"
    yield "|---|---|---|"
    for code in ProblemCode:
        yield f"| `{code}` | {escape(code.sentence)} | {'提示' if code.excused else '未完成'} |"


FORMATS_HEAD = """# 档案格式一览

本页由 `python tools/build_docs.py` 从 `jimo_lint/readers/archives/archive.py` 的 `FORMATS` 生成，请改那里，不要改本页。
从上到下逐个试，凭内容认，不凭文件名。怎样准备档案见 [archives.md](archives.md)。

| 代号 | 档案 | 能否证明没有更新 |
|---|---|---|
"""


def formats_page() -> str:
    """The page of the formats of archives."""
    rows = (f"| `{one.NAME}` | {escape(one.TITLE)} | {'能' if one.PROVES_SILENCE else '不能'} |" for one in FORMATS)
    return FORMATS_HEAD + "\n".join(rows) + "\n"


DRAFTS_HEAD = """# 文稿和附件：能读什么，怎样认

本页由 `python tools/build_docs.py` 从 `jimo_lint/readers/formats.py` 的 `FORMATS` 和 `tests/cases/parts.toml` 生成，
请改那里，不要改本页。

`check`、`links`、`words test`、账号档案和网站附件用同一组读取器。格式凭内容认，后缀只在内容看不出时才算数：
改名为 .txt 的 Word 文档照 Word 读，存成 .doc 的网页照网页读。读不了的逐个列出，不会略过。
`check` 里也可以写网址，与文件混写：照采集的读法读那一个网页，链接不问，见 [access.md](access.md)。

| 格式 | 后缀 | 读什么 | 不读而点名的 |
|---|---|---|---|
"""

DRAFTS_PARTS = """
## 哪一部分读得到

下面各表由测试逐项核对：用 LibreOffice 做出每种格式的文档，每一部分各写错一个词，要在所说的位置找到。
查 = 找得到；不查（列出）= 没有读，报告里点名；— = 这种格式没有这一部分。位置以各表第一种格式的说法为例。
wps、et、dps 是 WPS 的旧格式，分别与 doc、xls、ppt 相同。
"""

DRAFTS_FOOT = """
## 改得了的

`check --fix` 改纯文本、Markdown、网页和 .docx .docm .dotx .dotm；`--track` 在后者里写成修订，`--annotate` 把问题
写成批注，存为副本。别的格式只报告。哪里不改、怎样写明不报，见 [ci.md](ci.md)。

## 读不了的

加了密码的、损坏的、空的、Word 97 以前的，各有一行说明，算没能检查（退出 2）；别的文件照查。
一份文件至多用 60 秒、256 MB，超过就点名不再读。压缩包、邮件里的文件逐个读，位置写作 `外.zip › 内/名单.xlsx`；
至多套三层、2,000 个文件、解开 500 MB，再往里的点名。包里的符号链接不跟随。

在账号档案里一个文件是一条内容：Word 文档、成篇的网页、成句的 Markdown 和纯文本；
时间只取自文件名、文首或网页，不能证明没有更新。
"""


def drafts_page() -> str:
    """The page of the formats of files, and of which of their parts are read where."""
    table = tomllib.loads(PARTS.read_text(encoding="utf-8"))
    return (
        DRAFTS_HEAD + "\n".join((*_format_rows(table.pop("format")), DRAFTS_PARTS, *_part_tables(table))) + DRAFTS_FOOT
    )


def _format_rows(said: Mapping[str, Mapping[str, str]]) -> Iterator[str]:
    for one in FILES:
        told = said[one.name]
        yield f"| {one.title} | {' '.join(one.suffixes)} | {told['reads']} | {told.get('unread', '')} |"


def _part_tables(groups: Mapping[str, Any]) -> Iterator[str]:
    for group in groups.values():
        yield f"### {group['title']}\n"
        yield f"| 部分 | 位置怎么说 | {' | '.join(group['formats'])} |"
        yield f"|---|---|{'---|' * len(group['formats'])}"
        for part in group["part"]:
            cells = (
                "—" if one in part.get("absent", ()) else "不查（列出）" if one in part.get("unread", {}) else "查"
                for one in group["formats"]
            )
            yield f"| {part['title']} | {part['place']} | {' | '.join(cells)} |"
        yield ""


def pages() -> dict[str, str]:
    """The generated pages by file name."""
    profiles = [load_profile("national"), *(load_profile(name) for name in profile_names() if name != "national")]
    return {
        "rules.md": page(load_rules()),
        "indicators.md": indicators_page(profiles),
        "problems.md": problems_page(),
        "forms.md": forms_page(),
        "genres.md": genres_page(load_rules()),
        "archive-formats.md": formats_page(),
        "drafts.md": drafts_page(),
    }


def main(arguments: Sequence[str]) -> int:
    """Write the pages, or with --check exit 1 where one is not what the rules say."""
    stale = [
        DOCS / name
        for name, text in pages().items()
        if not (DOCS / name).is_file() or (DOCS / name).read_text(encoding="utf-8") != text
    ]
    if "--check" not in arguments:
        for path in stale:
            path.write_text(pages()[path.name], encoding="utf-8")
        return 0
    for path in stale:
        print(f"docs/{path.name} 与 rules/ 或代码不一致。请运行 python tools/build_docs.py", file=sys.stderr)
    return int(bool(stale))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
