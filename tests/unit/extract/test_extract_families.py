"""Interfaces of list families: what a page tells of them, and answers that are not what they should be."""

from __future__ import annotations

import json
from datetime import date, datetime
from urllib.parse import parse_qs, urlsplit

import pytest

from jimo_lint.extract.families import read_answer
from jimo_lint.extract.pages.page import Page, read_page
from jimo_lint.model import Paging

AS_OF = date(2026, 1, 31)
URL = "https://www.example.gov.cn/tzgg/index.html"
PROXY = "https://www.example.gov.cn/module/web/jpage/dataproxy.jsp?columnid=5&startrecord=1&endrecord=45"
UNIT = 'https://www.example.gov.cn/api-gateway/jpaas-publish-server/front/page/build/unit?paramJson={"pageNo":1}'
ALL = "https://www.example.gov.cn/gkmlpt/api/all/21?page=1&sid=7"
ASKED = {Paging.HANWEB: PROXY, Paging.JPAAS: UNIT, Paging.GKMLPT: ALL}


def read(body: str, url: str = URL) -> Page:
    return read_page(f"<html><head><title>通知公告</title></head><body>{body}</body></html>", url, as_of=AS_OF)


def query(url: str) -> dict[str, str]:
    return {key: values[0] for key, values in parse_qs(urlsplit(url).query).items()}


def li(number: int) -> str:
    return f"<li><a href='/art/{number}.html'>第 {number} 条通知公告的标题</a><span>2026-01-{number:02d}</span></li>"


@pytest.mark.parametrize("family", ASKED)
@pytest.mark.parametrize(
    "text",
    [
        "",
        "<html><body>502 Bad Gateway</body></html>",
        "null",
        "[]",
        '{"data": null}',
        '{"data": {"html": null}}',
        '{"articles": {}}',
        '{"code": "500", "message": "系统繁忙"}',
        "<script>document.cookie='x'</script>",
    ],
)
def test_what_is_no_answer_is_refused(family: Paging, text: str) -> None:
    """Error pages, challenges and other formats are not taken for an empty list."""
    with pytest.raises(ValueError):
        read_answer(family, text, ASKED[family], URL, AS_OF)


def test_the_proxy_is_asked_for_what_the_page_does_not_hold() -> None:
    """Rows are asked for from behind the inline ones, with the parameters of the page and its group of pages."""
    records = "".join(f"<record><![CDATA[{li(number)}]]></record>" for number in range(1, 9))
    proxy = "/module/web/jpage/dataproxy.jsp?page=1&amp;webid=7&amp;columnid=5&amp;unitid=65&amp;webname=示例市"
    page = read(
        f'<script type="text/xml"><datastore><nextgroup><![CDATA[<a href="{proxy}"></a>]]></nextgroup>'
        f"<recordset>{records}</recordset></datastore></script>"
        "<script>$('#65').jpage({perPage:8, groupSize:2, totalRecord:'40'});</script>"
    )
    (asked,) = page.turning.pages
    assert urlsplit(asked).path == "/module/web/jpage/dataproxy.jsp"
    wanted = {"startrecord": "9", "endrecord": "24", "perpage": "8", "columnid": "5", "unitid": "65", "webid": "7"}
    assert wanted.items() <= query(asked).items()
    assert query(asked)["webname"] == "示例市" and "page" not in query(asked)
    assert (page.turning.family, page.turning.known, len(page.rows)) == (Paging.HANWEB, 3, 8)


def test_parameters_may_stand_in_the_script() -> None:
    """Older pages name the proxy and its parameters in the call alone."""
    page = read(
        "<script>$('#9').jpage({totalRecord:30, proxyUrl:'/module/jslib/jquery/jpage/dataproxy.jsp', perPage:10,"
        "ajaxParam:{columnid:'5', unitid:'9', webid:'1'}});</script>"
    )
    (asked,) = page.turning.pages
    assert {"columnid": "5", "unitid": "9", "startrecord": "1", "endrecord": "30"}.items() <= query(asked).items()
    assert not page.scripted


def test_a_list_that_says_it_is_empty_is_no_unread_one() -> None:
    """totalrecord 0 is blank; a proxy without parameters is unknown."""
    empty = read(
        '<script type="text/xml"><datastore><totalrecord>0</totalrecord><recordset></recordset></datastore></script>'
    )
    assert not empty.scripted and empty.turning.complete
    unknown = read("<script>$('#9').jpage({proxyUrl:'/module/web/jpage/dataproxy.jsp'});</script>")
    assert unknown.scripted and not unknown.turning.complete


