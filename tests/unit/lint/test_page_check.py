"""Faults of one page or post that are not in its words."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

import pytest

from jimo_lint.errors import RuleError
from jimo_lint.lint.checks.pages.page import PageCheck
from jimo_lint.lint.engine import Engine
from jimo_lint.lint.triage import triage
from jimo_lint.model import Block, ColumnKind, Context, Document, Finding, Link, PageClass, PageFacts, PostState
from tests.support import shipped

CONTEXT = Context(date(2026, 11, 22), shipped.national())
RULES = [rule for rule in shipped.rules() if rule.kind == "page"]
URL = "https://www.example.gov.cn/tzgg/1.html"
ARTICLE = Document(
    URL,
    URL,
    "site",
    "通知",
    (Block("title", "通知"), Block("body", "文" * 100)),
    facts=PageFacts(page_class=PageClass.ARTICLE, list_title="通知"),
)


def findings(document: Document) -> list[Finding]:
    return list(Engine(RULES, CONTEXT).findings(document))


def codes(document: Document) -> list[str]:
    return [finding.code for finding in findings(document)]


def test_undated_article() -> None:
    """An article of 100 Han characters without a date is reported; with a date it is not."""
    assert codes(ARTICLE) == ["C104"]
    assert codes(replace(ARTICLE, published=datetime(2026, 11, 1))) == []


@pytest.mark.parametrize("kind", [*(kind for kind in PageClass if kind is not PageClass.ARTICLE), None])
def test_only_articles_need_a_date(kind: PageClass | None) -> None:
    """Lists, the home page and what is in no place yet have no publish date to show."""
    assert codes(replace(ARTICLE, facts=replace(ARTICLE.page_facts, page_class=kind))) == []


@pytest.mark.parametrize(
    ("address", "found"),
    [
        ("", []),
        ("/", []),
        ("/qqgk/", []),
        ("/qqgk/index.html", []),
        ("/qqgk/Index_2.shtml?a=/b", []),
        ("/a/1.html", ["C104"]),
    ],
)
def test_standing_texts_need_no_date(address: str, found: list[str]) -> None:
    """The page of a folder is a standing text of the column, not an article."""
    assert codes(replace(ARTICLE, url="https://www.example.gov.cn" + address)) == found


def test_only_what_a_column_lists_needs_a_date() -> None:
    """What no list leads to may be a standing text, and so are the pages of leaders and organs."""
    assert codes(replace(ARTICLE, facts=PageFacts(page_class=PageClass.ARTICLE))) == []
    for kind, found in ((ColumnKind.LEADERS, False), (ColumnKind.ORGANISATION, False), (ColumnKind.NOTICE, True)):
        facts = replace(ARTICLE.page_facts, column_kind=kind)
        assert ("C104" in codes(replace(ARTICLE, facts=facts))) is found


def test_short_pages_need_no_date() -> None:
    """99 Han characters are no article; title, metas and footer do not count, tables do."""
    short = (Block("title", "题" * 50), Block("body", "文" * 99 + "abc123，。"), Block("footer", "脚" * 50))
    assert codes(replace(ARTICLE, blocks=short)) == []
    assert codes(replace(ARTICLE, blocks=(*short, Block("table", "表")))) == ["C104"]


def test_only_pages_of_the_site_need_a_date() -> None:
    """A draft and a post are not articles of the site."""
    assert codes(replace(ARTICLE, source="file")) == []
    assert codes(replace(ARTICLE, source="archive")) == []


def dated(*links: Link) -> Document:
    return replace(ARTICLE, published=datetime(2026, 11, 1), links=links)


def test_empty_links() -> None:
    """One finding a page, with the number of empty links and some of their texts."""
    texts = ("办事指南", " 表格\n下载 ", "办事指南", "", "在线申报", "政策问答")
    [finding] = findings(dated(*(Link("", text, "empty") for text in texts)))
    assert finding.code == "L103"
    assert finding.message == "有 5 个链接没有地址：“办事指南”、“在线申报”、“政策问答”等"
    assert codes(dated(Link("", " ", "empty"))) == []
    assert codes(dated(Link(URL, "办事指南"))) == []


def test_empty_links_of_a_template_are_one_problem() -> None:
    """The same empty links on another page have the same fingerprint, others another."""
    [first] = findings(dated(Link("", "甲", "empty"), Link("", "乙", "empty")))
    [again] = findings(replace(dated(Link("", "乙", "empty"), Link("", "甲", "empty")), id="x", url=URL + "2"))
    [other] = findings(dated(Link("", "丙", "empty")))
    assert first.fingerprint == again.fingerprint != other.fingerprint


def test_local_links() -> None:
    """Each local address is one finding and is quoted as the page has it."""
    raws = ("file:///C:/申报表.docx", "file:///C:/申报表.docx", "http://192.168.1.20/oa/")
    found = findings(dated(*(Link("", "附件", "local", raw) for raw in raws)))
    assert [finding.code for finding in found] == ["L104", "L104"]
    assert found[1].message.endswith("http://192.168.1.20/oa/")


@pytest.mark.parametrize(
    ("state", "found"),
    [(PostState.OK, []), (PostState.DELETED, ["A104"]), (PostState.BLOCKED, ["A105"]), (PostState.UNAVAILABLE, [])],
)
def test_states_of_posts(state: PostState, found: list[str]) -> None:
    """A deleted and a blocked post are told apart; one that cannot be seen just now is neither."""
    post = Document("wechat:甲#1", "", "archive", "", account="wechat:甲", state=state)
    assert codes(post) == found
    assert codes(replace(post, source="site")) == []


def test_one_row_a_page() -> None:
    """Two undated articles are two problems."""
    [first] = findings(ARTICLE)
    [other] = findings(replace(ARTICLE, id=URL + "2", url=URL + "2"))
    assert first.fingerprint != other.fingerprint
    assert (first.subject, first.url, first.span, first.position) == ("通知", URL, None, None)


def test_refuses_an_unknown_check() -> None:
    """A wrong parameter names the rule's file and the nearest check."""
    with pytest.raises(RuleError, match='“undate” 不认识，是否为 "undated"？'):
        PageCheck([replace(RULES[0], params={"check": "undate"})], CONTEXT)


