"""Measures judging: characters per CPU second by rule set, pages of real shape, a folder in several processes.

    python benchmarks/judging.py [--rounds N] [--drafts N]

Peers in the same run: bare scans of pyahocorasick and daachorse for 20,000 terms, autocorrect-py where it is installed.
Text: the clean official sentences and the portal beside the checkout. Exit code 1 where a bar is missed.
"""

from __future__ import annotations

import argparse
import json
import lzma
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from functools import partial
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

from alarms import TEXTS, clean_documents
from scan import make_terms, over_str, sample_text

from jimo_lint.inspection.context import context
from jimo_lint.inspection.judges import Judges
from jimo_lint.lint.checks import KINDS
from jimo_lint.lint.checks.wording import typo
from jimo_lint.lint.engine import Engine
from jimo_lint.lint.ruleset import load_rules, select
from jimo_lint.model import Document, Rule
from jimo_lint.readers.drafts import local
from jimo_lint.runtime.processes import cores
from jimo_lint.settings.config import Config

AS_OF = date(2026, 11, 22)
SITE = Path(__file__).resolve().parents[2] / "shared" / "data" / "sites"
# Rules chosen and left out, and the bar in millions of characters per CPU second.
SETS = {
    "S、P、F": (("S", "P", "F"), (), 4.0),
    "除 T104 外全部": ((), ("T104",), 3.0),
    "全部": ((), (), 0.4),
}
PAGE_BAR = 4.0  # ms a page
_DRAFT = 1500  # characters
SPEED_UP_BAR = 1.8  # on two cores


def judges(only: tuple[str, ...] = (), ignore: tuple[str, ...] = ()) -> Judges:
    """What judges documents by these rules, in this process."""
    rules: Sequence[Rule] = select(load_rules(), only, ignore)
    documents = tuple(rule for rule in rules if KINDS[rule.kind].subject is Document)
    make = partial(Engine, documents, context(Config(), AS_OF))
    return Judges(make(), make, jobs=1)


def seconds(work: Callable[[], object], rounds: int) -> float:
    """CPU seconds of the best of so many rounds: what else runs on the machine only adds to them."""
    best = float("inf")
    for _ in range(rounds):
        start = time.process_time()
        work()
        best = min(best, time.process_time() - start)
    return best


def peers() -> dict[str, Callable[[str], object]]:
    """Those that are installed."""
    rng = random.Random(20260122)
    terms = make_terms(sample_text(rng)[0], rng)
    found: dict[str, Callable[[str], object]] = {"pyahocorasick，str，20,000 词": over_str(terms)}
    if find_spec("daachorse"):
        found["daachorse，20,000 词"] = (
            import_module("daachorse").CharwiseDoubleArrayAhoCorasick(terms).find_overlapping
        )
    if find_spec("autocorrect_py"):
        found["autocorrect-py"] = import_module("autocorrect_py").format
    return found


def throughput(rounds: int) -> bool:
    """Print characters per CPU second; whether all bars are met."""
    documents = [document for _, document in clean_documents()]
    text = "\n".join(document.text for document in documents)
    for name, work in peers().items():
        print(f"{name:24}{len(text) / seconds(lambda work=work: work(text), rounds) / 1e6:8.2f} 百万字/CPU 秒")  # type: ignore[misc]
    met = True
    for name, (only, ignore, bar) in SETS.items():
        taken = float("inf")
        for _ in range(rounds):
            chosen = judges(only, ignore)
            typo._speller.cache_clear()  # what was proposed for lines is remembered
            list(chosen.each(documents[:3]))  # loads what is loaded when first needed
            taken = min(taken, seconds(lambda chosen=chosen: list(chosen.each(documents[3:])), 1))  # type: ignore[misc]
        speed = sum(len(document.text) for document in documents[3:]) / taken / 1e6
        met &= speed >= bar
        print(f"{name:24}{speed:8.2f} 百万字/CPU 秒（要求 ≥ {bar:g}）")
    return met


def pages() -> bool:
    """Print what judging a page of the portal takes; whether the bar is met."""
    documents = [one for one in local.read([SITE], as_of=AS_OF) if isinstance(one, Document)]
    if not documents:
        print("没有 ../shared 里的网站，未测网页")
        return True
    typo._speller.cache_clear()
    chosen = judges()
    list(chosen.each(documents[:20]))
    taken = seconds(lambda: list(chosen.each(documents[20:])), 1) * 1000 / (len(documents) - 20)
    print(f"真实网页 {len(documents)} 个：每页 {taken:.2f} 毫秒（要求 ≤ {PAGE_BAR:g}）")
    return taken <= PAGE_BAR


def drafts_of(number: int) -> Iterator[str]:
    """So many drafts, of 1,500 characters and more, of running text of many kinds. No line comes twice: what was
    proposed for a line is remembered by each process for itself, and drafts do not share their lines."""
    files = sorted((TEXTS / "train").glob("*.txt.xz"))
    for file in files:
        lines = dict.fromkeys(lzma.decompress(file.read_bytes()).decode().splitlines())
        draft, left = "", number // len(files)
        for line in lines:
            draft += f"{line.strip()}\n"
            if len(draft) >= _DRAFT:
                yield draft
                draft, left = "", left - 1
            if not left:
                break


def folder(drafts: int) -> bool:
    """Print how much sooner a folder of drafts is judged with all cores; whether the bar is met and all is the same."""
    if cores() < 2:
        print("只有一个核，未测多进程")
        return True
    with tempfile.TemporaryDirectory() as place:
        for number, draft in enumerate(drafts_of(drafts)):
            (Path(place) / f"{number:05}.txt").write_text(draft, encoding="utf-8")
        walls: list[float] = []
        said: list[object] = []
        for jobs in (1, 2):
            command = [sys.executable, "-m", "jimo_lint", "check", place, "--isolated", "--exit-zero", "-f", "json"]
            start = time.perf_counter()
            done = subprocess.run([*command, "--jobs", str(jobs)], check=True, capture_output=True)
            walls.append(time.perf_counter() - start)
            said.append(json.loads(done.stdout)["findings"])
    ratio = walls[0] / walls[1]
    same = said[0] == said[1]
    print(f"至多 {drafts:,} 份文稿：1 个进程 {walls[0]:.1f} 秒，2 个 {walls[1]:.1f} 秒")
    print(f"倍数 {ratio:.2f}（要求 ≥ {SPEED_UP_BAR:g}）")
    print(f"结果一致：{'是' if same else '否'}")
    return same and ratio >= SPEED_UP_BAR


def main() -> int:
    """Print the table; 1 where a bar is missed."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=3, help="the best of so many counts")
    parser.add_argument("--drafts", type=int, default=2000)
    given = parser.parse_args()
    met = [throughput(given.rounds), pages(), folder(given.drafts)]
    return 0 if all(met) else 1


if __name__ == "__main__":
    sys.exit(main())
