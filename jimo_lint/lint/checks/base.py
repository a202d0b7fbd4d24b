"""What every kind of rules (a check) offers, and how it reads the parameters and examples of its rules."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from enum import StrEnum
from pathlib import Path
from types import MappingProxyType
from typing import Any, Protocol, TypeVar, runtime_checkable

from jimo_lint.errors import RuleError
from jimo_lint.model import Context, Document, Hit, Rule
from jimo_lint.settings.toml import Table, suggestion
from jimo_lint.values import NamedTuple

C = TypeVar("C")
E = TypeVar("E", bound=StrEnum)


class Detail(NamedTuple):
    """What a message about a subject says, and `identity` and `basis` as in `Hit`."""

    args: Mapping[str, str] = MappingProxyType({})
    identity: str = ""
    basis: str = ""

    def hit(self, code: str, **named: str) -> Hit:
        """The hit of a rule. named: what the messages of all rules of the kind name."""
        return Hit(code, args={**named, **self.args}, identity=self.identity, basis=self.basis)


class Check(Protocol):
    """One kind: gets all its rules at once, so that a subject is looked through once, not once a rule.

    `__init__` raises RuleError about bad params. All kinds are started alike: one that does not depend on the context
    names it `_context`. `hits` never raises about what the subject holds: crawled text is data.
    """

    def __init__(self, rules: Sequence[Rule], context: Context) -> None: ...

    def hits(self, subject: Any) -> Iterator[Hit]:
        """What the rules say about one subject, in the order of its text where it has one."""
        ...

    def example(self, given: Mapping[str, Any]) -> Any:
        """The subject that an example in a rule file describes; RuleError (or ValueError) where it cannot be built."""
        ...


@runtime_checkable
class Anticipating(Protocol):
    """A check that is faster for many documents at once. `hits` gives the same with and without."""

    def expect(self, subjects: Sequence[Document]) -> None:
        """Prepare for the documents that `hits` will be called with next."""
        ...


def place(rule: Rule) -> str:
    """The rule's file as messages name it."""
    return rule.file or f"rules/{rule.code}-{rule.name}.toml"


def params(rule: Rule) -> Table:
    """The rule's `[params]`, to be read key by key and closed with `finish()`; faults name the rule's file."""
    return part(rule, "[params] ", rule.params)


def part(rule: Rule, path: str, values: Mapping[str, Any] = MappingProxyType({})) -> Table:
    """A table of the rule's file, as `path` calls it in messages, which name the line in a file of the office's own."""
    text = Path(rule.file).read_text(encoding="utf-8-sig") if rule.file else ""
    return Table(values, place(rule), RuleError, path, text=text)


def named(table: Table, known: Mapping[str, C]) -> C:
    """The one of `known` that the param `check` names; RuleError with the nearest name where there is none."""
    name = table.text("check")
    if name not in known:
        raise table.fail("check", f"= “{name}” 不认识{suggestion(name, known)}", f"可用：{'、'.join(known)}")
    return known[name]


def chosen(rules: Sequence[Rule], kinds: type[E]) -> list[tuple[str, E]]:
    """The code of each rule with its one param, `check`, a member of `kinds`."""
    found = []
    for rule in rules:
        table = params(rule)
        found.append((rule.code, table.choice("check", kinds)))
        table.finish()
    return found


def given_table(given: Mapping[str, Any]) -> Table:
    """The fields of an example, to be read key by key and closed with `finish()`."""
    return Table(given, "[[example]]", RuleError)


def given_texts(table: Table, key: str) -> dict[str, str]:
    """A sub-table of strings of an example, such as metas."""
    row = table.table(key)
    return {name: row.text(name) for name in row.data()}
