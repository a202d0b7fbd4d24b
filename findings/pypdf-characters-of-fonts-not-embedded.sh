#!/usr/bin/env bash
# pypdf 7.1.1 and Chinese PDFs whose font is not embedded, as forms and older files of offices have it to save space: the text is there by
# ISO 32000-2 (9.10.2: a font of the collection Adobe-GB1 tells its characters by number), and pdfminer.six, pypdfium2 and PyMuPDF read
# it. pypdf does not know the collection: with Identity-H it takes the NUMBERS for Unicode, so that 中国 comes as two characters of other
# scripts, without a warning; with GBKp-EUC-H, one of the standard's own list, it reads GBK as UTF-16, with a line in the log. The
# result is full of letters, as long as the right text: a test for empty text, by which scans are told, lets it pass.
# Seen on 2026-12-03 with Python 3.11. Exits non-zero where the behaviour is another one.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/python" -m pip install --quiet --disable-pip-version-check pypdf==7.1.1 pdfminer.six==20260107 pypdfium2==5.15.2 \
  PyMuPDF==2.0
cat > "$folder/look.py" <<'PYTHON'
import io
import logging

import pymupdf
import pypdf
import pypdfium2
from pdfminer.high_level import extract_text

logging.disable(logging.WARNING)


def pdf(encoding: str, string: bytes) -> bytes:
    """A page with one string in SimSun, which is not embedded, as its characters are known by Adobe-GB1."""
    content = b"BT /F1 16 Tf 72 700 Td <" + string.hex().encode() + b"> Tj ET"
    parts = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 4 0 R >> >> /Contents 7 0 R >>",
        f"<< /Type /Font /Subtype /Type0 /BaseFont /SimSun-{encoding} /Encoding /{encoding} /DescendantFonts [5 0 R] >>".encode(),
        b"<< /Type /Font /Subtype /CIDFontType0 /BaseFont /SimSun /DW 1000 /FontDescriptor 6 0 R"
        b" /CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) /Supplement 4 >> >>",
        b"<< /Type /FontDescriptor /FontName /SimSun /Flags 6 /FontBBox [-8 -145 1000 859] /ItalicAngle 0 /Ascent 859 /Descent -141"
        b" /CapHeight 683 /StemV 95 >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content),
    ]
    made, places = io.BytesIO(), []
    made.write(b"%PDF-1.7\n")
    for number, part in enumerate(parts, 1):
        places.append(made.tell())
        made.write(b"%d 0 obj\n%s\nendobj\n" % (number, part))
    start = made.tell()
    made.write(b"xref\n0 %d\n0000000000 65535 f \n" % (len(parts) + 1))
    made.writelines(b"%010d 00000 n \n" % place for place in places)
    made.write(b"trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(parts) + 1, start))
    return made.getvalue()


def read(data: bytes) -> dict[str, str]:
    texts = {
        "pypdf": pypdf.PdfReader(io.BytesIO(data)).pages[0].extract_text(),
        "pdfminer.six": extract_text(io.BytesIO(data)),
        "pypdfium2": pypdfium2.PdfDocument(data)[0].get_textpage().get_text_range(),
        "PyMuPDF": pymupdf.open(stream=data)[0].get_text(),
    }
    return {name: text.strip() for name, text in texts.items()}


NUMBERS = b"".join(number.to_bytes(2, "big") for number in (4559, 1875))  # of Adobe-GB1: 中国
TEXTS = {"GBK-EUC-H": "中国".encode("gbk"), "GBKp-EUC-H": "中国".encode("gbk"), "Identity-H": NUMBERS}
for encoding, string in TEXTS.items():
    texts = read(pdf(encoding, string))
    for name, text in texts.items():
        print(f"{encoding}, {name}: {text} ({' '.join(f'U+{ord(one):04X}' for one in text)})")
        if name != "pypdf" or encoding == "GBK-EUC-H":
            assert text == "中国"
    if encoding == "Identity-H":
        assert texts["pypdf"] == NUMBERS.decode("utf-16-be")
    if encoding == "GBKp-EUC-H":
        assert texts["pypdf"] == "中国".encode("gbk").decode("utf-16-be")
PYTHON
cd "$folder"
"$folder/venv/bin/python" look.py
