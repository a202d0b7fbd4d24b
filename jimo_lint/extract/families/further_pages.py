"""Finds the further pages of a list, and says where they cannot be followed."""

from __future__ import annotations

import itertools
import math
import re
from collections.abc import Iterable, Iterator

from jimo_lint.extract.families import controls, trs
from jimo_lint.extract.families.pagination import Turning
from jimo_lint.extract.links.page_links import Anchor
from jimo_lint.extract.lists.main_list import plain_address
from jimo_lint.extract.markup.layout import MAIN, Layout
from jimo_lint.extract.markup.tree import Tree
from jimo_lint.model import Paging
from jimo_lint.network.address import Resolver

_NEXT = re.compile(
    r"[\[【]?\s*(?:下\s?一?\s?[页屏]|后\s?一?\s?页|[下后]\s?\d{1,3}\s?[条篇]|[向往]后翻?页?|后翻|[较更]早的?(?:文章|内容|信息)"
    r"|older(?:\s(?:posts?|entries))?|next(?:\s?page)?|[>》»›→]{1,2}|下一页\s*[>»›→]+)\s*[\]】]?",
    re.I,
)
_BACK = re.compile(r"[\[【]?\s*(?:上\s?一?\s?页|前\s?一?\s?页|prev(?:ious)?(?:\s?page)?)\s*[\]】]?", re.I)
_FIRST = re.compile(r"[\[【]?\s*(?:首\s*页|第一页|first(?:\s?page)?)\s*[\]】]?", re.I)
_LAST = re.compile(r"[\[【]?\s*(?:尾\s*页|末\s*页|最后一?页|last(?:\s?page)?)\s*[\]】]?", re.I)
_NUMBER = re.compile(r"[\[【]?\s*+(?:第\s?)?(\d{1,4})\s*+页?\s*+[\]】]?")
_HAN = r"[一二三四五六七八九]|[二三四五]?十[一二三四五六七八九]?"
_HAN_NUMBER = re.compile(rf"[\[【]?\s*+(?:第\s?)?({_HAN})\s*+页?\s*+[\]】]?")
_HAN_TOTAL = re.compile(rf"共\s?({_HAN})\s?页")
_OFF = re.compile(r"disabled?|\boff\b|\bno(?:ne|ext|page)?\b|gray|grey|unable|invalid", re.I)
_HAN_DIGITS = "一二三四五六七八九"
# A link below the list that shows the second page, by its address, in place of the words 下一页.
_MORE_ROWS = re.compile(r"(?:点击)?(?:查看|浏览|显示|加载)?更多(?:内容|信息|文章|新闻)?\s*[>»›]*")
_NUMBERED = re.compile(r"(.*?[^\d])(\d{1,5})((?:\.\w{2,6})?(?:\?.*)?)$")
_QUERY_NUMBER = re.compile(
    r"(.*[?&](?:page|p|pageno|pagenum|pageindex|curpage|currentpage|pn|cpage)=)(\d{1,5})((?:&.*)?)$", re.I
)
_WORD = re.compile(r"\w")
# A button below the list, which a script answers; at the end of the list it says 没有更多 instead.
_MORE = re.compile(r"加载更多|(?:点击|下拉|上拉)加载")
_TOTAL = re.compile(
    r"共\s*+(\d{1,5})\s*+页|第\s*+\d++\s*+页?\s*+/\s*+(\d{1,5})|\b\d{1,4}\s*+/\s*+(\d{1,5})\s*+页|(?:总页数|页数)\s*+[:：]?\s*+(\d{1,5})"
)
_FRACTION = re.compile(r"(?<![\d/.])\d{1,4}\s*+/\s*+(\d{1,4})(?![\d/.])")
# The same where a script draws the pager, or an attribute tells the script of it.
_STATED = re.compile(
    r"\b(?:total_?pages?|page_?(?:count|total)s?|count_?pages?|max_?page(?:num)?s?)['\"]?\s*[:=]\s*(?:parseInt\(\s*)?['\"]?(\d{1,5})\b"
    r"|\.pagination\(\s*['\"]setPage['\"]\s*,\s*\d+\s*,\s*(\d{1,5})"
    r"|\blaypage(?:\.render)?\(\s*\{[^{}]{0,300}?\bpages\s*:\s*['\"]?(\d{1,5})\b",
    re.I,
)
# The same where a page keeps it in an element for its script: <span class="pageCount">24</span>.
_KEPT = re.compile(r"(?:page_?(?:count|total)s?|total_?pages?)", re.I)
# Or how many entries there are, and at times how many of them a page shows.
_RECORDS = re.compile(
    r"\b(?:record_?(?:count|total)|total_?(?:records?|rows?)|data_?total)['\"]?\s*[:=]\s*(?:parseInt\(\s*)?['\"]?(\d{1,6})\b"
    # count: 87 and total: 87 may be of anything, but not in the call that draws the pager, nor beside the rows a page.
    r"|(?:\blaypage(?:\.render)?|\.(?:page|paging|pagination|paginate|createPage))\(\s*\{[^{}]{0,300}?\b(?:count|total)['\"]?\s*:\s*['\"]?(\d{1,6})\b"
    r"|\b(?:count|total)['\"]?\s*:\s*['\"]?(\d{1,6})['\"]?\s*,\s*['\"]?(?:page_?size|per_?page|limit)['\"]?\s*:",
    re.I,
)
_RECORDS_SHOWN = re.compile(
    r"共\s*+(\d{1,6})\s*+条(?:\s*+(?:记录|信息|数据|[,，]?\s*+每页)|$)|总记录数\s*+[:：]?\s*+(\d{1,6})", re.M
)
_SIZE = re.compile(r"\b(?:page_?size|per_?page|limit)['\"]?\s*[:=]\s*(?:parseInt\(\s*)?['\"]?(\d{1,3})\b", re.I)


