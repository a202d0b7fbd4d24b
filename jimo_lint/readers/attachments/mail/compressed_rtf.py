"""Takes RTF out of the compression in which Outlook keeps the text of mails [MS-OXRTFCP]."""

from __future__ import annotations

from collections.abc import Iterator
from struct import unpack_from

from jimo_lint.errors import InputError
from jimo_lint.readers.attachments.packages.unpacking import admit

_PLACE = "正文.rtf"
_HEAD = 16  # bytes before the tokens
# What its memory holds before the first byte, section 2.1.2.1 there.
_MEMORY = (
    rb"{\rtf1\ansi\mac\deff0\deftab720{\fonttbl;}{\f0\fnil \froman \fswiss \fmodern \fscript \fdecor "
    rb"MS Sans SerifSymbolArialTimes New RomanCourier{\colortbl\red0\green0\blue0"
    b"\r\n"
    rb"\par \pard\plain\f0\fs20\b\i\u\tab\tx"
)
_WINDOW = 4096


def plain_rtf(body: bytes) -> bytes:
    """The RTF. InputError: of another kind, too large. struct.error where it has no head."""
    size, kind = unpack_from("<4xI4s", body)
    admit(_PLACE, size, len(body))
    if kind == b"MELA":
        return body[_HEAD : _HEAD + size]
    if kind != b"LZFu":
        raise InputError(_PLACE, "压缩方法不能识别，未读", "请在 Outlook 里另存为 .eml", mark="damaged")
    memory, write = bytearray(_MEMORY.ljust(_WINDOW, b"\0")), len(_MEMORY)
    found = bytearray()
    for start, value in _tokens(body):
        if start == write or len(found) >= size:
            break
        for step in range(1 if start < 0 else value):
            one = value if start < 0 else memory[(start + step) % _WINDOW]
            found.append(one)
            memory[write] = one
            write = (write + 1) % _WINDOW
    return bytes(found)


def _tokens(body: bytes) -> Iterator[tuple[int, int]]:
    """Where in the memory bytes are to be taken from, and how many; -1 and the byte itself for a new one."""
    at = _HEAD
    while at < len(body):
        flags = body[at]
        at += 1
        for bit in range(8):
            width = 1 + (flags >> bit & 1)
            if at + width > len(body):
                return
            value = int.from_bytes(body[at : at + width], "big")
            at += width
            yield (-1, value) if width == 1 else (value >> 4, (value & 15) + 2)
