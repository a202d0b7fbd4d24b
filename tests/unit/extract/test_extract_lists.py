"""Lists: which rows a column page has, their dates, and what is no list."""

from datetime import date

import pytest

from jimo_lint.extract.pages.page import Page, read_page

AS_OF = date(2026, 1, 31)
URL = "https://www.example.gov.cn/zwgk/tzgg/index.html"
NAV = '<div class="nav"><ul>' + "".join(f'<li><a href="/lm{n}/">导航栏目{n}</a></li>' for n in range(8)) + "</ul></div>"
SIDE = (
    '<div class="leftbox"><h3>政务公开</h3><ul><li><a href="index.html">通知公告</a></li><li><a href="../gsgg/">'
    "公示公告</a></li>"
    '<li><a href="../zcwj/">政策文件</a></li></ul></div>'
)
FOOT = (
    '<div class="footer"><p>主办单位：示例区人民政府办公室　网站标识码：3702150001</p>'
    "<p>鲁ICP备 05038584号 版权所有 2010-2026</p></div>"
)
TITLES = ("关于公布二〇二六年重点项目名单的通知", "示例区节约用水宣传周活动公告", "关于做好冬季取暖安全工作的提示")
DAYS = ("2026-01-20", "2026-01-28", "2025-12-30")


def read(main: str, url: str = URL, head: str = "") -> Page:
    html = (
        f"<html><head><title>通知公告-示例区人民政府</title>{head}</head><body>{NAV}"
        f'<div class="crumb">当前位置：<a href="/">首页</a> &gt; <a href="index.html">通知公告</a></div>{SIDE}'
        f'<div class="rightbox">{main}</div>{FOOT}</body></html>'
    )
    return read_page(html, url, as_of=AS_OF)


def days(page: Page) -> list[str]:
    return [item.published.date().isoformat() if item.published else "" for item in page.rows]


def rows(form: str, written: tuple[str, ...] = DAYS) -> str:
    return "".join(
        form.format(title=title, day=day, url=f"./202601/t{number}_100{number}.html")
        for number, (title, day) in enumerate(zip(TITLES, written, strict=True))
    )


