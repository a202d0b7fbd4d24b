"""The kinds of rules: a new kind is one module below and one line in the table `KINDS`."""

from importlib import import_module

from jimo_lint.lint.checks.base import Check
from jimo_lint.model import Rule, Subject
from jimo_lint.values import NamedTuple

DOCUMENT = "documents.Document"


class Kind(NamedTuple):
    """A kind of rules by where its check lies: `check` starts without the modules of what a draft cannot have.

    of: the one type of `jimo_lint.model` that the check's `hits` is called with. by_day: values of a rule's param
    `check` with which the answer depends on the day of the check, and not on the subject alone.
    """

    of: str
    module: str
    name: str
    by_day: frozenset[str] = frozenset()

    @property
    def subject(self) -> type[Subject]:
        """The type itself; it may be of use to no draft."""
        module, _, name = self.of.partition(".")
        subject: type[Subject] = getattr(import_module(f"jimo_lint.model.{module}"), name)
        return subject

    def load(self) -> type[Check]:
        """The check; its module is imported when a rule needs it."""
        check: type[Check] = getattr(import_module(f"{__name__}.{self.module}"), self.name)
        return check


KINDS = {
    "words": Kind(DOCUMENT, "wording.words", "WordsCheck"),
    "leaders": Kind(DOCUMENT, "wording.leaders", "LeadersCheck"),
    "pattern": Kind(DOCUMENT, "wording.pattern", "PatternCheck"),
    "nearmiss": Kind(DOCUMENT, "wording.nearmiss", "NearMissCheck"),
    "attachments": Kind(DOCUMENT, "pages.attachments", "AttachmentsCheck"),
    "files": Kind(DOCUMENT, "pages.files", "FilesCheck"),
    "figures": Kind(DOCUMENT, "wording.figures", "FiguresCheck"),
    "punctuation": Kind(DOCUMENT, "wording.punctuation", "PunctuationCheck"),
    "radicals": Kind(DOCUMENT, "wording.radicals", "RadicalsCheck"),
    "personal": Kind(DOCUMENT, "wording.personal", "PersonalCheck"),
    "typo": Kind(DOCUMENT, "wording.typo", "TypoCheck"),
    "links": Kind("subjects.LinkSummary", "links.verdicts", "LinksCheck"),
    "targets": Kind("subjects.LinkSummary", "links.targets", "TargetsCheck"),
    "addresses": Kind(DOCUMENT, "links.spelling", "AddressesCheck"),
    "concealment": Kind(DOCUMENT, "links.concealment", "ConcealmentCheck"),
    "columns": Kind("reports.ColumnResult", "updates.column_freshness", "ColumnsCheck"),
    "accounts": Kind("reports.AccountResult", "updates.account_freshness", "AccountsCheck"),
    "conduct": Kind("reports.AccountResult", "updates.conduct", "ConductCheck"),
    "page": Kind(DOCUMENT, "pages.page", "PageCheck", frozenset({"malformed-meta", "expired", "closed-notice"})),
    "site": Kind("subjects.SiteReading", "sites.site", "SiteCheck"),
    "dating": Kind("subjects.ColumnDates", "updates.dating", "DatingCheck"),
    "answer": Kind(DOCUMENT, "answers.answer", "AnswerCheck", frozenset({"review-organ", "review-first"})),
    "interpretation": Kind("subjects.Interpretation", "pages.interpretation", "InterpretationCheck"),
    "publications": Kind("publishing.Publication", "updates.publications", "PublicationsCheck"),
    "exchanges": Kind("exchanges.Exchange", "sites.exchanges", "ExchangesCheck"),
    "promises": Kind("publishing.Promise", "sites.promises", "PromisesCheck"),
    "requests": Kind("requests.RequestResult", "requests.ledger", "LedgerCheck"),
    "annual-table": Kind("requests.YearComparison", "requests.yearly", "YearlyCheck"),
    "answer-row": Kind("answers.AnswerSheet", "requests.sheets", "SheetsCheck"),
    "phones": Kind("requests.PhoneReading", "requests.phones", "PhonesCheck"),
}


def lasting(rule: Rule) -> bool:
    """Whether the rule is about documents, and finds the same in one tomorrow as today."""
    kind = KINDS[rule.kind]
    return kind.of == DOCUMENT and rule.params.get("check") not in kind.by_day
