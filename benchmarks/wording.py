"""Measures the typo rules: python -m benchmarks.wording DATA [--rules T104 …]

Prints, for each set of rules, precision, recall and F1 of corrections on sets of sentences with their corrections
(strict: a sentence counts only where all its mistakes and nothing else are corrected; by character), alarms per
10,000 characters of clean text, and characters per second on one core. DATA holds typos/*.tsv (written, tab, meant)
and text/clean_*.txt.gz.
"""

from __future__ import annotations

import argparse
import gzip
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from jimo_lint.engine import Engine
from jimo_lint.model import Block, Context, Document
from jimo_lint.ruleset import load_profile, load_rules, select

SETS = ("ecspell_odw_dev", "ecspell_law_dev", "ecspell_med_dev", "mc_lomo_tet")
CLEAN = ("gwr", "xxqg", "xwlb", "law")
# The clean sets that the limit of false alarms is about.
BUDGETED = ("gwr", "xxqg", "xwlb")
RULES = (("T101",), ("T104",), ("T101", "T102", "T103", "T104"), ("T104", "T105"))
_LINES = 60  # sentences a document: about as long as an article


@dataclass(frozen=True, slots=True)
class Edit:
    """A finding with a correction, in its sentence."""

    start: int
    end: int
    meant: str


@dataclass(frozen=True, slots=True)
class Ratios:
    """Of what was proposed, how much was right; of what was wrong, how much was found; and their harmonic mean."""

    precision: float
    recall: float

    @classmethod
    def of(cls, right: int, proposed: int, wanted: int) -> Ratios:
        """From counts; 0 where there is nothing to divide by."""
        return cls(right / proposed if proposed else 0.0, right / wanted if wanted else 0.0)

    @property
    def f1(self) -> float:
        """The harmonic mean."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0

    def __str__(self) -> str:
        return f"{100 * self.precision:5.1f} /{100 * self.recall:5.1f} /{100 * self.f1:5.1f}"


def edits(engine: Engine, sentences: Sequence[str]) -> list[list[Edit]]:
    """What the rules would change in each sentence."""
    found: list[list[Edit]] = [[] for _ in sentences]
    for first in range(0, len(sentences), _LINES):
        part = sentences[first : first + _LINES]
        blocks = tuple(Block("body", one) for one in part)
        document = Document(id=str(first), url="", source="file", title="", blocks=blocks)
        starts = [0]
        for one in part:
            starts.append(starts[-1] + len(one) + 1)
        for finding in engine.findings(document):
            if finding.span is None or finding.line is None:
                continue
            start = starts[finding.line - 1]
            meant = finding.suggestions[0] if finding.suggestions else ""
            found[first + finding.line - 1].append(Edit(finding.span.start - start, finding.span.end - start, meant))
    return found


def corrected(sentence: str, changes: Sequence[Edit]) -> str:
    """The sentence with all changes; of overlapping ones the first."""
    parts: list[str] = []
    done = 0
    for one in sorted(changes, key=lambda one: (one.start, one.end)):
        if one.start >= done and one.meant:
            parts += (sentence[done : one.start], one.meant)
            done = one.end
    return "".join((*parts, sentence[done:]))


def strict(pairs: Sequence[tuple[str, str]], results: Sequence[str]) -> Ratios:
    """By sentence."""
    wanted = sum(written != meant for written, meant in pairs)
    changed = sum(written != result for (written, _), result in zip(pairs, results, strict=True))
    right = sum(written != meant == result for (written, meant), result in zip(pairs, results, strict=True))
    return Ratios.of(right, changed, wanted)


def by_character(pairs: Sequence[tuple[str, str]], results: Sequence[str]) -> Ratios:
    """By character, of sentences that keep their length."""
    right = changed = wanted = 0
    for (written, meant), result in zip(pairs, results, strict=True):
        if len(written) == len(meant) == len(result):
            wanted += sum(a != b for a, b in zip(written, meant, strict=True))
            changed += sum(a != b for a, b in zip(written, result, strict=True))
            right += sum(a != b == c for a, b, c in zip(written, meant, result, strict=True))
    return Ratios.of(right, changed, wanted)


def lines(data: Path, rules: Sequence[str], list_alarms: bool) -> Iterator[str]:
    """The table for one set of rules."""
    context = Context(date(2026, 1, 31), load_profile("national"))
    engine = Engine(select(load_rules(), tuple(rules), ()), context)
    edits(engine, ["加载模型。"])
    yield f"## {'、'.join(rules)}"
    for name in SETS:
        rows = (data / "typos" / f"{name}.tsv").read_text(encoding="utf-8").splitlines()
        pairs = [(row.split("\t")[0], row.split("\t")[1]) for row in rows if row.count("\t") == 1]
        results = [
            corrected(written, changes)
            for (written, _), changes in zip(pairs, edits(engine, [one for one, _ in pairs]), strict=True)
        ]
        yield f"{name:16s} strict P/R/F1 {strict(pairs, results)}   characters {by_character(pairs, results)}"
    characters = alarms = total = 0
    spent = 0.0
    for name in CLEAN:
        text = gzip.decompress((data / "text" / f"clean_{name}.txt.gz").read_bytes()).decode()
        sentences = [one for one in text.split("\n") if one]
        start = time.process_time()
        found = edits(engine, sentences)
        spent += time.process_time() - start
        size, count = sum(map(len, sentences)), sum(map(len, found))
        total += size
        if name in BUDGETED:
            characters, alarms = characters + size, alarms + count
        yield f"clean {name:10s} {1e4 * count / size:.2f} alarms per 10,000 of {size:,} characters"
        if list_alarms:
            for sentence, changes in zip(sentences, found, strict=True):
                for one in changes:
                    before, after = sentence[max(one.start - 14, 0) : one.start], sentence[one.end : one.end + 14]
                    yield f"    {before}【{sentence[one.start : one.end]}→{one.meant}】{after}"
    yield f"clean {'+'.join(BUDGETED)} {1e4 * alarms / characters:.2f} alarms per 10,000 of {characters:,} characters"
    yield f"{total / spent:,.0f} characters per second"


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path)
    parser.add_argument("--rules", nargs="+", help="codes; by default several sets one after the other")
    parser.add_argument("--alarms", action="store_true", help="list the alarms on clean text")
    asked = parser.parse_args()
    for rules in [asked.rules] if asked.rules else RULES:
        for line in lines(asked.data, rules, asked.alarms):
            print(line, flush=True)


if __name__ == "__main__":
    main()
