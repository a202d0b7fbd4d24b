"""The forms of a report: all of them known everywhere, several written at once, none lost through another."""

from __future__ import annotations

import json
import os
import re
import stat
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import click
import pytest
from openpyxl import load_workbook

from jimo_lint.cli import output, run
from jimo_lint.cli.output import FormAndFile, of_file
from jimo_lint.inspection import INSPECTIONS
from jimo_lint.report import FORMS, Showing, render, write
from jimo_lint.report.machine import json as machine
from tests.support import report_samples as samples
from tests.support.problems import problem
from tests.support.program import jimo_lint

pytestmark = pytest.mark.slow

DOCS = Path(__file__).resolve().parents[3] / "docs"
TEXTS = [name for name, form in FORMS.items() if not form.binary]
FILES = [(name, one.code) for name, form in FORMS.items() if form.binary for one in INSPECTIONS.values() if one.module]
FAULTY = "会议研究布署安全生产工作。\n"
SOUND = "会议研究部署安全生产工作。\n"


@pytest.fixture(autouse=True)
def _folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("坏稿.txt").write_text(FAULTY, encoding="utf-8")
    Path("好稿.txt").write_text(SOUND, encoding="utf-8")


def check(*arguments: str) -> int:
    """`jimo-lint check --isolated` in this process; its exit code."""
    return run(["check", "--isolated", *arguments])


def test_there_is_a_sample_report_of_every_inspection() -> None:
    """What follows leaves no inspection out."""
    assert set(samples.REPORTS) == set(INSPECTIONS)
    assert FILES


@pytest.mark.parametrize("inspection", INSPECTIONS)
@pytest.mark.parametrize("form", TEXTS)
def test_every_text_form_writes_every_inspection(form: str, inspection: str) -> None:
    """It says something of each, in whole lines that a file can hold and in which nothing acts on a terminal."""
    report = samples.REPORTS[inspection]()
    hostile = samples.word_finding("坏\ud800\x1b[31m\r字", message="见\u202e\x07文")
    written = render(form, replace(report, findings=(*report.findings, hostile)))
    assert written.encode("utf-8").endswith(b"\n")
    assert not re.search("[\x00-\x09\x0b-\x1f\u202e]", written) or form in ("json", "jsonl")
    assert not re.search("[\x00-\x09\x0b-\x1f]", written)
    if form == "line":
        assert written.count("\n") == 1
        assert INSPECTIONS[inspection].heading in written and "没有检查对象" not in written


@pytest.mark.parametrize(("form", "inspection"), FILES)
def test_every_file_form_writes_its_inspections(form: str, inspection: str, tmp_path: Path) -> None:
    """The file is there and can be opened."""
    path = tmp_path / f"报告{FORMS[form].suffix}"
    write(form, samples.REPORTS[inspection](), path)
    assert load_workbook(path, read_only=True).sheetnames


@pytest.mark.parametrize("form", FORMS)
def test_every_form_is_worded_and_documented(form: str, capsys: pytest.CaptureFixture[str]) -> None:
    """The help names it with what it is for, and the page of forms has its row."""
    title = FORMS[form].title
    for command in (["inspect", "weekly"], *([["check"], ["links"]] if form in TEXTS else [])):
        assert run([*command, "-h"]) == 0
        assert f"{form}{title}".replace(" ", "") in re.sub(r"\s", "", capsys.readouterr().out)
    assert f"| `{form}` | {title} |" in (DOCS / "forms.md").read_text(encoding="utf-8")
    assert re.search(r"[\u4e00-\u9fff]", title)


def test_suffixes_tell_one_form_each() -> None:
    """A file name leads to a form, and to one only."""
    suffixes = [form.suffix for form in FORMS.values() if form.suffix]
    assert len(suffixes) == len(set(suffixes))
    assert {of_file(Path(f"报告{form.suffix.upper()}")).form for form in FORMS.values() if form.suffix} == {
        "csv",
        "html",
        "json",
        "jsonl",
        "sarif",
        "xlsx",
    }


