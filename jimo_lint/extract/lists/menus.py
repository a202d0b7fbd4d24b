"""Tells links that may lead to a column, as menus and breadcrumbs hold them, from links to articles and services."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from jimo_lint.extract.dates import text_dates
from jimo_lint.extract.lists.row_titles import CONTROL
from jimo_lint.model import Link

MORE = re.compile(
    r"(?<![\[【(（<《+\s])[\[【(（<《+]*+\s*+(?:查看|点击|浏览|阅读|了解)?\s*+(?:更多|全部|more)(?:内容|信息)?\s*+[\]】)）>》»›.…+]*+|[>》»›+…]{1,3}",
    re.I,
)

_SHORT = 16  # characters; most names of columns are shorter, most titles longer
_LONGEST = 40  # names of departments and of campaigns; a longer text is a title
_CALENDAR = re.compile(
    r"[上下前后]一?(?:年|个?月|周|日|天|季)|(?:20\d\d\s?年?)?\s?(?:\d{1,2}\s?月)?\s?(?:\d{1,2}\s?日)?"
)
_SENTENCE = re.compile(r"[，。！？；：,;!?《》]|^关于")
# Addresses of articles in the common systems (TRS, 大汉, 开普, 博达, gov.cn), whatever their text.
_ARTICLE = re.compile(
    r"/t\d{8}_\d+|/content_\d|/art_\d|/art/\d{4}/|/info/\d+/\d+\.|post_\d{4,}|/detail[s/_?.-]|/show[-_/.]?\d|showinfo|"
    r"/content/\d{4}|[?&](?:articleid|infoid|newsid|contentid|docid)=",
    re.I,
)
_SERVICE = re.compile(
    r"/(?:search|so|login|logon|register|passport|sso|oauth|user|member|rss|api|print|download|weibo|wx)(?:[/.?_-]|$)|[?&](?:q|keyword|kw|wd)=",
    re.I,
)
# The way to the same site in another language: its columns are not those of this site.
_LANGUAGE = re.compile(
    r"\W*+(?:english|en|eng|英[文语](?:版|站|网)?|(?:中文)?繁[体體](?:中文|版|字)?|繁|正[体體](?:中文)?"
    r"|(?:日本?|[韩韓俄法德藏蒙维哈])[文语語](?:版|站|网)?|français|deutsch|español|português|tiếng việt)"
    r"(?: ?version)?\W*+",
    re.I,
)
# Kana, Hangul, Cyrillic, Arabic, Tibetan, Mongolian.
_SCRIPT = re.compile(
    r"[\u0400-\u06ff\u0e00-\u0fff\u1800-\u18af\u3041-\u30fa\uac00-\ud7af]|切换(?:到|至|为)?(?:英文|繁体|繁體)"
)
_TRANSLATED = re.compile(r"/(?:en|english|big5|zh[-_]?(?:hant|hk|tw)|fanti)(?:/|$)", re.I)
# What lists are addressed by: a folder, its index page, or a page named as a list or a node.
_FOLDER = re.compile(
    r"(?:/|/(?:index|default|list|node|col|channel|column|lm|more)[\w-]*(?:\.\w{2,5})?|/[^/.]+)$", re.I
)
_DAYS = re.compile(r"/(?:20\d\d[-_/]?(?:\d\d[-_/]?){0,2}|\d{1,2})(?=/|$)")
_OF_COLUMN = re.compile(r"/art_(\d+)_|/info/(\d+)/|/c(\d{4,})/", re.I)


def may_be_column(link: Link) -> bool:
    """Whether a link that stands on a page of the site may lead to a column."""
    text, url = link.text, link.url
    if _ARTICLE.search(url) or _SERVICE.search(url) or text_dates.day_in_url(url) or is_translation(link):
        return False
    if not text or MORE.fullmatch(text):
        return True
    if CONTROL.fullmatch(text) or _CALENDAR.fullmatch(text) or len(text) > _LONGEST:
        return False
    if len(text) <= _SHORT and not _SENTENCE.search(text):
        return True
    return not _SENTENCE.search(text) and _FOLDER.search(urlsplit(url).path) is not None


def is_translation(link: Link) -> bool:
    """Whether a link leads to a version of the site in another language or in traditional characters."""
    text = link.text
    return bool(_LANGUAGE.fullmatch(text) or _SCRIPT.search(text) or _TRANSLATED.search(urlsplit(link.url).path))


def is_service(link: Link) -> bool:
    """Whether a link with the name of a column leads to a login or search instead."""
    return bool(
        _SERVICE.search(link.url)
        and 1 < len(link.text) <= _SHORT
        and not CONTROL.fullmatch(link.text)
        and not _SENTENCE.search(link.text)
    )


def series(url: str) -> str:
    """What the addresses of one column's articles have in common: their folder without days, or its number."""
    parts = urlsplit(url)
    if numbered := _OF_COLUMN.search(parts.path):
        return f"{parts.netloc} {next(group for group in numbered.groups() if group)}"
    return f"{parts.netloc}{_DAYS.sub('', parts.path.rpartition('/')[0])}/"
