"""Tells where the values of a table do not fit the names of its columns: a header that has shifted."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from jimo_lint.extract.dates import machine_times
from jimo_lint.language.text import han_count
from jimo_lint.readers.tables import table
from jimo_lint.readers.tables.headers import Cells, Header

# Rows looked at, and how many with a value are needed to say anything.
SAMPLE = 50
_FEWEST = 3
_ADDRESS = re.compile(r"(?:https?|weixin)://", re.I)
_NUMBER = re.compile(r"[\d.,]+%?")
_WORDS = 5  # Chinese characters in a title, more than in the name of a field: 填报日期
_LONGEST_DATE = 6  # Chinese characters in a time: 年月日, 星期一, 上午


def misfits(header: Header, records: Sequence[Mapping[str, object]]) -> str:
    """What does not fit, in Chinese; "" where title, time and address are what their names say in most rows."""
    faults = []
    for field, (unfit, what) in _UNFIT.items():
        values = [value for record in records if (value := record.get(field)) is not None and table.text(value)]
        odd = [value for value in values if unfit(value)]
        if len(values) >= _FEWEST and len(odd) * 2 > len(values):
            shown = " ".join(table.text(odd[0]).split())[:20]
            written = " ".join(header.written[field].split())
            faults.append(f"“{written}”一列前 {len(values)} 个值里有 {len(odd)} 个不是{what}（如“{shown}”）")
    return "，".join(faults)


def holds_posts(rows: Iterable[Cells]) -> bool:
    """Whether rows whose columns nobody knows look like posts all the same: a day and words stand in one of them."""
    for cells in rows:
        days = [cell for cell in cells if _is_day(cell)]
        if days and any(isinstance(cell, str) and han_count(cell) >= _WORDS and not _is_day(cell) for cell in cells):
            return True
    return False


def _is_day(value: object) -> bool:
    """A day that is written as one; a bare number may be a count of readers."""
    if isinstance(value, str) and value.strip().isdigit():
        return False
    return not isinstance(value, int | float) and _is_time(value)


def _is_time(value: object) -> bool:
    return machine_times.parse(value) is not None or any(machine_times.both_ways(value))


def no_title(value: object) -> bool:
    """Whether a cell is an address, a number or a time."""
    written = table.text(value)
    if _ADDRESS.match(written) or _NUMBER.fullmatch(written):
        return True
    return _is_time(value)


def _no_time(value: object) -> bool:
    """A day without its year, or 待定, is no time that can be used, but it may well stand in such a column."""
    if _is_time(value):
        return False
    written = table.text(value)
    return bool(_ADDRESS.match(written)) or han_count(written) > _LONGEST_DATE


def _no_address(value: object) -> bool:
    written = table.text(value)
    return bool(_NUMBER.fullmatch(written)) or _is_time(value) or han_count(written) > _LONGEST_DATE


_UNFIT = {"title": (no_title, "标题"), "time": (_no_time, "时间"), "url": (_no_address, "网址")}
