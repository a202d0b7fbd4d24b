"""Dates that are whole only by what else their page says, and the titles and pages of such lists."""

from datetime import UTC, date, datetime

import pytest

from jimo_lint.extract.dates.partial import ago
from jimo_lint.extract.pages.page import Page, read_page

AS_OF = date(2026, 1, 31)
FETCHED = datetime(2026, 1, 31, 2, tzinfo=UTC)  # 10:00 in China
TITLES = ("关于公布二〇二六年重点项目名单的通知", "示例区节约用水宣传周活动公告", "关于做好冬季取暖安全工作的提示")


def read(main: str, fetched: datetime | None = FETCHED, as_of: date = AS_OF) -> Page:
    html = f'<html><head><title>通知公告</title></head><body><div class="box">{main}</div></body></html>'
    return read_page(html, "https://www.example.gov.cn/tzgg/", as_of=as_of, fetched=fetched)


def days(page: Page) -> list[str]:
    return [item.published.date().isoformat() if item.published else "" for item in page.rows]


def listed(
    *written: str,
    folder: str = "a",
    form: str = '<li><a href="/{folder}/{number}901.html">{title}</a><span>{day}</span></li>',
) -> str:
    rows = (
        form.format(folder=folder, number=number, title=TITLES[number % 3], day=day)
        for number, day in enumerate(written)
    )
    return f"<ul>{''.join(rows)}</ul>"


@pytest.mark.parametrize("heading", ["2024年", "2024", "【2024年度】", "2024年份"])
def test_a_year_above_completes_the_dates_below(heading: str) -> None:
    """Each heading counts up to the next one."""
    page = read(f"<h3>{heading}</h3>{listed('05-12', '03-11')}<h3>2021年</h3>{listed('12-30', folder='b')}")
    assert days(page) == ["2024-05-12", "2024-03-11", "2021-12-30"]


@pytest.mark.parametrize(
    ("main", "told"),
    [
        pytest.param(f"<p>2024年</p><p>2023年</p>{listed('01-12', '01-11')}", ["2026-01-12", "2026-01-11"], id="tabs"),
        pytest.param(
            f"<p><a href='/2024/'>2024年</a></p>{listed('01-12', '01-11')}", ["2026-01-12", "2026-01-11"], id="link"
        ),
        pytest.param(
            listed("01-12", "01-11") + f"<h3>2024年</h3>{listed('05-12', folder='b')}",
            ["2026-01-12", "2026-01-11", "2025-05-12"],
            id="below",
        ),
        pytest.param(f"<h3>2026年</h3>{listed('12-12', '11-11')}", ["2025-12-12", "2025-11-11"], id="yet to come"),
        pytest.param(f"<h3>2024年5月</h3>{listed('01-12', '01-11')}", ["2026-01-12", "2026-01-11"], id="other month"),
        pytest.param(
            f"<h3>2024年</h3>{listed('2025-01-12', '2025-01-11')}", ["2025-01-12", "2025-01-11"], id="whole dates"
        ),
        pytest.param(
            "<table><tr><td>2024</td><td><a href='/1901.html'>示例县财政预算公开情况表</a></td><td>01-12</td></tr>"
            "<tr><td>2023</td><td><a href='/1902.html'>示例县财政决算公开情况表</a></td><td>01-11</td></tr></table>",
            ["2026-01-12", "2026-01-11"],
            id="column of years",
        ),
    ],
)
def test_a_year_that_heads_nothing_completes_nothing(main: str, told: list[str]) -> None:
    """Tabs, links, years below, ahead or in a column of their own leave the dates as they were."""
    assert days(read(main)) == told


