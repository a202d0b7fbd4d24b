#!/usr/bin/env bash
# langdetect 1.0.9: titles in simplified Han characters alone, without one Hangul, are Korean, with a probability over 0.99: not only
# 通知公告, also titles of 14 and 28 characters, and with any of ten seeds, so that no threshold and no longer text helps (its
# documents only warn that what it says of short texts varies). py3langid 0.4.0 is right there, but has Wu (wuu) as a language of
# its own and takes Mandarin for it at times; trafilatura 2.3.1 goes by it, and with target_language="zh" gives None for a leader's
# biography, though the page declares lang="zh-CN": only a line of the log tells it from a page without text.
# Seen on 2026-12-03 with Python 3.11. Exits non-zero where the behaviour is another one.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/python" -m pip install --quiet --disable-pip-version-check \
  langdetect==1.0.9 py3langid==0.4.0 trafilatura==2.3.1 lxml_html_clean==0.4.6
cat > "$folder/look.py" <<'PYTHON'
import langdetect
import py3langid
import trafilatura

KOREAN = ("通知公告", "市政府常务会议", "市自然资源局行政处罚决定公示", "市自然资源和规划局国有建设用地使用权招标拍卖挂牌出让公告")
for title in (*KOREAN, "关于印发通知"):
    said = []
    for seed in range(10):
        langdetect.DetectorFactory.seed = seed
        said.append(langdetect.detect_langs(title)[0])
    languages, least = {one.lang for one in said}, min(one.prob for one in said)
    other = py3langid.classify(title)[0]
    print(f"{title} ({len(title)}): langdetect, ten seeds: {languages}, at least {least:.4f}; py3langid: {other}")
    assert languages == ({"ko"} if title in KOREAN else {"zh-cn"}) and least > 0.99 and other == "zh"

PAGE = (
    '<html lang="zh-CN"><head><meta charset="utf-8"><title>{0}</title></head>'
    "<body><article><h1>{0}</h1><p>{1}</p></article></body></html>"
)
seen = {}
for title, text in (
    ("停水通知", "因管道维修，2026年3月5日8时至17时，人民路沿线停水，请市民提前做好储水准备。"),
    ("市领导", "张某某，男，汉族，1975年3月生，山东济南人，大学学历，中共党员，现任济南市副市长。"),
):
    page = PAGE.format(title, text)
    read = trafilatura.extract(page)
    assert text in read
    seen[title] = (py3langid.classify(read)[0], trafilatura.extract(page, target_language="zh") is not None)
    print(f"{title}: py3langid says {seen[title][0]}; trafilatura with target_language='zh' keeps it: {seen[title][1]}")
assert seen == {"停水通知": ("zh", True), "市领导": ("wuu", False)}
PYTHON
cd "$folder"
"$folder/venv/bin/python" look.py
