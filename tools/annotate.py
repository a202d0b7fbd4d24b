"""Helps an office measure the rules on its own texts: makes a sheet to mark, reads the marks, prints the tables.

    .venv/bin/python tools/annotate.py make 标注.xlsx 文稿.docx 文章.txt …
    .venv/bin/python tools/annotate.py agree 甲.xlsx 乙.xlsx
    .venv/bin/python tools/annotate.py score 甲.xlsx

See docs/annotating.md. A sheet has a row a paragraph; a reader writes beside it what is wrong and what is right, and
puts in a row of the same number for each further error. Sheets are .xlsx, or .tsv in UTF-8.
"""

from __future__ import annotations

import argparse
import csv
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import NamedTuple

import openpyxl
from openpyxl.styles import Alignment
from openpyxl.worksheet.datavalidation import DataValidation

from jimo_lint import privacy
from jimo_lint.errors import InputError, JimoLintError
from jimo_lint.lint.engine import Engine
from jimo_lint.lint.ruleset import load_rules, select
from jimo_lint.lint.standards import load_profile
from jimo_lint.model import Block, Context, Document, Finding, Problem
from jimo_lint.readers.drafts import local

HEADER = ("编号", "文件", "段落", "错处", "改为", "类别", "把握", "未读")
KINDS = ("标点", "错字", "漏字", "多字", "颠倒", "易混词", "异形词", "发文字号", "机构名称", "日期", "其他")
SURE, UNSURE = "有把握", "无把握"
_SHORTEST = 2  # code points of a paragraph worth reading


class Mark(NamedTuple):
    """One error. place: the sheet and its row, as messages name it; start: its code point in the paragraph."""

    place: str
    number: str
    wrong: str
    right: str
    kind: str
    sure: bool
    start: int

    @property
    def end(self) -> int:
        """One behind its last code point."""
        return self.start + len(self.wrong)


class Sheet(NamedTuple):
    """The paragraphs that were read, by number, and the marks of their reader."""

    paragraphs: dict[str, str]
    marks: list[Mark]


def paragraphs(path: Path) -> Iterator[str]:
    """The paragraphs of a draft, its personal data masked; InputError where some of it was not read."""
    for document in local.read([path], as_of=date.today()):  # noqa: DTZ011 - the reader's day
        if isinstance(document, Problem):
            raise InputError(str(path), f"没有读全（{document.message}）", "请另存为 .docx 或 .txt 再试")
        for block in privacy.mask(document).blocks:
            for line in block.text.split("\n"):
                if len(line.strip()) >= _SHORTEST:
                    yield line.strip()


def make(target: Path, drafts: Sequence[Path]) -> int:
    """Write the sheet; how many paragraphs it has."""
    if target.exists():
        raise InputError(str(target), "已有这个文件，可能已有标注", "请换一个文件名")
    rows = [(path.name, text) for path in drafts for text in paragraphs(path)]
    _write(target, [(str(number), *row) for number, row in enumerate(rows, 1)])
    return len(rows)


def _write(target: Path, rows: Sequence[Sequence[str]]) -> None:
    if target.suffix == ".tsv":
        with target.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file, "excel-tab").writerows((HEADER, *rows))
        return
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.append(HEADER)
    for number, row in enumerate(rows, 2):
        for column, text in enumerate(row, 1):
            cell = sheet.cell(number, column, text)
            cell.data_type = "s"  # a text that begins with = is no formula
            cell.alignment = Alignment(wrap_text=True, vertical="top")
    for letter, width in zip("ABCDEFGH", (6, 18, 90, 18, 18, 10, 8, 6), strict=True):
        sheet.column_dimensions[letter].width = width
    for letter, choices in (("F", KINDS), ("G", (SURE, UNSURE)), ("H", ("未读",))):
        choice = DataValidation("list", formula1=f'"{",".join(choices)}"')
        choice.add(f"{letter}2:{letter}1048576")
        sheet.add_data_validation(choice)
    sheet.freeze_panes = "A2"
    book.save(target)


