"""Judging in several processes: the same as in one, and what a process dies of costs itself only."""

from __future__ import annotations

import multiprocessing
import os
from datetime import date
from functools import partial

import pytest

from jimo_lint.inspection import judges
from jimo_lint.inspection.context import context
from jimo_lint.inspection.judges import Judgement, Judges, Said
from jimo_lint.inspection.judging import Bench, Settings
from jimo_lint.lint.engine import Engine
from jimo_lint.lint.ruleset import load_rules, select
from jimo_lint.model import Block, Document, Finding, Problem, ProblemCode
from jimo_lint.settings.config import Config

RULES = select(load_rules(), ("T101", "F106"))
CONTEXT = context(Config(), date(2026, 11, 22))


class Deadly(Document):
    """A draft that ends every process but this one when it is judged."""

    __slots__ = ()

    @property
    def text(self) -> str:  # type: ignore[override]
        if multiprocessing.parent_process() is not None:
            os._exit(9)
        return "一切正常。"


def draft(number: int) -> Document:
    return Document(
        f"{number}.txt", f"{number}.txt", "file", "", (Block("body", f"第{number}处自2026年13月1日起按装设备。"),)
    )


class Here(Engine):
    """The judge of this process, which notes what it judges."""

    def __init__(self) -> None:
        super().__init__(RULES, CONTEXT)
        self.documents: list[Document] = []

    def judged(self, document: Document, problems: list[Problem]) -> list[Finding]:
        self.documents.append(document)
        return super().judged(document, problems)


MAKE = partial(Engine, RULES, CONTEXT)


def judged(documents: list[Document], jobs: int | None, *, apart: bool = False) -> list[Judgement]:
    return list(Judges(MAKE(), MAKE, jobs=jobs, apart=apart).each(documents))


@pytest.fixture
def much(monkeypatch: pytest.MonkeyPatch) -> None:
    """Little is much, and batches are of three."""
    monkeypatch.setattr(judges, "_MANY", 0)
    monkeypatch.setattr(judges, "_BATCH", 3 * len(draft(10).text))


@pytest.mark.slow
@pytest.mark.usefixtures("much")
def test_more_processes_say_the_same_in_the_same_order() -> None:
    """Every finding of every document, wherever it was judged."""
    documents = [draft(number) for number in range(10, 80)]
    alone = judged(documents, 1)
    assert [one.document for one in alone] == documents
    assert all(len(one.said.findings) == 2 and not one.said.problems for one in alone)
    assert judged(documents, 3) == alone


@pytest.mark.slow
@pytest.mark.usefixtures("much")
def test_apart_this_process_judges_nothing_of_much() -> None:
    """What the others say is the same, in the same order, however far they are behind."""
    documents = [draft(number) for number in range(10, 80)]
    here = Here()
    assert list(Judges(here, MAKE, jobs=2, apart=True).each(documents)) == judged(documents, 1)
    assert not here.documents


@pytest.mark.slow
@pytest.mark.usefixtures("much")
def test_apart_little_is_judged_here_until_it_is_much(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of documents of which nearly all is known, the first few are judged here, and those after them by others."""
    monkeypatch.setattr(judges, "_MANY", 5 * len(draft(10).text))
    monkeypatch.setattr(judges, "_MOST_KNOWN", 4)
    documents = [draft(number) for number in range(10, 90)]
    before = Said([], unsure=7)
    here = Here()
    each = Judges(here, MAKE, jobs=2, apart=True).each(documents, lambda one: before if one.id[1] != "0" else None)
    found = list(each)
    assert [one.document for one in found] == documents
    assert [one.anew for one in found] == [one.id[1] == "0" for one in documents]
    assert all(len(one.said.findings) == 2 for one in found if one.anew)
    assert [one.id for one in here.documents] == ["10.txt", "20.txt", "30.txt", "40.txt"]


@pytest.mark.slow
@pytest.mark.usefixtures("much")
def test_an_inspection_leaves_much_to_others(monkeypatch: pytest.MonkeyPatch) -> None:
    """It holds what they find, and not the model and the dictionaries as well."""
    bench = Bench(Config(), Settings(date(2026, 11, 22), only=("T101", "F106"), jobs=2))
    monkeypatch.setattr(bench._lasting, "judged", None)
    found = list(bench.documents([draft(number) for number in range(10, 40)], list))
    assert len(found) == 60 and bench.documents_judged == 30 and not bench.problems


@pytest.mark.slow
@pytest.mark.usefixtures("much")
@pytest.mark.parametrize("apart", [False, True])
def test_a_process_that_dies_costs_its_document_only(monkeypatch: pytest.MonkeyPatch, apart: bool) -> None:
    """It is named; those that were to be judged with it, and all others, are judged."""
    monkeypatch.setattr(judges, "_AHEAD", 100)  # nothing is judged here
    deadly = Deadly("坏.txt", "坏.txt", "file", "", (Block("body", "一切正常。"),))
    documents = [*(draft(number) for number in range(10, 14)), deadly, *(draft(number) for number in range(14, 18))]
    found = judged(documents, 2, apart=apart)
    assert [one.document for one in found] == documents
    [lost] = [one for one in found if one.said.problems]
    assert lost.document is deadly and not lost.said.findings
    assert [(problem.code, problem.place) for problem in lost.said.problems] == [(ProblemCode.NOT_JUDGED, "坏.txt")]
    assert all(len(one.said.findings) == 2 for one in found if one is not lost)


@pytest.mark.parametrize("apart", [False, True])
def test_few_documents_start_no_process(monkeypatch: pytest.MonkeyPatch, apart: bool) -> None:
    """To start one takes longer than to judge a folder of some dozens."""
    monkeypatch.setattr(judges, "Pool", None)
    assert len(judged([draft(number) for number in range(10, 60)], 8, apart=apart)) == 50


@pytest.mark.slow
@pytest.mark.usefixtures("much")
def test_what_is_known_is_not_judged_and_keeps_its_place() -> None:
    """Neither here nor by another process."""
    documents = [draft(number) for number in range(10, 60)]
    before = Said([], unsure=7)
    found = list(Judges(MAKE(), MAKE, jobs=2).each(documents, lambda one: before if one.id < "40" else None))
    assert [one.document for one in found] == documents
    assert [one.anew for one in found] == [one.id >= "40" for one in documents]
    assert all(one.said is before if not one.anew else len(one.said.findings) == 2 for one in found)
