#!/usr/bin/env bash
# python-dateutil 2.9.0.post0: 19-05-10, how lists of Chinese sites shorten 2019-05-10 (year, month, day is the only order in
# Chinese), becomes 2010-05-19: the first number is taken for the day since it is larger than 12. 09-05-10 becomes
# 2010-09-05. Nothing raises; both are real days, years away. dateparser 1.5.0 with languages=['zh'] reads both right.
# Seen on 2026-12-01 with Python 3.11. Exits non-zero where the behaviour is another one.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/python" -m pip install --quiet --disable-pip-version-check python-dateutil==2.9.0.post0 dateparser==1.5.0
cat > "$folder/look.py" <<'PYTHON'
import dateparser
from dateutil.parser import parse

seen = {}
for written in ("19-05-10", "09-05-10"):
    loose, told = parse(written).date(), parse(written, yearfirst=True).date()
    chinese = dateparser.parse(written, languages=["zh"])
    seen[written] = (str(loose), str(told), str(chinese.date()) if chinese else None)
    print(f"{written}: dateutil {loose}, with yearfirst {told}, dateparser zh {chinese}")
assert seen["19-05-10"] == ("2010-05-19", "2019-05-10", "2019-05-10")
assert seen["09-05-10"] == ("2010-09-05", "2009-05-10", "2009-05-10")
PYTHON
cd "$folder"
"$folder/venv/bin/python" look.py
