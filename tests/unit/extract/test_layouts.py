"""Pages as the common systems write them, with all that stands around: invented, but in their manner."""

import json
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from jimo_lint.extract.pages.page import Page, read_page

PAGES = Path(__file__).parents[2] / "cases" / "layouts"
TRUTH: dict[str, dict[str, Any]] = json.loads((PAGES / "truth.json").read_text(encoding="utf-8"))
LISTS = [name for name, said in TRUTH.items() if "rows" in said]
ARTICLES = [name for name, said in TRUTH.items() if "article" in said]
AS_OF = date(2026, 1, 31)
FETCHED = datetime(2026, 1, 31, 2, tzinfo=UTC)


def read(name: str) -> Page:
    html = (PAGES / f"{name}.html").read_text(encoding="utf-8")
    return read_page(html, TRUTH[name]["url"], as_of=AS_OF, fetched=FETCHED)


def day(moment: datetime | None) -> str:
    return moment.date().isoformat() if moment else ""


def test_every_page_has_a_truth() -> None:
    """No page of the folder is left untested."""
    assert {path.stem for path in PAGES.glob("*.html")} == set(LISTS) | set(ARTICLES)


@pytest.mark.parametrize("name", LISTS)
def test_a_list_is_read_as_a_person_reads_it(name: str) -> None:
    """Titles in full, dates, order and number of rows, the page that follows and the number of pages."""
    page, said = read(name), TRUTH[name]
    assert page.is_list
    assert [[item.title, day(item.published)] for item in page.rows] == said["rows"]
    if "next" in said:
        assert page.turning.pages[0] == said["next"]
    if "known" in said:
        assert page.turning.known == said["known"]
        assert page.turning.pages or not page.turning.complete


@pytest.mark.parametrize("name", ARTICLES)
def test_an_article_is_read_as_a_person_reads_it(name: str) -> None:
    """Title, day of publishing and text from beginning to end; the lists around make no list of it."""
    page = read(name)
    title, published, beginning, end = TRUTH[name]["article"]
    text = "\n".join(block.text for block in page.document.blocks if block.kind in ("body", "table", "attachment"))
    assert not page.is_list
    assert (page.document.title, day(page.document.published)) == (title, published)
    assert text.find(beginning) >= 0
    assert text.rfind(end) >= text.find(beginning)
