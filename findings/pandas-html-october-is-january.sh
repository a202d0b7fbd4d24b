#!/usr/bin/env bash
# pandas 3.1.1, read_html(): a column that looks like numbers is made one, as if the page were an export of data. On Chinese lists it is
# text: 1985.10, how every list of cadres writes October of 1985, becomes 1985.1, the same as January (1985.1); a day written 10.30
# becomes 10.3; 101,102 (two rooms; the comma counts as one of thousands, by default here though not in read_csv) becomes 101102, the
# area code 0571 becomes 571. One cell in words (不详) keeps a column as it was, so that the same list comes right one month and wrong
# the next; but the comma between rooms goes even then, from text. Nothing tells of it. thousands=None and converters={...: str} help.
# Seen on 2026-12-03 with Python 3.11. Exits non-zero where the behaviour is another one.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/python" -m pip install --quiet --disable-pip-version-check pandas==3.1.1 lxml==6.1.3
cat > "$folder/look.py" <<'PYTHON'
import io

import pandas

HEADS = ["出生年月", "成交日期", "房号", "区号"]
ROWS = [["1985.10", "10.30", "101,102", "0571"], ["1985.1", "10.3", "201,202", "010"]]


def page(rows: list[list[str]]) -> str:
    lines = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in rows)
    return "<table><tr>" + "".join(f"<th>{head}</th>" for head in HEADS) + f"</tr>{lines}</table>"


def read(rows: list[list[str]]) -> list[list[str]]:
    return [[str(cell) for cell in row] for row in pandas.read_html(io.StringIO(page(rows)))[0].astype(object).values]


numbers = read(ROWS)
words = read([*ROWS, ["不详"] * 4])
for row, given, beside in zip(ROWS, numbers, words, strict=False):
    print(f"the page: {row}, read_html: {given}, with 不详 in one more row: {beside}")
assert numbers == [["1985.1", "10.3", "101102", "571"], ["1985.1", "10.3", "201202", "10"]]
assert words[:2] == [["1985.10", "10.30", "101102", "0571"], ["1985.1", "10.3", "201202", "010"]]
right = pandas.read_html(io.StringIO(page(ROWS)), thousands=None, converters=dict.fromkeys(HEADS, str))[0].values.tolist()
assert right == ROWS
PYTHON
cd "$folder"
"$folder/venv/bin/python" look.py
