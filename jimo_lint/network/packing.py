"""Unpacks the bodies of answers, within bounds, and tells whether they came whole."""

from __future__ import annotations

import zlib

CODINGS = "gzip, deflate"  # what is asked for
_KNOWN = frozenset({"gzip", "x-gzip", "deflate"})
_PLAIN = frozenset({"", "identity"})
_GZIP = b"\x1f\x8b"
_TRAILER = 8  # bytes behind the packed text: its check sum and length


def unpack(body: bytes, codings: str, most: int) -> tuple[bytes, bool]:
    """At most `most` bytes of what `Content-Encoding` says is packed, and whether no end is missing before them.

    A stream without its end mark was cut off, even where Content-Length agrees: the server or a cache before it lost
    the rest. ValueError: a coding that was not asked for.
    """
    whole = True
    for coding in reversed(codings.lower().split(",")):
        coding = coding.strip()
        if coding in _PLAIN or not body:
            continue
        if coding not in _KNOWN:
            raise ValueError(coding)
        body, ended = _unpacked(body, most)
        whole = whole and ended
    return body, whole


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
