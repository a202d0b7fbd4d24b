#!/usr/bin/env bash
# openpyxl 3.1.5: a day in a workbook that a Chinese Excel or WPS saved with one of its own forms (2026年3月5日 and others of the
# list of dates) has a style with numFmtId 27-36 or 50-58 and no definition beside it, since ECMA-376 (Part 1, 18.8.30) has these
# built in for zh-cn. openpyxl knows only the numbers that are the same everywhere: such a cell has the form "General" and the
# value 46086, with is_date False; so has pandas 3.0.1, which reads by it. python-calamine 0.9.1 gives the day. A column of 收到日期
# comes as numbers from some clerks' files and as days from others'.
# Seen on 2026-12-02 with Python 3.11. Exits non-zero where the behaviour is another one.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/python" -m pip install --quiet --disable-pip-version-check openpyxl==3.1.5 python-calamine==0.9.1 pandas==3.0.1
cat > "$folder/look.py" <<'PYTHON'
import zipfile
from datetime import date, datetime

import openpyxl
import pandas
from python_calamine import CalamineWorkbook

DAY = 46086  # 2026-03-05
BUILT_IN = (*range(27, 37), *range(50, 59))


def made(kind: int) -> str:
    """A workbook with the day in A1, in a form of that number."""
    book = openpyxl.Workbook()
    book.active["A1"] = DAY
    book.active["A1"].number_format = "0.00"
    book.save("plain.xlsx")
    path = f"form{kind}.xlsx"
    with zipfile.ZipFile("plain.xlsx") as plain, zipfile.ZipFile(path, "w") as out:
        for name in plain.namelist():
            out.writestr(name, plain.read(name).replace(b'numFmtId="2"', b'numFmtId="%d"' % kind))
    return path


def seen(kind: int) -> tuple[object, ...]:
    path = made(kind)
    cell = openpyxl.load_workbook(path).active["A1"]
    table = pandas.read_excel(path, header=None, engine="openpyxl")
    return (
        cell.value, cell.number_format, cell.is_date, table.iat[0, 0],
        CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python()[0][0],
    )


for kind in (14, *BUILT_IN):
    value, form, is_date, of_pandas, of_calamine = seen(kind)
    print(f"numFmtId {kind}: openpyxl {value!r} ({form}), pandas {of_pandas!r}, calamine {of_calamine!r}")
    assert of_calamine == date(2026, 3, 5)
    if kind == 14:  # the same in all languages
        assert is_date and value == of_pandas == datetime(2026, 3, 5)
    else:
        assert (value, form, is_date, int(of_pandas)) == (DAY, "General", False, DAY)
PYTHON
cd "$folder"
"$folder/venv/bin/python" look.py
