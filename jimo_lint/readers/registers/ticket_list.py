"""Reads exports of 我为政府网站找错: a report a row, masked, without who sent it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from hashlib import blake2b
from pathlib import Path

from jimo_lint.errors import InputError
from jimo_lint.extract.dates import machine_times, text_dates
from jimo_lint.extract.links.written import written_addresses
from jimo_lint.model import Problem, ProblemCode
from jimo_lint.model.tickets import Ticket
from jimo_lint.privacy import mask_text, mask_url
from jimo_lint.readers.archives.formats.rows import lost_digits
from jimo_lint.readers.source import Source, load
from jimo_lint.readers.tables import table
from jimo_lint.readers.tables.headers import HEADER_ROWS, mapping
from jimo_lint.runtime import timelimit


def _names(listed: str) -> tuple[str, ...]:
    return tuple(listed.split())


ALIASES = {
    # No 查询码, by which a reporter proves that he is the one.
    "number": _names(
        "编号 留言编号 工单编号 工单号 受理编号 问题编号 纠错编号 信件编号 来信编号 流水号 留言ID 工单ID ID 单号"
    ),
    # The day from which the platform itself counts stands before those of the offices that it came through.
    "time": _names(
        "收到 收到时间 收到日期 提交时间 提交日期 留言时间 留言日期 反映时间 反映日期 来信时间 写信时间 纠错时间 "
        "创建时间 发布时间 上报时间 时间 日期"
    ),
    "accepted": _names("受理时间 受理日期 接收时间 接收日期 转办时间 转办日期 交办时间 交办日期 派单时间 分办时间"),
    "site": _names("网站 网站名称 站点 站点名称 所属网站 被反映网站 网站单位"),
    "url": _names(
        "问题页面 问题页面网址 问题页面地址 问题页面URL 问题网址 问题链接 问题URL 错误页面 错误页面网址 错误链接 "
        "页面网址 页面链接 页面地址 网页地址 网页链接 网址 链接 链接地址 URL 地址"
    ),
    "category": _names("错误类型 问题类型 留言类型 纠错类型 问题类别 问题分类 错误类别 类型 类别 分类"),
    "said": _names(
        "问题描述 留言内容 问题 问题内容 错误描述 错误内容 纠错内容 反映内容 反映问题 来信内容 具体问题 详细描述 "
        "描述 内容"
    ),
    "title": _names("标题 留言标题 问题标题 主题 信件标题"),
    "owner": _names("承办单位 办理单位 责任单位 主办单位 处理单位 答复单位 转办单位 承办部门 责任部门 责任科室"),
    "state": _names("状态 办理状态 处理状态 办理情况 当前状态 留言状态 答复状态 办结状态 工单状态"),
    "reply": _names("答复 答复内容 回复 回复内容 处理结果 办理结果 处理意见 答复意见 官方答复 办理答复"),
    "closed": _names("办结日期 办结时间 答复时间 答复日期 回复时间 回复日期 完成时间"),
    "limit": _names("办理期限 限办时间 办理时限 截止时间 截止日期 到期时间 应办结时间 应答复时间 答复期限 延期至"),
}
_LABELS = {
    "number": "编号",
    "time": "收到",
    "accepted": "受理",
    "site": "网站",
    "url": "网址",
    "category": "错误类型",
    "said": "问题",
    "title": "标题",
    "owner": "承办单位",
    "state": "状态",
    "reply": "答复",
    "closed": "办结",
    "limit": "办理期限",
}
# Of the reporter: never stored; read only so that what stands in the text as well is taken out of it.
REPORTER = {
    "reporter": _names(
        "留言人 留言人姓名 网民 网民姓名 网友 网友姓名 反映人 反映人姓名 联系人 姓名 昵称 提交人 来信人 用户名"
    ),
    "contact": _names(
        "联系电话 联系方式 手机 手机号 手机号码 电话 电子邮箱 邮箱 电子邮件 邮件 QQ 微信 证件号码 身份证号"
    ),
}
_ALL = {**ALIASES, **REPORTER}

_BARE = re.compile(r"(?:[a-z0-9-]+\.)+[a-z]{2,}(?::\d{2,5})?(?:/[!-~]*)?", re.I)
# Answers, and rejections, which are answers too. What is said not to be is none: 未办结, 待答复, 应答复.
_REJECTED = re.compile(r"不予受理|不予办理|无效|重复|退件")
_ANSWERED = re.compile(
    r"(?<![未没不待需应须])(?:办结|结案|答复|回复|反馈|办理完|处理完|完成|已办理|已处理|已解决|已关闭|已归档)"
)
_NOT_YET = re.compile(r"未(?:按期|按时|及时|完全|全部)")
_OPEN = re.compile(r"未|待|在办|办理中|处理中|转办|交办|退回|受理|延期|新")
# Names that a reporter gives himself in the text, or that who took the call wrote down; a name alone may be a place or
# part of a word.
_SIGNED = (
    r"(?m)(?:(?:我叫|我是|本人|姓名|署名|落款|(?:留言|反映|联系|举报|投诉|来电|来信|来访|提交|申请)人|网民|网友|市民|群众|居民|村民|业主"
    r"|读者|家长|尊敬的)[:：]?\s{{0,3}}){0}"
    r"|{0}(?=先生|女士|同志|网友|您好|你好|\s{{0,3}}(?:$|反映|来电|致电|来信|来访|留言|投诉|举报|咨询|询问|反馈|提出|提供|建议|表示|发现|要求"
    r"|称|说|的?(?:电话|手机|联系|微信|邮箱)))"
    r"|(?:^|(?<=[，。；：,;:\s（(—-])){0}(?=[，。；：,;:\s）)！!—-])"
)
# What a report is called here whose own number says nothing: such a number comes back in our own workbook.
_OURS = re.compile(r".+~[0-9a-f]{8}")
_HAN_NAME = re.compile(r"[\u3400-\u9fff·]{2,6}")
_NOBODY = ("匿名", "网友", "网民", "游客", "市民", "群众", "先生", "女士")
_SHORTEST_CONTACT = 5


@dataclass(slots=True)
class TicketList:
    """tickets: in the export's order, each number once; understood: how the columns of each sheet were."""

    tickets: list[Ticket] = field(default_factory=list)
    understood: list[str] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


