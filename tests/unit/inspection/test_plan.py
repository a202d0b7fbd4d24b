"""How the duties of a year stand: what counts, what does not and is named, and what nobody can say."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from jimo_lint.evidence.yearly import ColumnYear, Titled, YearReading
from jimo_lint.inspection.judging import Settings
from jimo_lint.inspection.plan import plan
from jimo_lint.model import Account, Column, Platform
from jimo_lint.model.duties import DutyState, Ran, Standing, YearPlan
from jimo_lint.settings.config import Config, load
from jimo_lint.settings.sections import Site

HOME = "https://www.qingtan.example/"
AS_OF = date(2026, 11, 22)  # a Sunday; 17 of 20, 26 of 30 are owed
SITE = Site("青潭区人民政府", (HOME,), ("www.qingtan.example",))
OPINIONS = Column(f"{HOME}yjzj/", "意见征集", f"{HOME}yjzj/")
MORE = Column(f"{HOME}wszj/", "网上征集", f"{HOME}wszj/")
BARE = Config(site=SITE, columns=(OPINIONS,), accounts=(Account("wechat:青潭发布", "青潭发布", Platform.WECHAT),))


def configured(tmp_path: Path, text: str) -> Config:
    """The same with a plan, as a user writes it."""
    path = tmp_path / "jimo-lint.toml"
    path.write_text(text, encoding="utf-8")
    found = load(path)
    return replace(BARE, plan=found.plan, holidays=found.holidays, workdays=found.workdays)


def items(count: int, last: date = AS_OF) -> tuple[Titled, ...]:
    """So many consultations, one every second day up to the last."""
    days = [last - timedelta(days=2 * number) for number in range(count)]
    return tuple(
        Titled(f"关于《办法{day:%m%d}》公开征求意见的公告", f"{HOME}yjzj/{day:%m%d}.html", day) for day in days
    )


def reading(
    *columns: ColumnYear, reports: tuple[Titled, ...] = (), seen: date = AS_OF, whole: bool = True
) -> YearReading:
    """What a crawl tells."""
    return YearReading(seen, columns, reports, whole)


def state(made: YearPlan, key: str) -> DutyState:
    """How one duty stands."""
    (found,) = [one for one in made.duties if one.duty.key == key]
    return found


def opinions(
    *columns: ColumnYear, as_of: date = AS_OF, seen: date | None = None, config: Config = BARE, year: int = 2026
) -> DutyState:
    """How 意见征集 stands where its columns were read on the day, unless told otherwise."""
    return state(plan(config, (), reading(*columns, seen=seen or as_of), as_of, year), "opinions")


def inspected(
    *runs: Ran, key: str = "columns", as_of: date = AS_OF, year: int = 2026, config: Config = BARE
) -> DutyState:
    """How a duty that runs are counted for stands."""
    return state(plan(config, runs, None, as_of, year), key)


def weekly(*days: date, whole: bool = True) -> tuple[Ran, ...]:
    """Weekly inspections of these days."""
    return tuple(Ran("weekly", day, whole) for day in days)


SUNDAYS = tuple(date(2026, 1, 4) + timedelta(weeks=number) for number in range(53))


# ---- inspections


def test_runs_are_counted_by_day() -> None:
    """A second inspection of a day repeats the first; another kind, days to come and years past do not count."""
    days = [date(2026, 1, 1), date(2026, 11, 22), date(2026, 11, 22)]
    other = [
        Ran("weekly", date(2026, 3, 1), True),
        *(Ran("columns", day, True) for day in (date(2026, 11, 23), date(2025, 12, 31))),
    ]
    found = inspected(*(Ran("columns", day, True) for day in days), *other)
    assert (found.done, found.owed, found.expected, found.exact) == (2, 20, 17, True)
    assert found.standing is Standing.BEHIND
    assert [deed.day for deed in found.counted] == [date(2026, 1, 1), date(2026, 11, 22)]
    assert not found.uncounted


def test_a_run_that_came_to_no_end_is_named_and_not_counted() -> None:
    """Nor one over less than everything; a whole one on the same day makes up for it."""
    day = date(2026, 5, 16)
    found = inspected(
        Ran("columns", day, False), Ran("columns", day + timedelta(days=1), False), Ran("columns", day, True)
    )
    assert [deed.day for deed in found.counted] == [day]
    assert [(deed.day, deed.against) for deed in found.uncounted] == [
        (day + timedelta(days=1), "没有做完，或是部分检查，或没有采集")
    ]


@pytest.mark.parametrize(
    ("asked", "whole"),
    [
        ({}, True),
        ({"resume": True}, True),
        ({"links": False}, False),
        ({"collect": False}, False),
        ({"only": ("S",)}, False),
        ({"ignore": ("F104",)}, False),
    ],
)
def test_what_counts_as_an_inspection(asked: dict[str, object], whole: bool) -> None:
    """One as the configuration asks for; less than that was asked for on the command line."""
    assert Settings(AS_OF, **asked).whole is whole  # type: ignore[arg-type]


def test_a_run_that_could_not_read_all_counts() -> None:
    """No site has every page readable every day; that there were some is said."""
    found = inspected(Ran("columns", date(2026, 5, 16), True, complete=False))
    assert (found.done, found.counted[0].what) == (1, "栏目体检（有没读到的）")


def test_what_cannot_be_inspected_is_not_counted_as_0(tmp_path: Path) -> None:
    """Without accounts there is no weekly inspection to count, unless a person says that there was one."""
    bare = replace(BARE, accounts=())
    found = inspected(key="weekly", config=bare)
    assert (found.standing, found.done, found.gaps) == (Standing.UNKNOWN, None, ())
    assert "[[account]]" in found.reason and "[[plan.done]]" in found.reason
    told = replace(configured(tmp_path, '[[plan.done]]\nduty = "weekly"\ndays = [2026-11-18]\n'), accounts=())
    assert inspected(key="weekly", config=told).done == 1
    nothing = replace(BARE, site=replace(SITE, start=()))
    assert inspected(config=nothing).standing is Standing.UNKNOWN


# ---- weeks


def test_a_week_without_is_named() -> None:
    """Every week from Monday to Sunday has one; that of the day is not over yet."""
    missing = (SUNDAYS[3], SUNDAYS[40])
    found = inspected(*weekly(*(day for day in SUNDAYS[:46] if day not in missing)), key="weekly")
    assert (found.done, found.owed, found.expected) == (44, 53, 46)
    assert found.gaps == (date(2026, 1, 19), date(2026, 10, 5))
    assert found.standing is Standing.BEHIND
    assert found.next and (found.next.day, found.next.workdays) == (AS_OF, 0)


@pytest.mark.parametrize(
    ("as_of", "over", "due"),
    [
        # Sunday: the day is not over. Monday: the week is.
        (date(2026, 11, 22), 46, date(2026, 11, 22)),
        (date(2026, 11, 23), 47, date(2026, 11, 29)),
        # Week 1 began in December, and 1 January lies in it.
        (date(2026, 1, 1), 0, date(2026, 1, 4)),
        (date(2025, 12, 29), 0, date(2026, 1, 4)),
        (date(2026, 1, 5), 1, date(2026, 1, 11)),
        # Week 53 ends in January of the next year.
        (date(2026, 12, 31), 52, date(2027, 1, 3)),
        (date(2027, 1, 3), 52, date(2027, 1, 3)),
        (date(2027, 1, 4), 53, None),
    ],
)
def test_how_many_weeks_are_over(as_of: date, over: int, due: date | None) -> None:
    """Those whose Sunday is past, at the edges of the year too."""
    found = inspected(key="weekly", as_of=as_of)
    assert found.expected == over == len(found.gaps)
    assert (found.next.day if found.next else None) == due


def test_weeks_of_two_years() -> None:
    """A run of 29 December is of the year that its week is of; so is one of 3 January."""
    runs = weekly(date(2025, 12, 29), date(2025, 12, 28), date(2027, 1, 3), date(2027, 1, 4))
    found = inspected(*runs, key="weekly", as_of=date(2027, 1, 10))
    assert [deed.day for deed in found.counted] == [date(2025, 12, 29), date(2027, 1, 3)]
    assert inspected(*runs, key="weekly", as_of=date(2027, 1, 10), year=2027).done == 1


def test_all_weeks_were_had() -> None:
    """Then it is done when the last one was; until then it is as it should be, and next week's is due next."""
    found = inspected(*weekly(*SUNDAYS), key="weekly", as_of=SUNDAYS[-1])
    assert (found.standing, found.done, found.next) == (Standing.DONE, 53, None)
    found = inspected(*weekly(*SUNDAYS[:47]), key="weekly")
    assert (found.standing, found.done, found.expected) == (Standing.EVEN, 47, 46)
    assert found.next and found.next.day == SUNDAYS[47]


