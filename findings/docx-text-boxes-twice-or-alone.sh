#!/usr/bin/env bash
# docx2txt 0.9, docx2python 3.7.1, pandoc 3.9 (pypandoc_binary 1.17) and a text box as Word writes it, once for new programs and once
# for old (mc:AlternateContent with mc:Choice and mc:Fallback, which ISO/IEC 29500-3 has a reader choose between): docx2txt and
# docx2python give its text TWICE, docx2txt in the middle of the line that the box is anchored in, so that characters and faults are
# counted double. pandoc gives it once and drops the line itself: a box beside a title costs the title, which no
# message tells. python-docx 1.2.0 gives the line without the box, mammoth 1.13.0 alone gives both once.
# Seen on 2026-12-03 with Python 3.11. Exits non-zero where the behaviour is another one.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/python" -m pip install --quiet --disable-pip-version-check python-docx==1.2.0 docx2txt==0.9 docx2python==3.7.1 \
  mammoth==1.13.0 pypandoc_binary==1.17
cat > "$folder/look.py" <<'PYTHON'
import docx
import docx2txt
import mammoth
import pypandoc
from docx.oxml import parse_xml
from docx2python import docx2python

MAIN = "http://schemas.openxmlformats.org/drawingml/2006/main"
SHAPE = "http://schemas.microsoft.com/office/word/2010/wordprocessingShape"
SPACES = " ".join(
    f'xmlns:{prefix}="{space}"'
    for prefix, space in {
        "a": MAIN,
        "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
        "v": "urn:schemas-microsoft-com:vml",
        "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
        "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
        "wps": SHAPE,
    }.items()
)
BOX = "<w:txbxContent><w:p><w:r><w:t>签发人：张三</w:t></w:r></w:p></w:txbxContent>"
RUN = f"""<w:r {SPACES}><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wp:inline><wp:extent cx="914400" cy="457200"/>
<wp:docPr id="1" name="box"/><a:graphic><a:graphicData uri="{SHAPE}"><wps:wsp><wps:cNvSpPr txBox="1"/><wps:spPr><a:xfrm>
<a:off x="0" y="0"/><a:ext cx="914400" cy="457200"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></wps:spPr>
<wps:txbx>{BOX}</wps:txbx><wps:bodyPr/></wps:wsp></a:graphicData></a:graphic></wp:inline></w:drawing></mc:Choice>
<mc:Fallback><w:pict><v:rect style="width:72pt;height:36pt"><v:textbox>{BOX}</v:textbox></v:rect></w:pict></mc:Fallback>
</mc:AlternateContent></w:r>"""
LINE = "关于布署防汛工作的请示"
document = docx.Document()
paragraph = document.add_paragraph(LINE[:4])
paragraph._p.append(parse_xml(RUN))
paragraph.add_run(LINE[4:])
document.add_paragraph("市人民政府：")
document.save("a.docx")
with docx2python("a.docx") as read:
    by_docx2python = read.text
with open("a.docx", "rb") as file:
    by_mammoth = mammoth.extract_raw_text(file).value
texts = {
    "docx2txt": docx2txt.process("a.docx"),
    "docx2python": by_docx2python,
    "pandoc": pypandoc.convert_file("a.docx", "plain"),
    "python-docx": "\n".join(paragraph.text for paragraph in docx.Document("a.docx").paragraphs),
    "mammoth": by_mammoth,
}
told = {name: (text.count("签发人：张三"), text.count(LINE)) for name, text in texts.items()}
for name, (boxes, lines) in told.items():
    print(f"{name}: the box {boxes} times, the line around it {lines} times: {' / '.join(texts[name].split())}")
assert told == {"docx2txt": (2, 0), "docx2python": (2, 1), "pandoc": (1, 0), "python-docx": (0, 1), "mammoth": (1, 1)}
assert "".join(texts["docx2txt"].split()) == "关于布署签发人：张三签发人：张三防汛工作的请示市人民政府："
assert "防汛" not in texts["pandoc"]
PYTHON
cd "$folder"
"$folder/venv/bin/python" look.py
