"""Files that hold files, made in memory: zip with names as programs write them, tar, 7z, rar, and mails."""

from __future__ import annotations

import base64
import io
import tarfile
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from struct import pack
from zlib import crc32

from tests.support.compound import Storage, compound


def zipped(files: Mapping[str, bytes | str], *, raw: Mapping[bytes, bytes] | None = None) -> bytes:
    """A zip archive. raw: files whose names are bytes that no flag explains, as WinRAR and Explorer wrote them."""
    packing = io.BytesIO()
    with zipfile.ZipFile(packing, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, body in files.items():
            archive.writestr(name, body)
        for number, body in enumerate((raw or {}).values()):
            archive.writestr(_stand_in(number, list(raw or ())[number]), body)
    body = packing.getvalue()
    for number, name in enumerate(raw or ()):
        body = body.replace(_stand_in(number, name).encode(), name)
    return body


def _stand_in(number: int, name: bytes) -> str:
    return f"{number:02}".ljust(len(name), "~")


def tarred(files: Mapping[str, bytes], mode: str = "w", links: Mapping[str, str] | None = None) -> bytes:
    """A tar archive, packed as `mode` says. links: symbolic ones, with what they point to."""
    packing = io.BytesIO()
    with tarfile.open(fileobj=packing, mode=mode) as archive:  # type: ignore[call-overload]
        for name, body in files.items():
            info = tarfile.TarInfo(name)
            info.size = len(body)
            archive.addfile(info, io.BytesIO(body))
        for name, target in (links or {}).items():
            info = tarfile.TarInfo(name)
            info.type, info.linkname = tarfile.SYMTYPE, target
            archive.addfile(info)
    return packing.getvalue()


def seven(folder: Path, files: Mapping[str, bytes]) -> bytes:
    """A 7z archive."""
    import libarchive

    path = folder / "made.7z"
    with libarchive.file_writer(str(path), "7zip") as archive:
        for name, body in files.items():
            archive.add_file_from_memory(name, len(body), body)
    body = path.read_bytes()
    path.unlink()
    return body


def rar(files: Mapping[str, bytes]) -> bytes:
    """A rar archive of version 5 whose files are only stored: no free program packs them."""
    blocks = [_rar_block(b"\x01\x00\x00")]
    for name, body in files.items():
        called = name.encode()
        about = _number(4) + _number(len(body)) + _number(0o100644) + pack("<I", crc32(body)) + b"\x00\x01"
        blocks += [_rar_block(b"\x02\x02" + _number(len(body)) + about + _number(len(called)) + called), body]
    return b"Rar!\x1a\x07\x01\x00" + b"".join(blocks) + _rar_block(b"\x05\x00\x00")


def _rar_block(body: bytes) -> bytes:
    counted = _number(len(body)) + body
    return pack("<I", crc32(counted)) + counted


def _number(value: int) -> bytes:
    found = bytearray()
    while value > 127:
        found.append(value & 127 | 128)
        value >>= 7
    return bytes((*found, value))


def old_rar(files: Mapping[bytes, bytes]) -> bytes:
    """A rar archive of version 4, whose names are bytes of whatever code page."""
    blocks = [_old_block(0x73, 0, b"\0" * 6)]
    for name, body in files.items():
        about = pack("<IIBIIBBHI", len(body), len(body), 0, crc32(body), 0, 20, 0x30, len(name), 32) + name
        blocks += [_old_block(0x74, 0x8000, about), body]
    return b"Rar!\x1a\x07\x00" + b"".join(blocks) + _old_block(0x7B, 0x4000, b"")


def _old_block(kind: int, flags: int, body: bytes) -> bytes:
    counted = pack("<BHH", kind, flags, 7 + len(body)) + body
    return pack("<H", crc32(counted) & 0xFFFF) + counted


def mail(parts: Sequence[tuple[str, bytes]], *, subject: str = "", sender: str = "", charset: str = "gbk") -> bytes:
    """A mail of several parts: the headers of each, and its content, which is sent as Base64."""
    head = [
        f"From: {_word(sender, charset)} <a@mail.example>",
        "To: b@mail.example",
        f"Subject: {_word(subject, charset)}",
    ]
    lines = [*head, "MIME-Version: 1.0", 'Content-Type: multipart/mixed; boundary="x"', ""]
    for headers, body in parts:
        lines += ["--x", headers, "Content-Transfer-Encoding: base64", "", base64.encodebytes(body).decode()]
    return "\r\n".join((*lines, "--x--", "")).encode()


def _word(words: str, charset: str) -> str:
    return f"=?{charset}?B?{base64.b64encode(words.encode(charset)).decode()}?=" if words else ""


def outlook(
    texts: Mapping[str, str | bytes], attached: Sequence[Storage] = (), *, codepage: int = 0, inner: bool = False
) -> Storage:
    """A mail as Outlook has it, by the numbers of the properties; texts in Unicode, or bytes in the code page."""
    head = b"\0" * (24 if inner else 32)
    properties = head + (pack("<IIQ", 0x3FFD0003, 6, codepage) if codepage else b"")
    found: dict[str, bytes | Storage] = {"__properties_version1.0": properties}
    for tag, value in texts.items():
        if len(tag) == 8:
            assert isinstance(value, bytes)
            found[f"__substg1.0_{tag}"] = value
        else:
            kind, body = ("001F", value.encode("utf-16-le")) if isinstance(value, str) else ("001E", value)
            found[f"__substg1.0_{tag}{kind}"] = body
    for number, one in enumerate(attached):
        found[f"__attach_version1.0_#{number:08X}"] = {"__properties_version1.0": b"\0" * 8, **one}
    return found


def attachment(name: str, body: bytes, kind: str = "", content_id: str = "") -> Storage:
    """A file that is attached to such a mail."""
    texts = {"3707": name, "370E": kind, "3712": content_id}
    named = {f"__substg1.0_{tag}001F": value.encode("utf-16-le") for tag, value in texts.items() if value}
    return {**named, "__substg1.0_37010102": body}


def msg(message: Storage) -> bytes:
    """The file of such a mail."""
    return compound(message)
