"""Flat documents of LibreOffice in which each part that such a document can have says a sentence of its own.

`say(part)` is what stands in a part; the parts are those of tests/cases/parts.toml.
"""

from __future__ import annotations

import base64
import struct
import zlib
from collections.abc import Callable
from html import escape

Say = Callable[[str], str]

_SPACES = " ".join(
    f'xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for prefix, name in {
        "office": "office", "style": "style", "text": "text", "table": "table", "draw": "drawing", "meta": "meta",
        "fo": "xsl-fo-compatible", "svg": "svg-compatible", "number": "datastyle", "presentation": "presentation",
        "form": "form", "script": "script",
    }.items()
) + (
    ' xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:dc="http://purl.org/dc/elements/1.1/"'
    ' xmlns:loext="urn:org:documentfoundation:names:experimental:office:xmlns:loext:1.0"'
    ' xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0"'
    ' xmlns:of="urn:oasis:names:tc:opendocument:xmlns:of:1.2"'
)  # fmt: skip
_FONTS = (
    '<office:font-face-decls><style:font-face style:name="Han" svg:font-family="\'Noto Sans CJK SC\'"/>'
    "</office:font-face-decls>"
)
_FONT = (
    '<style:text-properties style:font-name="Han" style:font-name-asian="Han" fo:language="zh" fo:country="CN"'
    ' style:language-asian="zh" style:country-asian="CN"/>'
)


ADDRESS = "https://www.qingtan.example/a.html"
SIZE = 'svg:width="7cm" svg:height="1.5cm"'
RECTANGLE = (
    '<draw:enhanced-geometry draw:type="rectangle" svg:viewBox="0 0 21600 21600"'
    ' draw:enhanced-path="M 0 0 L 21600 0 21600 21600 0 21600 0 0 Z N"/>'
)


def _document(kind: str, styles: str, masters: str, body: str, subject: str) -> bytes:
    meta = f"<office:meta><dc:subject>{escape(subject)}</dc:subject></office:meta>"
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<office:document {_SPACES} office:version="1.3"'
        f' office:mimetype="application/vnd.oasis.opendocument.{kind}">{meta}{_FONTS}{styles}'
        f"{masters}<office:body>{body}</office:body></office:document>"
    ).encode()