def read(
    anchors: Iterable[Anchor], layout: Layout, text: str, url: str, resolver: Resolver, rows: int, start: int = 0
) -> Turning:
    """The pages of the list that the page itself belongs to.

    text: the page's visible text; rows: entries read; start: the element where the list begins.
    """
    tree = layout.tree
    counted = trs.turning(tree.scripts, url, resolver)
    if counted:
        return counted
    next_url = last_url = back_url = ""
    scripted_next = idle_next = idle_back = paged = False
    backward: set[str] = set()  # what the ways back run
    numbers: list[tuple[int, str]] = []
    for shown, anchor in _named(anchors, layout, url, resolver):
        if _NEXT.fullmatch(shown) or _shows_second(shown, anchor.url, url):
            next_url = next_url or anchor.url
            run = controls.script(tree, anchor.element) if anchor.scripted else ""
            scripted_next = scripted_next or (anchor.scripted and run not in backward)
            idle_next = idle_next or (_WORD.search(shown) is not None and _is_idle(tree, anchor))
        elif _LAST.fullmatch(shown):
            last_url = last_url or anchor.url
        elif _BACK.fullmatch(shown) or _FIRST.fullmatch(shown):
            back_url = back_url or ("" if _FIRST.fullmatch(shown) else anchor.url)
            # A page that is the only one leads to itself: goPage(1) in all places.
            backward.update({controls.script(tree, anchor.element)} if anchor.scripted else ())
            idle_back = idle_back or _is_idle(tree, anchor)
        elif anchor.url and (number := _numbered(tree, shown, anchor)):
            numbers.append((number, anchor.url))
            paged = paged or (number == 2 and controls.in_pager(tree, anchor.element))
        elif not anchor.url and anchor.kind != "empty" and shown == "2":
            scripted_next = True
    # Where the ways back and on lead to one page, there is no other.
    own = next_url if next_url and next_url == back_url else _called_first(numbers, next_url, url)
    same = {plain_address(address) for address in (url, own) if address}
    pages = {page for page in (next_url, last_url) if page and plain_address(page) not in same}
    count, total = 0, _total(text) or _beside(text, last_url)
    if pages or paged or (len(numbers) > 1 and _consecutive(numbers)):
        numbers = [(number, page) for number, page in numbers if plain_address(page) not in same]
        pages.update(page for _, page in numbers if _like(page, next_url or last_url or numbers[0][1]))
        following = next_url or min(numbers, default=(0, ""))[1] or _second(last_url, total)
        if next_url and numbers and not last_url:
            last_url = max(numbers)[1]  # 2 3 … 7
        between, count = _between(following, last_url)
        pages.update(between)
    if pages:
        found = sorted(pages, key=_order, reverse=bool(between) and _order(following) > _order(last_url))
        known = max(total, count + 1, len(found) + 1)
        # Only the last page is linked, and its address does not tell of those between.
        whole = bool(next_url or between or numbers) or max(total, _number(last_url)) <= len(found) + 1
        pages_found = tuple(found[: trs.MOST] + found[trs.MOST :][-1:])
        return Turning(Paging.STATIC, pages_found, whole, known, own)
    if back_url and not scripted_next:  # the last page: only the way back is a link
        return Turning(known=total)
    scripted_next = scripted_next or (idle_next and not idle_back)
    total = total or _stated(tree) or _by_records(tree, text, rows) or controls.shown(tree)
    if total > 1 or (total != 1 and (scripted_next or _MORE.search(text) or controls.turned(layout, start))):
        return Turning(Paging.SCRIPT, complete=False, known=total)
    return Turning()