def test_weeks_of_holidays_count() -> None:
    """The week of 国庆, all seven days of which are off but Monday to Wednesday, is owed as any other."""
    found = inspected(*weekly(*(day for day in SUNDAYS[:46] if day != date(2026, 10, 4))), key="weekly")
    assert found.gaps == (date(2026, 9, 28),)


def test_a_weekly_run_that_was_cut_short_leaves_a_gap() -> None:
    """It is named beside it."""
    short = weekly(SUNDAYS[45], whole=False)
    found = inspected(*weekly(*SUNDAYS[:45]), *short, key="weekly")
    assert found.gaps == (date(2026, 11, 9),)
    assert [deed.day for deed in found.uncounted] == [SUNDAYS[45]]


# ---- columns


def test_items_of_a_column() -> None:
    """Those dated up to the day count, each once; results of a consultation are none, and say so."""
    rows = (
        *items(3),
        Titled("关于《办法1122》公开征求意见的公告", f"{HOME}m/1.html", AS_OF),  # a copy at another address
        Titled("关于《办法》公开征求意见采纳情况的反馈", f"{HOME}a.html", date(2026, 6, 1)),
        # What opinions are asked of is no result.
        Titled("关于征求《检查结果反馈办法》意见的公告", f"{HOME}b.html", date(2026, 6, 2)),
        Titled("关于公开征求意见的公告", f"{HOME}c.html", date(2026, 11, 30)),
    )
    found = opinions(ColumnYear(OPINIONS, rows))
    assert (found.done, found.exact, found.standing) == (4, True, Standing.BEHIND)
    assert [(deed.what, deed.against) for deed in found.uncounted] == [
        ("关于《办法》公开征求意见采纳情况的反馈", "标题有“反馈”"),
        ("关于公开征求意见的公告", "日期在统计日之后"),
    ]
    assert found.counted[-1].place == "意见征集" and found.counted[-1].url


