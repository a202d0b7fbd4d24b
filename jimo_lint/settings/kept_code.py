"""Keeps the code of functions that are written and compiled at every start: of values, named tuples, annotations."""

from __future__ import annotations

import atexit
import collections
import marshal
import sys
import typing
from contextlib import suppress
from types import CodeType
from typing import Any

from jimo_lint import values
from jimo_lint.settings import cache

_FORM = (1, sys.version)
# With more there are functions among them that nobody has any longer.
_MOST = 3000

_kept: dict[str, bytes] = {}
_new: dict[str, bytes] = {}


def arrange() -> None:
    """Have what Python made of them be used again. For a program, not for a library."""
    _kept.update(cache.remembered("code", _FORM, dict))
    for module, name, ours in ((collections, "eval", _eval), (typing, "compile", _code), (values, "exec", _exec)):
        setattr(module, name, ours)


def _code(source: Any, filename: str = "<string>", mode: str = "exec") -> CodeType:
    """As `compile`, for functions without a file of their own."""
    key = f"{mode} {source}"
    with suppress(KeyError, ValueError, TypeError, EOFError):
        code = marshal.loads(_kept[key])
        if isinstance(code, CodeType):
            return code
    code = compile(source, filename, mode)
    # Of a table's headings named tuples are made as well; what an office calls them is nobody's business here.
    if isinstance(source, str) and source.isascii():
        if not _new:
            atexit.register(_keep)
        _new[key] = _kept[key] = marshal.dumps(code)
    return code


def _eval(source: str, *spaces: Any) -> Any:
    return eval(_code(source, mode="eval"), *spaces)


def _exec(source: str, *spaces: Any) -> None:
    exec(_code(source), *spaces)


def _keep() -> None:
    """Write what was compiled anew beside what others have kept meanwhile."""
    kept: dict[str, bytes] = cache.remembered("code", _FORM, dict)
    cache.remember("code", _FORM, {**(kept if len(kept) < _MOST else {}), **_new})
