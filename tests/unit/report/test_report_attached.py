"""Findings in attached files and pictures: every form says the file, the place in it and the page that offers it."""

from __future__ import annotations

import io
import sys
from base64 import b64decode
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest
from lxml import html
from openpyxl.worksheet.worksheet import Worksheet

from jimo_lint.model import Finding, Position, Region, Report, Severity, Span
from jimo_lint.report import Showing, render
from jimo_lint.report.machine import json
from jimo_lint.report.xlsx import columns, pictures
from tests.support import report_samples as samples
from tests.support.workbooks import opened

PAGE = "https://www.qingtan.example/tzgg/t1.html"
FILE = "https://www.qingtan.example/files/名单.xlsx"
# One pixel, without loss.
WEBP = b64decode("UklGRhoAAABXRUJQVlA4TA0AAAAvAAAAEAcQERGIiP4HAA==")
LOCATOR = "工作表“名单”C 列，第 3 至 212 行"

LIST = samples.word_finding(
    matched="11**************2X",
    suggestion="",
    before="王某 ",
    after=" 李某",
    code="P101",
    title="泄露身份证号",
    message="公开了身份证号 11**************2X，共 210 行（已打码）",
    subject="名单.xlsx",
    url=FILE,
    locator=LOCATOR,
    position=Position(3, 1, 3, 19),
    offered_by=PAGE,
    column_name="通知公告",
    account_name="",
)
DRAWN = replace(
    LIST,
    code="T101",
    severity=Severity.NOTICE,
    message="“关健”应为“关键”（图中文字，由程序识读，请看图核对）",
    subject='一图"读懂".png',
    url="https://www.qingtan.example/files/1.png",
    locator="第 3 页 图 2",
    matched="关健",
    excerpt='抓好关健"><script>alert(1)</script>',
    excerpt_start=2,
    span=Span(2, 4),
    region=Region("图 2", 10, 20, 300, 40, 0.93, WEBP),
    fingerprint="2",
)


def report(*findings: Finding, inspection: str = "columns") -> Report:
    """A report of these alone."""
    made = samples.REPORTS[inspection]()
    return replace(made, findings=findings, run=replace(made.run, inspection=inspection))


def check(*findings: Finding) -> Report:
    """A check of files that found these."""
    return report(*findings, inspection="check")


def sheet(path: Path, *findings: Finding) -> tuple[Worksheet, dict[str, int]]:
    """问题明细 of a workbook, and its columns by title."""
    table = opened(columns.write(report(*findings), path / "体检.xlsx"))["问题明细"]
    return table, {str(cell.value): cell.column for cell in table[1]}


def test_the_screen_names_the_place_where_lines_lead_nowhere() -> None:
    """Of a text file the line and column stand as programs read them."""
    text = replace(LIST, url="稿.txt", locator="第 3 行", offered_by="")
    picture = replace(text, url="稿.md", locator="图 2 的替代文字")
    written = render("text", check(LIST, DRAWN, text, picture))
    assert f"{FILE} {LOCATOR}: P101 [错误]" in written
    assert "1.png 第 3 页 图 2: T101 [提示]" in written
    assert "稿.txt:3:1: P101" in written and "稿.md:3:1: P101" in written


def test_the_summary_names_the_place() -> None:
    """Where the screen is wide enough."""
    told = Showing(width=200)
    assert "工作表“名单”C 列" in render("text", report(LIST), told)


@pytest.mark.parametrize(
    "place", ["工作表“名单”B7", "工作表“名单”B7 的批注", "幻灯片 4 备注", "第 3 页", "表 1 第 2 行第 3 列"]
)
def test_annotations_of_github_say_the_place(place: str) -> None:
    """They have no line then: GitHub would show it beside another."""
    (line, *_) = render("github", check(replace(LIST, locator=place))).splitlines()
    assert ",line=" not in line and f"::{place}：公开了" in line


def test_margins_keep_their_line() -> None:
    """A note belongs to a paragraph; it is told apart by the words before the message."""
    (line, *_) = render("github", check(replace(LIST, locator="脚注 2"))).splitlines()
    assert ",line=3," in line and "::脚注 2：公开了" in line


