"""Builds `wordlists/typo/contexts.gz`: contexts that hold the same character nearly always, counted in official text.

    .venv/bin/python tools/build_contexts.py [--data ../shared/data/text/train]

Only counts leave the text. Needs the model's alphabet (`tools/build_typo_model.py`) and is to be run anew behind it.
The local text is not counted, so that one can see there what the contexts are worth, but what it has twice without
the character is right until proven wrong. The same data give the same bytes. Takes three CPU minutes and 6 GB.
"""

from __future__ import annotations

import argparse
import json
import lzma
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from jimo_lint.language.typo import storage
from jimo_lint.language.typo.alphabet import BITS, FIRST, Alphabet, Numbers, packed
from jimo_lint.language.typo.codec import pack, unpack
from jimo_lint.language.typo.contexts import BEFORE, BEHIND, GAP, ROUND, key, symbols

ROOT = Path(__file__).resolve().parent.parent
MODEL = ROOT / "wordlists" / "typo"
TRAIN = ROOT.parent / "shared" / "data" / "text" / "train"
_UNCOUNTED = "local_pages_and_replies"
# How often a context holds its character at least, and in what share of all.
_OFTEN = {ROUND: 10, BEFORE: 40, BEHIND: 40}
_NEARLY = {ROUND: 0.97, BEFORE: 0.985, BEHIND: 0.985}
# For the absence of the character to be a slip, the context is so many times as frequent as the four without it, as
# the rarer of the two trigrams without it, and as the other.
_RATIOS = (1000, 100, 5)
_OFTEN_ENOUGH = 30  # as well
_TWICE = 2
_PIECE = 4_000_000
_LOW = np.uint64((1 << BITS) - 1)

Keys = NDArray[np.uint64]


@dataclass(frozen=True)
class Counted:
    """Contexts with what they hold and how often."""

    keys: Keys
    held: NDArray[np.uint16]
    counts: NDArray[np.int64]


def seen(files: Iterable[Path], letters: Alphabet) -> Numbers:
    """All texts as symbols."""
    parts = []
    for file in files:
        text = lzma.decompress(file.read_bytes()).decode()
        pieces = (text[start : start + _PIECE] for start in range(0, len(text), _PIECE))
        parts += [symbols(letters.encode(piece), letters.han).symbols for piece in pieces]
    return np.concatenate(parts)


def steady(text: Numbers, kind: int) -> Counted:
    """The contexts of a kind that hold one character nearly always."""
    length, columns, at = {ROUND: (5, (0, 1, 3, 4), 2), BEFORE: (4, (0, 1, 2), 3), BEHIND: (4, (1, 2, 3), 0)}[kind]
    s = [text[start : len(text) - length + 1 + start] for start in range(length)]
    if kind == ROUND:
        wanted = (s[2] >= FIRST) & ((s[1] >= FIRST) | (s[3] >= FIRST))
    else:  # whole words: only the outermost may be a mark
        wanted = (s[at] >= FIRST) & (s[1] >= FIRST) & (s[2] >= FIRST)
    whole = packed(*(s[column][wanted] for column in columns))
    chosen = s[at][wanted]
    order = np.lexsort((chosen, whole))
    whole, chosen = whole[order], chosen[order]
    del order
    first = np.flatnonzero(np.concatenate(([True], (whole[1:] != whole[:-1]) | (chosen[1:] != chosen[:-1]))))
    counts = np.diff(np.append(first, len(whole)))
    whole, chosen = whole[first], chosen[first]
    start = np.flatnonzero(np.concatenate(([True], whole[1:] != whole[:-1])))
    total, most = np.add.reduceat(counts, start), np.maximum.reduceat(counts, start)
    group = np.repeat(np.arange(len(start)), np.diff(np.append(start, len(whole))))
    kept = (counts == most[group]) & (counts >= _OFTEN[kind]) & (counts >= _NEARLY[kind] * total[group])
    return Counted(whole[kept], chosen[kept], counts[kept])


def grams(text: Numbers, n: int) -> Keys:
    """The sorted keys of all n-grams."""
    found = packed(*(text[start : len(text) - n + 1 + start] for start in range(n)))
    found.sort()
    return found


def often(keys: Keys, sought: Keys) -> NDArray[np.int64]:
    """How often each is among sorted keys."""
    return np.searchsorted(keys, sought, "right") - np.searchsorted(keys, sought, "left")


def gaps(around: Counted, text: Numbers, local: Numbers) -> NDArray[np.bool_]:
    """Whether the absence of what a context holds is a slip."""
    four, rarer, other = _RATIOS
    fours = grams(text, 4)
    allowed = (often(fours, around.keys) * four <= around.counts) & (often(grams(local, 4), around.keys) < _TWICE)
    del fours
    threes = grams(text, 3)
    sides = [often(threes, around.keys >> np.uint64(BITS)), often(threes, around.keys & np.uint64((1 << 3 * BITS) - 1))]
    allowed &= around.counts >= _OFTEN_ENOUGH
    allowed &= (np.minimum(*sides) * rarer <= around.counts) & (np.maximum(*sides) * other <= around.counts)
    inner = (around.keys >> np.uint64(BITS)) & _LOW, (around.keys >> np.uint64(2 * BITS)) & _LOW
    return allowed & (inner[0] >= FIRST) & (inner[1] >= FIRST)


def tables(text: Numbers, local: Numbers) -> Iterator[tuple[Keys, NDArray[np.uint16]]]:
    """Keys and what they hold, kind by kind."""
    for kind in (ROUND, BEFORE, BEHIND):
        found = steady(text, kind)
        held = found.held.copy()
        if kind == ROUND:
            held[gaps(found, text, local)] |= GAP
        print(f"{kind}: {len(found.keys):,} contexts", flush=True)
        yield key(kind, *columns(found.keys, 4 if kind == ROUND else 3)), held


def columns(keys: Keys, size: int) -> list[NDArray[np.uint64]]:
    """What keys were packed from."""
    return [(keys >> np.uint64(BITS * step)) & _LOW for step in range(size)][::-1]


def main() -> None:
    """Run as the module's docstring says."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, default=TRAIN)
    parser.add_argument("--out", type=Path, default=MODEL)
    options = parser.parse_args()
    letters = storage.alphabet(dict(unpack((MODEL / "scorer.gz").read_bytes())))
    files = {file.name.partition(".")[0]: file for file in sorted(options.data.glob("*.txt.xz"))}
    local = seen([files.pop(_UNCOUNTED)], letters)
    found = list(tables(seen(files.values(), letters), local))
    keys, held = (np.concatenate(part) for part in zip(*found, strict=True))
    order = np.argsort(keys)
    data = pack({"contexts_keys": keys[order], "contexts_held": held[order]})
    (options.out / storage.CONTEXTS).write_bytes(data)
    manifest = json.loads((options.out / storage.MANIFEST).read_text(encoding="utf-8"))
    manifest["sha256"][storage.CONTEXTS] = sha256(data).hexdigest()
    (options.out / storage.MANIFEST).write_text(json.dumps(manifest, indent=2) + "\n", encoding="utf-8")
    print(f"{len(data):,} bytes, {len(keys):,} contexts")


if __name__ == "__main__":
    main()
