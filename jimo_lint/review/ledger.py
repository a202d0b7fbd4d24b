"""Reads the ledger (整改台账) from the store: what has become of every finding that the kept runs know."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from jimo_lint.errors import StoreError
from jimo_lint.model import Conflict, Deadlines, State
from jimo_lint.model.ledger import Entry, LastRun, Ledger
from jimo_lint.review.effect import effects, lapsed, silence
from jimo_lint.review.historian import Historian
from jimo_lint.store import Store, decisions, runs


def read(store: Store, site: str, deadlines: Deadlines, as_of: date, year: int, titles: Mapping[str, str]) -> Ledger:
    """The ledger of all inspections as of a day, with the sums of a year. titles: of inspections by their codes.

    StoreError where no run is kept, or where the last one is of a later day: what was known before is not kept.
    """
    last: dict[str, LastRun] = {}
    for run in runs.runs(store):
        title = titles.get(run.inspection, run.inspection)
        last[run.inspection] = LastRun(title, run.as_of, run.complete)
    if not last:
        raise StoreError(str(store.path), "还没有检查过", "请先运行 jimo-lint inspect weekly 或 inspect columns")
    latest = max(run.day for run in last.values())
    if latest > as_of:
        raise StoreError(
            str(store.path),
            f"最近一次检查是 {latest}，在 {as_of} 之后，列不出那天的情况",
            f"请写 --as-of {latest} 或更晚",
        )
    entries = (entry for code in last for entry in _entries(store, code, deadlines, as_of))
    return Ledger(site, as_of, year, last, tuple(entries))


def _entries(store: Store, inspection: str, deadlines: Deadlines, as_of: date) -> Iterator[Entry]:
    given = decisions.decisions(store, inspection)
    in_force, silent = effects(given, as_of), silence(given, as_of)
    historian = Historian(as_of, deadlines, in_force, lapsed(given, as_of))
    for life in runs.lives(store, inspection):
        if life.state is State.REWORDED and life.gone:
            continue  # the finding that took its place goes on with its days
        finding = life.finding()
        decided = in_force.get(life.fingerprint)
        yield Entry(
            inspection,
            finding,
            historian.history(life, finding.severity),
            closed=life.gone if life.state.gone else None,
            silenced=silent.covers(finding),
            claims=decided.decisions if isinstance(decided, Conflict) else (),
        )
