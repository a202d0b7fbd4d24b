"""12/01/2026 in the day column of a ledger: the first of December or the twelfth of January, as the column tells."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import pytest

from jimo_lint.model import Account, Document, Platform, Problem
from jimo_lint.readers.archives import archive

AS_OF = date(2026, 12, 2)
HERE = Account("wechat:云溪发布", "云溪发布", Platform.WECHAT)


def read(path: Path, *days: str, header: str = "标题,发布时间") -> tuple[dict[str, datetime | None], list[Problem]]:
    """The moment of each post by its title, 甲 for the first row; and the problems."""
    lines = [f"{title},{day}" for title, day in zip("甲乙丙丁戊己庚", days, strict=False)]
    (path / "a.csv").write_text("\n".join([header, *lines]), encoding="utf-8")
    values = list(archive.read([HERE], path, AS_OF))
    posts = {value.title: value.published for value in values if isinstance(value, Document)}
    return posts, [value for value in values if isinstance(value, Problem)]


@pytest.mark.parametrize(
    ("days", "meant"),
    [
        # 25 is no month, so the first number of each row is the day
        (["03/11/2026", "25/11/2026"], [(11, 3), (11, 25)]),
        (["11/03/2026", "11/25/2026"], [(11, 3), (11, 25)]),
        (["3.11.2026", "25.11.2026"], [(11, 3), (11, 25)]),
        # the fifth of December is still to come
        (["12/05/2026", "10/06/2026"], [(5, 12), (6, 10)]),
        # newest first one way, in no order the other way
        (
            ["10/11/2026", "11/10/2026", "07/09/2026", "08/08/2026", "09/07/2026", "10/06/2026"],
            [(11, 10), (10, 11), (9, 7), (8, 8), (7, 9), (6, 10)],
        ),
        # each way has rows that are no day: those speak for themselves
        (["25/11/2026", "11/24/2026", "2026-11-03"], [(11, 25), (11, 24), (11, 3)]),
    ],
)
def test_the_column_tells_which_number_is_the_month(
    tmp_path: Path, days: list[str], meant: list[tuple[int, int]]
) -> None:
    """By a number above 12, by a day that is still to come, by the order of the rows."""
    posts, problems = read(tmp_path, *days)
    assert [posts[title] for title in "甲乙丙丁戊己庚"[: len(days)]] == [datetime(2026, *one) for one in meant]
    assert not problems


@pytest.mark.parametrize(
    ("days", "unread", "example"),
    [
        (["10/11/2026", "11/10/2026"], "甲乙", "第 2 行 “10/11/2026”"),
        (["25/11/2026", "11/24/2026", "10/11/2026"], "丙", "第 4 行 “10/11/2026”"),
        # in order both ways
        (["01/01/2026", "02/02/2026", "03/04/2026", "04/05/2026", "05/06/2026"], "丙丁戊", "第 4 行 “03/04/2026”"),
        # three rows stand in order by chance
        (["10/11/2026", "11/10/2026", "07/09/2026"], "甲乙丙", "第 2 行 “10/11/2026”"),
        # to come in both ways: a slip of the year, that tells nothing of the order
        (["10/11/2027", "10/11/2026"], "甲乙", "第 2 行 “10/11/2027”"),
    ],
)
def test_a_day_that_can_be_two_is_told_and_not_guessed(
    tmp_path: Path, days: list[str], unread: str, example: str
) -> None:
    """It stays unread, the others are read."""
    posts, problems = read(tmp_path, *days)
    assert "".join(title for title in sorted(posts, key="甲乙丙丁戊".index) if posts[title] is None) == unread
    assert [f"{example}，分不出哪个是月、哪个是日" in problem.message for problem in problems] == [True]


def test_a_day_beside_a_time_of_day_is_decided_likewise(tmp_path: Path) -> None:
    """The time of day stands in a column of its own."""
    posts, problems = read(tmp_path, "03/11/2026,09:30", "25/11/2026,10:00", header="标题,发布日期,发布时间")
    assert list(posts.values()) == [datetime(2026, 11, 3, 9, 30), datetime(2026, 11, 25, 10)]
    assert not problems
    posts, problems = read(tmp_path, "10/11/2026,09:30", header="标题,发布日期,发布时间")
    assert list(posts.values()) == [None]
    assert "“10/11/2026 09:30”，分不出" in problems[0].message


def test_a_column_of_titles_that_are_such_days_has_shifted(tmp_path: Path) -> None:
    """Days of two readings are days all the same."""
    posts, problems = read(tmp_path, "10/11/2026", "11/10/2026", "07/09/2026", header="发布时间,标题")
    assert not posts
    assert "列名与内容错位" in problems[0].message
