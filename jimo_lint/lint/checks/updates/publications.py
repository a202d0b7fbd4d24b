"""Finds items that appeared too late or nowhere on a platform, and copies that do not say the same."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from enum import StrEnum
from typing import Any

from jimo_lint.lint.checks.base import given_table, params
from jimo_lint.model import Context, Hit, Rule
from jimo_lint.model.publishing import Appearance, Arrival, Asked, Difference, Publication


class _What(StrEnum):
    LATE = "late"
    MISSING = "missing"
    FIGURES = "figures"
    WORDS = "words"


class PublicationsCheck:
    """The kind `publications`. params.check is a member of `_What`; late and missing have params.asked, of `Asked`."""

    def __init__(self, rules: Sequence[Rule], _context: Context) -> None:
        self._rules: list[tuple[str, _What, Asked]] = []
        for rule in rules:
            table = params(rule)
            what = table.choice("check", _What)
            asked = table.choice("asked", Asked) if what in (_What.LATE, _What.MISSING) else Asked.LIMITS
            self._rules.append((rule.code, what, asked))
            table.finish()

    def hits(self, subject: Publication) -> Iterator[Hit]:
        """One hit a platform, or a copy that differs."""
        for code, what, asked in self._rules:
            if what in (_What.FIGURES, _What.WORDS):
                yield from _differing(code, subject, figures=what is _What.FIGURES)
            elif asked is subject.asked:
                arrival = Arrival.LATE if what is _What.LATE else Arrival.MISSING
                for one in subject.appearances:
                    if one.arrival is arrival:
                        args = {"title": subject.title, "place": one.place, "reason": one.reason}
                        yield Hit(code, args=args, identity=f"{subject.url or subject.title} {one.place}")

    @staticmethod
    def example(given: Mapping[str, Any]) -> Publication:
        """title, asked, place, arrival, reason; figures (true or false), ours, theirs for a copy that differs."""
        table = given_table(given)
        appearance = Appearance(
            table.text("place", "微信"),
            "2 个工作日",
            table.choice("arrival", Arrival, Arrival.IN_TIME.value),
            reason=table.text("reason", ""),
        )
        differs = "ours" in table
        difference = Difference(
            appearance.place, table.flag("figures", True), table.text("ours", ""), table.text("theirs", "")
        )
        publication = Publication(
            title=table.text("title"),
            url="https://www.example.gov.cn/zcwj/1.html",
            kind="政策文件",
            asked=table.choice("asked", Asked, Asked.LIMITS.value),
            appearances=(appearance,),
            differences=(difference,) if differs else (),
        )
        table.finish()
        return publication


def _differing(code: str, subject: Publication, *, figures: bool) -> Iterator[Hit]:
    for one in subject.differences:
        if one.figures is figures:
            more = f"，另有 {one.others} 处" if one.others else ""
            args = {"title": subject.title, "place": one.place, "ours": one.ours, "theirs": one.theirs, "more": more}
            yield Hit(code, args=args, identity=f"{subject.url} {one.place}")
