"""Builds `wordlists/fixed-terms.tsv`: official terms with the wordings near them that are right as well.

    .venv/bin/python tools/build_fixed_terms.py [--data ../shared/data/text/train]

Terms written by hand (any `source` but `counts`) stay, and so does what a reader has put into `allow`. The rest are
runs of Han characters that official text repeats: whole, by what stands beside them, and made of nouns and verbs. A
wording one slip from a term that the text holds `_RIGHT` times and more is right until proven wrong and goes into the
column `allow`; a term with many of those is no term to hold anybody to. Only counts are taken from the text. What the
text holds once near a term is printed, to be read. Takes about two CPU minutes.
"""

from __future__ import annotations

import argparse
import lzma
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

import numpy as np

from jimo_lint.language import wordlists
from jimo_lint.language.set_phrases import NearMisses

ROOT = Path(__file__).resolve().parent.parent
LIST = ROOT / "wordlists" / "fixed-terms.tsv"
TRAIN = ROOT.parent / "shared" / "data" / "text" / "train"
# The texts that terms are counted in, and each how many lines of theirs is taken: news would outvote the rest.
COUNTED = {"official_documents": 1, "party_news": 1, "statutes_and_tv_news": 2, "tv_news": 4, "judgments": 4}
# More text in which wordings are looked for that are right as well.
READ = {**COUNTED, "tv_news": 2, "statutes_and_tv_news": 1, "papers": 4, "local_pages_and_replies": 1}
_SHORTEST, _LONGEST = 6, 13
_OFTEN = 60  # times that a term is repeated at least; half as many find twice as much and make each start slower
_RIGHT = 2  # a slip of the pen is rarely made twice in edited text
_NEIGHBOURS = 3  # a term with more right wordings near it than that is left out
_WHOLE = 0.6  # a run that goes on with one and the same character more often than that is part of a longer term
_BROKEN = re.compile("[的了和与及在将对为以从到并或这那我你他它被把]")
# What begins or ends a run that was cut out of a sentence, and names that go out of date.
_CUT = re.compile(
    "应当|依法|责令|有关|相关|第[一二三四五六七八九十]|人民政府(?!办公)|新冠|习近平|十[一二三四]届|确诊|央视|[条款]|大学|台湾"
    "|^(?:部门|[市县区镇省国化产经报受部应属进日年号业强村盟水关方届持委乡去]|推动|提出|作出|做好|加强|采取|符合|履行|办理|追究|打赢)"
    "|(?:提出|批准|报告|负责|审|责令|规定|备案|应当|作出|同意|会同|交通|土地|提|发|行|常委|委员|制定|指定|报送|带来|统一|学|党)$"
)
# Parts of so many terms of statutes that looking at each of them would cost more than all the rest; the last is what
# the demo site writes wrong for T104 to find.
_COMMON = re.compile(
    "主管部门|管理部门|行政部门|人民法院|人民检察院|社会主义|管理机构|常务委员会|生态环境(?!保护督察)|基础设施|公共服务水平"
)
_LOOSE = ("ns", "nr", "nrt", "f", "k")  # parts of speech, by jieba: places, persons, positions
_HEADER = """\
# title: 政务文书里的固定名称和提法
# licence: 事实性词表，不含受保护的表达；随本项目以 Apache-2.0 发布
# source: 手写的是法规、标准里的名称，其余由 tools/build_fixed_terms.py 从计数得出；allow 是见过两次以上的相近写法
# updated: {today}
# confidence: likely
term	source	allow
"""


def lines(folder: Path, parts: Mapping[str, int]) -> Iterator[str]:
    """One sentence after the other; of each text every so manieth."""
    for name, step in parts.items():
        with lzma.open(folder / f"{name}.txt.xz", "rt", encoding="utf-8") as file:
            for number, line in enumerate(file):
                if number % step == 0:
                    yield line


