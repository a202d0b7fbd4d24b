"""The ledger of requests in the demo's folder, with answers, a published report and a filled form of calls."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from html import escape
from itertools import count
from pathlib import Path
from typing import Any

from jimo_lint.demo.source import data
from jimo_lint.evidence.request_years import COLUMNS, NAMES, OUTCOMES, WAYS
from jimo_lint.model import workdays
from jimo_lint.settings.toml import quoted

# Where the columns of the short rows stand among those of the form.
_SHORT = (0, 1, 6)


def write_requests(folder: Path, as_of: date) -> list[str]:
    """Write the files; the lines of the configuration that name them."""
    made = data("requests")
    day = anchor(as_of)
    _write_table(folder / made["ledger"], made["columns"], made["request"], day)
    _write_table(folder / made["calls"], made["call_columns"], made["call"], day)
    answers = folder / made["answers"]
    answers.mkdir(exist_ok=True)
    for row in made["answer"]:
        (answers / row["file"]).write_text(_answer(row, day), encoding="utf-8")
    (folder / made["report"]).write_text(_report(made["published"]), encoding="utf-8")
    names = ((key, made[key]) for key in ("ledger", "answers", "report"))
    return ["", "[requests]", *(f"{key} = {quoted(name)}" for key, name in names)]


def _write_table(path: Path, columns: Mapping[str, str], records: Sequence[Mapping[str, Any]], day: date) -> None:
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        rows = csv.writer(file, lineterminator="\n")
        rows.writerow(columns.values())
        rows.writerows([_cell(row.get(key, ""), key, day) for key in columns] for row in records)


def calls_form() -> str:
    """Name of the filled form of mock calls and mystery requests."""
    return str(data("requests")["calls"])


def anchor(as_of: date) -> date:
    """The day from which the days of the ledger are counted back: no later than holidays are known."""
    year = next(year for year in count(as_of.year, -1) if workdays.published(year))
    return min(as_of, date(year, 12, 31))


def _cell(value: object, key: str, day: date) -> str:
    """A number of days as a day, but for the one column that holds a number of days itself."""
    if isinstance(value, int) and key != "extension":
        return (day - timedelta(days=value)).isoformat()
    return str(value)


def _answer(row: Mapping[str, Any], day: date) -> str:
    """The text of an answer; one of which nothing is said but its request has hardly any."""
    if "decision" not in row:
        return f"云溪区政府信息公开告知书\n\n你的申请（登记号：{row['number']}）本机关已收悉，现答复如下。\n"
    received, signed = (_written(row[key], day) for key in ("received", "signed"))
    return (
        f"{row['title']}\n{row['written']}\n申请人：\n"
        f"{received}，本机关收到你提交的政府信息公开申请（登记号：{row['number']}）。经审查，现答复如下：\n{row['decision']}\n"
        "如对本答复不服，可以自收到本答复书之日起60日内向云溪区人民政府申请行政复议。\n"
        f"{row['signature']}\n{signed}\n"
    )


def _written(value: int | date, day: date) -> str:
    written = day - timedelta(days=value) if isinstance(value, int) else value
    return f"{written.year}年{written.month}月{written.day}日"


def _report(published: Mapping[str, Any]) -> str:
    head = f"{published['year']}年政府信息公开工作年度报告"
    rows = "".join(f"<tr><td>{escape(name)}</td>{_cells(_counts(published, key))}</tr>" for key, name in NAMES.items())
    heads = "".join(f"<td>{name}</td>" for name in COLUMNS)
    ways = "".join(f"<td colspan='5'>{name}</td>" for name in WAYS.values())
    outcomes = "".join(f"<td>{name}</td>" for name in OUTCOMES.values()) * len(WAYS)
    return (
        f"<!DOCTYPE html><html lang='zh-CN'><head><meta charset='utf-8'><title>{head}</title></head><body>"
        f"<h1>{head}</h1><h2>三、收到和处理政府信息公开申请情况</h2><table><tr><td></td>{heads}</tr>{rows}</table>"
        f"<h2>四、政府信息公开行政复议、行政诉讼情况</h2><table><tr>{ways}</tr><tr>{outcomes}</tr>"
        f"<tr>{_cells([0] * len(WAYS) * len(OUTCOMES))}</tr></table></body></html>\n"
    )


def _counts(published: Mapping[str, Any], key: str) -> list[int]:
    row = [0] * len(COLUMNS)
    for index, number in zip(_SHORT, published.get(key, ()), strict=False):
        row[index] = number
    return row


def _cells(numbers: Sequence[int]) -> str:
    return "".join(f"<td>{number}</td>" for number in numbers)


def compare_requests(report: Mapping[str, Any], written: str) -> list[str]:
    """Every difference between the report of the ledger and what was planted; written: the report as text."""
    return [f"周调度：{line}" for line in _differences(report, written)]


def compare_calls(told: str) -> list[str]:
    """Every difference between what `mystery import` prints and what was planted."""
    truth = data("truth")["calls"]
    wanted = [*truth["scores"], *truth["faults"]]
    return [f"模拟呼叫和暗访：没有“{line}”" for line in wanted if line not in told]


def _differences(report: Mapping[str, Any], written: str) -> Iterator[str]:
    truth, made = data("truth")["requests"], data("requests")
    wanted = Counter((row["code"], row["at"]) for row in truth["finding"])
    found = Counter((row["code"], row["subject"]) for row in report["findings"])
    yield from (f"漏报：{code} {at}" for code, at in sorted((wanted - found).elements()))
    yield from (f"多报：{code} {at}" for code, at in sorted((found - wanted).elements()))
    stood = [(row["request"]["number"], row["standing"]) for row in report["requests"]["results"]]
    meant = [(row["number"], row["standing"]) for row in truth["request"]]
    yield from (f"不符：{one[0]} 应为 {one[1]}" for one in meant if one not in stood)
    yield from (f"多报：{one[0]} {one[1]}" for one in stood if one not in meant)
    linked = {row["number"] for row in report["requests"]["answers"]}
    yield from (f"告知书没有对上：{row['number']}" for row in made["answer"] if row["number"] not in linked)
    yield from (f"泄露申请人：{row['who']}" for row in made["request"] if row["who"] in written)
