"""Reads a whole PDF within bounds: pages, margins, paragraphs over page ends, pictures, marks."""

from __future__ import annotations

import mmap
import re
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial

import pypdfium2
import pypdfium2.raw as pdfium

from jimo_lint.errors import InputError
from jimo_lint.model import Cell, Mark
from jimo_lint.readers.attachments.pdf import flow as pdf_flow
from jimo_lint.readers.attachments.pdf import margins as pdf_margins
from jimo_lint.readers.attachments.pdf import tables as pdf_tables
from jimo_lint.readers.attachments.pdf.annotations import Overlay, overlay
from jimo_lint.readers.attachments.pdf.flow import Paragraph
from jimo_lint.readers.attachments.pdf.members import members
from jimo_lint.readers.attachments.pdf.objects import Drawing, drawing, picture, rendered
from jimo_lint.readers.attachments.pdf.text import PageText, Piece, page_text
from jimo_lint.readers.contents import FileContents, Passage, Picture, contents, links_of, only_there
from jimo_lint.readers.source import Source
from jimo_lint.values import replace

# What is beyond is named. A file has 20 seconds of the processor's time and a minute in all, or nothing of it is read;
# its text is still to be masked.
MOST_PAGES = 5000
MOST_CHARACTERS = 3_000_000
SECONDS = 10.0

# A scan may bear the mark of the program that made it, or a page number.
_FEWEST = 16
_NO_DRAWING = Drawing()
# The dictionaries of pictures stand in the file as they are, whatever of it is packed.
_IMAGE = re.compile(rb"/Subtype\s*/Image\b")
_ENCRYPTED = re.compile(rb"/Encrypt\b")
# What computers are called is no person.
_NOBODY = re.compile(
    r"(?:administrator|admin|user|users|owner|unknown|微软用户|windows 用户|microsoft|lenovo|hp|dell)\d*", re.I
)
_PATH = re.compile(r"(?:\b[A-Za-z]:\\|\\\\\w|file:///|/(?:home|Users)/)")
_MADE_BY = re.compile(r"^Microsoft\s+\w+\s+-\s+|\.(?:docx?|wps|xlsx?|et|pptx?|dps|pdf|rtf|txt|html?)$", re.I)
_NO_TITLE = re.compile(
    r"(?:untitled|无标题|未命名|文档|演示文稿|幻灯片|工作簿|document|slide|presentation)\s*\d*", re.I
)


_LONGEST = 10_000  # characters of a property
_SAID = {
    "Subject": "主题",
    "Keywords": "关键词",
    "Comments": "备注",
    "Category": "类别",
    "Manager": "经理",
    "Company": "单位",
}


@dataclass
class _Page:
    text: PageText
    overlay: Overlay
    drawing: Drawing


@dataclass
class _Reading:
    """What was read of the file. broken: numbers of pages that could not be."""

    pages: list[_Page] = field(default_factory=list)
    broken: list[int] = field(default_factory=list)
    whole: int = 0


def read(source: Source, base: str) -> FileContents:
    """The contents of a PDF. InputError: damaged, locked, nothing in it."""
    pdf = _opened(source)
    if pdf.get_formtype() == pdfium.FORMTYPE_ACRO_FORM:
        with suppress(pypdfium2.PdfiumError):
            pdf.init_forms()
    done = _pages(pdf, source)
    margins, bodies = pdf_margins.split([page.text for page in done.pages])
    flow = _flow(bodies)
    textless = [
        number
        for number, page in enumerate(done.pages)
        if page.text.garbled or page.drawing.is_page(sum(len(one.text) for one in bodies[number]), _FEWEST)
    ]
    passages = [*flow, *_laid(done.pages), *_margin_passages(margins)]
    passages += only_there(_outline(pdf), passages, "书签")
    pictures = list(_pictures(pdf, done.pages, set(textless)))
    pinned = [file for page in done.pages for file in page.overlay.files]
    inside = members(pdf, pinned, source)
    if not passages and not pictures and not pinned and not pdf.count_attachments():
        said = "（各页都打不开）" if done.broken else ""
        raise InputError(
            source.place, f"PDF 里没有文字{said}，未检查", "请核对", mark="damaged" if done.broken else "empty"
        )
    links = links_of([one for page in done.pages for one in page.overlay.links], base)
    found = contents(
        source,
        passages,
        marks=[*_marks(pdf, done.pages, textless)],
        links=links,
        title=_title(pdf),
        unread="、".join(_unread(pdf, done)),
        pictures=pictures,
        members=inside,
    )
    return replace(found, properties=_said(pdf))


