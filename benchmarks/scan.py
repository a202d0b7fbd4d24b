"""Measures the scan for 20,000 terms against pyahocorasick over str, in one run, and checks that the hits agree.

Run: python benchmarks/scan.py [--rounds N]. Text: the clean official sentences beside the checkout where they are,
else Chinese made up from a fixed seed. Exit code 1 where hits differ or the ratio is below the bar.
"""

from __future__ import annotations

import argparse
import gzip
import random
import sys
import time
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path
from statistics import median

import ahocorasick

from jimo_lint.language.matcher import Matcher

TERMS = 20_000
BAR = 8.0
SHARED = Path(__file__).resolve().parents[2] / "shared" / "data" / "text"
Found = list[tuple[int, int, int]]


def sample_text(rng: random.Random) -> tuple[str, str]:
    """About a million characters and where they come from."""
    files = sorted(SHARED.glob("clean_*.txt.gz"))
    if files:
        return "\n".join(gzip.decompress(file.read_bytes()).decode() for file in files), "官方文本"
    common = [chr(number) for number in range(0x4E00, 0x4E00 + 3000)]
    weights = [1 / rank for rank in range(1, len(common) + 1)]
    return "".join(rng.choices(common, weights, k=1_000_000)), "随机生成"


def make_terms(text: str, rng: random.Random) -> list[str]:
    """Distinct terms of 2-8 characters: a twentieth cut out of the text, so that there are hits; the rest made up."""
    characters = sorted({character for character in text if "\u4e00" <= character <= "\u9fff"})
    terms: set[str] = set()
    while len(terms) < TERMS // 20:
        start, size = rng.randrange(len(text) - 8), rng.randint(3, 8)
        terms.add(text[start : start + size].replace("\n", "，"))
    while len(terms) < TERMS:
        terms.add("".join(rng.choices(characters, k=rng.randint(2, 8))))
    return sorted(terms)


def over_str(terms: list[str]) -> Callable[[str], Found]:
    """pyahocorasick as its manual shows it: terms and text as str."""
    automaton = ahocorasick.Automaton()
    for number, term in enumerate(terms):
        automaton.add_word(term, (number, len(term)))
    automaton.make_automaton()
    return lambda text: [(last + 1 - size, last + 1, number) for last, (number, size) in automaton.iter(text)]


def over_bytes(terms: list[str]) -> Callable[[str], Found]:
    """The project's matcher, offsets mapped back to code points."""
    matcher = Matcher((term, number) for number, term in enumerate(terms))
    return lambda text: list(matcher.iter(text))


def main() -> int:
    """Print the table; 1 where a bar is missed."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=7, help="interleaved rounds; the median counts")
    rounds = parser.parse_args().rounds
    rng = random.Random(20260122)
    text, origin = sample_text(rng)
    terms = make_terms(text, rng)
    engines = {"pyahocorasick，str": over_str(terms), "jimo_lint.language.matcher": over_bytes(terms)}
    seconds: dict[str, list[float]] = {name: [] for name in engines}
    hits: dict[str, Found] = {}
    for _ in range(rounds):
        for name, scan in engines.items():
            start = time.process_time()
            hits[name] = scan(text)
            seconds[name].append(time.process_time() - start)
    plain, ours = (len(text) / median(seconds[name]) / 1e6 for name in engines)
    # Rounds are interleaved, so that what else runs on the machine burdens both sides of a ratio alike.
    ratio = median(a / b for a, b in zip(*seconds.values(), strict=True))
    same = sorted(hits["pyahocorasick，str"]) == sorted(hits["jimo_lint.language.matcher"])
    engine = "daachorse" if find_spec("daachorse") else "pyahocorasick，装上 jimo-lint[fast] 才达得到要求"
    print(f"{len(text):,} 字（{origin}），{len(terms):,} 个词，命中 {len(hits['jimo_lint.language.matcher']):,} 处")
    print(f"pyahocorasick，str   {plain:8.2f} 百万字/CPU 秒")
    print(f"jimo_lint.language.matcher    {ours:8.2f} 百万字/CPU 秒（{engine}）")
    print(f"倍数                 {ratio:8.2f}（要求 ≥ {BAR:g}）")
    print(f"命中一致             {'是' if same else '否'}")
    return 0 if same and ratio >= BAR else 1


if __name__ == "__main__":
    sys.exit(main())
