"""What the demo server gives for an address, and its pictures."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Answer:
    """One response. length: body bytes to be padded to with filler, sent without Content-Length, 0 for none.

    delay: seconds before anything is sent.
    """

    body: bytes = b""
    content_type: str = "text/html; charset=utf-8"
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    length: int = 0
    delay: float = 0

    def chunks(self) -> Iterator[bytes]:
        """The body in pieces; a long one never lies in memory whole."""
        yield self.body
        left = self.length - len(self.body)
        filler = "<p>云溪区统计年鉴分表。</p>\n".encode() * 2048
        while left > 0:
            yield filler[:left]
            left -= len(filler)


def redirect(target: str) -> Answer:
    """A 302 to `target`."""
    return Answer(status=302, headers={"Location": target})


def png(width: int = 8, height: int = 8) -> Answer:
    """A plain red picture."""
    rows = b"".join(b"\0" + b"\xc0\x20\x20" * width for _ in range(height))

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    body = b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")
    return Answer(body, "image/png")
