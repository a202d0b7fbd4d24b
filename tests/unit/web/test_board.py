"""The board: rows as they stand, kept up to date; what is chosen of them; the leader's figures."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from jimo_lint.model import Decision, Opinion, Scope, Severity, State
from jimo_lint.store import Store, decisions
from jimo_lint.web.board import Board, Row
from jimo_lint.web.overview import overview
from jimo_lint.web.selection import Selection
from jimo_lint.web.standing import deadline, said
from tests.support import reviewing
from tests.support.reviewing import TODAY, keep, life, wrong_word


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Where the store is."""
    return tmp_path / "store.sqlite3"


@pytest.fixture
def board(path: Path) -> Iterator[Board]:
    """A board of six findings that the last run had, and one that it had no more."""
    gone = life(wrong_word(6), state=State.MENDED, gone=date(2026, 11, 22))
    keep(path, [*(life(wrong_word(number)) for number in range(6)), gone])
    with Store.open(path, writing=False) as store:
        made = Board(store, reviewing.office())
        made.refresh()
        yield made


def decide(path: Path, number: int, opinion: Opinion, reviewer: str = "张三", **fields: object) -> Decision:
    """What somebody decides, as stored."""
    made = Decision("columns", f"{number:016x}", opinion, TODAY, reviewer, source="浏览器 1")
    with Store.open(path, writing=True, beside=True) as store:
        return decisions.decide(store, replace(made, **fields))  # type: ignore[arg-type]


def row(board: Board, number: int) -> Row:
    """A row by the number of its finding."""
    board.refresh()
    return board.rows[f"columns/{number:016x}"]


def test_decisions_of_others_arrive(board: Board, path: Path) -> None:
    """What was decided elsewhere is there at the next look, and only its row has changed."""
    version = board.version
    decide(path, 1, Opinion.CONFIRMED)
    assert row(board, 1).opinion is Opinion.CONFIRMED
    assert [one.key for one in board.changed(version)] == [row(board, 1).key]
    decide(path, 1, Opinion.FALSE_ALARM)
    assert said(row(board, 1)) == ("false-alarm", "误报", "张三")
    assert not row(board, 1).open and row(board, 2).open


def test_two_opinions_are_told_and_none_is_in_force(board: Board, path: Path) -> None:
    """Both names are said; when one of them changes their mind it is settled."""
    decide(path, 1, Opinion.CONFIRMED)
    decide(path, 1, Opinion.FALSE_ALARM, "李四")
    one = row(board, 1)
    assert one.disputed and one.opinion is None and one.open
    assert said(one) == ("disputed", "有分歧", "张三 确认，李四 误报；都不生效，改成一致后生效")
    decide(path, 1, Opinion.FALSE_ALARM)
    assert said(row(board, 1)) == ("false-alarm", "误报", "李四、张三")


def test_what_is_taken_back_is_gone(board: Board, path: Path) -> None:
    """Undone elsewhere, a decision reaches its row no more, and the others stay."""
    decide(path, 1, Opinion.FALSE_ALARM)
    decide(path, 2, Opinion.CONFIRMED)
    assert row(board, 1).opinion is Opinion.FALSE_ALARM
    version = board.version
    with Store.open(path, writing=True, beside=True) as store:
        undone = decisions.undo_last(store, "张三", "浏览器 1")
        assert undone is not None and undone.opinion is Opinion.CONFIRMED
        assert decisions.undo_last(store, "李四", "浏览器 1") is None
        assert decisions.undo_last(store, "张三", "浏览器 2") is None
    assert row(board, 2).standing is None and row(board, 2).decided == ()
    assert row(board, 1).opinion is Opinion.FALSE_ALARM
    assert [one.key for one in board.changed(version)] == [row(board, 2).key]


def test_the_last_word_counts_also_where_it_repeats_an_earlier_one(board: Board, path: Path) -> None:
    """确认, 误报, 确认 on one day ends with 确认; pressed twice it is one decision; undone, it can be said again."""
    first = decide(path, 1, Opinion.CONFIRMED)
    decide(path, 1, Opinion.FALSE_ALARM)
    third = decide(path, 1, Opinion.CONFIRMED)
    assert third.id > first.id and row(board, 1).opinion is Opinion.CONFIRMED
    assert decide(path, 1, Opinion.CONFIRMED).id == third.id
    with Store.open(path, writing=True, beside=True) as store:
        decisions.undo(store, [third.id])
    assert row(board, 1).opinion is Opinion.FALSE_ALARM
    decide(path, 1, Opinion.CONFIRMED)
    assert row(board, 1).opinion is Opinion.CONFIRMED


