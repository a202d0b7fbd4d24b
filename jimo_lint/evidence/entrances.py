"""Looks for what every home page leads to: 我为政府网站找错 with the right code, and the hotline."""

from __future__ import annotations

import re
from collections.abc import Iterator

from jimo_lint.model import Link, SiteReading
from jimo_lint.model.exchanges import Channel, Exchange, Reply
from jimo_lint.settings.sections import ID_CODE

ERRORS, HOTLINE = "“我为政府网站找错”入口", "12345 热线入口"
_CODE = re.compile(r"site_?code=([^&#\s]*)", re.I)
_WORDS = re.compile(r"网站找错|^找错$")
_NOWHERE = ("idle", "empty", "fragment", "malformed", "local")
_HOTLINE = re.compile(r"12345|市长热线|县长热线|区长热线|政务服务(?:便民)?热线")


def entrances(site: SiteReading) -> Iterator[Exchange]:
    """How both stand; UNKNOWN where the home page was not read, or a script may make what was not found."""
    yield _errors(site)
    yield _hotline(site)


def _errors(site: SiteReading) -> Exchange:
    home = site.home
    one = Exchange(Channel.ERRORS, ERRORS, home.url if home else "", Reply.UNKNOWN)
    if home is None:
        return _with(one, Reply.UNKNOWN, "首页没有读到")
    links = [link for link in home.links if _WORDS.search(link.text.strip()) or _CODE.search(link.url)]
    if faults := [fault for link in links if (fault := _fault(link, site))]:
        return _with(one, Reply.FAULTY, faults[0])
    footer = home.page_facts.footer
    if links:
        code = _CODE.search(links[0].url)
        return _with(one, Reply.SEEN, f"标识码 {code[1]}" if code else f"链接到 {links[0].url}，标识码请点开核对")
    if value := footer.get("find-errors", ""):
        return _with(one, Reply.SEEN, "由脚本生成，标识码请点开核对" if value == "script" else f"链接到 {value}")
    if "unread" in footer or not footer:
        return _with(one, Reply.UNKNOWN, "首页页脚由脚本或框架生成，没有读到，请打开首页核对")
    if "find-errors" in site.footers:
        return _with(one, Reply.ABSENT, "首页没有读到，其他页面有")
    return _with(one, Reply.ABSENT, "首页没有读到")


def _fault(link: Link, site: SiteReading) -> str:
    """What is wrong with a link to 找错; "" where nothing is seen to be."""
    if link.kind in _NOWHERE or not link.url:
        return "链接是空的，点了没有反应"
    code = _CODE.search(link.url)
    if code is None:
        return ""
    written = code[1].strip().lower()
    if not ID_CODE.fullmatch(written):
        return f"链接里的标识码“{written}”不是网站标识码"
    known = {site.id_code.lower()} if site.id_code else set()
    shown = ID_CODE.search(site.footers.get("idcode", "").lower())
    known |= {shown[0]} if shown and not known else set()
    if known and written not in known:
        return f"链接里的标识码是 {written}，本站是 {'、'.join(sorted(known))}，留言会转给别的网站"
    return ""


def _hotline(site: SiteReading) -> Exchange:
    home = site.home
    one = Exchange(Channel.HOTLINE, HOTLINE, home.url if home else "", Reply.UNKNOWN)
    if home is None:
        return _with(one, Reply.UNKNOWN, "首页没有读到")
    link = next((link for link in home.links if _HOTLINE.search(link.text) or "12345" in link.url), None)
    if link is not None:
        return _with(one, Reply.SEEN, f"链接“{link.text.strip() or link.url}”")
    if _HOTLINE.search(home.text):
        return _with(one, Reply.SEEN, "首页写有热线，没有链接")
    return _with(one, Reply.UNKNOWN, "首页的文字和链接里没有读到，可能在图片里，请打开首页核对")


def _with(one: Exchange, reply: Reply, note: str) -> Exchange:
    return Exchange(one.channel, one.title, one.url, reply, note=note)
