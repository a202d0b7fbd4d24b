"""Writes .xls workbooks record by record, as hostile ones are made: [MS-XLS] in a compound file of [MS-CFB]."""

from __future__ import annotations

from collections.abc import Sequence
from struct import pack

_SECTOR = 512
_FREE, _END, _FAT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD


def record(code: int, body: bytes = b"") -> bytes:
    """One record: code, length, body."""
    return pack("<HH", code, len(body)) + body


def label(row: int, column: int, text: str) -> bytes:
    """A cell with a text; row and column from 0."""
    return record(0x0204, pack("<HHHHB", row, column, 0, len(text), 1) + text.encode("utf-16-le"))


def workbook(*sheets: Sequence[bytes], settings: bytes = b"", at_first: bool = False) -> bytes:
    """A workbook of sheets, each a list of records. settings: records of the whole; at_first: all in one place."""
    begin = record(0x0809, pack("<HHHHII", 0x0600, 0x0005, 0, 1997, 0, 6))
    end = record(0x000A)
    xf = record(0x00E0, pack("<HHHBBHIIH", 0, 0, 1, 0, 0, 0, 0, 0, 0)[:20])
    font = record(0x0031, pack("<HHHHHBBBBBB", 200, 0, 0x7FFF, 400, 0, 0, 0, 0, 0, 1, 0) + b"A") * 5
    names = [f"S{number}" for number in range(len(sheets))]
    bound = sum(4 + 8 + len(name) for name in names)
    offset = len(begin) + len(font) + len(xf) + len(settings) + bound + len(end)
    bodies, bounds = [], []
    for name, records in zip(names, sheets, strict=True):
        body = record(0x0809, pack("<HHHHII", 0x0600, 0x0010, 0, 1997, 0, 6)) + b"".join(records) + end
        bounds.append(record(0x0085, pack("<IBBBB", offset, 0, 0, len(name), 0) + name.encode()))
        if not at_first:
            offset += len(body)
            bodies.append(body)
        elif not bodies:
            bodies.append(body)
    return _container(begin + font + xf + settings + b"".join(bounds) + end + b"".join(bodies))


def _container(stream: bytes) -> bytes:
    """A compound file of one stream named Workbook."""
    stream = stream.ljust(4096, b"\0")
    stream += bytes(-len(stream) % _SECTOR)
    sectors = len(stream) // _SECTOR
    tables = -(-(sectors + 1) * 4 // _SECTOR)
    tables += (sectors + 1 + tables) * 4 > tables * _SECTOR
    chain = [_FAT] * tables + [_END] + [tables + 2 + number for number in range(sectors - 1)] + [_END]
    chain += [_FREE] * (-len(chain) % (_SECTOR // 4))
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16)
    header += pack("<HHHHH6xIIIIIIIIII", 0x3E, 3, 0xFFFE, 9, 6, 0, tables, tables, 0, 4096, _END, 0, _END, 0, 0)[:52]
    header = header.ljust(76, b"\0")[:76] + pack("<109I", *range(tables), *[_FREE] * (109 - tables))
    folder = _entry("Root Entry", 5, 1, _END, 0) + _entry("Workbook", 2, _FREE, tables + 1, len(stream))
    folder += _entry("", 0, _FREE, 0, 0) * 2
    return header + pack(f"<{len(chain)}I", *chain) + folder + stream


def _entry(name: str, kind: int, child: int, start: int, size: int) -> bytes:
    written = (name.encode("utf-16-le") + b"\0\0") if name else b""
    sides = pack("<III", _FREE, _FREE, child)
    return (
        written.ljust(64, b"\0")
        + pack("<HBB", len(written), kind, 1)
        + sides
        + bytes(36)
        + pack("<IIxxxx", start, size)
    )
