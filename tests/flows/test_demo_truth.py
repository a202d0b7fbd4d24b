"""The truth file and the comparison with it."""

from __future__ import annotations

import copy
from datetime import date
from typing import Any

import pytest

from jimo_lint.demo.columns import columns
from jimo_lint.demo.site import Site
from jimo_lint.demo.source import data
from jimo_lint.demo.truth import _expected, compare, local, newest, wording
from tests.support import shipped

AS_OF = date(2026, 4, 30)  # after the days on which the planted reports are due
BASE = "http://127.0.0.1:8000/"
OUTSIDE = "http://127.0.0.1:8001"


def absolute(at: str) -> str:
    if at.startswith("外部:"):
        return OUTSIDE + at.removeprefix("外部:")
    return BASE + at[1:] if at.startswith("/") else at


def report(truth: dict[str, Any], statuses: str, count: str) -> dict[str, Any]:
    """A report that says exactly what the truth file lists."""
    findings = []
    for row in truth["finding"]:
        account = row["code"][0] in "STFPW" and statuses == "accounts"
        kind = {"L": "link", "A": "account", "C": "column"}.get(row["code"][0], "document")
        if row["code"] in ("A104", "A105"):
            kind, account = "document", True
        if isinstance(row["at"], str) and row["at"].startswith("/") and kind == "column":
            kind = "document"
        for at in [row["at"]] if isinstance(row["at"], str) else row["at"]:
            found = {
                "code": row["code"],
                "kind": kind,
                "url": absolute(at),
                "subject": absolute(at),
                "samples": [],
                "matched": wording(row, AS_OF),
                "account_name": at if account else "",
                "pages": row.get("pages", 1),
            }
            findings.extend([found] * row.get("count", 1))
    rows = [
        {
            "name": row["name"],
            "status": row["status"],
            "newest": newest(row, AS_OF),
            "nearly": row.get("nearly", False),
            count: row[count],
        }
        for row in truth[statuses.rstrip("s")]
    ]
    return {
        "findings": findings,
        statuses: rows,
        "links": [{"url": absolute(row["at"]), "verdict": row["verdict"]} for row in truth["link"]],
        "problems": [{"place": absolute(place), "message": "读不出"} for place in truth["problem"]],
        "indicators": [{"deduction": 0, **row} for row in truth["indicator"]],
    }


@pytest.fixture
def weekly() -> dict[str, Any]:
    return report(copy.deepcopy(data("truth")["weekly"]), "accounts", "posts")


@pytest.fixture
def inspected() -> dict[str, Any]:
    return report(copy.deepcopy(data("truth")["columns"]), "columns", "items")


def test_exact_match(weekly: dict[str, Any], inspected: dict[str, Any]) -> None:
    """Reports that say what was planted and nothing else give no difference."""
    assert compare(weekly, inspected, BASE, AS_OF) == []


def test_missing_finding(weekly: dict[str, Any], inspected: dict[str, Any]) -> None:
    """A planted fault that was not found is named."""
    inspected["findings"] = [one for one in inspected["findings"] if one["code"] != "S101"]
    assert compare(weekly, inspected, BASE, AS_OF) == ["栏目体检：漏报：S101 /zwyw/meeting.html “中华人民共合国”"]


def test_unexpected_finding(weekly: dict[str, Any], inspected: dict[str, Any]) -> None:
    """A false alarm is named, with the reason why it is none where the truth file knows one."""
    alarm = {**inspected["findings"][0], "code": "T101", "kind": "document", "matched": "关健", "account_name": ""}
    inspected["findings"].append({**alarm, "url": f"{BASE}zwyw/health.html"})
    (line,) = compare(weekly, inspected, BASE, AS_OF)
    assert line.startswith("栏目体检：多报：T101 /zwyw/health.html “关健”（不该报：")


def test_wrong_status_and_date(weekly: dict[str, Any], inspected: dict[str, Any]) -> None:
    """A column with another status, date or number of items is named; so is one that is not there."""
    inspected["columns"][0]["newest"] = "2025-01-01"
    inspected["columns"][1]["status"] = "fresh"
    del weekly["accounts"][0]
    lines = compare(weekly, inspected, BASE, AS_OF)
    assert lines[0].startswith("周检：漏报：没有“")
    assert "newest 应为 2026-04-30，报了 2025-01-01" in lines[1]
    assert "status 应为 stale，报了 fresh" in lines[2]


def test_indicators(weekly: dict[str, Any], inspected: dict[str, Any]) -> None:
    """An indicator that stands otherwise, one that lacks, and points for one that is for a person are named."""
    inspected["indicators"][0]["standing"] = "clear"
    del inspected["indicators"][1]
    inspected["indicators"].append({"key": "guides", "standing": "open", "deduction": 2})
    assert compare(weekly, inspected, BASE, AS_OF) == [
        "栏目体检：不符：指标 grave-wording 的 standing 应为 reached，报了 clear",
        "栏目体检：漏报：没有指标 harmful",
        "栏目体检：不符：指标 guides 的 deduction 应为 0，报了 2",
    ]


def test_links_problems_and_robots(weekly: dict[str, Any], inspected: dict[str, Any]) -> None:
    """A missing or additional verdict, an unexpected problem and a page that robots.txt forbids are named."""
    gone = inspected["links"].pop()
    inspected["links"].append({"url": f"{OUTSIDE}/", "verdict": "dead"})
    inspected["problems"].append({"place": f"{BASE}zwyw/", "message": "读不出"})
    inspected["findings"].append(
        {**weekly["findings"][0], "kind": "document", "account_name": "", "url": f"{BASE}neibu/"}
    )
    lines = "\n".join(compare(weekly, inspected, BASE, AS_OF))
    assert f"链接 {local(gone['url'], BASE)} 应为 {gone['verdict']}，报了 alive" in lines
    assert "链接 外部:/ 应为 alive，报了 dead" in lines
    assert "多报：未能读取 /zwyw/" in lines
    assert "读了 robots.txt 不许读的 /neibu/" in lines


def test_every_rule_is_planted() -> None:
    """Every rule that is on by default is planted, or the truth file says why the demo cannot show it."""
    truth = data("truth")
    planted = {row["code"] for part in ("weekly", "columns", "requests") for row in truth[part]["finding"]}
    assert all(truth["unplanted"].values())
    assert not planted & truth["unplanted"].keys()
    assert planted | truth["unplanted"].keys() == {rule.code for rule in shipped.rules() if rule.default}


def test_truth_speaks_of_what_is_there() -> None:
    """Every page and column that the truth file names exists in the portal."""
    site = Site(AS_OF, OUTSIDE, "http://127.0.0.1:8002")
    truth = data("truth")["columns"]
    rows = [row for row in truth["finding"] if row["code"][0] in "STFPW"]
    named = {at for row in rows for at in ([row["at"]] if isinstance(row["at"], str) else row["at"])}
    named = {at.partition(" › ")[0] for at in named}
    named |= {row["at"] for row in truth["innocent"] if row["at"].startswith("/")}
    assert {f"{at}index.html" if at.endswith("/") else at for at in named} <= site.answers.keys()
    assert [row["name"] for row in truth["column"]] == [column.name for column in columns()]


def test_what_is_not_due_is_not_expected() -> None:
    """A row with `after` counts from the day after that on."""
    rows = [{"code": "C124", "at": "示例", "after": "03-31"}, {"code": "C104", "at": "示例"}]
    assert [one.code for one in _expected(rows, date(2026, 3, 31))] == ["C104"]
    assert [one.code for one in _expected(rows, date(2026, 4, 1))] == ["C124", "C104"]
