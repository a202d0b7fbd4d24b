"""Tells what a page without list and text shows instead: why it shows none, or what is no text. Neither is blank."""

from __future__ import annotations

import re
from collections.abc import Iterable

from jimo_lint.extract.links.page_links import Anchor
from jimo_lint.extract.markup.layout import MAIN, Layout
from jimo_lint.extract.pages import body
from jimo_lint.model import Obstacle

_LONGEST = 80  # code points of a line that tells a visitor why; what is longer tells of something
_LOGIN = re.compile(
    r"请.{0,6}登\s?[录陆]|登\s?[录陆]后|(?:没有|无|暂无)(?:访问|查看|浏览|操作|此|该)?.{0,4}权限|未授权"
    r"|仅[对限供向].{0,10}(?:开放|查看|访问|使用)|请.{0,4}验证码"
)
_FAILED = re.compile(
    r"(?:加载|查询|请求|连接|访问|获取|读取|操作|解析|参数|会话|session|系统|服务器?|网络|数据库?).{0,6}"
    r"(?:失败|错误|出错|异常|超时|繁忙|拒绝|禁止|受限|失效|过期|中断|频繁|不可用)"
    r"|connection (?:refused|reset|timed out)|(?:access|permission) denied|timed? ?out\b|浏览器.{0,6}(?:版本|不支持)"
    r"|(?:已|将|现)(?!经审).{0,10}(?:迁移|迁至|搬迁|整合|合并|并入|划入|归并|更名|撤销|停止更新|停用|关闭|下线|关停)"
    r"|(?:禁止|拒绝)访问|升级改造|请.{0,16}(?:重试|再试|刷新|稍后|稍候|客户端|微信|新版|新网站|移步|前往)",
    re.I,
)
_ASKED_FOR = re.compile(r"(?:信件|来信|受理|办件)(?:编号|号)|查询(?:密码|码)")  # of who looks for an answer to a letter
_FILLING = ("embed", "object", "video", "audio", "canvas")
_SMALL = re.compile(r"icon|ico\b|logo|arrow|jian_?tou|bullet|line|dot|spacer|blank|btn|banner|title|more|\bbg", re.I)
_LEAST = 200  # pixels; a picture that is said to be narrower says nothing by itself
_TELLING = 4  # Chinese characters of an alternative text that names what a picture shows
_LEVELS = 4  # how far up the block of a picture is called one of text
_HAN = re.compile(r"[一-鿿]")


def instead(layout: Layout, anchors: Iterable[Anchor]) -> Obstacle:
    """What stands in place of a list that is not there; NONE where nothing does, and the page may be blank.

    LOGIN and UNREAD: a line says why nothing is shown. SCRIPT: what is shown is a picture, film, file, form or frame
    that no robot reads.
    """
    for line in layout.lines:
        if layout.roles[line.element] == MAIN and not line.linked and len(line.text) <= _LONGEST:
            if _LOGIN.search(line.text):
                return Obstacle.LOGIN
            if _FAILED.search(line.text):
                return Obstacle.UNREAD
            if _ASKED_FOR.search(line.text):
                return Obstacle.SCRIPT
    files = any(one.kind == "attachment" and layout.roles[one.element] == MAIN for one in anchors)
    shown = files or _fills(layout) or any(_is_content(layout, one) for one in _pictures(layout))
    return Obstacle.SCRIPT if shown else Obstacle.NONE


def _fills(layout: Layout) -> bool:
    """True for what is shown by more than words: also a field to write in, which a page for letters consists of."""
    tree = layout.tree
    wanted = (*_FILLING, "textarea")
    return any(
        tag in wanted and layout.roles[element] == MAIN and not _hidden(layout, element)
        for element, tag in enumerate(tree.tags)
    ) or any(
        layout.roles[element] == MAIN and not tree.attrs[element].get("src") and not _hidden(layout, element)
        for element in tree.by_tag.get("iframe", ())  # a script says what it shows
    )


def _hidden(layout: Layout, element: int) -> bool:
    attrs = layout.tree.attrs[element]
    style = (attrs.get("style") or "").replace(" ", "").lower()
    return "display:none" in style or "hidden" in attrs or "0" in (attrs.get("width"), attrs.get("height"))


def _pictures(layout: Layout) -> list[int]:
    return [
        element
        for element in layout.tree.by_tag.get("img", ())
        if layout.roles[element] == MAIN and layout.anchors[element] < 0
    ]


def _is_content(layout: Layout, element: int) -> bool:
    """True for a picture that is what the page is about: it stands where texts do, or says what it shows."""
    tree = layout.tree
    attrs = tree.attrs[element]
    width = re.match(r"\d+", attrs.get("width") or "")
    written = f"{tree.names[element]} {tree.names[tree.parents[element]]} {(attrs.get('src') or '').rpartition('/')[2]}"
    if _SMALL.search(written) or (width and int(width[0]) < _LEAST):
        return False
    if len(_HAN.findall(attrs.get("alt") or "")) >= _TELLING:
        return True
    for _ in range(_LEVELS):
        element = tree.parents[element]
        if element < 0:
            return False
        if body.named(layout, element) or tree.names[element].strip().lower() in ("content", "con", "article"):
            return True
    return False
