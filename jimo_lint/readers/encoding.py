"""Turns the bytes of a text file into text: UTF-8, UTF-16 with a mark, else GB 18030."""

from __future__ import annotations

import codecs

MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose mark is the beginning of this one
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# What a text never holds: a file with such a character near its head is a picture, an archive or a program.
_OF_TEXT = bytes({*range(256)} - {*range(32)} | {0x09, 0x0A, 0x0B, 0x0C, 0x0D, 0x1A, 0x1B})


def decode(body: bytes) -> str:
    """The text without byte order mark, line ends as written. ValueError (in Chinese) where it is no text."""
    for mark, name in MARKS:
        if body.startswith(mark):
            return _strict(body[len(mark) :], (name,))
    if is_binary(body):
        raise ValueError("不是文本文件")
    return _strict(body, ("utf-8", "gb18030"))


def marked(body: bytes) -> str:
    """The encoding that a byte order mark at the beginning names, as a codec that skips the mark; "" for none."""
    name = next((name for mark, name in MARKS if body.startswith(mark)), "")
    return "utf-8-sig" if name == "utf-8" else name.removesuffix("-le").removesuffix("-be")


def is_binary(body: bytes) -> bool:
    """Whether a character near the beginning says that this is no text."""
    return bool(body[:4096].translate(None, _OF_TEXT))


def _strict(body: bytes, names: tuple[str, ...]) -> str:
    for name in names:
        try:
            return body.decode(name)
        except UnicodeDecodeError:
            continue
    raise ValueError("编码不是 UTF-8、GB 18030 或带标记的 UTF-16")


def newlines(text: str) -> str:
    """CRLF and CR as LF: lines and columns stay what an editor shows."""
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text
