#!/usr/bin/env bash
# feedparser 6.0.14 and Python's own email.utils: CST in the pubDate of a Chinese site's feed means China standard time, but is
# read as the Central time of North America, 14 hours away, without a word; dateutil 2.9.0.post0 drops the zone and returns a
# naive time. An article of 10:30 in Beijing is dated half past midnight of the next day.
# Seen on 2026-12-01 with Python 3.11. Exits non-zero where the behaviour is another one.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/python" -m pip install --quiet --disable-pip-version-check feedparser==6.0.14 python-dateutil==2.9.0.post0
cat > "$folder/look.py" <<'PYTHON'
import email.utils
import warnings

import dateutil.parser
import feedparser

WRITTEN = "Mon, 16 Nov 2026 10:30:00 CST"
FEED = f"<rss version='2.0'><channel><title>t</title><item><title>a</title><pubDate>{WRITTEN}</pubDate></item></channel></rss>"
warnings.simplefilter("ignore")
by_feed = feedparser.parse(FEED).entries[0].published_parsed
by_email = email.utils.parsedate_to_datetime(WRITTEN)
by_dateutil = dateutil.parser.parse(WRITTEN)
print("meant: 2026-11-16 02:30 UTC")
print("feedparser:", tuple(by_feed)[:5], "UTC")
print("email.utils:", by_email)
print("dateutil:", by_dateutil, "zone", by_dateutil.tzinfo)
assert tuple(by_feed)[:5] == (2026, 11, 16, 16, 30)
assert by_email.utcoffset().total_seconds() == -6 * 3600
assert by_dateutil.tzinfo is None
PYTHON
cd "$folder"
"$folder/venv/bin/python" look.py
