"""Collects every regular expression of the program, in a process of its own that has compiled none before."""

import ast
import builtins
import gc
import importlib
import json
import re
import sys
from collections import defaultdict
from collections.abc import Iterator
from contextlib import suppress
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

ROOT = Path(__file__).resolve().parents[2]
FILES = [
    path
    for folder in ("jimo_lint", "spiders")
    for path in sorted((ROOT / folder).rglob("*.py"))
    if path.stem != "__main__"
]
_FUNCTIONS = frozenset(("compile", "sub", "subn", "search", "match", "fullmatch", "split", "findall", "finditer"))
_ANCHORED = frozenset(("match", "fullmatch"))
_SILENT = frozenset(("pattern", "groups", "groupindex", "flags"))
_OF_RULES = "jimo_lint/lint/checks/wording/guards.py"


class Collected(NamedTuple):
    """A pattern. ways: how the program lets it loose (`hostile.worst`); places: where it is compiled."""

    pattern: "re.Pattern[str] | re.Pattern[bytes]"
    places: tuple[str, ...]
    ways: frozenset[str]


class Site(NamedTuple):
    """A call of `re` in a file. name: what its result is called where that is a name of the module."""

    path: Path
    call: ast.Call
    name: str

    @property
    def place(self) -> str:
        return f"{self.path.relative_to(ROOT)}:{self.call.lineno}"


@cache
def sites(path: Path) -> tuple[Site, ...]:
    """Every call of `re` in a file."""
    return tuple(_sites(path))


def _sites(path: Path) -> Iterator[Site]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    named = {
        id(node.value): node.targets[0].id
        for node in tree.body
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name)
    }
    for node in ast.walk(tree):
        if (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Attribute)
            and isinstance(node.func.value, ast.Name)
            and node.func.value.id == "re"
            and node.func.attr in _FUNCTIONS
        ):
            yield Site(path, node, named.get(id(node), ""))


def collect() -> list[Collected]:
    """All patterns: of modules as they are imported, of functions by what they are written with, of every rule."""
    asked = _watched()
    modules = {path: importlib.import_module(_module(path)) for path in FILES}
    for path, module in modules.items():
        for site in sites(path):
            if site.place not in asked:
                asked[site.place] = _built(site, vars(module))
    found: dict[tuple[str | bytes, int], Collected] = {}
    uses = {path: _Uses(path) for path in FILES}
    by_place = {site.place: site for path in FILES for site in sites(path)}
    for place, patterns, given in [*((*one, "search") for one in asked.items()), *_rules()]:
        ways = _ways(by_place[place], uses) if place in by_place else frozenset((given,))
        for pattern in patterns:
            key = (pattern.pattern, pattern.flags)
            known = found.get(key, Collected(pattern, (), frozenset()))
            found[key] = Collected(pattern, (*known.places, place), ways | known.ways)
    return list(found.values())


def _watched() -> dict[str, list[Any]]:
    """Place → what it asked `re` to compile, from now on: all of its functions go through one."""
    asked: dict[str, list[Any]] = defaultdict(list)
    compiled = re._compile  # type: ignore[attr-defined]
    names = {str(path): str(path.relative_to(ROOT)) for path in FILES}

    def watched(source: Any, flags: int) -> Any:
        pattern = compiled(source, flags)
        frame: Any = sys._getframe(1)
        while frame is not None and frame.f_code.co_filename == re.__file__:
            frame = frame.f_back
        file = names.get(frame.f_code.co_filename, "") if frame is not None else ""
        if file and file != _OF_RULES and not isinstance(source, re.Pattern):
            asked[f"{file}:{frame.f_lineno}"].append(pattern)
        return pattern

    re._compile = watched  # type: ignore[attr-defined]
    return asked


