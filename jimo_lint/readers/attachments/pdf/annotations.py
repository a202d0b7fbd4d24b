"""Reads what is laid over a PDF page: comments, what forms are filled in with, links; counts what has no text."""

from __future__ import annotations

import ctypes
import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial
from html import unescape
from typing import NamedTuple

import pypdfium2
import pypdfium2.raw as pdfium

from jimo_lint.readers.attachments.office.embedded import is_address

_MOST = 2000  # of a page
_LONGEST = 100_000  # characters of one

_NOTES = {
    pdfium.FPDF_ANNOT_TEXT, pdfium.FPDF_ANNOT_HIGHLIGHT, pdfium.FPDF_ANNOT_UNDERLINE, pdfium.FPDF_ANNOT_SQUIGGLY,
    pdfium.FPDF_ANNOT_STRIKEOUT, pdfium.FPDF_ANNOT_CARET,
}  # fmt: skip
# What shows something although it has no text.
_UNREAD = {
    pdfium.FPDF_ANNOT_FREETEXT: "文本标注",
    pdfium.FPDF_ANNOT_STAMP: "图章",
    pdfium.FPDF_ANNOT_INK: "手写批注",
    pdfium.FPDF_ANNOT_SOUND: "音视频",
    pdfium.FPDF_ANNOT_MOVIE: "音视频",
    pdfium.FPDF_ANNOT_SCREEN: "音视频",
    pdfium.FPDF_ANNOT_RICHMEDIA: "音视频",
    pdfium.FPDF_ANNOT_THREED: "三维模型",
}
_MARKUP = re.compile("<[^<>]*+>")
_CHOSEN_FROM = (pdfium.FPDF_FORMFIELD_COMBOBOX, pdfium.FPDF_FORMFIELD_LISTBOX)
_WRITTEN_IN = {pdfium.FPDF_FORMFIELD_TEXTFIELD, pdfium.FPDF_FORMFIELD_COMBOBOX, pdfium.FPDF_FORMFIELD_LISTBOX}


class Laid(NamedTuple):
    """Text that is laid over a page. place: below the page (`批注 1`, `表单`)."""

    text: str
    place: str
    kind: str


@dataclass
class Overlay:
    """links: address and words. files: pinned to the page. comments: how many remarks of reviewers it holds.

    unread: what has no text, by name.
    """

    texts: list[Laid] = field(default_factory=list)
    links: list[tuple[str, str]] = field(default_factory=list)
    files: list[pdfium.FPDF_ATTACHMENT] = field(default_factory=list)
    comments: int = 0
    unread: Counter[str] = field(default_factory=Counter)


def overlay(pdf: pypdfium2.PdfDocument, page: pypdfium2.PdfPage, textpage: pypdfium2.PdfTextPage) -> Overlay:
    """What is laid over a page."""
    found = Overlay()
    count = pdfium.FPDFPage_GetAnnotCount(page)
    if count > _MOST:
        found.unread["批注"] = count - _MOST
    notes = 0
    for index in range(min(count, _MOST)):
        annotation = pdfium.FPDFPage_GetAnnot(page, index)
        if not annotation:
            continue
        try:
            kind = pdfium.FPDFAnnot_GetSubtype(annotation)
            if kind == pdfium.FPDF_ANNOT_LINK:
                linked = list(_link(pdf, annotation, textpage))
                found.links += linked
                found.texts += _tip(annotation, "".join(words for _, words in linked))
            elif kind == pdfium.FPDF_ANNOT_WIDGET:
                found.texts.extend(_filled_in(pdf, annotation))
                # Its words stand where nothing here can ask for them.
                found.unread["按钮（上面的字）"] += _is_button(pdf, annotation)
            elif kind != pdfium.FPDF_ANNOT_POPUP:  # shows the text of another
                if kind == pdfium.FPDF_ANNOT_FILEATTACHMENT and (
                    file := pdfium.FPDFAnnot_GetFileAttachment(annotation)
                ):
                    found.files.append(file)
                text = _string(annotation, b"Contents").strip() or _formatted(annotation)
                if text:
                    notes += 1
                    found.texts.append(Laid(text, f"批注 {notes}", "comment"))
                    found.comments += kind in _NOTES
                elif kind in _UNREAD:
                    found.unread[_UNREAD[kind]] += 1
        finally:
            pdfium.FPDFPage_CloseAnnot(annotation)
    return found


