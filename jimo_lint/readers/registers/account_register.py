"""Reads the register of accounts that is reported upward (全国政务新媒体信息报送), by the names of its columns."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path

from jimo_lint.errors import InputError
from jimo_lint.extract.dates import machine_times
from jimo_lint.model import Platform, Problem, ProblemCode
from jimo_lint.model.problems import Args
from jimo_lint.readers.registers.platforms import platforms
from jimo_lint.readers.source import Source, load
from jimo_lint.readers.tables import feet, headers, table
from jimo_lint.runtime import timelimit

_ALIASES = {
    "name": (
        *("账号名称", "新媒体名称", "政务新媒体名称", "新媒体账号名称", "账户名称", "帐号名称", "公众号名称"),
        *("平台账号名称", "账号全称", "账号", "名称"),
    ),
    "platform": (
        *("平台", "平台类型", "开设平台", "所属平台", "平台名称", "新媒体类型", "新媒体平台", "账号类型", "类型"),
        *("媒体类型", "账号类别", "类别", "渠道"),
    ),
    "owner": (
        *("责任单位", "主办单位", "主管主办单位", "主办单位名称", "开办单位", "运营单位", "运维单位", "主管单位"),
        *("所属单位", "单位名称", "单位", "部门"),
    ),
    "id": ("账号ID", "账号id", "微信号", "账号标识", "UID", "账号编号", "新媒体ID", "ID"),
    "url": ("链接", "主页", "账号链接", "主页链接", "主页地址", "账号主页", "网址", "链接地址", "访问地址", "url"),
    "state": ("状态", "账号状态", "运行状态", "运营状态", "开办状态", "备案状态", "是否正常运行"),
    "closed": ("关停时间", "关停日期", "注销时间", "注销日期", "关闭时间", "关停注销时间"),
    "cycle": ("更新时限", "更新周期", "更新频率", "更新频次", "更新要求", "更新时间要求", "更新期限", "max_age"),
    "archive": (
        *("档案", "档案位置", "档案路径", "档案文件", "档案地址", "存档", "存档位置", "存档路径", "本地存档"),
        *("内容档案", "导出文件", "订阅地址", "RSS地址", "RSS", "archive"),
    ),
    "filing": ("备案号", "备案编号", "标识码", "新媒体标识码", "备案", "备案情况"),
}
_LABELS = {
    "name": "账号名称",
    "platform": "平台",
    "owner": "责任单位",
    "id": "账号ID",
    "url": "主页",
    "state": "状态",
    "closed": "关停日期",
    "cycle": "更新时限",
    "archive": "档案",
    "filing": "备案",
}
# What is only meant to be closed, or is being closed, is still to be kept up; so is one that pauses.
_CLOSED = re.compile(
    r"(?<![未无拟待])(?<!申请|计划|准备|即将|正在|建议)"
    r"(?:关停|注销|关闭|停用|(?<!暂)停更|撤销|迁移|归并|整合)(?!中|申请|流程|审批|办理)|^否$"
)


@dataclass(frozen=True, slots=True)
class Entry:
    """One account on one platform. written: the platform as the register has it, where we have no kind for it.

    cycle: how often it is to be updated, as written.
    """

    name: str
    platform: Platform
    owner: str = ""
    written: str = ""
    number: str = ""
    url: str = ""
    filing: str = ""
    state: str = ""
    is_closed: bool = False
    closed: date | None = None
    cycle: str = ""
    archive: str = ""


@dataclass(slots=True)
class Register:
    """entries: in the register's order, each name once a platform; understood: how the columns of each sheet were."""

    entries: list[Entry] = field(default_factory=list)
    understood: list[str] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


def read(path: Path) -> Register:
    """The accounts of a register. InputError where it cannot be read or has no column for the names."""
    with timelimit.limited(str(path)):
        return _read(load(path))


def _read(source: Source) -> Register:
    register = Register()
    for one in table.tables(source, _ALIASES, ("name",)):
        if not one.header.columns.keys() & {"platform", "owner", "state", "id"}:
            continue
        where = f"{source.place} {one.sheet}".strip()
        unused = f"；未用的列：{'、'.join(one.header.unused)}" if one.header.unused else ""
        register.understood.append(
            f"{where} 第 {one.header.row} 行是列名：{headers.mapping(one.header, _LABELS)}{unused}"
        )
        seen = {(entry.name, entry.platform) for entry in register.entries}
        for place, record in one.records():
            cell = {name: " ".join(table.text(value).split()) for name, value in record.items()}
            if _is_foot(cell):
                continue
            for entry in _entries(cell, machine_times.parse(record.get("closed")), one.sheet):
                if entry.name in _ALIASES["name"]:
                    continue  # the second row of a head of two rows, its upper cells merged downwards
                if not entry.name:
                    register.problems.append(Problem(ProblemCode.UNNAMED_ENTRY, place))
                elif (entry.name, entry.platform) in seen:
                    twice: Args = {"name": entry.name, "platform": entry.platform.label}
                    register.problems.append(Problem(ProblemCode.DOUBLE_ENTRY, place, twice))
                else:
                    seen.add((entry.name, entry.platform))
                    register.entries.append(entry)
        register.problems += one.problems()
    if not register.understood:
        raise InputError(source.place, "没有认出列名", "请在前几行里写明列名：账号名称、平台、责任单位、状态等")
    return register


def _is_foot(cell: Mapping[str, str]) -> bool:
    """Whether a row is a total, a note or a signature: a number alone is one of accounts, and none is called so."""
    values = [value for value in cell.values() if value]
    name = cell.get("name", "")
    return bool(values) and (
        (name.isdigit() and len(values) == 1) or (feet.is_foot(values[0]) and (values[0] == name or not name))
    )


def _entries(cell: dict[str, str], closed: datetime | None, sheet: str) -> Iterator[Entry]:
    """One for each platform of a row; where the row names none, its sheet may (微信, 微博 …)."""
    written = cell.get("platform", "")
    by_sheet = platforms(sheet) - {Platform.OTHER}
    state = cell.get("state", "")
    day = closed.date() if closed else None
    for platform in sorted(platforms(written) or by_sheet or {Platform.OTHER}):
        yield Entry(
            name=cell.get("name", ""),
            platform=platform,
            owner=cell.get("owner", ""),
            written=written if platform is Platform.OTHER else "",
            number=cell.get("id", ""),
            url=cell.get("url", ""),
            filing=cell.get("filing", ""),
            state=state,
            is_closed=bool(_CLOSED.search(state)) or day is not None,
            closed=day,
            cycle=cell.get("cycle", ""),
            archive=cell.get("archive", ""),
        )