FORMS = {
    "span after the link": ("<ul>", '<li><a href="{url}">{title}</a><span>{day}</span></li>', "</ul>"),
    "span before the link": ("<ul>", '<li><span>[{day}]</span><a href="{url}">{title}</a></li>', "</ul>"),
    "table": (
        "<table><tr><th>标题</th><th>日期</th></tr>",
        '<tr><td><a href="{url}">{title}</a></td><td>{day}</td></tr>',
        "</table>",
    ),
    "font": ("<ul>", '<li><a href="{url}">{title}</a><font color="gray">({day})</font></li>', "</ul>"),
    "dd and p": ("<dl>", '<dd><a href="{url}">{title}</a></dd><p>{day}</p>', "</dl>"),
    "flat run": ("<div>", '<a href="{url}">{title}</a><i>{day}</i><br>', "</div>"),
    "flat run, dates first": ("<div>", '<i>{day}</i><a href="{url}">{title}</a><br>', "</div>"),
    "a table a row": ("<div>", '<table><tr><td><a href="{url}">{title}</a></td><td>{day}</td></tr></table>', "</div>"),
    "link around all": ("<div>", '<a href="{url}"><h4>{title}</h4><em>{day}</em></a>', "</div>"),
    "date in the link": ("<ul>", '<li><a href="{url}">{title}<span>{day}</span></a></li>', "</ul>"),
    "date before the title in the link": ("<ul>", '<li><a href="{url}"><i>[{day}]</i>{title}</a></li>', "</ul>"),
    "split date in the link": (
        "<ul>",
        (
            '<li><a href="{url}"><p>{title}</p><p>为了进一步方便群众办事，现将有关事项公布如下。</p>'
            "<div><b>{day[8]}{day[9]}</b><span>{day[0]}{day[1]}{day[2]}{day[3]}-{day[5]}{day[6]}</span></div></a></li>"
        ),
        "</ul>",
    ),
    "card": (
        "<div>",
        (
            '<a href="{url}"><div>{title}</div><div>为了方便群众办事，现将有关事项公布如下。</div>'
            "<div>日期：<span>{day}</span></div></a>"
        ),
        "</div>",
    ),
    "card with marks": (
        "<ul>",
        '<li><a href="{url}"><div>置顶</div><div>Jan</div><div>{title}</div><p>公布如下。</p><em>{day}</em></a></li>',
        "</ul>",
    ),
    "card with a picture and a button": (
        "<ul>",
        (
            '<li><a href="{url}"><img src="a.jpg"><div>政策解读</div><h3>{title}</h3><p>现将有关事项公布如下。</p>'
            "<em>{day}</em><div>查看详情</div></a></li>"
        ),
        "</ul>",
    ),
    "relative date": (
        "<ul>",
        '<li><a href="{url}">{title}</a><time datetime="{day}T09:00:00+08:00">2天前</time></li>',
        "</ul>",
    ),
    "relative date in the link": (
        "<ul>",
        '<li><a href="{url}">{title}<time datetime="{day}">昨天</time></a></li>',
        "</ul>",
    ),
    "date shown and meant": (
        "<ul>",
        '<li><a href="{url}">{title}</a><time datetime="2020-01-01">{day}</time></li>',
        "</ul>",
    ),
    "tooltip of PowerEasy": (
        "<ul>",
        (
            '<li><a href="{url}" title="标题：{title}&#13;点击数：28&#13;发表时间：2019年01月01日">{title:.8}...</a>'
            "<span>{day}</span></li>"
        ),
        "</ul>",
    ),
    "behind the title after a blank": ("<ul>", '<li><a href="{url}">{title} {day}</a></li>', "</ul>"),
    "bullet in the link": ("<ul>", '<li><a href="{url}">·{title}</a>（{day}）</li>', "</ul>"),
    "pager in the last row": (
        "<ul>",
        '<li><a href="{url}">{title}</a><span>{day}</span></li>',
        '<li><div class="fenye"><a href="index_1.html">尾页</a><a href="/search">检索</a></div></li></ul>',
    ),
    "title over two lines": (
        "<ul>",
        '<li><a href="{url}">{title:.8}<br><span>{title[8]}{title[9]}</span></a><span>{day}</span></li>',
        "</ul>",
    ),
    "summary below": (
        "<ul>",
        (
            '<li><a href="{url}">{title}</a><p>为了进一步方便群众办事，现将有关事项公布如下，请各单位认真组织实施。</p>'
            "<span>{day} 10:30</span></li>"
        ),
        "</ul>",
    ),
    "picture and headline": (
        "<ul>",
        '<li><a href="{url}"><img src="a.jpg"></a><a href="{url}">{title}</a><span>{day}</span></li>',
        "</ul>",
    ),
    "category before the title": (
        "<ul>",
        '<li><a href="../">[通知]</a><a href="{url}">{title}</a><span>{day}</span></li>',
        "</ul>",
    ),
    "labelled": ("<ul>", '<li><a href="{url}">{title}</a><span>发布时间：{day}</span></li>', "</ul>"),
    "in brackets behind the title": ("<ul>", '<li><a href="{url}">{title}（{day}）</a></li>', "</ul>"),
    "document table": (
        "<table>",
        (
            '<tr><td>370215/2026-0{title[0]}</td><td><a href="{url}">{title}</a></td><td>2024-03-01</td><td>{day}</td>'
            "</tr>"
        ),
        "</table>",
    ),
    "date of signature in a tooltip": (
        "<table>",
        '<tr><td><a href="{url}">{title}</a><div><p>成文日期：2024-01-01</p></div></td><td>{day}</td></tr>',
        "</table>",
    ),
    "a list every row": ("<div>", '<ul><li><a href="{url}">{title}</a><span>{day}</span></li></ul>', "</div>"),
    "unclosed rows": ("<ul>", '<li><a href="{url}">{title}</a><span>{day}</span>', "</ul>"),
    "script link": ("<ul>", '<li><a href="javascript:show(1)">{title}</a><span>{day}</span></li>', "</ul>"),
}


