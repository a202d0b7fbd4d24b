"""Workbooks that people have been at are kept: the new one stands beside them."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl.comments import Comment

from jimo_lint.report import kept
from jimo_lint.report.xlsx import columns, weekly
from tests.support import report_samples as samples
from tests.support import workbooks

pytestmark = pytest.mark.slow


def write(folder: Path) -> Path:
    """The sample workbook, written where it belongs or beside it."""
    return weekly.write(samples.weekly(), folder / "周检.xlsx")


def in_column(sheet: str, title: str, value: object) -> Callable[[Path], None]:
    """Fills the first row of a column that is left to a person."""

    def fill(path: Path) -> None:
        book = workbooks.opened(path)
        heads = [cell.value for cell in book[sheet][1]]
        book[sheet].cell(2, heads.index(title) + 1).value = value  # type: ignore[assignment]
        book.save(path)

    return fill


def signed(path: Path) -> None:
    """The inspector's name on the cover."""
    book = workbooks.opened(path)
    for row in book["封面与结论"].iter_rows():
        for cell in row:
            if cell.value == "检查人：":
                cell.value = "检查人：罗小满"
    book.save(path)


def commented(path: Path) -> None:
    """A note on a cell that no one is asked to fill in."""
    book = workbooks.opened(path)
    book["问题明细"]["F4"].comment = Comment("已电话通知", "罗小满")
    book.save(path)


def own_sheet(path: Path) -> None:
    """A sheet of one's own."""
    book = workbooks.opened(path)
    book.create_sheet("会议记录")["A1"] = "下周复查"
    book.save(path)


TOUCHES: dict[str, Callable[[Path], None]] = {
    "审核意见": in_column("问题明细", "审核意见", "误报"),
    "整改情况": in_column("整改清单", "整改情况", "已换链接"),
    "整改人": in_column("整改清单", "整改人", "罗小满"),
    "补查情况": in_column("未检账号", "补查情况", "已补导出"),
    "签字": signed,
    "批注": commented,
    "自己加的表": own_sheet,
    "一份别的文件": lambda path: path.write_bytes("不是工作簿".encode()) and None,
    "半截的文件": lambda path: path.write_bytes(path.read_bytes()[:9_000]) and None,
    "LibreOffice 开着": lambda path: path.with_name(f".~lock.{path.name}#").touch(),
    "Excel 开着": lambda path: path.with_name(f"~${path.name}").touch(),
    "WPS 开着": lambda path: path.with_name(f".~{path.name}").touch(),
}


@pytest.mark.parametrize("touch", TOUCHES.values(), ids=TOUCHES)
def test_what_a_person_wrote_is_never_replaced(touch: Callable[[Path], None], tmp_path: Path) -> None:
    """Whatever has been filled in, and wherever: the file stays byte by byte, and the new one is 周检-2."""
    path = write(tmp_path)
    touch(path)
    before = path.read_bytes()
    assert write(tmp_path) == tmp_path / "周检-2.xlsx"
    assert path.read_bytes() == before
    assert workbooks.opened(tmp_path / "周检-2.xlsx").sheetnames[0] == "封面与结论"


def test_a_workbook_that_nobody_touched_is_replaced(tmp_path: Path) -> None:
    """Running again leaves one file, as before; an empty file holds nothing to keep; so does 周检-2."""
    (tmp_path / "周检.xlsx").touch()
    for _ in range(3):
        assert write(tmp_path) == tmp_path / "周检.xlsx"
    signed(tmp_path / "周检.xlsx")
    for _ in range(2):
        assert write(tmp_path) == tmp_path / "周检-2.xlsx"
    signed(tmp_path / "周检-2.xlsx")
    assert write(tmp_path) == tmp_path / "周检-3.xlsx"
    assert sorted(entry.name for entry in tmp_path.iterdir()) == ["周检-2.xlsx", "周检-3.xlsx", "周检.xlsx"]


def test_a_copy_under_another_name_is_still_known(tmp_path: Path) -> None:
    """The seal is in the file: moved to another folder or sent by mail it can be told from one that was filled in."""
    moved = tmp_path / "归档" / "第47周.xlsx"
    moved.parent.mkdir()
    write(tmp_path).rename(moved)
    assert kept.free(moved) == moved
    signed(moved)
    assert kept.free(moved) == moved.with_name("第47周-2.xlsx")


def test_the_seal_covers_every_part(tmp_path: Path) -> None:
    """A part that was taken out, added or changed breaks it, whatever the properties say."""
    path = columns.write(samples.columns(), tmp_path / "栏目体检.xlsx")
    with zipfile.ZipFile(path) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    sheet = "xl/worksheets/sheet1.xml"

    def again(**changes: bytes | None) -> Path:
        with zipfile.ZipFile(path, "w") as package:
            for name, data in (parts | changes).items():
                if data is not None:
                    package.writestr(name, data)
        return kept.free(path)

    assert again() == path, "packed anew it is the same workbook"
    assert again(**{sheet: parts[sheet].replace(b"<v>", b"<v> ", 1)}) != path
    assert again(**{sheet: None}) != path
    assert again(**{"xl/comments/comment1.xml": b"<comments/>"}) != path
