"""Measures what is read in pictures on 40 rendered posters, and bare RapidOCR with its own settings in the same run.

    .venv/bin/python benchmarks/ocr.py [--kinds 竖排 表格 …] [--save FOLDER]

Prints for each kind of poster the character accuracy (1 - edit distance / characters, in reading order, blanks apart),
seconds of the processor a megapixel, the findings of the S and P rules beside those in the text as it was drawn, what
share of the lines is right by the confidence of the engine, what the T and F rules find above each, and the peak
memory. Needs the extra `ocr` and fonts that Debian has. Exit code 1 where ours reads worse than the bare engine, or a
single veto is false.
"""

from __future__ import annotations

import argparse
import io
import resource
import sys
import time
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise
from multiprocessing import get_context
from pathlib import Path

from PIL import Image
from posters import KINDS, Poster, missing_packages, posters

from jimo_lint import privacy
from jimo_lint.lint.engine import Engine
from jimo_lint.lint.ruleset import load_rules, select
from jimo_lint.lint.standards import load_profile
from jimo_lint.model import Block, Context, Document, Finding, Region, Severity
from jimo_lint.readers import reading
from jimo_lint.readers.attachments.pictures import picture_text
from jimo_lint.readers.source import Source

AS_OF = date(2026, 1, 31)
_BOUNDS = (0.0, 0.8, 0.9, 0.95, 0.97, 0.98, 0.99, 0.995, 1.01)


@dataclass
class Tally:
    """Sums over the posters of a kind."""

    characters: int = 0
    errors: int = 0
    megapixels: float = 0.0
    seconds: float = 0.0

    def add(self, truth: str, text: str, megapixels: float, seconds: float) -> None:
        self.characters += len(truth)
        self.errors += distance(truth, text)
        self.megapixels += megapixels
        self.seconds += seconds

    @property
    def accuracy(self) -> float:
        return 1 - self.errors / self.characters if self.characters else 0.0

    @property
    def pace(self) -> float:
        return self.seconds / self.megapixels if self.megapixels else 0.0


@dataclass
class Findings:
    """Of our reading, beside the same rules on the text as it was drawn."""

    right: int = 0
    missed: Counter[str] = field(default_factory=Counter)
    false: Counter[str] = field(default_factory=Counter)
    false_vetoes: int = 0


def distance(one: str, other: str) -> int:
    """Levenshtein's, by Myers's and Hyyrö's bit vectors."""
    if not one:
        return len(other)
    mask, high = (1 << len(one)) - 1, 1 << (len(one) - 1)
    places: defaultdict[str, int] = defaultdict(int)
    for place, character in enumerate(one):
        places[character] |= 1 << place
    up, down, score = mask, 0, len(one)
    for character in other:
        equal = places.get(character, 0)
        straight = equal | down
        across = (((equal & up) + up) ^ up) | equal
        more, less = down | (mask & ~(across | up)), up & across
        score += bool(more & high) - bool(less & high)
        more, less = (more << 1 | 1) & mask, (less << 1) & mask
        up, down = less | (mask & ~(straight | more)), more & straight
    return score


def dense(lines: Iterable[str]) -> str:
    """Without blanks, full-width forms as half-width ones: nobody reads a difference."""
    return "".join(unicodedata.normalize("NFKC", "".join(lines)).split())


def read(content: bytes) -> tuple[Document, float, int]:
    """The document of a picture, read as a file is, the seconds that took, and the MB that the process took at most."""
    picture_text.SECONDS = 600.0  # all of each picture is to be read, however busy the machine
    begun = time.process_time()
    (document,) = reading.read(Source("海报.png", content), ".png", reading.Asked(AS_OF))
    seconds = time.process_time() - begun
    assert isinstance(document, Document), document
    return document, seconds, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def _png(image: Image.Image) -> bytes:
    packed = io.BytesIO()
    image.save(packed, "PNG")
    return packed.getvalue()


class Judge:
    """Rules as they ship."""

    def __init__(self, families: Sequence[str]) -> None:
        self._engine = Engine(select(load_rules(), families), Context(AS_OF, load_profile("national")))

    def compare(self, poster: Poster, document: Document, into: Findings) -> None:
        wanted, got = self._both(poster, document)
        found = Counter(map(_told, got))
        into.right += (wanted & found).total()
        into.missed += Counter(code for code, _ in (wanted - found).elements())
        into.false += Counter(code for code, _ in (found - wanted).elements())
        into.false_vetoes += sum(one.severity is Severity.VETO and _told(one) in found - wanted for one in got)

    def surely(self, poster: Poster, document: Document) -> list[tuple[float, bool]]:
        """Of each finding the confidence of its line, and whether it is one in what was drawn."""
        wanted, got = self._both(poster, document)
        told = []
        for one in got:
            block = document.block_at(one.span.start)[0] if one.span else None
            if block and isinstance(block.spot, Region):
                told.append((block.spot.confidence, _told(one) in wanted))
        return told

    def _both(self, poster: Poster, document: Document) -> tuple[Counter[tuple[str, str]], list[Finding]]:
        """What is to be found, from what was drawn, in the lines as they were drawn, and what was."""
        blocks = tuple(Block("picture", line, "图 1") for line in poster.lines)
        drawn = privacy.mask(Document("海报.png", "海报.png", "file", "海报.png", blocks))
        return Counter(map(_told, self._engine.findings(drawn))), list(self._engine.findings(document))


