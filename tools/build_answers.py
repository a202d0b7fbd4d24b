"""Measures the rules about answers on invented ones: `python tools/build_answers.py` writes docs/accuracy-answers.md.

With --check it only says whether the page is current.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))  # tests/ is no package of the program

from jimo_lint.lint.engine import Engine  # noqa: E402
from jimo_lint.lint.ruleset import load_rules  # noqa: E402
from jimo_lint.lint.standards import load_profile  # noqa: E402
from jimo_lint.model import Context  # noqa: E402
from jimo_lint.readers.drafts.plain import document  # noqa: E402
from tests.support.disclosure.plants import samples  # noqa: E402
from tests.support.disclosure.unseen import UNSEEN, Unseen  # noqa: E402
from tests.support.disclosure.unseen2 import FRESH, SECOND, THIRD  # noqa: E402

PAGE = ROOT / "docs" / "accuracy-answers.md"
HEAD = """# 告知书规则（D101—D149）的准确率

本页由 `python tools/build_answers.py` 生成。答复书都是编的（`tests/support/disclosure/`），真实的答复书没有测过。

**看数字先看文字见过没有。**第一张表是照着写规则的那一批，成绩自然好看。第二批（39 份）在规则写成后另写：
第一次测，未作任何改动时，埋的 19 处全部报出，另误报 25 处（其中提示 8 处），对的只占 **43%**；照误报收窄以后再测，
是下面第二张表，这时它已经不算没见过的了。
收窄以后由另一人再写了 50 份（25 份没有问题；写的人看过规则的写法，所以仍偏乐观）：
第一次测，未作任何改动时，埋的 25 处报出 23 处（**92%**），另误报 15 处（其中提示 3 处），
报出的对了 **61%**；
25 份没有问题的里有 8 份被误报。第三张表是这一批现在的数字。

照这一批改过以后，同一人再写 25 份（11 份没有问题），第一次测：14 处报出 13 处（93%），误报 7 处（其中提示 2 处），
报出的对了 **65%**。照它又改了几处，第四张表是现在的数字。

此后又由一人另写：第四到第六批写完才看规则，第七批起写的时候已经看过、改过规则，仍偏乐观。第四、第五批先测，
照误报改过再测第六批，以后一批测过、照误报改过再写下一批。第十二批又换一人，没有看过规则的写法：20 份没有问题的，22 份
由它们各改一处；照它改过以后 22 处报出 20 处，误报剩 2 处。第十三、十四批由两人各写 40 份（20 份没有问题，20 份
另写、各有一处），只告诉他们有哪些毛病，没有给他们看规则和以前的答复书：先测第十三批，照它改过、又把各要素别的写法
想了一遍，再测第十四批。改之前的程序测第十四批，也报出 19 处，误报 5 处（精确率 79%）。
第十五批又由第三人在两批都改完以后写（30 份，另有一处身份证号、手机号由 P101、P103 报出），
先没有照它改，测过第十八批以后才照它补了漏报的一处和误报的一处。
第十六、十七批有意用少见的说法，测过照它们改（数字取自当时的提交说明；第十六批有一份没有收进来）。
第十八批也由没有看过规则的人写，是平常的书信，先测，没有误报；漏的两处（非本机关的只写复议、第三方的期限写错）照各种说法改过。
第十九、二十批又由两人各写，也没有看过规则。第十九批测了两次：第十八批以前的程序报出 19 处、误报 1 处，照它改过的程序
报出 18 处、误报 1 处（表里是后一次：改一种说法，丢了另一种）；第二十批同时测，说法更杂，误报 8 处。两批都已照着改过。
第二十一至二十八批由八人各写，都没有看过规则，两批两批地测，测过照它们改，再测下两批：八批合起来 280 份，
埋下的 140 处报出 116 处（83%），报出的 132 处里误报 16 处（精确率 88%）；各批相差很大，看由谁来写。
第二十九至三十一批又由三人各写，先都没有照着改，一起测：45 处报出 34 处（76%），报出的 45 处里误报 11 处（精确率 76%）。
漏的一半在一封信逐项答复几件事的里面，于是改成逐项读，再测第三十二批；照它改过，再测第三十三、三十四批，又照着改过，再测第三十五批：
这四批 60 处报出 57 处（95%），报出的 68 处里误报 11 处（精确率 84%，其中三处同在一份里）。
第三十六至三十八批又由三人各写，写法有意分开：市、区部门逐项答复的，乡镇和街道的口语、从 PDF 和系统里复制出来的，
省直和垂直管理部门大段引用条文、讲来龙去脉的。三批用同一个程序测（第三十八批另用照前两批改过的程序测过，一样）：
45 处报出 33 处（73%），报出的 52 处里误报 19 处（精确率 63%），一半在从 PDF 和系统里复制出来的那一批里。
照它们改过，再测第三十九批（又一人，仍是大段引用、讲来龙去脉）：
15 处报出 12 处，误报 8 处；改之前的程序报出 9 处，误报也是 8 处。
第四十批（三十个经办人各写各的，平常的写法）和第四十一批（系统打印件、邮件、短信、从 PDF 复制的和逐项答复的）
又由两人各写。测之前补读了系统打印件和邮件：第四十批改前改后一样；第四十一批改前误报 13 处，改后 8 处，都报出 11 处。
下表是每一批**第一次测、还没有照它改时**的数字
（一份答复书里同一条规则只算一次；方括号文号、身份证号、手机号由 F101、P101、P103 报出的三处不算在内）：

