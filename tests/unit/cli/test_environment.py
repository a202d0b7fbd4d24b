"""Options are read from JIMO_LINT_命令_选项; rule codes are, everywhere, in whatever case they are written."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import click
import pytest

from jimo_lint.cli import cli, run
from jimo_lint.inspection import library


@pytest.fixture(autouse=True)
def _folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("稿.txt").write_text("会议研究布署工作。\n", encoding="utf-8")


def options(group: click.Group, above: str) -> Iterator[tuple[str, click.Option]]:
    """Each option of each command, with the words before it."""
    context = click.Context(group)
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        assert command is not None
        words = f"{above}_{name}"
        if isinstance(command, click.Group):
            yield from options(command, words)
        else:
            yield from ((words, one) for one in command.params if isinstance(one, click.Option))


def test_each_option_has_its_variable() -> None:
    """Called as the user writes it, not as the program calls its value; those with one of their own keep it."""
    seen = set()
    for words, one in options(cli, "JIMO_LINT"):
        (written, *_) = [name for name in one.opts if name.startswith("--")] or [""]
        assert written, one
        wanted = re.sub("-", "_", f"{words}_{written[2:]}").upper()
        assert one.envvar in (wanted, "JIMO_LINT_DATABASE"), (words, one.opts)
        seen.add(one.envvar)
    assert {
        f"JIMO_LINT_{one}" for one in ("CHECK_FORMAT", "CHECK_AS", "INSPECT_WEEKLY_OUTPUT", "TICKETS_LIST_ALL")
    } < seen


def test_a_check_takes_them(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """Form, file, settings, changes; what is written in the command goes before."""
    Path("别的.toml").write_text('[rules]\nallow = ["研究布署"]\n', encoding="utf-8")
    with monkeypatch.context() as given:
        given.setenv("JIMO_LINT_CHECK_FORMAT", "json")
        given.setenv("JIMO_LINT_CHECK_OUTPUT", "报告.json")
        assert run(["check", "稿.txt"]) == 1
        assert json.loads(Path("报告.json").read_text(encoding="utf-8"))["findings"]
        assert run(["check", "稿.txt", "-f", "line", "-o", "行.txt"]) == 1
        assert "问题" in Path("行.txt").read_text(encoding="utf-8")
    with monkeypatch.context() as given:
        given.setenv("JIMO_LINT_CHECK_CONFIG", "别的.toml")
        assert run(["check", "稿.txt"]) == 0
    capsys.readouterr()
    with monkeypatch.context() as given:
        given.setenv("JIMO_LINT_CHECK_DIFF", "1")
        assert run(["check", "稿.txt"]) == 1
        assert "+会议研究部署工作。" in capsys.readouterr().out
    with monkeypatch.context() as given:
        given.setenv("JIMO_LINT_CHECK_FIX", "true")
        assert run(["check", "稿.txt"]) == 0
    assert Path("稿.txt").read_text(encoding="utf-8") == "会议研究部署工作。\n"


def test_a_wrong_value_is_told_in_chinese(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """Neither true nor false, of a switch."""
    for name in ("EXIT_ZERO", "STATISTICS", "CACHE"):
        with monkeypatch.context() as given:
            given.setenv(f"JIMO_LINT_CHECK_{name}", "bogus")
            assert run(["check", "稿.txt"]) == 2
        said = capsys.readouterr().err
        assert "不是“是”或“否”" in said and "valid" not in said


@pytest.mark.parametrize("written", ["t101", "T101", "common-typo"])
def test_rules_are_explained_in_any_case(written: str, capsys: pytest.CaptureFixture[str]) -> None:
    """As --select takes them; the first letter too; a name that nobody knows is told."""
    assert run(["rule", written]) == 0
    assert capsys.readouterr().out.startswith("T101 ")
    assert run(["rule", "p"]) == 0
    assert run(["rule", "Common-Typo"]) == 2


def test_programs_write_them_in_any_case() -> None:
    """What another program calls takes them as the command line does."""
    day = date(2026, 12, 1)
    for select, ignore, found in (["t"], [], 1), (["t101"], [], 1), ([], ["t"], 0), (["t", "f"], ["T101"], 0):
        report = library.check_text("会议研究布署工作。", select=select, ignore=ignore, as_of=day)
        assert len(report.findings) == found
