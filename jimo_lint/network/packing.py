"""Unpacks the bodies of answers, within bounds, and tells whether they came whole."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterator, Mapping
from importlib import import_module
from types import ModuleType

CODINGS = "gzip, deflate"  # what is asked for
_KNOWN = frozenset({"gzip", "x-gzip", "deflate"})
_PLAIN = frozenset({"", "identity"})
# The others that there are, by IANA's register of HTTP content codings.
_CODINGS = frozenset({"br", "zstd", "compress", "x-compress", "dcb", "dcz", "exi", "aes128gcm", "pack200-gzip"})
_GZIP = b"\x1f\x8b"
_ZSTD = b"\x28\xb5\x2f\xfd"
_ZSTD_WINDOW = 23  # 8 MiB, the most that a page may want of its reader (RFC 9659)
_TRAILER = 8  # bytes behind the packed text: its check sum and length


def unpack(body: bytes, codings: str, most: int) -> tuple[bytes, bool]:
    """At most `most` bytes of what `Content-Encoding` says is packed, and whether no end is missing before them.

    A stream without its end mark was cut off, even where Content-Length agrees: the server or a cache before it lost
    the rest. Some servers send br and zstd to everybody, which are unpacked where this machine can. What is no coding
    at all (`utf-8`, `none`) is passed over, as browsers do. ValueError: any other coding that was not asked for.
    """
    whole = True
    for coding in reversed(codings.lower().split(",")):
        coding = coding.strip()
        if coding in _PLAIN or not body:
            continue
        if coding in _KNOWN:
            body, ended = _unpacked(body, most)
        elif coding in _UNASKED and (library := _installed(*_UNASKED[coding][0])):
            body, ended = _UNASKED[coding][1](library, body, most)
        elif coding in _CODINGS:
            raise ValueError(coding)
        else:
            continue
        whole = whole and ended
    return body, whole


def _installed(*names: str) -> ModuleType | None:
    """The first of these modules that is there."""
    for name in names:
        try:
            return import_module(name)
        except ImportError:
            continue
    return None


def _brotli(library: ModuleType, body: bytes, most: int) -> tuple[bytes, bool]:
    unpacker, parts, size = library.Decompressor(), [], 0
    if not hasattr(unpacker, "can_accept_more_data"):  # before 1.2, which unpacks all that there is at one go
        raise ValueError("br")
    try:
        while size < most and not unpacker.is_finished() and (body or not unpacker.can_accept_more_data()):
            part = unpacker.process(body, output_buffer_limit=most - size)
            body = b""
            parts.append(part)
            size += len(part)
    except library.error:
        return b"".join(parts), False
    return b"".join(parts)[:most], unpacker.is_finished() or size >= most


def _zstd(library: ModuleType, body: bytes, most: int) -> tuple[bytes, bool]:
    text, ended = b"", False
    window = {library.DecompressionParameter.window_log_max: _ZSTD_WINDOW}
    try:
        while len(text) < most and (body.startswith(_ZSTD) or not ended):  # several frames, one behind the other
            unpacker = library.ZstdDecompressor(options=window)
            text += unpacker.decompress(body, most - len(text))
            ended, body = unpacker.eof, unpacker.unused_data
            if not ended:
                break
    except library.ZstdError:
        return text, False
    return text, ended or len(text) >= most


_Unpack = Callable[[ModuleType, bytes, int], tuple[bytes, bool]]
_UNASKED: Mapping[str, tuple[tuple[str, ...], _Unpack]] = {
    "br": (("brotli",), _brotli),
    "zstd": (("compression.zstd", "backports.zstd"), _zstd),
}


def _unpacked(body: bytes, most: int) -> tuple[bytes, bool]:
    # 47: gzip or zlib by its header; -15: the bare deflate that some servers send.
    for bits in (47, -15):
        try:
            return _inflated(body, most, bits)
        except zlib.error:
            continue
    return b"", False


def _inflated(body: bytes, most: int, bits: int) -> tuple[bytes, bool]:
    text, ended = b"", False
    while True:  # a gzip body may be several, one behind the other
        unpacker = zlib.decompressobj(bits)
        # The end apart: browsers pass over a wrong check sum, and zlib gives no text where it finds one.
        text += unpacker.decompress(body[:-_TRAILER], most - len(text))
        if len(text) >= most:
            return text, True
        ended = unpacker.eof
        if not ended:
            try:
                text += unpacker.decompress(unpacker.unconsumed_tail + body[-_TRAILER:], most - len(text))
                ended = unpacker.eof or len(text) >= most
            except zlib.error as fault:
                if not text or "incorrect" not in str(fault):
                    raise
                ended = True
            following = unpacker.unused_data
        else:
            following = unpacker.unused_data + body[-_TRAILER:]
        if not ended or len(text) >= most or not following.startswith(_GZIP):
            return text, ended
        body = following


class Unpacker:
    """Unpacks a body piece by piece. codings: its `Content-Encoding`; ValueError: more than one, or none that is known.

    ended: no end is missing, as far as what came tells.
    """

    _AT_ONCE = 256 * 1024

    def __init__(self, codings: str) -> None:
        named = codings.strip().lower()
        if named in _CODINGS or "," in named:
            raise ValueError(codings)
        self._packed = named in _KNOWN
        self._unpacker = zlib.decompressobj(47)
        self._begun = False
        self.ended = True

    def parts(self, piece: bytes) -> Iterator[bytes]:
        """What a piece unpacks to, in parts of bounded size."""
        if not self._packed:
            yield piece
            return
        while piece:
            try:
                part = self._unpacker.decompress(piece, self._AT_ONCE)
            except zlib.error:
                if self._begun:  # damaged
                    self.ended = False
                    return
                self._begun, self._unpacker = True, zlib.decompressobj(-15)  # the bare deflate of some servers
                continue
            self._begun = True
            self.ended = self._unpacker.eof
            if part:
                yield part
            piece = self._unpacker.unconsumed_tail
            if self._unpacker.eof:
                piece = self._unpacker.unused_data
                if not piece.startswith(_GZIP):  # several may stand one behind the other
                    return
                self._unpacker = zlib.decompressobj(47)
