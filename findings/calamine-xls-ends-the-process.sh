#!/usr/bin/env bash
# python-calamine 0.9.1: an .xls with one damaged record, the one that says how far a sheet reaches (DIMENSIONS, [MS-XLS] 2.4.90),
# is no exception but the end of the process: calamine asks for room for as many cells as the record claims before it has seen one,
# and Rust aborts (SIGABRT) where there is not so much. No try block sees it, and a run over a thousand attachments ends at the
# first damaged one; xlrd reads the same file. With enough memory the same record makes it fill that.
# Seen on 2026-12-01 with Python 3.11 on Linux x86-64. Exits non-zero where the behaviour is another one.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/python" -m pip install --quiet --disable-pip-version-check python-calamine==0.9.1 xlrd==2.0.2 xlwt==1.3.0
cat > "$folder/look.py" <<'PYTHON'
import struct
import subprocess
import sys
from pathlib import Path

import xlrd
import xlwt

book = xlwt.Workbook()
book.add_sheet("a").write(0, 0, "标题")
book.save("a.xls")
body = Path("a.xls").read_bytes()
place = body.index(struct.pack("<HH", 0x0200, 14))  # first and last row, first and last column behind it
rows, columns = struct.unpack_from("<II", body, place + 4)[1], struct.unpack_from("<HH", body, place + 12)[1]
print("the record says:", rows, "rows,", columns, "columns")
Path("a.xls").write_bytes(body[: place + 4] + struct.pack("<IIHH", 0, 0xFFFFFFFF, 0, 0xFFFF) + body[place + 16 :])
print("xlrd:", xlrd.open_workbook("a.xls").sheet_by_index(0).cell_value(0, 0))
read = """
import python_calamine
try:
    python_calamine.CalamineWorkbook.from_path("a.xls").get_sheet_by_index(0).to_python()
except BaseException as fault:
    print("an exception:", fault)
"""
done = subprocess.run([sys.executable, "-c", read], capture_output=True, text=True)
print("calamine: exit", done.returncode, done.stdout, done.stderr.splitlines()[:1])
assert done.returncode == -6 and not done.stdout
PYTHON
cd "$folder"
"$folder/venv/bin/python" look.py
