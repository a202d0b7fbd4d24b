"""Reads the 内容分析 table that the WeChat back end exports: titles and times, no bodies."""

from __future__ import annotations

from typing import ClassVar

from jimo_lint.readers.archives.formats import rows
from jimo_lint.readers.tables.headers import Aliases


class WechatTable(rows.RowTable):
    """内容分析, as xlsx, xls, csv or tsv; 发表时间 is yyyyMMdd, often read as a number."""

    NAME = "wechat-table"
    TITLE = "微信公众号后台“内容分析”表"
    COLUMNS: ClassVar[Aliases] = {
        "title": ("内容标题", "图文标题", "文章标题"),
        "time": ("发表时间", "群发时间", "推送时间", "发布时间", "日期"),
        "url": ("内容url", "内容链接", "文章链接", "链接"),
        "readers": ("总阅读人数", "阅读人数", "总阅读次数", "阅读次数", "阅读量", "图文总阅读人数"),
    }
    REQUIRED = ("title", "time", "readers")
