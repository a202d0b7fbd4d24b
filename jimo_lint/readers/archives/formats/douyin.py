"""Reads the list of works that the Douyin creator centre exports: captions and times."""

from __future__ import annotations

from typing import ClassVar

from jimo_lint.readers.archives.formats import rows
from jimo_lint.readers.tables.headers import Aliases


class DouyinTable(rows.RowTable):
    """作品列表 or 投稿列表; 作品名称 is the caption, all that can be read of a work."""

    NAME = "douyin-table"
    TITLE = "抖音创作者中心“作品列表”表"
    COLUMNS: ClassVar[Aliases] = {
        "title": ("作品名称", "作品标题", "作品描述"),
        "time": ("发布时间", "发表时间", "首次发布时间"),
        "class": ("体裁", "作品体裁", "类型"),
        "state": ("审核状态", "作品状态", "状态"),
        "plays": ("播放量", "播放次数"),
        "url": ("作品链接", "视频链接", "链接"),
        "id": ("作品ID", "视频ID"),
    }
    TITLED = "作品名称"
