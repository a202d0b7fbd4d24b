"""Builds the document that an example of a text rule describes."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from jimo_lint import privacy
from jimo_lint.extract.dates import machine_times
from jimo_lint.lint.checks.base import given_table
from jimo_lint.model import Block, Document


def draft(given: Mapping[str, Any]) -> Document:
    """A document of one body block, masked as every document is.

    Keys: text; name, as the file is called; title; published (a date); source: `file` (default), `site` or `archive`. A
    draft without `published` has no date, whatever the day of inspection.
    """
    table = given_table(given)
    text, title, source = table.text("text"), table.text("title", ""), table.text("source", "file")
    name = table.text("name", "")
    published = table.raw("published", None, (date, type(None)))
    table.finish()
    blocks = (Block("title", title, "标题"),) if title else ()
    return privacy.mask(
        Document(
            id="example",
            url=name,
            source=source,
            title=title,
            blocks=(*blocks, Block("body", text, "正文")),
            published=machine_times.parse(published),
        )
    )
