#!/usr/bin/env bash
# python-calamine 0.9.1: a cell that shows an error (#DIV/0!, #REF!, #N/A, #NAME?) comes as "", just as an empty one, from to_python() and
# iter_rows() alike, though calamine itself has a kind of cell for errors; nothing tells the two apart. openpyxl 3.1.5 gives the words that
# Excel shows. pandas 3.1.1 has NaN for them with openpyxl, "" with calamine. A budget with #REF! in every second cell so looks
# half filled, but sound: the fault that a reader of the page sees first is not there for a check. #REF! typed as text comes through.
# Seen on 2026-12-03 with Python 3.11. Exits non-zero where the behaviour is another one.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/python" -m pip install --quiet --disable-pip-version-check python-calamine==0.9.1 openpyxl==3.1.5 XlsxWriter==3.3.1 \
  pandas==3.1.1
cat > "$folder/look.py" <<'PYTHON'
import openpyxl
import pandas
import python_calamine
import xlsxwriter

ERRORS = ("#DIV/0!", "#REF!", "#N/A", "#NAME?", "#VALUE!")
with xlsxwriter.Workbook("a.xlsx") as book:
    sheet = book.add_worksheet()
    for row, error in enumerate(ERRORS):
        sheet.write_formula(row, 0, "=A9", None, error)
        sheet.write_number(row, 1, 12)
    sheet.write_string(len(ERRORS), 0, "#REF!")
    sheet.write_number(len(ERRORS) + 1, 1, 12)
read = python_calamine.load_workbook("a.xlsx").get_sheet_by_index(0)
by_openpyxl = [row[0].value for row in openpyxl.load_workbook("a.xlsx", data_only=True).active]
by_python, by_rows = ([row[0] for row in rows] for rows in (read.to_python(), read.iter_rows()))
by_pandas = {
    engine: pandas.read_excel("a.xlsx", header=None, engine=engine, keep_default_na=False)[0].tolist()
    for engine in ("calamine", "openpyxl")
}
names = [*ERRORS, "#REF! as text", "nothing"]
for name, first, second, third, fourth in zip(names, by_openpyxl, by_python, by_rows, by_pandas["calamine"], strict=True):
    print(f"{name}: openpyxl {first!r}, to_python() {second!r}, iter_rows() {third!r}, pandas with calamine {fourth!r}")
assert by_openpyxl == [*ERRORS, "#REF!", None]
assert by_python == by_rows == [*[""] * len(ERRORS), "#REF!", ""]
print("pandas with openpyxl:", by_pandas["openpyxl"])
assert by_pandas["calamine"] == by_python
assert all(value != value for value in by_pandas["openpyxl"][: len(ERRORS)])
PYTHON
cd "$folder"
"$folder/venv/bin/python" look.py
