"""Reads an office's ledger of requests for government information (依申请公开台账): a request a row.

Of the applicant the kind and a masked name stay; telephone, address and what was asked for are not even looked at.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from pathlib import Path
from typing import NamedTuple

from jimo_lint.errors import InputError
from jimo_lint.extract.dates import machine_times, text_dates
from jimo_lint.model import Problem, unreadable
from jimo_lint.model.requests import Dispute, Request, Unread
from jimo_lint.privacy import mask_text
from jimo_lint.readers.archives.formats.rows import lost_digits
from jimo_lint.readers.registers import request_words
from jimo_lint.readers.source import Source, load
from jimo_lint.readers.tables import table
from jimo_lint.readers.tables.feet import is_foot
from jimo_lint.readers.tables.headers import HEADER_ROWS, Cells, mapping
from jimo_lint.runtime import timelimit


def _names(listed: str) -> tuple[str, ...]:
    return tuple(listed.split())


# The fields with the names that offices give them, the most telling first.
ALIASES = {
    "number": _names(
        "登记号 登记编号 申请编号 申请登记号 受理编号 受理号 依申请编号 办件编号 收件编号 收文编号 编号 流水号 "
        "申请件编号 申请书编号 申请序号 登记序号 受理序号"
    ),
    "received": _names(
        "收到日期 收到时间 收到申请日期 收到申请时间 收件日期 收件时间 签收日期 签收时间 收文日期 接收日期 接收时间 "
        "接收申请日期 接收申请时间 接收申请书日期 来件日期 来件时间 接件日期 接件时间 收悉日期 "
        "申请日期 申请时间 收到 提交日期 提交时间"
    ),
    "accepted": _names(
        "受理日期 受理时间 受理 登记日期 登记时间 登记回执日期 回执日期 登记回执 回执 确认日期 双方确认日期"
    ),
    "correction_asked": _names(
        "补正告知日期 补正通知日期 告知补正日期 补正告知时间 补正告知 补正通知 告知补正 发出补正日期 要求补正日期 "
        "补正日期 补正时间 补正 补正情况"
    ),
    "corrected": _names(
        "收到补正日期 补正收到日期 收到补正时间 收到补正 补正材料收到日期 补正提交日期 申请人补正日期 补正回复日期"
    ),
    "extended": _names(
        "延期告知日期 延期告知时间 延期通知日期 延长告知日期 延期答复告知日期 延期告知 延期通知 延长期限告知 延期日期 "
        "延期 延期情况 是否延期 延长"
    ),
    "extension": _names("延长工作日 延期工作日 延长天数 延期天数 延长期限 延期期限 延长工作日数"),
    "extended_to": _names("延期至 延长至 延期答复至 延期后期限 延期后答复期限"),
    "third_asked": _names(
        "征求第三方日期 征求意见日期 征求第三方意见日期 第三方征求日期 第三方收到日期 征求第三方 征求第三方意见 "
        "第三方 第三方意见 第三方征询 征求意见"
    ),
    "third_replied": _names(
        "第三方答复日期 第三方回复日期 第三方反馈日期 第三方意见日期 收到第三方意见日期 意见反馈日期"
    ),
    "answered": _names(
        "答复日期 答复时间 实际答复日期 答复书日期 告知日期 办结日期 办结时间 答复 回复日期 回复时间 作出答复日期 "
        "作出答复时间 出具答复日期 出具告知书日期 出具告知书时间 告知书日期 答复告知日期 复函日期 办复日期 办复时间"
    ),
    "answer": _names("答复文号 答复书文号 告知书文号 答复书编号 告知书编号 答复编号 文号"),
    "decision": _names(
        "答复类型 答复结果 办理结果 答复类别 处理结果 公开类型 答复种类 决定类型 结果 答复方式类型 公开情况 "
        "告知书类型 答复书类型 告知类型 答复情况 公开结果"
    ),
    "applicant": _names("申请人类型 申请人类别 申请人性质 申请主体 申请主体类型 申请人属性 申请人身份 申请者类型"),
    "type": _names("类型 类别"),
    "way": _names(
        "申请方式 申请渠道 收件方式 提交方式 来件方式 方式 渠道 申请途径 受理渠道 受理方式 接收方式 接收渠道 "
        "申请来源 来源"
    ),
    "owner": _names(
        "承办单位 承办部门 办理单位 责任单位 承办科室 责任部门 答复单位 答复机关 承办处室 承办机构 办理部门 办理科室 "
        "责任科室 责任处室 主办单位 主办部门 主办科室 经办单位 经办部门 经办科室 经办处室 单位"
    ),
    "review": _names("行政复议 复议情况 复议结果 行政复议结果 复议"),
    "suit": _names("行政诉讼 诉讼情况 诉讼结果 行政诉讼结果 诉讼"),
    "dispute": _names("复议诉讼 复议诉讼情况 复议诉讼结果 复议、诉讼 复议/诉讼 行政复议诉讼 行政复议、行政诉讼"),
}
LABELS = {
    "number": "登记号",
    "received": "收到日期",
    "accepted": "受理",
    "correction_asked": "补正告知",
    "corrected": "收到补正",
    "extended": "延期告知",
    "extension": "延长工作日",
    "extended_to": "延期至",
    "third_asked": "征求第三方",
    "third_replied": "第三方答复",
    "answered": "答复日期",
    "answer": "答复文号",
    "decision": "答复类型",
    "applicant": "申请人类型",
    "type": "类型",
    "way": "方式",
    "owner": "承办单位",
    "review": "行政复议",
    "suit": "行政诉讼",
    "dispute": "复议诉讼",
}
# Of the applicant: only the name is read, to be masked and to be taken out of other cells.
_WHO = {"who": _names("申请人 申请人姓名 姓名 申请人名称 申请人姓名或名称 申请人（姓名或名称）")}
_ALL = {**ALIASES, **_WHO}
_DAYS = (
    "received", "accepted", "correction_asked", "corrected", "extended", "extended_to", "third_asked",
    "third_replied", "answered",
)  # fmt: skip
# Cells that say in one what two columns may hold, and where the second day then belongs.
_SECOND = {"correction_asked": "corrected", "third_asked": "third_replied"}

# What stands in a cell for a day and says that there is none.
# 5/3/2026 may be the third of May or the fifth of March, 26.3.5 a day or a number: a time limit hangs on it.
_EITHER = re.compile(r"\s*\d{1,2}[./-]\d{1,2}[./-]\d{1,4}")
_NO = re.compile(r"(?:否|无|没有|未.{0,6}|不.{0,6}|不需要|不涉及|/|-+|—+|×|0)")
# … and that there is one, without the day.
_YES = re.compile(r"是|有|√|已|延|补正|征求|受理|回执|告知|寄|当场|需")
_WORKING_DAYS = re.compile(r"(\d{1,3})\s{0,2}(?:个)?\s{0,2}(?:工作日|日|天)")
_FROM_1904 = timedelta(days=1462)
_SERIALS = range(34_000, 72_000)
_LONGEST = 40
_FEWEST_CELLS = 3

# 复议维持后起诉 tells of two.
_PARTS = re.compile(r"[；;，,。\n]|(?<=[持正回销结])后(?=[^，]*诉)")
_SUIT = re.compile(r"诉讼|起诉|一审|二审|法院|判决|裁定")
_HAN_NAME = re.compile(r"[\u3400-\u9fff·]{2,4}")


@dataclass(slots=True)
class RequestLedger:
    """requests: in the ledger's order; understood: how the columns of each sheet were."""

    requests: list[Request] = field(default_factory=list)
    understood: list[str] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


