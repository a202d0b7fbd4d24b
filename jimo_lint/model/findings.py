"""What the rules found, as a report has it, and what changed since the last run."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

from jimo_lint.model.documents import Position, Region, Span
from jimo_lint.model.terms import Severity
from jimo_lint.values import dataclass

if TYPE_CHECKING:
    from jimo_lint.model.review import History


@dataclass(frozen=True, slots=True)
class Edit:
    """A replacement that a machine may make unseen: the text of the span, which stands at `position`, becomes `text`.

    Only what differs is replaced; a deletion has no text.
    """

    span: Span
    position: Position
    text: str


@dataclass(frozen=True, slots=True)
class Finding:
    """A problem as reported: one row per distinct problem.

    `matched == document.text[span]`. position: where that stands. edits: what mends it for certain, none where a person
    has to choose. subject: what a person calls the place (page
    title, column or account name, link address). url: the first place. pages: in how many documents it
    stands; samples: at most five addresses. column_name / account_name / owner: whom it concerns; account: the
    account's id, since one name may stand on several platforms. kind: the subject's (document, link, column, account,
    site). fingerprint: does not depend on position. history: how it stood in earlier runs, where those are kept.
    offered_by: of what stands in an attached file, the page that offers it, "" where none is known. region: of what OCR
    read, where in which picture.
    """

    code: str
    name: str
    title: str
    severity: Severity
    message: str
    subject: str
    url: str = ""
    kind: str = "document"
    span: Span | None = None
    position: Position | None = None
    matched: str = ""
    suggestions: tuple[str, ...] = ()
    excerpt: str = ""
    excerpt_start: int = 0
    locator: str = ""
    basis: str = ""
    fingerprint: str = ""
    pages: int = 1
    samples: tuple[str, ...] = ()
    column_name: str = ""
    account_name: str = ""
    owner: str = ""
    published: datetime | None = None
    account: str = ""
    edits: tuple[Edit, ...] = ()
    offered_by: str = ""
    region: Region | None = None
    history: History | None = None


@dataclass(frozen=True, slots=True)
class Past:
    """A finding of an earlier run that this run did not have. finding.history.state says how it stands.

    reason: why it could not be checked, or how it is known to be gone; "" where the state says all.
    """

    finding: Finding
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Silenced:
    """Findings of one rule that reviewers' 误报 keep silent. subjects: of vetoes, what each is about."""

    code: str
    title: str
    count: int
    subjects: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Since:
    """What changed since the last kept run of the same inspection.

    before: that run's day, None where this is the first. run: its number, 0 then. past: what is no longer found.
    Findings that are there carry their `History` themselves. trend: of former runs, oldest first, the day, and how many
    findings it had, how many of them new, and how many were gone.
    """

    run: int = 0
    before: date | None = None
    past: tuple[Past, ...] = ()
    silenced: tuple[Silenced, ...] = ()
    trend: tuple[tuple[date, int, int, int], ...] = ()
