"""Compound files made of what lies in a storage of another one, as the readers of old documents take them."""

from __future__ import annotations

import io

import olefile
import pytest

from jimo_lint.readers import compound
from jimo_lint.readers.attachments.office import storage
from jimo_lint.readers.source import Source

STREAMS = [
    {"Workbook": b"x" * 10},
    {"WordDocument": b"w" * 5000, "1Table": b"t" * 4096, "Data": b"", "\x01CompObj": b"c" * 513},
    {"Workbook": bytes(range(256)) * 400, "Second": b"s" * 70000},
    {"Workbook": b"large" * 1_000_000},
]


@pytest.mark.parametrize("streams", STREAMS, ids=len)
def test_streams_are_found_again(streams: dict[str, bytes]) -> None:
    """Each whole, with zeros behind it where it is short, also over many sectors."""
    made = storage.packed(streams)
    assert olefile.isOleFile(made)
    with olefile.OleFileIO(io.BytesIO(made), raise_defects=olefile.DEFECT_INCORRECT) as package:
        assert {path[0] for path in package.listdir()} == streams.keys()
        for name, body in streams.items():
            found = package.openstream(name).read()
            assert found.startswith(body) and not found[len(body) :].strip(b"\0")
    assert compound.has(Source("a", made), next(iter(streams)))
    assert not compound.has(Source("a", made), "EncryptedPackage")


def test_what_is_too_large_is_refused() -> None:
    """The head of a file names only so many sectors."""
    with pytest.raises(ValueError, match="too large"):
        storage.packed({"Workbook": bytes(8 * 1024 * 1024)})
