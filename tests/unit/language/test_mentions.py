"""A word that a sentence says to be wrong is reported and left; one in quotation marks for emphasis is put right."""

from __future__ import annotations

from datetime import date

import pytest

from jimo_lint.inspection import drafts
from jimo_lint.readers.drafts import plain
from jimo_lint.settings.config import Config

AS_OF = date(2026, 12, 1)


@pytest.mark.parametrize(
    ("line", "mended"),
    [
        ("把“关键”误写为“关健”。", False),
        ("“关健”应为“关键”。", False),
        ("将“抓好关健环节”更正为“抓好关键环节”。", False),
        ("误把“关键”写成“关健”", False),
        ("常见错别字有“关健”等。", False),
        ("原文误作关健，特此说明。", False),
        ("是“关键”不是‘关健’。", False),
        ("勘误：第3页“关健”一词有误。", False),
        ("要抓好“关健环节”。", True),
        ("“关健”在于落实。", True),
        ("要抓好关健环节，应为群众多办实事。", True),
        ("会上更正了说法。要抓好“关健”环节。", True),
        ("关健是抓落实，“关键”在人。", True),
        ("不能误了关健环节的工期。", True),
    ],
)
def test_what_is_spoken_of_is_left(line: str, mended: bool) -> None:
    """Errata, lessons, the wrong word beside the right one."""
    report, _ = drafts.check([plain.document(line, "稿.txt")], Config(select=("T101",)), as_of=AS_OF)
    (found,) = report.findings
    assert found.matched == "关健" and bool(found.edits) is mended
