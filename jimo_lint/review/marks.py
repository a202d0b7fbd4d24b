"""Finds in tables that come back from reviewers the rows in which somebody wrote something, wherever they now stand."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain, islice
from pathlib import Path

from jimo_lint.model import Opinion
from jimo_lint.readers.source import load
from jimo_lint.readers.tables import table
from jimo_lint.readers.tables.headers import HEADER_ROWS, Cells, Header, find_header, letter, name
from jimo_lint.readers.tables.sheet import UNCALCULATED, Sheet
from jimo_lint.readers.tables.sheets import sheets
from jimo_lint.review import opinions
from jimo_lint.runtime import timelimit

ALIASES: Mapping[str, Sequence[str]] = {
    "opinion": (
        *("审核意见", "审核结果", "审核结论", "复核意见", "复核结果", "复核结论", "人工审核", "人工复核", "处理意见"),
        *("审核", "复核", "意见"),
    ),
    "reason": ("理由", "审核理由", "误报理由", "误报原因", "判断理由", "意见说明", "审核说明", "备注"),
    "reviewer": ("审核人", "审核人员", "审核员", "审核者", "复核人", "复核人员", "审核人姓名"),
    "day": ("审核日期", "审核时间", "审核日", "复核日期", "复核时间"),
    "due": ("整改期限", "整改截止日期", "整改时限", "整改截止", "限期", "暂缓至", "期限"),
    "progress": ("整改情况", "整改进展", "整改结果", "整改落实情况", "落实情况", "整改说明"),
    # What 整改清单 asks of a unit beside.
    "mender": ("整改人", "整改责任人"),
    "mended": ("完成日期", "整改日期", "完成时间", "整改完成日期"),
    "number": ("问题编号", "问题ID", "问题标识"),
    # What tells a finding where its number is lost.
    "code": ("代码", "规则代码", "规则"),
    "title": ("问题类型", "问题"),
    "word": ("错敏词", "错词", "问题词语"),
    "url": ("网址", "页面网址", "页面地址"),
    "target": ("链接地址",),
    # Of a list that `review export` wrote.
    "scope": ("范围",),
}
_WRITTEN = ("opinion", "reason", "due", "progress", "mender", "mended")
_LOST = ("code", "title", "target")
_NAMED = 5  # cells of many
# Whatever the head above it is called, and also where a digit is wrong, which the check digits then tell.
_NUMBER = re.compile(r"\s*\d{1,9}-[0-9a-z]{16}-[0-9a-z]{4}(?:[\s,，;；、]+|$)", re.I)
# What is meant for an opinion wherever it stands; 已改 is what we write into 状态 ourselves.
_OPINIONS = frozenset((*(one.label for one in Opinion), "误判", "不是问题", "属实"))
# Columns whose own words may be one of these.
_OWN = frozenset(("错敏词", "错词", "问题词语", "推荐修改", "建议改为", "链接文字", "例", "标题", "所在上下文"))
_HEADS = {alias.casefold() for alias in ALIASES["opinion"]}


@dataclass(frozen=True, slots=True)
class Mark:
    """A row in which somebody wrote. numbers: of findings, as they stand there; cells: by the fields of ALIASES.

    astray: opinions that stand in no column for them or in a second one, by the column as people call it.
    """

    file: str
    sheet: str
    row: int
    numbers: tuple[str, ...]
    cells: Mapping[str, object]
    astray: Mapping[str, str] = field(default_factory=dict)

    @property
    def place(self) -> str:
        """As reports name it and decisions keep it: `周检.xlsx 问题明细 第 5 行`."""
        return " ".join(part for part in (self.file, self.sheet, f"第 {self.row} 行") if part)

    def text(self, field: str) -> str:
        """A cell as text, "" where it holds a dash or another sign for nothing."""
        return table.text(self.cells.get(field))

    def words(self, field: str) -> str:
        """A cell as it was written, on as many lines as it has."""
        value = self.cells.get(field)
        return opinions.words(value if isinstance(value, str) else table.text(value), quoted=not self.sheet)


@dataclass(slots=True)
class Marked:
    """What stands in one file. rows: of all its tables of findings, written in or not; passed: what was not read."""

    file: str
    rows: int = 0
    marks: list[Mark] = field(default_factory=list)
    passed: list[str] = field(default_factory=list)


def read(path: Path) -> Marked:
    """The rows of a file that somebody wrote in. InputError where it cannot be read to its end."""
    found = Marked(path.name)
    with timelimit.limited(str(path), times=5):
        for sheet in sheets(load(path)):
            _read(sheet, found)
    return found


def _read(sheet: Sheet, found: Marked) -> None:
    rows = iter(sheet.rows)
    top = list(islice(rows, HEADER_ROWS))
    header = _header(top)
    if header is None:
        if any(_numbers(cells) for _, cells in chain(top, rows)):
            found.passed.append(f"{_named(found.file, sheet)}：有问题编号，没有认出“审核意见”一列")
        return
    heads = dict(top).get(header.row, ())
    marks, known, count = [], not header.columns.keys().isdisjoint(_LOST), 0
    unsaid: list[str] = []
    for number, cells in chain((row for row in top if row[0] > header.row), rows):
        if again := _header_again(number, cells):
            header, heads = again, cells
            continue
        if _is_note(cells):
            continue
        numbers = _numbers(cells)
        known, count = known or bool(numbers), count + 1
        values = {
            one: opinions.moment_1904(cells[at], sheet.from_1904) if one in ("day", "due", "mended") else cells[at]
            for one, at in header.columns.items()
            if at < len(cells) and cells[at] not in (None, "")
        }
        unsaid += (f"{letter(header.columns[one])}{number}" for one in _WRITTEN if values.get(one) is UNCALCULATED)
        if not numbers and (written := table.text(values.get("number"))):
            numbers = (written,)
        mark = Mark(found.file, sheet.name, number, numbers, values, _astray(heads, cells, header.columns["opinion"]))
        if mark.astray or any(mark.text(one) for one in _WRITTEN):
            marks.append(mark)
    if unsaid:
        named = "、".join(unsaid[:_NAMED]) + (" 等" if len(unsaid) > _NAMED else "")
        fault = f"{len(unsaid)} 格公式没有存结果（{named}），没有录入；请用 Excel 或 WPS 打开，保存后再导入"
        found.passed.append(f"{_named(found.file, sheet)}：{fault}")
    if known:
        found.rows += count
        found.marks += marks
    elif filled := [mark for mark in marks if mark.text("opinion") or mark.astray]:
        found.passed.append(f"{_named(found.file, sheet)}：填了 {len(filled)} 行，这张表的意见不录入")


def _header(rows: Iterable[tuple[int, Cells]]) -> Header | None:
    header = find_header(rows, ALIASES)
    return header if header and "opinion" in header.columns else None


def _header_again(number: int, cells: Cells) -> Header | None:
    """A head among the rows: of a table that somebody pasted below, with its columns in another order perhaps."""
    if any(isinstance(cell, str) and len(cell) < 20 and name(cell).casefold() in _HEADS for cell in cells):
        return _header([(number, cells)])
    return None


def _astray(heads: Cells, cells: Cells, column: int) -> dict[str, str]:
    """Opinions below a second head for them and, of a row that has none in its place, what is one anywhere else."""
    found: dict[str, str] = {}
    empty = column >= len(cells) or not table.text(cells[column])
    for at, cell in enumerate(cells):
        written = table.text(cell) if isinstance(cell, str) and at != column else ""
        head = name(heads[at]) if at < len(heads) and isinstance(heads[at], str) else ""
        if head.casefold() in _HEADS:
            meant = opinions.opinion(written) is not None
        else:
            meant = empty and head not in _OWN and written.strip(opinions.ROUND) in _OPINIONS
        if meant:
            found[f"{letter(at)} 列{head and f'“{head}”'}"] = written
    return found


def _is_note(cells: Cells) -> bool:
    """A line below the table that stands across it: read, each of the merged cells says the same."""
    said = [cell for cell in cells if cell not in (None, "")]
    return len(said) > 1 and len(set(map(str, said))) == 1


def _numbers(cells: Cells) -> tuple[str, ...]:
    """The numbers of findings in a row: in whichever cell they stand, one that holds nothing else.

    Where two cells name different ones, as of rows pasted side by side, they come as one, which is none.
    """
    found = dict.fromkeys(numbers for cell in cells if (numbers := tuple(_split(cell))))
    return (" ".join(chain.from_iterable(found)),) if len(found) > 1 else next(iter(found), ())


def _split(cell: object) -> Iterator[str]:
    if not isinstance(cell, str) or not _NUMBER.match(cell):
        return
    parts = re.split(r"[\s,，;；、]+", cell.strip())
    if sum(bool(_NUMBER.fullmatch(part)) for part in parts) * 2 >= len(parts):  # the last may have been cut
        yield from (part for part in parts if part)


def _named(file: str, sheet: Sheet) -> str:
    return f"{file} {sheet.name}".strip()
