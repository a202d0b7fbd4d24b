#!/usr/bin/env bash
# libarchive 3.6.2 (of Debian 12) with libarchive-c 5.3: asked for any format, as all its examples ask, it takes a rar archive
# whose last file is a .docx or .xlsx that was stored without packing it further (which WinRAR does with what does not get
# smaller) for a zip, and lists the parts of that document in place of the files of the archive. The end of a zip is looked for
# at the end of the file, and counts for more than the head of the rar. Naming the format that the head tells helps.
# Seen on 2026-12-01 with Python 3.11. Exits non-zero where the behaviour is another one.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/python" -m pip install --quiet --disable-pip-version-check libarchive-c==5.3
cat > "$folder/look.py" <<'PYTHON'
import io
import zipfile
from struct import pack
from zlib import crc32

import libarchive


def number(value: int) -> bytes:
    found = bytearray()
    while value > 127:
        found.append(value & 127 | 128)
        value >>= 7
    return bytes((*found, value))


def block(body: bytes) -> bytes:
    counted = number(len(body)) + body
    return pack("<I", crc32(counted)) + counted


def rar(files: dict[str, bytes]) -> bytes:
    blocks = [block(b"\x01\x00\x00")]
    for name, body in files.items():
        about = number(4) + number(len(body)) + number(0o100644) + pack("<I", crc32(body)) + b"\x00\x01"
        blocks += [block(b"\x02\x02" + number(len(body)) + about + number(len(name)) + name.encode()), body]
    return b"Rar!\x1a\x07\x01\x00" + b"".join(blocks) + block(b"\x05\x00\x00")


def listed(body: bytes, kind: str) -> list[str]:
    with libarchive.memory_reader(body, kind) as archive:
        return [entry.pathname for entry in archive]


document = io.BytesIO()
with zipfile.ZipFile(document, "w") as package:
    package.writestr("word/document.xml", "<x/>")
body = rar({"notice.txt": b"ok", "list.docx": document.getvalue()})
print(f"any format: {listed(body, 'all')}, rar5: {listed(body, 'rar5')}")
assert listed(body, "all") == ["word/document.xml"]
assert listed(body, "rar5") == ["notice.txt", "list.docx"]
PYTHON
cd "$folder"
"$folder/venv/bin/python" look.py
