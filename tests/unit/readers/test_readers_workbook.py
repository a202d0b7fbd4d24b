"""Workbooks as other programs write them: parts by their relationships, values whatever the looks are."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Mapping
from datetime import datetime, time, timedelta

import openpyxl
import pytest

from jimo_lint.errors import InputError
from jimo_lint.readers.source import Source
from jimo_lint.readers.tables.sheets import sheets

DAY = datetime(2026, 11, 28, 10, 0)
ROWS = [(1, ("标题", "发布时间")), (2, ("全区召开会议", DAY))]
TRANSITIONAL = "http://schemas.openxmlformats.org/"
RELATED = "http://purl.oclc.org/ooxml/officeDocument/relationships"


def parts() -> dict[str, str]:
    """The parts of a plain workbook of one sheet with a table of shared strings, as text."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["标题", "发布时间"])
    sheet.append(["全区召开会议", DAY])
    written = io.BytesIO()
    book.save(written)
    with zipfile.ZipFile(written) as package:
        found = {name: package.read(name).decode() for name in package.namelist()}
    texts = ["标题", "发布时间", "全区召开会议"]
    sheet_part = found["xl/worksheets/sheet1.xml"]
    for number, place in enumerate(("A1", "B1", "A2")):
        sheet_part = re.sub(rf'<c r="{place}".*?</c>', f'<c r="{place}" t="s"><v>{number}</v></c>', sheet_part)
    found["xl/worksheets/sheet1.xml"] = sheet_part
    shared = "".join(f"<si><t>{text}</t></si>" for text in texts)
    found["xl/sharedStrings.xml"] = f'<sst xmlns="{TRANSITIONAL}spreadsheetml/2006/main">{shared}</sst>'
    related = "xl/_rels/workbook.xml.rels"
    if "sharedStrings" not in found[related]:
        found[related] = found[related].replace(
            "</Relationships>",
            f'<Relationship Id="rId50" Type="{TRANSITIONAL}officeDocument/2006/relationships/sharedStrings" '
            'Target="sharedStrings.xml"/></Relationships>',
        )
    return found


def packed(content: Mapping[str, str]) -> bytes:
    """A package of these parts; their names stand in it as they are given."""
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as package:
        for name, text in content.items():
            package.writestr(name, text)
    return written.getvalue()


def read(body: bytes) -> list[tuple[int, tuple[object, ...]]]:
    """The rows of all visible sheets."""
    return [row for sheet in sheets(Source("表", body)) for row in sheet.rows]


def renamed(change: Callable[[str], str]) -> dict[str, str]:
    """The plain workbook with other names of its parts, which its relationships do not follow."""
    return {change(name): text for name, text in parts().items()}


def replaced(part: str, *pairs: tuple[str, str]) -> dict[str, str]:
    """The plain workbook with some text of a part replaced; each must be there."""
    content = parts()
    for old, new in pairs:
        assert old in content[part]
        content[part] = content[part].replace(old, new)
    return content


def moved(old: str, new: str, targets: Mapping[str, str]) -> dict[str, str]:
    """The plain workbook with one part under another name, and the relationships that name it so."""
    content = {new if name == old else name: text for name, text in parts().items()}
    for name, text in list(content.items()):
        if name.endswith(".rels"):
            for before, after in targets.items():
                text = text.replace(f'"{before}"', f'"{after}"')
            content[name] = text
    return content


def strict() -> dict[str, str]:
    """The plain workbook in the namespaces of Strict Office Open XML."""
    return {
        name: text.replace(f"{TRANSITIONAL}officeDocument/2006/relationships", RELATED).replace(
            f"{TRANSITIONAL}spreadsheetml/2006/main", "http://purl.oclc.org/ooxml/spreadsheetml/main"
        )
        for name, text in parts().items()
    }


def without(*names: str) -> dict[str, str]:
    """The plain workbook without some parts."""
    return {name: text for name, text in parts().items() if name not in names}


