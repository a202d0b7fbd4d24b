"""What was to be published where and by when: one item on several platforms, and entries of a disclosure catalogue."""

from __future__ import annotations

import re
from collections.abc import Collection
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import ClassVar

from jimo_lint.model.anchors import Anchor
from jimo_lint.values import dataclass

_ALLOWANCE = r"(\d{1,3})\s*(h|d|wd)"  # compiled where one is read, which a check never does


@dataclass(frozen=True, slots=True)
class Allowance:
    """How soon something is to follow: `24h` hours, `2d` days or `5wd` working days; `0d` is the same day."""

    number: int
    unit: str

    @classmethod
    def parse(cls, text: str) -> Allowance:
        """ValueError where it is none."""
        found = re.fullmatch(_ALLOWANCE, text.strip())
        if not found:
            raise ValueError(f"“{text}”不是时限，应写作 24h（小时）、2d（天）或 5wd（工作日）")
        return cls(int(found[1]), found[2])

    def due(self, start: datetime, holidays: Collection[date], workdays: Collection[date]) -> tuple[datetime, bool]:
        """The last moment for what follows `start`, and whether the holidays that it depends on are known."""
        if self.unit == "h":
            return start + timedelta(hours=self.number), True
        if self.unit == "d":
            return datetime.combine(start.date() + timedelta(days=self.number), time.max), True
        from jimo_lint.model import workdays as calendar  # of no use to a check of drafts

        last = calendar.due(start.date(), self.number, holidays, workdays)
        return datetime.combine(last.day, time.max), last.certain

    def __str__(self) -> str:
        if self.unit != "h" and not self.number:
            return "当日"
        return f"{self.number} {({'h': '小时', 'd': '天', 'wd': '个工作日'})[self.unit]}"


class Arrival(StrEnum):
    """How an item stands on a platform that it was to appear on."""

    IN_TIME = "in-time"
    LATE = "late"
    MISSING = "missing"
    WAITING = "waiting"
    UNKNOWN = "unknown"

    @property
    def label(self) -> str:
        """The Chinese words that reports print."""
        return _ARRIVALS[self.value]


_ARRIVALS = {"in-time": "按时", "late": "超时", "missing": "未见", "waiting": "未到期", "unknown": "判断不了"}


@dataclass(frozen=True, slots=True)
class Copy:
    """The item as one platform has it. place: 网站, or platform and name of the account. published: naive China
    standard time, None where nobody knows. by: what it was recognised by."""

    place: str
    title: str
    url: str = ""
    published: datetime | None = None
    account: str = ""
    by: str = ""


@dataclass(frozen=True, slots=True)
class Appearance:
    """Whether an item appeared where it was to. place: the platform as the configuration has it, in Chinese.

    due: None where there is no day to count from. reason: the sum, or why nothing can be said.
    """

    place: str
    limit: str
    arrival: Arrival
    copy: Copy | None = None
    due: datetime | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Difference:
    """Two copies that do not say the same. figures: they differ in numbers alone. ours, theirs: the sentences."""

    place: str
    figures: bool
    ours: str
    theirs: str
    others: int = 0


class Asked(StrEnum):
    """Why an item is looked for: its kind has limits, the office's list has it, or only a post has it."""

    LIMITS = "limits"
    FORWARD = "forward"
    POST = "post"


@dataclass(frozen=True, slots=True)
class Publication:
    """One item on the site and the accounts: the subject of the rules about several platforms, and a row of 多平台发布.

    kind: the column's, in Chinese. origin: when it was first published, by which limits are counted. column, account:
    ids of where `url` is. differences: one for each copy that differs.
    """

    SCOPE: ClassVar[str] = "同一件信息在网站和各账号上的发布"

    title: str
    url: str
    kind: str
    asked: Asked = Asked.LIMITS
    column: str = ""
    account: str = ""
    number: str = ""
    origin: datetime | None = None
    appearances: tuple[Appearance, ...] = ()
    differences: tuple[Difference, ...] = ()

    def anchor(self) -> Anchor:
        """Where it was seen; what stands nowhere by its title."""
        place = self.url or self.title
        return Anchor(
            "document",
            place,
            place,
            title=self.title,
            url=self.url,
            scope=(self.account or "site",),
            column=self.column or None,
            account=self.account or None,
            published=self.origin,
        )


class Seen(StrEnum):
    """Whether what a catalogue promises was seen on the site."""

    SEEN = "seen"
    UNSEEN = "unseen"
    UNKNOWN = "unknown"

    @property
    def label(self) -> str:
        """The Chinese words that reports print."""
        return {"seen": "已见", "unseen": "未见", "unknown": "机器判断不了"}[self.value]


@dataclass(frozen=True, slots=True)
class Promise:
    """One entry of a catalogue of what is to be disclosed (主动公开事项目录), and what was seen of it on the site.

    row: sheet and row. limit, platform, content: as written. column: id of the column that was compared, "" for none;
    newest, items: what that column shows. late: it has a period, and the newest is older than that. reason: of the
    state; open: what a machine cannot tell even of what was seen.
    """

    SCOPE: ClassVar[str] = "主动公开事项目录的每一项"

    name: str
    row: str
    seen: Seen
    reason: str
    above: str = ""
    content: str = ""
    limit: str = ""
    owner: str = ""
    platform: str = ""
    url: str = ""
    column: str = ""
    column_name: str = ""
    newest: date | None = None
    items: int = 0
    late: bool = False
    open: str = ""

    def anchor(self) -> Anchor:
        """The column, or the entry itself where none is known."""
        name = f"{self.above} › {self.name}" if self.above else self.name
        return Anchor("column", name, f"目录 {name}", url=self.url, column=self.column or None)
