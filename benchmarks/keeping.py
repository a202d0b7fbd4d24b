"""What it costs to keep a run of 50,000 findings and to compare it with the last one.

    python benchmarks/keeping.py [findings]

Prints CPU seconds and peak memory beside the findings themselves, next to what `json.dumps` alone takes for as many
plain rows (the peer): less than that no keeping can cost.
"""

from __future__ import annotations

import gc
import json
import sys
import tempfile
import time
import tracemalloc
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

from jimo_lint.inspection.context import context
from jimo_lint.model import Edit, Finding, Position, Report, Run, Severity, Span
from jimo_lint.review.desk import Desk
from jimo_lint.settings.config import Config
from jimo_lint.store import Store

NOW = datetime(2026, 1, 31, 8, tzinfo=UTC)


def made(number: int) -> Finding:
    """A finding as a run of a city has thousands."""
    return Finding(
        "T101", "common-typo", "常见错别字", Severity.ERROR, f"“关健{number}”应为“关键”", f"标题{number}",
        url=f"https://www.qingtan.gov.cn/news/{number}.html", span=Span(number, number + 2),
        position=Position(1, 2, 1, 4), matched="关健", suggestions=("关键",), excerpt="切实抓好关健工作，" * 4,
        excerpt_start=4, basis="国办发〔2017〕47号", fingerprint=f"{number:016x}", column_name="要闻",
        samples=(f"https://www.qingtan.gov.cn/news/{number}.html",), owner="办公室",
        published=NOW.replace(tzinfo=None), edits=(Edit(Span(number + 1, number + 2), Position(1, 3, 1, 4), "键"),),
    )  # fmt: skip


def keep(store: Store, config: Config, findings: tuple[Finding, ...], day: date) -> float:
    """CPU seconds that the desk takes for a run."""
    run = Run("columns", "网站栏目体检", day, "青潭区", "0.1.0", "标准", NOW, NOW)
    known = context(config, day)
    begun = time.process_time()
    desk = Desk(config, store, "columns", day, fresh=True)
    for finding in desk.looked.findings(findings):
        desk.looked.texts[finding.url] = 7
    report = Report(run, findings=desk.silence(findings))
    desk.close(report, (), known)
    return time.process_time() - begun


def main(count: int) -> None:
    """Two runs in a row, the second with a hundredth of other findings; then once more to look at the memory."""
    gc.set_threshold(100_000, 20, 20)  # as the program does
    first = tuple(map(made, range(count)))
    second = tuple(replace(one, fingerprint=f"{number:016x}") for number, one in enumerate(first, count // 100))
    begun = time.process_time()
    json.dumps([[one.code, one.message, one.url, one.excerpt, one.fingerprint] for one in first], ensure_ascii=False)
    peer = time.process_time() - begun
    with tempfile.TemporaryDirectory() as folder:
        config = Config(folder=Path(folder))
        with Store.open(Path(folder) / "store.sqlite3", writing=True) as store:
            for name, findings, day in (("first", first, date(2026, 1, 31)), ("second", second, date(2026, 2, 7))):
                spent = keep(store, config, findings, day)
                print(f"{name:>6} run of {count:,}: {spent:.2f} s CPU, {spent / peer:.1f} x json.dumps ({peer:.2f} s)")
            tracemalloc.start()
            keep(store, config, second, date(2026, 2, 14))
            print(f"peak beside the findings: {tracemalloc.get_traced_memory()[1] / 1e6:.0f} MB")
        print(f"file: {(Path(folder) / 'store.sqlite3').stat().st_size / 1e6:.0f} MB")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 50_000)
