"""Reads a catalogue of what an office has to disclose (主动公开事项目录), from a table or a Word document."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from jimo_lint.errors import InputError
from jimo_lint.privacy import mask_text, mask_url
from jimo_lint.readers import source as sources
from jimo_lint.readers.registers.column_catalogue import address_of
from jimo_lint.readers.tables import table
from jimo_lint.readers.tables.headers import HEADER_ROWS, Cells, find_header
from jimo_lint.runtime import timelimit


def _names(listed: str) -> tuple[str, ...]:
    return tuple(listed.split())


_LEVELED = _names("事项 公开事项 栏目 目录 分类 公开分类 类目 公开目录 主题 指标 类别")
_ALIASES = {
    "name": _names(
        "公开事项 事项名称 公开事项名称 事项 公开主题 主题 信息名称 目录名称 栏目名称 公开目录 名称 项目 "
        "主动公开事项 公开项目"
    ),
    "first": tuple(f"一级{what}" for what in _LEVELED),
    "second": tuple(f"二级{what}" for what in _LEVELED),
    "third": tuple(f"三级{what}" for what in _LEVELED),
    "content": _names("公开内容 内容 公开要素 公开内容要素 主要内容 内容要求 公开标准 公开信息内容 具体内容 公开要求"),
    "limit": _names("公开时限 公开时间 时限 公开期限 更新时限 更新频率 更新周期 时限要求 公开时效 更新要求"),
    "owner": _names("公开主体 责任单位 责任主体 公开责任主体 公开单位 责任部门 责任科室 主办单位 承办单位 单位"),
    "platform": _names(
        "公开渠道和载体 公开渠道及载体 公开渠道 公开载体 渠道和载体 公开平台 发布平台 平台 载体 公开形式"
    ),
    "url": _names("网址 链接 公开网址 链接地址 栏目网址 公开链接 URL 地址"),
}
_LEVELS = ("first", "second", "third")
_ZIP = b"PK\x03\x04"


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry; texts as written, "" where the table says nothing. above: the names above it."""

    row: str
    name: str
    above: tuple[str, ...] = ()
    content: str = ""
    limit: str = ""
    owner: str = ""
    platform: str = ""
    url: str = ""


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
    carried: dict[str, str] = {}
    for place, record in _records(source):
        cell = {field: " ".join(table.text(value).split()) for field, value in record.items()}
        # Cells joined over rows hold their text in the first of them.
        for number, level in enumerate(_LEVELS):
            if cell.get(level):
                carried[level] = cell[level]
                for lower in _LEVELS[number + 1 :]:
                    carried.pop(lower, None)
        levels = [cell.get(level) or carried.get(level, "") for level in _LEVELS if level in record]
        levels = [level for level in levels if level]
        said = any(cell.get(field) for field in ("name", "content", *_LEVELS))
        name = cell.get("name", "") or (levels.pop() if levels and said else "")
        if name:
            yield Entry(
                mask_text(place),
                mask_text(name),
                tuple(dict.fromkeys(mask_text(level) for level in levels if level != name)),
                mask_text(cell.get("content", "")),
                mask_text(cell.get("limit", "")),
                mask_text(cell.get("owner", "")),
                mask_text(cell.get("platform", "")),
                mask_url(address_of(cell.get("url", "")) or address_of(cell.get("platform", ""))),
            )


def _records(source: sources.Source) -> Iterator[tuple[str, Mapping[str, object]]]:
    """(sheet and row, field to value) of every table that lists what is disclosed and says one thing more of it."""
    if source.head.startswith(_ZIP) and _is_word(source):
        for name, rows in _word_tables(source).items():
            header = find_header(rows, _ALIASES)
            if header and {"name", *_LEVELS} & header.columns.keys():
                for number, cells in rows:
                    if number > header.row:
                        fields = header.columns.items()
                        yield f"{name} 第 {number} 行", {key: cells[at] for key, at in fields if at < len(cells)}
        return
    for found in table.tables(source, _ALIASES, ()):
        if {"name", *_LEVELS} & found.header.columns.keys():
            for place, record in found.records():
                yield place.removeprefix(f"{source.place} "), record
            if fault := found.without_results():
                raise fault


def _is_word(source: sources.Source) -> bool:
    from jimo_lint.readers.word import docx

    return bool(docx.sign(source))


def _word_tables(source: sources.Source) -> dict[str, list[tuple[int, Cells]]]:
    """The tables of a Word document as rows of cells, paragraphs of a cell joined."""
    from jimo_lint.readers.word import docx

    found: defaultdict[str, defaultdict[int, dict[int, str]]] = defaultdict(lambda: defaultdict(dict))
    for passage in docx.read(source).passages:
        spot = passage.cell
        if spot is not None:
            row = found[spot.table][spot.row]
            row[spot.column] = f"{row.get(spot.column, '')}\n{passage.text}".strip()
    return {
        name: [
            (number, tuple(cells.get(column) for column in range(1, max(cells) + 1)))
            for number, cells in sorted(rows.items())
        ]
        for name, rows in found.items()
    }
