"""What a workbook of 50,000 findings costs, beside openpyxl with plain values and XlsxWriter with rich text and links.

    python benchmarks/workbook.py [findings]

Each writes the same rows in a process of its own: ours the whole workbook of an inspection with its views, the peers
one sheet. Ends with 1 where ours takes more than 1.6 times the CPU time of openpyxl's plain values - 9 s where that
takes 5.6 -, or more than 150 MiB with the findings themselves.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import time
from datetime import date, datetime
from pathlib import Path
from typing import Any

MOST_TIMES, MOST_MIB = 1.6, 150
# Values as lines of JSON: what JSON has not, as a list that begins with its kind.
_DAY, _MARKED, _LINKED = "day", "marked", "linked"


def peak() -> float:
    """MiB of memory that this process has had at most."""
    try:
        import resource
    except ImportError:  # Windows
        return 0.0
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def report(count: int) -> Any:
    """An inspection with so many findings, all with a history."""
    sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
    from dataclasses import replace

    from keeping import made

    from jimo_lint.model import History, State
    from tests.support import report_samples

    history = History(State.STILL, date(2026, 1, 1), date(2026, 1, 1), days=20, due=date(2026, 2, 1))
    base = report_samples.columns()
    findings = tuple(replace(made(number), history=history) for number in range(count))
    return replace(base, findings=findings, run=replace(base.run, number=3))


def ours(count: int, folder: Path) -> float:
    """CPU seconds of our workbook."""
    from jimo_lint.report.xlsx import columns

    whole = report(count)
    begun = time.process_time()
    columns.write(whole, folder / "ours.xlsx")
    return time.process_time() - begun


def rows(count: int, folder: Path) -> float:
    """The rows of 问题明细, for the peers."""
    from jimo_lint.report.views.findings import findings
    from jimo_lint.report.views.table import Linked, Marked, Pictured

    def plain(value: object) -> object:
        if isinstance(value, Marked):
            return [_MARKED, value.text, value.start, value.end]
        if isinstance(value, Linked):
            return [_LINKED, value.url, value.text]
        if isinstance(value, date):
            return [_DAY, value.isoformat()]
        return value.text if isinstance(value, Pictured) else value

    with (folder / "rows").open("w", encoding="utf-8") as file:
        for row in findings(report(count), "栏目").rows:
            file.write(json.dumps([plain(value) for value in row], ensure_ascii=False) + "\n")
    return 0.0


def read(folder: Path) -> list[list[Any]]:
    """What `rows` wrote, with days as such."""

    def value(given: Any) -> Any:
        return datetime.fromisoformat(given[1]) if isinstance(given, list) and given[0] == _DAY else given

    with (folder / "rows").open(encoding="utf-8") as file:
        return [[value(one) for one in json.loads(line)] for line in file]


def with_openpyxl(_: int, folder: Path) -> float:
    """CPU seconds of openpyxl, write-only, values without any look."""
    import openpyxl

    given = read(folder)
    begun = time.process_time()
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("问题明细")
    for row in given:
        sheet.append([one[1] if isinstance(one, list) else one for one in row])
    book.save(folder / "openpyxl.xlsx")
    return time.process_time() - begun


def with_xlsxwriter(_: int, folder: Path) -> float:
    """CPU seconds of XlsxWriter in constant memory, with one look, heights, rich text and links."""
    import xlsxwriter  # type: ignore[import-not-found]

    given = read(folder)
    begun = time.process_time()
    settings = {"constant_memory": True, "strings_to_urls": False, "strings_to_formulas": False}
    book = xlsxwriter.Workbook(folder / "xlsxwriter.xlsx", settings)
    sheet = book.add_worksheet("问题明细")
    look = {"border": 1, "font_name": "宋体", "text_wrap": True}
    box, day, base = (book.add_format(one) for one in (look, look | {"num_format": "yyyy-mm-dd"}, {}))
    red = book.add_format({"font_color": "#C00000", "bold": True})
    for number, row in enumerate(given):
        sheet.set_row(number, 60)
        for column, value in enumerate(row):
            if isinstance(value, list) and value[0] == _MARKED:
                _, text, start, end = value
                sheet.write_rich_string(number, column, base, text[:start], red, text[start:end], base, text[end:], box)
            elif isinstance(value, list):
                sheet.write_url(number, column, value[1], box, value[2])
            elif value is None:
                sheet.write_blank(number, column, None, box)
            else:
                sheet.write(number, column, value, day if isinstance(value, datetime) else box)
    book.close()
    return time.process_time() - begun


_MODES = {"ours": ours, "rows": rows, "openpyxl": with_openpyxl, "XlsxWriter": with_xlsxwriter}


def spent(python: Path | str, mode: str, count: int, folder: Path) -> tuple[float, float]:
    """CPU seconds and MiB of one of them in a process of its own, the better of two."""
    command = [str(python), __file__, str(count), "--as", mode, "--folder", str(folder)]
    took = [json.loads(subprocess.run(command, check=True, capture_output=True).stdout) for _ in range(2)]
    return min(took)[0], min(took)[1]


def main() -> int:
    """Measure, print; 1 where a bar is missed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("findings", type=int, nargs="?", default=50_000)
    parser.add_argument("--as", dest="mode", choices=_MODES, help=argparse.SUPPRESS)
    parser.add_argument("--folder", type=Path, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.mode:
        print(json.dumps([_MODES[given.mode](given.findings, given.folder), peak()]))
        return 0
    from bars import tell
    from peers import python

    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        spent(sys.executable, "rows", given.findings, folder)
        seconds, memory = spent(sys.executable, "ours", given.findings, folder)
        plain, _ = spent(sys.executable, "openpyxl", given.findings, folder)
        peers = {"openpyxl 只写值": f"{plain:.1f} CPU 秒"}
        if place := python("XlsxWriter"):
            other, _ = spent(place, "XlsxWriter", given.findings, folder)
            peers["XlsxWriter 带链接和标红"] = f"{other:.1f} CPU 秒"
    times = seconds / plain
    return (
        0
        if tell(
            f"{given.findings:,} 个问题写成工作簿",
            f"{seconds:.1f} CPU 秒（openpyxl 的 {times:.2f} 倍），连同问题 {memory:.0f} MiB",
            f"≤ {MOST_TIMES} 倍，≤ {MOST_MIB} MiB",
            peers,
            met=times <= MOST_TIMES and memory <= MOST_MIB,
        )
        else 1
    )


if __name__ == "__main__":
    sys.exit(main())