{first}
各批第一次测时误报的规则：{which}。

误报多半是“没有看到”一类：写法没有认出来。所以 D103、D104、D105、D112、D113、D116、D117 的把握标为“可能”，
`--min-confidence likely` 不报它们：第八到第十一批第一次测时，其余规则报出的 73 处对了 61 处（84%），
后两批 30 处对了 28 处（93%）。

这几批现在的数字在最后一张表。它们和 `tests/support/disclosure/variants.toml` 里各要素的写法（约 500 份没有问题的）、
`ways.toml` 里各条毛病的说法（约 600 份）
都是改规则时照着看过的，不能当没见过的用。**没见过的答复书报出的对不对，看上表最后一批**：
几批之间差得很多，看写的人用什么说法，一批里多错一处就差五六个百分点；每一条都要人看。

"""
# Of each batch when it was measured first: answers, faults planted in them, of these reported, false reports.
FIRST = (
    ("第四批", 60, 30, 27, 17),
    ("第五批", 31, 15, 14, 18),
    ("第六批", 30, 15, 15, 10),
    ("第七批", 39, 19, 19, 12),
    ("第八批", 34, 17, 16, 6),
    ("第九批", 34, 17, 17, 9),
    ("第十批", 29, 14, 14, 5),
    ("第十一批", 29, 14, 14, 6),
    ("第十二批", 42, 22, 14, 8),
    ("第十三批", 40, 20, 16, 8),
    ("第十四批", 40, 20, 19, 2),
    ("第十五批", 30, 14, 13, 1),
    ("第十六批", 40, 20, 9, 7),
    ("第十七批", 40, 20, 16, 2),
    ("第十八批", 30, 15, 13, 0),
    ("第十九批", 40, 20, 18, 1),
    ("第二十批", 40, 20, 17, 8),
    ("第二十一批", 40, 20, 15, 0),
    ("第二十二批", 40, 20, 17, 6),
    ("第二十三批", 40, 20, 18, 1),
    ("第二十四批", 40, 20, 15, 3),
    ("第二十五批", 30, 15, 13, 0),
    ("第二十六批", 30, 15, 12, 3),
    ("第二十七批", 30, 15, 12, 2),
    ("第二十八批", 30, 15, 14, 1),
    ("第二十九批", 30, 15, 11, 4),
    ("第三十批", 30, 15, 11, 5),
    ("第三十一批", 30, 15, 12, 2),
    ("第三十二批", 30, 15, 13, 5),
    ("第三十三批", 30, 15, 15, 3),
    ("第三十四批", 30, 15, 14, 0),
    ("第三十五批", 30, 15, 15, 3),
    ("第三十六批", 30, 15, 10, 2),
    ("第三十七批", 30, 15, 12, 12),
    ("第三十八批", 30, 15, 11, 5),
    ("第三十九批", 30, 15, 12, 8),
    ("第四十批", 30, 15, 13, 3),
    ("第四十一批", 30, 15, 11, 8),
)
# More of them in one answer: what was right besides.
BESIDES = {"第四批": 3, "第五批": 1, "第九批": 1, "第十批": 1}
WHICH = {
    "第四批": "D105 五次，D106、D108 各两次，D101、D103、D110、D112、D117、D122、D131、D146 各一次",
    "第五批": "D112 四次，D136 三次，D101、D102、D104、D105、D106、D107、D108、D115、D122、D131、D141 各一次",
    "第六批": "D103、D113 各两次，D105、D110、D116、D134、D135、D142 各一次",
    "第七批": "D101 三次，D104、D122 各两次，D103、D110、D111、D113、D116 各一次",
    "第八批": "D105 两次，D102、D104、D123、D136 各一次",
    "第九批": "D103 两次，D102、D110、D111、D114、D133、D135、D142 各一次（前四条同在一张表格里）",
    "第十批": "D105 两次，D104、D117、D143 各一次",
    "第十一批": "D103、D104、D105、D113、D116、D122 各一次",
    "第十二批": "D109、D130、D143 各两次，D134、D135 各一次（没有问题的和由它改出的算两次）",
    "第十三批": "D112 两次，D113、D123、D131、D141、D142、D148 各一次",
    "第十四批": "D143、D145 各一次",
    "第十五批": "D131 一次（前面写予以公开、后面又写不予公开的那一份，救济照予以公开写）",
    "第十九批": "D142 一次",
    "第二十批": "D148 两次，D103、D113、D122、D134、D135、D143 各一次",
    "第二十二批": "D112、D144 各两次，D111、D116 各一次",
    "第二十三批": "D104 一次",
    "第二十四批": "D104 两次，D103 一次",
    "第二十六批": "D134、D144、D146 各一次",
    "第二十七批": "D130 两次",
    "第二十八批": "D148 一次",
    "第二十九批": "D148 两次，D108、D122 各一次",
    "第三十批": "D131 两次，D112、D143、D148 各一次",
    "第三十一批": "D103、D141 各一次",
    "第三十二批": "D116 两次，D104、D142、D143 各一次",
    "第三十三批": "D134、D135、D142 各一次（同在一份里）",
    "第三十五批": "D103、D142、D144 各一次",
    "第三十六批": "D143 两次",
    "第三十七批": "D104、D148 各两次，D102、D103、D107、D110、D111、D123、D143、D144 各一次",
    "第三十八批": "D102、D108、D112、D116、D142 各一次",
    "第三十九批": "D102、D105、D108、D120、D122、D131、D136、D141 各一次",
    "第四十批": "D142 两次，D112 一次",
    "第四十一批": "D143 三次，D131 两次，D101、D111、D144 各一次",
}


class Count(NamedTuple):
    """planted: answers with the fault; found: of these reported; false: answers reported without it."""

    planted: Counter[str]
    found: Counter[str]
    false: Counter[str]


def measured(answers: Iterable[tuple[str, frozenset[str]]]) -> Count:
    """What the rules make of answers. answers: texts with the codes that must be reported."""
    rules = [rule for rule in load_rules() if rule.kind == "answer"]
    engine = Engine(rules, Context(date(2026, 12, 1), load_profile("national")))
    count = Count(Counter(), Counter(), Counter())
    for text, expected in answers:
        codes = {finding.code for finding in engine.findings(document(text, "answer"))}
        count.planted.update(expected)
        count.found.update(codes & expected)
        count.false.update(codes - expected)
    return count


def seen() -> Count:
    """Of those after which the rules were made."""
    return measured((one.text, frozenset({one.expected} if one.expected else ())) for one in samples())


def later(batch: Iterable[Unseen]) -> Count:
    """Of those that were written after the rules."""
    return measured((one.text, one.expected) for one in batch)


def page() -> str:
    """The whole page."""
    first = list(samples())
    right = sum(not one.expected for one in first)
    lines = [
        f"## 照着写规则的：{len(first)} 份，{right} 份没有问题，{len(first) - right} 份各埋一处\n",
        *_table(seen()),
    ]
    lines += [f"\n## 后写的一批，收窄以后：{len(UNSEEN)} 份\n", *_table(later(UNSEEN))]
    lines += [f"\n## 第二批没见过的，照误报改过以后：{len(SECOND)} 份\n", *_table(later(SECOND))]
    lines += [f"\n## 第三批，照误报改过以后：{len(THIRD)} 份\n", *_table(later(THIRD))]
    fresh = [one for batch in FRESH for one in batch]
    lines += [f"\n## 第四批起各批，照误报改过以后：{len(fresh)} 份\n", *_table(later(fresh))]
    which = "；".join(f"{name} {told}" for name, told in WHICH.items())
    return HEAD.format(first="\n".join(_first()), which=which) + "\n".join(lines) + "\n"


def _first() -> Iterator[str]:
    yield "| 批次 | 份数 | 埋下 | 报出 | 误报 | 召回率 | 精确率 |"
    yield "|---|---:|---:|---:|---:|---:|---:|"
    for name, size, planted, found, false in FIRST:
        right = found + BESIDES.get(name, 0)
        shares = f"{found / planted:.0%} | {right / (right + false):.0%}"
        yield f"| {name} | {size} | {planted} | {found} | {false} | {shares} |"
    yield ""


def _table(count: Count) -> list[str]:
    lines = ["| 规则 | 埋下 | 报出 | 误报 | 召回率 | 精确率 |", "|---|---:|---:|---:|---:|---:|"]
    codes = sorted({*count.planted, *count.false})
    rows = [_row(f"[{code}](rules.md#{code.lower()})", *(part[code] for part in count)) for code in codes]
    return [*lines, *rows, _row("合计", *(part.total() for part in count))]


def _row(name: str, planted: int, found: int, false: int) -> str:
    recall = f"{found / planted:.0%}" if planted else "—"
    precision = f"{found / (found + false):.0%}" if found + false else "—"
    return f"| {name} | {planted} | {found} | {false} | {recall} | {precision} |"


def main(arguments: list[str]) -> int:
    """Write the page, or with --check exit 1 where it is not current."""
    text = page()
    if "--check" not in arguments:
        PAGE.write_text(text, encoding="utf-8")
        return 0
    return int(not PAGE.is_file() or PAGE.read_text(encoding="utf-8") != text)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
