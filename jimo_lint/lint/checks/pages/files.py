"""Rules about attached files by what their text does not show: damaged, locked, misnamed, with traces of editing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from jimo_lint.lint.checks.base import given_table, params
from jimo_lint.model import Context, Document, FileFacts, Hit, Mark, Rule
from jimo_lint.model.facts import MARKS
from jimo_lint.settings.toml import suggestion
from jimo_lint.values import NamedTuple

_SHOWN = 3  # places that a message names


class _Rule(NamedTuple):
    """suffixes: those of files that are judged, all where there are none. tolerated: `suffix format`, in order."""

    code: str
    marks: tuple[str, ...]
    suffixes: tuple[str, ...]
    tolerated: tuple[str, ...]

    def judges(self, facts: FileFacts) -> bool:
        """Whether a file is one of those that the rule is about."""
        if self.suffixes and facts.suffix not in self.suffixes:
            return False
        return f"{facts.suffix} {facts.format}" not in self.tolerated


class FilesCheck:
    """Reports files with certain marks, which readers put down (see `model.facts.MARKS`): one hit a file and rule.

    Only what is published: in a draft people still work, and what cannot be read there is a Problem. Params of a rule:
    `marks`; `suffixes`, of the files that it is about (all unless given); `tolerated`, what a suffix may stand for
    besides, as `.xls html`.
    """

    def __init__(self, rules: Sequence[Rule], _context: Context) -> None:
        self._rules: list[_Rule] = []
        for rule in rules:
            table = params(rule)
            marks = tuple(table.texts("marks"))
            for mark in marks:
                if mark not in MARKS:
                    raise table.fail("marks", f"里的 “{mark}” 不认识{suggestion(mark, MARKS)}")
            suffixes, tolerated = (tuple(table.texts(key, ())) for key in ("suffixes", "tolerated"))
            self._rules.append(_Rule(rule.code, marks, suffixes, tolerated))
            table.finish()

    def hits(self, subject: Document) -> Iterator[Hit]:
        """Hits without a span."""
        facts = subject.file_facts
        if subject.source != "attachment" or not facts.marks:
            return
        for rule in self._rules:
            found = [mark for mark in facts.marks if mark.kind in rule.marks]
            if found and rule.judges(facts):
                places = _distinct(mark.place for mark in found)
                detail = _distinct(mark.detail for mark in found)
                args = {
                    "file": subject.title,
                    "suffix": facts.suffix,
                    "detail": detail,
                    "remark": f"（{detail}）" if detail else "",
                    "where": f"（{places}）" if places else "",
                }
                yield Hit(rule.code, args=args, locator=places)

    @staticmethod
    def example(given: Mapping[str, Any]) -> Document:
        """`file`, its name; `format`; `suffix`; `source` (attachment unless given); `mark`, tables of marks."""
        table = given_table(given)
        file, source = table.text("file"), table.text("source", "attachment")
        form, suffix = table.text("format", ""), table.text("suffix", "")
        marks = []
        for row in table.tables("mark"):
            marks.append(Mark(row.text("kind"), row.text("place", ""), row.text("detail", "")))
            row.finish()
        table.finish()
        url = f"https://www.example.gov.cn/files/{file}"
        facts = FileFacts(form, suffix, "https://www.example.gov.cn/tzgg/t1.html", marks=tuple(marks))
        return Document(url, url, source, file, facts=facts)


def _distinct(texts: Iterator[str]) -> str:
    known = list(dict.fromkeys(text for text in texts if text))
    return "、".join(known[:_SHOWN]) + ("等" if len(known) > _SHOWN else "")
