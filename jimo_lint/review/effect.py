"""Which of several decisions on one finding takes effect."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from jimo_lint.model import Conflict, Decision, Opinion


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


def _over(one: Decision, as_of: date) -> bool:
    return one.opinion is Opinion.DEFERRED and one.due is not None and one.due <= as_of
