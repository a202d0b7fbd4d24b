"""Reads an office's list of what it has to repeat (转载清单): title, address and time of the source, a row an item."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from jimo_lint.errors import InputError
from jimo_lint.extract.dates import machine_times, text_dates
from jimo_lint.model import Platform
from jimo_lint.privacy import mask_text, mask_url
from jimo_lint.readers import source as sources
from jimo_lint.readers.tables import table
from jimo_lint.readers.tables.headers import HEADER_ROWS
from jimo_lint.runtime import timelimit


def _names(listed: str) -> tuple[str, ...]:
    return tuple(listed.split())


_ALIASES = {
    "title": _names("标题 转载标题 稿件标题 信息标题 文章标题 转载内容 内容 名称 主题 任务"),
    "url": _names("链接 原文链接 来源链接 链接地址 网址 原文网址 来源网址 地址 URL 原文地址"),
    "time": _names(
        "时间 发布时间 原文发布时间 来源发布时间 首发时间 推送时间 下发时间 通知时间 要求时间 日期 发布日期"
    ),
    "places": _names("转载平台 平台 转载渠道 渠道 转载范围 发布平台 要求平台"),
}
_PLACES = {
    "site": ("网站", "门户"),
    **{platform.value: (platform.label,) for platform in Platform if platform is not Platform.OTHER},
}


@dataclass(frozen=True, slots=True)
class Forward:
    """One item. published: of the source, naive China standard time. places: `site` and platforms, none for the site
    alone. place: the row."""

    title: str
    url: str = ""
    published: datetime | None = None
    places: tuple[str, ...] = ()
    place: str = ""


def read(path: Path, as_of: date, accounts: Sequence[str] = ()) -> tuple[Forward, ...]:
    """The rows. accounts: names that may stand for a place. InputError: unreadable, or no column for titles."""
    with timelimit.limited(str(path)):
        source = sources.load(path)
        found = list(table.records(source, _ALIASES, ("title",)))
        if not found:
            raise InputError(
                str(path), f"前 {HEADER_ROWS} 行里没有认出列名，或没有内容", "请让表头含“标题”“链接”“发布时间”等列"
            )
        rows = (_forward(place, record, as_of, accounts) for place, record in found)
        return tuple(row for row in rows if row.title)


def _forward(place: str, record: Mapping[str, object], as_of: date, accounts: Sequence[str]) -> Forward:
    cell = {field: " ".join(table.text(value).split()) for field, value in record.items()}
    moment = machine_times.parse(record.get("time")) or text_dates.parse(cell.get("time", ""), as_of)
    written = cell.get("places", "")
    places = [one for one, words in _PLACES.items() if any(word in written for word in words)]
    places += [name for name in accounts if name in written]
    return Forward(mask_text(cell.get("title", "")), mask_url(cell.get("url", "")), moment, tuple(places), place)
