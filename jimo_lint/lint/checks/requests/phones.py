"""Finds telephones of the same purpose that the guide, the footer and the contact page of a site show differently."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from jimo_lint.evidence.phones import PLACES
from jimo_lint.lint.checks.base import Detail, given_table, params
from jimo_lint.model import Context, Hit, Rule
from jimo_lint.model.requests import Phone, PhoneReading


def different(reading: PhoneReading) -> Iterator[Detail]:
    """For each purpose: places of which no two share a number. The guides of other organs are not compared.

    One place may name several numbers; where one of them stands at the other place as well, nothing is said.
    """
    for purpose in dict.fromkeys(one.purpose for one in reading.phones):
        places: dict[str, dict[str, Phone]] = {}
        for phone in reading.phones:
            if phone.purpose == purpose and phone.where in PLACES:
                places.setdefault(phone.where, {}).setdefault(phone.digits, phone)
        apart = [
            (one, other)
            for number, one in enumerate(places)
            for other in list(places)[number + 1 :]
            if not places[one].keys() & places[other].keys()
        ]
        if apart:
            named = list(dict.fromkeys(place for pair in apart for place in pair))
            shown = "，".join(f"{place} {'、'.join(one.written for one in places[place].values())}" for place in named)
            yield Detail({"purpose": f"{purpose}电话" if purpose else "联系电话", "phones": shown}, identity=purpose)


class PhonesCheck:
    """The kind `phones`, which has no params."""

    def __init__(self, rules: Sequence[Rule], _context: Context) -> None:
        self._codes = [rule.code for rule in rules]
        for rule in rules:
            params(rule).finish()

    def hits(self, subject: PhoneReading) -> Iterator[Hit]:
        """One hit a purpose."""
        for code in self._codes:
            for detail in different(subject):
                yield detail.hit(code)

    def example(self, given: Mapping[str, Any]) -> PhoneReading:
        """`phone`: tables of where, purpose and number."""
        table = given_table(given)
        phones = tuple(
            Phone(
                "".join(filter(str.isdigit, row.text("number"))),
                row.text("number"),
                row.text("purpose", ""),
                row.text("where"),
                row.text("where"),
                "https://www.example.gov.cn/",
            )
            for row in table.tables("phone")
        )
        table.finish()
        return PhoneReading("示例区", phones)
