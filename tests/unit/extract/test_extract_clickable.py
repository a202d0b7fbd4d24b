"""Rows that are no links: entries of lists and tables that lead on by a click."""

from datetime import date

import pytest

from jimo_lint.extract.pages.page import Page, read_page

TITLES = ("关于公布重点项目名单的通知", "校长致辞", "青潭区节约用水宣传周活动公告")
DAYS = ("2025-12-08", "2025-12-04", "2025-11-30")
URL = "https://www.qingtan.gov.cn/tzgg/index.html"


def read(main: str) -> Page:
    html = f"<html><head><title>通知公告_青潭区</title></head><body><div class='w'>{main}</div></body></html>"
    return read_page(html, URL, as_of=date(2026, 1, 31))


def listed(form: str) -> str:
    return "".join(
        form.format(title=title, cut=title[:6], day=day, d=day[8:], ym=day[:7], n=number, url=f"/c/{number}001.html")
        for number, (title, day) in enumerate(zip(TITLES, DAYS, strict=True))
    )


def rows(page: Page) -> list[tuple[str, str]]:
    return [(item.title, item.published.date().isoformat() if item.published else "") for item in page.rows]


ADDRESSED = [
    "<li onclick=\"location.href='{url}'\"><span>{title}</span><em>{day}</em></li>",
    "<li onclick=\"window.open('{url}','_blank')\">{title}<span>{day}</span></li>",
    "<li onclick=\"goto('{url}')\">{title}<span>{day}</span></li>",
    '<li data-href="{url}"><p>{title}</p><p>{day}</p></li>',
    '<div data-url="{url}"><h4>{title}</h4><p>为了方便群众办事，现将有关事项公布如下。</p><i>{day}</i></div>',
    "<li><span onclick=\"location.href='{url}'\">{title}</span><em>{day}</em></li>",
    "<div onclick=\"location.href='{url}'\"><div><b>{d}</b><i>{ym}</i></div><div>{title}</div></div>",
    "<li onclick=\"location.href='{url}'\"><h3>{title}</h3><p>发布时间：{day}</p></li>",
    "<li onclick=\"location.href='{url}'\"><a href='{url}'>{title}</a><em>{day}</em></li>",
    "<li onclick=\"location.href='{url}'\"><a href='javascript:;'>{title}</a><em>{day}</em></li>",
    "<div><h3 onclick=\"location.href='{url}'\">{title}</h3><span>{day}</span></div>",
    "<table><tr onclick=\"window.location='{url}'\"><td>{title}</td><td>区局</td><td>{day}</td></tr></table>",
    "<table><tr><td onclick=\"location.href='{url}'\">{title}</td><td>{day}</td></tr></table>",
]
BARE = [
    '<li onclick="openDoc({n})"><span>{title}</span><em>{day}</em></li>',
    '<li onclick="openDoc({n})">{title} {day}</li>',
    '<li onclick="openDoc({n})">{title}（{day}）</li>',
    '<li onclick="openDoc({n})" title="{title}"><span>{cut}</span><em>{day}</em></li>',
    '<li><span onclick="openDoc({n})">{title}</span><em>{day}</em></li>',
    '<li @click="openDoc({n})"><span>{title}</span><em>{day}</em></li>',
    '<div onclick="openDoc({n})"><h4>{title}</h4><p>现将有关事项公布如下。</p><i>{day}</i></div>',
    '<table><tr onclick="openDoc({n})"><td>{n}</td><td>{title}</td><td>{day}</td></tr></table>',
]


@pytest.mark.parametrize("form", ADDRESSED)
def test_a_row_that_says_where_it_leads_has_an_address(form: str) -> None:
    """Title, date and address of a clickable row are those of a link; the address is a link of the page."""
    page = read(listed(form))
    assert page.is_list and rows(page) == list(zip(TITLES, DAYS, strict=True))
    addresses = [f"https://www.qingtan.gov.cn/c/{number}001.html" for number in range(3)]
    assert [item.url for item in page.rows] == addresses
    assert {link.url for link in page.document.links} >= set(addresses)