FAMILIAR = {
    "反斜杠": lambda: renamed(lambda name: name.replace("/", "\\")),
    "大写": lambda: renamed(str.upper),
    "首字母大写": lambda: renamed(lambda name: name.replace("sheet1", "Sheet1").replace("shared", "Shared")),
    "前有斜杠": lambda: renamed(lambda name: f"/{name}"),
    "目标不带斜杠": lambda: replaced("xl/_rels/workbook.xml.rels", ('"/xl/', '"')),
    "目标用反斜杠": lambda: replaced("xl/_rels/workbook.xml.rels", ("/xl/worksheets/", "worksheets\\")),
    "主部件另名": lambda: (
        moved("xl/workbook.xml", "xl/book2.xml", {"xl/workbook.xml": "xl/book2.xml"})
        | {"xl/_rels/book2.xml.rels": parts()["xl/_rels/workbook.xml.rels"]}
    ),
    "样式另名": lambda: moved("xl/styles.xml", "xl/looks/s9.xml", {"styles.xml": "looks/s9.xml"}),
    "文字另名": lambda: moved("xl/sharedStrings.xml", "xl/texts.xml", {"sharedStrings.xml": "/xl/texts.xml"}),
    "严格模式": strict,
    "填充为空": lambda: replaced("xl/styles.xml", ("<fill><patternFill/></fill>", "<fill/>")),
    "填充不认识": lambda: replaced("xl/styles.xml", ("<patternFill/>", '<patternFill patternType="odd"/>')),
    "命名样式无名": lambda: replaced("xl/styles.xml", ('<cellStyle name="Normal" ', "<cellStyle ")),
    "颜色不对": lambda: replaced("xl/styles.xml", ('<color theme="1"/>', '<color rgb="none"/>')),
    "没有类型表": lambda: without("[Content_Types].xml"),
    "没有主题和属性": lambda: without("xl/theme/theme1.xml", "docProps/core.xml", "docProps/app.xml"),
    "属性不对": lambda: replaced(
        "docProps/core.xml", ("<dcterms:created", "<created"), ("</dcterms:created", "</created")
    ),
    "工作表视图不对": lambda: replaced("xl/workbook.xml", ('visibility="visible"', 'visibility="odd"')),
    "中文日期格式": lambda: replaced("xl/styles.xml", ('numFmtId="164" fontId', 'numFmtId="31" fontId')),
}


@pytest.mark.parametrize("kind", FAMILIAR)
def test_workbooks_that_wps_opens_are_read(kind: str) -> None:
    """Titles and days are the same whatever the parts are called and however they look."""
    assert read(packed(FAMILIAR[kind]())) == ROWS


def test_without_styles_the_days_are_numbers() -> None:
    """Nothing says then that they are days; all rows are read."""
    rows = read(packed(without("xl/styles.xml")))
    assert rows[0] == ROWS[0] and rows[1][1][0] == "全区召开会议" and isinstance(rows[1][1][1], float)


@pytest.mark.parametrize(
    ("code", "value"),
    [
        ("27", DAY),
        ("57", DAY),
        ("36", DAY),
        ("14", DAY),
        ("22", DAY),
        ("2", 46354.41666666666),
        ("0", 46354.41666666666),
    ],
)
def test_builtin_formats(code: str, value: object) -> None:
    """Those that Chinese Excel keeps for 年月日 are days like the others; numbers stay numbers."""
    content = replaced("xl/styles.xml", ('numFmtId="164" fontId', f'numFmtId="{code}" fontId'))
    (found,) = read(packed(content))[1][1][1:]
    assert found == (pytest.approx(value) if isinstance(value, float) else value)


