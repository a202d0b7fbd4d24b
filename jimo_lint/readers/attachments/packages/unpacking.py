"""How far one file inside another is unpacked: by what it declares before, and by what comes out while it is."""

from __future__ import annotations

import io
from typing import Protocol

from jimo_lint.errors import InputError
from jimo_lint.readers.source import MAX_BYTES

# What office documents and lists pack to stays far below; zeros pack a thousandfold. Small files may: blank forms do.
_RATIO = 200
_SMALL = 5 * 1024 * 1024
_CHUNK = 1024 * 1024


class _Stream(Protocol):
    def read(self, size: int, /) -> bytes: ...


def admit(place: str, size: int, packed: int) -> None:
    """InputError where a file of `size` bytes, packed into so many, is not to be unpacked."""
    if size > MAX_BYTES:
        raise InputError(place, "解开后超过 50 MB，未读", "请拆成几个较小的文件", mark="oversized")
    if size > _SMALL and size > _RATIO * packed:
        raise InputError(
            place, f"解开后是原来的 {_RATIO} 倍以上，像是压缩炸弹，未读", "请核对它的来历", mark="oversized"
        )


def unpack(stream: _Stream, place: str, packed: int) -> bytes:
    """All that comes out of a stream, whatever it declared. InputError as in `admit`."""
    found = io.BytesIO()  # what it gives back is not copied once more
    while chunk := stream.read(_CHUNK):
        found.write(chunk)
        admit(place, found.tell(), packed)
    return found.getvalue()
