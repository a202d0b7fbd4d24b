"""What users of other linters expect of `check`: choosing rules, colours, exit codes, standard input, environment."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from jimo_lint.cli import run
from tests.support.program import jimo_lint

pytestmark = pytest.mark.slow


@pytest.fixture(autouse=True)
def _folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("NO_COLOR", "FORCE_COLOR"):
        monkeypatch.delenv(name, raising=False)
    Path("稿.txt").write_text("会议研究布署工作，覆盖全区。\n", encoding="utf-8")


def codes(*arguments: str, capsys: pytest.CaptureFixture[str]) -> set[str]:
    """The rules that found something."""
    run(["check", "--isolated", "稿.txt", "-f", "json", *arguments])
    return {one["code"] for one in json.loads(capsys.readouterr().out)["findings"]}


def test_rules_are_added_to_those_in_force(capsys: pytest.CaptureFixture[str]) -> None:
    """--extend-select keeps the default ones; --select replaces them; --ignore wins over both."""
    Path("稿.txt").write_text("会议研究布署工作，各部门作好准备，唯有如此。倒塌房屋已帐清。\n", encoding="utf-8")
    plain = codes(capsys=capsys)
    assert "T101" in plain and "T108" not in plain
    assert codes("--extend-select", "T108", capsys=capsys) >= plain
    assert codes("--select", "S", "--extend-select", "T101", capsys=capsys) == {"T101"}
    assert codes("--extend-select", "T101", "--ignore", "T101", capsys=capsys) == plain - {"T101"}


@pytest.mark.parametrize("written", ["t101", "T101", "t1", "common-typo", "all"])
def test_codes_in_whatever_case(written: str, capsys: pytest.CaptureFixture[str]) -> None:
    """As people type them."""
    assert "T101" in codes("--select", written, capsys=capsys)


def test_exit_zero_is_for_findings_only() -> None:
    """What could not be read is still 2."""
    assert run(["check", "--isolated", "稿.txt"]) == 1
    assert run(["check", "--isolated", "稿.txt", "--exit-zero"]) == 0
    assert run(["check", "--isolated", "稿.txt", "没有.txt", "--exit-zero"]) == 2


@pytest.mark.parametrize(
    ("arguments", "environment", "coloured"),
    [
        ([], {}, False),
        (["--color", "always"], {}, True),
        (["--color", "always"], {"NO_COLOR": "1"}, True),
        ([], {"FORCE_COLOR": "1"}, True),
        ([], {"FORCE_COLOR": "1", "NO_COLOR": "1"}, False),
        (["--color", "never"], {"FORCE_COLOR": "1"}, False),
    ],
)
def test_colours(
    arguments: list[str],
    environment: dict[str, str],
    coloured: bool,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """The option before the environment, NO_COLOR before FORCE_COLOR, none where nobody asks and no terminal is."""
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    run(["check", "--isolated", "稿.txt", *arguments])
    assert ("\x1b[" in capsys.readouterr().out) is coloured


def test_standard_input_has_a_name(tmp_path: Path) -> None:
    """Its suffix says what it is, and the report names it."""
    done = jimo_lint(
        "check", "-", "--isolated", "-f", "json", "--stdin-filename", "稿件/甲.md", cwd=tmp_path, stdin="**布**署工作"
    )
    [finding] = json.loads(done.stdout)["findings"]
    assert (finding["url"], finding["matched"], finding["column"]) == ("稿件/甲.md", "布署", 3)


def test_a_name_for_standard_input_needs_it(capsys: pytest.CaptureFixture[str]) -> None:
    """A name that nothing would bear is refused: the file was meant to be read under it."""
    assert run(["check", "--isolated", "稿.txt", "--stdin-filename", "公示/稿.txt"]) == 2
    assert "要与 - 并用" in capsys.readouterr().err


def test_options_come_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """JIMO_LINT_, the command, the option; what is written in the command goes before."""
    monkeypatch.setenv("JIMO_LINT_CHECK_FAIL_ON", "never")
    assert run(["check", "--isolated", "稿.txt"]) == 0
    assert run(["check", "--isolated", "稿.txt", "--fail-on", "error"]) == 1


def test_a_check_of_changes_without_any_is_fine(tmp_path: Path) -> None:
    """Nothing was changed, so nothing had to be looked at: 0, and it is said."""
    import subprocess

    who = ["-c", "user.name=甲", "-c", "user.email=jia@qingtan.example"]
    for command in (["init", "-q"], ["add", "-A"], [*who, "commit", "-qm", "一"]):
        subprocess.run(["git", *command], cwd=tmp_path, check=True)
    done = jimo_lint("check", "--isolated", "--changed-since", "HEAD", cwd=tmp_path)
    assert done.returncode == 0 and "没有改动过的文件" in done.stderr


def test_paths_may_be_missing_only_where_git_gives_them(capsys: pytest.CaptureFixture[str]) -> None:
    """What is missing is called as the help calls it."""
    assert run(["check", "--isolated"]) == 2
    assert "缺少 路径…|网址…|-" in capsys.readouterr().err
