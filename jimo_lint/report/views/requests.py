"""周调度 as data: what is due and overdue, the units, every row with its deadline, answers, the tables of the year."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from typing import NamedTuple

from jimo_lint.lint.request_clock import ANSWER, CORRECTION, EXTENSION, THIRD_PARTY
from jimo_lint.model import Report
from jimo_lint.model.requests import RequestBook, RequestResult, Standing, Term
from jimo_lint.report import phrases
from jimo_lint.report.views import since
from jimo_lint.report.views.findings import findings
from jimo_lint.report.views.notes import Notes, notes
from jimo_lint.report.views.overview import About, Overview
from jimo_lint.report.views.owners import NOBODY
from jimo_lint.report.views.request_papers import answers, comparison, phones
from jimo_lint.report.views.scope import scope
from jimo_lint.report.views.standing import FAILED, PASSED, UNKNOWN
from jimo_lint.report.views.standing import Standing as Concluded
from jimo_lint.report.views.table import Block, Field, Line, Marked, Row, Table, Tile
from jimo_lint.report.views.unread import unread

ABOUT = About(
    "依申请公开",
    "申请",
    passes="申请以按期答复的为合格，逾期答复和逾期未答复的为不合格，还没有到期的和不再处理的不计入分母；附件2只列不合格的和未能"
    "作出结论的，至多 200 件，其余见工作簿“逐件推算”",
)
_OPEN, _STANDING = "在办", "状态"
# Too many for a page, and told by the reckoning.
_ON_SHEETS = ("补正告知", "收到补正", "延期（工作日）", "不计入（工作日）", "台账位置")
_TINT = tuple(one.label for one in Standing)
_UNITS = (
    Field("承办单位", 3, "strong"),
    Field("件数", 1, "number"),
    Field("在办", 1, "count"),
    Field("本周到期", 1, "count"),
    Field("逾期未答复", 1, "count", alarm=True),
    Field("逾期答复", 1, "count", alarm=True),
    Field("按期答复", 1, "count"),
    Field("未能判定", 1, "count"),
    Field("按期率", 2, "centre"),
)
_DUE = (
    Field("序号", 5.5, "number"),
    Field("登记号", 15, "strong"),
    Field("申请人", 8, "centre"),
    Field("承办单位", 16),
    Field("收到日期", 11.5, "date"),
    Field("应答复日期", 13, "centre"),
    Field("剩余/超过", 14, "centre"),
    Field(_STANDING, 11, "centre", tint=_TINT),
    Field("怎样推算", 34, "small"),
    Field("接下来", 24, "small"),
    Field("承办人", 9, "entry"),
    Field("调度意见", 16, "entry"),
)
_ALL = (
    Field("序号", 5.5, "number"),
    Field("登记号", 15, "strong"),
    Field("承办单位", 15),
    Field("收到日期", 11.5, "date"),
    Field("补正告知", 11.5, "date"),
    Field("收到补正", 11.5, "date"),
    Field("延期（工作日）", 8, "count"),
    Field("不计入（工作日）", 8, "count"),
    Field("应答复日期", 13, "centre"),
    Field("答复日期", 11.5, "date"),
    Field("答复类型", 18, "small"),
    Field(_STANDING, 11, "centre", tint=_TINT),
    Field("剩余/超过", 14, "centre"),
    Field("怎样推算，或为什么不能判定", 40, "small"),
    Field("台账位置", 22, "small", printed=False),
)
_TREND = (
    Field("周", 4, "centre"),
    Field("新收", 2, "count"),
    Field("答复", 2, "count"),
    Field("周末在办", 2, "count"),
    Field("周末逾期未答复", 2, "count", alarm=True),
)
_LIMITS = (Field("事项", 2), Field("期限", 1, "centre"), Field("依据", 3))

_READING = (
    "“应答复日期”按《政府信息公开条例》推算：从收到的次日起数工作日，节假日和调休按国务院办公厅的放假安排。",
    "补正的，自收到补正申请的次日起另行计算；征求第三方意见的时间不计（至多 15 个工作日）；延期在期限内告知的才算。",
    "日期前后写“约”的，那一年的放假安排还没有公布，不下逾期的结论。",
    "“未能判定”的（缺日期、日期矛盾、登记号重复、延期超过 20 个工作日）不算按期，请照“怎样推算”一列补正台账。",
    "“按期率”只按能下结论的算：按期答复 ÷（按期答复＋逾期答复＋逾期未答复）。",
    "申请人只显示姓和“某”，联系方式、申请内容一律不读、不存。浅黄格由人填写，再次运行不会覆盖填过的工作簿。",
    "“年报表”按台账数出，形式同国办公开办函〔2021〕30号；台账不全的，表也不全；“归不到”的列在表下，没有计入。",
)


_NOT_OF_REQUESTS = ("错敏词", "推荐修改", "所在上下文", "登记号", "发布时间", "出现处数")
_FITTED = {"说明": Field("说明", 48), "标题": Field("登记号", 17, "strong"), "网址": Field("文件", 18, "small")}


class Requests(NamedTuple):
    """The sheets in the order in which they are read. years: below these titles; tables of a year on one sheet."""

    title: str
    subtitle: str
    lines: tuple[Line, ...]
    figures: tuple[Tile, ...]
    to_do: tuple[Line, ...]
    units: Block
    trend: Block
    due: Table
    findings: Table
    rows: Table
    answers: Table | None
    comparison: Table | None
    phones: Table | None
    unread: Table | None
    notes: Notes


def requests(report: Report) -> Requests:
    """What 周调度 has to say."""
    book = report.requests or RequestBook("")
    counted = Counter(one.standing for one in book.results)
    day = report.run.as_of
    return Requests(
        title=f"{report.run.site}{report.run.title}",
        subtitle=f"{phrases.week(day)}　统计日期：{phrases.chinese_date(day)}",
        lines=tuple(_lines(report, book, counted)),
        figures=figures(book, counted),
        to_do=tuple(_to_do(book)),
        units=Block("各承办单位", _UNITS, tuple(_units(book.results))),
        trend=Block("近 13 周", _TREND, tuple(_weeks(book))),
        due=_due_list(book),
        findings=_findings(report),
        rows=Table("逐件推算", _ALL, [_row(number, one) for number, one in enumerate(book.results, 1)], frozen=2),
        answers=answers(book),
        comparison=comparison(book),
        phones=phones(book),
        unread=unread(report),
        notes=_notes(report, book),
    )


def overview(report: Report) -> Overview:
    """Every request below how it stands, gravest first; the figure of all that are open counts several such groups."""
    said = requests(report)
    figures = tuple(one for one in said.figures if one.label != _OPEN)
    at = [number for number, field in enumerate(_ALL) if field.title not in _ON_SHEETS]
    order = {label: number for number, label in enumerate(_TINT)}
    standing = [field.title for field in _ALL].index(_STANDING)
    rows = sorted(said.rows.rows, key=lambda row: order[str(row[standing])])
    table = replace(
        said.rows,
        fields=tuple(_ALL[number] for number in at),
        rows=[[row[number] for number in at] for row in rows],
    )
    beside = tuple(one for one in (said.answers, said.comparison, said.phones) if one)
    return Overview((*said.lines, *said.to_do), figures, table, by=_STANDING, beside=beside)


def standings(report: Report) -> Iterator[Concluded]:
    """By its time limit alone, as 按期率 counts: one that is open or closed otherwise neither passes nor fails."""
    for one in report.requests.results if report.requests else ():
        name, owner = one.anchor().name, one.request.owner
        if one.standing in (Standing.LATE, Standing.OVERDUE):
            yield Concluded(one.NOUN, name, owner, FAILED, int(one.standing is Standing.OVERDUE))
        elif one.standing is Standing.UNKNOWN:
            yield Concluded(one.NOUN, name, owner, UNKNOWN, 0, one.reason)
        else:
            yield Concluded(one.NOUN, name, owner, PASSED if one.standing is Standing.ON_TIME else one.conclusion, 0)


def figures(book: RequestBook, counted: Counter[Standing]) -> tuple[Tile, ...]:
    """The numbers of the cover."""
    running = sum(number for standing, number in counted.items() if standing.open)
    return (
        Tile("台账件数", len(book.results)),
        Tile(_OPEN, running),
        Tile("逾期未答复", counted[Standing.OVERDUE], bad=True),
        Tile("本周到期", counted[Standing.DUE]),
        Tile("逾期答复", counted[Standing.LATE], bad=True),
        Tile("未能判定", counted[Standing.UNKNOWN]),
    )


def _lines(report: Report, book: RequestBook, counted: Counter[Standing]) -> Iterator[Line]:
    if not book.results:
        yield Line("注意：台账里没有读到一件申请，以下没有结论。", "alarm")
        return
    said = "，".join(f"{one.label} {counted[one]}" for one in Standing if counted[one])
    yield Line(f"台账“{book.place}”共 {len(book.results)} 件：{said}。", "verdict")
    yield from scope(report)
    if line := since.line(report):
        yield Line(line, "verdict")
    if book.without is None:
        yield Line("没有写 [requests] answers，告知书没有核对。")
    if left := sum(not problem.excused for problem in report.problems):
        yield Line(f"注意：有 {left} 处没有读到，见“未读与未检”，没有读到的不等于没有问题。", "alarm")


def _to_do(book: RequestBook) -> Iterator[Line]:
    wanted = (
        (Standing.OVERDUE, "● 立即答复：", "alarm"),
        (Standing.DUE, "● 本周内答复，或在期限内告知延期：", "note"),
        (Standing.UNKNOWN, "● 补正台账：", "note"),
    )
    for standing, said, style in wanted:
        if found := sorted((one for one in book.results if one.standing is standing), key=_order):
            named = "；".join(_named(one) for one in found[:6])
            more = f" 等 {len(found)} 件" if len(found) > 6 else ""
            yield Line(f"{said}{named}{more}。", style)
    if book.without:
        yield Line(f"● 归档告知书：已答复的有 {len(book.without)} 件没有找到告知书，见“告知书核对”。")
    if book.comparison and (book.comparison.differences or book.comparison.sums):
        number = len(book.comparison.differences) + len(book.comparison.sums)
        yield Line(f"● 核对年报：{book.comparison.ledger.year} 年年报的表有 {number} 处对不上，见“与年报比对”。")


def _findings(report: Report) -> Table:
    """问题明细 without what only words and pages have; what is left keeps what review takes it back by."""
    table = findings(report, "登记号")
    kept = [index for index, field in enumerate(table.fields) if field.title not in _NOT_OF_REQUESTS]
    fields = tuple(_FITTED.get(table.fields[index].title, table.fields[index]) for index in kept)
    rows = [[row[index] for index in kept] for row in table.rows]
    return replace(table, fields=fields, rows=rows)


def _named(one: RequestResult) -> str:
    days = "" if one.standing is Standing.UNKNOWN else _days(one)
    said = "，".join(part for part in (days, one.request.owner) if part)
    return f"{one.request.number or one.request.place}{f'（{said}）' if said else ''}"


def _days(one: RequestResult) -> str:
    if one.days is None:
        return ""
    if one.standing in (Standing.OVERDUE, Standing.LATE):
        return f"超 {one.days} 个工作日"
    if one.request.answered:
        return f"提前 {one.days} 个工作日" if one.days else "当日"
    return f"剩 {one.days} 个工作日" if one.days else "今天到期"


def _order(one: RequestResult) -> tuple[date, str]:
    return (one.due.day if one.due else date.max), one.request.number


def _units(results: Sequence[RequestResult]) -> Iterator[Row]:
    by_owner: dict[str, Counter[Standing]] = defaultdict(Counter)
    for one in results:
        by_owner[one.request.owner or NOBODY][one.standing] += 1
    ordered = sorted(by_owner.items(), key=lambda one: (-one[1][Standing.OVERDUE], -one[1].total(), one[0]))
    for owner, counted in ordered:
        yield owner, *_counts(counted)
    if len(by_owner) > 1:
        yield "合计", *_counts(Counter(one.standing for one in results))


def _counts(counted: Counter[Standing]) -> Row:
    on_time, judged = counted[Standing.ON_TIME], counted[Standing.LATE] + counted[Standing.OVERDUE]
    return (
        counted.total(),
        sum(number for standing, number in counted.items() if standing.open),
        counted[Standing.DUE],
        counted[Standing.OVERDUE],
        counted[Standing.LATE],
        on_time,
        counted[Standing.UNKNOWN],
        f"{on_time / (on_time + judged):.1%}" if on_time + judged else "—",
    )


def _weeks(book: RequestBook) -> Iterator[Row]:
    for one in book.weeks:
        yield f"{one.monday:%m-%d} 起", one.received, one.answered, one.open, one.overdue


_NEXT = {
    Standing.OVERDUE: "立即答复，说明迟延的原因",
    Standing.DUE: "本周内答复；来不及的在期限内告知延期",
    Standing.RUNNING: "按期办理",
    Standing.CORRECTION: "等申请人补正；逾期不补正的按条例第三十条不再处理",
    Standing.THIRD: "等第三方意见，满 15 个工作日即由本机关决定",
}


def _due_list(book: RequestBook) -> Table:
    found = sorted(
        (one for one in book.results if one.standing.open),
        key=lambda one: (one.standing is not Standing.OVERDUE, *_order(one)),
    )
    rows = [
        (
            number,
            one.request.number or one.request.place,
            one.request.who,
            one.request.owner,
            one.request.received,
            term(one.due),
            _urgent(one),
            one.standing.label,
            one.reason,
            _NEXT[one.standing],
            None,
            None,
        )
        for number, one in enumerate(found, 1)
    ]
    return Table("待办清单", _DUE, rows, frozen=2, notes=() if rows else ("没有待答复的申请。",))


def _urgent(one: RequestResult) -> str | Marked:
    said = _days(one)
    return Marked(said, 0, len(said)) if one.standing in (Standing.OVERDUE, Standing.LATE) and said else said


def term(due: Term | None) -> str:
    """The last day; 约 where that year's arrangement is not published."""
    return "" if due is None else f"{'' if due.certain else '约 '}{due.day}"


def _row(number: int, one: RequestResult) -> Row:
    request, clock = one.request, one.clock
    return (
        number,
        request.number or "（没有登记号）",
        request.owner,
        request.received,
        request.correction_asked,
        request.corrected,
        clock.extension if clock else None,
        clock.third_days if clock else None,
        term(one.due),
        request.answered,
        request.decided,
        one.standing.label,
        _urgent(one),
        one.reason,
        request.place,
    )


def _notes(report: Report, book: RequestBook) -> Notes:
    law = "《中华人民共和国政府信息公开条例》"
    limits = (
        ("答复", f"{ANSWER} 个工作日", f"{law}第三十三条"),
        ("延长答复期限（期限内告知申请人）", f"至多 {EXTENSION} 个工作日", f"{law}第三十三条"),
        ("告知补正", f"{CORRECTION} 个工作日", f"{law}第三十条；答复期限自收到补正的申请之日起计算"),
        ("第三方提出意见", f"{THIRD_PARTY} 个工作日", f"{law}第三十二条；所需时间不计入答复期限（第三十三条）"),
    )
    made = notes(report, (*_READING, *(f"列名：{said}。" for said in book.understood)))
    return made._replace(limits=Block("三、期限", _LIMITS, limits))
