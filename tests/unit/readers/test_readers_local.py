"""Local drafts: what is read of them, and where each word stands in the file."""

from __future__ import annotations

import os
import re
from datetime import date, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jimo_lint.model import Document, Problem
from jimo_lint.readers.drafts import local, markdown
from jimo_lint.readers.source import Source
from tests.support.drafts import read_text

AS_OF = date(2026, 11, 22)


def place(document: Document, word: str, nth: int = 1) -> tuple[int, int]:
    """Line and column of the nth occurrence of a word in the document's text."""
    at = -1
    for _ in range(nth):
        at = document.text.index(word, at + 1)
    return document.position(at)


def draft(text: str, suffix: str) -> Document:
    return read_text(text, f"稿件{suffix}", suffix, as_of=AS_OF)


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("charset", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_a_text_file_keeps_its_lines_and_columns(tmp_path: Path, charset: str, end: str) -> None:
    """Blank lines, tabs, full-width blanks, line ends, charset and mark change no place."""
    file = tmp_path / "稿.txt"
    file.write_bytes(end.join(["标题", "", "　　第一错段。", "\t尾错", ""]).encode(charset))
    (document,) = local.read([file], as_of=AS_OF)
    assert isinstance(document, Document)
    assert place(document, "错") == (3, 5)
    assert place(document, "错", 2) == (4, 3)
    assert document.url == str(file)
    assert document.source == "file"


def test_columns_count_code_points() -> None:
    """A character beyond the basic plane is one column, as in an editor."""
    assert place(draft("😀𠮷错", ".txt"), "错") == (1, 3)


MARKDOWN = """---
title: "关于错字的通知"
date: 2026-11-20
tags: [错]
---
# 关于**错**字

- [x] 见[《错》全文](https://a.example/错 "错")，运行 `错 --错`。
> 1. 引用错 <b>粗</b>错&nbsp;&#38169;错 https://a.example/x.html，错
![错图](a.png) \\*错\\*

```python
错 = 1
```
~~~
错
~~~
<!-- 错 --> 后错 <!-- 始错
错
终 --> 末错
| 表 | 错 |
|----|:---|

[错]: https://a.example/
"""


def test_markdown_is_read_as_a_reader_sees_it() -> None:
    """Code, addresses, comments, markers and front matter are no text; title and date come from the front."""
    document = draft(MARKDOWN, ".md")
    assert document.title == "关于错字的通知"
    assert document.published == datetime(2026, 11, 20)
    assert [block.text.strip() for block in document.blocks] == [
        "关于错字的通知",
        "关于错字",
        "见《错》全文，运行 \u2009。",
        "引用错 粗错\xa0错错 \u2009，错",
        "错图 *错*",
        "后错",
        "末错",
        "表 错",
    ]


def test_every_word_of_markdown_has_its_place_in_the_file() -> None:
    """The character at the place found is the one meant, for each occurrence."""
    document = draft(MARKDOWN, ".md")
    lines = MARKDOWN.split("\n")
    found = [document.position(at) for at, character in enumerate(document.text) if character == "错"]
    assert len(found) == 13
    for line, column in found:
        assert lines[line - 1][column - 1] == "错" or lines[line - 1][column - 1 :].startswith("&#38169;")
    assert len(set(found)) == len(found)


def test_two_words_do_not_grow_together_over_code() -> None:
    """What stands left and right of code is not made one word."""
    assert draft("的`x`的", ".md").text == "的\u2009的"


@given(st.text(alphabet="错a` *_[]()<>!#-|\\~\n\t&;:/。　", min_size=1, max_size=80))
def test_markdown_never_fails_and_never_misplaces(text: str) -> None:
    """Whatever the markers, each Chinese character of the text stands where the file has it."""
    document = draft(text, ".md")
    lines = text.split("\n")
    for at, character in enumerate(document.text):
        if character == "错":
            line, column = document.position(at)
            assert lines[line - 1][column - 1] == "错"


def test_one_link_after_another_is_a_word_of_its_own() -> None:
    """Links to different places leave a blank between their texts; those to one place, and a word cut by one, none."""
    assert markdown.parse("[落实](/1)[落实情况](/2)[通报](/2)").blocks[0].text == "落实 落实情况通报"
    assert markdown.parse("要[进行](/1)进行检查").blocks[0].text == "要进行进行检查"
    document = draft("[甲](/1)[乙丙](/2)", ".md")
    assert document.position(document.text.index("乙")) == (1, 9)


def test_front_matter_that_never_ends_is_text() -> None:
    """A rule in the first line opens nothing by itself."""
    assert markdown.parse("---\n正文\n").blocks[0].text == "正文"


def test_folders_are_read_in_order_without_hidden_files(tmp_path: Path) -> None:
    """Files at every depth, each once, also where it was named twice; one that cannot be read is told of."""
    for name in ("b.md", "a.txt", ".隐藏.txt", "图.png", "子/c.html", ".git/d.txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("文", encoding="utf-8")
    values = list(local.read([tmp_path, tmp_path / "a.txt"], as_of=AS_OF))
    assert [Path(one.url).name for one in values if isinstance(one, Document)] == ["a.txt", "b.md", "c.html"]
    (problem,) = [one for one in values if isinstance(one, Problem)]
    assert Path(problem.place).name == "图.png"
    assert "未检查" in problem.message
    assert not problem.excused


@pytest.mark.parametrize("pattern", ["*.png", "图.*", "*/图.png"])
def test_what_a_pattern_excludes_is_counted(tmp_path: Path, pattern: str) -> None:
    """Names, parts of names and whole paths; a folder's name leaves out all that lies in it."""
    for name in ("a.txt", "图.png", "旧稿/b.txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("文", encoding="utf-8")
    values = list(local.read([tmp_path], as_of=AS_OF, exclude=(pattern, "旧稿")))
    assert [Path(one.url).name for one in values if isinstance(one, Document)] == ["a.txt"]
    (problem,) = [one for one in values if isinstance(one, Problem)]
    assert "2 个文件" in problem.message
    assert problem.excused


@pytest.mark.parametrize(
    ("given", "pattern", "read"),
    [
        ("旧稿/site", "旧稿", ["a.txt", "b.txt"]),
        ("旧稿/site", "旧*", ["a.txt", "b.txt"]),
        ("旧稿/site", "*旧稿*", ["a.txt", "b.txt"]),
        ("旧稿/site", "*/旧稿/*", ["a.txt", "b.txt"]),
        ("旧稿/site", "site", ["a.txt", "b.txt"]),
        ("旧稿", "旧稿", ["a.txt", "b.txt"]),
        ("旧稿", "site", []),
        ("旧稿", "site/*", []),
        ("旧稿/site", "草稿", ["a.txt"]),
        ("旧稿/site", "草稿/*", ["a.txt"]),
        ("旧稿/site", "*/b.txt", ["a.txt"]),
        ("旧稿/site", "旧稿/site/草稿/*", ["a.txt"]),
        ("旧稿/site/草稿/b.txt", "旧稿", []),
        ("旧稿/site/草稿/b.txt", "*/草稿/*", []),
        ("旧稿/site/a.txt", "草稿", ["a.txt"]),
    ],
)
def test_what_lies_above_a_folder_excludes_nothing(
    given: str, pattern: str, read: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Patterns are for what is inside the folder given; a file's are for its path as it was written."""
    (tmp_path / "旧稿/site/草稿").mkdir(parents=True)
    for name in ("a.txt", "草稿/b.txt"):
        (tmp_path / "旧稿/site" / name).write_text("文", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    values = local.read([Path(given)], as_of=AS_OF, exclude=(pattern,))
    assert [Path(one.url).name for one in values if isinstance(one, Document)] == read


@pytest.mark.parametrize("given", ["", "a.txt"])
def test_an_absolute_path_excludes_nothing_by_where_it_lies(given: str, tmp_path: Path) -> None:
    """/builds/旧稿/site is where a CI has put the work."""
    folder = tmp_path / "旧稿" / "site"
    folder.mkdir(parents=True)
    (folder / "a.txt").write_text("文", encoding="utf-8")
    values = list(local.read([folder / given], as_of=AS_OF, exclude=("旧稿", "*/旧稿/*", "")))
    assert [type(one) for one in values] == [Document]


def test_a_folder_that_leads_into_itself_ends(tmp_path: Path) -> None:
    """A link to a folder above is not followed."""
    (tmp_path / "a.txt").write_text("文", encoding="utf-8")
    (tmp_path / "环").symlink_to(tmp_path)
    assert len(list(local.read([tmp_path], as_of=AS_OF))) == 1


def test_what_cannot_be_read_is_a_problem(tmp_path: Path) -> None:
    """Missing, binary, unknown, empty folder: a line with place, fault and remedy each; the rest is read."""
    (tmp_path / "图.txt").write_bytes(b"\x89PNG\r\n\x1a\n\x00\x00")
    (tmp_path / "图.dwg").write_bytes(b"AC1032\x00\x00")
    (tmp_path / "坏.docx").write_bytes(b"PK\x03\x04")
    (tmp_path / "好.txt").write_text("文", encoding="utf-8")
    (tmp_path / "空").mkdir()
    paths = [tmp_path / name for name in ("没有.txt", "图.txt", "图.dwg", "坏.docx", "空", "好.txt")]
    values = list(local.read(paths, as_of=AS_OF))
    assert [one.place for one in values if isinstance(one, Problem)] == [str(path) for path in paths[:5]]
    assert isinstance(values[-1], Document)
    messages = [one.message for one in values if isinstance(one, Problem)]
    expected = ("没有这个文件", "图片已损坏", "CAD 图纸", "Word 文档已损坏", "没有可检查的文件")
    for message, wanted in zip(messages, expected, strict=True):
        assert wanted in message


_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


@pytest.mark.parametrize(
    ("body", "wanted"),
    [
        (b"", "是空的"),
        (_OLE + bytes(600), "已损坏"),
        (b"PK\x03\x04" + bytes(30), "没有下载或复制完"),
        (b"x", "不是 Word 文档"),
    ],
)
def test_a_docx_that_is_none_says_what_it_is(tmp_path: Path, body: bytes, wanted: str) -> None:
    """Empty, half copied in either format, or something else: each has its own words, none of them English."""
    file = tmp_path / "稿.docx"
    file.write_bytes(body)
    (problem,) = local.read([file], as_of=AS_OF)
    assert isinstance(problem, Problem)
    assert wanted in problem.message
    assert not re.search(r"[A-Z][a-z]+[A-Z]|Error", problem.message)


def test_a_file_over_50_mb_is_not_read(tmp_path: Path) -> None:
    """Its size is looked at before it is read."""
    file = tmp_path / "大.txt"
    with file.open("wb") as large:
        large.truncate(51 * 1024 * 1024)
    (problem,) = local.read([file], as_of=AS_OF)
    assert isinstance(problem, Problem)
    assert "50 MB" in problem.message


def test_a_file_without_permission_is_a_problem(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file that the system refuses is named with the reason."""
    file = tmp_path / "密.txt"
    file.write_text("文", encoding="utf-8")

    def refuse(path: Path, mode: str) -> bytes:
        raise PermissionError(13, "Permission denied", str(path))

    monkeypatch.setattr(Path, "open", refuse)  # root, who runs the tests in containers, may read everything
    (problem,) = local.read([file], as_of=AS_OF)
    assert isinstance(problem, Problem)
    assert "读不出" in problem.message


def test_personal_data_is_masked_in_place() -> None:
    """The number is gone, its place is known, and what follows keeps its column."""
    document = draft("电话：13812345678，错", ".txt")
    assert "13812345678" not in document.text
    assert document.personal[0].what == "mobile"
    assert place(document, "错") == (1, 16)


def test_text_from_standard_input_is_a_document() -> None:
    """Bytes in any charset give a document under the name given, or a problem."""
    (document,) = local.read_source(Source("-", "标准输入错".encode("gb18030")), ".txt", as_of=AS_OF)
    assert isinstance(document, Document)
    assert (document.url, document.text) == ("-", "标准输入错")
    (problem,) = local.read_source(Source("-", b"\x00\x01"), ".txt", as_of=AS_OF)
    assert isinstance(problem, Problem)


def test_odd_entries_are_told_of_and_the_rest_is_read(tmp_path: Path) -> None:
    """Links that lead in a circle, pipes, and names longer than the system allows are Problems, never a traceback."""
    (tmp_path / "圈.txt").symlink_to("圈.txt")
    os.mkfifo(tmp_path / "管.txt")
    (tmp_path / "好.txt").write_text("好稿", encoding="utf-8")
    found = list(local.read([tmp_path, tmp_path / "圈.txt", tmp_path / ("长" * 300 + ".txt")], as_of=AS_OF))
    assert [one.title for one in found if isinstance(one, Document)] == ["好.txt"]
    told = {Path(one.place).stem[:4]: one.message for one in found if isinstance(one, Problem)}
    assert told.keys() == {"圈", "管", "长长长长"}
    assert "符号链接" in told["圈"]
    assert "不是普通文件" in told["管"]
    assert "名称过长" in told["长长长长"]
