"""Guesses a column's kind from its name and its place, by the words of `wordlists/column-names.toml`."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from functools import cache

from jimo_lint.model import ColumnKind
from jimo_lint.settings.resources import wordlists_folder

_FILE = "column-names.toml"
# What stands below a column of these kinds is of the same kind, unless its own name says otherwise.
_INHERITED = (
    ColumnKind.TOPIC,
    ColumnKind.LEADERS,
    ColumnKind.POLICY,
    ColumnKind.INTERPRETATION,
    ColumnKind.PLAN,
    ColumnKind.PERSONNEL,
)

_ORGAN = re.compile(r"(?:[局委办厅院站所处镇乡]|委员会|办公室|中心|街道|公司|大队|支队)$")


def guess(name: str, above: Iterable[str] = (), written: str = "") -> ColumnKind:
    """The kind that a name tells, else what the site calls it (ColumnType), else that of the nearest column above.

    above: names from the top down. OTHER where nothing is told: it has no limit, so a wrong guess does no harm.
    """
    for own in (name, written):
        if told := _told(own):
            return told
    for parent in reversed(tuple(above)):
        if (told := _told(parent)) in _INHERITED:
            return told
    return ColumnKind.OTHER


def named(text: str) -> ColumnKind | None:
    """The kind that a person wrote into a table, by its code, its label or a word of the names; None if unknown."""
    plain = "".join(text.split())
    for kind in ColumnKind:
        if plain.casefold() == kind.value or plain in (kind.label, f"{kind.label}类"):
            return kind
    return _told(plain.removesuffix("类"))


def is_column(name: str) -> bool:
    """False for what every site has and nobody calls a column: 登录, 网站地图."""
    return "".join(name.split()).casefold() not in _not_columns()


def words_of(kind: ColumnKind) -> Sequence[str]:
    """The words that tell a kind."""
    return _tables()[kind.value]


def _told(name: str) -> ColumnKind | None:
    """The kind of the longest word in the name, the later one of two as long."""
    best = (0, 0)
    found = None
    organ = _ORGAN.search(name)
    for word, kind in _words().items():
        place = name.rfind(word)
        if organ and place + len(word) < len(name):
            continue  # 城乡规划中心 is an office, and so is 人事局
        if place >= 0 and (len(word), place) > best:
            best, found = (len(word), place), kind
    return found


@cache
def _tables() -> Mapping[str, list[str]]:
    return tomllib.loads((wordlists_folder() / _FILE).read_text(encoding="utf-8"))


@cache
def _words() -> Mapping[str, ColumnKind]:
    return {word: kind for kind in ColumnKind for word in words_of(kind)}


@cache
def _not_columns() -> frozenset[str]:
    return frozenset(word.casefold() for word in _tables()["not_columns"])