@pytest.mark.parametrize(
    ("count", "standing"), [(16, "behind"), (17, "even"), (18, "ahead"), (20, "done"), (25, "done")]
)
def test_the_pace_of_a_column(count: int, standing: str) -> None:
    """17 of 20 are owed on the day; how many there are decides."""
    found = opinions(ColumnYear(OPINIONS, items(count)))
    assert (found.done, found.expected, found.standing) == (count, 17, Standing(standing))
    assert (found.next is None) == (count >= 20)


def test_a_blank_column_is_0_and_an_unread_one_is_not() -> None:
    """Nothing published is a number; nothing read is none."""
    blank = opinions(ColumnYear(OPINIONS))
    assert (blank.done, blank.standing) == (0, Standing.BEHIND)
    unread = opinions(ColumnYear(OPINIONS, (), False, "列表由脚本生成，没有浏览器读不到"))
    assert (unread.done, unread.standing, unread.next) == (None, Standing.UNKNOWN, None)
    assert unread.reason == "栏目“意见征集”：列表由脚本生成，没有浏览器读不到"


def test_a_column_that_was_read_in_part() -> None:
    """What is there counts at least: enough is enough, too little says nothing."""
    part = opinions(ColumnYear(OPINIONS, items(5), False, "只读了 1 页，没有读到上一年的信息"))
    assert (part.done, part.exact, part.standing) == (5, False, Standing.UNKNOWN)
    assert opinions(ColumnYear(OPINIONS, items(17), False, "只读了 1 页")).standing is Standing.EVEN
    assert opinions(ColumnYear(OPINIONS, items(20), False, "只读了 1 页")).standing is Standing.DONE


def test_items_without_a_date() -> None:
    """They may be of the year: named, and where they would be enough nobody can say."""
    undated = tuple(Titled(f"关于征求意见的公告（{number}）", f"{HOME}{number}.html", None) for number in range(2))
    found = opinions(ColumnYear(OPINIONS, (*items(15), *undated)))
    assert (found.done, found.exact, found.standing) == (15, False, Standing.UNKNOWN)
    assert found.reason == "另有 2 条没有日期，没有计入"
    assert [deed.against for deed in found.uncounted] == ["没有日期", "没有日期"]
    assert opinions(ColumnYear(OPINIONS, (*items(14), *undated))).standing is Standing.BEHIND


