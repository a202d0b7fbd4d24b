"""Takes the files out of a PDF that are embedded in it, unless they unpack to more than is read."""

from __future__ import annotations

import mmap
import re
import zlib
from collections.abc import Iterator, Sequence

import pypdfium2
import pypdfium2.raw as pdfium

from jimo_lint.errors import InputError
from jimo_lint.readers.contents import Member
from jimo_lint.readers.source import Source

# The worker may take 256 MB in all, and pdfium holds a file twice.
_LARGEST = 64 * 1024 * 1024
_EMBEDDED = re.compile(rb"/EmbeddedFile\b")
_STREAM = re.compile(rb"stream\r?\n")
_NEAR = 4096  # bytes from the name to the stream that it describes


def members(pdf: pypdfium2.PdfDocument, pinned: Sequence[pdfium.FPDF_ATTACHMENT], source: Source) -> Iterator[Member]:
    """The files inside, each unpacked when it is asked for. pinned: those that are pinned to a page."""
    count = pdf.count_attachments()
    if not count and not pinned:
        return
    too_large = _is_bomb(source)
    for index in range(count + len(pinned)):
        name = f"附件 {index + 1}"
        try:
            attachment = (
                pdf.get_attachment(index) if index < count else pypdfium2.PdfAttachment(pinned[index - count], pdf)
            )
            name = attachment.get_name().replace("\\", "/").rpartition("/")[2] or name
            if not too_large:
                yield Member(name, bytes(attachment.get_data()))
                continue
            said, remedy, mark = "解开后超过 64 MB，没有读", "请把它另存为单独的文件再查", "oversized"
        except (pypdfium2.PdfiumError, UnicodeDecodeError):
            said, remedy, mark = "取不出来，没有读", "请核对，或重新附上", "damaged"
        yield Member(name, fault=InputError(f"{source.place} › {name}", said, remedy, mark=mark))


def _is_bomb(source: Source) -> bool:
    """Whether one of the embedded files is too large; pdfium has no way to ask before it unpacks it."""
    if isinstance(source.content, bytes):
        return _holds_bomb(source.content)
    with source.open() as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as body:
        return _holds_bomb(body)


def _holds_bomb(body: bytes | mmap.mmap) -> bool:
    for name in _EMBEDDED.finditer(body):
        stream = _STREAM.search(body, name.end(), name.end() + _NEAR)
        if stream and _unpacked(body, stream.end()) > _LARGEST:
            return True
    return False


def _unpacked(body: bytes | mmap.mmap, start: int) -> int:
    """Bytes that a stream unpacks to, as far as it matters."""
    unpacker = zlib.decompressobj()
    size = 0
    for at in range(start, len(body), 65536):
        piece = body[at : at + 65536]
        try:
            while piece and size <= _LARGEST:
                size += len(unpacker.decompress(piece, 1 << 20))
                piece = unpacker.unconsumed_tail
        except zlib.error:
            return size
        if unpacker.eof or size > _LARGEST:
            break
    return size
