#!/usr/bin/env bash
# dateparser 1.5.0 and Chinese: 2025年 alone is taken for "2025 years ago" and becomes a day of the YEAR 1, 2019年 one of the year 7,
# with and without languages=["zh"]; this year and those to come are read right, so that a test written today passes and fails after
# New Year. search_dates() takes the same out of 截至2025年底, and a day of last year (12 months and 3 days ago) out of
# 会议于12月3日召开. A day without its year, as lists have it, is not read at all with languages=["zh"]; without, 12月3日 is 2012-03-03
# and 10月1日 is 2010-01-03, while 9月30日 is right. Nothing raises. Whole days (2025年3月5日) and times of posts (昨天 15:20) are right.
# Seen on 2026-12-03 with Python 3.11. Exits non-zero where the behaviour is another one.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/python" -m pip install --quiet --disable-pip-version-check dateparser==1.5.0
cat > "$folder/look.py" <<'PYTHON'
import warnings
from datetime import datetime

import dateparser
from dateparser.search import search_dates

warnings.simplefilter("ignore")
now = {"RELATIVE_BASE": datetime(2026, 12, 3, 10, 0)}


def day(text: str, languages: list[str] | None = None) -> str:
    """What parse() says."""
    found = dateparser.parse(text, languages=languages, settings=now)
    return "nothing" if found is None else found.date().isoformat()


alone = {year: day(f"{year}年", ["zh"]) for year in (1949, 2019, 2025, 2026, 2027)}
for year, found in alone.items():
    print(f"{year}年: {found}")
guessed = {text: day(text) for text in ("9月30日", "10月1日", "11月3日", "12月3日")}
chinese = {text: day(text, ["zh"]) for text in guessed}
for text in guessed:
    print(f"{text}: {guessed[text]}; with languages=['zh']: {chinese[text]}")
searched = {}
for text in ("会议于12月3日召开", "截至2025年底，全市有12个县"):
    searched[text] = [(part, when.date().isoformat()) for part, when in search_dates(text, languages=["zh"], settings=now)]
    print(f"search_dates, {text}: {searched[text]}")
assert alone == {1949: "0077-12-03", 2019: "0007-12-03", 2025: "0001-12-03", 2026: "2026-12-03", 2027: "2027-12-03"}
assert guessed == {"9月30日": "2026-09-30", "10月1日": "2010-01-03", "11月3日": "2011-03-03", "12月3日": "2012-03-03"}
assert set(chinese.values()) == {"nothing"}
assert searched["会议于12月3日召开"] == [("12月3日", "2025-11-30")]
assert searched["截至2025年底，全市有12个县"] == [("2025年", "0001-12-03")]
assert day("2025年") == "0001-12-03" and day("2025年3月5日", ["zh"]) == "2025-03-05" and day("昨天 15:20", ["zh"]) == "2026-12-02"
PYTHON
cd "$folder"
"$folder/venv/bin/python" look.py
