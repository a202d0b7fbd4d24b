"""When a report is to be answered: three working days, the day on which it came not counted."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

from jimo_lint.errors import RuleError
from jimo_lint.lint.standards import load_profile
from jimo_lint.model import Deadlines
from jimo_lint.model.tickets import Check, Complaint, Knowledge, Known, Outcome, Ticket, TicketResult
from jimo_lint.review.tickets import Clock, clock, newest, ordered

TERM = load_profile("national").tickets
assert TERM is not None
NONE = Deadlines()


def at(received: date, today: date, *, calendar: Deadlines = NONE, **given: object) -> Clock:
    assert TERM is not None
    return clock(Ticket("1", received, **given), TERM, calendar, today)  # type: ignore[arg-type]


def test_the_term_has_its_basis() -> None:
    """Three working days by 国办发〔2017〕47号, verified; a standard that inherits has it too."""
    assert TERM is not None and TERM.days == 3
    assert str(TERM.basis).startswith("国办发〔2017〕47号") and TERM.basis.evidence == "核"
    assert load_profile("qingdao-example").tickets == TERM


def test_a_standard_of_ones_own(tmp_path: Path) -> None:
    """Its term counts, with its basis; one without either is refused."""
    own = tmp_path / "own.toml"
    basis = 'basis = { document = "青潭办〔2026〕1号", evidence = "核" }'
    own.write_text(f'title = "青潭"\ninherits = "national"\n[tickets]\ndays = 2\n{basis}\n', encoding="utf-8")
    term = load_profile("own.toml", tmp_path).tickets
    assert term is not None and (term.days, term.basis.document) == (2, "青潭办〔2026〕1号")
    for wrong in ("days = 0\n" + basis, "days = 2", basis, "days = 2\nhours = 3\n" + basis):
        own.write_text(f'title = "青潭"\ninherits = "national"\n[tickets]\n{wrong}\n', encoding="utf-8")
        with pytest.raises(RuleError):
            load_profile("own.toml", tmp_path)


@pytest.mark.parametrize(
    ("received", "due"),
    [
        # Monday; Friday over a weekend; Saturday.
        (date(2026, 11, 23), date(2026, 11, 26)),
        (date(2026, 11, 20), date(2026, 11, 25)),
        (date(2026, 11, 21), date(2026, 11, 25)),
        # 国庆 2025: off from 1 to 8 October; Sunday 28 September and Saturday 11 October are worked.
        (date(2025, 9, 26), date(2025, 9, 30)),
        (date(2025, 9, 29), date(2025, 10, 10)),
        (date(2025, 9, 30), date(2025, 10, 11)),
        (date(2025, 10, 3), date(2025, 10, 11)),
        # 春节 2025: off from 28 January to 4 February; Sunday 26 January and Saturday 8 February are worked.
        (date(2025, 1, 23), date(2025, 1, 27)),
        (date(2025, 1, 24), date(2025, 2, 5)),
        (date(2025, 1, 27), date(2025, 2, 7)),
        (date(2025, 2, 5), date(2025, 2, 8)),
    ],
)
def test_holidays_shift_it_to_the_day(received: date, due: date) -> None:
    """Days off are skipped, make-up days counted, and the last day is still in time."""
    assert at(received, received).due == due
    assert at(received, due).left == 0
    assert (at(received, due + timedelta(days=1)).left or 0) < 0
    assert at(received, received).certain


def test_a_year_that_is_not_known_is_marked() -> None:
    """Weekends and statutory holidays are left out, and the day is about."""
    found = at(date(2098, 12, 30), date(2098, 12, 30))
    assert (found.due, found.certain) == (date(2099, 1, 5), False)


def test_the_offices_own_days() -> None:
    """A day off of its own is no working day, a day of work is one."""
    off = Deadlines(holidays=(date(2026, 11, 24),), workdays=(date(2026, 11, 28),))
    assert at(date(2026, 11, 23), date(2026, 11, 23), calendar=off).due == date(2026, 11, 27)
    assert at(date(2026, 11, 26), date(2026, 11, 26), calendar=off).due == date(2026, 11, 30)


@pytest.mark.parametrize(
    ("today", "left"),
    [
        (date(2026, 11, 20), 3),
        (date(2026, 11, 22), 3),
        (date(2026, 11, 23), 2),
        (date(2026, 11, 25), 0),
        (date(2026, 11, 26), -1),
        (date(2026, 11, 27), -2),
        # On the weekend behind it no further working day is lost.
        (date(2026, 11, 29), -2),
        (date(2026, 11, 30), -3),
    ],
)
def test_days_left_are_working_days(today: date, left: int) -> None:
    """Below 0 it is over by that many."""
    assert at(date(2026, 11, 20), today).left == left


def test_a_day_that_the_export_sets_counts() -> None:
    """An extension that was granted is as it says."""
    found = at(date(2026, 11, 20), date(2026, 11, 26), limit=date(2026, 12, 4))
    assert (found.due, found.left) == (date(2026, 12, 4), 6)


def test_answered_ones_are_late_or_not() -> None:
    """By their day of closing; where that is not known nothing is said."""
    came, today = date(2026, 11, 20), date(2026, 12, 1)
    assert at(came, today, answered=True, closed=date(2026, 11, 25)).late == 0
    assert at(came, today, answered=True, closed=date(2026, 11, 27)).late == 2
    assert at(came, today, answered=True).late is None
    assert at(came, today, answered=True).left is None


def test_no_day_no_deadline() -> None:
    """Nothing is guessed."""
    assert clock(Ticket("1"), TERM, NONE, date(2026, 12, 1)) == Clock()


def test_overdue_ones_come_first() -> None:
    """Then those of which no day is known, then by day; answered ones last, the latest of them first."""

    def made(number: str, due: date | None, left: int | None, answered: bool = False, came: int = 1) -> TicketResult:
        ticket = Ticket(number, date(2026, 11, came), answered=answered)
        look = Check(Outcome.UNVERIFIED, "")
        return TicketResult(ticket, Complaint.OTHER, look, Known(Knowledge.VAGUE), due, left=left)

    some = [
        made("e", date(2026, 12, 3), 2),
        made("g", date(2026, 11, 3), None, True, 3),
        made("f", date(2026, 11, 3), None, True, 9),
        made("b", date(2026, 11, 27), -2),
        made("a", date(2026, 11, 20), -7),
        made("c", None, None),
        made("d", date(2026, 12, 1), 0),
    ]
    assert "".join(one.ticket.number for one in ordered(some)) == "abcdefg"


def test_the_look_at_the_latest_state_counts() -> None:
    """Not that which was made last; one that saw nothing counts for least."""
    old, new = Check(Outcome.STILL, "", date(2026, 11, 20)), Check(Outcome.MENDED, "", date(2026, 11, 24), live=True)
    blind = Check(Outcome.UNVERIFIED, "")
    assert newest([new, old, blind]) == new
    assert newest([old, Check(Outcome.MENDED, "", date(2026, 11, 20), live=True)]).outcome is Outcome.MENDED  # type: ignore[union-attr]
    assert newest([]) is None
