"""Reads consultations (意见征集): when they are open, and whether their result stands on the site."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta

from jimo_lint.evidence.answers.folding import number
from jimo_lint.evidence.articles import body, is_article
from jimo_lint.evidence.exchanges import YEAR, channel_of
from jimo_lint.evidence.readings import Listing
from jimo_lint.evidence.sameness import core
from jimo_lint.model import Document
from jimo_lint.model.exchanges import Channel, Exchange, Reply
from jimo_lint.model.publishing import Allowance
from jimo_lint.network.address import normalise

_TITLE = re.compile(r"征[求集询].{0,60}?(?:意见|建议)|(?:意见|建议).{0,6}征集|公开征集|听取意见")
_RESULT = re.compile(r"结果|采纳|反馈|情况的?(?:公告|通报|说明|公示|报告)|情况$|汇总")
# What an organ above asks, and this site repeats: its result is published there.
_ABOVE = re.compile(r"国务院|中国政府网|全国|中共中央|国家|^[\u4e00-\u9fff]{2,8}省(?!.{0,8}[市县区])")
_BOOK = re.compile(r"《([^《》]{4,60})》")
# What stands in a title, without marks, before the name of the matter, and what behind it.
_BEFORE = re.compile(
    r"^(?:关于)?(?:就|对)?(?:面?向(?:全?社会|公众))?(?:公开)?(?:征求|征集|征询|听取)?(?:对|关于)?(?:社会|公众)?"
)
_BEHIND = re.compile(
    r"(?:面?向(?:全?社会|公众))?(?:公开)?(?:征求|征集|征询|听取).*$|的?(?:意见|建议).*$|的?(?:公告|通知|启事|公示)$"
)
_DRAFT = re.compile(r"[（(][^（）()]{0,12}(?:征求意见稿|意见稿|草案|送审稿)[^（）()]{0,6}[）)]|征求意见稿|草案")
_DAY = r"(20\d\d)\s?[年./-]\s?(\d{1,2})\s?[月./-]\s?(\d{1,2})\s?日?"
_SHORT_DAY = r"(?:(20\d\d)\s?[年./-]\s?)?(\d{1,2})\s?[月./-]\s?(\d{1,2})\s?日?"
# One without its year is written with 月: 3-5 may be anything.
_END_DAY = r"(?:(20\d\d)\s?[年./-]\s?(?=\d)|(?=\d{1,2}\s?月))(\d{1,2})\s?[月./-]\s?(\d{1,2})\s?日?"
_CLOCK = r"(?:\s?\d{1,2}\s?[时点:：](?:\d{2})?分?)?"
_WHAT = r"(?:征集|征求意见|公示|反馈|意见|公告|公开|截止|征询|调查)"
_ENDS = (
    re.compile(
        rf"{_WHAT}[^。；\n]{{0,16}}?(?:{_END_DAY}|之日|即日){_CLOCK}\s?起?[^。；\n\d]{{0,3}}[至到—–~－-]+\s?{_SHORT_DAY}"
    ),
    re.compile(rf"(?:截[止至](?:时间|日期)?|结束(?:时间|日期))[^。；\n\d]{{0,8}}{_END_DAY}"),
    re.compile(
        rf"(?:请|可)?[于在]\s?{_END_DAY}[^。；\n]{{0,8}}?(?:前|之前|以前)[^。；\n]{{0,60}}?(?:意见|建议|反馈|提出|报送|发送|寄)"
    ),
    re.compile(rf"(?:意见|建议|反馈)[^。；\n]{{0,40}}?[于在至]\s?{_DAY}[^。；\n]{{0,6}}?(?:前|之前|止)"),
)
_TERM = re.compile(rf"{_WHAT}[^。；\n]{{0,20}}?(?<![\d月./至到于第-])(\d{{1,3}})\s?(日|天|个?工作日|个?自然日)(?!前)")
# Numbers as laws write them: 三十日, 十五个工作日, 二〇二六年三月一日, 三十（30）日. 同一天 counts none.
_HAN = "〇零○一二两三四五六七八九十百"
_COUNTED = r"(?=\s?(?:年|月|日|天|个?(?:工作|自然)日))"
_HAN_NUMBER = re.compile(rf"(?<![{_HAN}同每第某另当])[{_HAN}]{{1,5}}{_COUNTED}")
_TWICE = re.compile(rf"(?<=[\d{_HAN}])[（(](?:\d{{1,3}}|[{_HAN}]{{1,5}})[）)]{_COUNTED}")
_OWN_RESULT = re.compile(
    r"^[^。\n]{0,6}(?:征集结果|结果反馈|采纳情况|意见采纳|反馈情况|结果公布|征集反馈)[^。\n]{0,10}(?:[:：].{4,}|\n.{10,})",
    re.M,
)
_NOT_YET = re.compile(r"将|另行|及时|届时|会在|待|暂[无未]|尚[无未]|正在")
# A day without its year that is later than this after the first day is of another matter.
_LONGEST = timedelta(days=300)
_SHORTEST = 4


@dataclass(slots=True)
class ConsultationTally:
    """Keeps titles and days of consultations, and the titles that may be results, as pages stream by.

    result_by: how soon after the end the result is due, by the office or by what is usual.
    """

    listings: Mapping[str, Listing]
    as_of: date
    result_by: Allowance
    calendar: tuple[tuple[date, ...], tuple[date, ...]] = ((), ())
    _asked: list[Exchange] = field(default_factory=list)
    _read_pages: set[str] = field(default_factory=set)
    _results: list[tuple[str, str, date | None]] = field(default_factory=list)

    def add(self, document: Document) -> None:
        """Look at one page."""
        if not is_article(document):
            return
        self._read_pages.add(normalise(document.url))
        title = document.title or document.page_facts.list_title
        if _RESULT.search(_DRAFT.sub("", title)):
            day = document.published.date() if document.published else None
            self._results.append((_bare(title), document.url, day))
            return
        listing = self.listings.get(document.column or "")
        if listing and channel_of(listing.column) is Channel.CONSULTATION and _TITLE.search(title):
            self._asked.append(self._read(document, title, listing))

    def hear_of(self, title: str, url: str, day: date | None) -> None:
        """A row of a list that may be a result whose page was not read."""
        if _RESULT.search(_DRAFT.sub("", title)):
            self._results.append((_bare(title), url, day))

    def _read(self, document: Document, title: str, listing: Listing) -> Exchange:
        text = body(document)
        opened = document.published.date() if document.published else document.page_facts.list_date
        own = _OWN_RESULT.search(text)
        link = next((one.url for one in document.links if _OWN_RESULT_LINK.search(one.text) and one.url), "")
        done = (own is not None and not _NOT_YET.search(own[0][:40])) or bool(link)
        return Exchange(
            Channel.CONSULTATION,
            title,
            document.url,
            Reply.UNKNOWN,
            listing.column.id,
            listing.column.name,
            began=opened,
            # A line with a label and a day is taken for one about the page, and stands apart from its text.
            ended=end_of(text, opened, self.calendar) or end_of(_beside(document), opened, self.calendar),
            result=(link or document.url) if done else "",
        )

    def exchanges(self) -> Iterator[Exchange]:
        """Every consultation as it stands on the day of the inspection."""
        yield from self._columns()
        for one in self._asked:
            yield self._judged(replace(one, result=one.result or self._result_of(one)))

    def _columns(self) -> Iterator[Exchange]:
        """A row for each column of which not all was read."""
        for listing in self.listings.values():
            if channel_of(listing.column) is not Channel.CONSULTATION:
                continue
            unread = sum(key not in self._read_pages for key in listing.rows)
            whole = bool(listing.pages) and all(page.complete and not page.problem for page in listing.pages)
            if listing.rows and whole and not unread:
                continue
            parts = [f"{unread} 条的页面没有读到"] * bool(unread) + ["列表没有读全"] * (not whole)
            column = listing.column
            yield Exchange(
                Channel.CONSULTATION,
                column.name,
                column.url,
                Reply.UNKNOWN,
                column.id,
                column.name,
                note="，".join(parts) or "没有读到条目",
                whole=True,
            )

    def _judged(self, one: Exchange) -> Exchange:
        days = (one.ended - one.began).days if one.ended and one.began else None
        one = replace(one, days=days)
        if one.result:
            return replace(one, reply=Reply.PUBLISHED, note=f"结果：{one.result}" if one.result != one.url else "")
        if _ABOVE.search(one.title):
            return replace(one, reply=Reply.OTHER, note="转载的是上级的征集，结果由上级公布")
        if one.ended is None:
            return replace(one, note="没有读到截止日期")
        if one.ended >= self.as_of:
            return replace(one, reply=Reply.RUNNING, note=f"至 {one.ended}")
        if YEAR.exceeded(one.ended, self.as_of):
            return replace(one, reply=Reply.OTHER, note=f"{one.ended} 已结束，不在检查前 1 年内")
        due, certain = self.result_by.due(datetime.combine(one.ended, time()), *self.calendar)
        about = "" if certain else "（当年放假安排尚未收录，按周末和法定节日估算）"
        told = f"{one.ended} 结束，结果应在 {due.date()} 前公布（时限 {self.result_by}）{about}"
        if due.date() >= self.as_of:
            return replace(one, reply=Reply.ENDED, note=told)
        if len(_name(one.title)) < _SHORTEST:
            return replace(one, note=f"{told}；标题里没有事项名称，找不出是哪一篇")
        return replace(one, reply=Reply.SILENT, note=f"{told}，所读页面里没有见到")

    def _result_of(self, one: Exchange) -> str:
        """The page whose title tells the result of this one: it holds the name and no other figures."""
        name = _name(one.title)
        if len(name) < _SHORTEST:
            return ""
        figures = re.findall(r"\d+", name)
        for title, url, day in self._results:
            early = day is not None and one.began is not None and day < one.began
            if name in title and not early and (not figures or figures == re.findall(r"\d+", title)[: len(figures)]):
                return url
        return ""


_OWN_RESULT_LINK = re.compile(r"征集结果|结果反馈|采纳情况|反馈情况|查看结果")


def _bare(title: str) -> str:
    return core(_DRAFT.sub("", title))


def _beside(document: Document) -> str:
    return "\n".join(block.text for block in document.blocks if block.kind == "nav")


def _name(title: str) -> str:
    """What opinions are asked of, without drafts' marks: 检查办法 of 关于征求《检查办法（征求意见稿）》意见的公告."""
    if found := _BOOK.search(title):
        return _bare(found[1])
    return _BEHIND.sub("", _BEFORE.sub("", _bare(title)))


