"""Which of the dates on a page is the day of publishing: what is shown, what metas say after a migration, neither."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from jimo_lint.extract.pages.page import read_page
from jimo_lint.model import Document

AS_OF = date(2026, 11, 30)
URL = "https://www.qingtan.gov.cn/xwdt/bmdt/content_1.html"
TITLE = "青潭区开展秋季防火检查"
IMPORTED = '<meta name="PubDate" content="2023-05-12 23:20">'
GENERATED = '<meta name="others" content="页面生成时间 2024-04-24 10:00:43">'
TEXT = "近日，区应急管理局组织检查组到青潭林场开展实地检查，查看了防火物资库和瞭望塔，要求各镇街压实责任。"


def read(
    info: str, head: str = IMPORTED, *, above: str = "", inside: str = "", below: str = "", url: str = URL
) -> Document:
    """An article with this line of date and source. inside: what the text begins with."""
    html = (
        f"<html><head><title>{TITLE}-青潭区人民政府</title>{head}</head><body>"
        f'<div class="nav"><a href="/">首页</a></div>{above}<div class="box"><h1>{TITLE}</h1>{info}'
        f'<div class="TRS_Editor">{inside}<p>{TEXT}</p><p>{TEXT}</p></div></div>{below}'
        '<div class="footer"><p>主办：青潭区人民政府办公室</p></div></body></html>'
    )
    return read_page(html, url, as_of=AS_OF).document


SHOWN = datetime(2019, 9, 30)


@pytest.mark.parametrize(
    "info",
    [
        "<div>发布时间：2019-09-30　来源：区应急管理局</div>",
        "<p>来源：区应急管理局 访问量：199 发布日期：2019年9月30日</p>",
        "<p>来源：区应急管理局 时间：2019/9/30 浏览：<span id='c'>5</span>次</p>",
        "<p><span>来源：区应急管理局</span><span>时间：2019-09-30</span><span>点击：12</span></p>",
        "<ul><li>来源：区应急管理局</li><li>日期：2019-09-30</li><li>【字体：大 中 小】</li></ul>",
        "<table><tr><td>发布日期</td><td>2019-09-30</td><td>来源</td><td>区应急管理局</td></tr></table>",
        "<p>发布<b>时间</b>：<em>2019</em>-<em>09</em>-<em>30</em></p>",
        "<p>发 布 时 间：２０１９－０９－３０</p>",
        "<p>发布时间：19-09-30 来源：区应急管理局</p>",
        "<p>发布于 2019-09-30 · 阅读 20</p>",
        "<p>发布：2019-09-30</p>",
        "<p>录入时间：2019-09-30 来源：区应急管理局</p>",
        "<p>来源：区应急管理局 2019-09-30 浏览次数：20</p>",
        "<p>2019-09-30　作者：张三　编辑：李四</p>",
        "<p>2019-09-30</p>",
        "<p>2019-09-30 10:53 发布</p>",
        "<p>来源：《青潭日报》 2019-09-30 10:53</p>",
        "<p>发布日期：二〇一九年九月三十日</p>",
        "<div><span>[2019年09月30日]</span></div><div>来源：区应急管理局</div>",
        "<p>来源：区应急管理局 19-09-30 浏览：20</p>",
        "<p>更新时间：2024-02-01 发布时间：2019-09-30</p>",
        "<p>成文日期：2019-09-20 发布日期：2019-09-30</p>",
        "<p>发布时间：2019-09-30 打印时间：2026-11-30</p>",
        "<p>来源：区应急管理局 更新时间：2019-09-30</p>",
        "<p>发布时间：2019-09-30</p><p>有效期：2024-12-31 截止时间：2020-01-01</p>",
    ],
)
def test_what_is_shown_comes_before_the_metas_of_a_migration(info: str) -> None:
    """A label, or the line of date and source, in whatever markup; nothing is updated before it is published."""
    document = read(info)
    assert (document.published and document.published.date(), document.published_from) == (SHOWN.date(), "label")


@pytest.mark.parametrize(
    "page",
    [
        {"info": ""},
        {"info": "<p>来源：区应急管理局 浏览：20</p>"},
        {"info": "<p>打印时间：2026-11-30 来源：区应急管理局</p>"},
        {"info": "<p>今天是2026年11月30日 星期一 访问：199</p>"},
        {"info": "<p>防汛会议召开 2025-11-30 <a href='/1.html'>阅读全文</a></p>"},
        {"info": "<p>访问量：199（截至2026-11-30）</p>"},
        {"info": "<p>公示时间：2023-05-12至2023-05-18 来源：区政府</p>"},
        {"info": "<p>发布机构：区政府 生效日期：2023-06-01</p>"},
        {"info": "", "below": "<div>网友留言</div><div>留言时间：2024-01-02</div><div>回复时间：2024-01-03</div>"},
        {"info": "<p>成文日期：2023-05-01 来源：区政府</p>"},
        {"info": "<p>更新时间：2024-02-01 来源：区政府</p>"},
        {"info": "<p>来源：《青潭日报》（2023年05月10日 01版）</p>"},
        {"info": "<p>截止时间：2023-06-30 有效期：2024-12-31</p>"},
        {"info": "", "inside": "<p>会议时间：2023-05-20</p><p>会议地点：区文化馆</p>"},
        {"info": "", "inside": "<p>时间：2023-05-20</p><p>地点：区文化馆</p>"},
        {"info": "", "inside": "<p>活动日期：2023年5月20日至5月25日</p>"},
        {"info": "", "inside": "<p>（2023年5月9日）</p>"},
        {
            "info": "",
            "above": "<div class='new'><h3>最新文章</h3><p><a href='/1.html'>防汛会议召开</a> 2025-11-30</p></div>",
        },
        {
            "info": "",
            "above": "<div><ul><li><a href='/1.html'>防汛会议召开</a><i>发布时间：2025-11-30</i></li>"
            "<li><a href='/2.html'>抗旱会议召开</a><i>发布时间：2025-11-28</i></li></ul></div>",
        },
        {
            "info": "",
            "below": "<div><div><a href='/1.html'>防汛会议召开</a></div><div>发布时间：2025-11-30</div>"
            "<div><a href='/2.html'>抗旱会议召开</a></div><div>发布时间：2025-11-28</div></div>",
        },
    ],
)
def test_metas_count_where_no_day_of_publishing_is_shown(page: dict[str, str]) -> None:
    """Days of printing, of signature, of meetings and of other articles are none; a later update leaves the meta."""
    document = read(**page)
    assert (document.published, document.published_from) == (datetime(2023, 5, 12, 23, 20), "meta")


def test_where_both_agree_the_meta_has_the_clock() -> None:
    """The same day shown and in the meta is one date."""
    document = read("<p>发布时间：2023-05-12 来源：区应急管理局</p>")
    assert (document.published, document.published_from) == (datetime(2023, 5, 12, 23, 20), "meta")


@pytest.mark.parametrize("place", ["above", "below"])
def test_the_day_stands_in_the_table_above_or_below_the_text(place: str) -> None:
    """Index number, organ and 发布日期 stand above the title, or the line of date and source below the text."""
    table = "<table><tr><td>索引号</td><td>37-01</td></tr><tr><td>发布日期</td><td>2019-09-30</td></tr></table>"
    assert read("", **{place: table}).published == SHOWN


@pytest.mark.parametrize(
    ("head", "published"),
    [
        ('<meta property="article:published_time" content="2026-11-04T18:00:00Z">', datetime(2026, 11, 5, 2)),
        ('<meta itemprop="datePublished" content="2026-11-04T18:00:00+00:00">', datetime(2026, 11, 5, 2)),
        ('<meta name="PubDate" content="1793815200">', datetime(2026, 11, 5, 2)),
        ('<meta name="PubDate" content="1793815200000">', datetime(2026, 11, 5, 2)),
        ('<meta name="PubDate" content="Thu Nov 05 02:00:00 CST 2026">', datetime(2026, 11, 5, 2)),
        ('<meta name="PubDate" content="２０２６－１１－０５">', datetime(2026, 11, 5)),
        (
            '<meta name="PubDate" content="0001-01-01"><meta name="publishdate" content="2026-11-05">',
            datetime(2026, 11, 5),
        ),
        ('<meta name="PubDate" content="1970-01-01 08:00:00">', None),
        ('<meta name="PubDate" content="1900-01-01">', None),
        ('<meta name="PubDate" content="9999-12-31">', None),
        (
            f'<meta name="PubDate" content="2024-04-24 10:00:43">{GENERATED}',
            None,
        ),
        (
            f'<meta name="PubDate" content="2024-04-22 10:00:43">{GENERATED}',
            datetime(2024, 4, 22, 10, 0, 43),
        ),
        (
            '<script type="application/ld+json">{"dateModified":"","datePublished":"2026-11-05T02:00+08:00"}</script>',
            datetime(2026, 11, 5, 2),
        ),
        (
            '<script type="application/ld+json">\n{"title":"甲","pubDate":"2026-11-05T02:00:00"}</script>',
            datetime(2026, 11, 5, 2),
        ),
        (
            '<script type="application/ld+json">[{"pubDate":"2026-11-05"},{"pubDate":"2026-11-06"}]</script>',
            None,
        ),
        ('<script>var last = {"pubDate":"2026-11-05"};</script>', None),
    ],
)
def test_what_machines_wrote_for_machines(head: str, published: datetime | None) -> None:
    """Zones are kept, zeros are no dates, a page's time of generation is not its day of publishing."""
    assert read("", head).published == published


@pytest.mark.parametrize("shown", ["1970-01-01", "0001-01-01", "1900-01-01 00:00:00"])
def test_a_zero_that_is_shown_is_no_date(shown: str) -> None:
    """The next in order counts, and the page stays an article."""
    document = read(f"<p>发布时间：{shown}</p>", "", url="https://www.qingtan.gov.cn/2019-09-30/1.html")
    assert (document.published, document.published_from) == (SHOWN, "url")
    assert document.page_facts.looks == "article"


def test_the_day_of_signature_is_left_to_the_list() -> None:
    """Where only 成文日期 is shown it is a date of another kind, and the list's goes before it."""
    document = read("<p>成文日期：2019-09-30</p>", "")
    assert (document.published, document.published_from) == (SHOWN, "other")
