"""`check --checklist`: a workbook under its name, and no word of success where no answer was read."""

from __future__ import annotations

from pathlib import Path

import pytest

from jimo_lint.cli import run
from tests.support.workbooks import opened

CHECK = ["check", "--isolated", "--as", "告知书", "-f", "concise"]
ANSWER = (
    "青潭区审计局政府信息公开申请答复书\n青审公复〔2026〕3号\n武小某：\n"
    "本机关于2026年3月2日收到你申请公开“2025年接待费明细”的申请，该信息不存在。\n"
)


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def test_a_checklist_stands_under_the_name_of_a_workbook(capsys: pytest.CaptureFixture[str]) -> None:
    """Another suffix is refused before anything is read."""
    Path("a.txt").write_text(ANSWER, encoding="utf-8")
    assert run([*CHECK, "a.txt", "--checklist", "核对表.docx"]) == 2
    assert "核对表.docx：认不出这种格式。文件名请以 .xlsx 结尾" in capsys.readouterr().err
    assert not Path("核对表.docx").exists()


def test_without_an_answer_the_report_still_says_why(capsys: pytest.CaptureFixture[str]) -> None:
    """The fault of the draft is told beside that there is nothing to list."""
    Path("e.txt").write_text("", encoding="utf-8")
    assert run([*CHECK, "e.txt", "missing.docx", "--checklist", "核对表.xlsx"]) == 2
    told = capsys.readouterr()
    assert "核对表.xlsx：没有写：没有按告知书检查的稿件" in told.err
    assert "missing.docx：没有这个文件" in told.out + told.err
    assert not Path("核对表.xlsx").exists()


def test_what_a_second_reader_wrote_stays() -> None:
    """The next checklist stands beside the one that was filled in."""
    Path("a.txt").write_text(ANSWER, encoding="utf-8")
    run([*CHECK, "a.txt", "--checklist", "核对表.xlsx"])
    held = opened(Path("核对表.xlsx"))
    held.worksheets[0]["A1"].value = "二审：武小某"
    held.save("核对表.xlsx")
    run([*CHECK, "a.txt", "--checklist", "核对表.xlsx"])
    assert opened(Path("核对表.xlsx")).worksheets[0]["A1"].value == "二审：武小某"
    assert Path("核对表-2.xlsx").is_file()
