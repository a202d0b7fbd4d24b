"""Reads 笔记列表明细表, which the creator centre of Xiaohongshu exports: titles and times, no bodies."""

from __future__ import annotations

from typing import ClassVar

from jimo_lint.readers.archives.formats import rows
from jimo_lint.readers.tables.headers import Aliases


class XiaohongshuTable(rows.RowTable):
    """Its times are written `2026年11月18日14时11分20秒`, below a row that says how many notes are exported."""

    NAME = "xiaohongshu-table"
    TITLE = "小红书创作服务平台“笔记列表明细表”"
    COLUMNS: ClassVar[Aliases] = {
        "title": ("笔记标题",),
        "time": ("首次发布时间", "发布时间"),
        "state": ("笔记状态", "状态"),
        "class": ("体裁", "笔记类型"),
        "readers": ("观看量", "阅读量", "浏览量", "曝光"),
        "url": ("笔记链接", "链接"),
        "id": ("笔记ID",),
    }
    TITLED = "笔记标题"
