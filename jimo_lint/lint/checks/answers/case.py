"""What the rules about answers are given, and what they say."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from datetime import date
from functools import cached_property
from types import MappingProxyType
from typing import NamedTuple

from jimo_lint.evidence.answers.folding import Folded
from jimo_lint.evidence.answers.items import Item, lists
from jimo_lint.evidence.answers.kinds import KindForm, blanked, forms, history, without_law
from jimo_lint.evidence.answers.reading import read_folded
from jimo_lint.evidence.answers.remedies import remedies
from jimo_lint.lint.checks.answers.templates import Templates
from jimo_lint.model import Context, Document, Span
from jimo_lint.model.answers import Answer, AnswerKind, AnswerPart

_REMEDIES = re.compile(r"复议|诉讼|起诉")
SENTENCE = re.compile(r"[^。\n；]+")


class Fault(NamedTuple):
    """One place where an answer is at fault; `doubtful` and `suggestions` as in `Hit`."""

    span: Span | None = None
    args: Mapping[str, str] = MappingProxyType({})
    doubtful: bool = False
    suggestions: tuple[str, ...] = ()


class Case:
    """One answer, read once for all rules."""

    def __init__(self, document: Document, context: Context, templates: Templates) -> None:
        self.document = document
        self.context = context
        self.templates = templates
        self.folded = Folded(document)
        told = remedies(self.folded)
        self._appealing = told.sentences
        self.answer: Answer = read_folded(document, self.folded, told)
        self._before = tuple(history(self.folded.text)) if self.answer.again else ()

    @cached_property
    def kinds(self) -> Collection[AnswerKind]:
        """Those that its text decides; where it decides none, that of its heading."""
        return self.answer.kinds or tuple(self.answer.all_kinds)

    @property
    def label(self) -> str:
        """What it is, in words."""
        return "、".join(kind.label for kind in self.kinds)

    @cached_property
    def forms(self) -> tuple[KindForm, ...]:
        """What its kinds have to have."""
        known = forms()
        return tuple(known[kind] for kind in self.kinds)

    @cached_property
    def lists(self) -> tuple[tuple[Item, ...], ...]:
        """What it lists by number, in each form in which it does."""
        return lists(self.folded.text, self.told)

    @cached_property
    def answered_lists(self) -> tuple[tuple[Item, ...], ...]:
        """Those lists in which most items are decided."""
        return tuple(one for one in self.lists if 2 * sum(bool(item.kinds) for item in one) > len(one))

    @property
    def day(self) -> date:
        """The day whose law holds: that of the answer, of an undated one that of the check."""
        return self.answer.answered or self.context.as_of

    @cached_property
    def told(self) -> str:
        """The folded text with what it says of appeals blanked: who reviews is nobody whom the answer is about."""
        return blanked(self.folded.text, self._appealing)

    @cached_property
    def own(self) -> str:
        """The same without the words of the law that it quotes and what it tells of an answer before."""
        return without_law(blanked(self.told, self._before))

    @cached_property
    def appeals(self) -> str:
        """The sentences about appeals, one a line."""
        return "\n".join(self.folded.text[start:end] for start, end in self._appealing)

    def written(self, span: Span) -> str:
        """What stands there."""
        return "".join(self.document.text[span.start : span.end].split())

    def has(self, part: AnswerPart) -> bool:
        """Whether it was seen."""
        return part in self.answer.parts

    def sentences(self) -> Iterator[re.Match[str]]:
        """Those of the folded text that are about no appeal."""
        text = blanked(self.folded.text, self._before)
        return (one for one in SENTENCE.finditer(text) if not _REMEDIES.search(one[0]))