def end_of(text: str, opened: date | None, calendar: tuple[tuple[date, ...], tuple[date, ...]]) -> date | None:
    """The last day on which opinions are taken, by the words of a text; None where it gives none."""
    text = _HAN_NUMBER.sub(_in_digits, _TWICE.sub("", text))
    for pattern in _ENDS:
        for found in pattern.finditer(text):
            if end := _last(found.groups(), opened):
                return end
    if opened and (term := _TERM.search(text)):
        if not term[2].endswith("工作日"):
            return opened + timedelta(days=int(term[1]))
        due, _ = Allowance(int(term[1]), "wd").due(datetime.combine(opened, time()), *calendar)
        return due.date()
    return None


def _in_digits(found: re.Match[str]) -> str:
    return str(number(found[0].replace("零", "〇").replace("○", "〇")))


def _last(parts: tuple[str | None, ...], opened: date | None) -> date | None:
    """The last of the days found; one without a year is of the year of the first, or of the next."""
    *first, year, month, day = parts
    written = next((one for one in (year, *first[:1]) if one), None) or (str(opened.year) if opened else None)
    if written is None or month is None or day is None:
        return None
    with suppress(ValueError):
        end = date(int(written), int(month), int(day))
        start = _first(first, opened)
        if year is None and start and end < start:
            end = date(end.year + 1, end.month, end.day)
        if opened is None:
            return end
        is_other = year is None and end - (start or opened) > _LONGEST
        return end if end >= opened - timedelta(days=1) and not is_other else None
    return None


def _first(parts: list[str | None], opened: date | None) -> date | None:
    with suppress(ValueError, TypeError, IndexError):
        return date(int(parts[0]), int(parts[1]), int(parts[2]))  # type: ignore[arg-type]
    return opened
