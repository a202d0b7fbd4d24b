"""Measures how many one-character slips of the fixed phrases are found, each in sentences that say nothing about it.

Run: python benchmarks/nearmiss.py [--every N] [--misses N]. All deletions, doublings and neighbour swaps, and all
(each N-th) same-sound substitutions among the 3,755 characters of the first level of GB 2312. Found means that S109,
or the list rule that stands in for it, proposes what restores the sentence. Exit code 1 where that is below the bar.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Iterator
from datetime import date

from jimo_lint.language import confusables, wordlists
from jimo_lint.lint.checks.wording.nearmiss import NearMissCheck
from jimo_lint.lint.checks.wording.words import WordsCheck
from jimo_lint.lint.ruleset import load_rules
from jimo_lint.lint.standards import load_profile
from jimo_lint.model import Block, Context, Document, Hit, TermEntry

BAR = 0.99
# Between punctuation, between words that say little, between words.
FRAMES = (("会议强调，", "，要求各单位抓好落实。"), ("我们要学习", "并抓好落实。"), ("认真落实", "各项要求。"))
LISTS = ("S101", "S102", "S104", "T101")


class Scorer:
    """The checks that report near misses and listed wrong forms, as they ship."""

    def __init__(self) -> None:
        context = Context(date(2026, 1, 31), load_profile("national"))
        rules = load_rules()
        self._checks = (
            NearMissCheck([rule for rule in rules if rule.kind == "nearmiss"], context),
            WordsCheck([rule for rule in rules if rule.code in LISTS], context),
        )
        self._sounds = homophones()

    def score(self, word: TermEntry, frame: tuple[str, str], every: int = 1) -> list[tuple[str, str, bool]]:
        """(kind of slip, what stands there, whether it is found) for each slip of the phrase.

        A slip that the list names as a wording of its own (生态环境 beside 生态环境局) is none.
        """
        phrase = word.term
        wordings = {one.strip("+") for one in word.allow}
        variants = [one for one in slips(phrase, self._sounds, every) if one[1] not in wordings]
        document = Document(
            id="x",
            url="",
            source="file",
            title="",
            blocks=(Block("body", "\n".join(frame[0] + variant + frame[1] for _, variant in variants)),),
        )
        text = document.text
        restored: dict[int, set[str]] = {}
        hits: list[Hit] = [hit for check in self._checks for hit in check.hits(document)]
        for hit in hits:
            if hit.span is not None and hit.suggestions:
                start = text.rfind("\n", 0, hit.span.start) + 1
                end = text.find("\n", hit.span.end)
                line = (
                    text[start : hit.span.start] + hit.suggestions[0] + text[hit.span.end : end if end >= 0 else None]
                )
                restored.setdefault(start, set()).add(line)
        scored, start = [], 0
        for kind, variant in variants:
            scored.append((kind, variant, frame[0] + phrase + frame[1] in restored.get(start, ())))
            start += len(frame[0] + variant + frame[1]) + 1
        return scored


def slips(phrase: str, sounds: dict[str, set[str]], every: int) -> Iterator[tuple[str, str]]:
    """(kind, phrase with the slip); of the same-sound substitutions each `every`-th. Marks in a phrase stay."""
    number = 0
    for at, character in enumerate(phrase):
        if character not in sounds:
            continue
        yield "缺字", phrase[:at] + phrase[at + 1 :]
        yield "重字", phrase[:at] + character + phrase[at:]
        if phrase[at + 1 : at + 2] in sounds.keys() - {character}:
            yield "换位", phrase[:at] + phrase[at + 1] + character + phrase[at + 2 :]
        for other in sorted(sounds[character] - {character}):
            number += 1
            if number % every == 0:
                yield "同音", phrase[:at] + other + phrase[at + 1 :]


def homophones() -> dict[str, set[str]]:
    """For each character the common characters that share a syllable with it."""
    common = {
        bytes((row + 160, cell + 160)).decode("gb2312", "ignore") for row in range(16, 56) for cell in range(1, 95)
    }
    sounds: dict[str, set[str]] = {}
    for _, characters in confusables.rows("readings.txt"):
        for character in characters:
            sounds.setdefault(character, set()).update(common.intersection(characters))
    return sounds


def main() -> int:
    """Print a table; 1 where a frame is below the bar."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--every", type=int, default=1, help="each N-th same-sound substitution")
    parser.add_argument("--misses", type=int, default=0, help="print so many slips that are not found")
    options = parser.parse_args()
    scorer = Scorer()
    words = wordlists.load("set-phrases").words
    worst = 1.0
    for frame in FRAMES:
        total: Counter[str] = Counter()
        found: Counter[str] = Counter()
        missed: list[str] = []
        for word in words:
            for kind, variant, right in scorer.score(word, frame, options.every):
                total[kind] += 1
                found[kind] += right
                if not right:
                    missed.append(f"{word.term} {kind} {variant}")
        share = found.total() / total.total()
        worst = min(worst, share)
        print(f"{frame[0]}……{frame[1]} 共 {total.total()}，找到 {share:.4f}")
        print("  " + "，".join(f"{kind} {found[kind]}/{total[kind]} {found[kind] / total[kind]:.4f}" for kind in total))
        for line in missed[: options.misses]:
            print(f"    {line}")
    return 0 if worst >= BAR else 1


if __name__ == "__main__":
    sys.exit(main())
