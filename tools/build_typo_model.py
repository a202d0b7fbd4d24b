"""Builds wordlists/typo: python -m tools.build_typo_model DATA, where DATA holds text/train and typos/pairs.tsv.

Needs lightgbm 4.7.0, pypinyin 0.55.0 and, without its dependencies, char-similar 0.0.2. Takes ten minutes and 5 GB.
The same data and versions give the same bytes. The evaluation sets of DATA are not read. What ships was made in three
steps, from less text and earlier candidates: docs/decisions/0014-slips.md says how it compares.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from jimo_lint.language.typo import storage
from jimo_lint.language.typo.alphabet import Alphabet
from jimo_lint.language.typo.candidates import Tables
from jimo_lint.language.typo.codec import pack
from jimo_lint.language.typo.detector import Detector
from jimo_lint.language.typo.guards import explained
from jimo_lint.language.typo.ngrams import SCALE, quantised, square
from jimo_lint.language.typo.tree_ensemble import Forest
from tools.typo_model import confusion, corpus, counting, lexicon, scorer
from tools.typo_model.corpus import Sentence
from tools.typo_model.mistakes import Mistakes, Slipped, Slippery

OUT = Path(__file__).resolve().parents[1] / "wordlists" / "typo"

# Of the sentences held out, those with a lower fate train the trees, the others set the thresholds. Of the former,
# those with a lower fate still get mistakes.
_TRAINING = 0.7
_MISTAKEN = 0.42
_COPIES = 2  # different mistakes in the same sentence
_AT_MOST = 20_000  # sentences a source in training
# What is likely starts at a score chosen on text that the model has not seen, by at most 0.3 alarms per 10,000
# characters of each kind of clean text (docs/accuracy.md): new trees need a new one.
_LIKELY = 2.75
# What is possible starts at so many alarms per 10,000 characters of the sources whose style is that of official text.
# Whoever reads them counts the mistakes that really are in that text as alarms too.
_OFFICIAL = ("official_documents", "party_news", "statutes_and_tv_news", "tv_news")
_POSSIBLE = 2.0
# What is doubtful is told only among what is likely (`speller`). Lower ones made the sentences of the sets that were
# wholly mended no more.
_DOUBTFUL = 0.5
# A word is a candidate for another of the same sound only where the text has it so often.
_HOMOPHONE = round(SCALE * np.log(15))


@dataclass(frozen=True, slots=True)
class Drafted:
    """A model without its trees."""

    alphabet: Alphabet
    tables: Tables
    frequency: NDArray[np.int64]
    grams: dict[str, NDArray[Any]]
    rest: dict[str, NDArray[Any]]


def draft(counted: str) -> Drafted:
    """Tables from text."""
    letters = counting.alphabet(counted)
    counts = counting.count(counted, letters)
    grams: dict[str, NDArray[Any]] = {}
    for n, (keys, values) in counts.grams.items():
        grams |= {f"gram{n}_keys": keys, f"gram{n}_values": values}
    words = lexicon.read(letters)
    rest: dict[str, NDArray[Any]] = {
        "alphabet": np.array([ord(one) for one in letters.characters], np.uint16),
        "single": counts.single,
    }
    for n in (2, 3, 4):
        keyed = sorted(zip(storage.word_keys([one for one in words if len(one) == n], letters).tolist(),
                           (words[one] for one in words if len(one) == n), strict=True))  # fmt: skip
        rest[f"word{n}_keys"] = np.array([key for key, _ in keyed], np.uint64)
        rest[f"word{n}_values"] = np.maximum(quantised(np.array([count for _, count in keyed])), 1)
    sets = confusion.characters(letters)
    rest |= {"confusion_offsets": sets.offsets, "confusion_numbers": sets.numbers, "confusion_kinds": sets.kinds}
    known = square(*counts.grams[2], letters.size, 13)
    usual = {
        one for one in words if len(one) == 2 and known[letters.number(one[0]), letters.number(one[1])] >= _HOMOPHONE
    }
    sounds = confusion.words(usual | lexicon.cohering(counts, letters), letters)
    rest |= {
        "homophones": sounds.words,
        "homophones_first": sounds.first,
        "homophones_last": sounds.last,
        "sounds": sounds.sounds,
    }
    return Drafted(letters, storage.tables(storage.ready(grams | rest)), counts.frequency, grams, rest)


def trained(drafted: Drafted, held_out: Iterable[Sentence]) -> tuple[Forest, Forest]:
    """Trees for one and two characters, from mistakes made in sentences that the tables have not seen."""
    mistakes = Mistakes(drafted.alphabet, drafted.tables, drafted.frequency, seed=1)
    used: Counter[str] = Counter()
    sentences: list[tuple[str, str]] = []
    for one in held_out:
        if one.fate < _TRAINING and used[one.source] < _AT_MOST:
            used[one.source] += 1
            if one.fate < _MISTAKEN:
                sentences += [(mistakes.make(one.text), one.text) for _ in range(_COPIES)]
            else:
                sentences.append((one.text, one.text))
    print(f"training on {len(sentences):,} sentences", flush=True)
    detector = Detector(drafted.alphabet, drafted.tables, None)
    single, double = scorer.examples(detector, sentences)
    return scorer.train(*single), scorer.train(*double)


def trained_slips(drafted: Drafted, held_out: Iterable[Sentence]) -> Forest:
    """Trees for slips, from those made in the same sentences."""
    making = Slippery(seed=1)
    used: Counter[str] = Counter()
    sentences: list[tuple[str, Slipped | None]] = []
    for one in held_out:
        if one.fate < _TRAINING and used[one.source] < _AT_MOST:
            used[one.source] += 1
            slipped = making.make(one.text) if one.fate < _MISTAKEN else None
            sentences.append((slipped.text if slipped else one.text, slipped))
    print(f"slips: training on {len(sentences):,} sentences", flush=True)
    detector = Detector(drafted.alphabet, drafted.tables, None)
    return scorer.train(*scorer.slip_examples(detector, sentences), scorer.SLIP_TREES)


def thresholds(detector: Detector, held_out: Iterable[Sentence]) -> dict[str, float]:
    """The least score of each tier."""
    text = "\n".join(one.text for one in held_out if one.fate >= _TRAINING and one.source in _OFFICIAL)
    scores = sorted((one.score for one in detector.propose([text])[0] if not explained(text, one)), reverse=True)
    possible = round(scores[round(_POSSIBLE * len(text) / 10_000)], 3)
    return {"likely": _LIKELY, "possible": possible, "doubtful": _DOUBTFUL}


def main(arguments: Sequence[str] | None = None) -> None:
    """Build everything and write it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path)
    parser.add_argument("--out", type=Path, default=OUT)
    asked = parser.parse_args(arguments)
    pairs = corpus.pairs(asked.data / "typos" / "pairs.tsv", asked.data / "typos" / "hazards.tsv")
    text = corpus.read(asked.data / "text" / "train", pairs)
    drafted = draft(text.counted)
    forests = (*trained(drafted, text.held_out), trained_slips(drafted, text.held_out))
    tiers = thresholds(Detector(drafted.alphabet, drafted.tables, forests), text.held_out)
    for size, forest in zip(storage.FORESTS, forests, strict=True):
        for field in ("column", "threshold", "child", "value"):
            drafted.rest[f"forest{size}_{field}"] = getattr(forest, field)
        drafted.rest[f"forest{size}_depth"] = np.array([forest.depth], np.int32)
    write(asked.out, dict(zip(storage.PARTS, (drafted.grams, drafted.rest), strict=True)), tiers)


def write(folder: Path, parts: dict[str, dict[str, NDArray[Any]]], tiers: dict[str, float]) -> None:
    """The packed parts and the manifest that names their sums."""
    folder.mkdir(parents=True, exist_ok=True)
    sums = {}
    for name, arrays in parts.items():
        data = pack(arrays)
        (folder / name).write_bytes(data)
        sums[name] = sha256(data).hexdigest()
        print(f"{name}: {len(data):,} bytes")
    manifest = {"sha256": sums, "tiers": tiers}
    (folder / storage.MANIFEST).write_text(json.dumps(manifest, indent=2) + "\n", encoding="utf-8")
    print(manifest)


if __name__ == "__main__":
    main()
