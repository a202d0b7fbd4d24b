#!/usr/bin/env bash
# python-stdnum 2.2, stdnum.cn.ric: a number of 居民身份证 counts as valid only where its district had its code in the year of
# birth. But numbers have been given since 1984, to people of any age, by the district where they were then registered. The list
# has the codes of many districts "from 1983": everybody older who then lived in a city (上城区 of 杭州, 鼓楼区 of 福州, 历下区 of 济南)
# has a number that is_valid() refuses, with InvalidComponent, though length, day and check digit are right; that of a person born
# after 1983 in the same district is taken. A search for such numbers in published lists so passes over most people above forty.
# Seen on 2026-12-02 with Python 3.11. Exits non-zero where the behaviour is another one. The numbers are computed, of nobody.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/python" -m pip install --quiet --disable-pip-version-check python-stdnum==2.2
cat > "$folder/look.py" <<'PYTHON'
from stdnum.cn import ric
from stdnum.exceptions import InvalidComponent

DISTRICTS = {"330102": "上城区", "350102": "鼓楼区", "370102": "历下区", "110101": "东城区"}
FROM_1983 = {"330102", "350102", "370102"}


def number(district: str, year: int) -> str:
    """A number as GB 11643 makes it: with its check digit, of a first of June."""
    body = f"{district}{year}060100" + "2"
    return body + ric.calc_check_digit(body + "0")


def verdict(given: str) -> str:
    try:
        ric.validate(given)
    except InvalidComponent:
        return "InvalidComponent"
    return "valid"


for district, name in DISTRICTS.items():
    said = {year: verdict(number(district, year)) for year in (1950, 1975, 1982, 1983, 1990, 2015)}
    print(name, said)
    for year, one in said.items():
        assert one == ("InvalidComponent" if district in FROM_1983 and year < 1983 else "valid"), (district, year, one)
    assert all(len(number(district, year)) == 18 for year in said)
PYTHON
cd "$folder"
"$folder/venv/bin/python" look.py
