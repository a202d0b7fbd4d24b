#!/usr/bin/env bash
# Scrapy 2.19.0: href="/search?q=公告" on a page in GBK asks for %B9%AB%B8%E6, as every browser does (URL Standard: the query is written
# in the page's encoding). response.follow() and LinkExtractor know that. scrapy.Request(response.urljoin(href)), which the tutorial has
# as the longer form of the same, writes the word in UTF-8, and the site, which reads GBK, searches for other characters:
# the list comes empty, with status 200. The loss is silent, and not to be seen on pages in UTF-8. Where a character is not in GBK (𫖯), no
# way is the browser's: that sends the number of the character (%26%23177583%3B), follow() four bytes of GB18030.
# Seen on 2026-12-03 with Python 3.11. Exits non-zero where the behaviour is another one.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/python" -m pip install --quiet --disable-pip-version-check scrapy==2.19.0
cat > "$folder/look.py" <<'PYTHON'
from urllib.parse import unquote_to_bytes

from scrapy import Request
from scrapy.http import HtmlResponse
from scrapy.linkextractors import LinkExtractor


def asked(encoding: str, word: str) -> dict[str, str]:
    page = f'<html><head><meta charset="{encoding}"></head><body><a href="/search?q={word}">查</a></body></html>'
    response = HtmlResponse("http://www.example.gov.cn/index.html", body=page.encode(encoding, "xmlcharrefreplace"))
    href = response.css("a::attr(href)").get()
    return {
        "Request(response.urljoin(href))": Request(response.urljoin(href)).url,
        "response.follow(href)": response.follow(href).url,
        "LinkExtractor": LinkExtractor().extract_links(response)[0].url,
    }


UTF8, GBK = "%E5%85%AC%E5%91%8A", "%B9%AB%B8%E6"
for encoding, wanted in (("utf-8", {UTF8}), ("gbk", {UTF8, GBK})):
    given = asked(encoding, "公告")
    for way, url in given.items():
        print(f"a page in {encoding}, {way}: {url}")
    assert {url.partition("q=")[2] for url in given.values()} == wanted
assert given["Request(response.urljoin(href))"].endswith(UTF8)
server = unquote_to_bytes(UTF8).decode("gbk", "replace")
print("what a server that reads GBK takes the first for:", server)
assert server != "公告"
rare = asked("gbk", "𫖯")["response.follow(href)"].partition("q=")[2]
print("a character that GBK lacks, by response.follow(href):", rare)
assert unquote_to_bytes(rare).decode("gb18030") == "𫖯"
PYTHON
cd "$folder"
"$folder/venv/bin/python" look.py
