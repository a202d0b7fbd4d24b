#!/usr/bin/env bash
# python-docx 1.2.0: Paragraph.text leaves out what tracked changes inserted (w:ins) or moved here (w:moveTo), and what stands
# in content controls, simple fields, smart tags and under ruby guides: the text that Word shows when all changes are accepted
# has holes, which join the words around them. docx2txt 0.9 reads these, but also what was moved AWAY (w:moveFrom), and puts
# the guide of ruby text between the characters.
# Seen on 2026-12-01 with Python 3.11. Exits non-zero where the behaviour is another one.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/python" -m pip install --quiet --disable-pip-version-check python-docx==1.2.0 docx2txt==0.9
cat > "$folder/look.py" <<'PYTHON'
import zipfile

import docx
import docx2txt

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
CHANGE = 'w:id="1" w:author="甲" w:date="2026-01-01T00:00:00Z"'


def run(text: str) -> str:
    return f"<w:r><w:t>{text}</w:t></w:r>"


body = (
    f"<w:p>{run('依据')}<w:del {CHANGE}><w:r><w:delText>旧法</w:delText></w:r></w:del><w:ins {CHANGE}>{run('新法')}</w:ins>"
    f"{run('办理。')}</w:p>"
    f"<w:p><w:moveFrom {CHANGE}>{run('移走')}</w:moveFrom></w:p><w:p><w:moveTo {CHANGE}>{run('移来')}</w:moveTo></w:p>"
    f"<w:p><w:sdt><w:sdtContent>{run('控件')}</w:sdtContent></w:sdt></w:p>"
    f"<w:p><w:fldSimple w:instr='DATE'>{run('域')}</w:fldSimple></w:p>"
    f"<w:p><w:r><w:ruby><w:rubyPr/><w:rt>{run('guó')}</w:rt><w:rubyBase>{run('国')}</w:rubyBase></w:ruby></w:r></w:p>"
)
docx.Document().save("a.docx")
with zipfile.ZipFile("a.docx") as package:
    parts = {name: package.read(name) for name in package.namelist()}
parts["word/document.xml"] = f'<w:document xmlns:w="{WORD}"><w:body>{body}<w:sectPr/></w:body></w:document>'.encode()
with zipfile.ZipFile("a.docx", "w") as package:
    for name, content in parts.items():
        package.writestr(name, content)
by_docx = [paragraph.text for paragraph in docx.Document("a.docx").paragraphs]
by_txt = docx2txt.process("a.docx").split()
print("shown by Word: ['依据新法办理。', '', '移来', '控件', '域', '国']")
print("python-docx:  ", by_docx)
print("docx2txt:     ", by_txt)
assert by_docx == ["依据办理。", "", "", "", "", ""]
assert by_txt == ["依据新法办理。", "移走", "移来", "控件", "域", "guó国"]
PYTHON
cd "$folder"
"$folder/venv/bin/python" look.py
