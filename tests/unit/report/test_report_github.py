"""Workflow commands: nothing in a text can end a command or start another one."""

from __future__ import annotations

from dataclasses import replace

from jimo_lint.model import Position, Report, Severity
from jimo_lint.report.machine import github
from tests.support import report_samples as samples
from tests.support.problems import problem


def one(**fields: object) -> str:
    """The command of one finding in a file."""
    finding = samples.word_finding(**{"url": "稿件/一.txt", **fields})  # type: ignore[arg-type]
    return next(github.lines(Report(samples.run("check"), (finding,))))


def test_names_file_line_and_columns() -> None:
    """The annotation stands under the word."""
    assert one() == ("::error file=稿件/一.txt,line=1,col=22,endColumn=24,title=T101 常见错别字::“布署”应为“部署”")


def test_the_end_is_that_of_the_file() -> None:
    """A tag or an entity within the word lies under the annotation; columns are given within one line only."""
    assert ",line=3,col=4,endColumn=16," in one(position=Position(3, 4, 3, 16))
    assert ",line=3,col=4,title=" in one(position=Position(3, 4, 4, 2))


def test_levels_follow_severity() -> None:
    """Grave findings are errors, notices are notices."""
    levels = [one(severity=severity).split(" ", 1)[0] for severity in Severity]
    assert levels == ["::notice", "::warning", "::error", "::error"]


def test_special_characters_are_escaped() -> None:
    """Percent, newline, colon and comma cannot change the command."""
    line = one(url="a,b:c%.txt", message="100%\r\n::error::假\x1b[31m", title="一,二:三")
    assert "\n" not in line and "\r" not in line and "\x1b" not in line
    assert line.startswith("::error file=a%2Cb%3Ac%25.txt,line=1,")
    assert "title=T101 一%2C二%3A三::100%25%0A::error::假␛[31m" in line


def test_a_finding_without_place_names_the_file_only() -> None:
    """No line where none is known."""
    assert one(position=None).startswith("::error file=稿件/一.txt,title=")


def test_problems_are_errors_too() -> None:
    """A file that could not be read is annotated."""
    report = replace(Report(samples.run("check")), problems=(problem("坏.docx", "读不出"),))
    assert list(github.lines(report)) == ["::error file=坏.docx,title=未能检查::读不出"]


def test_a_problem_in_a_line_is_annotated_there() -> None:
    """The number behind a file is its line; that behind a host is a port. A remark is no error."""
    problems = (
        problem("清单.txt:3", "不是网址"),
        problem("http://a.cn:80", "读不到"),
        problem("一.md", "没有", excused=True),
    )
    assert list(github.lines(replace(Report(samples.run("links")), problems=problems))) == [
        "::error file=清单.txt,line=3,title=未能检查::不是网址",
        "::error file=http%3A//a.cn%3A80,title=未能检查::读不到",
        "::notice file=一.md,title=未能检查::没有",
    ]