def test_two_columns_of_the_same_thing() -> None:
    """All that bear one of the usual names are counted, an item of both once; one unread leaves the sum open."""
    both = replace(BARE, columns=(OPINIONS, MORE))
    found = opinions(ColumnYear(OPINIONS, items(10)), ColumnYear(MORE, items(12)), config=both)
    assert (found.done, found.exact) == (12, True)
    found = opinions(ColumnYear(OPINIONS, items(10)), ColumnYear(MORE, (), False, "没有读到栏目页"), config=both)
    assert (found.done, found.exact, found.standing) == (10, False, Standing.UNKNOWN)


def test_a_column_that_is_not_configured(tmp_path: Path) -> None:
    """Nobody can say; the remedy is named, and a name that is nearly there."""
    found = opinions(config=replace(BARE, columns=()))
    assert (found.done, found.standing) == (None, Standing.UNKNOWN)
    assert "[plan.opinions]" in found.reason and "times = 0" in found.reason
    slip = configured(tmp_path, '[plan.opinions]\ncolumns = ["意见征集栏"]\n')
    assert opinions(config=slip).reason == '没有配置栏目“意见征集栏”，是否为 "意见征集"？'
    # One of those that were asked for is not there: the others are not the whole.
    part = configured(tmp_path, '[plan.opinions]\ncolumns = ["意见征集", "民意调查"]\n')
    found = opinions(ColumnYear(OPINIONS, items(3)), config=part)
    assert (found.done, found.exact, found.standing) == (3, False, Standing.UNKNOWN)


def test_other_words_of_ones_own(tmp_path: Path) -> None:
    """Only titles with these words count."""
    own = configured(tmp_path, '[plan.opinions]\nonly = ["征集", "征求"]\nunless = ["问卷"]\n')
    titles = ["关于方案征求意见", "道路命名问卷征集", "工作动态", "采纳情况征集"]
    rows = [Titled(title, HOME + title, AS_OF - timedelta(days=number)) for number, title in enumerate(titles)]
    found = opinions(ColumnYear(OPINIONS, tuple(rows)), config=own)
    assert {deed.what for deed in found.counted} == {"关于方案征求意见", "采纳情况征集"}
    assert [deed.against for deed in found.uncounted] == ["标题没有“征集”“征求”", "标题有“问卷”"]


@pytest.mark.parametrize(
    ("seen", "count", "standing"),
    [
        # Within a month: as of the day that was read, when 16 were owed.
        (date(2026, 11, 1), 15, "behind"),
        (date(2026, 11, 1), 16, "even"),
        # What was enough then is enough now.
        (date(2026, 3, 1), 18, "ahead"),
        # Longer ago: nobody knows what was published since.
        (date(2026, 10, 21), 3, "unknown"),
        (date(2026, 10, 22), 3, "behind"),
        (date(2025, 12, 31), 0, "unknown"),
    ],
)
def test_a_site_read_some_time_ago(seen: date, count: int, standing: str) -> None:
    """What it published since is not known."""
    found = opinions(ColumnYear(OPINIONS, items(count, seen)), seen=seen)
    assert found.standing is Standing(standing)
    assert str(seen) in found.reason


def test_a_site_that_was_never_read() -> None:
    """What columns and titles would tell is unknown; what runs and persons tell is not."""
    made = plan(BARE, (), None, AS_OF, 2026)
    assert made.seen is None
    unknown = {one.duty.key for one in made.duties if one.standing is Standing.UNKNOWN}
    assert unknown == {"opinions", "open-days", "website-report", "department-reports", "government-report"}
    assert all(one.done is None for one in made.duties if one.duty.key in unknown)


# ---- annual reports

TITLES = {
    "website-report": "青潭区人民政府2025年政府网站工作年度报表",
    "department-reports": "青潭区教育局2025年政府信息公开工作年度报告",
    "government-report": "青潭区2025年政府信息公开工作年度报告",
}


def reports(
    *titled: Titled, as_of: date = AS_OF, seen: date | None = None, whole: bool = True, config: Config = BARE
) -> YearPlan:
    """The plan where the site shows these reports."""
    return plan(config, (), reading(reports=titled, seen=seen or as_of, whole=whole), as_of, 2026)


@pytest.mark.parametrize("key", TITLES)
def test_a_report_is_found_by_its_title(key: str) -> None:
    """Each is its own: a department's is not the government's, nor the other way about."""
    made = reports(Titled(TITLES[key], HOME, date(2026, 1, 20)))
    done = {one for one in TITLES if state(made, one).standing is Standing.DONE}
    assert done == {key}
    assert {state(made, one).standing for one in TITLES if one != key} == {Standing.OVERDUE}


