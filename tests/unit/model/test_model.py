"""The values: limits, spans, positions."""

from dataclasses import replace
from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jimo_lint.model import Account, Block, Document, MaxAge, Platform, Severity, Span


def test_fourteen_days_old_is_stale_and_thirteen_is_not() -> None:
    """A limit of 14 days is reached on the fourteenth day: the clause says "2 周内无更新"."""
    limit = MaxAge(days=14)
    assert limit.exceeded(date(2026, 1, 1), date(2026, 1, 15))
    assert not limit.exceeded(date(2026, 1, 2), date(2026, 1, 15))


def test_months_are_calendar_months() -> None:
    """Six months before 31 August is the last day of February."""
    assert MaxAge(months=6).before(date(2026, 8, 31)) == date(2026, 2, 28)
    assert MaxAge(months=6).before(date(2024, 8, 31)) == date(2024, 2, 29)
    assert MaxAge(months=12).before(date(2026, 1, 31)) == date(2025, 1, 31)


@pytest.mark.parametrize(
    ("text", "limit"),
    [
        ("14d", MaxAge(days=14)),
        ("2w", MaxAge(days=14)),
        ("6mo", MaxAge(months=6)),
        ("1y", MaxAge(months=12)),
        ("100y", MaxAge(months=1200)),
        ("never", None),
    ],
)
def test_limits_are_read_as_written(text: str, limit: MaxAge | None) -> None:
    """Days, weeks, months, years and "never" are understood."""
    assert MaxAge.parse(text) == limit


@pytest.mark.parametrize("text", ["", "14", "0d", "两周", "-3d", "6m", "1.5y", "101y"])
def test_what_is_no_limit_is_refused(text: str) -> None:
    """A limit without a unit, of zero or in words is an error, not a guess."""
    with pytest.raises(ValueError, match="不是时限"):
        MaxAge.parse(text)


@given(st.dates(min_value=date(1990, 1, 1), max_value=date(2100, 1, 1)), st.integers(0, 400), st.integers(0, 600))
def test_a_longer_limit_never_ends_later(day: date, days: int, months: int) -> None:
    """The start of the window moves back as the limit grows."""
    assert MaxAge(months, days + 1).before(day) < MaxAge(months, days).before(day) <= day


def test_a_span_holds_at_least_one_character() -> None:
    """Empty and reversed spans cannot be made."""
    for start, end in [(3, 3), (4, 3), (-1, 2)]:
        with pytest.raises(ValueError, match="not a span"):
            Span(start, end)


def test_an_account_is_closed_from_the_day_it_closes() -> None:
    """The day itself counts, the day before does not; an account that is run is never closed."""
    account = Account("wechat:甲", "甲", Platform.WECHAT, closed=date(2026, 10, 1))
    assert [account.is_closed(date(2026, 9, 30)), account.is_closed(date(2026, 10, 1))] == [False, True]
    assert not replace(account, closed=None).is_closed(date.max)


def test_severities_compare() -> None:
    """A veto outranks an error."""
    assert Severity.VETO > Severity.ERROR > Severity.WARNING > Severity.NOTICE
    assert Severity.VETO.label == "否决"


def document(*blocks: Block) -> Document:
    """A document of these blocks."""
    return Document(id="d", url="d", source="file", title="", blocks=blocks, published=datetime(2026, 1, 1))


@given(st.lists(st.text(alphabet="甲乙a\n", max_size=12), min_size=1, max_size=6))
def test_every_offset_leads_to_its_block(texts: list[str]) -> None:
    """The block found for an offset holds that very character."""
    page = document(*(Block("body", text) for text in texts))
    for offset, character in enumerate(page.text):
        block, inside = page.block_at(offset)
        assert (block.text + "\n")[inside] == character


@given(st.text(alphabet="甲a\n", min_size=1, max_size=40))
def test_positions_count_lines_and_columns_from_one(text: str) -> None:
    """Line and column of every offset agree with splitting the text at its newlines."""
    page = document(Block("body", text))
    lines = text.split("\n")
    for offset, character in enumerate(text):
        line, column = page.position(offset)
        assert (lines[line - 1] + "\n")[column - 1] == character


def test_positions_of_files_come_from_the_reader() -> None:
    """Where a block knows its places in the file, those are given."""
    page = document(Block("title", "标题"), Block("body", "甲乙丙丁", places=((0, 7, 5), (2, 9, 1))))
    assert page.position(3) == (7, 5)
    assert page.position(4) == (7, 6)
    assert page.position(6) == (9, 2)
