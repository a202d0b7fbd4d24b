"""Reads users' own word lists, txt, tsv, csv or xlsx, and says what is wrong with their rows."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice, pairwise
from pathlib import Path

from jimo_lint.errors import InputError, RuleError
from jimo_lint.extract.dates import machine_times
from jimo_lint.language.matcher import Matcher
from jimo_lint.model import TermEntry
from jimo_lint.readers.source import Source, load
from jimo_lint.readers.tables import headers, table
from jimo_lint.readers.tables.sheet import UNCALCULATED
from jimo_lint.readers.tables.sheets import sheets
from jimo_lint.runtime import timelimit
from jimo_lint.settings.config import SHORTEST_TERM
from jimo_lint.settings.toml import suggestion

# A field of `TermEntry` to the columns' names that mean it, the most telling first; compared without case.
ALIASES: Mapping[str, tuple[str, ...]] = {
    "term": (
        *("错误词", "错词", "错误写法", "错误表述", "错误用法", "错误词语", "错误", "错别字", "错敏词"),
        *("敏感词", "禁用词", "慎用词", "不规范表述", "原词", "词语", "词条", "词", "wrong", "term"),
    ),
    "suggestion": (
        *("正确词", "正词", "正确写法", "正确表述", "正确用法", "正确词语", "正确", "规范表述", "规范写法", "规范用语"),
        *("建议词", "修改建议", "建议", "替换词", "替换为", "应为", "改为", "right", "suggestion"),
    ),
    "note": ("说明", "备注", "原因", "理由", "note"),
    "unless_in": ("例外", "例外词语", "例外情形", "不报", "unless_in"),
    "unless_before": ("前面是", "unless_before"),
    "unless_after": ("后面是", "unless_after"),
    "changed": ("变更日期", "更名日期", "起始日期", "changed"),
}
_FIELDS = {alias: field for field, known in ALIASES.items() for alias in known}
_SEVERAL = "|｜"
# Soft hyphens, zero-width characters, direction marks, byte order marks and control characters.
_INVISIBLE = re.compile(r"[\x00-\x1f\x7f-\x9f\u00ad\u200b-\u200f\u2028-\u202f\u2060-\u206f\ufeff]")
# What may have been meant to part the columns of a list.
_SEPARATOR = re.compile(r"[，,；;：:=→]")
_BLANK_INSIDE = re.compile(r"[\u3400-\u9fff][ \u00a0\u3000]+[\u3400-\u9fff]")


@dataclass(frozen=True, slots=True)
class Fault:
    """Something wrong with a list. grave: the list cannot be used so; otherwise it should be looked at.

    line: of the file or sheet, 0 for the whole; where: as messages print it.
    """

    where: str
    text: str
    remedy: str
    grave: bool = True
    line: int = 0


@dataclass(frozen=True, slots=True)
class Terms:
    """A list as it was read. words: the rows that can be used; faults: by line; where: place of each term."""

    place: str
    words: tuple[TermEntry, ...]
    faults: tuple[Fault, ...]
    where: Mapping[str, str]


def use(path: Path) -> tuple[TermEntry, ...]:
    """The words of a list that is in force. InputError where it cannot be read, RuleError about its first fault."""
    terms = read(path)
    for fault in terms.faults:
        if fault.grave:
            remedy = f"{fault.remedy}；全部问题请看 jimo-lint words {path.name}"
            raise RuleError(f"{terms.place} {fault.where}".strip(), fault.text, remedy)
    return terms.words


def read(path: Path) -> Terms:
    """The rows and faults of a list. InputError: missing, no table, no text, no known column."""
    with timelimit.limited(str(path)):
        return _read(load(path))


def _read(source: Source) -> Terms:
    faults = list(_encoding(source))
    rows: list[tuple[str, TermEntry]] = []
    unknown: list[Fault] = []
    found = False
    for sheet in sheets(source):
        cells = [(number, row) for number, row in sheet.rows if not str(row[0] or "").startswith("#")]
        header = _header(cells)
        prefix = f"工作表“{sheet.name}” " if sheet.name else ""
        if header is None:
            if cells:
                written = "、".join(str(cell) for cell in cells[0][1] if cell)
                unknown.append(
                    Fault(f"{prefix}第 {cells[0][0]} 行", f"没有认出列名（{_short(written)}）", _NAMES, False)
                )
            continue
        found = True
        line, columns = header
        faults += _columns(cells, line, columns, prefix)
        before = len(rows)
        for number, row in cells:
            if number > line:
                rows += _row(row, columns, f"{prefix}第 {number} 行", number, Path(source.place).name, faults)
        faults += () if line else _unparted(rows[before:])
    if not found and unknown:
        raise InputError(f"{source.place} {unknown[0].where}", unknown[0].text, _NAMES)
    if not rows and not faults:
        raise InputError(source.place, "没有读出任何词", _NAMES)
    faults += unknown
    words = _distinct(rows, faults)
    faults += _order(rows)
    faults += _contradictions(words)
    faults.sort(key=lambda fault: (not fault.grave, fault.line))
    return Terms(
        source.place, tuple(word for _, word in words), tuple(faults), {word.term: place for place, word in words}
    )


_NAMES = "请在第一行写列名：错误词、正确词（没有固定改法的写敏感词），可加说明、例外"


def _encoding(source: Source) -> Iterator[Fault]:
    """A remark on a text in another encoding than UTF-8. InputError where it is neither text nor workbook."""
    if source.body.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        return
    try:
        text = source.text
    except ValueError as fault:
        raise InputError(source.place, str(fault), "请另存为 UTF-8 的 tsv、csv，或 .xlsx") from None
    if source.body.startswith((b"\xff\xfe", b"\xfe\xff", b"\xef\xbb\xbf")):
        return
    try:
        source.body.decode("utf-8")
    except UnicodeDecodeError:
        sample = next((line.strip() for line in text.splitlines() if not line.isascii()), "")
        yield Fault("", f"编码不是 UTF-8，按 GB 18030 读作“{_short(sample)}”", "读对了即可用；建议另存为 UTF-8", False)


def _header(cells: Sequence[tuple[int, headers.Cells]]) -> tuple[int, dict[str, int]] | None:
    """The line and the columns of the header; a list of one column needs none."""
    for number, row in islice(cells, headers.HEADER_ROWS):
        columns: dict[str, tuple[int, int]] = {}
        for index, cell in enumerate(row):
            name = headers.name(cell).lower() if isinstance(cell, str) else ""
            if name in _FIELDS:
                field = _FIELDS[name]
                rank = ALIASES[field].index(name)
                columns[field] = min(columns.get(field, (rank, index)), (rank, index))
        if "term" in columns:
            return number, {field: index for field, (_, index) in columns.items()}
    if cells and all(sum(bool(table.text(cell)) for cell in row) <= 1 and row[0] is not None for _, row in cells):
        return 0, {"term": 0}
    return None


def _columns(
    cells: Sequence[tuple[int, headers.Cells]], line: int, columns: Mapping[str, int], prefix: str
) -> Iterator[Fault]:
    """A remark on a column whose name is nearly one that was not found."""
    header = next((row for number, row in cells if number == line), ())
    missing = [alias for field, known in ALIASES.items() if field not in columns for alias in known]
    for index, cell in enumerate(header):
        near = (
            suggestion(headers.name(cell), missing) if isinstance(cell, str) and index not in columns.values() else ""
        )
        if near:
            yield Fault(f"{prefix}第 {line} 行", f"列“{_short(str(cell))}”未读{near}", "请改正列名", False, line)


def _row(
    row: headers.Cells, columns: Mapping[str, int], where: str, number: int, name: str, faults: list[Fault]
) -> list[tuple[str, TermEntry]]:
    """The word of a row with its place; nothing, and a fault, where it cannot be used."""
    cell = {field: row[index] for field, index in columns.items() if index < len(row)}
    text = {field: table.text(value) for field, value in cell.items()}
    term = text.get("term", "")
    if not any(text.values()) and UNCALCULATED not in cell.values():
        return []
    rights, unless_in = _parts(text.get("suggestion", "")), _parts(text.get("unless_in", ""))
    changed = machine_times.parse(cell.get("changed")) if text.get("changed") else None

    def wrong(fault: str, remedy: str) -> list[tuple[str, TermEntry]]:
        faults.append(Fault(where, fault, remedy, True, number))
        return []

    if UNCALCULATED in cell.values():
        return wrong("有公式没有存结果，不知道写的是什么", "请用 Excel 或 WPS 打开词表，保存后重来")
    if not term:
        return wrong("错误词是空的", "请填写，或删去这一行")
    for written in (term, *rights):
        if _INVISIBLE.search(written):
            shown = _INVISIBLE.sub("□", written)
            return wrong(f"“{_short(shown)}”里有看不见的字符或换行（□处）", "请重新输入这个词；一格只写一个词")
    if len(term) < SHORTEST_TERM:
        return wrong(f"“{term}”只有一个字，处处会报", "请写成较长的词语")
    if term in rights:
        return wrong(f"错误词与正确词相同（{term}）", "请改正其中之一")
    for context in unless_in:
        if term not in context or term == context:
            return wrong(f"例外“{context}”应比“{term}”长并含有它", "请写出整个正确的词语")
    if text.get("changed") and changed is None:
        return wrong(f"日期“{_short(text['changed'])}”认不出", "请写作 2018-03-13")
    if _BLANK_INSIDE.search(term):
        faults.append(Fault(where, f"“{_short(term)}”中间有空格，只有同样写法才会报", "请确认是否多余", False, number))
    # What the row itself proposes is right, even where it holds the term: 卫健 in 卫健委.
    unless_in += tuple(right for right in rights if term in right)
    word = TermEntry(
        term=term,
        suggestions=rights,
        note=text.get("note", ""),
        source=name,
        unless_before=_parts(text.get("unless_before", "")),
        unless_after=_parts(text.get("unless_after", "")),
        unless_in=tuple(dict.fromkeys(unless_in)),
        changed=changed.date() if changed else None,
        line=number,
    )
    return [(where, word)]


def _parts(cell: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in re.split(f"[{_SEVERAL}]", cell) if part.strip())


def _distinct(rows: Iterable[tuple[str, TermEntry]], faults: list[Fault]) -> list[tuple[str, TermEntry]]:
    """The first row of each term; a later one that says something else is a fault."""
    kept: dict[str, tuple[str, TermEntry]] = {}
    for where, word in rows:
        first_where, first = kept.setdefault(word.term, (where, word))
        if first is word:
            continue
        if first.suggestions == word.suggestions:
            faults.append(Fault(where, f"“{word.term}”与{first_where}重复", "请删去一行", False, word.line))
        else:
            faults.append(Fault(where, f"“{word.term}”与{first_where}的建议不同", "请留下正确的一行", True, word.line))
    return list(kept.values())


def _order(rows: Sequence[tuple[str, TermEntry]]) -> Iterator[Fault]:
    """One remark where the list is not sorted: neighbours, and what was forgotten, are easier to see in order."""
    for (_, before), (where, after) in pairwise(rows):
        if before.line < after.line and before.term > after.term:
            text = f"从“{_short(after.term)}”起没有按顺序排列"
            yield Fault(where, text, "不影响使用；按错误词一列排序后便于查重", False, after.line)
            return


def _unparted(rows: Iterable[tuple[str, TermEntry]]) -> Iterator[Fault]:
    """One remark on a list without a header where a term may have been meant to be two columns."""
    for where, word in rows:
        if mark := _SEPARATOR.search(word.term):
            text = f"“{_short(word.term)}”整个当作一个词，其中有“{mark[0]}”"
            yield Fault(where, text, "若是两列，请用半角逗号或制表符隔开，并在第一行写列名", False, word.line)
            return


def _contradictions(words: Sequence[tuple[str, TermEntry]]) -> Iterator[Fault]:
    """Rows whose advice, once followed, would be reported by another row."""
    matcher = Matcher((word.term, (where, word)) for where, word in words)
    for where, word in words:
        for right in word.suggestions:
            for _, _, (other_where, other) in matcher.iter(right):
                if other is word or any(context in right for context in other.unless_in):
                    continue
                if other.term == right:
                    fault, remedy = f"建议“{_short(right)}”在{other_where}列为错误", "请改正其中一行"
                else:
                    fault = f"建议“{_short(right)}”里的“{other.term}”在{other_where}列为错误"
                    remedy = f"请在{other_where}的“例外”一列写上“{_short(right)}”，或改正其中一行"
                yield Fault(where, fault, remedy, True, word.line)


def _short(text: str) -> str:
    flat = " ".join(_INVISIBLE.sub(" ", text).split())
    return flat if len(flat) <= 24 else flat[:24] + "…"
