"""Reads the register of the sites that an office supervises, by the names of its columns."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from jimo_lint.errors import InputError
from jimo_lint.readers.registers.column_catalogue import address_of
from jimo_lint.readers.source import Source, load
from jimo_lint.readers.tables import headers, table
from jimo_lint.readers.tables.headers import HEADER_ROWS
from jimo_lint.runtime import timelimit


def _names(listed: str) -> tuple[str, ...]:
    return tuple(listed.split())


_ALIASES = {
    "code": _names("标识码 网站标识码 政府网站标识码 政府网站标识编码 网站标识编码 站点标识码 标识编码 code"),
    "name": _names("网站名称 政府网站名称 站点名称 网站全称 网站 站点 名称 name"),
    "city": _names("市州 地市 地级市 设区市 市（州） 城市 所属地市 所在地市 所属市州 地区 所属地区 行政区划 区域 city"),
    "unit": _names("主办单位 主办单位名称 责任单位 主管单位 开办单位 单位名称 单位 部门 unit"),
    "address": _names("首页网址 网站首页 首页地址 网站地址 首页链接 网址 网站网址 站点地址 域名 地址 链接 URL address"),
    "folder": _names("文件夹 站点文件夹 目录 folder"),
    "state": _names("状态 运行状态 网站状态 运行情况 state"),
}
_LABELS = {
    "code": "标识码",
    "name": "名称",
    "city": "市",
    "unit": "单位",
    "address": "网址",
    "folder": "文件夹",
    "state": "状态",
}
_CLOSED = ("关停", "注销", "关闭", "下线", "迁移", "整合")


@dataclass(frozen=True, slots=True)
class Entry:
    """One site as the register has it; texts as written, "" where it says nothing. place: file, sheet and row.

    closed: the register says that the site is no longer run.
    """

    place: str
    code: str
    name: str
    city: str
    unit: str
    address: str
    folder: str
    closed: bool = False


@dataclass(frozen=True, slots=True)
class Register:
    """The entries of all sheets that list sites, and for each sheet how its header was understood."""

    entries: tuple[Entry, ...]
    understood: tuple[str, ...]


def read(path: Path) -> Register:
    """Read an xlsx, xls or csv. InputError: unreadable, no sheet with columns for name and code or address, or a
    formula without its result."""
    with timelimit.limited(str(path)):
        return _read(load(path))


def _read(source: Source) -> Register:
    entries: list[Entry] = []
    understood: list[str] = []
    for found in table.tables(source, _ALIASES, ()):
        columns = found.header.columns.keys()
        if not ("name" in columns or "unit" in columns) or not columns & {"code", "address", "folder"}:
            continue
        where = f"{source.place} {found.sheet}".strip()
        understood.append(f"{where} 第 {found.header.row} 行是列名：{headers.mapping(found.header, _LABELS)}")
        for place, record in found.records():
            cell = {field: " ".join(table.text(value).split()) for field, value in record.items()}
            if not cell.get("name") and not cell.get("code") and not cell.get("address"):
                continue  # a row that counts or signs
            entries.append(_entry(place, cell))
        if fault := found.without_results():
            raise fault
    if not understood:
        raise InputError(
            source.place,
            f"前 {HEADER_ROWS} 行里没有认出列名",
            "请让表头含“网站名称”（或“主办单位”）和“标识码”“网址”中的至少一列",
        )
    return Register(tuple(entries), tuple(understood))


def _entry(place: str, cell: dict[str, str]) -> Entry:
    return Entry(
        place,
        cell.get("code", ""),
        cell.get("name", "") or cell.get("unit", ""),
        cell.get("city", ""),
        cell.get("unit", ""),
        address_of(cell.get("address", "")),
        cell.get("folder", ""),
        any(word in cell.get("state", "") for word in _CLOSED),
    )
