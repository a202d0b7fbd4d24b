"""Which reports our own rules had found, and the figure that comes of it."""

from __future__ import annotations

from datetime import date

import pytest

from jimo_lint.model import Finding, Severity
from jimo_lint.model.tickets import Check, Claim, Complaint, Knowledge, Known, Outcome, Recall, Ticket, TicketResult
from jimo_lint.review.complaints import claim
from jimo_lint.review.knowledge import Trace, known, recall

URL = "https://www.qingtan.example/a.html"
RECEIVED = date(2026, 11, 20)
EARLY, LATE = date(2026, 11, 13), date(2026, 11, 27)


def word(matched: str, code: str = "T101") -> Finding:
    return Finding(code, "x", "错别字", Severity.ERROR, "", "题", URL, matched=matched)


def asked(
    said: str, *traces: Trace, looked: date | None = EARLY, category: str = "", targets: tuple[str, ...] = ()
) -> Known:
    ticket = Ticket("1", RECEIVED, url=URL, said=said, category=category)
    return known(ticket, claim(ticket), targets, traces, looked)


@pytest.mark.parametrize(
    ("said", "matched", "knowledge"),
    [
        ("“共亨”应为“共享”", "共亨", Knowledge.BEFORE),
        ("“推进共建共亨”应为“推进共建共享”", "共亨", Knowledge.BEFORE),
        ("“共亨”应为“共享”", "共建共亨共治", Knowledge.BEFORE),
        ("“帐户”应为“账户”", "帐", Knowledge.BEFORE),
        ("“共亨”有错字", "共 亨", Knowledge.BEFORE),
        ("“人民政”应为“人民政府”", "人民政", Knowledge.BEFORE),
        # Another fault of the same page, or of the same sentence.
        ("“共亨”应为“共享”", "帐户", Knowledge.MISSED),
        ("“推进布署，共建共亨”应为“推进布署，共建共享”", "布署", Knowledge.MISSED),
        ("“共建共亨，”有错字", "，", Knowledge.MISSED),
    ],
)
def test_the_same_words(said: str, matched: str, knowledge: Knowledge) -> None:
    """Those which the report calls wrong, not others beside them."""
    assert asked(said, Trace(word(matched), EARLY)).knowledge is knowledge


def test_before_it_came_or_after() -> None:
    """A finding of the same day is not one of before; one that was gone by then is none at all for that."""
    said = "“共亨”应为“共享”"
    assert asked(said, Trace(word("共亨"), EARLY)) == Known(Knowledge.BEFORE, ("T101",), EARLY)
    assert asked(said, Trace(word("共亨"), LATE)) == Known(Knowledge.AFTER, ("T101",), LATE)
    assert asked(said, Trace(word("共亨"), RECEIVED)).knowledge is Knowledge.AFTER
    assert asked(said, Trace(word("共亨"), EARLY, gone=date(2026, 11, 16))).knowledge is Knowledge.AFTER
    assert asked(said, Trace(word("共亨"), EARLY, gone=LATE)).knowledge is Knowledge.BEFORE
    both = (Trace(word("共亨", "T104"), EARLY), Trace(word("共亨"), LATE))
    assert asked(said, *both).codes == ("T101", "T104")


def test_not_looked_at_is_not_missed() -> None:
    """Nor is what no rule could be matched with."""
    assert asked("“共亨”应为“共享”", looked=None).knowledge is Knowledge.UNSEEN
    assert asked("“共亨”应为“共享”").knowledge is Knowledge.MISSED
    assert asked("有错别字", category="错别字").knowledge is Knowledge.VAGUE
    assert asked("没人回复").knowledge is Knowledge.VAGUE
    assert asked("图片打不开").knowledge is Knowledge.VAGUE


def test_links_and_columns() -> None:
    """A link by where it leads, a column by its address and only where the finding is of its updating."""
    dead = Finding(
        "L101", "x", "失效链接", Severity.ERROR, "", "https://www.qingtan.example/gone.html", URL, kind="link"
    )
    stale = Finding("C102", "x", "更新不及时", Severity.VETO, "", "通知公告", URL, kind="column")
    forged = Finding("C131", "x", "疑似换日期", Severity.NOTICE, "", "通知公告", URL, kind="column")
    links = (dead.subject,)
    assert asked("打不开", Trace(dead, EARLY), targets=links).knowledge is Knowledge.BEFORE
    assert asked("打不开", Trace(dead, EARLY), targets=(URL,)).knowledge is Knowledge.MISSED
    assert asked("不更新", Trace(stale, EARLY), targets=(URL,)).knowledge is Knowledge.BEFORE
    assert asked("不更新", Trace(forged, EARLY), targets=(URL,)).knowledge is Knowledge.MISSED


def made(number: str, knowledge: Knowledge, outcome: Outcome, came: date | None = RECEIVED) -> TicketResult:
    ticket = Ticket(number, came)
    return TicketResult(ticket, Complaint.WORDING, Check(outcome, ""), Known(knowledge))


def test_the_figures_say_what_they_are_out_of() -> None:
    """In the first what was looked at before it came, in the second what still stands; the rest is told."""
    some = [
        made("a", Knowledge.BEFORE, Outcome.STILL),
        made("b", Knowledge.MISSED, Outcome.STILL),
        made("c", Knowledge.MISSED, Outcome.MENDED),
        made("d", Knowledge.AFTER, Outcome.STILL),
        made("e", Knowledge.UNSEEN, Outcome.STILL),
        made("f", Knowledge.VAGUE, Outcome.UNVERIFIED),
        made("g", Knowledge.MISSED, Outcome.UNVERIFIED, came=None),
    ]
    found = recall(some, looked_before=["a", "b", "c"], reported=["a", "d"])
    assert (found.before, found.looked_before) == (1, 3)
    assert (found.reported, found.standing) == (2, 3)
    assert found.apart == {"没有写明错处，或不是机器能查的": 1, "不知道何时收到": 1, "收到之前没有检查过那里": 2}
    assert found.looked_before + sum(found.apart.values()) == len(some)
    assert recall([], [], []) == Recall()


def test_a_claim_without_anything_is_vague() -> None:
    """Whatever was found at its place."""
    assert (
        known(Ticket("1"), Claim(Complaint.OTHER), (), [Trace(word("共亨"), EARLY)], EARLY).knowledge is Knowledge.VAGUE
    )