def _opened(source: Source) -> pypdfium2.PdfDocument:
    try:
        return pypdfium2.PdfDocument(source.content)
    except pypdfium2.PdfiumError as fault:
        # pdfium may tell the code of the file before.
        if fault.err_code in (pdfium.FPDF_ERR_PASSWORD, pdfium.FPDF_ERR_SECURITY) and _holds(source, _ENCRYPTED):
            raise InputError(source.place, "加了密码，打不开，未检查", "请去掉密码另存后再查", mark="locked") from None
        raise InputError(source.place, "PDF 已损坏，打不开，未检查", "请重新导出", mark="damaged") from None
    except OSError:
        raise InputError(source.place, "读不出，未检查", "请检查文件权限") from None


def _pages(pdf: pypdfium2.PdfDocument, source: Source) -> _Reading:
    done = _Reading(whole=len(pdf))
    drawn = _holds(source, _IMAGE)
    end, late = time.process_time() + SECONDS, time.monotonic() + 3 * SECONDS
    characters = 0
    for number in range(min(done.whole, MOST_PAGES)):
        try:
            page = _page(pdf, number, drawn=drawn)
        except pypdfium2.PdfiumError:
            done.broken.append(number)
            page = _Page(PageText((), False, 0.0, 0.0), Overlay(), _NO_DRAWING)
        done.pages.append(page)
        characters += sum(len(piece.text) for piece in page.text.pieces)
        if characters > MOST_CHARACTERS or time.process_time() > end or time.monotonic() > late:
            break
    return done


def _page(pdf: pypdfium2.PdfDocument, number: int, *, drawn: bool) -> _Page:
    page = pdf[number]
    try:
        textpage = page.get_textpage()
        try:
            text = page_text(page, textpage)
            laid = overlay(pdf, page, textpage)
        finally:
            textpage.close()
        # What is drawn takes longer to look through than the text.
        looked = drawing(page) if drawn or not text.pieces else _NO_DRAWING
        return _Page(text, laid, looked)
    finally:
        page.close()


def _holds(source: Source, wanted: re.Pattern[bytes]) -> bool:
    """Whether it stands somewhere in the file."""
    if isinstance(source.content, bytes):
        return wanted.search(source.content) is not None
    with source.open() as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as body:
        return wanted.search(body) is not None


def _flow(bodies: Sequence[Sequence[Piece]]) -> list[Passage]:
    """The text of all pages. What goes on over the page end is put before the notes at the page's foot."""
    flow: list[tuple[Paragraph, int]] = []
    above: list[Paragraph] = []
    for number, pieces in enumerate(bodies, 1):
        paragraphs = pdf_flow.paragraphs(pieces)
        rest = [(one, number) for one in paragraphs]
        notes = _notes(above, paragraphs)
        if notes is not None:
            flow.insert(len(flow) - notes, (rest.pop(0)[0]._replace(continues=True), number))
        flow += rest
        above = paragraphs
    rows = pdf_tables.rows([paragraph for paragraph, _ in flow])
    found: list[Passage] = []
    for index, (paragraph, number) in enumerate(flow):
        found.extend(_passages(paragraph, number, rows.get(index)))
    return found


def _notes(above: Sequence[Paragraph], paragraphs: Sequence[Paragraph]) -> int | None:
    """How many notes stand below the paragraph that goes on, on the page before; None where none does."""
    if not paragraphs:
        return None
    for notes, one in enumerate(reversed(above)):
        if one.last.size >= paragraphs[0].first.size * 0.95:
            return notes if pdf_flow.goes_on_after(one, paragraphs[0]) else None
    return None


def _passages(paragraph: Paragraph, number: int, row: pdf_tables.Row | None) -> Iterator[Passage]:
    place = f"第 {number} 页"
    if row is None:
        kind = "table" if paragraph.is_row else "body"
        yield Passage(paragraph.text, place, number, kind, continues=paragraph.continues)
        return
    table = f"表 {row.table}"
    for cell, column in zip(paragraph.cells, row.columns, strict=True):
        where = f"{place} {table} 第 {row.number} 行第 {column} 列"
        yield Passage(cell.text, where, number, "table", Cell(table, row.number, column))


def _laid(pages: Sequence[_Page]) -> Iterator[Passage]:
    for number, page in enumerate(pages, 1):
        for one in page.overlay.texts:
            yield Passage(one.text, f"第 {number} 页 {one.place}", number, one.kind)


