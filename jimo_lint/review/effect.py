"""Which of several decisions on one finding takes effect, and what 误报 keeps silent."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from typing import NamedTuple

from jimo_lint.model import Conflict, Decision, Finding, Opinion, Scope


class Silence(NamedTuple):
    """What 误报 keeps silent: fingerprints, and rules with their word or their column; spared: findings of which
    somebody has decided something else."""

    single: frozenset[str]
    wide: frozenset[tuple[Scope, str, str]]
    spared: frozenset[str] = frozenset()

    def covers(self, finding: Finding) -> bool:
        """Whether it keeps this one silent."""
        whom = finding.column_name or finding.account_name
        keys = ((Scope.WORD, finding.code, finding.matched), (Scope.COLUMN, finding.code, whom))
        if finding.fingerprint in self.single:
            return True
        return finding.fingerprint not in self.spared and not self.wide.isdisjoint(keys)


def effect(decisions: Iterable[Decision], as_of: date) -> Decision | Conflict | None:
    """The decision in force on a day, of all on one finding; None where there is none.

    Of one person's the newest by its own date counts, and of those of one day the one that came last. Persons who are
    of one opinion agree, and the newest of theirs is in force; where they are not, none is. A decision of a later day
    is none yet. 暂缓 is in force until its date: on that day the finding is open again, as if nobody had decided.
    """
    newest: dict[str, Decision] = {}
    for one in decisions:
        if one.undone or one.day > as_of:
            continue
        former = newest.get(one.reviewer)
        if former is None or (former.day, former.id) <= (one.day, one.id):
            newest[one.reviewer] = one
    standing = [one for one in newest.values() if not _over(one, as_of)]
    if len({one.opinion for one in standing}) > 1:
        return Conflict(tuple(sorted(standing, key=lambda one: (one.day, one.id))))
    return max(standing, key=lambda one: (one.day, one.id), default=None)


def effects(given: Iterable[Decision], as_of: date) -> dict[str, Decision | Conflict]:
    """What is in force on single findings of one inspection, by fingerprint."""
    of: defaultdict[str, list[Decision]] = defaultdict(list)
    for one in given:
        if one.scope is Scope.FINDING:
            of[one.fingerprint].append(one)
    in_force = {key: effect(decided, as_of) for key, decided in of.items()}
    return {key: one for key, one in in_force.items() if one is not None}


def lapsed(given: Iterable[Decision], as_of: date) -> dict[str, date]:
    """The last days of 暂缓 that are over, by fingerprint: from then on a finding is late that nothing else decides."""
    found: dict[str, date] = {}
    for one in given:
        if one.scope is Scope.FINDING and not one.undone and one.day <= as_of and _over(one, as_of) and one.due:
            found[one.fingerprint] = max(one.due, found.get(one.fingerprint, one.due))
    return found


def silence(given: Sequence[Decision], as_of: date) -> Silence:
    """What 误报 of one inspection keeps silent on a day."""
    of: defaultdict[tuple[Scope, str, str], list[Decision]] = defaultdict(list)
    for one in given:
        rest = {Scope.WORD: one.word, Scope.COLUMN: one.column}.get(one.scope, "")
        of[one.scope, one.code if rest else one.fingerprint, rest].append(one)
    silent = set()
    for key, decided in of.items():
        if _dismisses(effect(decided, as_of)):
            silent.add(key)
    single = {key[1] for key in silent if key[0] is Scope.FINDING}
    spared = {key for key, one in effects(given, as_of).items() if not _dismisses(one)}
    wide = frozenset(key for key in silent if key[0] is not Scope.FINDING)
    return Silence(frozenset(single), wide, frozenset(spared))


def prevailing(
    own: Decision | Conflict | None, wide: Iterable[Decision | Conflict | None]
) -> Decision | Conflict | None:
    """Of what is in force on a finding itself and on its word and column, that which counts, as `Silence` has it.

    A 误报 for all of a kind silences what nobody decided anything else of.
    """
    return own if own is not None else next((one for one in wide if _dismisses(one)), None)


def _dismisses(one: Decision | Conflict | None) -> bool:
    return isinstance(one, Decision) and one.opinion is Opinion.FALSE_ALARM


def is_over(one: Decision, since: date, returns: int) -> bool:
    """Whether what was decided before a finding returned is past: only that it is none (误报) still holds."""
    return bool(returns) and one.opinion is not Opinion.FALSE_ALARM and one.day < since


def _over(one: Decision, as_of: date) -> bool:
    return one.opinion is Opinion.DEFERRED and one.due is not None and one.due <= as_of