def test_days_below_a_month() -> None:
    """`12日` is a date below `2024年5月`, and none below a year or nothing."""
    assert days(read(f"<h4>2024年5月</h4>{listed('12日', '3日')}")) == ["2024-05-12", "2024-05-03"]
    assert days(read(f"<h4>2024年</h4>{listed('12日', '3日')}")) == ["", ""]


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("刚刚", "2026-01-31"),
        ("今天 08:30", "2026-01-31"),
        ("昨天", "2026-01-30"),
        ("昨日", "2026-01-30"),
        ("前日", "2026-01-29"),
        ("前天", "2026-01-29"),
        ("3天前", "2026-01-28"),
        ("5小时前", "2026-01-31"),
        ("12 个小时前", "2026-01-30"),
        ("40分钟前", "2026-01-31"),
        ("10小时前", ""),  # midnight lies between
        ("2周前", ""),
        ("3个月前", ""),
        ("大前天", ""),
        ("3天后", ""),
    ],
)
def test_words_for_days_past(text: str, day: str) -> None:
    """Counted from the given hour; what may be either of two days, and weeks and months, say nothing."""
    found = ago(text, datetime(2026, 1, 31, 10))
    assert (found.date().isoformat() if found else "") == day


def test_relative_dates_are_counted_from_the_fetch() -> None:
    """Never from the day of inspection, which may be later; in China's time; not without a time of fetching."""
    main = listed("昨天", "3天前", "2025-12-30")
    assert days(read(main, as_of=date(2026, 3, 1))) == ["2026-01-30", "2026-01-28", "2025-12-30"]
    assert days(read(main, datetime(2026, 1, 30, 20, tzinfo=UTC)))[0] == "2026-01-30"
    assert days(read(main, fetched=None)) == ["", "", "2025-12-30"]


def test_a_word_alone_is_no_date() -> None:
    """今天 of a weather report is marked up like nothing else on the page."""
    page = read('<p><b>今天</b><a href="/tq.html">示例市天气预报信息</a></p>' + listed("2025-12-30", "2025-12-29"))
    assert days(page) == ["2025-12-30", "2025-12-29"]


@pytest.mark.parametrize(
    ("written", "told"),
    [
        (("24-05-29", "24-05-11", "23-12-30"), ["2024-05-29", "2024-05-11", "2023-12-30"]),
        (("[24.05.29]", "[24.05.11]", "[23.12.30]"), ["2024-05-29", "2024-05-11", "2023-12-30"]),
        (("25/05/12", "25/05/09", "25/04/21"), ["2025-05-12", "2025-05-09", "2025-04-21"]),  # in order
        (("11-05-24", "12-05-23", "10-05-25"), ["2011-05-24", "2012-05-23", "2010-05-25"]),
        (("11-05-24", "12-05-23", "10-05-22"), ["", "", ""]),  # the other way they are in order
        (("24-05-29", "24-05-11"), ["2024-05-29", "2024-05-11"]),  # no day in 2029 is yet to come
        (("24-05-29", "24-13-11", "23-12-30"), ["", "", ""]),  # not all of them dates
        (("34-05-29", "24-05-11", "23-12-30"), ["", "", ""]),  # ahead
        (("24年5月29日", "24年11月2日"), ["2024-05-29", "2024-11-02"]),
        (("19-5-9", "18-12-30"), ["2019-05-09", "2018-12-30"]),
        (("发布时间：24-05-29 09:30",), ["2024-05-29"]),
        (("01-05-29", "99-05-11"), ["2001-05-29", "1999-05-11"]),
        (("11-05-24",), ["2011-05-24"]),
        (("10.1.2", "10.1.1"), ["", ""]),  # chapters
    ],
)
def test_two_digits_for_the_year(written: tuple[str, ...], told: list[str]) -> None:
    """Year, month and day, as all Chinese pages write them, unless the list is in order only the other way."""
    assert days(read(listed(*written))) == told


