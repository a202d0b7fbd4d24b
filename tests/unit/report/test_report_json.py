"""The JSON report: stable keys, whatever the text holds."""

from __future__ import annotations

import json as standard
import re
from collections.abc import Mapping
from dataclasses import fields, is_dataclass, replace
from datetime import UTC, datetime, timedelta, timezone
from enum import Enum
from pathlib import Path
from typing import Any, get_args, get_origin

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from jimo_lint.errors import InputError
from jimo_lint.model import MaxAge, Problem, ProblemCode, Region, Report, Rule, Span
from jimo_lint.model.terms import CHINA
from jimo_lint.report.machine import json, jsonl
from jimo_lint.report.machine.codec import types
from tests.support import report_samples as samples
from tests.support.problems import problem

TOP = ["schema", "run", "counts", "findings", "columns", "accounts", "links", "link_counts", "problems"]
FINDING = [
    *("code", "name", "severity", "message", "suggestions", "matched", "span", "line", "column"),
    *("excerpt", "url", "subject", "basis", "fingerprint"),
]
COLUMN = ["name", "url", "kind", "newest", "items", "age_days", "status", "read_pages", "reason"]
ACCOUNT = ["name", "platform", "newest", "age_days", "posts", "status"]
LINK = ["url", "verdict", "reason", "status", "pages", "samples"]
RUN = [
    *("inspection", "title", "as_of", "site", "version", "profile", "started", "finished", "documents"),
    *("unchanged", "characters", "complete"),
]


def test_keys_come_in_the_documented_order() -> None:
    """Programs and people who compare two reports line by line meet the same keys in the same order."""
    read = standard.loads(json.dumps(samples.columns()))
    weekly = standard.loads(json.dumps(samples.weekly()))
    assert read["schema"] == "jimo-lint/report/1"
    assert list(read)[: len(TOP)] == TOP
    assert list(read["run"])[: len(RUN)] == RUN
    for key, rows, wanted in (
        ("findings", read["findings"], FINDING),
        ("columns", read["columns"], COLUMN),
        ("accounts", weekly["accounts"], ACCOUNT),
        ("links", read["links"], LINK),
        ("problems", read["problems"], ["place", "message"]),
    ):
        assert rows, key
        assert all(list(row)[: len(wanted)] == wanted for row in rows), key


@pytest.mark.parametrize("findings", [0, 1, 7])
def test_pieces_make_one_indented_object(findings: int) -> None:
    """The text is what a program that has the whole object at once would write."""
    report = samples.weekly()
    every = (*report.findings, samples.word_finding('两\n"行'))
    report = replace(report, findings=every[len(every) - findings :])
    written = json.dumps(report)
    assert len(standard.loads(written)["findings"]) == findings
    assert written == standard.dumps(standard.loads(written), ensure_ascii=False, indent=2) + "\n"


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
    rows = [standard.loads(line) for line in jsonl.lines(report)]
    assert [row["type"] for row in rows] == ["finding", "problem"]
    assert all("\n" not in line for line in jsonl.lines(report))
    assert rows[0]["matched"] == "两\n行"


def test_every_key_is_documented() -> None:
    """docs/report-json.md names every key in the section of its part, so that no key is added silently."""
    page = (Path(__file__).parents[3] / "docs" / "report-json.md").read_text(encoding="utf-8")
    head, *rest = re.split(r"^## (?=\w+$)", page, flags=re.M)
    sections = {section.split("\n", 1)[0]: section for section in rest}
    for report in (*(make() for make in samples.REPORTS.values()), samples.partial()):
        read = standard.loads(json.dumps(report))
        assert not {key for key in read if f"`{key}`" not in head}
        for part, value in read.items():
            rows = value if isinstance(value, list) else [value] * isinstance(value, dict)
            keys = {key for row in rows for key in row}
            assert not {key for key in keys if f"`{key}`" not in sections[part]}, part


