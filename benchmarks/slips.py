"""Measures how many slips T104 puts right in sentences that no model has seen: characters missing, swapped, doubled.

    python benchmarks/slips.py [sentences]

A slip is made in so many sentences of each kind of clean text and of the local articles, wherever there is room: most
characters that are missing at random, as 的 or one of two words, leave a sentence that nobody would stumble over. What
was found and put right is counted, by kind and source. Peer in the same run: autocorrect-py, where it is installed, by
the sentences that it changes. What T104 reports of the clean sentences themselves is in alarms.py.
"""

from __future__ import annotations

import random
import sys
from collections import Counter
from collections.abc import Iterator
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

from alarms import TEXTS, clean_documents, local_documents

from jimo_lint.language.typo.slips import Slip
from jimo_lint.language.typo.speller import Speller
from jimo_lint.language.typo.storage import load

sys.path.append(str(Path(__file__).resolve().parents[1]))
from tools.typo_model.mistakes import Slipped, Slippery

_SHORTEST, _LONGEST = 12, 150
_TITLES = {Slip.MISSING: "漏字", Slip.SWAPPED: "颠倒", Slip.DOUBLED: "多字"}


def sentences() -> dict[str, list[str]]:
    """By source, each once."""
    found: dict[str, dict[str, None]] = {}
    for documents in (clean_documents, local_documents):
        for source, document in documents():
            lines = found.setdefault(source, {})
            lines.update((line, None) for line in document.text.split("\n") if _SHORTEST <= len(line) <= _LONGEST)
    return {source: list(lines) for source, lines in found.items()}


def slips(lines: list[str], count: int) -> Iterator[tuple[str, Slipped]]:
    """Sentences with a slip in each."""
    making, left = Slippery(seed=20261202), count
    for line in random.Random(20261202).sample(lines, len(lines)):
        if left and (slipped := making.make(line)):
            left -= 1
            yield line, slipped


def main(count: int) -> int:
    """Print the table."""
    if not TEXTS.is_dir():
        print("没有 ../shared，未测")
        return 0
    speller = Speller(load())
    correct = import_module("autocorrect_py").format if find_spec("autocorrect_py") else None
    print("| 来源 | " + " | ".join(f"{title}：改对（条）" for title in _TITLES.values()) + " | autocorrect-py 改对 |")
    print("|---|" + "---:|" * (len(_TITLES) + 1))
    for source, lines in sentences().items():
        made, right, peer = Counter[Slip](), Counter[Slip](), 0
        for meant, slipped in slips(lines, count):
            text = slipped.text
            made[slipped.slip] += 1
            # The surer tier alone, which is T104's.
            right[slipped.slip] += any(
                one.tier == 0 and text[: one.start] + one.meant + text[one.end :] == meant for one in speller.read(text)
            )
            peer += correct is not None and correct(text) == meant
        cells = (f"{right[slip] / made[slip]:.1%}（{made[slip]}）" for slip in _TITLES)
        print(f"| {source} | {' | '.join(cells)} | {f'{peer / made.total():.1%}' if correct else '未装'} |")
    return 0


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 1000))
