"""Judges documents in this process and, where there are many, in as many others as the machine has cores."""

from __future__ import annotations

from collections import deque
from collections.abc import Generator, Iterable, Iterator, Mapping, Sequence
from itertools import chain
from typing import NamedTuple

from jimo_lint.errors import InputError
from jimo_lint.lint.engine import Engine
from jimo_lint.model import Context, Document, Finding, Problem, ProblemCode, Rule, unreadable
from jimo_lint.runtime.processes import DiedError, Pool, cores, result_of

# Characters of documents that are looked at together: more gain little time, and they are in memory at once.
_BATCH = 20_000
# Characters after which others help: to start them takes as long as to judge so many.
_MANY = 300_000
_AHEAD = 2  # batches a worker that wait while the ones before are judged


class Judgement(NamedTuple):
    """What the rules say about a document. problems: why they do not, where they do not."""

    document: Document
    findings: Sequence[Finding]
    problems: Sequence[Problem]


class Judges:
    """The engine of a run, and those of `jobs` processes (all cores, unless given), started where there is much to do.

    What they say does not depend on how many they are. names: as in `Engine`.
    """

    def __init__(
        self,
        rules: Sequence[Rule],
        context: Context,
        *,
        names: Mapping[str, tuple[str, str]] | None = None,
        jobs: int | None = None,
    ) -> None:
        self.engine = Engine(rules, context, names=names)
        self._given = (tuple(rules), context, dict(names or {}))
        self._jobs = cores() if jobs is None else jobs

    def each(self, documents: Iterable[Document]) -> Generator[Judgement, None, None]:
        """Every document judged, in their order."""
        batches = _batches(documents)
        judged = 0
        for batch in batches:
            if judged >= _MANY and self._jobs > 1:
                yield from self._elsewhere(chain([batch], batches))
                return
            yield from map(Judgement, batch, *zip(*_judged(self.engine, batch), strict=True))
            judged += sum(len(document.text) for document in batch)

    def _elsewhere(self, batches: Iterable[list[Document]]) -> Iterator[Judgement]:
        with Pool(self._jobs, _begin, *self._given, preload=(__name__, "numpy")) as pool:
            waiting: deque[_Batch] = deque()
            for batch in batches:
                waiting.append(_Batch(pool, batch))
                if len(waiting) > self._jobs * _AHEAD:
                    yield from waiting.popleft().judged()
            for one in waiting:
                yield from one.judged()


class _Batch:
    """Documents that another process judges."""

    def __init__(self, pool: Pool, documents: list[Document]) -> None:
        self._pool = pool
        self._documents = documents
        self._future = pool.start(_judge, documents)

    def judged(self) -> Iterator[Judgement]:
        """Where the process dies each is judged alone: that with which it dies once more is named."""
        try:
            found = result_of(self._future)
        except DiedError:
            if len(self._documents) > 1:
                for document in self._documents:
                    yield from _Batch(self._pool, [document]).judged()
                return
            [document] = self._documents
            fault = InputError(
                document.url or document.id,
                "查它的进程异常结束（可能内存不够）",
                "请核对其内容，拆小后再试；还不行请把它交给开发者",
            )
            found = [([], [unreadable(fault, ProblemCode.NOT_JUDGED)])]
        yield from map(Judgement, self._documents, *zip(*found, strict=True))


def _batches(documents: Iterable[Document]) -> Iterator[list[Document]]:
    batch: list[Document] = []
    characters = 0
    for document in documents:
        batch.append(document)
        characters += len(document.text)
        if characters >= _BATCH:
            yield batch
            batch, characters = [], 0
    if batch:
        yield batch


def _judged(engine: Engine, documents: Sequence[Document]) -> list[tuple[list[Finding], list[Problem]]]:
    if len(documents) > 1:
        engine.expect(documents)
    found = []
    for document in documents:
        problems: list[Problem] = []
        found.append((engine.judged(document, problems), problems))
    return found


_engines: list[Engine] = []  # of a worker: the one with which it was begun


def _begin(rules: Sequence[Rule], context: Context, names: Mapping[str, tuple[str, str]]) -> None:
    _engines[:] = [Engine(rules, context, names=names)]


def _judge(documents: Sequence[Document]) -> list[tuple[list[Finding], list[Problem]]]:
    return _judged(_engines[0], documents)