def _module(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    parts = parts[:-1] if parts[-1] == "__init__" else parts
    return ".".join(parts if parts[0] == "jimo_lint" else ("jimo_lint", *parts))


class _Names(dict[str, Any]):
    """The names of a module; what only a function knows is a word."""

    def __missing__(self, key: str) -> Any:
        return getattr(builtins, key, "ab")


def _built(site: Site, names: dict[str, Any]) -> list[Any]:
    """What a call within a function compiles: as it is written, or any text of its module where it is handed one."""
    source, *rest = site.call.args[: 2 if site.call.func.attr == "compile" else 3]  # type: ignore[attr-defined]
    given = (*rest, *(key.value for key in site.call.keywords))
    flags = next((part for part in given if "re." in ast.unparse(part)), None)
    known = _Names(names)
    number = eval(ast.unparse(flags), {}, known) if flags is not None else 0
    if isinstance(source, ast.Name) and source.id not in names:
        sources = list(_texts(value for key, value in names.items() if not key.startswith("__")))
    elif isinstance(source, ast.Attribute):
        return []  # the rules': see `_rules`
    else:
        sources = [eval(ast.unparse(source), {}, known)]
    patterns = []
    for one in sources:
        with suppress(re.error):
            patterns.append(re.compile(one, number))
    return patterns


def _texts(values: Any) -> Iterator[str]:
    for value in values:
        if isinstance(value, str):
            yield value
        elif isinstance(value, tuple | list):
            yield from _texts(value)


def _rules() -> Iterator[tuple[str, list[Any], str]]:
    """The expressions of every rule, with its file. Guards look no further than a line's part around the hit."""
    from jimo_lint.lint.checks.wording.guards import Expression
    from jimo_lint.lint.engine import Engine
    from jimo_lint.lint.ruleset import load_rules
    from jimo_lint.lint.standards import load_profile
    from jimo_lint.model import Context

    engine = Engine(load_rules(), Context(date(2026, 1, 31), load_profile("national")))
    for one in gc.get_objects():
        if isinstance(one, Expression):
            way = "window" if one._key.startswith("unless") else "search"
            yield f"{one._table.place} {one._key}", [one.compiled], way
    del engine


class _Uses:
    """What a module does with its names: the methods that are called on them, or "passed on" for anything else."""

    def __init__(self, path: Path) -> None:
        self.of: dict[str, set[str]] = defaultdict(set)
        nodes = list(ast.walk(ast.parse(path.read_text(encoding="utf-8"))))
        bounded = {
            id(node.func)
            for node in nodes
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and len(node.args) == 3
        }
        called = {id(node.value): node for node in nodes if isinstance(node, ast.Attribute)}
        loops = {
            id(inner): node.target.id
            for node in nodes
            if isinstance(node, ast.comprehension) and isinstance(node.target, ast.Name)
            for inner in ast.walk(node.iter)
        }
        for node in nodes:
            if not isinstance(node, ast.Name | ast.Attribute) or not isinstance(node.ctx, ast.Load):
                continue
            name = node.id if isinstance(node, ast.Name) else node.attr
            method = called.get(id(node))
            if method is not None:
                window = method.attr == "search" and id(method) in bounded
                self.of[name].add("window" if window else method.attr)
            else:
                self.of[name].add(f"as {loops[id(node)]}" if id(node) in loops else "passed on")

    def ways(self, name: str) -> set[str]:
        found = {way for use in self.of[name] for way in (self.of[use[3:]] if use.startswith("as ") else {use})}
        known = {way for way in found if way in _ANCHORED or way == "window"}
        return known | ({"search"} if found - known - _SILENT else set())


def _ways(site: Site, uses: dict[Path, _Uses]) -> frozenset[str]:
    """How the program uses what a call compiles."""
    function = site.call.func.attr  # type: ignore[attr-defined]
    if function in _ANCHORED:
        return frozenset((function,))
    where = [] if not site.name else [uses[site.path]] if site.name.startswith("_") else list(uses.values())
    return frozenset(way for one in where for way in one.ways(site.name)) or frozenset(("search",))


def main() -> None:
    """Print the places of all patterns, and those that take too long: place, way, source and what is wrong."""
    from tests.support.hostile import worst

    collected = collect()
    told = [(one.places[0], way, one.pattern) for one in collected for way in sorted(one.ways)]
    slow = [(place, way, str(pattern.pattern), said) for place, way, pattern in told if (said := worst(pattern, way))]
    json.dump({"places": [place for one in collected for place in one.places], "slow": slow}, sys.stdout)


if __name__ == "__main__":
    main()
