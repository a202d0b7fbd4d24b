"""What readers of attachments are compared with: bare libraries, and readers made with them for the same job as ours.

Run: python benchmarks/attachment_peers.py SUFFIX FILE SECONDS, by any interpreter that has the library: prints the CPU
seconds that one reading for the same job takes, measured for so many seconds, and how many characters it found.

The latter do what a careful person would have them do, and no more: texts are decoded by what they are written in, a
cell knows its row and column and whether it is hidden, a line of a page where it stands. None has bounds of memory,
tells where in a line a cell stands, or reads comments (those of .xls apart), marks and what is embedded.
"""

from __future__ import annotations

import csv
import email
import email.policy
import gc
import io
import posixpath
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import fromstring

# ---- the bare libraries


def _pdf(body: bytes) -> int:
    import pypdfium2

    document = pypdfium2.PdfDocument(body)
    size = sum(len(page.get_textpage().get_text_range()) for page in document)
    document.close()
    return size


def _calamine(body: bytes) -> int:
    import python_calamine

    book = python_calamine.load_workbook(io.BytesIO(body))
    cells = (cell for name in book.sheet_names for row in book.get_sheet_by_name(name).to_python() for cell in row)
    return sum(len(str(cell)) for cell in cells)


def _bare_xls(body: bytes) -> int:
    import xlrd

    book = xlrd.open_workbook(file_contents=body)
    return sum(len(str(cell.value)) for sheet in book.sheets() for row in sheet.get_rows() for cell in row)


def _openpyxl(body: bytes) -> int:
    from openpyxl import load_workbook

    book = load_workbook(io.BytesIO(body), read_only=True)
    return sum(len(str(cell)) for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row)


def _python_docx(body: bytes) -> int:
    from docx import Document

    document = Document(io.BytesIO(body))
    size = sum(len(one.text) for one in document.paragraphs)
    return size + sum(len(cell.text) for table in document.tables for row in table.rows for cell in row.cells)


def _xml(tag: str, body: bytes) -> int:
    size = 0
    with zipfile.ZipFile(io.BytesIO(body)) as package:
        for name in package.namelist():
            if name.endswith(".xml"):
                size += sum(
                    len(one.text or "") for one in fromstring(package.read(name)).iter() if one.tag.endswith(tag)
                )
    return size


def _bare_csv(body: bytes) -> int:
    return sum(len(cell) for row in csv.reader(io.StringIO(body.decode("gb18030"))) for cell in row)


def _bare_mail(body: bytes) -> int:
    mail = email.message_from_bytes(body, policy=email.policy.default)
    size = len(mail.get_body().get_content())  # type: ignore[union-attr]
    return size + sum(_bare_csv(one.get_content()) for one in mail.iter_attachments())


def _bare_zip(body: bytes) -> int:
    with zipfile.ZipFile(io.BytesIO(body)) as archive:
        return sum(_bare_csv(archive.read(name)) for name in archive.namelist())


BARE: dict[str, tuple[str, Callable[[bytes], int]]] = {
    ".pdf": ("pypdfium2", _pdf),
    ".docx": ("python-docx", _python_docx),
    ".xlsx": ("openpyxl", _openpyxl),
    ".xls": ("xlrd", _bare_xls),
    ".ods": ("zipfile、ElementTree", partial(_xml, "}p")),
    ".csv": ("csv", _bare_csv),
    ".pptx": ("zipfile、ElementTree", partial(_xml, "}t")),
    ".odt": ("zipfile、ElementTree", partial(_xml, "}p")),
    ".ofd": ("zipfile、ElementTree", partial(_xml, "}TextCode")),
    ".eml": ("email、csv", _bare_mail),
    ".zip": ("zipfile、csv", _bare_zip),
}


# What the measured use of a library leaves out that ours does for the same file, beside places, marks, links: where it
# is much, a ratio says what this costs, not that ours is slow.
_CELLS = "编码与分隔符的判断、每格一条带行列与行内位置的记录"
LESS = {
    ".xls": "每格一条带位置的记录、隐藏的行列与批注",
    ".ods": "合并与重复的单元格、隐藏的行列、批注、日期与数的写法",
    ".csv": _CELLS,
    ".pptx": "版式与母版里的文字、占位符、隐藏的幻灯片",
    ".odt": "段落与表格的编号、脚注、批注、修订、隐藏的文字",
    ".ofd": "按坐标把字排成行和段、去掉重影与页码",
    ".eml": f"{_CELLS}；邮件头与附件的判断",
    ".zip": f"{_CELLS}；每个文件的格式判断、名称编码、炸弹的限度",
}