def test_the_workbook_that_was_written_is_named() -> None:
    """The summary and the line lead to it."""
    for form in ("text", "line"):
        assert "reports/周检.xlsx" in render(form, samples.weekly(), Showing(workbook=Path("reports/周检.xlsx")))


def test_several_forms_are_written_at_once(capsys: pytest.CaptureFixture[str]) -> None:
    """Each into its file, one onto the screen; the exit code is that of the findings."""
    assert check("坏稿.txt", "-f", "json:出/结果.json", "-f", "github:批注.txt", "-f", "line") == 1
    shown = capsys.readouterr()
    assert shown.out.count("\n") == 1 and "问题 1 个（错误 1）" in shown.out and shown.err == ""
    report = machine.loads(Path("出/结果.json").read_text(encoding="utf-8"))
    assert [finding.matched for finding in report.findings] == ["布署"]
    assert Path("批注.txt").read_text(encoding="utf-8").startswith("::error file=坏稿.txt,line=1,col=5,")
    assert {path.name for path in Path().iterdir()} == {"出", "批注.txt", "坏稿.txt", "好稿.txt"}


@pytest.mark.parametrize(("draft", "code"), [("好稿.txt", 0), ("坏稿.txt", 1), ("没有.txt", 2)])
@pytest.mark.parametrize("where", [["-f", "json"], ["-f", "json:a.json"], ["-f", "json", "-o", "a.json"]])
def test_the_exit_code_does_not_depend_on_the_place(draft: str, code: int, where: list[str]) -> None:
    """Screen, file by -f, file by -o."""
    assert check(draft, *where) == code
    assert Path("a.json").exists() == ("a.json" in "".join(where))