def read(path: Path, as_of: date) -> TicketList:
    """The reports of an export. as_of: for dates without a year. InputError: unreadable, or no column for the text."""
    with timelimit.limited(str(path)):
        return _read(load(path), as_of)


def _read(source: Source, as_of: date) -> TicketList:
    listed = TicketList()
    known: dict[str, Ticket] = {}
    for one in table.tables(source, _ALL, ()):
        if (
            not {"said", "url"} & one.header.columns.keys()
            or not {"number", "time", "said"} & one.header.columns.keys()
        ):
            continue
        sheet = f"工作表“{one.sheet}”" if one.sheet else ""
        used = {name: index for name, index in one.header.columns.items() if name in ALIASES}
        understood = mapping(replace(one.header, columns=used), _LABELS)
        listed.understood.append(f"{source.place} {sheet}第 {one.header.row} 行是列名：{understood}")
        undated = lost = 0
        example = lost_example = ""
        for place, record in one.records():
            cell = {name: table.text(value) for name, value in record.items()}
            row = place.removeprefix(source.place).strip()
            ticket = _ticket(cell, record, place, as_of)
            if ticket is None:
                continue
            if _is_lost(_number(cell.get("number", ""))):
                lost, lost_example = lost + 1, lost_example or cell["number"][:30]
            written = cell.get("time") or cell.get("accepted", "")
            if ticket.received is None and (written or one.header.columns.keys() & {"time", "accepted"}):
                undated, example = undated + 1, example or f"{row} “{mask_text(written[:20])}”"
            first = known.setdefault(ticket.number, ticket)
            if first is ticket:
                listed.tickets.append(ticket)
            elif replace(first, source="") != replace(ticket, source=""):
                listed.problems.append(Problem(ProblemCode.TICKET_TWICE, place, {"number": ticket.number}))
        listed.problems += one.problems()
        where = f"{source.place} {one.sheet}".strip()
        if undated:
            listed.problems.append(Problem(ProblemCode.DATES_UNREAD, where, {"count": undated, "example": example}))
        if lost:
            args: Mapping[str, str | int] = {"count": lost, "example": lost_example}
            listed.problems.append(Problem(ProblemCode.TICKET_DIGITS, where, args))
    if not listed.understood:
        raise InputError(
            source.place,
            f"前 {HEADER_ROWS} 行里没有认出列名",
            "请让表头含“编号”“提交时间”“问题页面”“问题描述”“状态”等列",
        )
    return listed