def test_complete_is_false_wherever_something_was_not_read() -> None:
    """A page that did not arrive makes the report incomplete, though the crawl came to its end."""
    whole = replace(samples.weekly(), problems=())
    lacking = replace(whole, problems=(problem("https://www.yunxi.example/", "内容没有传完"),))
    excused = replace(whole, problems=(problem("https://www.yunxi.example/", "robots.txt 不允许", excused=True),))
    cut = replace(whole, run=samples.run("weekly", complete=False))
    runs = [standard.loads(json.dumps(report))["run"] for report in (whole, lacking, excused, cut)]
    assert [(run["complete"], run["collected"]) for run in runs] == [
        (True, True),
        (False, True),
        (True, True),
        (False, False),
    ]
    assert standard.loads(standard.dumps(json.overview(lacking)))["run"]["complete"] is False


def anything(hint: Any) -> st.SearchStrategy[Any]:
    """Every value that a field of this type may have; without lone surrogates, which UTF-8 cannot hold."""
    origin, parts = get_origin(hint), get_args(hint)
    if hint in SPECIAL:
        return SPECIAL[hint]
    if origin is tuple:
        return few(parts[0]) if parts[-1] is ... else st.tuples(*map(anything, parts))
    if origin is Mapping:
        return st.dictionaries(*map(anything, parts), max_size=3)
    if parts:
        return st.one_of(*map(anything, parts))
    if is_dataclass(hint):
        hints = types(hint)
        return st.builds(hint, **{one.name: anything(hints[one.name]) for one in fields(hint)})
    return st.sampled_from(hint) if issubclass(hint, Enum) else st.from_type(hint)


def few(hint: Any) -> st.SearchStrategy[tuple[Any, ...]]:
    """Up to two of them."""
    return st.lists(anything(hint), max_size=2).map(tuple)


ZONES = [UTC, CHINA, timezone(timedelta(hours=-9, minutes=-30)), None]
NATURAL = st.integers(0, 10**20)
SPECIAL: dict[Any, st.SearchStrategy[Any]] = {
    str: st.text(max_size=12),
    float: st.floats(allow_nan=False, allow_infinity=False),
    datetime: st.sampled_from(ZONES).flatmap(lambda zone: st.datetimes(timezones=st.just(zone))),
    MaxAge: st.builds(MaxAge, NATURAL, NATURAL),
    # The picture itself is for people, and stays out.
    Region: st.builds(Region, st.text(max_size=12), *[NATURAL] * 4, st.floats(0, 1), st.just(b"")),
    Span: st.builds(lambda start, length: Span(start, start + 1 + length), NATURAL, NATURAL),
}
# The args of a problem are those that its code names; only numbers are written with commas.
SPECIAL[Problem] = st.sampled_from(ProblemCode).flatmap(
    lambda code: st.builds(
        Problem,
        st.just(code),
        SPECIAL[str],
        st.fixed_dictionaries(
            dict.fromkeys(code.placeholders, NATURAL if ":," in code.sentence else SPECIAL[str] | NATURAL)
        ),
        st.booleans(),
        SPECIAL[str],
        few(str),
    )
)
# Reports hold neither parameters nor examples nor files of rules.
SPECIAL[Rule] = st.builds(
    Rule,
    **{
        one.name: st.just({"params": {}, "examples": (), "file": ""}[one.name])
        if one.name in ("params", "examples", "file")
        else anything(types(Rule)[one.name])
        for one in fields(Rule)
    },
)


def in_order(report: Report) -> Report:
    """The report with its links in the order in which they are written."""
    return replace(report, links=tuple(sorted(report.links, key=json.link_order)))


@pytest.mark.slow
@given(anything(Report), st.sampled_from(list(samples.REPORTS)))
@settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_a_report_is_read_back_without_loss(report: Report, inspection: str) -> None:
    """Whatever stands in a report, what is written of it is read as the same report."""
    report = in_order(replace(report, run=replace(report.run, inspection=inspection)))
    written = json.dumps(report)
    assert json.loads(written) == report
    assert json.loads(written.encode("utf-8")) == report
    assert json.dumps(json.loads(written)) == written


