"""Reads a catalogue of what an office has to disclose (主动公开事项目录), from a table or a Word document."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from jimo_lint.errors import InputError
from jimo_lint.privacy import mask_text, mask_url
from jimo_lint.readers import source as sources
from jimo_lint.readers.registers.column_catalogue import LEVELS, address_of, levels_of
from jimo_lint.readers.tables import table
from jimo_lint.readers.tables.ditto import is_ditto
from jimo_lint.readers.tables.headers import HEADER_ROWS, Cells
from jimo_lint.readers.tables.sheet import Sheet
from jimo_lint.runtime import timelimit


def _names(listed: str) -> tuple[str, ...]:
    return tuple(listed.split())


_LEVELED = _names("事项 公开事项 栏目 目录 分类 公开分类 类目 公开目录 主题 指标 类别")


def _level(which: str, alone: str = "") -> tuple[str, ...]:
    """The names of a level, also as the lower row of a header below 公开事项; last those that stand alone."""
    return (*(f"{which}级{what}" for what in _LEVELED), *(f"{what}{which}级" for what in _LEVELED), *_names(alone))


_ALIASES = {
    "name": _names(
        "公开事项 事项名称 公开事项名称 事项 公开主题 主题 信息名称 目录名称 栏目名称 公开目录 名称 项目 "
        "主动公开事项 公开项目"
    ),
    "first": _level("一", "类别 公开类别 信息类别 事项类别 类目 公开类目 分类 大类 公开领域 领域"),
    "second": _level("二", "小类 子类"),
    "third": _level("三"),
    "content": _names("公开内容 内容 公开要素 公开内容要素 主要内容 内容要求 公开标准 公开信息内容 具体内容 公开要求"),
    "limit": _names("公开时限 公开时间 时限 公开期限 更新时限 更新频率 更新周期 时限要求 公开时效 更新要求"),
    "owner": _names("公开主体 责任单位 责任主体 公开责任主体 公开单位 责任部门 责任科室 主办单位 承办单位 单位"),
    "platform": _names(
        "公开渠道和载体 公开渠道及载体 公开渠道 公开载体 渠道和载体 公开平台 发布平台 平台 载体 公开形式"
    ),
    "way": _names("公开方式 公开类型 公开属性"),
    "active": _names("主动 主动公开 公开方式主动 公开方式主动公开"),
    "request": _names("依申请 依申请公开 公开方式依申请 公开方式依申请公开"),
    "url": _names("网址 链接 公开网址 链接地址 栏目网址 公开链接 URL 地址"),
}
# What 同上 may stand for in the rows of one table.
_REPEATED = ("limit", "owner", "platform")
# A box that is not ticked, and what stands behind it; 口 is what is typed or recognised in place of one.
_UNTICKED = re.compile(
    r"(?:[□☐◻▢○◯]\s?|口(?=政府|两微|发布会|广播|纸质|公开|政务|行政|便民|入户|社区|企|村|精准|其他|网站))[^\s■□☑☒√✓✔●▇◼☐◻▢○◯]*"
)
_NO = frozenset(("否", "×", "✗", "✘", "不", "□", "○"))
_ZIP = b"PK\x03\x04"


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry; texts as written, "" where the table says nothing. above: the names above it.
    platform: the channels that are ticked. on_request: it is given to who asks for it, and not published."""

    row: str
    name: str
    above: tuple[str, ...] = ()
    content: str = ""
    limit: str = ""
    owner: str = ""
    platform: str = ""
    url: str = ""
    on_request: bool = False


def read(path: Path) -> tuple[Entry, ...]:
    """Read an xlsx, xls, csv or docx. InputError: unreadable, or no table with a column for what is disclosed."""
    with timelimit.limited(str(path)):
        source = sources.load(path)
        entries = tuple(_entries(source))
    if not entries:
        raise InputError(
            str(path),
            f"没有认出目录：每张表前 {HEADER_ROWS} 行里要有列名",
            "请让表头含“公开事项”（或“一级事项”“二级事项”）和“公开内容”“公开时限”“公开主体”等列",
        )
    return entries


def _entries(source: sources.Source) -> Iterator[Entry]:
    for found in _tables(source):
        yield from _of_table(found, source.place)
        if fault := found.without_results():
            raise fault


def _of_table(found: table.Table, file: str) -> Iterator[Entry]:
    carried: dict[str, str] = {}
    above: dict[str, str] = {}
    for place, record in found.records():
        cell = {field: " ".join(table.text(value).split()) for field, value in record.items()}
        cell |= {field: above.get(field, "") for field in _REPEATED if is_ditto(cell.get(field))}
        above = cell
        levels = levels_of(cell, carried)
        said = any(cell.get(field) for field in ("name", "content", *LEVELS))
        name = cell.get("name", "") or (levels.pop() if levels and said else "")
        if name:
            platform = _ticked(cell.get("platform", ""))
            yield Entry(
                mask_text(place.removeprefix(f"{file} ")),
                mask_text(name),
                tuple(dict.fromkeys(mask_text(level) for level in levels if level != name)),
                mask_text(cell.get("content", "")),
                mask_text(cell.get("limit", "")),
                mask_text(cell.get("owner", "")),
                mask_text(platform),
                mask_url(address_of(cell.get("url", "")) or address_of(platform)),
                _on_request(cell),
            )


def _ticked(platform: str) -> str:
    """What the office chose of the list of channels that the model catalogues print in every cell."""
    return " ".join(_UNTICKED.sub(" ", platform).split())


def _on_request(cell: Mapping[str, str]) -> bool:
    """Whether it is given to who asks for it only: by marks below 主动 and 依申请, or in the words of one column."""
    marks = {field: bool(cell.get(field)) and cell[field] not in _NO for field in ("active", "request")}
    way = cell.get("way", "")
    return not marks["active"] and (marks["request"] or ("依申请" in way and "主动" not in way))


def _tables(source: sources.Source) -> Iterator[table.Table]:
    """Every table that lists what is disclosed and says one thing more of it."""
    if source.head.startswith(_ZIP) and _is_word(source):
        tables = _word_tables(source)
    else:
        tables = table.tables(source, _ALIASES, ())
    for found in tables:
        if {"name", *LEVELS} & found.header.columns.keys():
            yield found


def _is_word(source: sources.Source) -> bool:
    from jimo_lint.readers.word import docx

    return bool(docx.sign(source))


def _word_tables(source: sources.Source) -> Iterator[table.Table]:
    """The tables of a Word document whose header is known, paragraphs of a cell joined."""
    from jimo_lint.readers.word import docx

    found: defaultdict[str, defaultdict[int, dict[int, str]]] = defaultdict(lambda: defaultdict(dict))
    for passage in docx.read(source).passages:
        spot = passage.cell
        if spot is not None:
            row = found[spot.table][spot.row]
            row[spot.column] = f"{row.get(spot.column, '')}\n{passage.text}".strip()
    for name, rows in found.items():
        cells: list[tuple[int, Cells]] = [
            (number, tuple(said.get(column) for column in range(1, max(said) + 1)))
            for number, said in sorted(rows.items())
        ]
        if one := table.of_sheet(source.place, Sheet(name, iter(())), cells, _ALIASES):
            yield one
