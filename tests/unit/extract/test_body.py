"""Where the text of an article begins and ends, in boxes without a telling name."""

from __future__ import annotations

from datetime import date

import pytest

from jimo_lint.extract.pages.page import read_page

TEXTS = (
    "为丰富辖区居民的业余文化生活，社区服务中心每周三下午在文化站开展书法培训，居民齐聚一堂，共同学习。",
    "培训班的老师从握笔、坐姿讲起，手把手教大家练习基本笔画。",
    "通过培训，居民对书法有了进一步的了解，从中体验到了书法的乐趣。",
)
P = "".join(f"<p>{text}</p>" for text in TEXTS)
HEAD = "<div>“学书法”培训班开课</div><div>发布时间：2025-05-02</div>"
TOP = (
    '<div class="a1">您访问的链接即将离开“青潭区人民政府网站”是否继续？<span>放弃</span></div>'
    '<div class="h1box"><span>用户中心</span>'
    '<div class="dh"><span><a href="/">首页</a></span><span><a href="/yw/">要闻动态</a></span></div>'
    "<p>网上政务服务大厅政务大厅指引中央单位服务评价结果公示办事统计</p></div>"
)
FOOT = (
    '<div class="y9"><div>党政机关标识</div><div>地址：青潭区二龙路1号</div><div>主办:青潭区人民政府办公室</div></div>'
)
ROWS = "".join(f"<tr><td>第{number}期</td><td>青潭区文化馆书法班名单</td></tr>" for number in range(12))


def body(inside: str) -> list[str]:
    """The text of a page that is called no more than its site, in boxes without telling names."""
    html = f"<html><head><title>青潭区人民政府</title></head><body>{inside}</body></html>"
    document = read_page(html, "https://www.qingtan.gov.cn/xcfw/1.html", as_of=date(2026, 1, 31)).document
    assert document.title == "“学书法”培训班开课"
    assert document.published and document.published.date() == date(2025, 5, 2)
    assert document.page_facts.looks == "article"
    return [block.text for block in document.blocks if block.kind in ("body", "table", "attachment")]


@pytest.mark.parametrize(
    "inside",
    [
        f'{TOP}<div class="xxxq"><div>信息详情</div><div>{HEAD}<div>{"<br>".join(TEXTS)}</div></div></div>{FOOT}',
        f'{TOP}<div class="xxxq"><div>信息详情</div><div>{HEAD}{P}</div></div>{FOOT}',
        f"{TOP}{HEAD}{P}{FOOT}",
        f'<div id="all">{TOP}<div class="xxxq">{HEAD}<div>{P}</div></div>{FOOT}</div>',
        f"{TOP}<table><tr><td>{HEAD}</td></tr><tr><td>{P}</td></tr></table>{FOOT}",
        f'{TOP}<div class="l">{"<p>栏目的简介文字说明</p>" * 9}</div><div class="r">{HEAD}<div>{P}</div></div>{FOOT}',
        f"<div>您的浏览器版本过低。请升级浏览器，以获得更好的体验。</div>{TOP}<div>{HEAD}<div>{P}</div></div>{FOOT}",
        f'{TOP}<div>{HEAD}<div>{P}</div></div><div class="s">扫一扫在手机打开当前页</div>{FOOT}',
    ],
)
def test_the_text_stands_alone(inside: str) -> None:
    """Notices, menus, the title with its line of date and source, the footer are no part of it."""
    assert body(inside) == [*TEXTS]


def test_what_follows_the_sentences_belongs_to_them() -> None:
    """Signature and table are read, whatever boxes they stand in."""
    signed = f"{TOP}<div>{HEAD}<div>{P}</div><div>青潭区文化馆</div><div>2025年5月2日</div></div>{FOOT}"
    assert body(signed) == [*TEXTS, "青潭区文化馆", "2025年5月2日"]
    table = f"<div>{P}</div><div><table>{ROWS}</table></div>"
    assert len(body(f"{TOP}<div>{HEAD}<div>{table}</div></div>{FOOT}")) == 3 + 24
