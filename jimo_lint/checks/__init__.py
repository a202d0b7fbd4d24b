"""The kinds of rules: a new kind is one module here and one line in the table `KINDS`."""

from jimo_lint.checks.accounts import AccountsCheck
from jimo_lint.checks.base import Check
from jimo_lint.checks.columns import ColumnsCheck
from jimo_lint.checks.links import LinksCheck
from jimo_lint.checks.page import PageCheck
from jimo_lint.checks.site import SiteCheck

KINDS: dict[str, type[Check]] = {
    "links": LinksCheck,
    "columns": ColumnsCheck,
    "accounts": AccountsCheck,
    "page": PageCheck,
    "site": SiteCheck,
}