@pytest.mark.parametrize(
    ("address", "told"),
    [
        ("201905/t20190510_52.html", "2019-05-10"),
        ("/art/2019/5/10/art_7_1.html", "2019-05-10"),
        ("/2019-05/10/c_1.html", "2019-05-10"),
        ("201005/t20100519_52.html", ""),  # 19 May 2010
        ("52901.html", "2019-05-10"),
    ],
)
def test_the_address_says_which_of_two_digits_are_the_year(address: str, told: str) -> None:
    """19-05-10 may be read two ways; an address of another month speaks against the usual one."""
    form = f'<li><a href="{address}">{{title}}</a><em>{{day}}<br></em></li>'
    assert days(read(listed("19-05-10", form=form))) == [told]


@pytest.mark.parametrize(
    "written",
    [
        "1970-01-01",
        "1970-01-01 08:00:00",
        "[1970/1/1]",
        "1970年01月01日",
        "0001-01-01",
        "0001/1/1 0:00:00",
        "1/1/0001 12:00:00 AM",
        "0000-00-00 00:00:00",
        "1900-01-01",
        "发布时间：1970-01-01",
    ],
)
def test_what_a_system_shows_for_no_date_is_none(written: str) -> None:
    """The row is a row, whatever its address, and has no date; the others keep theirs."""
    form = '<li><a href="z{number}.html">{title}</a><p>简介文字若干。</p><span>{day}</span></li>'
    assert days(read(listed(written, written, form=form))) == ["", ""]
    assert days(read(listed("2024-05-29", written, "1971-01-01", form=form))) == ["2024-05-29", "", "1971-01-01"]


@pytest.mark.parametrize(
    "row", ["<b>30</b><i>11月</i><u>2024</u>", "<u>2024年</u><i>11月</i><b>30日</b>", "<b>30</b>/<i>2024.11</i>"]
)
def test_dates_in_three_parts(row: str) -> None:
    """Day, month and year in elements of their own, in either order, whatever stands between."""
    assert days(read(listed(row, row))) == ["2024-11-30", "2024-11-30"]


def test_a_number_behind_day_and_month_is_no_year() -> None:
    """How often something was read does not date it."""
    assert days(read(listed("<b>20</b><i>1月</i><u>3024</u>", "<b>19</b><i>1月</i><u>阅读 2019</u>"))) == [
        "2026-01-20",
        "2026-01-19",
    ]


def test_a_category_beside_each_date_is_no_title() -> None:
    """A link that stands beside three dates names the office; one that stands beside one date each is the row's."""
    form = (
        '<div><h3><a href="/{number}901.html">{title}</a></h3><p><a href="/dw/">示例区住建局办公室</a>{day}</p></div>'
    )
    assert [item.title for item in read(listed("2026-01-20", "2026-01-19", "2026-01-18", form=form)).rows] == list(
        TITLES
    )
    form = '<div><a href="/zhibiao.html">示例区空气质量日报</a><i>{day}</i></div>'
    assert days(read(listed("2026-01-20", "2026-01-19", "2026-01-18", form=form)))[:1] == ["2026-01-20"]


@pytest.mark.parametrize(
    ("link", "told"),
    [
        ('title="{title}"><em>【公告】</em>{title:.10}…', TITLES[0]),
        ('title="{title}">', TITLES[0]),
        ('title="{title}"><img src="a.jpg" alt="">', TITLES[0]),
        ('title="{title}">{title}<sup>NEW</sup>', TITLES[0]),
        ('title="点击查看这一条通知的详细内容">关于示例河大桥维修的通告…', "关于示例河大桥维修的通告…"),
        ('title="点击查看这一条通知的详细内容">关于示例河大桥维修的通告', "关于示例河大桥维修的通告"),
    ],
)
def test_the_title_attribute_where_the_text_is_cut(link: str, told: str) -> None:
    """The attribute is the title where it says the same in full, not where it says something else."""
    main = listed("2026-01-20", "2026-01-19", form='<li><a href="/{number}901.html" ' + link + "</a><i>{day}</i></li>")
    assert read(main).rows[0].title == told


