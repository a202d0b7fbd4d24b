"""What a run looked at, gathered while it judges: without that nothing can be called mended."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import TypeVar

from jimo_lint.domains import netloc
from jimo_lint.model import INSIDE, Document, Finding, LinkSummary, Report, SiteReading, UpdateStatus, Verdict
from jimo_lint.store.attachments import Packed
from jimo_lint.store.codec import text_hash
from jimo_lint.store.runs import Place
from jimo_lint.store.texts import Texts

_SITE = Place("site", "")
# Marks of files of which nothing was read, so that nothing is known to be gone from them.
_UNREAD = frozenset({"locked", "damaged", "empty", "oversized", "overlong", "unknown"})
# Characters of a title by which a post is known again.
_TELLING = 40

Item = TypeVar("Item", Document, Document | Packed)


@dataclass(slots=True)
class Looked:
    """Places with what is known of them. texts: of documents by their names. folder: of the configuration, below which
    files are named.

    fresh: the run has collected anew; where it judged what an earlier one had collected, it says nothing new of links,
    columns, accounts and the site. asked: it has asked links. links: whether each target is alive; hosts: by their
    roots, whether any of theirs answered. others: columns, accounts and the site with a conclusive verdict. unread:
    names of documents of which not all was read. stands: where each finding stands, by its fingerprint.
    """

    texts: Texts
    folder: Path
    fresh: bool
    asked: bool = True
    links: dict[str, bool] = field(default_factory=dict)
    hosts: dict[str, bool] = field(default_factory=dict)
    others: set[Place] = field(default_factory=set)
    unread: set[str] = field(default_factory=set)
    stands: dict[str, Collection[Place]] = field(default_factory=dict)

    def name(self, document: Document) -> str:
        """What a document is known by from run to run: its address; that of a file below the configuration's folder.

        A post without an address is its account's post of that day and title: rows of a table move with each export.
        """
        address = document.url or document.id
        return self._name(address, document.account or "", document.published, document.title)

    def called(self, address: str) -> str:
        """The name of the document that was looked at under an address; the address where none was."""
        return self.texts.called(address) or address.removeprefix(f"{self.folder}/")

    def _name(self, address: str, account: str, published: datetime | None, title: str) -> str:
        if is_web(address):
            return address
        if not (account and published and title):
            return address.removeprefix(f"{self.folder}/")
        return f"{account} {published:%Y-%m-%d} {''.join(title.split())[:_TELLING]}"

    def documents(self, documents: Iterable[Item]) -> Iterator[Item]:
        """The documents themselves, each noted; of a file that could not be read, that it was not."""
        for document in documents:
            if isinstance(document, Packed):
                address, name = document.url, self._name(document.url, "", None, "")
                marks, text = document.marks, document.text
            else:
                address, name = document.url or document.id, self.name(document)
                marks = tuple(mark.kind for mark in document.file_facts.marks)
                text = text_hash(document.text)
            if name != address.removeprefix(f"{self.folder}/"):
                self.texts.call(address, name)
            if not _UNREAD.isdisjoint(marks):
                self.unread.add(name)
            else:
                self.texts.add(name, text)
            yield document

    def targets(self, links: Iterable[LinkSummary]) -> Iterator[LinkSummary]:
        """The links themselves, each noted."""
        for link in links:
            result = link.result if self.fresh and self.asked else None
            # What is dead for another reason, which another rule tells, is not mended.
            alive = result is not None and result.verdict is Verdict.ALIVE
            self.links[link.url] = alive
            # As findings about whole hosts name them.
            root = f"{link.url.partition(':')[0]}://{netloc(link.url)}/"
            self.hosts[root] = alive or bool(result and result.status) or self.hosts.get(root, False)
            yield link

    def findings(self, findings: Iterable[Finding]) -> Iterator[Finding]:
        """The findings themselves, the place of each noted."""
        for finding in findings:
            place = self.place(finding)
            held = self.stands.get(finding.fingerprint)
            if held is None:
                self.stands[finding.fingerprint] = (place,)
            elif place not in held:
                # Few findings stand in several places, and some of those in thousands.
                several = held if isinstance(held, dict) else dict.fromkeys(held)
                several[place] = None
                self.stands[finding.fingerprint] = several
            yield finding

    def place(self, finding: Finding) -> Place:
        """Where a finding stands: that which has to be looked at before it can be called mended."""
        if finding.kind == "link":
            return Place("link", finding.subject)
        if finding.kind == "account":
            return Place("account", finding.account)
        if finding.kind == "document":
            return Place("document", self._name(finding.url, finding.account, finding.published, finding.subject))
        return _SITE if finding.kind == "site" else Place(finding.kind, finding.url)

    def conclude(self, report: Report, site: SiteReading | None) -> None:
        """Note the columns, accounts and the site, and strike what was not judged after all."""
        unread = [problem for problem in report.problems if not problem.excused]
        for problem in unread:
            name = self.called(problem.place)
            self.texts.discard(name)
            self.unread.add(name)
        if not self.fresh:
            return
        doubtful = {problem.column for problem in unread}
        doubtful |= {one.reading.column.url for one in report.columns if one.status is UpdateStatus.UNKNOWN}
        self.others |= {Place("column", one.reading.column.url) for one in report.columns}
        self.others -= {Place("column", address) for address in doubtful}
        silent = {account for problem in unread for account in problem.accounts}
        self.others |= {
            Place("account", one.reading.account.id)
            for one in report.accounts
            if one.status is not UpdateStatus.UNKNOWN and one.reading.account.id not in silent
        }
        if site and site.home and site.complete:
            self.others.add(_SITE)


def is_web(address: str) -> bool:
    """Whether it is an address that stays what it is, and no row of a file."""
    return address.startswith(("http://", "https://"))


def outermost(name: str) -> str:
    """The name of the file that a file lies in; the name itself where it lies in none."""
    return name.partition(INSIDE)[0]
