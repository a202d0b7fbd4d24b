"""Baselines: what is known is not reported again, wherever it has moved; what is new, grave or expired is."""

from __future__ import annotations

import tomllib
from datetime import date
from pathlib import Path

import pytest

from jimo_lint.cli import judging, run
from jimo_lint.model import Report
from jimo_lint.settings.config import Config
from tests.support import report_samples as samples
from tests.support.problems import problem

pytestmark = pytest.mark.slow
OLD = "会议研究布署工作，各镇街抓好落实。\n抓好关健环节。\n"


@pytest.fixture(autouse=True)
def _folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("稿件").mkdir()
    put(OLD)
    assert check("--write-baseline") == 0


def put(text: str) -> None:
    """The one draft."""
    Path("稿件/一.txt").write_text(text, encoding="utf-8")


def check(*arguments: str, file: str = "稿件/一.txt", baseline: str = "基线.toml") -> int:
    """The exit code of a check with the baseline."""
    return run(["check", "--isolated", file, "--baseline", baseline, *arguments])


def known() -> list[dict[str, object]]:
    """The entries."""
    rows: list[dict[str, object]] = tomllib.loads(Path("基线.toml").read_text(encoding="utf-8")).get("known", [])
    return rows


def test_what_moved_is_known(monkeypatch: pytest.MonkeyPatch) -> None:
    """Lines before it, another folder to work in, the whole path: the same finding."""
    put(f"新的一行。\n\n{OLD}")
    assert check() == 0
    assert check(file=str(Path("稿件/一.txt").resolve())) == 0
    monkeypatch.chdir("稿件")
    assert check(file="一.txt", baseline="../基线.toml") == 0


def test_what_is_new_is_reported(capsys: pytest.CaptureFixture[str]) -> None:
    """Another word, the same word in another sentence, the same sentence once more."""
    for more in ("切实作好布署。\n", "帐号\n布署到位\n", OLD):
        put(OLD + more)
        assert check() == 1
    capsys.readouterr()
    put(OLD + OLD)
    check("-f", "line")
    assert "问题 2 个" in capsys.readouterr().out


def test_a_veto_is_never_known(capsys: pytest.CaptureFixture[str]) -> None:
    """It neither comes in nor is kept silent, even where somebody writes it in."""
    put("中华人民共合国\n")
    assert check("--write-baseline") == 1
    assert all(not str(one["code"]).startswith("S1") for one in known())


def test_entries_end(capsys: pytest.CaptureFixture[str]) -> None:
    """Behind its day an entry holds no more; reasons that are missing, and entries that met nothing, are told."""
    path = Path("基线.toml")
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace('reason = ""', 'reason = "等系统升级"\nexpires = 2026-06-30', 1), encoding="utf-8")
    capsys.readouterr()
    assert check("--as-of", "2026-06-30") == 0
    assert "1 条没有写原因" in capsys.readouterr().err
    assert check("--as-of", "2026-07-01") == 1
    assert "1 条已过期" in capsys.readouterr().err
    put("一切正常。\n")
    assert check() == 0
    assert "没有遇到" in capsys.readouterr().err


def test_renewing_keeps_what_people_wrote() -> None:
    """Reasons stay; --prune takes out what was mended, and adds nothing."""
    path = Path("基线.toml")
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace('reason = ""', 'reason = "“等”系统\\\\升级"'), encoding="utf-8")
    put(OLD.split("\n")[0] + "\n帐号布署好\n")
    assert check("--prune") == 1
    assert [one["reason"] for one in known()] == ["“等”系统\\升级"]
    assert check("--write-baseline") == 0
    assert "“等”系统\\升级" in [one["reason"] for one in known()]


@pytest.mark.parametrize(
    "less",
    [
        ("--select", "F"),
        ("--ignore", "T101"),
        ("--ignore", "common-typo"),
        ("--min-confidence", "certain", "--ignore", "T"),
        ("--as", "公文", "--select", "S"),
    ],
)
def test_what_was_not_looked_for_is_not_taken_out(less: tuple[str, ...], capsys: pytest.CaptureFixture[str]) -> None:
    """Rules that are off this time say nothing of their entries; nor is it told that these were not met."""
    path = Path("基线.toml")
    path.write_text(path.read_text(encoding="utf-8").replace('reason = ""', 'reason = "等"'), encoding="utf-8")
    before = known()
    put("一切正常。\n")
    assert check("--prune", *less) == 0
    assert known() == before and "没有遇到" not in capsys.readouterr().err
    assert check("--prune") == 0
    assert known() == []


def test_rules_that_a_path_switches_off_leave_their_entries() -> None:
    """In the settings, for some drafts; another file's are taken out."""
    Path("jimo-lint.toml").write_text('[[path]]\nmatch = ["稿件/一.txt"]\nignore = ["T"]\n', encoding="utf-8")
    Path("二.txt").write_text("研究布署。", encoding="utf-8")
    arguments = ["check", "稿件", "二.txt", "--baseline", "基线.toml"]
    assert run([*arguments, "--write-baseline"]) == 0
    put("一切正常。\n")
    Path("二.txt").write_text("正常。", encoding="utf-8")
    assert run([*arguments, "--prune"]) == 0
    assert {one["file"] for one in known()} == {"稿件/一.txt"}


def test_a_file_read_in_part_keeps_its_entries() -> None:
    """What was not read of it may hold what is known; a file whose name begins the same is another matter."""
    report = Report(samples.run("check"), problems=(problem("稿件/一.docx 第 3 段", "读不出"),))
    benches = judging.Benches(Config(), date(2026, 12, 1), judging.Asked())
    looked = judging.looked(["稿件/一.docx", "稿件/二.docx"], report, lambda: benches)
    assert set(looked) == {"稿件/二.docx"} and "T101" in looked["稿件/二.docx"]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("[[known]]\nid = 1\n", "id"),
        ("[[known]]\nid='a'\ncode='T101'\nwhy=''\n", "why"),
        ("没", "读不通"),
        (None, "没有"),
    ],
)
def test_a_bad_baseline_is_told(content: str | None, said: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Never taken for an empty one, and never overwritten."""
    path = Path("基线.toml")
    if content is None:
        path.unlink()
        assert check() == 2
    else:
        path.write_text(content, encoding="utf-8")
        assert check("--write-baseline") == 2
        assert path.read_text(encoding="utf-8") == content
    assert said in capsys.readouterr().err


def test_the_file_must_be_named(capsys: pytest.CaptureFixture[str]) -> None:
    """The other two options mean nothing without it."""
    assert run(["check", "--isolated", "稿件", "--write-baseline"]) == 2
    assert "--baseline" in capsys.readouterr().err
