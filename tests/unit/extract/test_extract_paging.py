"""Further pages of a list: static links, TRS, and pagers that cannot be followed."""

from datetime import date

import pytest

from jimo_lint.extract.pages.page import Page, read_page
from jimo_lint.model import Paging

URL = "https://www.example.gov.cn/tzgg/index.html"
ROWS = "".join(
    f'<li><a href="2026/10{n}.html">关于示例事项的通知{n}</a><span>2026-01-1{n}</span></li>' for n in range(5)
)


def read(pager: str, url: str = URL) -> Page:
    return read_page(f"<body><ul>{ROWS}</ul><div>{pager}</div></body>", url, as_of=date(2026, 1, 31))


def names(page: Page) -> list[str]:
    return [url.rpartition("/")[2] for url in page.turning.pages]


def test_static_links_to_next_and_last_give_all_between() -> None:
    """尾页 is index_5: pages 2 to 5 follow, though only two of them are linked."""
    page = read('<a href="index_2.html">下一页</a> <a href="index_5.html">尾页</a>')
    assert names(page) == ["index_2.html", "index_3.html", "index_4.html", "index_5.html"]
    assert page.turning.complete


@pytest.mark.parametrize(
    ("pager", "follow"),
    [
        (
            '<a href="index.html">首页</a> 1/4 <a href="list_4.html">末页</a>',
            ["list_2.html", "list_3.html", "list_4.html"],
        ),
        ('第1/4页 <a href="index_3.html">尾页</a>', ["index_1.html", "index_2.html", "index_3.html"]),
        ('共4页 <a href="tzgg/1.htm">尾页</a>', ["3.htm", "2.htm", "1.htm"]),
        ('1/2 <a href="index_1.html">尾页</a>', ["index_1.html"]),
        ('<a href="index_2.html">尾页</a>', ["index_2.html"]),
        ('<a href="index_2.html">下 一 页</a>', ["index_2.html"]),
    ],
)
def test_the_last_page_tells_of_those_before(pager: str, follow: list[str]) -> None:
    """Where it alone is linked, the count says how its number is meant."""
    page = read(pager)
    assert names(page) == follow
    assert page.turning.complete


@pytest.mark.parametrize(
    "pager",
    [
        '<a href="list_7.html">尾页</a>',
        '共9页 <a href="list.asp?a=x">尾页</a>',
        '<a href="list_7.html">尾页</a> 1/4',
        "<script>laypage({cont: 'page', pages: 4, skip: true})</script>",
    ],
)
def test_pages_between_that_nothing_tells_of_are_missing(pager: str) -> None:
    """The list is not taken as read whole."""
    assert not read(pager).turning.complete


def test_pages_counted_down_are_read_from_the_newest() -> None:
    """博达: page 2 of 5 is 4.htm and the last one 1.htm; they follow in the order of the pages."""
    numbers = '1 <a href="tzgg/4.htm">2</a> <a href="tzgg/3.htm">3</a>'
    pager = f'{numbers} <a href="tzgg/4.htm">下页</a> <a href="tzgg/1.htm">尾页</a>'
    page = read(pager, "https://www.example.gov.cn/tzgg.htm")
    assert names(page) == ["4.htm", "3.htm", "2.htm", "1.htm"]
    assert page.turning.known == 5


def test_a_button_for_more_is_a_pager_that_cannot_be_followed() -> None:
    """加载更多 below the list says that there are rows nobody has read; 没有更多了 says that there are none."""
    page = read('<div class="more" onclick="load()">加载更多</div>')
    assert (page.turning.family, page.turning.complete) == (Paging.SCRIPT, False)
    assert read('<div class="more">没有更多了</div>').turning.complete


def test_numbers_alone_are_followed() -> None:
    """A pager of numbers only."""
    assert names(read('<a href="list_2.html">2</a> <a href="list_3.html">3</a>')) == ["list_2.html", "list_3.html"]


def test_pages_in_the_query_are_followed() -> None:
    """`?page=n` is a page number as well."""
    page = read(
        '<a href="?cid=7&page=2">下一页</a><a href="?cid=7&page=4">末页</a>',
        "https://www.example.gov.cn/list.jsp?cid=7",
    )
    assert names(page) == ["list.jsp?cid=7&page=2", "list.jsp?cid=7&page=3", "list.jsp?cid=7&page=4"]


def test_last_page_of_another_kind_is_not_filled_up() -> None:
    """Where next and last page are written differently, nothing is guessed."""
    assert sorted(names(read('<a href="index_2.html">下一页</a><a href="all.html">尾页</a>'))) == [
        "all.html",
        "index_2.html",
    ]


