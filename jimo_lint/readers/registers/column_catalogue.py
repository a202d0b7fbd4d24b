"""Reads a list of columns as offices keep it: a column ledger, 主动公开基本目录, 基层政务公开标准目录."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from jimo_lint.errors import InputError
from jimo_lint.readers import source as sources
from jimo_lint.readers.tables import table
from jimo_lint.readers.tables.ditto import is_ditto
from jimo_lint.readers.tables.headers import HEADER_ROWS, mapping
from jimo_lint.runtime import timelimit


def _names(listed: str) -> tuple[str, ...]:
    return tuple(listed.split())


_LEVELED = _names("事项 公开事项 栏目 栏目名称 目录 目录名称 分类 公开分类 类目 指标 公开目录")
_ALIASES = {
    "name": _names(
        "栏目名称 子栏目名称 子栏目 栏目 公开栏目 网站栏目 栏目名 频道名称 目录名称 事项名称 公开事项名称 公开目录 "
        "公开事项 信息名称 名称 column name"
    ),
    "first": (*(f"一级{what}" for what in _LEVELED), *_names("主栏目 上级栏目 父栏目 所属栏目 所属频道 频道")),
    "second": tuple(f"二级{what}" for what in _LEVELED),
    "third": tuple(f"三级{what}" for what in _LEVELED),
    "url": _names(
        "网址 栏目网址 栏目链接 栏目地址 栏目URL 链接地址 链接 网站链接 页面链接 公开网址 URL 公开链接 网页地址 "
        "访问地址 地址 公开渠道和载体 公开渠道及载体 公开渠道 公开载体 link"
    ),
    "owner": _names(
        "责任单位 公开主体 主办科室 责任科室 责任部门 责任主体 公开责任主体 内容保障单位 保障单位 维护单位 维护科室 "
        "主办单位 承办单位 承办科室 牵头单位 信息提供单位 栏目责任单位 单位 科室 owner"
    ),
    "cycle": _names("更新时限 更新周期 更新频率 更新频次 更新要求 更新时间要求 更新期限 更新时效 维护周期 max_age"),
    "promptness": _names("公开时限 公开时间 公开期限 时限"),
    "kind": _names("栏目类别 栏目类型 类别 类型 栏目性质 kind"),
    "key": _names("重点 是否重点 重点栏目 是否重点栏目 是否为重点栏目 key"),
}
_LABELS = {
    "name": "名称",
    "first": "一级",
    "second": "二级",
    "third": "三级",
    "url": "网址",
    "owner": "责任单位",
    "cycle": "更新时限",
    "promptness": "公开时限",
    "kind": "类别",
    "key": "重点",
}
LEVELS = ("first", "second", "third")
# What 同上 may stand for in the rows of one table.
_REPEATED = ("owner", "cycle", "promptness")
_ADDRESS = re.compile(r"https?://[^\s，。；、！（）《》“”\"'<>]+", re.I)
_BARE = re.compile(
    r"(?:[a-z0-9-]+\.)+(?:gov\.cn|org\.cn|com\.cn|cn|com|net|org)(?::\d{2,5})?(?:/[^\s，。；、（）]*)?", re.I
)
_PATH = re.compile(r"/[^\s，。；、（）]*")


@dataclass(frozen=True, slots=True)
class Entry:
    """One column as a table has it; texts as written, "" where the table says nothing.

    place: sheet and row. above: the names above it. url: the first address in its cell, or a path; "" where none is.
    cycle: how often it is to be updated; promptness: how soon after its making a document is to be published.
    """

    place: str
    name: str
    above: tuple[str, ...] = ()
    url: str = ""
    owner: str = ""
    cycle: str = ""
    promptness: str = ""
    kind: str = ""
    key: str = ""


@dataclass(frozen=True, slots=True)
class Catalogue:
    """The entries of all sheets that list columns, and for each sheet how its header was understood."""

    entries: tuple[Entry, ...]
    understood: tuple[str, ...]


def read(path: Path) -> Catalogue:
    """Read an xlsx, xls or csv. InputError: unreadable, no sheet with a column for names and one more known, or a
    formula without its result."""
    with timelimit.limited(str(path)):
        return _read(sources.load(path))


def _read(source: sources.Source) -> Catalogue:
    entries: list[Entry] = []
    understood: list[str] = []
    for found in table.tables(source, _ALIASES, ()):
        if not {"name", *LEVELS} & found.header.columns.keys():
            continue
        sheet = f"工作表“{found.sheet}”" if found.sheet else ""
        understood.append(f"{sheet}第 {found.header.row} 行是列名：{mapping(found.header, _LABELS)}")
        carried: dict[str, str] = {}
        above: dict[str, str] = {}
        for place, record in found.records():
            cell = {field: " ".join(table.text(value).split()) for field, value in record.items()}
            cell |= {field: above.get(field, "") for field in _REPEATED if is_ditto(cell.get(field))}
            above = cell
            entry = _entry(place.removeprefix(f"{source.place} "), cell, carried)
            if entry:
                entries.append(entry)
        if fault := found.without_results():
            raise fault
    if not understood:
        raise InputError(
            source.place,
            f"前 {HEADER_ROWS} 行里没有认出列名",
            "请让表头含“栏目名称”（或“一级事项”“二级事项”）和“网址”“责任单位”“更新时限”等列",
        )
    return Catalogue(tuple(entries), tuple(understood))


def levels_of(cell: Mapping[str, str], carried: dict[str, str]) -> list[str]:
    """The names of a row's levels, the highest first. carried: of the rows before it, which joined cells name once."""
    for number, level in enumerate(LEVELS):
        if cell.get(level):
            carried[level] = cell[level]
            for lower in LEVELS[number + 1 :]:
                carried.pop(lower, None)
    return [name for level in LEVELS if level in cell and (name := cell[level] or carried.get(level, ""))]


def _entry(place: str, cell: dict[str, str], carried: dict[str, str]) -> Entry | None:
    said = any(cell.get(field) for field in ("name", *LEVELS))
    levels = levels_of(cell, carried)
    name = cell.get("name", "") or (levels.pop() if levels and said else "")
    if not name:
        return None
    return Entry(
        place,
        name,
        tuple(dict.fromkeys(level for level in levels if level != name)),
        address_of(cell.get("url", "")),
        cell.get("owner", ""),
        cell.get("cycle", ""),
        cell.get("promptness", ""),
        cell.get("kind", ""),
        cell.get("key", ""),
    )


def address_of(cell: str) -> str:
    """The address that a cell names, with its scheme, or a path; "" where it names none."""
    if found := _ADDRESS.search(cell):
        return found[0]
    if found := _BARE.fullmatch(cell):
        return f"http://{found[0]}"
    return cell if _PATH.fullmatch(cell) else ""
