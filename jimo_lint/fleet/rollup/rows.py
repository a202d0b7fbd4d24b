"""The rows of the database's tables: one class a table, whose fields are its columns in their order."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import NamedTuple


class SiteRow(NamedTuple):
    """A site as its newest run knew it. run: which one that was."""

    key: str
    code: str
    name: str
    city: str
    unit: str
    run: str


class RunRow(NamedTuple):
    """One run of the fleet. ended: None where it has not come to its end."""

    run: str
    inspection: str
    title: str
    as_of: date
    started: datetime
    ended: datetime | None


class ResultRow(NamedTuple):
    """One site in one run: its task, and what its report says as a whole; as in `model.rollup.SiteResult`.

    source: of which state of which files the row was made, so that nothing is loaded twice.
    """

    id: int
    run: str
    inspection: str
    site: str
    source: str
    state: str
    reason: str
    attempts: int
    started: datetime | None
    ended: datetime | None
    cpu_s: float | None
    worker: str
    standing: str
    why: str
    title: str = ""
    as_of: date | None = None
    profile: str = ""
    version: str = ""
    complete: bool = False
    documents: int = 0
    characters: int = 0
    problems: int = 0
    unopened: int = 0
    vetoes: int = 0
    grave: int = 0
    errors: int = 0
    warnings: int = 0
    notices: int = 0
    columns: int = 0
    stale: int = 0
    blank: int = 0
    accounts: int = 0
    accounts_passed: int = 0
    accounts_failed: int = 0
    links_alive: int = 0
    links_dead: int = 0
    links_inconclusive: int = 0
    links_unchecked: int = 0
    unprobed: bool = False


class ColumnRow(NamedTuple):
    """A column of a site."""

    result: int
    number: int
    name: str
    url: str
    kind: str
    owner: str
    key_column: bool
    newest: date | None
    age_days: int | None
    status: str
    reason: str


class AccountRow(NamedTuple):
    """An account. standing, why: as in `model.rollup.AccountStand`."""

    result: int
    number: int
    account: str
    name: str
    platform: str
    owner: str
    newest: date | None
    age_days: int | None
    posts: int
    week_posts: int
    status: str
    wording: int
    dead_links: int
    grave: int
    errors: int
    standing: str
    why: str


class FindingRow(NamedTuple):
    """A problem."""

    result: int
    number: int
    code: str
    title: str
    severity: str
    message: str
    matched: str
    excerpt: str
    subject: str
    url: str
    kind: str
    column_name: str
    account_name: str
    account: str
    owner: str
    pages: int
    published: datetime | None
    fingerprint: str
    state: str
    first_seen: date | None
    due: date | None


class LinkRow(NamedTuple):
    """A link that the report names: dead, in doubt, or alive with a flaw. verdict: "" where it was not asked."""

    result: int
    number: int
    url: str
    verdict: str
    reason: str
    status: int
    kind: str
    external: bool
    pages: int
    sample: str
    owner: str


class IndicatorRow(NamedTuple):
    """An indicator of the standard. evidence: the mark of its basis; samples: a line each."""

    result: int
    number: int
    key: str
    part: str
    name: str
    point: str
    judged: str
    measure: str
    standing: str
    counted: float | None
    threshold: float | None
    unit: str
    deduction: float
    arithmetic: str
    samples: str
    basis: str
    evidence: str


class ProblemRow(NamedTuple):
    """What was not read or not looked at."""

    result: int
    number: int
    place: str
    code: str
    message: str
    excused: bool


# The tables of what hangs on a result, and goes with it, with their columns.
PARTS: Mapping[str, tuple[str, ...]] = {
    "columns": ColumnRow._fields,
    "accounts": AccountRow._fields,
    "findings": FindingRow._fields,
    "links": LinkRow._fields,
    "indicators": IndicatorRow._fields,
    "problems": ProblemRow._fields,
}
