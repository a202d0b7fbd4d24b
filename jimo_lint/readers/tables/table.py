"""Reads the rows of a table as records, by the names of its columns, and says how the columns were understood."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from itertools import chain, islice
from weakref import WeakKeyDictionary

from jimo_lint.errors import InputError
from jimo_lint.extract.dates.machine_times import EXCEL_ZERO_1904
from jimo_lint.model import Problem, unreadable
from jimo_lint.readers.source import Source
from jimo_lint.readers.tables.headers import HEADER_ROWS, Aliases, Cells, Header, find_header, letter, mapping, name
from jimo_lint.readers.tables.separated import MAX_CELL
from jimo_lint.readers.tables.sheet import UNCALCULATED, Sheet
from jimo_lint.readers.tables.sheets import sheets

# Every table format asks for the same rows; a workbook is opened once for all of them.
_known_heads: WeakKeyDictionary[Source, list[tuple[str, list[tuple[int, Cells]]]]] = WeakKeyDictionary()
# Day numbers of 1999 to 2100 in workbooks that count from 1904.
_DAYS_1904 = range(34_000, 72_000)
# Cells of many that are named.
_NAMED = 5
# Fields that hold days.
_DATED = frozenset({"time", "day", "accepted", "closed", "limit"})
# What a cell holds whose formula has no value (ECMA-376 part 1, 18.17.3).
_ERRORS = frozenset(("#N/A", "#REF!", "#VALUE!", "#DIV/0!", "#NAME?", "#NUM!", "#NULL!"))
_NOTHING = frozenset(("-", "--", "—", "/", "无", "nan", "None", "NULL")) | _ERRORS


@dataclass(frozen=True)
class Table:
    """A sheet whose header is known. sheet: its name, "" for csv; rows: numbered, all below the header.

    above: the rows before the header's last. layout: "" a record a row, "columns" a
    record a column, "pairs" names beside their values (see `turned`).
    uncalculated: names of the cells of known columns whose formula has no result, of the rows that were taken so far.
    """

    place: str
    sheet: str
    header: Header
    rows: Iterator[tuple[int, Cells]]
    from_1904: bool = False
    above: tuple[Cells, ...] = ()
    layout: str = ""
    uncalculated: list[str] = field(default_factory=list)

    def records(self) -> Iterator[tuple[str, dict[str, object]]]:
        """(place, field to value) of the rows; one that repeats the header, or has no value of a field, is none.

        InputError where the columns stand in another order from a row on.
        """
        written = self.header.written
        names = set(written.values())
        for number, cells in self.rows:
            record = {field: cells[index] for field, index in self.header.columns.items() if index < len(cells)}
            if all(
                value is None or (value is not UNCALCULATED and not str(value).strip()) for value in record.values()
            ):
                continue
            if all(name(value) == name(written[field]) for field, value in record.items()):
                continue
            others = [field for field, value in record.items() if isinstance(value, str) and value != written[field]]
            if sum(record[field] in names for field in others) > 1:
                fault = f"第 {number} 行又是列名，次序与第 {self.header.row} 行的不同，从这一行起没有读"
                raise InputError(f"{self.place} {self.sheet}".strip(), fault, "请分在各自的工作表里，或把列排成一样")
            if sum(value == written[field] for field, value in record.items()) > 1:
                continue  # one row of a header of two
            self.uncalculated.extend(
                self._cell(self.header.columns[field], number)
                for field, value in record.items()
                if value is UNCALCULATED
            )
            if self.from_1904:
                record = {field: _dated_1904(value) if field in _DATED else value for field, value in record.items()}
            where = f"{letter(number - 1)} 列" if self.layout == "columns" else f"第 {number} 行"
            yield f"{self.place} {self.sheet} {where}" if self.sheet else f"{self.place} {where}", record

    def _cell(self, index: int, number: int) -> str:
        return f"{letter(number - 1)}{index + 1}" if self.layout == "columns" else f"{letter(index)}{number}"

    def without_results(self) -> InputError | None:
        """What is to be said of `uncalculated` once the rows are read; None where there is none."""
        if not self.uncalculated:
            return None
        named = "、".join(self.uncalculated[:_NAMED]) + (" 等" if len(self.uncalculated) > _NAMED else "")
        fault = f"{len(self.uncalculated)} 格公式没有存结果（{named}），不知道写的是什么"
        return InputError(f"{self.place} {self.sheet}".strip(), fault, "请用 Excel 或 WPS 打开这份文件，保存后重来")

    def problems(self) -> list[Problem]:
        """As `without_results`, where the rest of the sheet is of use all the same."""
        fault = self.without_results()
        return [unreadable(fault)] if fault else []


def tables(source: Source, aliases: Aliases, required: Iterable[str]) -> Iterator[Table]:
    """The sheets with all the required columns. InputError where it is a workbook that cannot be read (further)."""
    wanted = set(required)
    for sheet in sheets(source):
        found = of_sheet(source.place, sheet, list(islice(sheet.rows, HEADER_ROWS)), aliases)
        if found and wanted <= found.header.columns.keys():
            yield found


def of_sheet(place: str, sheet: Sheet, head: list[tuple[int, Cells]], aliases: Aliases) -> Table | None:
    """The sheet whose first rows are `head` and that goes on with its own; None where no header is known."""
    header = find_header(head, aliases)
    if header is None:
        return None
    above = tuple(cells for number, cells in head if number < header.row)
    return Table(place, sheet.name, header, _below(header, head, sheet), sheet.from_1904, above)


def records(source: Source, aliases: Aliases, required: Iterable[str]) -> Iterator[tuple[str, dict[str, object]]]:
    """The records of all tables of the source. InputError behind the last where a formula has no result."""
    for one in tables(source, aliases, required):
        yield from one.records()
        if fault := one.without_results():
            raise fault


def recognises(source: Source, aliases: Aliases, required: Iterable[str]) -> bool:
    """True where some sheet has a header with all the required fields."""
    return bool(sign(source, aliases, required))


def sign(source: Source, aliases: Aliases, required: Iterable[str], labels: Mapping[str, str] | None = None) -> str:
    """How the columns of the first fitting sheet were understood; "" where none fits."""
    sheet, header = first_header(source, aliases, required)
    if not header:
        return ""
    unused = f"；未用的列：{'、'.join(header.unused[:8])}" if header.unused else ""
    return f"{sheet and f'工作表“{sheet}”'}第 {header.row} 行是列名：{mapping(header, labels or {})}{unused}"


def first_header(source: Source, aliases: Aliases, required: Iterable[str]) -> tuple[str, Header | None]:
    """The first sheet with all the required columns, and its header; None where there is none."""
    wanted = set(required)
    for sheet, head in heads(source):
        header = find_header(head, aliases)
        if header and wanted <= header.columns.keys():
            return sheet, header
    return "", None


def heads(source: Source) -> list[tuple[str, list[tuple[int, Cells]]]]:
    """Name and first rows of each sheet."""
    if source not in _known_heads:
        _known_heads[source] = [(sheet.name, list(islice(sheet.rows, HEADER_ROWS))) for sheet in sheets(source)]
    return _known_heads[source]


def known_sheets(source: Source) -> list[str]:
    """The names of the sheets where the source was asked for its heads, which formats that are no tables are not."""
    return [name for name, _ in _known_heads.get(source, ()) if name]


def is_unknown(value: object) -> bool:
    """Whether nobody knows what a cell says: a formula that was never calculated, or that has come to an error."""
    return value is UNCALCULATED or (isinstance(value, str) and value.strip() in _ERRORS)


def text(value: object) -> str:
    """A cell as text: whole numbers without `.0`, lines kept, `-` alone is nothing."""
    if value is None:
        return ""
    if isinstance(value, float) and value == int(value) and abs(value) < 1e15:
        return str(int(value))
    written = str(value).strip()
    return "" if written in _NOTHING else written[:MAX_CELL]


def _below(header: Header, head: list[tuple[int, Cells]], sheet: Sheet) -> Iterator[tuple[int, Cells]]:
    return ((number, cells) for number, cells in chain(head, sheet.rows) if number > header.row)


def _dated_1904(value: object) -> object:
    if isinstance(value, int | float) and not isinstance(value, bool) and int(value) in _DAYS_1904:
        return EXCEL_ZERO_1904 + timedelta(seconds=round(value * 86400))
    return value
