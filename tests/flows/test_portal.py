"""The real county portal, inspected end to end through the command line."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

import pytest

from tests.support.loopback import served
from tests.support.program import jimo_lint

AS_OF = "2018-07-27"


@pytest.fixture(scope="module")
def truth(shared: Path) -> list[dict[str, str]]:
    """Half of the portal's list pages, read by hand."""
    with (shared / "data/sites/zhecheng_columns_truth.tsv").open(encoding="utf-8") as file:
        return list(csv.DictReader(file, delimiter="\t"))


@pytest.fixture(scope="module")
def inspected(shared: Path, truth: list[dict[str, str]], tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """The JSON report of `inspect columns` over the portal served on loopback."""
    folder = tmp_path_factory.mktemp("portal")
    with served(shared / "data/sites/zhecheng.gov.cn") as address:
        (folder / "jimo-lint.toml").write_text(configuration(address, truth), encoding="utf-8")
        done = jimo_lint("inspect", "columns", "--as-of", AS_OF, "-f", "json", "--no-links", cwd=folder)
    assert done.stdout, done.stderr
    report: dict[str, Any] = json.loads(done.stdout)
    return report


def configuration(address: str, truth: list[dict[str, str]]) -> str:
    """A configuration whose columns are the table's, each kind `news` so that every one has a duty."""
    lines = [
        "[site]",
        'name = "柘城县人民政府"',
        f'start = ["{address}/"]',
        "[crawl]",
        "delay = 0",
        "allow_private = true",
    ]
    for row in truth:
        path = row["list_page"].removeprefix("zhecheng.gov.cn")
        lines += ["[[column]]", f'name = "{row["column"]}"', f'url = "{path}"', 'kind = "news"']
    return "\n".join(lines)


def by_path(report: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """The report's columns by the path of their address."""
    return {"/" + column["url"].split("/", 3)[3]: column for column in report["columns"]}


def path_of(row: dict[str, str]) -> str:
    """A table row's path on the server."""
    return row["list_page"].removeprefix("zhecheng.gov.cn")


def test_blank_columns_are_exactly_the_empty_ones(inspected: dict[str, Any], truth: list[dict[str, str]]) -> None:
    """The blank columns of the real portal are exactly those that a person found empty."""
    blank = {path for path, column in by_path(inspected).items() if column["status"] == "blank"}
    assert blank == {path_of(row) for row in truth if row["age_days_on_2018-07-27"] == "EMPTY"}


def test_newest_dates_are_those_of_the_table(inspected: dict[str, Any], truth: list[dict[str, str]]) -> None:
    """The newest date equals the table's in at least 99 % of the columns that hold anything."""
    columns = by_path(inspected)
    filled = [row for row in truth if row["newest"]]
    wrong = [
        (path_of(row), row["newest"], columns[path_of(row)]["newest"])
        for row in filled
        if columns[path_of(row)]["newest"] != row["newest"]
    ]
    assert len(wrong) <= 0.01 * len(filled), wrong


def test_pinned_old_rows_do_not_make_a_column_stale(inspected: dict[str, Any], truth: list[dict[str, str]]) -> None:
    """A column that leads with a pinned old item is judged by its newest item."""
    columns = by_path(inspected)
    pinned = [row for row in truth if row["first_item_date"] and row["first_item_date"] < row["newest"]]
    assert pinned
    fresh = [row for row in pinned if int(row["age_days_on_2018-07-27"]) < 14]
    assert [columns[path_of(row)]["status"] for row in fresh] == ["fresh"] * len(fresh)


def test_each_column_is_judged_by_its_age(inspected: dict[str, Any], truth: list[dict[str, str]]) -> None:
    """Age and verdict follow from the newest date: 14 days or more is stale for news."""
    columns = by_path(inspected)
    for row in truth:
        column = columns[path_of(row)]
        if column["newest"] != row["newest"] or not row["newest"]:
            continue
        assert column["age_days"] == int(row["age_days_on_2018-07-27"])
        assert column["status"] == ("stale" if column["age_days"] >= 14 else "fresh")
