#!/usr/bin/env bash
# jieba 0.42.1: the tags of its dictionary do not tell place names. Capitals of provinces and large cities are common nouns
# (合肥 n, 银川 n), persons (石家庄 nr, 桂林 nr) or an adverb (大连 d), while 新建, a verb in every work report, is a place (ns). A
# gazetteer filtered by ns loses cities and gains verbs.
# Seen on 2026-12-01 with Python 3.11. Exits non-zero where the behaviour is another one.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/python" -m pip install --quiet --disable-pip-version-check jieba==0.42.1
cat > "$folder/look.py" <<'PYTHON'
import jieba

tags = {}
with jieba.dt.get_dict_file() as lines:
    for line in lines:
        word, _, tag = line.decode("utf-8").split()
        tags[word] = tag
seen = {word: tags.get(word) for word in ("合肥", "银川", "石家庄", "桂林", "大连", "青岛", "新建")}
print(seen)
assert seen == {"合肥": "n", "银川": "n", "石家庄": "nr", "桂林": "nr", "大连": "d", "青岛": "ns", "新建": "ns"}
PYTHON
cd "$folder"
"$folder/venv/bin/python" look.py