def png(width: int = 24, height: int = 24, colour: bytes = b"\xc0\x20\x20") -> bytes:
    """A plain picture."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    rows = zlib.compress((b"\0" + colour * width) * height)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def _picture(name: str, anchor: str, more: str = "") -> str:
    data = base64.b64encode(png()).decode()
    return (
        f'<draw:frame draw:name="{name}" {anchor} svg:width="2cm" svg:height="2cm" {more}><draw:image>'
        f"<office:binary-data>{data}</office:binary-data></draw:image></draw:frame>"
    )


def _paragraph(text: str, style: str = "Standard") -> str:
    return f'<text:p text:style-name="{style}">{escape(text)}</text:p>'


def text(say: Say) -> bytes:
    """A text document (.fodt)."""

    def p(part: str) -> str:
        return _paragraph(say(part))

    def note(kind: str, part: str) -> str:
        return (
            f'<text:note text:id="{kind}1" text:note-class="{kind}"><text:note-citation>1</text:note-citation>'
            f"<text:note-body>{p(part)}</text:note-body></text:note>"
        )

    def changed(kind: str, name: str, body: str = "") -> str:
        return (
            f'<text:changed-region xml:id="{name}" text:id="{name}"><text:{kind}><office:change-info>'
            "<dc:creator>拟稿人</dc:creator><dc:date>2026-11-20T09:00:00</dc:date></office:change-info>"
            f"{body}</text:{kind}></text:changed-region>"
        )

    def line(content: str) -> str:
        return f"<text:p>{content}</text:p>"

    anchor = 'text:anchor-type="paragraph" svg:x="1cm" svg:y="0.2cm"'
    column = "<table:table-column/>"
    comment = (
        '<office:annotation office:name="c1"><dc:creator>审稿人</dc:creator><dc:date>2026-11-20T09:00:00</dc:date>'
        f"{p('comment')}</office:annotation>"
    )
    ruby = (
        f'<text:ruby text:style-name="Ru1"><text:ruby-base>{escape(say("ruby"))}</text:ruby-base>'
        "<text:ruby-text>zhu yin</text:ruby-text></text:ruby>"
    )
    inserted = (
        f'<text:change-start text:change-id="ct1"/>{escape(say("inserted"))}<text:change-end text:change-id="ct1"/>'
    )
    deleted = '<text:change text:change-id="ct2"/>'
    box = f'<draw:text-box fo:min-height="1cm">{p("box")}</draw:text-box>'
    tracked = changed("insertion", "ct1") + changed("deletion", "ct2", p("deleted"))
    cell = '<table:table-cell office:value-type="string">{}</table:table-cell>'
    nested = (
        f'<table:table table:name="Inner">{column}<table:table-row>{cell.format(p("nested"))}</table:table-row>'
        "</table:table>"
    )
    outer = f"<table:table-row>{cell.format(_paragraph('外层'))}{cell.format(nested)}</table:table-row>"
    rows = (
        ("序号", "名称", "说明"),
        ("1", "甲", say("cell")),
    )
    table = "".join(
        f"<table:table-row>{''.join(cell.format(_paragraph(one)) for one in row)}</table:table-row>" for row in rows
    )
    body = "".join((
        f'<text:h text:style-name="Heading" text:outline-level="1">{escape(say("heading"))}</text:h>',
        p("body"),
        f"<text:list><text:list-item>{p('list')}</text:list-item></text:list>",
        line(f"下面一段有脚注。{note('footnote', 'footnote')}"),
        line(f"下面一段有尾注。{note('endnote', 'endnote')}"),
        line(f'这里有批注{comment}的文字<office:annotation-end office:name="c1"/>。'),
        line(f'域的结果是<text:user-field-get text:name="v">{escape(say("field"))}</text:user-field-get>。'),
        line(f"控件里是<loext:content-control>{escape(say('control'))}</loext:content-control>。"),
        line(f"注音的字是{ruby}。"),
        line(f"添上的是{inserted}，删去的是{deleted}。"),
        line(f'链接是<text:a xlink:type="simple" xlink:href="{ADDRESS}">{escape(say("link"))}</text:a>。'),
        f'<table:table table:name="Table1">{column * 3}{table}</table:table>{line("")}',
        f'<table:table table:name="Table2">{column * 2}{outer}</table:table>',
        line(f'文本框在此。<draw:frame draw:name="Box1" {anchor} svg:width="6cm">{box}</draw:frame>'),
        line("") * 3,
        line(f'图形在此。<draw:custom-shape {anchor} {SIZE}>{p("shape")}{RECTANGLE}</draw:custom-shape>'),
        line("") * 3,
        line("图片在此。" + _picture("Picture1", 'text:anchor-type="as-char"')),
        _paragraph(say("page"), "NewPage"),
        f'<text:section text:name="S1">{p("section")}</text:section>',
        _paragraph(say("initial"), "Dropped"),
    ))  # fmt: skip
    styles = (
        f'<office:styles><style:default-style style:family="paragraph">{_FONT}</style:default-style>'
        '<style:style style:name="Standard" style:family="paragraph" style:class="text"/>'
        '<style:style style:name="Heading" style:family="paragraph" style:parent-style-name="Standard"/>'
        "</office:styles>"
        '<office:automatic-styles><style:style style:name="NewPage" style:family="paragraph"'
        ' style:parent-style-name="Standard"><style:paragraph-properties fo:break-before="page"/></style:style>'
        '<style:style style:name="Dropped" style:family="paragraph" style:parent-style-name="Standard">'
        '<style:paragraph-properties><style:drop-cap style:lines="2" style:length="1"/></style:paragraph-properties>'
        "</style:style>"
        '<style:style style:name="Ru1" style:family="ruby"><style:ruby-properties/></style:style>'
        '<style:page-layout style:name="pm1"><style:page-layout-properties fo:page-width="21cm"'
        ' fo:page-height="29.7cm" fo:margin-top="2cm" fo:margin-bottom="2cm" fo:margin-left="2cm"'
        ' fo:margin-right="2cm"/><style:header-style><style:header-footer-properties fo:min-height="1cm"/>'
        '</style:header-style><style:footer-style><style:header-footer-properties fo:min-height="1cm"/>'
        "</style:footer-style></style:page-layout></office:automatic-styles>"
    )
    masters = (
        '<office:master-styles><style:master-page style:name="Standard" style:page-layout-name="pm1">'
        f"<style:header>{p('header')}</style:header><style:header-first>{p('first-header')}</style:header-first>"
        f"<style:footer>{p('footer')}</style:footer><style:footer-first>{_paragraph('首页的页脚')}</style:footer-first>"
        "</style:master-page></office:master-styles>"
    )
    fields = (
        '<text:user-field-decls><text:user-field-decl office:value-type="string" text:name="v"'
        f' office:string-value="{escape(say("field"))}"/></text:user-field-decls>'
    )
    whole = f"<text:tracked-changes>{tracked}</text:tracked-changes>{fields}{body}"
    return _document("text", styles, masters, f"<office:text>{whole}</office:text>", say("subject"))


def sheets(say: Say) -> bytes:
    """A spreadsheet (.fods): three sheets, the last of them hidden."""

    def cell(content: str, more: str = "") -> str:
        return f'<table:table-cell office:value-type="string" {more}>{content}</table:table-cell>'

    def p(part: str) -> str:
        return f"<text:p>{escape(say(part))}</text:p>"

    def row(*cells: str, more: str = "") -> str:
        return f"<table:table-row {more}>{''.join(cells)}</table:table-row>"

    def plain(content: str) -> str:
        return cell(f"<text:p>{content}</text:p>")

    annotation = f"<office:annotation><dc:creator>审稿人</dc:creator>{p('comment')}</office:annotation>"
    link = f'<text:p><text:a xlink:href="{ADDRESS}">{escape(say("link"))}</text:a></text:p>'
    formula = f"&quot;{escape(say('formula'))}&quot;&amp;&quot;&quot;"
    shapes = (
        '<table:shapes><draw:frame draw:z-index="0" svg:width="6cm" svg:height="1.5cm" svg:x="2cm" svg:y="8cm">'
        f"<draw:text-box>{p('box')}</draw:text-box></draw:frame>"
        + _picture("Picture1", 'draw:z-index="1"', 'svg:x="2cm" svg:y="11cm"')
        + "</table:shapes>"
    )
    first = (
        shapes + '<table:table-column table:style-name="co1" table:number-columns-repeated="3"/>'
        '<table:table-column table:style-name="co1" table:visibility="collapse"/>'
        '<table:table-column table:style-name="co1"/>'
        + row(plain("序号"), plain("名称"), plain("说明"), plain("内部"), plain("合计"))
        + row(
            plain("1"),
            cell(p("cell")),
            plain("二"),
            cell(p("hidden-column")),
            cell(p("formula"), f'table:formula="of:={formula}" office:string-value="{escape(say("formula"))}"'),
        )
        + row(plain("2"), cell(p("hidden-row")), more='table:visibility="collapse"')
        + row(plain("3"), cell(annotation + "<text:p>有批注</text:p>"))
        + row(plain("4"), cell(link))
        + row(
            plain("5"),
            cell(p("merged"), 'table:number-columns-spanned="2" table:number-rows-spanned="1"'),
            "<table:covered-table-cell/>",
        )
        + row(
            plain("6"),
            cell(
                f"<text:p>第一行</text:p>{p('second-line')}",
                'table:content-validation-name="val1"',
            ),
        )
    )
    second = "<table:table-column/>" + row(plain("乙")) + row(cell(p("second-sheet")))
    third = "<table:table-column/>" + row(plain("丙")) + row(cell(p("hidden-sheet")))
    styles = (
        f'<office:styles><style:default-style style:family="table-cell">{_FONT}</style:default-style></office:styles>'
        '<office:automatic-styles><style:style style:name="ta1" style:family="table" style:master-page-name="Default">'
        '<style:table-properties table:display="true"/></style:style>'
        '<style:style style:name="ta2" style:family="table" style:master-page-name="Plain">'
        '<style:table-properties table:display="true"/></style:style>'
        '<style:style style:name="ta3" style:family="table" style:master-page-name="Plain">'
        '<style:table-properties table:display="false"/></style:style>'
        '<style:style style:name="co1" style:family="table-column">'
        '<style:table-column-properties style:column-width="4.4cm"/></style:style>'
        '<style:page-layout style:name="pm1"><style:page-layout-properties fo:page-width="21cm"'
        ' fo:page-height="29.7cm"/><style:header-style><style:header-footer-properties fo:min-height="1cm"/>'
        '</style:header-style><style:footer-style><style:header-footer-properties fo:min-height="1cm"/>'
        "</style:footer-style></style:page-layout></office:automatic-styles>"
    )
    masters = (
        '<office:master-styles><style:master-page style:name="Default" style:page-layout-name="pm1">'
        f"<style:header>{p('header')}</style:header><style:footer>{p('footer')}</style:footer>"
        '</style:master-page><style:master-page style:name="Plain" style:page-layout-name="pm1">'
        '<style:header style:display="false"/><style:footer style:display="false"/>'
        "</style:master-page></office:master-styles>"
    )
    tables = "".join(
        f'<table:table table:name="{name}" table:style-name="{style}">{content}</table:table>'
        for name, style, content in (("名单", "ta1", first), ("明细", "ta2", second), ("底稿", "ta3", third))
    )
    prompt = (
        '<table:content-validations><table:content-validation table:name="val1"'
        f' table:base-cell-address="名单.B7"><table:help-message table:display="true">{p("prompt")}'
        "</table:help-message></table:content-validation></table:content-validations>"
    )
    whole = f"<office:spreadsheet>{prompt}{tables}</office:spreadsheet>"
    return _document("spreadsheet", styles, masters, whole, say("subject"))


def slides(say: Say) -> bytes:
    """A presentation (.fodp): three slides, the last of them hidden."""

    def p(part: str) -> str:
        return f"<text:p>{escape(say(part))}</text:p>"

    def frame(content: str, top: int, more: str = "") -> str:
        return (
            f'<draw:frame {more} draw:layer="layout" svg:width="20cm" svg:height="2cm" svg:x="2cm" svg:y="{top}cm">'
            f"{content}</draw:frame>"
        )

    def box(part: str, top: int, more: str = "") -> str:
        return frame(f"<draw:text-box>{p(part)}</draw:text-box>", top, more)

    def notes(part: str) -> str:
        return (
            '<presentation:notes draw:style-name="dp1"><draw:page-thumbnail svg:width="14cm" svg:height="10cm"'
            ' svg:x="3cm" svg:y="2cm" presentation:class="page"/><draw:frame presentation:class="notes"'
            ' svg:width="16cm" svg:height="12cm" svg:x="2cm" svg:y="14cm"><draw:text-box>'
            f"{p(part)}</draw:text-box></draw:frame></presentation:notes>"
        )

    def page(name: str, content: str, style: str = "dp1") -> str:
        return (
            f'<draw:page draw:name="{name}" draw:style-name="{style}" draw:master-page-name="Default">'
            f"{content}</draw:page>"
        )

    cell = "<table:table-cell>{}</table:table-cell>"
    table = (
        "<table:table><table:table-column/><table:table-column/><table:table-row>"
        f"{cell.format('<text:p>序号</text:p>')}{cell.format('<text:p>名称</text:p>')}</table:table-row>"
        f"<table:table-row>{cell.format('<text:p>1</text:p>')}{cell.format(p('cell'))}</table:table-row></table:table>"
    )

    def shape(part: str, top: int) -> str:
        return (
            f'<draw:custom-shape draw:layer="layout" svg:width="18cm" svg:height="2cm" svg:x="2cm" svg:y="{top}cm">'
            f"{p(part)}{RECTANGLE}</draw:custom-shape>"
        )

    comment = (
        '<officeooo:annotation svg:x="0cm" svg:y="0cm" xmlns:officeooo="http://openoffice.org/2009/office">'
        f"<dc:creator>审稿人</dc:creator><dc:date>2026-11-20T09:00:00</dc:date>{p('comment')}</officeooo:annotation>"
    )
    first = (
        box("title", 1, 'presentation:class="title"')
        + box("box", 5)
        + shape("shape", 8)
        + f"<draw:g>{shape('group', 11)}</draw:g>"
        + comment
        + notes("notes")
    )
    second = (
        frame(table, 3)
        + _picture("Picture1", 'draw:layer="layout"', 'svg:x="2cm" svg:y="10cm"')
        + frame(
            f'<draw:text-box><text:p><text:a xlink:href="{ADDRESS}">'
            f"{escape(say('link'))}</text:a></text:p></draw:text-box>",
            14,
        )
        + notes("second-notes")
    )
    styles = (
        f'<office:styles><style:default-style style:family="graphic">{_FONT}</style:default-style></office:styles>'
        '<office:automatic-styles><style:page-layout style:name="PM1"><style:page-layout-properties'
        ' fo:page-width="28cm" fo:page-height="21cm"/></style:page-layout>'
        '<style:style style:name="dp1" style:family="drawing-page"><style:drawing-page-properties'
        ' presentation:display-footer="true"/></style:style>'
        '<style:style style:name="dp2" style:family="drawing-page"><style:drawing-page-properties'
        ' presentation:visibility="hidden"/></style:style></office:automatic-styles>'
    )
    masters = (
        '<office:master-styles><style:master-page style:name="Default" style:page-layout-name="PM1">'
        f"{box('master', 18)}</style:master-page></office:master-styles>"
    )
    pages = page("page1", first) + page("page2", second) + page("page3", box("hidden-slide", 5), "dp2")
    whole = f"<office:presentation>{pages}</office:presentation>"
    return _document("presentation", styles, masters, whole, say("subject"))
