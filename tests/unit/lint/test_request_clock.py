"""Time limits of requests for information: each counted by hand with the calendar of 2026, none by the program.

Days off of 2026 (国务院办公厅):
1-1 to 1-3, 2-15 to 2-23, 4-4 to 4-6, 5-1 to 5-5, 6-19 to 6-21, 9-25 to 9-27, 10-1 to 10-7.
Made up for: 1-4, 2-14, 2-28, 5-9, 9-20, 10-10.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jimo_lint.lint.checks.requests.standing import judge
from jimo_lint.lint.request_clock import Calendar, reckon, term
from jimo_lint.model import workdays
from jimo_lint.model.requests import Request, Standing
from jimo_lint.readers.registers.request_ledger import read_source
from jimo_lint.readers.source import Source

AS_OF = date(2026, 12, 31)


class Row(NamedTuple):
    """A row of the ledger in month-day of 2026, the last day found by hand, and how it was counted."""

    received: str
    due: str
    counted: str
    asked: str = ""
    corrected: str = ""
    told: str = ""
    days: str = ""
    third: str = ""
    replied: str = ""


BY_HAND = [
    Row("01-04", "01-30", "a Sunday of work; 1-5..9 (5), 12..16 (10), 19..23 (15), 26..30 (20)"),
    Row("01-15", "02-12", "16 (1), 19..23 (6), 26..30 (11), 2-2..6 (16), 9..12 (20)"),
    Row("01-20", "02-24", "21..23 (3), 26..30 (8), 2-2..6 (13), 9..13 (18), Sat 14 (19), 24 (20)"),
    Row("01-30", "03-05", "2-2..6 (5), 9..13 (10), Sat 14 (11), 24..27 (15), Sat 28 (16), 3-2..5 (20)"),
    Row("02-10", "03-16", "11..13 (3), 14 (4), 24..27 (8), 28 (9), 3-2..6 (14), 9..13 (19), 16 (20)"),
    Row("02-14", "03-20", "a Saturday of work; 24..27 (4), 28 (5), 3-2..6 (10), 9..13 (15), 16..20 (20)"),
    Row("02-18", "03-20", "in 春节; the first day is 2-24: as from 2-14"),
    Row("02-23", "03-20", "the last day off: as from 2-14"),
    Row("02-24", "03-23", "25..27 (3), 28 (4), 3-2..6 (9), 9..13 (14), 16..20 (19), 23 (20)"),
    Row("02-28", "03-27", "a Saturday of work; 3-2..6 (5), 9..13 (10), 16..20 (15), 23..27 (20)"),
    Row("03-20", "04-20", "23..27 (5), 30, 31, 4-1..3 (10), 7..10 (14), 13..17 (19), 20 (20)"),
    Row("04-05", "05-07", "清明; 7..10 (4), 13..17 (9), 20..24 (14), 27..30 (18), 5-6, 7 (20)"),
    Row("04-16", "05-18", "17 (1), 20..24 (6), 27..30 (10), 5-6..8 (13), Sat 9 (14), 11..15 (19), 18 (20)"),
    Row("05-09", "06-05", "a Saturday of work; 11..15 (5), 18..22 (10), 25..29 (15), 6-1..5 (20)"),
    Row("05-28", "06-26", "29 (1), 6-1..5 (6), 8..12 (11), 15..18 (15), 端午, 22..26 (20)"),
    Row("07-01", "07-29", "2, 3 (2), 6..10 (7), 13..17 (12), 20..24 (17), 27..29 (20)"),
    Row("08-22", "09-18", "a Saturday; 24..28 (5), 31, 9-1..4 (10), 7..11 (15), 14..18 (20)"),
    Row("09-03", "10-08", "4 (1), 7..11 (6), 14..18 (11), Sun 20 (12), 21..24 (16), 28..30 (19), 10-8 (20)"),
    Row("09-10", "10-14", "11 (1), 14..18 (6), 20 (7), 21..24 (11), 28..30 (14), 10-8..10 (17), 12..14 (20)"),
    Row("09-18", "10-22", "20 (1), 21..24 (5), 28..30 (8), 10-8..10 (11), 12..16 (16), 19..22 (20)"),
    Row("09-26", "10-29", "中秋; 28..30 (3), 10-8..10 (6), 12..16 (11), 19..23 (16), 26..29 (20)"),
    Row("10-03", "11-03", "国庆; 8..10 (3), 12..16 (8), 19..23 (13), 26..30 (18), 11-2, 3 (20)"),
    Row("10-10", "11-06", "a Saturday of work; 12..16 (5), 19..23 (10), 26..30 (15), 11-2..6 (20)"),
    Row("11-03", "12-01", "4..6 (3), 9..13 (8), 16..20 (13), 23..27 (18), 30 (19), 12-1 (20)"),
    Row("12-03", "12-31", "4 (1), 7..11 (6), 14..18 (11), 21..25 (16), 28..31 (20)"),
    # A correction begins the limit anew.
    Row(
        "01-26", "03-17", "from 2-11: 12..14 (3), 24..28 (8), 3-2..6 (13), 9..13 (18), 16, 17 (20)",
        asked="02-02", corrected="02-11",
    ),
    Row("02-02", "03-20", "from 2-20, in 春节: as from 2-14", asked="02-10", corrected="02-20"),
    Row(
        "09-01", "11-03", "from 9-30: 10-8..10 (3), 12..16 (8), 19..23 (13), 26..30 (18), 11-2, 3 (20)",
        asked="09-09", corrected="09-30",
    ),
    Row("04-20", "06-05", "from Sat 5-9, of work: as above", asked="04-27", corrected="05-09"),
    # An extension.
    Row("02-24", "04-07", "3-23; then 24..27 (4), 30, 31, 4-1..3 (9), 7 (10)", told="03-20", days="10"),
    Row(
        "09-10", "11-11", "10-14, told on it; 15, 16 (2), 19..23 (7), 26..30 (12), 11-2..6 (17), 9..11 (20)",
        told="10-14", days="20",
    ),
    Row("09-10", "10-14", "told a day late: it does not count", told="10-15", days="20"),
    Row("04-16", "05-25", "5-18; then 19..22 (4), 25 (5)", told="05-15", days="5"),
    Row(
        "01-15", "03-11", "2-12; then 13, 14 (2), 24..28 (7), 3-2..6 (12), 9..11 (15)", told="02-11", days="15"
    ),
    Row(
        "07-01", "08-26", "7-29; of 30 days 20 count: 30, 31 (2), 8-3..7 (7), 10..14 (12), 17..21 (17), 24..26 (20)",
        told="07-28", days="30",
    ),
    # A third party.
    Row(
        "03-20", "05-06", "out: 3-26, 27, 30, 31, 4-1..3, 7, 8 = 9; 4-20; then 21..24 (4), 27..30 (8), 5-6 (9)",
        third="03-25", replied="04-08",
    ),
    Row(
        "09-10", "10-21", "out: 9-28..30, 10-8, 9 = 5; 10-14; then 15, 16, 19, 20, 21",
        third="09-24", replied="10-09",
    ),
    Row(
        "07-01", "08-19", "15 of its 19 days are out; 7-29; 30, 31 (2), 8-3..7 (7), 10..14 (12), 17..19 (15)",
        third="07-06", replied="07-31",
    ),
    Row(
        "02-10", "03-26", "out: 2-13, 14, 24..28, 3-2 = 8; 3-16; then 17..20 (4), 23..26 (8)",
        third="02-12", replied="03-02",
    ),
    Row("03-20", "04-20", "asked when the limit had passed: nothing is out", third="04-21", replied="04-28"),
    Row(
        "07-01", "08-18", "to 8-12 by ten days; asked in them: out 8-4..7 = 4; then 13, 14, 17, 18",
        told="07-27", days="10", third="08-03", replied="08-07",
    ),
    # All of it: anew from 9-15 to 10-19; out 9-20..24, 28, 29 = 7, so 10-28; then ten days more.
    Row(
        "09-01", "11-11", "10-29, 30 (2), 11-2..6 (7), 9..11 (10)",
        asked="09-08", corrected="09-15", told="10-28", days="10", third="09-18", replied="09-29",
    ),
]  # fmt: skip
HEAD = (
    "登记号,收到日期,告知补正日期,收到补正日期,延期告知日期,延长工作日,征求第三方日期,第三方答复日期,承办单位,答复日期"
)


def day(written: str) -> date:
    """A day of 2026."""
    return date.fromisoformat(f"2026-{written}")


def test_a_ledger_of_300_requests_has_every_last_day_that_was_found_by_hand() -> None:
    """Rows of a whole year with 春节 and 国庆, read from the file as an office keeps it."""
    lines = [
        ",".join(
            (f"2026-{number:03}", *(f"2026-{one}" if one and "-" in one else one for one in cells), "青潭区教育局")
        )
        for number, row in enumerate(BY_HAND, 1)
        for cells in [(row.received, row.asked, row.corrected, row.told, row.days, row.third, row.replied)]
    ]
    first = date(2026, 1, 1)
    while len(lines) < 300:
        number = len(lines) + 1
        lines.append(f"2026-{number:03},{first + timedelta(days=number)},,,,,,,青潭区民政局")
    ledger = read_source(Source("台账.csv", "\n".join([HEAD, *lines]).encode()), AS_OF)
    assert (len(ledger.requests), ledger.problems) == (300, [])
    for request, row in zip(ledger.requests[: len(BY_HAND)], BY_HAND, strict=True):
        clock = reckon(request, AS_OF)
        assert clock and clock.due
        assert (request.number, clock.due.day, clock.due.certain) == (request.number, day(row.due), True), row.counted
    for request in ledger.requests[len(BY_HAND) :]:
        clock = reckon(request, AS_OF)
        assert clock and clock.due and request.received
        assert workdays.until(request.received, clock.due.day)[0] == 20


@pytest.mark.parametrize(
    ("received", "last", "counted"),
    [
        ("02-10", "02-26", "11..13 (3), Sat 14 (4), 24..26 (7)"),
        ("09-24", "10-12", "28..30 (3), 10-8..10 (6), 12 (7)"),
        ("03-02", "03-11", "3..6 (4), 9..11 (7)"),
    ],
)
def test_seven_working_days_for_asking_for_a_correction(received: str, last: str, counted: str) -> None:
    """By the 30th article, whatever lies between."""
    clock = reckon(Request("1", received=day(received)), AS_OF)
    assert clock and clock.correct_by.day == day(last), counted


def test_while_a_correction_is_waited_for_nothing_is_due() -> None:
    """The limit is counted from a day that has not come."""
    clock = reckon(Request("1", received=day("03-02"), correction_asked=day("03-05")), AS_OF)
    assert clock and clock.due is None and clock.waiting == "correction"


def test_a_third_party_is_waited_for_fifteen_working_days() -> None:
    """3-4..6 (3), 9..13 (8), 16..20 (13), 23, 24 (15); so long nothing else is due but what these 15 days push."""
    request = Request("1", received=day("03-02"), third_asked=day("03-03"))
    clock = reckon(request, day("03-24"))
    assert clock and clock.third_by and clock.third_by.day == day("03-24") and clock.waiting == "third"
    # 3-30 without it; then 31, 4-1..3 (4), 7..10 (8), 13..17 (13), 20, 21 (15).
    assert clock.due and clock.due.day == day("04-21")
    later = reckon(request, day("03-25"))
    assert later and later.waiting == "" and later.due == clock.due


def test_a_year_that_is_not_published_is_no_conclusion() -> None:
    """12 of the 20 days lie in 2026; each of the first 8 days of 2027 might be one of work, so not before 1-8."""
    request = Request("1", received=day("12-15"))
    found = term(day("12-15"), 20)
    assert (found.certain, found.earliest) == (False, date(2027, 1, 8)) and found.day >= date(2027, 1, 12)
    assert judge(request, date(2027, 1, 8)).standing in (Standing.RUNNING, Standing.DUE)
    unknown = judge(request, date(2027, 1, 29))
    assert unknown.standing is Standing.UNKNOWN and "2027 年的放假安排还没有公布" in unknown.reason
    answered = Request("1", received=day("12-15"), answered=date(2027, 1, 29))
    assert judge(answered, date(2027, 1, 29)).standing is Standing.UNKNOWN
    early = Request("1", received=day("12-15"), answered=date(2027, 1, 5))
    assert judge(early, date(2027, 1, 29)).standing is Standing.ON_TIME


def test_the_offices_own_days_off_count() -> None:
    """A day that the office declares off moves the last day by one."""
    plain, own = term(day("03-02"), 20), term(day("03-02"), 20, Calendar(holidays=[day("03-10")]))
    assert (plain.day, own.day) == (day("03-30"), day("03-31"))


class Steps(NamedTuple):
    """How long each step takes, in working days, and the day of receipt."""

    received: date
    correction: int  # until it is received; 0: none is asked for
    asked: int  # until the third party is asked
    third: int  # until its opinion; 0: none is asked
    told: int  # until the applicant is told of the extension
    extension: int  # 0: none


def made(steps: Steps) -> Request:
    """The request as such steps leave it."""
    corrected = workdays.due(steps.received, steps.correction).day if steps.correction else None
    begun = corrected or steps.received
    asked = workdays.due(begun, steps.asked).day if steps.third else None
    return Request(
        "1",
        received=steps.received,
        correction_asked=steps.received if corrected else None,
        corrected=corrected,
        third_asked=asked,
        third_replied=workdays.due(asked, steps.third).day if asked else None,
        extended=workdays.due(begun, steps.told).day if steps.extension else None,
        extension=steps.extension or None,
    )


STEPS = st.builds(
    Steps,
    st.dates(date(2024, 1, 1), date(2026, 5, 31)),
    st.integers(0, 30),
    st.integers(0, 18),
    st.integers(0, 20),
    st.integers(0, 18),
    st.integers(0, 25),
)


@settings(max_examples=80, deadline=None)
@given(STEPS)
def test_a_day_added_to_any_step_never_moves_a_last_day_earlier(steps: Steps) -> None:
    """Whatever takes longer leaves at least as much time; telling of an extension stays in time here."""
    before = reckon(made(steps), AS_OF)
    assert before and before.base and before.due and before.base.day <= before.due.day
    for name in Steps._fields:
        value = getattr(steps, name)
        longer = value + timedelta(days=1) if isinstance(value, date) else value + 1
        after = reckon(made(steps._replace(**{name: longer})), AS_OF)
        assert after and after.base and after.due
        assert after.base.day >= before.base.day, name
        assert after.due.day >= before.due.day, name
        assert after.correct_by.day >= before.correct_by.day, name


def test_the_one_delay_that_costs_days_is_telling_of_an_extension_too_late() -> None:
    """Told on the last day it counts, told a day later it is none: then the answer was due without it."""
    in_time, late = (
        Request("1", received=day("09-10"), extended=day(told), extension=20) for told in ("10-14", "10-15")
    )
    first, second = reckon(in_time, AS_OF), reckon(late, AS_OF)
    assert first and second and first.due and second.due
    assert (first.due.day, first.late_told) == (day("11-11"), False)
    assert (second.due.day, second.late_told, second.extension) == (day("10-14"), True, 0)
