"""Finds links that lead nowhere by the way they are written: misspelt, to a missing place of the page, idle."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from jimo_lint.lint.checks.base import given_table, params
from jimo_lint.lint.checks.pages.page import PageCheck
from jimo_lint.model import Context, Document, Hit, Rule

_KINDS = ("malformed", "fragment", "idle")


class AddressesCheck:
    """The kind `addresses`. params.link: the kind of link that is reported: malformed, fragment or idle."""

    def __init__(self, rules: Sequence[Rule], _context: Context) -> None:
        self._codes: dict[str, str] = {}
        for rule in rules:
            table = params(rule)
            kind = table.text("link")
            if kind not in _KINDS:
                raise table.fail("link", f"= “{kind}” 不认识", f"可用：{'、'.join(_KINDS)}")
            self._codes[kind] = rule.code
            table.finish()

    def hits(self, subject: Document) -> Iterator[Hit]:
        """One hit for each address and anchor; the same in the template of many pages is one problem."""
        seen: set[str] = set()
        for link in subject.links:
            code = self._codes.get(link.kind)
            anchor = " ".join(link.text.split())
            identity = link.raw if link.kind == "malformed" else f"{link.raw}\n{anchor}"
            if code and identity not in seen:
                seen.add(identity)
                args = {"page": subject.title, "link": link.raw, "anchor": anchor}
                yield Hit(code, args=args, identity=identity)

    @staticmethod
    def example(given: Mapping[str, Any]) -> Document:
        """As of the kind `page`."""
        return PageCheck.example(given_table(given).data())
