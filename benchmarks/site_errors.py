"""Prints how many errors that a reader marked on real pages the rules find and correct, by category.

    .venv/bin/python benchmarks/site_errors.py [--list] [--select CODE …] [--likely]

Each row of the reader's table is judged inside its own context: found where a finding overlaps the wrong text,
corrected where the suggestions put in give the reader's text. Exit code 1 below a bar of `BARS`.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import NamedTuple

from jimo_lint import privacy
from jimo_lint.lint.engine import Engine
from jimo_lint.lint.ruleset import load_rules, select
from jimo_lint.lint.standards import load_profile
from jimo_lint.model import Block, Context, Document, Finding

TABLE = Path(__file__).resolve().parents[2] / "shared" / "data" / "typos" / "site_errors.tsv"
# Found over all rows, found without punctuation, corrected among those found (issue 3).
BARS = (0.60, 0.45, 0.80)
_AS_OF = date(2026, 1, 31)


class Row(NamedTuple):
    """What the reader marked. certainty: sure or likely."""

    wrong: str
    right: str
    context: str
    category: str
    certainty: str


class Outcome(NamedTuple):
    """A row and what became of it; shown: the findings as text."""

    row: Row
    found: bool
    corrected: bool
    shown: str


def rows(path: Path) -> Iterator[Row]:
    """The rows of the reader's table, in order."""
    for line in path.read_text(encoding="utf-8").splitlines()[1:]:
        yield Row(*line.split("\t"))


def judge(row: Row, engine: Engine) -> Outcome:
    """Look for the row's error in its context alone."""
    document = privacy.mask(Document(row.context, "", "file", "", (Block("body", row.context, "正文"),)))
    findings = list(engine.findings(document))
    start = row.context.find(row.wrong)
    end = start + len(row.wrong)
    touching = [one for one in findings if one.span and one.span.start < end and one.span.end > start]
    # Where a table shows one case of several in its context, only what touches it is put in.
    corrected = bool(touching) and row.right in mended(row.context, touching)
    shown = "；".join(f"{one.code} {one.matched}→{'/'.join(one.suggestions)}" for one in touching or findings)
    return Outcome(row, bool(touching), corrected, shown)


def mended(text: str, findings: Iterable[Finding]) -> str:
    """`text` with the first suggestion of each finding put in, of overlapping ones the first."""
    parts, done = [], 0
    for one in sorted(findings, key=lambda one: one.span.start if one.span else 0):
        if one.span and one.suggestions and one.span.start >= done:
            parts += [text[done : one.span.start], one.suggestions[0]]
            done = one.span.end
    return "".join((*parts, text[done:]))


def main() -> int:
    """Run as the module's docstring says."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--list", action="store_true", help="print every row and what was found")
    parser.add_argument("--likely", action="store_true", help="also judge rows that the reader was not sure of")
    parser.add_argument("--select", nargs="*", default=(), help="rules instead of the default ones")
    parser.add_argument("--table", type=Path, default=TABLE, help="another reader's table")
    options = parser.parse_args()
    engine = Engine(select(load_rules(), options.select), Context(_AS_OF, load_profile("national")))
    outcomes = [judge(row, engine) for row in rows(options.table) if options.likely or row.certainty == "sure"]
    if options.list:
        for one in outcomes:
            mark = "对" if one.corrected else "中" if one.found else "漏"
            print(mark, one.row.category, one.row.wrong, "→", one.row.right, "｜", one.shown, "｜", one.row.context)
    total, found, corrected = (
        Counter(one.row.category for one in outcomes if wanted(one))
        for wanted in (lambda _: True, lambda one: one.found, lambda one: one.corrected)
    )
    print(f"{'类别':<14}{'条':>6}{'查出':>7}{'改对':>7}{'查出率':>9}")
    lines = {name: (name,) for name in sorted(total)}
    words = tuple(name for name in total if name != "punctuation")
    for title, names in {**lines, "（不含标点）": words, "（全部）": tuple(total)}.items():
        count, hit, right = (sum(counter[name] for name in names) for counter in (total, found, corrected))
        print(f"{title:<14}{count:>6}{hit:>7}{right:>7}{hit / max(count, 1):>9.1%}")
    reached = (
        found.total() / max(total.total(), 1),
        sum(found[name] for name in words) / max(sum(total[name] for name in words), 1),
        corrected.total() / max(found.total(), 1),
    )
    print("查出 {:.1%}，不含标点 {:.1%}，其中改对 {:.1%}".format(*reached))
    return 0 if all(value >= bar for value, bar in zip(reached, BARS, strict=True)) else 1


if __name__ == "__main__":
    sys.exit(main())
