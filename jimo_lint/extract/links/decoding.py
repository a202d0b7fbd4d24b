"""Undoes the encodings that hide text in scripts, within bounds and without running anything."""

from __future__ import annotations

import binascii
import re
from base64 import b64decode
from html import unescape

LONGEST = 200_000  # characters of a script that are looked at, and of what any step may yield
_LAYERS = 3  # encodings within one another

_PACKED = re.compile(
    r"""\}\s*\(\s*(['"])((?:\\.|(?!\1)[^\\]){1,200000}+)\1\s*,\s*(\d{1,2})\s*,\s*(\d{1,5})\s*,\s*(['"])([^'"]{0,100000})\5"""
    r"""\s*\.split\(\s*['"]\|['"]\s*\)""",
)
_WORD = re.compile(r"\b\w+\b")
_CODE = r"\s*+(?:0x[0-9a-fA-F]{1,4}+|\d{1,5}+)\s*+"
_CODES = re.compile(rf"fromCharCode\s*+\(({_CODE}(?:,{_CODE}){{3,20000}}+,?\s*+)\)")
_NUMBER = re.compile(r"0x[0-9a-fA-F]+|\d+")
_BASE64 = re.compile(r"""["']([A-Za-z0-9+/]{24,100000}={0,2})["']""")
_ESCAPE = re.compile(r"\\(?:x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|([0-3][0-7]{2}))")
_PERCENT = re.compile(r"(?:%u[0-9a-fA-F]{4}|%[0-9a-fA-F]{2})+")
_PERCENT_U = re.compile(r"%u([0-9a-fA-F]{4})")
_PERCENT_RUN = re.compile(r"(?:%[0-9a-fA-F]{2})+")
_JOINED = re.compile(r"""(?:"\s*\+\s*"|'\s*\+\s*')""")


def decode(script: str) -> str:
    """The script with all that it encodes written plainly; the same text where nothing is encoded."""
    text = script[:LONGEST]
    for _ in range(_LAYERS):
        plainer = _layer(text)[:LONGEST]
        if plainer == text:
            break
        text = plainer
    return text


def _layer(text: str) -> str:
    if ".split(" in text:
        text = _PACKED.sub(_unpacked, text)
    if "fromCharCode" in text:
        text = _CODES.sub(_characters, text)
    if "atob" in text or "base64" in text.lower():
        text = _BASE64.sub(_from_base64, text)
    if "\\" in text:
        text = _ESCAPE.sub(_character, text)
    if "%" in text:
        text = _PERCENT.sub(_from_percent, text)
    if "+" in text:
        text = _JOINED.sub("", text)
    if "&#" in text:
        text = unescape(text)
    return text.replace('\\"', '"').replace("\\'", "'").replace("\\/", "/")


def _unpacked(found: re.Match[str]) -> str:
    """What `eval(function(p,a,c,k,e,d)…)` would run: words in place of their numbers."""
    payload, base, names = found[2], int(found[3]), found[6].split("|")
    if not 2 <= base <= 62:
        return found[0]

    def word(number: re.Match[str]) -> str:
        place = _place(number[0], base)
        return names[place] if 0 <= place < len(names) and names[place] else number[0]

    size = len(payload) * max(map(len, names), default=0)
    return found[0] if size > 50 * LONGEST else " " + _WORD.sub(word, payload)[:LONGEST] + " "


def _place(written: str, base: int) -> int:
    """The number that the packer writes so: digits, small letters, capitals; -1 for what is none."""
    value = 0
    if len(written) > 4:
        return -1
    for sign in written:
        if sign.isdigit():
            digit = int(sign)
        elif "a" <= sign <= "z":
            digit = ord(sign) - 87
        elif "A" <= sign <= "Z":
            digit = ord(sign) - 29
        else:
            return -1
        if digit >= base:
            return -1
        value = value * base + digit
    return value


def _characters(found: re.Match[str]) -> str:
    codes = [int(number, 0) if number[:2] == "0x" else int(number) for number in _NUMBER.findall(found[1])]
    return '"' + "".join(chr(code) for code in codes if code < 0x10000 and not 0xD800 <= code < 0xE000) + '"'


def _from_base64(found: re.Match[str]) -> str:
    """The text of a base64 literal where it is one; a picture or a key stays as it is."""
    try:
        data = b64decode(found[1] + "=" * (-len(found[1]) % 4))
    except (binascii.Error, ValueError):
        return found[0]
    text = _text(data)
    if not text or ("<" not in text and "http" not in text and "//" not in text):
        return found[0]
    return f'"{text}"'


def _text(data: bytes) -> str:
    """Bytes as text where they are printable text, else ""."""
    for charset in ("utf-8", "gb18030"):
        try:
            text = data.decode(charset)
        except UnicodeDecodeError:
            continue
        return text if all(one.isprintable() or one in "\r\n\t" for one in text) else ""
    return ""


def _character(found: re.Match[str]) -> str:
    code = int(found[1] or found[2] or found[3], 8 if found[3] else 16)
    return chr(code) if not 0xD800 <= code < 0xE000 else "\ufffd"


def _from_percent(found: re.Match[str]) -> str:
    wide = _PERCENT_U.sub(
        lambda one: chr(code) if not 0xD800 <= (code := int(one[1], 16)) < 0xE000 else "\ufffd", found[0]
    )
    return _PERCENT_RUN.sub(_from_bytes, wide)


def _from_bytes(found: re.Match[str]) -> str:
    data = bytes.fromhex(found[0].replace("%", ""))
    return _text(data) or data.decode("latin-1")
