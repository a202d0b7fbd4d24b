"""Tells marks that stand for the cell above."""

from __future__ import annotations

_MARKS = frozenset(("同上", "同上行", "同前", "〃", "″"))


def is_ditto(value: object) -> bool:
    """Whether a cell says no more than that it is as the one above."""
    return isinstance(value, str) and value.strip() in _MARKS