@pytest.mark.parametrize(
    "title",
    [
        "青潭区人民政府2024年政府网站工作年度报表",
        "青潭区人民政府2026年政府网站工作年度报表",
        # Of provinces and ministries, and another thing.
        "青潭区2025年政府网站监管年度报表",
    ],
)
def test_what_is_not_the_report(title: str) -> None:
    """Those of other years, and the one that supervisors publish."""
    assert state(reports(Titled(title, HOME, date(2026, 1, 20))), "website-report").done == 0


def test_days_of_a_report() -> None:
    """Waiting up to and on its day, late after it, however it is a Saturday; done late is done, and said."""
    for as_of, standing in ((30, Standing.WAITING), (31, Standing.WAITING)):
        found = state(reports(as_of=date(2026, 1, as_of)), "website-report")
        assert found.standing is standing and found.expected == 0
        assert found.next and (found.next.day, found.next.last) == (date(2026, 1, 31), date(2026, 1, 30))
    found = state(reports(as_of=date(2026, 2, 1)), "website-report")
    assert (found.standing, found.expected) == (Standing.OVERDUE, 1)
    assert found.next and found.next.workdays is None
    made = reports(Titled(TITLES["website-report"], HOME, date(2026, 2, 3)))
    found = state(made, "website-report")
    assert (found.standing, found.reason) == (Standing.DONE, "完成日期 2026-02-03 晚于期限 2026-01-31")
    assert not state(reports(Titled(TITLES["website-report"], HOME, date(2026, 1, 31))), "website-report").reason
    assert not state(reports(Titled(TITLES["website-report"], HOME, None)), "website-report").reason


def test_a_report_that_is_not_found_on_a_part_of_the_site() -> None:
    """It may stand on the rest; before its day, after it, and where the site was read before it."""
    for as_of in (date(2026, 1, 15), AS_OF):
        found = state(reports(as_of=as_of, whole=False), "website-report")
        assert (found.done, found.standing, found.reason) == (None, Standing.UNKNOWN, "网站没有读全")
    found = state(reports(as_of=date(2026, 2, 2), seen=date(2026, 1, 16)), "website-report")
    assert found.standing is Standing.UNKNOWN and "2026-01-16" in found.reason


def test_all_reports_of_departments(tmp_path: Path) -> None:
    """So many offices, so many reports: the page and the file of one are one."""
    config = configured(tmp_path, "[plan.department-reports]\ntimes = 3\n")
    offices = ["青潭区教育局", "青潭区民政局"]
    rows = [Titled(f"{one}2025年政府信息公开工作年度报告", f"{HOME}{one}", date(2026, 1, 20)) for one in offices]
    rows.append(Titled("2025年度青潭区教育局政府信息公开工作年度报告.pdf", f"{HOME}x.pdf", None))
    found = state(reports(*rows, config=config), "department-reports")
    assert (found.done, found.owed, found.standing) == (2, 3, Standing.OVERDUE)
    rows.append(Titled("青潭区财政局2025年政府信息公开工作年度报告", f"{HOME}y", date(2026, 2, 5)))
    found = state(reports(*rows, config=config), "department-reports")
    assert found.standing is Standing.DONE and found.reason.startswith("完成日期 2026-02-05 晚于期限")


def test_a_department_has_no_report_of_a_government() -> None:
    """On a site of its own there is one report of information, due on the earlier day."""
    own = replace(BARE, site=replace(SITE, name="青潭区教育局"))
    made = reports(Titled("青潭区教育局2025年政府信息公开工作年度报告", HOME, date(2026, 1, 9)), config=own)
    assert state(made, "department-reports").standing is Standing.DONE
    assert made.dropped == ("本级政府信息公开年报",)


# ---- what a person says


def test_what_a_person_did(tmp_path: Path) -> None:
    """It counts on its day, once; a day to come does not, and is named; another year's does not."""
    config = configured(
        tmp_path,
        '[[plan.done]]\nduty = "assessment"\ndays = [2026-06-20, 2026-06-20, 2026-12-20, 2025-12-20]\nnote = "考评"\n',
    )
    found = inspected(key="assessment", config=config)
    assert (found.done, found.expected, found.standing) == (1, 1, Standing.EVEN)
    assert [(deed.day, deed.against) for deed in found.uncounted] == [(date(2026, 12, 20), "日期在统计日之后")]
    assert inspected(key="assessment", config=config, as_of=date(2026, 12, 20)).standing is Standing.DONE


