"""互动交流 and 主动公开目录: letters, consultations and entrances, and what a catalogue promises, a row each."""

from __future__ import annotations

from collections.abc import Iterator

from jimo_lint.model import Report
from jimo_lint.model.exchanges import Channel, Exchange, Explained, Reply
from jimo_lint.model.publishing import Promise, Seen
from jimo_lint.report.views.table import Field, Linked, Row, Table

_CONFIRMED = ("属实", "不属实", "需复查")
_GRAVEST = (Reply.OVERDUE, Reply.FAULTY, Reply.SILENT, Reply.LATE, Reply.ABSENT, Reply.UNKNOWN)
_FIELDS = (
    Field("序号", 5.5, "number"),
    Field("类别", 9, "centre"),
    Field("栏目", 13, "centre"),
    Field("事项", 34, "strong"),
    Field("来信或开始", 11.5, "date"),
    Field("答复或截止", 11.5, "date"),
    Field("天数", 7, "number"),
    Field("结论", 16, "centre", tint=tuple(reply.label for reply in Reply)),
    Field("说明", 44, "small"),
    Field("复核结果", 10, "centre", choices=_CONFIRMED),
    Field("打开", 6, "centre", printed=False),
)
_PROMISE_FIELDS = (
    Field("序号", 5.5, "number"),
    Field("上级事项", 15),
    Field("公开事项", 20, "strong"),
    Field("公开时限", 18, "small"),
    Field("责任单位", 13, "centre"),
    Field("渠道", 14, "small"),
    Field("对应栏目", 13, "centre"),
    Field("最近信息", 11.5, "date"),
    Field("结论", 12, "centre", tint=tuple(seen.label for seen in Seen)),
    Field("机器所见", 34, "small"),
    Field("须人工核对", 26, "small"),
    Field("核对结果", 10, "centre", choices=("已公开", "未公开", "无此信息")),
    Field("打开", 6, "centre", printed=False),
)
# Of the bonus that counts channels of consultation and interviews of a year.
_BONUS = 6


def exchanges(report: Report) -> Table | None:
    """None where the inspection does not look at interaction."""
    if not report.exchanges:
        return None
    order = {reply: number for number, reply in enumerate(_GRAVEST)}
    rows = sorted(report.exchanges, key=lambda one: order.get(one.reply, len(order)))
    return Table(
        "互动交流",
        _FIELDS,
        [(number, *_row(one)) for number, one in enumerate(rows, 1)],
        frozen=4,
        notes=tuple(_notes(report)),
    )


def _row(one: Exchange) -> Row:
    return (
        one.channel.label,
        one.column_name,
        f"全栏 {one.count} 件" if one.whole and one.channel is Channel.MAILBOX else "" if one.whole else one.title,
        one.began,
        one.ended,
        one.days,
        one.reply.label,
        one.note,
        None,
        Linked(one.url, "打开") if one.url else None,
    )


def _notes(report: Report) -> Iterator[str]:
    yield "“判断不了”是页面上读不出日期、状态等的，未查，不等于没有问题，请打开核对；信箱只列出有问题和未到期的来信。"
    held = sum(one.count for one in report.exchanges if one.channel is Channel.INTERVIEW)
    asked = sum(
        one.channel is Channel.CONSULTATION and one.began is not None and (report.run.as_of - one.began).days < 366
        for one in report.exchanges
    )
    yield f"近一年读到意见征集 {asked} 次、在线访谈 {held} 次（加分项参照：合计不少于 {_BONUS} 次，待对照原件）。"
    if report.explained:
        yield explained(report.explained)


def explained(said: Explained) -> str:
    """政策解读 in a sentence."""
    forms = "、".join(f"{form} {number}" for form, number in said.forms)
    text = f"政策解读：读到 {said.readings} 篇" + (f"（{forms}）" if forms else "")
    if said.share is not None:
        text += f"；近一年政策文件 {said.policies} 件，有解读的 {said.explained} 件，解读比例 {said.share:.0%}"
        text += "（合格比例未核到原文，只列数）"
    else:
        text += "；近一年没有读到政策文件，算不出解读比例"
    return text + (f"；另有 {said.undated} 件文件没有日期，没有计入" if said.undated else "") + "。"


def promises(report: Report) -> Table | None:
    """None where no catalogue is compared."""
    if not report.promises:
        return None
    order = (Seen.UNSEEN, Seen.UNKNOWN, Seen.SEEN)
    rows = sorted(report.promises, key=lambda one: (not one.late, order.index(one.seen)))
    counted = "，".join(f"{seen.label} {sum(one.seen is seen for one in rows)} 项" for seen in (Seen.SEEN, *order[:2]))
    return Table(
        "主动公开目录",
        _PROMISE_FIELDS,
        [(number, *_promise(one)) for number, one in enumerate(rows, 1)],
        frozen=3,
        notes=(
            f"目录共 {len(rows)} 项：{counted}。",
            "“未见”只说读全了的栏目或全站里没有见到，不等于没有公开；“机器判断不了”写明缘由，须人工核对。",
            "“已见”只说见到了这一栏目或同名的信息；是否按时、是否齐全见“须人工核对”。",
        ),
    )


def _promise(one: Promise) -> Row:
    return (
        one.above,
        one.name,
        one.limit,
        one.owner,
        one.platform,
        one.column_name,
        one.newest,
        one.seen.label,
        one.reason,
        one.open,
        None,
        Linked(one.url, "打开") if one.url else None,
    )
