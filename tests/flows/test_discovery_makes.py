"""`jimo-lint init` on sites as the common systems build them: 大汉, 博达, 开普 and an old one of tables."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest

from tests.support.crawling import Reply, site
from tests.support.program import jimo_lint

SITE = "云溪区人民政府"
TITLES = (
    "关于做好年度有关工作安排的通知",
    "区里召开重点项目建设工作推进会议",
    "关于印发有关实施方案的通知文件",
    "走访慰问活动陆续开展",
)

Site = dict[str, Reply]
# What a make gives: its pages, and the name of each column by its address.
Make = tuple[Site, dict[str, str]]


def page(body: str, title: str, *, head: str = "", charset: str = "utf-8") -> Reply:
    """A page as servers send it that say no charset themselves."""
    text = f"<html><head><meta charset='{charset}'><title>{title}</title>{head}</head><body>{body}</body></html>"
    return Reply(text.encode("utf-8" if charset == "utf-8" else "gb18030"), headers={"Content-Type": "text/html"})


def rows(urls: Iterable[str], *, dated: bool = True) -> str:
    """A list of articles."""
    shown = enumerate(urls)
    return (
        "<ul>"
        + "".join(
            f"<li><a href='{url}'>{TITLES[number % 4]}之{number + 1}</a>"
            + f"<span>2026-01-{20 - number}</span>" * dated
            + "</li>"
            for number, url in shown
        )
        + "</ul>"
    )


def hanweb() -> Make:
    """大汉: numbered columns, rows inline in a datastore, landing pages of boxes whose 更多 is a picture."""
    names = {101: "区政府文件", 102: "人事任免", 103: "财政预决算", 104: "通知公告", 105: "云溪要闻", 106: "镇街动态"}
    above = {100: ("政务公开", (101, 102, 103)), 90: ("新闻中心", (105, 106))}
    top = "".join(f"<td><a href='/col/col{key}/index.html'>{name}</a></td>" for key, (name, _) in above.items())
    menu = (
        f"<table><tr><td><a href='/index.html'>首页</a></td>{top}<td><a href='/col/col104/index.html'>通知公告</a></td>"
        "<td><a href='/col/col99/index.html'>政务服务</a></td></tr></table>"
    )

    def articles(key: int, count: int) -> list[str]:
        return [f"/art/2026/1/{20 - number}/art_{key}_{1000 + number}.html" for number in range(count)]

    def column(key: int, name: str) -> Reply:
        records = "".join(
            f"<record><![CDATA[<li><a href='{url}'>{TITLES[number % 4]}</a>"
            f"<span>2026-01-{20 - number}</span></li>]]></record>"
            for number, url in enumerate(articles(key, 6))
        )
        store = f"<datastore><totalrecord>6</totalrecord><recordset>{records}</recordset></datastore>"
        parent = next((one for one, keys in above.values() if key in keys), "")
        where = f"<div>您现在的位置：<a href='/index.html'>首页</a>>>{parent}>>{name}</div>"
        return page(f"{menu}{where}<div id='12'><script type='text/xml'>{store}</script></div>", f"{SITE} {name}")

    pages = {f"/col/col{key}/index.html": column(key, name) for key, name in names.items()}
    for key, (name, keys) in above.items():
        boxes = "".join(
            f"<div><b>{names[one]}</b><a href='/col/col{one}/index.html'><img src='/more.gif'></a>"
            f"{rows(articles(one, 4))}</div>"
            for one in keys
        )
        pages[f"/col/col{key}/index.html"] = page(
            f"{menu}<div>您现在的位置：首页>>{name}</div>{boxes}", f"{SITE} {name}"
        )
    pages["/col/col99/index.html"] = page(f"{menu}<p>政务服务请登录省政务服务网办理</p>", f"{SITE} 政务服务")
    pages["/"] = pages["/index.html"] = page(menu + rows(articles(105, 6)), SITE)
    return pages, {f"/col/col{key}/index.html": name for key, name in names.items()}


def boda() -> Make:
    """博达: lists at /xwzx/tzgg.htm with pages below, articles at /info/…, one column blank without a word."""
    names = {
        "xwzx/yxyw": "云溪要闻",
        "xwzx/tzgg": "通知公告",
        "zwgk/zcwj": "政策文件",
        "zwgk/rsrm": "人事任免",
        "zwgk/yjya": "应急预案",
    }
    above = {"xwzx": "新闻中心", "zwgk": "政务公开"}

    def menu(folder: str) -> str:
        listed = "".join(
            f"<li><a href='/{key}.htm'>{name}</a></li>" for key, name in names.items() if key[:4] == folder
        )
        return f"<li><a href='/{folder}.htm'>{above[folder]}</a><ul>{listed}</ul></li>"

    top = f"<ul id='nav'><li><a href='/index.htm'>网站首页</a></li>{menu('xwzx')}{menu('zwgk')}"
    top += "<li><a href='/gk.htm'>区情</a></li></ul>"
    pages: Site = {}
    for number, (key, name) in enumerate(names.items()):
        articles = [f"/info/10{40 + number}/208{one}1.htm" for one in range(6)]
        where = f"<div class='dqwz'>网站首页 > {above[key[:4]]} > <a href='/{key}.htm'>{name}</a></div>"
        pager = f"<div><a href='/{key}/1.htm'>2</a> <a href='/{key}/1.htm'>下页</a> 共2页</div>"
        listed = rows(articles) + pager if name != "应急预案" else "<ul></ul>"
        shown = where if name != "应急预案" else ""
        pages[f"/{key}.htm"] = page(f"{top}{shown}<div class='list'>{listed}</div>", f"{name}-{SITE}")
    for folder, name in above.items():
        boxes = "".join(
            f"<h3>{one}</h3>{rows((f'/info/10{40 + number}/208{row}1.htm' for row in range(3)), dated=False)}"
            for number, (key, one) in enumerate(names.items())
            if key[:4] == folder and one != "应急预案"
        )
        pages[f"/{folder}.htm"] = page(top + boxes, f"{name}-{SITE}")
    text = "<p>云溪区位于省境东部，面积一千平方公里，人口五十万。</p>" * 6
    pages["/gk.htm"] = page(f"{top}<div class='v_news_content'>{text}</div>", f"区情-{SITE}")
    pages["/"] = pages["/index.htm"] = page(top + rows(f"/info/1040/208{one}1.htm" for one in range(6)), f"{SITE}网")
    return pages, {f"/{key}.htm": name for key, name in names.items()}


def kaipu() -> Make:
    """开普: /c100101/list.shtml, all metas, one title for all pages, a long name cut short, single pages of organs."""
    names = {
        "c100101": "工作动态",
        "c100102": "公示公告",
        "c100103": "学习贯彻有关会议精神和落实重点任务专题",
        "c100104": "机构职能",
    }
    cut = {key: name if len(name) < 12 else f"{name[:10]}…" for key, name in names.items()}
    menu = "<nav>" + "".join(f"<a href='/{key}/list.shtml'>{name}</a>" for key, name in cut.items()) + "</nav>"
    duties = "<p>主要职责：协助区政府领导组织起草文件，负责文电会务等日常工作。</p>" * 4
    leaders = "".join(f"<a href='/ld/{number}/index.shtml'>王示例{number}</a>" for number in "一二三")
    pages: Site = {}
    for key, name in names.items():
        head = f"<meta name='SiteName' content='{SITE}'><meta name='ColumnName' content='{name}'>"
        articles = [f"/{key}/202601/{number:08x}aabbccdd.shtml" for number in range(6)]
        main = duties if name == "机构职能" else rows(articles) + "<a href='list_2.shtml'>下一页</a>"
        where = f"<ul class='breadcrumb'><li><a href='/'>首页</a></li><li>{name}</li></ul>"
        pages[f"/{key}/list.shtml"] = page(f"{menu}{where}<div class='content'>{main}</div>", SITE, head=head)
    for number in "一二三":
        where = "<div class='breadcrumb'><a href='/'>首页</a> > 政府领导</div>"
        body = f"{menu}{where}<div class='content'><h1>王示例{number}</h1>{duties}</div>"
        pages[f"/ld/{number}/index.shtml"] = page(body, f"王示例{number}")
    pages["/"] = page(menu + leaders, SITE)
    return pages, {f"/{key}/list.shtml": name for key, name in names.items()}


def tables() -> Make:
    """An old site: tables, gb2312, addresses that differ in a parameter only, no breadcrumb, titles all the same."""
    names = {3: "政务动态", 4: "公告公示", 5: "办事指南", 6: "领导信箱", 7: "民生工程"}
    cells = "".join(f"<td><a href='list.aspx?classid={key}'>{name}</a></td>" for key, name in names.items() if key < 7)
    clicked = "<td><a href='javascript:void(0)' onclick=\"location.href='list.aspx?classid=7'\">民生工程</a></td>"
    menu = f"<table><tr><td><a href='default.aspx'>首页</a></td>{cells}{clicked}</tr></table>"
    pages: Site = {}
    for key in names:
        listed = "".join(
            f"<tr><td>·<a href='show.aspx?id={key}{number}'>{TITLES[number % 4]}</a></td>"
            + f"<td>[01-{20 - number}]</td>" * (key != 5)
            + "</tr>"
            for number in range(6)
        )
        body = listed if key != 6 else "<tr><td>暂无数据！</td></tr>"
        pages[f"/list.aspx?classid={key}"] = page(f"{menu}<table>{body}</table>", "云溪区政府网", charset="gb2312")
    home = "".join(
        f"<tr><td><a href='show.aspx?id=3{number}'>{TITLES[number % 4]}</a></td></tr>" for number in range(6)
    )
    pages["/"] = pages["/default.aspx"] = page(f"{menu}<table>{home}</table>", "云溪区政府网", charset="gb2312")
    return pages, {f"/list.aspx?classid={key}": name for key, name in names.items()}


@pytest.mark.parametrize("make", [hanweb, boda, kaipu, tables], ids=lambda make: make.__name__)
def test_columns_of_every_make_are_found(make: Callable[[], Make], tmp_path: Path) -> None:
    """Exactly the columns are found, with their names: no landing page, article, leader or page of the home."""
    pages, expected = make()
    with site(pages.get) as running:
        done = jimo_lint("init", running.url, "--allow-private", "--as-of", "2026-01-31", "-o", "-", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert {one["url"]: one["name"] for one in tomllib.loads(done.stdout)["column"]} == expected
