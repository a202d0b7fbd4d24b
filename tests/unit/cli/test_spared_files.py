"""Nothing that a run writes takes the place of a file that it reads, whichever command writes it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from jimo_lint.cli import cli, options, run
from jimo_lint.cli.output import FormAndFile
from jimo_lint.errors import ReportError

SETTINGS = """
[site]
name = "青潭区"
start = ["http://127.0.0.1:9/"]

[[account]]
name = "青潭发布"
platform = "wechat"
archive = "档案"
"""
# What their files have to end with.
ENDS = {
    "bulletin": "docx",
    "ledger": "xlsx",
    "mystery export": "xlsx",
    "mystery import": "xlsx",
    "plan": "json",
    "review export": "csv",
}
# Theirs is the settings file itself, or one that is not there yet, which has tests of its own.
OTHERS = {"init", "columns import", "accounts import", "store backup", "fleet report", "demo"}
DRAFT = "会议研究布署工作。\n"


def _writers(group: click.Group, above: str = "") -> Iterator[tuple[str, list[str]]]:
    """Each command that writes a file whose name it is given, with the arguments before that."""
    context = click.Context(group)
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        assert command is not None
        words = f"{above} {name}".strip()
        if isinstance(command, click.Group):
            yield from _writers(command, words)
            continue
        for one in command.params:
            if isinstance(one.type, FormAndFile):
                yield words, ["-f", "json:"]
            elif {"-o", "--output"} & set(one.opts):
                yield words, ["-f", "json", "-o"] if any("-f" in other.opts for other in command.params) else ["-o"]
            elif words in ("review export", "store backup") and isinstance(one, click.Argument):
                yield words, []


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Settings, a draft and an archive."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "jimo-lint.toml").write_text(SETTINGS, encoding="utf-8")
    (tmp_path / "稿.txt").write_text(DRAFT, encoding="utf-8")
    (tmp_path / "档案").mkdir()
    for end in ("csv", "docx", "json", "xlsx"):
        (tmp_path / "档案" / f"一.{end}").write_text(DRAFT, encoding="utf-8")
    return tmp_path


@pytest.mark.slow
def test_every_command_spares_what_the_settings_name(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """An archive: refused before anything is collected, with place and remedy; nothing is written."""
    met = set()
    before = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    for words, options_before in _writers(cli):
        if words in OTHERS:
            continue
        met.add(words)
        place = f"档案/一.{ENDS.get(words, 'json')}"
        last = f"{options_before.pop()}{place}" if options_before[-1:] == ["json:"] else place
        given = {"check": ["稿.txt"], "links": ["稿.txt"], "mystery import": ["稿.txt"], "recheck": ["青潭发布"]}
        arguments = [*words.split(), *given.get(words, []), *options_before, last]
        if words in ("check", "links", "recheck", "watch", "report") or words.startswith("inspect"):
            arguments = [*words.split(), *given.get(words, []), "-f", f"json:{place}"]
        assert run(arguments) == 2, arguments
        said = capsys.readouterr().err
        assert f"{place}：这次运行要读这个文件，没有盖掉它。请写到别的文件" in said, (arguments, said)
    assert met >= {"check", "links", "inspect weekly", "inspect columns", "report", "plan", "review export"}
    assert before == {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.mark.parametrize(
    "arguments",
    [
        ("稿.txt", "-o", "稿.txt"),
        (".", "-f", "html:稿.txt"),
        ("稿.txt", "-f", "json:./档案/../稿.txt"),
        ("稿.txt", "-f", "sarif:连.txt"),
        ("连.txt", "-o", "稿.txt"),
        ("稿.txt", "--baseline", "稿.txt", "--write-baseline"),
        ("稿.txt", "--baseline", "基线.toml", "-o", "基线.toml"),
        ("稿.txt", "--checklist", "档案/一.xlsx"),
        ("稿.txt", "-o", "jimo-lint.toml"),
        ("稿.txt", "--isolated", "-o", ".jimo-lint/store.sqlite3"),
    ],
)
def test_a_check_spares_drafts(folder: Path, arguments: tuple[str, ...]) -> None:
    """Given or found, under another name, through a link; settings, the store and the baseline too."""
    (folder / "连.txt").symlink_to("稿.txt")
    (folder / "基线.toml").write_text("", encoding="utf-8")
    (folder / ".jimo-lint").mkdir()
    (folder / ".jimo-lint/store.sqlite3").write_bytes(b"-")
    before = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    assert run(["check", *arguments]) == 2
    assert before == {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_a_report_in_no_form_of_drafts_is_no_draft(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """In a folder that is checked again it is written anew, and not told of as a file that could not be read."""
    (folder / "文稿").mkdir()
    (folder / "稿.txt").rename(folder / "文稿/稿.txt")
    for _ in range(2):
        assert run(["check", "文稿", "-f", "text", "-f", "sarif:文稿/报告.sarif", "-f", "junit:文稿/报告.xml"]) == 1
        told = capsys.readouterr()
        assert "未能检查" not in told.out and "报告" not in told.err


def test_an_earlier_report_is_replaced(folder: Path) -> None:
    """Beside the draft, or in a folder that is checked without it; a baseline that is brought up to date."""
    draft = (folder / "稿.txt").read_bytes()
    for _ in range(2):
        assert run(["check", "稿.txt", "-o", "报告.txt"]) == 1
        assert (
            run(
                [
                    "check",
                    ".",
                    "--exclude",
                    "报告.*",
                    "--exclude",
                    "档案",
                    "--exclude",
                    "*.toml",
                    "-f",
                    "html:报告.html",
                ]
            )
            == 1
        )
        assert run(["check", "稿.txt", "--baseline", "基线.toml", "--write-baseline"]) == 0
    assert "布署" in (folder / "报告.html").read_text(encoding="utf-8")
    assert (folder / "稿.txt").read_bytes() == draft


def test_the_screen_and_pipes_take_no_place(folder: Path) -> None:
    """Neither is a file that anything could be lost from."""
    options.spare([None, Path("/dev/null"), folder / "新.json"], [folder])
    with pytest.raises(ReportError):
        options.spare([folder / "稿.txt"], [folder])