def test_times_and_spans_of_time() -> None:
    """A cell of a time of day alone, and one of hours past a day."""
    content = replaced("xl/worksheets/sheet1.xml", ("46354.41666666666", "0.375"))
    assert read(packed(content))[1][1][1] == time(9, 0)
    content["xl/styles.xml"] = content["xl/styles.xml"].replace('numFmtId="164" fontId', 'numFmtId="46" fontId')
    content["xl/worksheets/sheet1.xml"] = content["xl/worksheets/sheet1.xml"].replace("0.375", "1.5")
    assert read(packed(content))[1][1][1] == timedelta(hours=36)


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("全区_x000D_&#10;召开会议", "全区\r\n召开会议"),
        ("全区_x000d_召开会议", "全区\r召开会议"),
        ("全区_x0009_召开_x000A_会议", "全区\t召开\n会议"),
        ("全区_x0007_召开会议", "全区召开会议"),
        ("全区_x5E02_召开会议", "全区_x5E02_召开会议"),
        ("https://www.qingtan.example/a_x00ad_b", "https://www.qingtan.example/a_x00ad_b"),
        ("表_x000_D", "表_x000_D"),
    ],
)
@pytest.mark.parametrize("shared", [True, False])
def test_controls_that_are_escaped_are_no_words(written: str, meant: str, shared: bool) -> None:
    """A line break of CR LF, as exports write it, stays a line break; an address that looks so stays whole."""
    content = replaced("xl/sharedStrings.xml", ("全区召开会议", written))
    if not shared:
        cell = f'<c r="A2" t="inlineStr"><is><t>{written}</t></is></c>'
        sheet = content["xl/worksheets/sheet1.xml"]
        content["xl/worksheets/sheet1.xml"] = sheet.replace('<c r="A2" t="s"><v>2</v></c>', cell)
        assert cell in content["xl/worksheets/sheet1.xml"]
    assert read(packed(content))[1][1][0] == meant


@pytest.mark.parametrize("state", ["hidden", "veryHidden"])
def test_hidden_sheets_are_left_out(state: str) -> None:
    """Their rows are nobody's to read."""
    assert read(packed(replaced("xl/workbook.xml", ('state="visible"', f'state="{state}"')))) == []


def test_days_from_1904() -> None:
    """Workbooks of old Macs count from another day, and so do their sheets."""
    content = replaced("xl/workbook.xml", ("<workbookPr/>", '<workbookPr date1904="1"/>'))
    ((from_1904, rows),) = [(sheet.from_1904, list(sheet.rows)) for sheet in sheets(Source("表", packed(content)))]
    assert from_1904 and rows[1][1][1] == datetime(2030, 11, 29, 10, 0)


def test_a_chart_is_no_table() -> None:
    """A sheet that holds a chart only has no rows, and hinders nothing."""
    content = parts()
    content["xl/workbook.xml"] = content["xl/workbook.xml"].replace(
        "</sheets>", '<sheet name="图" sheetId="9" r:id="rId99" '
        f'xmlns:r="{TRANSITIONAL}officeDocument/2006/relationships"/></sheets>'
    )  # fmt: skip
    content["xl/_rels/workbook.xml.rels"] = content["xl/_rels/workbook.xml.rels"].replace(
        "</Relationships>",
        f'<Relationship Id="rId99" Type="{TRANSITIONAL}officeDocument/2006/relationships/chartsheet" '
        'Target="/xl/chartsheets/sheet1.xml"/></Relationships>',
    )
    assert read(packed(content)) == ROWS


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        (lambda: without("xl/worksheets/sheet1.xml"), "不是完好的工作簿"),
        (lambda: without("xl/_rels/workbook.xml.rels"), "不是完好的工作簿"),
        (lambda: replaced("xl/sharedStrings.xml", ("</sst>", "")), "不是完好的工作簿"),
        (lambda: {"a/b.xml": "<x/>"}, "是压缩包，不是工作簿"),
        (lambda: {"word\\document.xml": "<document/>"}, "是压缩包，不是工作簿"),
        (
            lambda: moved("xl/workbook.xml", "xl/workbook.bin", {"xl/workbook.xml": "xl/workbook.bin"}),
            "是二进制工作簿（.xlsb）",
        ),
        (
            lambda: {
                "Word\\document.xml": "<document/>",
                "_rels\\.rels": parts()["_rels/.rels"].replace("xl/workbook", "word/document"),
            },
            "是Word 文档，不是工作簿",
        ),
        (lambda: replaced("xl/workbook.xml", ("<workbook", "<!DOCTYPE x><workbook")), "DTD"),
        (lambda: {**without("xl/styles.xml"), "XL/STYLES.XML": "<!DOCTYPE x><styleSheet/>"}, "DTD"),
    ],
)
def test_what_is_no_whole_workbook_is_told(content: Callable[[], dict[str, str]], fault: str) -> None:
    """A sheet that is listed and not there is not passed over."""
    with pytest.raises(InputError) as raised:
        read(packed(content()))
    assert fault in raised.value.fault and raised.value.remedy
