"""One clock for all requests: who is overdue is ended, and nobody else."""

from __future__ import annotations

import asyncio

import pytest

from jimo_lint.linkcheck.deadlines import Patience, current

pytestmark = pytest.mark.slow

SHORT = 0.05


def test_only_who_is_overdue_is_ended_and_goes_on_afterwards() -> None:
    """The task takes the end of its time for what it is, and may be given more."""

    async def work(patience: Patience, seconds: float) -> list[str]:
        told = []
        for _ in range(2):
            patience.allow(current(), SHORT)
            try:
                await asyncio.sleep(seconds)
                told.append("done")
            except asyncio.CancelledError:
                assert patience.is_out(current())
                told.append("overdue")
            finally:
                patience.done(current())
        return told

    async def run() -> list[list[str]]:
        patience = Patience(SHORT)
        told = await asyncio.gather(work(patience, 10), work(patience, 0.001))
        await asyncio.sleep(3 * SHORT)  # nobody is ended who is through
        patience.close()
        return told

    assert asyncio.run(run()) == [["overdue", "overdue"], ["done", "done"]]


def test_an_interrupt_from_elsewhere_is_not_taken_for_the_end_of_time() -> None:
    """Ctrl-C cancels tasks, too, also in the very moment when their time is over."""

    async def work(patience: Patience, told: list[bool]) -> None:
        patience.allow(current(), SHORT)
        try:
            await asyncio.sleep(10)
        except asyncio.CancelledError:
            told.append(patience.is_out(current()))
            raise

    async def run() -> list[bool]:
        patience, told = Patience(SHORT), []
        early, both = (asyncio.create_task(work(patience, told)) for _ in range(2))
        await asyncio.sleep(0)
        early.cancel()
        patience._overdue.add(both)
        both.cancel()
        both.cancel()
        await asyncio.wait([early, both])
        patience.close()
        return told

    assert asyncio.run(run()) == [False, False]