def _ticket(cell: dict[str, str], record: Mapping[str, object], place: str, as_of: date) -> Ticket | None:
    """The row as a report; None where it has nothing of one (sums, signatures)."""
    said = "\n".join(part for part in (cell.get("title", ""), cell.get("said", "")) if part)
    url = _address(cell.get("url", "")) or _address(said)
    if not said and not url:
        return None
    said = mask_text(_without_reporter(said, cell))
    reply = mask_text(_without_reporter(cell.get("reply", ""), cell))
    received = _day(record.get("time"), as_of) or _day(record.get("accepted"), as_of)
    closed, state = _day(record.get("closed"), as_of), " ".join(cell.get("state", "").split())
    number = _number(cell.get("number", ""))
    if not number or _is_lost(number) or mask_text(number) != number:
        # Rows without a number, with one that Excel spoilt or that is somebody's telephone: told apart by what they
        # say. A day without a year is as it is written, since next year it would be read as another.
        day = machine_times.parse(record.get("time")) or cell.get("time", "")
        told = f"{url}\n{said}\n{day}".encode("utf-8", "replace")
        number = f"{mask_text(number) or '无编号'}~{blake2b(told, digest_size=4).hexdigest()}"
    return Ticket(
        number=number,
        received=received,
        site=mask_text(cell.get("site", "")),
        url=mask_url(url),
        category=mask_text(" ".join(cell.get("category", "").split())),
        said=said,
        owner=mask_text(cell.get("owner", "")),
        state=mask_text(state),
        reply=reply,
        closed=closed,
        limit=_day(record.get("limit"), as_of),
        answered=_answered(state, reply, closed),
        source=mask_text(place),
    )


def _number(written: str) -> str:
    return "".join(written.split()).strip("'’")


def _is_lost(number: str) -> bool:
    return lost_digits(number) and not _OURS.fullmatch(number)


def _answered(state: str, reply: str, closed: date | None) -> bool:
    if _REJECTED.search(state) or (_ANSWERED.search(state) and not _NOT_YET.search(state)):
        return True
    return not _OPEN.search(state) and (bool(reply) or closed is not None)


def _day(value: object, as_of: date) -> date | None:
    moment = machine_times.parse(value)
    if moment is None and isinstance(value, str):
        moment = text_dates.parse(value, as_of)
    return moment.date() if moment else None


def _address(cell: str) -> str:
    """The first address that stands in a text; "" where none does."""
    for start, end in written_addresses(cell):
        return cell[start:end]
    found = _BARE.fullmatch(cell.strip())
    return f"http://{found[0]}" if found else ""


def _without_reporter(text: str, cell: Mapping[str, str]) -> str:
    """The text without the reporter's name, where it stands as one, and without what he can be reached by."""
    contact = cell.get("contact", "")
    if len(contact) >= _SHORTEST_CONTACT:
        text = text.replace(contact, "*" * len(contact))
    name = "".join(cell.get("reporter", "").split())
    if _HAN_NAME.fullmatch(name) and name not in _NOBODY:
        text = re.sub(_SIGNED.format(re.escape(name)), lambda found: found[0].replace(name, "*" * len(name)), text)
    return text
