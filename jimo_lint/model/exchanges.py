"""What a site and the public say to each other: letters, consultations, interviews, and how policies are explained."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import ClassVar

from jimo_lint.model.anchors import Anchor
from jimo_lint.values import dataclass


class Channel(StrEnum):
    """What kind of exchange a column, or a thing on the home page, is for."""

    MAILBOX = "mailbox"
    CONSULTATION = "consultation"
    INTERVIEW = "interview"
    HOTLINE = "hotline"
    ERRORS = "errors"

    @property
    def label(self) -> str:
        """The Chinese words that reports print."""
        return _CHANNELS[self.value]


_CHANNELS = {
    "mailbox": "信箱留言",
    "consultation": "意见征集",
    "interview": "在线访谈",
    "hotline": "政务热线",
    "errors": "网站找错",
}


class Reply(StrEnum):
    """How an exchange stands. UNKNOWN is never shown as fine."""

    ANSWERED = "answered"
    LATE = "late"
    WAITING = "waiting"
    OVERDUE = "overdue"
    RUNNING = "running"
    ENDED = "ended"
    SILENT = "silent"
    PUBLISHED = "published"
    SEEN = "seen"
    FAULTY = "faulty"
    ABSENT = "absent"
    OTHER = "other"
    UNKNOWN = "unknown"

    @property
    def label(self) -> str:
        """The Chinese words that reports print."""
        return _REPLIES[self.value]


_REPLIES = {
    "answered": "已答复",
    "late": "答复超期",
    "waiting": "未答复，未到期",
    "overdue": "超过 3 个月未答复",
    "running": "征集中",
    "ended": "已结束，未到公布期限",
    "silent": "已结束，未见结果",
    "published": "已公布结果",
    "seen": "有",
    "faulty": "有误",
    "absent": "未见",
    "other": "不作判断",
    "unknown": "判断不了",
}


@dataclass(frozen=True, slots=True)
class Exchange:
    """One letter, consultation or interview, a channel's column as a whole, or an entrance on the home page: the
    subject of the rules about interaction, and a row of 互动交流.

    began: asked, or opened; ended: answered, or closed. days: calendar days that it took, or has taken. result: address
    of the published result. note: the sum, or why nothing can be said. count: how many a row about a column stands for.
    """

    SCOPE: ClassVar[str] = "互动交流栏目的每一件来信、征集和首页的找错、热线入口"

    channel: Channel
    title: str
    url: str
    reply: Reply
    column: str = ""
    column_name: str = ""
    began: date | None = None
    ended: date | None = None
    days: int | None = None
    result: str = ""
    note: str = ""
    count: int = 1
    whole: bool = False

    def anchor(self) -> Anchor:
        """Its own page; the column's where it stands for many."""
        if self.whole:
            return Anchor("column", self.column_name, self.column, url=self.url, column=self.column or None)
        if self.channel in (Channel.ERRORS, Channel.HOTLINE):
            return Anchor("site", self.title, self.url or self.title, url=self.url)
        return Anchor("document", self.url, self.url, title=self.title, url=self.url, column=self.column or None)


@dataclass(frozen=True, slots=True)
class Explained:
    """How policies are explained. forms: how many interpretations there are of each form; readings: of all.

    policies: documents of the year before the inspection, explained: those of them with an interpretation on the site.
    undated: documents without a date, of which nobody knows whether they are of that year.
    """

    readings: int
    forms: tuple[tuple[str, int], ...]
    policies: int
    explained: int
    undated: int = 0

    @property
    def share(self) -> float | None:
        """解读比例, 0 to 1; None where there is no document."""
        return self.explained / self.policies if self.policies else None