def read(path: Path, as_of: date) -> RequestLedger:
    """The requests of a ledger. as_of: for days without a year. InputError: unreadable, or no such table in it."""
    with timelimit.limited(str(path), times=5):  # a city's of ten years; 100,000 rows take some 20 s
        return read_source(load(path), as_of)


def read_source(source: Source, as_of: date) -> RequestLedger:
    """As `read`, of a file that is open or in memory."""
    ledger = RequestLedger()
    place = Path(source.place).name
    read_sheets: set[str] = set()
    former: dict[str, Request] = {}  # by number, of the sheets before
    for one in table.tables(source, _ALL, ()):
        columns = one.header.columns
        if "received" not in columns or not columns.keys() & {"number", "answered", "decision", "owner"}:
            continue
        read_sheets.add(one.sheet)
        sheet = f"工作表“{one.sheet}”" if one.sheet else ""
        used = {name: index for name, index in columns.items() if name in ALIASES}
        understood = mapping(replace(one.header, columns=used), LABELS)
        requests, problems = _rows(one, place, as_of)
        # A sheet of the whole year repeats those of the months.
        fresh = [row for row in requests if not (row.number and _same(row, former.get(row.number)))]
        again = len(requests) - len(fresh)
        said = f"；有 {again} 行与前面的工作表完全相同，只算一次" if again else ""
        ledger.understood.append(f"{place} {sheet}第 {one.header.row} 行是列名：{understood}{said}")
        ledger.requests += fresh
        ledger.problems += problems
        former = {row.number: row for row in fresh} | former
    if not ledger.understood:
        raise InputError(
            source.place,
            f"前 {HEADER_ROWS} 行里没有认出列名" if source.start else "文件是空的",
            "请让表头含“登记号”“收到日期”“答复日期”“答复类型”“承办单位”等列，见 docs/requests.md",
        )
    for name, head in table.heads(source):
        if name not in read_sheets and any(_like_request(cells) for _, cells in head):
            fault = f"前 {HEADER_ROWS} 行里没有认出列名，这张工作表没有读"
            remedy = "请照别的工作表补上表头；不是台账的，请移到另一个工作簿"
            ledger.problems.append(unreadable(InputError(f"{place} {name}".strip(), fault, remedy)))
    return ledger