def read(path: Path) -> Sheet:
    """The sheet as its reader left it; InputError naming the row of the first fault."""
    rows = _rows(path)
    if tuple(next(rows, ())[: len(HEADER)]) != HEADER:
        raise InputError(str(path), "第 1 行不是标注表的列名", f"列名应为：{'、'.join(HEADER)}")
    sheet = Sheet({}, [])
    unread: set[str] = set()
    for line, row in enumerate(rows, 2):
        number, _, text, wrong, right, kind, sure, left = (*row, *("",) * len(HEADER))[: len(HEADER)]
        if not any(row):
            continue
        place = f"{path} 第 {line} 行"
        text = text or sheet.paragraphs.get(number, "")
        if sheet.paragraphs.setdefault(number, text) != text:
            raise InputError(place, f"编号 {number} 的段落与前面的不同", "请恢复原文，改正写在“改为”一列")
        if left:
            unread.add(number)
        if wrong:
            sheet.marks.append(_mark(place, number, text, wrong, right, kind, sure))
        elif right:
            raise InputError(place, "有“改为”而没有“错处”", "请从段落里照抄错处；漏字的把前后各一字抄进错处")
    if both := sorted({mark.number for mark in sheet.marks} & unread):
        raise InputError(str(path), f"编号 {'、'.join(both)} 的段落既标“未读”又标了错处", "请删去其中之一")
    for number in unread:
        del sheet.paragraphs[number]
    return sheet


def _rows(path: Path) -> Iterator[tuple[str, ...]]:
    if path.suffix == ".tsv":
        with path.open(encoding="utf-8-sig", newline="") as file:
            yield from (tuple(row) for row in csv.reader(file, "excel-tab"))
        return
    book = openpyxl.load_workbook(path, read_only=True)
    for row in book.worksheets[0].iter_rows(values_only=True):
        yield tuple("" if cell is None else str(cell) for cell in row)


def _mark(place: str, number: str, text: str, wrong: str, right: str, kind: str, sure: str) -> Mark:
    if text.count(wrong) != 1:
        times = "没有" if wrong not in text else "不止一处"
        raise InputError(place, f"段落里{times}“{wrong}”", "请从段落里照抄，连同前后的字，使它只有一处")
    if kind not in KINDS:
        raise InputError(place, f"类别“{kind}”不认识", f"可用：{'、'.join(KINDS)}")
    if sure not in (SURE, UNSURE):
        raise InputError(place, f"把握“{sure}”不认识", f"请写“{SURE}”或“{UNSURE}”")
    return Mark(place, number, wrong, right, kind, sure == SURE, text.index(wrong))


def agree(one: Sheet, other: Sheet) -> Iterator[str]:
    """How far two readers of the same paragraphs agree: error by error, and paragraph by paragraph (Cohen's kappa)."""
    common = one.paragraphs.keys() & other.paragraphs.keys()
    if any(one.paragraphs[number] != other.paragraphs[number] for number in common) or not common:
        raise InputError("两份标注", "段落不同", "请让两位读者标同一份标注表")
    mine, theirs = ([mark for mark in sheet.marks if mark.number in common] for sheet in (one, other))
    both = sum(any(_overlap(mark, twin) for twin in theirs) for mark in mine)
    matched = sum(any(_overlap(twin, mark) for mark in mine) for twin in theirs)
    counted = f"甲标 {len(mine)} 处，其中 {both} 处乙也标了；乙标 {len(theirs)} 处，其中 {matched} 处甲也标了"
    yield f"都读过 {len(common)} 段；{counted}"
    yield f"逐处一致（2×相同／合计）：{(both + matched) / max(len(mine) + len(theirs), 1):.1%}"
    left, right = ({mark.number for mark in marks} for marks in (mine, theirs))
    same = 1 - len(left ^ right) / len(common)
    p, q = len(left) / len(common), len(right) / len(common)
    chance = p * q + (1 - p) * (1 - q)
    kappa = (same - chance) / (1 - chance) if chance < 1 else 1.0
    yield f"逐段有没有错，一致 {same:.1%}，κ = {kappa:.2f}"


