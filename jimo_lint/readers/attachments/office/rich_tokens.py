"""Cuts rich text (.rtf) into its signs, and decodes its characters, for which each font has a charset of its own."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from typing import NamedTuple

# Of Windows, by the numbers that fonts have for them; the Chinese ones by the charset that has them all.
_CHARSETS = {
    77: "mac-roman",
    128: "cp932",
    129: "cp949",
    130: "johab",
    134: "gb18030",
    136: "big5",
    161: "cp1253",
    162: "cp1254",
    163: "cp1258",
    177: "cp1255",
    178: "cp1256",
    186: "cp1257",
    204: "cp1251",
    222: "cp874",
    238: "cp1250",
}
_PAGES = {936: "gb18030", 950: "big5", 65001: "utf-8", 10000: "mac-roman"}

# Bytes of GB 2312 only: of the wider charsets nearly any two bytes are a character.
_CHINESE = re.compile("(?:[\x00-\x7f]|[\xa1-\xf7][\xa1-\xfe])++")
_TOKEN = re.compile(r"\\([a-zA-Z]{1,40})(-?\d{1,10})? ?|\\'([0-9a-fA-F]{2})|\\([^a-zA-Z])|([{}])|([^\\{}]+)", re.S)


class Token(NamedTuple):
    """word: of a command, with its number where it has one; sign: of a command that is one; brace; or raw characters.

    end: where in the text it ends.
    """

    word: str
    number: int | None
    sign: str
    brace: str
    raw: str
    end: int


def tokens(text: str) -> Iterator[Token]:
    """The signs of a text, whose characters are its bytes. What bytes a command brings along (\\bin) is left out."""
    at = 0
    while found := _TOKEN.match(text, at):
        at = found.end()
        word, number, code, sign, brace, raw = found.groups()
        if word == "bin":
            at += max(int(number or 0), 0)
        elif code:
            yield Token("", None, "", "", chr(int(code, 16)), at)
        else:
            plain = raw.replace("\r", "").replace("\n", "") if raw else ""
            if raw and not plain:
                continue  # Word ends lines between the two bytes of a character as well
            yield Token(word or "", int(number) if number else None, sign or "", brace or "", plain, at)


def page(number: int | None) -> str:
    """The charset of a code page, that of Western Windows where Python has none of the number."""
    name = _PAGES.get(number or 0, f"cp{number}")
    try:
        codecs.lookup(name)  # no bytes are of any charset, which findings/ shows
    except LookupError:
        return "cp1252"
    return name


def of_font(number: int | None) -> str:
    """The charset that the number of a font's charset means, "" where it is that of the document."""
    return _CHARSETS.get(number or 0, "")


def decoded(raw: str, charset: str) -> str:
    """Bytes, each as the character of its number, as text. charset: "" where the document names none.

    A document that names none is in the code page of the computer that made it, here that of Chinese Windows; what
    cannot be Chinese is Western.
    """
    if raw.isascii():
        return raw
    if not charset:
        charset = "gb18030" if _CHINESE.fullmatch(raw) else "cp1252"
    return raw.encode("latin-1", "replace").decode(charset, "replace")


def octets(text: str) -> bytes:
    """What is written in hexadecimal; as far as it is whole."""
    digits = "".join(text.split())
    try:
        return bytes.fromhex(digits[: len(digits) // 2 * 2])
    except ValueError:
        return b""


def whole(text: str) -> str:
    """Text with the halves of characters that Unicode writes as two numbers put together."""
    return text if text.isascii() else text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
