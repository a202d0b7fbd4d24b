"""Reads a settings file with those that it extends as one table, which knows which file each value is from."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

from jimo_lint.errors import ConfigError
from jimo_lint.settings import toml

_KEY = "extend"
# Lists whose keys begin like this add to those of the file that is extended; other lists take their place.
_ADDING = "extend_"


class _Part(NamedTuple):
    """A value and where it is from, as `toml.Table` takes it."""

    value: Any
    origin: Any


class Extended(NamedTuple):
    """table: all values. files: those that were read, the one that was asked for first."""

    table: toml.Table
    files: tuple[Path, ...]


def load(path: Path) -> Extended:
    """The settings of a file over those of the file that it extends, and so on. ConfigError, also about a circle."""
    files: list[Path] = []
    parts: list[_Part] = []
    current, missing = path, ("没有这个文件", "请检查 --config 的路径")
    if path.is_symlink():
        missing = ("是符号链接，所指的文件不在", "请改正或删去这个链接")
    while True:
        table = toml.load(current, ConfigError, missing)
        files.append(current)
        base = table.text(_KEY, "").strip() if _KEY in table else None
        values = {key: value for key, value in table.data().items() if key != _KEY}
        parts.append(_Part(values, {key: _whole(value, str(current)) for key, value in values.items()}))
        if base is None:
            break
        if not base:
            raise table.fail(_KEY, "是空的", '请写所沿用的配置文件，如 extend = "../base.toml"，或删去这一项')
        table.joined(_KEY, base)  # refuses what can be no path
        following = Path(os.path.normpath(current.parent / base))
        if _same(following, files):
            circle = " → ".join(map(str, (*files, following)))
            raise table.fail(_KEY, f"= “{base}” 又回到读过的文件（{circle}）", "请删去其中一个 extend")
        if not following.is_file():
            raise table.fail(
                _KEY,
                f"= “{base}” 没有这个文件（{following}）",
                "请写所沿用的配置文件的路径，从这个文件所在的文件夹算起",
            )
        current = following
    whole = parts.pop()
    while parts:
        whole = _over(whole, parts.pop())
    return Extended(toml.Table(whole.value, str(path), ConfigError, origins=whole.origin), tuple(files))


def _same(path: Path, files: list[Path]) -> bool:
    return any(os.path.realpath(path) == os.path.realpath(one) for one in files)


def _whole(value: Any, place: str) -> Any:
    """Where all parts of a value are from that one file wrote."""
    return [(place, number) for number in range(1, len(value) + 1)] if _rows(value) else place


def _over(base: _Part, own: _Part) -> _Part:
    """What `own` says over what `base` does: tables key by key, arrays of tables one behind the other."""
    values, origins = dict(base.value), dict(base.origin)
    for key, value in own.value.items():
        origin = own.origin[key] if isinstance(own.origin, Mapping) else _whole(value, own.origin)
        before = values.get(key)
        if isinstance(before, Mapping) and isinstance(value, Mapping):
            both = _over(_Part(before, _each(before, origins[key])), _Part(value, _each(value, origin)))
            value, origin = both
        elif before and _rows(before) and _rows(value):
            value, origin = [*before, *value], [*origins[key], *origin]
        elif key.startswith(_ADDING) and isinstance(before, list) and isinstance(value, list):
            value, origin = [*before, *value], f"{origins[key]}、{origin}"
        values[key], origins[key] = value, origin
    return _Part(values, origins)


def _each(value: Mapping[str, Any], origin: Any) -> Mapping[str, Any]:
    return origin if isinstance(origin, Mapping) else {key: _whole(one, origin) for key, one in value.items()}


def _rows(value: Any) -> bool:
    return isinstance(value, list) and bool(value) and all(isinstance(one, dict) for one in value)
