"""Genres of drafts (文种), in `rules/genres/`: which rules each of them switches, and on what basis."""

from __future__ import annotations

from dataclasses import dataclass, replace

from jimo_lint.errors import RuleError
from jimo_lint.lint.ruleset import read_basis
from jimo_lint.model import Basis, Rule, Severity
from jimo_lint.settings import toml
from jimo_lint.settings.resources import rules_folder

ON, OFF = "on", "off"
# No genre makes a veto: that takes a clause of its own.
_LEVELS = {one.name.lower(): one for one in (Severity.NOTICE, Severity.WARNING, Severity.ERROR)}


@dataclass(frozen=True, slots=True)
class Switch:
    """rules: codes, or their beginnings. state: `on`, `off`, or the level at which they are on."""

    rules: tuple[str, ...]
    state: str
    why: str
    basis: tuple[Basis, ...]


@dataclass(frozen=True, slots=True)
class Genre:
    """A genre. name: as `--as` has it."""

    name: str
    title: str
    switches: tuple[Switch, ...]


def genres() -> dict[str, Genre]:
    """All, by name. RuleError where a file is wrong."""
    files = sorted(rules_folder().joinpath("genres").iterdir(), key=lambda one: one.name)
    read = (read_genre(one.read_text(encoding="utf-8"), f"rules/genres/{one.name}") for one in files if one.is_file())
    return {one.name: one for one in read}


def load_genre(name: str, place: str) -> Genre:
    """The genre; RuleError, at `place`, where there is none."""
    known = genres()
    if name not in known:
        listed = "、".join(known)
        raise RuleError(place, f"“{name}”这个文种不认识{toml.suggestion(name, known)}", f"可用：{listed}")
    return known[name]


def read_genre(text: str, place: str) -> Genre:
    """One genre from the text of its file. RuleError where anything in it cannot be meant."""
    table = toml.parse(text, place, RuleError)
    genre = Genre(table.filled("name"), table.filled("title"), tuple(map(_switch, table.tables("switch"))))
    table.finish()
    return genre


def _switch(table: toml.Table) -> Switch:
    state = table.filled("set")
    if state not in (ON, OFF, *_LEVELS):
        raise table.fail("set", f"= “{state}” 不认识", f"可用：{'、'.join((ON, OFF, *_LEVELS))}")
    basis = tuple(read_basis(row) for row in table.tables("basis"))
    switch = Switch(table.texts("rules"), state, table.filled("why"), basis)
    table.finish()
    if not basis:
        raise table.fail("basis", "缺少依据", "请至少写一个 [[switch.basis]]")
    return switch


def at_level(rule: Rule, switch: Switch) -> Rule:
    """The rule as the switch has it, with the basis of that behind its own."""
    level = _LEVELS.get(switch.state)
    if level is None or level is rule.severity:
        return rule
    return replace(rule, severity=level, basis=tuple(dict.fromkeys((*rule.basis, *switch.basis))))