@pytest.mark.parametrize(
    ("pager", "known"),
    [
        ('<span class="pageCount">24</span><a onclick="go(2)">下一页</a>', 24),
        ('<input type="hidden" id="totalPage" value="24"><a onclick="go(2)">下一页</a>', 24),
        ("<p>共<b>12</b>页</p>", 12),
        ("<p>共 58 条</p>", 20),
        ('<a href="p/2">2</a><a href="p/3">3</a>…<a href="p/7">7</a><a href="p/2">下一页</a>', 7),
        ('<a href="p/2">2</a><a href="p/3">3</a><a href="q/77">77</a><a href="p/2">下一页</a>', 3),
        ("<script>Pager({size:50, current:0, prefix:'index',suffix:'html'});</script>", 50),
        ('<span class="pageCount">1</span>', 0),
        ('<span class="pageCount">全部</span>', 0),
        ("<p>共 3 条</p>", 0),
        ("<p>本栏目共 58 条意见已答复</p>", 0),
    ],
)
def test_how_many_pages_there_are(pager: str, known: int) -> None:
    """By an element, an input, a line of text or a script; one page, or a number of something else, is no more."""
    page = read(listed("2026-01-20", "2026-01-19", "2026-01-18") + pager)
    assert page.turning.known == known
    assert bool(page.turning.pages) or page.turning.complete == (not known)


CARD = (
    '<article><header class="entry-header"><h2><a href="/{number}901.html">{title}</a></h2>'
    '<a href="/zuozhe/">编辑部的工作人员</a></header><p>近日，示例区组织开展了相关工作。</p>'
    '<footer class="card-foot"><time>{day}</time></footer></article>'
)


def test_articles_are_rows() -> None:
    """Head and foot of an `<article>` are its own: the heading is the row's title, the date in the foot its date."""
    page = read(listed("2026-01-20", "2026-01-19", "2026-01-18", form=CARD))
    assert page.is_list
    assert [item.title for item in page.rows] == list(TITLES)
    assert days(page) == ["2026-01-20", "2026-01-19", "2026-01-18"]


def test_one_article_is_an_article() -> None:
    """Its head holds title and date, and the page's own head and foot stay what they are."""
    text = "为了进一步方便群众办事，经研究决定，现将有关事项公布如下，请各单位认真组织实施。" * 2
    page = read(
        '<header><h1>示例区人民政府</h1><a href="/a_1001.html">热线电话的办理情况</a><i>2026-01-30</i></header>'
        f"<article><header><h1>{TITLES[0]}</h1><time>2026-01-20</time></header><p>{text}</p></article>"
        "<footer><p>示例区人民政府办公室主办</p><p>2026-01-31</p></footer>"
    )
    assert not page.is_list
    assert page.document.title == TITLES[0]
    assert page.document.published == datetime(2026, 1, 20)


def test_a_title_above_its_source_where_the_page_is_named_after_the_site() -> None:
    """Old pages write only the site's name into `<title>`; a page that says more there keeps it."""
    text = "为了进一步方便群众办事，经研究决定，现将有关事项公布如下，请各单位认真组织实施。" * 2
    body = f"<p><b>{TITLES[0]}</b></p><p>来源：本站　更新时间：2026-01-12</p><p>{text}</p>"
    titles = [
        read_page(f"<title>{head}</title><body>{body}", "https://www.example.gov.cn/1.asp", as_of=AS_OF).document.title
        for head in ("示例区人民政府门户网站", "关于停水的紧急通知")
    ]
    assert titles == [TITLES[0], "关于停水的紧急通知"]


def test_dates_with_their_weekday() -> None:
    """A date with 星期 is a row's where the list is made so, and the clock of the page where it stands alone."""
    clock = '<p><b>2026年1月31日 星期六</b><a href="/tq.html">示例市天气预报信息</a></p>'
    assert days(read(listed("2026-01-20 星期二", "2026-01-19（周一）"))) == ["2026-01-20", "2026-01-19"]
    assert days(read(clock + listed("2025-12-30", "2025-12-29"))) == ["2025-12-30", "2025-12-29"]


