"""Makes a compound file of Microsoft of what lies in a storage of another one, so that a reader can take it."""

from __future__ import annotations

from collections.abc import Mapping
from struct import pack

from jimo_lint.readers.compound import SIGNATURE

# As in [MS-CFB], the published description of the format.
_SECTOR, _SMALL, _ENTRY = 512, 4096, 128  # bytes; what is shorter than the second would have to lie elsewhere
_END, _OF_TABLE, _FREE = 0xFFFFFFFE, 0xFFFFFFFD, 0xFFFFFFFF
_TABLES = 109  # sectors of the table of sectors that the head can name


def packed(streams: Mapping[str, bytes]) -> bytes:
    """A compound file of some streams: what lies in a storage of another one, as the file that it would be.

    Short streams get zeros behind them. ValueError: more than 7 MB.
    """
    bodies = [body.ljust(max(_SMALL, -(-len(body) // _SECTOR) * _SECTOR), b"\0") for body in streams.values()]
    entries = [_entry("Root Entry", 5, _END, 0, child=1)]
    entries += [b""] * len(bodies)
    directory = -(-len(entries) * _ENTRY // _SECTOR)
    used = directory + sum(len(body) for body in bodies) // _SECTOR
    tables = -(-used // (_SECTOR // 4 - 1))
    if tables > _TABLES:
        raise ValueError("too large")
    table = [_OF_TABLE] * tables + _chain(tables, directory)
    for number, (name, body) in enumerate(zip(streams, bodies, strict=True), 1):
        right = number + 1 if number < len(bodies) else _FREE
        entries[number] = _entry(name, 2, len(table), len(body), right=right)
        table += _chain(len(table), len(body) // _SECTOR)
    table += [_FREE] * (tables * _SECTOR // 4 - len(table))
    head = (
        SIGNATURE
        + pack("<16x5H6x", 0x3E, 3, 0xFFFE, 9, 6)
        + pack("<9I", 0, tables, tables, 0, _SMALL, _END, 0, _END, 0)
    )
    head += pack(f"<{tables}I", *range(tables)).ljust(_TABLES * 4, b"\xff")
    listed = b"".join(entries).ljust(directory * _SECTOR, b"\0")
    return b"".join((head, pack(f"<{len(table)}I", *table), listed, *bodies))


def _chain(first: int, count: int) -> list[int]:
    return [*range(first + 1, first + count), _END]


def _entry(name: str, kind: int, first: int, size: int, *, right: int = _FREE, child: int = _FREE) -> bytes:
    written = name.encode("utf-16-le")
    entry = written.ljust(64, b"\0") + pack("<HBB3I", len(written) + 2, kind, 1, _FREE, right, child)
    return entry.ljust(116, b"\0") + pack("<IQ", first, size)
