#!/usr/bin/env bash
# rjieba 0.2.2, which calls itself jieba's algorithm in Rust and has its dictionary: the words are not always jieba's
# (0.42.1). Model numbers, file names and host names, which official texts and their links are full of, stay whole where
# jieba cuts at the mark: F-35 is one word there and three here. Counts of words, and models made with one of the two,
# do not hold for the other.
# Seen on 2026-12-02 with Python 3.11. Exits non-zero where the behaviour is another one.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/python" -m pip install --quiet --disable-pip-version-check jieba==0.42.1 rjieba==0.2.2
cat > "$folder/look.py" <<'PYTHON'
import logging

import jieba
import rjieba

jieba.setLogLevel(logging.ERROR)
texts = ("采购F-35型设备", "附件见index.html", "会议于今日在区政府召开")
seen = {text: (jieba.lcut(text, HMM=True), rjieba.cut(text, True)) for text in texts}
for words in seen.values():
    print(*words)
same = [python == rust for python, rust in seen.values()]
assert same == [False, False, True], same
assert "F-35" in seen[texts[0]][1] and "F-35" not in seen[texts[0]][0]
PYTHON
cd "$folder"
"$folder/venv/bin/python" look.py
