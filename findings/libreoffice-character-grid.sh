#!/usr/bin/env bash
# LibreOffice 7.4.7, Word's grid of characters (w:docGrid w:type="linesAndChars"): the standard for official documents
# (GB/T 9704: 28 characters of 16 pt in 156 mm) makes cells of 15.79 pt, a little narrower than the character. Word and WPS set
# the characters closer; LibreOffice gives each of them two cells, so a line holds 14 characters, and the draft is twice as
# long. The grid of lines alone, with the characters set a quarter of a point closer (w:spacing w:val="-5"), is the same everywhere.
# Seen on 2026-12-01 with python-docx 1.2.0. Needs soffice. Exits non-zero where the behaviour is another one.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/python" -m pip install --quiet --disable-pip-version-check python-docx==1.2.0 pypdf==7.1.0
cat > "$folder/look.py" <<'PYTHON'
import subprocess

from docx import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from pypdf import PdfReader


def longest(name: str, grid: dict[str, str], closer: str) -> int:
    """Characters of a full line."""
    document = Document()
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin, section.right_margin = Mm(28), Mm(26)
    normal = document.styles["Normal"]
    normal.font.size = Pt(16)
    if closer:
        spacing = OxmlElement("w:spacing")
        spacing.set(qn("w:val"), closer)
        normal.element.get_or_add_rPr().insert_element_before(spacing, "w:sz", "w:szCs")
    made = OxmlElement("w:docGrid")
    for key, value in grid.items():
        made.set(qn(f"w:{key}"), value)
    for old in section._sectPr.findall(qn("w:docGrid")):
        section._sectPr.remove(old)
    section._sectPr.append(made)
    document.add_paragraph("政务公开" * 30)
    document.save(f"{name}.docx")
    command = ["soffice", "-env:UserInstallation=file:///tmp/" + name, "--headless", "--convert-to", "pdf", f"{name}.docx"]
    subprocess.run(command, check=True, capture_output=True)
    text = PdfReader(f"{name}.pdf").pages[0].extract_text()
    return max(len("".join(line.split())) for line in text.splitlines())


cells = longest("cells", {"type": "linesAndChars", "linePitch": "579", "charSpace": "-842"}, "")
lines = longest("lines", {"type": "lines", "linePitch": "579"}, "-5")
print(f"characters a line: {cells} on the grid of characters, {lines} on that of lines")
assert (cells, lines) == (14, 28)
PYTHON
cd "$folder"
"$folder/venv/bin/python" look.py
