"""Measures the typo rules, and pycorrector's confusion corrector in the same run, tier by tier and rule by rule.

    .venv/bin/python benchmarks/wording.py [DATA] [--rules T104 …] [--alarms] [--update docs/accuracy.md]

Prints precision, recall and F1 of corrections on sets of sentences with their corrections (strict: a sentence counts
only where all its mistakes and nothing else are corrected; by character), alarms per 10,000 characters of clean text,
and characters per second on one core; then, of the default rules beside autocorrect-py and zhlint, what a reader marked
on real pages (`proofreaders.py`). DATA holds typos/*.tsv (written, tab, meant) and text/clean_*.txt.gz.
"""

from __future__ import annotations

import argparse
import gzip
import importlib.metadata
import importlib.util
import sys
import time
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Protocol

import proofreaders

from jimo_lint.language import wordlists
from jimo_lint.lint.checks.wording.typo import _speller
from jimo_lint.lint.engine import Engine
from jimo_lint.lint.ruleset import load_rules, select
from jimo_lint.lint.standards import load_profile
from jimo_lint.model import Block, Context, Document, Rule

SHARED = Path(__file__).resolve().parents[2] / "shared" / "data"
SETS = ("ecspell_odw_dev", "ecspell_law_dev", "ecspell_med_dev", "mc_lomo_tet")
CLEAN = ("gwr", "xxqg", "xwlb", "law")
# The clean sets that the limit of false alarms is about.
BUDGETED = ("gwr", "xxqg", "xwlb")
TIERS = {"确定": ("T101", "T102", "T103"), "很可能": ("T104",), "可能": ("T105",)}
MARKS = ("<!-- 错别字：由 benchmarks/wording.py 生成 -->", "<!-- 错别字：完 -->")
_LINES = 60  # sentences a document: about as long as an article, though with more mistakes than any


@dataclass(frozen=True, slots=True)
class Edit:
    """A finding with a correction, in its sentence."""

    start: int
    end: int
    meant: str
    code: str = ""


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
        return f"{100 * self.precision:.1f} / {100 * self.recall:.1f} / {100 * self.f1:.1f}"


@dataclass(frozen=True, slots=True)
class Read:
    """What a corrector made of some sentences: alarms in each, each corrected, CPU seconds."""

    alarms: list[list[Edit]]
    corrected: list[str]
    seconds: float


class Corrector(Protocol):
    """Anything that can be measured."""

    def __call__(self, sentences: Sequence[str], /) -> Read:
        """Read the sentences."""


def rules_corrector(rules: Sequence[Rule], lines: int = _LINES) -> Corrector:
    """The rules as they ship, on documents of so many sentences."""
    engine = Engine(rules, Context(date(2026, 1, 31), load_profile("national")))
    _speller.cache_clear()  # it remembers the lines that rules measured before have read
    edits(engine, ["加载模型。"])

    def run(sentences: Sequence[str]) -> Read:
        begun = time.process_time()
        alarms = edits(engine, sentences, lines)
        seconds = time.process_time() - begun
        return Read(alarms, [corrected(one, changes) for one, changes in zip(sentences, alarms, strict=True)], seconds)

    return run


def peer_corrector(words: dict[str, str]) -> Corrector | None:
    """pycorrector's confusion corrector with these pairs; none where it is not installed.

    Its module is loaded by itself: the package imports deep-learning libraries that this corrector has no use for.
    """
    package = importlib.util.find_spec("pycorrector")
    if package is None or not package.submodule_search_locations:
        return None
    path = Path(package.submodule_search_locations[0]) / "confusion_corrector.py"
    spec = importlib.util.spec_from_file_location("pycorrector_confusion", path)
    if spec is None or spec.loader is None:
        return None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    peer = module.ConfusionCorrector(words)

    def run(sentences: Sequence[str]) -> Read:
        begun = time.process_time()
        results = [peer.correct(one) for one in sentences]
        seconds = time.process_time() - begun
        alarms = [
            [Edit(start, start + len(wrong), right) for wrong, right, start in one["errors"] if wrong != right]
            for one in results
        ]
        return Read(alarms, [one["target"] for one in results], seconds)

    return run


