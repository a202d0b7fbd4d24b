#!/usr/bin/env bash
# xlsx2csv 0.8.6 and the forms of dates that Excel and WPS offer in Chinese: of h"时"mm"分" it writes the MONTH where the minutes are to
# stand: half past ten on December 4th comes as 10 o'clock and 12 minutes, while h:mm is right. Quoted words keep their quotes, so that a
# day is "2026""年""12""月""04""日""" in the CSV; 上午/下午 stays as both words; and what Chinese digits write, [DBNum1], is the number
# 46360. A unit in quotes is taken for a part of a date: 35 with the form 0"m" (metres) becomes 0"02", by the month of the 35th day of 1900.
# It runs without a message and ends with 0. openpyxl 3.1.5 gives the right days and numbers of the same file.
# Seen on 2026-12-03 with Python 3.11. Exits non-zero where the behaviour is another one.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/python" -m pip install --quiet --disable-pip-version-check xlsx2csv==0.8.6 openpyxl==3.1.5
cat > "$folder/look.py" <<'PYTHON'
import csv
import datetime
import io

import openpyxl
from xlsx2csv import Xlsx2csv

MOMENT = datetime.datetime(2026, 12, 4, 10, 30)
WANTED = {  # the form of the cell: its value, what Excel shows, what comes
    "h:mm": (MOMENT, "10:30", "10:30"),
    'h"时"mm"分"': (MOMENT, "10时30分", '10"时"12"分"'),
    '上午/下午h"时"mm"分"': (MOMENT, "上午10时30分", '上午/下午10"时"12"分"'),
    'yyyy"年"m"月"d"日"': (MOMENT, "2026年12月4日", '2026"年"12"月"04"日"'),
    '[DBNum1][$-804]yyyy"年"m"月"d"日"': (MOMENT, "二〇二六年十二月四日", "46360.4375"),
    '0"m"': (35, "35m", '0"02"'),
}
book = openpyxl.Workbook()
for number, (form, (value, _, _)) in enumerate(WANTED.items(), 1):
    book.active.cell(number, 1, value).number_format = form
book.save("a.xlsx")
written = io.StringIO()
Xlsx2csv("a.xlsx").convert(written)
rows = [row[0] for row in csv.reader(io.StringIO(written.getvalue()))]
values = [row[0].value for row in openpyxl.load_workbook("a.xlsx").active]
for (form, (value, shown, came)), cell, read in zip(WANTED.items(), rows, values, strict=True):
    print(f"{form}: Excel shows {shown}, xlsx2csv writes {cell}, openpyxl gives {read}")
    assert cell == came and read == value
PYTHON
cd "$folder"
"$folder/venv/bin/python" look.py
