"""What both inspections share: rules in force, names of places, findings streamed into one report."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import partial

from jimo_lint import __version__
from jimo_lint.inspection import INSPECTIONS
from jimo_lint.inspection.context import context
from jimo_lint.inspection.judges import Judges
from jimo_lint.lint.engine import Engine, verify
from jimo_lint.lint.own_rules import all_rules
from jimo_lint.lint.recurrence import recurring
from jimo_lint.lint.ruleset import select
from jimo_lint.model import Document, Finding, Problem, Run, Subject
from jimo_lint.review.desk import Desk
from jimo_lint.settings.config import Config
from jimo_lint.store import Store


@dataclass(frozen=True, slots=True)
class Settings:
    """What the command line adds to the configuration. only replaces, extend and ignore add to [rules].

    jobs: how many processes judge, as in `Judges`.
    """

    as_of: date
    only: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    collect: bool = True
    resume: bool = False
    links: bool = True
    extend: tuple[str, ...] = ()
    jobs: int | None = 1

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
        self.characters = 0
        self.problems: list[Problem] = []  # documents that could not be judged
        known = all_rules(config.folders)
        self.rules = select(
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
        self.engine = Engine(self.rules, self.context, names=names)
        again = partial(Engine, self.rules, self.context, names=names)
        self._judges = Judges(self.engine, again, jobs=settings.jobs)

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
        with closing(self._judges.each(documents)) as judgements:
            for document, said, _ in judgements:
                self.documents_judged += document.source != "attachment"
                self.characters += len(document.text)
                self.problems += said.problems
                for finding in said.findings:
                    if self.engine.guessed(finding):
                        guesses.append(finding)
                    else:
                        yield finding
        usual = recurring({finding.matched for finding in guesses}, again()) if guesses else set()
        yield from (finding for finding in guesses if finding.matched not in usual)

    def others(self, subjects: Iterable[Subject]) -> Iterator[Finding]:
        """Judge links, columns, accounts or the site."""
        for subject in subjects:
            yield from self.engine.findings(subject)

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
        )
