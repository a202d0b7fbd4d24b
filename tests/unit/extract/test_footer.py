"""Footers as sites write them: whose site it is and its record numbers, in whatever boxes and order."""

from __future__ import annotations

from datetime import date

import pytest

from jimo_lint.extract.pages.page import read_page
from jimo_lint.model import Document

ARTICLE = (
    '<div class="nav"><a href="/">首页</a></div><div class="article"><h1>青潭区召开防汛会议</h1>'
    '<p class="info">发布时间：2025-11-14 来源：区应急管理局</p><div class="TRS_Editor">'
    "<p>11月13日，全区防汛工作会议召开，区政府有关负责同志出席会议并讲话，各镇街负责同志参加会议。</p>"
    "<p>会议要求，要压实责任、排查隐患，坚决防范各类事故发生。</p>{inside}</div></div>"
)


def read(foot: str, inside: str = "") -> Document:
    """An article with this below it. inside: how its text ends."""
    html = (
        "<html><head><title>青潭区召开防汛会议-青潭区人民政府</title></head>"
        f"<body>{ARTICLE.format(inside=inside)}{foot}</body></html>"
    )
    return read_page(html, "https://www.qingtan.gov.cn/a/1.html", as_of=date(2026, 1, 31)).document


def elements(foot: str, inside: str = "") -> dict[str, str]:
    """What is found of the footer's elements."""
    return dict(read(foot, inside).page_facts.footer)


GOVERNMENT, OFFICE, BUREAU = "青潭区人民政府", "青潭区人民政府办公室", "青潭区大数据局"


@pytest.mark.parametrize(
    ("foot", "organiser", "undertaker"),
    [
        (f"{OFFICE}主办 <a href='/wzdt/'>网站地图</a>", OFFICE, ""),
        (f"{GOVERNMENT}主办　{BUREAU}承办", GOVERNMENT, BUREAU),
        (f"{GOVERNMENT}主办{BUREAU}承办", GOVERNMENT, BUREAU),
        (f"{GOVERNMENT} 主办 | {BUREAU} 承办", GOVERNMENT, BUREAU),
        (f"<b>{GOVERNMENT}</b>主办", GOVERNMENT, ""),
        (f"本网站由{OFFICE}主办", OFFICE, ""),
        (f"<p>主办单位</p><p>{OFFICE}</p>", OFFICE, ""),
        (f"主办单位：<br>{OFFICE}<br>联系电话：0532-88880000", OFFICE, ""),
        (
            f"<table><tr><td>主办单位</td><td>{OFFICE}</td><td>承办单位</td><td>{BUREAU}</td></tr></table>",
            OFFICE,
            BUREAU,
        ),
        (f"主 办：{OFFICE} 地址：青潭路1号", OFFICE, ""),
        (f"主办：{OFFICE}承办：{BUREAU}维护：青潭区信息中心鲁ICP备00000001号", OFFICE, BUREAU),
        (
            f"<span>主办：{OFFICE}</span><span>承办：{BUREAU}</span><span>政府网站标识码：3799990001</span>",
            OFFICE,
            BUREAU,
        ),
        ("主办：青潭区政务服务和大数据管理局承办：青潭区信息中心", "青潭区政务服务和大数据管理局", "青潭区信息中心"),
        (f"<span>主办：{OFFICE}</span><span>欢迎您</span>", OFFICE, ""),
        ("主办：青潭区<b>人民政府</b>办公室", OFFICE, ""),
        (f"主办 {OFFICE} 承办 {BUREAU}", OFFICE, BUREAU),
        (f"Copyright © 2020-2025 {GOVERNMENT} 版权所有", GOVERNMENT, ""),
        (f"版权所有：{GOVERNMENT}　主办单位：{OFFICE}", OFFICE, ""),
        (f"主办单位：承办单位：{BUREAU}", "", BUREAU),
        ("政府网站主办单位：", "", ""),
    ],
)
def test_whose_site_it_is(foot: str, organiser: str, undertaker: str) -> None:
    """The name stands behind its label or before the word, over cells and lines, with or without blanks."""
    found = elements(f'<div class="footer">{foot}</div>')
    assert (found.get("organiser", ""), found.get("undertaker", "")) == (organiser, undertaker)


