#!/usr/bin/env bash
# lxml 6.1.3 (with libxml2 2.14.6): a page that declares gb2312 and has a character beyond that set (镕, 喆, €), as pages of Chinese
# offices and their names do, since browsers read gb2312 as GBK: the tree ends at that character. What follows is gone, up to the
# end of the page, without an exception and without a mark of replacement; only the parser's error_log tells. A reader of such
# pages finds them short and clean. Declaring gbk saves 镕 but not €. selectolax 1.0.2 keeps the rest when given decoded text.
# Seen on 2026-12-01 with Python 3.11. Exits non-zero where the behaviour is another one.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/python" -m pip install --quiet --disable-pip-version-check lxml==6.1.3 selectolax==1.0.2
cat > "$folder/look.py" <<'PYTHON'
import lxml.html
from selectolax.lexbor import LexborHTMLParser

PAGE = '<html><head><meta charset="{}"><title>公告</title></head><body><p>{}</p><p>会议研究布署工作。</p></body></html>'


def read(declared: str, paragraph: str) -> str:
    return lxml.html.fromstring(PAGE.format(declared, paragraph).encode("gb18030")).find("body").text_content()


whole = "李喆同志主持会议研究布署工作。"
for declared, paragraph in (("gb2312", "李明同志主持"), ("gb2312", "李喆同志主持"), ("gbk", "李喆同志主持"), ("gbk", "出价€5")):
    print(f"declared {declared}, {paragraph}: lxml reads {read(declared, paragraph)!r}")
assert read("gb2312", "李明同志主持") == "李明同志主持会议研究布署工作。"
assert read("gb2312", "李喆同志主持") == "李"
assert read("gbk", "李喆同志主持") == whole
assert read("gbk", "出价€5") == "出价"
raw = PAGE.format("gb2312", "李喆同志主持").encode("gb18030")
parser = lxml.html.HTMLParser()
lxml.html.document_fromstring(raw, parser=parser)
print("error_log:", [error.message for error in parser.error_log])
assert any("Invalid bytes" in error.message for error in parser.error_log)
assert LexborHTMLParser(raw.decode("gb18030")).body.text() == whole
PYTHON
cd "$folder"
"$folder/venv/bin/python" look.py