def test_json_has_the_region_in_numbers() -> None:
    """The picture itself is for people."""
    written = json.dumps(report(LIST, DRAWN))
    assert '"offered_by": "https://www.qingtan.example/tzgg/t1.html"' in written
    assert "cutout" not in written and "UklGR" not in written
    first, second = json.loads(written).findings
    assert first == LIST
    assert second == replace(DRAWN, region=Region("图 2", 10, 20, 300, 40, 0.93))


def test_the_table_for_databases_has_the_page() -> None:
    """One row a finding, its place and the page that offers the file."""
    table = pd.read_csv(io.StringIO(render("csv", report(LIST, DRAWN))), keep_default_na=False).head(2)
    assert list(table["附件所在页面"]) == [PAGE, PAGE]
    assert list(table["所在位置"]) == [LOCATOR, "第 3 页 图 2"]


def test_the_workbook_shows_place_page_and_cutout(tmp_path: Path) -> None:
    """The picture lies in the row of its finding, which is as high as it takes."""
    table, titles = sheet(tmp_path, LIST, DRAWN)
    assert [table.cell(row, titles["所在位置"]).value for row in (2, 3)] == [LOCATOR, "第 3 页 图 2"]
    assert table.cell(2, titles["附件所在页面"]).value == PAGE
    (picture,) = table._images
    corner = picture.anchor._from
    assert (corner.row + 1, corner.col + 1) == (3, titles["截图"])
    assert picture._data().startswith(b"\x89PNG")
    assert titles["所在位置"] < titles["审核意见"] < titles["附件所在页面"]


def test_without_pillow_the_workbook_says_where_to_look(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It comes with the extra that reads pictures; a report may be written elsewhere."""
    monkeypatch.setitem(sys.modules, "PIL", None)
    table, titles = sheet(tmp_path, DRAWN)
    assert not table._images and table.cell(2, titles["截图"]).value == "见图 2"


@pytest.mark.parametrize("image", [b"", b"RIFF", b"\x89PNG\r\n\x1a\n", WEBP[:-9], b"<svg onload='alert(1)'/>"])
def test_what_is_no_picture_is_not_shown(image: bytes, tmp_path: Path) -> None:
    """The store may be damaged: the report is written all the same."""
    finding = replace(DRAWN, region=Region("图 2", 1, 2, 3, 4, 0.9, image))
    table, titles = sheet(tmp_path, finding)
    assert not table._images and table.cell(2, titles["截图"]).value == "见图 2"
    assert "svg" not in render("html", report(finding))


def test_pictures_of_a_workbook_are_bounded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The others say where to look."""
    monkeypatch.setattr(pictures, "MOST", 2)
    table, titles = sheet(tmp_path, *(replace(DRAWN, fingerprint=str(number)) for number in range(4)))
    assert len(table._images) == 2
    assert [table.cell(row, titles["截图"]).value for row in range(2, 6)] == [None, None, "见图 2", "见图 2"]


def test_reports_without_such_findings_are_as_before(tmp_path: Path) -> None:
    """No empty columns, and the place on the screen only."""
    _, titles = sheet(tmp_path, samples.word_finding())
    assert not titles.keys() & {"截图", "附件所在页面"}
    assert titles["所在位置"] > titles["打开"]
    assert "img-src" not in render("html", report(samples.word_finding()))


def test_the_page_shows_the_cutout() -> None:
    """A picture in the page itself, its text escaped, and no more may be loaded than that."""
    made = html.document_fromstring(render("html", report(LIST, DRAWN)))
    (picture,) = made.xpath("//img")
    assert picture.get("src").startswith("data:image/webp;base64,UklGR")
    assert picture.get("alt") == '第 3 页 图 2里识读的文字：抓好关健"><script>alert(1)</script>'
    assert len(made.xpath("//script")) == 1
    (policy,) = made.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
    assert "; img-src data:; " in policy
    shown = made.xpath("//section[@id='rectification']")[0].text_content()
    assert LOCATOR in shown and "附件所在页面" in shown and PAGE in shown
    assert "第 3 行第 1 字" not in render("html", check(LIST))
