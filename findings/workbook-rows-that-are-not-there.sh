#!/usr/bin/env bash
# openpyxl 3.1.5 in read-only mode, and python-calamine 0.9.1: a sheet that holds two rows, numbered 1 and 1,000,000 (somebody
# pressed Ctrl-End and typed a blank, as in many ledgers of offices), comes as a million rows: those between are made up, though
# the file has nothing for them and reading is said to stream what is there. Counting rows says 1,000,000; a loop pays for them.
# Seen on 2026-12-01 with Python 3.11. Exits non-zero where the behaviour is another one.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/python" -m pip install --quiet --disable-pip-version-check openpyxl==3.1.5 python-calamine==0.9.1
cat > "$folder/look.py" <<'PYTHON'
from pathlib import Path

import openpyxl
from python_calamine import CalamineWorkbook

book = openpyxl.Workbook()
book.active["A1"] = "标题"
book.active["A1000000"] = " "
book.save("a.xlsx")
print("file:", Path("a.xlsx").stat().st_size, "bytes, cells written: 2")
by_openpyxl = sum(1 for _ in openpyxl.load_workbook("a.xlsx", read_only=True).active.iter_rows())
by_calamine = len(CalamineWorkbook.from_path("a.xlsx").get_sheet_by_index(0).to_python())
print("openpyxl read-only:", by_openpyxl, "rows; calamine:", by_calamine, "rows")
assert by_openpyxl == by_calamine == 1_000_000
PYTHON
cd "$folder"
"$folder/venv/bin/python" look.py