@pytest.mark.parametrize("form", FORMS)
def test_every_layout_of_rows_is_read(form: str) -> None:
    """Date behind, before, below or around the link: title, date and number of rows are right."""
    before, row, after = FORMS[form]
    page = read(before + rows(row) + after)
    assert page.is_list
    assert days(page) == list(DAYS)
    cut = 10 if form == "title over two lines" else None
    assert [item.title for item in page.rows] == [title[:cut] for title in TITLES]
    assert page.turning.complete and len(page.turning.pages) == (form == "pager in the last row")
    assert not page.landing and not page.blank_notice and not page.scripted


@pytest.mark.parametrize(
    "written",
    [
        ("2026.01.20", "2026.1.28", "2025.12.30"),
        ("2026/1/20", "2026/1/28", "2025/12/30"),
        ("2026年1月20日", "2026年01月28日", "2025年12月30日"),
        ("[01-20]", "[01-28]", "[12-30]"),
        ("01/20", "01/28", "12/30"),
        ("20260120", "20260128", "20251230"),
        ("2026-01-20 08:30:00", "2026-01-28 08:30", "2025-12-30"),
        ("<b>20</b><i>2026-01</i>", "<b>28</b><i>2026.01</i>", "<b>30</b><i>2025年12月</i>"),
        ("<b>01-20</b><i>2026</i>", "<b>01-28</b><i>2026</i>", "<b>12-30</b><i>2025</i>"),
        ("<b>20</b><i>1月</i>", "<b>28</b><i>1月</i>", "<b>30</b><i>12月</i>"),
    ],
)
def test_every_form_of_date_is_read(written: tuple[str, ...]) -> None:
    """Whole, short, compact and split dates give the same days."""
    assert days(
        read("<ul>" + rows('<li><a href="{url}">{title}</a><span>{day}</span></li>', written) + "</ul>")
    ) == list(DAYS)


def test_year_left_out_follows_the_address() -> None:
    """MM-DD of an old list takes the year its address shows, not the current one."""
    page = read(
        '<ul><li><a href="/2019-03/11/c_1.html">关于清明节放假的通知</a><span>03-11</span></li>'
        '<li><a href="/2018-12/30/c_2.html">关于元旦放假的通知</a><span>12-30</span></li></ul>'
    )
    assert days(page) == ["2019-03-11", "2018-12-30"]


def test_a_date_that_lies_ahead_is_kept_as_shown() -> None:
    """A row's date after the day of inspection is read as it stands; whether it is believed is decided elsewhere."""
    page = read(
        "<ul>"
        + rows('<li><a href="{url}">{title}</a><span>{day}</span></li>', ("2026-01-20", "2062-01-28", "2025-12-30"))
        + "</ul>"
    )
    assert days(page) == ["2026-01-20", "2062-01-28", "2025-12-30"]


def test_commented_rows_are_no_rows() -> None:
    """Decoys in comments do not count."""
    live = rows('<li><a href="{url}">{title}</a><span>{day}</span></li>')
    page = read(
        f'<ul>{live}<!-- <li><a href="x_9999.html">已删除的通知公告标题</a><span>2026-01-30</span></li> --></ul>'
    )
    assert len(page.rows) == 3


def test_sidebar_and_hot_lists_do_not_count() -> None:
    """热门推荐 beside the list is newer than the list and still no part of it."""
    hot = "".join(
        f'<li><a href="/hot/{n}.html">近期热门的新闻标题第{n}条</a><span>2026-01-31</span></li>' for n in range(6)
    )
    page = read(
        "<ul class='list'>" + rows('<li><a href="{url}">{title}</a><span>{day}</span></li>') + "</ul>"
        f'<div class="box"><h3>热门推荐</h3><ul class="items">{hot}</ul></div>'
    )
    assert days(page) == list(DAYS)


