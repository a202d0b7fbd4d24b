#!/usr/bin/env bash
# openpyxl 3.1.5, write-only: what is said of columns (hidden, width) after the first row was appended is dropped without a word,
# since <cols> stands before the rows in the file. The same of the sheet's views. A column of ids that was to be hidden is shown,
# and `worksheet.column_dimensions` says that it is hidden until the file is read back. And read back, of two columns that share
# one <col min="2" max="3" hidden="true"> (as LibreOffice writes a column inserted beside a hidden one) only the first is hidden.
# Seen on 2026-12-01 with Python 3.11. Exits non-zero where the behaviour is another one.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/python" -m pip install --quiet --disable-pip-version-check openpyxl==3.1.5
cat > "$folder/look.py" <<'PYTHON'
import zipfile

import openpyxl


def hidden(when: str) -> bool:
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("a")
    if when == "before":
        sheet.column_dimensions["B"].hidden = True
    sheet.append(["序号", "编号", "级别"])
    if when == "after":
        sheet.column_dimensions["B"].hidden = True
    assert sheet.column_dimensions["B"].hidden
    book.save("a.xlsx")
    return openpyxl.load_workbook("a.xlsx")["a"].column_dimensions["B"].hidden


print(f"set before the first row: {hidden('before')}, after it: {hidden('after')}")
assert hidden("before") and not hidden("after")
hidden("before")
with zipfile.ZipFile("a.xlsx") as one, zipfile.ZipFile("b.xlsx", "w") as two:
    for name in one.namelist():
        two.writestr(name, one.read(name).replace(b'max="2"', b'max="3"'))
columns = openpyxl.load_workbook("b.xlsx")["a"].column_dimensions
print(f"of a pair of hidden columns: B {columns['B'].hidden}, C {columns['C'].hidden}")
assert columns["B"].hidden and not columns["C"].hidden
PYTHON
cd "$folder"
"$folder/venv/bin/python" look.py
