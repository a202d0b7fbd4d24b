"""Says where a list is filled or turned by a script, so that what the page shows is not all of it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from jimo_lint.extract.layout import MAIN, Layout
from jimo_lint.extract.tree import Tree

_FAMILIES = (
    "dataproxy.jsp",
    "page/build/unit",
    "jpaas-publish-server",
    "/gkmlpt/api",
    "gkmlpt-",
    " v-for=",
    " ng-repeat=",
    " v-html=",
    "{{item.",
    "{{ item.",
)
_EMPTY_ROOT = re.compile(r"id=[\"']?(?:app|root)\b[^>]{0,200}>\s*</div>")
_AJAX = re.compile(r"\$\.(?:ajax|get|post|getJSON)\s*\(|axios[.(]|\bfetch\s*\(|XMLHttpRequest")
_FILLS = re.compile(
    r"\.(?:append|prepend|html)\s*\(|innerHTML|document\.write\s*+\(\s*+[\"']?\s*+<(?:li|tr|ul|a)\b", re.I
)
_DOCUMENT_WRITE = re.compile(
    r"\bvar\s+url\s*=[^;]{1,300};?\s*var\s+title\s*=|document\.write(?:ln)?\s*+\([^;]{0,1000}?<(?:li|tr|td|dd)\b", re.I
)
# `[{"title": "关于…的通知", "url": "/zwgk/1.html"}, …]`: rows that a script has yet to put in their place.
_TITLES = re.compile(r"title['\"]?\s*:\s*['\"](?=[^'\"]{0,200}[一-鿿]{4})", re.I)
_ADDRESSES = re.compile(r"(?:url|link|href)['\"]?\s*:\s*['\"](?:https?:)?\\?[/.]", re.I)


def fills(html: str, tree: Tree, layout: Layout, *, own_text: bool) -> bool:
    """True where a list is filled by script or stands in a frame: what the page shows cannot be known from here.

    own_text: the page has running text; then a script or frame may do anything, and only known families count.
    """
    if _holds(html, _FAMILIES):
        return True
    if own_text:
        return False
    if _EMPTY_ROOT.search(html):
        return True
    for script in tree.scripts:
        if _DOCUMENT_WRITE.search(script) or (_AJAX.search(script) and _FILLS.search(script)):
            return True
        if len(_TITLES.findall(script)) > 1 < len(_ADDRESSES.findall(script)):
            return True
    return any(True for _ in framed(tree, layout))


def framed(tree: Tree, layout: Layout) -> Iterator[str]:
    """What the frames in the main part show, as written: many older systems keep the list of a column in one."""
    for element in tree.by_tag.get("iframe", ()):
        if layout.roles[element] == MAIN and _shown(tree, element):
            yield tree.attrs[element].get("src") or ""


def _holds(html: str, marks: Iterable[str]) -> bool:
    # In ASCII alone the search takes a third of the time; what it finds there may have been torn apart by Chinese.
    ascii_only = html.encode("ascii", "ignore")
    return any(mark.encode() in ascii_only and mark in html for mark in marks)


def _shown(tree: Tree, element: int) -> bool:
    attrs = tree.attrs[element]
    size = f"{attrs.get('width')} {attrs.get('height')}"
    style = (attrs.get("style") or "").replace(" ", "").lower()
    return bool(attrs.get("src")) and "0" not in size.split() and "display:none" not in style
