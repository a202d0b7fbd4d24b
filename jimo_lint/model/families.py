"""The families of rules, by the letter that their codes begin with, and what is decided by the family."""

from __future__ import annotations

from jimo_lint.model.profiles import Term
from jimo_lint.values import dataclass


@dataclass(frozen=True, slots=True)
class Family:
    """A family of rules. title: as the pages of rules are headed. term: within what time its problems are mended.

    allowable: the texts that the office allows silence it; personal data, links and columns they never do.
    sensitive: counts among the 错敏词 of an account. listed: its word lists say what is right, so what they propose
    must never be reported by a list of the user's.
    of_site: about columns and what a page or the whole site has to show. of_accounts: about how accounts are run.
    of_files: also about what stands in the files that pages and posts have attached.
    """

    letter: str
    title: str
    term: Term = Term.WORDING
    allowable: bool = False
    sensitive: bool = False
    listed: bool = False
    of_site: bool = False
    of_accounts: bool = False
    of_files: bool = False


# In the order in which people are shown them.
FAMILIES = {
    one.letter: one
    for one in (
        Family("S", "严重表述与敏感表述", allowable=True, sensitive=True, listed=True, of_files=True),
        Family("T", "错别字", allowable=True, sensitive=True, listed=True, of_files=True),
        Family("P", "个人信息", Term.GRAVE, sensitive=True, of_files=True),
        Family("F", "公文格式与标点", allowable=True, of_files=True),
        Family("W", "附件与文件", of_files=True),
        Family("L", "链接"),
        Family("C", "栏目与网站", Term.COLUMNS, of_site=True),
        Family("A", "政务新媒体账号", Term.COLUMNS, of_accounts=True),
        Family("D", "依申请公开"),
    )
}


def family(code: str) -> Family:
    """The family of a rule's code."""
    return FAMILIES[code[0]]