FILES = '<a href="fangan.docx">1.交通组织方案文本.docx</a><br><a href="shiyi.pdf">2.绕行路线示意图.pdf</a>'


def test_attachments_of_a_text_are_no_list() -> None:
    """Files behind 附件： belong to the text; files without it are the rows of a list."""
    assert not read(f"<h1>{TITLES[0]}</h1><p>2026-01-12</p><p>附件：</p><p>{FILES}</p>").is_list
    assert len(read(f"<p>{FILES}</p>").rows) == 2


TEXT = "为了进一步方便群众办事，经研究决定，现将有关事项公布如下，请各单位认真组织实施，并按时报送情况。"


def test_a_list_below_a_dated_text_is_part_of_its_page() -> None:
    """Where the date of publishing stands above both; where each row has one, the text only leads in."""
    below = listed("2026-01-20", "2026-01-19", "2026-01-18")
    assert not read(f"<h1>{TITLES[0]}</h1><p>发布时间：2026-01-12</p><p>{TEXT}</p>{below}").is_list
    rows = listed("发布时间：2026-01-20", "发布时间：2026-01-19", "发布时间：2026-01-18")
    assert days(read(f"<p>{TEXT}</p>{rows}")) == ["2026-01-20", "2026-01-19", "2026-01-18"]


@pytest.mark.parametrize(
    ("head", "told"),
    [
        (f"{TITLES[0]}--公示公告", TITLES[0]),
        (f"示例区人民政府 公示公告 {TITLES[0]}", TITLES[0]),
        ("关于示例河大桥维修期间绕行的通告 示例区人民政府", "关于示例河大桥维修期间绕行的通告 示例区人民政府"),
    ],
)
def test_the_line_that_the_title_repeats(head: str, told: str) -> None:
    """The title is the line that makes up most of `<title>`, not a shorter one such as the organ that signs."""
    body = f'<div class="a">{TITLES[0]}</div><p>{TEXT}</p><p>示例区人民政府</p>'
    page = read_page(f"<title>{head}</title><body>{body}", "https://www.example.gov.cn/1.html", as_of=AS_OF)
    assert page.document.title == told


def test_heads_of_boxes_leave_the_head_of_the_page() -> None:
    """A bar above all boxes is the page's own, though the boxes have heads of the same name."""
    bar = '<div class="top"><a href="/a_1001.html">热线电话的办理情况</a><i>2026-01-30</i></div>'
    box = '<div class="item"><div class="top"><a href="/{number}901.html">{title}</a></div><p>{day}</p></div>'
    page = read(bar + listed("2026-01-20", "2026-01-19", "2026-01-18", form=box))
    assert days(page) == ["2026-01-20", "2026-01-19", "2026-01-18"]


def test_a_list_in_two_columns_is_one() -> None:
    """Halves that stand beside each other belong together; with a heading between they are two lists."""
    left = listed("2026-01-20", "2026-01-19", "2026-01-18").replace("<ul>", '<ul class="left-half">')
    right = listed("2026-01-12", "2026-01-11", folder="b").replace("<ul>", '<ul class="other">')
    assert days(read(left + right)) == ["2026-01-20", "2026-01-19", "2026-01-18", "2026-01-12", "2026-01-11"]
    assert days(read(f"{left}<h3>公示公告</h3>{right}")) == ["2026-01-20", "2026-01-19", "2026-01-18"]


def test_a_date_far_above_a_link_is_not_the_links() -> None:
    """An article's date and the one link below its text are no row; a date right above a link is."""
    link = '<p><a href="/1991.html">关于公布第三批项目名录的公告</a></p>'
    assert not read(f"<p>2026-01-12</p><p>{TEXT * 2}</p>{link}").is_list
    assert days(read(f"<div><p>2026-01-12</p>{link}</div>")) == ["2026-01-12"]