def edits(engine: Engine, sentences: Sequence[str], lines: int = _LINES) -> list[list[Edit]]:
    """What the rules would change in each sentence, `lines` of them a document."""
    found: list[list[Edit]] = [[] for _ in sentences]
    for first in range(0, len(sentences), lines):
        part = sentences[first : first + lines]
        blocks = tuple(Block("body", one) for one in part)
        document = Document(id=str(first), url="", source="file", title="", blocks=blocks)
        starts = [0]
        for one in part:
            starts.append(starts[-1] + len(one) + 1)
        for finding in engine.findings(document):
            if finding.span is None:
                continue
            at = bisect_right(starts, finding.span.start) - 1
            start = starts[at]
            meant = finding.suggestions[0] if finding.suggestions else ""
            edit = Edit(finding.span.start - start, finding.span.end - start, meant, finding.code)
            found[first + at].append(edit)
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
    """By character, of sentences whose correction keeps their length; a result of another length is all wrong."""
    right = changed = wanted = 0
    for (written, meant), result in zip(pairs, results, strict=True):
        if len(written) != len(meant):
            continue
        wanted += sum(a != b for a, b in zip(written, meant, strict=True))
        if len(result) != len(written):
            changed += abs(len(result) - len(written))
            continue
        changed += sum(a != b for a, b in zip(written, result, strict=True))
        right += sum(a != b == c for a, b, c in zip(written, meant, result, strict=True))
    return Ratios.of(right, changed, wanted)


@dataclass(frozen=True, slots=True)
class Data:
    """The sets of sentences with their corrections, and the clean text, by name."""

    pairs: dict[str, list[tuple[str, str]]]
    clean: dict[str, list[str]]

    @classmethod
    def read(cls, folder: Path) -> Data:
        """From typos/*.tsv and text/clean_*.txt.gz."""
        pairs = {}
        for name in SETS:
            rows = (folder / "typos" / f"{name}.tsv").read_text(encoding="utf-8").splitlines()
            pairs[name] = [(row.split("\t")[0], row.split("\t")[1]) for row in rows if row.count("\t") == 1]
        clean = {}
        for name in CLEAN:
            text = gzip.decompress((folder / "text" / f"clean_{name}.txt.gz").read_bytes()).decode()
            clean[name] = [one for one in text.split("\n") if one]
        return cls(pairs, clean)


@dataclass(frozen=True, slots=True)
class Run:
    """What a corrector made of all data."""

    title: str
    sets: dict[str, Read]
    clean: dict[str, Read]

    @classmethod
    def of(cls, title: str, corrector: Corrector, data: Data) -> Run:
        """Read everything."""
        sets = {name: corrector([written for written, _ in pairs]) for name, pairs in data.pairs.items()}
        return cls(title, sets, {name: corrector(sentences) for name, sentences in data.clean.items()})

    def only(self, code: str, data: Data) -> Run:
        """The share of one rule."""
        texts = {name: [written for written, _ in pairs] for name, pairs in data.pairs.items()}
        return Run(
            code,
            {name: _only(code, read, texts[name]) for name, read in self.sets.items()},
            {name: _only(code, read, data.clean[name]) for name, read in self.clean.items()},
        )


def _only(code: str, read: Read, sentences: Sequence[str]) -> Read:
    alarms = [[one for one in changes if one.code == code] for changes in read.alarms]
    return Read(alarms, [corrected(one, changes) for one, changes in zip(sentences, alarms, strict=True)], 0.0)


def scores(runs: Sequence[Run], data: Data, score: Callable[..., Ratios]) -> Iterator[str]:
    """A table of precision, recall and F1, a row a run, a column a set."""
    yield "| | " + " | ".join(data.pairs) + " |"
    yield "|---|" + "---:|" * len(data.pairs)
    for run in runs:
        cells = (str(score(pairs, run.sets[name].corrected)) for name, pairs in data.pairs.items())
        yield f"| {run.title} | " + " | ".join(cells) + " |"


def rates(runs: Sequence[Run], data: Data) -> Iterator[str]:
    """A table of alarms per 10,000 characters of clean text, and speed, a row a run."""
    groups = {"gwr＋xxqg＋xwlb": BUDGETED, "law": ("law",)}
    yield "| | " + " | ".join(groups) + " | 字/秒 |"
    yield "|---|" + "---:|" * (len(groups) + 1)
    for run in runs:
        cells = []
        for names in groups.values():
            size = sum(len(one) for name in names for one in data.clean[name])
            count = sum(len(changes) for name in names for changes in run.clean[name].alarms)
            cells.append(f"{1e4 * count / size:.2f}（{count}）")
        seconds = sum(read.seconds for read in run.clean.values())
        size = sum(len(one) for sentences in data.clean.values() for one in sentences)
        speed = f"{size / seconds:,.0f}" if seconds else "—"
        yield f"| {run.title} | " + " | ".join(cells) + f" | {speed} |"


