"""A document in the form of GB/T 9704—2012: paper, fonts, lines, page numbers, and paragraphs of its kinds.

Text is always text: what a page said becomes no markup and no field code, and what XML cannot hold is replaced.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import NamedTuple
from zipfile import ZipFile

from docx import Document
from docx.document import Document as Package
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.opc.oxml import serialize_part_xml
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.section import Section
from docx.shared import Mm, Pt, RGBColor
from docx.styles.style import ParagraphStyle
from docx.text.paragraph import Paragraph

from jimo_lint.language.printing import printable
from jimo_lint.report import kept, packages

# 版心 156 × 225 mm: 22 lines of 28 characters of 3 号 (16 pt). LibreOffice gives a character that is wider than a cell
# of the grid two of them, so the characters are set a quarter of a point closer instead, which every program does.
_MARGINS = {"top_margin": Mm(37), "bottom_margin": Mm(35), "left_margin": Mm(28), "right_margin": Mm(26)}
_LINE, _CLOSER = Pt(28.95), -5
_GRID = {"type": "lines", "linePitch": "579"}
# The number of a page stands 7 mm below the text.
_FOOT, _HEAD = Mm(24), Mm(20)

SONG, HEI, KAI, FANG, TITLE = "宋体", "黑体", "楷体_GB2312", "仿宋_GB2312", "方正小标宋简体"
# What stands in for a font where a machine does not have it: Word and WPS take the first of these that is there.
_FALLBACKS = {
    TITLE: "小标宋;FZXiaoBiaoSong-B05S;华文中宋;宋体",
    FANG: "仿宋;FangSong;华文仿宋",
    KAI: "楷体;KaiTi;华文楷体",
    HEI: "SimHei;微软雅黑",
    SONG: "SimSun;新宋体",
}
_LATIN = "Times New Roman"
_RED = RGBColor(0xC0, 0, 0)


class _Look(NamedTuple):
    """Of a kind of paragraph. indent: characters that its first line begins with; exact: lines of the grid; together:
    on one page with what follows."""

    font: str
    size: float = 16
    align: WD_ALIGN_PARAGRAPH = WD_ALIGN_PARAGRAPH.JUSTIFY
    indent: int = 0
    exact: bool = True
    together: bool = False


_LEFT, _CENTRE, _RIGHT = WD_ALIGN_PARAGRAPH.LEFT, WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.RIGHT
_LOOKS: Mapping[str, tuple[str, _Look]] = {
    "number": ("发文字号", _Look(FANG, align=_CENTRE)),
    "title": ("公文标题", _Look(TITLE, 22, _CENTRE)),
    "address": ("主送机关", _Look(FANG, align=_LEFT)),
    "text": ("公文正文", _Look(FANG, indent=2)),
    "heading-1": ("一级标题", _Look(HEI, align=_LEFT, indent=2, together=True)),
    "heading-2": ("二级标题", _Look(KAI, align=_LEFT, indent=2, together=True)),
    "annexes": ("附件说明", _Look(FANG, align=_LEFT, indent=2, together=True)),
    "signature": ("署名和日期", _Look(FANG, align=_RIGHT, together=True)),
    "annex": ("附件序号", _Look(HEI, align=_LEFT, together=True)),
    "head": ("表头", _Look(HEI, 10.5, _CENTRE, exact=False)),
    "cell": ("表格文字", _Look(SONG, 10.5, _LEFT, exact=False)),
    "centre": ("表格居中", _Look(SONG, 10.5, _CENTRE, exact=False)),
    "date": ("表格日期", _Look(SONG, 9, _CENTRE, exact=False)),
    "small": ("表格小字", _Look(SONG, 9, _LEFT, exact=False)),
}


class Paper:
    """A document being put together from the first line to the last."""

    def __init__(self, title: str, draft: str, moment: datetime) -> None:
        """draft: what the head of every page says; moment: naive, the time of creation in the properties."""
        self._document: Package = Document()
        properties = self._document.core_properties
        properties.author = properties.last_modified_by = "jimo-lint"
        properties.title, properties.comments = _clean(title)[:200], ""
        properties.created = properties.modified = moment
        self._styles()
        _name_fonts(self._document)
        self._document.settings.odd_and_even_pages_header_footer = True
        section = self._document.sections[0]
        section.page_width, section.page_height = Mm(210), Mm(297)
        _set_up(section)
        _number_pages(section, draft)

    def add(self, text: str, look: str = "text", *, new_page: bool = False) -> Paragraph:
        """A paragraph of a kind, at the top of a page where it is to begin one."""
        paragraph = self._document.add_paragraph(_clean(text), style=_LOOKS[look][0])
        if new_page:
            paragraph.paragraph_format.page_break_before = True
        return paragraph

    def rule(self) -> None:
        """The red line below the number of the document."""
        line = self.add("", "number")
        line.paragraph_format.line_spacing = Pt(6)
        border = f'<w:pBdr {nsdecls("w")}><w:bottom w:val="single" w:sz="12" w:space="1" w:color="{_RED}"/></w:pBdr>'
        line._p.get_or_add_pPr().insert_element_before(parse_xml(border), "w:spacing", "w:ind", "w:jc", "w:rPr")

    def landscape(self) -> None:
        """What follows is printed across, on a page of its own."""
        section = self._document.add_section(WD_SECTION.NEW_PAGE)
        section.orientation = WD_ORIENT.LANDSCAPE
        section.page_width, section.page_height = Mm(297), Mm(210)
        # The side that is bound is now the upper one.
        section.top_margin, section.bottom_margin = Mm(28), Mm(26)
        section.left_margin, section.right_margin = Mm(35), Mm(37)
        section.footer_distance, section.header_distance = Mm(15), Mm(14)

    def table(
        self, heads: Sequence[str], shares: Sequence[float], looks: Sequence[str], rows: Sequence[Sequence[str]]
    ) -> None:
        """A table as wide as the text. shares: of its width; looks: of cells, by column.

        Its elements are made one by one: python-docx finds a cell by counting all of those before it.
        """
        section = self._document.sections[-1]
        widths = [section.page_width, section.left_margin, section.right_margin]
        whole, left, right = (int(width or 0) for width in widths)
        unit = (whole - left - right) / sum(shares) / Pt(1) * 20
        columns = [round(share * unit) for share in shares]
        table = _element("tbl")
        table.append(parse_xml(_TABLE.format(ns=nsdecls("w"), width=sum(columns))))
        grid = _element("tblGrid", parent=table)
        for column in columns:
            _element("gridCol", parent=grid, w=str(column))
        self._row(table, heads, columns, ["head"] * len(columns), head=True)
        for row in rows:
            self._row(table, row, columns, looks)
        self._document.element.body.insert_element_before(table, "w:sectPr")

    def _row(
        self,
        table: BaseOxmlElement,
        texts: Sequence[str],
        columns: Sequence[int],
        looks: Sequence[str],
        *,
        head: bool = False,
    ) -> None:
        row = _element("tr", parent=table)
        properties = _element("trPr", parent=row)
        _element("cantSplit", parent=properties)
        if head:
            _element("tblHeader", parent=properties)
        for text, width, look in zip(texts, columns, looks, strict=True):
            cell = _element("tc", parent=row)
            inside = _element("tcPr", parent=cell)
            _element("tcW", parent=inside, w=str(width), type="dxa")
            _element("vAlign", parent=inside, val="center")
            paragraph = _element("p", parent=cell)
            _element("pStyle", parent=_element("pPr", parent=paragraph), val=self._ids[look])
            if text:
                words = _element("t", parent=_element("r", parent=paragraph))
                words.text = _clean(text)
                words.set(qn("xml:space"), "preserve")

    def save(self, path: Path) -> Path:
        """Write the document, whole or not at all; where it is. ReportError where it cannot be written."""

        def write(temporary: Path) -> None:
            # The seal is over all other parts, so they have to be written to be known.
            self._document.save(str(temporary))
            with ZipFile(temporary) as package:
                self._document.core_properties.identifier = kept.seal(package.infolist())
            self._document.save(str(temporary))

        with packages.faults(path):
            return packages.put(path, write)

    def _styles(self) -> None:
        self._ids: dict[str, str] = {}
        normal = self._document.styles["Normal"]
        assert isinstance(normal, ParagraphStyle)
        _dress(normal, _LOOKS["text"][1]._replace(indent=0))
        for key, (name, look) in _LOOKS.items():
            style = self._document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
            assert isinstance(style, ParagraphStyle)
            style.base_style = normal
            _dress(style, look)
            self._ids[key] = style.style_id


_BORDERS = "".join(
    f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="auto"/>'
    for side in ("top", "left", "bottom", "right", "insideH", "insideV")
)
_TABLE = (
    f'<w:tblPr {{ns}}><w:tblW w:w="{{width}}" w:type="dxa"/><w:tblBorders>{_BORDERS}</w:tblBorders>'
    '<w:tblLayout w:type="fixed"/><w:tblCellMar><w:top w:w="34" w:type="dxa"/><w:left w:w="57" w:type="dxa"/>'
    '<w:bottom w:w="34" w:type="dxa"/><w:right w:w="57" w:type="dxa"/></w:tblCellMar></w:tblPr>'
)


def _clean(text: str) -> str:
    """On one line, and nothing in it that XML cannot hold or that acts instead of being seen."""
    return printable(text)


def _element(tag: str, *, parent: BaseOxmlElement | None = None, **attributes: str) -> BaseOxmlElement:
    made: BaseOxmlElement = OxmlElement(f"w:{tag}")
    for key, value in attributes.items():
        made.set(qn(f"w:{key}"), value)
    if parent is not None:
        parent.append(made)
    return made


def _dress(style: ParagraphStyle, look: _Look) -> None:
    font, lines = style.font, style.paragraph_format
    font.name, font.size = _LATIN, Pt(look.size)
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    fonts.set(qn("w:eastAsia"), look.font)
    lines.alignment, lines.space_before, lines.space_after = look.align, Pt(0), Pt(0)
    lines.widow_control, lines.keep_with_next = False, look.together
    if look.exact:
        lines.line_spacing_rule, lines.line_spacing = WD_LINE_SPACING.EXACTLY, max(_LINE, Pt(look.size * 1.5))
        closer = _element("spacing", val=str(_CLOSER))
        style.element.get_or_add_rPr().insert_element_before(closer, "w:w", "w:kern", "w:position", "w:sz", "w:szCs")
    else:
        lines.line_spacing = 1.0
    properties = style.element.get_or_add_pPr()
    if look.indent:
        indent = _element(
            "ind", firstLineChars=str(100 * look.indent), firstLine=str(int(look.indent * look.size * 20))
        )
        properties.insert_element_before(indent, "w:contextualSpacing", "w:mirrorIndents", "w:jc", "w:outlineLvl")
    # Latin words (addresses) are broken where a line or cell ends.
    for name in ("wordWrap", "snapToGrid"):
        if not look.exact:
            properties.insert_element_before(
                _element(name, val="0"), "w:overflowPunct", "w:spacing", "w:ind", "w:jc", "w:outlineLvl"
            )


def _set_up(section: Section) -> None:
    for name, width in _MARGINS.items():
        setattr(section, name, width)
    section.footer_distance, section.header_distance = _FOOT, _HEAD
    grid = section._sectPr.find(qn("w:docGrid"))
    if grid is None:
        grid = _element("docGrid", parent=section._sectPr)
    for key, value in _GRID.items():
        grid.set(qn(f"w:{key}"), value)


def _number_pages(section: Section, draft: str) -> None:
    """— 1 — outside at the foot: right on odd pages, left on even ones, a character from the edge."""
    for header in (section.header, section.even_page_header):
        line = header.paragraphs[0]
        line.alignment = _RIGHT
        _run(line, draft, HEI, 10.5)
    for footer, align in ((section.footer, _RIGHT), (section.even_page_footer, _LEFT)):
        line = footer.paragraphs[0]
        line.alignment = align
        _run(line, "　— " if align == _LEFT else "— ", SONG, 14)
        _field(line, "PAGE")
        _run(line, " —" if align == _LEFT else " —　", SONG, 14)


def _run(line: Paragraph, text: str, font: str, size: float) -> BaseOxmlElement:
    run = line.add_run(text)
    run.font.name, run.font.size = font, Pt(size)
    run._r.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), font)
    element: BaseOxmlElement = run._r
    return element


def _field(line: Paragraph, code: str) -> None:
    for part in ("begin", code, "separate", "1", "end"):
        run = _run(line, part if part == "1" else "", SONG, 14)
        if part == code:
            instruction = _element("instrText", parent=run)
            instruction.text = code
        elif part != "1":
            _element("fldChar", parent=run, fldCharType=part)


def _name_fonts(document: Package) -> None:
    """Say in the table of fonts what may stand in for each."""
    [part] = [one.target_part for one in document.part.rels.values() if one.reltype.endswith("/fontTable")]
    table = parse_xml(part.blob)
    for name, others in _FALLBACKS.items():
        for old in [font for font in table if font.get(qn("w:name")) == name]:
            table.remove(old)
        font = _element("font", name=name)
        _element("altName", parent=font, val=others.replace(";", ","))
        _element("charset", parent=font, val="86")
        _element("family", parent=font, val="roman" if name in (SONG, TITLE) else "modern")
        _element("pitch", parent=font, val="variable")
        table.append(font)
    part._blob = serialize_part_xml(table)
