"""Rules about characters that only look like Han: radicals that came out of a PDF."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from jimo_lint.lint.checks.base import params
from jimo_lint.lint.checks.example_texts import draft
from jimo_lint.model import Context, Document, Hit, Rule, Span
from jimo_lint.model.radicals import RADICAL

_SHOWN = 8  # different ones that a message names


class RadicalsCheck:
    """Reports the first radical of a document, for all of them; no params."""

    def __init__(self, rules: Sequence[Rule], _context: Context) -> None:
        self._codes = [rule.code for rule in rules]
        for rule in rules:
            params(rule).finish()

    def hits(self, subject: Document) -> Iterator[Hit]:
        """At most one a rule. `Document.text` has none: it is made of what they look like."""
        written = "\n".join(block.text for block in subject.blocks)
        first = RADICAL.search(written)
        if first is None:
            return
        found = RADICAL.findall(written)
        shown = "".join(list(dict.fromkeys(found))[:_SHOWN])
        for code in self._codes:
            yield Hit(code, Span(first.start(), first.end()), {"shown": shown, "count": f"{len(found):,}"})

    @staticmethod
    def example(given: Mapping[str, Any]) -> Document:
        """A draft; see `checks.drafts`."""
        return draft(given)