def test_an_inspection_by_hand(tmp_path: Path) -> None:
    """It counts as one by the program does; both on a day are one."""
    config = configured(tmp_path, '[[plan.done]]\nduty = "columns"\ndays = [2026-05-16, 2026-06-01]\n')
    found = inspected(Ran("columns", date(2026, 5, 16), True), config=config)
    assert [deed.day for deed in found.counted] == [date(2026, 5, 16), date(2026, 6, 1)]


def test_a_report_by_hand(tmp_path: Path) -> None:
    """A picture's title cannot be read: a person says that it is there."""
    config = configured(tmp_path, '[[plan.done]]\nduty = "website-report"\ndays = [2026-01-20]\n')
    assert state(reports(config=config), "website-report").standing is Standing.DONE


def test_a_duty_that_nobody_counts_is_behind_until_it_is_recorded() -> None:
    """With the way to record it; on the day before it is owed it is not."""
    found = inspected(key="calls")
    assert (found.done, found.standing) == (0, Standing.BEHIND) and "[[plan.done]]" in found.reason
    assert inspected(key="calls", as_of=date(2026, 6, 29)).standing is Standing.EVEN


# ---- the plan as a whole


def test_what_the_office_does_not_have(tmp_path: Path) -> None:
    """It is left out, and named."""
    made = plan(configured(tmp_path, "[plan.calls]\ntimes = 0\n[plan.weekly]\ntimes = 0\n"), (), None, AS_OF, 2026)
    assert made.dropped == ("周检", "模拟呼叫")
    assert not {"calls", "weekly"} & {one.duty.key for one in made.duties}


def test_when_the_next_one_is_due() -> None:
    """The day of the next by pace, with the working days left; a day off tells the one before it."""
    found = opinions(ColumnYear(OPINIONS, items(17)))
    assert found.next and (found.next.day, found.next.last) == (date(2026, 11, 24), date(2026, 11, 24))
    assert (found.next.workdays, found.next.certain) == (2, True)
    late = opinions(ColumnYear(OPINIONS, items(3)))
    assert late.next and late.next.day < AS_OF and late.next.workdays is None


def test_working_days_left_leave_out_holidays(tmp_path: Path) -> None:
    """国庆, 春节, make-up workdays, and the office's own days."""
    own = '[plan.drill]\nname = "演练"\ntimes = 1\nby = "10-11"\n'
    found = inspected(key="drill", as_of=date(2026, 9, 30), config=configured(tmp_path, own))
    # 8 and 9 October, and Saturday the 10th, which is worked; Sunday the 11th is off.
    assert found.next and (found.next.workdays, found.next.last) == (3, date(2026, 10, 10))
    own = '[plan.drill]\nname = "演练"\ntimes = 1\nby = "02-24"\n[calendar]\nholidays = [2026-02-14]\n'
    found = inspected(key="drill", as_of=date(2026, 2, 13), config=configured(tmp_path, own))
    assert found.next and (found.next.workdays, found.next.last) == (1, date(2026, 2, 24))


def test_a_year_whose_holidays_are_not_known() -> None:
    """All is still to come, and days are estimates and marked so."""
    before = date(2098, 12, 20)
    made = plan(BARE, (), reading(ColumnYear(OPINIONS), seen=before), before, 2099)
    assert not made.published and plan(BARE, (), None, AS_OF, 2026).published
    by_key = {one.duty.key: one for one in made.duties}
    assert by_key.pop("open-days").standing is Standing.UNKNOWN  # its column is not configured
    assert {one.standing for one in by_key.values()} == {Standing.WAITING}
    assert all(one.next and not one.next.certain and one.expected == 0 for one in by_key.values())


def test_a_year_that_is_over() -> None:
    """What it lacks is late; items of later years are none of it."""
    made = plan(
        BARE,
        (),
        reading(ColumnYear(OPINIONS, items(19, date(2026, 12, 31))), seen=date(2027, 1, 16)),
        date(2027, 1, 20),
        2026,
    )
    assert (state(made, "opinions").standing, state(made, "opinions").expected) == (Standing.OVERDUE, 20)
    assert state(made, "opinions").until == date(2026, 12, 31)
    early = plan(BARE, (), reading(ColumnYear(OPINIONS, items(19)), seen=date(2026, 12, 16)), date(2027, 1, 20), 2026)
    assert state(early, "opinions").standing is Standing.UNKNOWN
