"""The real county portal: the columns that `init` finds, and the inspection of them, against the table read by hand."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace

HOME = "/index.html"
Truth = dict[str, dict[str, str]]


def test_the_columns_of_the_table_are_found(portal: SimpleNamespace, truth: Truth) -> None:
    """At least 95 % of the table's columns are found, blank ones among them, each with the table's name."""
    found = {column["url"]: column["name"] for column in portal.proposed}
    there = [path for path in truth if path in found]
    assert len(there) >= 0.95 * len(truth), sorted(set(truth) - set(found))
    assert [(path, found[path]) for path in there if found[path] != truth[path]["column"]] == []


def test_what_else_is_found_are_columns_too(portal: SimpleNamespace, shared: Path) -> None:
    """Every column proposed is a folder's list page that bears its name; home, articles and landing pages are none."""
    site = shared / "data/sites/zhecheng.gov.cn"
    for column in portal.proposed:
        assert column["url"].endswith("/index.html") and column["url"] != HOME
        page = (site / column["url"].lstrip("/")).read_text(encoding="utf-8", errors="replace")
        assert f"<title>{column['name']}</title>" in page
        assert "pagediv" in page or "news_list" in page, column
    assert len({column["url"] for column in portal.proposed}) == len(portal.proposed)


def test_found_columns_are_judged_as_the_table_says(portal: SimpleNamespace, truth: Truth) -> None:
    """Of the found columns of the table, exactly the empty ones are blank, and 99 % have the table's newest day."""
    columns = portal.found
    known = {path: row for path, row in truth.items() if path in columns}
    blank = {path for path in known if columns[path]["status"] == "blank"}
    assert blank == {path for path, row in known.items() if row["age_days_on_2018-07-27"] == "EMPTY"}
    filled = [path for path, row in known.items() if row["newest"]]
    wrong = [(path, known[path]["newest"]) for path in filled if columns[path]["newest"] != known[path]["newest"]]
    assert len(wrong) <= 0.01 * len(filled), wrong
