"""What decisions say of the rules: how often each was wrong, and on which words. Nothing follows by itself."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from jimo_lint.model import Decision, Opinion, Scope
from jimo_lint.review.effect import effect
from jimo_lint.store import decisions, runs
from jimo_lint.store.reading import Reader

# So often a word has to be dismissed, and never confirmed, before it is proposed as allowed.
OFTEN = 3


@dataclass(slots=True)
class Record:
    """What was decided of one rule's findings. title: of the rule. right: 确认 and 已整改; wrong: 误报. words: how
    often each was dismissed; suggested: those that could be allowed."""

    code: str
    title: str = ""
    right: int = 0
    wrong: int = 0
    words: Counter[str] = field(default_factory=Counter)
    suggested: tuple[str, ...] = ()

    @property
    def false_alarms(self) -> float | None:
        """误报率: the wrong among those decided, 0 to 1; None where none was."""
        decided = self.right + self.wrong
        return self.wrong / decided if decided else None


def records(store: Reader, as_of: date) -> tuple[Record, ...]:
    """A record of each rule of which something was decided, those most often wrong first.

    Every finding counts once, by the decision in force on it; one that two reviewers dispute counts for neither, and so
    does one that waits (暂缓).
    """
    found: dict[str, Record] = {}
    confirmed: defaultdict[str, set[str]] = defaultdict(set)
    given = decisions.decisions(store)
    for (inspection, fingerprint), decided in _by_finding(given).items():
        in_force = effect(decided, as_of)
        if not isinstance(in_force, Decision) or in_force.opinion is Opinion.DEFERRED:
            continue
        life = runs.life(store, inspection, fingerprint)
        if life is None:  # decided of a run that the store does not know
            continue
        finding = life.finding()
        record = found.setdefault(finding.code, Record(finding.code, finding.title))
        word = finding.matched.replace("\n", "")
        if in_force.opinion is Opinion.FALSE_ALARM:
            record.wrong += 1
            record.words[word] += bool(word)
        else:
            record.right += 1
            confirmed[finding.code].add(word)
    for record in found.values():
        often = (word for word, count in record.words.most_common() if count >= OFTEN)
        record.suggested = tuple(word for word in often if word not in confirmed[record.code])
        record.words += Counter()  # without those of 0
    return tuple(sorted(found.values(), key=lambda one: (-one.wrong, one.code)))


def _by_finding(given: Iterable[Decision]) -> dict[tuple[str, str], list[Decision]]:
    of: defaultdict[tuple[str, str], list[Decision]] = defaultdict(list)
    for one in given:
        if one.scope is Scope.FINDING:
            of[one.inspection, one.fingerprint].append(one)
    return of
