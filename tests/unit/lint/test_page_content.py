"""Leaders' pages, and documents past their time."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest

from jimo_lint.lint.engine import Engine
from jimo_lint.model import Block, ColumnKind, Context, Document, Link, PageClass, PageFacts
from tests.support import shipped

DAY = date(2026, 11, 22)
RULES = [rule for rule in shipped.rules() if rule.code in ("C117", "C118", "C121", "C122", "C123")]
URL = "https://www.example.gov.cn/ldxx/1.html"
PORTRAIT = Link("https://www.example.gov.cn/d/file/p/2018/06-24/83.jpg", kind="image")


def messages(title: str, *lines: str, links: tuple[Link, ...] = (), **known: Any) -> list[str]:
    """Code and message of what is found on an article with these lines."""
    page = Document(
        URL,
        URL,
        "site",
        title,
        tuple(Block("body", line) for line in lines),
        published=datetime(2020, 3, 2),
        published_from="label",
        links=links,
        facts=PageFacts(**{"page_class": PageClass.ARTICLE, "list_title": title, **known}),
    )
    engine = Engine(RULES, Context(DAY, shipped.national()))
    return [f"{one.code} {one.message}" for one in engine.findings(page)]


def leader(title: str, *lines: str, links: tuple[Link, ...] = (PORTRAIT,)) -> list[str]:
    """What is found on a page of the leaders' list."""
    return messages(title, *lines, links=links, column_kind=ColumnKind.LEADERS)


POST, WORK, LIFE = "县人民政府副县长", "工作分工：负责城乡建设。", "个人简历：某某，女，汉族，1987年参加工作。"


def test_a_leaders_page_in_order() -> None:
    """Name, post, portrait, résumé and division in whatever order; a padded name is a name."""
    assert leader("付　某", POST, WORK, LIFE) == []
    assert leader("某　某", LIFE, WORK, POST) == []


@pytest.mark.parametrize(
    ("lines", "links", "missing"),
    [
        ((POST, WORK, LIFE), (), "照片"),
        ((POST, WORK), (PORTRAIT,), "简历"),
        ((POST, LIFE), (PORTRAIT,), "分工"),
        ((WORK, LIFE), (PORTRAIT,), "职务"),
        ((POST, WORK), (), "照片、简历"),
    ],
)
def test_each_missing_element_is_named(lines: tuple[str, ...], links: tuple[Link, ...], missing: str) -> None:
    """The leader and the elements are in the message."""
    assert leader("付　某", *lines, links=links) == [f"C117 领导页面“付某”没有读到：{missing}"]


def test_elements_on_pages_of_their_own() -> None:
    """Tabs that lead to the résumé and the division of work count as these."""
    tabs = (PORTRAIT, Link(URL + "?jl", "工作简历"), Link(URL + "?fg", "工作分工"))
    assert leader("付某某", POST + "，县政府党组成员", links=tabs) == []


def test_pages_that_are_not_understood() -> None:
    """An empty page is for a person to look at; a report on a leader's visit is no leader's page."""
    assert [one[:4] for one in leader("付某某", links=())] == ["C118"]
    assert leader("付某某到城关镇调研脱贫攻坚工作并看望慰问群众", "近日……") == []


@pytest.mark.parametrize(
    ("text", "end"),
    [
        ("本办法自2021年11月23日起施行，有效期5年。", ""),
        ("本办法自2021年11月21日起施行，有效期五年。", "2026-11-21"),
        ("本通知自印发之日起施行，有效期两年。", "2022-03-02"),
        ("自2010年1月1日起施行，有效期至2025年12月31日。", "2025-12-31"),
        ("本办法有效期至2026年11月22日。", ""),
        ("许可证有效期至2020年1月1日的，应当换证。", ""),
        ("本办法自2010年2月31日起施行，有效期5年。", ""),
    ],
)
def test_term_of_a_document(text: str, end: str) -> None:
    """The last day itself is in time; what is not the document's own term is no term."""
    found = messages("关于印发补贴办法的通知", text)
    assert [one.partition("，")[0] for one in found] == [f"C122 文件的有效期已到 {end}"] * bool(end)


@pytest.mark.parametrize(
    ("title", "lines", "codes"),
    [
        ("补贴办法（已废止）", ["有效性：有效"], ["C121"]),
        ("补贴办法", ["该文件已失效"], ["C121"]),
        ("补贴办法", ["时效性：废止"], ["C121"]),
        ("补贴办法（失效）", ["时效性：失效"], []),
        ("关于废止补贴办法的决定", ["有效性：有效", "补贴办法自公布之日起废止。"], []),
        ("补贴办法", ["有效性：有效", "原办法同时废止。"], []),
    ],
)
def test_void_documents(title: str, lines: list[str], codes: list[str]) -> None:
    """A mark counts in brackets, on a line of its own or in the status field; another document's end does not."""
    assert [one[:4] for one in messages(title, *lines)] == codes


@pytest.mark.parametrize(
    ("text", "over"),
    [
        ("公示期：2024年12月28日至1月3日。", True),
        ("公示时间：2025年11月18日至2025年11月22日。", True),
        ("公示时间：2025年11月18日至2025年11月23日。", False),
        ("公示期为5个工作日。", False),
    ],
)
def test_notices_long_over(text: str, over: bool) -> None:
    """A year after its own last day a notice is over; without a day nothing is said."""
    assert [one[:4] for one in messages("公示", text)] == ["C123"] * over
