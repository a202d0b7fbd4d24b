"""Puts lists of nobody into odd places of 200 attachments, and nothing amiss into 200 others, and counts what is found.

Run: python benchmarks/attachment_trial.py [--count 200] [--seed 1]. In half of the first the ID numbers are not masked:
in hidden sheets, text boxes, margins, notes, in files inside archives and mails, and in pictures of 150 dpi. The others
hold credit codes, project codes, accounts of organs, phones of counters, masked numbers. Exit code 1 where a bar is
missed: every leak of a text format found, 95 of 100 of a picture, no alarm on what is clean.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections import Counter
from collections.abc import Mapping
from datetime import date
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from jimo_lint.inspection import drafts
from jimo_lint.model import Finding
from jimo_lint.readers.drafts import local
from jimo_lint.settings.config import Config
from tests.support import trial
from tests.support.trial import Attachment

AS_OF = date(2026, 11, 22)
BAR = 0.95  # of pictures


def found(folder: Path, files: Mapping[str, Attachment]) -> tuple[dict[str, list[Finding]], list[Finding]]:
    """The findings about personal data of each file, and all findings of other kinds."""
    report, _ = drafts.check(local.read([folder], as_of=AS_OF), Config(), as_of=AS_OF)
    by_file: dict[str, list[Finding]] = {path: [] for path in files}
    others = []
    for one in report.findings:
        if one.code.startswith("P"):
            by_file[one.url.partition(" › ")[0]].append(one)
        else:
            others.append(one)
    return by_file, others


def main() -> int:
    """Print the table; 1 where a bar is missed."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--count", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    places = {**trial.PLACES, **trial.PICTURES}
    planted, seen, alarms = Counter[str](), Counter[str](), Counter[str]()
    others: list[Finding] = []
    for files in (trial.attachments, trial.clean_ones):
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            written = trial.written(folder, files(places, asked.count, asked.seed))
            judged, more = found(folder, written)
            others += more
            for path, one in written.items():
                planted[one.where] += one.leaks
                seen[one.where] += one.leaks and bool(judged[path])
                for alarm in () if one.leaks else judged[path]:
                    alarms[one.where] += 1
                    print(f"误报 {one.name} {one.where} {alarm.code} {alarm.matched} {alarm.excerpt!r}")
    print(f"{'位置':16}  泄露  查出  误报")
    for where in places:
        print(f"{where:16}  {planted[where]:4}  {seen[where]:4}  {alarms[where]:4}")
    text, drawn = (
        sum(seen[where] for where in group) / max(sum(planted[where] for where in group), 1)
        for group in (trial.PLACES, trial.PICTURES)
    )
    print(f"文字格式查全率 {text:.3f}（要求 1），图片 {drawn:.3f}（要求 ≥ {BAR}），误报 {alarms.total()}（要求 0）")
    print(f"其他规则命中 {len(others)} 处")
    for other in others:
        print(f"  {other.code} {other.locator} {other.matched} {other.excerpt!r}")
    return int(text < 1 or drawn < BAR or alarms.total() > 0)


if __name__ == "__main__":
    sys.exit(main())