def test_a_false_alarm_of_a_word_or_column_reaches_all_its_rows(board: Board, path: Path) -> None:
    """Rule and word, or rule and column: each row that has both, and no other."""
    decide(path, 99, Opinion.FALSE_ALARM, scope=Scope.WORD, code="T101", word="布署")
    board.refresh()
    assert {one.finding.matched for one in board.rows.values() if one.opinion} == {"布署"}
    decide(path, 99, Opinion.FALSE_ALARM, scope=Scope.COLUMN, code="T101", column="通知公告")
    board.refresh()
    dismissed = [one for one in board.rows.values() if one.opinion is Opinion.FALSE_ALARM]
    assert {one.place for one in dismissed if one.finding.matched != "布署"} == {"通知公告"}
    assert all(one.finding.matched == "布署" or one.place == "通知公告" for one in dismissed)


def test_deadlines(board: Board, path: Path) -> None:
    """Three working days from when it is there; from when it was confirmed; or the reviewer's own day."""
    assert row(board, 1).due == date(2026, 11, 19) and row(board, 1).late == 4
    assert deadline(row(board, 1)) == "2026-11-19，超过 4 个工作日"
    decide(path, 1, Opinion.CONFIRMED)
    assert row(board, 1).due == date(2026, 11, 30) and row(board, 1).late == 0
    decide(path, 1, Opinion.CONFIRMED, due=date(2026, 12, 31))
    assert row(board, 1).due == date(2026, 12, 31)
    decide(path, 2, Opinion.DEFERRED, due=date(2026, 12, 31))
    assert row(board, 2).due == date(2026, 11, 19) and row(board, 2).late == 0 and not row(board, 2).open


def test_a_deferral_is_over_on_its_day(path: Path) -> None:
    """On that day the finding is open again, though nobody stored anything."""
    keep(path, [life(wrong_word(1))])
    day = TODAY
    with Store.open(path, writing=False) as store:
        board = Board(store, reviewing.office(today=lambda: day))
        decide(path, 1, Opinion.DEFERRED, due=date(2026, 12, 1))
        assert not row(board, 1).open
        day = date(2026, 12, 1)
        assert row(board, 1).open and row(board, 1).standing is None
        # Late from then on, as in workbooks and ledger: not from before it was put off.
        assert (row(board, 1).due, row(board, 1).late) == (date(2026, 12, 1), 0)
        day = date(2026, 12, 3)
        assert row(board, 1).late == 2


def test_what_somebody_decided_of_a_finding_stands_against_a_wide_false_alarm(board: Board, path: Path) -> None:
    """As in inspections: one person's word for all of a kind does not silence what another confirmed."""
    word = row(board, 5).finding.matched
    decide(path, 99, Opinion.FALSE_ALARM, scope=Scope.WORD, code="T101", word=word)
    assert row(board, 5).opinion is Opinion.FALSE_ALARM and not row(board, 5).open
    decide(path, 5, Opinion.CONFIRMED)
    assert row(board, 5).opinion is Opinion.CONFIRMED and row(board, 5).open


def test_a_new_run_takes_the_place_of_the_former(board: Board, path: Path) -> None:
    """With decisions as they are; what the run before had no more is not shown any longer."""
    decide(path, 1, Opinion.CONFIRMED)
    assert row(board, 6).state is State.MENDED
    loaded = board.loaded
    keep(path, [life(wrong_word(20))], as_of=date(2026, 11, 24))
    board.refresh()
    assert board.loaded == loaded + 1
    assert f"columns/{6:016x}" not in board.rows and f"columns/{20:016x}" in board.rows
    assert row(board, 1).opinion is Opinion.CONFIRMED


def test_what_was_rewritten_stands_once(path: Path) -> None:
    """A finding whose sentence was rewritten is shown as the new one only."""
    keep(path, [life(wrong_word(1), state=State.REWORDED, gone=date(2026, 11, 22)), life(wrong_word(2))])
    with Store.open(path, writing=False) as store:
        board = Board(store, reviewing.office())
        board.refresh()
        assert list(board.rows) == [f"columns/{2:016x}"]


def chosen(board: Board, **asked: str) -> list[int]:
    """The numbers of the findings that an address asks for."""
    return [int(one.finding.fingerprint, 16) for one in Selection.of(asked).rows(board)]


