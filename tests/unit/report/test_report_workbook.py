"""Workbooks: hostile text stays text, limits of the format are kept, a file is written whole or not at all."""

from __future__ import annotations

import re
import resource
import signal
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from openpyxl.cell.cell import Cell
from openpyxl.cell.rich_text import CellRichText, TextBlock

from jimo_lint.errors import ReportError
from jimo_lint.model import Report
from jimo_lint.report.addresses import link_target
from jimo_lint.report.views.table import Field, Table
from jimo_lint.report.xlsx import cells, columns, weekly
from jimo_lint.report.xlsx import sheet as sheets
from jimo_lint.report.xlsx.book import writing
from tests.support import report_samples as samples
from tests.support import workbooks
from tests.support.problems import problem

pytestmark = pytest.mark.slow  # whole workbooks, written and read

HOSTILE = (
    "=cmd|' /C calc'!A0",
    '=HYPERLINK("http://evil.example","点我")',
    "+1",
    "-1",
    "@SUM(A1)",
    "#NAME?",
    "\t=1+1",
    "响\x07铃\x00",
    "半\ud800个",
    "非\ufffe字\uffff符",
    "[red]标记[/red]",
    "_x0041_",
    "<b>&amp;</b>",
    "{0} %s ${x}",
)


def hostile_report(text: str, base: Report) -> Report:
    """A report in which `text` stands wherever something crawled or configured can stand."""
    account = base.accounts and base.accounts[0]
    column = base.columns and base.columns[0]
    finding = samples.word_finding(
        text,
        text,
        text,
        text,
        subject=text,
        url=text,
        message=text,
        title=text,
        account_name=text,
        owner=text,
        locator=text,
        basis=text,
        samples=(text, text + "2"),
    )
    changes: dict[str, object] = {
        "run": replace(base.run, site=text),
        "findings": (finding,),
        "links": tuple(
            replace(link, url=text, text=text, samples=(text,), result=replace(link.result, reason=text))
            for link in base.links
            if link.result
        ),
        "problems": (problem(text, text),),
    }
    if account:
        held = replace(account.reading.account, name=text, owner=text)
        reading = replace(account.reading, account=held)
        changes["accounts"] = (replace(account, reading=reading, reason=text, basis=text),)
    if column:
        place = replace(column.reading.column, name=text, owner=text, url=text)
        reading_of_column = replace(column.reading, column=place)
        changes["columns"] = (replace(column, reading=reading_of_column, reason=text, basis=text),)
    return replace(base, **changes)  # type: ignore[arg-type]


def all_cells(path: Path) -> Iterator[Cell]:
    """Every cell of every sheet."""
    for sheet in workbooks.opened(path, rich_text=True):
        for row in sheet.iter_rows():
            yield from row  # type: ignore[misc]


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_is_neither_formula_nor_error(text: str, tmp_path: Path) -> None:
    """Whatever a page holds, its cells are strings, and the file has no formula and no broken XML."""
    for writer, base in ((weekly, samples.weekly()), (columns, samples.columns())):
        path = tmp_path / "甲.xlsx"
        writer.write(hostile_report(text, base), path)
        with zipfile.ZipFile(path) as archive:
            for name in archive.namelist():
                if name.startswith("xl/worksheets/sheet"):
                    assert not re.search(rb"<f[ >/]", archive.read(name)), name
        held = [cell for cell in all_cells(path) if cell.value is not None]
        assert {cell.data_type for cell in held} <= {"s", "n", "d"}
        wanted = cells.clean(text)
        # The reader takes back the escape of what looks like an escape in rich text only.
        assert sum(wanted in str(cell.value) or text in str(cell.value) for cell in held) >= 10


def test_text_that_looks_like_a_formula_stays_text_when_edited(tmp_path: Path) -> None:
    """Editing such a cell in a spreadsheet does not turn it into a formula: it carries the quote mark."""
    path = tmp_path / "甲.xlsx"
    weekly.write(hostile_report("=1+1", samples.weekly()), path)
    quoted = [cell for cell in all_cells(path) if str(cell.value).startswith("=")]
    assert len(quoted) >= 10
    assert all(cell.quotePrefix for cell in quoted)


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("响\x07铃\x00", "响铃"),
        ("半\ud800个", "半个"),
        ("行\r\n行\r行", "行\n行\n行"),
        ("_x0041_", "_x005F_x0041_"),
        ("_x_y_", "_x_y_"),
        ("é漢😀", "é漢😀"),
    ],
)
def test_clean(given: str, kept: str) -> None:
    """Only what the format cannot hold is taken out."""
    assert cells.clean(given) == kept


