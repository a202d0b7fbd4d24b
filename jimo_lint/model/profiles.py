"""An inspection standard, and what checks may know besides their subject."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from enum import StrEnum

from jimo_lint.model.documents import Document
from jimo_lint.model.indicators import Indicator
from jimo_lint.model.rules import Basis, Leader, TermEntry
from jimo_lint.model.terms import ColumnKind, MaxAge, Severity
from jimo_lint.values import dataclass, field


@dataclass(frozen=True, slots=True)
class Threshold:
    """A limit of a profile with its clause. warn: the age at which to say "soon due", None for never."""

    max_age: MaxAge | None
    warn: MaxAge | None
    basis: Basis


class Term(StrEnum):
    """Which of the deadlines a family of rules has."""

    GRAVE = "grave"
    WORDING = "wording"
    COLUMNS = "columns"


@dataclass(frozen=True, slots=True)
class Deadlines:
    """Within how many working days problems are to be put right; 0 is the same day. columns: of columns, accounts
    and the site as a whole; wording: of everything else. What published notices set (standards.md §4.4).
    holidays, workdays: the office's own days off and days of work, besides those of the country.
    """

    grave: int = 0
    wording: int = 3
    columns: int = 5
    holidays: tuple[date, ...] = ()
    workdays: tuple[date, ...] = ()

    def days(self, term: Term, severity: Severity) -> int | None:
        """For one finding; None for a notice, which a person looks at first."""
        if severity is Severity.VETO or term is Term.GRAVE:
            return self.grave
        if severity is Severity.NOTICE:
            return None
        return self.columns if term is Term.COLUMNS else self.wording


@dataclass(frozen=True, slots=True)
class ReplyTerm:
    """Within how many working days an error report by the public (找错) is to be answered; the day on which it came
    is not counted."""

    days: int
    basis: Basis


@dataclass(frozen=True, slots=True)
class Profile:
    """An inspection standard: `rules/profiles/<id>.toml`, or the user's own file, then `id` is its path as written.

    columns: by kind; a kind that is absent has no duty. indicators: in the order of the standard. week_posts: posts
    that an account owes every week, 0 where the standard asks for none. tickets: None where it does not speak of them.
    """

    id: str
    title: str
    columns: Mapping[ColumnKind, Threshold]
    account: Threshold
    home: Threshold
    indicators: tuple[Indicator, ...] = ()
    deadlines: Deadlines = field(default_factory=Deadlines)
    week_posts: int = 0
    tickets: ReplyTerm | None = None


@dataclass(frozen=True, slots=True)
class Context:
    """What checks may know besides their subject. id_code: the site's own, "" where not configured.

    own: rows of the user's own lists and pairs. allowed: texts in which nothing is reported about wording.
    leaders: the user's dated list. hosts: the site's own, besides that of the page looked at. templates: the office's
    own, of answers to requests for information.
    """

    as_of: date
    profile: Profile
    id_code: str = ""
    own: tuple[TermEntry, ...] = ()
    allowed: tuple[str, ...] = ()
    leaders: tuple[Leader, ...] = ()
    hosts: tuple[str, ...] = ()
    templates: tuple[Document, ...] = ()
