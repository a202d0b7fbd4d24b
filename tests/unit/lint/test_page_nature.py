"""What a page is, by what was seen on it; and that a page cannot say it in the program's name."""

from __future__ import annotations

from dataclasses import fields
from datetime import date
from html import escape

import pytest

from jimo_lint.evidence.readings import Shelf
from jimo_lint.evidence.sitewide import SiteTally
from jimo_lint.evidence.standards import FOOTER_ELEMENTS
from jimo_lint.extract.pages.page import Nature, classify, read_page
from jimo_lint.lint.engine import Engine
from jimo_lint.model import Context, Document, PageClass, PageFacts, PostFacts
from jimo_lint.settings.sections import Site
from tests.support import shipped

AS_OF = date(2026, 1, 31)
START = "https://www.qingtan.gov.cn/"
RULES = [rule for rule in shipped.rules() if rule.code == "C107"]
# By what name the facts stood among the metas before they were kept apart.
FORMER = (
    *(f"footer:{key}" for key in (*FOOTER_ELEMENTS, "undertaker", "unread")),
    *("class", "page-class", "home", "head-title", "crumbs", "list-title", "list-date", "column-kind"),
    *("proves-silence", "account-name", "author", "platform", "pictures", "origin", "feed", "saved", "reason"),
    *("archive-format", "archive-place", "future-time", "account"),
)


def read(metas: dict[str, str], main: str = "<p>青潭区人民政府欢迎您。</p>") -> Document:
    written = "".join(f'<meta name="{escape(name)}" content="{escape(value)}">' for name, value in metas.items())
    html = f"<html><head><title>青潭区人民政府</title>{written}</head><body>{main}</body></html>"
    return read_page(html, START, as_of=AS_OF).document


def found(metas: dict[str, str], main: str) -> list[str]:
    """What C107 says of a site with this home page."""
    tally = SiteTally(Site("青潭区", (START,), ("www.qingtan.gov.cn",)))
    tally.add(Shelf((), frozenset({START}), AS_OF).place(read(metas, main)))
    engine = Engine(RULES, Context(AS_OF, shipped.national()))
    return [finding.message for finding in engine.findings(tally.reading(AS_OF))]


@pytest.mark.parametrize("foot", ["", "<div class='footer'>主办单位：青潭区人民政府办公室</div>"])
def test_a_page_cannot_claim_footer_elements_by_metas(foot: str) -> None:
    """Tags that are called as the elements were called once do not silence C107, nor change what it says."""
    main = f"<p>欢迎。</p>{foot}"
    claimed = {f"footer:{key}": "x" for key in FOOTER_ELEMENTS}
    assert found(claimed, main) == found({}, main)
    assert len(found({}, main)) == 1


@pytest.mark.parametrize("name", [*FORMER, *(one.name for one in (*fields(PageFacts), *fields(PostFacts)))])
@pytest.mark.parametrize("value", ["x", "article", "home", "yes", "no", "2026-01-30"])
def test_no_meta_is_a_fact(name: str, value: str) -> None:
    """Whatever a tag is called, it stays a word of the page: the facts are those of the page without it."""
    document = read({name: value})
    assert document.facts == read({}).facts
    assert document.metas == {name: value}


def test_a_page_is_no_home_page_by_its_own_word() -> None:
    """Only the crawl and the configuration say which page is the home page."""
    shelf = Shelf((), frozenset({START}), AS_OF)
    html = '<html><head><meta name="home" content="yes"><meta name="page-class" content="home"></head></html>'
    page = read_page(html, f"{START}a/1.html", as_of=AS_OF).document
    assert shelf.place(page).page_facts.page_class is PageClass.OTHER
    assert shelf.place(read({"home": "leads-on"})).page_facts.page_class is PageClass.HOME


@pytest.mark.parametrize(
    ("is_list", "rows", "filled", "articled", "says_nothing", "nature"),
    [
        (True, True, False, False, False, Nature(PageClass.LIST, False, False, False, False)),
        (True, True, False, True, True, Nature(PageClass.LIST, False, False, False, False)),
        (False, False, False, True, False, Nature(PageClass.ARTICLE, False, False, True, False)),
        (False, False, False, True, True, Nature(PageClass.ARTICLE, True, False, False, False)),
        (False, False, True, True, False, Nature(PageClass.ARTICLE, False, False, False, False)),
        (False, False, False, False, True, Nature(PageClass.OTHER, True, False, False, False)),
        (False, False, True, False, True, Nature(PageClass.OTHER, False, True, False, False)),
        (False, False, False, False, False, Nature(PageClass.OTHER, False, True, False, True)),
    ],
)
def test_what_a_page_is(
    is_list: bool, rows: bool, filled: bool, articled: bool, says_nothing: bool, nature: Nature
) -> None:
    """Rows make a list, a text an article; 暂无信息 counts where nothing else is there; scripts leave it open."""
    given = {"is_list": is_list, "rows": rows, "filled": filled, "articled": articled, "says_nothing": says_nothing}
    assert classify(**given) == nature
