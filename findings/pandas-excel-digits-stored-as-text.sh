#!/usr/bin/env bash
# pandas 3.1.1, read_excel(): that a cell is text is written in the file, and numbers of identity cards are kept as text since Excel has but 15
# digits. openpyxl 3.1.5 and python-calamine 0.9.1 give the text; read_excel(), by either of them, makes a column of digits numbers again, as
# if it came from a CSV. One empty cell below is enough for it to be float64, and then the last digits are OTHER ones: 330106198503050012
# comes as 330106198503049984. A number that ends in X keeps the column as it is, so that a list with one in it shows nothing. The
# codes 010 and 020 are 10 and 20 with or without it. No warning comes; dtype=object, which sounds like a wider type, leaves the text.
# Seen on 2026-12-03 with Python 3.11. Exits non-zero where the behaviour is another one. The numbers are made up, their check digits wrong.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/python" -m pip install --quiet --disable-pip-version-check pandas==3.1.1 openpyxl==3.1.5 python-calamine==0.9.1
cat > "$folder/look.py" <<'PYTHON'
import openpyxl
import pandas
import python_calamine

FIRST, SECOND = "330106198503050012", "330106198503050039"
LISTS = {"whole": [FIRST, SECOND], "one empty": [FIRST, SECOND, None], "one with X": [FIRST, SECOND, None, "33010619850305001X"]}


def save(numbers: list[str | None]) -> None:
    """Write the numbers with codes beside them, every cell text with the form @ as Excel has it."""
    book = openpyxl.Workbook()
    for row in [("身份证号", "代码"), *((number, f"0{place}0") for place, number in enumerate(numbers, 1))]:
        book.active.append(row)
    for cell in (cell for row in book.active for cell in row):
        cell.number_format = "@"
    book.save("list.xlsx")


def shown(value: object) -> str:
    return value if isinstance(value, str) else str(int(value))


seen = {}
for name, numbers in LISTS.items():
    save(numbers)
    stored = [row[0].value for row in openpyxl.load_workbook("list.xlsx").active][1:3]
    cells = python_calamine.load_workbook("list.xlsx").get_sheet_by_index(0).to_python()
    assert stored == [row[0] for row in cells][1:3] == [FIRST, SECOND]
    for engine in ("openpyxl", "calamine"):
        table = pandas.read_excel("list.xlsx", engine=engine)
        column = table["身份证号"]
        given = (str(column.dtype), [shown(value) for value in column[:2]], [str(value) for value in table["代码"][:2]])
        assert seen.setdefault(name, given) == given
    print(f"{name}: the file has {stored} and codes 010, 020; read_excel: {seen[name]}")
    kept = pandas.read_excel("list.xlsx", engine="openpyxl", dtype=object)
    assert kept["身份证号"][:2].tolist() == [FIRST, SECOND] and kept["代码"][:2].tolist() == ["010", "020"]
assert seen == {
    "whole": ("int64", [FIRST, SECOND], ["10", "20"]),
    "one empty": ("float64", ["330106198503049984", "330106198503050048"], ["10", "20"]),
    "one with X": ("str", [FIRST, SECOND], ["10", "20"]),
}
PYTHON
cd "$folder"
"$folder/venv/bin/python" look.py
