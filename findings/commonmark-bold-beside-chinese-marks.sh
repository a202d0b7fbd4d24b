#!/usr/bin/env bash
# CommonMark as markdown-it-py 4.3.0 and mistune 3.4.0 have it: bold that ends behind a Chinese mark or quote and before a
# Chinese character without a blank (**“重点”**是, **总则。**后文) is no bold: the asterisks show. Worse, where the next bold
# begins with such a mark the text BETWEEN the two becomes bold. Chinese is written without blanks, so most drafts in Markdown meet it.
# Seen on 2026-12-01 with Python 3.11. Exits non-zero where the behaviour is another one.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/python" -m pip install --quiet --disable-pip-version-check markdown-it-py==4.3.0 mistune==3.4.0
cat > "$folder/look.py" <<'PYTHON'
import mistune
from markdown_it import MarkdownIt

for written, wanted in (
    ("**“重点”**是工作", "<p>**“重点”**是工作</p>"),
    ("**总则。**后文", "<p>**总则。**后文</p>"),
    ("**关键。**后文，**（一）**总则", "<p>**关键。<strong>后文，</strong>（一）**总则</p>"),
    ("**重点** 是工作", "<p><strong>重点</strong> 是工作</p>"),
):
    by_it, by_mistune = MarkdownIt().render(written).strip(), mistune.html(written).strip()
    print(f"{written}\n  markdown-it-py: {by_it}\n  mistune:        {by_mistune}")
    assert by_it == by_mistune == wanted
PYTHON
cd "$folder"
"$folder/venv/bin/python" look.py
