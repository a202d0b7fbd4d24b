"""Reads an office's own table of posts (台账), and exports of lesser known tools, by the names of the columns."""

from __future__ import annotations

from collections.abc import Iterator

from jimo_lint.model import Account, Document, Problem
from jimo_lint.readers import rows, table
from jimo_lint.readers.source import Source

_COLUMNS = {
    "title": (
        *(
            "标题",
            "文章标题",
            "图文标题",
            "内容标题",
            "信息标题",
            "稿件标题",
            "推文标题",
            "发布标题",
            "视频标题",
            "笔记标题",
        ),
        *("作品标题", "作品名称", "信息名称", "微博内容", "发布内容", "内容", "作品描述", "title"),
    ),
    "time": (
        *(
            "发布时间",
            "发布日期",
            "发表时间",
            "发表日期",
            "首次发布时间",
            "推送时间",
            "推送日期",
            "群发时间",
            "发文时间",
        ),
        *("发文日期", "更新时间", "更新日期", "时间", "日期", "创建时间", "publish_time", "date"),
    ),
    "url": (
        *("链接", "文章链接", "内容url", "内容URL", "网址", "链接地址", "原文链接", "发布链接", "推文链接", "作品链接"),
        *("地址", "url", "URL", "link"),
    ),
    "id": ("ID", "id", "文章ID", "作品ID"),
    "body": ("正文", "文章内容", "内容正文", "全文", "微博正文", "内容", "content"),
    "digest": ("摘要", "简介", "digest"),
    "account": ("公众号", "账号名称", "账号", "发布账号", "公众号名称", "新媒体名称"),
    "author": ("作者", "编辑", "author"),
    "class": ("文章类型", "体裁", "类型", "形式"),
}
_REQUIRED = ("title", "time")


class Ledger:
    """Any table with a column for the title and one for the time."""

    NAME = "ledger"
    TITLE = "含“标题”“发布时间”等列的台账（xlsx、csv）"
    PROVES_SILENCE = True

    @staticmethod
    def recognises(source: Source) -> bool:
        """By a title and a time among its columns."""
        return table.recognises(source, _COLUMNS, _REQUIRED)

    @staticmethod
    def read(source: Source, account: Account) -> Iterator[Document | Problem]:
        """One document a row; of a ledger of several accounts only the rows of this one."""
        names = {table.text(record.get("account")) for _, record in table.records(source, _COLUMNS, _REQUIRED)}
        several = len(names - {""}) > 1
        if several and account.name not in names:
            listed = "、".join(sorted(names - {""})[:5])
            yield Problem(source.place, f"台账里没有账号“{account.name}”的行（有：{listed}）。请核对账号名称")
            return
        for value in rows.posts(source, account, Ledger.NAME, _COLUMNS, _REQUIRED, "标题"):
            # With one name in all rows the file is this account's, whatever it calls it.
            if isinstance(value, Problem) or not several or value.meta.get("account-name", "") in ("", account.name):
                yield value
