"""Rules about answers to requests for government information: what they lack, what law they cite, when they came."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from jimo_lint.lint.checks.answers import contradictions, law, parts, people, remedy, terms, wording
from jimo_lint.lint.checks.answers.case import Case, Fault
from jimo_lint.lint.checks.answers.templates import Templates
from jimo_lint.lint.checks.base import named, params
from jimo_lint.lint.checks.example_texts import draft
from jimo_lint.model import Context, Document, Hit, Rule
from jimo_lint.settings.toml import Table

# What a rule's `check` may be: given its params, which are read in full, it gives what judges a case.
_CHECKS: Mapping[str, Callable[[Table], Callable[[Case], Iterator[Fault]]]] = {
    "missing": parts.missing,
    "unclear": parts.unclear,
    "unsaid": parts.unsaid,
    "misfit": law.misfit,
    "vague": law.vague,
    "no-such-article": law.no_such_article,
    "decree": law.decree,
    "review-organ": remedy.review_organ,
    "review-first": remedy.review_first,
    "review-limit": remedy.review_limit,
    "suit-limit": remedy.suit_limit,
    "unnamed": remedy.unnamed,
    "unlimited": remedy.unlimited,
    "late": terms.late,
    "named-limit": terms.named_limit,
    "reversed": terms.reversed_days,
    "title": contradictions.title,
    "decisions": contradictions.decisions,
    "wording": wording.wording,
    "applicant": people.applicant,
    "number": wording.number,
    "party": people.party,
    "template": wording.template,
}


class AnswerCheck:
    """Judges answers; what each `check` asks for stands with its function. An example is a draft."""

    def __init__(self, rules: Sequence[Rule], context: Context) -> None:
        self._context = context
        self._templates = Templates(context.templates)
        self._rules = []
        for rule in rules:
            table = params(rule)
            judging = named(table, _CHECKS)(table)
            table.finish()
            self._rules.append((rule.code, judging))

    def hits(self, subject: Document) -> Iterator[Hit]:
        """Hits rule by rule; what is missing has no span."""
        if not subject.text.strip():
            return
        case = Case(subject, self._context, self._templates)
        for code, judging in self._rules:
            for fault in judging(case):
                args = {"kind": case.label, **fault.args}
                yield Hit(code, fault.span, args, fault.suggestions, doubtful=fault.doubtful, identity=_identity(fault))

    @staticmethod
    def example(given: Mapping[str, Any]) -> Document:
        """As of `draft`."""
        return draft(given)


def _identity(fault: Fault) -> str:
    return "" if fault.span else "、".join(fault.args.values())
