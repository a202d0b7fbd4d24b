#!/usr/bin/env bash
# LibreOffice 7.4.7: a comment (w:commentRangeStart … w:commentReference) that stands within the result of a field (w:fldChar) of
# a Word document becomes text: where the field ends, the words of the comment are shown and printed as part of its result, and
# the comment itself is empty. Word shows a comment as anywhere. So who writes comments into documents puts them around the
# paragraph where the words stand in a field.
# Seen on 2026-12-02. Needs soffice and pdftotext. Exits non-zero where the behaviour is another one.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
cat > look.py <<'PYTHON'
import subprocess
import zipfile

OFFICE = "http://schemas.openxmlformats.org"
SPACE = f'xmlns:w="{OFFICE}/wordprocessingml/2006/main"'
REL = f"{OFFICE}/officeDocument/2006/relationships"
KIND = "application/vnd.openxmlformats-officedocument.wordprocessingml"


def run(inside: str) -> str:
    return f"<w:r>{inside}</w:r>"


def mark(kind: str) -> str:
    return run(f'<w:fldChar w:fldCharType="{kind}"/>')


def noted(text: str) -> str:
    around = [f'<w:commentRange{end} w:id="0"/>' for end in ("Start", "End")]
    return text.join(around) + run('<w:commentReference w:id="0"/>')


def shown(name: str, body: str) -> str:
    with zipfile.ZipFile(f"{name}.docx", "w") as package:
        package.writestr(
            "[Content_Types].xml",
            f'<Types xmlns="{OFFICE}/package/2006/content-types"><Default Extension="rels" ContentType='
            f'"application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/word/document.xml" '
            f'ContentType="{KIND}.document.main+xml"/><Override PartName="/word/comments.xml" '
            f'ContentType="{KIND}.comments+xml"/></Types>',
        )
        related = f'<Relationships xmlns="{OFFICE}/package/2006/relationships"><Relationship Id="r1" Type="{REL}/{{}}" Target="{{}}"/></Relationships>'
        package.writestr("_rels/.rels", related.format("officeDocument", "word/document.xml"))
        package.writestr("word/_rels/document.xml.rels", related.format("comments", "comments.xml"))
        package.writestr("word/document.xml", f"<w:document {SPACE}><w:body><w:p>{body}</w:p></w:body></w:document>")
        comment = f'<w:comment w:id="0" w:author="a"><w:p>{run("<w:t>REMARK</w:t>")}</w:p></w:comment>'
        package.writestr("word/comments.xml", f"<w:comments {SPACE}>{comment}</w:comments>")
    command = ["soffice", f"-env:UserInstallation=file:///tmp/comment-in-field-{name}", "--headless", "--convert-to", "pdf"]
    subprocess.run([*command, f"{name}.docx"], check=True, capture_output=True)
    return subprocess.run(["pdftotext", f"{name}.pdf", "-"], check=True, capture_output=True, text=True).stdout


result = noted(run("<w:t>result</w:t>"))
outside = shown("outside", run("<w:t>text </w:t>") + result)
inside = shown("inside", mark("begin") + run("<w:instrText>DOCPROPERTY a</w:instrText>") + mark("separate") + result + mark("end"))
print(f"outside of a field: {outside.split()}, inside: {inside.split()}")
assert "REMARK" not in outside
assert "REMARK" in inside
PYTHON
python3 look.py
