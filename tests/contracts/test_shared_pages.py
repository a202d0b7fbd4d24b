"""Whole pages with what a person read on them: every one comes out as its JSON says.

`../shared/cases/real-pages` holds pages that were each read wrong once, `cases/pages` their siblings as other systems
write them.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from jimo_lint import privacy
from jimo_lint.evidence.readings import Listing, column_reading
from jimo_lint.extract.markup.charset import decode
from jimo_lint.extract.pages.page import Page, read_page
from jimo_lint.inspection import drafts
from jimo_lint.inspection.context import context
from jimo_lint.lint.checks import KINDS
from jimo_lint.lint.checks.updates.column_freshness import judge
from jimo_lint.lint.engine import Engine
from jimo_lint.model import Column, ColumnKind, Document, UpdateStatus
from jimo_lint.network.address import normalise
from jimo_lint.readers.drafts import local
from jimo_lint.settings.config import Config
from jimo_lint.store import ListPage
from tests.conftest import ROOT
from tests.support import shipped

pytestmark = pytest.mark.slow

SHARED, OWN = ROOT.parent / "shared" / "cases" / "real-pages", ROOT / "tests" / "cases" / "pages"
PAGES = {
    path.stem: path.with_suffix(".html")
    for folder in (SHARED, OWN)
    for path in sorted(folder.glob("*.json"))
    if not path.name.endswith(".site.json")
}


@dataclass(frozen=True)
class Case:
    """A page as it was read. file: where it lies."""

    file: Path
    page: Page
    as_of: date

    @property
    def document(self) -> Document:
        return self.page.document

    @property
    def body(self) -> str:
        return "\n".join(one.text for one in self.document.blocks if one.kind in ("body", "table", "attachment"))

    @property
    def codes(self) -> set[str]:
        """Of all findings: on the page as a crawl has it, and on the file as `check` has it."""
        known = context(Config(), self.as_of)
        rules = [rule for rule in shipped.rules() if KINDS[rule.kind].subject is Document]
        facts = self.document.page_facts
        crawled = privacy.mask(replace(self.document, facts=replace(facts, page_class=facts.looks)))
        report, _ = drafts.check(local.read([self.file], as_of=self.as_of), Config(), as_of=self.as_of)
        return {one.code for one in (*Engine(rules, known).findings(crawled), *report.findings)}


def _rows(case: Case) -> list[list[str]]:
    return [[row.title, _day(row.published)] for row in case.page.rows]


def _day(moment: datetime | None) -> str:
    return moment.date().isoformat() if moment else ""


def _column(case: Case) -> tuple[UpdateStatus, str]:
    """What the column is judged to be that has nothing but this page, and its newest day."""
    page, url = case.page, case.document.url
    column = Column(url, "示例栏目", url, ColumnKind.NEWS)
    listed = ListPage(
        url,
        1,
        page.rows,
        complete=page.turning.complete,
        landing=page.landing,
        blank_notice=page.blank_notice,
        scripted=page.scripted,
        known=page.turning.known,
        obstacle=page.obstacle,
    )
    rows = {normalise(row.url) if row.url else f"{url}#{row.title}": row for row in page.rows}
    reading = column_reading(Listing(column, (listed,), rows), {}, case.as_of)
    return judge(reading, context(Config(), case.as_of)).status, str(reading.newest or "")


# What each key of `truth` says, found by the program, and what it must be.
CHECKS: dict[str, Callable[[Case, Any], Iterator[tuple[object, object]]]] = {
    "rows": lambda case, said: iter([(_rows(case), said)]),
    "newest": lambda case, said: iter([(_column(case)[1], said)]),
    "blank": lambda case, said: iter([(_column(case)[0] is UpdateStatus.BLANK, said)]),
    "scripted": lambda case, said: iter([(case.page.scripted, said)]),
    "article": lambda case, said: iter([([case.document.title, _day(case.document.published)], said)]),
    "body_start": lambda case, said: iter([(case.body[: len(said)], said)]),
    "body_end": lambda case, said: iter([(case.body[-len(said) :], said)]),
    "body_without": lambda case, said: iter([([one for one in said if one in case.body], [])]),
    "crumbs": lambda case, said: iter([(" > ".join(case.document.page_facts.crumbs) or None, said)]),
    "footer": lambda case, said: (
        (case.document.page_facts.footer.get(key.removeprefix("footer:")), value) for key, value in said.items()
    ),
    "findings_without": lambda case, said: iter([(sorted(case.codes & set(said)), [])]),
}


def test_every_page_has_a_truth(shared: Path) -> None:
    """No page of the folders is left untested, no truth without its page, and no name given twice."""
    pages = [*(shared / "cases" / "real-pages").glob("*.html"), *OWN.glob("*.html")]
    assert sorted(pages) == sorted(PAGES.values())


@pytest.mark.parametrize("name", PAGES)
def test_a_page_comes_out_as_a_person_read_it(name: str) -> None:
    """Rows, blankness, article, text, breadcrumb, footer and findings, whichever the case is about."""
    file = PAGES[name]
    said = json.loads(file.with_suffix(".json").read_text(encoding="utf-8"))
    as_of = date.fromisoformat(said["as_of"])
    fetched = datetime(as_of.year, as_of.month, as_of.day, 2, tzinfo=UTC)
    case = Case(file, read_page(decode(file.read_bytes()), said["url"], as_of=as_of, fetched=fetched), as_of)
    assert said["truth"]
    found = {key: list(CHECKS[key](case, value)) for key, value in said["truth"].items()}
    assert {key: [one for one, _ in pairs] for key, pairs in found.items()} == {
        key: [one for _, one in pairs] for key, pairs in found.items()
    }
