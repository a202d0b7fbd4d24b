"""Comments that hold findings back: with a reason, for the lines that they name, told each time."""

from __future__ import annotations

import contextlib
import io
import json
from pathlib import Path

import pytest

from jimo_lint.cli import run as main
from tests.unit.readers.test_docx_parts import made, paragraph, relation
from tests.unit.readers.test_readers_docx import WORD, run

pytestmark = pytest.mark.slow
WRONG = "研究布署。"


@pytest.fixture(autouse=True)
def _folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def lines(text: str, capsys: pytest.CaptureFixture[str], name: str = "稿.md") -> tuple[list[int], str]:
    """The lines with findings, and what was told on stderr."""
    Path(name).write_text(text, encoding="utf-8")
    main(["check", "--isolated", name, "-f", "json"])
    shown = capsys.readouterr()
    return [one["line"] for one in json.loads(shown.out)["findings"]], shown.err


@pytest.mark.parametrize(
    ("text", "left"),
    [
        (f"{WRONG} <!-- jimo-lint-disable-line T101: 原文 -->\n\n{WRONG}", [3]),
        (f"<!-- jimo-lint-disable-next-line T101：原文 -->\n{WRONG}\n\n{WRONG}", [4]),
        (
            f"{WRONG}\n\n<!-- jimo-lint-disable T,F: 错例 -->\n\n{WRONG}\n\n<!-- jimo-lint-enable T -->\n\n{WRONG}",
            [1, 9],
        ),
        (f"<!-- jimo-lint-disable all: 错例 -->\n\n<!-- jimo-lint-enable T101 -->\n\n{WRONG}", [5]),
        (f"<!-- jimo-lint-disable all: 错例 -->\n\n<!-- jimo-lint-enable F -->\n\n{WRONG}", []),
        (f"<!-- jimo-lint-disable-next-line T101: 原文，\n写了两行 -->\n{WRONG}\n\n{WRONG}", [5]),
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


@pytest.mark.parametrize(
    ("rules", "options", "told"),
    [
        ("T101", [], True),
        ("T101", ["--ignore", "T101"], False),
        ("T101", ["--select", "S"], False),
        ("common-typo", ["--select", "S"], False),
        ("T101,S101", ["--select", "S"], False),
        ("T101,S101", ["--select", "S101,T101"], True),
        ("T", [], True),  # T105 is off unless asked for
        ("T", ["--ignore", "T103"], False),
        ("T105", [], False),
        ("T105", ["--extend-select", "T105"], True),
        ("all", [], True),
        ("all", ["--min-confidence", "certain"], False),
        ("T999", [], True),
    ],
)
def test_a_comment_is_of_no_use_only_where_its_rules_were_in_use(
    rules: str, options: list[str], told: bool, capsys: pytest.CaptureFixture[str]
) -> None:
    """What was not looked for may still be there."""
    Path("稿.md").write_text(f"正常。 <!-- jimo-lint-disable-line {rules}: 原文 -->\n", encoding="utf-8")
    assert main(["check", "--isolated", "稿.md", *options]) == 0
    assert ("U101" in capsys.readouterr().err) is told


def test_a_comment_tells_of_the_rules_of_its_own_folder(capsys: pytest.CaptureFixture[str]) -> None:
    """A rule that is off for one draft is in use for another."""
    Path("jimo-lint.toml").write_text('[[path]]\nmatch = "旧/*"\nignore = ["T101"]\n', encoding="utf-8")
    Path("旧").mkdir()
    for name in ("稿.md", "旧/稿.md"):
        Path(name).write_text("正常。 <!-- jimo-lint-disable-line T101: 原文 -->\n", encoding="utf-8")
    main(["check", "稿.md", "旧/稿.md"])
    shown = capsys.readouterr().err
    assert "稿.md:1：U101" in shown and "旧/稿.md:1：U101" not in shown


@pytest.mark.parametrize(
    "slip",
    [
        *("jimo-lint disable T101: 错例", "jimo-lint-disabel T101: 错例", "jimolint-disable: 甲"),
        *("jimo-lint：ignore T101 错例", "jimo-lint 忽略 T101：错例", "jimo-lint：不报 T101"),
    ],
)
def test_a_slip_in_such_a_comment_is_told(slip: str, capsys: pytest.CaptureFixture[str]) -> None:
    """It holds nothing back, and its author hears of it; a comment about the program is no slip."""
    found, told = lines(f"<!-- 用 jimo-lint 查过 -->\n\n<!-- {slip} -->\n\n{WRONG}\n", capsys)
    assert found == [5]
    assert "稿.md:3：U102" in told and "稿.md:1" not in told


def test_remarks_are_nothing_unread(capsys: pytest.CaptureFixture[str]) -> None:
    """They do not count as what could not be checked."""
    Path("稿.md").write_text(f"{WRONG} <!-- jimo-lint-disable-line T101: 原文 -->\n", encoding="utf-8")
    assert main(["check", "--isolated", "稿.md"]) == 0
    assert "未能检查" not in capsys.readouterr().out


def remarked(body: str, *comments: str, select: str = "T") -> tuple[list[str], str]:
    """Where there are findings in a Word document that holds such comments, numbered from 1, and what was told."""
    said = "".join(f"<w:comment w:id='{number}'>{one}</w:comment>" for number, one in enumerate(comments, 1))
    parts = {
        "word/comments.xml": f"<w:comments xmlns:w='{WORD}'>{said}</w:comments>",
        "word/h.xml": f"<w:hdr xmlns:w='{WORD}'>{paragraph(WRONG)}</w:hdr>",
    }
    Path("稿.docx").write_bytes(
        made(body, parts, relation("r1", "comments", "comments.xml") + relation("r2", "header", "h.xml"))
    )
    told = io.StringIO()
    with contextlib.redirect_stdout(io.StringIO()) as out, contextlib.redirect_stderr(told):
        main(["check", "--isolated", "--select", select, "稿.docx", "-f", "json"])
    return sorted(one["locator"] for one in json.loads(out.getvalue())["findings"]), told.getvalue()


def about(number: int, inside: str) -> str:
    """Text that a comment is about."""
    start, end = (f"<w:commentRange{one} w:id='{number}'/>" for one in ("Start", "End"))
    return f"{start}{inside}{end}<w:r><w:commentReference w:id='{number}'/></w:r>"


def named(name: str, inside: str) -> str:
    """Text that has a bookmark."""
    return f"<w:bookmarkStart w:id='5' w:name='{name}'/>{inside}<w:bookmarkEnd w:id='5'/>"


P, REFERENCE = paragraph(WRONG), "<w:r><w:commentReference w:id='1'/></w:r>"


@pytest.mark.parametrize(
    ("body", "comment", "left"),
    [
        (P + f"<w:p>{about(1, run(WRONG))}</w:p>", "jimo-lint-disable T101: 原文", ["第 1 段"]),
        # What it is put around, within a paragraph or over several of them.
        (f"<w:p>{about(1, run(WRONG))}{run('，布署')}</w:p>", "jimo-lint-disable T101：原文", ["第 1 段"]),
        (
            (f"<w:p><w:commentRangeStart w:id='1'/>{run(WRONG)}</w:p>{P}<w:p><w:commentRangeEnd w:id='1'/>"
            f"{run(WRONG)}{REFERENCE}</w:p>"),
            "jimo-lint-disable all: 原文",
            ["第 3 段"],
        ),
        # Around nothing: its paragraph.
        (P + f"<w:p>{run(WRONG)}{REFERENCE}</w:p>", "jimo-lint-disable T: 布署", ["第 1 段"]),
        (f"<w:p>{about(1, run(WRONG))}</w:p>", "jimo-lint-disable S: 原文", ["第 1 段"]),
        (f"<w:p>{about(1, run(WRONG))}</w:p>", "jimo-lint-disable T101", ["第 1 段"]),
        (f"<w:p>{about(1, run(WRONG))}</w:p>", "不报 jimo-lint-disable T101: 原文", ["第 1 段"]),
        (P + f"<w:p>{named('jimo_lint_T101_原文', run(WRONG))}</w:p>", "", ["第 1 段"]),
        (P + f"<w:p>{run(WRONG)}{named('jimo_lint_t_F_引用_原文', '')}</w:p>", "", ["第 1 段"]),
        (f"<w:p>{named('jimo_lint_T101', run(WRONG))}</w:p>", "", ["第 1 段"]),
        (f"<w:p>{named('_Toc1', run(WRONG))}</w:p>", "", ["第 1 段"]),
    ],
)  # fmt: skip
def test_comments_and_bookmarks_of_word(body: str, comment: str, left: list[str]) -> None:
    """They hold back what they stand at, and nothing of the margins."""
    assert remarked(body, paragraph(comment))[0] == [*left, "页眉"]


def test_remarks_in_word_are_told() -> None:
    """As those of pages: what was held back, what is of no use, what has no reason."""
    body = (
        f"<w:p>{about(1, run(WRONG))}{about(2, run('正常'))}{about(3, run('也正常'))}{named('jimo_lint_T1', '')}</w:p>"
    )
    said = ("jimo-lint-disable T101: 原文", "jimo-lint-disable T102: 原文", "jimo-lint-disable T101")
    _, told = remarked(body, *map(paragraph, said))
    assert "有 1 个问题" in told
    assert (
        "稿.docx 批注 2：U101" in told and "稿.docx 批注 3：U102" in told and "稿.docx 书签 jimo_lint_T1：U102" in told
    )
    assert "jimo_lint_T101_原因" in told and "<!--" not in told


def test_the_words_of_a_remark_are_nobodys_text() -> None:
    """They are not judged, and not counted either; but numbers of people are told wherever they stand."""
    body = f"<w:p>{about(1, run(WRONG))}</w:p>"
    found, told = remarked(
        body, paragraph("jimo-lint-disable T101: 布署(见附件)，关健，11010519491231002X"), select="T,F,P"
    )
    assert found == ["批注 1", "页眉"] and "有 1 个问题" in told


def test_our_own_comments_are_not_judged() -> None:
    """What we wrote into a copy names wrong words, which are not wrong there."""
    body = f"<w:p>{about(1, run('正常'))}</w:p>"
    assert remarked(body, paragraph(f"T101 错误：{WRONG}"))[0] == ["批注 1", "页眉"]
    ours = f"<w:comment w:id='1' w:author='jimo-lint'>{paragraph(f'T101 错误：{WRONG}')}</w:comment>"
    Path("稿.docx").write_bytes(
        made(body, {"word/comments.xml": f"<w:comments xmlns:w='{WORD}'>{ours}</w:comments>"},
             relation("r1", "comments", "comments.xml"))
    )  # fmt: skip
    assert main(["check", "--isolated", "--select", "T", "稿.docx", "-f", "line"]) == 0
