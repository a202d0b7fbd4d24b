"""Compound files of Microsoft [MS-CFB] with storages inside storages, as Outlook saves mails."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise
from struct import pack

SECTOR, SMALL, CUTOFF = 512, 64, 4096
_FREE, _END, _FAT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD

Storage = Mapping[str, "bytes | Storage"]


class _Entry:
    def __init__(self, name: str, kind: int) -> None:
        self.name, self.kind = name, kind
        self.right = self.child = -1
        self.first, self.size = _END, 0

    def packed(self) -> bytes:
        written = self.name.encode("utf-16-le")
        body = written.ljust(64, b"\0") + pack("<HBB3i", len(written) + 2, self.kind, 1, -1, self.right, self.child)
        return body.ljust(116, b"\0") + pack("<IQ", self.first, self.size)


def compound(root: Storage) -> bytes:
    """The file. root: streams and storages by their names."""
    entries = [_Entry("Root Entry", 5)]
    sectors: list[bytes] = []
    chains: list[int] = []
    small, small_chains = bytearray(), list[int]()

    def store(body: bytes) -> int:
        first, count = len(sectors), -(-len(body) // SECTOR)
        sectors.extend(body[at : at + SECTOR].ljust(SECTOR, b"\0") for at in range(0, len(body), SECTOR))
        chains.extend([*range(first + 1, first + count), _END])
        return first

    def add(owner: _Entry, content: Storage) -> None:
        added: list[tuple[int, _Entry]] = []
        for name, value in content.items():
            entry = _Entry(name, 2 if isinstance(value, bytes) else 1)
            entries.append(entry)
            added.append((len(entries) - 1, entry))
            if not isinstance(value, bytes):
                add(entry, value)
                continue
            entry.size = len(value)
            if value and len(value) < CUTOFF:
                entry.first = len(small) // SMALL
                count = -(-len(value) // SMALL)
                small.extend(value.ljust(count * SMALL, b"\0"))
                small_chains.extend([*range(entry.first + 1, entry.first + count), _END])
            elif value:
                entry.first = store(value)
        if added:
            owner.child = added[0][0]
        for (_, one), (number, _) in pairwise(added):
            one.right = number

    add(entries[0], root)
    if small:
        entries[0].first, entries[0].size = store(bytes(small)), len(small)
    count = -(-len(small_chains) * 4 // SECTOR)
    tables = store(pack(f"<{len(small_chains)}I", *small_chains).ljust(count * SECTOR, b"\xff")) if small else _END
    listing = store(b"".join(one.packed() for one in entries))
    size = 1
    while (len(chains) + size) * 4 > size * SECTOR:
        size += 1
    assert size <= 109
    first = len(chains)
    chains += [_FAT] * size
    table = pack(f"<{len(chains)}I", *chains).ljust(size * SECTOR, b"\xff")
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + pack("<16x5H10x", 0x3E, 3, 0xFFFE, 9, 6)
    head = head.ljust(44, b"\0") + pack("<7I", size, listing, 0, CUTOFF, tables, count, _END)
    head += pack("<I", 0) + pack(f"<{size}I", *range(first, first + size))
    return head.ljust(SECTOR, b"\xff") + b"".join(sectors) + table
