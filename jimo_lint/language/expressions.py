"""Compiles regular expressions once: what Python makes of one is kept, since it takes milliseconds for Chinese ones."""

from __future__ import annotations

import atexit
import re
import sys
from array import array
from typing import Any

from jimo_lint.settings import cache

# What Python's compiler gives to its matcher: flags, code, number of groups, groups by name, names by group. The
# modules `re._parser`, `re._compiler` and `_sre` are Python's own affair: this is the only place that names them, what
# is kept is for this very Python, and where they are otherwise, `re.compile` does it all.
_Parts = tuple[int, bytes, int, dict[str, int], tuple[str | None, ...]]
_compiler: Any = getattr(re, "_compiler", None)
_parser: Any = getattr(re, "_parser", None)
_FORM = (1, sys.version, array("I").itemsize)
# With more there are expressions among them that nobody uses any longer.
_MOST = 3000

_patterns: dict[str, re.Pattern[str]] = {}
_parts: dict[str, _Parts] = {}
_new: dict[str, _Parts] = {}


def compiled(source: str) -> re.Pattern[str]:
    """As `re.compile(source)`, and `re.error` as there."""
    found = _patterns.get(source)
    if found is None:
        found = _patterns[source] = _again(source) or _anew(source) or re.compile(source)
    return found


def _again(source: str) -> re.Pattern[str] | None:
    """From what is kept; None where it is not."""
    if not _parts:
        _parts.update(cache.remembered("expressions", _FORM, dict))
        _parts.setdefault("", (0, b"", 0, {}, ()))
    try:
        return _matching(source, _parts[source])
    except (KeyError, TypeError, ValueError, RuntimeError, AttributeError, OverflowError):
        return None


def _anew(source: str) -> re.Pattern[str] | None:
    """Compiled, and kept at the end of the program; None where Python's compiler is another than we know."""
    try:
        parsed = _parser.parse(source)
        state = parsed.state
        names: list[str | None] = [None] * state.groups
        for name, number in state.groupdict.items():
            names[number] = name
        code = array("I", _compiler._code(parsed, 0)).tobytes()
        parts = (state.flags, code, state.groups - 1, dict(state.groupdict), tuple(names))
        pattern = _matching(source, parts)
    except (TypeError, ValueError, RuntimeError, AttributeError, OverflowError, re.error):
        return None
    if not _new:
        atexit.register(_keep)
    _new[source] = parts
    return pattern


def _matching(source: str, parts: _Parts) -> re.Pattern[str]:
    flags, code, groups, numbers, names = parts
    code_list = memoryview(code).cast("I").tolist()
    pattern: re.Pattern[str] = _compiler._sre.compile(source, flags, code_list, groups, numbers, names)
    return pattern


def _keep() -> None:
    """Write what was compiled anew beside what others have kept meanwhile."""
    kept: dict[str, Any] = cache.remembered("expressions", _FORM, dict)
    cache.remember("expressions", _FORM, {**(kept if len(kept) < _MOST else {}), **_new})
