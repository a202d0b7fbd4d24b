"""Files that somebody leaves out himself are counted as files, apart from what could not be checked."""

from __future__ import annotations

from dataclasses import replace

from jimo_lint.model import Problem, ProblemCode, Report
from jimo_lint.report.terminal.plain import summary
from tests.support import report_samples as samples
from tests.support.problems import problem


def told(*problems: Problem) -> str:
    """The summary of a check of two files."""
    return summary(Report(replace(samples.run("check"), documents=2, characters=10), problems=problems))


def test_left_out_files_are_no_failures() -> None:
    """Two patterns left out four; beside them, and alone, what could not be read."""
    left_out = [
        Problem(ProblemCode.EXCLUDED, name, {"count": count}) for name, count in ((".gitignore", 3), ("--exclude", 1))
    ]
    assert told(*left_out) == "没有发现问题；检查 2 个文件，10 字；略过 4 个文件"
    assert told(*left_out, problem("一.docx", "读不出")).endswith("；略过 4 个文件；1 处未能检查")
    assert told(problem("一.docx", "读不出")).endswith("10 字；1 处未能检查")
    assert "略过" not in told() and "未能" not in told()
