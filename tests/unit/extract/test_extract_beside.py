"""The page's own list and those that stand beside it: by heading, not by number of rows or newness."""

from datetime import date

import pytest

from jimo_lint.extract.pages.page import Page, read_page

CRUMBS = '<div class="position">当前位置：<a href="/">首页</a> &gt; <a href="/jg/">机构职能</a> &gt; 领导介绍</div>'
OWN = (
    '<ul class="{}"><li><span>2019-03-20</span><a href="../../c/2019-03-20/41.html">青潭区融媒体中心领导介绍</a></li>'
    "</ul>"
)
VIDEOS = "".join(
    f'<li><a href="/c/2025-11-1{number}/7.html">《青潭故事》2025111{number}期</a><span>2025-11-1{number}</span></li>'
    for number in range(3)
)
LIST = "".join(
    f'<li><span>2025.02.2{number}</span><a href="202502/t2025022{number}_70.html">第{number}次典礼致辞全文</a></li>'
    for number in range(3)
)


def read(main: str) -> Page:
    html = f"<html><head><title>领导介绍_青潭区人民政府</title></head><body>{CRUMBS}{main}</body></html>"
    return read_page(html, "https://www.qingtan.gov.cn/jg/ldjs/index.html", as_of=date(2026, 1, 31))


def days(page: Page) -> list[str]:
    return [item.published.date().isoformat() if item.published else "" for item in page.rows]


@pytest.mark.parametrize(
    "heading",
    [
        "<h3>热点视频</h3>",
        '<h3><a href="/sp/">热门视频</a></h3>',
        '<div class="hd"><span>热门文章</span><a href="/m/">更多&gt;&gt;</a></div>',
        "<h3>最新信息</h3>",
        '<h3><a href="/tzgg/">通知公告</a></h3>',
    ],
)
@pytest.mark.parametrize("name", ["sp", "list"])
def test_one_row_of_its_own_goes_before_a_newer_sidebar(heading: str, name: str) -> None:
    """Below the breadcrumb stands the column's list, below another heading that of something else."""
    side = f'<div class="r">{heading}<ul class="{name}">{VIDEOS}</ul></div>'
    own = OWN.format("list")
    for left in (f"<div>{own}</div>", f"<div><h2>领导介绍</h2>{own}</div>"):
        assert days(read(f'<div class="wrap">{left}{side}</div>')) == ["2019-03-20"]
    assert days(read(f'<div class="wrap">{side}<div><h2>领导介绍</h2>{own}</div></div>')) == ["2019-03-20"]


def test_one_row_of_old_tables_takes_nothing_from_the_sidebar() -> None:
    """Rows without a date beside the one dated row are sought in its own table."""
    side = "".join(
        f'<tr><td><a href="/c/t2025111{number}_1.html">青潭新闻第{number}条</a></td><td>11-1{number}</td></tr>'
        for number in range(5)
    )
    own = '<tr><td><a href="/c/t20190320_1.html">融媒体中心领导介绍</a></td><td>2019-03-20</td></tr>'
    page = read(
        f"<table><tr><td><table>{own}</table></td><td><table><tr><td>热点新闻</td></tr>{side}</table></td></tr></table>"
    )
    assert days(page) == ["2019-03-20"]


def test_boxes_of_one_page_without_a_list_of_its_own_are_all_read() -> None:
    """A headline of its own above the lists of the same folder demotes none of them."""
    first = OWN.format("top")
    assert days(read(f'{first}<h3>工作动态</h3><ul class="list">{LIST}</ul>'))[-1] == "2025-02-22"


@pytest.mark.parametrize(
    "menu",
    [
        '<ul class="m"><li><a href="../a/">校长简介</a></li><li><a href="../b/">校长推荐</a></li></ul>',
        '<div class="m"><a href="../a/">简介</a><a href="../b/">热点</a></div>',
        '<table><tr><td><a href="../a/">校长简介</a></td></tr><tr><td><a href="../b/">热门推荐</a></td></tr></table>',
        '<ul class="m"><li><a href="../a/">简介</a></li><li><a href="../c/">信箱</a></li><li>热点推荐</li></ul>',
        '<div class="m"><div><a href="../a/">校长简介</a></div><div><a href="../b/">相关下载</a></div></div>',
        "<div>首页&gt;热点推荐</div>",
    ],
)
def test_the_last_entry_of_a_menu_heads_no_list(menu: str) -> None:
    """推荐, 热点 and 相关 in a menu say nothing of the list below it."""
    assert days(read(f'<section>{menu}</section><ul class="list">{LIST}</ul>')) == [
        "2025-02-20",
        "2025-02-21",
        "2025-02-22",
    ]


@pytest.mark.parametrize(
    "heading", ["<h3>热点推荐</h3>", '<div class="hd"><h3><a href="/x/">热点推荐</a></h3><a href="/x/">更多</a></div>']
)
def test_a_heading_of_a_box_stays_one(heading: str) -> None:
    """A heading that is a link, with 更多 beside it, is no menu: the list below it is not dated as the page's own."""
    own = '<ul class="a"><li><a href="202001/t20200101_1.html">领导分工的通知</a><i>2020-01-01</i></li></ul>'
    assert days(read(f"{heading}<ul>{VIDEOS}</ul><h2>领导介绍</h2>{own}")) == ["2020-01-01"]


@pytest.mark.parametrize(
    "more",
    ["[查看全文]", "详细&gt;&gt;", "阅读全文", "更多", "【详情】", "阅读原文 &gt;", "查看更多", "了解详情", "[全文]"],
)
def test_what_leads_on_is_no_title(more: str) -> None:
    """Titles shorter than 查看全文 are titles all the same."""
    page = read(
        "".join(
            f'<ul class="l"><li><a href="55{number}.html"><b>{title}</b></a></li><li>清晨的湖上雾气升腾... '
            f'<a href="55{number}.html">{more}</a></li><li>发布时间：2025-12-1{number} 11:39</li></ul>'
            for number, title in enumerate(("晨雾", "南关", "老街改造见成效"))
        )
    )
    assert [item.title for item in page.rows] == ["晨雾", "南关", "老街改造见成效"]
    assert days(page) == ["2025-12-10", "2025-12-11", "2025-12-12"]
