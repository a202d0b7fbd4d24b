"""A site with one column of each family of lists, faithful to what real sites do, mistakes included."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone
from math import ceil
from urllib.parse import parse_qs, urlsplit

from jimo_lint.model import Paging
from tests.support.crawling import Reply, html

NEWEST = date(2026, 1, 30)
PINNED = date(2019, 5, 4)
HOST = "HOST"  # stands for the server's own host and port in what is served
CHINA = timezone(timedelta(hours=8))
JSON = {"Content-Type": "application/json;charset=UTF-8"}
XML = {"Content-Type": "text/xml;charset=UTF-8"}


@dataclass(frozen=True)
class Item:
    """A row. path: of the article. day: None where the list shows no date."""

    path: str
    title: str
    day: date | None


@dataclass(frozen=True)
class Column:
    """A column. path: of its address. pages: how many list pages are read, its own and answers alike."""

    name: str
    path: str
    items: tuple[Item, ...]
    paging: Paging
    pages: int
    answer: Callable[[str, Mapping[str, str]], Reply | None]
    complete: bool = True


def items(folder: str, count: int) -> tuple[Item, ...]:
    """Rows as editors leave them: an old one pinned on top, then newest first, two of them without a date."""
    listed = [Item(f"{folder}t2019/t20190504_1.html", "置顶：关于办事指南的说明", PINNED)]
    for number in range(1, count):
        day = None if number in (7, 19) else NEWEST - timedelta(days=2 * (number - 1))
        listed.append(Item(f"{folder}content/{1000 + number}.html", f"第 {number} 条关于示例事项的通知公告", day))
    return tuple(listed)


def _li(item: Item, href: str) -> str:
    shown = f"<span>{item.day}</span>" if item.day else ""
    return f'<li><a href="{href}" title="{item.title}">{item.title[:9]}...</a>{shown}</li>'


def _hrefs(item: Item, folder: str) -> str:
    """Relative, rooted and protocol-relative addresses in turn: one template or another wrote them."""
    number = sum(map(ord, item.path)) % 3
    relative = "./" + item.path.removeprefix(folder)
    return (relative, item.path, f"//{HOST}{item.path}")[number]


def _group(listed: tuple[Item, ...], page: int, size: int) -> tuple[Item, ...]:
    """The rows of a page from 1; the last row of the page before stands on it again, as when an item is added."""
    start = (page - 1) * size
    return listed[max(start - 1, 0) : start + size]


_MENU = '<div class="nav"><a href="/">首页</a> <a href="/tzgg/">通知公告</a> <a href="/zwyw/">政务要闻</a></div>'


def _list_page(rows: str, pager: str, title: str = "通知公告") -> Reply:
    return html(f'{_MENU}<div class="list"><ul>{rows}</ul></div>{pager}', title=title)


def _static(name: str, folder: str, count: int, size: int, *, absolute: bool) -> Column:
    """index_2.html is page 2, by links to the next and the last page; NFCMS writes them protocol-relative."""
    listed, last = items(folder, count), ceil(count / size)

    def answer(path: str, query: Mapping[str, str]) -> Reply | None:
        for page in range(1, last + 1):
            own = "index.html" if page == 1 else f"index_{page}.html"
            if path != folder + own and not (page == 1 and path == folder):
                continue
            to = f"//{HOST}{folder}" if absolute else ""
            links = []
            if page > 1:
                before = "index.html" if page == 2 else f"index_{page - 1}.html"
                links += [f'<a href="{to}index.html">首页</a>', f'<a href="{to}{before}">上一页</a>']
            if page < last:
                links += [
                    f'<a href="{to}index_{page + 1}.html">下一页</a>',
                    f'<a href="{to}index_{last}.html">尾页</a>',
                ]
            rows = "".join(_li(item, _hrefs(item, folder)) for item in _group(listed, page, size))
            return _list_page(rows, f'<div class="page">共 {last} 页 {" ".join(links)}</div>')
        return None

    return Column(name, folder + "index.html", listed, Paging.STATIC, last, answer)


def _trs(name: str, folder: str, count: int, size: int, *, claimed: int = 0) -> Column:
    """createPageHTML: index_1.html is page 2. claimed: pages that the script counts where fewer are published."""
    listed, last = items(folder, count), ceil(count / size)

    def answer(path: str, query: Mapping[str, str]) -> Reply | None:
        for page in range(1, last + 1):
            own = "index.html" if page == 1 else f"index_{page - 1}.html"
            if path != folder + own and not (page == 1 and path == folder):
                continue
            rows = "".join(_li(item, _hrefs(item, folder)) for item in _group(listed, page, size))
            decoy = '<!-- <li><a href="./content/9999.html">已经撤下的通知公告</a><span>2026-01-31</span></li> -->'
            script = (
                f"<script>//createPageHTML({last + 9}, 0, 'list', 'html');\n"
                f'createPageHTML({claimed or last}, {page - 1}, "index", "html");</script>'
            )
            return _list_page(decoy + rows, f'<div class="page">{script}</div>')
        return None

    return Column(name, folder, listed, Paging.TRS, last, answer, complete=not claimed)


def _written(name: str, folder: str, count: int, size: int) -> Column:
    """Rows that a script writes, with commented decoys beside live ones; turned by createPageHTML."""
    listed, last = items(folder, count), ceil(count / size)

    def row(item: Item) -> str:
        shown = f'document.writeln("<span>{item.day} 09:30</span>");' if item.day else ""
        return (
            '<li><script>//var url = "./202602/t20260201_9.shtml"; var title = "撤下的标题";\n'
            f'var url = "{_hrefs(item, folder)}";\nvar title = "";\nif(title==""){{ title = "{item.title}"; }}\n'
            'var FILENUM = "示政发〔2026〕4号";\n/* document.writeln("2026-01-31"); */\n'
            f'document.writeln("<a href=\\""+url+"\\" target=_blank>"+title+"</a>");{shown}</script></li>'
        )

    def answer(path: str, query: Mapping[str, str]) -> Reply | None:
        for page in range(1, last + 1):
            own = "index.shtml" if page == 1 else f"index_{page - 1}.shtml"
            if path == folder + own:
                rows = "".join(row(item) for item in _group(listed, page, size))
                return _list_page(rows, f'<script>createPageHTML({last}, {page - 1}, "index", "shtml");</script>')
        return None

    return Column(name, folder + "index.shtml", listed, Paging.TRS, last, answer)


def _hanweb(name: str, column: int, count: int, *, claimed: int) -> Column:
    """45 records inline, the others from dataproxy.jsp. claimed: totalrecord as the site says it, wrong or not."""
    path = f"/col/col{column}/index.html"
    listed = items(f"/art/{column}/", count)
    proxy = "/module/web/jpage/dataproxy.jsp"
    own = {"webid": "7", "columnid": str(column), "unitid": f"6{column}", "webname": "示例市人民政府"}
    group = 45

    def store(shown: tuple[Item, ...], total: str) -> str:
        records = "".join(f"<record><![CDATA[{_li(item, item.path)}]]></record>" for item in shown)
        href = f"{proxy}?page=1&" + "&".join(f"{key}={value}" for key, value in own.items()) + "&path=/"
        following = f'<nextgroup><![CDATA[<a href="{href}"></a>]]></nextgroup>'
        return f"<datastore>{total}{following}<recordset>{records}</recordset></datastore>"

    def answer(asked: str, query: Mapping[str, str]) -> Reply | None:
        if asked == path:
            hot = "<record><![CDATA[<li><a href='/art/1/2.html'>热点信息的标题</a></li>]]></record>"
            side = f"<datastore><recordset>{hot}</recordset></datastore>"
            body = (
                f'<div id="5"><script type="text/xml">{side}</script></div>'
                f'<div id="6{column}"><script type="text/xml">{store(listed[:group], "")}</script></div>'
                f"<script>$('#6{column}').jpage({{perPage:15, groupSize:3, totalRecord:{claimed}}});</script>"
            )
            return _list_page("", body)
        if asked == proxy and query.get("columnid") == own["columnid"]:
            if any(query.get(key) != value for key, value in own.items()):
                return Reply(b"<datastore><recordset></recordset></datastore>", headers=XML)
            shown = listed[int(query["startrecord"]) - 1 : int(query["endrecord"])]
            total = f"<totalrecord>{claimed}</totalrecord><totalpage>{ceil(claimed / 15)}</totalpage>"
            return Reply(f"<?xml version='1.0' encoding='UTF-8'?>{store(shown, total)}".encode(), headers=XML)
        return None

    # Where more is claimed than there is, one more answer shows that nothing follows.
    return Column(name, path, listed, Paging.HANWEB, ceil(count / group) + (claimed > count), answer)


def _jpaas(name: str, folder: str, count: int, size: int) -> Column:
    """A page without rows; build/unit answers with JSON that holds HTML, to those who say where they come from."""
    listed = items(folder, count)
    unit = "/api-gateway/jpaas-publish-server/front/page/build/unit"

    def script(tag: str) -> str:
        names = {"parseType": "bulidstatic", "webId": "ab12", "pageType": "column", "editType": "null"}
        query = str({**names, "tagId": tag, "pageId": str(count)})
        return f'<script src="/AuthorizedRead/unitbuild.js" url="{unit}" queryData="{query}"></script>'

    def answer(path: str, query: Mapping[str, str]) -> Reply | None:
        if path == folder + "index.html":
            return _list_page("", script("导航") + script("当前栏目_list"))
        if path != unit or query.get("pageId") != str(count):
            return None
        if query["tagId"] != "当前栏目_list":
            return Reply(json.dumps({"data": {"html": _MENU}}).encode(), headers=JSON, wants=("Referer", "User-Agent"))
        page = json.loads(query["paramJson"])["pageNo"]
        shown = listed[(page - 1) * size : page * size]  # the size asked for is not granted
        rows = "".join(_li(item, _hrefs(item, folder)) for item in shown)
        pager = f'<div class="pagination" count="{count}" pageNo="{page}"></div>'
        said = {"success": True, "code": "200", "data": {"html": f"<ul>{rows}</ul>{pager}"}}
        return Reply(json.dumps(said).encode(), headers=JSON, wants=("Referer", "User-Agent"))

    # The page itself, and one answer that is empty: only it tells that the page before was the last.
    return Column(name, folder + "index.html", listed, Paging.JPAAS, 2 + ceil(count / size), answer)


def _gkmlpt(name: str, category: int, count: int) -> Column:
    """The catalogue of 开普: the category stands behind #, the SID in the page, 100 articles an answer."""
    listed = items(f"/gkmlpt/content/{category}/", count)

    def article(item: Item) -> dict[str, object]:
        moment = datetime(item.day.year, item.day.month, item.day.day, 8, tzinfo=CHINA) if item.day else None
        address = (f"http://{HOST}{item.path}", f"//{HOST}{item.path}", item.path)[len(item.path) % 3]
        return {
            "id": 1,
            "title": item.title,
            "url": address,
            "display_publish_time": int(moment.timestamp()) if moment else 0,
        }

    def answer(path: str, query: Mapping[str, str]) -> Reply | None:
        if path == "/gkmlpt/index":
            config = 'window._CONFIG = {SID: \'755031\', TREE: [{"id":3,"name":"机构概况","children":[]}]};'
            return html(f'<div id="app"></div><script>{config}</script><script src="/gkmlpt/js/app.js"></script>')
        if path == f"/gkmlpt/api/all/{category}" and query.get("sid") == "755031":
            start = (int(query["page"]) - 1) * 100
            articles = [*map(article, listed[start : start + 100])]
            said = {"classify": {"id": category}, "total": count, "offset": start, "articles": articles}
            return Reply(json.dumps(said).encode(), headers=JSON)
        return None

    return Column(name, f"/gkmlpt/index#{category}", listed, Paging.GKMLPT, 1 + ceil(count / 100), answer)


