"""Keeps the report of a run in the store beside its findings, and makes it whole again."""

from __future__ import annotations

from dataclasses import replace

from jimo_lint.errors import StoreError
from jimo_lint.model import Report
from jimo_lint.report.machine import json
from jimo_lint.settings.config import Config
from jimo_lint.store import Store, runs


def keep(config: Config, report: Report) -> None:
    """Keep all of the report but its findings, which the store has already. StoreError as of the store."""
    with Store.open(config.store_path, writing=True, beside=True) as store:
        runs.keep_report(store, report.run.number, json.dumps(replace(report, findings=())))


def kept(store: Store, number: int | None) -> Report:
    """The report of a run as it was; of the last one where `number` is None. StoreError where it is not kept."""
    place = str(store.path)
    known = [one.number for one in runs.runs(store)]
    if not known:
        raise StoreError(place, "还没有检查过", "请先运行 jimo-lint inspect weekly 或 inspect columns")
    wanted = known[-1] if number is None else number
    if wanted not in known:
        raise StoreError(
            place, f"没有编号为 {wanted} 的检查", f"有 {known[0]} 至 {known[-1]}，jimo-lint store info 列出全部"
        )
    text = runs.kept_report(store, wanted)
    if text is None:
        raise StoreError(
            place, f"第 {wanted} 次检查没有留下报告（写报告之前就停了，或已由 store vacuum 去掉）", "请看另一次的"
        )
    return replace(json.loads(text, f"{place} 第 {wanted} 次检查"), findings=runs.findings(store, wanted))
