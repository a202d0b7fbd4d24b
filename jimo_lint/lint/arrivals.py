"""Says of every item whether it appeared where it was to, by the limits of the configuration or of a list."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from jimo_lint.evidence.publications import SITE, Items, Match, Row, has_clock, place_of
from jimo_lint.evidence.sameness import Item, Likeness, core
from jimo_lint.model import Account, AccountReading, ColumnKind, Platform
from jimo_lint.model.publishing import Allowance, Appearance, Arrival, Asked, Copy, Difference, Publication
from jimo_lint.network.address import normalise
from jimo_lint.readers.registers.forward_list import Forward

_KINDS = {kind.value: kind.label for kind in ColumnKind}
_PLATFORMS = {platform.value: platform for platform in Platform}
_OFFICIAL = re.compile(r"关于.{4,100}的(?:通知|公告|通告|意见|决定|办法|通报|批复|公示|方案)$")
_ABOVE = re.compile(r"国务院|中共中央|国家|全国|省|自治区|人民代表|上级")
# 国办发〔2017〕47号: what the State Council's portal publishes is repeated within a day.
_FORWARD = Allowance(24, "h")
_WORDS_FROM = 0.9  # of sentences that both have, before one that differs is worth telling


@dataclass(frozen=True, slots=True)
class Known:
    """What was read, and until when. seen: the day of the crawl, None where the site was never read; whole: so much of
    the site was read that what was not found is not there. readings: of the accounts, by their ids."""

    as_of: date
    seen: date | None
    whole: bool
    readings: Mapping[str, AccountReading]
    holidays: Collection[date] = ()
    workdays: Collection[date] = ()


@dataclass(frozen=True, slots=True)
class Judge:
    """Judges items against all others. limits: as `Timeliness`; window: days before the inspection that are judged.

    home: the name of the site's place, which tells its own documents from those of organs above it.
    """

    known: Known
    items: Items
    limits: Mapping[ColumnKind, Mapping[str, Allowance]]
    window: int
    home: str = ""
    rows: Sequence[Row] = field(default=())

    def publications(self) -> Iterator[Publication]:
        """The site's items of the kinds that have limits, then the posts of which the site has nothing."""
        limits = {kind.value: places for kind, places in self.limits.items()}
        on_site = any("site" in places for places in self.limits.values())
        first = self.known.as_of - timedelta(days=self.window)
        for item in self.items:
            day = item.published.date() if item.published else None
            if day is None or not first <= day <= self.known.as_of:
                continue
            if not item.account and item.kind in limits:
                yield self._item(item, limits[item.kind])
            elif item.account and on_site and (post := self._post(item)):
                yield post

    def forwards(self, wanted: Sequence[Forward]) -> Iterator[Publication]:
        """What the office's list has to be repeated."""
        by_url = {normalise(row.url): row for row in self.rows}
        by_title = {core(row.title): row for row in self.rows}
        for forward in wanted:
            row = by_url.get(normalise(forward.url)) if forward.url else None
            row = row or by_title.get(core(forward.title))
            places = [self._forwarded(forward, place, row) for place in forward.places or ("site",)]
            yield Publication(
                title=forward.title,
                url=next((one.copy.url for one in places if one.copy), forward.url),
                kind="转载任务",
                asked=Asked.FORWARD,
                column=row.column if row else "",
                origin=forward.published,
                appearances=tuple(places),
            )

    def _item(self, item: Item, places: Mapping[str, Allowance]) -> Publication:
        matches = self.items.matches(item, timedelta(days=self.window))
        same = [match for match in matches.values() if match.likeness is Likeness.SAME]
        times = [one.published for one in (item, *(match.item for match in same)) if one.published]
        origin = min(times, key=lambda moment: (moment.date(), moment))
        return Publication(
            title=item.title,
            url=item.url,
            kind=_KINDS[item.kind],
            column=item.column,
            number=item.number,
            origin=origin,
            appearances=tuple(self._appearance(item, place, limit, origin, matches) for place, limit in places.items()),
            differences=tuple(one for match in same if (one := _difference(match)) is not None),
        )

    def _appearance(
        self, item: Item, place: str, limit: Allowance, origin: datetime, matches: Mapping[str, Match]
    ) -> Appearance:
        if place == "site":
            return self._timed(SITE, limit, origin, _copy(item, "原件"))
        owing = self._owing(place)
        name = _PLATFORMS[place].label if place in _PLATFORMS else place
        found = [matches[account.id] for account in owing if account.id in matches]
        same = [match for match in found if match.likeness is Likeness.SAME]
        if same:
            best = min(same, key=lambda match: (match.item.published is None, match.item.published or origin))
            return self._timed(name, limit, origin, _copy(best.item, best.by))
        doubtful = _copy(found[0].item, found[0].by) if found else None
        return self._missing(name, limit, origin, owing, doubtful)

    def _owing(self, place: str) -> list[Account]:
        """The accounts of a platform, or the one of that name, that were not closed."""
        accounts = [reading.account for reading in self.known.readings.values()]
        open_ones = [account for account in accounts if not account.is_closed(self.known.as_of)]
        return [one for one in open_ones if place in (one.platform.value, one.name)]

    def _timed(self, place: str, limit: Allowance, origin: datetime, copy: Copy) -> Appearance:
        due, certain = limit.due(origin, self.known.holidays, self.known.workdays)
        if copy.published is None:
            return Appearance(place, str(limit), Arrival.UNKNOWN, copy, due, "没有读到发布时间")
        told = f"最早 {_said(origin)}，{place} {_said(copy.published)}，时限 {limit}"
        told += "" if certain else "（当年放假安排尚未收录，按周末和法定节日估算）"
        if limit.unit == "h" and not (has_clock(origin) and has_clock(copy.published)):
            days = -(-limit.number // 24)
            apart = (copy.published.date() - origin.date()).days
            if apart == days:
                return Appearance(place, str(limit), Arrival.UNKNOWN, copy, due, f"{told}；只有日期，算不出小时")
            late = apart > days
        else:
            late = copy.published > due
        if not late:
            return Appearance(place, str(limit), Arrival.IN_TIME, copy, due, told)
        behind = (copy.published.date() - due.date()).days
        return Appearance(place, str(limit), Arrival.LATE, copy, due, f"{told}，晚 {behind or 1} 天")

    def _missing(
        self, place: str, limit: Allowance, origin: datetime, owing: Sequence[Account], doubtful: Copy | None
    ) -> Appearance:
        due, _ = limit.due(origin, self.known.holidays, self.known.workdays)

        def said(arrival: Arrival, reason: str) -> Appearance:
            return Appearance(place, str(limit), arrival, doubtful, due, reason)

        if doubtful:
            return said(Arrival.UNKNOWN, f"有一篇相近的《{doubtful.title}》，是不是同一件请人工核对")
        if not owing:
            return said(Arrival.UNKNOWN, "配置里没有这个平台的账号")
        if due.date() >= self.known.as_of:
            return said(Arrival.WAITING, f"应在 {_said(due)} 前发布")
        for account in owing:
            if blind := _blind(self.known.readings[account.id], due.date()):
                return said(Arrival.UNKNOWN, f"{place_of(account)}：{blind}")
        pictures = sum(self.known.readings[account.id].pictures for account in owing)
        beside = f"；另有 {pictures} 篇内容在图片里，没有识读" if pictures else ""
        return said(Arrival.MISSING, f"应在 {_said(due)} 前发布，所读档案里没有这一件{beside}")

    def _post(self, item: Item) -> Publication | None:
        """A post that reads like a document of this government and is nowhere on a site that was read whole."""
        known = self.known
        if not (known.whole and known.seen and item.published and item.published.date() < known.seen):
            return None
        if not _OFFICIAL.search(item.title.strip()) or not self._own(item.title):
            return None
        on_site = [one for one in self.items.titled(item.core) if not one.account]
        if on_site or "" in self.items.matches(item, timedelta(days=self.window)):
            return None
        if any(core(row.title) == item.core for row in self.rows):
            return None
        reason = f"{item.place} {_said(item.published)} 已发布，网站读于 {known.seen}，没有读到"
        return Publication(
            title=item.title,
            url=item.url,
            kind="账号文稿",
            asked=Asked.POST,
            account=item.account,
            number=item.number,
            origin=item.published,
            appearances=(Appearance(SITE, "", Arrival.MISSING, None, None, reason),),
        )

    def _own(self, title: str) -> bool:
        """Whether a title names no organ before 关于, or this government's."""
        before = title.partition("关于")[0]
        return not _ABOVE.search(before) and (not before or (bool(self.home) and self.home in before))

    def _forwarded(self, forward: Forward, place: str, row: Row | None) -> Appearance:
        item = Item(forward.url or forward.title, forward.title, forward.url, "来源", forward.published)
        titled = [one for one in self.items.titled(item.core) if _not_before(one, forward)]
        name = SITE if place == "site" else _PLATFORMS[place].label if place in _PLATFORMS else place
        owing = [] if place == "site" else self._owing(place)
        ids = {account.id for account in owing}
        copies = [_copy(one, "标题") for one in titled if (not one.account if place == "site" else one.account in ids)]
        if place == "site" and row is not None:
            copies.append(Copy(SITE, row.title, row.url, row.published, by="列表里的链接"))
        copies.sort(key=lambda copy: (copy.published is None, str(copy.published)))
        if forward.published is None:
            copy = copies[0] if copies else None
            return Appearance(name, str(_FORWARD), Arrival.UNKNOWN, copy, None, "清单里没有读出发布时间")
        if copies:
            return self._timed(name, _FORWARD, forward.published, copies[0])
        if place == "site":
            return self._not_on_site(forward.published)
        return self._missing(name, _FORWARD, forward.published, owing, None)

    def _not_on_site(self, published: datetime) -> Appearance:
        due, _ = _FORWARD.due(published, (), ())
        known = self.known

        def said(arrival: Arrival, reason: str) -> Appearance:
            return Appearance(SITE, str(_FORWARD), arrival, None, due, reason)

        if known.seen is None:
            return said(Arrival.UNKNOWN, "还没有采集过网站，请先运行 jimo-lint inspect columns")
        if due.date() >= known.as_of:
            return said(Arrival.WAITING, f"应在 {_said(due)} 前转载")
        if due.date() >= known.seen:
            return said(Arrival.UNKNOWN, f"网站读于 {known.seen}，此后的没有读")
        if not known.whole:
            return said(Arrival.UNKNOWN, "网站没有读全")
        return said(Arrival.MISSING, f"应在 {_said(due)} 前转载，全站没有这个标题的稿件或链接")


def _not_before(item: Item, forward: Forward) -> bool:
    """What was published before its source is another item of that title."""
    if item.published is None or forward.published is None:
        return True
    return item.published.date() >= forward.published.date()


def _blind(reading: AccountReading, due: date) -> str:
    """Why an archive does not tell that something was not published by that day; "" where it does."""
    if reading.reason:
        return reading.reason
    if not reading.proves_silence:
        return "档案不含全部已发内容，或有没读出的，不能证明没有发"
    if reading.saved is not None and reading.saved <= due:
        return f"档案是 {reading.saved} 的，此后的没有读"
    if reading.oldest is not None and reading.oldest > due:
        return f"档案最早到 {reading.oldest}，此前的没有读"
    return ""


def _copy(item: Item, by: str) -> Copy:
    return Copy(item.place, item.title, item.url, item.published, item.account, by)


def _difference(match: Match) -> Difference | None:
    """The first sentence with other figures, or else the first with other words, where they are few."""
    figures = [pair for pair in match.pairs if pair.what in ("figure", "date")]
    words = [pair for pair in match.pairs if pair.what == "words"]
    both = len(match.item.sentences)
    told = figures or (words if both and 1 - len(words) / both >= _WORDS_FROM else [])
    if not told:
        return None
    return Difference(match.item.place, bool(figures), told[0].ours, told[0].theirs, len(told) - 1)


def _said(moment: datetime) -> str:
    """A moment as people write it; the day alone where the time is not known, or is the end of the day."""
    whole = not has_clock(moment) or (moment.hour, moment.minute) == (23, 59)
    return f"{moment:%Y-%m-%d}" if whole else f"{moment:%Y-%m-%d %H:%M}"