@pytest.mark.parametrize(
    "call",
    [
        'createPageHTML(4, 0, "index", "html");',
        "createPageHTML('page_div',4, 0,'index','html',60);",
        'var countPage = 4; var currentPage = 0;\ncreatePageHTML(countPage, currentPage, "index", "html");',
        '/* createPageHTML(9,0,"a","html") */ //createPageHTML(8,0,"a","html")\ncreatePageHTML(4, 0, "index", "html");',
    ],
)
def test_trs_pages_count_from_one_less(call: str) -> None:
    """Page n of TRS is index_{n-1}; commented calls are decoys."""
    page = read(f"<!-- <script>createPageHTML(7, 0, 'index', 'html')</script> --><script>{call}</script>")
    assert names(page) == ["index_1.html", "index_2.html", "index_3.html"] and page.turning.complete


@pytest.mark.parametrize("before", ["", "'page_div', "])
def test_a_first_page_that_calls_itself_1_is_followed_by_index_2(before: str) -> None:
    """Makers other than TRS count from 1 in the same call: page n is index_n, up to the last."""
    page = read(f'<script>createPageHTML({before}4, 1, "index", "html", 60);</script>')
    assert names(page) == ["index_2.html", "index_3.html", "index_4.html"] and page.turning.complete


def test_a_numbered_page_leads_to_no_page_that_may_not_be_there() -> None:
    """index_2 that calls itself 2 may be counted either way: index_1 or index_4 may not exist."""
    page = read('<script>createPageHTML(4, 2, "index", "html");</script>', URL.replace("index", "index_2"))
    assert names(page) == ["index.html", "index_3.html"]


def test_trs_single_page_has_no_further_pages() -> None:
    """One page is all of it."""
    page = read('<script>createPageHTML(1, 0, "index", "html");</script>')
    assert page.turning.pages == () and page.turning.complete


@pytest.mark.parametrize(
    "pager",
    [
        '共 5 页 <a href="javascript:goPage(2)">下一页</a>',
        '第1/5页 <a href="#" onclick="turn(2)">下一页</a>',
        '<script>function goPage(n){form.submit()}</script><a href="javascript:goPage(2)">下一页</a>',
        "<script>var currentPage=0; var countPage=3;</script>",
        "<script>var maxPageNum=0; maxPageNum = 199; if (maxPageNum>1) writePaging();</script>",
        "<script>var options = {currPage: (0+1), pageCount:66}</script>",
        '<script>$(".pagination").pagination("setPage", 1, 322);</script>',
        '<div pagesize="24" pagecount="51"></div>',
        "<script>var recordCount=61; var pageSize=20; var currentPage=0;</script>",
        '<script>var dataTotal = parseInt("45"); var pagenum = parseInt("1");</script>',
        "共 45 条记录",
    ],
)
def test_script_pagers_are_said_to_be_unread(pager: str) -> None:
    """Pages behind a script make the reading incomplete."""
    page = read(pager)
    assert page.turning.pages == () and not page.turning.complete


@pytest.mark.parametrize(
    "pager",
    [
        "",
        "共 1 页",
        "<script>var countPage = 1; // var pageCount = 7</script>",
        "<i pagecount=1></i>",
        "<script>var recordCount=3; var pageSize=20;</script>",
        "共 2 条记录",
        "共 45 条意见",
        "第1/1页 <a href='javascript:goPage(1)'>下一页</a>",
        "<a>上一页</a> <b>1</b> <a>下一页</a>",
    ],
)
def test_single_pages_are_complete(pager: str) -> None:
    """No pager, or one that says it has one page."""
    assert read(pager).turning.complete


def test_links_to_the_next_article_are_no_pages() -> None:
    """下一篇 leads to an article."""
    assert read('<a href="104.html">下一篇</a>').turning.pages == ()


FIRST = "https://www.example.gov.cn/tzgg/"


