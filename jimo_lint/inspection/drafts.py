"""The check before publishing: local files through the rules, without network and without store."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime

from jimo_lint import __version__
from jimo_lint.inspection import INSPECTIONS
from jimo_lint.inspection.context import context
from jimo_lint.lint.checks import KINDS
from jimo_lint.lint.engine import Engine
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
) -> tuple[Report, dict[str, str]]:
    """Judge drafts. Every occurrence is a finding of its own, in the order of files and places.

    Where not one document could be read, the run is not complete: nothing was found since nothing was looked at.
    The second value is the text of each document with findings, by `Finding.url`, for showing them in their lines.

    `only` replaces, `extend` and `ignore` add to what the configuration says. RuleError on unknown rules.
    """
    started = datetime.now(UTC)
    rules = select(load_rules(), only or config.select, (*config.ignore, *ignore), extend)
    known = context(config, as_of)
    # The other rules judge columns, accounts and the like: their kinds would only be loaded for nothing.
    rules = tuple(rule for rule in rules if KINDS[rule.kind].subject is Document)
    engine = Engine(rules, known)
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
        findings += sorted(engine.judged(source, problems), key=_order)
    usual = recurring({one.matched for one in findings if engine.guessed(one)}, documents)
    findings = [one for one in findings if not (engine.guessed(one) and one.matched in usual)]
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
    return Report(run, findings=tuple(findings), problems=tuple(problems), rules=for_report(rules)), texts


def _order(finding: Finding) -> tuple[int, int, str]:
    position = finding.position
    return (position.line, position.column, finding.code) if position else (0, 0, finding.code)
