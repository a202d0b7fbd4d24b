"""Precision of the default rules on the local articles, from the verdicts in `local_verdicts.tsv`, each read by eye.

    .venv/bin/python benchmarks/local_verdicts.py [--unjudged] [--update docs/accuracy.md]

A verdict belongs to one alarm (key: a hash of its article, wording and surroundings) or, with the key `*`, to all
alarms of one rule whose wording begins alike; then `read` says how many were read, and more of them count as unread.
Exit code 1 where alarms are unread or the precision is below the bar.
"""

from __future__ import annotations

import argparse
import csv
import hashlib
import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from alarms import _AS_OF, local_documents

from jimo_lint.lint.engine import Engine
from jimo_lint.lint.ruleset import load_rules, select
from jimo_lint.lint.standards import load_profile
from jimo_lint.model import Context, Finding

TABLE = Path(__file__).with_name("local_verdicts.tsv")
BAR = 0.90
MARKS = ("<!-- 本地文章：由 benchmarks/local_verdicts.py 生成 -->", "<!-- 本地文章：完 -->")
# 疑: a reader might go either way; it counts as false.
VERDICTS = ("真", "疑", "误", "未读")
_QUOTE = 16


class Verdict(NamedTuple):
    """A row of the table. quote: short; names of persons are left out of it by hand."""

    rule: str
    key: str
    read: int
    matched: str
    suggestion: str
    quote: str
    verdict: str
    reason: str


class Judged(NamedTuple):
    """An alarm with its verdict."""

    finding: Finding
    key: str
    verdict: Verdict


def alarms(codes: Sequence[str]) -> Iterator[tuple[str, Finding]]:
    """(key, alarm) of the default rules, or those asked for, on the local articles."""
    engine = Engine(select(load_rules(), codes), Context(_AS_OF, load_profile("national")))
    for _, document in local_documents():
        for finding in engine.findings(document):
            yield key_of(document.id, finding), finding


def key_of(article: str, finding: Finding) -> str:
    """What stays the same however the rest of the article and the rules change."""
    place = "\n".join((finding.code, article, finding.matched, finding.excerpt))
    return hashlib.sha256(place.encode()).hexdigest()[:10]


def quote(finding: Finding) -> str:
    """The matched text with a little around it: a fact to check, never a sentence."""
    start, end = finding.excerpt_start, finding.excerpt_start + len(finding.matched)
    around = max((_QUOTE - len(finding.matched)) // 2, 0)
    shown = finding.excerpt[max(start - around, 0) : end + around][:_QUOTE]
    return re.sub(r"\s+", " ", shown).strip("… ")


def read(path: Path) -> dict[tuple[str, str], list[Verdict]]:
    """The table, by rule and key."""
    verdicts: dict[tuple[str, str], list[Verdict]] = {}
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE):
            one = Verdict(**{**row, "read": int(row["read"])})  # type: ignore[arg-type]
            if one.verdict not in VERDICTS[:3] or (one.verdict != "真" and not one.reason):
                raise SystemExit(f"{path.name}：{one.rule} {one.key} 的判定不是真、疑、误，或者没有写理由")
            verdicts.setdefault((one.rule, one.key), []).append(one)
    return verdicts


def judge(found: Iterable[tuple[str, Finding]], verdicts: dict[tuple[str, str], list[Verdict]]) -> Iterator[Judged]:
    """Each alarm with the verdict of its own key, else of the first row for its wording that is not used up."""
    used: Counter[Verdict] = Counter()
    for key, finding in found:
        own = verdicts.get((finding.code, key), [])
        alike = [one for one in verdicts.get((finding.code, "*"), []) if finding.matched.startswith(one.matched)]
        for one in own or alike:
            if used[one] < one.read:
                used[one] += 1
                yield Judged(finding, key, one)
                break
        else:
            suggestion = "或".join(finding.suggestions)
            unread = Verdict(finding.code, key, 1, finding.matched, suggestion, quote(finding), "未读", "")
            yield Judged(finding, key, unread)


