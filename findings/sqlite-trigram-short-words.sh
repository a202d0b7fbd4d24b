#!/usr/bin/env bash
# SQLite 3.40 (that of Debian 12, which its Python uses; here from the wheel of apsw 3.40.0.0), FTS5 with the trigram tokenizer, the
# one that suits Chinese: the documentation says that MATCH finds nothing under three characters and that LIKE and GLOB then read
# through all rows. They do for ab and 65; for Han characters they find NOTHING, since the three are counted in bytes, of which one
# Han character has three. Most Chinese words have two: LIKE '%采购%' has no hit where the row stands, without an error, and the same
# in a table that is not FTS5 is right. apsw 3.41.2.0 (SQLite 3.41.2) finds them.
# Seen on 2026-12-03 with Python 3.11. Exits non-zero where the behaviour is another one.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cat > "$folder/look.py" <<'PYTHON'
import sys

import apsw

ROWS = ("关于政府采购的通知", "65周岁以上", "A级景区", "abcd")
base = apsw.Connection(":memory:").cursor()
base.execute("CREATE VIRTUAL TABLE searched USING fts5(title, tokenize='trigram'); CREATE TABLE plain(title)")
for table in ("searched", "plain"):
    base.executemany(f"INSERT INTO {table} VALUES (?)", [(row,) for row in ROWS])
hits = {}
for word in ("采购", "级", "周岁", "通知", "政府采购", "65", "ab"):
    hits[word] = [
        len(list(base.execute(f"SELECT title FROM {table} WHERE title {operator} ?", (sign + word + sign,))))
        for table in ("searched", "plain")
        for operator, sign in (("LIKE", "%"), ("GLOB", "*"))
    ]
    print(f"SQLite {apsw.sqlitelibversion()}, {word}: hits of LIKE and GLOB {hits[word][:2]}, in a plain table {hits[word][2:]}")
SHORT = ("采购", "级", "周岁", "通知")
found = 0 if sys.argv[1] == "3.40.0.0" else 1
assert all(hits[word] == [found, found, 1, 1] for word in SHORT)
assert all(hits[word] == [1, 1, 1, 1] for word in ("政府采购", "65", "ab"))
PYTHON
cd "$folder"
for version in 3.40.0.0 3.41.2.0; do
  python3 -m venv "$folder/$version"
  "$folder/$version/bin/python" -m pip install --quiet --disable-pip-version-check "apsw==$version"
  "$folder/$version/bin/python" look.py "$version"
done