@pytest.mark.parametrize(
    ("foot", "key", "value"),
    [
        ("鲁公网安备号37999900000008", "police", "鲁公网安备37999900000008"),
        ("鲁公网安备<br>37999900000008号", "police", "鲁公网安备37999900000008号"),
        ("公安备案号：37999900000008", "police", "公网安备37999900000008"),
        (
            '<a href="http://www.beian.gov.cn/portal/registerSystemInfo?recordcode=37999900000008"><img></a>',
            "police",
            "公网安备37999900000008号",
        ),
        ("ICP备：鲁ICP备00000008号", "icp", "鲁ICP备00000008号"),
        ("ICP备：鲁00000008号-2", "icp", "鲁ICP备00000008号-2"),
        ("鲁 ICP 备 00000008 号", "icp", "鲁ICP备00000008号"),
        ("鲁ICP备<a href='#'>00000008</a>号", "icp", "鲁ICP备00000008号"),
        ("备案序号鲁ICP备00000008号", "icp", "鲁ICP备00000008号"),
        ("ICP备案编号：00000008", "icp", "ICP备00000008"),
        ("网站标识码3799990008", "idcode", "3799990008"),
        ("网站标识码（3799990008）", "idcode", "3799990008"),
        ("<td>网站标识码</td><td>bm00000008</td>", "idcode", "bm00000008"),
    ],
)
def test_record_numbers(foot: str, key: str, value: str) -> None:
    """The sign before or behind the number, blanks, tags and labels between, an image with the record's address."""
    assert elements(f'<div class="footer"><table><tr>{foot}</tr></table></div>').get(key) == value


MODAL = '<div class="modal"><p>您即将离开本站</p><div class="modal-footer"><button>放弃</button></div></div>'
RECORDS = "鲁ICP备00000008号 网站标识码：3799990008"


@pytest.mark.parametrize(
    "foot",
    [
        f'<div class="foot"><p>热线：12345</p></div><div class="x9"><p>{OFFICE}主办</p><p>{RECORDS}</p></div>',
        f'<div class="x9"><p>主办：{OFFICE}</p></div><div class="footer">{RECORDS}</div>',
        f'<div class="footer">{RECORDS} 版权所有：{GOVERNMENT}</div><div class="x9"><p>主办：{OFFICE}</p></div>',
        f'<div class="footer">{RECORDS}</div><div class="x9"><p>{OFFICE}主办</p></div>',
        f'<div class="bot"><p>{RECORDS}</p><p>主办单位：{OFFICE}</p></div>{MODAL}',
        f'{MODAL}<div class="bot">主办：{OFFICE} {RECORDS}</div>',
        f'<div class="xiafoot"><span>主办：{OFFICE}</span><span>{RECORDS}</span></div>',
        f'<div class="foot">关于我们</div><table><tr><td>主办单位：{OFFICE}</td><td>{RECORDS}</td></tr></table>',
    ],
)
def test_the_tail_is_read_where_the_named_footer_says_nothing(foot: str) -> None:
    """Footers come in two boxes, without a telling name, and beside dialogs that have a footer of their own."""
    found = elements(foot)
    assert (found.get("organiser"), found.get("icp"), found.get("idcode")) == (
        OFFICE,
        "鲁ICP备00000008号",
        "3799990008",
    )


@pytest.mark.parametrize(
    "inside",
    [
        "<p>活动由青潭区教育局主办。</p>",
        "<p>青潭区教育局主办</p>",
        "<p>主办单位：青潭区教育局</p><p>承办单位：青潭区文化馆</p><p>联系电话：0532-11111111</p>",
        "<p>办理ICP备案须知：登录系统。</p><p>主办单位：青潭区教育局</p>",
    ],
)
@pytest.mark.parametrize(
    ("foot", "organiser"), [("", None), (f'<div class="x9">主办：{OFFICE} {RECORDS}</div>', OFFICE)]
)
def test_who_organises_an_event_is_no_organiser_of_the_site(inside: str, foot: str, organiser: str | None) -> None:
    """The text keeps its lines, whether a footer follows or not."""
    document = read(foot, inside)
    assert document.page_facts.footer.get("organiser") == organiser
    assert document.page_facts.footer.get("phone") is None
    body = [block.text for block in document.blocks if block.kind == "body"]
    assert len(body) == 2 + inside.count("<p>")


@pytest.mark.parametrize(
    ("foot", "unread"),
    [
        ('<iframe src="/common/footer.html"></iframe>', "frame"),
        ('<div class="footer"><p>热线：12345</p><iframe src="/bottom.html"></iframe></div>', "frame"),
        ('<div id="footer"></div><script>load("#footer")</script>', "script"),
        ('<script src="/js/foot.js"></script>', "script"),
        (f'<div class="footer">主办：{OFFICE}</div><div class="footer-line"></div>', None),
        (f'<div class="footer">主办：{OFFICE}</div><script src="/js/footable.js"></script>', None),
    ],
)
def test_a_footer_from_elsewhere_is_told(foot: str, unread: str | None) -> None:
    """What a frame or a script brings is not read, and not called missing."""
    assert elements(foot).get("unread") == unread
