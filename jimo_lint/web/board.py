"""The findings of the last run of each inspection with the decisions on them, in memory and up to date."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from jimo_lint.model import Conflict, Deadlines, Decision, Finding, Opinion, Scope, State
from jimo_lint.model.families import family
from jimo_lint.review.effect import effect, is_over, lapsed, prevailing
from jimo_lint.review.historian import Clock
from jimo_lint.store import Store, decisions, runs
from jimo_lint.store.runs import KeptRun, Life

# Under which a decision is looked up: of one finding, of a rule's word, of a rule in a column or account.
_Key = tuple[Scope, str, str, str]

# Opinions that end a finding's being open, for as long as they are in force.
_SETTLED = (Opinion.FALSE_ALARM, Opinion.DEFERRED)


@dataclass(frozen=True, slots=True)
class Office:
    """What the pages know beside the store. titles: of inspections by their codes; today: the day in Beijing.

    folder: of the configuration, below which findings name posts that have no address. missed: what a run did not look
    at, in sentences, from the report that is kept of it.
    """

    site: str
    folder: Path
    titles: Mapping[str, str]
    deadlines: Deadlines
    today: Callable[[], date]
    missed: Callable[[Store, int], tuple[str, ...]]


@dataclass(slots=True)
class Row:
    """A finding as it stands. limit: working days by the standard; due: the deadline in force; None where none is.

    standing: the decision in force, or a conflict; decided: all that reach it, oldest first, undone ones not among
    them. version: of the board when it last changed. days: since it stands there; late: working days over its deadline.
    """

    inspection: str
    finding: Finding
    state: State
    since: date
    returns: int
    limit: int | None
    due: date | None = None
    certain: bool = True
    decided: tuple[Decision, ...] = ()
    standing: Decision | Conflict | None = None
    version: int = 0
    days: int = 0
    late: int = 0
    words: str = ""

    @property
    def key(self) -> str:
        """What names it in addresses."""
        return f"{self.inspection}/{self.finding.fingerprint}"

    @property
    def unit(self) -> str:
        """Who has to put it right."""
        return self.finding.owner or self.place or "（没有写责任单位）"

    @property
    def place(self) -> str:
        """The column or account."""
        return self.finding.column_name or self.finding.account_name

    @property
    def gone(self) -> bool:
        """Not found any more by the last run that looked."""
        return self.state.gone

    @property
    def open(self) -> bool:
        """Still to be put right: neither gone nor dismissed nor put off."""
        return not self.gone and self.opinion not in _SETTLED

    @property
    def opinion(self) -> Opinion | None:
        """That in force; None where nobody decided, or two are of different opinions."""
        return self.standing.opinion if isinstance(self.standing, Decision) else None

    @property
    def disputed(self) -> bool:
        """Whether two persons are of different opinions."""
        return isinstance(self.standing, Conflict)

    def search_text(self) -> str:
        """All words by which it can be found, in lower case; made when first asked for."""
        if not self.words:
            one = self.finding
            said = (
                one.code, one.title, one.message, one.subject, one.url, one.matched, one.excerpt, one.column_name,
                one.account_name, one.owner, *one.suggestions,
            )  # fmt: skip
            self.words = "\n".join(said).casefold()
        return self.words


@dataclass(slots=True)
class Board:
    """All rows. Belongs to the thread that opened the store; `refresh` before it is read.

    version: grows with every change of a decision; loaded: with every change of runs or of the day.
    """

    store: Store
    office: Office
    rows: dict[str, Row] = field(default_factory=dict)
    trend: dict[str, tuple[KeptRun, ...]] = field(default_factory=dict)
    version: int = 1
    loaded: int = 0
    _day: date = date.min
    _run: tuple[int, int] = (-1, 0)
    _mark: tuple[int, int] = (0, 0)
    _decisions: dict[_Key, list[Decision]] = field(default_factory=dict)
    _reach: dict[_Key, list[Row]] = field(default_factory=dict)
    _missed: dict[int, tuple[str, ...]] = field(default_factory=dict)
    _clock: Clock = field(init=False)

    def refresh(self) -> None:
        """Take over what runs and reviewers stored meanwhile."""
        today = self.office.today()
        # A recheck changes how findings stand without a run.
        newest = self.store.rows("SELECT coalesce(max(id), 0), (SELECT count(gone) FROM finding) FROM run")[0]
        if (newest, today) != (self._run, self._day):
            self._load(today)
            self._run = newest
        mark = decisions.mark(self.store)
        if mark == self._mark:
            return
        (last, undone), (_, undone_now) = self._mark, mark
        self.version += 1
        if undone == undone_now:
            self._add(decisions.decisions(self.store, after=last))
        else:
            self._decisions.clear()
            self._add(decisions.decisions(self.store), every=True)
        self._mark = mark

    def changed(self, since: int) -> list[Row]:
        """The rows on which decisions came or went after a version."""
        return [row for row in self.rows.values() if row.version > since]

    def missed(self, run: int) -> tuple[str, ...]:
        """What a run did not look at; read when it is first asked for."""
        if run not in self._missed:
            self._missed = {run: self.office.missed(self.store, run), **self._missed}
        return self._missed[run]

    def last_runs(self) -> list[KeptRun]:
        """The last run of each inspection, in the order of their titles."""
        return [kept[-1] for kept in self.trend.values()]

    def _load(self, today: date) -> None:
        self._day = today
        self.loaded += 1
        kept = runs.runs(self.store)
        by_code = defaultdict(list)
        for run in kept:
            by_code[run.inspection].append(run)
        self.trend = {code: tuple(by_code[code]) for code in self.office.titles if by_code[code]}
        self.rows = {}
        self._reach = defaultdict(list)
        self._clock = Clock(today, self.office.deadlines)
        for code, all_runs in self.trend.items():
            last = all_runs[-1]
            for life in runs.lives(self.store, code):
                if life.gone is None or (life.state.gone and life.gone >= last.as_of):
                    row = self._row(code, life, today)
                    self.rows[row.key] = row
                    for key in _keys(row):
                        self._reach[key].append(row)
        self._mark = (0, 0)
        self._decisions = {}
        self.version += 1

    def _row(self, code: str, life: Life, today: date) -> Row:
        finding = life.finding()
        limit = self.office.deadlines.days(family(finding.code).term, finding.severity)
        row = Row(code, finding, life.state, life.since, life.returns, limit)
        row.days = max((today - life.since).days, 0)
        self._count(row)
        return row

    def _add(self, new: Iterable[Decision], *, every: bool = False) -> None:
        """Take over decisions and settle anew the rows that they reach, or, after an undoing, every row."""
        touched: dict[str, Row] = {}
        for one in new:
            if not one.undone:
                key = _key(one)
                self._decisions.setdefault(key, []).append(one)
                touched.update((row.key, row) for row in self._reach.get(key, ()))
        for row in self.rows.values() if every else touched.values():
            reaching = [one for key in _keys(row) for one in self._decisions.get(key, ())]
            decided = tuple(sorted(reaching, key=lambda one: one.id))
            if decided != row.decided:
                row.decided = decided
                row.standing = self._standing(row)
                row.version = self.version
                self._count(row)

    def _standing(self, row: Row) -> Decision | Conflict | None:
        """What is in force on a row."""
        own, *wide = (effect(self._decisions.get(key, ()), self._day) for key in _keys(row))
        return prevailing(own, wide)

    def _count(self, row: Row) -> None:
        """Count its deadline, from the day on which it was confirmed, and how long that is over."""
        standing = row.standing if isinstance(row.standing, Decision) and row.opinion not in _SETTLED else None
        if standing and is_over(standing, row.since, row.returns):
            standing = None
        own = [one for one in row.decided if one.scope is Scope.FINDING]
        put_off = None if row.standing else lapsed(own, self._day).get(row.finding.fingerprint)
        limit = self._clock.limit(row.since, row.limit, standing, put_off)
        row.due, row.certain = (limit.day, limit.certain) if limit else (None, True)
        row.late = self._clock.late(row.due) if row.due and row.open else 0


def _keys(row: Row) -> tuple[_Key, ...]:
    """Under which decisions on a row are found."""
    one, code = row.finding, row.inspection
    keys: list[_Key] = [(Scope.FINDING, code, one.fingerprint, "")]
    if one.matched:
        keys.append((Scope.WORD, code, one.code, one.matched))
    if whom := one.column_name or one.account_name:
        keys.append((Scope.COLUMN, code, one.code, whom))
    return tuple(keys)


def _key(one: Decision) -> _Key:
    if one.scope is Scope.WORD:
        return (Scope.WORD, one.inspection, one.code, one.word)
    if one.scope is Scope.COLUMN:
        return (Scope.COLUMN, one.inspection, one.code, one.column)
    return (Scope.FINDING, one.inspection, one.fingerprint, "")
