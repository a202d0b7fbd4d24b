"""Finds titles that are not the page's own: the site's, left over from a template, or full of HTML."""

from __future__ import annotations

from collections.abc import Iterator

from jimo_lint.language.expressions import compiled
from jimo_lint.lint.checks.base import Detail
from jimo_lint.model import Document, PageClass, PostState

# What editors and templates write before anyone gives the page a title.
_PLACEHOLDERS = frozenset((
    "公司网站", "公司首页", "网站标题", "网页标题", "网站名称", "首页模板", "标题", "文章标题", "标题文字", "无标题",
    "无标题文档", "无标题页", "新建网页", "untitled", "untitleddocument", "untitledpage", "newdocument", "newpage",
))  # fmt: skip
# What a list writes on a link beside the title: no title.
_LINK_WORDS = frozenset((
    "查看全文", "阅读全文", "浏览全文", "全文", "查看详情", "查看详细", "查看", "详情", "详细", "详细内容",
    "更多", "查看更多", "阅读更多", "了解更多", "点击查看", "点击进入", "进入", "more", "下载", "点击下载",
))  # fmt: skip
# Titles of standing texts say what the page is, whomever or whatever it is about: 领导简介 of every leader.
_STANDING = compiled(r"[一-鿿]{0,4}(?:简介|简历|介绍|概况|概览|职责|职能|分工)")
_BARE = compiled(r"[\W_]+")
_MARKUP = compiled(r"</?[a-zA-Z][^<>]{0,80}>|&(?:nbsp|lt|gt|amp|quot|ldquo|rdquo|mdash|#\d{2,5});")
_SHORTEST = 4  # characters of a title of its own; 公告 says nothing
_SHARED = 0.2  # of the pairs of neighbouring characters: editors shorten and turn titles, but not to this point
_SHARED_BY_NAME = 0.5  # the same for what is half as long: the name of a column or of the site


def foreign(document: Document) -> Iterator[Detail]:
    """A `<title>` or ArticleTitle that has nothing in common with the article's title, or that is a placeholder.

    What the article is called is said by the list, else by its own heading. The same wrong title on many pages is
    one fault, the template's.
    """
    if document.source != "site" or document.state is not PostState.OK:
        return
    head = document.page_facts.head_title or ""
    if _bare(head) in _PLACEHOLDERS:
        yield Detail({"fault": f"<title> 是“{head}”，模板里的占位文字"}, f"placeholder {head}")
        return
    if document.page_facts.page_class is not PageClass.ARTICLE or document.page_facts.head_title is None:
        return
    listed = document.page_facts.list_title
    if _bare(listed) in _LINK_WORDS:
        listed = ""
    own = listed or document.title
    if not head:
        yield Detail({"fault": "<title> 是空的"}, "empty")
    elif _apart(head, own) and (_bare(document.title) in _bare(head) or _apart(head, document.title)):
        yield Detail({"fault": f"<title> 是“{head}”，稿件标题是“{own}”"}, f"title {head}")
    named = document.metas.get("articletitle", "")
    if named and listed and _apart(named, listed):
        yield Detail({"fault": f"ArticleTitle 是“{named}”，列表上的标题是“{listed}”"}, f"articletitle {named}")


def markup(document: Document) -> Iterator[Detail]:
    """HTML that is shown as text in `<title>` or ArticleTitle; the template's fault, one for the site."""
    if document.source != "site":
        return
    titles = {
        "head-title": document.page_facts.head_title or "",
        "articletitle": document.metas.get("articletitle", ""),
    }
    for name, (key, written) in zip(("<title>", "ArticleTitle"), titles.items(), strict=True):
        if found := _MARKUP.search(written):
            yield Detail({"where": name, "markup": found[0], "title": written}, key)


def _apart(one: str, other: str) -> bool:
    """True where two titles have next to nothing in common; short ones cannot be told apart."""
    first, second = _bare(one), _bare(other)
    if _STANDING.fullmatch(first):
        return False
    if len(first) < 2 or len(second) < _SHORTEST or first in second or second in first:
        return False
    pairs, others = _pairs(first), _pairs(second)
    shared = len(pairs & others) / min(len(pairs), len(others))
    # 通知公告 shares a word with many a title; a title made shorter keeps the order of its characters.
    named_after = len(first) * 2 <= len(second) and not _keeps_order(first, second)
    return shared < (_SHARED_BY_NAME if named_after else _SHARED)


def _keeps_order(short: str, long: str) -> bool:
    rest = iter(long)
    return all(character in rest for character in short)


def _bare(text: str) -> str:
    return _BARE.sub("", text).lower()


def _pairs(text: str) -> set[str]:
    return {text[index : index + 2] for index in range(len(text) - 1)}
