#!/usr/bin/env bash
# holidays 0.109: China's days off are fixed a year at a time, in November of the year before; the release knows them up to 2026.
# For later years it answers all the same, with what the law grants and a guess of days instead of those on weekends, marked in no
# way: October 6th and 7th of 2027 are workdays, no Saturday is worked, and a deadline counted with it comes days too early. From
# 2101 on there is no holiday at all, not even October 1st. chinesecalendar 1.11.0 raises NotImplementedError for such years.
# Seen on 2026-12-01 with Python 3.11. Exits non-zero where the behaviour is another one.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/python" -m pip install --quiet --disable-pip-version-check holidays==0.109 chinesecalendar==1.11.0
cat > "$folder/look.py" <<'PYTHON'
import warnings
from datetime import date, timedelta

import chinese_calendar
import holidays

warnings.simplefilter("error")
china = holidays.China()
off, worked = {}, {}
for year in (2024, 2025, 2026, 2027, 2028, 2101):
    days = [date(year, 1, 1) + timedelta(n) for n in range(365)]
    off[year] = [day.day for day in days if day.month == 10 and day in china]
    worked[year] = sum(1 for day in days if day.weekday() > 4 and china.is_working_day(day))
    try:
        other = f"{sum(1 for day in days if day.weekday() > 4 and chinese_calendar.is_workday(day))} weekend days worked"
    except NotImplementedError:
        other = "NotImplementedError"
    print(f"{year}: days off in October {off[year]}, {worked[year]} weekend days worked; chinesecalendar: {other}")
    assert (other == "NotImplementedError") == (year > 2026)
assert off[2026] == [1, 2, 3, 5, 6, 7]  # the 4th is a Sunday
assert off[2027] == [1, 2, 3, 4, 5]
assert worked[2026] > 4 and worked[2027] == worked[2028] == 0
assert off[2101] == [] and date(2101, 10, 3).weekday() == 0 and china.is_working_day(date(2101, 10, 3))
PYTHON
cd "$folder"
"$folder/venv/bin/python" look.py
