"""What is seen of a page at first glance."""

from __future__ import annotations

import pytest

from jimo_lint.extract.pages.preview import _FARTHEST, _OPENING, _STEP, Glance


def page(body: str, head: str = "<title>通知公告_示例区</title>") -> str:
    return f"<!DOCTYPE html><html><head>{head}</head><body class=a>{body}</body></html>"


@pytest.mark.parametrize(
    ("charset", "content_type"),
    [("utf-8", ""), ("gb18030", ""), ("gb18030", "text/html; charset=gb2312"), ("utf-16", ""), ("utf-8-sig", "")],
)
def test_title_and_first_words_are_read_in_every_charset(charset: str, content_type: str) -> None:
    """Also where there are few of them: `联通` in GBK is valid UTF-8 by itself."""
    seen = Glance(page("<p>区政府办公室</p><p>联通</p>", "<title>联通</title>").encode(charset), content_type)
    assert (seen.title, seen.opening) == ("联通", "区政府办公室 联通")


def test_what_is_hidden_is_left_out_wherever_a_step_ends() -> None:
    """A script may begin in one step and end several steps later; what follows it is seen."""
    for before in range(_STEP - 40, _STEP + 40, 7):
        script = f"<script>if (a < b) write('<p>脚本里的话</p>');{'x' * 3 * _STEP}</script>"
        body = f"<p>{'甲' * (before // 3)}</p>{script}<!-- <p>注释</p> --><p>看得见的话</p><style>p > a {{}}</style>"
        seen = Glance(page(body).encode())
        assert seen.opening.lstrip("甲").strip() == "看得见的话"


def test_a_script_without_an_end_hides_the_rest() -> None:
    """As browsers see it."""
    seen = Glance(page("<p>前面的话</p><script>var a = '<p>里面的话</p>'").encode())
    assert seen.opening == "前面的话"


def test_an_opening_is_bounded_and_takes_no_more_of_the_page_than_needed() -> None:
    """What stands far down a page is read only where the whole text is asked for."""
    long = Glance(page(f"<p>{'字' * 5000}</p>").encode())
    assert long.opening == "字" * _OPENING
    far = Glance(page("<p></p>" * _FARTHEST + "<p>太远的话</p>").encode())
    assert far.opening == ""
    assert "太远的话" in far.text


def test_words_of_neighbouring_menu_entries_stay_apart() -> None:
    """Each line break and tag is a blank, and signs written as entities are signs."""
    seen = Glance(page("<ul>\n<li>首页</li>\n<li>政务&nbsp;公开</li>\n<li>a &gt; b</li></ul>").encode())
    assert seen.opening == "首页 政务 公开 a > b"


def test_the_head_is_read_wherever_it_stands() -> None:
    """Broken templates write their metas and title behind `<body>`."""
    metas = (
        '<META NAME="Keywords" CONTENT="公开,服务"><meta name=description content="一个&amp;网站">'
        '<link rel="canonical" href=" /a.html "><meta http-equiv="Refresh" content="0; url=/new/">'
    )
    for written in (page("正文", f"<TITLE>标 题\n</TITLE>{metas}"), f"<html><body><title>标 题</title>{metas}正文"):
        seen = Glance(written.encode())
        assert (seen.title, seen.about, seen.canonical, seen.refresh) == (
            "标 题", "公开,服务 一个&网站", "/a.html", "/new/",
        )  # fmt: skip
        assert seen.opening.endswith("正文")


@pytest.mark.parametrize("body", [b"", b"<", b"<body", b"<body>", b"<title>", b"\xff\xfe", b"<!--", b"\0\0\0\0"])
def test_a_stump_of_a_page_is_no_fault(body: bytes) -> None:
    """Servers answer with anything."""
    seen = Glance(body)
    assert (seen.title, seen.opening, seen.about, seen.refresh) == ("", "", "", "")


def test_signs_of_markup_in_metas_do_not_shift_what_is_read() -> None:
    """All pieces of a page are decoded as one text and parted again."""
    seen = Glance(page("正文", '<meta name="keywords" content="a<b<"><title>题 > 目</title>').encode())
    assert (seen.title, seen.about, seen.opening) == ("题 > 目", "a<b<", "正文")
