"""The real county portal, inspected end to end through the command line."""

from __future__ import annotations

from types import SimpleNamespace

Truth = dict[str, dict[str, str]]


def test_blank_columns_are_exactly_the_empty_ones(portal: SimpleNamespace, truth: Truth) -> None:
    """The blank columns of the real portal are exactly those that a person found empty."""
    blank = {path for path, column in portal.judged.items() if column["status"] == "blank"}
    assert blank == {path for path, row in truth.items() if row["age_days_on_2018-07-27"] == "EMPTY"}


def test_newest_dates_are_those_of_the_table(portal: SimpleNamespace, truth: Truth) -> None:
    """The newest date equals the table's in at least 99 % of the columns that hold anything."""
    columns = portal.judged
    filled = {path: row for path, row in truth.items() if row["newest"]}
    wrong = [
        (path, row["newest"], columns[path]["newest"])
        for path, row in filled.items()
        if columns[path]["newest"] != row["newest"]
    ]
    assert len(wrong) <= 0.01 * len(filled), wrong


def test_pinned_old_rows_do_not_make_a_column_stale(portal: SimpleNamespace, truth: Truth) -> None:
    """A column that leads with a pinned old item is judged by its newest item."""
    columns = portal.judged
    pinned = {
        path: row for path, row in truth.items() if row["first_item_date"] and row["first_item_date"] < row["newest"]
    }
    assert pinned
    fresh = [path for path, row in pinned.items() if int(row["age_days_on_2018-07-27"]) < 14]
    assert [columns[path]["status"] for path in fresh] == ["fresh"] * len(fresh)


def test_each_column_is_judged_by_its_age(portal: SimpleNamespace, truth: Truth) -> None:
    """Age and verdict follow from the newest date: 14 days or more is stale for news."""
    columns = portal.judged
    for path, row in truth.items():
        column = columns[path]
        if column["newest"] != row["newest"] or not row["newest"]:
            continue
        assert column["age_days"] == int(row["age_days_on_2018-07-27"])
        assert column["status"] == ("stale" if column["age_days"] >= 14 else "fresh")
