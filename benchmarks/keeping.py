"""What it costs to keep a run of 50,000 findings and to compare it with the last one.

    python benchmarks/keeping.py [findings]

Prints CPU seconds and peak memory beside the findings themselves, next to what `json.dumps` alone takes for as many
plain rows (the peer): less than that no keeping can cost. Ends with 1 where the second run takes more than 30 times
that - 2 s, where json.dumps takes 0.067 -, or more than 150 MB.
"""

from __future__ import annotations

import gc
import json
import sys
import tempfile
import time
import tracemalloc
from datetime import UTC, date, datetime
from pathlib import Path

from bars import tell

from jimo_lint.inspection.context import context
from jimo_lint.model import Edit, Finding, Position, Report, Run, Severity, Span
from jimo_lint.review.desk import Desk
from jimo_lint.settings.config import Config
from jimo_lint.store import Store

MOST_TIMES, MOST_MB = 30.0, 150.0
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
        desk.looked.texts.add(finding.url, 7)
    report = Report(run, findings=desk.silence(findings))
    desk.close(report, (), known)
    return time.process_time() - begun


def dumped(findings: tuple[Finding, ...]) -> float:
    """CPU seconds that the peer takes, the least of five."""
    taken = []
    for _ in range(5):
        begun = time.process_time()
        rows = [[one.code, one.message, one.url, one.excerpt, one.fingerprint] for one in findings]
        json.dumps(rows, ensure_ascii=False)
        taken.append(time.process_time() - begun)
    return min(taken)


def main(count: int) -> int:
    """Runs in a row, each with a hundredth of other findings than the first; the last to look at the memory."""
    gc.set_threshold(100_000, 20, 20)  # as the program does
    first = tuple(map(made, range(count)))
    second = (*first[count // 100 :], *map(made, range(count, count + count // 100)))
    peer = dumped(first)
    with tempfile.TemporaryDirectory() as folder:
        config = Config(folder=Path(folder))
        with Store.open(Path(folder) / "store.sqlite3", writing=True) as store:
            spent = keep(store, config, first, date(2026, 1, 31))
            print(f"first run of {count:,}: {spent:.2f} s CPU, {spent / peer:.1f} x json.dumps ({peer:.3f} s)")
            # The least of three, since the machine may be busy with other things.
            runs = ((second, date(2026, 2, 7)), (first, date(2026, 2, 14)), (second, date(2026, 2, 21)))
            again = [keep(store, config, findings, day) for findings, day in runs]
            times = min(again) / peer
            tracemalloc.start()
            keep(store, config, second, date(2026, 3, 7))
            peak = tracemalloc.get_traced_memory()[1] / 1e6
        print(f"file: {(Path(folder) / 'store.sqlite3').stat().st_size / 1e6:.0f} MB")
    return (
        0
        if tell(
            f"{count:,} 个问题入库并与上次比较",
            f"{min(again):.2f} CPU 秒（json.dumps 的 {times:.1f} 倍），问题之外 {peak:.0f} MB",
            f"≤ {MOST_TIMES:g} 倍，≤ {MOST_MB:g} MB",
            {"json.dumps": f"{peer:.3f} CPU 秒"},
            met=times <= MOST_TIMES and peak <= MOST_MB,
        )
        else 1
    )


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 50_000))
