"""Finds when a page was published: what it shows comes before its metas, which a migration fills with its own day."""

from __future__ import annotations

import itertools
import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, time
from typing import NamedTuple

from jimo_lint.extract.dates import text_dates
from jimo_lint.extract.dates.text_dates import Label
from jimo_lint.extract.markup.blocks import Text
from jimo_lint.extract.markup.head import Head
from jimo_lint.extract.markup.layout import MAIN, Layout, Line

# 国办发〔2017〕47号 names PubDate; the others are what systems write besides or instead.
_METAS = ("pubdate", "publishdate", "article:published_time", "datepublished", "publish_date", "pubtime")
_JSON = re.compile(r'"(?:datePublished|pubDate)"\s{0,4}:\s{0,4}"([^"]{8,40})"')
# What stands beside the date in the line below the title; a meeting's date has 地点 and 参加人员 beside it.
_COMPANY = re.compile(
    r"来\s{0,4}源|稿源|出处|作\s{0,4}者|编\s?辑|责编|审核|供稿|(?:浏览|阅读|点击|访问)(?![器全原更查下这此链])|人气|字\s?[体号]|视力"
    r"|大\s?中\s?小|打印|收藏|分享"
)
_MEETING = re.compile(r"地\s{0,4}点|参[加会]|主\s{0,4}持|嘉\s{0,4}宾|出席|[主议]\s{0,4}题(?!分类|词)")
# A date behind these is another day than that of publishing, and so is that of a newspaper's edition.
_OTHER_DAY = re.compile(
    r"(?:[日时]\s{0,6}间|期|期限|截止|截至|有效|[自从至到于]|今天|更新|修改|实施|施行|打印)"
    r"[\]】〗)）]?\s{0,4}[为是]?[:：]?\s{0,4}[\[【（(]?\s{0,4}$|》\s{0,2}[（(]\s{0,2}$"
)
_OTHER_DAY_BEHIND = re.compile(
    r"\s{0,4}(?:[至到]|[~～—–-]\s?\d|(?:第\s?)?\d{0,3}\s?版|[前后起]|召开|举行|通过|施行|实施)"
)
_ALONE = re.compile(r"\d[-./年月日\d:：∶T时分秒 ]*(?:星期.)?(?:发[布表])?")
_STAMP = re.compile(r"\s*(?:19|20)\d\d[-./年]\d{1,2}[-./月]\d{1,2}日?\s+\d{1,2}:\d\d(?::\d\d)?\s*")
_EDGE = " []【】|｜:："
_LONGEST = 100  # characters of a line of date and source
_SHORT = 40  # characters of a line at the end of the text that says the date and little else
_LONGEST_ROW = 400  # of such a line with all that templates put beside it
_SENTENCE = "。"
_TITLE_LINES = 40  # above the body among which the title is looked for: a table of index number, organ … may follow it
_BODY_LINES = 6  # of the body, where the line of date and source may be
_AFTER_LINES = 12
_BESIDE = 2  # lines above and below, where date and source stand in cells or rows of their own
_NEAR = 6


class Published(NamedTuple):
    """A page's date and where it came from. told: a label shows it, as on articles, though it may be a zero."""

    moment: datetime | None
    source: str
    told: bool


UNKNOWN = Published(None, "", False)


