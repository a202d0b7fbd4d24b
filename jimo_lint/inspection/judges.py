"""Judges documents in this process and, where there are many, in others, as many as the machine has cores in all."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from contextlib import suppress
from itertools import chain, islice
from typing import TYPE_CHECKING, Any, Generic, Protocol, TypeVar

from jimo_lint.errors import InputError
from jimo_lint.model import Document, Finding, Problem, ProblemCode, unreadable
from jimo_lint.runtime.memory import release
from jimo_lint.runtime.processes import DiedError, Pool, cores, result_of
from jimo_lint.values import NamedTuple

if TYPE_CHECKING:
    from concurrent.futures import Future

    from jimo_lint.store.attachments import Packed

# Characters of documents that are looked at together: more gain little time, and they are in memory at once.
_BATCH = 40_000
# Documents of which all is known that go with them.
_MOST_KNOWN = 200
# Characters for which others are started: to start one takes as long as to judge so many.
_MANY = 100_000
_AHEAD = 2  # batches that a process has at a time
_MOST = 8  # batches a process that wait, judged, for one before them


# What is judged; of a packed document nothing but what the rules have not said about it yet.
Item = TypeVar("Item", "Document", "Document | Packed")


class Judge(Protocol):
    """Who says what the rules find: the engine, or those of drafts for which different rules hold.

    unsure: how many findings so far were not sure enough for what was asked.
    """

    @property
    def unsure(self) -> int: ...

    def expect(self, documents: Sequence[Document]) -> None:
        """As `Engine.expect`."""
        ...

    def judged(self, document: Document, problems: list[Problem]) -> list[Finding]:
        """As `Engine.judged`."""
        ...


class Said(NamedTuple):
    """What the rules say about a document. problems: why they do not, where they do not. unsure: as in `Judge`."""

    findings: Sequence[Finding]
    problems: Sequence[Problem] = ()
    unsure: int = 0


class Judgement(NamedTuple, Generic[Item]):
    """A document and what was said about it. anew: it was judged now."""

    document: Item
    said: Said
    anew: bool = True


class Judges:
    """The judge of this process and, for much to do, those of others: `jobs` with this one, all cores unless given.

    What they say does not depend on how many they are. make: one more judge like this one, in another process. apart:
    much to do is all left to others, so that this process, which holds what they find, need not hold what they know.
    """

    def __init__(
        self, judge: Judge, make: Callable[[], Judge], *, jobs: int | None = None, apart: bool = False
    ) -> None:
        self._judge = judge
        self._make = make
        self._jobs = cores() if jobs is None else jobs
        self._apart = apart

    def each(
        self, documents: Iterable[Item], known: Callable[[Item], Said | None] | None = None
    ) -> Generator[Judgement[Item], None, None]:
        """Every document judged, in their order. known: what is known of one already, asked once for each; a packed one
        is unpacked where that is nothing."""
        batches = _batches(documents, known or (lambda _: None))
        judged = 0
        # Apart, not even the first of much is judged here: so many are looked at that it is seen to be much.
        ahead = 1 + _MANY // _BATCH if self._apart else 1
        while some := list(islice(batches, ahead)):
            judged += sum(batch.characters for batch in some)
            if judged >= _MANY and self._jobs > 1:
                yield from self._together(chain(some, batches))
                return
            for batch in some:
                batch.judge(self._judge)
                yield from batch.judgements()

    def _together(self, batches: Iterable[_Batch[Item]]) -> Iterator[Judgement[Item]]:
        """This process does what the others have no time for, at first all, while they start; apart, nothing."""
        number = self._jobs - (not self._apart)
        with Pool(number, _begin, self._make, preload=(__name__, "numpy")) as pool:
            if self._apart:
                release()  # what it has judged so far was little
                with suppress(DiedError):
                    result_of(pool.start(_prepare))
            waiting: deque[_Batch[Item]] = deque()
            for batch in batches:
                given = [one for one in waiting if not one.done]
                if self._apart and len(given) >= _AHEAD * number:
                    _Batch.wait(given)
                if batch.new and (self._apart or len(given) < _AHEAD * number):
                    batch.give(pool)
                else:
                    batch.judge(self._judge)
                waiting.append(batch)
                while waiting and (waiting[0].done or len(waiting) > _MOST * self._jobs):
                    yield from waiting.popleft().judgements(pool)
            for one in waiting:
                yield from one.judgements(pool)


class _Batch(Generic[Item]):
    """Documents that are judged together, here or by another process, and among them those of which all is known.

    new: to be judged; characters: of these.
    """

    def __init__(self) -> None:
        self.new: list[Document] = []
        self.characters = 0
        self._all: list[tuple[Item, Said | None]] = []
        self._future: Future[list[Said]] | None = None
        self._said: list[Said] = []

    def __len__(self) -> int:
        return len(self._all)

    def add(self, document: Item, said: Said | None) -> None:
        """One more."""
        self._all.append((document, said))
        if said is None:
            unpacked = document if isinstance(document, Document) else document.unpack()
            self.new.append(unpacked)
            self.characters += len(unpacked.text)

    def judge(self, judge: Judge) -> None:
        """Judge them here."""
        self._said = _judged(judge, self.new)

    def give(self, pool: Pool) -> None:
        """Have another process judge them."""
        self._future = pool.start(_judge, self.new)

    @staticmethod
    def wait(given: Iterable[_Batch[Any]]) -> None:
        """Until the first of those that others judge is done."""
        from concurrent.futures import FIRST_COMPLETED, wait  # of no use to a check of few drafts

        wait([one._future for one in given if one._future], return_when=FIRST_COMPLETED)

    @property
    def done(self) -> bool:
        """Whether nobody has to wait for them."""
        return self._future is None or self._future.done()

    def judgements(self, pool: Pool | None = None) -> Iterator[Judgement[Item]]:
        """What was said of each, in their order."""
        said = iter(self._found(pool) if pool and self._future else self._said)
        for document, before in self._all:
            yield Judgement(document, next(said) if before is None else before, before is None)

    def _found(self, pool: Pool) -> Iterator[Said]:
        """Where the process died each is judged alone: that with which one dies once more is named."""
        try:
            if self._future:
                yield from result_of(self._future)
        except DiedError:
            if len(self.new) > 1:
                for document in self.new:
                    alone: _Batch[Document] = _Batch()
                    alone.add(document, None)
                    alone.give(pool)
                    yield from alone._found(pool)
                return
            fault = InputError(
                self.new[0].url or self.new[0].id,
                "查它的进程异常结束（可能内存不够）",
                "请核对其内容，拆小后再试；还不行请把它交给开发者",
            )
            yield Said([], [unreadable(fault, ProblemCode.NOT_JUDGED)])


def _batches(documents: Iterable[Item], known: Callable[[Item], Said | None]) -> Iterator[_Batch[Item]]:
    batch: _Batch[Item] = _Batch()
    for document in documents:
        batch.add(document, known(document))
        if batch.characters >= _BATCH or len(batch) - len(batch.new) >= _MOST_KNOWN:
            yield batch
            batch = _Batch()
    if len(batch):
        yield batch


def _judged(judge: Judge, documents: Sequence[Document]) -> list[Said]:
    if len(documents) > 1:
        judge.expect(documents)
    found: list[Said] = []
    for document in documents:
        problems: list[Problem] = []
        before = judge.unsure
        findings = judge.judged(document, problems)
        found.append(Said(findings, problems, judge.unsure - before))
    return found


_own: list[Judge] = []  # of a worker: the one with which it was begun


def _begin(make: Callable[[], Judge]) -> None:
    _own[:] = [make()]


def _prepare() -> None:
    """Have what lies unpacked in the cache folder there: that all of them unpack it at once takes 200 MB of each."""
    _own[0].expect(())


def _judge(documents: Sequence[Document]) -> list[Said]:
    return _judged(_own[0], documents)
