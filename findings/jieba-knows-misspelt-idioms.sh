#!/usr/bin/env bash
# jieba 0.42.1: its dictionary holds misspelt idioms beside the right ones, as words with a frequency of their own (责无旁货 for
# 责无旁贷, 名列前矛 for 名列前茅). Whoever takes 'it is in the dictionary' for 'it is written right', or lets the segmenter veto
# a correction, lets these through; the frequency tells them apart only by a factor.
# Seen on 2026-12-01 with Python 3.11. Exits non-zero where the behaviour is another one.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/python" -m pip install --quiet --disable-pip-version-check jieba==0.42.1
cat > "$folder/look.py" <<'PYTHON'
import jieba

jieba.setLogLevel(60)
jieba.initialize()
known = jieba.dt.FREQ
pairs = (("责无旁货", "责无旁贷"), ("集思广义", "集思广益"), ("名列前矛", "名列前茅"))
for wrong, right in pairs:
    print(f"{wrong} {known.get(wrong)}  {right} {known.get(right)}  cut: {jieba.lcut('各单位' + wrong)}")
    assert 0 < known[wrong] < known[right]
    assert wrong in jieba.lcut("各单位" + wrong)
PYTHON
cd "$folder"
"$folder/venv/bin/python" look.py