def tables(judged: Sequence[Judged]) -> Iterator[str]:
    """The two tables as Markdown lines: by rule, and by kind of alarm."""
    by_rule: dict[str, Counter[str]] = {}
    by_kind: Counter[Verdict] = Counter()
    for one in judged:
        by_rule.setdefault(one.finding.code, Counter())[one.verdict.verdict] += 1
        by_kind[one.verdict._replace(key="", read=0, quote="")] += 1
    quotes: dict[Verdict, str] = {}
    for one in judged:
        quotes.setdefault(one.verdict._replace(key="", read=0, quote=""), one.verdict.quote)
    yield "| 规则 | 报出 | 真 | 疑 | 误 | 精确率 |"
    yield "|---|---:|---:|---:|---:|---:|"
    for code, counts in sorted(by_rule.items()):
        yield row(code, counts)
    total = sum(by_rule.values(), Counter[str]())
    for left_out in (("T104",), ("F104", "P103")):
        rest = sum((counts for code, counts in by_rule.items() if code not in left_out), Counter[str]())
        yield row(f"不计 {'、'.join(left_out)}", rest)
    yield row("**合计**", total)
    if total["未读"]:
        yield f"另有 {total['未读']} 条尚未判读，不在表内。"
    yield ""
    yield "| 规则 | 报出文字 | 建议 | 摘引 | 条 | 判定 | 理由 |"
    yield "|---|---|---|---|---:|---|---|"
    for kind, count in sorted(by_kind.items(), key=lambda one: (one[0].rule, -one[1], one[0].matched)):
        if kind.verdict != "未读":
            cells = (kind.rule, kind.matched, kind.suggestion, quotes[kind], str(count), kind.verdict, kind.reason)
            yield "| " + " | ".join(cell.replace("|", "\\|").replace("<", "&lt;") for cell in cells) + " |"


def row(title: str, counts: Counter[str]) -> str:
    """A row of the first table."""
    real, doubtful, false = (counts[verdict] for verdict in VERDICTS[:3])
    return f"| {title} | {real + doubtful + false} | {real} | {doubtful} | {false} | {precision(counts):.1%} |"


def precision(counts: Counter[str]) -> float:
    """Of those read, how many are true."""
    return counts["真"] / max(sum(counts[verdict] for verdict in VERDICTS[:3]), 1)


def update(path: Path, lines: Iterable[str]) -> None:
    """Put the tables between the marks of a document."""
    before, rest = path.read_text(encoding="utf-8").split(MARKS[0])
    path.write_text("\n".join((before + MARKS[0], "", *lines, "", MARKS[1])) + rest.split(MARKS[1])[1], "utf-8")


def main() -> int:
    """Run as the module's docstring says."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--unjudged", action="store_true", help="print unread alarms as rows for the table of verdicts")
    parser.add_argument("--update", type=Path, help="write the tables into this document")
    parser.add_argument("--select", nargs="*", default=(), help="rules instead of the default ones")
    options = parser.parse_args()
    judged = list(judge(alarms(options.select), read(TABLE)))
    unread = [one for one in judged if one.verdict.verdict == "未读"]
    if options.unjudged:
        for one in unread:
            print("\t".join(map(str, one.verdict)), one.finding.excerpt, sep="\t")
        return 1 if unread else 0
    lines = list(tables(judged))
    print("\n".join(lines))
    if options.update:
        update(options.update, lines)
    counts = Counter(one.verdict.verdict for one in judged)
    print(f"合计 {len(judged)} 条，精确率 {precision(counts):.1%}（要求 ≥ {BAR:.0%}），未读 {counts['未读']} 条")
    return 0 if not unread and precision(counts) >= BAR else 1


if __name__ == "__main__":
    sys.exit(main())
