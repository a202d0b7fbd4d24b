"""Small files such as offices attach, written by hand: a list that stands somewhere in them, often where nobody looks.

Each maker takes the rows of a list, the first of which is its head, and gives the content of a file.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping, Sequence
from email.message import EmailMessage
from html import escape

from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.worksheet.header_footer import HeaderFooterItem, _HeaderFooterPart

from jimo_lint.demo.documents import gbk_csv as gbk_csv
from jimo_lint.demo.documents import ofd as ofd
from tests.support.oldbooks import label, workbook

Rows = Sequence[Sequence[str]]

_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_LINKS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGES = "http://schemas.openxmlformats.org/package/2006"
_DRAWING = "http://schemas.openxmlformats.org/drawingml/2006/main"
_SLIDES = "http://schemas.openxmlformats.org/presentationml/2006/main"
_OPEN = "urn:oasis:names:tc:opendocument:xmlns"
COVER = [["项目", "情况"], ["公示时间", "五个工作日"], ["受理部门", "青潭区民政局"]]


def lines(rows: Rows) -> list[str]:
    """The rows as sentences: each cell with the head of its column."""
    head, *rest = rows
    return ["，".join(f"{name}{cell}" for name, cell in zip(head, row, strict=True)) + "。" for row in rest]


# ---- packages


def packed(members: Mapping[str, str | bytes]) -> bytes:
    """A zip package of parts."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as package:
        for name, body in members.items():
            # By the standard this part of OpenDocument comes first and is not packed.
            package.writestr(name, body, zipfile.ZIP_STORED if name == "mimetype" else None)
    return target.getvalue()


def _types(parts: Mapping[str, str]) -> str:
    rels = "application/vnd.openxmlformats-package.relationships+xml"
    said = "".join(f'<Override PartName="/{name}" ContentType="{kind}"/>' for name, kind in parts.items())
    defaults = f'<Default Extension="rels" ContentType="{rels}"/><Default Extension="xml" ContentType="text/xml"/>'
    return f'<Types xmlns="{_PACKAGES}/content-types">{defaults}{said}</Types>'


def _relations(targets: Mapping[str, str]) -> str:
    """targets: of each part its kind."""
    said = "".join(
        f'<Relationship Id="rId{number}" Type="{_LINKS}/{kind}" Target="{target}"/>'
        for number, (target, kind) in enumerate(targets.items(), 1)
    )
    return f'<Relationships xmlns="{_PACKAGES}/relationships">{said}</Relationships>'


# ---- Word

_KIND = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_NOTES = {"footnotes": "footnote", "endnotes": "endnote", "comments": "comment"}
_MARGINS = {"header": "hdr", "footer": "ftr"}


def _runs(texts: Sequence[str]) -> str:
    return "".join(f'<w:p><w:r><w:t xml:space="preserve">{escape(one)}</w:t></w:r></w:p>' for one in texts)


def _word_table(rows: Rows) -> str:
    cells = ("".join(f"<w:tc>{_runs([cell])}</w:tc>" for cell in row) for row in rows)
    return f"<w:tbl>{''.join(f'<w:tr>{row}</w:tr>' for row in cells)}</w:tbl>"


def _word_box(rows: Rows) -> str:
    return (
        '<w:p><w:r><w:pict><v:shape xmlns:v="urn:schemas-microsoft-com:vml"><v:textbox><w:txbxContent>'
        f"{_runs(lines(rows))}</w:txbxContent></v:textbox></v:shape></w:pict></w:r></w:p>"
    )


def docx(**parts: Rows) -> bytes:
    """A Word document. parts: table, box, header, footer, footnotes, endnotes, comments: the list that stands there."""
    body, section = _runs(["关于公示的通知", "现将有关情况公示如下，接受社会监督。"]), ""
    related: dict[str, str] = {}
    members: dict[str, str | bytes] = {"_rels/.rels": _relations({"word/document.xml": "officeDocument"})}
    for name, rows in parts.items():
        if name == "table":
            body += _word_table(rows)
        elif name == "box":
            body += _word_box(rows)
        else:
            related[f"{name}.xml"] = name
            words = _runs(lines(rows))
            if name in _NOTES:
                tag, one = name, _NOTES[name]
                body += f'<w:p><w:r><w:t>见此处</w:t></w:r><w:r><w:{one}Reference w:id="2"/></w:r></w:p>'
                words = f'<w:{one} w:id="2">{words}</w:{one}>'
            else:
                tag = _MARGINS[name]
                section += f'<w:{name}Reference xmlns:r="{_LINKS}" w:type="default" r:id="rId{len(related)}"/>'
            members[f"word/{name}.xml"] = f'<w:{tag} xmlns:w="{_WORD}">{words}</w:{tag}>'
    kinds = {f"word/{name}": f"{_KIND}.{kind}+xml" for name, kind in related.items()}
    members["[Content_Types].xml"] = _types({"word/document.xml": f"{_KIND}.document.main+xml", **kinds})
    members["word/_rels/document.xml.rels"] = _relations(related)
    members["word/document.xml"] = (
        f'<w:document xmlns:w="{_WORD}"><w:body>{body}<w:sectPr>{section}</w:sectPr></w:body></w:document>'
    )
    return packed(members)


