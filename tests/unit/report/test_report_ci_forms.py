"""The forms that other programs take in: twelve diagnostics, byte for byte, and what consumers stumble over."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree

import pytest

from jimo_lint.cli import run
from jimo_lint.model import Edit, Finding, Position, Report, Severity, Span
from jimo_lint.report import FORMS, Showing, render
from tests.support import report_samples as samples
from tests.support.problems import problem

CASES = Path(__file__).resolve().parents[2] / "cases" / "forms"
NEW = ("sarif", "junit", "checkstyle", "gitlab", "rdjson", "rdjsonl", "github")
XML = ("junit", "checkstyle")
LINES = ["会议研究布署安全生产工作。", "😀布署𠮷", "第三行"]


def finding(url: str, place: tuple[int, int, int, int] | None, **fields: object) -> Finding:
    """One in a file."""
    position = Position(*place) if place else None
    return replace(samples.word_finding(), **{"locator": "", **fields, "url": url, "position": position})  # type: ignore[arg-type]


def twelve() -> Report:
    """Every level, place and kind of name that there is."""
    edit = Edit(Span(4, 5), Position(1, 5, 1, 6), "部")
    findings = (
        finding("稿件/一.txt", (1, 5, 1, 7), edits=(edit,)),
        finding("稿件/一.txt", (2, 2, 2, 4)),
        finding("稿件/一.txt", (2, 2, 2, 4)),  # the same once more: equal fingerprints
        finding("./稿 件,二:%#.md", (3, 1, 4, 2), severity=Severity.WARNING),
        finding("换\n行.txt", (1, 1, 1, 2), severity=Severity.NOTICE, message="第一行\n第二行<b>&\"'"),
        finding("/绝对/三.html", None, severity=Severity.VETO, code="S101", title="国家名称表述不规范"),
        finding("https://www.qingtan.example/a.html?x=1&y=二", None),
        finding("四.docx", (7, 3, 7, 5), locator="脚注 1", fingerprint="aa"),
    )
    problems = (
        problem("坏.docx", "读不出。请重存"),
        problem("清单.txt:3", "不是网址"),
        problem("http://a.example:80", "连不上"),
        problem("图.png", "没有检查", excused=True),
    )
    return Report(samples.run("check"), findings, problems=problems, rules=samples.check().rules)


def shown(form: str, report: Report | None = None) -> str:
    """The report in a form, with the lines of one file."""
    return render(form, report or twelve(), Showing(lines=lambda path: LINES if path == "稿件/一.txt" else []))


@pytest.mark.parametrize("form", NEW)
def test_twelve_diagnostics_byte_for_byte(form: str) -> None:
    """What consumers were tried with does not change unseen."""
    assert shown(form) == (CASES / f"twelve.{form}").read_text(encoding="utf-8")


@pytest.mark.parametrize("form", NEW)
def test_nothing_found_is_still_a_whole_file(form: str) -> None:
    """An empty array, a suite with one case that passed; a consumer must not take it for a report that is missing."""
    said = shown(form, Report(samples.run("check")))
    if form in XML:
        root = ElementTree.fromstring(said.encode())
        assert [case.get("name") for case in root.iter("testcase")] == (["没有发现问题"] if form == "junit" else [])
    elif form in ("rdjsonl", "github"):
        assert said == ""
    else:
        value = json.loads(said)
        assert value == [] if form == "gitlab" else value.get("diagnostics", value.get("runs", [{}])) is not None


def test_columns_in_the_unit_of_each() -> None:
    """SARIF counts code points and says so; reviewdog counts bytes of UTF-8."""
    [log] = json.loads(shown("sarif"))["runs"]
    assert log["columnKind"] == "unicodeCodePoints"
    region = log["results"][1]["locations"][0]["physicalLocation"]["region"]
    assert (region["startColumn"], region["endColumn"]) == (2, 4)
    place = json.loads(shown("rdjson"))["diagnostics"][1]["location"]["range"]
    assert (place["start"]["column"], place["end"]["column"]) == (5, 11)
    assert LINES[1].encode()[5 - 1 : 11 - 1].decode() == "布署"


def test_no_two_have_one_identity() -> None:
    """GitLab shows only one of two that are equal; the same report gives the same ones."""
    prints = [one["fingerprint"] for one in json.loads(shown("gitlab"))]
    assert len(set(prints)) == len(prints) == 12
    assert prints == [one["fingerprint"] for one in json.loads(shown("gitlab"))]


def test_no_line_is_below_one() -> None:
    """GitLab and Checkstyle demand a line: the first stands for the file."""
    assert all(one["location"]["lines"]["begin"] >= 1 for one in json.loads(shown("gitlab")))
    assert all(int(one.get("line", "0")) >= 1 for one in ElementTree.fromstring(shown("checkstyle")).iter("error"))


def test_what_was_not_read_never_passes() -> None:
    """It fails in every form; what was left out by rule is named and fails nothing."""
    [log] = json.loads(shown("sarif"))["runs"]
    assert log["invocations"][0]["executionSuccessful"] is False
    levels = [one["level"] for one in log["invocations"][0]["toolExecutionNotifications"]]
    assert levels == ["error", "error", "error", "note"]
    suite = ElementTree.fromstring(shown("junit"))[0]
    assert (suite.get("tests"), suite.get("failures"), suite.get("errors"), suite.get("skipped")) == (
        "12", "7", "3", "1",
    )  # fmt: skip
    sound = replace(twelve(), findings=(), problems=twelve().problems[3:])
    assert json.loads(shown("sarif", sound))["runs"][0]["invocations"][0]["executionSuccessful"] is True
    assert ElementTree.fromstring(shown("junit", sound)).get("failures") == "0"


def test_names_are_addresses_of_files() -> None:
    """Blanks, commas, colons and per cent signs of a name are escaped in SARIF; a page keeps its address."""
    places = [
        one["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
        for one in json.loads(shown("sarif"))["runs"][0]["results"]
    ]
    assert places[3] == "%E7%A8%BF%20%E4%BB%B6%2C%E4%BA%8C%3A%25%23.md"
    assert places[5].startswith("file:///%E7")
    assert places[6] == "https://www.qingtan.example/a.html?x=1&y=%E4%BA%8C"


@pytest.mark.parametrize("form", XML)
def test_xml_holds_whatever_a_page_says(form: str) -> None:
    """Controls, lone surrogates and what XML cannot hold are replaced."""
    report = Report(samples.run("check"), (finding("一.txt", (1, 1, 1, 2), message="\0\x1b\ud800\ufffe\uffff]]>&<"),))
    assert "]]>&<" in "".join(
        f"{one.get('message')}{one.text}" for one in ElementTree.fromstring(shown(form, report).encode()).iter()
    )


def test_files_of_bytes_are_read_for_their_columns(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A draft in GBK, a page, and a document of Word, which has no lines."""
    (tmp_path / "一.txt").write_bytes("一切正常。\r\n会议研究布署工作。".encode("gbk"))
    (tmp_path / "二.html").write_text("<!doctype html><p>会议研究<b>布</b>署工作。", encoding="utf-8")
    for name, column in (("一.txt", 13), ("二.html", 34)):
        assert run(["check", "--isolated", str(tmp_path / name), "-f", "rdjson"]) == 1
        [one] = json.loads(capsys.readouterr().out)["diagnostics"]
        assert one["location"]["range"]["start"]["column"] == column


@pytest.mark.parametrize("form", NEW)
def test_every_form_is_listed(form: str) -> None:
    """All are forms of every command."""
    assert not FORMS[form].binary
