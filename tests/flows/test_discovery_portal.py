"""The real county portal: the columns that `init` finds, and the inspection of them, against the table read by hand."""

from __future__ import annotations

import csv
import json
import tomllib
from pathlib import Path
from typing import Any

import pytest

from tests.support.loopback import served
from tests.support.program import jimo_lint

AS_OF = "2018-07-27"
HOME = "/index.html"


@pytest.fixture(scope="module")
def truth(shared: Path) -> dict[str, dict[str, str]]:
    """Half of the portal's list pages, read by hand, by path."""
    with (shared / "data/sites/zhecheng_columns_truth.tsv").open(encoding="utf-8") as file:
        return {row["list_page"].removeprefix("zhecheng.gov.cn"): row for row in csv.DictReader(file, delimiter="\t")}


@pytest.fixture(scope="module")
def inspected(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[list[dict[str, str]], dict[str, Any]]:
    """The columns that `init` wrote, and the JSON report of `inspect columns` with that configuration."""
    folder = tmp_path_factory.mktemp("found")
    config = folder / "jimo-lint.toml"
    with served(shared / "data/sites/zhecheng.gov.cn") as address:
        done = jimo_lint("init", address, "--allow-private", "--as-of", AS_OF, cwd=folder)
        assert done.returncode == 0, done.stderr
        written = config.read_text(encoding="utf-8")
        config.write_text(written.replace("[crawl]\n", "[crawl]\ndelay = 0\n"), encoding="utf-8")
        report = jimo_lint("inspect", "columns", "--as-of", AS_OF, "-f", "json", "--no-links", cwd=folder)
    assert report.stdout, report.stderr
    return tomllib.loads(written)["column"], json.loads(report.stdout)


def test_the_columns_of_the_table_are_found(
    inspected: tuple[list[dict[str, str]], dict[str, Any]], truth: dict[str, dict[str, str]]
) -> None:
    """At least 95 % of the table's columns are found, blank ones among them, each with the table's name."""
    found = {column["url"]: column["name"] for column in inspected[0]}
    there = [path for path in truth if path in found]
    assert len(there) >= 0.95 * len(truth), sorted(set(truth) - set(found))
    assert [(path, found[path]) for path in there if found[path] != truth[path]["column"]] == []


def test_what_else_is_found_are_columns_too(
    inspected: tuple[list[dict[str, str]], dict[str, Any]], shared: Path
) -> None:
    """Every column proposed is a folder's list page that bears its name; home, articles and landing pages are none."""
    site = shared / "data/sites/zhecheng.gov.cn"
    for column in inspected[0]:
        assert column["url"].endswith("/index.html") and column["url"] != HOME
        page = (site / column["url"].lstrip("/")).read_text(encoding="utf-8", errors="replace")
        assert f"<title>{column['name']}</title>" in page
        assert "pagediv" in page or "news_list" in page, column
    assert len({column["url"] for column in inspected[0]}) == len(inspected[0])


def test_found_columns_are_judged_as_the_table_says(
    inspected: tuple[list[dict[str, str]], dict[str, Any]], truth: dict[str, dict[str, str]]
) -> None:
    """Of the found columns of the table, exactly the empty ones are blank, and 99 % have the table's newest day."""
    columns = {"/" + column["url"].split("/", 3)[3]: column for column in inspected[1]["columns"]}
    known = {path: row for path, row in truth.items() if path in columns}
    blank = {path for path in known if columns[path]["status"] == "blank"}
    assert blank == {path for path, row in known.items() if row["age_days_on_2018-07-27"] == "EMPTY"}
    filled = [path for path, row in known.items() if row["newest"]]
    wrong = [(path, known[path]["newest"]) for path in filled if columns[path]["newest"] != known[path]["newest"]]
    assert len(wrong) <= 0.01 * len(filled), wrong