@pytest.mark.parametrize(
    ("pager", "url", "follows"),
    [
        ('<a href="index.html">1</a> <a href="index_2.html">2</a> <a href="index_2.html">下一页</a>', FIRST, 1),
        ('<a href="index.htm">1</a> <a href="index_1.htm">2</a> <a href="index_2.htm">3</a>', FIRST, 2),
        ('<a href="index_0.html">1</a> <a href="index_1.html">2</a>', FIRST, 1),
        ('<a href="list_1.html">1</a> <a href="list_2.html">2</a> <a href="list_3.html">3</a>', FIRST, 2),
        ('<a href="default.aspx">1</a><a href="p2.aspx">2</a><a href="p2.aspx">下页</a>', FIRST, 1),
        ('<a href="./">1</a> <a href="index_2.html">2</a> <a href="index_3.html">3</a>', URL, 2),
        ('<a href="?page=1">1</a> <a href="?page=2">2</a> <a href="?page=5">尾页</a>', FIRST, 4),
        ('<a href="list_1.html">1</a> <a href="list_2.html">2</a> <a href="list_9.html">尾页</a>', FIRST, 8),
        ('<a href="index.html">首页</a><a href="index.html">上一页</a><a href="index.html">下一页</a>', FIRST, 0),
        ('<a href="l_1.html">上一页</a><a href="l_1.html">下一页</a><a href="l_1.html">尾页</a> 共1页', FIRST, 0),
        ('<a href="http://www.example.gov.cn/tzgg/">1</a> <a href="index_2.html">2</a>', URL, 1),
    ],
)  # fmt: skip
def test_the_first_page_counts_once_whatever_its_address(pager: str, url: str, follows: int) -> None:
    """Page 1 linked as index.html, list_1.html or ?page=1 is the page that is being read, and no further one."""
    page = read(pager, url)
    assert len(page.turning.pages) == follows
    assert page.turning.known == follows + 1 or (not follows and page.turning.known < 2)


@pytest.mark.parametrize(
    ("pager", "url", "follows"),
    [
        ('<a href="./">1</a> <a href="index_2.html">2</a> 3 <a href="index_4.html">4</a>', FIRST + "index_3.html", 3),
        ('<a href="./">1</a> <a href="index_2.html">2</a> <b>3</b>', FIRST + "index_3.html", 2),
        ('<a href="list.html">1</a> <b>2</b> <a href="list_3.html">3</a> <a href="list_3.html">下一页</a>', FIRST, 2),
    ],
)
def test_a_later_page_leads_back_to_the_first(pager: str, url: str, follows: int) -> None:
    """Where the page being read is another one, number 1 is a page to follow."""
    page = read(pager, url)
    assert (len(page.turning.pages), page.turning.known) == (follows, follows + 1)


@pytest.mark.parametrize(
    ("pager", "follow"),
    [
        ('<p class="page"><a class="cur">一</a><a href="index_2.html">二</a></p>', ["index_2.html"]),
        ('<p class="page"><a href="l_2.html">二</a><a href="l_11.html">十一</a></p>', ["l_2.html", "l_11.html"]),
        (
            '第一页 <a href="index_2.html">第二页</a> <a href="index_3.html">第三页</a>',
            ["index_2.html", "index_3.html"],
        ),
        ('<p class="page"><span>1</span><a href="index_2.html">2</a></p>', ["index_2.html"]),
        ('<p class="page"><b>1</b> <a href="index_1.html">[2]</a></p>', ["index_1.html"]),
        ('<p class="more"><a href="index_2.html">查看更多</a></p>', ["index_2.html"]),
    ],
)
def test_numbers_in_chinese_and_a_second_page_alone(pager: str, follow: list[str]) -> None:
    """A pager of two pages has one link; 查看更多 is one where its address is that of a second page."""
    url = "https://www.example.gov.cn/tzgg/"
    assert names(read(pager, url)) == follow


@pytest.mark.parametrize(
    "beside",
    [
        '<a href="index_2.html">二</a>',
        '<a href="index_2.html">2</a>',
        '<a href="../zcwj/index_2.html">查看更多</a>',
        '<a href="index_20.html">更多</a>',
    ],
)
def test_numbers_and_more_elsewhere_turn_no_page(beside: str) -> None:
    """A numeral outside of a pager, and a way to more of something else."""
    assert not names(read(f"<p>{beside}</p>", "https://www.example.gov.cn/tzgg/"))


@pytest.mark.parametrize(
    "pager",
    [
        '<a href="###" id="next">下一页</a>',
        '<a href="javascript:;" class="next">下一页</a>',
        '<a href="#" id="n">下页</a>',
        '首页 上一页 <a href="###">下一页</a> <a href="###">尾页</a>',
        "共二页，当前第一页",
    ],
)
def test_a_way_on_that_a_script_holds_is_not_all(pager: str) -> None:
    """Where only the way on is a link, a script turns the page."""
    turning = read(pager).turning
    assert (turning.family, turning.complete) == (Paging.SCRIPT, False)


@pytest.mark.parametrize(
    "pager",
    [
        '<a href="#">上一页</a> <a href="#">下一页</a>',
        '<span class="disabled"><a href="#">下一页</a></span>',
        '<a href="#" class="next off">下一页</a>',
        "上一页 下一页",
    ],
)
def test_a_way_on_that_is_off_is_all(pager: str) -> None:
    """On the only page both ways lead nowhere, or are marked."""
    assert read(pager).turning.complete
