#!/usr/bin/env bash
# gne 0.4.3, made to extract articles of Chinese pages: where the head of the site shows the day of the visit (2026年12月3日 星期四,
# as those of many offices do) and the article says 发布日期：2026年3月5日 in the same form, publish_time is the day of the visit, for
# every page of the site and every day anew; the label is not looked at. Of 成文日期 and 发布日期 it takes the first. And the text of
# the page is joined without blanks before 来源 is looked for, so that the author is the office with the first words of the
# article behind it (市水务局各县). With 2026-03-05 the day is right: a test with such a page shows nothing.
# Seen on 2026-12-03 with Python 3.11. Exits non-zero where the behaviour is another one.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/python" -m pip install --quiet --disable-pip-version-check gne==0.4.3 lxml==6.1.3 pyyaml==6.0.4
cat > "$folder/look.py" <<'PYTHON'
from gne import GeneralNewsExtractor

TEXT = "各县、区人民政府，市直各单位：现将防汛检查的有关事项通知如下，请结合实际，认真贯彻执行，及时报告有关情况。"
PAGE = (
    '<html><head><title>关于开展防汛检查的通知</title></head><body><div class="top">今天是 2026年12月3日 星期四</div>'
    '<h1>关于开展防汛检查的通知</h1><div class="info">{}</div><div class="content">' + f"<p>{TEXT}</p>" * 4 + "</div></body></html>"
)
seen = {}
for said in (
    "发布日期：2026年3月5日 来源：市水务局",
    "发布时间：2026年3月5日",
    "发布日期：2026-03-05",
    "成文日期：2025-12-30 发布日期：2026-01-04",
):
    found = GeneralNewsExtractor().extract(PAGE.format(said))
    seen[said] = (found["publish_time"], found["author"])
    print(f"{said}: published {found['publish_time']}, author {found['author'] or 'none'}")
assert list(seen.values()) == [
    ("2026年12月3日", "市水务局各县"),
    ("2026年12月3日", ""),
    ("2026-03-05", ""),
    ("2025-12-30", ""),
]
PYTHON
cd "$folder"
"$folder/venv/bin/python" look.py