def _filled_in(pdf: pypdfium2.PdfDocument, annotation: pdfium.FPDF_ANNOTATION) -> Iterator[Laid]:
    """What a field was filled in with, what else one may choose, and what is said when one points at it."""
    text = ""
    if pdf.formenv:
        form = pdf.formenv
        tip = _wide(lambda room, size: pdfium.FPDFAnnot_GetFormFieldAlternateName(form, annotation, room, size))
        kind = pdfium.FPDFAnnot_GetFormFieldType(form, annotation)
        if kind in _CHOSEN_FROM:
            yield from _choices(form, annotation)
        yield from (Laid(one.strip(), "表单的提示", "aside") for one in (tip,) if one.strip())
        if kind not in _WRITTEN_IN:
            return
        text = _wide(lambda room, size: pdfium.FPDFAnnot_GetFormFieldValue(form, annotation, room, size))
    text = (text or _string(annotation, b"V")).strip()
    if text:
        yield Laid(text, "表单", "body")


def _is_button(pdf: pypdfium2.PdfDocument, annotation: pdfium.FPDF_ANNOTATION) -> bool:
    button = pdfium.FPDF_FORMFIELD_PUSHBUTTON
    return bool(pdf.formenv) and pdfium.FPDFAnnot_GetFormFieldType(pdf.formenv, annotation) == button


def _choices(form: pypdfium2.PdfFormEnv, annotation: pdfium.FPDF_ANNOTATION) -> Iterator[Laid]:
    """The entries of a list that are not chosen."""
    for number in range(min(pdfium.FPDFAnnot_GetOptionCount(form, annotation), _MOST)):
        if pdfium.FPDFAnnot_IsOptionSelected(form, annotation, number):
            continue
        label = partial(pdfium.FPDFAnnot_GetOptionLabel, form, annotation, number)
        if text := _wide(label).strip():
            yield Laid(text, "表单的选项", "aside")


def _tip(annotation: pdfium.FPDF_ANNOTATION, words: str) -> Iterator[Laid]:
    """What is said of a link when one points at it. words: its own, which some programs write there once more."""
    said = _string(annotation, b"Contents").strip()
    if said and not is_address(said) and "".join(said.split()) not in "".join(words.split()):
        yield Laid(said, "链接提示", "aside")


def _formatted(annotation: pdfium.FPDF_ANNOTATION) -> str:
    """The words of a remark that are written with their format alone, as XHTML."""
    return unescape(_MARKUP.sub("", _string(annotation, b"RC"))).strip()


def _link(
    pdf: pypdfium2.PdfDocument, annotation: pdfium.FPDF_ANNOTATION, textpage: pypdfium2.PdfTextPage
) -> Iterator[tuple[str, str]]:
    action = pdfium.FPDFLink_GetAction(pdfium.FPDFAnnot_GetLink(annotation))
    if not action or pdfium.FPDFAction_GetType(action) != pdfium.PDFACTION_URI:
        return
    size = pdfium.FPDFAction_GetURIPath(pdf, action, None, 0)
    if not 1 < size <= _LONGEST:
        return
    room = ctypes.create_string_buffer(size)
    pdfium.FPDFAction_GetURIPath(pdf, action, room, size)
    rect = pdfium.FS_RECTF()
    words = ""
    if pdfium.FPDFAnnot_GetRect(annotation, rect):
        words = textpage.get_text_bounded(rect.left, rect.bottom, rect.right, rect.top)
    yield _decoded(room.raw[: size - 1]), " ".join(words.split())


def _decoded(address: bytes) -> str:
    """Addresses should be ASCII; what programs write is UTF-8, or the system's own."""
    try:
        return address.decode("utf-8")
    except UnicodeDecodeError:
        return address.decode("gb18030", "replace")


def _string(annotation: pdfium.FPDF_ANNOTATION, key: bytes) -> str:
    return _wide(lambda room, size: pdfium.FPDFAnnot_GetStringValue(annotation, key, room, size))


def _wide(call: Callable[[object, int], int]) -> str:
    """A text that pdfium gives in UTF-16: asked for its size first."""
    size = call(None, 0)
    if not 2 < size <= 2 * _LONGEST:
        return ""
    room = (ctypes.c_ushort * (size // 2 + 1))()
    call(room, size)
    return bytes(room)[: size - 2].decode("utf-16-le", "replace")
