"""Makes entries of a ledger for the tests of its views and writers; all names are invented."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from jimo_lint.inspection import INSPECTIONS
from jimo_lint.model import Decision, Finding, History, Opinion, Severity, State
from jimo_lint.model.ledger import Entry, LastRun, Ledger
from tests.support.report_samples import SITE, word_finding

AS_OF = date(2026, 11, 22)
TITLES = {"weekly": "周检", "columns": "栏目体检"}


def decision(opinion: Opinion, reviewer: str = "赵审", day: date = AS_OF, **fields: object) -> Decision:
    """What a reviewer decided of some finding."""
    return replace(Decision("weekly", "", opinion, day, reviewer), **fields)  # type: ignore[arg-type]


def entry(
    number: int = 1,
    owner: str = "区融媒体中心",
    since: date = date(2026, 11, 2),
    *,
    state: State = State.STILL,
    closed: date | None = None,
    silenced: bool = False,
    due: date | None = None,
    overdue: int = 0,
    decided: Decision | None = None,
    claims: tuple[Decision, ...] = (),
    **finding: object,
) -> Entry:
    """A problem that is still there, unless something else is said."""
    held: Finding = replace(word_finding(owner=owner, fingerprint=f"{number:016x}"), **finding)  # type: ignore[arg-type]
    history = History(
        state, since, since, (AS_OF - since).days, due, overdue=overdue, decision=decided, disputed=bool(claims)
    )
    return Entry("weekly", held, history, closed, silenced, claims)


def ledger(entries: Iterable[Entry], year: int = AS_OF.year, *, complete: bool = True) -> Ledger:
    """A ledger of them, of all inspections."""
    runs = {one.code: LastRun(one.title, AS_OF, True) for one in INSPECTIONS.values() if one.module}
    runs["weekly"] = runs["weekly"]._replace(complete=complete)
    runs["columns"] = runs["columns"]._replace(day=date(2026, 11, 16))
    return Ledger(SITE, AS_OF, year, runs, tuple(entries))


def sample() -> Ledger:
    """Of every kind one: over its limit, within it, not looked at, mended, taken down, dismissed, in dispute."""
    mended = decision(Opinion.MENDED, progress="已改为“部署”，11月20日重新发布")
    return ledger(
        (
            entry(1, due=date(2026, 11, 5), overdue=12, decided=decision(Opinion.CONFIRMED, reason="属实")),
            entry(
                2, "区农业农村局", date(2026, 11, 20), due=date(2026, 11, 25), state=State.NEW, account_name="云溪三农"
            ),
            entry(
                3,
                "区应急管理局",
                date(2025, 12, 30),
                state=State.UNCHECKED,
                due=date(2026, 1, 5),
                overdue=210,
                account_name="云溪应急",
                severity=Severity.VETO,
                code="S104",
                title="固定政治表述写错",
                matched="一带一路战略",
            ),
            entry(4, since=date(2026, 3, 4), closed=date(2026, 3, 9), state=State.CLOSED, decided=mended),
            entry(5, since=date(2026, 3, 4), closed=date(2026, 4, 1), state=State.OFFLINE),
            entry(6, silenced=True, decided=decision(Opinion.FALSE_ALARM, reason="引用原文")),
            entry(
                7,
                "区司法局",
                date(2026, 10, 8),
                account_name="",
                column_name="规范性文件",
                code="C102",
                title="栏目更新不及时",
                matched="",
                due=date(2026, 10, 15),
                overdue=26,
                claims=(decision(Opinion.CONFIRMED, "钱审"), decision(Opinion.MENDED, "孙审")),
            ),
            entry(8, "", severity=Severity.NOTICE, title="慎用词", account_name="云溪文旅"),
            entry(9, since=date(2024, 5, 6), closed=date(2025, 2, 1), state=State.MENDED),
        )
    )
