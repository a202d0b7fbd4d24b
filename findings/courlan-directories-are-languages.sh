#!/usr/bin/env bash
# courlan 1.4.0, which trafilatura's crawler (focused_crawler, lang="zh") takes its links by: with language="zh" the first directory of an
# address counts as the code of a language where it can be one. Chinese sites name theirs by the first letters of pinyin, two as a
# rule: /bs/ (办事) is taken for Bosnian, /ts/ (投诉) Tsonga, /ga/ (公安) Irish, /fy/ (法院) Frisian, /hy/ (会议) Armenian, /cs/ (城市) Czech,
# /sl/ (水利), /ny/ (农业), /da/ (档案): check_url() says None of all their pages, extract_links() leaves them out, while /tj/ (统计), /jy/
# (教育) and /zwgk/ stay. Nothing is logged, and the page's own lang="zh-CN" is not asked: whole departments are not there.
# Seen on 2026-12-03 with Python 3.11. Exits non-zero where the behaviour is another one.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/python" -m pip install --quiet --disable-pip-version-check courlan==1.4.0
cat > "$folder/look.py" <<'PYTHON'
import courlan

LOST = {"bs": "办事", "ts": "投诉", "ga": "公安", "fy": "法院", "hy": "会议", "cs": "城市", "sl": "水利", "ny": "农业", "da": "档案"}
KEPT = {"tj": "统计", "jy": "教育", "ly": "旅游", "rs": "人事", "xw": "新闻", "zwgk": "政务公开"}
SITE = "http://www.example.gov.cn"


def page(directory: str) -> str:
    return f"{SITE}/{directory}/202603/t20260305_1.html"


home = f'<html lang="zh-CN"><body>{"".join(f"""<a href="{page(name)}">{said}</a>""" for name, said in (LOST | KEPT).items())}</body></html>'
links = courlan.extract_links(home, url=SITE, external_bool=False, language="zh")
for name, said in (LOST | KEPT).items():
    any_language, chinese = courlan.check_url(page(name)), courlan.check_url(page(name), language="zh")
    print(f"/{name}/ ({said}): check_url {chinese and chinese[0]}, extract_links {'has it' if page(name) in links else 'leaves it out'}")
    assert any_language is not None
    assert (chinese is None) == (page(name) not in links) == (name in LOST)
PYTHON
cd "$folder"
"$folder/venv/bin/python" look.py