def _told(finding: Finding) -> tuple[str, str]:
    return finding.code, "".join(finding.matched.split())


def certain(poster: Poster, document: Document) -> list[tuple[float, bool]]:
    """Of each line its confidence, and whether it stands so in what was drawn."""
    drawn = dense(privacy.mask_text("\n".join(poster.lines)).splitlines())
    return [
        (block.spot.confidence, dense([block.text]) in drawn)
        for block in document.blocks
        if isinstance(block.spot, Region)
    ]


def bare(kinds: Sequence[str]) -> dict[str, Tally]:
    """RapidOCR as it is, on one core."""
    from rapidocr import RapidOCR

    threads = "EngineConfig.onnxruntime.intra_op_num_threads"
    engine = RapidOCR(params={"Global.log_level": "critical", threads: 1})
    tallies: defaultdict[str, Tally] = defaultdict(Tally)
    engine(Image.new("RGB", (200, 100)))
    for poster in _chosen(kinds):
        begun = time.process_time()
        said = getattr(engine(poster.image.convert("RGB")), "txts", None) or ()
        seconds = time.process_time() - begun
        tallies[poster.kind].add(dense(poster.lines), dense(said), _megapixels(poster), seconds)
    return tallies


def _chosen(kinds: Sequence[str]) -> Iterator[Poster]:
    return (poster for poster in posters() if poster.kind in kinds)


def _megapixels(poster: Poster) -> float:
    return poster.image.width * poster.image.height / 1e6


def main() -> int:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kinds", nargs="+", choices=KINDS, default=KINDS)
    parser.add_argument("--save", type=Path, metavar="FOLDER", help="write each poster there, with what was read of it")
    args = parser.parse_args()
    if packages := missing_packages():
        print(f"缺少字体，请先安装：apt-get install {' '.join(packages)}", file=sys.stderr)
        return 2
    judge, found = Judge(["S", "P"]), Findings()
    wording, worded = Judge(["T", "F"]), list[tuple[float, bool]]()
    ours: defaultdict[str, Tally] = defaultdict(Tally)
    lines: list[tuple[float, bool]] = []
    worker = ProcessPoolExecutor(1, get_context("spawn"))
    _, start, _ = worker.submit(read, _png(Image.new("RGB", (64, 64)))).result()
    for number, poster in enumerate(_chosen(args.kinds)):
        document, seconds, peak = worker.submit(read, _png(poster.image)).result()
        # The text before masking is nobody's to see; stars are compared with stars.
        truth = dense(privacy.mask_text("\n".join(poster.lines)).splitlines())
        ours[poster.kind].add(truth, dense(block.text for block in document.blocks), _megapixels(poster), seconds)
        lines += certain(poster, document)
        judge.compare(poster, document, found)
        worded += wording.surely(poster, document)
        if args.save:
            _save(args.save / f"{number:02}-{poster.kind}", poster, document)
    worker.shutdown()
    theirs = bare(args.kinds)
    everything, all_theirs = _sum(ours.values()), _sum(theirs.values())
    print(f"{number + 1} 张海报，{everything.characters:,} 字，{everything.megapixels:.0f} 百万像素\n")
    print(f"{'':<6}{'字准确率':>10}{'（RapidOCR）':>12}{'秒/百万像素':>10}{'（RapidOCR）':>12}")
    for kind, mine, other in [
        *((kind, ours[kind], theirs[kind]) for kind in args.kinds),
        ("合计", everything, all_theirs),
    ]:
        print(f"{kind:<6}{mine.accuracy:>12.4f}{other.accuracy:>14.4f}{mine.pace:>14.2f}{other.pace:>14.2f}")
    print("\n按引擎的把握，整行全对的：")
    for low, high in pairwise(_BOUNDS):
        sure = [right for confidence, right in lines if low <= confidence < high]
        if sure:
            print(f"  {low:.3f} 至 {min(high, 1):.3f}：{len(sure):>5} 行，{sum(sure) / len(sure):.3f}")
    print("T、F 规则，把握不低于：")
    for low in _BOUNDS[:-1]:
        sure = [right for confidence, right in worded if confidence >= low]
        print(f"  {low:.3f}：对 {sum(sure)}，误报 {len(sure) - sum(sure)}")
    print(f"\nS、P 规则：对 {found.right}，漏 {found.missed.total()} {dict(found.missed)}，", end="")
    print(f"误报 {found.false.total()} {dict(found.false)}，误报的单项否决 {found.false_vetoes}")
    print(f"启动引擎 {start:.2f} 秒；内存峰值 {peak} MB")
    worse = everything.accuracy < all_theirs.accuracy
    return int(worse or found.false_vetoes > 0)


def _sum(tallies: Iterable[Tally]) -> Tally:
    every = Tally()
    for one in tallies:
        every.characters += one.characters
        every.errors += one.errors
        every.megapixels += one.megapixels
        every.seconds += one.seconds
    return every


def _save(path: Path, poster: Poster, document: Document) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    poster.image.convert("RGB").save(f"{path}.png")
    said = (f"{'~' if block.continues else ' '}{block.text}\t{block.spot}"[:120] for block in document.blocks)
    path.with_suffix(".txt").write_text("\n".join(said), encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
