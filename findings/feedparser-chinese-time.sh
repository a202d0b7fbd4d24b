#!/usr/bin/env bash
# feedparser 6.0.14: an entry whose pubDate is a Chinese time (2026年11月16日 10:30, as some site systems write it) is given
# the year that stands there with the month and the day on which the program runs, and no hour; nothing says that the rest was
# not understood. An entry of years ago can so look as if it came today: a feed that fell silent looks alive.
# Seen on 2026-12-01 with Python 3.11. Exits non-zero where the behaviour is another one.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/python" -m pip install --quiet --disable-pip-version-check feedparser==6.0.14
cat > "$folder/look.py" <<'PYTHON'
from datetime import datetime, timezone

import feedparser

FEED = "<rss version='2.0'><channel><title>t</title><item><title>a</title><pubDate>{}</pubDate></item></channel></rss>"


def parsed(written: str):
    return feedparser.parse(FEED.format(written)).entries[0].get("published_parsed")


today = datetime.now(timezone.utc).date()
other = 3 if today.month != 3 else 4  # a month that is not the present one
found = parsed(f"2019年{other:02}月16日 10:30")
plain = parsed(f"2019-{other:02}-16 10:30:00")
print(f"2019年{other:02}月16日 10:30 -> {tuple(found)[:5]} (today is {today})")
print(f"2019-{other:02}-16 10:30:00 -> {tuple(plain)[:5]}")
assert tuple(plain)[:5] == (2019, other, 16, 10, 30)
assert tuple(found)[:5] == (2019, today.month, today.day, 0, 0)
PYTHON
cd "$folder"
"$folder/venv/bin/python" look.py
