"""Finds the dates that stand by themselves on a page, as list rows show them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, datetime
from functools import lru_cache
from itertools import chain

from jimo_lint.extract.dates import english, pieces, text_dates
from jimo_lint.extract.dates.partial import Mark, Vague, completed, is_vague
from jimo_lint.extract.dates.told import row, told
from jimo_lint.extract.markup.layout import Layout
from jimo_lint.extract.markup.tree import Tree
from jimo_lint.language.text import han_count

_HINT = re.compile(
    r"\d{1,2}\s?[-./年月‐–—－／．]\s?\d|\d{6}|^\s*\d{1,2}[日月]?\s*$|^\s*\d{4}年?(?:\s?\d{1,2}月)?\s*$"
    r"|[〇○零ＯOo0一二三四五六七八九]年[元一二三四五六七八九十]|\d{4}年元月|\d{4}[,_·•]\d{1,2}[,_·•]\d|\d{4} \d{1,2} \d"
    rf"|(?i:\b{english.NAMES}\b)"
    r"|^(?:刚刚|[今昨前]天|\d{1,2}\s?(?:[秒分天]|个?小时))"
)
_WRAP = r"[\s\[\](){}【】〔〕（）<>《》|·•:：,，-]*"
_SHORT = re.compile(
    _WRAP + r"(?P<mo>\d{1,2})(?:(?P<dash>[-/.])(?P<d>\d{2})|\s?月\s?(?P<hd>\d{1,2})\s?日?)"
    r"(?:[\sT]{0,4}(?P<h>\d{1,2})[:：](?P<m>\d{2})(?:[:：](?P<s>\d{2}))?)?" + _WRAP
)
_ODD = re.compile(rf"{_WRAP}(?P<y>(?:19|20)\d\d)(?P<dash>[ ,_·•])(?P<mo>\d{{1,2}})(?P=dash)(?P<d>\d{{1,2}}){_WRAP}")
_DAY = re.compile(r"(\d{1,2})\s*日?")
_MONTH = re.compile(r"(?:((?:19|20)\d\d)\s*[-./年]\s*(?=\d))?(\d{1,2})(?:\s*月|(?<=[-./年]\d\d)|(?<=[-./年]\d))")
_YEAR = re.compile(r"((?:19|20)\d\d)\s*年?")
_BARE_MONTH = re.compile(r"\d{1,2}\s*月")
_BETWEEN = "/-|. "  # what may stand between the parts of a date
_PART = re.compile(f"{_DAY.pattern}|{_MONTH.pattern}|{_YEAR.pattern}|\\d{{1,2}}[-/.]\\d{{2}}")
_ROWS = frozenset(("li", "tr", "dl", "article"))
_LONGEST_PART = 10
_TODAY = re.compile(r"今天|星期|现在是|农历|©|版权|copyright", re.I)
_LONGEST_TITLE = 400
_SHORT_RUN = 48  # characters beside a date that is still a row's date and no sentence
_BRACKETED = (
    r"[\[(（【<]\s*(?:(?:发布)?(?:日期|时间)[:：]\s*)?"
    r"(?:(?:19|20)\d\d\s?[-./年]\s?\d{1,2}\s?[-./月]\s?\d{1,2}\s?日?|\d\d[-/.]\d\d)[^\])）】>]{0,9}[\])）】>]"
)
_BARE = r"(?:19|20)\d\d[-/.]\d{1,2}[-/.]\d{1,2}"
# At the end a bare date stands apart by a blank, and what stands before it is no label (发布时间： 2026-01-20).
_AT_EDGE = re.compile(
    rf"^.?(?P<begin>{_BRACKETED}|{_BARE}(?=\s))|(?P<end>{_BRACKETED}).?$|(?<=[^:：\s])\s+(?P<last>{_BARE})$"
)
_SAID = re.compile(
    r"[\d一二三四五六七八九十]日(?!\s*(?:星期|周|发布|来源))[一-鿿]{2}"
)  # 2026年1月20日工作例会纪要: a title that begins with a date
_CLOSING = "])）】>"
# A line below the title that says no more than when, whence and how often read: 2026-11-25 09:30　阅读：120次.
_BELOW = re.compile(
    r"(?:(?:发布|发文|更新)?(?:日期|时间)\s?[:：]\s?)?(?:19|20)\d\d\s?[-./年]\s?\d{1,2}\s?[-./月]\s?\d{1,2}\s?日?"
    r"(?:\s{1,3}\d{1,2}[:：]\d{2}(?:[:：]\d{2})?)?"
    r"(?:[\s|·/]{1,6}(?:(?:来源|作者|编辑|发布人|发布单位|发布机构|字号)\s?[:：]\s?[^\s:：]{1,20}"
    r"|(?:阅读|浏览|点击|访问|查看)(?:量|数|次数)?\s?[:：]?\s?\d{1,9}\s?次?|\d{1,9}\s?(?:次)?(?:阅读|浏览|点击)))+"
)
_BESIDE = 8  # characters beside a date that are less than a title
_WORDED = 2  # Han characters beside a date in a link, from which the link shows a title and not only the date


def marks(layout: Layout, as_of: date, fetched: datetime | None = None) -> list[Mark]:
    """All dates of the page that could be a row's, in document order.

    A date inside a link counts where it is all of its element's text (`<a><b>title</b><i>2018-07-01</i></a>`) or
    stands in brackets at the edge of the title or behind it after a blank; a year and month beside a day block are
    put together. Where a `<time>` shows something else ("2天前"), its attribute says the date.
    fetched: when the page was, which 昨天 is counted from; without it such words are no dates.
    """
    tree = layout.tree
    owners = tree.owners
    edged: dict[int, Mark] = {}
    dated_anchors: set[int] = set()
    pending: tuple[int, str] | None = None
    found: list[Mark] = []
    vague: list[Vague] = []
    for run, (stripped, anchor) in enumerate(zip(layout.stripped, layout.linked, strict=True)):
        if not stripped or (pending and stripped in _BETWEEN):
            continue
        owner = owners[run]
        if len(stripped) > (_LONGEST_TITLE if anchor >= 0 else _SHORT_RUN) or not _hinted(stripped):
            pending = None
            continue
        part = stripped.strip(_BETWEEN) if len(stripped) <= _LONGEST_PART else ""
        joined = _together(run, owner, pending[1], part) if pending else None
        if joined and pending and _in_one_row(tree, owners[pending[0]], owner):
            if found and found[-1].run >= pending[0]:
                found.pop()
            found.append(joined._replace(alone=range(pending[0], run + 1)))
            dated_anchors.add(anchor)
            # 12, 5月 and 2024: the year may be still to come
            pending = (pending[0], joined.short[0]) if joined.short else None
            continue
        if not part or not _is_part(part):
            pending = None
        elif pending and _YEAR.fullmatch(pending[1]) and _BARE_MONTH.fullmatch(part):
            pending = (pending[0], f"{pending[1].rstrip('年')}年{part}")
        else:
            pending = (run, part)
        single = anchor >= 0 and tree.lasts[anchor] - tree.firsts[anchor] == 1
        below = anchor >= 0 and not single and _BELOW.fullmatch(stripped) is not None
        edge = _edge(stripped, single=single) if anchor >= 0 and not below else ""
        mark = _mark(run, owner, edge or stripped, alone=anchor >= 0 and not below)
        if mark and edge:
            edged[anchor] = mark._replace(edge=edge)
        elif mark:
            found.append(mark._replace(alone=range(run, run + 1)) if anchor >= 0 else mark)
            dated_anchors.add(anchor)
        elif is_vague(stripped):
            vague.append(Vague(run, owner, stripped))
    _in_pieces(layout, found, vague)
    stamped = [mark for element in tree.by_tag.get("time", ()) if (mark := _stamped(layout, element))]
    if stamped:
        seen = {mark.run for mark in found}
        found += [mark for mark in stamped if seen.isdisjoint(mark.alone)]
        found.sort(key=lambda mark: mark.run)
    found = _completed(layout, found, vague, as_of, fetched)
    if edged:
        found += [mark for anchor, mark in edged.items() if anchor not in dated_anchors]
        found.sort(key=lambda mark: mark.run)
    return found


def _in_pieces(layout: Layout, found: list[Mark], vague: list[Vague]) -> None:
    """Add the dates whose parts stand in several runs, none of which is a date by itself."""
    owners = layout.tree.owners
    for one in pieces.joined(layout, _runs(found)):
        moment, short = _read(one.text, alone=False)
        if moment or short:
            found.append(Mark(one.first, owners[one.first], moment, short, range(one.first, one.last + 1)))
        else:
            vague.append(Vague(one.first, owners[one.first], one.text))


def _completed(
    layout: Layout, found: list[Mark], vague: list[Vague], as_of: date, fetched: datetime | None
) -> list[Mark]:
    """The dates with what completes them, and those that rows tell which show none."""
    unseen = list(told(layout))
    # 刚刚 is what a script has yet to replace by how long ago the attribute is.
    marked = {mark.element for mark in unseen}
    vague = [text for text in vague if text.element not in marked]
    if vague or any(mark.moment is None for mark in found):
        found = completed(layout, found, vague, as_of, fetched)
    seen = _runs(mark for mark in found if mark.moment or mark.short)
    further = [mark for mark in unseen if seen.isdisjoint(row(layout, mark.element))]
    return sorted(found + further, key=lambda mark: mark.run) if further else found


def _runs(found: Iterable[Mark]) -> set[int]:
    return {run for mark in found for run in (mark.alone or (mark.run,))}


@lru_cache(maxsize=2048)
def _edge(text: str, *, single: bool) -> str:
    """The date at the edge of a title; "" in what a card shows below its title (2026-01-20 县融媒)."""
    found = _AT_EDGE.search(text)
    edge = found["begin"] or found["end"] or found["last"] if found else ""
    if not edge or han_count(text) - han_count(edge) < _WORDED:
        return ""
    return edge if single or edge[-1] in _CLOSING or len(text) - len(edge) > _BESIDE else ""


@lru_cache(maxsize=2048)
def _is_part(text: str) -> bool:
    return _PART.fullmatch(text) is not None


@lru_cache(maxsize=2048)
def _hinted(text: str) -> bool:
    return _HINT.search(text) is not None


def _stamped(layout: Layout, element: int) -> Mark | None:
    """The date that a `<time datetime="…">` holds, whatever it shows."""
    tree = layout.tree
    moment = text_dates.stamp(tree.attrs[element].get("datetime") or "")
    first, last = tree.firsts[element], tree.lasts[element]
    return Mark(first, element, moment, alone=range(first, last)) if moment and first < last else None


def _mark(run: int, owner: int, text: str, *, alone: bool) -> Mark | None:
    moment, short = _read(text, alone=alone)
    if moment or short or text_dates.is_none(text):
        return Mark(run, owner, moment, short)  # a row whose date is none is a row
    return None


@lru_cache(maxsize=2048)
def _read(text: str, *, alone: bool) -> tuple[datetime | None, re.Match[str] | None]:
    if len(text) > _SHORT_RUN or _TODAY.search(text):
        return None, None
    for start, end, moment in chain(text_dates.dates(text), text_dates.written_out(text), english.dates(text)):
        if alone and (len(text) - (end - start) > _BESIDE or _SAID.search(text)):
            return None, None
        return moment, None
    if odd := _ODD.fullmatch(text):
        return text_dates.day(int(odd["y"]), int(odd["mo"]), int(odd["d"])), None
    return None, _SHORT.fullmatch(text)


def _in_one_row(tree: Tree, first: int, second: int) -> bool:
    """False where a row ends between two elements."""
    while first >= 0 and tree.tags[first] not in _ROWS:
        first = tree.parents[first]
    return first < 0 or second < tree.ends[first]


def _together(run: int, owner: int, first: str, second: str) -> Mark | None:
    """`27` and `2018-07`, `07-27` and `2018`, `27` and `7月`, in either order."""
    for one, other in ((first, second), (second, first)):
        day = _DAY.fullmatch(one)
        month = _MONTH.fullmatch(other)
        year = _YEAR.fullmatch(other)
        short = _SHORT.fullmatch(one)
        moment = None
        if day and month and not month[1]:
            joined = _SHORT.fullmatch(f"{month[2]}月{day[1]}日")
            return Mark(run, owner, None, joined) if joined else None
        if day and month:
            moment = text_dates.day(int(month[1]), int(month[2]), int(day[1]))
        elif short and year:
            moment = text_dates.day(int(year[1]), int(short["mo"]), int(short["d"] or short["hd"]))
        if moment:
            return Mark(run, owner, moment)
    return None