@pytest.mark.parametrize("character", ["字", "😀"])
def test_overlong_text_is_cut_with_a_note(character: str, tmp_path: Path) -> None:
    """A cell holds 32,767 UTF-16 units; more is cut, and the cell says so."""
    long = character * 40_000
    path = tmp_path / "甲.xlsx"
    weekly.write(hostile_report(long, samples.weekly()), path)
    texts = [str(cell.value) for cell in all_cells(path) if len(str(cell.value)) > 10_000]
    assert texts
    for text in texts:
        assert len(text.encode("utf-16-le")) // 2 <= cells.MAX_TEXT
        assert text.count(cells.CUT_NOTE) >= 1
    assert cells.clean("字" * cells.MAX_TEXT) == "字" * cells.MAX_TEXT


def context(path: Path) -> Cell:
    """The cell of the first finding's context."""
    sheet = workbooks.opened(path, rich_text=True)["问题明细"]
    heads = [cell.value for cell in sheet[1]]
    return sheet.cell(2, heads.index("所在上下文") + 1)  # type: ignore[return-value]


@pytest.mark.parametrize(
    ("before", "word", "after"),
    [
        ("会议再", "布署", "，要求落实"),
        ("", "布署", "在后"),
        ("在前", "布署", ""),
        ("布署布署", "布署", "布署"),
        ("坏\x07\ud800字", "布署", "\x00后"),
        (" 空格 ", "布署", " 空格 "),
        ("😀", "布署", "😀"),
    ],
)
def test_exactly_the_wrong_word_is_red_and_bold(before: str, word: str, after: str, tmp_path: Path) -> None:
    """The red run is the matched word, also where characters before it had to be taken out."""
    path = tmp_path / "甲.xlsx"
    weekly.write(replace(samples.weekly(), findings=(samples.word_finding(word, "部署", before, after),)), path)
    value = context(path).value
    assert isinstance(value, CellRichText)
    red = [part for part in value if isinstance(part, TextBlock) and part.font.b]
    assert [part.text for part in red] == [word]
    assert red[0].font.color is not None and red[0].font.color.rgb == "00C00000"
    assert str(value) == cells.clean(before) + word + cells.clean(after)
    assert "".join(str(part) for part in value).index(word, len(cells.clean(before))) == len(cells.clean(before))


@pytest.mark.parametrize(
    ("url", "target"),
    [
        ("https://www.yunxi.example/a?b=1&c=2#d", "https://www.yunxi.example/a?b=1&c=2#d"),
        ("http://www.yunxi.example/文件 1.doc", "http://www.yunxi.example/%E6%96%87%E4%BB%B6%201.doc"),
        ("http://www.yunxi.example/100%", "http://www.yunxi.example/100%25"),
        ('http://www.yunxi.example/"><x>', "http://www.yunxi.example/%22%3E%3Cx%3E"),
        ("HTTP://User:pw@www.yunxi.example:8080/", "http://www.yunxi.example:8080/"),
        ("http://[2001:db8::1]/", "http://[2001:db8::1]/"),
        ("javascript:alert(1)", None),
        ("javascript://www.yunxi.example/%0aalert(1)", None),
        ("file:///etc/passwd", None),
        ("file://www.yunxi.example/share", None),
        ("\\\\server\\share", None),
        ("http://", None),
        ("http://[bad", None),
        ("http://a b/", None),
        ("http://www.yunxi.example:99999/", None),
        ("http://www.yunxi.example/" + "a" * 3000, None),
        ("=1+1", None),
    ],
)
def test_only_sound_web_addresses_become_links(url: str, target: str | None) -> None:
    """A link that a spreadsheet would call damaged, or that is no web address, stays text."""
    assert link_target(url) == target