def _named(anchors: Iterable[Anchor], layout: Layout, url: str, resolver: Resolver) -> Iterator[tuple[str, Anchor]]:
    """The links that may turn pages, each with what it is called; those in short of words by what they are marked."""
    tree = layout.tree
    for anchor in anchors:
        shown = anchor.text
        if not _WORD.search(shown) and (anchor.url or anchor.scripted):
            numbered = layout.roles[anchor.element] == MAIN and _split(anchor.url) is not None
            if numbered or controls.in_pager(tree, anchor.element):
                shown = controls.called(tree, anchor.element) or shown
        if len(shown) <= 12:
            yield shown, anchor
    for shown, address in controls.linked(layout, resolver):
        if shown == "rel=next":  # of some systems it is the next article
            if not (_split(url) and _like(address, url)) and _number(address) not in (1, 2):
                continue
            shown = "下一页"
        yield shown, Anchor(-1, address, shown, "page", False)


def _numbered(tree: Tree, shown: str, anchor: Anchor) -> int:
    """The number of the page that a link is called by, 0 for none; one in Chinese alone counts in a pager only."""
    if found := _NUMBER.fullmatch(shown):
        return int(found[1])
    found = _HAN_NUMBER.fullmatch(shown)
    return _of_han(found[1]) if found and ("页" in shown or controls.in_pager(tree, anchor.element)) else 0


def _of_han(written: str) -> int:
    """The number that is written in Chinese, up to 59."""
    tens, ten, ones = written.rpartition("十")
    digit = {"": 0} | {han: number for number, han in enumerate(_HAN_DIGITS, 1)}
    return (10 * (digit[tens] or 1) if ten else 0) + digit[ones]


def _shows_second(shown: str, address: str, url: str) -> bool:
    """True for 查看更多 that leads to the second page of this very folder, as its address says."""
    return (
        bool(address)
        and _MORE_ROWS.fullmatch(shown) is not None
        and address.rpartition("/")[0] == url.rpartition("/")[0]
        and _number(address) in (1, 2)
        and _split(url) is None
    )


def _is_idle(tree: Tree, anchor: Anchor) -> bool:
    """True for a link without address that a script may take hold of by its class or id; what is off has another."""
    if anchor.url or anchor.scripted or anchor.element < 0:
        return False
    names = f"{tree.names[anchor.element]} {tree.names[tree.parents[anchor.element]]}"
    return "disabled" not in tree.attrs[anchor.element] and not _OFF.search(names)


def _split(url: str) -> tuple[str, int, str] | None:
    found = _QUERY_NUMBER.match(url) or _NUMBERED.match(url)
    return (found[1], int(found[2]), found[3]) if found else None