def _margin_passages(margins: Sequence[pdf_margins.Margin]) -> Iterator[Passage]:
    for one in margins:
        yield Passage(one.text, f"第 {one.page + 1} 页 {one.name}", one.page + 1, "footer")


def _pictures(pdf: pypdfium2.PdfDocument, pages: Sequence[_Page], textless: set[int]) -> Iterator[Picture]:
    seen: set[tuple[int, ...]] = set()
    for number, page in enumerate(pages):
        place = f"第 {number + 1} 页"
        if number in textless:
            yield Picture(place, partial(rendered, pdf, number), textless=True)
            continue
        for count, drawn in enumerate(page.drawing.pictures, 1):
            hidden = page.drawing.layered and drawn.share >= 0.5
            if drawn.key not in seen and not hidden:
                seen.add(drawn.key)
                yield Picture(f"{place} 图 {count}", partial(picture, pdf, number, drawn.path))


def _marks(pdf: pypdfium2.PdfDocument, pages: Sequence[_Page], textless: Sequence[int]) -> Iterator[Mark]:
    scanned = [number for number in textless if not pages[number].text.garbled]
    if scanned:
        yield Mark("scanned", "", _numbers(scanned))
    comments = sum(page.overlay.comments for page in pages)
    if comments:
        yield Mark("comments", "", f"{comments} 处")
    properties = {key: _property(pdf, key) for key in ("Title", "Author", "Subject", "Keywords", "Creator")}
    author = properties["Author"]
    if author and not _NOBODY.fullmatch(author) and not _PATH.search(author):
        yield Mark("author", "", author)
    for value in properties.values():
        if _PATH.search(value):
            yield Mark("path", "", value)
            break


def _unread(pdf: pypdfium2.PdfDocument, done: _Reading) -> Iterator[str]:
    garbled = [number for number, page in enumerate(done.pages) if page.text.garbled]
    if garbled:
        yield f"{_numbers(garbled)}的文字（编码无法还原）"
    if done.broken:
        yield f"{_numbers(done.broken)}（打不开）"
    if len(done.pages) < done.whole:
        yield f"第 {len(done.pages)} 页以后的各页（共 {done.whole} 页）"
    if pdf.get_formtype() in (pdfium.FORMTYPE_XFA_FULL, pdfium.FORMTYPE_XFA_FOREGROUND):
        yield "1 个 XFA 表单"
    counted: Counter[str] = Counter()
    for page in done.pages:
        counted.update(page.overlay.unread)
    yield from (f"{count} 个{name}" for name, count in (+counted).items())
    if (scripts := pdfium.FPDFDoc_GetJavaScriptActionCount(pdf)) > 0:
        yield f"{scripts} 段脚本"


def _numbers(pages: Sequence[int]) -> str:
    """`第 2、5、7-9 页` of indices, sorted."""
    spans: list[list[int]] = []
    for page in pages:
        if spans and spans[-1][1] == page:
            spans[-1][1] = page + 1
        else:
            spans.append([page + 1, page + 1])
    said = (
        str(first) if first == last else f"{first}{'、' if last == first + 1 else '-'}{last}" for first, last in spans
    )
    return f"第 {'、'.join(said)} 页"


def _outline(pdf: pypdfium2.PdfDocument) -> Iterator[str]:
    """The titles that are listed beside the pages."""
    with suppress(pypdfium2.PdfiumError):
        yield from (one.get_title().strip() for one in pdf.get_toc())


def _title(pdf: pypdfium2.PdfDocument) -> str:
    """The title in the properties, where it is one: programs put there what the file was once called."""
    title = _MADE_BY.sub("", _MADE_BY.sub("", _property(pdf, "Title")))
    return "" if _NO_TITLE.fullmatch(title) or _PATH.search(title) or "\ufffd" in title else title


def _said(pdf: pypdfium2.PdfDocument) -> list[tuple[str, str]]:
    """What else the properties say: those that the format has, and those that Acrobat makes of a document's own."""
    found = [("标题", _title(pdf)), *((name, _property(pdf, key, _LONGEST)) for key, name in _SAID.items())]
    return [(name, text) for name, text in found if text]


def _property(pdf: pypdfium2.PdfDocument, key: str, longest: int = 200) -> str:
    try:
        return " ".join(pdf.get_metadata_value(key).split())[:longest]
    except (UnicodeDecodeError, pypdfium2.PdfiumError):
        return ""
