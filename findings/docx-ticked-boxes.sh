#!/usr/bin/env bash
# python-docx 1.2.0, docx2txt 0.9: the boxes of a form (公开方式: ☑主动公开 □不予公开) that were put in as symbols of Wingdings (w:sym,
# as Word's dialogue does) leave no trace in the text: ticked or not, the line reads the same, and both choices look made. mammoth
# 1.13.0 knows them. But none of the three knows the other way that Chinese forms are made, the letters R and £ in the font
# Wingdings 2, which Word shows as ☑ and □: the text is R主动公开£不予公开.
# Seen on 2026-12-03 with Python 3.11. Exits non-zero where the behaviour is another one.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/python" -m pip install --quiet --disable-pip-version-check python-docx==1.2.0 docx2txt==0.9 mammoth==1.13.0
cat > "$folder/look.py" <<'PYTHON'
import docx
import docx2txt
import mammoth
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

SHOWN = "☑主动公开□不予公开"
TICKED, EMPTY = "F052", "F0A3"  # of Wingdings 2, as symbols; as letters R and £


def symbol(paragraph, code: str) -> None:
    mark = OxmlElement("w:sym")
    mark.set(qn("w:font"), "Wingdings 2")
    mark.set(qn("w:char"), code)
    paragraph.add_run()._r.append(mark)


def letter(paragraph, code: str) -> None:
    run = paragraph.add_run(chr(int(code, 16) & 0xFF))
    run.font.name = "Wingdings 2"


def read(put, first: str, second: str) -> dict[str, str]:
    document = docx.Document()
    paragraph = document.add_paragraph()
    for box, choice in ((first, "主动公开"), (second, "不予公开")):
        put(paragraph, box)
        paragraph.add_run(choice)
    document.save("a.docx")
    with open("a.docx", "rb") as file:
        by_mammoth = mammoth.extract_raw_text(file).value.strip()
    return {
        "python-docx": docx.Document("a.docx").paragraphs[0].text,
        "docx2txt": docx2txt.process("a.docx").strip(),
        "mammoth": by_mammoth,
    }


symbols, other_way_round = read(symbol, TICKED, EMPTY), read(symbol, EMPTY, TICKED)
letters = read(letter, TICKED, EMPTY)
for name in symbols:
    print(f"{name}: of {SHOWN} as symbols {symbols[name]}, ticked the other way {other_way_round[name]}, as letters {letters[name]}")
for name in ("python-docx", "docx2txt"):
    assert symbols[name] == other_way_round[name] == "主动公开不予公开"
assert symbols["mammoth"] == SHOWN
assert other_way_round["mammoth"] == "□主动公开☑不予公开"
assert set(letters.values()) == {"R主动公开£不予公开"}
PYTHON
cd "$folder"
"$folder/venv/bin/python" look.py
