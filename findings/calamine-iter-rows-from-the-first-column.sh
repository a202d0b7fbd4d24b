#!/usr/bin/env bash
# python-calamine 0.9.1: iter_rows() of a sheet whose first rows and columns are empty, as below a margin that many forms leave,
# gives the empty rows but not the empty columns: what stands in C4 comes in the fourth row as the first value. to_python() leaves
# out both, to_python(skip_empty_area=False) gives both; only iter_rows() mixes them, and nothing that it gives says where a row
# begins. Who counts columns then takes C for A, and a list's ID numbers for its names. `start` of the sheet tells the column.
# Seen on 2026-12-01 with Python 3.11. Exits non-zero where the behaviour is another one.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/python" -m pip install --quiet --disable-pip-version-check openpyxl==3.1.5 python-calamine==0.9.1
cat > "$folder/look.py" <<'PYTHON'
import openpyxl
from python_calamine import CalamineWorkbook

book = openpyxl.Workbook()
book.active["C4"], book.active["D4"] = "姓名", "身份证号"
book.save("a.xlsx")
sheet = CalamineWorkbook.from_path("a.xlsx").get_sheet_by_index(0)
iterated, trimmed = list(sheet.iter_rows()), sheet.to_python()
whole = sheet.to_python(skip_empty_area=False)
print("iter_rows():", iterated)
print("to_python():", trimmed)
print("to_python(skip_empty_area=False):", whole)
print("start:", sheet.start)
assert iterated == [["", ""]] * 3 + [["姓名", "身份证号"]]
assert trimmed == [["姓名", "身份证号"]]
assert whole == [[""] * 4] * 3 + [["", "", "姓名", "身份证号"]]
assert sheet.start == (3, 2)
PYTHON
cd "$folder"
"$folder/venv/bin/python" look.py
