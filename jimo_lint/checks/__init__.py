"""The kinds of rules: a new kind is one module here and one line in the table `KINDS`."""

from jimo_lint.checks.base import Check

KINDS: dict[str, type[Check]] = {}
