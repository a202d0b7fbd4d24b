"""Findings as the lines of JSON in which runs are kept: quick, since a run of a city may have fifty thousand."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

from jimo_lint.model import Edit, Finding, Position, Severity, Span
from jimo_lint.store.codec import moment

# The fields in the order in which they stand in a line; `history` is made anew from what the store knows.
_TEXTS = ("code", "name", "title", "message", "subject", "url", "kind", "matched", "excerpt", "locator", "basis")
_OWNERS = ("fingerprint", "column_name", "account_name", "owner", "account")
_ENCODE = json.JSONEncoder(ensure_ascii=False, check_circular=False, separators=(",", ":")).encode


def pack_finding(finding: Finding) -> str:
    """One line of JSON; lone surrogates become question marks, as everywhere in the store."""
    span, position, published = finding.span, finding.position, finding.published
    line = _ENCODE(
        [
            finding.code, finding.name, finding.title, finding.message, finding.subject, finding.url, finding.kind,
            finding.matched, finding.excerpt, finding.locator, finding.basis, finding.fingerprint,
            finding.column_name, finding.account_name, finding.owner, finding.account, int(finding.severity),
            [span.start, span.end] if span else None, _place(position) if position else None, finding.suggestions,
            finding.excerpt_start, finding.pages, finding.samples, published.isoformat() if published else None,
            [[edit.span.start, edit.span.end, _place(edit.position), edit.text] for edit in finding.edits],
        ]
    )  # fmt: skip
    return line.encode("utf-8", "replace").decode("utf-8") if not line.isascii() else line


def unpack_finding(line: str) -> Finding:
    """Inverse of `pack_finding`, without a history. ValueError where it is no such line."""
    return _finding(json.loads(line))


def unpack_findings(lines: str) -> tuple[Finding, ...]:
    """Of lines put together as one JSON array."""
    return tuple(map(_finding, json.loads(lines)))


def _finding(row: list[Any]) -> Finding:
    texts = dict(zip((*_TEXTS, *_OWNERS), row, strict=False))
    severity, span, position, suggestions, start, pages, samples, published, edits = row[len(texts) :]
    return Finding(
        **texts,
        severity=Severity(severity),
        span=Span(*span) if span else None,
        position=Position(*position) if position else None,
        suggestions=tuple(suggestions),
        excerpt_start=start,
        pages=pages,
        samples=tuple(samples),
        published=_published(published),
        edits=tuple(Edit(Span(low, high), Position(*place), text) for low, high, place, text in edits),
    )


def _published(text: str | None) -> datetime | None:
    return moment(text)


def _place(position: Position) -> tuple[int, int, int, int]:
    return position.line, position.column, position.end_line, position.end_column
