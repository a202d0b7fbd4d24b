"""Rules about personal data; finding and masking is done before, when a document is read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from enum import StrEnum
from typing import Any

from jimo_lint import privacy
from jimo_lint.checks.base import params
from jimo_lint.checks.drafts import draft
from jimo_lint.model import Context, Document, Hit, Rule


class PersonalKind(StrEnum):
    """What a rule may ask for: the values of `PersonalData.what`."""

    RESIDENT_ID = privacy.RESIDENT_ID
    BANK_CARD = privacy.BANK_CARD
    MOBILE = privacy.MOBILE
    PASSPORT = privacy.PASSPORT
    SOCIAL_SECURITY = privacy.SOCIAL_SECURITY


class PersonalCheck:
    """Reports what `privacy.mask` found. Param of a rule: `what` (see `PersonalKind`)."""

    def __init__(self, rules: Sequence[Rule], context: Context) -> None:
        self._codes: dict[str, list[str]] = {}
        for rule in rules:
            table = params(rule)
            what = table.choice("what", PersonalKind)
            table.finish()
            self._codes.setdefault(what.value, []).append(rule.code)

    def hits(self, subject: Document) -> Iterator[Hit]:
        """Hits in the order of the text; nothing in a hit reveals what was masked."""
        for found in subject.personal:
            for code in self._codes.get(found.what, ()):
                yield Hit(code, found.span)

    @staticmethod
    def example(given: Mapping[str, Any], as_of: date) -> Document:
        """A draft; see `checks.drafts`."""
        return draft(given, as_of)
