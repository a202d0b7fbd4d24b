"""The check before publishing: local files through the rules, without network and without store."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from contextlib import closing
from datetime import UTC, date, datetime
from functools import partial
from itertools import chain
from typing import TYPE_CHECKING

from jimo_lint import __version__
from jimo_lint.inspection import INSPECTIONS
from jimo_lint.inspection.benches import Asked, Benches
from jimo_lint.inspection.judges import Judgement, Judges
from jimo_lint.lint.recurrence import recurring
from jimo_lint.lint.ruleset import for_report
from jimo_lint.model import Document, Finding, Problem, ProblemCode, Report, Run
from jimo_lint.privacy import mask_problem
from jimo_lint.readers.formats import CONTAINERS
from jimo_lint.settings.config import Config

if TYPE_CHECKING:
    from jimo_lint.inspection.results import Results

NOTHING = Asked()


def check(
    sources: Iterable[Document | Problem],
    config: Config,
    *,
    as_of: date,
    asked: Asked = NOTHING,
    kept: Results | None = None,
    jobs: int | None = 1,
) -> tuple[Report, dict[str, str]]:
    """Judge drafts. Every occurrence is a finding of its own, in the order of files and places.

    Where not one document could be read, the run is not complete: nothing was found since nothing was looked at.
    The second value is the text of each document with findings, by `Finding.url`, for showing them in their lines.

    kept: what was said of drafts before. RuleError on unknown rules and genres. jobs: as in `Judges`.
    """
    started = datetime.now(UTC)
    benches = Benches(config, as_of, asked)
    judges = Judges(benches, partial(Benches, config, as_of, asked), jobs=jobs)
    intake = _Intake(sources)
    findings: list[Finding] = []
    documents: list[Document] = []
    unsure = 0
    if kept:
        kept.begin(benches)
    with closing(judges.each(intake.documents(), kept.known if kept else None)) as judgements:
        for one in judgements:
            documents.append(one.document)
            intake.judged(one)
            benches.of(one.document.url)  # which rules hold is told of all, whoever judged
            findings += sorted(one.said.findings, key=_order)
            unsure += one.said.unsure
            if kept and one.anew and not one.said.problems:
                kept.note(one.document, one.said)
    problems = tuple(chain(intake.problems(), benches.told(unsure)))
    usual = recurring({one.matched for one in findings if benches.guessed(one)}, (one.text for one in documents))
    findings = [one for one in findings if not (benches.guessed(one) and one.matched in usual)]
    faulty = {one.url for one in findings}
    run = Run(
        inspection="check",
        title=INSPECTIONS["check"].heading,
        as_of=as_of,
        site=config.site.name,
        version=__version__,
        profile=benches.context.profile.title,
        started=started,
        finished=datetime.now(UTC),
        documents=sum(bool(one.text.strip()) for one in documents),
        characters=sum(len(one.text) for one in documents),
        complete=bool(documents) or any(one.code is ProblemCode.NO_CHANGES for one in problems),
    )
    texts = {one.url: one.text for one in documents if one.url in faulty}
    report = Report(
        run,
        findings=tuple(findings),
        problems=problems,
        rules=for_report(benches.rules),
        off=for_report(benches.off),
    )
    return report, texts


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

    def judged(self, one: Judgement[Document]) -> None:
        """The next of them is judged."""
        self._waiting.popleft().extend(one.said.problems)

    def problems(self) -> Iterator[Problem]:
        """What is told of all of them."""
        return chain.from_iterable(self._told)


def _order(finding: Finding) -> tuple[int, int, str]:
    position = finding.position
    return (position.line, position.column, finding.code) if position else (0, 0, finding.code)
