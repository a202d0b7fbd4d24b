"""The check before publishing: local files through the rules, without network and without store."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

from jimo_lint import __version__
from jimo_lint.inspection import INSPECTIONS
from jimo_lint.inspection.judges import Asked, Judges
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
) -> tuple[Report, dict[str, str]]:
    """Judge drafts. Every occurrence is a finding of its own, in the order of files and places.

    Where not one document could be read, the run is not complete: nothing was found since nothing was looked at.
    The second value is the text of each document with findings, by `Finding.url`, for showing them in their lines.

    kept: what was said of drafts before. RuleError on unknown rules and genres.
    """
    started = datetime.now(UTC)
    judges = Judges(config, as_of, asked, kept)
    findings: list[Finding] = []
    problems: list[Problem] = []
    documents: list[Document] = []
    for source in sources:
        if isinstance(source, Problem):
            problems.append(mask_problem(source))
            continue
        if not source.text.strip() and source.file_facts.format not in CONTAINERS:
            problems.append(Problem(ProblemCode.NO_TEXT, source.url))
        documents.append(source)
        findings += sorted(judges.judged(source, problems), key=_order)
    usual = recurring({one.matched for one in findings if judges.guessed(one)}, documents)
    findings = [one for one in findings if not (judges.guessed(one) and one.matched in usual)]
    faulty = {one.url for one in findings}
    run = Run(
        inspection="check",
        title=INSPECTIONS["check"].heading,
        as_of=as_of,
        site=config.site.name,
        version=__version__,
        profile=judges.context.profile.title,
        started=started,
        finished=datetime.now(UTC),
        documents=sum(bool(one.text.strip()) for one in documents),
        characters=sum(len(one.text) for one in documents),
        complete=bool(documents) or any(one.code is ProblemCode.NO_CHANGES for one in problems),
    )
    texts = {one.url: one.text for one in documents if one.url in faulty}
    problems += judges.told()
    report = Report(
        run,
        findings=tuple(findings),
        problems=tuple(problems),
        rules=for_report(judges.rules),
        off=for_report(judges.off),
    )
    return report, texts


def _order(finding: Finding) -> tuple[int, int, str]:
    position = finding.position
    return (position.line, position.column, finding.code) if position else (0, 0, finding.code)
