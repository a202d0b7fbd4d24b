#!/usr/bin/env bash
# newspaper4k 0.9.6 (language="zh"), goose3 3.1.22 (StopWordsChinese), jusText 3.0.2, boilerpy3 1.0.7: a plain notice of four paragraphs,
# with the page's menu before it, has NO text for them: "" from each, without an exception. newspaper4k and goose3 count only paragraphs
# with three particles (的, 了, 和 …) or more, and texts of offices, unlike news, hardly use them: with news, which everybody tries first,
# they are right. jusText wants paragraphs of 70 characters, which is much in Chinese, and has no list of Chinese words; the
# ArticleSentences and Canola extractors of boilerpy3 count a clause as one word. What they don't see looks blank, and passes
# a check of its wording. trafilatura 2.3.1 gives every paragraph.
# Seen on 2026-12-03 with Python 3.11. Exits non-zero where the behaviour is another one.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
# In two steps: the pip that comes with Python 3.11 does not resolve them at once.
"$folder/venv/bin/python" -m pip install --quiet --disable-pip-version-check newspaper4k==0.9.6 goose3==3.1.22 boilerpy3==1.0.7 jieba==0.42.1
"$folder/venv/bin/python" -m pip install --quiet --disable-pip-version-check jusText==3.0.2 trafilatura==2.3.1 lxml_html_clean==0.4.6
cat > "$folder/look.py" <<'PYTHON'
import logging

logging.disable(logging.WARNING)

import goose3
import justext
import newspaper
import trafilatura
from boilerpy3 import extractors
from goose3.text import StopWordsChinese

OFFICIAL = [
    "各县（市、区）人民政府，市级各单位：为进一步做好今冬明春安全生产工作，经市政府同意，现将有关事项通知如下。",
    "各地要压实责任，落实各项措施，加强值班值守，遇有重大情况及时报告，确保人民群众生命财产安全。",
    "要组织力量对重点行业、重点领域、重点场所开展排查，发现隐患立即整改，不能立即整改的要明确时限、责任人和措施。",
    "本通知自印发之日起施行，执行中遇到的问题，请径向市应急管理局反映。",
]
NEWS = [
    "昨天的大雨下了一整天，城里的很多路都被水淹了，他和同事们在河边守到了天亮，才把最后的几户人家接了出来。",
    "“水来得太快了，我们的东西都没来得及拿。”住在一楼的老人说，是社区的人把她和小孙子背到了二楼的亲戚家里。",
    "到了早上，雨小了，路上的水也退了，可是很多人还是不敢回家，他们在学校的教室里等着，有的人已经两天没有睡了。",
    "在学校里，老师们和志愿者给大家送来了热的饭和水，也给孩子们讲了故事，有的孩子听着听着就在课桌上睡着了。",
]
MENU = "".join(f'<li><a href="/c{number}/">{name}</a></li>' for number, name in enumerate(["首页", "政务公开", "办事服务", "互动交流"]))


def page(paragraphs: list[str]) -> str:
    body = "".join(f"<p>{one}</p>" for one in paragraphs)
    return (
        '<!DOCTYPE html><html lang="zh-CN"><head><meta charset="utf-8"><title>今冬明春</title></head>'
        f'<body><div><ul>{MENU}</ul></div><div class="content"><h1>今冬明春</h1>{body}</div></body></html>'
    )


def by_newspaper(html: str) -> str:
    article = newspaper.Article("http://www.example.gov.cn/a.html", language="zh")
    article.download(input_html=html)
    article.parse()
    return article.text


def by_justext(html: str) -> str:
    return "".join(one.text for one in justext.justext(html, frozenset(), stopwords_low=0, stopwords_high=0) if not one.is_boilerplate)


WAYS = {
    "newspaper4k": by_newspaper,
    "goose3": lambda html: goose3.Goose({"stopwords_class": StopWordsChinese}).extract(raw_html=html).cleaned_text,
    "jusText": by_justext,
    "boilerpy3, article sentences": extractors.ArticleSentencesExtractor().get_content,
    "boilerpy3, Canola": extractors.CanolaExtractor().get_content,
    "trafilatura": lambda html: trafilatura.extract(html) or "",
}
assert "Chinese" not in justext.get_stoplists()
for name, way in WAYS.items():
    official, news = (sum(one in "".join(way(page(text)).split()) for one in text) for text in (OFFICIAL, NEWS))
    print(f"{name}: of 4 paragraphs of a notice {official}, of 4 of a piece of news {news}")
    if name == "trafilatura":
        assert official == news == 4
    else:
        assert official == 0 and way(page(OFFICIAL)) == ""
        assert news == (4 if name in ("newspaper4k", "goose3") else 0), news
PYTHON
cd "$folder"
"$folder/venv/bin/python" look.py