def test_hidden_tabs_and_split_lists_belong_together() -> None:
    """Rows in several lists built alike are one list."""
    row = '<li><a href="{url}">{title}</a><span>{day}</span></li>'
    second = rows(row, ("2026-01-29", "2026-01-11", "2025-11-30")).replace("./202601", "./202602")
    page = read(f'<ul class="list on">{rows(row)}</ul><ul class="list" style="display:none">{second}</ul>')
    assert len(page.rows) == 6


def test_single_row_is_a_list() -> None:
    """A column with one item is not blank."""
    page = read('<ul><li><a href="202601/1001.html">路　标</a><span>2026-01-06</span></li></ul>')
    assert days(page) == ["2026-01-06"]
    assert page.rows[0].title == "路　标"


def test_single_row_without_date_is_no_blankness() -> None:
    """One entry that shows no date is an entry; beside 暂无信息 it is something else that the page has."""
    row = '<ul class="list"><li><a href="202601/1001.html">关于公布重点项目名单的通知</a></li></ul>'
    assert [item.title for item in read(row).rows] == ["关于公布重点项目名单的通知"]
    assert read(f"<div>暂无信息</div>{row}").blank_notice


def test_list_without_dates_is_a_list() -> None:
    """Leaders and files listed without dates are rows without dates."""
    page = read("<ul>" + rows('<li><a href="{url}">{title}</a></li>') + "</ul>")
    assert page.is_list and len(page.rows) == 3 and days(page) == ["", "", ""]


def test_cut_title_is_taken_whole_from_its_attribute() -> None:
    """Titles cut with dots are read from `title="…"`."""
    page = read(
        '<ul><li><a href="202601/1.html" title="关于开展安全生产检查的通知">关于开展安全...</a><i>2026-01-06</i></li>'
        "</ul>"
    )
    assert page.rows[0].title == "关于开展安全生产检查的通知"


@pytest.mark.parametrize(
    "notice",
    [
        "此栏目暂无任何新增信息",
        "暂无信息",
        "暂无数据！",
        "没有相关记录",
        "栏目正在建设中",
        "共 0 条记录",
        "暂无相关内容，敬请期待",
    ],
)
def test_blank_notice_is_seen(notice: str) -> None:
    """A page that says it has nothing is blank, whatever menus stand around."""
    page = read(f'<div class="list"><ul>{notice}</ul></div>')
    assert page.rows == () and page.blank_notice and not page.landing and not page.scripted and not page.is_list


def test_blank_page_without_notice_is_no_landing_page() -> None:
    """An empty list below a menu of neighbours is blank."""
    page = read('<h2>通知公告</h2><ul class="list"></ul><div class="page">首页 上一页 下一页</div>')
    assert page.rows == () and not page.landing and not page.scripted and not page.blank_notice


def test_notice_beside_a_full_list_means_nothing() -> None:
    """A hidden 暂无数据 of a template does not make a column blank."""
    page = read(
        "<ul>" + rows('<li><a href="{url}">{title}</a><i>{day}</i></li>') + '</ul><p style="display:none">暂无数据</p>'
    )
    assert len(page.rows) == 3 and not page.blank_notice


def test_page_of_subcolumns_is_a_landing_page() -> None:
    """Links to sub-columns are no rows and no blankness."""
    page = read(
        '<ul><li><a href="czxx/">财政信息</a></li><li><a href="rsxx/">人事信息</a></li><li><a href="jyxx/">'
        "教育信息</a></li></ul>"
    )
    assert page.rows == () and page.landing and not page.is_list


def test_meta_refresh_is_a_landing_page() -> None:
    """A page that only sends on says where to."""
    page = read("", head='<meta http-equiv="Refresh" content="0; URL=\'./gsgg/index.html\'">')
    assert page.refresh == "https://www.example.gov.cn/zwgk/tzgg/gsgg/index.html" and page.landing