def _called_first(numbers: list[tuple[int, str]], next_url: str, url: str) -> str:
    """The other address by which a pager leads to page 1, where that is the page at `url` itself; "" elsewhere.

    It is where the next page is number 2, or where all numbers are links and the page's own address has none.
    """
    linked = dict(reversed(numbers))
    first, second = linked.get(1, ""), linked.get(2, "")
    if not first or not second or first == second or url in linked.values():
        return ""
    if next_url:
        return first if next_url == second else ""
    split = _split(url)
    return first if len(linked) == max(linked) and (split is None or split[1] < 2) else ""


def _like(one: str, other: str) -> bool:
    """True where two addresses differ at most in their page number."""
    first, second = _split(one), _split(other)
    if first and second:
        return first[0] == second[0] and first[2] == second[2]
    return one.rpartition("/")[0] == other.rpartition("/")[0]


def _number(url: str) -> int:
    split = _split(url)
    return split[1] if split else 0


def _beside(text: str, last_url: str) -> int:
    """How many pages `1/4` says there are, where the last page's number agrees; 0 elsewhere, where it is anything."""
    last = _number(last_url)
    return next((int(one) for one in _FRACTION.findall(text) if int(one) - last in (0, 1)), 0) if last else 0


def _second(last_url: str, total: int) -> str:
    """The second of so many pages where a pager leads to the last only; "" where its address does not tell.

    The last of 4 is `list_4.htm`, `index_3.html` where the first has no number, or `1.htm` where they count down.
    """
    split = _split(last_url)
    steps = {total: 2, total - 1: 1, 1: total - 1}
    return f"{split[0]}{steps[split[1]]}{split[2]}" if total > 2 and split and split[1] in steps else ""


def _between(next_url: str, last_url: str) -> tuple[list[str], int]:
    """The pages from the next to the last, where both are written alike but for the number, and their count.

    博达 counts them down: page 2 of 12 is `11.htm` and the last one `1.htm`.
    """
    first, last = _split(next_url), _split(last_url)
    if not first or not last or first[0] != last[0] or first[2] != last[2]:
        return [], 0
    width = len(next_url) - len(first[0]) - len(first[2])
    padded = next_url[len(first[0])] == "0" and width > 1
    step = -1 if last[1] < first[1] else 1
    numbers = range(first[1], last[1] + step, step)
    pages = [f"{first[0]}{number:0{width if padded else 1}d}{first[2]}" for number in numbers[: trs.MOST]]
    return pages, len(numbers)


def _consecutive(numbers: list[tuple[int, str]]) -> bool:
    shown = sorted({number for number, _ in numbers})
    return shown[0] <= 2 and any(second - first == 1 for first, second in itertools.pairwise(shown))


def _total(text: str) -> int:
    if found := _TOTAL.search(text):
        return int(next(group for group in found.groups() if group))
    found = _HAN_TOTAL.search(text)
    return _of_han(found[1]) if found else 0


def _stated(tree: Tree) -> int:
    """How many pages a script or attribute says the list has; 0 where none does."""
    for script in tree.scripts:
        if _STATED.search(script):  # the largest, since some begin with 0
            return max((int("".join(groups)) for groups in _STATED.findall(trs.live(script))), default=0)
    counts = [attrs["pagecount"] or "" for attrs in tree.attrs if "pagecount" in attrs]
    for element in tree.telling:
        if any(_KEPT.fullmatch(name) for name in tree.names[element].split()):
            shown = "".join(tree.texts[tree.firsts[element] : tree.lasts[element]]).strip()
            counts.append(shown or tree.attrs[element].get("value") or "")
    return next((int(count) for count in counts if count.isdecimal() and len(count) < 6), 0)


def _by_records(tree: Tree, text: str, rows: int) -> int:
    """The same from the count of entries; 0 where no count is given, or all of them are on the page."""
    for script in tree.scripts:
        if _RECORDS.search(script):
            live = trs.live(script)
            records = max((int("".join(groups)) for groups in _RECORDS.findall(live)), default=0)
            size = _SIZE.search(live)
            break
    else:
        found, size = _RECORDS_SHOWN.search(text), None
        records = int(found[1] or found[2]) if found else 0
    return math.ceil(records / max(rows, int(size[1]) if size else 1, 1)) if records > rows else 0


def _order(page: str) -> tuple[str, int, str]:
    parts = _split(page)
    return parts if parts else (page, 0, "")
