"""Judges documents in this process and, where there are many, in as many others as the machine has cores."""

from __future__ import annotations

from collections import deque
from collections.abc import Generator, Iterable, Iterator, Mapping, Sequence
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

from jimo_lint.errors import InputError
from jimo_lint.lint.engine import Engine
from jimo_lint.model import Context, Document, Finding, Problem, ProblemCode, Rule, unreadable
from jimo_lint.runtime.processes import DiedError, Pool, cores, result_of

if TYPE_CHECKING:
    from concurrent.futures import Future

# Characters of documents that are looked at together: more gain little time, and they are in memory at once.
_BATCH = 20_000
# Characters after which others help: to start them takes as long as to judge so many.
_MANY = 200_000
_AHEAD = 2  # batches that a process has at a time
_MOST = 16  # batches a process that wait, judged, for one before them

_Found = list[tuple[list[Finding], list[Problem]]]


class Judgement(NamedTuple):
    """What the rules say about a document. problems: why they do not, where they do not."""

    document: Document
    findings: Sequence[Finding]
    problems: Sequence[Problem]


class Judges:
    """The engine of a run and, for much to do, those of other processes: `jobs` with this one, all cores unless given.

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
                yield from self._together(chain([batch], batches))
                return
            yield from _judgements(batch, _judged(self.engine, batch))
            judged += sum(len(document.text) for document in batch)

    def _together(self, batches: Iterable[list[Document]]) -> Iterator[Judgement]:
        """This process does what the others have no time for: at first all, while they start."""
        with Pool(self._jobs - 1, _begin, *self._given, preload=(__name__, "numpy")) as pool:
            waiting: deque[_Batch] = deque()
            for documents in batches:
                batch = _Batch(documents)
                given = sum(not one.done for one in waiting)
                if given < _AHEAD * pool.number:
                    batch.give(pool)
                else:
                    batch.found = _judged(self.engine, documents)
                waiting.append(batch)
                while waiting and (waiting[0].done or len(waiting) > _MOST * self._jobs):
                    yield from waiting.popleft().judged(pool)
            for one in waiting:
                yield from one.judged(pool)


class _Batch:
    """Documents that are judged here, or given to another process."""

    def __init__(self, documents: list[Document]) -> None:
        self._documents = documents
        self._future: Future[_Found] | None = None
        self.found: _Found = []

    def give(self, pool: Pool) -> None:
        """Have another process judge them."""
        self._future = pool.start(_judge, self._documents)

    @property
    def done(self) -> bool:
        """Whether nobody has to wait for them."""
        return self._future is None or self._future.done()

    def judged(self, pool: Pool) -> Iterator[Judgement]:
        """Where the process died each is judged alone: that with which one dies once more is named."""
        try:
            found = result_of(self._future) if self._future else self.found
        except DiedError:
            if len(self._documents) > 1:
                for document in self._documents:
                    alone = _Batch([document])
                    alone.give(pool)
                    yield from alone.judged(pool)
                return
            [document] = self._documents
            fault = InputError(
                document.url or document.id,
                "查它的进程异常结束（可能内存不够）",
                "请核对其内容，拆小后再试；还不行请把它交给开发者",
            )
            found = [([], [unreadable(fault, ProblemCode.NOT_JUDGED)])]
        yield from _judgements(self._documents, found)


def _judgements(documents: Iterable[Document], found: _Found) -> Iterator[Judgement]:
    return (Judgement(document, *each) for document, each in zip(documents, found, strict=True))


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


def _judged(engine: Engine, documents: Sequence[Document]) -> _Found:
    if len(documents) > 1:
        engine.expect(documents)
    found: _Found = []
    for document in documents:
        problems: list[Problem] = []
        found.append((engine.judged(document, problems), problems))
    return found


_engines: list[Engine] = []  # of a worker: the one with which it was begun


def _begin(rules: Sequence[Rule], context: Context, names: Mapping[str, tuple[str, str]]) -> None:
    _engines[:] = [Engine(rules, context, names=names)]


def _judge(documents: Sequence[Document]) -> _Found:
    return _judged(_engines[0], documents)
