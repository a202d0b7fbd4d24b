"""Reads the user's dated list of leaders: name, title, from, until."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path

from jimo_lint.errors import InputError, RuleError
from jimo_lint.extract.dates import machine_times
from jimo_lint.language.text import excerpt
from jimo_lint.model import Leader, Span
from jimo_lint.readers.source import Source, load
from jimo_lint.readers.tables import table
from jimo_lint.runtime import timelimit

ALIASES: Mapping[str, tuple[str, ...]] = {
    "name": ("姓名", "name"),
    "title": ("职务", "title"),
    "since": ("起", "任职日期", "from"),
    "until": ("止", "离任日期", "until"),
}
_NAME = re.compile(r"[\u3400-\u9fff\U00020000-\U0003ffff·]{2,20}")
_SHORTEST_TITLE = 2


def read(path: Path) -> tuple[Leader, ...]:
    """The rows of a list. InputError where it cannot be read, RuleError about the first wrong row."""
    with timelimit.limited(str(path)):
        return _read(load(path))


def _read(source: Source) -> tuple[Leader, ...]:
    try:
        if not table.recognises(source, ALIASES, ("name", "title")):
            raise InputError(source.place, "没有认出列名", "请在第一行写列名：姓名、职务、起、止")
    except ValueError as fault:
        raise InputError(source.place, str(fault), "请另存为 UTF-8 的 tsv、csv，或 .xlsx") from None
    return tuple(_leaders(table.records(source, ALIASES, ("name", "title"))))


def _leaders(records: Iterator[tuple[str, dict[str, object]]]) -> Iterator[Leader]:
    for place, record in records:
        name, title = table.text(record.get("name")).replace(" ", ""), table.text(record.get("title"))
        if name.startswith("#"):
            continue
        if not _NAME.fullmatch(name):
            raise RuleError(place, f"姓名“{_short(name)}”不是二至二十个汉字", "请改正这一行")
        if len(title) < _SHORTEST_TITLE:
            raise RuleError(place, f"职务“{_short(title)}”太短", "请写完整的职务，如“示例区区长”")
        since, until = _day(place, record, "since", "起"), _day(place, record, "until", "止")
        if since and until and since > until:
            raise RuleError(place, f"起（{since}）晚于止（{until}）", "请改正日期")
        yield Leader(name, title, since, until)


def _day(place: str, record: Mapping[str, object], field: str, column: str) -> date | None:
    written = table.text(record.get(field))
    if not written:
        return None
    moment = machine_times.parse(record.get(field))
    if moment is None:
        raise RuleError(place, f"{column}“{_short(written)}”不是日期", "请写作 2024-01-15；至今的留空")
    return moment.date()


def _short(text: str) -> str:
    """What a message shows of a cell: one line, nothing that steers a terminal."""
    return excerpt(text, Span(0, min(len(text), 24)), 0)[0] if text else ""
