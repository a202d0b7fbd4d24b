"""Mending files: only what is certain, only those characters, in the file's own charset, and never twice."""

from __future__ import annotations

from datetime import date
from html import escape
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jimo_lint.cli import run
from jimo_lint.inspection import drafts
from jimo_lint.inspection.mending import mended
from jimo_lint.model import Report
from jimo_lint.readers.drafts import local
from jimo_lint.settings.config import Config
from tests.unit.readers.test_docx_parts import made
from tests.unit.readers.test_readers_docx import run as run_of

AS_OF = date(2026, 12, 1)
pytestmark = pytest.mark.slow


def judged(*paths: Path) -> Report:
    """What the rules say of files."""
    return drafts.check(local.read(paths, as_of=AS_OF), Config(), as_of=AS_OF)[0]


def fixed(path: Path, content: bytes) -> bytes:
    """The content that mending gives a file."""
    path.write_bytes(content)
    (one,) = mended(judged(path))
    assert one.before != one.after
    return one.content


@pytest.mark.parametrize("charset", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_charset_mark_and_line_ends_stay(charset: str, end: str, tmp_path: Path) -> None:
    """Every byte that is not wrong is what it was."""
    text = f"第一行：一切正常。{end}会议研究布署工作，抓好关健环节。{end}{end}末行"
    right = text.replace("布署", "部署").replace("关健", "关键")
    assert fixed(tmp_path / "稿.txt", text.encode(charset)) == right.encode(charset)


def test_markup_code_and_addresses_stay(tmp_path: Path) -> None:
    """Tags within a word, entities, attributes that are addresses, code."""
    page = '<!doctype html><p>研究<b>布</b>署&#24067;署</p><a href="/布署">布署</a><!-- 布署 --><script>布署</script>'
    right = '<!doctype html><p>研究<b>部</b>署部署</p><a href="/布署">部署</a><!-- 布署 --><script>布署</script>'
    assert fixed(tmp_path / "页.html", page.encode()).decode() == right
    text = "# 布署\n\n`布署` [布署](http://www.qingtan.example/布署)\n\n    研究布署\n"
    assert fixed(tmp_path / "稿.md", text.encode()).decode().count("布署") == 2


def test_titles_of_documents_are_their_issuers(tmp_path: Path) -> None:
    """Between 《 and 》 nothing is changed, and it is counted; behind it is."""
    path = tmp_path / "稿.txt"
    path.write_text("《关于布署的通知》布署\n", encoding="utf-8")
    (one,) = mended(judged(path))
    assert one.after == "《关于布署的通知》部署\n" and (one.done, one.left) == (1, 1)


@pytest.mark.parametrize(
    "content", [b"", "布署".encode() + b"\xff\xfe\xff", b"\xff\xfe" + "布署".encode("utf-16-le") + b"\0"]
)
def test_what_does_not_come_back_exactly_is_left_alone(content: bytes, tmp_path: Path) -> None:
    """Bytes that are no text in any charset."""
    path = tmp_path / "稿.html"
    path.write_bytes(b"<!doctype html><p>" + content)
    assert all(not one.done and not one.content for one in mended(judged(path)))


def test_a_file_that_changed_meanwhile_is_left_alone(tmp_path: Path) -> None:
    """What was judged does not stand there any more."""
    path = tmp_path / "稿.txt"
    path.write_text("研究布署工作", encoding="utf-8")
    report = judged(path)
    path.write_text("改过了：布署", encoding="utf-8")
    (one,) = mended(report)
    assert one.before == one.after and one.left == 1


def test_formats_that_cannot_be_changed_are_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """They are not changed, and the number of what could be is said."""
    path = tmp_path / "稿.rtf"
    path.write_text("{\\rtf1\\ansi\\ansicpg936\\uc0 \\u20250\\u35758\\u24067\\u32626}", encoding="ascii")
    before = path.read_bytes()
    assert run(["check", "--isolated", str(path), "--fix"]) == 1
    assert "还有 1 处" in capsys.readouterr().err and path.read_bytes() == before


def test_diff_changes_nothing_and_shows_no_number(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """1 where something is to be mended, 0 where nothing is; numbers of people are masked in it."""
    path = tmp_path / "稿.txt"
    path.write_text("布署 13812345678\n", encoding="utf-8")
    assert run(["check", "--isolated", str(path), "--diff"]) == 1
    shown = capsys.readouterr().out
    assert "-布署 138****5678" in shown and "+部署 138****5678" in shown
    assert path.read_text(encoding="utf-8") == "布署 13812345678\n"
    path.write_text("部署\n", encoding="utf-8")
    assert run(["check", "--isolated", str(path), "--diff"]) == 0
    assert run(["check", "--isolated", str(path), str(tmp_path / "没有.txt"), "--diff"]) == 2


def test_standard_input_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    """There is no file to change."""
    assert run(["check", "-", "--fix"]) == 2
    assert "标准输入不能改" in capsys.readouterr().err


_PIECES = st.lists(
    st.sampled_from(
        ["布署", "关健", "《", "》", "“", "”", "。", "，", "\n", "\r\n", "会议", "的", "[", "](", ")", "`", "<b>",
         "</b>",
         "&amp;", "😀", "全区", "帐号", " ", "、", "（", "）", "第", "1", ".", "国办发[2026]3号"]
    ),
    max_size=40,
)  # fmt: skip


def content(pieces: list[str], suffix: str) -> bytes:
    """Pieces as a file; in Word each is a run."""
    if suffix != ".docx":
        return "".join(pieces).encode()
    runs = "".join("</w:p><w:p>" if one.endswith("\n") else run_of(escape(one)) for one in pieces)
    return made(f"<w:p>{runs}</w:p>")


@pytest.mark.parametrize("suffix", [".txt", ".md", ".html", ".docx"])
@given(pieces=_PIECES)
@settings(max_examples=12, deadline=None)
def test_mending_never_makes_a_finding(
    suffix: str, pieces: list[str], tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Afterwards there is no finding that was not there, and nothing more to mend."""
    path = tmp_path_factory.mktemp("稿") / f"稿{suffix}"
    path.write_bytes(content(pieces, suffix))
    before = judged(path)
    for one in mended(before):
        if one.done:
            path.write_bytes(one.content)
    after = judged(path)
    assert len(after.findings) <= len(before.findings)
    assert {one.code for one in after.findings} <= {one.code for one in before.findings}
    assert not any(one.done for one in mended(after))
