"""Where in a part of a Word document nothing is changed unseen, and why."""

from __future__ import annotations

from xml.etree.ElementTree import Element

from jimo_lint.readers.word.docx_text import (
    FIELD_MARK,
    MARK_KIND,
    STYLES,
    TEXT,
    VALUE,
    attribute,
    names_of,
    tags,
)

LINK, FIELD, CONTROL, RUBY, CODE, FORMULA = (
    "超链接里",
    "域的结果里（请更新域）",
    "内容控件里",
    "加了拼音的字",
    "代码里",
    "公式里",
)

_WORDS = tags("t")
_LINK, _FIELD, _RUBY, _CONTROL = tags("hyperlink"), tags("fldSimple"), tags("ruby"), tags("sdt")
_RUN, _PARAGRAPH = tags("r"), tags("p")
_PROPERTIES, _OF_CONTROL = tags("rPr", "pPr"), tags("sdtPr")
# Of a content control: a placeholder, and what is put in again from elsewhere or chosen from a list.
_FILLED = tags("showingPlcHdr", "dataBinding", "dropDownList", "comboBox", "date", "checkbox", "picture")
_LOCK, _LOCKED = tags("lock"), ("contentLocked", "sdtContentLocked")
_STYLE, _STYLE_NAME, _STYLE_ID = tags("style"), tags("name"), names_of("styleId")
# Of Word, of LibreOffice, of converters; Word calls its own so in every language.
_CODE_STYLES = frozenset(
    {"html code", "html preformatted", "html keyboard", "html sample", "html typewriter", "html variable"}
    | {"source text", "preformatted text", "source code", "verbatim char"}
)
# What people see between two words, or what parts them: words on both sides of it are not one.
PARTING = tags(
    *("sym", "drawing", "pict", "object", "footnoteReference", "endnoteReference", "ruby", "fldChar", "p"),
    *("br", "cr", "tab", "ptab", "noBreakHyphen"),
)


def code_styles(root: Element) -> frozenset[str]:
    """The styles of code, by their ids. root: of the part that has the styles."""
    return frozenset(
        attribute(style, _STYLE_ID)
        for style in root
        if style.tag in _STYLE
        and any(one.tag in _STYLE_NAME and attribute(one, VALUE).lower() in _CODE_STYLES for one in style)
    )


def barred(root: Element, code: frozenset[str]) -> dict[Element, str]:
    """Why the words of each element that shows any are not changed, "" where they may be.

    code: as of `code_styles`. A field without an end bars all that comes behind it.
    """
    found: dict[Element, str] = {}
    fields = 0
    waiting = [(root, "")]
    while waiting:
        element, why = waiting.pop()
        tag = element.tag
        if tag in TEXT:
            found[element] = why or (FORMULA if tag not in _WORDS else FIELD if fields else "")
            continue
        if tag in FIELD_MARK:
            kind = attribute(element, MARK_KIND)
            fields = max(fields + (kind == "begin") - (kind == "end"), 0)
        why = why or _reason(element, code)
        waiting.extend((child, why) for child in reversed(element))
    return found


def _reason(element: Element, code: frozenset[str]) -> str:
    tag = element.tag
    if tag in _LINK:
        return LINK
    if tag in _FIELD:
        return FIELD
    if tag in _RUBY:
        return RUBY
    if tag in _CONTROL:
        return CONTROL if _is_filled(element) else ""
    if code and (tag in _RUN or tag in _PARAGRAPH):
        styles = (one for held in element if held.tag in _PROPERTIES for one in held if one.tag in STYLES)
        return CODE if any(attribute(one, VALUE) in code for one in styles) else ""
    return ""


def _is_filled(control: Element) -> bool:
    return any(
        one.tag in _FILLED or (one.tag in _LOCK and attribute(one, VALUE) in _LOCKED)
        for held in control
        if held.tag in _OF_CONTROL
        for one in held
    )