# Libraries that give all cells at once, as numbers and texts without a place.
CELLS: dict[str, tuple[str, Callable[[bytes], int]]] = dict.fromkeys((".xlsx", ".xls", ".ods"), ("calamine", _calamine))


# ---- readers for the same job, each piece with its place


# Text, and where it stands: sheet, page or file, row or line, column, whether it is hidden.
Piece = tuple[str, str, int, int, bool]


def _decoded(body: bytes) -> str:
    for charset in ("utf-8-sig", "gb18030"):
        try:
            return body.decode(charset)
        except UnicodeDecodeError:
            continue
    raise ValueError("no text")


def _csv(body: bytes, name: str = "") -> Iterator[Piece]:
    text = _decoded(body)
    lines = text[:20_000].splitlines()[:10]
    separator = max("\t,;|", key=lambda one: sum(one in line for line in lines))
    for row, cells in enumerate(csv.reader(io.StringIO(text, newline=""), delimiter=separator), 1):
        for column, cell in enumerate(cells, 1):
            if cell.strip():
                yield cell, name, row, column, False


def _zip(body: bytes) -> Iterator[Piece]:
    with zipfile.ZipFile(io.BytesIO(body)) as archive:
        for info in archive.infolist():
            if info.filename.endswith(".csv") and info.file_size < 50_000_000:
                yield from _csv(archive.read(info), info.filename)


def _mail(body: bytes) -> Iterator[Piece]:
    mail = email.message_from_bytes(body, policy=email.policy.default)
    for name in ("subject", "from", "to", "cc"):
        if mail[name]:
            yield str(mail[name]), name, 1, 1, False
    said = mail.get_body(("plain", "html"))
    if said is not None:
        for number, line in enumerate(said.get_content().splitlines(), 1):
            if line.strip():
                yield line, "", number, 1, False
    for part in mail.iter_attachments():
        name = part.get_filename() or ""
        if name.endswith(".csv"):
            yield from _csv(part.get_content(), name)


def _xls(body: bytes) -> Iterator[Piece]:
    import xlrd

    book = xlrd.open_workbook(file_contents=body, formatting_info=True)  # without it nothing is known of what is hidden
    for sheet in book.sheets():
        rows = {number for number, one in sheet.rowinfo_map.items() if one.hidden}
        columns = {number for number, one in sheet.colinfo_map.items() if one.hidden}
        for (row, column), note in sheet.cell_note_map.items():
            yield note.text, sheet.name, row + 1, column + 1, False
        for row, cells in enumerate(sheet.get_rows()):
            for column, cell in enumerate(cells):
                if cell.ctype == xlrd.XL_CELL_DATE:
                    said = xlrd.xldate_as_datetime(cell.value, book.datemode).isoformat(" ")
                else:
                    said = str(cell.value)
                if said.strip():
                    yield (
                        said,
                        sheet.name,
                        row + 1,
                        column + 1,
                        bool(sheet.visibility) or row in rows or column in columns,
                    )


def _ofd(body: bytes) -> Iterator[Piece]:
    with zipfile.ZipFile(io.BytesIO(body)) as package:
        root = fromstring(package.read("OFD.xml"))
        for at in (one.text or "" for one in root.iter() if one.tag.endswith("}DocRoot")):
            document = fromstring(package.read(at.lstrip("/")))
            pages = [one.get("BaseLoc", "") for one in document.iter() if one.tag.endswith("}Page")]
            for number, page in enumerate(pages, 1):
                part = posixpath.join(posixpath.dirname(at.lstrip("/")), page)
                yield from _lines(_texts(fromstring(package.read(part))), f"{number}")


def _texts(page: Any) -> Iterator[tuple[float, float, str]]:
    for shape in (one for one in page.iter() if one.tag.endswith("}TextObject")):
        left, top, *_ = map(float, shape.get("Boundary", "0 0").split())
        for code in shape:
            if code.tag.endswith("}TextCode") and code.text:
                yield round(top + float(code.get("Y") or 0)), left + float(code.get("X") or 0), code.text


def _lines(texts: Iterator[tuple[float, float, str]], place: str) -> Iterator[Piece]:
    rows: dict[float, list[str]] = {}
    for top, _, said in sorted(texts):
        rows.setdefault(top, []).append(said)
    for number, row in enumerate(rows.values(), 1):
        yield " ".join(row), place, number, 1, False


def _pptx(body: bytes) -> Iterator[Piece]:
    from pptx import Presentation  # type: ignore[import-not-found]

    for number, slide in enumerate(Presentation(io.BytesIO(body)).slides, 1):
        yield from _shapes(slide.shapes, f"{number}")
        if slide.has_notes_slide:
            yield from _shapes(slide.notes_slide.shapes, f"{number} notes")


