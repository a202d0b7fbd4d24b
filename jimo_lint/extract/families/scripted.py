"""Says where a list is filled or turned by a script, so that what the page shows is not all of it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from jimo_lint.extract.families import script_text, trs
from jimo_lint.extract.markup.layout import MAIN, Layout
from jimo_lint.extract.markup.tree import INLINE, Tree

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
# Templates from which a script makes the rows.
_TEMPLATES = (
    "{{each",
    "{{#each",
    "{{# ",
    "{%each",
    "text/x-template",
    "text/x-handlebars",
    "text/x-jquery-tmpl",
    "text/x-jsrender",
    "text/template",
)
_EMPTY_ROOT = re.compile(r"id=[\"']?(?:app|root)\b[^>]{0,200}>\s*</div>")
_LOADING = re.compile(
    r"[^\w]*(?:(?:数据|内容|列表|页面|正在|努力|请稍[候等后])[，,]?)*(?:加载中|正在加载|载入中|loading)[^\w]*(?:请稍[候等后])?[^\w]*",
    re.I,
)
_FILLS = re.compile(
    r"\.(?:append|prepend|html|load(?!\s*\(\s*function)|before|after|replaceWith)\s*\(\s*[^)\s]|(?:inner|outer)HTML\b|insertAdjacentHTML"
    r"|(?<!document\.body\.)(?<!document\.head\.)appendChild"  # scripts that count visitors are put there
)
# What is filled, where that can be read: `$("#weather").html(…)`, `document.getElementById("visits").innerHTML`.
_FILLED = re.compile(
    r"(?:\$|jQuery)\(\s*['\"](?P<chosen>[^'\"]{1,80})['\"]\s*\)(?:\.\w+\([^()]{0,80}\)){0,3}"
    r"\.(?:append|prepend|html|load|before|after|replaceWith)\s*\(\s*[^)\s]"
    r"|getElementById\(\s*['\"](?P<id>[^'\"]{1,80})['\"]\s*\)\.(?:(?:inner|outer)HTML\b|insertAdjacentHTML|appendChild)"
)
_SIMPLE = re.compile(r"(?:.*\s)?\w*[#.]([\w-]+)")
# Blocks that scripts fill on every page, by what their class or id says.
_APART = re.compile(
    r"time|date|clock|nongli|calendar|riqi|weather|tianqi|visit|count|hits|click|tongji|fangwen|login|user|search|share|qr"
    r"|pager?|pagination|fenye|fontsize|wza|float|mask|dialog|modal|player|weixin|wechat|gotop|totop",
    re.I,
)
_LISTED = re.compile(r"list|news|data|content|article|result|rows?$|items?$", re.I)
_AROUND = re.compile(r"left|top|menu|head|foot|bottom|nav|banner|bar\b", re.I)  # frames that hold no list
_WEATHER = re.compile(r"tianqi|weather|tq121", re.I)
_LIST_FILE = re.compile(r"list|news|article|getdata|loaddata", re.I)
# What webpack and its like call what they make: app.3f2a91.js, chunk-vendors.0c1d.js, main-4fe1c2a0.js.
_BUNDLE = re.compile(
    r"(?:app|main|index|runtime|vendors?|chunk[\w-]*)[.-](?=\w*\d)[0-9a-f]{4,20}(?:\.(?:chunk|min))*\.js", re.I
)
_BLOCKS = frozenset(("ul", "ol", "dl", "table", "tbody", "div", "section"))
_LISTS = frozenset(("ul", "ol", "dl", "table", "tbody"))
_LIBRARY = re.compile(
    r"jquery|bootstrap|swiper|slide|vue|layui|layer|common|public|base|global|createpage|pag(?:e|ing|ination)\b|share|"
    r"wza|voice|stat|count|analytics|hm\.js|dajs|jiucuo|conac|nav|menu|head|foot|top|search|font|date|weather|html5|respond",
    re.I,
)


def fills(html: str, tree: Tree, layout: Layout, *, own_text: bool) -> bool:
    """True where a list is filled by script or stands in a frame: what the page shows cannot be known from here.

    own_text: the page has running text; then a script or frame may do anything, and only known families count.
    What scripts write into the menu, the head or the foot of a page fills no list, and neither do the date, the
    weather and the number of visits: an empty list beside them is empty.
    """
    code = tree.code
    if any(mark in code for mark in _FAMILIES):
        return True
    if own_text:
        return False
    if _EMPTY_ROOT.search(html) or _holds(html, _TEMPLATES):
        return True
    if any(layout.roles[line.element] == MAIN and _LOADING.fullmatch(line.text) for line in layout.lines):
        return True
    empty = _empty_blocks(tree, layout)
    counted = any("createPage" in script for script in tree.scripts)
    for element, script in zip(tree.by_tag.get("script", ()), map(trs.live, tree.scripts), strict=False):
        if script_text.holds_rows(script) or _fills_somewhere(script, tree, layout, empty) or _names(script, empty):
            return True
        outside = counted and layout.roles[element] != MAIN and not script_text.articles(script)
        if script_text.writes_list(script) and not outside:
            return True
        if script_text.writes_frame(script) and layout.roles[element] == MAIN and not _WEATHER.search(script):
            return True
    if any(True for _ in framed(tree, layout)):
        return True
    return not counted and _is_left_to_a_file(tree, layout, empty)


def published_empty(tree: Tree, layout: Layout) -> bool:
    """True for an empty list of a system that publishes its lists as they stand, where it counts one page at most.

    TRS leaves `<ul></ul>` and `createPageHTML(1, 0, …)`; whatever rows there are then belong to something else.
    """
    calls = [script for script in tree.scripts if "createPage" in script]
    counted = next((count for script in calls if (count := trs.count(script)) is not None), None)
    if counted is None or counted > 1:
        return False
    return any(
        tag in _LISTS
        and layout.roles[element] == MAIN
        and tree.ends[element] - element == 1
        and not "".join(tree.texts[tree.firsts[element] : tree.lasts[element]]).strip()
        for element, tag in enumerate(tree.tags)
    )


def framed(tree: Tree, layout: Layout) -> Iterator[str]:
    """What the frames in the main part show, as written: many older systems keep the list of a column in one.

    A page of frames alone has its menu in one of them; others put a page in by `<object>` or `<embed>`.
    """
    for element in tree.by_tag.get("frame", ()):
        source = tree.attrs[element].get("src") or ""
        named = f"{tree.attrs[element].get('name') or ''} {source.rpartition('/')[2]}"
        if source and not _AROUND.search(named):
            yield source
    for tag, name in (("object", "data"), ("embed", "src")):
        for element in tree.by_tag.get(tag, ()):
            attrs = tree.attrs[element]
            if layout.roles[element] == MAIN and (attrs.get("type") or "").lower() == "text/html" and attrs.get(name):
                yield attrs[name] or ""
    for element in tree.by_tag.get("iframe", ()):
        source = tree.attrs[element].get("src") or ""
        if layout.roles[element] == MAIN and _shown(tree, element) and not _WEATHER.search(source):
            around = f"{tree.names[element]} {tree.names[tree.parents[element]]}"
            if not _is_apart(around):
                yield source


def _empty_blocks(tree: Tree, layout: Layout) -> list[str]:
    """The ids of blocks of the main part that hold nothing and may be filled with a list."""
    found = []
    for element in tree.telling:
        name = tree.attrs[element].get("id")
        if not name or tree.tags[element] not in _BLOCKS or layout.roles[element] != MAIN or _is_apart(name):
            continue
        if not "".join(tree.texts[tree.firsts[element] : tree.lasts[element]]).strip() and not any(
            element < inner < tree.ends[element] for tag in ("a", "img", "iframe") for inner in tree.by_tag.get(tag, ())
        ):
            found.append(name)
    return found


def _is_apart(name: str) -> bool:
    return _APART.search(name) is not None and _LISTED.search(name) is None


def _names(script: str, ids: Iterable[str]) -> bool:
    """True where a script speaks of one of the ids, not only of what is inside of it (`$("#list li:odd")`)."""
    return any(re.search(rf"['\"]#?{re.escape(name)}['\"]", script) for name in ids if name in script)


def _fills_somewhere(script: str, tree: Tree, layout: Layout, empty: list[str]) -> bool:
    """True where a script asks its server, and what it does with the answer may be to fill a list."""
    if not script_text.asks(script):
        return False
    filled = list(_FILLED.finditer(script))
    if not filled and not _FILLS.search(script):
        return any(_LISTED.search(name) for name in empty)
    return len(filled) < len(_FILLS.findall(script)) or not all(
        _is_elsewhere(found["id"] or _last_name(found["chosen"]), tree, layout) for found in filled
    )


def _last_name(chosen: str) -> str:
    simple = _SIMPLE.fullmatch(chosen)
    return simple[1] if simple else ""


def _is_elsewhere(name: str, tree: Tree, layout: Layout) -> bool:
    """True where no element of that class or id can hold a list of the main part."""
    elements = [
        element
        for element, attrs in enumerate(tree.attrs)
        if name == attrs.get("id") or name in (attrs.get("class") or "").split()
    ]
    return bool(name and elements) and all(
        layout.roles[element] != MAIN or tree.tags[element] in INLINE or _is_apart(name) for element in elements
    )


def _is_left_to_a_file(tree: Tree, layout: Layout, empty: list[str]) -> bool:
    """True for an empty list with an id beside a script file of the page's own, where no system counts its pages.

    Without an id, where the file is called after lists, or was made by a bundler: then all of the page is its work.
    """
    files = [
        (tree.attrs[element].get("src") or "").partition("?")[0].rpartition("/")[2]
        for element in tree.by_tag.get("script", ())
    ]
    if any(_BUNDLE.fullmatch(file) for file in files):
        return True
    own = [file for file in files if file and not _LIBRARY.search(file)]
    if any(_LISTED.search(name) for name in empty):
        return bool(own)
    if own and _holds_empty_rows(tree, layout):
        return True
    return any(_LIST_FILE.search(file) for file in own) and _holds_empty_list(tree, layout)


def _holds_empty_rows(tree: Tree, layout: Layout) -> bool:
    """True for a table of the main part that has names of columns and an empty body, which a script writes into."""
    return any(
        tag == "tbody"
        and tree.ends[element] - element == 1
        and layout.roles[element] == MAIN
        and "thead" in tree.tags[tree.parents[element] : element]
        for element, tag in enumerate(tree.tags)
    )


def _holds_empty_list(tree: Tree, layout: Layout) -> bool:
    """True for an empty list of the main part that is called one by its class."""
    return any(
        tag in _LISTS
        and tree.ends[element] - element == 1
        and layout.roles[element] == MAIN
        and _LISTED.search(tree.names[element])
        and not _is_apart(tree.names[element])
        and not "".join(tree.texts[tree.firsts[element] : tree.lasts[element]]).strip()
        for element, tag in enumerate(tree.tags)
    )


def _holds(html: str, marks: Iterable[str]) -> bool:
    # In ASCII alone the search takes a third of the time; what it finds there may have been torn apart by Chinese.
    ascii_only = html.encode("ascii", "ignore")
    return any(mark.encode() in ascii_only and mark in html for mark in marks)


def _shown(tree: Tree, element: int) -> bool:
    attrs = tree.attrs[element]
    size = f"{attrs.get('width')} {attrs.get('height')}"
    style = (attrs.get("style") or "").replace(" ", "").lower()
    return bool(attrs.get("src")) and "0" not in size.split() and "display:none" not in style
