#!/usr/bin/env bash
# htmldate 1.11.0: a page whose only date reads 发布日期：2021年3月5日, the usual form on Chinese official pages, is dated
# 2021-01-01: the year is taken and January 1st put behind it, instead of the day that stands there or of no answer. The same
# day written 2021-03-05 is read. Who trusts the result takes an article of March for one of New Year's Day.
# Seen on 2026-12-01 with Python 3.11. Exits non-zero where the behaviour is another one.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/python" -m pip install --quiet --disable-pip-version-check htmldate==1.11.0
cat > "$folder/look.py" <<'PYTHON'
from htmldate import find_date

PAGE = (
    '<html><head><meta charset="utf-8"><title>关于开展防汛检查的通知</title></head><body><div class="content">'
    "<h1>关于开展防汛检查的通知</h1><p>发布日期：{}</p><p>各有关单位：现将有关事项通知如下，请认真落实。</p></div></body></html>"
)
seen = {day: find_date(PAGE.format(day)) for day in ("2021年3月5日", "2021年12月28日", "2021-03-05")}
for day, found in seen.items():
    print(f"发布日期：{day} -> {found}")
assert seen == {"2021年3月5日": "2021-01-01", "2021年12月28日": "2021-01-01", "2021-03-05": "2021-03-05"}
PYTHON
cd "$folder"
"$folder/venv/bin/python" look.py
