"""Writes a column's list pages in the way of its family, as content management systems do."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from html import escape

from jimo_lint.demo.articles import Article
from jimo_lint.demo.columns import DemoColumn
from jimo_lint.demo.source import template

PROXY = "/module/web/jpage/dataproxy.jsp"


def list_pages(column: DemoColumn, articles: Sequence[Article], as_of: date) -> dict[str, str]:
    """Path → inner HTML of every page of the column's list."""
    if column.family == "elsewhere":
        return {}  # its address belongs to another page
    if column.family == "ahead":
        return {f"{column.path}index.html": _page(column, _ahead(as_of), "")}
    if column.family in _FIXED:
        return {f"{column.path}index.html": _page(column, _FIXED[column.family], "")}
    size = column.per_page
    groups = [articles[start : start + size] for start in range(0, len(articles), size)]
    pages: dict[str, str] = {}
    for number, group in enumerate(groups, 1):
        rows, pager = _rows(column, group, len(articles)), ""
        if column.family == "trs":
            # TRS counts from 0 and calls the second page index_1.html.
            name = "index.html" if number == 1 else f"index_{number - 1}.html"
            # Editors comment rows out; a decoy of today must not make an idle list look fresh.
            rows = f'<!-- <li><a href="./draft.html">待发布的草稿</a><span>{as_of}</span></li> -->\n{rows}'
            pager = f'<script>createPageHTML({len(groups)}, {number - 1}, "index", "html");</script>'
        else:
            name = "index.html" if number == 1 else f"index_{number}.html"
            pager = _static_pager(number, len(groups))
        if column.family == "hanweb" and number > 1:
            break  # further records come from the server's data proxy
        pages[f"{column.path}{name}"] = _page(column, rows, "" if column.family == "hanweb" else pager)
    return pages


def _page(column: DemoColumn, rows: str, pager: str) -> str:
    return template("list").substitute(column_path=column.path, column=column.name, rows=rows, pager=pager)


def _static_pager(number: int, last: int) -> str:
    if last == 1:
        return ""
    links = [f"共 {last} 页 第 {number} 页"]
    if number > 1:
        links.append('<a href="index.html">首页</a>')
    if number < last:
        links += [f'<a href="index_{number + 1}.html">下一页</a>', f'<a href="index_{last}.html">尾页</a>']
    return f'<div class="page">{" ".join(links)}</div>'


def _rows(column: DemoColumn, group: Sequence[Article], total: int) -> str:
    if column.family == "table":
        lines = (f'<tr><td>·<a href="{a.path}">{escape(a.title)}</a></td><td>{_day(a)}</td></tr>' for a in group)
        return "<table>" + "\n".join(lines) + "</table>"
    if column.family == "dl":
        lines = (f'<dt><a href="{a.path}">{escape(a.title)}</a></dt><dd>{_day(a)}</dd>' for a in group)
        return "<dl>" + "\n".join(lines) + "</dl>"
    if column.family == "hanweb":
        return (
            f'<div id="53"><script type="text/xml">{_datastore(group, "")}</script></div>'
            f"<script>$('#53').jpage({{totalRecord:{total}, perPage:{column.per_page}}});</script>"
        )
    return '<ul class="news">' + "\n".join(map(_item, group)) + "</ul>"


def records(articles: Sequence[Article], start: int, end: int) -> str:
    """What the data proxy of a hanweb list answers: the records from `start` to `end`, counted from 1."""
    total = f"<totalrecord>{len(articles)}</totalrecord>"
    return "<?xml version='1.0' encoding='UTF-8'?>" + _datastore(articles[max(start - 1, 0) : end], total)


def _datastore(group: Sequence[Article], total: str) -> str:
    rows = "".join(f"<record><![CDATA[{_item(article)}]]></record>" for article in group)
    onward = f'<a href="{PROXY}?page=1&webid=1&path=/&columnid=53&unitid=153"></a>'
    return f"<datastore>{total}<nextgroup><![CDATA[{onward}]]></nextgroup><recordset>{rows}</recordset></datastore>"


def _item(article: Article) -> str:
    link = f'<a href="{article.path}" title="{escape(article.title)}">{_cut(article.title)}</a>'
    return f"<li>{link}<span>{_day(article)}</span></li>"


def _day(article: Article) -> str:
    return f"{article.published:%Y-%m-%d}" if article.published else ""


def _cut(title: str) -> str:
    """Lists show long titles cut; the wording is to be judged on the article itself."""
    return escape(title if len(title) <= 26 else title[:24] + "...")


# Names are invented and padded as systems do; their dates only sort the rows.
_LEADERS = (
    '<ul class="news">'
    + "\n".join(
        f'<li><a href="/ldxx/leader_{number}.html">{name}</a><span>2018-01-0{7 - number}</span></li>'
        for number, name in enumerate(("甲　一", "李示例", "王示范", "赵样本"), 1)
    )
    + "</ul>"
)
_ORGANS = (
    '<ul class="news">'
    + "\n".join(
        f'<li><a href="/jgzn/organ_{number}.html">{name}</a></li>'
        for number, name in enumerate(("云溪区发展改革局", "云溪区教育局", "云溪区民政局", "云溪区水利局"), 1)
    )
    + "</ul>"
)
_LANDING = (
    '<div class="subs">'
    + "\n".join(
        f'<a class="sub" href="{path}">{name}</a>'
        for name, path in (
            ("政策文件", "/zcwj/"),
            ("政策解读", "/zcjd/"),
            ("人事信息", "/rsxx/"),
            ("规划计划", "/ghjh/"),
            ("机构职能", "/jgzn/"),
        )
    )
    + "</div>"
)
_SCRIPT = (
    '<ul class="news" id="letters"></ul>\n'
    "<script>$.post('/api/letters', {page: 1, size: 20}, function (reply) { show('#letters', reply); });</script>\n"
    '<div class="page"><a href="javascript:goPage(2)">下一页</a></div>'
)
_LOGIN = (
    '<form class="login" method="post"><h1>用户登录</h1>'
    '<p>账号 <input name="user"> 密码 <input type="password" name="word"> <button>登录</button></p></form>'
)
_UNDATED = (
    '<ul class="news">'
    + "\n".join(
        f'<li><a href="/jgzn/organ_{number}.html">区政务服务大厅第 {number} 办事点</a></li>' for number in range(1, 5)
    )
    + "</ul>"
)


def _ahead(as_of: date) -> str:
    rows = (
        f'<li><a href="/files/{name}">{title}</a><span>{as_of + timedelta(days=days)}</span></li>'
        for name, title, days in (
            ("fangan.pdf", "全民健身日活动预告", 40),
            ("biaoge.xlsx", "群众文化活动预告", 33),
            ("shenqing.doc", "科普开放日活动预告", 26),
        )
    )
    return f'<ul class="news">{"".join(rows)}</ul>'


_FIXED = {
    "login": _LOGIN,
    "undated": _UNDATED,
    "leaders": _LEADERS,
    "organs": _ORGANS,
    "landing": _LANDING,
    "script": _SCRIPT,
    "blank": '<ul class="news"></ul><p class="none">暂无信息</p>',
}
