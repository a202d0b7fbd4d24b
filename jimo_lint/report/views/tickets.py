"""找错办理: one row an error report by the public: what looking came to, the days left, a draft of the answer."""

from __future__ import annotations

from collections.abc import Iterator

from jimo_lint.model.tickets import Knowledge, Outcome, Recall, TicketReport, TicketResult
from jimo_lint.report import phrases
from jimo_lint.report.views.table import Field, Linked, Marked, Row, Table

FIELDS = (
    Field("编号", 13, "small"),
    Field("收到", 11, "date"),
    Field("网址", 20, "address"),
    Field("问题", 28),
    Field("核查结果", 12, "centre", tint=tuple(one.label for one in Outcome)),
    Field("依据/截至", 26),
    Field("期限", 11, "centre"),
    Field("剩余/超期", 14, "centre"),
    Field("本程序是否已发现（规则）", 15, "small"),
    Field("答复草稿", 46, "small"),
    Field("办理人", 9, "centre"),
    Field("办结日期", 11, "date"),
    Field("打开", 6, "centre", printed=False),
)


def table(report: TicketReport) -> Table:
    """Overdue ones first."""
    notes = () if report.results else ("还没有导入过找错留言。",)
    return Table("找错办理", FIELDS, tuple(map(_row, report.results)), frozen=1, notes=notes)


def _row(one: TicketResult) -> Row:
    ticket = one.ticket
    return (
        ticket.number,
        ticket.received,
        ticket.url,
        ticket.said,
        one.check.outcome.label,
        basis(one),
        deadline(one),
        _urgent(one),
        knowledge(one),
        one.reply,
        None,
        ticket.closed,
        Linked(ticket.url, "打开") if ticket.url else None,
    )


def _urgent(one: TicketResult) -> str | Marked:
    said = remaining(one)
    return Marked(said, 0, len(said)) if one.left is not None and one.left < 0 else said


def basis(one: TicketResult) -> str:
    """Why, and as of which day; a live look says so."""
    if one.check.day is None:
        return one.check.why
    return f"{one.check.why}（截至 {one.check.day}{'，现场查看' if one.check.live else ''}）"


def deadline(one: TicketResult) -> str:
    """The last day; 约 where that year's arrangement is not published."""
    if one.due is None:
        return "收到日期不明"
    return f"{'' if one.certain else '（约）'}{one.due}"


def remaining(one: TicketResult) -> str:
    """How many working days are left, or how many it is over."""
    if one.ticket.answered:
        if one.late is None:
            return "已办结"
        return f"已办结，超期 {one.late} 个工作日" if one.late else "按期办结"
    if one.left is None:
        return "—"
    if one.left < 0:
        return f"超期 {-one.left} 个工作日"
    return f"剩 {one.left} 个工作日" if one.left else "今天到期"


def knowledge(one: TicketResult) -> str:
    """Whether our rules had found it, with their codes and since when."""
    known = one.known
    if known.codes:
        return f"{known.knowledge.label}：{'、'.join(known.codes)}（{known.since} 起）"
    if known.knowledge is Knowledge.MISSED and known.since:
        return f"{known.knowledge.label}（{known.since} 起查）"
    return known.knowledge.label


def summary(report: TicketReport) -> str:
    """How many, how many open, overdue, and what looking at the open ones came to."""
    pending = [one for one in report.results if not one.ticket.answered]
    over = sum(one.left is not None and one.left < 0 for one in pending)
    today = sum(one.left == 0 for one in pending)
    parts = [f"共 {len(report.results)} 条，待答复 {len(pending)} 条"]
    parts += [f"已超期 {over} 条"] if over else []
    parts += [f"今天到期 {today} 条"] if today else []
    counted = {outcome: sum(one.check.outcome is outcome for one in pending) for outcome in Outcome}
    checked = "，".join(f"{outcome.label} {count}" for outcome, count in counted.items() if count)
    return "，".join(parts) + (f"\n待答复的：{checked}" if checked else "")


def recall(found: Recall) -> Iterator[str]:
    """The recall on real complaints, in sentences; each figure says what it is out of."""
    if found.looked_before:
        yield (
            f"收到之前已经检查过所投诉之处的 {found.looked_before} 条里，本程序的规则先发现了 {found.before} 条"
            f"（{found.before / found.looked_before:.0%}）。检查之后才出现的错误也算在分母里。"
        )
    if found.standing:
        yield (
            f"最近一次采集里错误仍在的 {found.standing} 条，最近一次检查报出了 {found.reported} 条"
            f"（{found.reported / found.standing:.0%}）。"
        )
    if not found.looked_before and not found.standing:
        yield "没有一条能与检查过的内容对上，算不出查全率。"
    if found.apart:
        apart = "，".join(f"{reason} {count} 条" for reason, count in found.apart.items())
        yield f"没有计入第一个数的：{apart}。"


def reading(report: TicketReport) -> Iterator[str]:
    """How to read the table."""
    term = report.term
    yield (
        f"期限：收到次日起 {term.days} 个工作日，收到当日不计（{term.basis}）；导出表里写有办理期限的以它为准。"
        "“（约）”表示那一年的放假安排还没有公布。"
    )
    yield "仍在、已改只据读到的内容说，“截至”是读到它的日期；没有看过的、看不出的一律是“无法自动核实”，请人工核实。"
    yield "答复草稿里〔〕中的内容由人填写；发出之前请逐条核实，不要照抄核查结果。"
    yield "留言人的姓名、联系方式不入库；正文里的手机号、证件号已打码。"


def facts(report: TicketReport) -> Iterator[tuple[str, str]]:
    """What the sheet of notes begins with."""
    yield "网站", report.site
    yield "日期", phrases.chinese_date(report.as_of)
    yield "条数", summary(report)
