"""What reviewers' decisions amount to on a day: those in force, those that contradict each other, how wide they are."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date
from typing import NamedTuple

from jimo_lint.model import Conflict, Decision, Finding, Scope
from jimo_lint.review.effect import effect
from jimo_lint.review.known import About
from jimo_lint.store.reading import Reader
from jimo_lint.store.runs import life

# What a decision is about: inspection, fingerprint, and of a wide one its scope, rule and word or column.
Key = tuple[str, str, Scope, str, str]


class Standing(NamedTuple):
    """What was decided of one finding, or of a rule's word or column. finding: as last found, None of a wide one.

    given: all decisions on it, undone ones among them. run: that of the last one's workbook.
    """

    finding: Finding | None
    run: int
    given: tuple[Decision, ...]
    in_force: Decision | Conflict | None


def standings(store: Reader, given: Iterable[Decision], as_of: date) -> Iterator[Standing]:
    """One for each thing that was decided on, in the order in which they were first decided on."""
    of: defaultdict[Key, list[Decision]] = defaultdict(list)
    for one in given:
        code = "" if one.scope is Scope.FINDING else one.code
        of[one.inspection, one.fingerprint, one.scope, code, _rest(one)].append(one)
    for (inspection, fingerprint, scope, _, _), decided in of.items():
        known = life(store, inspection, fingerprint) if scope is Scope.FINDING else None
        finding = known.finding() if known else None
        yield Standing(finding, decided[-1].run, tuple(decided), effect(decided, as_of))


def reached(decision: Decision, abouts: Iterable[About]) -> tuple[About, ...]:
    """Of findings those that a wide 误报 keeps silent."""
    return tuple(one for one in abouts if one.inspection == decision.inspection and _reaches(decision, one.finding))


def _reaches(decision: Decision, finding: Finding) -> bool:
    rest = finding.matched if decision.scope is Scope.WORD else finding.column_name or finding.account_name
    return finding.code == decision.code and rest == _rest(decision)


def _rest(decision: Decision) -> str:
    return {Scope.WORD: decision.word, Scope.COLUMN: decision.column}.get(decision.scope, "")
