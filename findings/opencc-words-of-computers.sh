#!/usr/bin/env bash
# OpenCC 1.4.2, s2twp (to traditional characters with the words of Taiwan), which sites take for their traditional edition: its list
# of words is one of computing and has no field. 高级人民法院 becomes 高階 (advanced) 人民法院, 帮扶对象 (people who are helped) 物件 (objects),
# 统一社会信用代码 程式碼 (source code), 优化营商环境 最佳化, 循环经济 迴圈 (the loop of a program), 一体化进程 程序. Back again, tw2sp
# makes 行政进程 (a running process) of 行政程序, as Taiwan writes it too, 文件法 of 檔案法. Characters alone (s2tw, tw2s) are right for all.
# Seen on 2026-12-03 with Python 3.11. Exits non-zero where the behaviour is another one.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/python" -m pip install --quiet --disable-pip-version-check opencc==1.4.2
cat > "$folder/look.py" <<'PYTHON'
from opencc import OpenCC

with_words, characters = OpenCC("s2twp"), OpenCC("s2tw")
for text, given, wanted in (
    ("高级人民法院", "高階人民法院", "高級人民法院"),
    ("帮扶对象", "幫扶物件", "幫扶對象"),
    ("统一社会信用代码", "統一社會信用程式碼", "統一社會信用代碼"),
    ("优化营商环境", "最佳化營商環境", "優化營商環境"),
    ("循环经济", "迴圈經濟", "循環經濟"),
    ("一体化进程", "一體化程序", "一體化進程"),
):
    by_words, by_characters = with_words.convert(text), characters.convert(text)
    print(f"{text}: s2twp {by_words}, s2tw {by_characters}")
    assert (by_words, by_characters) == (given, wanted)
back, back_characters = OpenCC("tw2sp"), OpenCC("tw2s")
for text, given, wanted in (("行政程序", "行政进程", "行政程序"), ("檔案法", "文件法", "档案法"), ("支援災區", "支持灾区", "支援灾区")):
    by_words, by_characters = back.convert(text), back_characters.convert(text)
    print(f"{text}: tw2sp {by_words}, tw2s {by_characters}")
    assert (by_words, by_characters) == (given, wanted)
PYTHON
cd "$folder"
"$folder/venv/bin/python" look.py
