"""Dates of list rows in forms that are rarer: English months, split elements, attributes, other orders."""

from datetime import date

import pytest

from jimo_lint.extract.pages.page import read_page

TITLES = ("关于公布重点项目名单的通知", "示例区节约用水宣传周活动公告", "关于做好冬季取暖安全工作的提示")
DAYS = [date(2026, 1, 25), date(2026, 1, 12), date(2025, 12, 30)]


def read(form: str, written: list[dict[str, str]], wrapper: str = "ul") -> list[date | None]:
    rows = "".join(
        form.format(title=title, url=f"./a/{number}901.html", **day)
        for number, (title, day) in enumerate(zip(TITLES, written, strict=True))
    )
    html = f"<html><head><title>通知公告</title></head><body><{wrapper}>{rows}</{wrapper}></body></html>"
    page = read_page(html, "https://www.example.gov.cn/tzgg/", as_of=date(2026, 1, 31))
    assert [row.title for row in page.rows] == list(TITLES)
    return [row.published.date() if row.published else None for row in page.rows]


def parts(day: date) -> dict[str, str]:
    """The day as the forms below need it."""
    return {
        "y": str(day.year), "m": f"{day.month:02}", "d": f"{day.day:02}", "n": str(day.month),
        "mon": {1: "Jan", 12: "Dec"}[day.month], "month": {1: "January", 12: "December"}[day.month],
        "han": {1: "元", 12: "十二"}[day.month], "iso": day.isoformat(),
    }  # fmt: skip


BESIDE = (
    "{mon} {d}, {y}", "{month} {d}, {y}", "{d}-{mon}-{y}", "{d} {month} {y}", "Sun {mon} {d} 10:00:00 CST {y}",
    "{m}/{d}/{y}", "{d}/{m}/{y}", "{d}.{m}.{y}", "{n}/{d}/{y} 9:05:00 AM", "{y},{m},{d}", "{y}_{m}_{d}", "{y} {m} {d}",
    "{y}·{m}·{d}", "{m}月{d}", "{iso}T08:30:00Z",
)  # fmt: skip


@pytest.mark.parametrize("form", BESIDE)
def test_a_date_in_any_form_is_read(form: str) -> None:
    """It stands by itself beside the link, as in all lists."""
    assert read(f'<li><a href="{{url}}">{{title}}</a><span>{form}</span></li>', list(map(parts, DAYS))) == DAYS


IN_PARTS = (
    "<b>{d}</b><i>{mon}</i><u>{y}</u>", "<b>{d}</b><i>{mon}. {y}</i>", "<i>{mon}</i><b>{d}</b>",
    "<i>{y}</i><i>{m}</i><i>{d}</i>", "<i>{d}</i><i>{m}</i><i>{y}</i>", "<i>{y}</i>年<i>{m}</i>月<i>{d}</i>日",
    "<b>{d}</b><i>{han}月</i><u>{y}</u>",
)  # fmt: skip


@pytest.mark.parametrize("form", IN_PARTS)
def test_a_date_in_parts_is_put_together(form: str) -> None:
    """Day, month and year stand in elements of their own, in any order."""
    assert read(f'<li><div>{form}</div><a href="{{url}}">{{title}}</a></li>', list(map(parts, DAYS))) == DAYS


TOLD = (
    '<li><a href="{url}" title="标题：{title}\n发布日期：{iso}">{title}</a></li>',
    '<li title="发布时间：{iso}"><a href="{url}">{title}</a></li>',
    '<li><a href="{url}">{title}</a><time datetime="{iso}"></time></li>',
    '<li><a href="{url}">{title}</a><abbr title="{iso}T10:00:00+08:00">3周前</abbr></li>',
    '<li data-date="{iso}"><a href="{url}">{title}</a></li>',
    '<li><a href="{url}">{title}</a><span data-pubdate="{iso}">刚刚</span></li>',
    '<li><a href="{url}">{title}</a><span><script>document.write("{iso} 10:22".substr(0, 10))</script></span></li>',
)


@pytest.mark.parametrize("form", TOLD)
def test_a_date_in_an_attribute_or_a_script_is_read(form: str) -> None:
    """Where a row shows none, it may tell one."""
    assert read(form, list(map(parts, DAYS))) == DAYS


def test_the_end_of_something_is_no_day_of_publishing() -> None:
    """`data-end-time` is a deadline; a date that is shown counts more than one that is told."""
    assert read('<li data-end-time="{iso}"><a href="{url}">{title}</a></li>', list(map(parts, DAYS))) == [None] * 3
    shown = '<li data-date="2020-01-01"><a href="{url}">{title}</a><span>{iso}</span></li>'
    assert read(shown, list(map(parts, DAYS))) == DAYS


@pytest.mark.parametrize("written", ["{y}年{n}月{d}日", "二〇二六年{han}月十二日", "二O二六年{han}月十二号"])
def test_the_first_month_has_a_name_of_its_own(written: str) -> None:
    """元月 is January, in digits and in words."""
    day = parts(date(2026, 1, 12)) | {"n": "元"}
    form = f'<li><a href="{{url}}">{{title}}</a><span>{written}</span></li>'
    assert read(form, [day] * 3) == [date(2026, 1, 12)] * 3


@pytest.mark.parametrize(
    ("written", "told"),
    [
        (["10/11/2025", "12/11/2025", "03/12/2025"], [None] * 3),  # no order holds, so neither way is surer
        (["05/11/2025", "12/10/2025", "11/09/2025"], [date(2025, 11, 5), date(2025, 10, 12), date(2025, 9, 11)]),
        (["11/05/2025", "10/12/2025", "09/11/2025"], [date(2025, 11, 5), date(2025, 10, 12), date(2025, 9, 11)]),
    ],
)
def test_the_order_of_day_and_month_is_never_guessed(written: list[str], told: list[date | None]) -> None:
    """The other dates of the list settle it, or the dates are not read."""
    form = '<li><a href="{url}">{title}</a><span>{day}</span></li>'
    assert read(form, [{"day": day} for day in written]) == told