def _rows(one: table.Table, place: str, as_of: date) -> tuple[list[Request], list[Problem]]:
    """The requests of a sheet, and what of it could not be read. place: name of the file."""
    requests: list[Request] = []
    lost, example = 0, ""
    for where, record in one.records():
        row = _Row(record, one.header.written, as_of, one.from_1904)
        request = row.request(f"{place} {where.removeprefix(one.place).strip()}", "accepted" in one.header.columns)
        if request is None:
            continue
        if lost_digits(row.text("number")):
            lost, example = lost + 1, example or row.text("number")[:30]
        requests.append(request)
    if not lost:
        return requests, []
    fault = f"{lost} 行的登记号在 Excel 里丢了位数（如 {mask_text(example)}），分不清是不是同一件"
    remedy = "请把登记号一列设为文本后重新填写"
    return requests, [unreadable(InputError(f"{place} {one.sheet}".strip(), fault, remedy))]


def _same(request: Request, other: Request | None) -> bool:
    return other is not None and replace(request, place="") == replace(other, place="")


def _like_request(cells: Cells) -> bool:
    """Whether a row of a sheet without names of columns may be a request: a day among at least three cells."""
    written = [cell for cell in cells if table.text(cell)]
    return len(written) >= _FEWEST_CELLS and any(
        machine_times.parse(cell) or any(machine_times.both_ways(cell)) for cell in written
    )


class _Told(NamedTuple):
    """What a cell for a day says: its days, whether it says that something was done, and whether it says nothing that
    can be understood."""

    days: tuple[date, ...] = ()
    done: bool = False
    unread: bool = False


