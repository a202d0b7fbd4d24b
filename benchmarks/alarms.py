"""Prints the alarms of the default rules on clean official text and on real local articles, by rule.

    .venv/bin/python benchmarks/alarms.py [--list CODE …] [--select CODE …] [--local]

Clean text holds few errors, so nearly every alarm there is false; the local articles hold real ones and are to be
read by eye. Exit code 1 where the S, P and F rules exceed 0.5 alarms per 10,000 characters of clean text, or T104 0.3.
"""

from __future__ import annotations

import argparse
import gzip
import json
import sys
import time
from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from jimo_lint import privacy
from jimo_lint.lint.engine import Engine
from jimo_lint.lint.ruleset import load_rules, select
from jimo_lint.lint.standards import load_profile
from jimo_lint.model import Block, Context, Document, Finding

TEXTS = Path(__file__).resolve().parents[2] / "shared" / "data" / "text"
BAR, GUESSES_BAR = 0.5, 0.3
_AS_OF = date(2026, 1, 31)
_SENTENCES = 200  # a document of the clean text: about as long as a long page


def clean_documents() -> Iterator[tuple[str, Document]]:
    """Source and documents of the clean text. The sentences are no running text, so each is a block of its own."""
    for file in sorted(TEXTS.glob("clean_*.txt.gz")):
        lines = gzip.decompress(file.read_bytes()).decode().splitlines()
        source = file.name.removeprefix("clean_").removesuffix(".txt.gz")
        for start in range(0, len(lines), _SENTENCES):
            chosen = lines[start : start + _SENTENCES]
            blocks = tuple(Block("body", line, f"第 {start + number} 行") for number, line in enumerate(chosen, 1))
            yield source, privacy.mask(Document(f"{source}:{start}", "", "site", "", blocks))


def local_documents() -> Iterator[tuple[str, Document]]:
    """Source and documents of the local articles, a block a line. Their links are not kept, so they are no pages."""
    for line in gzip.decompress((TEXTS / "govsite_local.jsonl.gz").read_bytes()).decode().splitlines():
        article = json.loads(line)
        blocks = tuple(
            Block("body", text, f"第 {number} 行") for number, text in enumerate(article["text"].split("\n"))
        )
        yield "local", privacy.mask(Document(article["id"], article["id"], "archive", "", blocks))


def alarm(finding: Finding) -> str:
    """One line: what was found, and where."""
    suggestions = "或".join(finding.suggestions)
    return f"{finding.code} {finding.matched}→{suggestions}｜{finding.excerpt}｜{finding.url} {finding.locator}"


def main() -> int:
    """Run as the module's docstring says."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--list", nargs="*", help="print the alarms of these codes; of all, where none is given")
    parser.add_argument("--select", nargs="*", default=(), help="rules instead of the default ones")
    parser.add_argument("--local", action="store_true", help="the local articles only")
    options = parser.parse_args()
    engine = Engine(select(load_rules(), options.select), Context(_AS_OF, load_profile("national")))
    documents = [*([] if options.local else clean_documents()), *local_documents()]
    size: Counter[str] = Counter()
    alarms: Counter[tuple[str, str]] = Counter()
    next(iter(engine.findings(documents[0][1])), None)  # compiles what is compiled on demand
    begun = time.process_time()
    for source, document in documents:
        size[source] += len(document.text)
        for finding in engine.findings(document):
            alarms[source, finding.code] += 1
            if options.list is not None and (not options.list or finding.code in options.list):
                print(source, alarm(finding))
    seconds = time.process_time() - begun
    sources = list(size)
    print(f"{'规则':<6}" + "".join(f"{source:>9}" for source in sources) + f"{'每万字干净文本':>10}")
    clean = [source for source in sources if source != "local"]
    length = max(sum(size[source] for source in clean), 1)
    for code in sorted({code for _, code in alarms}):
        counts = "".join(f"{alarms[source, code]:>9}" for source in sources)
        print(f"{code:<6}{counts}{sum(alarms[source, code] for source in clean) / length * 1e4:>15.3f}")
    text_rules = sum(count for (source, code), count in alarms.items() if source != "local" and code[0] in "SPF")
    rate = text_rules / length * 1e4
    guesses = sum(alarms[source, "T104"] for source in clean) / length * 1e4
    print("字数  " + "".join(f"{size[source]:>9,}" for source in sources))
    print(f"S、P、F 合计每万字 {rate:.3f} 条（要求 ≤ {BAR}），T104 {guesses:.3f} 条（要求 ≤ {GUESSES_BAR}）")
    print(f"{sum(size.values()) / seconds / 1e6:.2f} 百万字/CPU 秒")
    return 0 if rate <= BAR and guesses <= GUESSES_BAR else 1


if __name__ == "__main__":
    sys.exit(main())
