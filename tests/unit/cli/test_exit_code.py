"""The exit code of a report: what could not be done goes before what was found, and that counts from a level on."""

from __future__ import annotations

from dataclasses import replace

import pytest

from jimo_lint.cli.options import exit_code
from jimo_lint.model import Problem, Report, Severity
from tests.support import report_samples as samples
from tests.support.problems import problem

LEVELS = ("notice", "warning", "error", "veto")


def report(*severities: Severity, problems: tuple[Problem, ...] = (), complete: bool = True) -> Report:
    """A report with a finding of each of these severities."""
    findings = tuple(samples.word_finding(severity=severity) for severity in severities)
    return Report(samples.run("check", complete=complete), findings, problems=problems)


@pytest.mark.parametrize("worst", list(Severity))
def test_a_finding_fails_from_the_named_level_on(worst: Severity) -> None:
    """An error fails under `error` and under everything milder, not under `veto`; only the worst finding counts."""
    found = report(Severity.NOTICE, worst)
    assert [exit_code(found, level) for level in LEVELS] == [int(worst >= level) for level in Severity]
    assert exit_code(found, "never") == 0


def test_nothing_found_is_0() -> None:
    """Without a finding every level passes."""
    assert {exit_code(report(), level) for level in (*LEVELS, "never")} == {0}


def test_what_could_not_be_done_is_2() -> None:
    """Something not read or a collection that broke off outweighs findings and `never`; an excused one does not."""
    unread = problem("甲.docx", "读不出")
    assert exit_code(report(Severity.VETO, problems=(unread,)), "never") == 2
    assert exit_code(report(complete=False), "error") == 2
    assert exit_code(report(problems=(replace(unread, waived=True),)), "error") == 0