class _Row:
    """The cells of a row by field."""

    def __init__(self, record: Mapping[str, object], written: Mapping[str, str], as_of: date, from_1904: bool) -> None:
        self._record = record
        self._written = written
        self._as_of = as_of
        self._from_1904 = from_1904

    def text(self, name: str) -> str:
        """A cell as text on one line; "" where there is none."""
        return " ".join(table.text(self._record.get(name)).split())

    def request(self, place: str, with_acceptance: bool) -> Request | None:
        """The row as a request; None where it has nothing of one: sums, signatures, notes."""
        told = {name: self._told(name) for name in _DAYS}
        number = mask_text("".join(self.text("number").split()).strip("'’"))
        if not any(one.days for one in told.values()) and (not re.search(r"\d", number) or is_foot(number)):
            return None
        if not number and "合计" in "".join(self.text(name) for name in ALIASES):
            return None
        days: dict[str, date | None] = {name: one.days[0] if one.days else None for name, one in told.items()}
        for name, second in _SECOND.items():
            if len(told[name].days) > 1 and not days[second]:
                days[second] = told[name].days[-1]
        # 延期至 2026-04-20 in the column of telling is no day on which anybody was told.
        unread = tuple(
            Unread(" ".join(self._written[name].split()), self._shown(name)) for name, one in told.items() if one.unread
        )
        decided = self._shown("decision")
        applicant, decision = (
            request_words.applicant(self.text("applicant")),
            request_words.decision(self.text("decision")),
        )
        if kind := self.text("type"):  # 类型 alone may be of either
            other = request_words.applicant(kind, told_apart=True)
            applicant = applicant or other
            if other is None and not decided:
                decision, decided = request_words.decision(kind), self._shown("type")
        return Request(
            number=number,
            place=place,
            received=days["received"],
            accepted=days["accepted"],
            with_acceptance=with_acceptance and not told["accepted"].done,
            correction_asked=days["correction_asked"],
            corrected=days["corrected"],
            extended=days["extended"],
            extension=self._extension(),
            extended_to=days["extended_to"],
            said_extended=bool(told["extended"].done or days["extended"] or days["extended_to"] or self._extension()),
            third_asked=days["third_asked"],
            third_replied=days["third_replied"],
            answered=days["answered"],
            answer=mask_text(self.text("answer"))[:_LONGEST],
            decision=decision,
            decided=decided,
            applicant=applicant,
            way=self._shown("way"),
            owner=self._shown("owner"),
            who=masked_name(self.text("who")),
            disputes=tuple(self._disputes()),
            unread=unread,
        )

    def _shown(self, name: str) -> str:
        """A cell masked and without the applicant's name, for people."""
        text, who = self.text(name), "".join(self.text("who").split())
        return mask_text(text.replace(who, masked_name(who) or "申请人") if len(who) > 1 else text)[:_LONGEST]

    def _told(self, name: str) -> _Told:
        value = self._record.get(name)
        if self._from_1904 and isinstance(value, int | float) and int(value) in _SERIALS:
            value = value + _FROM_1904.days
        if not (isinstance(value, str) and _EITHER.match(value)) and (moment := machine_times.parse(value)):
            return _Told((moment.date(),), done=True)
        text = self.text(name)
        if not text or _NO.fullmatch(text):
            return _Told()
        days = tuple(moment.date() for _, _, moment in text_dates.dates(text))
        if not days and (moment := text_dates.parse(text, self._as_of)):
            days = (moment.date(),)
        if days:
            return _Told(days, done=True)
        # A word in the place of a day says that it was done; where the limit begins or stands still that is not enough.
        done = bool(_YES.search(text)) and name in ("accepted", "extended")
        if name == "answered" and re.search(r"在办|办理中|未|待|尚", text):
            return _Told()
        return _Told(done=done, unread=not done)

    def _extension(self) -> int | None:
        """Working days, in a column of their own or as 延长15个工作日 beside the day on which it was told."""
        alone = self.text("extension")
        if alone.isdecimal():
            return int(alone)
        # Days of a date are no number of days.
        for text in (alone, self.text("extended")):
            bare = text
            for start, end, _ in reversed(list(text_dates.dates(text))):
                bare = f"{bare[:start]} {bare[end:]}"
            if found := _WORKING_DAYS.search(bare):
                return int(found[1])
        return None

    def _disputes(self) -> Iterable[Dispute]:
        """What the cells tell of reconsiderations and suits; what follows one without such a word is of it."""
        told: list[tuple[bool, str]] = []
        for name in ("review", "suit", "dispute"):
            fresh = True
            for part in _PARTS.split(table.text(self._record.get(name))):
                if not part.strip() or _NO.fullmatch(part.strip()):
                    continue
                sued = name == "suit" or (name == "dispute" and bool(_SUIT.search(part)))
                if fresh or (name == "dispute" and (sued or "复议" in part)):
                    told.append((sued, part))
                else:
                    told[-1] = (told[-1][0], f"{told[-1][1]} {part}")
                fresh = False
        reviewed = any(not sued for sued, _ in told)
        for sued, text in told:
            after = "复议后" in text or (reviewed and not re.search(r"未经复议|直接", text))
            yield Dispute(("after" if after else "direct") if sued else "review", request_words.outcome(text))


def masked_name(name: str) -> str:
    """A person's name as it may be shown: 张某某; "" for what is no name of a person."""
    bare = "".join(name.split())
    if not _HAN_NAME.fullmatch(bare) or re.search(r"公司|企业|协会|中心|律所|大学", bare):
        return ""
    return f"{bare[0]}{'某' * min(len(bare) - 1, 2)}"