def test_links_stay_below_the_limit_of_a_sheet(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Past the limit of link objects the addresses are plain text."""
    monkeypatch.setattr(sheets, "MAX_LINKS", 5)
    path = tmp_path / "甲.xlsx"
    weekly.write(samples.many(9), path)
    rows = workbooks.opened(path)["问题明细"]
    heads = [cell.value for cell in rows[1]]
    opening, address = heads.index("打开") + 1, heads.index("网址") + 1
    assert [bool(rows.cell(row, opening).hyperlink) for row in range(2, 11)] == [True] * 5 + [False] * 4
    assert [rows.cell(row, opening).value for row in (6, 7)] == ["打开", None], "no word that leads nowhere"
    assert rows.cell(10, address).value == "https://www.yunxi.example/a/8.html"


def test_rows_past_the_limit_are_cut_with_a_note(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A sheet that is full says so in its last row."""
    monkeypatch.setattr(sheets, "MAX_ROWS", 8)
    path = tmp_path / "甲.xlsx"
    with writing(path, "甲", "乙", samples.run("weekly").started.replace(tzinfo=None)) as book:
        fields = (Field("序号", 6, "number"), Field("内容", 20), Field("备注", 20))
        book.table(Table("表", fields, ((number, "文", "字") for number in range(100))))
    rows = workbooks.opened(path)["表"]
    assert rows.max_row == 8
    assert "行数已到表格上限" in str(rows.cell(8, 2).value)
    assert rows.auto_filter.ref == "A1:C8"


def test_the_folder_is_created_and_the_old_file_replaced(tmp_path: Path) -> None:
    """No leftover stands beside the workbook, and colleagues may read it."""
    path = tmp_path / "新" / "夹" / "周检.xlsx"
    for _ in range(2):
        weekly.write(samples.weekly(), path)
    assert [entry.name for entry in path.parent.iterdir()] == ["周检.xlsx"]
    probe = tmp_path / "probe"
    probe.touch()
    assert path.stat().st_mode == probe.stat().st_mode


@pytest.mark.parametrize("obstacle", ["folder-is-file", "path-is-folder"])
def test_a_wrong_place_is_said_with_a_remedy(obstacle: str, tmp_path: Path) -> None:
    """One Chinese line with place and remedy, and nothing left behind."""
    if obstacle == "folder-is-file":
        (tmp_path / "甲").write_text("")
        path = tmp_path / "甲" / "周检.xlsx"
    else:
        path = tmp_path / "周检.xlsx"
        path.mkdir()
    with pytest.raises(ReportError) as caught:
        weekly.write(samples.weekly(), path)
    assert caught.value.place == str(path)
    assert "请换一个输出位置" in str(caught.value)
    assert "\n" not in str(caught.value)
    assert not list(tmp_path.rglob("*.tmp"))


_ON_A_FULL_DISK = """
import sys
from pathlib import Path
from tests.support import report_samples
from jimo_lint.errors import ReportError
from jimo_lint.report.xlsx import weekly
try:
    report = report_samples.many(400) if sys.argv[2:] else report_samples.weekly()
    weekly.write(report, Path(sys.argv[1]))
except ReportError as fault:
    print(fault)
"""


# The first two stop the temporary file of a sheet, the last one the workbook, of some 30 kB, itself.
@pytest.mark.parametrize(("bytes_allowed", "large"), [(1_000, ["large"]), (60_000, ["large"]), (26_000, [])])
def test_a_full_disk_leaves_the_old_workbook(bytes_allowed: int, large: list[str], tmp_path: Path) -> None:
    """Where files cannot grow, the fault is one line and the workbook of last week is still there."""
    path = tmp_path / "周检.xlsx"
    path.write_bytes(b"old")

    def limit() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (bytes_allowed, bytes_allowed))

    done = subprocess.run(
        [sys.executable, "-B", "-c", _ON_A_FULL_DISK, str(path), *large],
        preexec_fn=limit,
        capture_output=True,
        text=True,
        cwd=Path(__file__).parents[3],
        check=False,
    )
    assert "磁盘已满" in done.stdout, done.stderr
    assert "Traceback" not in done.stderr
    assert path.read_bytes() == b"old"
    assert [entry.name for entry in tmp_path.iterdir()] == ["周检.xlsx"]
