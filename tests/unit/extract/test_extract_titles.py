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
    ],
)
def test_a_date_at_the_edge_of_a_title_is_the_rows(form: str) -> None:
    """In brackets or apart, before or behind: it dates the row and is no part of what it is called."""
    assert read(listed(form)) == ROWS


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


@pytest.mark.parametrize("dated", [True, False])
def test_titles_that_really_hold_dates_keep_them(dated: bool) -> None:
    """Neither the day of a meeting nor a school year nor the number of a journal is the day of publishing."""
    titles = ("2025年12月8日工作例会纪要", "关于2025-2026学年招生的通知", "青潭教育（2025年第3期）")
    rows = read(listed('<li><a href="{url}">{title}</a>' + "<i>{day}</i>" * dated + "</li>", titles))
    assert rows == [(title, day if dated else "") for title, day in zip(titles, DAYS, strict=True)]
