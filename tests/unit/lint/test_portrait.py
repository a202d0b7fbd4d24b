"""Portraits on leaders' pages: a picture that bears the name or stands beside it, whatever its address."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from jimo_lint.extract.pages.page import read_page
from jimo_lint.lint.engine import Engine
from jimo_lint.model import ColumnKind, Context, PageClass
from tests.support import shipped

DAY = date(2026, 11, 22)
RULES = [rule for rule in shipped.rules() if rule.code == "C117"]
PAGE = """<html><head><title>{title}_青潭区人民政府</title></head><body>
<div class="header"><img src="/static/emblem.png" alt="青潭区人民政府"></div>
<div class="nav"><a href="/">首页</a><a href="/ld/">领导之窗</a><a href="/zw/">政务公开</a></div>
<div class="wrap"><div class="crumb">当前位置：<a href="/">首页</a> &gt; <a href="/ld/">领导之窗</a></div>
{main}</div>
<div class="footer">主办单位：青潭区人民政府办公室 <img src="/static/conac.png"></div></body></html>"""
TEXT = """<p>青潭区副区长。</p><p>工作分工：负责城乡建设、交通运输、水利等方面的工作，联系区工商联。</p>
<p>个人简历：汉族，1975年3月出生，大学学历，1997年7月参加工作。</p>"""


def found(main: str, title: str = "许　某") -> list[str]:
    """What C117 says of a leader's page with this main part."""
    page = read_page(PAGE.format(main=main, title=title), "https://www.example.gov.cn/ld/xu.html", as_of=DAY)
    placed = {"page_class": PageClass.ARTICLE, "list_title": title, "column_kind": ColumnKind.LEADERS}
    facts = replace(page.document.page_facts, **placed)
    engine = Engine(RULES, Context(DAY, shipped.national()))
    return [one.message for one in engine.findings(replace(page.document, facts=facts))]


def beside(picture: str) -> str:
    """A portrait to the left of name, post, division of work and résumé."""
    return f'<div class="ld"><div class="pic">{picture}</div><div class="intro"><h1>许　某</h1>{TEXT}</div></div>'


@pytest.mark.parametrize(
    "main",
    [
        beside('<img src="/ld/xu.jpg">'),
        beside('<img src="pic/xumou.png" alt="">'),
        beside('<a href="/ld/xu-big.jpg"><img src="/ld/xu.jpg"></a>'),
        beside('<img src="/showpic?who=xu" width="150" height="210">'),
        f'<h1>许　某</h1><div class="content"><p><img src="xu.jpg"></p>{TEXT}</div>',
        f'<table><tr><td rowspan="3"><img src="/a/xu.jpg"></td><td>许　某</td></tr><tr><td>{TEXT}</td></tr></table>',
        f'<h1>许　某</h1><div class="side"><img src="/p/a.jpg" alt="许某"></div>{TEXT}',
        f'<h1>许　某</h1><div class="side"><img src="/p/a.jpg" alt="许 某同志"></div>{TEXT}',
        f'<h1>许　某</h1><div class="side"><img src="/p/a.jpg" alt="个人照片"></div>{TEXT}',
    ],
)
def test_a_portrait_needs_no_telling_address(main: str) -> None:
    """A picture beside the name, in the text, or with the name as its alternative text is the portrait."""
    assert found(main) == []


@pytest.mark.parametrize(
    "main",
    [
        f'<div class="ld"><h1>许　某</h1>{TEXT}</div>',
        beside('<img src="/static/qrcode.png" alt="扫一扫">'),
        beside('<img src="/static/print.gif" width="16" height="16">'),
        beside('<img src="/static/a.gif" width="16" height="16">'),
        beside('<img src="/static/nopic.jpg">'),
        beside('<img src="/static/x.jpg" alt="暂无照片">'),
        beside('<a href="/zt/djxx/"><img src="/static/dangjian.jpg"></a>'),
        f'<div class="ld"><h1>许　某</h1>{TEXT}</div><div class="sidebar"><img src="/static/ad.jpg"></div>',
        f'<div class="ld"><h1>许　某</h1>{TEXT}</div><div class="side"><img src="/p/a.jpg" alt="青潭风光"></div>',
    ],
)
def test_other_pictures_are_no_portrait(main: str) -> None:
    """Marks, codes, placeholders, banners and the pictures of the page's frame leave the portrait missing."""
    assert found(main) == ["领导页面“许某”没有读到：照片"]


def test_a_page_does_not_say_itself_that_it_has_a_portrait() -> None:
    """A meta named like what the reader finds counts for nothing."""
    page = PAGE.replace("</title>", '</title><meta name="portrait" content="yes">')
    read = read_page(page.format(main=TEXT, title="许某"), "https://www.example.gov.cn/ld/xu.html", as_of=DAY)
    assert not read.document.page_facts.portrait
