"""One sheet of a table, in whichever way the table is written."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from jimo_lint.readers.tables.headers import Cells


class Uncalculated:
    """What stands in a cell whose formula was saved without its result: nobody knows what the cell says.

    As text it is nothing, so that who does not ask for it shows nothing.
    """

    __slots__ = ()

    def __str__(self) -> str:
        return ""


UNCALCULATED = Uncalculated()


@dataclass(frozen=True)
class Sheet:
    """One sheet: its name ("" for csv) and its rows, numbered from 1, read as they are asked for.

    from_1904: its day numbers count from 1904-01-01, as in workbooks of old Macs, and not from 1899-12-30.
    hidden: nobody is shown it.
    """

    name: str
    rows: Iterator[tuple[int, Cells]]
    from_1904: bool = False
    hidden: bool = False
