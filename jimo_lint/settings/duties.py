"""Reads what an office owes in a year: the duties that ship, changed by `[plan]`, and what a person says was done."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from jimo_lint.errors import ConfigError, RuleError
from jimo_lint.model import Basis
from jimo_lint.model.duties import Duty, Record
from jimo_lint.privacy import mask_text
from jimo_lint.settings import toml
from jimo_lint.settings.resources import rules_folder

_DONE = "done"
_MOST = 1000
_OWN = "本单位配置"


@dataclass(frozen=True, slots=True)
class Planned:
    """The duties in their order, and what a person has recorded."""

    duties: tuple[Duty, ...]
    records: tuple[Record, ...] = ()


def shipped() -> tuple[Duty, ...]:
    """The duties that ship, in `rules/duties/annual.toml`."""
    place = "rules/duties/annual.toml"
    text = rules_folder().joinpath("duties", "annual.toml").read_text(encoding="utf-8")
    table = toml.parse(text, place, RuleError)
    duties = tuple(_shipped(row) for row in table.tables("duty"))
    table.finish()
    return duties


def in_force(own: Planned | None) -> Planned:
    """What a configuration has, or what ships where it says nothing."""
    return own or Planned(shipped())


def read(table: toml.Table) -> Planned:
    """`[plan]`: a table for each duty that is changed or added, and `[[plan.done]]`. ConfigError."""
    written = table.data()
    known = {duty.key: duty for duty in shipped()}
    for key, row in written.items():
        if key == _DONE:
            continue
        if not isinstance(row, dict):
            raise table.fail(key, "应为表", f"请写作 [plan.{key}]")
        own = toml.Table(row, table.origin(key), ConfigError, f"[plan.{key}] ")
        if key not in known and "name" not in own:
            near = toml.suggestion(key, known) or "，要另加一项职责请写 name"
            raise table.fail(key, f"不认识{near}", f"可用：{_listed(known)}")
        known[key] = _changed(own, known.get(key, Duty(key, "")))
    return Planned(tuple(known.values()), tuple(_records(written, table.place, known)))


def _shipped(row: toml.Table) -> Duty:
    basis = row.table("basis")
    cited = Basis(basis.filled("document"), basis.filled("clause"), basis.filled("evidence"))
    basis.finish()
    duty = replace(
        _amount(row, Duty(row.filled("key"), row.filled("name"))),
        inspection=row.text("inspection", ""),
        report=row.text("report", ""),
        usual=row.texts("usual", ()),
        unless=row.texts("unless", ()),
        basis=str(cited),
        evidence=cited.evidence,
        note=row.text("note", ""),
    )
    row.finish()
    return duty


def _changed(row: toml.Table, base: Duty) -> Duty:
    duty = _amount(row, replace(base, name=_plain(row, "name") if "name" in row else base.name))
    if "basis" in row:
        duty = replace(duty, basis=_plain(row, "basis"), evidence="", note="")
    elif not base.basis or (duty.times, duty.weekly, duty.by) != (base.times, base.weekly, base.by):
        duty = replace(duty, basis=_OWN, evidence="")
    if not (base.inspection or base.report):
        duty = replace(
            duty,
            columns=_words(row, "columns", base.columns),
            usual=() if "columns" in row else base.usual,
            only=_words(row, "only", base.only),
            unless=_words(row, "unless", base.unless),
        )
    if duty.weekly and not (duty.inspection or duty.by_hand):
        # Items are read of a calendar year, up to the day of a crawl; how new a column is its own limit says.
        raise row.fail(
            "weekly", "只能用于本程序的检查和人工登记的", "数栏目的请写 times，更新时限写在 [[column]] 的 max_age"
        )
    row.finish()
    return duty


def _amount(row: toml.Table, base: Duty) -> Duty:
    """How often and by when."""
    weekly = row.flag("weekly", base.weekly and "times" not in row)
    if weekly and ("times" in row or "by" in row):
        raise row.fail("weekly", "与 times、by 只能写一种", "请删去其中之一")
    by = _by(row) if "by" in row else base.by
    times = 0 if weekly else row.integer("times", base.times, low=0, high=_MOST)
    if not weekly and "times" not in row and not base.times:
        raise row.fail("times", "缺少这一项", "请写一年几次，如 times = 4；每周一次的写 weekly = true")
    return replace(base, times=times, weekly=weekly, by=None if weekly else by)


def _by(row: toml.Table) -> tuple[int, int]:
    month, _, day = row.text("by").partition("-")
    try:
        moment = date(2000, int(month), int(day))
    except ValueError:
        raise row.fail("by", f"= “{row.text('by')}” 不是月和日", '请写作 by = "01-31"') from None
    return moment.month, moment.day


def _words(row: toml.Table, key: str, default: tuple[str, ...]) -> tuple[str, ...]:
    words = row.texts(key, default)
    if not all(word.strip() for word in words):
        raise row.fail(key, "里有空的一项", "请删去这一项")
    return words


def _records(written: Mapping[str, object], place: str, known: Mapping[str, Duty]) -> list[Record]:
    rows = toml.Table(written, place, ConfigError, "[plan] ").tables(_DONE)
    found = []
    for number, row in enumerate(rows, 1):
        own = toml.Table(row.data(), place, ConfigError, f"第 {number} 个 [[plan.done]] ")
        key = own.filled("duty")
        if key not in known:
            raise own.fail("duty", f"= “{key}” 不认识{toml.suggestion(key, known)}", f"可用：{_listed(known)}")
        days = own.days("days")
        if not days:
            raise own.fail("days", "没有写日期", "请写做完的日期，如 days = [2026-06-30]")
        found.append(Record(key, days, _plain(own, "note") if "note" in own else ""))
        own.finish()
    return found


def _plain(row: toml.Table, key: str) -> str:
    """A text that reports may print."""
    text = row.filled(key)
    if mask_text(text) != text:
        raise row.fail(key, f"= “{mask_text(text)}” 里有身份证号、手机号等个人信息", "请删去这些号码")
    return text


def _listed(known: Mapping[str, Duty]) -> str:
    return "、".join(f"{key}（{duty.name}）" for key, duty in known.items())
