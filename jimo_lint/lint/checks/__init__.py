"""The kinds of rules: a new kind is one module below and one line in the table `KINDS`."""

from importlib import import_module
from typing import NamedTuple

from jimo_lint.lint.checks.base import Check
from jimo_lint.model import (
    AccountResult,
    ColumnDates,
    ColumnResult,
    Document,
    Interpretation,
    LinkSummary,
    Rule,
    SiteReading,
    Subject,
)
from jimo_lint.model.answers import AnswerSheet
from jimo_lint.model.exchanges import Exchange
from jimo_lint.model.publishing import Promise, Publication
from jimo_lint.model.requests import PhoneReading, RequestResult, YearComparison


class Kind(NamedTuple):
    """A kind of rules by where its check lies: `check` starts without the modules of what a draft cannot have.

    subject: the one type that the check's `hits` is called with. by_day: values of a rule's param `check` with which
    the answer depends on the day of the check, and not on the subject alone.
    """

    subject: type[Subject]
    module: str
    name: str
    by_day: frozenset[str] = frozenset()

    def load(self) -> type[Check]:
        """The check; its module is imported when a rule needs it."""
        check: type[Check] = getattr(import_module(f"{__name__}.{self.module}"), self.name)
        return check


KINDS = {
    "words": Kind(Document, "wording.words", "WordsCheck"),
    "leaders": Kind(Document, "wording.leaders", "LeadersCheck"),
    "pattern": Kind(Document, "wording.pattern", "PatternCheck"),
    "nearmiss": Kind(Document, "wording.nearmiss", "NearMissCheck"),
    "attachments": Kind(Document, "pages.attachments", "AttachmentsCheck"),
    "files": Kind(Document, "pages.files", "FilesCheck"),
    "figures": Kind(Document, "wording.figures", "FiguresCheck"),
    "punctuation": Kind(Document, "wording.punctuation", "PunctuationCheck"),
    "radicals": Kind(Document, "wording.radicals", "RadicalsCheck"),
    "personal": Kind(Document, "wording.personal", "PersonalCheck"),
    "typo": Kind(Document, "wording.typo", "TypoCheck"),
    "links": Kind(LinkSummary, "links.verdicts", "LinksCheck"),
    "targets": Kind(LinkSummary, "links.targets", "TargetsCheck"),
    "addresses": Kind(Document, "links.spelling", "AddressesCheck"),
    "concealment": Kind(Document, "links.concealment", "ConcealmentCheck"),
    "columns": Kind(ColumnResult, "updates.column_freshness", "ColumnsCheck"),
    "accounts": Kind(AccountResult, "updates.account_freshness", "AccountsCheck"),
    "conduct": Kind(AccountResult, "updates.conduct", "ConductCheck"),
    "page": Kind(Document, "pages.page", "PageCheck", frozenset({"malformed-meta", "expired", "closed-notice"})),
    "site": Kind(SiteReading, "sites.site", "SiteCheck"),
    "dating": Kind(ColumnDates, "updates.dating", "DatingCheck"),
    "answer": Kind(Document, "answers.answer", "AnswerCheck", frozenset({"review-organ", "review-first"})),
    "interpretation": Kind(Interpretation, "pages.interpretation", "InterpretationCheck"),
    "publications": Kind(Publication, "updates.publications", "PublicationsCheck"),
    "exchanges": Kind(Exchange, "sites.exchanges", "ExchangesCheck"),
    "promises": Kind(Promise, "sites.promises", "PromisesCheck"),
    "requests": Kind(RequestResult, "requests.ledger", "LedgerCheck"),
    "annual-table": Kind(YearComparison, "requests.yearly", "YearlyCheck"),
    "answer-row": Kind(AnswerSheet, "requests.sheets", "SheetsCheck"),
    "phones": Kind(PhoneReading, "requests.phones", "PhonesCheck"),
}


def lasting(rule: Rule) -> bool:
    """Whether the rule is about documents, and finds the same in one tomorrow as today."""
    kind = KINDS[rule.kind]
    return kind.subject is Document and rule.params.get("check") not in kind.by_day
