"""Parses mail without the memory that its attachments would take: they stay where they are until they are asked for."""

from __future__ import annotations

import re
from binascii import Error, a2b_base64
from collections.abc import Iterator
from email import message_from_bytes
from email.errors import InvalidBase64LengthDefect
from email.message import Message
from email.policy import compat32
from secrets import token_hex

from jimo_lint.errors import InputError

# Python's parser needs seven times what it reads. Lines that can be nothing but Base64 are kept from it.
_BLOCK = re.compile(rb"(?:[A-Za-z0-9+/]{40,2000}\r?\n){200,}+")
_MOST = 20 * 1024 * 1024  # bytes beside these


class _Kept:
    """What was kept from the parser: a name stands in for each block, which nobody can guess who writes a mail."""

    def __init__(self, body: bytes) -> None:
        self._body, self._spans = body, list[tuple[int, int]]()
        self._name = name = token_hex(16)
        self._names = re.compile(rf"={name}-(\d+)=".encode())

    def slim(self) -> bytes:
        """The mail without the blocks; the end of the last line of each stays."""
        return _BLOCK.sub(self._keep, self._body)

    def _keep(self, found: re.Match[bytes]) -> bytes:
        start, end = found.span()
        ending = b"\r\n" if self._body[end - 2 : end] == b"\r\n" else b"\n"
        self._spans.append((start, end - len(ending)))
        return f"={self._name}-{len(self._spans) - 1}=".encode() + ending

    def has(self, text: bytes) -> bool:
        """Whether blocks are to be put back."""
        return self._names.search(text) is not None

    def restored(self, text: bytes) -> bytes:
        """The text with its blocks."""
        return self._names.sub(lambda found: self._body[slice(*self._spans[int(found[1])])], text)


class _Part(Message):
    kept: _Kept | None = None


def parse(body: bytes, place: str) -> Message:
    """The mail. InputError where its text alone is too long. RecursionError where its parts lie too deep."""
    kept = _Kept(body)
    slim = kept.slim()
    if len(slim) > _MOST:
        raise InputError(place, "除附件外超过 20 MB，未读", "请另存附件再查", mark="oversized")
    # The older policy: the newer one parses each header as it is read, and some that programs write break it.
    message = message_from_bytes(slim, _class=_Part, policy=compat32)
    for part in message.walk():
        if isinstance(part, _Part):
            part.kept = kept
    return message


def leaves(body: bytes, place: str) -> Iterator[Message]:
    """The parts that hold no others, in their order. As `parse`."""
    return (part for part in parse(body, place).walk() if not part.is_multipart())


def payload(part: Message) -> bytes:
    """The content of a part, out of what it is encoded in; what of it is damaged is left out."""
    try:
        kept = part.kept if isinstance(part, _Part) else None
        written = part.get_payload()
        raw = written.encode("utf-8", "surrogateescape") if kept is not None and isinstance(written, str) else b""
        if kept is not None and kept.has(raw):
            return _decoded(part, kept.restored(raw))
        found = part.get_payload(decode=True)
    except (ValueError, TypeError, LookupError, AttributeError, AssertionError):
        return b""
    return found if isinstance(found, bytes) else b""


def _decoded(part: Message, body: bytes) -> bytes:
    if str(part.get("content-transfer-encoding", "")).strip().lower() != "base64":
        return body
    try:
        return a2b_base64(body)
    except Error:  # its last letters are missing
        part.defects.append(InvalidBase64LengthDefect())
        whole = re.sub(rb"[^A-Za-z0-9+/]", b"", body)
        return a2b_base64(whole[: len(whole) // 4 * 4])


def as_file(message: Message) -> bytes:
    """A mail that was attached, as it was sent. ValueError and others where it cannot be written down."""
    written = message.as_bytes()
    return message.kept.restored(written) if isinstance(message, _Part) and message.kept else written
