#!/usr/bin/env bash
# yarl 1.25.1 (aiohttp's URL), httpx 0.29.0, furl 2.1.4, courlan 1.4.0 (trafilatura's): the searches of many Chinese sites take
# their words in GBK, ?q=%B9%AB%B8%E6, which is a URL like any other. Setting ANOTHER parameter of it, as for the next page of a
# list, turns every byte of the word into %EF%BF%BD: the query is decoded as UTF-8, changed and written anew. furl and courlan do
# so without any change, on reading. Nothing is raised: the request asks for another word. Reading and joining with yarl or httpx
# keep the bytes, so a crawl fails only where it turns pages. yarl's extend_query() and w3lib 2.5.0 keep them too.
# Seen on 2026-12-03 with Python 3.11. Exits non-zero where the behaviour is another one.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/python" -m pip install --quiet --disable-pip-version-check \
  yarl==1.25.1 httpx==0.29.0 furl==2.1.4 courlan==1.4.0 w3lib==2.5.0
cat > "$folder/look.py" <<'PYTHON'
from urllib.parse import quote

import httpx
from courlan import normalize_url
from furl import furl
from w3lib.url import add_or_replace_parameter, canonicalize_url
from yarl import URL

word = quote("公告".encode("gbk"))
url = f"http://www.example.gov.cn/search?q={word}&page=1"
lossy = {
    "yarl update_query": URL(url).update_query(page="2"),
    "yarl without_query_params": URL(url).without_query_params("page"),
    "httpx copy_set_param": httpx.URL(url).copy_set_param("page", "2"),
    "furl, page set": furl(url).set({"q": furl(url).args["q"], "page": "2"}).url,
    "furl, nothing set": furl(url).url,
    "courlan normalize_url": normalize_url(url),
}
kept = {
    "yarl, nothing set": URL(url),
    "yarl extend_query": URL(url).extend_query(size="20"),
    "httpx, nothing set": httpx.URL(url),
    "w3lib add_or_replace_parameter": add_or_replace_parameter(url, "page", "2"),
    "w3lib canonicalize_url": canonicalize_url(url),
}
for name, made in (lossy | kept).items():
    print(f"{name}: {made}")
assert word == "%B9%AB%B8%E6"
for made in lossy.values():
    assert word not in str(made) and "q=" + "%EF%BF%BD" * 4 in str(made)
assert all(f"q={word}" in str(made) for made in kept.values())
PYTHON
cd "$folder"
"$folder/venv/bin/python" look.py
