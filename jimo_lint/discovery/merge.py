"""Adds what an office's list says of columns or accounts that the configuration has, to the tables as written."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from jimo_lint.model import MaxAge
from jimo_lint.settings.config import Config
from jimo_lint.settings.toml import quoted

_HEADER = r"""\[\[\s*["']?{}["']?\s*\]\]\s*(?:#.*)?"""
_KEY = re.compile(r"\s*[A-Za-z_]+\s*=(?!.*(?:\"\"\"|'''|\[\s*$)).*")


class Additions:
    """What a list says of the tables of one kind that the configuration has: what is written there stays.

    wanted: what is to be added, by the number of the table, as `merged` takes it.
    """

    def __init__(self, config: Config, kind: str) -> None:
        self.wanted: dict[int, dict[str, str]] = {}
        text = config.path.read_text(encoding="utf-8-sig") if config.path else ""
        self._written: list[dict[str, Any]] = list(tomllib.loads(text).get(kind, []))
        # Those of a file that this one extends come first; that file is another's to change.
        self._inherited = len(getattr(config, f"{kind}s")) - len(self._written)
        self._kept: dict[int, list[str]] = {}

    def note(self, index: int, said: Mapping[str, str | bool | date | None]) -> None:
        """Take what a row of the list says of a table, by its number among all; what it leaves out is nothing."""
        index -= self._inherited
        if index < 0:
            return
        written = self._written[index]
        for key, value in said.items():
            if not value:
                continue
            shown = _toml(value)
            if key not in written:
                written[key] = value
                self.wanted.setdefault(index, {})[key] = shown
            elif not _same(key, written[key], value):
                self._kept.setdefault(index, []).append(f"{key} 表里是 {shown}")

    def told(self, names: Sequence[str]) -> Iterator[str]:
        """One line for each table of which the list knows something. names: of all tables, in their order."""
        for index in sorted(self.wanted.keys() | self._kept.keys()):
            added = "、".join(f"{key} = {value}" for key, value in self.wanted.get(index, {}).items())
            kept = "、".join(self._kept.get(index, ()))
            parts = [f"补上 {added}" if added else "", f"{kept}，配置里已有别的，没有改" if kept else ""]
            yield f"“{names[index + self._inherited]}”：{'；'.join(part for part in parts if part)}"


def _toml(value: str | bool | date) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return value.isoformat() if isinstance(value, date) else quoted(value)


def _same(key: str, written: object, value: object) -> bool:
    """True where the configuration says the same, if in other words: 2w is 14d."""
    if key != "max_age" or not isinstance(written, str):
        return written == value
    return MaxAge.parse(written) == MaxAge.parse(str(value))


def merged(text: str, additions: Mapping[int, Mapping[str, str]], kind: str = "column") -> str:
    """The configuration with keys added to its columns or accounts (kind), everything else as it stands.

    additions: by the number of the table from 0: keys that it does not have, with their values as TOML writes them.
    ValueError where the tables are not written as `[[column]]`, or are not found so.
    """
    lines = text.splitlines(keepends=True)
    header = re.compile(_HEADER.format(kind))
    headers = [number for number, line in enumerate(lines) if header.fullmatch(line.strip())]
    expected = tomllib.loads(text)
    if len(headers) != len(expected.get(kind, [])):
        raise ValueError("the tables are written in another way")
    for index, added in sorted(additions.items(), reverse=True):
        place = headers[index] + 1
        while place < len(lines) and _KEY.fullmatch(lines[place].rstrip("\r\n")):
            place += 1
        if not lines[place - 1].endswith("\n"):
            lines[place - 1] += "\n"
        end = "\r\n" if lines[place - 1].endswith("\r\n") else "\n"
        lines[place:place] = [f"{key} = {value}{end}" for key, value in added.items()]
        expected[kind][index] |= tomllib.loads("\n".join(f"{key} = {value}" for key, value in added.items()))
    whole = "".join(lines)
    try:
        if tomllib.loads(whole) == expected:
            return whole
    except tomllib.TOMLDecodeError:
        pass
    raise ValueError("a table was not found where it seemed to be")
