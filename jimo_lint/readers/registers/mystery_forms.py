"""Reads the forms of mock calls and mystery requests that people filled in, wherever they moved rows and columns."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

from jimo_lint.errors import InputError
from jimo_lint.extract.dates import machine_times, text_dates
from jimo_lint.model.mystery import CALLS, VISITS, Answered, Ask
from jimo_lint.privacy import mask_text
from jimo_lint.readers.source import load
from jimo_lint.readers.tables import table
from jimo_lint.runtime import timelimit

ALIASES = {
    "number": ("编号", "序列号"),
    "unit": ("单位", "被访单位", "承办单位"),
    "where": ("出处", "方式"),
    "phone": ("电话", "电话号码"),
    "接听": ("接听", "是否接听", "接通"),
    "态度": ("态度", "服务态度"),
    "答得对不对": ("答得对不对", "答复是否正确", "是否答对"),
    "回执": ("回执", "有无回执"),
    "答复质量": ("答复质量", "质量"),
    "sent": ("发出日期", "呼叫日期", "日期"),
    "replied": ("答复日期", "收到答复日期"),
    "who": ("呼叫人", "发出人", "办理人"),
    "note": ("说明", "备注"),
}
_ANSWERS = ("接听", "态度", "答得对不对", "回执", "答复质量")
_MOST = 20


def read(path: Path, as_of: date, fits: Callable[[str, str], bool]) -> tuple[list[Answered], list[str]]:
    """The rows of a form, and what of it could not be read. fits: whether a number is that of a unit.

    InputError where it is no such form.
    """
    rows: list[Answered] = []
    faults: list[str] = []
    met: set[str] = set()
    known = False
    with timelimit.limited(str(path)):
        source = load(path)
        for one in table.tables(source, ALIASES, ("number", "unit")):
            known = True
            for where, record in one.records():
                place = f"{path.name} {where.removeprefix(source.place).strip()}"
                number = table.text(record.get("number")).strip()
                unit = table.text(record.get("unit"))
                if number == unit:  # nothing, or a note across all columns
                    continue
                if not fits(number, unit):
                    faults.append(
                        f"{place}：编号“{mask_text(number[:_MOST])}”与单位对不上，没有计入，请改回原来的编号和单位"
                    )
                elif number in met:
                    faults.append(f"{place}：编号 {number} 出现了两次，只取前一次，请删去一行")
                else:
                    met.add(number)
                    rows.append(_row(place, number, unit, record, as_of))
    if not known:
        raise InputError(str(path), "没有认出模拟呼叫、模拟暗访的表", "请给 jimo-lint mystery export 写出的工作簿")
    return rows, faults


def _row(place: str, number: str, unit: str, record: dict[str, object], as_of: date) -> Answered:
    kind = CALLS if number[0] == "H" else VISITS
    text = {name: "".join(table.text(value).split()) for name, value in record.items()}
    days = {name: _day(record.get(name), as_of) for name in ("sent", "replied")}
    doubts = [
        f"“{mask_text(text[name][:_MOST])}”不是日期，请写作 2026-12-01"
        for name, found in days.items()
        if text.get(name) and found is None
    ]
    ask = Ask(number, kind, unit, text.get("where", ""), mask_text(text.get("phone", "")))
    # 无 is an answer here, though elsewhere a cell in which it stands is empty.
    answers = {name: mask_text("".join(str(record.get(name) or "").split())[:_MOST]) for name in _ANSWERS}
    return Answered(ask, place, answers, days["sent"], days["replied"], tuple(doubts))


def _day(value: object, as_of: date) -> date | None:
    moment = machine_times.parse(value)
    if moment is None and isinstance(value, str):
        moment = text_dates.parse(value, as_of)
    return moment.date() if moment else None
