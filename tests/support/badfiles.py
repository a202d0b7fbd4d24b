"""Files that nobody can read in full, or only with care: cut off, locked, far larger inside than they look, lying."""

from __future__ import annotations

import io
import stat
import struct
import zipfile
import zlib
from collections.abc import Callable, Mapping
from functools import partial

from tests.support import attached
from tests.unit.readers.test_readers_doc import compound

ROWS = [["序号", "姓名", "说明"], *([str(number), "李示例", "已抓好落实"] for number in range(1, 40))]
_BILLION = '<?xml version="1.0"?><!DOCTYPE a [{}]><{} {}>&x9;</{}>'
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
BOMB = 600  # MB that a bomb unpacks to


def _deflated(piece: bytes, count: int) -> bytes:
    """A piece `count` times as deflate packs it, packed once: each begins where nothing before it counts."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    return (packer.compress(piece) + packer.flush(zlib.Z_FULL_FLUSH)) * count + packer.flush()


def bomb(name: str, others: Mapping[str, bytes] | None = None) -> bytes:
    """A package in which `name` unpacks to 600 MB of blanks; others: further parts."""
    piece = b" " * (1024 * 1024)
    checksum = 0
    for _ in range(BOMB):
        checksum = zlib.crc32(piece, checksum)
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as package:
        for other, part in (others or {}).items():
            package.writestr(other, part)
        package.writestr(name, _deflated(piece, BOMB))
        start = package.getinfo(name).header_offset
    body = bytearray(target.getvalue())
    listed = body.rindex(name.encode()) - 46
    # It stands there as it is, and is said to be packed.
    for place, method in ((start, 8), (listed, 10)):
        struct.pack_into("<H", body, place + method, 8)
        struct.pack_into("<I", body, place + method + 6, checksum)
        struct.pack_into("<I", body, place + method + 14, len(piece) * BOMB)
    return bytes(body)


def entities(root: str, space: str) -> str:
    """XML whose entities grow to thousands of millions of characters."""
    said = '<!ENTITY x0 "ha">' + "".join(f'<!ENTITY x{n} "{f"&x{n - 1};" * 10}">' for n in range(1, 10))
    return _BILLION.format(said, root, space, root)


def changed(package: bytes, part: str, change: Callable[[bytes], bytes | str] | None) -> bytes:
    """The package with one part as `change` makes it, or without it."""
    with zipfile.ZipFile(io.BytesIO(package)) as old:
        members: dict[str, str | bytes] = {name: old.read(name) for name in old.namelist()}
    if change is None:
        del members[part]
    else:
        body = members[part]
        assert isinstance(body, bytes)
        members[part] = change(body)
    return attached.packed(members)


def locked_zip() -> bytes:
    """An archive whose member says that it is encrypted."""
    body = bytearray(attached.zipped({"名单.csv": attached.gbk_csv(ROWS)}))
    central = body.index(b"PK\x01\x02")
    body[6] |= 1
    body[central + 8] |= 1
    return bytes(body)


def locked_office() -> bytes:
    """What Word, Excel and PowerPoint make of a document with a password."""
    return compound({"EncryptionInfo": b"\x04\0\x04\0\x40\0\0\0", "EncryptedPackage": b"\1" * 5000})


def locked_open_document() -> bytes:
    """What LibreOffice makes of a document with a password: its parts are encrypted one by one."""
    manifest = "META-INF/manifest.xml"
    hidden = (
        b'<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml" manifest:size="3000">'
        b'<manifest:encryption-data manifest:checksum-type="SHA1/1K" manifest:checksum="AAAA"/></manifest:file-entry>'
    )

    def lock(body: bytes) -> bytes:
        return body.replace(b"</manifest:manifest>", hidden + b"</manifest:manifest>")

    body = changed(attached.odt(ROWS), "content.xml", lambda _: bytes(range(256)) * 8)
    return changed(body, manifest, lock)


def locked_pdf() -> bytes:
    """A document that opens with a password only."""
    from pypdf import PdfReader, PdfWriter

    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(attached.pdf(["名单"]))))
    writer.encrypt("secret", algorithm="RC4-128")
    target = io.BytesIO()
    writer.write(target)
    return target.getvalue()


def many_pages(count: int = 100_000) -> bytes:
    """A document of a hundred thousand pages that are one and the same object."""
    one = attached.pdf(["青潭区的名单"])
    kids = b" ".join([b"4 0 R"] * count)
    head, _, _ = one.partition(b"xref\n")
    old = b"/Kids [4 0 R] /Count 1"
    assert old in head
    # Without a table of places: every program rebuilds it.
    return head.replace(old, b"/Kids [%s] /Count %d" % (kids, count)) + b"trailer\n<< /Root 1 0 R >>\n%%EOF\n"


def huge_picture(side: int = 20_000) -> bytes:
    """A grey picture of 20,000 by 20,000 points, which are 400 MB as a program holds them, and 1.2 GB in colour."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    row, checksum = b"\0" + b"\xff" * side, 1
    for _ in range(side):
        checksum = zlib.adler32(row, checksum)
    rows = b"\x78\xda" + _deflated(row * 10, side // 10) + struct.pack(">I", checksum)
    header = struct.pack(">IIBBBBB", side, side, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def nested(depth: int) -> bytes:
    """An archive in an archive, so many times, around a list."""
    body = attached.gbk_csv(ROWS)
    name = "名单.csv"
    for number in range(depth):
        body, name = attached.zipped({name: body}), f"{number}.zip"
    return body


def linked() -> bytes:
    """An archive with a symbolic link to a file of the system and one to the folder above, beside a list."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr("名单.csv", attached.gbk_csv(ROWS))
        for name, to in (("密码.txt", "/etc/passwd"), ("上级", "..")):
            entry = zipfile.ZipInfo(name)
            entry.create_system = 3
            entry.external_attr = (stat.S_IFLNK | 0o777) << 16
            archive.writestr(entry, to)
    return target.getvalue()


def crowd(count: int = 3000) -> bytes:
    """An archive of very many files."""
    return attached.packed({f"{number}.txt": "青潭区" for number in range(count)})


def vast_sheet(cell: str = "", rows: attached.Rows = ROWS) -> bytes:
    """A workbook that says it has a million rows of sixteen thousand cells, and has a few. cell: one at the far end."""

    def claim(body: bytes) -> bytes:
        start = body.index(b"<dimension")
        end = body.index(b"/>", start)
        far = f'<row r="1048576"><c r="XFD1048576" t="inlineStr"><is><t>{cell}</t></is></c></row></sheetData>'
        body = body[:start] + b'<dimension ref="A1:XFD1048576"' + body[end:]
        return body.replace(b"</sheetData>", far.encode()) if cell else body

    return changed(attached.xlsx(rows), "xl/worksheets/sheet1.xml", claim)


def ppt() -> bytes:
    """A compound file that says it is a presentation and is none."""
    return compound({"PowerPoint Document": b"\xff" * 5000, "Current User": b"\xff" * 40})


_WORD = 'xmlns="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_SHEET = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
_OPEN = 'xmlns="urn:oasis:names:tc:opendocument:xmlns:office:1.0"'

GOOD: dict[str, Callable[[], bytes]] = {
    ".docx": lambda: attached.docx(table=ROWS),
    ".xlsx": lambda: attached.xlsx(ROWS),
    ".pptx": lambda: attached.pptx(ROWS),
    ".odt": lambda: attached.odt(ROWS),
    ".ods": lambda: attached.ods(ROWS),
    ".xls": lambda: attached.xls(ROWS),
    ".pdf": lambda: attached.pdf(attached.lines(ROWS)),
    ".ofd": lambda: attached.ofd(attached.lines(ROWS)),
    ".zip": lambda: attached.zipped({"名单.csv": attached.gbk_csv(ROWS)}),
}


def _half(make: Callable[[], bytes]) -> bytes:
    body = make()
    return body[: len(body) // 2]


# Of each file that cannot be read its mark, "" where the rest of it can be, and how it is made.
BAD: dict[str, tuple[str, Callable[[], bytes]]] = {
    **{f"半截{suffix}": ("damaged", partial(_half, make)) for suffix, make in GOOD.items()},
    **{f"空的{suffix}": ("empty", lambda: b"") for suffix in (*GOOD, ".doc", ".rtf", ".eml", ".csv", ".txt", ".png")},
    **{f"文字{suffix}": ("damaged", "这不是文档。\n".encode) for suffix in GOOD},
    **{f"乱码{suffix}": ("damaged", lambda: bytes(range(256)) * 20) for suffix in (".docx", ".xlsx", ".pdf", ".zip")},
    **{f"密码{suffix}": ("locked", locked_office) for suffix in (".docx", ".xlsx", ".pptx")},
    "密码.odt": ("locked", locked_open_document),
    "密码.pdf": ("locked", locked_pdf),
    "密码.zip": ("locked", locked_zip),
    "炸弹.zip": ("oversized", lambda: bomb("名单.txt")),
    "炸弹.docx": (
        "oversized",
        lambda: bomb("word/document.xml", {"[Content_Types].xml": b"<Types/>", "_rels/.rels": b"<Relationships/>"}),
    ),
    "实体.docx": (
        "damaged",
        lambda: changed(GOOD[".docx"](), "word/document.xml", lambda _: entities("document", _WORD)),
    ),
    "实体.xlsx": (
        "damaged",
        lambda: changed(GOOD[".xlsx"](), "xl/worksheets/sheet1.xml", lambda _: entities("worksheet", _SHEET)),
    ),
    "实体.odt": (
        "damaged",
        lambda: changed(GOOD[".odt"](), "content.xml", lambda _: entities("document-content", _OPEN)),
    ),
    "没有正文.docx": ("damaged", lambda: changed(GOOD[".docx"](), "word/document.xml", None)),
    "没有工作簿.xlsx": ("damaged", lambda: changed(GOOD[".xlsx"](), "xl/workbook.xml", None)),
    "没有内容.odt": ("damaged", lambda: changed(GOOD[".odt"](), "content.xml", None)),
    "没有目录.ofd": ("damaged", lambda: changed(GOOD[".ofd"](), "Doc_0/Document.xml", None)),
    "十万页.pdf": ("", many_pages),
    "太多.zip": ("", crowd),
    "太深.zip": ("", lambda: nested(6)),
    "假的.ppt": ("damaged", ppt),
}
