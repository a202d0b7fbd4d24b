"""What a run looked at, gathered while it judges: without that nothing can be called mended."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from hashlib import blake2b
from pathlib import Path

from jimo_lint.domains import netloc
from jimo_lint.model import Document, Finding, LinkSummary, Report, SiteReading, UpdateStatus, Verdict
from jimo_lint.store.runs import Place

_SITE = Place("site", "")


@dataclass(slots=True)
class Looked:
    """Places with what is known of them. folder: of the configuration, below which posts without address are named.

    fresh: the run has collected anew; where it judged what an earlier one had collected, it says nothing new of links,
    columns, accounts and the site. texts: a hash of each document's text, of those of one address together. links:
    whether each target's verdict is conclusive; hosts the same, where any of theirs is. others: columns, accounts and
    the site with a conclusive verdict. stands: where each finding stands, by its fingerprint.
    """

    folder: Path
    fresh: bool
    texts: dict[str, int] = field(default_factory=dict)
    links: dict[str, bool] = field(default_factory=dict)
    hosts: dict[str, bool] = field(default_factory=dict)
    others: set[Place] = field(default_factory=set)
    stands: dict[str, Collection[Place]] = field(default_factory=dict)

    def name(self, address: str) -> str:
        """An address as places are named by: files below the configuration's folder."""
        return address.removeprefix(f"{self.folder}/")

    def documents(self, documents: Iterable[Document]) -> Iterator[Document]:
        """The documents themselves, each noted."""
        for document in documents:
            digest = blake2b(document.text.encode("utf-8", "surrogatepass"), digest_size=7).digest()
            name = self.name(document.url or document.id)
            self.texts[name] = self.texts.get(name, 0) ^ int.from_bytes(digest)
            yield document

    def targets(self, links: Iterable[LinkSummary]) -> Iterator[LinkSummary]:
        """The links themselves, each noted."""
        for link in links:
            known = self.fresh and link.result is not None and link.result.verdict is not Verdict.INCONCLUSIVE
            self.links[link.url] = known
            host = netloc(link.url)
            self.hosts[host] = known or self.hosts.get(host, False)
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
        return _SITE if finding.kind == "site" else Place(finding.kind, self.name(finding.url))

    def conclude(self, report: Report, site: SiteReading | None) -> None:
        """Note the columns, accounts and the site, and strike what was not judged after all."""
        unread = [problem for problem in report.problems if not problem.excused]
        for problem in unread:
            self.texts.pop(self.name(problem.place), None)
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

    def kept(self) -> Mapping[Place, int]:
        """What the store keeps: documents with their hashes, and the rest; links are known by the pages they are on."""
        kept = {Place("document", name): digest for name, digest in self.texts.items()}
        kept.update(dict.fromkeys(self.others, 0))
        return kept