def _shapes(shapes: Any, place: str) -> Iterator[Piece]:
    for shape in shapes:
        if hasattr(shape, "shapes"):  # a group
            yield from _shapes(shape.shapes, place)
        elif shape.has_text_frame:
            for line, one in enumerate(shape.text_frame.paragraphs, 1):
                if said := "".join(run.text for run in one.runs):
                    yield said, place, line, 1, False
        elif shape.has_table:
            for row, cells in enumerate(shape.table.rows, 1):
                for column, cell in enumerate(cells.cells, 1):
                    if cell.text:
                        yield cell.text, place, row, column, False


def _odf(body: bytes) -> Iterator[Piece]:
    from odf import table, teletype, text  # type: ignore[import-not-found]
    from odf.opendocument import load  # type: ignore[import-not-found]

    document = load(io.BytesIO(body))
    for one in document.getElementsByType(table.Table):
        name, row = one.getAttribute("name") or "", 0
        for line in one.getElementsByType(table.TableRow):
            row, column = row + 1, 0
            hidden = (line.getAttribute("visibility") or "visible") != "visible"
            for cell in line.getElementsByType(table.TableCell):
                column += int(cell.getAttribute("numbercolumnsrepeated") or 1)
                for said in map(teletype.extractText, cell.getElementsByType(text.P)):
                    if said.strip():
                        yield said, name, row, column, hidden
            row += int(line.getAttribute("numberrowsrepeated") or 1) - 1
    for number, one in enumerate(document.getElementsByType(text.P), 1):
        if one.parentNode.qname[1] == "text" and (said := teletype.extractText(one)).strip():
            yield said, "", number, 1, False


# What each is made with, the package that has to be installed for it ("" for none), and the reader.
PEERS: dict[str, tuple[str, str, Callable[[bytes], Iterator[Piece]]]] = {
    ".xls": ("xlrd", "", _xls),
    ".ods": ("odfpy", "odfpy", _odf),
    ".csv": ("csv", "", _csv),
    ".pptx": ("python-pptx", "python-pptx", _pptx),
    ".odt": ("odfpy", "odfpy", _odf),
    ".ofd": ("zipfile、ElementTree", "", _ofd),
    ".eml": ("email、csv", "", _mail),
    ".zip": ("zipfile、csv", "", _zip),
}
# What these leave out that ours does for the same file, beside what the docstring above says of all.
_LINES = "每格在文件里的行与列、单元格里的网址、格数的限度"
UNDONE = {
    ".csv": _LINES,
    ".pptx": "版式与母版里的文字、隐藏的幻灯片",
    ".odt": "脚注、批注、修订、隐藏的文字",
    ".ofd": "字间的步距（隔开的格）、变换、模板、批注、附件、把断开的行接成段、去掉重影与页码",
    ".eml": _LINES,
    ".zip": f"{_LINES}；每个文件的格式判断、名称编码、重叠与炸弹的限度",
}
PACKAGES = tuple(dict.fromkeys(package for _, package, _ in PEERS.values() if package))


def characters(suffix: str, body: bytes) -> int:
    """How many there are in the pieces of a file, which are all held at once, as ours are."""
    return sum(len(said) for said, *_ in list(PEERS[suffix][2](body)))


def timed(run: Callable[[bytes], int], body: bytes, least: float) -> float:
    """CPU seconds of one reading, of as many as take `least` seconds, which can be told apart."""
    begun, count = time.process_time(), 0
    while count == 0 or time.process_time() - begun < least:
        run(body)
        count += 1
    return (time.process_time() - begun) / count


def placed(suffix: str, body: bytes, other: Path | None, least: float) -> float | None:
    """As `timed`, of the reader for the same job; None where there is none, or its library cannot be had.

    other: the interpreter that has the libraries which are not ours.
    """
    if suffix not in PEERS:
        return None
    if not PEERS[suffix][1]:
        return timed(partial(characters, suffix), body, least)
    if other is None:
        return None
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"a{suffix}"
        path.write_bytes(body)
        command = [str(other), __file__, suffix, str(path), str(least)]
        done = subprocess.run(command, capture_output=True, text=True, check=True)
    seconds, found = done.stdout.split()
    assert int(found) >= 0.9 * BARE[suffix][1](body)
    return float(seconds)


def main() -> None:
    """Run as the module's docstring says."""
    suffix, path, least = sys.argv[1:]
    gc.set_threshold(10_000, 20, 20)  # as in the processes that read files
    body = Path(path).read_bytes()
    found = characters(suffix, body)  # and loads what it needs
    print(timed(partial(characters, suffix), body, float(least)), found)


if __name__ == "__main__":
    main()