def test_filters(board: Board, path: Path) -> None:
    """Each picks its rows; without one, what is to be put right is shown."""
    decide(path, 1, Opinion.FALSE_ALARM)
    decide(path, 2, Opinion.CONFIRMED)
    decide(path, 2, Opinion.FALSE_ALARM, "李四")
    board.refresh()
    assert sorted(chosen(board)) == [0, 2, 3, 4, 5]
    assert sorted(chosen(board, state="all")) == [0, 1, 2, 3, 4, 5, 6]
    assert chosen(board, state="mended") == [6]
    assert chosen(board, opinion="false-alarm") == [1]
    assert chosen(board, opinion="disputed") == [2]
    assert sorted(chosen(board, opinion="none")) == [0, 3, 4, 5]
    assert sorted(chosen(board, word="布署")) == [0, 5]
    assert sorted(chosen(board, place="通知公告")) == [0, 3]
    assert chosen(board, place="通知公告", word="布署") == [0]
    assert sorted(chosen(board, unit="区政府办")) == [0, 5]
    assert chosen(board, inspection="weekly") == [] and chosen(board, rule="T102") == []
    assert chosen(board, q="第 3 次 抓好") == [3] and chosen(board, q="zwdt/4.HTML") == [4]
    assert chosen(board, severity="veto") == []
    assert sorted(chosen(board, overdue="1")) == [0, 2, 3, 4, 5]
    assert chosen(board, sort="page") == [0, 2, 3, 4, 5]


def test_what_an_address_cannot_mean_is_left_out(board: Board) -> None:
    """Wrong states, orders and pages give the list as it is without them; a long word is cut."""
    asked = Selection.of({"state": "x", "opinion": "x", "sort": "x", "page": "-1", "word": "", "q": "长" * 999})
    assert asked.wanted == {} and asked.sort == "severity" and asked.page == 1 and len(asked.search) == 200
    assert Selection.of({"page": "９"}).page == 1
    assert Selection.of({"q": "a&b=c", "page": "3"}).query(page=3) == "q=a%26b%3Dc&page=3"


def test_what_there_is_to_choose(board: Board) -> None:
    """Each filter has what the rows have, counted; what is asked for is there though no row has it."""
    filters = {one.name: one for one in Selection.of({"word": "没有"}).filters(board)}
    assert {(one.value, one.rows) for one in filters["word"].options} >= {("布署", 2), ("没有", 0)}
    assert [one.label for one in filters["rule"].options] == ["T101 常见错别字"]
    assert filters["state"].chosen == "open"
    assert {one.value: one.rows for one in filters["state"].options}["mended"] == 1


def test_the_leaders_figures(board: Board, path: Path) -> None:
    """Each number is that of the list it leads to."""
    decide(path, 1, Opinion.FALSE_ALARM)
    decide(path, 2, Opinion.CONFIRMED, due=date(2026, 12, 31))
    board.refresh()
    told = overview(board)
    for figure in told.figures:
        if figure.query is not None:
            asked = dict(part.split("=") for part in figure.query.split("&") if part)
            assert len(chosen(board, **asked)) == figure.number, figure.label
    assert told.verdict == "待整改 5 条，超过期限 4 条" and told.alarm
    assert sum(one.number for one in told.ages) == 5 and sum(one.late for one in told.ages) == 4
    assert sum(unit.open for unit in told.units) == 5 and told.units[0].late >= told.units[-1].late
    assert [one.said for one in told.unseen] == ["周检：还没有做过，这里没有它的问题"]


def test_what_was_not_looked_at_is_said(path: Path) -> None:
    """A run cut short, one with fewer rules, and findings that could not be looked at again."""
    lives = [life(wrong_word(1)), life(wrong_word(2), state=State.UNCHECKED)]
    keep(path, lives, complete=False, narrowed=True)
    keep(path, [], inspection="weekly")
    with Store.open(path, writing=False) as store:
        board = Board(store, reviewing.office())
        board.refresh()
        told = [one.said for one in overview(board).unseen]
        assert told == [
            "栏目体检：2026-11-22 的检查有没有查到的地方，那里可能还有问题",
            "栏目体检：2026-11-22 的检查没有用全部规则，或没有核对链接",
            "栏目体检：以前查出的问题有 1 条这次没有复查到，不知道改没改",
        ]
        assert overview(board).verdict.startswith("待整改 2 条")


def test_nothing_found_is_not_nothing_looked_at(path: Path) -> None:
    """Without a run the verdict is that there was none; with a clean one, that nothing is open."""
    with Store.open(path, writing=True):
        pass
    with Store.open(path, writing=False) as store:
        board = Board(store, reviewing.office())
        board.refresh()
        assert overview(board).verdict == "还没有做过检查"
        assert [one.said for one in overview(board).unseen] == [
            "周检：还没有做过，这里没有它的问题",
            "栏目体检：还没有做过，这里没有它的问题",
        ]
        keep(path, [])
        board.refresh()
        assert overview(board).verdict == "最近的检查没有待整改的问题"


def test_grave_ones_come_first(path: Path) -> None:
    """Vetoes before errors; of equals, the longest open first."""
    grave = wrong_word(3, severity=Severity.VETO)
    keep(path, [life(wrong_word(1)), life(wrong_word(2), since=date(2026, 10, 1)), life(grave)])
    with Store.open(path, writing=False) as store:
        board = Board(store, reviewing.office())
        board.refresh()
        assert chosen(board) == [3, 2, 1]
        assert "单项否决 1 条" in overview(board).verdict
