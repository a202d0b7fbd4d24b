"""Measures the rules about answers on invented ones: `python tools/build_answers.py` writes docs/accuracy-answers.md.

With --check it only says whether the page is current.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))  # tests/ is no package of the program

from jimo_lint.lint.engine import Engine  # noqa: E402
from jimo_lint.lint.ruleset import load_rules  # noqa: E402
from jimo_lint.lint.standards import load_profile  # noqa: E402
from jimo_lint.model import Block, Context, Document  # noqa: E402
from tests.support.disclosure.plants import samples  # noqa: E402
from tests.support.disclosure.unseen import UNSEEN, Unseen  # noqa: E402
from tests.support.disclosure.unseen2 import SECOND, THIRD  # noqa: E402

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
报出的对了 **65%**。照它又改了几处，第四张表是现在的数字。**没见过的答复书，报出的大约六成半是对的**，每一条都要人看。

"""


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
        document = Document("answer", "answer", "file", "", (Block("body", text),))
        codes = {finding.code for finding in engine.findings(document)}
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
    return HEAD + "\n".join(lines) + "\n"


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
