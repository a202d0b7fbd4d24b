"""The columns of a ledger of requests for information (依申请公开台账): what offices call them, and what we do."""

from __future__ import annotations

import re
from dataclasses import replace

from jimo_lint.readers.tables.headers import Header


def _names(listed: str) -> tuple[str, ...]:
    return tuple(listed.split())


_ENDINGS = ("日期", "时间", "日期/时间", "时间/日期", "日期时间", "日")


def _day_names(stems: str, alone: str = "") -> tuple[str, ...]:
    """Each stem with what stands behind it where it names a day, and the names that stand alone."""
    return (*(f"{stem}{ending}" for stem in stems.split() for ending in _ENDINGS), *alone.split())


# The fields with the names that offices give them, the most telling first.
ALIASES = {
    "number": _names(
        "登记号 登记编号 申请编号 申请登记号 受理编号 受理号 依申请编号 办件编号 收件编号 收文编号 编号 流水号 "
        "申请件编号 申请书编号 申请序号 登记序号 受理序号 申请号 收件号 办件号 查询号 收文号 来文编号"
    ),
    "received": _day_names(
        "收到 收到申请 收到申请书 收件 签收 收文 接收 接收申请 接收申请书 来件 接件 收悉 来信 来文 申请 提交 提交申请 "
        "申请提交 提出申请 申请提出",
        "收到",
    ),
    "accepted": _day_names(
        "受理 登记 申请登记 登记受理 受理登记 登记回执 回执 确认 双方确认 分办 立案", "受理 登记回执 回执"
    ),
    "correction_asked": _day_names(
        "补正告知 补正通知 告知补正 通知补正 发出补正 要求补正 补正",
        "补正告知 补正通知 告知补正 补正 补正情况 补正告知书日期",
    ),
    "corrected": _day_names(
        "收到补正 补正收到 收到补正材料 补正材料收到 补正提交 申请人补正 补正回复 补正答复 补正完成",
        "收到补正 补正收到",
    ),
    "extended": _day_names(
        "延期告知 延期通知 延长告知 延期答复告知 延期答复通知 告知延期 延长期限告知 延期",
        "延期告知 延期通知 延长期限告知 延期 延期情况 是否延期 延长 是否延长",
    ),
    "extension": _names("延长工作日 延期工作日 延长天数 延期天数 延长期限 延期期限 延长工作日数"),
    "extended_to": _names("延期至 延长至 延期答复至 延期后期限 延期后答复期限"),
    "third_asked": _day_names(
        "征求第三方 征求意见 征求第三方意见 第三方征求 第三方收到 第三方征询",
        "征求第三方 征求第三方意见 第三方 第三方意见 第三方征询 征求意见",
    ),
    "third_replied": _day_names(
        "第三方答复 第三方回复 第三方反馈 第三方意见 收到第三方意见 意见反馈 第三方意见反馈",
        "第三方答复 第三方回复 第三方反馈",
    ),
    "answered": _day_names(
        "答复 实际答复 实际办结 实际回复 答复函 答复书 告知 告知书 办结 回复 作出答复 出具答复 出具答复书 出具告知书 "
        "答复告知 复函 办复 答复办结 办理完成 答复送达 送达",
        "答复",
    ),
    "answer": _names("答复文号 答复书文号 告知书文号 答复书编号 告知书编号 答复编号 文号 答复告知书文号 答复函号"),
    "decision": _names(
        "答复类型 答复结果 办理结果 答复类别 处理结果 公开类型 答复种类 决定类型 结果 答复方式类型 公开情况 "
        "告知书类型 答复书类型 告知类型 答复情况 公开结果 处理意见 公开类别 答复意见"
    ),
    "applicant": _names("申请人类型 申请人类别 申请人性质 申请主体 申请主体类型 申请人属性 申请人身份 申请者类型"),
    "type": _names("类型 类别 公开方式 公开形式"),
    "way": _names(
        "申请方式 申请渠道 收件方式 提交方式 来件方式 方式 渠道 申请途径 受理渠道 受理方式 接收方式 接收渠道 "
        "申请来源 来源 申请形式"
    ),
    "owner": _names(
        "承办单位 承办部门 办理单位 责任单位 承办科室 责任部门 答复单位 答复机关 承办处室 承办机构 办理部门 办理科室 "
        "责任科室 责任处室 主办单位 主办部门 主办科室 经办单位 经办部门 经办科室 经办处室 受理单位 受理机关 转办单位 "
        "单位"
    ),
    "state": _names("办理状态 处理状态 状态 办结状态 当前状态 办理进度 是否办结 是否答复 办理情况 办结情况 进度"),
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
    "state": "办理状态",
    "review": "行政复议",
    "suit": "行政诉讼",
    "dispute": "复议诉讼",
}
# Of the applicant: only the name is read, to be masked and to be taken out of other cells. What stands in place of a
# number of the row tells sums and signatures.
ALL = {
    **ALIASES,
    "serial": _names("序号 行号 项次"),
    "who": _names("申请人 申请人姓名 姓名 申请人名称 申请人姓名或名称 申请人（姓名或名称） 申请人姓名/名称"),
}
_REGISTERED = re.compile("登记|受理")
_STEP = re.compile(r"补正|延期|延长|第三方|征求")
_BESIDE_STEP = re.compile(r"内容|原因|理由|事项|文号|编号|方式|名称|联系|说明|人$|单位|部门|科室")
_ANY_OF = frozenset(("number", "answered", "decision", "owner", "answer", "state"))


def fits(header: Header) -> bool:
    """Whether a header is one of a ledger: a day of receipt, and one thing more that only requests have."""
    return "received" in header.columns and bool(header.columns.keys() & _ANY_OF)


def unused_steps(header: Header) -> list[str]:
    """Columns whose names tell of a step that moves the deadline, and that are none of ours."""
    names = ["".join(name.split()) for name in header.unused]
    return [name for name in names if _STEP.search(name) and not _BESIDE_STEP.search(name)]


def with_receipt(header: Header) -> tuple[Header, str]:
    """The header with the day of registration in place of a missing day of receipt, and what is to be said of that.

    A register that has no other day has the one on which it was filled in; the request may have come before.
    """
    columns, written = dict(header.columns), dict(header.written)
    name = "".join(written.get("accepted", "").split())
    if "received" in columns or not (_REGISTERED.search(name) and name.endswith(_ENDINGS)):
        return header, ""
    columns["received"], written["received"] = columns.pop("accepted"), written.pop("accepted")
    said = f"；没有“收到日期”一列，从“{name}”的次日起算，收到在前的请加上“收到日期”一列"
    return replace(header, columns=columns, written=written), said
