"""Reads an office's list of the windows that take requests for information: name, unit, telephone."""

from __future__ import annotations

from pathlib import Path

from jimo_lint.errors import InputError
from jimo_lint.model.windows import Window
from jimo_lint.privacy import mask_text
from jimo_lint.readers import source as sources
from jimo_lint.readers.tables import table
from jimo_lint.runtime import timelimit

_ALIASES = {"name": ("窗口", "名称"), "owner": ("责任单位", "单位"), "phone": ("电话", "联系电话")}


def read(path: Path) -> tuple[Window, ...]:
    """The rows. InputError: unreadable, without a column for names or telephones, without rows, a row without name."""
    with timelimit.limited(str(path)):
        found = []
        for place, record in table.records(sources.load(path), _ALIASES, ("name", "phone")):
            row = {field: mask_text(table.text(value).strip()) for field, value in record.items()}
            if not row.get("name"):
                raise InputError(place, "没有写窗口名称", "请补上")
            place = f"{path.name}{place.removeprefix(str(path))}"
            found.append(Window(row["name"], row.get("owner", ""), row.get("phone", ""), path.name, place))
        if not found:
            raise InputError(str(path), "没有读到一个窗口", "请让表头含“窗口”“责任单位”“电话”，下面一行一个窗口")
        return tuple(found)
