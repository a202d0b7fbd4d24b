"""Titles of rows that show a date: which dates are the row's and leave the title, and which are part of it."""

from datetime import date

import pytest

from jimo_lint.extract.pages.page import Page, read_page

TITLES = ("关于公布重点项目名单的通知", "校长致辞", "青潭区节约用水宣传周活动公告")
DAYS = ("2025-12-08", "2025-12-04", "2025-11-30")
ROWS = list(zip(TITLES, DAYS, strict=True))


def read(main: str) -> list[tuple[str, str]]:
    html = f"<html><head><title>通知公告_青潭区</title></head><body><div class='w'>{main}</div></body></html>"
    page: Page = read_page(html, "https://www.qingtan.gov.cn/tzgg/index.html", as_of=date(2026, 1, 31))
    return [(item.title, item.published.date().isoformat() if item.published else "") for item in page.rows]


def listed(form: str, titles: tuple[str, ...] = TITLES) -> str:
    rows = (
        form.format(title=title, day=day, short=day[5:], url=f"/c/{number}001.html", y=day[:4], m=day[5:7], d=day[8:])
        for number, (title, day) in enumerate(zip(titles, DAYS, strict=True))
    )
    return f"<ul>{''.join(rows)}</ul>"


@pytest.mark.parametrize(
    "form",
    [
        '<li><a href="{url}">{title}({day})</a></li>',
        '<li><a href="{url}">{title} （{day} 10:30）</a></li>',
        '<li><a href="{url}">{title}[{short}]</a></li>',
        '<li><a href="{url}">{title}（发布时间：{day}）</a></li>',
        '<li><a href="{url}">{title}&nbsp;&nbsp;{day}</a></li>',
        '<li><a href="{url}">{day} {title}</a></li>',
        '<li><a href="{url}">[{day}]{title}</a></li>',
        '<li><a href="{url}">·[{short}] {title}</a></li>',
        '<li><a href="{url}"><b>{title}</b> ({day})</a></li>',
        '<li><a href="{url}">{title}<span>({day})</span></a></li>',
        '<li><a href="{url}" title="{title}({day})">{title}({day})</a></li>',
        '<a class="box" href="{url}"><img src="x.jpg"><h3>{title}({day})</h3><p>{title}</p></a>',
        '<li><a href="{url}"><h3>{title}</h3><p>{day} 区融媒</p></a></li>',
        '<li><a href="{url}"><div>{day} 区融媒</div><div>{title}</div></a></li>',
        '<li><a href="{url}">{title}<br>{day} 09:30　阅读：120次</a></li>',
        '<li><a href="{url}">{title}<br>{day} | 浏览量 1200</a></li>',
        '<li><a href="{url}">{title}<br>发布时间：{day} 09:30　来源：区政府办公室　点击：3</a></li>',
    ],
)
def test_a_date_at_the_edge_of_a_title_is_the_rows(form: str) -> None:
    """In brackets or apart, before or behind: it dates the row and is no part of what it is called."""
    assert read(listed(form)) == ROWS


@pytest.mark.parametrize("form", ["<i>{}</i>", "<span>[{}]</span>", " {}", " 发布日期：{}"])
def test_a_day_in_chinese_numbers_dates_a_row(form: str) -> None:
    """二〇二五年十二月八日, as feeds and drafts have it too."""
    days = ("二〇二五年十二月八日", "二○二五年十二月四日", "二〇二五年十一月三十日")
    rows = "".join(
        f'<li><a href="/c/{number}001.html">{title}</a>{form.format(day)}</li>'
        for number, (title, day) in enumerate(zip(TITLES, days, strict=True))
    )
    assert read(f"<ul>{rows}</ul>") == ROWS


def test_a_sidebar_with_dates_takes_none_from_the_titles() -> None:
    """How many dates stand elsewhere on the page says nothing of this list."""
    side = "".join(f'<li><a href="/x/{n}123.html">侧栏新闻标题第{n}条</a><i>2026-01-1{n}</i></li>' for n in range(9))
    main = listed('<li><a href="{url}">{title}（{day}）</a></li>')
    assert read(f"<div class='l'>{main}</div><div class='r'><h3>热点</h3><ul>{side}</ul></div>") == ROWS


def test_a_date_that_tells_titles_apart_is_part_of_them() -> None:
    """Without it every broadcast would be called the same."""
    rows = read(listed('<li><a href="{url}">{title}({day})</a></li>', ("青潭新闻联播",) * 3))
    assert rows == [(f"青潭新闻联播({day})", day) for day in DAYS]


def test_a_row_with_a_date_of_its_own_keeps_its_title() -> None:
    """Beside the day of publishing, a date in the title is what the text is about."""
    rows = read(listed('<li><a href="{url}">{title}({day})</a><span>2025-12-31</span></li>'))
    assert rows == [(f"{title}({day})", "2025-12-31") for title, day in ROWS]


def test_a_date_written_out_by_an_author_stays() -> None:
    """空气质量日报（2026年1月20日） is called so; the day dates the row where nothing else does."""
    rows = read(listed('<li><a href="{url}">{title}（{y}年{m}月{d}日）</a></li>'))
    assert rows == [(f"{title}（{day[:4]}年{day[5:7]}月{day[8:]}日）", day) for title, day in ROWS]


def test_a_line_that_says_more_than_when_is_part_of_the_title() -> None:
    """Nor is a day in Chinese numbers that a title begins with the day of publishing."""
    titles = ("二〇二五年十二月八日例会纪要", "停水公告<br>2025-12-08 09:30 至 12:00 城区", "关于招生的公告")
    rows = read(listed('<li><a href="{url}">{title}</a></li>', titles))
    assert [row[0] for row in rows] == [titles[0], "停水公告2025-12-08 09:30 至 12:00 城区", titles[2]]
    assert rows[0][1] == ""


@pytest.mark.parametrize("dated", [True, False])
def test_titles_that_really_hold_dates_keep_them(dated: bool) -> None:
    """Neither the day of a meeting nor a school year nor the number of a journal is the day of publishing."""
    titles = ("2025年12月8日工作例会纪要", "关于2025-2026学年招生的通知", "青潭教育（2025年第3期）")
    rows = read(listed('<li><a href="{url}">{title}</a>' + "<i>{day}</i>" * dated + "</li>", titles))
    assert rows == [(title, day if dated else "") for title, day in zip(titles, DAYS, strict=True)]
