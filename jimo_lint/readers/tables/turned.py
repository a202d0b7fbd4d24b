"""Reads tables that are turned: names of fields down a column, a record a column, or pairs of name and value."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import chain, islice, zip_longest

from jimo_lint.errors import InputError
from jimo_lint.readers.source import Source
from jimo_lint.readers.tables import table
from jimo_lint.readers.tables.headers import HEADER_ROWS, Aliases, Cells, find_header, letter, name
from jimo_lint.readers.tables.sheet import Sheet
from jimo_lint.readers.tables.sheets import sheets

# Columns in which names may stand (a number or a heading of several before them), and how many make such a table:
# in one with a row a record there are one or two of them, of the header, and again on each page of a print.
_FIRST_COLUMNS = 3
_FEWEST = 3
# Rows of a form; a person who fills in more of them uses a table.
_MOST_ROWS = 5000
_Rows = list[tuple[int, Cells]]
_Pair = tuple[int, int, str, object]
_REMEDY = "请改成一行一件：第一行写列名，以下每行一件"


def tables(source: Source, aliases: Aliases) -> Iterator[table.Table]:
    """The sheets with a known header, turned ones as if they were not. InputError as `table.tables`, and where a turned
    sheet could be read in two ways."""
    names = {alias.casefold() for listed in aliases.values() for alias in listed}
    for sheet in sheets(source):
        head = list(islice(sheet.rows, HEADER_ROWS))
        column = _column_of_names(head, aliases)
        if column is None:
            found = table.of_sheet(source.place, sheet, head, aliases)
        else:
            place = f"{source.place} {sheet.name}".strip()
            rows = list(islice(chain(head, sheet.rows), _MOST_ROWS + 1))
            if len(rows) > _MOST_ROWS:
                raise InputError(place, f"列名在{letter(column)} 列往下写，又超过 {_MOST_ROWS:,} 行，没有读", _REMEDY)
            found = _turned(source.place, place, sheet, rows, column, names, aliases)
        if found:
            yield found


def _column_of_names(head: _Rows, aliases: Aliases) -> int | None:
    """The column down which names of three fields stand; None in a table with a row a record."""
    best: tuple[int, int] | None = None
    for column in range(_FIRST_COLUMNS):
        said = {name(cells[column]) for _, cells in head if len(cells) > column and isinstance(cells[column], str)}
        # Each cell a header of its own would be one field; as one header they are as many as there are fields.
        known = find_header([(1, tuple(said))], aliases) if len(said) >= _FEWEST else None
        count = len(known.columns) if known else 0
        if count >= _FEWEST and (best is None or count >= best[0]):  # a heading stands before its names
            best = count, column
    plain = find_header(head, aliases)
    return best[1] if best and not (plain and len(plain.columns) > best[0]) else None


def _turned(
    file: str, place: str, sheet: Sheet, rows: _Rows, column: int, names: set[str], aliases: Aliases
) -> table.Table | None:
    pairs = list(_pairs(rows, names))
    named = [(number, cells) for number, cells in rows if _is_name(cells, column, names)]
    beside = {at for _, cells in named for at in range(column + 1, len(cells)) if _said(cells[at])}
    # 收到日期 below 补正 is another than that of the request.
    again = [found for (_, found), count in Counter(_in_full(cells, column) for _, cells in named).items() if count > 1]
    in_other_columns = any(at not in (column, column - 1) for _, at, _, _ in pairs)
    if len(beside) > 1 and not in_other_columns:
        if again:
            seen = f"{letter(column)} 列的“{again[0]}”出现了几次，右边又有 {len(beside)} 列内容"
            fault = f"{seen}，分不清哪些是一件，没有读"
            raise InputError(place, fault, _REMEDY)
        return _by_columns(file, sheet, rows, column, aliases)
    above = tuple(cells for number, cells in rows if number < pairs[0][0])
    return _by_pairs(file, place, sheet, pairs, above, aliases)


def _by_columns(file: str, sheet: Sheet, rows: _Rows, column: int, aliases: Aliases) -> table.Table | None:
    """A record a column: the sheet with its columns as rows, the heading before the names as the header's first."""
    last = rows[-1][0]
    by_row = dict(rows)
    grid = list(zip_longest(*(by_row.get(number, ()) for number in range(1, last + 1))))
    columns = [(number, tuple(cells)) for number, cells in enumerate(grid, 1) if any(map(_said, cells))]
    header = find_header([one for one in columns if one[0] <= column + 1], aliases)
    if header is None:
        return None
    below = ((number, cells) for number, cells in columns if number > header.row)
    titles = tuple((cells[0],) for _, cells in rows if cells)
    return table.Table(file, sheet.name, header, below, sheet.from_1904, titles, "columns")


def _by_pairs(
    file: str,
    place: str,
    sheet: Sheet,
    pairs: list[_Pair],
    above: tuple[Cells, ...],
    aliases: Aliases,
) -> table.Table | None:
    """A record from each first name to the next one like it."""
    first = pairs[0][2]
    blocks: list[tuple[int, dict[str, object]]] = []
    for number, _, said, value in pairs:
        if said == first:
            blocks.append((number, {}))
        block = blocks[-1][1]
        if said in block:
            fault = f"第 {number} 行又有“{said}”，前面却没有另起一件的“{first}”，分不清属于哪一件，没有读"
            raise InputError(place, fault, _REMEDY)
        block[said] = value
    labels = tuple(dict.fromkeys(said for _, _, said, _ in pairs))
    header = find_header([(1, labels)], aliases)
    if header is None:
        return None
    rows = ((number, tuple(block.get(label) for label in labels)) for number, block in blocks)
    return table.Table(file, sheet.name, header, rows, sheet.from_1904, above, "pairs")


def _pairs(rows: _Rows, names: set[str]) -> Iterator[_Pair]:
    """Row, column, name and what stands to the right of it; merged cells have their text in each of their columns."""
    for number, cells in rows:
        at = 0
        while at < len(cells):
            cell = cells[at]
            if isinstance(cell, str) and name(cell).casefold() in names:
                begun = at
                while at < len(cells) and cells[at] == cell:
                    at += 1
                value = cells[at] if at < len(cells) else None
                yield number, begun, name(cell), value
                while at < len(cells) and cells[at] == value and value is not None:
                    at += 1
            else:
                at += 1


def _in_full(cells: Cells, column: int) -> tuple[str, str]:
    """A name with the heading before it; a number before it is none."""
    heading = cells[column - 1] if column else None
    return heading if isinstance(heading, str) and not heading.strip().isdecimal() else "", name(cells[column])


def _is_name(cells: Cells, column: int, names: Iterable[str]) -> bool:
    cell = cells[column] if len(cells) > column else None
    return isinstance(cell, str) and name(cell).casefold() in names


def _said(cell: object) -> bool:
    return cell is not None and (not isinstance(cell, str) or bool(cell.strip()))
