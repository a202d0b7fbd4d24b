#!/usr/bin/env bash
# polars 2.1.0 with fastexcel 0.21.0, read_excel() as it is by default: the kind of a column is taken from its first 100 rows, and what is
# another kind below is null. In a ledger 金额 and 编号 are numbers for pages, and somewhere below stands 待核 or 12-1: the words are gone,
# with a null as for an empty cell, and no message; a row that has nothing else goes with them. The same word among the first 100
# rows keeps itself and all others. read_csv() of the same rows raises ComputeError, which names the value and the way out; who knows
# that waits for it here. infer_schema_length=None looks at all rows. Tried on small samples everything is right.
# Seen on 2026-12-03 with Python 3.11. Exits non-zero where the behaviour is another one.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/python" -m pip install --quiet --disable-pip-version-check polars==2.1.0 fastexcel==0.21.0 openpyxl==3.1.5
cat > "$folder/look.py" <<'PYTHON'
import io

import openpyxl
import polars


def rows(at: int) -> list[tuple[object, str]]:
    """150 numbers and names, with a word for the number of the row `at` (0-based)."""
    return [("待核" if number == at else number, f"{number}号") for number in range(150)]


def read(at: int, **how: object) -> polars.Series:
    book = openpyxl.Workbook()
    for row in [("金额", "名称"), *rows(at)]:
        book.active.append(row)
    book.save("a.xlsx")
    return polars.read_excel("a.xlsx", **how)["金额"]


early, late, whole = read(60), read(130), read(130, infer_schema_length=None)
for name, at, given in (("among the first 100", 60, early), ("below", 130, late), ("below, all rows looked at", 130, whole)):
    print(f"待核 {name}: {given.dtype}, the cell {given[at]!r}, empty cells {given.null_count()}")
assert early[60] == whole[130] == "待核" and early.null_count() == whole.null_count() == 0
assert late[130] is None and late.null_count() == 1 and late.dtype == polars.Int64
written = "\n".join(f"{number},{name}" for number, name in [("金额", "名称"), *rows(130)])
try:
    polars.read_csv(io.StringIO(written))
except polars.exceptions.ComputeError as error:
    print("read_csv:", str(error).splitlines()[0])
    assert "待核" in str(error)
else:
    raise AssertionError("read_csv took it")
PYTHON
cd "$folder"
"$folder/venv/bin/python" look.py
