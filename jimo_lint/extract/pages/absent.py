"""Recognises pages that say of themselves that they are not there: by title, address or message."""

from __future__ import annotations

import re

# Titles say more than the state of the page: `页面不存在_某某县人民政府`. A colon does not part them, since what
# follows one in a headline (`通报：链接失效`) is part of the news.
_PARTS = re.compile(r"[-_|—–·»>]+")
_THING = r"(?:页面|网页|文章|文件|内容|信息|地址|链接|资源|网址|栏目|稿件)"
_YOURS = r"(?:(?:您|你)?(?:所|要|正在|当前)?(?:访问|查看|浏览|请求|查找|打开)?的?|该|此|本)"
_GONE = (
    r"(?:(?:已经?|暂时?|可能)?"
    r"(?:不存在|找不到|未找到|没有找到|无法找到|被?删除|被?撤销|失效|走丢|丢失|不见|飞走|迷路|消失|不翼而飞|被?下线|过期)了?)"
)
_MISSING = re.compile(
    r"(?:(?:非常|很)?(?:抱歉|对不起)|sorry)?[，,！!\s]*+(?:"
    r"(?:http\s*+)?(?:error|错误|状态码?)?[\s:：]*+404[\s:：,，]*+"
    r"(?:(?:error|错误|出错)?(?:页面?|page)?|(?:file |page )?not found|"
    rf"{_YOURS}?{_THING}?{_GONE})?"
    r"|(?:(?:the )?(?:requested )?(?:page|file|object|resource|url) )?(?:was )?not found"
    r"|page (?:does not|doesn't) exist"
    rf"|{_YOURS}{_THING}{_GONE}(?:[，,或者]*+{_GONE})*+"
    rf"|(?:找不到|未找到|没有找到|无法找到){_YOURS}{_THING}"
    r")[。！!.…~\s]*",
    re.I,
)
# One of these stands in every title that _MISSING takes; looking for them first costs a twentieth.
_MARKS = (
    "404",
    "不存在",
    "找不到",
    "找到",
    "删除",
    "撤销",
    "失效",
    "走丢",
    "丢失",
    "不见",
    "飞走",
    "迷路",
    "消失",
    "不翼",
    "下线",
    "过期",
    "not",
)

_MAY = re.compile("[4不找删撤失走丢迷消下过n]")  # of what each of them has one

# In the running text of a page that is hardly more than this sentence.
_SAID = re.compile(
    rf"(?:找不到|未找到|没有找到|无法找到){_YOURS}?{_THING}|{_YOURS}{_THING}{_GONE}"
    r"|404 not found|page not found|not found on this server|http (?:status|error|错误) 404\b",
    re.I,
)
_NO_PAGE_PATH = re.compile(r"/(?:404|error(?:_?404)?|not_?found|nopage|page_?not_?found)(?:\.\w+|/|$)", re.I)


def titled(title: str) -> bool:
    """Whether a title says so: all of it, or one of the parts that stand beside the site's name."""
    title = title.lower()
    if not _MAY.search(title):
        return False
    return any(mark in title for mark in _MARKS) and any(
        _MISSING.fullmatch(part.strip()) for part in (title, *_PARTS.split(title)) if part.strip()
    )


def said(text: str) -> bool:
    """Whether a text says so that is hardly more than one sentence."""
    return _SAID.search(text) is not None


def addressed(path: str) -> bool:
    """Whether an address is that of an error page."""
    return _NO_PAGE_PATH.search(path) is not None
