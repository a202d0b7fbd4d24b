#!/usr/bin/env bash
# mammoth 1.13.0, and markitdown 0.1.9 which uses it: the numbers that Word gives by itself to chapters and articles (第一章, 第一条,
# the form of every regulation and 办法; w:numFmt chineseCountingThousand, w:lvlText 第%1条) become an ordered list, so that 第 and 条
# are gone, and items of different lists that follow one another become ONE list: chapters are counted with the articles. What Word
# and LibreOffice show as 第二章 is told as 4., 第三条 as 5. of the same list: a wrong number, without a message, where a reader or a
# language model is to quote the article. As raw text mammoth, and docx2txt 0.9 alike, give no number at all.
# Seen on 2026-12-02 with Python 3.11. Exits non-zero where the behaviour is another one.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/python" -m pip install --quiet --disable-pip-version-check \
  mammoth==1.13.0 'markitdown[docx]==0.1.9' docx2txt==0.9
cat > "$folder/look.py" <<'PYTHON'
import zipfile

import docx2txt
import mammoth
from markitdown import MarkItDown

MAIN = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"


def numbering(number, text):
    return (
        f'<w:abstractNum w:abstractNumId="{number}"><w:multiLevelType w:val="singleLevel"/><w:lvl w:ilvl="0">'
        f'<w:start w:val="1"/><w:numFmt w:val="chineseCountingThousand"/><w:lvlText w:val="{text}"/></w:lvl></w:abstractNum>'
    )


def paragraph(list_id, text):
    return (
        f'<w:p><w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="{list_id}"/></w:numPr></w:pPr>'
        f"<w:r><w:t>{text}</w:t></w:r></w:p>"
    )


CHAPTER, ARTICLE = 1, 2
body = (
    paragraph(CHAPTER, "总则")
    + paragraph(ARTICLE, "为了规范管理，制定本办法。")
    + paragraph(ARTICLE, "本办法适用于本县。")
    + paragraph(CHAPTER, "附则")
    + paragraph(ARTICLE, "本办法自发布之日起施行。")
)
instances = "".join(f'<w:num w:numId="{n + 1}"><w:abstractNumId w:val="{n}"/></w:num>' for n in range(2))
parts = {
    "[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types">'
    f'<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    f'<Override PartName="/word/document.xml" ContentType="{WORD}.document.main+xml"/>'
    f'<Override PartName="/word/numbering.xml" ContentType="{WORD}.numbering+xml"/></Types>',
    "_rels/.rels": f'<Relationships xmlns="{PACKAGE}/relationships">'
    f'<Relationship Id="r1" Type="{OFFICE}/officeDocument" Target="word/document.xml"/></Relationships>',
    "word/_rels/document.xml.rels": f'<Relationships xmlns="{PACKAGE}/relationships">'
    f'<Relationship Id="r1" Type="{OFFICE}/numbering" Target="numbering.xml"/></Relationships>',
    "word/document.xml": f'<w:document xmlns:w="{MAIN}"><w:body>{body}</w:body></w:document>',
    "word/numbering.xml": f'<w:numbering xmlns:w="{MAIN}">{numbering(0, "第%1章")}{numbering(1, "第%1条")}{instances}</w:numbering>',
}
with zipfile.ZipFile("rules.docx", "w") as file:
    for name, text in parts.items():
        file.writestr(name, '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>' + text)

made = mammoth.convert_to_html("rules.docx")
print("mammoth:", made.value, made.messages)
print("markitdown:", told := MarkItDown().convert("rules.docx").text_content, sep="\n")
raw = mammoth.extract_raw_text("rules.docx").value, docx2txt.process("rules.docx")
print("raw:", raw)
assert made.value.count("<ol>") == 1 and not made.messages
assert told.splitlines() == [
    "1. 总则",
    "2. 为了规范管理，制定本办法。",
    "3. 本办法适用于本县。",
    "4. 附则",
    "5. 本办法自发布之日起施行。",
]
assert not any(number in text for text in raw for number in ("第", "条。", "章"))
PYTHON
cd "$folder"
"$folder/venv/bin/python" look.py 2> errors || { cat errors; exit 1; }