def test_of_the_units_of_a_page_that_of_the_list_is_asked() -> None:
    """A unit whose name speaks of a list is asked; menus are asked only where there is nothing else."""

    def unit(tag: str) -> str:
        return (
            '<script src="/u/unitbuild.js" url="/api-gateway/jpaas-publish-server/front/page/build/unit" '
            f"""queryData="{{'webId':'1','tagId':'{tag}','pageId':'9'}}"></script>"""
        )

    page = read(unit("导航") + unit("当前栏目_list"))
    (asked,) = page.turning.pages
    assert query(asked)["tagId"] == "当前栏目_list"
    assert json.loads(query(asked)["paramJson"])["pageNo"] == 1
    assert query(read(unit("主体")).turning.pages[0])["tagId"] == "主体"


def test_a_unit_without_a_list_is_no_blank_column() -> None:
    """Links without dates and without a count may be a menu: nothing is said."""
    menu = json.dumps({"data": {"html": '<a href="/a/">政务公开</a><a href="/b/">政务服务</a>'}})
    answer = read_answer(Paging.JPAAS, menu, UNIT, URL, AS_OF)
    assert answer.unclear and not answer.rows
    none = read_answer(Paging.JPAAS, json.dumps({"data": {"html": '<div count="0"></div>'}}), UNIT, URL, AS_OF)
    assert not none.unclear and not none.rows and not none.following


@pytest.mark.parametrize(
    ("article", "published"),
    [
        ({"display_publish_time": 1769760000}, datetime(2026, 1, 30, 16)),
        ({"display_publish_time": "1769760000"}, datetime(2026, 1, 30, 16)),
        ({"display_publish_time": "2026-01-30 09:30"}, datetime(2026, 1, 30, 9, 30)),
        ({"display_publish_time": 0, "create_time": 1769760000}, datetime(2026, 1, 30, 16)),
        ({"display_publish_time": 10**30}, None),
        ({"display_publish_time": None, "date": []}, None),
        ({}, None),
    ],
)
def test_dates_of_a_catalogue(article: dict[str, object], published: datetime | None) -> None:
    """Seconds since 1970 are China standard time, as a number or a text; what is no date is none."""
    said = {"total": 1, "articles": [{"title": "<b>标题</b> 一", "url": "//www.example.gov.cn/x.html", **article}]}
    (row,) = read_answer(Paging.GKMLPT, json.dumps(said), ALL, URL, AS_OF).rows
    assert (row.published, row.title, row.url) == (published, "标题 一", "https://www.example.gov.cn/x.html")


def test_a_catalogue_shows_the_first_category_where_its_address_names_none() -> None:
    """The category stands behind #, else it is the first of the tree; an article of the platform is no list."""
    config = '<div id="app"></div><script>window._CONFIG = {SID: "7", TREE: [{"id":3,"children":[]}]}</script>'
    base = "https://www.example.gov.cn/zqrsj/gkmlpt/"
    assert read(config, base + "index").turning.pages == (base + "api/all/3?page=1&sid=7",)
    assert read(config, base + "index#21").turning.pages == (base + "api/all/21?page=1&sid=7",)
    assert read(config, base + "content/3/4/post_9.html").turning.pages == ()


@pytest.mark.parametrize(
    ("total", "got", "goes_on"),
    [(30, 15, True), (15, 15, True), (0, 15, True), (7, 7, False), (99, 0, False), (99, 4, True)],
)
def test_a_total_is_believed_only_where_it_promises_more(total: int, got: int, goes_on: bool) -> None:
    """A full answer is followed by a question whatever the total says; an empty one ends the list."""
    html = "".join(map(li, range(1, got + 1))) + f'<div count="{total}"></div>' * bool(total)
    answer = read_answer(Paging.JPAAS, json.dumps({"data": {"html": f"<ul>{html}</ul>"}}), UNIT, URL, AS_OF)
    assert bool(answer.following) is goes_on


def test_rows_that_scripts_write_are_read_without_their_decoys() -> None:
    """Address, title with escapes and date of a live row; what is commented out does not count."""
    page = read(
        "<ul>"
        + "".join(
            f'<li><script>// var url="./x.shtml"; var title="假";\nvar url = "./202601/t{number}.shtml";\n'
            f'var title = "第 {number} 条\\u901a\\u77e5 \\"引号\\"";document.write("<a>"+title+"</a>");</script>'
            f"<span>2026-01-{number:02d}</span></li>"
            for number in range(11, 15)
        )
        + "</ul>"
    )
    assert [(row.url.rpartition("/")[2], row.title) for row in page.rows] == [
        (f"t{number}.shtml", f'第 {number} 条通知 "引号"') for number in range(11, 15)
    ]
    assert [row.published and row.published.day for row in page.rows] == [11, 12, 13, 14]
