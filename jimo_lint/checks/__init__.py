"""The kinds of rules: a new kind is one module here and one line in the table `KINDS`."""

from jimo_lint.checks.accounts import AccountsCheck
from jimo_lint.checks.addresses import AddressesCheck
from jimo_lint.checks.attachments import AttachmentsCheck
from jimo_lint.checks.base import Check
from jimo_lint.checks.columns import ColumnsCheck
from jimo_lint.checks.concealment import ConcealmentCheck
from jimo_lint.checks.conduct import ConductCheck
from jimo_lint.checks.dating import DatingCheck
from jimo_lint.checks.figures import FiguresCheck
from jimo_lint.checks.interpretation import InterpretationCheck
from jimo_lint.checks.leaders import LeadersCheck
from jimo_lint.checks.links import LinksCheck
from jimo_lint.checks.nearmiss import NearMissCheck
from jimo_lint.checks.page import PageCheck
from jimo_lint.checks.pattern import PatternCheck
from jimo_lint.checks.personal import PersonalCheck
from jimo_lint.checks.punctuation import PunctuationCheck
from jimo_lint.checks.site import SiteCheck
from jimo_lint.checks.targets import TargetsCheck
from jimo_lint.checks.typo import TypoCheck
from jimo_lint.checks.words import WordsCheck

KINDS: dict[str, type[Check]] = {
    "words": WordsCheck,
    "leaders": LeadersCheck,
    "pattern": PatternCheck,
    "nearmiss": NearMissCheck,
    "attachments": AttachmentsCheck,
    "figures": FiguresCheck,
    "punctuation": PunctuationCheck,
    "personal": PersonalCheck,
    "typo": TypoCheck,
    "links": LinksCheck,
    "targets": TargetsCheck,
    "addresses": AddressesCheck,
    "concealment": ConcealmentCheck,
    "columns": ColumnsCheck,
    "accounts": AccountsCheck,
    "conduct": ConductCheck,
    "page": PageCheck,
    "site": SiteCheck,
    "dating": DatingCheck,
    "interpretation": InterpretationCheck,
}
