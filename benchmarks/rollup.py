"""The roll-up of a fleet: a million findings by COPY and by executemany; the report on a thousand sites of 300 each.

    python benchmarks/rollup.py [findings] [sites]

The first goes into a PostgreSQL of its own (apt-get install postgresql), in CPU seconds of both ends, since both run on
this machine, with the wall beside them; the second through `fleet report` in a process of its own, which loads the
reports and writes workbook, draft of 通报, page and JSON. Ends with 1 where COPY is less than 5 times as quick, or
where the report takes more than 60 s of CPU or 500 MB.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
import zlib
from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import cycle
from pathlib import Path
from typing import NamedTuple

from bars import MISSING, tell
from keeping import made

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from jimo_lint.fleet.rollup import database
from jimo_lint.fleet.rollup.postgres import Postgres
from jimo_lint.fleet.rollup.rows import FindingRow
from tests.support import postgres, province

LEAST_TIMES, MOST_SECONDS, MOST_MB = 5.0, 60.0, 500.0
EACH = 300
# Rows that are made at a time, so that making them costs neither way its memory.
_BATCH = 100_000


class Spent(NamedTuple):
    """Seconds: of the processor at both ends, and of the wall."""

    cpu: float
    wall: float


def rows(first: int, last: int) -> Iterator[FindingRow]:
    """Findings as a province has them."""
    for number in range(first, last):
        yield FindingRow(
            number // EACH + 1, number % EACH + 1, "T101", "常见错别字", "error", f"“关健{number}”应为“关键”", "关健",
            "切实抓好关健工作，" * 4, f"标题{number}", f"https://www.qingtan.gov.cn/news/{number}.html", "document",
            "要闻", "", "", "办公室", 1, None, f"{number:016x}", "", None, None,
        )  # fmt: skip


def of_backend(held: Postgres) -> float:
    """CPU seconds of the server's process that answers us."""
    ((process,),) = held.rows("SELECT pg_backend_pid()")
    fields = Path(f"/proc/{process}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def spent(held: Postgres, count: int, put: Callable[[list[FindingRow]], None]) -> Spent:
    """What it costs to put so many findings into an empty table, in one transaction."""
    with held.writing():
        held.execute("TRUNCATE findings")
    ours = theirs = wall = 0.0
    with held.writing():
        for first in range(0, count, _BATCH):
            batch = list(rows(first, min(first + _BATCH, count)))
            begun, server, client = time.perf_counter(), of_backend(held), time.process_time()
            put(batch)
            ours += time.process_time() - client
            theirs += of_backend(held) - server
            wall += time.perf_counter() - begun
    ((there,),) = held.rows("SELECT count(*) FROM findings")
    assert there == count
    return Spent(ours + theirs, wall)


def copying(count: int) -> bool:
    """COPY beside executemany; whether the bar is met."""
    fields = FindingRow._fields
    statement = f"INSERT INTO findings ({', '.join(fields)}) VALUES ({', '.join(['%s'] * len(fields))})"
    with postgres.server() as socket:
        held = database.opened(f"postgresql:///postgres?host={socket}&user=jimo")
        assert isinstance(held, Postgres)

        def one_by_one(batch: list[FindingRow]) -> None:
            with held._connection.cursor() as cursor:
                cursor.executemany(statement, batch)

        copied = spent(held, count, lambda batch: held.fill("findings", fields, batch))
        single = spent(held, count, one_by_one)
        held.close()
    times = single.cpu / copied.cpu
    return tell(
        f"{count:,} 个问题用 COPY 写进 PostgreSQL",
        f"{copied.cpu:.1f} CPU 秒，快 {times:.1f} 倍（经过 {copied.wall:.1f} 秒，{single.wall / copied.wall:.1f} 倍）",
        f"≥ {LEAST_TIMES:.0f} 倍",
        {"executemany": f"{single.cpu:.1f} CPU 秒（经过 {single.wall:.1f} 秒）"},
        met=times >= LEAST_TIMES,
    )


def write(folder: Path, sites: int) -> None:
    """A fleet of so many sites, each with 300 findings, as a run leaves it."""
    from jimo_lint.fleet.journal import Journal
    from jimo_lint.fleet.orders import Outcome, State
    from jimo_lint.report.machine.json import dumps

    day = province.DAYS[-1]
    places = [
        place._replace(number=number, key=f"site-{number:05}", code=f"99{number:08}", name=f"{place.name}{number}")
        for number, place in zip(range(sites), cycle(province.places()), strict=False)
    ]
    journal = Journal(folder / "results" / f"{day:%Y%m%d}-0200-columns")
    journal.begin("columns", day, "0.1.0", [province.site(place) for place in places])
    for place in places:
        report = province.columns(place, day)
        more = tuple(made(place.number * EACH + number) for number in range(EACH - len(report.findings)))
        text = dumps(replace(report, findings=(*report.findings, *more)))
        journal.keep(province.site(place), "columns", Outcome(State.DONE, report=zlib.compress(text.encode(), 1)))
        journal.ended(province.standing(place, day), "columns")
    journal.note("finished")
    journal.close()
    listed = "".join(f'[[site]]\ncode = "{one.code}"\nname = "{one.name}"\nfolder = "{one.key}"\n' for one in places)
    (folder / "fleet.toml").write_text(f'[fleet]\nname = "青河省"\n{listed}', encoding="utf-8")


def reporting(sites: int) -> bool:
    """`fleet report` with an empty database; whether the bars are met."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write(folder, sites)
        outputs = [argument for suffix in ("xlsx", "docx", "html", "json") for argument in ("-o", f"汇总.{suffix}")]
        command = [sys.executable, __file__, "--report", "fleet", "report", "-q", "-f", "line", *outputs]
        done = subprocess.run(command, cwd=folder, check=True, capture_output=True, text=True)
        seconds, memory = json.loads(done.stdout.splitlines()[-1])
        assert all((folder / f"汇总.{suffix}").stat().st_size > 10_000 for suffix in ("xlsx", "docx", "html", "json"))
    return tell(
        f"{sites:,} 个网站、各 {EACH} 个问题的汇总（读入、工作簿、通报稿、网页、JSON）",
        f"{seconds:.1f} CPU 秒，{memory:.0f} MB",
        f"≤ {MOST_SECONDS:.0f} 秒，≤ {MOST_MB:.0f} MB",
        {},
        met=seconds <= MOST_SECONDS and memory <= MOST_MB,
    )


def report(arguments: list[str]) -> int:
    """Run the program here and say what it took."""
    from jimo_lint.cli import run

    code = run(arguments)
    print(json.dumps([time.process_time(), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 / 1e6]))
    return code


def main() -> int:
    """Measure, print; 1 where a bar is missed."""
    if sys.argv[1:2] == ["--report"]:
        return report(sys.argv[2:])
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("findings", type=int, nargs="?", default=1_000_000)
    parser.add_argument("sites", type=int, nargs="?", default=1_000)
    given = parser.parse_args()
    met = reporting(given.sites)
    if postgres.programs():
        met = copying(given.findings) and met
    else:
        print(f"{MISSING}PostgreSQL（apt-get install postgresql）")
        met = False
    return 0 if met else 1


if __name__ == "__main__":
    sys.exit(main())
