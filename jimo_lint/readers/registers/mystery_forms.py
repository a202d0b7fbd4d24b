"""Reads the forms of mock calls and mystery requests that people filled in, wherever they moved rows and columns."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import NamedTuple

from jimo_lint.errors import InputError
from jimo_lint.extract.dates import machine_times, text_dates
from jimo_lint.model.mystery import CALLS, VISITS, Answered, Ask
from jimo_lint.privacy import mask_text
from jimo_lint.readers.source import Source, load
from jimo_lint.readers.tables import feet, table
from jimo_lint.readers.tables.headers import Cells, Header, find_header
from jimo_lint.runtime import timelimit

ALIASES = {
    "number": ("编号", "序列号"),
    "unit": ("单位", "被访单位", "承办单位"),
    "where": ("出处", "方式"),
    "phone": ("电话", "电话号码"),
    "接听": ("接听", "是否接听", "接通", "是否接通", "接听情况", "接通情况"),
    "态度": ("态度", "服务态度", "接听态度"),
    "答得对不对": ("答得对不对", "答复是否正确", "是否答对", "回答是否正确", "答复是否准确"),
    "回执": ("回执", "有无回执", "是否有回执"),
    "答复质量": ("答复质量", "质量"),
    "sent": ("发出日期", "呼叫日期", "申请日期", "拨打日期", "日期"),
    "replied": ("答复日期", "收到答复日期"),
    "who": ("呼叫人", "发出人", "办理人"),
    "note": ("说明", "备注"),
}
# What is read of a row of each kind, and what people call it.
_READ = {
    CALLS: {"接听": "接听", "态度": "态度", "答得对不对": "答得对不对", "sent": "呼叫日期"},
    VISITS: {"回执": "回执", "sent": "发出日期", "replied": "答复日期", "答复质量": "答复质量"},
}
_ANSWERS = ("接听", "态度", "答得对不对", "回执", "答复质量")
_YES, _NO = "√ ✓ ✔", "× ✗ ✘"
# What people write who pass over the list of a cell, for what it offers. 较好 may be either of two and is none.
_SAID: dict[str, dict[str, str]] = {
    "接听": {
        "是": f"是 有人接听 有人接 已接听 接听 已接 已接通 接通 {_YES}",
        "否": f"否 无人接听 无人接 没人接听 没人接 没有接听 没接 未接听 未接 未接通 无人应答 打不通 {_NO}",
        "占线": "占线 忙音 忙 一直占线 正在通话中",
        "空号": "空号 号码不存在 停机 已停机",
    },
    "态度": {"好": "好 很好 良好 优 优秀 热情", "一般": "一般 中", "差": "差 很差 不好 恶劣"},
    "答得对不对": {
        "对": f"对 正确 准确 答对 {_YES}",
        "部分对": "部分对 部分正确 部分准确 不完全对 不全对",
        "不对": f"不对 错 错误 不正确 不准确 答错 {_NO}",
    },
    "回执": {"有": f"有 有回执 已有 已收到 {_YES}", "无": f"无 没有 无回执 没有回执 未收到 {_NO}"},
    "答复质量": {"好": "好 很好 良好 优 优秀", "一般": "一般 中", "差": "差 很差 不好"},
}
_MEANT = {
    name: {word: choice for choice, words in choices.items() for word in words.split()}
    for name, choices in _SAID.items()
}
_NOT_YET = re.compile(r"(?:尚|仍|还|暂)?[未没无](?:有|收到)?(?:收到)?(?:答复|回复|办结)?")
_NUMBER = re.compile(r"[HFhf]\d{3}-[0-9A-Fa-f]{6}")
_MOST = 20


class _Form(NamedTuple):
    """A workbook that is being read. fits: whether a number is that of a unit; met: the numbers so far."""

    path: Path
    source: Source
    as_of: date
    fits: Callable[[str, str], bool]
    met: set[str]
    faults: list[str]

    def rows(self, one: table.Table) -> Iterator[Answered]:
        """The rows of a sheet; what is wrong with others goes to `faults`."""
        for where, record in one.records():
            place = f"{self.path.name} {where.removeprefix(self.source.place).strip()}"
            number = _plain(table.text(record.get("number")))
            number = number[:1].upper() + number[1:].lower()
            unit = " ".join(table.text(record.get("unit")).split())
            if number == unit or feet.is_foot(unit) or feet.is_foot(number):  # nothing, a note across, a total
                continue
            if not number:
                if any(record.get(name) not in (None, "") for name in (*_ANSWERS, "sent", "replied", "note")):
                    self.faults.append(f"{place}：没有编号，没有计入，请写进这个单位原有的一行")
            elif not self.fits(number, unit):
                self.faults.append(
                    f"{place}：编号“{mask_text(number[:_MOST])}”与单位对不上，没有计入，请改回原来的编号和单位"
                )
            elif number in self.met:
                self.faults.append(f"{place}：编号 {number} 出现了两次，只取前一次，请删去一行")
            else:
                self.met.add(number)
                yield _row(place, number, unit, record, self.as_of)

    def unread(self, sheet: str, head: list[tuple[int, Cells]]) -> str:
        """What is to be said of a sheet that is no form as it stands, "" where it never was one."""
        header = find_header(head, ALIASES)
        asked = header is not None and any(name in header.columns for name in _ANSWERS)
        numbered = any(isinstance(cell, str) and _NUMBER.fullmatch(cell.strip()) for _, row in head for cell in row)
        if not asked and not numbered:
            return ""
        lacking = [ALIASES[name][0] for name in ("number", "unit") if not header or name not in header.columns]
        named = "、".join(f"“{name}”" for name in lacking)
        return f"{self._sheet(sheet)}：没有认出{named}列，一行也没有读，请改回原来的列名，再导入一次"

    def without(self, sheet: str, header: Header, rows: list[Answered]) -> Iterator[str]:
        """The columns that the sheet's rows lack, where it has others in which they may stand."""
        kinds = dict.fromkeys(row.ask.kind for row in rows)
        lacking = [said for kind in kinds for name, said in _READ[kind].items() if name not in header.columns]
        others = [name for name in header.unused if name not in ("序号", "时间", "所问问题", "申请内容")]
        if lacking and others:
            named = "、".join(f"“{name}”" for name in dict.fromkeys(lacking))
            unknown = "、".join(f"“{mask_text(name[:_MOST])}”" for name in others[:8])
            yield f"{self._sheet(sheet)}：没有{named}列，没有计入；不认得的列有{unknown}，是改了名的请改回"

    def _sheet(self, sheet: str) -> str:
        return f"{self.path.name} {sheet}".strip()


