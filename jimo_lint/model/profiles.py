"""An inspection standard, and what checks may know besides their subject."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from jimo_lint.model.indicators import Indicator
from jimo_lint.model.rules import Basis, Leader, Word
from jimo_lint.model.terms import ColumnKind, MaxAge


@dataclass(frozen=True, slots=True)
class Threshold:
    """A limit of a profile with its clause. warn: the age at which to say "soon due", None for never."""

    max_age: MaxAge | None
    warn: MaxAge | None
    basis: Basis


@dataclass(frozen=True, slots=True)
class Profile:
    """An inspection standard: `rules/profiles/<id>.toml`, or the user's own file, then `id` is its path as written.

    columns: by kind; a kind that is absent has no duty. indicators: in the order of the standard.
    """

    id: str
    title: str
    columns: Mapping[ColumnKind, Threshold]
    account: Threshold
    home: Threshold
    indicators: tuple[Indicator, ...] = ()


@dataclass(frozen=True, slots=True)
class Context:
    """What checks may know besides their subject. id_code: the site's own, "" where not configured.

    own: rows of the user's own lists and pairs. allowed: texts in which nothing is reported about wording.
    leaders: the user's dated list.
    """

    as_of: date
    profile: Profile
    id_code: str = ""
    own: tuple[Word, ...] = ()
    allowed: tuple[str, ...] = ()
    leaders: tuple[Leader, ...] = ()
