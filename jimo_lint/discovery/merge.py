"""Adds what an office's list says of columns that the configuration has already, to the tables as they are written."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from typing import Any

_HEADER = re.compile(r"""\s*\[\[\s*["']?column["']?\s*\]\]\s*(?:#.*)?""")
_KEY = re.compile(r"\s*[A-Za-z_]+\s*=(?!.*(?:\"\"\"|'''|\[\s*$)).*")


def tables(text: str) -> list[dict[str, Any]]:
    """The `[[column]]` tables of a configuration that can be read, in its order."""
    return list(tomllib.loads(text).get("column", []))


def merged(text: str, additions: Mapping[int, Mapping[str, str]]) -> str:
    """The configuration with keys added to its columns, everything else as it stands.

    additions: by the number of the column from 0: keys that it does not have, with their values as TOML writes them.
    ValueError where the columns are not written as `[[column]]` tables, or are not found so.
    """
    lines = text.splitlines(keepends=True)
    headers = [number for number, line in enumerate(lines) if _HEADER.fullmatch(line.rstrip("\r\n"))]
    expected = tomllib.loads(text)
    if len(headers) != len(expected.get("column", [])):
        raise ValueError("the tables are written in another way")
    for index, added in sorted(additions.items(), reverse=True):
        place = headers[index] + 1
        while place < len(lines) and _KEY.fullmatch(lines[place].rstrip("\r\n")):
            place += 1
        if not lines[place - 1].endswith("\n"):
            lines[place - 1] += "\n"
        end = "\r\n" if lines[place - 1].endswith("\r\n") else "\n"
        lines[place:place] = [f"{key} = {value}{end}" for key, value in added.items()]
        expected["column"][index] |= tomllib.loads("\n".join(f"{key} = {value}" for key, value in added.items()))
    whole = "".join(lines)
    try:
        if tomllib.loads(whole) == expected:
            return whole
    except tomllib.TOMLDecodeError:
        pass
    raise ValueError("a table was not found where it seemed to be")
