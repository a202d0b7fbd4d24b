"""Error reports in the store: a file twice changes nothing, a later one brings up to date, an earlier one not back."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from jimo_lint.errors import StoreError
from jimo_lint.model.tickets import Check, Outcome, Ticket
from jimo_lint.store import Store
from jimo_lint.store.tickets import checks, record_checks, take, tickets

FIRST = Ticket(
    "QT01",
    date(2026, 11, 20),
    "青潭区",
    "https://www.qingtan.example/a.html",
    "错别字",
    "“共亨”应为“共享”",
    state="办理中",
    source="周一.xlsx 第 2 行",
)
LATER = replace(
    FIRST, state="已办结", reply="已更正", closed=date(2026, 11, 24), answered=True, source="周五.xlsx 第 9 行"
)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path / ".jimo-lint" / "store.sqlite3", writing=True) as opened:
        yield opened


def test_importing_twice_changes_nothing(store: Store) -> None:
    """Nor does the same row from a file of another name."""
    assert take(store, [FIRST]).added == (FIRST,)
    for again in (FIRST, replace(FIRST, source="周一 (1).xlsx 第 3 行")):
        assert take(store, [again]) == ((), (), 1)
    assert tickets(store) == (FIRST,)


def test_a_later_export_brings_a_report_up_to_date(store: Store) -> None:
    """State, answer and day of closing are those of the later one."""
    take(store, [FIRST])
    assert take(store, [LATER]).changed == (LATER,)
    assert tickets(store) == (LATER,)


def test_an_earlier_export_does_not_bring_its_state_back(store: Store) -> None:
    """A file that still lies about and is imported again is no news."""
    take(store, [FIRST])
    take(store, [LATER])
    assert take(store, [FIRST]) == ((), (), 1)
    assert tickets(store) == (LATER,)


def test_a_report_that_is_opened_again_is_open(store: Store) -> None:
    """A row that nobody saw before is news, also where it is open once more."""
    take(store, [LATER])
    again = replace(LATER, state="退回重办", answered=False)
    assert take(store, [again]).changed == (again,)


def test_the_day_on_which_it_came_stays(store: Store) -> None:
    """A day without a year that is read in another year is no news."""
    take(store, [FIRST])
    assert take(store, [replace(FIRST, received=date(2027, 11, 20))]) == ((), (), 1)
    assert tickets(store) == (FIRST,)


def test_what_a_row_does_not_say_stays_as_it_was(store: Store) -> None:
    """An export of fewer columns takes nothing away; one that says nothing of the state leaves it."""
    take(store, [LATER])
    assert take(store, [Ticket("QT01", said=LATER.said, limit=date(2026, 12, 4))]).changed
    [kept] = tickets(store)
    assert kept == replace(LATER, limit=date(2026, 12, 4), source="")


def test_an_import_is_taken_in_whole_or_not_at_all(store: Store) -> None:
    """What fails on the way leaves nothing behind."""

    def rows() -> Iterator[Ticket]:
        yield FIRST
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        take(store, rows())
    assert tickets(store) == ()
    assert take(store, [FIRST]).added == (FIRST,)


def test_hostile_text_is_stored_as_text(store: Store) -> None:
    """Surrogates, NUL and quotes do not break a row."""
    hostile = replace(FIRST, said="a'\"; DROP TABLE ticket; --\0\ud800", number="x'; --")
    take(store, [hostile])
    [kept] = tickets(store)
    assert kept.said == "a'\"; DROP TABLE ticket; --\0?"
    assert take(store, [hostile]).same == 1


def test_looks_are_kept_in_their_order(store: Store) -> None:
    """Each with what it came to, by the report's number."""
    looks = [Check(Outcome.STILL, "还有", date(2026, 11, 21)), Check(Outcome.MENDED, "没有了", None, live=True)]
    for look in looks:
        record_checks(store, {"QT01": look})
    assert checks(store) == {"QT01": tuple(looks)}


def test_a_store_being_read_is_not_written(store: Store) -> None:
    """A reader cannot take reports in."""
    store.close()
    with Store.open(store.path, writing=False) as reader, pytest.raises(StoreError):
        take(reader, [FIRST])
