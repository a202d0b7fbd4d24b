"""What both inspections share: rules in force, names of places, findings streamed into one report."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import partial

from jimo_lint import __version__
from jimo_lint.inspection import INSPECTIONS
from jimo_lint.inspection.context import context
from jimo_lint.inspection.judges import Judges, Said
from jimo_lint.lint.checks import KINDS, lasting
from jimo_lint.lint.engine import Engine, verify
from jimo_lint.lint.own_rules import all_rules
from jimo_lint.lint.recurrence import recurring
from jimo_lint.lint.ruleset import in_use, select
from jimo_lint.model import Document, Finding, Problem, Run, Subject
from jimo_lint.model.families import family
from jimo_lint.review.desk import Desk
from jimo_lint.review.rulehash import basis_of
from jimo_lint.runtime.memory import release
from jimo_lint.settings.config import Config
from jimo_lint.store import Store
from jimo_lint.store.attachments import Packed
from jimo_lint.store.judged import Judged


@dataclass(frozen=True, slots=True)
class Settings:
    """What the command line adds to the configuration. only replaces, extend and ignore add to [rules].

    jobs: how many processes judge, as in `Judges`. full: all is read and judged anew, also what did not change.
    """

    as_of: date
    only: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    collect: bool = True
    resume: bool = False
    links: bool = True
    extend: tuple[str, ...] = ()
    jobs: int | None = 1
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
        known = all_rules(config.folders)
        self.rules = in_use(
            known,
            settings.only or config.select,
            (*config.ignore, *settings.ignore),
            (*config.extend, *settings.extend),
        )
        in_force = {rule.code for rule in self.rules}
        self.off = tuple(rule for rule in select(known) if rule.code not in in_force)
        self.context = context(config, settings.as_of)
        verify((rule for rule in known if rule.file), self.context)
        names = {column.id: (column.name, column.owner) for column in config.columns}
        names |= {account.id: (account.name, account.owner) for account in config.accounts}
        self._names = names
        # What lasts is kept from run to run, what depends on the day is judged each time.
        made = partial(Engine, tuple(rule for rule in self.rules if lasting(rule)), self.context, names=names)
        self._lasting = made()
        self._judges = Judges(self._lasting, made, jobs=settings.jobs, apart=True)
        others = [rule for rule in self.rules if not lasting(rule)]
        self._engine = Engine(others, self.context, names=names)
        by_day = [rule for rule in others if KINDS[rule.kind].subject is Document]
        self._by_day_of_files = any(family(rule.code).of_files for rule in by_day)
        self._judged: Judged | None = None
        self._keys: dict[int, bytes] = {}  # of what is kept of the documents that are being judged

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

    def documents(
        self, documents: Iterable[Document | Packed], again: Callable[[], Iterable[str]]
    ) -> Iterator[Finding]:
        """Judge pages, posts or attachments as they stream by, some dozens at a time, and count them.

        Guesses come last: `again` gives the texts of the documents once more, if there are any, to see what recurs.
        """
        guesses: list[Finding] = []
        with closing(self._judges.each(documents, self._known)) as judgements:
            for document, said, anew in judgements:
                self.documents_judged += not _is_attached(document)
                self.characters += document.characters if isinstance(document, Packed) else len(document.text)
                for finding in self._found(document, said, anew=anew):
                    if self._lasting.guessed(finding):
                        guesses.append(finding)
                    else:
                        yield finding
        if self._judged:
            self._judged.flush()
        release()  # the dictionaries and the model for typos, before findings become a report
        usual = recurring({finding.matched for finding in guesses}, again()) if guesses else set()
        yield from (finding for finding in guesses if finding.matched not in usual)

    def _known(self, document: Document | Packed) -> Said | None:
        """What an earlier run found by the rules that last."""
        if self._judged is None:
            return None
        key, before = self._judged.find(document)
        self._keys[id(document)] = key
        return None if before is None or self.settings.full else Said(before)

    def _found(self, document: Document | Packed, said: Said, *, anew: bool) -> Sequence[Finding]:
        """All that is found in a document: as before, or judged now."""
        key = self._keys.pop(id(document), b"")
        self.problems += said.problems
        if said.problems:
            return ()
        found = said.findings
        if not anew:
            self.unchanged += not _is_attached(document)
        else:
            found = _once(found)
            if self._judged:
                self._judged.put(key, found)
        if isinstance(document, Packed):
            if not self._by_day_of_files:
                return found
            document = document.unpack()
        return (*found, *self._engine.judged(document, self.problems))

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


def _once(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """The first of those that are one problem in one document: `triage` takes no other, and a list may have hundreds.

    What is matched tells at the end of the run which guesses go; the subject, under which place a finding is known.
    """
    firsts: dict[tuple[str, str, str], Finding] = {}
    for finding in findings:
        firsts.setdefault((finding.fingerprint, finding.matched, finding.subject), finding)
    return tuple(firsts.values())


def _is_attached(document: Document | Packed) -> bool:
    return isinstance(document, Packed) or document.source == "attachment"
