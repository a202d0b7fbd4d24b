"""Workbooks with a planted word in every part: by openpyxl, and what it cannot write by hand."""

from __future__ import annotations

import io
import re
import struct
import zipfile
from collections.abc import Mapping
from datetime import date, datetime

import openpyxl
from openpyxl.chart import BarChart, Reference
from openpyxl.comments import Comment
from openpyxl.drawing.image import Image as Drawn
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.hyperlink import Hyperlink
from PIL import Image

TRANSITIONAL = "http://schemas.openxmlformats.org"
PACKAGE = f"{TRANSITIONAL}/package/2006"
STRICT = "http://purl.oclc.org/ooxml"
ID = "11010519491231002X"
PHONE = 13800001111


def picture() -> bytes:
    """A small picture."""
    written = io.BytesIO()
    Image.new("RGB", (40, 30), "red").save(written, "png")
    return written.getvalue()


def planted() -> bytes:
    """A workbook whose parts each say what they are."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "名单"
    sheet.append(["姓名", "身份证号", "手机号", "编号", "日期", "时刻", "金额"])
    sheet.append(["甲一", ID, PHONE, "00123", date(2026, 1, 5), datetime(2026, 1, 5, 8, 30), 1234.5])
    sheet.append(["甲二", 110105194912310021, "隐藏行词", None, None, None, 1e6])
    sheet["B2"].comment = Comment("批注词", "王某")
    sheet.row_dimensions[3].hidden = True
    sheet.column_dimensions["D"].hidden = True
    sheet["A5"] = "并格词"
    sheet.merge_cells("A5:C6")
    sheet["A7"] = "链接词"
    sheet["A7"].hyperlink = Hyperlink(ref="A7", target="https://www.qingtan.example/f.pdf", display="链接词")
    sheet["F2"].number_format = 'yyyy"年"m"月"d"日" hh:mm'
    sheet.oddHeader.center.text = "页眉词 &P"  # type: ignore[union-attr]
    sheet.oddFooter.left.text = "页脚词"  # type: ignore[union-attr]
    choice = DataValidation(type="list", formula1='"下拉甲,下拉乙"', prompt="提示词", promptTitle="填写")
    sheet.add_data_validation(choice)
    choice.add("B7")
    sheet.add_image(Drawn(io.BytesIO(picture())), "K2")
    chart = BarChart()
    chart.title = "图表词"
    chart.add_data(Reference(sheet, min_col=7, min_row=1, max_row=3), titles_from_data=True)
    sheet.add_chart(chart, "K10")
    for name, state, word in (("藏表", "hidden", "隐藏表词"), ("深藏", "veryHidden", "深藏词")):
        other = book.create_sheet(name)
        other["C4"] = word
        other.sheet_state = state
    book.properties.title, book.properties.creator = "题名词", "王某"
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


def relations(kinds: Mapping[str, str], space: str = f"{TRANSITIONAL}/officeDocument/2006/relationships") -> str:
    """What a part refers to: kind to target, r1 the first."""
    listed = [
        f'<Relationship Id="r{number}" Type="{kind if "//" in kind else f"{space}/{kind}"}" Target="{target}" '
        f'TargetMode="{"External" if "://" in target else "Internal"}"/>'
        for number, (kind, target) in enumerate(kinds.items(), 1)
    ]
    return f'<Relationships xmlns="{PACKAGE}/relationships">{"".join(listed)}</Relationships>'


def by_hand(
    rows: str,
    *,
    strings: str = "",
    styles: str = "",
    book: str = "",
    around: str = "",
    space: str = TRANSITIONAL,
    main: str = "xl/workbook.xml",
    sheet: Mapping[str, str] | None = None,
    others: Mapping[str, str | bytes] | None = None,
) -> bytes:
    """A workbook of one sheet called 名单. rows: inside sheetData; around: behind it; book: before its sheets.

    sheet: kind to target of what the sheet refers to; others: more parts.
    """
    year = "/2006" if space == TRANSITIONAL else ""
    main_space, related = f"{space}/spreadsheetml{year}/main", f"{space}/officeDocument{year}/relationships"
    folder, _, name = main.rpartition("/")
    types = (
        f'<Types xmlns="{PACKAGE}/content-types"><Default Extension="xml" ContentType="application/xml"/><Override '
        f'PartName="/{main}" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>'
        "</Types>"
    )
    inside = {"worksheet": "worksheets/sheet1.xml", "sharedStrings": "sharedStrings.xml", "styles": "styles.xml"}
    parts: dict[str, str | bytes] = {
        "[Content_Types].xml": types,
        "_rels/.rels": relations({"officeDocument": main}, related),
        f"{folder}/_rels/{name}.rels": relations(inside, related),
        main: f'<workbook xmlns="{main_space}" xmlns:r="{related}">{book}<sheets>'
        '<sheet name="名单" sheetId="1" r:id="r1"/></sheets></workbook>',
        "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{main_space}" xmlns:r="{related}">'
        f'<dimension ref="A1:XFD1048576"/><sheetData>{rows}</sheetData>{around}</worksheet>',
        "xl/sharedStrings.xml": f'<sst xmlns="{main_space}">{strings}</sst>',
        "xl/styles.xml": f'<styleSheet xmlns="{main_space}">{styles}</styleSheet>',
    }
    if sheet:
        parts["xl/worksheets/_rels/sheet1.xml.rels"] = relations(sheet, related)
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as packing:
        for part, content in (parts | dict(others or {})).items():
            packing.writestr(part, content)
    return written.getvalue()


def with_part(body: bytes, name: str, change: tuple[str, str]) -> bytes:
    """A package with a pattern replaced in one part."""
    written = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(body)) as old, zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as new:
        for info in old.infolist():
            content = old.read(info)
            if info.filename == name:
                changed = re.sub(change[0], change[1], content.decode(), flags=re.S)
                assert changed.encode() != content
                content = changed.encode()
            new.writestr(info.filename, content)
    return written.getvalue()


def binary(word: str, *, state: int = 0, columns: int = 2, macro: bool = False, error: bool = False) -> bytes:
    """An .xlsb of one sheet called 名单 with a word in B2, a number in C2 and perhaps #REF! in D2 ([MS-XLSB] 2.1.7)."""

    def one(kind: int, body: bytes = b"") -> bytes:
        number = bytes((kind,)) if kind < 0x80 else bytes((kind & 0x7F | 0x80, kind >> 7))
        return number + bytes((len(body),)) + body

    def wide(text: str) -> bytes:
        return struct.pack("<I", len(text)) + text.encode("utf-16-le")

    book = (
        one(131) + one(143) + one(156, struct.pack("<II", state, 1) + wide("r1") + wide("名单")) + one(144) + one(132)
    )
    row = one(0, struct.pack("<IIHHIB", 1, 0, 300, 0, 0, 0)[:17] + struct.pack("<II", 1, 0))
    cells = one(6, struct.pack("<II", 1, 0) + wide(word)) + one(5, struct.pack("<IId", 2, 0, 13800001111.0))
    cells += one(3, struct.pack("<IIB", 3, 0, 0x17)) if error else b""
    extent = one(148, struct.pack("<IIII", 1, 1, 1, columns))
    sheet = one(129) + extent + one(145) + row + cells + one(146) + one(130)
    types = (
        f'<Types xmlns="{PACKAGE}/content-types"><Override PartName="/xl/workbook.bin" '
        'ContentType="application/vnd.ms-excel.sheet.binary.macroEnabled.main"/></Types>'
    )
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as packing:
        packing.writestr("[Content_Types].xml", types)
        packing.writestr("_rels/.rels", relations({"officeDocument": "xl/workbook.bin"}))
        packing.writestr("xl/_rels/workbook.bin.rels", relations({"worksheet": "worksheets/sheet1.bin"}))
        packing.writestr("xl/workbook.bin", book)
        packing.writestr("xl/worksheets/sheet1.bin", sheet)
        if macro:
            packing.writestr("xl/vbaProject.bin", b"x")
    return written.getvalue()
