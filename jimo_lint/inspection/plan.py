"""年度计划: counts the duties of a year from kept runs, the site's columns and a person's records, and says how each
stands."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from jimo_lint.evidence import yearly
from jimo_lint.evidence.annual_reports import INFORMATION, WEBSITE
from jimo_lint.evidence.yearly import ColumnYear, Titled, YearReading
from jimo_lint.inspection import INSPECTIONS
from jimo_lint.lint import pace
from jimo_lint.lint.checks.sites import annual
from jimo_lint.model import Column, workdays
from jimo_lint.model.duties import Deed, Duty, DutyState, Next, Ran, Record, Source, Standing, YearPlan
from jimo_lint.settings import duties
from jimo_lint.settings.config import Config
from jimo_lint.settings.toml import suggestion
from jimo_lint.store import Store
from jimo_lint.store import runs as kept

# A crawl older than this says nothing of how a duty stands now: column inspections come twice a month.
_FRESH = timedelta(days=31)
_ISSUER = re.compile(r"[\W\d_年度]|人民政府$|政府$")
# 《检查结果管理办法》 is what opinions are asked of, no result of asking.
_QUOTED = re.compile("《[^《》]*》")
_BY_HAND = "做完后请记入 jimo-lint.toml 的 [[plan.done]]"


@dataclass(frozen=True, slots=True)
class _Tally:
    """What was met of a duty. most: how often it was done at most, None where nobody knows; until: the day up to
    which was counted."""

    deeds: tuple[Deed, ...]
    until: date
    most: int | None
    reason: str = ""

    @property
    def counted(self) -> tuple[Deed, ...]:
        return tuple(deed for deed in self.deeds if not deed.against)


def inspect(config: Config, as_of: date, year: int) -> YearPlan:
    """The plan from what the store holds. ConfigError, StoreError."""
    runs: Sequence[Ran] = ()
    reading = None
    if config.store_path.is_file():
        with Store.open(config.store_path, writing=False) as store:
            runs = [Ran(one.inspection, one.as_of, one.whole, one.complete) for one in kept.runs(store)]
            reading = yearly.read(store, _asked_for(config), year, as_of)
    return plan(config, runs, reading, as_of, year)


def plan(config: Config, runs: Sequence[Ran], reading: YearReading | None, as_of: date, year: int) -> YearPlan:
    """The duties of `year` as of a day. reading: None where the site was never crawled."""
    planned = duties.in_force(config.plan)
    portal = annual.is_portal(config.site.name)
    owed = [duty for duty in planned.duties if (duty.times or duty.weekly) and (portal or duty.report != "government")]
    count = _Count(config, runs, reading, planned.records, as_of, year)
    return YearPlan(
        site=config.site.name,
        year=year,
        as_of=as_of,
        duties=tuple(map(count.state, owed)),
        seen=reading.seen if reading else None,
        dropped=tuple(duty.name for duty in planned.duties if duty not in owed),
        published=workdays.published(year),
    )


def _asked_for(config: Config) -> list[Column]:
    planned = duties.in_force(config.plan)
    names = {name for duty in planned.duties for name in duty.columns or duty.usual}
    return [column for column in config.columns if column.name in names]


@dataclass(frozen=True, slots=True)
class _Count:
    """Counts one duty after another."""

    config: Config
    runs: Sequence[Ran]
    reading: YearReading | None
    records: Sequence[Record]
    as_of: date
    year: int

    def state(self, duty: Duty) -> DutyState:
        """How a duty stands."""
        if duty.inspection:
            tally = self._of_runs(duty)
        elif duty.report:
            tally = self._of_reports(duty)
        elif duty.by_hand:
            tally = _Tally((), self._end, 0)
        else:
            tally = self._of_columns(duty)
        tally = replace(tally, deeds=tuple(_distinct([*self._recorded(duty), *tally.deeds], duty)))
        return self._of_weeks(duty, tally) if duty.weekly else self._of_times(duty, tally)

    @property
    def _end(self) -> date:
        return min(self.as_of, date(self.year, 12, 31))

    def _recorded(self, duty: Duty) -> Iterator[Deed]:
        for record in self.records:
            for day in sorted(record.days) if record.duty == duty.key else ():
                if self._in_year(duty, day):
                    yield Deed(day, record.note or duty.name, Source.RECORD, against=self._ahead(day))

    def _in_year(self, duty: Duty, day: date) -> bool:
        return day.isocalendar().year == self.year if duty.weekly else day.year == self.year

    def _ahead(self, day: date) -> str:
        return "日期在统计日之后" if day > self.as_of else ""

    def _of_runs(self, duty: Duty) -> _Tally:
        inspection = INSPECTIONS[duty.inspection]
        deeds = tuple(
            Deed(
                run.day,
                inspection.title + ("" if run.complete else "（有没读到的）"),
                Source.RUN,
                against="" if run.whole else "没有做完，或是部分检查，或没有采集",
            )
            for run in sorted(self.runs, key=lambda run: run.day)
            if run.inspection == duty.inspection and run.day <= self.as_of and self._in_year(duty, run.day)
        )
        if deeds or inspection.asked(self.config) or any(self._recorded(duty)):
            return _Tally(deeds, self._end, 0)
        lacking = f"没有写 {inspection.needs}，本程序做不了{inspection.title}；人工做的{_BY_HAND}"
        return _Tally((), self._end, None, lacking)

    def _of_columns(self, duty: Duty) -> _Tally:
        names = duty.columns or duty.usual
        known = {column.name for column in self.config.columns}
        lacking = [name for name in names if name not in known]
        if len(lacking) == len(names):
            return _Tally((), self._end, None, self._unconfigured(duty, names))
        if self.reading is None:
            return _Tally((), self._end, None, "还没有采集过网站，请运行 jimo-lint inspect columns")
        if self.reading.seen.year < self.year <= self.as_of.year:
            return _Tally((), self.reading.seen, None, f"最近一次采集是 {self.reading.seen}，{self.year} 年还没有采集")
        years = [one for one in self.reading.columns if one.column.name in names]
        deeds = [deed for one in years for deed in self._items(duty, one)]
        more = sum(deed.day is None and not deed.against for deed in deeds)
        reasons = [f"栏目“{one.column.name}”：{one.reason}" for one in years if one.reason]
        reasons += [f"没有配置栏目“{name}”{suggestion(name, known)}" for name in lacking if duty.columns]
        until = min(self._end, self.reading.seen)
        if self.as_of.year < self.year:
            return _Tally((), until, 0)
        late = self.as_of - until > _FRESH if self.as_of.year == self.year else until < self._end
        most = None if reasons or late else more
        if until < self._end:
            reasons.append(f"栏目读于 {until}，此后的没有计入")
        if more:
            reasons.append(f"另有 {more} 条没有日期，没有计入")
        dated = (replace(deed, against="没有日期") if deed.day is None else deed for deed in deeds if not deed.against)
        return _Tally((*dated, *(deed for deed in deeds if deed.against)), until, most, "；".join(reasons))

    def _unconfigured(self, duty: Duty, names: Sequence[str]) -> str:
        if duty.columns:
            near = suggestion(names[0], [column.name for column in self.config.columns])
            return f"没有配置栏目“{'”“'.join(names)}”{near}"
        ways = f"请在 [plan.{duty.key}] 写 columns = […]，人工登记的写 columns = []，没有这一项的写 times = 0"
        return f"没有叫“{names[0]}”之类名称的栏目，{ways}"

    def _items(self, duty: Duty, column: ColumnYear) -> Iterator[Deed]:
        for item in column.items:
            against = self._ahead(item.day) if item.day else ""
            bare = _QUOTED.sub("", item.title)
            word = next((word for word in duty.unless if word in bare), "")
            if word:
                against = f"标题有“{word}”"
            elif duty.only and not any(one in item.title for one in duty.only):
                against = f"标题没有“{'”“'.join(duty.only)}”"
            yield Deed(item.day, item.title, Source.COLUMN, column.column.name, item.url, against)

    def _of_reports(self, duty: Duty) -> _Tally:
        if self.reading is None:
            return _Tally((), self._end, None, "还没有采集过网站，请运行 jimo-lint inspect columns")
        until = min(self._end, self.reading.seen)
        if self.as_of.year < self.year:
            return _Tally((), until, 0)
        if self.reading.seen.year < self.year:
            return _Tally((), until, None, f"最近一次采集是 {self.reading.seen}，{self.year} 年还没有采集")
        deeds = tuple(
            Deed(one.day, one.title, Source.SITE, url=one.url, against=self._ahead(one.day) if one.day else "")
            for one in self.reading.reports
            if self._is_of(duty, one)
        )
        reasons = [] if self.reading.whole else ["网站没有读全"]
        if until < self._end:
            reasons.append(f"网站读于 {until}")
        return _Tally(deeds, until, 0 if self.reading.whole else None, "；".join(reasons))

    def _is_of(self, duty: Duty, one: Titled) -> bool:
        pattern = WEBSITE if duty.report == "website" else INFORMATION
        if any(word in one.title for word in duty.unless):
            return False
        if not annual.is_of(one.title, one.day, self.year - 1, pattern):
            return False
        if duty.report == "website" or not annual.is_portal(self.config.site.name):
            return True
        return annual.of_government(one.title, self.config.site.name) == (duty.report == "government")

    def _of_times(self, duty: Duty, tally: _Tally) -> DutyState:
        deadline = duty.deadline(self.year)
        counted = tally.counted
        done = len(counted)
        most = None if tally.most is None else done + tally.most
        days = (tally.until, self.as_of)
        if deadline:
            standing = pace.by_a_day(duty.times, done, most, deadline, days)
            expected = duty.times if self.as_of > deadline else 0
        else:
            standing = pace.over_the_year(duty.times, done, most, self.year, days)
            expected = pace.expected(duty.times, self.year, self.as_of)
        state = self._state(duty, tally, standing, expected)
        whole = sorted(deed.day for deed in counted if deed.day)[duty.times - 1 : duty.times]
        if deadline and whole and whole[0] > deadline:
            said = f"完成日期 {whole[0]} 晚于期限 {deadline}"
            state = replace(state, reason="；".join(part for part in (said, state.reason) if part))
        if standing is Standing.DONE or (standing is Standing.UNKNOWN and not deadline):
            return state
        return replace(state, next=self._next(deadline or pace.due_day(duty.times, done + 1, self.year)))

    def _of_weeks(self, duty: Duty, tally: _Tally) -> DutyState:
        weeks = pace.mondays(self.year)
        had = {deed.day - timedelta(days=deed.day.weekday()) for deed in tally.counted if deed.day}
        over = [monday for monday in weeks if pace.sunday(monday) < self.as_of]
        gaps = tuple(monday for monday in over if monday not in had)
        if tally.most is None:
            state = self._state(duty, tally, Standing.UNKNOWN, len(over), len(weeks))
            return replace(state, done=len(had) or None, gaps=gaps if had else ())
        standing = pace.by_weeks(len(weeks), len(had), len(gaps))
        if self.as_of < weeks[0]:
            standing = Standing.WAITING
        state = replace(self._state(duty, tally, standing, len(over), len(weeks)), done=len(had), gaps=gaps)
        coming = [monday for monday in weeks if monday not in had and pace.sunday(monday) >= self.as_of]
        return replace(state, next=self._next(pace.sunday(coming[0]))) if coming else state

    def _state(
        self, duty: Duty, tally: _Tally, standing: Standing, expected: int, owed: int | None = None
    ) -> DutyState:
        done = len(tally.counted)
        return DutyState(
            duty=duty,
            standing=standing,
            done=None if not done and tally.most is None else done,
            owed=duty.times if owed is None else owed,
            expected=expected,
            until=tally.until,
            exact=tally.most == 0,
            counted=tuple(sorted(tally.counted, key=_order)),
            uncounted=tuple(sorted((deed for deed in tally.deeds if deed.against), key=_order)),
            reason=self._advice(duty, tally, standing),
        )

    def _advice(self, duty: Duty, tally: _Tally, standing: Standing) -> str:
        if standing is Standing.DONE:
            return ""
        return _BY_HAND if duty.by_hand else tally.reason

    def _next(self, day: date) -> Next:
        own = (self.config.holidays, self.config.workdays)
        last = workdays.last(day, *own)
        if day < self.as_of:
            return Next(day, None, last.day, last.certain)
        left, certain = workdays.until(self.as_of, day, *own)
        return Next(day, left, last.day, certain and last.certain)


def _order(deed: Deed) -> tuple[date, str]:
    return deed.day or date.max, deed.what


def _distinct(deeds: Iterable[Deed], duty: Duty) -> Iterator[Deed]:
    """What counts once: of inspections one a day, since a second is a repetition of the first; of items one of a title
    and day, since lists and sites show copies; of reports one of an office, whose page and file are one report.

    What does not count comes as often as it was met, unless the same counts.
    """
    taken: set[object] = set()
    for deed in sorted(deeds, key=lambda deed: (bool(deed.against), *_order(deed))):
        key = _same(duty, deed)
        if key in taken:
            continue
        if not deed.against:
            taken.add(key)
        yield deed


def _same(duty: Duty, deed: Deed) -> object:
    if duty.inspection or duty.by_hand:
        return deed.day
    if duty.report and deed.source is Source.SITE:
        # A site, or a government, has one report of its own.
        return _issuer(deed.what) if duty.report == "information" else ""
    return re.sub(r"\W", "", deed.what), deed.day


def _issuer(title: str) -> str:
    """Whose report it is: 示例区教育局 of 示例区教育局2025年政府信息公开工作年度报告."""
    return _ISSUER.sub("", _ISSUER.sub("", title.partition("信息")[0]))
