"""The check before publishing: local files through the rules, without network and without store."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from contextlib import closing
from datetime import UTC, date, datetime
from itertools import chain

from jimo_lint import __version__
from jimo_lint.inspection import INSPECTIONS
from jimo_lint.inspection.context import context
from jimo_lint.inspection.judges import Judgement, Judges
from jimo_lint.lint.checks import KINDS
from jimo_lint.lint.recurrence import recurring
from jimo_lint.lint.ruleset import for_report, load_rules, select
from jimo_lint.model import Document, Finding, Problem, ProblemCode, Report, Run
from jimo_lint.privacy import mask_problem
from jimo_lint.readers.formats import CONTAINERS
from jimo_lint.settings.config import Config


def check(
    sources: Iterable[Document | Problem],
    config: Config,
    *,
    as_of: date,
    only: tuple[str, ...] = (),
    ignore: tuple[str, ...] = (),
    extend: tuple[str, ...] = (),
    jobs: int | None = 1,
) -> tuple[Report, dict[str, str]]:
    """Judge drafts. Every occurrence is a finding of its own, in the order of files and places.

    Where not one document could be read, the run is not complete: nothing was found since nothing was looked at.
    The second value is the text of each document with findings, by `Finding.url`, for showing them in their lines.

    `only` replaces, `extend` and `ignore` add to what the configuration says. RuleError on unknown rules.
    jobs: as in `Judges`.
    """
    started = datetime.now(UTC)
    rules = select(load_rules(), only or config.select, (*config.ignore, *ignore), extend)
    known = context(config, as_of)
    # The other rules judge columns, accounts and the like: their kinds would only be loaded for nothing.
    rules = tuple(rule for rule in rules if KINDS[rule.kind].subject is Document)
    judges = Judges(rules, known, jobs=jobs)
    intake = _Intake(sources)
    findings: list[Finding] = []
    documents: list[Document] = []
    with closing(judges.each(intake.documents())) as judgements:
        for one in judgements:
            documents.append(one.document)
            intake.judged(one)
            findings += sorted(one.findings, key=_order)
    problems = tuple(intake.problems())
    usual = recurring({one.matched for one in findings if judges.engine.guessed(one)}, documents)
    findings = [one for one in findings if not (judges.engine.guessed(one) and one.matched in usual)]
    faulty = {one.url for one in findings}
    run = Run(
        inspection="check",
        title=INSPECTIONS["check"].heading,
        as_of=as_of,
        site=config.site.name,
        version=__version__,
        profile=known.profile.title,
        started=started,
        finished=datetime.now(UTC),
        documents=sum(bool(one.text.strip()) for one in documents),
        characters=sum(len(one.text) for one in documents),
        complete=bool(documents) or any(one.code is ProblemCode.NO_CHANGES for one in problems),
    )
    texts = {one.url: one.text for one in documents if one.url in faulty}
    return Report(run, findings=tuple(findings), problems=problems, rules=for_report(rules)), texts


class _Intake:
    """What comes in to be judged, some of it ahead of what is judged; what is told of a source keeps its place."""

    def __init__(self, sources: Iterable[Document | Problem]) -> None:
        self._sources = sources
        self._told: list[list[Problem]] = []
        self._waiting: deque[list[Problem]] = deque()

    def documents(self) -> Iterator[Document]:
        """Those among the sources."""
        for source in self._sources:
            told: list[Problem] = []
            self._told.append(told)
            if isinstance(source, Problem):
                told.append(mask_problem(source))
                continue
            if not source.text.strip() and source.file_facts.format not in CONTAINERS:
                told.append(Problem(ProblemCode.NO_TEXT, source.url))
            self._waiting.append(told)
            yield source

    def judged(self, one: Judgement) -> None:
        """The next of them is judged."""
        self._waiting.popleft().extend(one.problems)

    def problems(self) -> Iterator[Problem]:
        """What is told of all of them."""
        return chain.from_iterable(self._told)


def _order(finding: Finding) -> tuple[int, int, str]:
    position = finding.position
    return (position.line, position.column, finding.code) if position else (0, 0, finding.code)
