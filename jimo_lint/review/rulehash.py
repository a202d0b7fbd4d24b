"""Tells whether a rule judges as it did in an earlier run: the rule, its word lists, the standard, the office's own."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from functools import cache
from hashlib import blake2b
from pathlib import Path
from typing import Any

from jimo_lint.language.wordlists import SUFFIX
from jimo_lint.model import Context, Rule
from jimo_lint.model.families import family
from jimo_lint.settings.resources import program, wordlists_folder


def rule_hashes(rules: Iterable[Rule], context: Context) -> dict[str, str]:
    """A short hash for each rule's code, of all that decides what it finds; not of what explains it."""
    limits = repr(replace(context.profile, title=""))
    own = repr((context.own, context.allowed, context.leaders))
    found = {}
    for rule in rules:
        judged = (
            rule.code,
            rule.kind,
            rule.severity,
            rule.default,
            rule.prose,
            rule.params,
            *map(_list, sorted(_lists(rule))),
        )
        of = family(rule.code)
        beside = (own if of.allowable else "", limits if of.of_site or of.of_accounts else "")
        found[rule.code] = blake2b(repr((judged, beside)).encode("utf-8", "replace"), digest_size=6).hexdigest()
    return found


def basis_of(rules: Iterable[Rule], context: Context, names: Mapping[str, tuple[str, str]]) -> bytes:
    """A digest of all that decides what is found in a document on any day, and how it is told.

    names: of columns and accounts, as findings have them.
    """
    rules = tuple(rules)
    own = rule_hashes((rule for rule in rules if rule.file), context)  # whose lists may be changed at any time
    told = (program(), rules, own, replace(context, as_of=date.min), sorted(names.items()))
    return blake2b(repr(told).encode("utf-8", "replace"), digest_size=16).digest()


def _lists(rule: Rule) -> set[str]:
    texts = set(_texts(rule.params))
    return texts & _names() | ({one for one in texts if one.endswith(SUFFIX)} if rule.file else set())


@cache
def _names() -> frozenset[str]:
    return frozenset(one.name[:-4] for one in wordlists_folder().iterdir() if one.name.endswith(".tsv"))


@cache
def _list(name: str) -> str:
    file = Path(name) if name.endswith(SUFFIX) else wordlists_folder() / f"{name}.tsv"
    return blake2b(file.read_bytes(), digest_size=8).hexdigest()


def _texts(value: Any) -> Iterator[str]:
    """Every string in the parameters of a rule, among them the names of its lists."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for one in value.values():
            yield from _texts(one)
    elif isinstance(value, list | tuple):
        for one in value:
            yield from _texts(one)
