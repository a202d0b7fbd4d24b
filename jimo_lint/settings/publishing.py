"""`[timeliness]`, `[interaction]`, `[catalogue]` of `jimo-lint.toml`: when what is to be published where."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from pathlib import Path

from jimo_lint.model import ColumnKind, Platform
from jimo_lint.model.publishing import Allowance
from jimo_lint.settings import toml
from jimo_lint.values import dataclass, field

SITE = "site"
_WINDOW = 30
_FORWARD, _DAYS = "forward", "window"


@dataclass(frozen=True, slots=True)
class Timeliness:
    """Where items of a kind are to appear, and how soon after they were first published anywhere.

    limits: by the kind of the column; a place is `site`, a platform, or an account by its name. forward: the office's
    list of what it has to repeat. window: days before the inspection whose items are judged.
    """

    limits: Mapping[ColumnKind, Mapping[str, Allowance]] = field(default_factory=dict)
    forward: Path | None = None
    window: int = _WINDOW


@dataclass(frozen=True, slots=True)
class Interaction:
    """The office's own limits: for answers to letters, and for the results of consultations. None where it has none."""

    reply: Allowance | None = None
    result: Allowance | None = None


def read_timeliness(table: toml.Table, accounts: Collection[str]) -> Timeliness:
    """`[timeliness]`. accounts: the names that limits may be for. ConfigError."""
    limits: dict[ColumnKind, Mapping[str, Allowance]] = {}
    known = {kind.value: kind for kind in ColumnKind}
    for key in table.data():
        if key in (_FORWARD, _DAYS):
            continue
        if key not in known:
            usable = "、".join(f"{kind}（{kind.label}）" for kind in ColumnKind)
            raise table.fail(key, f"不认识{toml.suggestion(key, known)}", f"可用：{usable}，以及 forward、window")
        limits[known[key]] = _places(table.table(key), accounts)
    return Timeliness(
        limits,
        _file(table, _FORWARD) if _FORWARD in table else None,
        table.integer(_DAYS, _WINDOW, low=7, high=366),
    )


def read_interaction(table: toml.Table) -> Interaction:
    """`[interaction]`. ConfigError."""
    limits = {key: _allowance(table, key) for key in table.data() if _is_one(table, key, ("reply", "result"))}
    return Interaction(**limits)


def read_catalogue(table: toml.Table) -> Path:
    """`[catalogue]`. ConfigError."""
    for key in table.data():
        _is_one(table, key, ("file",))
    return _file(table, "file")


def _is_one(table: toml.Table, key: str, known: Collection[str]) -> bool:
    """ConfigError where the key is none of these. (What is asked for whether it is empty counts as read.)"""
    if key not in known:
        raise table.fail(key, f"不认识{toml.suggestion(key, known)}", f"可用：{'、'.join(known)}")
    return True


def _places(row: toml.Table, accounts: Collection[str]) -> Mapping[str, Allowance]:
    platforms = [platform.value for platform in Platform]
    places = {}
    for place in row.data():
        if place not in (SITE, *platforms, *accounts):
            near = toml.suggestion(place, (SITE, *platforms, *accounts))
            raise row.fail(
                place, f"不是平台，也不是已配置的账号{near}", f"可用：{SITE}、{'、'.join(platforms)} 或账号名称"
            )
        places[place] = _allowance(row, place)
    if not places:
        raise row.fail("", "没有写平台", '请写作 policy = { site = "0d", wechat = "2wd" }')
    return places


def _allowance(table: toml.Table, key: str) -> Allowance:
    try:
        return Allowance.parse(table.text(key))
    except ValueError as fault:
        raise table.fail(key, str(fault)) from None


def _file(table: toml.Table, key: str) -> Path:
    path = table.joined(key, table.filled(key))
    if not path.is_file():
        raise table.fail(key, f"= “{table.text(key)}” 没有这个文件", "请写表格的路径")
    return path