def _overlap(one: Mark, other: Mark) -> bool:
    return one.number == other.number and one.start < other.end and other.start < one.end


def score(sheet: Sheet, engine: Engine) -> Iterator[str]:
    """The tables: errors that the rules find and mend by kind, findings of each rule that the reader marked or not."""
    found: defaultdict[str, Counter[str]] = defaultdict(Counter)
    rules: defaultdict[str, Counter[str]] = defaultdict(Counter)
    unmarked: list[str] = []
    for number, text in sheet.paragraphs.items():
        document = Document(number, "", "file", "", (Block("body", text, "正文"),))
        findings = [one for one in engine.findings(document) if one.span]
        marks = [mark for mark in sheet.marks if mark.number == number]
        for mark in marks:
            touching = [one for one in findings if _touches(one, mark)]
            kind = found[mark.kind if mark.sure else UNSURE]
            kind["条"] += 1
            kind["查出"] += bool(touching)
            kind["改对"] += mark.right in _mended(text, touching) if touching and mark.right else False
        for one in findings:
            marked = any(_touches(one, mark) for mark in marks)
            rules[one.code]["标了" if marked else "没有标"] += 1
            if not marked:
                unmarked.append(f"编号 {number}：{one.code} {one.matched}→{'或'.join(one.suggestions)}")
    yield from ("| 类别 | 条 | 查出 | 改对 | 查出率 |", "|---|---:|---:|---:|---:|")
    parts: dict[str, tuple[str, ...]] = {kind: (kind,) for kind in (*KINDS, UNSURE) if kind in found}
    sure = tuple(kind for kind in KINDS if kind in found)
    parts |= {"不含标点": tuple(kind for kind in sure if kind != "标点"), "全部": sure}
    for title, kinds in parts.items():
        count, hit, right = (sum(found[kind][what] for kind in kinds) for what in ("条", "查出", "改对"))
        yield f"| {title} | {count} | {hit} | {right} | {hit / max(count, 1):.1%} |"
    yield from ("", "| 规则 | 报出 | 读者也标了 | 读者没有标 |", "|---|---:|---:|---:|")
    for code, counts in sorted(rules.items()):
        yield f"| {code} | {counts.total()} | {counts['标了']} | {counts['没有标']} |"
    yield from ("", "读者没有标的，请逐条判定是误报还是漏标：", *unmarked) if unmarked else ()


def _touches(one: Finding, mark: Mark) -> bool:
    return one.span is not None and one.span.start < mark.end and one.span.end > mark.start


def _mended(text: str, findings: Sequence[Finding]) -> str:
    """The text with the first suggestion of each finding put in, of overlapping ones the first."""
    parts, done = [], 0
    for one in findings:
        if one.span and one.suggestions and one.span.start >= done:
            parts += [text[done : one.span.start], one.suggestions[0]]
            done = one.span.end
    return "".join((*parts, text[done:]))


def main() -> int:
    """Run as the module's docstring says; 2 where the input is bad."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    commands = parser.add_subparsers(dest="command", required=True)
    making = commands.add_parser("make", help="从文稿做一份标注表")
    making.add_argument("target", type=Path)
    making.add_argument("drafts", type=Path, nargs="+")
    agreeing = commands.add_parser("agree", help="两位读者的标注有多一致")
    agreeing.add_argument("one", type=Path)
    agreeing.add_argument("other", type=Path)
    commands.add_parser("score", help="默认规则查出多少").add_argument("sheet", type=Path)
    asked = parser.parse_args()
    try:
        if asked.command == "make":
            print(f"{asked.target}：{make(asked.target, asked.drafts)} 段")
        elif asked.command == "agree":
            print(*agree(read(asked.one), read(asked.other)), sep="\n")
        else:
            rules = [rule for rule in select(load_rules(), ()) if rule.family in "STPF"]
            engine = Engine(rules, Context(date.today(), load_profile("national")))  # noqa: DTZ011 - the reader's day
            print(*score(read(asked.sheet), engine), sep="\n")
    except (JimoLintError, OSError) as fault:
        print(fault, file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
