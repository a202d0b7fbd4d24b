"""Turns the bytes of a page into text: which charset it is in, and no control characters afterwards."""

from __future__ import annotations

import codecs
import re

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_FIRST = frozenset(bom[:1] for bom, _ in _BOMS)
# Pages that say gb2312 hold characters of gbk and gb18030 (names of people above all): read the widest of the three.
_WIDER = {"gb2312": "gb18030", "gbk": "gb18030", "hz": "gb18030", "iso8859-1": "cp1252", "ascii": "utf-8"}
_HEADER = re.compile(r"charset\s*+=\s*+[\"']?\s*+([\w.:-]+)", re.I)
_COMMENT = re.compile(rb"<!--.*?(?:-->|\Z)", re.S)
_META = re.compile(rb"<meta\b[^<>]*?charset\s*+=\s*+[\"']?\s*+([\w.:-]+)", re.I)
_XML = re.compile(rb"\s*<\?xml[^>]*?encoding\s*=\s*[\"']([\w.:-]+)", re.I)
_GB2312 = re.compile(rb"(?:[\xa1-\xf7][\xa1-\xfe])++")
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufeff\ufffe\uffff\ud800-\udfff]")
# The same from the other side: a run of what may stay is matched in half of the time of looking for what may not.
_CLEAN = re.compile("[\t\n\r -~\xa0-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]*+")
_DECLARED_WITHIN = 4096  # bytes; browsers look at 1,024, but long comments stand before the metas of real pages


def decode(body: bytes, content_type: str = "") -> str:
    """The text of a page without what `clean` takes out. How its charset is found: `as_written`."""
    return read_text(body, content_type)[0]


def read_text(body: bytes, content_type: str = "") -> tuple[str, str]:
    """The text as `decode` has it, and its charset, which the queries of its links are sent in."""
    text, charset = _written(body, content_type, b"")
    return clean(text), charset


def as_written(body: bytes, content_type: str = "", front: bytes = b"") -> str:
    """The text of a page or of a piece of it, control characters included. front: of a piece, its page's beginning.

    A BOM wins, then strict UTF-8, then what header or meta declare, then gb18030. UTF-8 is tried before the
    declaration because it cannot be met by accident: Chinese text of two-byte charsets is all but never valid UTF-8,
    while templates with a wrong declaration are common. So are servers that declare ISO-8859-1 for want of anything
    better: Chinese is told from Western text, whose letters with an accent stand alone.
    """
    return _written(body, content_type, front)[0]


def _written(body: bytes, content_type: str, front: bytes) -> tuple[str, str]:
    for bom, name in _BOMS if body[:1] in _FIRST else ():
        if body.startswith(bom):
            return body[len(bom) if name == "utf-8" else 0 :].decode(name, "replace"), name
    # A meta that is readable as ASCII cannot stand in UTF-16, whatever it says.
    if body[:2].count(0) == 1 and (declared := _declared(body, content_type)).startswith("utf-16"):
        return body.decode(declared, "replace"), declared
    try:
        text = body.decode("utf-8")
    except UnicodeDecodeError as fault:
        declared = _declared(front or body, content_type)
        # One cut character at the end of a page, or a stray byte, does not make a UTF-8 page a GBK page.
        if declared in ("utf-8", "") and _mostly_utf8(body, fault.start):
            return body.decode("utf-8", "replace"), "utf-8"
    else:
        # Pure ASCII may spell its Chinese as `&#x…;`, and then only the declaration tells.
        return text, (_declared(front or body, content_type) if text.isascii() else "") or "utf-8"
    if declared in ("", "utf-8") or declared.startswith("utf-16") or (declared == "cp1252" and _is_chinese(body)):
        declared = "gb18030"
    return body.decode(declared, "replace"), declared


def clean(text: str) -> str:
    """The text without NUL, control characters, stray BOMs and lone surrogates; each becomes a blank."""
    return text if _CLEAN.fullmatch(text) else _CONTROL.sub(" ", text)


def _declared(body: bytes, content_type: str) -> str:
    named = _HEADER.search(content_type)
    if named and (name := _known(named[1])):
        return name
    head = _COMMENT.sub(b"", body[:_DECLARED_WITHIN])
    for found in (_META.search(head), _XML.match(head)):
        if found and (name := _known(found[1].decode("ascii", "replace"))):
            return name
    return ""


def _known(name: str) -> str:
    try:
        info = codecs.lookup(name)
    except (LookupError, ValueError):
        return ""
    # Codecs such as "hex" or "rot13" are known to Python but are no charsets.
    if not getattr(info, "_is_text_encoding", True) or info.name in ("idna", "punycode", "utf-7", "unicode_escape"):
        return ""
    return _WIDER.get(info.name, info.name)


def _is_chinese(body: bytes) -> bool:
    high = sum(byte > 0x7F for byte in body)
    return 2 * sum(map(len, _GB2312.findall(body))) > high


def _mostly_utf8(body: bytes, first_fault: int) -> bool:
    if first_fault > 256 and any(byte > 0x7F for byte in body[:first_fault]):
        return True
    text = body.decode("utf-8", "replace")
    return text.count("\ufffd") * 20 < sum(1 for char in text if char > "\u2e80")
