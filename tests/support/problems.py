"""Problems in words of a test's own, for tests that care for what is shown and not for why."""

from __future__ import annotations

from jimo_lint.model import Problem, ProblemCode


def problem(place: str, said: str, *, excused: bool = False) -> Problem:
    """A problem that says `said`, whatever it is."""
    return Problem(ProblemCode.FORMER, place, {"said": said}, waived=excused)