@pytest.mark.parametrize("inspection", samples.REPORTS)
def test_samples_are_read_back(inspection: str) -> None:
    """Reports as they come are read back, also from a file that an editor gave a byte order mark."""
    report = in_order(samples.REPORTS[inspection]())
    assert json.loads(json.dumps(report)) == report
    assert json.loads(b"\xef\xbb\xbf" + json.dumps(report).encode()) == report


@pytest.mark.parametrize(
    "odd", ["\0\x1b[31m", "\u2028\u2029\r\n", '"\\', "\ue000\U0010ffff", "e\u0301", " \u3000", "\ufeff"]
)
def test_odd_text_is_read_back(odd: str) -> None:
    """Controls, separators, private characters, blanks at the ends: text is text."""
    report = replace(samples.weekly(), findings=(samples.word_finding(odd),), links=())
    assert json.loads(json.dumps(report)) == report


def test_a_lone_surrogate_is_replaced_once() -> None:
    """What UTF-8 cannot hold is read back as what was written for it."""
    read = json.loads(json.dumps(replace(samples.weekly(), findings=(samples.word_finding("坏\ud800字"),))))
    assert read.findings[0].matched == "坏\ufffd字"
    assert json.loads(json.dumps(read)) == read


def test_keys_that_came_later_may_lack_and_unknown_ones_be_there() -> None:
    """A report of an earlier version, and one with keys that are not known yet, is read."""
    raw = standard.loads(json.dumps(samples.weekly()))
    for finding in raw["findings"]:
        del finding["locator"], finding["published"]
        finding["later"] = {"x": [1]}
    read = json.loads(standard.dumps({**raw, "later": 1}))
    assert [one.matched for one in read.findings] == [one.matched for one in samples.weekly().findings]
    assert {one.locator for one in read.findings} == {""}


def _spoilt(path: str, value: object) -> str:
    """A report in which one value is another."""
    raw = standard.loads(json.dumps(samples.weekly()))
    *steps, last = path.split(".")
    at = raw
    for step in steps:
        at = at[int(step)] if step.isdigit() else at[step]
    if value is ...:
        del at[last]
    else:
        at[last] = value
    return standard.dumps(raw)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "不是完整的 JSON"),
        (json.dumps(samples.weekly())[:-9], "不是完整的 JSON"),
        (json.dumps(samples.weekly()).encode("utf-16"), "不是完整的 JSON"),
        (_spoilt("findings.0.pages", float("nan")), "不是完整的 JSON"),
        ("[" * 100_000, "不是完整的 JSON"),
        ("[]", "不是 jimo-lint 的报告"),
        ('{"run": {}}', "不是 jimo-lint 的报告"),
        (_spoilt("schema", "jimo-lint/link-list/1"), "不是 jimo-lint 的报告"),
        (_spoilt("schema", "jimo-lint/report/2"), "更新的版本写的（jimo-lint/report/2）"),
        (_spoilt("run.as_of", "昨天"), "run.as_of 应是日期"),
        (_spoilt("run.as_of", ...), "run 没有 as_of"),
        (_spoilt("run.documents", True), "run.documents 应是整数"),
        (_spoilt("run", []), "run 应是表"),
        (_spoilt("findings", {}), "findings 应是列表"),
        (_spoilt("findings.1.severity", "fatal"), "findings[1].severity"),
        (_spoilt("findings.1.span", [9, 3]), "findings[1].span"),
        (_spoilt("findings.1.matched", 5), "findings[1].matched 应是文字"),
        (_spoilt("accounts.2.limit", "两周"), "accounts[2].limit"),
        (_spoilt("accounts.2.days", {"昨天": 3}), "accounts[2].days 应是日期"),
        (_spoilt("links.0.chain", [["404"]]), "links[0].chain"),
        (_spoilt("links.0.samples", "x"), "links[0].samples 应是列表"),
    ],
)
def test_what_is_no_whole_report_is_told(text: str | bytes, words: str) -> None:
    """One line that names the file, the place in it and the fault; never another kind of failure."""
    with pytest.raises(InputError, match=re.escape(words)) as caught:
        json.loads(text, "上周.json")
    assert str(caught.value).startswith("上周.json：")
    assert "\n" not in str(caught.value)
