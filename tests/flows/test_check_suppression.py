"""Comments that hold findings back: with a reason, for the lines that they name, told each time."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from jimo_lint.cli import run

pytestmark = pytest.mark.slow
WRONG = "研究布署。"


@pytest.fixture(autouse=True)
def _folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def lines(text: str, capsys: pytest.CaptureFixture[str], name: str = "稿.md") -> tuple[list[int], str]:
    """The lines with findings, and what was told on stderr."""
    Path(name).write_text(text, encoding="utf-8")
    run(["check", "--isolated", name, "-f", "json"])
    shown = capsys.readouterr()
    return [one["line"] for one in json.loads(shown.out)["findings"]], shown.err


@pytest.mark.parametrize(
    ("text", "left"),
    [
        (f"{WRONG} <!-- jimo-lint-disable-line T101: 原文 -->\n\n{WRONG}", [3]),
        (f"<!-- jimo-lint-disable-next-line T101：原文 -->\n{WRONG}\n\n{WRONG}", [4]),
        (f"{WRONG}\n\n<!-- jimo-lint-disable T,F: 错例 -->\n\n{WRONG}\n\n<!-- jimo-lint-enable T -->\n\n{WRONG}", [1]),
        (f"<!-- jimo-lint-disable all: 错例 -->\n\n{WRONG}\n\n<!-- jimo-lint-enable -->\n\n{WRONG}", [7]),
        (f"<!-- jimo-lint-disable common-typo: 错例 -->\n\n{WRONG}\n\n{WRONG}", []),
        (f"<!-- jimo-lint-disable S: 错例 -->\n\n{WRONG}", [3]),
        (f"<!-- jimo-lint-disable T101 -->\n\n{WRONG}", [3]),
        (f"<!-- jimo-lint-disable -->\n\n{WRONG}", [3]),
        (f"<!-- jimo-lint-disables T101: 错例 -->\n\n{WRONG}", [3]),
    ],
)
def test_which_lines_are_held_back(text: str, left: list[int], capsys: pytest.CaptureFixture[str]) -> None:
    """One line, the next, from here to there; for rules that are named and with a reason only."""
    assert lines(text, capsys)[0] == left


def test_pages_have_comments_too(capsys: pytest.CaptureFixture[str]) -> None:
    """In HTML as in Markdown; a text file has none."""
    text = f"<p>{WRONG}</p><!-- jimo-lint-disable-line T101: 原文 -->\n"
    assert lines(f"<!doctype html>{text}", capsys, "页.html")[0] == []
    assert lines(text.removeprefix("<p>"), capsys, "稿.txt")[0] == [1]


def test_what_is_held_back_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    """How many, how many vetoes among them; a comment of no use (U101), one without a reason (U102)."""
    text = (
        f"{WRONG} <!-- jimo-lint-disable-line T101: 原文 -->\n\n"
        "中华人民共合国 <!-- jimo-lint-disable-line S: 错例 -->\n\n"
        "正常。 <!-- jimo-lint-disable-line T101: 原文 -->\n\n<!-- jimo-lint-disable-line T101 -->\n"
    )
    found, told = lines(text, capsys)
    assert found == []
    assert "有 2 个问题" in told and "否决级 1 个" in told
    assert "稿.md:5：U101" in told and "稿.md:7：U102" in told


def test_remarks_are_nothing_unread(capsys: pytest.CaptureFixture[str]) -> None:
    """They do not count as what could not be checked."""
    Path("稿.md").write_text(f"{WRONG} <!-- jimo-lint-disable-line T101: 原文 -->\n", encoding="utf-8")
    assert run(["check", "--isolated", "稿.md"]) == 0
    assert "未能检查" not in capsys.readouterr().out