def rtf(rows: Rows) -> bytes:
    """A document in the format that word processors exchange, its characters as numbers."""
    text = "\\par\n".join(["关于公示名单的通知", "现将名单公布，接受监督。", *lines(rows)])
    coded = "".join(one if ord(one) < 128 else f"\\u{ord(one)}?" for one in text)
    return f"{{\\rtf1\\ansi\\uc1 {coded}\\par}}".encode("ascii")


# ---- tables


def xlsx(rows: Rows, hidden: str = "") -> bytes:
    """A workbook. hidden: sheet, column, row: what of the list is not shown; header, comment: where else it stands."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "公示"
    if hidden in ("sheet", "header", "comment"):
        for row in COVER:
            sheet.append(row)
    if hidden == "header":
        sheet.HeaderFooter.oddHeader = HeaderFooterItem(center=_HeaderFooterPart(" ".join(lines(rows))[:200]))
    elif hidden == "comment":
        sheet["B2"].comment = Comment("\n".join(lines(rows)), "经办人")
    else:
        target = book.create_sheet("底稿") if hidden == "sheet" else sheet
        for cells in rows:
            target.append(list(cells))
        if hidden == "sheet":
            target.sheet_state = "hidden"
        elif hidden == "column":
            target.column_dimensions["C"].hidden = True
        elif hidden == "row":
            for number in range(2, len(rows) + 1):
                target.row_dimensions[number].hidden = True
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


def xls(rows: Rows) -> bytes:
    """A workbook of Excel 97."""
    cells = [label(at, place, text) for at, row in enumerate(rows) for place, text in enumerate(row)]
    return workbook(cells)


def _open_document(kind: str, body: str) -> bytes:
    spaces = " ".join(f'xmlns:{name}="{_OPEN}:{name}:1.0"' for name in ("office", "text", "table"))
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {spaces} office:version="1.3">'
        f"<office:body>{body}</office:body></office:document-content>"
    )
    media = f"application/vnd.oasis.opendocument.{kind}"
    manifest = (
        f'<manifest:manifest xmlns:manifest="{_OPEN}:manifest:1.0"><manifest:file-entry manifest:full-path="/"'
        f' manifest:media-type="{media}"/><manifest:file-entry manifest:full-path="content.xml"'
        ' manifest:media-type="text/xml"/></manifest:manifest>'
    )
    return packed({"mimetype": media, "content.xml": content, "META-INF/manifest.xml": manifest})


def _open_rows(rows: Rows) -> str:
    cell = '<table:table-cell office:value-type="string"><text:p>{}</text:p></table:table-cell>'
    said = ("".join(cell.format(escape(text)) for text in row) for row in rows)
    return "".join(f"<table:table-row>{row}</table:table-row>" for row in said)


def ods(rows: Rows) -> bytes:
    """A spreadsheet of OpenDocument."""
    table = f'<table:table table:name="名单">{_open_rows(rows)}</table:table>'
    return _open_document("spreadsheet", f"<office:spreadsheet>{table}</office:spreadsheet>")


def odt(rows: Rows) -> bytes:
    """A text of OpenDocument with the list as a table."""
    words = "<text:p>关于公示名单的通知</text:p><text:p>现将名单公布，接受监督。</text:p>"
    body = f'{words}<table:table table:name="表格1">{_open_rows(rows)}</table:table>'
    return _open_document("text", f"<office:text>{body}</office:text>")


# ---- slides


def pptx(notes: Rows) -> bytes:
    """A presentation of one slide, the list in the speaker's notes."""
    kind = "application/vnd.openxmlformats-officedocument.presentationml"

    def tree(tag: str, texts: Sequence[str]) -> str:
        said = "".join(f"<a:p><a:r><a:t>{escape(one)}</a:t></a:r></a:p>" for one in texts)
        return (
            f'<p:{tag} xmlns:p="{_SLIDES}" xmlns:a="{_DRAWING}"><p:cSld><p:spTree><p:sp><p:txBody><a:bodyPr/>'
            f"{said}</p:txBody></p:sp></p:spTree></p:cSld></p:{tag}>"
        )

    main, slide, note = "ppt/presentation.xml", "ppt/slides/slide1.xml", "ppt/notesSlides/notesSlide1.xml"
    return packed({
        "[Content_Types].xml": _types({
            main: f"{kind}.presentation.main+xml", slide: f"{kind}.slide+xml", note: f"{kind}.notesSlide+xml",
        }),
        "_rels/.rels": _relations({main: "officeDocument"}),
        main: (
            f'<p:presentation xmlns:p="{_SLIDES}" xmlns:r="{_LINKS}"><p:sldIdLst><p:sldId id="256" r:id="rId1"/>'
            "</p:sldIdLst></p:presentation>"
        ),
        "ppt/_rels/presentation.xml.rels": _relations({"slides/slide1.xml": "slide"}),
        slide: tree("sld", ["工作情况汇报"]),
        "ppt/slides/_rels/slide1.xml.rels": _relations({"../notesSlides/notesSlide1.xml": "notesSlide"}),
        note: tree("notes", lines(notes)),
    })  # fmt: skip


