"""Writes a column's list pages in the way of its family, as content management systems do."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from html import escape

from jimo_lint.demo.articles import Article
from jimo_lint.demo.columns import DemoColumn
from jimo_lint.demo.source import template


def list_pages(column: DemoColumn, articles: Sequence[Article], as_of: date) -> dict[str, str]:
    """Path → inner HTML of every page of the column's list."""
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
    items = [
        f'<li><a href="{a.path}" title="{escape(a.title)}">{_cut(a.title)}</a><span>{_day(a)}</span></li>'
        for a in group
    ]
    if column.family == "hanweb":
        records = "".join(f"<record><![CDATA[{item}]]></record>" for item in items)
        return (
            '<div id="53"><script type="text/xml"><datastore><nextgroup><![CDATA['
            '<a href="/module/web/jpage/dataproxy.jsp?page=1&webid=1&path=/&columnid=53&unitid=153"></a>]]></nextgroup>'
            f"<recordset>{records}</recordset></datastore></script></div>"
            f"<script>$('#53').jpage({{totalRecord:{total}, perPage:{column.per_page}}});</script>"
        )
    return '<ul class="news">' + "\n".join(items) + "</ul>"


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
_FIXED = {
    "leaders": _LEADERS,
    "organs": _ORGANS,
    "landing": _LANDING,
    "script": _SCRIPT,
    "blank": '<ul class="news"></ul><p class="none">暂无信息</p>',
}
