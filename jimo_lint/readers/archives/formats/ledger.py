"""Reads an office's own table of posts (台账), and exports of lesser known tools, by the names of the columns."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from jimo_lint.model import Document, Problem, ProblemCode
from jimo_lint.readers.archives.formats import rows
from jimo_lint.readers.source import Source
from jimo_lint.readers.tables import headers, table

COLUMNS = {
    "title": (
        *("标题", "文章标题", "图文标题", "内容标题", "信息标题", "稿件标题", "推文标题", "发布标题", "视频标题"),
        *("笔记标题", "作品标题", "推送标题", "新闻标题", "稿件名称", "文章名称", "信息名称", "作品名称", "推文题目"),
        *("题目", "文章题目", "稿件题目", "主题", "信息主题", "发布主题", "内容主题", "名称"),
        *("微博内容", "发布内容", "推送内容", "信息内容", "内容", "文案", "视频文案", "作品描述", "title"),
        *("题名", "推文", "作品", "视频名称", "视频描述", "标题内容", "推文名称", "动态内容"),
        *("动态正文", "博文内容", "post_title", "article_title", "desc", "text", "caption"),
    ),
    "time": (
        *(
            "发布时间",
            "实际发布时间",
            "发布日期",
            "发表时间",
            "发表日期",
            "首次发布时间",
            "推送时间",
            "推送日期",
            "群发时间",
            "群发日期",
        ),
        *("发文时间", "发文日期", "刊发时间", "刊发日期", "上线时间", "发出时间", "发布年月日", "发稿时间", "发稿日期"),
        *("发布日", "推送日", "发布于", "实际推送时间", "首发时间", "上传时间", "投稿时间", "博文时间"),
        *("publish_time", "publishTime", "publish_date", "publishDate", "published_at", "publishedAt", "published"),
        *("pub_time", "pubTime", "pub_date", "pubDate", "post_time", "postTime", "posted_at", "send_time", "sendTime"),
        *("日期", "时间", "时间戳", "发布时间戳", "更新时间", "更新日期", "创建时间"),
        *(
            "create_time",
            "createTime",
            "created_at",
            "createdAt",
            "created",
            "ctime",
            "datetime",
            "timestamp",
            "date",
            "time",
            "update_time",
            "updated_at",
            "日",
        ),
    ),
    # Beside a column with the time of day alone.
    "day": ("发布日期", "发表日期", "推送日期", "群发日期", "发文日期", "刊发日期", "发稿日期", "日期", "日"),
    # Beside a column with the day of the month alone.
    "year": ("年", "年份", "年度", "发布年份"),
    "month": ("月", "月份", "发布月份"),
    "url": (
        *(
            "链接",
            "文章链接",
            "内容url",
            "内容链接",
            "网址",
            "链接地址",
            "原文链接",
            "发布链接",
            "推文链接",
            "作品链接",
        ),
        *("信息链接", "稿件链接", "视频链接", "微博链接", "发布网址", "文章地址", "网页链接", "地址", "url", "link"),
        *("content_url", "article_url", "share_url", "permalink", "href"),
    ),
    "id": ("文章ID", "作品ID", "ID", "aid", "mid", "aweme_id", "article_id", "post_id"),
    "body": (
        "正文",
        "文章内容",
        "内容正文",
        "正文内容",
        "全文",
        "微博正文",
        "内容",
        "content",
        "body",
        "content_text",
        "text",
    ),
    "digest": ("摘要", "简介", "digest"),
    "account": (
        *("公众号", "账号名称", "新媒体名称", "公众号名称", "发布账号", "账号", "帐号", "账户名称", "帐号名称"),
        *("新媒体账号", "政务新媒体名称", "平台账号", "微信公众号", "官方账号", "账号全称"),
        *("发布单位账号", "昵称", "nickname", "screen_name", "account", "account_name", "accountName", "mp_name"),
    ),
    "platform": (
        "平台",
        "发布平台",
        "平台类型",
        "新媒体平台",
        "平台名称",
        "所属平台",
        "渠道",
        "发布渠道",
        "账号类型",
        "platform",
    ),
    "state": (
        *("状态", "发布状态", "审核状态", "稿件状态", "推送状态", "发送状态", "文章状态", "作品状态", "内容状态"),
        *("当前状态", "发布结果", "推送结果", "发送结果", "status"),
    ),
    "gone": ("是否删除", "是否已删除", "是否已删", "删除情况", "is_deleted", "isDeleted", "deleted"),
    "remark": ("备注", "说明", "备注说明", "处理情况", "情况说明", "remark"),
    "author": ("作者", "编辑", "author"),
    "class": ("文章类型", "体裁", "类型", "形式", "内容形式"),
}
_REQUIRED = ("title", "time")
# Where the articles of one push stand beside each other. 头条 alone may as well be the platform, its readers or links.
_HEADS = ("头条", "头条标题", "首条", "首条标题", "第一条", "第一条标题")
_PUSH = {
    **COLUMNS,
    "title": (*COLUMNS["title"], *_HEADS),
    "url": (*COLUMNS["url"], "头条链接", "头条网址", "首条链接", "第一条链接"),
    "push1": _HEADS,
    **{
        f"push{number}{suffix}": [
            f"{name}{after}"
            for name in ("次条" if number == 2 else f"{han}条", f"{han}条", f"第{han}条", f"次条{number - 1}")
            for after in names
        ]
        for number, han in enumerate("二三四五六七八", 2)
        for suffix, names in (("", ("", "标题")), ("-url", ("链接", "网址")))
    },
}
# Where the names are these, nobody has to be told how the columns were understood.
_PLAIN = {"title": ("标题", "title"), "time": ("发布时间", "发布日期")}


def fields(names: Iterable[str]) -> dict[str, str]:
    """Which of the names, of keys or of columns, means which field: those that a table's header is read by."""
    return headers.meanings(names, COLUMNS)


def _columns(source: Source) -> Mapping[str, Iterable[str]]:
    """The names of the columns, of a push's articles too where a header has those of the first and of the second."""
    return _PUSH if table.recognises(source, _PUSH, (*_REQUIRED, "push2")) else COLUMNS


class Ledger:
    """Any table with a column for the title and one for the time."""

    NAME = "ledger"
    TITLE = "含“标题”“发布时间”等列的台账"
    PROVES_SILENCE = True

    @staticmethod
    def sign(source: Source) -> str:
        """A title and a time among its columns."""
        return rows.sign(source, _columns(source), _REQUIRED)

    @staticmethod
    def read(source: Source) -> Iterator[Document | Problem]:
        """One document a row; a note where the columns had to be matched by less plain names."""
        found = False
        columns = _columns(source)
        for value in rows.posts(source, Ledger.NAME, columns, _REQUIRED, "标题"):
            found = found or isinstance(value, Document)
            yield value
        _, header = table.first_header(source, columns, _REQUIRED)
        plain = header and all(headers.name(header.written[field]) in names for field, names in _PLAIN.items())
        if found and not plain:
            understood = rows.sign(source, columns, _REQUIRED)
            yield Problem(ProblemCode.COLUMNS_MATCHED, source.place, {"understood": understood})