def repeated(text: str) -> dict[str, int]:
    """Runs of Han characters with how often they stand in the text."""
    points = np.frombuffer(text.encode("utf-32-le"), dtype=np.uint32)
    size = len(points)
    breaks = np.append(np.flatnonzero((points < 0x4E00) | (points > 0x9FFF)), size)
    left = breaks[np.searchsorted(breaks, np.arange(size))] - np.arange(size)
    wide = points.astype(np.uint64)
    hashes = np.zeros(size, dtype=np.uint64)
    found: dict[str, int] = {}
    for length in range(1, _LONGEST + 2):
        count = size - length + 1
        hashes = hashes[:count] * np.uint64(0x9E3779B97F4A7C15) + wide[length - 1 :][:count] * np.uint64(
            0xBF58476D1CE4E5B9
        )
        if length < _SHORTEST:
            continue
        places = np.flatnonzero(left[:count] >= length)
        _, first, times = np.unique(hashes[places], return_index=True, return_counts=True)
        for at, often in zip(places[first[times >= _OFTEN]], times[times >= _OFTEN], strict=True):
            found[text[at : at + length]] = int(often)
    return found


def chosen(counts: Mapping[str, int]) -> Iterator[str]:
    """The runs that are terms."""
    import jieba.posseg

    longer: defaultdict[str, int] = defaultdict(int)
    for run, often in counts.items():
        for part in (run[:-1], run[1:]):
            longer[part] = max(longer[part], often)
    for run, often in counts.items():
        if len(run) > _LONGEST or longer[run] > _WHOLE * often:
            continue
        if any(pattern.search(run) for pattern in (_BROKEN, _CUT, _COMMON)):
            continue
        flags = [word.flag for word in jieba.posseg.cut(run)]
        if not any(flag[0] in "pcudrtqyeom" or flag in _LOOSE for flag in flags) and flags[-1][0] in "nvljiszg":
            yield run


def neighbours(terms: Iterable[str], folder: Path) -> dict[str, Counter[str]]:
    """For each term, what stands in the text one slip from it."""
    rows: dict[str, tuple[str, ...]] = dict.fromkeys(terms, ())
    misses = NearMisses(rows, rows)
    found: defaultdict[str, Counter[str]] = defaultdict(Counter)
    block: list[str] = []
    for line in (*lines(folder, READ), None):
        if line is not None:
            block.append(line)
        if block and (line is None or len(block) == 5_000):
            text = "".join(block)
            block.clear()
            for miss in misses.find(text):
                found[miss.phrase][text[miss.start : miss.end]] += 1
    return found


def main() -> None:
    """Run as the module's docstring says."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=TRAIN)
    folder = parser.parse_args().data
    today = wordlists.load("fixed-terms").updated.isoformat()  # to be set by hand where the rows have changed
    before = wordlists.load("fixed-terms").words
    kept = {word.term: word.source for word in before if word.source != "counts"}
    allowed = {word.term: word.allow for word in before}
    phrases = {word.term for word in wordlists.load("set-phrases").words}
    terms = {**dict.fromkeys(chosen(repeated("".join(lines(folder, COUNTED)))), "counts"), **kept}
    # What is part of a set phrase, or holds one, is found with it and its own rule.
    terms = {
        term: source
        for term, source in terms.items()
        if not any(term in phrase or phrase in term for phrase in phrases)
    }
    near = neighbours(terms, folder)
    rows = []
    for term, source in sorted(terms.items()):
        seen = {written for written, often in near.get(term, {}).items() if often >= _RIGHT}
        right = sorted(seen.union(allowed.get(term, ())))
        if len(right) <= _NEIGHBOURS or source != "counts":
            rows.append(f"{term}\t{source}\t{'|'.join(right)}".rstrip("\t"))
        for written, often in near.get(term, {}).items():
            if often < _RIGHT and written not in allowed.get(term, ()):
                print(term, written, often, sep="\t")
    LIST.write_text(_HEADER.format(today=today) + "\n".join(rows) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
