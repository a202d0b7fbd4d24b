#!/usr/bin/env bash
# cn2an 0.5.24, transform(), which turns the numbers of a sentence into digits: every 一 to 九 counts, within words and names too: 四川省
# becomes 4川省, 三亚市 3亚市, 一般公共预算 1般公共预算, 三农 3农, 统一 统1, with no list of words and no warning; 十四五 and 十三五, which stand in every plan,
# stay, after a warning. Of 零七年 the nought goes: 7年. The other way ("an2cn") 2026-12-03 becomes 二千零二十六负十二负三 (minus twelve,
# minus three), 国办发〔2026〕3号 has the year as a count, and 10:30 becomes 十:三十; only 2026年 is read as a year. So texts brought
# to one form of numbers are not the same any more, nor are they found by their names. The README shows whole sentences.
# Seen on 2026-12-03 with Python 3.11. Exits non-zero where the behaviour is another one.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/python" -m pip install --quiet --disable-pip-version-check cn2an==0.5.24
cat > "$folder/look.py" <<'PYTHON'
import warnings

import cn2an

TO_DIGITS = {
    "四川省": "4川省",
    "三亚市": "3亚市",
    "六安市": "6安市",
    "一般公共预算": "1般公共预算",
    "三农工作": "3农工作",
    "统一部署": "统1部署",
    "一带一路": "1带1路",
    "零七年": "7年",
}
TO_HAN = {
    "2026-12-03": "二千零二十六负十二负三",
    "国办发〔2026〕3号": "国办发〔二千零二十六〕三号",
    "10:30": "十:三十",
    "2026年": "二零二六年",
}
for method, wanted in (("cn2an", TO_DIGITS), ("an2cn", TO_HAN)):
    for text, changed in wanted.items():
        with warnings.catch_warnings(record=True) as told:
            warnings.simplefilter("always")
            given = cn2an.transform(text, method)
        print(f"{method}: {text} becomes {given}")
        assert given == changed and not told
with warnings.catch_warnings(record=True) as told:
    warnings.simplefilter("always")
    assert cn2an.transform("十四五规划", "cn2an") == "十四五规划"
print("十四五规划 stays, with the warning:", told[0].message)
assert told
PYTHON
cd "$folder"
"$folder/venv/bin/python" look.py
