"""The kinds of rules: a new kind is one module here and one line in the table `KINDS`."""

from importlib import import_module
from typing import NamedTuple

from jimo_lint.checks.base import Check
from jimo_lint.model import (
    AccountReading,
    ColumnDates,
    ColumnReading,
    Document,
    Interpretation,
    LinkSummary,
    SiteReading,
)


class Kind(NamedTuple):
    """A kind of rules by where its check lies: `check` starts without the modules of what a draft cannot have.

    subject: the one type that the check's `hits` is called with.
    """

    subject: type
    module: str
    name: str

    def load(self) -> type[Check]:
        """The check; its module is imported when a rule needs it."""
        check: type[Check] = getattr(import_module(f"{__name__}.{self.module}"), self.name)
        return check


KINDS = {
    "words": Kind(Document, "words", "WordsCheck"),
    "leaders": Kind(Document, "leaders", "LeadersCheck"),
    "pattern": Kind(Document, "pattern", "PatternCheck"),
    "nearmiss": Kind(Document, "nearmiss", "NearMissCheck"),
    "attachments": Kind(Document, "attachments", "AttachmentsCheck"),
    "figures": Kind(Document, "figures", "FiguresCheck"),
    "punctuation": Kind(Document, "punctuation", "PunctuationCheck"),
    "personal": Kind(Document, "personal", "PersonalCheck"),
    "typo": Kind(Document, "typo", "TypoCheck"),
    "links": Kind(LinkSummary, "links", "LinksCheck"),
    "targets": Kind(LinkSummary, "targets", "TargetsCheck"),
    "addresses": Kind(Document, "addresses", "AddressesCheck"),
    "concealment": Kind(Document, "concealment", "ConcealmentCheck"),
    "columns": Kind(ColumnReading, "columns", "ColumnsCheck"),
    "accounts": Kind(AccountReading, "accounts", "AccountsCheck"),
    "conduct": Kind(AccountReading, "conduct", "ConductCheck"),
    "page": Kind(Document, "page", "PageCheck"),
    "site": Kind(SiteReading, "site", "SiteCheck"),
    "dating": Kind(ColumnDates, "dating", "DatingCheck"),
    "interpretation": Kind(Interpretation, "interpretation", "InterpretationCheck"),
}