def test_page_of_text_is_its_own_row() -> None:
    """A column that shows one text (机构职能) is not blank."""
    page = read(f'<div id="zoom"><p>{"本单位负责示例区的各项日常行政工作。" * 6}</p></div>')
    assert len(page.rows) == 1 and page.rows[0].url == URL and not page.is_list


@pytest.mark.parametrize(
    "script",
    [
        '<script>$.ajax({url:"/module/web/jpage/dataproxy.jsp?page=1"})</script><div id="list"></div>',
        '<div queryData="{}" url="/api-gateway/jpaas-publish-server/front/page/build/unit"></div>',
        '<script src="/gkmlpt/js/index.js"></script><div class="gkmlpt-list"></div>',
        '<div id="app"></div>',
        '<ul><li v-for="item in list">{{ item.title }}</li></ul>',
        '<script>$.getJSON("/api/list", function(d){ $("#list").append(d.html); })</script><ul id="list"></ul>',
        '<iframe src="list.jsp" width="700" height="600"></iframe>',
        '<script>var rows = [{title:"示例通知一",url:"/a/1.html"},{title:"示例公告二",url:"/a/2.html"}]</script>',
    ],
)
def test_lists_filled_by_script_are_never_blank(script: str) -> None:
    """What a script fills in is unknown, even beside a notice."""
    page = read(script + '<p class="empty">暂无数据</p>')
    assert page.rows == () and page.scripted and not page.blank_notice


def test_what_a_page_says_of_itself_for_sharing_is_no_list() -> None:
    """One title with one address is the page's own: the empty column stays blank."""
    page = read(
        '<script>var share = {title: "示例区人民政府通知公告", url: "https://www.example.gov.cn/"};</script>'
        '<p class="empty">暂无数据</p>'
    )
    assert page.blank_notice and not page.scripted


def test_inline_records_of_hanweb_are_rows() -> None:
    """The first page's rows stand inside a script; the rest is known to be missing."""
    records = "".join(
        f'<record><![CDATA[<li><a href="/art/2026/1/{n}/art_5_{n}.html">示例新闻标题第{n}条</a><span>'
        f"2026-01-{n:02d}</span></li>]]></record>"
        for n in range(1, 6)
    )
    page = read(
        '<div id="1001"><script type="text/xml"><datastore><nextgroup>'
        '<![CDATA[<a href="/module/web/jpage/dataproxy.jsp?page=1">'
        f"</a>]]></nextgroup><totalrecord>30</totalrecord><recordset>{records}</recordset></datastore></script></div>"
    )
    assert len(page.rows) == 5 and page.rows[0].url == "https://www.example.gov.cn/art/2026/1/1/art_5_1.html"
    assert not page.turning.complete and page.is_list


def test_article_with_related_list_is_no_list() -> None:
    """相关阅读 below an article does not make it a list page."""
    related = "".join(
        f'<li><a href="/a/{n}123.html">相关的新闻标题第{n}条</a><span>2026-01-1{n}</span></li>' for n in range(4)
    )
    page = read(
        f'<h1>示例区召开会议</h1><p>发布时间：2026-01-20 来源：示例区</p><div class="content"><p>'
        f"{'会议要求，各单位要抓好落实。' * 20}</p></div>"
        f"<div><h4>相关阅读</h4><ul>{related}</ul></div>"
    )
    assert not page.is_list and page.document.published_from == "label"


def test_neighbours_of_an_article_are_no_list() -> None:
    """上一篇 and 下一篇 are no rows."""
    page = read(
        '<div class="bt">示例区召开会议</div><div class="neirong"><p>会议短讯。</p></div><ul><li><a href="t_1.html">'
        "上一篇：前面的文章</a></li>"
        '<li><a href="t_3.html">下一篇：后面的文章</a></li></ul>'
    )
    assert not page.is_list


