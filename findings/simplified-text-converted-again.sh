#!/usr/bin/env bash
# OpenCC 1.4.2 (t2s), zhconv 1.4.3 (zh-hans, zh-cn), hanziconv 0.3.2: made to turn traditional characters into simplified, and run over
# everything before texts are compared, since what is simplified already should stay as it is. It does not. OpenCC renames counties
# whose 乾 the standard of 2013 (通用规范汉字表) keeps: 乾县 becomes 干县, 乾安县 干安县. zhconv keeps these, but makes 哪吒 into 哪咤, and with
# zh-cn 部份 into 部分, 公尺 into 米, so that a check of wording sees no fault where one was. hanziconv makes words that nobody
# writes, of traditional text too: 呼和浩特 becomes 唿和浩特, 模糊 模煳, 凶猛 凶勐, 著名 着名. None of them says so.
# Seen on 2026-12-03 with Python 3.11. Exits non-zero where the behaviour is another one.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/python" -m pip install --quiet --disable-pip-version-check opencc==1.4.2 zhconv==1.4.3 hanziconv==0.3.2
cat > "$folder/look.py" <<'PYTHON'
import opencc
import zhconv
from hanziconv import HanziConv

WAYS = {
    "OpenCC t2s": opencc.OpenCC("t2s").convert,
    "zhconv zh-hans": lambda text: zhconv.convert(text, "zh-hans"),
    "zhconv zh-cn": lambda text: zhconv.convert(text, "zh-cn"),
    "hanziconv": HanziConv.toSimplified,
}
CHANGED = {
    "OpenCC t2s": {"乾县": "干县", "乾安县": "干安县"},
    "zhconv zh-hans": {"哪吒": "哪咤"},
    "zhconv zh-cn": {"哪吒": "哪咤", "部份": "部分", "公尺": "米"},
    "hanziconv": {"呼和浩特": "唿和浩特", "模糊": "模煳", "凶猛": "凶勐", "著名": "着名", "大声疾呼": "大声疾唿"},
}
WORDS = sorted({word for words in CHANGED.values() for word in words})
for name, convert in WAYS.items():
    changed = {word: convert(word) for word in WORDS if convert(word) != word}
    print(f"{name}: {', '.join(f'{before} becomes {after}' for before, after in changed.items())}")
    assert CHANGED[name].items() <= changed.items(), changed
assert WAYS["zhconv zh-hans"]("乾县、乾安县") == "乾县、乾安县"
print("hanziconv of traditional 著名學者大聲疾呼:", HanziConv.toSimplified("著名學者大聲疾呼"))
assert HanziConv.toSimplified("著名學者大聲疾呼") == "着名学者大声疾唿"
PYTHON
cd "$folder"
"$folder/venv/bin/python" look.py
