"""Text with separators read as a file: each cell at its line and column, in whichever encoding."""

from __future__ import annotations

from datetime import date

import pytest

from jimo_lint.errors import InputError
from jimo_lint.model import Cell, Document
from jimo_lint.readers.attachments.workbooks import separated
from jimo_lint.readers.contents import FileContents
from jimo_lint.readers.source import Source


def read(text: str, charset: str = "utf-8") -> FileContents:
    """The contents of a csv file."""
    return separated.read(Source("a.csv", text.encode(charset)), "", date(2026, 11, 22))


def cells(document: Document) -> dict[str, str]:
    """What stands where."""
    return {one.locator: one.text for one in document.blocks}


@pytest.mark.parametrize("charset", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("separator", [",", "\t", ";"])
def test_cells_stand_where_they_do_in_the_file(charset: str, separator: str) -> None:
    """Rows and columns, and line and column of each character."""
    rows = [["姓名", "手机号"], ["甲一", "13800001111"], ["", "注"]]
    document = read("\r\n".join(separator.join(row) for row in rows), charset).document
    assert cells(document) == {
        "第 1 行第 1 列": "姓名",
        "第 1 行第 2 列": "手机号",
        "第 2 行第 1 列": "甲一",
        "第 2 行第 2 列": "13800001111",
        "第 3 行第 2 列": "注",
    }
    assert document.position(document.text.index("13800001111")) == (2, 4)
    assert document.position(document.text.index("注")) == (3, 2)
    assert document.blocks[3].spot == Cell("表格", 2, 2)


def test_quoted_cells_hold_separators_lines_and_quotes() -> None:
    """Positions count the doubled quotes and the lines in the file; rows count as a spreadsheet shows them."""
    text = '标题,说明\n"甲,乙","一""二\n三"",四"\n尾,"",末\n'
    document = read(text).document
    assert cells(document) == {
        "第 1 行第 1 列": "标题",
        "第 1 行第 2 列": "说明",
        "第 2 行第 1 列": "甲,乙",
        "第 2 行第 2 列": '一"二\n三",四',
        "第 3 行第 1 列": "尾",
        "第 3 行第 3 列": "末",
    }
    lines = text.split("\n")
    for letter in "乙一二三四尾末":
        line, column = document.position(document.text.index(letter))
        assert lines[line - 1][column - 1] == letter


def test_a_quote_that_nobody_closes_is_a_quote() -> None:
    """The rest of the file is not taken for one cell."""
    document = read('a,"b\nc,d\n5" 管,x\n').document
    assert cells(document)["第 1 行第 2 列"] == '"b'
    assert cells(document)["第 3 行第 1 列"] == '5" 管'
    many = read("甲,乙\n" + '"x\n' * 40_001)  # each of them may be the beginning of a cell up to the next
    assert len(many.document.blocks) > 20_000


def test_a_hint_above_the_header_is_no_row() -> None:
    """Excel's own line about the separator."""
    document = read("sep=;\n甲;乙\n").document
    assert cells(document) == {"第 1 行第 1 列": "甲", "第 1 行第 2 列": "乙"}
    assert document.position(0) == (2, 1)


@pytest.mark.parametrize(("text", "mark"), [("", "empty"), (",,\n,,\n", "empty")])
def test_a_table_without_a_word_is_empty(text: str, mark: str) -> None:
    """And said to be so."""
    with pytest.raises(InputError) as fault:
        read(text)
    assert fault.value.mark == mark


def test_what_is_no_text_is_said_to_be_none() -> None:
    """A picture called csv."""
    with pytest.raises(InputError):
        separated.read(Source("a.csv", b"\x89PNG\r\n\x1a\n\0\0"), "", date(2026, 11, 22))
