#!/usr/bin/env bash
# python-docx 1.2.0, docx2txt 0.9, docx2python 3.7.1, mammoth 1.13.0, markitdown 0.1.9, pandoc 3.9 (pypandoc_binary 1.17): what Word
# makes with 带圈字符 (a character in a circle: ㊞, a number above ⑩) or 合并字符 is no character but an EQ field, whose text stands in the
# field's code: { eq \o\ac(○,印) }. The field has no result, so that what every page shows is in none of the six texts: 加盖印章 reads
# 加盖章. Readers are right to pass over the codes of PAGE or TOC, whose results stand beside them, and so this goes unseen: nothing
# warns, mammoth's messages are empty.
# Seen on 2026-12-03 with Python 3.11. Exits non-zero where the behaviour is another one.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/python" -m pip install --quiet --disable-pip-version-check python-docx==1.2.0 docx2txt==0.9 docx2python==3.7.1 \
  mammoth==1.13.0 'markitdown[docx]==0.1.9' pypandoc_binary==1.17
cat > "$folder/look.py" <<'PYTHON'
import docx
import docx2txt
import mammoth
import pypandoc
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx2python import docx2python
from markitdown import MarkItDown


def field(paragraph, code: str) -> None:
    """Puts in a field without a result, as Word's dialogue does."""
    for kind in ("begin", "", "end"):
        run = paragraph.add_run()._r
        if kind:
            mark = OxmlElement("w:fldChar")
            mark.set(qn("w:fldCharType"), kind)
        else:
            mark = OxmlElement("w:instrText")
            mark.set(qn("xml:space"), "preserve")
            mark.text = f" {code} "
        run.append(mark)


document = docx.Document()
paragraph = document.add_paragraph("加盖")
field(paragraph, r"eq \o\ac(○,印)")
paragraph.add_run("章后报送，逾期")
field(paragraph, r"eq \o\ad(\s\up 5(不),\s\do 2(予))")
paragraph.add_run("受理")
document.save("a.docx")
with open("a.docx", "rb") as file:
    by_mammoth = mammoth.extract_raw_text(file)
with docx2python("a.docx") as read:
    by_docx2python = read.text
texts = {
    "python-docx": docx.Document("a.docx").paragraphs[0].text,
    "docx2txt": docx2txt.process("a.docx"),
    "docx2python": by_docx2python,
    "mammoth": by_mammoth.value,
    "markitdown": MarkItDown().convert("a.docx").text_content,
    "pandoc": pypandoc.convert_file("a.docx", "plain", extra_args=["--wrap=none"]),
}
for name, text in texts.items():
    print(f"{name}: {text.strip()}")
    assert text.strip() == "加盖章后报送，逾期受理"
assert not by_mammoth.messages
PYTHON
cd "$folder"
"$folder/venv/bin/python" look.py
