"""What an answer's body is: a page that is there, one that says it is not, a script challenge, a file of some kind."""

from __future__ import annotations

import re

from jimo_lint.extract.pages import absent
from jimo_lint.extract.pages.preview import Glance
from jimo_lint.network.signatures import file_kind

# Code points of visible text up to which a page is nothing but its message.
_BARE = 200

# What protections put in place of the page: their scripts and cookies, and what they say to people.
_CHALLENGE = re.compile(
    rb"__jsl_clearance|acw_sc__v|_cf_chl_|cf-browser-verification|challenge-platform|\$_ts\s*=|_yd_?token|"
    rb"arg1\s*=\s*['\"][0-9A-F]{20,}|safeline|waf_cookie|__test=|yunsuo_session|sec_defend|"
    rb"document\.cookie\s*+=[^<]{1,600}?location(?:\.href|\.reload|\s*+=)",
    re.I,
)
_STOPPED = re.compile(
    r"just a moment|checking your browser|请开启\s*javascript|please enable javascript|人机验证|安全验证|访问验证|"
    r"访问被拦截|请求被拦截|被拦截|网站防火墙|创宇盾|云锁|安全狗|访问过于频繁|请完成验证|滑动验证|access denied",
    re.I,
)

_PAGE = re.compile(rb"\s*+(?:<!--.*?-->\s*+)*+<(?:!doctype\s+html|html|head|body|script|meta|title|div)\b", re.I | re.S)
_PAGE_WITHIN = 4096  # bytes

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
    if kind := file_kind(body):
        return kind
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
    if absent.titled(page.title) or absent.addressed(page.canonical):
        return True
    return is_bare(page) and absent.said(page.text)


def is_bare(page: Glance) -> bool:
    """Whether a page holds hardly more than one sentence."""
    return len(page.opening) <= _BARE and len(page.text) <= _BARE
