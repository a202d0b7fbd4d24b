"""The ledger (整改台账): what has become of every finding that the kept runs of all inspections know."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from jimo_lint.model.findings import Finding
from jimo_lint.model.review import Decision, History


@dataclass(frozen=True, slots=True)
class Entry:
    """One problem over all runs of its inspection.

    inspection: its code. finding: as it was last found. history: as of the ledger's day. closed: the day on which it
    was looked for and found to be gone; None while it is open, 未复查 among them. silenced: a 误报 in force keeps it
    silent. claims: the decisions that contradict each other, of which none counts.
    """

    inspection: str
    finding: Finding
    history: History
    closed: date | None = None
    silenced: bool = False
    claims: tuple[Decision, ...] = ()

    @property
    def is_open(self) -> bool:
        """Whether somebody still has to mend it."""
        return self.closed is None and not self.silenced

    @property
    def whom(self) -> str:
        """The account or column that it concerns, else what it was found in."""
        return self.finding.account_name or self.finding.column_name or self.finding.subject


class LastRun(NamedTuple):
    """The last kept run of an inspection. title: of the inspection; complete: all that it had to look at was."""

    title: str
    day: date
    complete: bool


@dataclass(frozen=True, slots=True)
class Ledger:
    """All entries as of a day. year: whose sums are drawn. runs: the last one of every inspection by its code.

    unit: whose entries alone these are, "" where they are of all.
    """

    site: str
    as_of: date
    year: int
    runs: dict[str, LastRun]
    entries: tuple[Entry, ...]
    unit: str = ""

    @property
    def open(self) -> tuple[Entry, ...]:
        """What is still to be mended."""
        return tuple(entry for entry in self.entries if entry.is_open)

    @property
    def closed(self) -> tuple[Entry, ...]:
        """What was found to be gone in the year."""
        gone = (entry for entry in self.entries if entry.closed and not entry.silenced)
        return tuple(entry for entry in gone if entry.closed and entry.closed.year == self.year)

    @property
    def silenced(self) -> tuple[Entry, ...]:
        """What would be open if no 误报 kept it silent."""
        return tuple(entry for entry in self.entries if entry.silenced and entry.closed is None)
