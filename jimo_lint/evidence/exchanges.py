"""Reads what columns of interaction show: letters with the days on which they were asked and answered, interviews."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time

from jimo_lint.evidence.articles import is_article
from jimo_lint.evidence.readings import Listing
from jimo_lint.extract.dates import text_dates
from jimo_lint.model import Column, ColumnKind, Document, MaxAge, PageClass
from jimo_lint.model.exchanges import Channel, Exchange, Reply
from jimo_lint.model.publishing import Allowance
from jimo_lint.network.address import normalise

# 国办秘函〔2019〕19号 单项否决“互动回应差”: within the year before, a letter without an answer for more than this.
UNANSWERED = MaxAge(months=3)
YEAR = MaxAge(months=12)

# 网上信访 and 纪检举报 are no channels for questions, by the same clause.
_NONE = re.compile(r"信访|纪检|举报|12388|监察|留言板须知|写信须知|我要写信|我要留言")
_NAMES = {
    Channel.CONSULTATION: re.compile(r"意见征[集询]|民意征集|征集调查|调查征集|征求意见|公众参与|结果反馈|征集"),
    Channel.INTERVIEW: re.compile(r"访谈"),
    Channel.HOTLINE: re.compile(r"热线|12345"),
    Channel.MAILBOX: re.compile(r"信箱|留言|来信|咨询|问政|投诉|建言|互动回应|回复选登|你问我答"),
}
_DATE = r"[:：\]】]?\s{0,6}[\[【]?\s{0,2}((?:19|20)\d\d\s?[-/.年]\s?\d{1,2}\s?[-/.月]\s?\d{1,2})"
_ASKED = re.compile(rf"(?:来信|写信|提交|留言|咨询|提问|反映|投诉|发信|诉求|信件)(?:时间|日期){_DATE}")
_ANSWERED = re.compile(rf"(?:答复|回复|办结|反馈|回应|办理完成|处理)(?:时间|日期){_DATE}")
_STATE = re.compile(r"(?:状态|进度|办理情况|处理情况|答复情况|回复情况)[:：\]】]?\s{0,6}(\S{2,10})")
_OPEN = re.compile(
    r"未(?:答复|回复|办理|办结|处理|受理)|[待暂](?:答复|回复|办理|处理|受理)|待回|待办(?!公)|(?:办理|处理|受理|转办|交办)中|正在(?:办理|处理|受理|答复|回复)|已受理|已[转交][办交]"
    r"|(?:暂无|尚无|暂未|尚未)[答回]复"
)
_DONE = re.compile(
    r"已(?:答复|回复|办结|办理|处理|反馈)|(?:办理?|处理|[答回]复)完[成毕]|(?<![未待不])办结(?!时间|日期|率)"
)
_REPLY_LABEL = r"(?:答复|回复|办理)(?:内容|意见|结果)[:：\]】]\s{0,6}"
_NO_REPLY = re.compile(rf"{_REPLY_LABEL}(?:[暂尚][无未]|[未待][答回]复)")
# An empty field is followed by the next one, or by what stands below every letter; who is to answer has not by that.
_REPLY = re.compile(
    rf"{_REPLY_LABEL}(?![暂尚][无未]|[未待][答回]复|打印|关闭|上一|下一|分享|返回"
    r"|[^。，：:\n]{0,6}(?:时间|日期|单位|部门|内容|意见|结果|状态|满意度|评价|附件|[答回]复人)[:：])\S"
)
_LABEL_ASKED = re.compile(r"(?:来信|写信|提交|留言|咨询|提问|反映|投诉)(?:时间|日期)")
_LABEL_ANSWERED = re.compile(r"(?:答复|回复|办结|反馈)(?:时间|日期)")
_HEAD = 40  # blocks before the first row among which a table's header stands


def channel_of(column: Column) -> Channel | None:
    """What kind of exchange a column is for, by its name; None for others."""
    if _NONE.search(column.name):
        return None
    if column.kind not in (ColumnKind.CONSULTATION, ColumnKind.OTHER, ColumnKind.NOTICE, ColumnKind.NEWS):
        return None
    return next((channel for channel, name in _NAMES.items() if name.search(column.name)), None)


@dataclass(frozen=True, slots=True)
class Letter:
    """What is known of a letter. shown: a day beside it of which nobody says what it is; never before it was asked.
    open: its page or its row says that it has no answer yet; answered: that it has."""

    url: str
    title: str
    asked: date | None = None
    replied: date | None = None
    shown: date | None = None
    open: bool = False
    answered: bool = False

    def with_(self, other: Letter) -> Letter:
        """Both pages' words about one letter; an answer that one of them shows is one."""
        answered = self.answered or other.answered
        return Letter(
            self.url,
            self.title or other.title,
            self.asked or other.asked,
            self.replied or other.replied,
            self.shown or other.shown,
            (self.open or other.open) and not answered,
            answered,
        )