def test_one_wrong_title_on_many_pages_is_one_problem() -> None:
    """A template that writes the site's name into every `<title>` makes one row, with all pages counted."""
    pages = [
        replace(
            ARTICLE,
            id=f"{URL}{number}",
            url=f"{URL}{number}",
            title=f"关于第{number}号事项的通知",
            published=datetime(2026, 11, 1),
            facts=PageFacts(
                head_title="示例区人民政府",
                page_class=PageClass.ARTICLE,
                list_title=f"关于第{number}号事项的通知",
            ),
        )
        for number in range(7)
    ]
    rows = triage(finding for page in pages for finding in findings(page))
    assert [(row.code, row.pages, len(row.samples)) for row in rows] == [("C112", 7, 5)]


@pytest.mark.parametrize(
    ("head", "listed", "apart"),
    [
        ("部门动态", "我区开展秋季大气污染防治检查", True),
        ("示例区人民政府", "示例区召开会议", False),
        ("防火通知", "关于做好秋季森林防火工作的通知", False),
        ("图解：供水保障政策", "供水保障政策图解", False),
        ("公告", "拍卖", False),
        ("关于甲的公示", "乙公司设备采购中标结果", True),
        ("关于甲的公示", "[查看全文]", False),
        ("领导简介", "副区长某某某同志分管工作", False),
        ("机构概况", "示例区应急管理局", False),
        ("领导信息", "副区长某某某同志分管工作", True),
    ],
)
def test_titles_apart(head: str, listed: str, apart: bool) -> None:
    """Titles made shorter or turned round are the same; names of columns and other articles' titles are not."""
    page = replace(ARTICLE, title=head, published=datetime(2026, 11, 1))
    page = replace(page, facts=PageFacts(head_title=head, page_class=PageClass.ARTICLE, list_title=listed))
    assert codes(page) == ["C112"] * apart


def test_insecure_parts_are_one_problem_a_host() -> None:
    """Ten pictures of one host on a secure page are one row, of two hosts two; a link to such a host is none."""
    images = tuple(Link(f"http://pic{number % 2}.example.cn/{number}.jpg", kind="image") for number in range(10))
    page = replace(ARTICLE, published=datetime(2026, 11, 1), links=(*images, Link("http://a.example.cn/")))
    assert codes(page) == ["C116", "C116"]
    assert codes(replace(page, url=URL.replace("https", "http"))) == []
