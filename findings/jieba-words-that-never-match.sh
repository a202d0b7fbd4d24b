#!/usr/bin/env bash
# jieba 0.42.1: add_word() and dictionaries of one's own take any word, and FREQ has it from then on; but the text is first split at
# everything but U+4E00-U+9FD5, Latin letters, digits and a few marks, and words are looked for between the splits only. A word with
# 〇 (U+3007, as the years of official texts have it: 二〇二六年), ·, a quote, a Greek or full-width letter or a rare character of a name
# (䶮) never comes out, in any mode and at any frequency, nor does γ射线, which jieba's own dictionary has. No warning: the list of
# one's own terms looks loaded. COVID-19 and A级景区 work. A wider re_han_default, an undocumented global, lets them out.
# Seen on 2026-12-03 with Python 3.11. Exits non-zero where the behaviour is another one.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/python" -m pip install --quiet --disable-pip-version-check jieba==0.42.1
cat > "$folder/look.py" <<'PYTHON'
import logging
import re

import jieba

jieba.setLogLevel(logging.ERROR)
jieba.initialize()
assert "γ射线" in jieba.dt.FREQ
LOST = ("二〇二六年", "阿卜杜拉·买买提", "放管服”改革", "王䶮", "Ｂ超", "γ射线")
FOUND = ("A级景区", "COVID-19")
MODES = {
    "cut": jieba.lcut,
    "cut without HMM": lambda text: jieba.lcut(text, HMM=False),
    "cut_all": lambda text: jieba.lcut(text, cut_all=True),
    "cut_for_search": jieba.lcut_for_search,
}
for word in LOST + FOUND:
    jieba.add_word(word, 1_000_000)
    assert jieba.dt.FREQ[word] == 1_000_000
    text = f"关于{word}的通知"
    came = [name for name, cut in MODES.items() if word in cut(text)]
    print(f"{word}: {'/'.join(jieba.lcut(text))}; comes out of: {', '.join(came) or 'none'}")
    assert len(came) == (4 if word in FOUND else 0)
jieba.re_han_default = re.compile(r"([^\s，。；：《》]+)")
print("with a wider re_han_default:", [word for word in LOST if word in jieba.lcut(f"关于{word}的通知")])
assert all(word in jieba.lcut(f"关于{word}的通知") for word in LOST)
PYTHON
cd "$folder"
"$folder/venv/bin/python" look.py
