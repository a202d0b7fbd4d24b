#!/usr/bin/env bash
# odfpy 1.4.1, teletype.extractText(), its own way to the text of an .odt: of the whole body it gives, in front of the first line,
# what was deleted with tracked changes, with the name of who deleted it and the moment, and within the lines the comments with their
# authors, all joined without a mark. Asked for the paragraphs instead, as most recipes do (getElementsByType(P)), it gives what was
# deleted as a paragraph like the others, each comment twice, and of headings nothing. A text so checked is blamed for words that
# nobody sees, and the names of those who revised it go wherever the text goes.
# Seen on 2026-12-03 with Python 3.11. Exits non-zero where the behaviour is another one.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/python" -m pip install --quiet --disable-pip-version-check odfpy==1.4.1
cat > "$folder/look.py" <<'PYTHON'
from datetime import datetime

from odf import dc, office, teletype, text
from odf.namespaces import TEXTNS
from odf.opendocument import OpenDocumentText, load

WHEN = datetime(2026, 3, 5).isoformat()


def with_text(element, said: str):
    element.addText(said)
    return element


document = OpenDocumentText()
tracked = text.TrackedChanges()
region = text.ChangedRegion(check_grammar=False)
region.setAttrNS(TEXTNS, "id", "ct1")
deletion = text.Deletion()
about = office.ChangeInfo()
about.addElement(with_text(dc.Creator(), "李四"))
about.addElement(with_text(dc.Date(), WHEN))
deletion.addElement(about)
deletion.addElement(with_text(text.P(), "布署"))
region.addElement(deletion)
tracked.addElement(region)
document.text.addElement(tracked)
document.text.addElement(with_text(text.H(outlinelevel=1), "一、总体要求"))
paragraph = with_text(text.P(), "请")
paragraph.addElement(text.Change(changeid="ct1"))
paragraph.addText("抓好")
note = office.Annotation()
note.addElement(with_text(dc.Creator(), "张三"))
note.addElement(with_text(dc.Date(), WHEN))
note.addElement(with_text(text.P(), "此处再议"))
paragraph.addElement(note)
paragraph.addText("落实。")
document.text.addElement(paragraph)
document.save("a.odt")

read = load("a.odt")
whole = teletype.extractText(read.text)
paragraphs = [teletype.extractText(one) for one in read.getElementsByType(text.P)]
print("shown: 一、总体要求 / 请抓好落实。")
print("the whole body:", whole)
print("its paragraphs:", paragraphs)
assert whole == f"李四{WHEN}布署一、总体要求请抓好张三{WHEN}此处再议落实。"
assert paragraphs == ["布署", f"请抓好张三{WHEN}此处再议落实。", "此处再议"]
PYTHON
cd "$folder"
"$folder/venv/bin/python" look.py
