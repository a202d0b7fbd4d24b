"""What both inspections share: rules in force, names of places, findings streamed into one report."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime

from jimo_lint import __version__
from jimo_lint.inspection import INSPECTIONS
from jimo_lint.inspection.context import context
from jimo_lint.lint.checks import lasting
from jimo_lint.lint.engine import Engine
from jimo_lint.lint.recurrence import recurring
from jimo_lint.lint.ruleset import load_rules, select
from jimo_lint.model import Document, Finding, Problem, Run, Subject
from jimo_lint.review.desk import Desk
from jimo_lint.review.rulehash import basis_of
from jimo_lint.settings.config import Config
from jimo_lint.store import Store
from jimo_lint.store.judged import Judged

# Characters of documents that are looked at together: more gain little time, and they are in memory at once.
_BATCH = 20_000


@dataclass(frozen=True, slots=True)
class Settings:
    """What the command line adds to the configuration. only replaces, extend and ignore add to [rules]. full: all is
    read and judged anew, also what did not change."""

    as_of: date
    only: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    collect: bool = True
    resume: bool = False
    links: bool = True
    extend: tuple[str, ...] = ()
    full: bool = False

    @property
    def whole(self) -> bool:
        """Whether all is looked for that the configuration asks for, in what is collected now."""
        return self.collect and self.links and not (self.only or self.ignore)


class Bench:
    """The judge's bench of one run: subjects go in, findings come out, counts are kept on the way."""

    def __init__(self, config: Config, settings: Settings) -> None:
        self.config = config
        self.settings = settings
        self.started = datetime.now(UTC)
        self.documents_judged = 0
        self.unchanged = 0
        self.characters = 0
        self.problems: list[Problem] = []  # documents that could not be judged
        known = load_rules()
        self.rules = select(known, settings.only or config.select, (*config.ignore, *settings.ignore), settings.extend)
        in_force = {rule.code for rule in self.rules}
        self.off = tuple(rule for rule in select(known) if rule.code not in in_force)
        self.context = context(config, settings.as_of)
        names = {column.id: (column.name, column.owner) for column in config.columns}
        names |= {account.id: (account.name, account.owner) for account in config.accounts}
        self._names = names
        # What lasts is kept from run to run, what depends on the day is judged each time.
        self._lasting = Engine([rule for rule in self.rules if lasting(rule)], self.context, names=names)
        self._engine = Engine([rule for rule in self.rules if not lasting(rule)], self.context, names=names)
        self._judged: Judged | None = None

    def recall(self, store: Store) -> None:
        """Take what was found in documents from the store, where neither they nor what they are judged by have changed,
        and keep there what is found now."""
        self._judged = Judged(store, basis_of(self.rules, self.context, self._names))

    def desk(self, store: Store, inspection: str) -> Desk:
        """The reviewers' desk of this run."""
        settings = self.settings
        return Desk(
            self.config,
            store,
            inspection,
            settings.as_of,
            fresh=settings.collect,
            asked=settings.links,
            whole=settings.whole,
        )

    def documents(self, documents: Iterable[Document], again: Callable[[], Iterable[Document]]) -> Iterator[Finding]:
        """Judge pages, posts or attachments as they stream by, some dozens at a time, and count them.

        Guesses come last: `again` gives the documents a second time, if there are any, to see what recurs in them.
        """
        guesses: list[Finding] = []
        for batch in _batches(documents):
            for document, found in self._found(batch):
                self.documents_judged += document.source != "attachment"
                self.characters += len(document.text)
                for finding in found:
                    if self._lasting.guessed(finding):
                        guesses.append(finding)
                    else:
                        yield finding
        if self._judged:
            self._judged.flush()
        usual = recurring({finding.matched for finding in guesses}, again()) if guesses else set()
        yield from (finding for finding in guesses if finding.matched not in usual)

    def _found(self, batch: Sequence[Document]) -> Iterator[tuple[Document, Sequence[Finding]]]:
        """The documents, each with what is found in it: as before, or judged now."""
        known = [self._judged.find(one) if self._judged else (b"", None) for one in batch]
        if self.settings.full:
            known = [(key, None) for key, _ in known]
        pairs = list(zip(batch, known, strict=True))
        if new := [document for document, (_, before) in pairs if before is None]:
            self._lasting.expect(new)
        for document, (key, before) in pairs:
            found: Sequence[Finding] = before or ()
            if before is not None:
                self.unchanged += document.source != "attachment"
            else:
                faults = len(self.problems)
                found = self._lasting.judged(document, self.problems)
                if len(self.problems) > faults:
                    yield document, ()
                    continue
                if self._judged:
                    self._judged.put(key, found)
            yield document, (*found, *self._engine.judged(document, self.problems))

    def others(self, subjects: Iterable[Subject]) -> Iterator[Finding]:
        """Judge links, columns, accounts or the site."""
        for subject in subjects:
            yield from self._engine.findings(subject)

    def run(self, inspection: str, *, complete: bool) -> Run:
        """The record of this run."""
        return Run(
            inspection=inspection,
            title=INSPECTIONS[inspection].heading,
            as_of=self.settings.as_of,
            site=self.config.site.name,
            version=__version__,
            profile=self.context.profile.title,
            started=self.started,
            finished=datetime.now(UTC),
            documents=self.documents_judged,
            characters=self.characters,
            complete=complete,
            unchanged=self.unchanged,
        )


def _batches(documents: Iterable[Document]) -> Iterator[list[Document]]:
    batch: list[Document] = []
    characters = 0
    for document in documents:
        batch.append(document)
        characters += len(document.text)
        if characters >= _BATCH:
            yield batch
            batch, characters = [], 0
    if batch:
        yield batch