def read(layout: Layout, head: Head, text: Text, holder: int, title: str, url: str, as_of: date) -> Published:
    """The page's date by label, meta, other, title or url, in this order.

    label: it is shown, behind 发布日期 and the like or in the line of date and source. meta: metas and JSON-LD
    say it, or both agree on the day. other: another label's date (成文日期, 更新时间, 时间 in the text). title: a
    date below the title.
    """
    zone = _below_title(text, title)
    said = list(_labelled(layout, zone))
    meta = _by_machine(head.metas, layout.tree.scripts, as_of)
    shown = (
        _first(said, Label.PUBLISHED)
        or _first(said, Label.ENTERED)
        or _first(said, Label.BARE)
        or _unlabelled(layout, zone, as_of)
        or _labelled_elsewhere(layout, text, zone)
    )
    if not shown and meta:
        # Nothing is updated before it is published: such a meta is the day of generation.
        updated = _first(said, Label.UPDATED)
        shown = updated if updated and updated.date() < meta.date() else None
    if meta and (not shown or shown.date() == meta.date()):
        return Published(meta, "meta", False)
    if shown:
        return Published(shown, "label", True)
    around = [_text(lines) for lines in (text.before, text.running[:4], text.after[:_AFTER_LINES])]
    for part in around:
        if moment := text_dates.labelled(part):
            return Published(moment, "other", True)
    told = any(text_dates.labels_none(part) for part in around)
    if stamped := _stamped(layout, holder, as_of):
        return Published(stamped, "title", told)
    for _, _, moment in text_dates.dates(_text(_near(text, title))):
        if text_dates.plausible(moment, as_of):
            return Published(moment, "title", told)
    in_url = text_dates.day_in_url(url)
    return (
        Published(in_url, "url", told) if in_url and text_dates.plausible(in_url, as_of) else Published(None, "", told)
    )


class _Zone(NamedTuple):
    """The lines below the title. inside: how many of the last are part of the running text; top: of the first."""

    lines: Sequence[Line]
    inside: int
    found: bool
    top: int


def _below_title(text: Text, title: str) -> _Zone:
    """From the title to where the text begins; the lines around that place, where the title is not among them."""
    body: list[Line] = []
    for line in text.running[:_BODY_LINES]:
        if _SENTENCE in line.text:
            break
        body.append(line)
    start = max(len(text.before) - _TITLE_LINES, 0)
    lines = [*text.before[start:], *body]
    bare = "".join(title.split())
    titles = [number for number, line in enumerate(lines) if _is_title(line.text, bare)]
    # A list beside the article may have its title too, as a link.
    place = next((number for number in titles if not lines[number].linked), titles[0] if titles else None)
    if place is None:
        kept = [*text.before[-5:], *body[:4]]
        return _Zone(kept, len(kept), False, 0)
    below = lines[place + 1 :]
    return _Zone(below, min(len(body), len(below)), True, start + place)


def _is_title(text: str, bare: str) -> bool:
    """True for the title's line, whatever blanks stand in it."""
    return bool(bare) and abs(len(text) - len(bare)) < 20 and "".join(text.split()) == bare


def _labelled(layout: Layout, zone: _Zone) -> Iterator[tuple[Label, datetime]]:
    """The dates below the title that have a label. A bare 时间 in the running text needs company: it may be that of
    a meeting. Labels and values in boxes of their own are read with a blank between, digits without."""
    shown, spaced = [line.text for line in zone.lines], [layout.spaced(line) for line in zone.lines]
    for texts in ([text[:_LONGEST_ROW] for text in shown], [text[:_LONGEST_ROW] for text in spaced]):
        starts = list(itertools.accumulate([len(text) + 1 for text in texts], initial=0))
        for label, start, moment in text_dates.labels("\n".join(texts)):
            number = bisect_right(starts, start) - 1
            if label is not Label.BARE or number < len(texts) - zone.inside or _in_company(texts, number):
                yield label, moment


def _first(said: Sequence[tuple[Label, datetime]], wanted: Label) -> datetime | None:
    return next((moment for label, moment in said if label is wanted), None)


def _unlabelled(layout: Layout, zone: _Zone, as_of: date) -> datetime | None:
    """A date without a label in the line of source, author, views; a line that is nothing but the date; a `<time>`."""
    texts = [line.text for line in zone.lines]
    for number, text in enumerate(texts):
        if len(text) > _LONGEST or _SENTENCE in text:
            continue
        alone = _ALONE.fullmatch(text.strip(_EDGE)) is not None
        outside = zone.found and number < len(texts) - zone.inside
        timed = outside and _is_timed(layout, zone.lines[number])
        if not (timed or _COMPANY.search(text) or (alone and (outside or _in_company(texts, number)))):
            continue
        above = texts[number - 1] if alone and number else ""
        for start, end, moment in (*text_dates.dates(text), *text_dates.brief(text)):
            before = text[:start] if text[:start].strip() else above
            other = _OTHER_DAY.search(before) or _OTHER_DAY_BEHIND.match(text, end)
            if not other and text_dates.plausible(moment, as_of):
                return moment
    return None