@pytest.mark.parametrize("form", BARE)
def test_a_row_whose_address_only_a_script_knows_is_a_row(form: str) -> None:
    """Title and date count without an address, for a short title beside longer ones as well."""
    page = read(listed(form))
    assert page.is_list and rows(page) == list(zip(TITLES, DAYS, strict=True))
    assert {item.url for item in page.rows} == {""}


def test_buttons_of_an_article_are_no_rows() -> None:
    """Neither the size of letters nor printing, nor a text that listens to clicks."""
    text = "<p>各单位要认真组织实施，切实抓好落实，确保各项任务完成。</p>" * 5
    page = read(
        '<h1>关于公布名单的通知</h1><div>发布时间：2025-12-01 <span onclick="doZoom(16)">大号字体显示</span>'
        f'<span onclick="window.print()">打印本页内容</span></div><div class="content" onclick="x()">{text}</div>'
    )
    assert not page.is_list and page.document.published_from == "label"
    assert any("切实抓好落实" in block.text for block in page.document.blocks if block.kind == "body")


def test_paragraphs_that_are_read_out_by_a_click_are_text() -> None:
    """A page of text is its own row, not a blank one."""
    page = read(f'<div id="zoom">{"<p onclick=say(this)>各单位要认真组织实施，切实抓好落实。</p>" * 5}</div>')
    assert [item.url for item in page.rows] == [URL] and not page.is_list


def test_tabs_above_a_list_are_no_rows() -> None:
    """They show no dates."""
    tabs = '<ul><li onclick="tab(1)">政策文件公开目录</li><li onclick="tab(2)">政策解读公开目录</li></ul>'
    page = read(tabs + "<ul>" + listed('<li><a href="{url}">{title}</a><i>{day}</i></li>') + "</ul>")
    assert rows(page) == list(zip(TITLES, DAYS, strict=True))


@pytest.mark.parametrize(
    "form",
    [
        "<button onclick=\"window.open('{url}')\">下载</button>",
        "<input type=button value='下载' onclick=\"location.href='{url}'\">",
        "<button onclick='window.location = &quot;{url}&quot;; return false'>下载</button>",
        "<img src='/b.png' alt='下载' onclick=\"open('{url}','_blank')\">",
        "<table><tr onclick=\"self.location.href='{url}'\"><td>下载</td></tr></table>",
        "<div onclick=\"parent.location.replace('{url}')\">" + "一段很长的文字，没有一句是标题。" * 30 + "</div>",
    ],
)
def test_what_leads_on_by_a_click_is_a_link(form: str) -> None:
    """Buttons, pictures and long texts are no rows of a list, and their addresses are to be checked all the same."""
    page = read(form.format(url="/none/2.html"))
    assert "https://www.qingtan.gov.cn/none/2.html" in [link.url for link in page.document.links]


@pytest.mark.parametrize(
    "script",
    [
        "xhr.open('GET', '/api')",
        "name.replace('a', '/b.html')",
        "location.href='/list.html?id=' + id",
        "layer.open('/x.html')",
        "window.open('javascript:void(0)')",
        "window.open('about:blank')",
        "submit('/x.html')",
    ],
)
def test_scripts_that_only_look_like_an_address(script: str) -> None:
    """Requests, text work, addresses that are put together and dialogs of a library are no links."""
    assert not read(f'<button onclick="{script}">查询</button>').document.links


def test_a_link_in_what_is_clicked_is_one_link() -> None:
    """The row repeats the address of its anchor."""
    page = read("<div onclick=\"location.href='/a.html'\"><a href='/a.html'>标题</a></div>")
    assert [(link.url, link.text) for link in page.document.links] == [("https://www.qingtan.gov.cn/a.html", "标题")]