# ---- pages


def pdf(*pages: Sequence[str]) -> bytes:
    """A document of pages, each of some lines, in a Chinese font that every reader brings along."""
    font = (
        b"<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding /UniGB-UCS2-H /DescendantFonts [<< /Type"
        b" /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light /CIDSystemInfo << /Registry (Adobe) /Ordering (GB1)"
        b" /Supplement 2 >> /DW 1000 >>] >>"
    )
    kids = " ".join(f"{4 + 2 * number} 0 R" for number in range(len(pages)))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>".encode(),
        font,
    ]
    for number, said in enumerate(pages):
        shown = "".join(f"<{one.encode('utf-16-be').hex()}> Tj 0 -20 Td " for one in said)
        content = f"BT /F1 10 Tf 40 780 Td {shown}ET".encode()
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents {5 + 2 * number} 0 R"
            " /Resources << /Font << /F1 3 0 R >> >> >>".encode()
        )
        objects.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content))
    return _pdf(objects)


def scan(jpeg: bytes, width: int, height: int) -> bytes:
    """A page that is nothing but a picture of `width` by `height` pixels, at 150 dpi."""
    size = f"{width * 72 / 150:.2f}", f"{height * 72 / 150:.2f}"
    content = f"q {size[0]} 0 0 {size[1]} 0 0 cm /I Do Q".encode()
    picture = (
        f"<< /Type /XObject /Subtype /Image /Width {width} /Height {height} /ColorSpace /DeviceRGB"
        f" /BitsPerComponent 8 /Filter /DCTDecode /Length {len(jpeg)} >>\nstream\n"
    ).encode()
    return _pdf([
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {size[0]} {size[1]}] /Contents 4 0 R"
        " /Resources << /XObject << /I 5 0 R >> >> >>".encode(),
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content),
        picture + jpeg + b"\nendstream",
    ])  # fmt: skip


def _pdf(objects: Sequence[bytes]) -> bytes:
    body, places = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, 1):
        places.append(len(body))
        body += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    start = len(body)
    body += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    body += b"".join(b"%010d 00000 n \n" % place for place in places)
    return body + b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, start)


# ---- containers


def zipped(members: Mapping[str, bytes], encoding: str = "utf-8") -> bytes:
    """An archive. encoding: of the names; gbk as Windows packs them in China, without saying so."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for number, (name, body) in enumerate(members.items()):
            # Names of one byte a character, which are replaced by the real bytes below.
            written = name.encode(encoding)
            stand_in = f"{number:02}".ljust(len(written), "n") if encoding != "utf-8" else name
            archive.writestr(stand_in, body)
    packed = target.getvalue()
    if encoding != "utf-8":
        for number, name in enumerate(members):
            written = name.encode(encoding)
            packed = packed.replace(f"{number:02}".ljust(len(written), "n").encode(), written)
    return packed


def letter(name: str, body: bytes) -> bytes:
    """A mail with a file attached."""
    mail = EmailMessage()
    mail["From"], mail["To"] = "经办人 <a@qingtan.example>", "编辑 <b@qingtan.example>"
    mail["Subject"] = "报送公示名单"
    mail.set_content("名单见附件，请发布。\n")
    mail.add_attachment(body, maintype="application", subtype="octet-stream", filename=name)
    return mail.as_bytes()
