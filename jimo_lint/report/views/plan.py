"""年度计划 as data: how each duty stands, what is due next, what was counted, how the weeks of 周检 went."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from jimo_lint.model.duties import Deed, DutyState, Next, Standing, YearPlan
from jimo_lint.report import phrases
from jimo_lint.report.views.table import Block, Field, Line, Linked, Row, Table, Tile

_WEEKDAYS = "一二三四五六日"
_TROUBLE = (Standing.OVERDUE, Standing.BEHIND)
_FINE = (Standing.DONE, Standing.AHEAD, Standing.EVEN, Standing.WAITING)
_WORDS = tuple(standing.label for standing in Standing)
_NAMED = 3

# Of the sixteen columns of the first sheet.
_DUTIES = (
    Field("职责", 2, "strong"),
    Field("全年应做", 1, "number"),
    Field("到今应做", 1, "number"),
    Field("已做", 1, "centre"),
    Field("进度", 1, "centre", tint=_WORDS),
    Field("下一次", 2, "small"),
    Field("说明", 4, "small"),
    Field("依据（证据标记）", 4, "small"),
)
_DEEDS = (
    Field("职责", 22, "strong"),
    Field("日期", 12, "date"),
    Field("内容", 56),
    Field("来自", 12, "centre"),
    Field("栏目", 18),
    Field("是否计入", 10, "centre"),
    Field("不计入的原因", 28, "small"),
    Field("网址", 40, "small", printed=False),
)
_WEEKS = (
    Field("周", 10, "strong"),
    Field("起", 12, "date"),
    Field("止", 12, "date"),
    Field("情况", 12, "centre", tint=("有", "缺", "未检")),
    Field("完成日期", 30, "centre"),
    Field("说明", 50, "small"),
)
_READING = (
    "“到今应做”：按月份和当月的天数均分，不满一次的不算；如一年 2 次的，上半年过完应做 1 次。有期限的，过期才算应做。",
    "“已做”可逐条核对：每一次都列在“计数明细”里。同一天做两遍的检查算一次，同一标题同一天的信息算一条。",
    "“无法统计”是栏目没有配置、没有读到或没有读全，不等于没有做，也不等于做了；“至少”是只数到这些，可能更多。",
    "没有做完的检查、部分检查、只判定已存内容的（--no-collect）不算做过；有几页没读到的照算，内容里注明。",
    "周检按 ISO 周（周一到周日，北京时间），节假日所在的周照样算；过去的周补不了。",
    "期限含当日，遇休息日不顺延，请赶在最后一个工作日之前。“约”表示那一年的放假安排还没有公布，只扣除了周末和法定节日。",
    "程序之外做的（考评、人工做的检查等），记入 jimo-lint.toml 的 [[plan.done]]；次数、期限、栏目在 [plan.…] 里改。",
    "证据标记：核 = 两个以上独立来源核到；核1 = 一个来源核到；推、忆 = 未核到原文，待对照原件，以本单位的要点为准。",
)


class Plan(NamedTuple):
    """The sheets in their order; before `deeds` all stands on the first."""

    title: str
    subtitle: str
    lines: tuple[Line, ...]
    figures: tuple[Tile, ...]
    duties: Block
    reading: tuple[str, ...]
    deeds: Table
    weeks: tuple[Table, ...]


def plan(made: YearPlan) -> Plan:
    """What the plan has to say."""
    return Plan(
        title=title(made),
        subtitle=f"统计到 {phrases.chinese_date(made.as_of)}　{read_on(made)}",
        lines=tuple(_lines(made)),
        figures=(
            Tile("职责", len(made.duties)),
            Tile("已完成", _count(made, Standing.DONE)),
            Tile("按进度或超前", _count(made, Standing.EVEN, Standing.AHEAD)),
            Tile("未到期", _count(made, Standing.WAITING)),
            Tile("落后", _count(made, Standing.BEHIND), bad=True),
            Tile("逾期", _count(made, Standing.OVERDUE), bad=True),
            Tile("无法统计", _count(made, Standing.UNKNOWN), bad=True),
        ),
        duties=Block("各项职责", _DUTIES, tuple(_row(state, made) for state in made.duties)),
        reading=_READING,
        deeds=Table("计数明细", _DEEDS, list(_deeds(made.duties)), frozen=1),
        weeks=tuple(
            Table(f"{state.duty.name}逐周", _WEEKS, list(_by_week(state, made)), frozen=1, compact=True)
            for state in made.duties
            if state.duty.weekly
        ),
    )


def title(made: YearPlan) -> str:
    """云溪区人民政府 2026 年度计划."""
    return f"{made.site}{made.year}年度计划"


def read_on(made: YearPlan) -> str:
    """When the site was read that was counted from."""
    return f"网站读于 {phrases.chinese_date(made.seen)}" if made.seen else "还没有采集过网站"


def concluded(made: YearPlan) -> str:
    """How many stand how, the troubled ones by name and by how much: 落后 2（周检缺 3 周、栏目体检差 2），已完成 3."""
    parts = []
    for one in (*_TROUBLE, Standing.UNKNOWN, *_FINE):
        states = [state for state in made.duties if state.standing is one]
        named = "、".join(map(_named, states[:_NAMED])) + (" 等" if len(states) > _NAMED else "")
        if states:
            parts.append(f"{one.label} {len(states)}" + (f"（{named}）" if one not in _FINE else ""))
    return "，".join(parts) or "没有职责"


def _named(state: DutyState) -> str:
    if state.gaps:
        return f"{state.duty.name}缺 {len(state.gaps)} 周"
    short_of = state.expected - (state.done or 0)
    return f"{state.duty.name}差 {short_of}" if state.standing is Standing.BEHIND else state.duty.name


def to_do(made: YearPlan) -> tuple[DutyState, ...]:
    """What is due next: what is late first, the longest first, then by day; done and uncountable ones have no day."""
    coming = [(state.next.day, number) for number, state in enumerate(made.duties) if state.next]
    return tuple(made.duties[number] for _, number in sorted(coming))


def done(state: DutyState) -> str:
    """46, 至少 3, or — where nobody can say."""
    if state.done is None:
        return "—"
    return str(state.done) if state.exact or state.standing is Standing.DONE else f"至少 {state.done}"


def standing(state: DutyState) -> str:
    """The word, with how many are lacking or ahead: 落后 3, 超前 2."""
    gap = abs((state.done or 0) - state.expected)
    if state.gaps:
        return f"缺 {len(state.gaps)} 周"
    if state.standing in (Standing.BEHIND, Standing.AHEAD) and gap:
        return f"{state.standing.label} {gap}"
    return state.standing.label


def when(coming: Next | None, as_of: date) -> str:
    """12月6日，还有 4 个工作日; a day off with the last working day before it; a day that is past with how long ago."""
    if coming is None:
        return ""
    day = short(coming.day, as_of)
    if coming.workdays is None:
        return f"应于 {day}，已过 {(as_of - coming.day).days} 天"
    if coming.day == as_of:
        return f"{day}，就是今天"
    off = ""
    if coming.last != coming.day:
        off = f"（星期{_WEEKDAYS[coming.day.weekday()]}，休息日；此前最后一个工作日 {short(coming.last, as_of)}）"
    return f"{day}{off}，{'' if coming.certain else '约'}还有 {coming.workdays} 个工作日"


def short(day: date, as_of: date) -> str:
    """12月6日, with the year where it is another."""
    return f"{day.month}月{day.day}日" if day.year == as_of.year else phrases.chinese_date(day)


def notes(state: DutyState) -> str:
    """What a reader has to know of a duty: weeks without record, runs that do not count, why nobody can say."""
    parts = []
    if state.gaps:
        parts.append(f"没有记录的周：{week_numbers(state.gaps)}")
    left_out = [deed for deed in state.uncounted if deed.against]
    if left_out:
        reasons = dict.fromkeys(deed.against for deed in left_out)
        parts.append(f"{len(left_out)} 次（条）不计入（{'；'.join(list(reasons)[:_NAMED])}），见计数明细")
    if state.reason:
        parts.append(state.reason)
    return "；".join(parts)


def week_numbers(mondays: Sequence[date]) -> str:
    """第1—5、9周: consecutive weeks together."""
    spans: list[list[date]] = []
    for monday in mondays:
        if spans and monday - spans[-1][-1] == timedelta(weeks=1):
            spans[-1].append(monday)
        else:
            spans.append([monday])
    numbers = [[day.isocalendar().week for day in (span[0], span[-1])] for span in spans]
    return "第" + "、".join(str(first) if first == last else f"{first}—{last}" for first, last in numbers) + "周"


def _count(made: YearPlan, *standings: Standing) -> int:
    return sum(state.standing in standings for state in made.duties)


def _lines(made: YearPlan) -> Iterator[Line]:
    yield Line(f"{concluded(made)}。", "verdict")
    late = [state for state in made.duties if state.standing in _TROUBLE]
    if late:
        said = "；".join(f"{one.duty.name}{standing(one)}（已做 {done(one)}，到今应做 {one.expected}）" for one in late)
        yield Line(f"要补的：{said}。", "alarm")
    coming = [state for state in to_do(made) if state.next and state.next.day >= made.as_of][:_NAMED]
    if coming:
        said = "；".join(f"{state.duty.name} {when(state.next, made.as_of)}" for state in coming)
        yield Line(f"接下来：{said}。", "verdict")
    if not made.published:
        yield Line(f"{made.year} 年的放假安排还没有公布，工作日按周末和法定节日估算。")
    if made.dropped:
        yield Line(f"本单位没有的：{'、'.join(made.dropped)}。")


def _row(state: DutyState, made: YearPlan) -> Row:
    duty = state.duty
    basis = f"{duty.basis}〔{duty.evidence}〕" if duty.evidence else duty.basis
    return (
        duty.name,
        state.owed,
        state.expected,
        done(state),
        state.standing.label,
        when(state.next, made.as_of),
        notes(state),
        "\n".join(part for part in (basis, duty.note) if part),
    )


def _deeds(states: Iterable[DutyState]) -> Iterator[Row]:
    for state in states:
        for deed in (*state.counted, *state.uncounted):
            yield _deed(state, deed)


def _deed(state: DutyState, deed: Deed) -> Row:
    counted = "不计" if deed.against else "计入"
    link = Linked(deed.url) if deed.url else None
    return state.duty.name, deed.day, deed.what, deed.source.label, deed.place, counted, deed.against, link


def _by_week(state: DutyState, made: YearPlan) -> Iterator[Row]:
    """Every week of the year, those to come too."""
    first = date.fromisocalendar(made.year, 1, 1)
    for number in range(state.owed):
        monday = first + timedelta(weeks=number)
        sunday = monday + timedelta(days=6)
        had = [deed for deed in state.counted if deed.day and monday <= deed.day <= sunday]
        other = [deed for deed in state.uncounted if deed.day and monday <= deed.day <= sunday]
        days = "、".join(f"{deed.day:%m-%d}" for deed in had if deed.day)
        word = "有" if had else "缺" if monday in state.gaps else "未检" if sunday < made.as_of else None
        why = "；".join(f"{deed.day:%m-%d} {deed.against}" for deed in other)
        if monday <= made.as_of <= sunday:
            why = "；".join(part for part in ("本周", why) if part)
        yield f"第{number + 1}周", monday, sunday, word, days, why