@pytest.mark.parametrize(
    "arguments", [["-f", "json:-"], ["-f", "json"], ["-f", "json：-"], ["-f", "line:a", "-f", "json"]]
)
def test_ways_to_write_to_the_screen(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    """No file, or `-`; a full-width colon is as good."""
    assert check("坏稿.txt", *arguments) == 1
    assert json.loads(capsys.readouterr().out)["counts"]["total"] == 1


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["-f", "jsn"], '没有“jsn”这种格式，是否为 "json"？'),
        (["-f", "pdf"], "可用的有 text、concise、line、json、jsonl、sarif"),
        (["-f", "JSON:a"], "没有“JSON”这种格式"),
        (["-f", "xlsx:a.xlsx"], "没有“xlsx”这种格式"),
        (["-f", "json:"], "冒号后面没有文件名，应如 json:报告.json"),
        (["-f", "json", "-f", "line"], "json、line 都要写到屏幕，只能有一种"),
        (["-f", "json", "-f", "json"], "都要写到屏幕"),
        (["-f", "json:-", "-f", "text"], "如 -f text:报告"),
        (["-f", "json:a", "-f", "line:./a"], "json、line 都要写到 a，请写到不同的文件"),
        (["-f", "json:a", "-o", "b"], "-o 没有可写的"),
    ],
)
def test_forms_that_do_not_go_together_are_refused(
    arguments: list[str], words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """One line that says what to write instead; nothing is written."""
    assert check("坏稿.txt", *arguments) == 2
    shown = capsys.readouterr()
    assert shown.out == "" and words in shown.err and shown.err.count("\n") == 1
    assert sorted(path.name for path in Path().iterdir()) == ["坏稿.txt", "好稿.txt"]


def test_a_workbook_wants_a_file() -> None:
    """No screen shows it."""
    for written in ("xlsx", "xlsx:-"):
        with pytest.raises(click.BadParameter, match=r"不能写到屏幕，请写上文件名，如 xlsx:报告\.xlsx"):
            FormAndFile(inspection=True).convert(written, None, None)


def test_a_file_that_cannot_be_written_costs_no_other_form(capsys: pytest.CaptureFixture[str]) -> None:
    """Every fault is told, the others are written, and the code is 2 whatever was found."""
    Path("是文件夹").mkdir()
    forms = ["-f", "jsonl:坏稿.txt/a", "-f", "github:是文件夹", "-f", "json:a.json", "-f", "line"]
    assert check("好稿.txt", *forms) == 2
    shown = capsys.readouterr()
    assert "问题 0 个" in shown.out
    assert machine.loads(Path("a.json").read_bytes()).findings == ()
    faults = shown.err.splitlines()
    assert [fault.split("：")[:2] for fault in faults] == [["错误", "坏稿.txt/a"], ["错误", "是文件夹"]]
    assert all("写不进去" in fault and "请检查" in fault for fault in faults)


def test_a_file_is_written_whole_or_not_at_all(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the disk is full, what was there before stays, and nothing half-written lies beside it."""
    Path("a.json").write_text("旧", encoding="utf-8")

    def full(*_: object) -> Iterator[str]:
        yield "新"
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(output, "pieces", full)
    assert check("好稿.txt", "-f", "json:a.json") == 2
    assert Path("a.json").read_text(encoding="utf-8") == "旧"
    assert sorted(path.name for path in Path().iterdir()) == ["a.json", "坏稿.txt", "好稿.txt"]


def test_what_a_file_is_stays() -> None:
    """A link goes on leading to the file that is written, and rights that were given stay; new files follow umask."""
    Path("真.json").write_text("旧", encoding="utf-8")
    Path("真.json").chmod(0o640)
    Path("链.json").symlink_to("真.json")
    assert check("好稿.txt", "-f", "json:链.json") == 0
    assert Path("链.json").is_symlink()
    assert machine.loads(Path("真.json").read_bytes()).run.documents == 1
    assert stat.S_IMODE(Path("真.json").stat().st_mode) == 0o640
    mask = os.umask(0o027)
    try:
        assert check("好稿.txt", "-f", "json:新.json") == 0
    finally:
        os.umask(mask)
    assert stat.S_IMODE(Path("新.json").stat().st_mode) == 0o640


def test_a_device_is_written_to_and_not_replaced() -> None:
    """/dev/null stays what it is."""
    assert check("好稿.txt", "-f", "json:/dev/null", "-f", "line") == 0
    assert not Path("/dev/null").is_file()


def test_a_line_is_all_that_comes_unless_something_is_wrong(capsys: pytest.CaptureFixture[str]) -> None:
    """Remarks are left out beside it, what could not be read is not."""
    Path("空.txt").write_text(" \n", encoding="utf-8")
    assert check("好稿.txt", "空.txt", "-f", "line") == 0
    shown = capsys.readouterr()
    assert shown.err == "" and "未读与未检 1 处" in shown.out
    assert check("好稿.txt", "空.txt") == 0
    assert "提示：空.txt" in capsys.readouterr().err
    assert check("好稿.txt", "没有.txt", "-f", "line") == 2
    assert "未完成：没有.txt" in capsys.readouterr().err


def test_an_inspection_writes_all_its_forms(tmp_path: Path) -> None:
    """-f and -o together; no workbook besides those asked for, no progress beside a line."""
    Path("甲.csv").write_text("标题,发布时间\n一则通知,2026-11-20\n", encoding="utf-8")
    Path("jimo-lint.toml").write_text(
        '[[account]]\nname = "云溪发布"\nplatform = "wechat"\narchive = "甲.csv"\n', encoding="utf-8"
    )
    given = ["inspect", "weekly", "--no-links", "--as-of", "2026-11-22"]
    forms = ["-f", "xlsx:出/周检.xlsx", "-f", "line", "-o", "出/周检.json", "-o", "出/周检.jsonl"]
    # In a process of its own each: Scrapy's reactor runs once.
    done = jimo_lint(*given, *forms, cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.count("\n") == 1 and "工作簿 出/周检.xlsx" in done.stdout
    assert sorted(path.name for path in Path("出").iterdir()) == ["周检.json", "周检.jsonl", "周检.xlsx"]
    assert not Path("reports").exists()
    done = jimo_lint(*given, "--no-collect", "-f", "json:又.json", cwd=tmp_path)
    assert (done.returncode, done.stdout) == (0, "") and "完成" in done.stderr
    assert Path("reports/周检-2026-11-22-部分检查.xlsx").is_file()
    read = machine.loads(Path("又.json").read_bytes())
    assert read.accounts[0].reading.account.archive == "甲.csv"
    assert replace(read, problems=(problem("x", "y"),)).complete is False
