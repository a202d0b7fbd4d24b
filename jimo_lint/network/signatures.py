"""Tells kinds of files by their first bytes."""

from __future__ import annotations

_SIGNATURES = (
    (b"PK\x03\x04", "zip"), (b"PK\x05\x06", "zip"), (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "ole"),
    (b"Rar!\x1a\x07", "rar"), (b"7z\xbc\xaf\x27\x1c", "7z"), (b"\x1f\x8b", "gz"), (b"{\\rt", "rtf"),
    (b"\x89PNG", "image"), (b"\xff\xd8\xff", "image"), (b"GIF8", "image"), (b"BM", "image"),
)  # fmt: skip
_PDF_WITHIN = 1024  # bytes; readers accept what stands before the signature


def file_kind(body: bytes) -> str:
    """The kind of a file that is neither text nor a page: pdf, zip, ole, rar, 7z, gz, rtf, image; "" for all else."""
    for front, kind in _SIGNATURES:
        if body.startswith(front):
            return kind
    return "pdf" if b"%PDF-" in body[:_PDF_WITHIN] else ""