def read(path: Path, as_of: date, fits: Callable[[str, str], bool]) -> tuple[list[Answered], list[str]]:
    """The rows of a form, and what of it could not be read. fits: whether a number is that of a unit.

    InputError where it is no such form.
    """
    rows: list[Answered] = []
    faults: list[str] = []
    known: set[str] = set()
    with timelimit.limited(str(path)):
        source = load(path)
        form = _Form(path, source, as_of, fits, set(), faults)
        for one in table.tables(source, ALIASES, ("number", "unit")):
            known.add(one.sheet)
            found = list(form.rows(one))
            faults += form.without(one.sheet, one.header, found)
            rows += found
            if fault := one.without_results():
                faults.append(str(fault))
        faults += filter(None, (form.unread(name, head) for name, head in table.heads(source) if name not in known))
    if not known and not faults:
        raise InputError(str(path), "没有认出模拟呼叫、模拟暗访的表", "请给 jimo-lint mystery export 写出的工作簿")
    return rows, faults


def _plain(cell: object) -> str:
    return "".join(str(cell).split())


def _row(place: str, number: str, unit: str, record: dict[str, object], as_of: date) -> Answered:
    kind = CALLS if number[0] == "H" else VISITS
    text = {name: _plain(table.text(value)) for name, value in record.items()}
    days = {name: _day(record.get(name), as_of) for name in ("sent", "replied")}
    unclear, doubts = [], []
    for name, day in days.items():
        shown = f"“{mask_text(text.get(name, '')[:_MOST])}”"
        if day is None and text.get(name) and not _NOT_YET.fullmatch(text[name]):
            unclear.append(name)
            doubts.append(f"{shown}不是日期，请写作 2026-12-01")
        elif day and day > as_of:
            unclear.append(name)
            doubts.append(f"{day} 还没有到，请核对日期")
    answers = {}
    for name in _ANSWERS:
        # 无 is an answer here, though elsewhere a cell in which it stands is empty.
        written = _plain(record.get(name) or "").rstrip("。.")
        answers[name] = _MEANT[name].get(written, mask_text(written[:_MOST]))
        if written and written not in _MEANT[name]:
            offered = "、".join(_SAID[name])
            doubts.append(f"“{name}”写的是“{answers[name]}”，没有计分，请改成其中之一：{offered}")
    sent, replied = (None if name in unclear else days[name] for name in ("sent", "replied"))
    if text.get("note") and not (any(answers.values()) or sent or replied or doubts):
        doubts.append("只填了“说明”，没有填结果，没有计分")
    ask = Ask(number, kind, unit, text.get("where", ""), mask_text(text.get("phone", "")))
    return Answered(ask, place, answers, sent, replied, tuple(doubts), tuple(unclear))


def _day(value: object, as_of: date) -> date | None:
    moment = machine_times.parse(value)
    if moment is None and isinstance(value, str):
        moment = text_dates.parse(value, as_of)
    return moment.date() if moment else None
