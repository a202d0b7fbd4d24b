"""The table of judged alarms behind `docs/accuracy.md`."""

from __future__ import annotations

import csv
import re
from collections import Counter
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs" / "accuracy.md").read_text(encoding="utf-8")
ROW = re.compile(r"^\| ([STPF][0-9]{3}) \| ([0-9]+) \| ([0-9]+) \| ([0-9]+) \| ([0-9]+) \| [0-9.]+% \|$", re.MULTILINE)


def _rows() -> list[dict[str, str]]:
    with (ROOT / "benchmarks" / "local_verdicts.tsv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


def test_page_counts_the_verdicts() -> None:
    """The published counts are those of the table, rule by rule."""
    counts: dict[str, Counter[str]] = {}
    for row in _rows():
        counts.setdefault(row["rule"], Counter())[row["verdict"]] += int(row["read"])
    published = {code: tuple(map(int, numbers)) for code, *numbers in ROW.findall(PAGE)}
    expected = {code: (one.total(), one["真"], one["疑"], one["误"]) for code, one in counts.items()}
    assert published == expected


def test_doubt_is_explained_and_quotes_are_short() -> None:
    """Whoever calls an alarm doubtful or false says why; no quotation is a sentence."""
    for row in _rows():
        assert row["verdict"] in ("真", "疑", "误"), row
        assert row["verdict"] == "真" or row["reason"], row
        assert len(row["quote"]) <= 20, row


def test_no_personal_number_is_quoted() -> None:
    """Not even a masked one: what is left of it would be the repository's."""
    shown = "\n".join(row["matched"] + row["suggestion"] + row["quote"] for row in _rows())
    assert not re.search(r"[0-9]\*{2,}|[0-9]{9,}", shown)