def letter_page(document: Document) -> Letter:
    """A letter by its own page."""
    text = document.text
    state = _STATE.search(text)
    said = state[1] if state else ""
    replied = _day(_ANSWERED, text)
    answered = replied is not None or bool(_DONE.search(said)) or bool(_REPLY.search(text))
    return Letter(
        document.url,
        document.title or document.page_facts.list_title,
        _day(_ASKED, text),
        replied,
        document.page_facts.list_date or (document.published.date() if document.published else None),
        not answered and bool(_OPEN.search(said) or _OPEN.search(document.title) or _NO_REPLY.search(text)),
        answered and not (replied is None and _OPEN.search(said)),
    )


def list_letters(document: Document, titles: Mapping[str, str]) -> Iterator[Letter]:
    """The letters that a list page shows, by the words of their rows. titles: of the column's rows, to addresses."""
    blocks = [block.text for block in document.blocks if block.kind in ("body", "table")]
    places = [(number, title) for number, text in enumerate(blocks) if (title := _row_title(text, titles))]
    if not places:
        return
    head = "\n".join(blocks[max(places[0][0] - _HEAD, 0) : places[0][0]])
    asked, answered = _LABEL_ASKED.search(head), _LABEL_ANSWERED.search(head)
    for (number, title), (end, _) in zip(places, [*places[1:], (len(blocks), "")], strict=True):
        text = "\n".join(blocks[number:end]).replace(title, "", 1)
        days = [moment.date() for _, _, moment in text_dates.dates(text)]
        first, second = (days[0], days[1]) if len(days) > 1 else (None, None)
        if asked and answered and asked.start() > answered.start():
            first, second = second, first
        labelled = bool(asked and answered)
        done = bool(_DONE.search(text))
        is_open = bool(_OPEN.search(text)) and not done
        single = days[0] if len(days) == 1 else None
        yield Letter(
            titles[title],
            title,
            (first if labelled else None) or (single if (asked and not answered) or is_open else None),
            second if labelled else None,
            single,
            is_open,
            done or (labelled and second is not None),
        )


def _row_title(text: str, titles: Mapping[str, str]) -> str:
    """The row that a block begins, "" for none: a cell of its own, or a line that begins with it."""
    if text in titles:
        return text
    return next((title for title in titles if len(title) >= 6 and title in text), "")


def _day(pattern: re.Pattern[str], text: str) -> date | None:
    found = pattern.search(text)
    for _, _, moment in text_dates.dates(found[1]) if found else ():
        return moment.date()
    return None


