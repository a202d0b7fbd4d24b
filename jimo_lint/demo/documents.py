"""Writes the small real files that the demo hands out: by hand, so that the same words give the same bytes."""

from __future__ import annotations

import csv
import zlib
from collections.abc import Mapping, Sequence
from html import escape
from io import BytesIO, StringIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

Rows = Sequence[Sequence[str]]

_LINKS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_SLIDES = "http://schemas.openxmlformats.org/presentationml/2006/main"
_DRAWING = "http://schemas.openxmlformats.org/drawingml/2006/main"
_PACKAGES = "http://schemas.openxmlformats.org/package/2006"
_OFFICE = "application/vnd.openxmlformats-officedocument"
_OFD = "http://www.ofdspec.org/2016"
_MACRO = "http://schemas.microsoft.com/office/2006/relationships/vbaProject"
_XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'


def packed(members: Mapping[str, bytes | str], *, gbk: bool = False, locked: bool = False) -> bytes:
    """A zip archive; texts are parts in XML.

    gbk: the names as Windows packs them in China, without saying so. locked: it says that its files need a password.
    """
    target = BytesIO()
    # The program writes names in UTF-8 alone: others stand in for those in GBK, each as long as the other.
    names = {name: name.encode("gbk") if gbk else name.encode() for name in members}
    stand_ins = {name: f"{number:02}".ljust(len(names[name]), "_") for number, name in enumerate(members)}
    with ZipFile(target, "w", ZIP_DEFLATED) as archive:
        for name, body in members.items():
            entry = ZipInfo(stand_ins[name] if gbk else name, (2020, 1, 1, 0, 0, 0))  # a fixed time stamp
            entry.compress_type = ZIP_DEFLATED
            archive.writestr(entry, _XML + body if isinstance(body, str) else body)
    written = bytearray(target.getvalue())
    for name in names if gbk else ():
        written = written.replace(stand_ins[name].encode(), names[name])
    for head, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        place = written.find(head)
        while locked and place >= 0:
            written[place + flags] |= 1
            place = written.find(head, place + 4)
    return bytes(written)


def _package(main: str, kinds: Mapping[str, str], parts: Mapping[str, bytes | str]) -> bytes:
    """An Office file. main: its main part; kinds: media types by part."""
    said = "".join(f'<Override PartName="/{name}" ContentType="{kind}"/>' for name, kind in kinds.items())
    types = (
        f'<Types xmlns="{_PACKAGES}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="bin" ContentType="application/vnd.ms-office.vbaProject"/>{said}</Types>'
    )
    return packed({"[Content_Types].xml": types, "_rels/.rels": _relations({main: "officeDocument"}), **parts})


def _relations(targets: Mapping[str, str]) -> str:
    """targets: of each part what it is, numbered in this order."""
    said = "".join(
        f'<Relationship Id="rId{number}" Type="{kind if ":" in kind else f"{_LINKS}/{kind}"}" Target="{target}"/>'
        for number, (target, kind) in enumerate(targets.items(), 1)
    )
    return f'<Relationships xmlns="{_PACKAGES}/relationships">{said}</Relationships>'


def workbook(rows: Rows, hidden: Rows = ()) -> bytes:
    """An xlsx, all cells texts. hidden: of a second sheet, which is not shown."""
    sheets = {"Sheet1": rows, **({"底稿": hidden} if hidden else {})}
    parts: dict[str, bytes | str] = {}
    listed, kinds = "", {"xl/workbook.xml": f"{_OFFICE}.spreadsheetml.sheet.main+xml"}
    for number, (name, content) in enumerate(sheets.items(), 1):
        state = ' state="hidden"' if number > 1 else ""
        listed += f'<sheet name="{name}" sheetId="{number}"{state} r:id="rId{number}"/>'
        part = f"xl/worksheets/sheet{number}.xml"
        kinds[part] = f"{_OFFICE}.spreadsheetml.worksheet+xml"
        parts[part] = f'<worksheet xmlns="{_MAIN}"><sheetData>{_cells(content)}</sheetData></worksheet>'
    parts["xl/workbook.xml"] = f'<workbook xmlns="{_MAIN}" xmlns:r="{_LINKS}"><sheets>{listed}</sheets></workbook>'
    parts["xl/_rels/workbook.xml.rels"] = _relations(
        {f"worksheets/sheet{number}.xml": "worksheet" for number in range(1, len(sheets) + 1)}
    )
    return _package("xl/workbook.xml", kinds, parts)


