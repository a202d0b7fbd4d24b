#!/usr/bin/env bash
# striprtf 0.0.33: the text that it gives of an .rtf still has what tracked changes deleted (\deleted, which Word writes), joined to
# the words around it, and has neither footnotes nor headers and footers, nor text boxes, without a word about them. A document that
# is checked by it is blamed for words that nobody sees, and passes with faults in its notes.
# Seen on 2026-12-01 with Python 3.11. Exits non-zero where the behaviour is another one.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/python" -m pip install --quiet --disable-pip-version-check striprtf==0.0.33
cat > "$folder/look.py" <<'PYTHON'
from striprtf.striprtf import rtf_to_text

for written, shown, given in (
    (r"{\rtf1\ansi as{\deleted  of old}{\revised  of new} shown\par}", "as of new shown", "as of old of new shown"),
    (r"{\rtf1\ansi text{\footnote in a note} goes on\par}", "text goes on, and: in a note", "text goes on"),
    (r"{\rtf1\ansi{\header\pard in the head\par}\pard text\par}", "text, and: in the head", "text"),
    (r"{\rtf1\ansi text{\shp{\*\shpinst{\shptxt in a box\par}}}\par}", "text, and: in a box", "text"),
):
    found = rtf_to_text(written).strip()
    print(f"{written}\n  shown:    {shown}\n  striprtf: {found}")
    assert found == given
PYTHON
cd "$folder"
"$folder/venv/bin/python" look.py