def peer_words(path: Path | None) -> tuple[str, dict[str, str]]:
    """(what they are, pairs): of a file in pycorrector's format, else of this project's list of certain typos."""
    if path is None:
        words = {word.term: word.suggestions[0] for word in wordlists.load("typo-pairs").words if word.suggestions}
        return "本项目 typo-pairs 词表", words
    rows = (line.split() for line in path.read_text(encoding="utf-8").splitlines() if not line.startswith("#"))
    return path.name, {row[0]: row[1] for row in rows if len(row) >= 2}


def listing(run: Run, data: Data) -> Iterator[str]:
    """The alarms on clean text."""
    for name, sentences in data.clean.items():
        for sentence, changes in zip(sentences, run.clean[name].alarms, strict=True):
            for one in changes:
                before, after = sentence[max(one.start - 14, 0) : one.start], sentence[one.end : one.end + 14]
                yield f"{name} {one.code} {before}【{sentence[one.start : one.end]}→{one.meant}】{after}"


def report(asked: argparse.Namespace) -> Iterator[str]:
    """All tables as Markdown lines."""
    known = load_rules()
    codes = {rule.code for rule in known}
    default = [rule.code for rule in select(known, ()) if rule.code.startswith("T")]
    chosen = (
        {"、".join(asked.rules): tuple(asked.rules)} if asked.rules else {**TIERS, "默认错别字规则": tuple(default)}
    )
    data = Data.read(asked.data)
    runs = []
    for title, rules in chosen.items():
        if codes.issuperset(rules):
            name = title if title == rules[0] else f"{title}（{'、'.join(rules)}）"
            runs.append(Run.of(name, rules_corrector(select(known, rules)), data))
    parts = [*runs]
    if not asked.rules:
        # Some rules tell more where much is wrong, as in these sets every second sentence is.
        runs.append(Run.of("默认错别字规则，每句单独成篇", rules_corrector(select(known, default), 1), data))
        whole = Run.of("", rules_corrector(select(known, tuple({*default, *TIERS["可能"]} & codes))), data)
        parts = [whole.only(code, data) for code in sorted({*default, *TIERS["可能"]} & codes)]
    source, words = peer_words(asked.peer_list)
    peer = None if asked.rules else peer_corrector(words)
    if peer is not None:
        version = importlib.metadata.version("pycorrector")
        runs.append(Run.of(f"pycorrector {version} ConfusionCorrector（{source}，{len(words)} 对）", peer, data))
    elif not asked.rules:
        print("未安装 pycorrector，不作比较；安装：pip install --no-deps pycorrector loguru", file=sys.stderr)
    for heading, some in (("分层", runs), *((("分规则", parts),) if not asked.rules else ())):
        yield from (f"**{heading}：整句，精确率 / 召回率 / F1（%）**", "", *scores(some, data, strict), "")
        yield from (f"**{heading}：逐字，精确率 / 召回率 / F1（%）**", "", *scores(some, data, by_character), "")
        yield from (f"**{heading}：干净文本上每万字报出（条数）与速度**", "", *rates(some, data), "")
    if not asked.rules:
        yield from ("**真实网页上读者有把握的错误：查出（占）；每万字报出**", "", *proofreaders.report(), "")
    if asked.alarms:
        for run in runs:
            yield from ("", f"{run.title}：干净文本上的报出", *listing(run, data))


def update(path: Path, lines: Iterable[str]) -> None:
    """Put the tables between the marks of a document."""
    before, rest = path.read_text(encoding="utf-8").split(MARKS[0])
    path.write_text("\n".join((before + MARKS[0], "", *lines, MARKS[1])) + rest.split(MARKS[1])[1], encoding="utf-8")


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path, nargs="?", default=SHARED)
    parser.add_argument("--rules", nargs="+", help="codes measured together; by default tier by tier and rule by rule")
    parser.add_argument("--alarms", action="store_true", help="list the alarms on clean text")
    parser.add_argument("--peer-list", type=Path, help="pairs for pycorrector instead of this project's own")
    parser.add_argument("--update", type=Path, help="write the tables into this document")
    asked = parser.parse_args()
    lines = []
    for line in report(asked):
        print(line, flush=True)
        lines.append(line)
    if asked.update:
        update(asked.update, lines)


if __name__ == "__main__":
    main()
