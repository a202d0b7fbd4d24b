"""Finds windows of which no telephone is known."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from jimo_lint.lint.checks.base import Detail, given_table, params
from jimo_lint.model import Context, Hit, Rule
from jimo_lint.model.windows import Window


class WindowsCheck:
    """The kind `windows`, which has no params."""

    def __init__(self, rules: Sequence[Rule], _context: Context) -> None:
        self._codes = [rule.code for rule in rules]
        for rule in rules:
            params(rule).finish()

    def hits(self, subject: Window) -> Iterator[Hit]:
        """At most one a rule."""
        for code in self._codes if not subject.phone else ():
            yield Detail({"window": subject.name}).hit(code)

    def example(self, given: Mapping[str, Any]) -> Window:
        """`window` and its `phone`."""
        table = given_table(given)
        window = Window(table.text("window"), "", table.text("phone"), "窗口.csv", "窗口.csv 第 2 行")
        table.finish()
        return window
