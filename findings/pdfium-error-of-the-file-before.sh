#!/usr/bin/env bash
# pypdfium2 5.15.2 (pdfium 8149): FPDF_GetLastError is not set for a document without pages, which cannot be loaded either; what
# it tells is the fault of the document before. Alone, such a file fails with the code 0 (Success); after one that needs a
# password, with 4 (Incorrect password error), even where a sound file was read in between. A program that reads many files and takes the code for granted calls it locked:
# whether a file is encrypted has to be seen in the file itself (/Encrypt).
# Seen on 2026-12-01 with Python 3.11. Exits non-zero where the behaviour is another one.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/python" -m pip install --quiet --disable-pip-version-check pypdfium2==5.15.2 pypdf==7.1.0
cat > "$folder/look.py" <<'PYTHON'
import io

import pypdfium2
from pypdf import PdfWriter


def made(pages: int, password: str = "") -> bytes:
    writer = PdfWriter()
    for _ in range(pages):
        writer.add_blank_page(595, 842)
    if password:
        writer.encrypt(password, algorithm="RC4-128")
    packing = io.BytesIO()
    writer.write(packing)
    return packing.getvalue()


def code(content: bytes) -> int | None:
    """Of the fault; None where there is none."""
    try:
        pypdfium2.PdfDocument(content).close()
    except pypdfium2.PdfiumError as fault:
        return fault.err_code
    return None


empty, locked, sound = made(0), made(1, "geheim"), made(1)
assert b"/Encrypt" in locked and b"/Encrypt" not in empty
told = [code(one) for one in (empty, locked, empty, sound, empty)]
print("no page, locked, no page, sound, no page:", told)
assert told == [0, 4, 4, None, 4], told
PYTHON
cd "$folder"
"$folder/venv/bin/python" look.py
