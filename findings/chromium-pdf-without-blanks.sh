#!/usr/bin/env bash
# Chromium 156 (--print-to-pdf) writes no blanks into a PDF: it moves on by the width of each. pdfium makes them up again where a
# gap is wide enough, and says so of every one (FPDFText_IsGenerated), just as of those that it puts between Han and digits where
# LibreOffice, by its spacing of Asian and Western text, leaves a gap and no blank was written. Who leaves out the made-up blanks
# joins English words; who keeps them all parts 2026 from 年. pypdfium2 5.15.2, LibreOffice 7.4.7.
# Seen on 2026-12-01 with Python 3.11. Needs chromium and soffice. Exits non-zero where the behaviour is another one.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/python" -m pip install --quiet --disable-pip-version-check pypdfium2==5.15.2
cd "$folder"
echo '<!DOCTYPE html><meta charset=utf-8><body style="font:16px Noto Sans CJK SC"><p>一</p><p>The English words</p><p>共2026年</p>' > a.html
chromium --headless --no-sandbox --disable-gpu --no-pdf-header-footer --print-to-pdf=chromium.pdf a.html 2>/dev/null
soffice "-env:UserInstallation=file://$folder/profile" --headless --convert-to pdf:writer_web_pdf_Export a.html >/dev/null 2>&1
cat > look.py <<'PYTHON'
import pypdfium2
import pypdfium2.raw as pdfium


def blanks(name: str) -> dict[str, int]:
    """The characters around each blank, and whether pdfium made it up."""
    found = {}
    for page in pypdfium2.PdfDocument(name):
        textpage = page.get_textpage()
        text = textpage.get_text_range()
        found |= {text[at - 1 : at + 2]: pdfium.FPDFText_IsGenerated(textpage, at) for at, one in enumerate(text) if one == " "}
    return found


told = {name: blanks(f"{name}.pdf") for name in ("chromium", "a")}
print("made up by pdfium:", told)
assert told == {"chromium": {"e E": 1, "h w": 1}, "a": {"e E": 0, "h w": 0, "共 2": 1, "6 年": 1}}, told
PYTHON
"$folder/venv/bin/python" look.py
