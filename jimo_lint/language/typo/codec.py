"""Packs arrays into one compressed block of bytes and back; the same arrays always give the same bytes."""

from __future__ import annotations

import json
import lzma
from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

Arrays = Mapping[str, NDArray[Any]]

_FILTERS = [{"id": lzma.FILTER_LZMA2, "preset": 6, "dict_size": 1 << 24, "lc": 0, "lp": 0, "pb": 0}]


def pack(arrays: Arrays) -> bytes:
    """The arrays as xz. An array called `*_keys` is sorted: its steps are stored, byte plane by byte plane."""
    head, parts = [], []
    for name, array in arrays.items():
        head.append({"name": name, "type": array.dtype.str, "shape": list(array.shape)})
        parts.append(_steps(array) if name.endswith("_keys") else np.ascontiguousarray(array).tobytes())
    first = json.dumps(head, separators=(",", ":")).encode() + b"\n"
    return lzma.compress(first + b"".join(parts), format=lzma.FORMAT_XZ, check=lzma.CHECK_CRC32, filters=_FILTERS)


def unpack(data: bytes) -> dict[str, NDArray[Any]]:
    """What `pack` was given. ValueError where the bytes are not of `pack`."""
    try:
        whole = lzma.decompress(data)
        end = whole.index(b"\n") + 1
        head = json.loads(whole[:end])
    except (lzma.LZMAError, ValueError) as fault:
        raise ValueError(f"not a packed model: {fault}") from None
    arrays: dict[str, NDArray[Any]] = {}
    body, start = memoryview(whole)[end:], 0  # a hundred million bytes, not to be copied
    for row in head:
        kind, shape = np.dtype(row["type"]), tuple(row["shape"])
        size = kind.itemsize * int(np.prod(shape))
        part = body[start : start + size]
        arrays[row["name"]] = (
            _sums(part) if row["name"].endswith("_keys") else np.frombuffer(part, kind).reshape(shape).copy()
        )
        start += size
    return arrays


def _steps(keys: NDArray[np.uint64]) -> bytes:
    steps = np.diff(keys, prepend=np.uint64(0)).astype("<u8")
    return np.ascontiguousarray(steps.view(np.uint8).reshape(-1, 8).T).tobytes()


def _sums(part: memoryview) -> NDArray[np.uint64]:
    planes = np.frombuffer(part, np.uint8).reshape(8, -1)
    steps = np.ascontiguousarray(planes.T).reshape(-1).view("<u8")
    return np.cumsum(steps, dtype=np.uint64)
