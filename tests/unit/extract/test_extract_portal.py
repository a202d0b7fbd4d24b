"""A real county portal, read page by page: columns as a person counted them, and dates of all articles."""

import csv
from datetime import date
from pathlib import Path

import pytest

from jimo_lint.extract.markup.charset import decode
from jimo_lint.extract.pages.page import Page, read_page

pytestmark = pytest.mark.slow

AS_OF = date(2018, 7, 27)


@pytest.fixture(scope="module")
def sites(shared: Path) -> Path:
    return shared / "data" / "sites"


def read(sites: Path, page: str) -> Page:
    return read_page(decode((sites / page).read_bytes()), f"http://www.{page}", as_of=AS_OF)


def test_columns_are_read_as_counted(sites: Path) -> None:
    """Newest and oldest day, number of rows, number of pages; blank exactly where a person found it blank."""
    with (sites / "zhecheng_columns_truth.tsv").open(encoding="utf-8") as file:
        truth = list(csv.DictReader(file, delimiter="\t"))
    assert len(truth) == 64
    for row in truth:
        page = read(sites, row["list_page"])
        found = [item.published.date().isoformat() for item in page.rows if item.published]
        assert (str(len(page.rows)), max(found, default=""), min(found, default="")) == (
            row["items_on_page1"],
            row["newest"],
            row["oldest"],
        ), row["list_page"]
        assert page.blank_notice == (row["age_days_on_2018-07-27"] == "EMPTY"), row["list_page"]
        assert len(page.turning.pages) + 1 == int(row["last_page"]), row["list_page"]
        assert page.turning.complete and not page.landing and not page.scripted, row["list_page"]


def test_articles_have_title_body_and_labelled_date(sites: Path) -> None:
    """All articles but the leaders' own pages say when they were published; none is taken for a list."""
    articles = [path for path in sorted(sites.rglob("20??-??-??/*.html")) if "/d/" not in str(path)]
    pages = [read(sites, str(path.relative_to(sites))) for path in articles]
    assert len(pages) > 250
    assert not [page.document.url for page in pages if page.is_list or not page.document.title]
    undated = [page.document.url for page in pages if page.document.published_from != "label"]
    lost = [url for url in undated if "/zfld2/" not in url]
    assert [url.partition("/zjzc/")[2] for url in lost] == ["tszc/2018-07-01/493.html"]  # 发布日期：1970-01-01
