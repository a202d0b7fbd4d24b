"""Lists of one, two or three entries with summaries, and the articles that look like them."""

from datetime import date

import pytest

from jimo_lint.extract.pages.page import Page, read_page

TITLES = ("青潭区城乡规划管理办法实施细则", "历史文化名村保护规定", "规划")
DAYS = ("2025-10-26", "2023-07-22", "2022-01-01")
SUMMARY = (
    "为了加强城乡规划管理，协调城乡空间布局，改善人居环境，促进城乡经济社会全面协调发展，结合本区实际，制定本细则..."
)
PAGER = '<div class="page"><span>首页</span><span>共 1页{}条</span></div>'
FORMS = [
    (
        '<ul><li><a href="{url}"><b>{title}</b></a></li><li>{summary}<a href="{url}">[查看全文]</a></li>'
        "<li>发布时间：{day} 15:00:21</li></ul>"
    ),
    '<div><h3><a href="{url}">{title}</a></h3><p>{summary}</p><p>发布时间：{day}</p></div>',
    '<div><h3><a href="{url}">{title}</a></h3><p>{summary}<a href="{url}">详细&gt;&gt;</a></p><p>日期：{day}</p></div>',
    '<dl><dt><a href="{url}">{title}</a></dt><dd>{summary}</dd><dd>时间：{day}</dd></dl>',
    '<a href="{url}"><h4>{title}</h4><p>{summary}</p><span>发布时间：{day}</span></a>',
    '<div><div>发布时间：{day}</div><h3><a href="{url}">{title}</a></h3><p>{summary}</p></div>',
    '<div><h3>{title}</h3><p>{summary}</p><span>{day}</span><a href="{url}">阅读全文</a></div>',
    '<div><p class="tit">{title}</p><p>{summary}</p><p>发布时间：{day}<a href="{url}">[详情]</a></p></div>',
    (
        '<table><tr><td><a href="{url}">{title}</a></td><td>发布时间：{day}</td></tr>'
        '<tr><td colspan="2">{summary}<a href="{url}">[详细]</a></td></tr></table>'
    ),
]


def read(main: str, title: str = "政策法规_青潭区") -> Page:
    crumbs = '<div class="position">当前位置：<a href="/">首页</a> &gt; <a href="/zc/">政策法规</a></div>'
    html = f"<html><head><title>{title}</title></head><body>{crumbs}<div class='main'>{main}</div></body></html>"
    return read_page(html, "https://www.qingtan.gov.cn/zc/index.html", as_of=date(2026, 1, 31))


@pytest.mark.parametrize("count", [1, 2, 3])
@pytest.mark.parametrize("form", FORMS)
def test_few_entries_with_summaries_are_a_list(form: str, count: int) -> None:
    """Their text and their dates are not those of one article."""
    entries = "".join(
        form.format(title=title, day=day, summary=SUMMARY, url=f"660{number}.html")
        for number, (title, day) in enumerate(zip(TITLES[:count], DAYS, strict=False))
    )
    page = read(f'<div class="l1">{entries}{PAGER.format(count)}</div>')
    assert page.is_list
    assert [(item.title, f"{item.published:%F}") for item in page.rows] == list(zip(TITLES[:count], DAYS, strict=False))
    assert [item.url.rpartition("/")[2] for item in page.rows] == [f"660{number}.html" for number in range(count)]


RELATED = '<div><h4><a href="77{0}1.html">相关的新闻标题第{0}条</a></h4><p>发布时间：2025-12-1{0}</p></div>'


@pytest.mark.parametrize("count", [1, 2])
@pytest.mark.parametrize("before", [True, False])
def test_an_article_with_few_related_entries_stays_one(before: bool, count: int) -> None:
    """It says outside of them when it was published, above or below its text."""
    told = "<p>发布时间：2025-12-20</p>"
    text = f'<div class="content"><p>{SUMMARY * 3}</p></div>'
    related = "".join(RELATED.format(number) for number in range(count))
    main = f"{told}{text}" if before else f"{text}{told}"
    page = read(f"<h1>关于规划的通知</h1>{main}<div>{related}</div>", "关于规划的通知_青潭区")
    assert not page.is_list and f"{page.document.published:%F}" == "2025-12-20"


def test_a_short_article_with_a_link_in_its_text_stays_one() -> None:
    """A link in a sentence is no title of an entry, and neither is one that leads to the page itself."""
    text = (
        f'<div class="w"><p>发布时间：2025-12-20</p><p>{SUMMARY}见<a href="/a/1234.html">管理办法全文</a>。</p></div>'
    )
    assert not read(f"<h1>关于规划的通知</h1>{text}", "关于规划的通知_青潭区").is_list
    own = '<div><h3><a href="index.html">政策法规</a></h3><p>发布时间：2025-12-20</p>' + f"<p>{SUMMARY}</p></div>"
    assert not read(own).is_list
