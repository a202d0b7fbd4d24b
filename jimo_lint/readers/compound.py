"""Opens compound files of Microsoft (.doc, .msg), which olefile reads as they describe themselves, once that can be."""

from __future__ import annotations

import io
from struct import unpack_from
from typing import Any

# Offsets in the header as in [MS-CFB] 2.2, the published description of the format.
_SHIFT, _TABLES, _SMALL_TABLES, _MORE_TABLES = 0x1E, 0x2C, 0x40, 0x48
_IN_HEADER = 109  # sectors of the table that the header itself names


def opened(body: bytes) -> Any:
    """The package. ValueError where it says of itself what its length makes impossible: what a chain that leads back to
    its beginning would fill without end is read to the length that is declared, 4 GB from a file of 4 KB.

    OSError and others of olefile, where it is none or damaged.
    """
    import olefile  # of no use to other files

    shift = unpack_from("<H", body, _SHIFT)[0]
    if not 7 <= shift <= 20:
        raise ValueError("sectors of no known size")
    sectors = len(body) // (1 << shift) + 2
    tables, small, more = (unpack_from("<I", body, at)[0] for at in (_TABLES, _SMALL_TABLES, _MORE_TABLES))
    if tables > sectors // (1 << shift - 3) + _IN_HEADER or small > sectors or more > sectors:
        raise ValueError("more tables than sectors")
    package = olefile.OleFileIO(io.BytesIO(body))
    if any(entry is not None and entry.size > len(body) for entry in package.direntries):
        raise ValueError("a stream that is larger than the file")
    return package