def _is_timed(layout: Layout, line: Line) -> bool:
    """True where a `<time>` stands in the line, or a date with its hour by itself: icons say what it is."""
    tree = layout.tree
    return any(
        tree.tags[tree.owners[run]] == "time" or _STAMP.fullmatch(tree.texts[run])
        for run in range(line.first, line.last)
    )


def _in_company(texts: Sequence[str], number: int) -> bool:
    """True where source, author or views stand in this line, or in those next to it and no place of a meeting does."""
    beside = texts[max(number - _BESIDE, 0) : number + _BESIDE + 1]
    if _keeps_company(texts[number]):
        return True
    return any(map(_keeps_company, beside)) and not any(map(_MEETING.match, beside))


def _keeps_company(text: str) -> bool:
    return len(text) <= _LONGEST and _SENTENCE not in text and _COMPANY.search(text) is not None


def _labelled_elsewhere(layout: Layout, text: Text, zone: _Zone) -> datetime | None:
    """The one 发布日期 above the title (in the table of index number, organ …), below the text or as its last line.

    Two of different days are rows of a list that stands there.
    """
    last = [line for line in text.running[-_BESIDE:] if len(line.text) <= _SHORT]
    for lines in (text.before[: zone.top] if zone.found else text.before, text.after[:_AFTER_LINES], last):
        if not text_dates.may_label(_text(lines)):
            continue
        own = [line for line in lines if layout.roles[line.element] == MAIN and not _has_link(layout, line)]
        found = {
            moment.date(): moment for label, _, moment in text_dates.labels(_text(own)) if label is Label.PUBLISHED
        }
        if len(found) == 1:
            return next(iter(found.values()))
    return None


def _has_link(layout: Layout, line: Line) -> bool:
    owners = layout.tree.owners
    return any(layout.anchors[owners[run]] >= 0 for run in range(line.first, line.last))


def _by_machine(metas: Mapping[str, str], scripts: Sequence[str], as_of: date) -> datetime | None:
    """What metas and JSON-LD say, unless it is to the second when the page was generated."""
    written = [metas.get(name, "") for name in _METAS]
    for script in scripts:
        if ("datePublished" in script or "pubDate" in script) and script.lstrip()[:1] in "{[":
            told = set(_JSON.findall(script))
            written += told if len(told) == 1 else ()
    generated = {moment for text in metas.values() if "生成时间" in text for _, _, moment in text_dates.dates(text)}
    generated = {moment for moment in generated if moment.time() != time.min}  # a day alone proves nothing
    moments = (text_dates.stamp(text) or text_dates.parse(text, as_of) for text in written if text)
    return next((moment for moment in moments if moment and moment not in generated), None)


def _stamped(layout: Layout, holder: int, as_of: date) -> datetime | None:
    """The date that a `<time datetime="…">` between title and text holds, where what it shows is "2天前"."""
    tree = layout.tree
    for element in reversed(tree.by_tag.get("time", ())):
        if element < holder and layout.roles[element] == MAIN and layout.anchors[element] < 0:
            moment = text_dates.stamp(tree.attrs[element].get("datetime") or "")
            return moment if moment and text_dates.plausible(moment, as_of) else None
    return None


def _near(text: Text, title: str) -> list[Line]:
    """Short lines from the title on, up to the first long one."""
    around = [*text.before[-12:], *text.running[:6]]
    place = next((number for number, line in enumerate(around) if title and line.text == title), None)
    if place is None:
        around, place = [*text.before[-5:], *text.running[:2]], -1
    near: list[Line] = []
    for line in around[place + 1 : place + 1 + _NEAR]:
        if len(line.text) > _LONGEST:
            break
        near.append(line)
    return near


def _text(lines: Sequence[Line]) -> str:
    return "\n".join([line.text for line in lines])