@dataclass(slots=True)
class ExchangeTally:
    """Keeps what pages of such columns say, as they stream by.

    answer_by: the office's own limit for answers, None where it has none.
    """

    listings: Mapping[str, Listing]
    as_of: date
    answer_by: Allowance | None = None
    calendar: tuple[tuple[date, ...], tuple[date, ...]] = ((), ())
    _letters: defaultdict[str, dict[str, Letter]] = field(default_factory=lambda: defaultdict(dict))

    def add(self, document: Document) -> None:
        """Look at one page."""
        listing = self.listings.get(document.column or "")
        channel = channel_of(listing.column) if listing else None
        if listing is None or channel is None:
            return
        known = self._letters[listing.column.id]
        if channel is Channel.MAILBOX and document.page_facts.page_class is PageClass.LIST:
            titles = {row.title: row.url for row in listing.rows.values() if row.url and row.title}
            for letter in list_letters(document, titles):
                self._note(known, letter)
        elif channel is Channel.MAILBOX and is_article(document):
            self._note(known, letter_page(document))

    def _note(self, known: dict[str, Letter], letter: Letter) -> None:
        key = normalise(letter.url)
        known[key] = known[key].with_(letter) if key in known else letter

    def mailboxes(self) -> Iterator[Exchange]:
        """A row for each mailbox, then its letters of the last year with a fault; what cannot be read is counted."""
        for listing in self.listings.values():
            if channel_of(listing.column) is Channel.MAILBOX:
                yield from self._mailbox(listing)

    def _mailbox(self, listing: Listing) -> Iterator[Exchange]:
        column = listing.column
        letters = self._letters[column.id]
        rows = [row for row in listing.rows.values() if row.url]
        states = {key: self._judged(letter, column) for key, letter in letters.items()}
        dark = [one for one in states.values() if one.reply is Reply.UNKNOWN]
        unread = len([row for row in rows if normalise(row.url) not in letters])
        counted = {reply: sum(one.reply is reply for one in states.values()) for reply in Reply}
        whole = Exchange(
            Channel.MAILBOX, column.name, column.url, Reply.SEEN, column.id, column.name, count=len(states), whole=True
        )
        told = "，".join(f"{reply.label} {number}" for reply, number in counted.items() if number)
        if dark or unread or not states:
            parts = [f"{len(dark)} 件读不出来信、答复日期或办理状态"] * bool(dark)
            parts += [f"{unread} 件没有读到"] * bool(unread)
            parts += ["没有读到来信" + ("（列表读不到）" if not rows else "")] * (not states)
            example = f"，如《{dark[0].title}》" if dark else ""
            yield replace(whole, reply=Reply.UNKNOWN, note=f"{told}；" * bool(told) + "，".join(parts) + example)
        else:
            yield replace(whole, note=told)
        yield from (one for one in states.values() if one.reply in (Reply.OVERDUE, Reply.LATE, Reply.WAITING))

    def _judged(self, letter: Letter, column: Column) -> Exchange:
        """One letter. Of one that is open, its page or row says so; a day beside it is never before it was asked."""
        one = Exchange(Channel.MAILBOX, letter.title, letter.url, Reply.UNKNOWN, column.id, column.name)
        asked = letter.asked or (letter.shown if letter.open else None)
        if asked is None or asked > self.as_of:
            done = letter.answered and not self.answer_by
            return replace(one, reply=Reply.ANSWERED) if done else replace(one, note="没有读到来信日期")
        one = replace(one, began=asked, ended=letter.replied)
        if letter.open:
            days = (self.as_of - asked).days
            if not UNANSWERED.exceeded(asked, self.as_of):
                return replace(one, reply=Reply.WAITING, days=days, note=f"{asked} 来信，至 {self.as_of} 已 {days} 天")
            if YEAR.exceeded(asked, self.as_of):
                return replace(one, reply=Reply.OTHER, days=days, note=f"{asked} 来信，不在检查前 1 年内")
            note = f"{asked} 来信，至 {self.as_of} 已 {days} 天，页面写明没有答复"
            return replace(one, reply=Reply.OVERDUE, days=days, note=note)
        if letter.replied is None or letter.replied < asked:
            if letter.answered and not self.answer_by:
                return replace(one, reply=Reply.ANSWERED)
            return replace(one, note="没有读到答复日期" if letter.answered else "没有读到办理状态")
        return self._in_time(one, asked, letter.replied)

    def _in_time(self, one: Exchange, asked: date, replied: date) -> Exchange:
        days = (replied - asked).days
        one = replace(one, reply=Reply.ANSWERED, days=days)
        if self.answer_by is None:
            return one
        due, certain = self.answer_by.due(datetime.combine(asked, time()), *self.calendar)
        if replied <= due.date() or YEAR.exceeded(replied, self.as_of):
            return one
        about = "" if certain else "（当年放假安排尚未收录，按周末和法定节日估算）"
        note = f"{asked} 来信，{replied} 答复，时限 {self.answer_by}，应在 {due.date()} 前{about}"
        return replace(one, reply=Reply.LATE, note=note)

    def interviews(self) -> Iterator[Exchange]:
        """A row for each column of interviews and hotlines, with how many of the last year."""
        for listing in self.listings.values():
            channel = channel_of(listing.column)
            if channel not in (Channel.INTERVIEW, Channel.HOTLINE):
                continue
            days = [row.published.date() for row in listing.rows.values() if row.published]
            recent = [day for day in days if day <= self.as_of and not YEAR.exceeded(day, self.as_of)]
            undated = len(listing.rows) - len(days)
            note = f"读到 {len(listing.rows)} 条，近一年 {len(recent)} 条"
            note += f"，最近 {max(days)}" if days else ""
            note += f"；{undated} 条没有日期" if undated else ""
            yield Exchange(
                channel,
                listing.column.name,
                listing.column.url,
                Reply.SEEN if days else Reply.UNKNOWN,
                listing.column.id,
                listing.column.name,
                began=max(days, default=None),
                note=note if listing.rows else "没有读到条目",
                count=len(recent),
                whole=True,
            )