def _unturned(name: str, folder: str) -> Column:
    """A pager that only a browser can work: what stands on page 1 is all that is read."""
    listed = items(folder, 20)

    def answer(path: str, query: Mapping[str, str]) -> Reply | None:
        if path != folder:
            return None
        rows = "".join(_li(item, item.path) for item in listed)
        return _list_page(rows, '<div>第 1/6 页 <a href="javascript:goPage(2)">下一页</a></div>')

    return Column(name, folder, listed, Paging.SCRIPT, 1, answer, complete=False)


COLUMNS = (
    _static("静态", "/static/", 73, 15, absolute=False),
    _static("NFCMS", "/nfcms/", 66, 12, absolute=True),
    _trs("TRS", "/trs/", 71, 15),
    _trs("TRS 封顶", "/capped/", 150, 3, claimed=53),
    _written("TRS 脚本行", "/written/", 48, 10),
    _hanweb("大汉", 53, 215, claimed=215),
    _hanweb("大汉少报", 54, 205, claimed=60),
    _hanweb("大汉多报", 55, 203, claimed=999),
    _jpaas("大汉 jpaas", "/jp/", 73, 14),
    _gkmlpt("开普甲", 21, 430),
    _gkmlpt("开普乙", 22, 12),
    _unturned("脚本翻页", "/go/"),
)


def answer(path: str) -> Reply | None:
    """What the site answers; articles are pages of their own."""
    parts = urlsplit(path)
    query = {key: values[0] for key, values in parse_qs(parts.query).items()}
    if parts.path == "/":
        return html("".join(f'<p><a href="{column.path}">{column.name}</a></p>' for column in COLUMNS))
    for column in COLUMNS:
        reply = column.answer(parts.path, query)
        if reply:
            return reply
    if "/content/" in path or "/art/" in path or "/t2019/" in path:
        return html(
            "<h1>关于示例事项的通知</h1><div class='content'><p>各单位：现将有关事项通知如下，请认真执行。</p></div>"
        )
    return None


def at(host: str) -> Callable[[str], Reply | None]:
    """The site as it stands at this host, with its own addresses in what it serves."""

    def served(path: str) -> Reply | None:
        reply = answer(path)
        if reply is None:
            return None
        body = reply.body.replace(HOST.encode(), host.encode())
        return Reply(body, reply.status, reply.headers, wants=reply.wants)

    return served
