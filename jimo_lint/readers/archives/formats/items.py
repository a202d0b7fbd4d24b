"""Reads the objects of a JSON list one after the other, as far as a damaged file goes."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from jimo_lint.errors import InputError
from jimo_lint.extract.markup.charset import decode
from jimo_lint.readers.source import Source

_BLANK = re.compile(r"[\s,]*")


def listed(source: Source, name: str = "") -> Iterator[dict[str, Any]]:
    """The objects of every list that is called `name`, or of the list that the whole is.

    InputError where it breaks off. One file may hold several answers of an interface, page after page; what is no
    object is passed over.
    """
    text = decode(source.body)
    begin = re.compile(rf'"{re.escape(name)}"\s*:\s*\[' if name else r"\A\s*\[")
    decoder = json.JSONDecoder()
    read = 0
    found = begin.search(text)
    while found:
        at = found.end()
        while True:
            at = _end(_BLANK, text, at)
            if text.startswith("]", at):
                break
            try:
                value, at = decoder.raw_decode(text, at)
            except (ValueError, RecursionError):
                raise InputError(source.place, f"JSON 不完整或已损坏，只读出前 {read} 条", "请重新导出") from None
            if isinstance(value, dict):
                read += 1
                yield value
        found = begin.search(text, at) if name else None


def _end(pattern: re.Pattern[str], text: str, at: int) -> int:
    match = pattern.match(text, at)
    return match.end() if match else at
