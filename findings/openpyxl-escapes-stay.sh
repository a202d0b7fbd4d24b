#!/usr/bin/env bash
# openpyxl 3.1.5: a carriage return stands in a workbook as _x000D_ (ECMA-376, ST_Xstring), which Excel and the exports of office
# systems write wherever a cell held CR LF. openpyxl gives the seven characters as text, in the middle of a title, in both of its
# modes; python-calamine 0.9.1 gives the line break. Titles of a ledger so get a word that nobody wrote, and are not found again.
# Seen on 2026-12-01 with Python 3.11. Exits non-zero where the behaviour is another one.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/python" -m pip install --quiet --disable-pip-version-check openpyxl==3.1.5 python-calamine==0.9.1
cat > "$folder/look.py" <<'PYTHON'
import zipfile

import openpyxl
from python_calamine import CalamineWorkbook

book = openpyxl.Workbook()
book.active["A1"] = "CELL"
book.save("empty.xlsx")
with zipfile.ZipFile("empty.xlsx") as empty, zipfile.ZipFile("a.xlsx", "w") as made:
    for name in empty.namelist():
        made.writestr(name, empty.read(name).replace(b"CELL", "关于防汛的_x000D_&#10;通知".encode()))


def calamine(path: str) -> str:
    return CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python()[0][0]


whole = openpyxl.load_workbook("a.xlsx").active["A1"].value
streamed = next(openpyxl.load_workbook("a.xlsx", read_only=True).active.values)[0]
print(f"openpyxl {whole!r}, read-only {streamed!r}, calamine {calamine('a.xlsx')!r}")
assert whole == streamed == "关于防汛的_x000D_\n通知"
assert calamine("a.xlsx") == "关于防汛的\r\n通知"
PYTHON
cd "$folder"
"$folder/venv/bin/python" look.py