def _cells(rows: Rows) -> str:
    lines = []
    for number, row in enumerate(rows, 1):
        cells = (
            f'<c r="{_letters(place)}{number}" t="inlineStr"><is><t>{escape(text)}</t></is></c>'
            for place, text in enumerate(row)
        )
        lines.append(f'<row r="{number}">{"".join(cells)}</row>')
    return "".join(lines)


def _letters(place: int) -> str:
    return (chr(64 + place // 26) if place >= 26 else "") + chr(65 + place % 26)


def docx(lines: Sequence[str], *, note: str = "", comment: str = "", inserted: str = "", macro: bool = False) -> bytes:
    """A Word document. note, comment: to the last line, a footnote and a comment; inserted: a tracked paragraph."""
    body = [f"<w:p><w:r><w:t>{escape(line)}</w:t></w:r></w:p>" for line in lines]
    main, space = "word/document.xml", f'xmlns:w="{_WORD}"'
    related, parts, kinds = {}, {}, {main: f"{_OFFICE}.wordprocessingml.document.main+xml"}
    for name, one, said in (("footnotes", "footnote", note), ("comments", "comment", comment)):
        if said:
            body[-1] = body[-1].replace("</w:p>", f'<w:r><w:{one}Reference w:id="2"/></w:r></w:p>')
            held = f'<w:{one} w:id="2"><w:p><w:r><w:t>{escape(said)}</w:t></w:r></w:p></w:{one}>'
            parts[f"word/{name}.xml"] = f"<w:{name} {space}>{held}</w:{name}>"
            kinds[f"word/{name}.xml"] = f"{_OFFICE}.wordprocessingml.{name}+xml"
            related[f"{name}.xml"] = name
    if inserted:
        body.append(f'<w:p><w:ins w:id="3"><w:r><w:t>{escape(inserted)}</w:t></w:r></w:ins></w:p>')
    document: dict[str, bytes | str] = {main: f"<w:document {space}><w:body>{''.join(body)}</w:body></w:document>"}
    if macro:
        kinds[main] = "application/vnd.ms-word.document.macroEnabled.main+xml"
        document["word/vbaProject.bin"] = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".ljust(512, b"\0")
        related["vbaProject.bin"] = _MACRO
    return _package(main, kinds, {**document, **parts, "word/_rels/document.xml.rels": _relations(related)})


def pptx(lines: Sequence[str], notes: Sequence[str]) -> bytes:
    """A presentation of one slide with the speaker's notes."""

    def tree(tag: str, texts: Sequence[str]) -> str:
        said = "".join(f"<a:p><a:r><a:t>{escape(one)}</a:t></a:r></a:p>" for one in texts)
        return (
            f'<p:{tag} xmlns:p="{_SLIDES}" xmlns:a="{_DRAWING}"><p:cSld><p:spTree><p:sp><p:txBody><a:bodyPr/>'
            f"{said}</p:txBody></p:sp></p:spTree></p:cSld></p:{tag}>"
        )

    main, slide, note = "ppt/presentation.xml", "ppt/slides/slide1.xml", "ppt/notesSlides/notesSlide1.xml"
    kind = f"{_OFFICE}.presentationml"
    listed = '<p:sldIdLst><p:sldId id="256" r:id="rId1"/></p:sldIdLst>'
    return _package(
        main,
        {main: f"{kind}.presentation.main+xml", slide: f"{kind}.slide+xml", note: f"{kind}.notesSlide+xml"},
        {
            main: f'<p:presentation xmlns:p="{_SLIDES}" xmlns:r="{_LINKS}">{listed}</p:presentation>',
            "ppt/_rels/presentation.xml.rels": _relations({"slides/slide1.xml": "slide"}),
            slide: tree("sld", lines),
            "ppt/slides/_rels/slide1.xml.rels": _relations({"../notesSlides/notesSlide1.xml": "notesSlide"}),
            note: tree("notes", notes),
        },
    )


def pdf(*pages: Sequence[str]) -> bytes:
    """A document of pages, each of some lines, in a Chinese font that every reader brings along."""
    font = (
        b"<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding /UniGB-UCS2-H /DescendantFonts [<< /Type"
        b" /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light /CIDSystemInfo << /Registry (Adobe) /Ordering (GB1)"
        b" /Supplement 2 >> /DW 1000 >>] >>"
    )
    contents = []
    for lines in pages:
        shown = "".join(f"<{one.encode('utf-16-be').hex()}> Tj 0 -20 Td " for one in lines)
        contents.append(f"BT /F 10 Tf 40 780 Td {shown}ET".encode())
    return _pdf(contents, b"<< /Font << /F 3 0 R >> >>", font)


def scan(picture: bytes, width: int, height: int, coding: str = "FlateDecode") -> bytes:
    """A page that is nothing but a picture of `width` by `height` pixels, at 150 dpi, coded as PDF calls it."""
    size = f"{width * 72 / 150:.2f} 0 0 {height * 72 / 150:.2f}"
    head = (
        f"<< /Type /XObject /Subtype /Image /Width {width} /Height {height} /ColorSpace /DeviceRGB"
        f" /BitsPerComponent 8 /Filter /{coding} /Length {len(picture)} >>\nstream\n"
    )
    content = f"q {size} 0 0 cm /I Do Q".encode()
    return _pdf([content], b"<< /XObject << /I 3 0 R >> >>", head.encode() + picture + b"\nendstream")


def blank_scan() -> bytes:
    """A scan of an empty sheet of paper."""
    return scan(zlib.compress(b"\xf4\xf2\xec" * 620 * 877), 620, 877)


def _pdf(contents: Sequence[bytes], resources: bytes, resource: bytes) -> bytes:
    kids = b" ".join(b"%d 0 R" % (4 + 2 * number) for number in range(len(contents)))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [%s] /Count %d >>" % (kids, len(contents)),
        resource,
    ]
    for number, content in enumerate(contents):
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents %d 0 R /Resources %s >>"
            % (5 + 2 * number, resources)
        )
        objects.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content))
    body, places = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, 1):
        places.append(len(body))
        body += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    start = len(body)
    body += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    body += b"".join(b"%010d 00000 n \n" % place for place in places)
    return body + b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, start)


