"""Reads the paragraphs of a Word document (.docx), within bounds."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from xml.etree.ElementTree import Element, fromstring

from jimo_lint.errors import InputError
from jimo_lint.readers.source import Source

MAIN = "word/document.xml"
_MAX_PART = 50 * 1024 * 1024
_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_ZIP = b"PK\x03\x04"
_PARAGRAPH, _TEXT = f"{_WORD}p", f"{_WORD}t"
_BLANKS = frozenset({f"{_WORD}br", f"{_WORD}tab", f"{_WORD}cr"})
# A drawing's text stands twice: as Word draws it, and once more for older programs.
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"


def paragraphs(source: Source) -> list[str]:
    """The text of each paragraph in the order of the document, tables and text boxes included; "" for empty ones.

    Deleted text of tracked changes is left out. InputError: damaged, too large, or with a DTD.
    """
    body = part(source, MAIN)
    if body is None:
        raise InputError(source.place, "不是 Word 文档", "请用 Word 或 WPS 另存为 .docx")
    if b"<!DOCTYPE" in body[:2048]:
        raise InputError(source.place, "Word 文档里有 DTD，未读", "请用 Word 或 WPS 另存为 .docx")
    try:
        return list(_paragraphs(fromstring(body)))
    except Exception:  # ParseError; RecursionError where it nests without end
        raise _damaged(source) from None


def part(source: Source, name: str) -> bytes | None:
    """One part of the package, None where it has none of this name. InputError: damaged, or too large."""
    try:
        with source.open() as file, zipfile.ZipFile(file) as package:
            if name not in package.namelist():
                return None
            if package.getinfo(name).file_size > _MAX_PART:
                raise InputError(source.place, "Word 文档解压后超过 50 MB，未读", "请拆成几个较小的文件")
            return package.read(name)
    except InputError:
        raise
    except Exception:  # zlib.error, struct.error, BadZipFile, RuntimeError of an encrypted part …
        raise _damaged(source) from None


def _damaged(source: Source) -> InputError:
    if not source.head:
        return InputError(source.place, "文件是空的（0 字节）", "请核对，或重新保存")
    if source.head.startswith(_ZIP):
        return InputError(
            source.place, "Word 文档已损坏，多半没有下载或复制完", "请重新复制，或用 Word 或 WPS 另存为 .docx"
        )
    return InputError(source.place, "不是 Word 文档", "请用 Word 或 WPS 另存为 .docx")


def _paragraphs(root: Element) -> Iterator[str]:
    """A paragraph inside another, as in a text box, comes behind the one that holds it."""
    waiting = [root]
    while waiting:
        element = waiting.pop()
        if element.tag == _FALLBACK:
            continue
        if element.tag == _PARAGRAPH:
            texts: list[str] = []
            inner = list(_inside(element, texts))
            yield "".join(texts).rstrip()
            waiting.extend(reversed(inner))
        else:
            waiting.extend(reversed(element))


def _inside(paragraph: Element, texts: list[str]) -> Iterator[Element]:
    """Add the texts of a paragraph to `texts`; yield the paragraphs that stand inside it."""
    waiting = list(reversed(paragraph))
    while waiting:
        element = waiting.pop()
        if element.tag == _PARAGRAPH:
            yield element
        elif element.tag != _FALLBACK:
            if element.tag == _TEXT:
                texts.append(element.text or "")
            elif element.tag in _BLANKS:
                texts.append(" ")
            waiting.extend(reversed(element))
