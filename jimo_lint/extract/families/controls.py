"""What turns the pages of a list besides links with words: pictures, menus of page numbers, buttons and forms."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from jimo_lint.extract.families.script_text import asks
from jimo_lint.extract.markup.layout import MAIN, Layout
from jimo_lint.extract.markup.tree import Tree, tidy
from jimo_lint.network.address import Resolver

# What a link without words leads to, by its class, its id, or the name of its picture; the first that fits.
_CALLED = (
    ("末页", re.compile(r"last|wei_?ye|mo_?ye|double-?right|\bend\b", re.I)),
    ("首页", re.compile(r"first|shou_?ye|double-?left", re.I)),
    ("上一页", re.compile(r"prev|shang_?(?:yi_?)?ye|\bsyy\b|(?:angle|arrow|chevron|caret)-?(?:\w{1,9}-)?left", re.I)),
    ("下一页", re.compile(r"next|xia_?(?:yi_?)?ye|\bxyy\b|(?:angle|arrow|chevron|caret)-?(?:\w{1,9}-)?right", re.I)),
)
_PAGER = re.compile(
    r"pag(?:e|er|es|ing|ination|inator)(?![a-z])|page_?(?:nav|list|bar|div|box|num)|fen_?ye|fan_?ye", re.I
)
_SLIDES = re.compile(r"swiper|slick|slide|carousel|banner|focus", re.I)  # they have arrows and numbers of their own
_LEVELS = 4  # how far up a pager is called one
_LONGEST_PAGER = 160  # code points of its text; more is a page that is called so
# A number that is told a script where it is clicked: goPage(2), toPage('3'), turn_page(4).
_TURNS = re.compile(r"(?:page|turn|fenye)\w{0,20}\(\s{0,4}['\"]?(?:[2-9]|[1-9]\d{1,3})\b", re.I)
_CLICKS = ("onclick", "@click", "v-on:click", "ng-click")
_NUMBERS = ("data-page", "data-pageno", "data-pagenum", "data-index-page", "data-ci-pagination-page")
_TURNING_TEXT = re.compile(r"[\[【<]?\s*+(?:下\s?一?\s?页|后\s?一?\s?页|next)[\s>»]*+[\]】]?", re.I)
_MORE = re.compile(
    r"\W*+(?:点击|上拉|下拉)?(?P<verb>查看|显示|加载|浏览|展开)?更多(?:内容|信息|数据|文章|新闻|记录)?\W*+"
)
_LOADS = re.compile(r"(?:load|get|show)[_-]?more|more[_-]?(?:btn|data|load|list)|btn[_-]?more|next[_-]?page", re.I)
_LONGEST_MORE = 12
# Choices of a menu that are pages: 1, 第2页, 3/5.
_CHOICE = re.compile(r"\s*+(?:第\s?)?(\d{1,4})\s*+(?:页|/\s*+\d{1,4}\s*+页?)?\s*+")
_SAID = re.compile(r"页|跳|转到|(?<!\d)\d{1,3}\s?/\s?\d{1,3}(?!\d)")
_FRACTION = re.compile(
    r"[\W页次第当前首上一下尾末]*(\d{1,4})\s?/\s?(\d{1,4})[\W页次第当前首上一下尾末到至跳转确定GOgo]*"
)
_PAGE_NAME = re.compile(r"(?:cur(?:rent)?|go|to|jump)?_?page_?(?:no|num|number|index)?|pn", re.I)
_ADDRESS = re.compile(r"https?://|\.{0,2}/|\?|[^\s?]*\.(?:s?html?|jsp|php|aspx?|do|action)(?:[?#]|$)", re.I)
# A script that asks for the next rows where one has scrolled to the end.
_SCROLLED = re.compile(r"scrollTop|scrollHeight|IntersectionObserver|onReachBottom|infinite-?scroll", re.I)
_COUNTED_ON = re.compile(r"\+\+\s{0,4}\w{0,20}page|page\w{0,20}\s{0,4}(?:\+\+|\+=\s{0,4}1|\+\s{0,4}1\b)", re.I)
_TYPED = frozenset(("text", "number", "tel", ""))
_PRESSED = frozenset(("button", "submit", "image"))


def called(tree: Tree, element: int) -> str:
    """What a link without words is for (下一页, 末页 …), "" where nothing tells.

    A slide show has its arrows too: what is no part of a pager counts where it is called after pages, or in its `rel`.
    """
    attrs = tree.attrs[element]
    if "next" in (attrs.get("rel") or "").lower().split():
        return "下一页"
    inside = range(element, tree.ends[element])
    pictures = (
        (tree.attrs[inner].get("src") or "").rpartition("/")[2] for inner in inside if tree.tags[inner] == "img"
    )
    written = " ".join([*(tree.names[inner] for inner in inside), attrs.get("aria-label") or "", *pictures])
    return next((word for word, pattern in _CALLED if pattern.search(written)), "")


def script(tree: Tree, element: int) -> str:
    """What a click on an element runs, "" for nothing."""
    attrs = tree.attrs[element]
    return _clicked(attrs) or attrs.get("href") or ""


def in_pager(tree: Tree, element: int) -> bool:
    """True for what stands in a small block that is called after pages."""
    for _ in range(_LEVELS):
        if element < 0:
            return False
        if _SLIDES.search(tree.names[element]):
            return False
        if _PAGER.search(tree.names[element]) and len(_text(tree, element)) <= _LONGEST_PAGER:
            return True
        element = tree.parents[element]
    return False


def shown(tree: Tree) -> int:
    """How many pages a pager says there are by nothing but `1/5`; 0 where none does."""
    for element in tree.telling:
        if _PAGER.search(tree.names[element]) and (found := _FRACTION.fullmatch(_text(tree, element)[:_LONGEST_PAGER])):
            return int(found[2]) if int(found[1]) <= int(found[2]) else 0
    return 0


def linked(layout: Layout, resolver: Resolver) -> Iterator[tuple[str, str]]:
    """Further pages that are no `<a>`, each as what it is called (a number, 下一页, rel=next) and its address.

    They stand in the head (`<link rel="next">`), in a menu of page numbers, and on pictures with areas.
    """
    tree = layout.tree
    for element in tree.by_tag.get("link", ()):
        if "next" in (tree.attrs[element].get("rel") or "").lower().split():
            yield from _resolved("rel=next", tree.attrs[element].get("href"), resolver)
    for element in tree.by_tag.get("area", ()):
        yield from _resolved(tree.attrs[element].get("alt") or "", tree.attrs[element].get("href"), resolver)
    for number, value in _choices(tree):
        if _ADDRESS.match(value):
            yield from _resolved(str(number), value, resolver)


def turned(layout: Layout, start: int) -> bool:
    """True where something leads to another page that a robot cannot ask for: a script or a form does.

    start: the element from which on it counts, where the list begins.
    """
    tree = layout.tree
    if any(number > 1 and not _ADDRESS.match(value) for number, value in _choices(tree)):
        return True
    if any(_SCROLLED.search(script) and _COUNTED_ON.search(script) and asks(script) for script in tree.scripts):
        return True
    return any(
        (layout.roles[element] == MAIN or in_pager(tree, element)) and _turns(tree, element, tag)
        for element, tag in enumerate(tree.tags[start:], start)
    )


def _turns(tree: Tree, element: int, tag: str) -> bool:
    attrs = tree.attrs[element]
    if "disabled" in attrs or "disabled" in tree.names[element]:
        return False
    clicked = _clicked(attrs)
    if clicked and _TURNS.search(clicked):
        return True
    if any((attrs.get(name) or "").isdecimal() and int(attrs[name] or 0) > 1 for name in _NUMBERS):
        return tag != "body"
    kind = (attrs.get("type") or "").lower()
    if tag == "button" or (tag == "input" and kind in _PRESSED):
        shown = _text(tree, element) or tidy(attrs.get("value") or attrs.get("alt") or attrs.get("title") or "")
        bare = not shown and in_pager(tree, element) and called(tree, element) == "下一页"
        return bare or _TURNING_TEXT.fullmatch(shown) is not None or _is_more(tree, element, shown, clicked)
    if tag == "input":
        return kind in _TYPED and _is_asked(tree, element)
    if tag in ("a", "div", "span", "p", "li", "i", "em", "b"):
        shown = _text(tree, element) if tree.lasts[element] - tree.firsts[element] < 4 else ""
        if _is_more(tree, element, shown, clicked):
            return True
        return shown == "2" and in_pager(tree, tree.parents[element]) and not attrs.get("href")
    return False


def _clicked(attrs: Mapping[str, str | None]) -> str:
    return next((attrs[name] or "" for name in _CLICKS if attrs.get(name)), "")


def _is_more(tree: Tree, element: int, shown: str, clicked: str) -> bool:
    """True for a button that shows further rows, not for a link to a place with more."""
    found = _MORE.fullmatch(shown) if 0 < len(shown) <= _LONGEST_MORE else None
    href = (tree.attrs[element].get("href") or "").strip()
    if not found or (href and not href.startswith(("#", "javascript:"))):
        return False
    if "a" in tree.tags[element + 1 : tree.ends[element]]:
        return False
    above = tree.parents[element]
    if tree.tags[above] == "a" and _ADDRESS.match(tree.attrs[above].get("href") or ""):
        return False
    return _LOADS.search(f"{tree.names[element]} {tree.names[above]} {clicked} {href}") is not None or bool(
        found["verb"] and (tree.tags[element] == "button" or clicked)
    )


def _is_asked(tree: Tree, element: int) -> bool:
    """True for a field into which one writes the page to go to."""
    attrs = tree.attrs[element]
    named = any(_PAGE_NAME.fullmatch(attrs.get(name) or "") for name in ("name", "id"))
    return named and _SAID.search(_text(tree, tree.parents[element])[:_LONGEST_PAGER]) is not None


def _choices(tree: Tree) -> Iterator[tuple[int, str]]:
    """Number and value of the choices of menus that list the pages from the first one on."""
    options = tree.by_tag.get("option", ())
    for element in dict.fromkeys(tree.parents[option] for option in options):
        inside = [option for option in options if element < option < tree.ends[element]]
        shown = [_CHOICE.fullmatch(_text(tree, option)) for option in inside]
        numbers = [int(found[1]) for found in shown if found]
        if len(numbers) < 2 or len(numbers) < len(inside) or numbers != list(range(1, len(numbers) + 1)):
            continue
        attrs = tree.attrs[element]
        around = f"{_text(tree, tree.parents[element])[:_LONGEST_PAGER]} {_text(tree, inside[0])}"
        written = f"{tree.names[element]} {attrs.get('name') or ''} {attrs.get('onchange') or ''}"
        if _SAID.search(around) or re.search(r"page|pager", written, re.I) or in_pager(tree, element):
            for number, option in zip(numbers, inside, strict=True):
                yield number, (tree.attrs[option].get("value") or "").strip()


def _resolved(name: str, written: str | None, resolver: Resolver) -> Iterator[tuple[str, str]]:
    url = resolver.resolve(written) if written else None
    if url:
        yield name, url


def _text(tree: Tree, element: int) -> str:
    return tidy("".join(tree.texts[tree.firsts[element] : tree.lasts[element]]))
