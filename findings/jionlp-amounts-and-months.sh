#!/usr/bin/env bash
# jionlp 1.5.31: parse_money() counts the first number twice where Arabic numerals have two units of Chinese: 3万5千元 is 65,000,
# 12万3千元 is 153,000 and 3亿5000万元 is 650,050,000; the same amounts in Han numerals alone, or as 3.5万元, are right. parse_time()
# does not know 1-10月, by which every statistics bureau means January to October: 今年1-10月 is January 10th, 2026年1-10月 the whole
# year, and 一至三季度 the third quarter alone, while 前三季度, 2021-2025年 and 10月1-7日 are right. All of it is called "accurate" and
# nothing raises, so that a sum or a period from a report of work or budget is another one.
# Seen on 2026-12-03 with Python 3.11. Exits non-zero where the behaviour is another one.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/python" -m pip install --quiet --disable-pip-version-check jionlp==1.5.31 jiojio==1.2.8 numpy==2.4.6
cat > "$folder/look.py" <<'PYTHON'
import time
from datetime import datetime

import jionlp

now = time.mktime(datetime(2026, 12, 3, 10, 0).timetuple())
amounts = {}
for text, meant in (
    ("3万5千元", 35_000),
    ("12万3千元", 123_000),
    ("3亿5000万元", 350_000_000),
    ("三万五千元", 35_000),
    ("3.5万元", 35_000),
):
    found = jionlp.parse_money(text)
    amounts[text] = float(found["num"])
    print(f"{text}: meant {meant}, given {found['num']} ({found['definition']})")
    assert found["definition"] == "accurate"
assert list(amounts.values()) == [65_000, 153_000, 650_050_000, 35_000, 35_000]
spans = {}
for text, meant in (
    ("今年1-10月", "January to October"),
    ("2026年1-10月", "January to October"),
    ("2026年1至10月", "January to October"),
    ("一至三季度", "January to September"),
    ("前三季度", "January to September"),
    ("2021-2025年", "five years"),
    ("10月1-7日", "seven days"),
):
    found = jionlp.parse_time(text, time_base=now)
    spans[text] = " to ".join(day[:10] for day in found["time"])
    print(f"{text}: meant {meant}, given {spans[text]} ({found['definition']})")
    assert found["definition"] == "accurate"
assert list(spans.values()) == [
    "2026-01-10 to 2026-01-10",
    "2026-01-01 to 2026-12-31",
    "2026-01-01 to 2026-12-31",
    "2026-07-01 to 2026-09-30",
    "2026-01-01 to 2026-09-30",
    "2021-01-01 to 2025-12-31",
    "2026-10-01 to 2026-10-07",
]
PYTHON
cd "$folder"
"$folder/venv/bin/python" look.py
