"""Recognises what stands in place of a page: a login, a challenge, "not found", a script that only leads on."""

from __future__ import annotations

import re
from typing import NamedTuple

from jimo_lint.extract.links.page_links import Anchor
from jimo_lint.extract.markup.layout import Layout
from jimo_lint.extract.pages import absent
from jimo_lint.model import Obstacle
from jimo_lint.network.address import Resolver

_BARE = 200  # characters of visible text up to which a page has nothing of its own to say
_FEW_LINKS = 15  # a page of the site itself has a menu; the login page of a system has hardly a link

_LOGIN = re.compile(r"登\s?[录陆入]|统一(?:身份)?认证|log\s?in|sign\s?in", re.I)
_PASSWORD = re.compile(r"type\s*=\s*[\"']?password", re.I)
# Marks of protections in use on government sites, and what they say while they look at the visitor.
_CHALLENGE = re.compile(r"\$_ts\b|__jsl_clearance|acw_sc__v2|document\.cookie\s*=|_waf_|captcha", re.I)
_CHECKING = re.compile(
    r"人机(?:识别|验证)|(?:安全|访问|滑[动块]|点击).{0,4}验证|浏览器(?:安全)?(?:检查|检测)|正在.{0,6}(?:验证|检测)"
    r"|(?:开启|启用|支持).{0,4}JavaScript|访问(?:被|已被)?拦截|网站防火墙|设置拦截|just a moment|checking your browser",
    re.I,
)
# What programs and servers show where they fail, or before anything stands behind them.
_BROKEN = re.compile(
    r"(?<![\w.])(?:javax?|org|com)\.[\w.]*+(?:(?<=Exception)|(?<=Error))|\bFatal error\b\W{1,4}\s|Whitelabel Error Page"
    r"|Microsoft (?:OLE DB Provider|VBScript|JET Database)|Server Error in '[^']*' Application"
    r"|应用程序中的服务器错误|Internal Server Error|Service Unavailable|Bad Gateway|Gateway Time-?out"
    r"|数据库连接(?:失败|错误|出错)|系统(?:内部)?(?:异常|错误)"
    r"|Welcome to nginx|It works!|Test Page for|Apache2? \w+ Default Page|IIS Windows"
    r"|(?:网站|系统|平台|服务器?)(?:正在)?.{0,4}维护|未备案|域名.{0,4}(?:出售|过期|到期)|domain is for sale"
)
_MAY_HOLD_ROWS = ("ul", "ol", "dl", "table", "iframe", "frame")
_LEADS = re.compile(
    r"\blocation(?:\.href)?\s*=\s*['\"]([^'\"\s]{1,500})['\"]\s*(?![\s+])|\blocation\.(?:replace|assign)\(\s*['\"]([^'\"\s]{1,500})['\"]\s*\)"
)


class Gate(NamedTuple):
    """What stands in place of the page. leads: where a script leads on at once, None where it does not."""

    obstacle: Obstacle = Obstacle.NONE
    leads: str | None = None


def gate(html: str, layout: Layout, anchors: list[Anchor], title: str, text: str, resolver: Resolver) -> Gate:
    """Look at a page that shows no list and no text of its own. title: its `<title>`; text: all that it shows."""
    if _asks_for_password(html, layout, anchors, title):
        return Gate(Obstacle.LOGIN)
    if absent.titled(title) or (len(text) <= _BARE and absent.said(text)):
        return Gate(Obstacle.GONE)
    linked = any(anchor.url for anchor in anchors)
    if (len(text) <= _BARE or not linked) and _BROKEN.search(f"{title} {text}"):
        return Gate(Obstacle.UNREAD)
    if len(text) > _BARE or linked:
        return Gate()
    scripts = layout.tree.scripts
    if _CHECKING.search(f"{title} {text}") or any(_CHALLENGE.search(script) for script in scripts):
        return Gate(Obstacle.CHALLENGE)
    for script in scripts:
        if found := _LEADS.search(script):
            return Gate(leads=resolver.resolve(found[1] or found[2]))
    # A column of the site has its menu, or its empty list. This has neither, and says nothing of what is in the column.
    held = any(tag in layout.tree.by_tag for tag in _MAY_HOLD_ROWS)
    return Gate() if held else Gate(Obstacle.SCRIPT if "script" in layout.tree.by_tag else Obstacle.UNREAD)


def _asks_for_password(html: str, layout: Layout, anchors: list[Anchor], title: str) -> bool:
    """True for a login page; a page of the site that has a box for logging in beside its content is none."""
    if not _PASSWORD.search(html):
        return False
    headings = "".join(layout.text_in(element) for element in layout.tree.by_tag.get("h1", ()))
    return _LOGIN.search(f"{title} {headings}") is not None or sum(bool(one.url) for one in anchors) <= _FEW_LINKS
