"""Compares a catalogue of what is to be disclosed with what the columns of the site show.

What was not looked at is never called missing: a place that is no website, a column that could not be read, an entry
for which no column is known. What a machine cannot tell even of what it sees (from which day a limit counts, whether
all of it is there) is said as well.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from jimo_lint.model import ColumnReading, MaxAge
from jimo_lint.model.publishing import Promise, Seen
from jimo_lint.network.address import normalise
from jimo_lint.readers.registers.disclosure_catalogue import Entry

_BARE = re.compile(r"[\W_]+")
_SITE = re.compile(r"网站|门户|官网|平台|网址|https?://|www\.|互联网|网上")
_ELSEWHERE = re.compile(
    r"公示栏|公告栏|公开栏|公示墙|服务大厅|政务服务中心|便民服务|入户|现场|纸质|精准推送|广播|电视|微信|微博|报|公开查阅点|档案馆|图书馆|村|社区"
)
_PERIODS = (
    (re.compile(r"每日|每天|每个?工作日"), MaxAge(days=7)),
    (re.compile(r"每周"), MaxAge(days=14)),
    (re.compile(r"每月|按月|月度"), MaxAge(months=2)),
    (re.compile(r"每季|按季|季度"), MaxAge(months=4)),
    (re.compile(r"每半年|半年"), MaxAge(months=8)),
    (re.compile(r"每年|按年|年度|一年一"), MaxAge(months=14)),
)
_FROM = re.compile(
    r"(?:形成|变更|批复|作出|制定|发生|获取|批准|印发).{0,16}?(?:之日|后|日)|(\d{1,2}|[一二三五七十]{1,3})个?(?:工作日|日)内|及时|实时|长期"
)
_SHORTEST = 4


@dataclass(slots=True)
class DisclosureTally:
    """entries: of the catalogue. titles: of all that the site shows, by their bare words, as they stream by."""

    entries: Sequence[Entry]
    as_of: date
    _titles: dict[str, tuple[str, str, date | None]] = field(default_factory=dict)
    _names: dict[str, str] = field(init=False)

    def __post_init__(self) -> None:
        self._names = {bare(entry.name): entry.name for entry in self.entries if len(bare(entry.name)) >= _SHORTEST}

    def hear_of(self, title: str, url: str, day: date | None) -> None:
        """Note an article or a row whose title names an entry; the newest of each."""
        words = bare(title)
        for name in self._names:
            if name in words:
                known = self._titles.get(name)
                if known is None or (day is not None and (known[2] is None or day > known[2])):
                    self._titles[name] = (title, url, day)

    def promises(
        self, readings: Sequence[ColumnReading], pages: Mapping[str, str], *, whole: bool
    ) -> Iterator[Promise]:
        """Each entry as it stands. pages: titles of those read, by normal address; whole: all was read."""
        by_url = {normalise(reading.column.url): reading for reading in readings}
        by_name: dict[str, list[ColumnReading]] = {}
        for reading in readings:
            by_name.setdefault(bare(reading.column.name), []).append(reading)
        for entry in self.entries:
            yield self._promise(entry, by_url, by_name, pages, whole=whole)

    def _promise(
        self,
        entry: Entry,
        by_url: Mapping[str, ColumnReading],
        by_name: Mapping[str, list[ColumnReading]],
        pages: Mapping[str, str],
        *,
        whole: bool,
    ) -> Promise:
        def said(seen: Seen, reason: str, **more: object) -> Promise:
            return Promise(
                name=entry.name,
                row=entry.row,
                seen=seen,
                reason=reason,
                above=" › ".join(entry.above),
                content=entry.content,
                limit=entry.limit,
                owner=entry.owner,
                platform=entry.platform,
                **{"url": entry.url, **more},  # type: ignore[arg-type]
            )

        if entry.on_request:
            return said(Seen.UNKNOWN, "目录写的公开方式是依申请公开，不是主动公开，没有对照")
        if entry.platform and not _SITE.search(entry.platform) and _ELSEWHERE.search(entry.platform) and not entry.url:
            return said(Seen.UNKNOWN, f"目录写明在“{entry.platform[:30]}”公开，不在网站上，请到现场核对")
        address = normalise(entry.url) if entry.url else ""
        named = by_name.get(bare(entry.name), [])
        reading = by_url.get(address) or (named[0] if len(named) == 1 else None)
        if reading is not None:
            return self._in_column(entry, reading, said)
        if named and not address:
            return said(Seen.UNKNOWN, f"叫这个名称的栏目有 {len(named)} 个，不知是哪一个，请在目录里写网址")
        if address and address in pages:
            return said(Seen.SEEN, f"网址读到，页面是“{pages[address][:40]}”", open=_open(entry, whole_list=False))
        if found := self._titles.get(bare(entry.name)):
            title, url, day = found
            reason = f"没有对应的栏目；见到标题有这个名称的信息《{title[:40]}》" + (f"（{day}）" if day else "")
            return said(Seen.SEEN, reason, url=entry.url or url, newest=day, open=_open(entry, whole_list=False))
        if address:
            return said(Seen.UNKNOWN, "目录所写的网址不是已配置的栏目，本次也没有读到，请打开核对")
        if not whole:
            return said(Seen.UNKNOWN, "没有叫这个名称的栏目，网站也没有读全")
        if len(bare(entry.name)) < _SHORTEST:
            return said(Seen.UNKNOWN, "没有叫这个名称的栏目；名称太短，不能按标题找，请在目录里写网址")
        return said(
            Seen.UNSEEN, "全站没有叫这个名称的栏目，也没有标题有这个名称的信息；公开在别的名称下的请在目录里写网址"
        )

    def _in_column(self, entry: Entry, reading: ColumnReading, said: Callable[..., Promise]) -> Promise:
        column = reading.column
        more = {
            "url": entry.url or column.url,
            "column": column.id,
            "column_name": column.name,
            "newest": reading.newest,
            "items": reading.items,
        }
        where = f"栏目“{column.name}”"
        if reading.reason:
            return said(Seen.UNKNOWN, f"{where}：{reading.reason}", **more)
        if reading.landing:
            return said(Seen.UNKNOWN, f"{where}是入口页，没有自己的列表，下级栏目请在目录里分别写网址", **more)
        if not reading.items:
            if reading.complete and reading.read_pages:
                return said(Seen.UNSEEN, f"{where}是空白的", **more)
            return said(Seen.UNKNOWN, f"{where}没有读到条目，列表也没有读全", **more)
        reason = f"{where}有 {reading.items} 条" + (f"，最近 {reading.newest}" if reading.newest else "，都没有日期")
        period = next((limit for pattern, limit in _PERIODS if pattern.search(entry.limit)), None)
        counted = period is not None and not _FROM.search(entry.limit)
        late = bool(counted and period and reading.newest and period.exceeded(reading.newest, self.as_of))
        if late:
            reason += (
                f"，目录写“{entry.limit[:20]}”，已有 {(self.as_of - reading.newest).days} 天" if reading.newest else ""
            )
        told = _open(replace(entry, limit="") if counted and reading.newest else entry, whole_list=True)
        return said(Seen.SEEN, reason, late=late, open=told, **more)


def _open(entry: Entry, *, whole_list: bool) -> str:
    """What remains to be looked at by a person."""
    parts = []
    if _FROM.search(entry.limit):
        parts.append("时限从信息形成、变更之日等算起，机器不知道那一天，是否按时请人工核对")
    elif entry.limit:
        parts.append("时限读不出周期，是否按时请人工核对")
    if entry.content:
        parts.append("内容是否齐全请人工核对" if whole_list else "是不是目录要求的内容请人工核对")
    return "；".join(parts)


def bare(text: str) -> str:
    """Words without marks and blanks."""
    return _BARE.sub("", text)
