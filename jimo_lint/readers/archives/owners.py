"""Gives the posts of one archive to the accounts that share it, by the names that the archive has for them."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

from jimo_lint.model import Account, Document, Platform, Problem, ProblemCode
from jimo_lint.model.problems import Args
from jimo_lint.readers.registers.platforms import platforms

_BLANKS = re.compile(r"\s+")
_QUOTES = "“”\"'‘’「」『』《》"
# What stands behind a name in brackets, and may be the platform: 云溪发布（微信公众号）.
_NOTE = re.compile(r"[(\[【]([^()\[\]【】]*)[)\]】]$")
# What the name of a sheet has beside that of an account: 云溪发布11月, 2026年云溪发布台账.
_OF_SHEETS = re.compile(
    r"20\d\d|\d{1,2}|[年月周季度份第_\-—.、]|台账|推[文送]|发[布文](?:统计|情况|记录)|统计表?|记录|明细表?"
)
# So many posts under one other name are waited for; then the name is taken for the account's own.
_HELD = 1000
_SHOWN = 5


class Owners:
    """Sorts posts as they stream by.

    A post belongs to the account of its name and platform. An archive that serves one account alone and has one
    name throughout is that account's, whatever it calls it; where some rows have the account's name, or there are
    several names, the other rows are others'. That the names differ is for a rule to say.
    """

    def __init__(self, accounts: Sequence[Account], place: str) -> None:
        self._accounts = accounts
        self._place = place
        self._names = {account.id: plain(account.name) for account in accounts}
        self._given: Counter[str] = Counter()
        self._named: Counter[str | None] = Counter()
        self._others: Counter[str] = Counter()
        self._nameless = 0
        self._held: list[Document] = []
        self._sheets: set[str] = set()  # of the file that is read, those that are called after an account
        self._alias = ""  # the one other name that is taken for the account's own

    def sheets(self, names: Sequence[str]) -> None:
        """What the sheets of the next file are called; where one has an account's name, each is some account's."""
        self._sheets = {name for name in names if any(self._is_called(name, account) for account in self._accounts)}

    def give(self, post: Document) -> Iterator[Document]:
        """The post for each account that it belongs to; those held back come later."""
        written = post.post_facts.account_name.strip()
        platform = post.post_facts.platform.strip()
        named = platforms(platform)
        if not named and (named := _beside(written)):
            platform = written
        elif not named and (named := _of_sheet(post.post_facts.sheet)):
            platform = f"工作表“{post.post_facts.sheet}”"
        candidates = [account for account in self._accounts if not named or account.platform in named]
        if not candidates:
            self._others[f"{written}（{platform}）" if written not in ("", platform) else platform] += 1
            return
        name = plain(written)
        if not name and self._sheets:
            sheet = post.post_facts.sheet
            owners = [account for account in candidates if self._is_called(sheet, account)]
            self._named.update(account.id for account in owners)
            self._others.update([] if owners else [sheet])
            yield from self._owned(post, owners)
        elif not name:
            yield from self._give_nameless(post, candidates)
        elif owners := [account for account in candidates if self._names[account.id] == name]:
            self._named.update(account.id for account in owners)
            yield from self._owned(post, owners)
        elif len(self._accounts) == 1:
            yield from self._give_other(post, written)
        else:
            self._others[written] += 1

    def is_doubtful(self, account: str | None) -> bool:
        """Whether posts under other names were set aside though none has this account's own: they may be its."""
        return bool(self._others) and not self._named[account]

    def rest(self) -> Iterator[Document | Problem]:
        """At the end: what was held back, and what could not be given to anybody."""
        if self._held and not sum(self._given.values()) and not self._others:
            yield from self._adopt()
        self._others.update(post.post_facts.account_name.strip() for post in self._held)
        self._held.clear()
        if self._others:
            listed = "、".join(f"{name} {count} 条" for name, count in self._others.most_common(_SHOWN))
            more = f"等 {len(self._others)} 个" if len(self._others) > _SHOWN else ""
            for account in self._accounts:
                if not self._given[account.id]:
                    there: Args = {"name": account.name, "others": listed + more}
                    yield Problem(ProblemCode.ACCOUNT_ABSENT, self._place, there, accounts=(account.id,))
            if any(self._given.values()):
                yield Problem(ProblemCode.OTHER_ACCOUNTS, self._place, {"others": listed + more})
        if self._nameless:
            yield Problem(ProblemCode.NAMELESS_POSTS, self._place, {"count": self._nameless})

    def _is_called(self, sheet: str, account: Account) -> bool:
        """Whether a sheet has the account's name, with a month or the like at most beside it."""
        written, name = plain(sheet), self._names[account.id]
        before, found, behind = written.partition(name)
        return bool(found) and not any(_OF_SHEETS.sub("", beside) for beside in (before, behind))

    def _owned(self, post: Document, owners: Sequence[Account]) -> Iterator[Document]:
        for account in owners:
            self._given[account.id] += 1
            yield replace(post, id=f"{account.id}#{post.id}", account=account.id)

    def _give_nameless(self, post: Document, candidates: Sequence[Account]) -> Iterator[Document]:
        if len({self._names[account.id] for account in candidates}) > 1:
            author = plain(post.post_facts.author)
            candidates = [account for account in candidates if self._names[account.id] == author]
        self._nameless += not candidates
        yield from self._owned(post, candidates)

    def _give_other(self, post: Document, written: str) -> Iterator[Document]:
        if written == self._alias:
            yield from self._owned(post, self._accounts)
        elif (
            sum(self._given.values())
            or self._others
            or (self._held and self._held[0].post_facts.account_name.strip() != written)
        ):
            self._others[written] += 1
        else:
            self._held.append(post)
            if len(self._held) > _HELD:
                yield from self._adopt()

    def _adopt(self) -> Iterator[Document]:
        self._alias = self._held[0].post_facts.account_name.strip()
        for post in self._held:
            yield from self._owned(post, self._accounts)
        self._held.clear()


def _of_sheet(name: str) -> frozenset[Platform]:
    """The platforms that a sheet is called after; 头条 alone is what leads a push of several posts."""
    found = platforms(name) - {Platform.OTHER}
    return found if "今日头条" in name or "头条号" in name else found - {Platform.TOUTIAO}


def _beside(name: str) -> frozenset[Platform]:
    """The platforms that stand in brackets behind an account's name."""
    note = _NOTE.search(_squeezed(name))
    return platforms(note[1]) - {Platform.OTHER} if note and note.start() else frozenset()


def plain(name: str) -> str:
    """An account's name for comparing: width, case, blanks, quotes and a platform in brackets do not count."""
    written = _squeezed(name)
    return _NOTE.sub("", written).strip(_QUOTES) if _beside(written) else written


def _squeezed(name: str) -> str:
    return _BLANKS.sub("", unicodedata.normalize("NFKC", name)).casefold().strip(_QUOTES)
