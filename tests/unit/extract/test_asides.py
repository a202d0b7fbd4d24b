"""What a page says beside its lines is read, and makes no line of it."""

from __future__ import annotations

from datetime import date
from time import process_time

import pytest

from jimo_lint.extract.pages.page import Page, read_page
from jimo_lint.readers.drafts import markup

AS_OF = date(2026, 1, 31)
LINE = "<p>现将有关事项通知如下。</p>"


def read(main: str) -> Page:
    html = f"<html><head><title>通知</title></head><body><div class=content>{LINE}{main}</div></body></html>"
    return read_page(html, "https://www.qingtan.gov.cn/tzgg/1.html", as_of=AS_OF)


def asides(main: str) -> list[str]:
    return [block.text for block in read(main).document.blocks if block.kind in ("aside", "frame")]


@pytest.mark.parametrize(
    ("main", "text"),
    [
        ("<textarea>请写\n意见</textarea>", "请写意见"),
        ("<textarea><p>意见</p><p>建议</p></textarea>", "意见\n建议"),
        ("<noscript><!-- 注 -->请<b>打开</b>脚本<iframe src=a></iframe>再看</noscript>", "请打开脚本\n再看"),
        ("<svg><style>a{}</style><title>图标</title><text>服<tspan>务</tspan></text></svg>", "图标\n服务"),
        ("<math><mtext>面积</mtext><mi>x</mi></math>", "面积\nx"),
        ('<iframe srcdoc="<p>咨<b>询</b>电话</p>&lt;p&gt;投诉"></iframe>', "咨询电话\n投诉"),
        ("<template><p>暂存</p></template>", "暂存"),
        ("<xmp><p>原样</xmp>", "<p>原样"),
        ("<noembed><p>没有插件</noembed>", "没有插件"),
        ("<ruby>青<rt>清</rt>潭<rt>唐代</rt></ruby>", "唐代"),
        ('<input placeholder="关键字&amp;文号">', "关键字&文号"),
        ('<input value="请输入">', "请输入"),
        ('<input type=SUBMIT value="搜索">', "搜索"),
        ('<input type=image alt="搜索">', "搜索"),
        ('<map><area alt="城关镇"></map>', "城关镇"),
        ('<p title="详情">略</p>', "详情"),
        ('<a href="/b" title="关于召开会议的通知">关于召开…</a>', "关于召开会议的通知"),
        ('<span aria-label="关闭"></span>', "关闭"),
        ('<select><optgroup label="镇街"></optgroup></select>', "镇街"),
        ('<table summary="名单"></table>', "名单"),
    ],
)
def test_what_people_may_be_shown_is_read(main: str, text: str) -> None:
    """Each sort by itself, without its markup."""
    assert asides(main) == [text]


@pytest.mark.parametrize(
    "main",
    [
        "<input type=hidden value=暗号>",
        "<input type=checkbox value=选项>",
        "<li value=第三>略</li>",
        "<script>关健</script><style>关健{}</style>",
        "<ruby>青<rt>qīng</rt>潭<rt>tán</rt></ruby>",
        '<a href="/b" title="有关事项">略</a>',
        "<textarea>  </textarea>",
        '<script src="/js/vue.js"></script><p title="{{ 名称 }}">略</p><template>{{ 名称 }}</template>',
    ],
)
def test_what_nobody_is_shown_or_a_line_says_already_is_left_out(main: str) -> None:
    """Values of what is no field, code, the sound of words, and titles that repeat the text."""
    assert asides(main) == []


@pytest.mark.parametrize(
    ("line", "text"),
    [
        ("高度重视， <img src=a> 抓好落实。", "高度重视，抓好落实。"),
        ("高度重视，<b> </b><img src=a> <img src=b> <i>抓好</i>落实。", "高度重视，抓好落实。"),
        ("印发《 <img src=a> 方案》", "印发《方案》"),
        ("扫码<img src=a> ，办理", "扫码，办理"),
        ("张三 <img src=a> 李四", "张三 李四"),
        ("张三<img src=a>李四", "张三李四"),
        ("高度重视， <b>抓好</b>落实。", "高度重视， 抓好落实。"),
        ("<a href=/a>甲</a> <img src=a> <a href=/b>乙</a>", "甲 乙"),
    ],
)
def test_blanks_beside_a_picture_are_no_blanks_beside_a_mark(line: str, text: str) -> None:
    """They keep the picture apart; where there is none, they are the author's."""
    texts = read(f"<p>{line}</p>").document.text.split("\n")
    assert text in texts


def test_a_title_is_read_as_its_line_is() -> None:
    """So that the two are known for the same."""
    page = read("<h1>关于印发《 <img src=a> 方案》的通知</h1>").document
    assert page.title == "关于印发《方案》的通知"
    assert {block.text for block in page.blocks if "印发" in block.text} == {page.title}


def test_what_is_said_twice_is_read_once() -> None:
    """A menu whose links have the same title on the page many times."""
    assert asides('<p title="详情">略</p><p title="详 情">略</p>') == ["详情"]


@pytest.mark.parametrize(
    "aside",
    [
        "<noscript>本页内容须打开脚本才能查看。请在浏览器的设置里打开脚本，再刷新本页，即可看到本栏目的全部信息。</noscript>",
        "<textarea>请在此填写您对本栏目的意见建议，我们将在三个工作日内答复。感谢您的关心和支持，祝您生活愉快！</textarea>",
        '<input placeholder="请输入本栏目的关键字查询，例如文号、标题、发布日期或者其中的一部分，系统即可为您列出。">',
    ],
)
def test_a_blank_page_stays_blank_whatever_its_fields_say(aside: str) -> None:
    """A column without a row is blank, and it is no article either."""
    html = "<html><head><title>政策解读</title></head><body><h1>政策解读</h1>{}<ul></ul></body></html>"
    url = "https://www.qingtan.gov.cn/zcjd/index.html"
    with_it, without = (read_page(html.format(one), url, as_of=AS_OF) for one in (aside, ""))
    assert any(block.kind == "frame" for block in with_it.document.blocks)
    assert (with_it.rows, with_it.scripted, with_it.obstacle, with_it.document.facts) == (
        without.rows, without.scripted, without.obstacle, without.document.facts,
    )  # fmt: skip


@pytest.mark.parametrize("deep", ["<template>", "<noscript>", "<svg><g>", "<textarea><a>", "<math><mi>"])
def test_a_hostile_page_takes_no_longer_than_another(deep: str) -> None:
    """What nests, and what is never closed, is read in one pass."""
    started = process_time()
    markup.document(deep * 5_000 + "文字" + "<a &lt;a" * 20_000, "稿.html", "稿.html", AS_OF)
    assert process_time() - started < 5
