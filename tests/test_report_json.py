"""The JSON report: stable keys, whatever the text holds."""

from __future__ import annotations

import json as standard
from dataclasses import replace
from pathlib import Path

import report_samples as samples
from jimo_lint.report import json

TOP = ["schema", "run", "counts", "findings", "columns", "accounts", "links", "link_counts", "problems"]
FINDING = [
    *("code", "name", "severity", "message", "suggestions", "matched", "span", "line", "column"),
    *("excerpt", "url", "subject", "basis", "fingerprint"),
]
COLUMN = ["name", "url", "kind", "newest", "items", "age_days", "status", "read_pages", "reason"]
ACCOUNT = ["name", "platform", "newest", "age_days", "posts", "status"]
LINK = ["url", "verdict", "reason", "status", "pages", "samples"]
RUN = [
    *("inspection", "title", "as_of", "site", "version", "profile", "started", "finished", "documents", "characters"),
    "complete",
]


def test_keys_come_in_the_documented_order() -> None:
    """Programs and people who compare two reports line by line meet the same keys in the same order."""
    read = standard.loads(json.dumps(samples.columns()))
    weekly = standard.loads(json.dumps(samples.weekly()))
    assert read["schema"] == "jimo-lint/report/1"
    assert list(read)[: len(TOP)] == TOP
    assert list(read["run"]) == RUN
    for key, rows, wanted in (
        ("findings", read["findings"], FINDING),
        ("columns", read["columns"], COLUMN),
        ("accounts", weekly["accounts"], ACCOUNT),
        ("links", read["links"], LINK),
        ("problems", read["problems"], ["place", "message"]),
    ):
        assert rows, key
        assert all(list(row)[: len(wanted)] == wanted for row in rows), key


def test_values_are_plain_and_dates_are_iso() -> None:
    """Severities are lower-case English, dates ISO, a finding without place has null span."""
    read = standard.loads(json.dumps(samples.weekly()))
    stale, phrase = read["findings"][:2]
    assert (stale["severity"], stale["span"], stale["line"]) == ("veto", None, None)
    assert phrase["span"] == [7, 13]
    assert phrase["excerpt"][7:13] == phrase["matched"]
    assert phrase["published"] == "2026-11-18T09:05:00"
    assert read["run"]["started"] == "2026-11-22T01:30:00+00:00"
    assert read["accounts"][1]["newest"] == "2026-10-18"
    assert read["counts"] == {"veto": 2, "error": 2, "warning": 2, "notice": 1, "total": 7}


def test_statuses_and_limits_of_columns() -> None:
    """A column's status is one of the five words, its limit is readable, null means no duty."""
    columns = standard.loads(json.dumps(samples.columns()))["columns"]
    assert {column["status"] for column in columns} == {"fresh", "stale", "blank", "exempt", "unknown"}
    by_name = {column["name"]: column for column in columns}
    assert by_name["镇街动态"]["limit"] == "14 天"
    assert by_name["区领导"]["limit"] is None


def test_links_are_sorted_gravest_first_whatever_the_order_given() -> None:
    """The order does not depend on that of the database."""
    report = samples.weekly()
    turned = replace(report, links=tuple(reversed(report.links)))
    assert json.dumps(report) == json.dumps(turned)
    assert [link["verdict"] for link in standard.loads(json.dumps(report))["links"]] == [
        "dead",
        "dead",
        "inconclusive",
        "alive",
    ]


def test_broken_unicode_is_written_as_utf8() -> None:
    """A lone surrogate from a broken page does not stop the report."""
    report = replace(samples.weekly(), findings=(samples.word_finding("坏\ud800字"),))
    written = json.dumps(report).encode("utf-8")
    assert standard.loads(written)["findings"][0]["matched"] == "坏\ufffd字"
    assert "坏".encode() in written


def test_lines_hold_one_object_each() -> None:
    """jsonl: findings first, then problems, each with its type; a newline in a text does not break a line."""
    report = replace(samples.weekly(), findings=(samples.word_finding("两\n行"),))
    rows = [standard.loads(line) for line in json.lines(report)]
    assert [row["type"] for row in rows] == ["finding", "problem"]
    assert all("\n" not in line for line in json.lines(report))
    assert rows[0]["matched"] == "两\n行"


def test_every_key_is_documented() -> None:
    """docs/report-json.md names every key that is written, so that no key is added silently."""
    page = (Path(__file__).parents[1] / "docs" / "report-json.md").read_text(encoding="utf-8")
    for report in (samples.weekly(), samples.columns()):
        read = standard.loads(json.dumps(report))
        keys = set(read) | set(read["run"]) | set(read["counts"])
        for part in (
            "findings",
            "columns",
            "accounts",
            "links",
            "link_counts",
            "problems",
            "vetoes",
            "indicators",
            "elements",
        ):
            keys |= {key for row in read[part] for key in row}
        assert not {key for key in keys if f"`{key}`" not in page}
