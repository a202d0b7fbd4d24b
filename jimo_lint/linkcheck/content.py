"""What an answer's body is: a page that is there, one that says it is not, a script challenge, a file of some kind."""

from __future__ import annotations

import re

from jimo_lint.extract import Glance

# Code points of visible text up to which a page is nothing but its message.
_BARE = 200

# Titles say more than the state of the page: `页面不存在_某某县人民政府`. A colon does not part them, since what
# follows one in a headline (`通报：链接失效`) is part of the news.
_PARTS = re.compile(r"[-_|—–·»>]+")
_THING = r"(?:页面|网页|文章|文件|内容|信息|地址|链接|资源|网址|栏目|稿件)"
_YOURS = r"(?:(?:您|你)?(?:所|要|正在|当前)?(?:访问|查看|浏览|请求|查找|打开)?的?|该|此|本)"
_GONE = (
    r"(?:(?:已经?|暂时?|可能)?"
    r"(?:不存在|找不到|未找到|没有找到|无法找到|被?删除|被?撤销|失效|走丢|丢失|不见|被?下线|过期)了?)"
)
_MISSING = re.compile(
    r"(?:(?:非常|很)?(?:抱歉|对不起)|sorry)?[，,！!\s]*(?:"
    r"(?:http\s*)?(?:error|错误|状态码?)?[\s:：]*404[\s:：,，]*"
    r"(?:(?:error|错误|出错)?(?:页面?|page)?|(?:file |page )?not found|"
    rf"{_YOURS}?{_THING}?{_GONE})?"
    r"|(?:(?:the )?(?:requested )?(?:page|file|object|resource|url) )?(?:was )?not found"
    r"|page (?:does not|doesn't) exist"
    rf"|{_YOURS}{_THING}{_GONE}(?:[，,或者]*{_GONE})*"
    rf"|(?:找不到|未找到|没有找到|无法找到){_YOURS}{_THING}"
    r")[。！!.…~\s]*",
    re.I,
)
# One of these stands in every title that _MISSING takes; looking for them first costs a twentieth.
_MARKS = ("404", "不存在", "找不到", "找到", "删除", "撤销", "失效", "走丢", "丢失", "不见", "下线", "过期", "not")

# In the running text of a page that is hardly more than this sentence.
_SAID = re.compile(
    rf"(?:找不到|未找到|没有找到|无法找到){_YOURS}?{_THING}|{_YOURS}{_THING}{_GONE}"
    r"|404 not found|page not found|not found on this server",
    re.I,
)
_NO_PAGE_PATH = re.compile(r"/(?:404|error(?:_?404)?|not_?found|nopage|page_?not_?found)(?:\.\w+|/|$)", re.I)

# What protections put in place of the page: their scripts and cookies, and what they say to people.
_CHALLENGE = re.compile(
    rb"__jsl_clearance|acw_sc__v|_cf_chl_|cf-browser-verification|challenge-platform|\$_ts\s*=|_yd_?token|"
    rb"arg1\s*=\s*['\"][0-9A-F]{20,}|safeline|waf_cookie|__test=|yunsuo_session|sec_defend|"
    rb"document\.cookie\s*=[^;]{1,400};?[^<]{0,200}location(?:\.href|\.reload|\s*=)",
    re.I,
)
_STOPPED = re.compile(
    r"just a moment|checking your browser|请开启\s*javascript|please enable javascript|人机验证|安全验证|访问验证|"
    r"访问被拦截|请求被拦截|被拦截|网站防火墙|创宇盾|云锁|安全狗|访问过于频繁|请完成验证|滑动验证|access denied",
    re.I,
)

_SIGNATURES = (
    (b"PK\x03\x04", "zip"), (b"PK\x05\x06", "zip"), (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "ole"),
    (b"Rar!\x1a\x07", "rar"), (b"7z\xbc\xaf\x27\x1c", "7z"), (b"\x1f\x8b", "gz"), (b"{\\rt", "rtf"),
    (b"\x89PNG", "image"), (b"\xff\xd8\xff", "image"), (b"GIF8", "image"), (b"BM", "image"),
)  # fmt: skip
_PAGE = re.compile(rb"\s*(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body|script|meta|title|div)\b", re.I | re.S)
_PAGE_WITHIN = 4096  # bytes
_PDF_WITHIN = 1024  # bytes; readers accept what stands before the signature

# What a name may hold without anybody noticing: office programs open the old formats, web pages and each other's files
# under these names, and a document with a password is an OLE file whatever it is called.
_OLD = frozenset({"ole", "zip", "rtf", "page", "xml"})
_NEW = frozenset({"zip", "ole"})
_ARCHIVE = frozenset({"zip", "rar", "7z", "gz"})
_EXPECTED = {
    "pdf": frozenset({"pdf"}),
    **dict.fromkeys(("doc", "dot", "wps", "wpt", "rtf", "xls", "et", "ett", "ppt", "pps", "dps"), _OLD),
    **dict.fromkeys(("docx", "docm", "xlsx", "xlsm", "pptx"), _NEW),
    **dict.fromkeys(("ofd", "epub"), frozenset({"zip"})),
    **dict.fromkeys(("zip", "rar", "7z", "gz", "tgz"), _ARCHIVE),
}


def is_page(body: bytes, content_type: str) -> bool:
    """Whether a body is a web page, by what it is; by what it is called where nothing came."""
    if body:
        return _PAGE.match(body, 0, _PAGE_WITHIN) is not None or (
            content_type.lower().startswith(("text/html", "application/xhtml")) and signature(body) in ("", "xml")
        )
    return content_type.lower().startswith(("text/html", "application/xhtml"))


def signature(body: bytes) -> str:
    """The kind of a file by its first bytes: pdf, zip, ole, rar, 7z, gz, rtf, image, xml, page; "" if unknown."""
    for front, kind in _SIGNATURES:
        if body.startswith(front):
            return kind
    if b"%PDF-" in body[:_PDF_WITHIN]:
        return "pdf"
    if _PAGE.match(body, 0, _PAGE_WITHIN):
        return "page"
    return "xml" if body.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<?xml") else ""


def unfitting(extension: str, body: bytes) -> str:
    """The reason why a file is not what its name says; "" where it is, or where nothing can be told."""
    expected = _EXPECTED.get(extension)
    kind = signature(body)
    if expected is None or not kind or kind in expected:
        return ""
    return "file-is-page" if kind == "page" else "file-type"


def is_challenge(body: bytes, page: Glance) -> bool:
    """Whether a page only tests for a browser."""
    return is_bare(page) and (
        _CHALLENGE.search(body) is not None or _STOPPED.search(f"{page.title} {page.text}") is not None
    )


def says_missing(page: Glance) -> bool:
    """Whether a page calls itself missing: in its title, as its true address, or as all that it says."""
    title = page.title.lower()
    if any(mark in title for mark in _MARKS) and any(
        _MISSING.fullmatch(part.strip()) for part in (title, *_PARTS.split(title)) if part.strip()
    ):
        return True
    if _NO_PAGE_PATH.search(page.canonical):
        return True
    return is_bare(page) and _SAID.search(page.text) is not None


def is_bare(page: Glance) -> bool:
    """Whether a page holds hardly more than one sentence."""
    return len(page.opening) <= _BARE and len(page.text) <= _BARE


def names_missing(path: str) -> bool:
    """Whether an address is that of an error page."""
    return _NO_PAGE_PATH.search(path) is not None
