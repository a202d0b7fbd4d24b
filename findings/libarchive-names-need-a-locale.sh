#!/usr/bin/env bash
# libarchive 3.6.2 (of Debian 12) with libarchive-c 5.3: the names of files in a 7z archive, which stand there in UTF-16, are
# given as the locale can write them. Under LC_ALL=C, as in many containers and timers, a Chinese name is None, while the
# contents are right and nothing is raised: a reader that goes by suffixes then passes over all Chinese files. Python itself
# is no warning, since its own text is UTF-8 there. setlocale(LC_CTYPE, "C.UTF-8") in the program is enough.
# Seen on 2026-12-01 with Python 3.11. Exits non-zero where the behaviour is another one.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/python" -m pip install --quiet --disable-pip-version-check libarchive-c==5.3
cat > "$folder/look.py" <<'PYTHON'
import locale
import sys

import libarchive


def names() -> list[tuple[str | None, bytes]]:
    with libarchive.file_reader("a.7z") as archive:
        return [(entry.pathname, b"".join(entry.get_blocks())) for entry in archive]


if sys.argv[1:] == ["make"]:
    with libarchive.file_writer("a.7z", "7zip") as archive:
        for name in ("名单.txt", "list.txt"):
            archive.add_file_from_memory(name, 2, b"ok")
else:
    as_it_is = names()
    locale.setlocale(locale.LC_CTYPE, "C.UTF-8")
    with_locale = names()
    print(f"under LC_ALL=C {as_it_is}, with C.UTF-8 {with_locale}")
    assert as_it_is == [(None, b"ok"), ("list.txt", b"ok")]
    assert with_locale == [("名单.txt", b"ok"), ("list.txt", b"ok")]
PYTHON
cd "$folder"
LC_ALL=C.UTF-8 "$folder/venv/bin/python" look.py make
LC_ALL=C "$folder/venv/bin/python" look.py 2>&1 | grep -v "cannot be converted"