def ofd(*pages: Sequence[str]) -> bytes:
    """A document as official exchange systems give it out (GB/T 33190): pages, each of some lines."""
    names = [f"Pages/Page_{number}/Content.xml" for number in range(len(pages))]
    listed = "".join(f'<ofd:Page ID="{10 + number}" BaseLoc="{name}"/>' for number, name in enumerate(names))
    space = f'xmlns:ofd="{_OFD}"'
    members: dict[str, bytes | str] = {
        "OFD.xml": (
            f'<ofd:OFD {space} Version="1.0" DocType="OFD"><ofd:DocBody><ofd:DocInfo><ofd:DocID>1</ofd:DocID>'
            "</ofd:DocInfo><ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>"
        ),
        "Doc_0/Document.xml": (
            f"<ofd:Document {space}><ofd:CommonData><ofd:MaxUnitID>999</ofd:MaxUnitID><ofd:PageArea>"
            "<ofd:PhysicalBox>0 0 210 297</ofd:PhysicalBox></ofd:PageArea></ofd:CommonData>"
            f"<ofd:Pages>{listed}</ofd:Pages></ofd:Document>"
        ),
    }
    for name, lines in zip(names, pages, strict=True):
        texts = "".join(
            f'<ofd:TextObject ID="{100 + at}" Boundary="20 {20 + 8 * at} 170 6" Font="1" Size="4.2">'
            f'<ofd:TextCode X="0" Y="5" DeltaX="g {max(len(one) - 1, 1)} 4.2">{escape(one)}</ofd:TextCode>'
            "</ofd:TextObject>"
            for at, one in enumerate(lines)
        )
        layer = f'<ofd:Layer ID="5" Type="Body">{texts}</ofd:Layer>'
        members[f"Doc_0/{name}"] = f"<ofd:Page {space}><ofd:Content>{layer}</ofd:Content></ofd:Page>"
    return packed(members)


def rtf(text: str) -> bytes:
    """A document in the format that word processors exchange."""
    coded = "".join(char if ord(char) < 128 else f"\\u{ord(char)}?" for char in text)
    return f"{{\\rtf1\\ansi {coded}}}".encode("ascii")


def gbk_csv(rows: Rows) -> bytes:
    """A table as Excel saves it in China: GBK, without a mark."""
    written = StringIO()
    csv.writer(written).writerows(rows)
    return written.getvalue().encode("gbk")
