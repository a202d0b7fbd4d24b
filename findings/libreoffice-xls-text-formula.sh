#!/usr/bin/env bash
# LibreOffice 7.4.7: the text that a formula shows, loaded from a file that holds it (.xlsx, .ods), is not computed again, and
# saved as .xls (Excel 97) it becomes the number 0, without the text. Whoever reads what is stored there, as xlrd and
# calamine do, finds 0: what only the formula said is lost on the way from one format to the other. A formula that the file
# had no result for is computed and saved with its text, so a first try shows nothing.
# Seen on 2026-12-01 with xlrd 2.0.2. Needs soffice. Exits non-zero where the behaviour is another one.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/python" -m pip install --quiet --disable-pip-version-check xlrd==2.0.2 openpyxl==3.1.5
cat > "$folder/look.py" <<'PYTHON'
import subprocess

import openpyxl
import xlrd

book = openpyxl.Workbook()
book.active.append(["青潭区", '=A1&"人民政府"'])
book.save("made.xlsx")


def saved(source: str, suffix: str, folder: str) -> None:
    office = ["soffice", "-env:UserInstallation=file:///tmp/xls-text-formula", "--headless"]
    subprocess.run([*office, "--convert-to", suffix, "--outdir", folder, source], check=True, capture_output=True)


def older(path: str) -> object:
    return xlrd.open_workbook(path).sheet_by_index(0).cell_value(0, 1)


saved("made.xlsx", "xls", "first")
saved("made.xlsx", "xlsx", "first")
saved("first/made.xlsx", "xls", "second")
newer = openpyxl.load_workbook("first/made.xlsx", data_only=True).active["B1"].value
seen = (newer, older("first/made.xls"), older("second/made.xls"))
print(".xlsx: {!r}, .xls computed: {!r}, .xls of the .xlsx: {!r}".format(*seen))
assert seen == ("青潭区人民政府", "青潭区人民政府", 0.0)
PYTHON
cd "$folder"
"$folder/venv/bin/python" look.py
