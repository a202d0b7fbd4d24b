#!/usr/bin/env bash
# html2text 2025.4.15, inscriptis 2.7.6, markdownify 1.2.3, resiliparse 2.0.1: a cell that reaches over several rows (rowspan), as
# the county or the office does in nearly every list of grants and budgets, has no place kept for it in the rows below: what stands
# there moves one column to the left, under another head. An amount comes as the name of a town, a town as a county. inscriptis,
# which is made to keep the layout of tables, and markdownify, which does fill up for colspan, are no exceptions. trafilatura 2.3.1
# leaves the place empty; pandas 3.1.1 repeats the cell.
# Seen on 2026-12-03 with Python 3.11. Exits non-zero where the behaviour is another one.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/python" -m pip install --quiet --disable-pip-version-check html2text==2025.4.15 inscriptis==2.7.6 \
  markdownify==1.2.3 resiliparse==2.0.1 trafilatura==2.3.1 lxml_html_clean==0.4.6 pandas==3.1.1 lxml==6.1.3
cat > "$folder/look.py" <<'PYTHON'
import io

import html2text
import inscriptis
import markdownify
import pandas
import trafilatura
from resiliparse.extract.html2text import extract_plain_text

TABLE = (
    "<table><tr><th>县区</th><th>乡镇</th><th>金额</th></tr>"
    '<tr><td rowspan="2">东县</td><td>甲镇</td><td>120</td></tr><tr><td>乙镇</td><td>35</td></tr></table>'
)
PAGE = f"<html><head><title>公示</title></head><body><p>{'现将补助名单予以公示，如有异议请反映。' * 9}</p>{TABLE}</body></html>"
given = {
    "html2text": html2text.html2text(TABLE),
    "inscriptis": inscriptis.get_text(TABLE),
    "markdownify": markdownify.markdownify(TABLE),
    "resiliparse": extract_plain_text(TABLE),
    "trafilatura": trafilatura.extract(PAGE),
}
rows = {}
for name, text in given.items():
    line = next(line for line in text.splitlines() if "乙镇" in line)
    cells = line.strip().strip("|").split("|") if "|" in line else line.split()
    rows[name] = [cell.strip() for cell in cells]
rows["pandas"] = [str(cell) for cell in pandas.read_html(io.StringIO(TABLE))[0].iloc[1]]
for name, row in rows.items():
    print(f"{name}: the row of 乙镇 under 县区, 乡镇, 金额 is {row}")
for name in ("html2text", "inscriptis", "markdownify", "resiliparse"):
    assert [cell for cell in rows[name] if cell] == ["乙镇", "35"] and rows[name][0] == "乙镇"
assert rows["trafilatura"] == ["", "乙镇", "35"]
assert rows["pandas"] == ["东县", "乙镇", "35"]
PYTHON
cd "$folder"
"$folder/venv/bin/python" look.py