def test_menus_above_the_breadcrumb_do_not_make_a_landing_page() -> None:
    """An old page of nested tables whose list is empty is blank, not a page of sub-columns."""
    menu = "<table><tr>" + "".join(f'<td><a href="/lm{n}/">导航栏目{n}</a></td>' for n in range(8)) + "</tr></table>"
    crumbs = '<table><tr><td>您的位置：<a href="/">首页</a> &gt; <a href="index.html">通知</a></td></tr></table>'
    foot = "<table><tr><td>地址：示例路一百号行政中心 邮政编码：266000</td></tr><tr><td>主办：示例县</td></tr></table>"
    html = f"<body>{menu}{crumbs}<table></table>{foot}</body>"
    page = read_page(html, URL, as_of=AS_OF)
    assert page.rows == () and not page.landing


def test_column_with_a_publishing_meta_is_still_a_list() -> None:
    """Some systems write PubDate on column pages too."""
    page = read(
        "<ul>" + rows('<li><a href="{url}">{title}</a><i>{day}</i></li>') + "</ul>",
        head='<meta name="PubDate" content="2026-01-01">',
    )
    assert page.is_list and days(page) == list(DAYS)


def test_short_page_of_contacts_is_not_blank() -> None:
    """A few lines of address and telephone are content."""
    page = read(
        "<h2>联系我们</h2><p>地址：示例区示例路一百号行政中心</p><p>电话：0532-88888888</p><p>邮政编码：266000</p>"
    )
    assert len(page.rows) == 1 and not page.is_list


def test_notice_goes_before_a_dated_sidebar() -> None:
    """A blank column with fresh news in its sidebar is blank."""
    news = "".join(f'<li><a href="/xw/{n}123.html">最新的新闻标题第{n}条</a><i>2026-01-30</i></li>' for n in range(5))
    page = read(f'<div class="list">暂无信息</div><div class="sidebar"><ul>{news}</ul></div>')
    assert page.rows == () and page.blank_notice and not page.is_list


def test_column_named_like_a_box_is_read() -> None:
    """A list below its own name 通知公告热点 is the page's list, though 热点 elsewhere heads a box."""
    row = '<ul><li><a href="202601/1001.html">示例活动的公告标题</a><i>2026-01-06</i></li></ul>'
    html = f"<html><head><title>热点专题-示例区</title></head><body><h3>热点专题</h3>{row}</body></html>"
    assert read_page(html, URL, as_of=AS_OF).is_list


def test_rows_written_by_trs_scripts_are_unknown() -> None:
    """Rows that a script writes from variables are not read, so the column is not blank."""
    script = '<script>var url = "./202602/t1.shtml"; var title = "标题"; put(url, title);</script>'
    page = read(f"<ul>{script}</ul>")
    assert page.rows == () and page.scripted


def test_text_that_speaks_of_missing_files_is_no_notice() -> None:
    """没有文件 inside an article is part of it."""
    page = read(
        f'<div id="zoom"><p>{"本单位负责示例区的各项日常行政工作。" * 10}</p><p>本年度没有文件被撤销。</p></div>'
    )
    assert len(page.rows) == 1 and not page.blank_notice


def test_two_rows_with_labelled_dates_are_a_list() -> None:
    """发布时间 in each of two rows does not make the page an article."""
    form = '<li><a href="{url}">{title}</a><p>发布时间：{day}</p></li>'
    page = read(
        "<ul>" + "".join(form.format(url=f"c_10{n}.html", title=TITLES[n], day=DAYS[n]) for n in (0, 1)) + "</ul>"
    )
    assert page.is_list and days(page) == list(DAYS[:2])


def test_a_script_that_turns_to_page_two_means_the_list_is_not_blank() -> None:
    """No rows but 下一页 leading to page 2 by script: the rows are there, only not for us."""
    crumbs = '<div class="crumbs">当前位置：<a href="/">首页</a> &gt; <a href="/zx/">咨询回复</a></div>'
    turning = '<div id="letters"></div><a href="javascript:goPage(2)">下一页</a>'
    assert read(crumbs + turning).scripted
    alone = '<div id="letters"></div><a href="javascript:goPage(1)">下一页</a>'
    assert not read(crumbs + alone).scripted
