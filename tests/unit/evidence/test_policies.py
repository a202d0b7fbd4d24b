"""Policy documents and their interpretations."""

from __future__ import annotations

import pytest

from jimo_lint.evidence.policies import PolicyTally
from jimo_lint.model import Block, ColumnKind, Document, Interpretation, Link, PageClass, PageFacts

BASE = "https://www.example.gov.cn"
KINDS = {"/zcwj/": ColumnKind.POLICY, "/zcjd/": ColumnKind.INTERPRETATION}
LONG = "该文件从总体要求、重点任务、保障措施等方面作出安排。" * 6


def kind_of(url: str) -> ColumnKind | None:
    """By the folder, as the inspection does where no list shows the address."""
    return next((kind for folder, kind in KINDS.items() if url.startswith(BASE + folder)), None)


def page(path: str, title: str, text: str, *links: str) -> Document:
    """An article with the navigation that leads to both columns."""
    url = BASE + path
    kind = kind_of(url)
    return Document(
        url,
        url,
        "site",
        title,
        (Block("title", title), Block("body", text)),
        column=url.rsplit("/", 1)[0] + "/",
        links=tuple(Link(BASE + link) for link in ("/", *KINDS, *links)),
        facts=PageFacts(page_class=PageClass.ARTICLE, column_kind=kind),
    )


POLICY = page("/zcwj/1.html", "关于印发示例区城市更新工作方案的通知", "示政发〔2026〕12号\n现将方案印发给你们。")
OTHER = page("/zcwj/2.html", "关于加强农村供水保障的实施意见", "示政发〔2026〕13号")


def read(*pages: Document) -> list[Interpretation]:
    """The readings of these pages."""
    tally = PolicyTally(kind_of)
    for one in pages:
        tally.add(one)
    return list(tally.readings())


@pytest.mark.parametrize(
    ("title", "text", "policy"),
    [
        ("《示例区城市更新工作方案》政策解读", LONG, POLICY.title),
        ("一图读懂示例区城市更新工作方案", "", POLICY.title),
        ("问答", f"示政发〔2026〕12号文件印发以来，{LONG}", POLICY.title),
        ("问答", f"近日，我区印发《关于加强农村供水保障的实施意见》。{LONG}", OTHER.title),
        ("问答", f"根据《示例区城市更新工作方案》和《关于加强农村供水保障的实施意见》，{LONG}", ""),
        ("《国务院关于就业的意见》政策解读", LONG, ""),
    ],
)
def test_which_document_is_explained(title: str, text: str, policy: str) -> None:
    """By the name in the title, or by the only document of the site that the opening names; in doubt by none."""
    [reading] = read(POLICY, OTHER, page("/zcjd/1.html", title, text))
    assert (reading.policy, reading.named) == (policy, True)
    assert reading.linked is (not policy)


def test_of_two_names_in_a_title_the_first_document_met_is_meant() -> None:
    """Also where the name of the other stands before it, and where one is part of the other."""
    wider = page("/zcwj/4.html", "关于印发示例区城市更新工作方案实施细则的通知", "正文")
    title = "《示例区城市更新工作方案实施细则》和《关于加强农村供水保障的实施意见》解读"
    for policies, policy in (((OTHER, POLICY, wider), OTHER), ((POLICY, wider, OTHER), POLICY), ((wider,), wider)):
        [reading] = read(*policies, page("/zcjd/1.html", title, LONG))
        assert reading.policy == policy.title


def test_a_document_with_a_short_name_is_not_meant_by_every_title_that_holds_it() -> None:
    """A page that is called no more than 实施方案 would be explained by half of the column."""
    short = page("/zcwj/3.html", "实施方案", "正文")
    [reading] = read(short, page("/zcjd/1.html", "一图读懂清洁取暖实施方案", LONG))
    assert reading.policy == ""


@pytest.mark.parametrize(
    ("there", "back", "expected"),
    [
        ((), (), (False, False)),
        (("/zcwj/1.html",), (), (True, False)),
        ((), ("/zcjd/1.html",), (False, True)),
        (("/zcwj/1.html",), ("/zcjd/1.html",), (True, True)),
        (("/zcwj/2.html",), ("/zcjd/2.html",), (False, False)),
    ],
)
def test_links_both_ways(there: tuple[str, ...], back: tuple[str, ...], expected: tuple[bool, bool]) -> None:
    """Each direction is told apart, in whatever order the pages come."""
    policy = page("/zcwj/1.html", POLICY.title, "正文", *back)
    reading = page("/zcjd/1.html", "《示例区城市更新工作方案》政策解读", LONG, *there)
    for pages in ((policy, reading), (reading, policy)):
        [found] = read(*pages)
        assert (found.linked, found.linked_back) == expected


@pytest.mark.parametrize(
    ("text", "links", "named"),
    [
        (LONG, (), False),
        (LONG, ("/zcwj/2.html",), True),
        (f"落实《就业促进条例》，{LONG}", (), True),
        (f"《红楼梦》里写道，{LONG}", (), False),
        (f"国办发〔2017〕47号要求，{LONG}", (), True),
        ("见图。", (), True),
    ],
)
def test_interpretations_that_name_no_document(text: str, links: tuple[str, ...], named: bool) -> None:
    """A name, a number or a link is enough; the columns in the navigation are not; a picture cannot be judged."""
    [reading] = read(POLICY, page("/zcjd/1.html", "就业形势总体稳定", text, *links))
    assert reading.named is named
