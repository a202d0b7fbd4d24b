#!/usr/bin/env bash
# trafilatura 2.3.1, extract() as it is by default, of a notice that is one or two paragraphs long, as most of offices are (water off from
# nine to five; who is appointed): the site's menu is in the text, even one that the page marks as <nav>, while <footer> is left out. Of
# the same page with two paragraphs more the menu is gone: below a length of text which is that of a few lines of English, but of a whole
# notice in Chinese, another way is taken that keeps whole lists. Found with long articles only, as one tries such a thing, it is clean.
# So short notices have words of the menu, alike on all pages; favor_precision=True is without it.
# Seen on 2026-12-03 with Python 3.11. Exits non-zero where the behaviour is another one.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/python" -m pip install --quiet --disable-pip-version-check trafilatura==2.3.1 lxml_html_clean==0.4.6
cat > "$folder/look.py" <<'PYTHON'
import trafilatura

MENU = ["首页", "政务公开", "办事服务", "互动交流", "走进本市", "公告公示"]
PARAGRAPHS = [
    "因管道检修，定于12月5日9时至17时对解放路一带停水，请提前储水，不便之处敬请谅解。",
    "市水务公司客服电话已安排专人值守，恢复供水后请先放水数分钟再使用。",
    "各用水单位要做好准备，医院学校等重点单位由专人联系，确有困难的请于停水前与所在营业所联系。",
    "恢复供水的时间如有变化，另行通知，请留意本网站和有关公众号的消息。",
]


def page(paragraphs: list[str]) -> str:
    menu = "".join(f'<li><a href="/c{number}/">{name}</a></li>' for number, name in enumerate(MENU))
    body = "".join(f"<p>{one}</p>" for one in paragraphs)
    return (
        '<!DOCTYPE html><html lang="zh-CN"><head><meta charset="utf-8"><title>停水通知</title></head>'
        f'<body><nav><ul>{menu}</ul></nav><main><h1>停水通知</h1>{body}</main>'
        "<footer><p>主办：市水务局</p></footer></body></html>"
    )


for length in range(1, len(PARAGRAPHS) + 1):
    html = page(PARAGRAPHS[:length])
    lines = (trafilatura.extract(html) or "").splitlines()
    precise = (trafilatura.extract(html, favor_precision=True) or "").splitlines()
    menus = [name for name in MENU if name in lines]
    print(f"{length} paragraphs, {sum(map(len, PARAGRAPHS[:length]))} characters: of the menu {menus or 'nothing'}")
    assert all(one in lines and one in precise for one in PARAGRAPHS[:length])
    assert "主办：市水务局" not in lines and not set(MENU) & set(precise)
    assert menus == (MENU if length <= 2 else [])
PYTHON
cd "$folder"
"$folder/venv/bin/python" look.py
