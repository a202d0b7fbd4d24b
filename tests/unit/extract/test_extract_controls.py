"""Further pages of a list behind what is no link with words: pictures, menus of numbers, buttons, forms, scripts."""

from datetime import date

import pytest

from jimo_lint.extract.pages.page import Page, read_page
from jimo_lint.model import Paging

FOLDER = "https://www.example.gov.cn/tzgg/"
ROWS = "".join(
    f'<li><a href="2026/10{n}.html">关于示例事项的通知{n}</a><span>2026-01-1{n}</span></li>' for n in range(5)
)
MENU = '<div class="page">转到<select onchange="{script}">{options}</select></div>'


def read(pager: str, *, head: str = "", before: str = "", url: str = f"{FOLDER}index.html") -> Page:
    html = f"<html><head>{head}</head><body>{before}<ul>{ROWS}</ul>{pager}</body></html>"
    return read_page(html, url, as_of=date(2026, 1, 31))


def choices(value: str, shown: str = "第{}页") -> str:
    return "".join(f'<option value="{value.format(n)}">{shown.format(n)}</option>' for n in range(1, 5))


FOLLOWED = {
    "a picture without words": '<div><a href="index_2.html"><img src="/images/next.gif"></a></div>',
    "pictures all around": (
        '<a href="index.html"><img src="/i/first.png"></a><a href="index.html"><img src="/i/prev.png"></a>'
        '<a href="index_2.html"><img src="/i/next.png"></a><a href="index_2.html"><img src="/i/last.png"></a>'
    ),
    "an icon": '<div class="pagination"><a href="index_2.html"><i class="fa fa-angle-right"></i></a></div>',
    "a class": '<div class="pagination"><a class="next" href="index_2.html"></a></div>',
    "a rel": '<div><a rel="next" href="index_2.html"></a></div>',
    "older articles": '<div class="nav-previous"><a href="index_2.html">较早的文章</a></div>',
    "so many further rows": '<a href="index_2.html">后20条</a>',
    "numbers with 页": '<b>第1页</b><a href="index.html">第1页</a><a href="index_2.html">第2页</a>',
    "an area of a picture": '<map name="m"><area href="index_2.html" alt="下一页"></map>',
}


@pytest.mark.parametrize("pager", FOLLOWED.values(), ids=FOLLOWED)
def test_what_leads_to_the_next_page_without_its_words_is_followed(pager: str) -> None:
    """The class, the name of the picture and `rel` say where an arrow leads."""
    page = read(pager)
    assert page.turning.pages == (f"{FOLDER}index_2.html",)
    assert page.turning.complete


def test_the_head_tells_of_the_next_page() -> None:
    """`<link rel="next">` is one; what some systems write so for the next article is none."""
    assert read("", head='<link rel="next" href="index_2.html">').turning.pages == (f"{FOLDER}index_2.html",)
    assert not read("", head='<link rel="next" href="2026/t20260111_99.html">').turning.pages


def test_a_menu_of_addresses_holds_all_pages() -> None:
    """A menu that jumps to pages names them all."""
    menu = MENU.format(script="location.href=this.value", options=choices("list_{}.html"))
    page = read(menu, url=f"{FOLDER}list_1.html")
    assert page.turning.pages == tuple(f"{FOLDER}list_{number}.html" for number in (2, 3, 4))
    assert page.turning.complete


NOT_READ = {
    "a menu of numbers": MENU.format(script="goPage(this.value)", options=choices("{}", "{}")),
    "a click on a span": '<div><span>1</span><span onclick="goPage(2)">2</span></div>',
    "a click on a picture": '<div><img src="n.gif" onclick="toPage(2)"></div>',
    "a button": "<div><button>下一页</button></div>",
    "an icon in a button": '<div class="pager"><button class="btn-next"></button></div>',
    "an input": '<input type="button" value="下一页" onclick="go(2)">',
    "a form": '<form method="post"><input type="hidden" name="p" value="2"><input type="submit" value="下页"></form>',
    "a field for the page": '<form method="post">到第<input name="pageNo" value="1">页 <input type="submit"></form>',
    "a number of a script": '<ul><li data-page="1">1</li><li data-page="2">2</li></ul>',
    "numbers rendered on the server": '<div class="pagination"><span>1</span><span>2</span><span>3</span></div>',
    "more, by a script": '<div class="load-more" onclick="loadMore()">更多</div>',
    "more, by a button": "<button>显示更多</button>",
    "more, by a link to a script": '<a href="javascript:loadMore()">查看更多</a>',
    "more, by scrolling": (
        "<script>$(window).scroll(function(){ if ($(window).scrollTop() > 9) {"
        " $.get('/list?page=' + (++page), function(r) { $('ul').append(r) }) } })</script>"
    ),
    "a count in the pager's call": "<script>laypage.render({elem: 'page', count: 87, limit: 20})</script>",
    "a count beside the rows a page": "<script>window.__NUXT__={data:[{total:87,pageSize:5,list:[]}]}</script>",
    "the count of 大汉": '<div id="page_div"></div><script>$("#page_div").page({count:87,perpage:20})</script>',
    "a fraction": '<div class="page"><span>1/5</span> <a href="javascript:;"></a></div>',
}


@pytest.mark.parametrize("pager", NOT_READ.values(), ids=NOT_READ)
def test_pages_that_nobody_can_ask_for_are_told_of(pager: str) -> None:
    """What a script or a form turns is never taken for the whole list."""
    page = read(pager)
    assert len(page.rows) == 5
    assert page.turning.family is Paging.SCRIPT
    assert not page.turning.complete


WHOLE = {
    "arrows of a slide show": '<div class="swiper"><a class="next" href="javascript:;"></a><i>1</i><i>2</i></div>',
    "a place with more": '<div class="hot"><a class="more" href="/zwgk/">查看更多</a></div>',
    "months": '<form><select name="month">' + choices("{}", "{}") + "</select>月<button>查询</button></form>",
    "a search form": '<form method="post"><input type="hidden" name="pageNo" value="1"><input name="kw"></form>',
    "a field where all is one page": '<div class="page">1/1 到第<input name="pageNo">页 <button>确定</button></div>',
    "a button that is off": '<div class="pager"><button class="btn-next" disabled></button></div>',
    "a pager that leads to itself": '<a onclick="goPage(1)">首页</a> <a onclick="goPage(1)">下一页</a>',
    "as many as there are": "<script>laypage.render({elem: 'page', count: 5, limit: 20})</script>",
    "a menu of one page": MENU.format(script="goPage(this.value)", options='<option value="1">第1页</option>'),
    "an arrow to the top": '<a href="#" class="page-up"></a>',
    "a part of a sum": '<div class="page-note">已完成投资1/2以上</div>',
    "a script that watches the height": "<script>$(window).scroll(function(){ $('.top').show() })</script>",
}


@pytest.mark.parametrize("beside", WHOLE.values(), ids=WHOLE)
def test_what_turns_no_page_leaves_a_list_whole(beside: str) -> None:
    """Slide shows, searches and pagers of one page are no further pages."""
    assert read(beside).turning.complete
    assert not read(beside).turning.pages
    assert read("", before=beside).turning.complete
