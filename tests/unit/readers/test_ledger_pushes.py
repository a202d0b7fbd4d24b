"""Ledgers with several columns for what other ledgers have in one: the articles of a push, the parts of a day."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

from jimo_lint.model import Account, Document, Platform
from jimo_lint.readers.archives import archive

HERE = Account("wechat:云溪发布", "云溪发布", Platform.WECHAT)


def read(path: Path, *lines: str) -> tuple[list[Document], list[str]]:
    """The posts, and what is told."""
    (path / "a.csv").write_text("\n".join(lines), encoding="utf-8")
    values = list(archive.read([HERE], path, date(2026, 12, 2)))
    told = [value.message for value in values if not isinstance(value, Document)]
    return [value for value in values if isinstance(value, Document)], told


def test_every_article_of_a_push_is_a_post_of_its_day(tmp_path: Path) -> None:
    """One row has the titles of all of them; an empty cell is none, and the body is the first one's."""
    posts, told = read(
        tmp_path,
        "推送日期,ID,头条,头条链接,次条,次条链接,三条,正文",
        "2026-11-03,100000001,防汛部署,https://mp.weixin.qq.com/s/aaaaaaaaaaa,停水公告,https://mp.weixin.qq.com/s/bbbbbbbbbbb,招聘启事,部署如下",
        "2026-11-05,100000002,,,雨夜值守,,,",
    )
    assert [(post.title, post.published, post.url[-8:]) for post in posts] == [
        ("防汛部署", datetime(2026, 11, 3), "aaaaaaaa"),
        ("停水公告", datetime(2026, 11, 3), "bbbbbbbb"),
        ("招聘启事", datetime(2026, 11, 3), "第 2 行 三条"),
        ("雨夜值守", datetime(2026, 11, 5), "第 3 行 次条"),
    ]
    assert ["部署如下" in post.text for post in posts] == [True, False, False, False]
    assert len(told) == 1
    assert "头条（C 列）" in told[0]
    assert "次条←次条（E 列）" in told[0]


def test_the_names_stand_over_title_and_address(tmp_path: Path) -> None:
    """A header of two rows."""
    posts, _ = read(tmp_path, "发布时间,头条,,二条,", ",标题,链接,标题,链接", "2026-11-03,防汛部署,,停水公告,")
    assert [post.title for post in posts] == ["防汛部署", "停水公告"]


def test_what_a_column_of_marks_or_of_a_platform_says_is_no_post(tmp_path: Path) -> None:
    """是 beside a title tells that it was the second; 头条 without a second is a platform."""
    posts, _ = read(tmp_path, "标题,发布时间,次条,三条", "防汛部署,2026-11-03,是,3", "停水公告,2026-11-04,否,√")
    assert [post.title for post in posts] == ["防汛部署", "停水公告"]
    posts, _ = read(tmp_path, "标题,发布时间,头条", "防汛部署,2026-11-03,已经同步发布", "停水公告,2026-11-04,")
    assert [post.title for post in posts] == ["防汛部署", "停水公告"]
    posts, told = read(tmp_path, "日期,微信,头条", "2026-11-03,防汛工作部署,停水公告来了", "2026-11-04,停水公告来了,")
    assert not posts
    assert told


def test_year_month_and_day_in_columns_of_their_own(tmp_path: Path) -> None:
    """They are one day, with the time of day beside it; where the year is missing, the day is told as unread."""
    posts, told = read(tmp_path, "年,月,日,标题", "2026,11,3,防汛部署", "2026年,11月,24日,停水公告", ",11,25,雨夜值守")
    assert [post.published for post in posts] == [datetime(2026, 11, 3), datetime(2026, 11, 24), None]
    assert any("3 行中有 1 行的发布时间读不出（如 第 4 行 “11月25日”）" in one for one in told)
    posts, _ = read(tmp_path, "年份,月份,日,发布时间,标题", "2026,11,3,09:30,防汛部署")
    assert [post.published for post in posts] == [datetime(2026, 11, 3, 9, 30)]


def test_a_whole_day_beside_year_and_month_stays_as_it_is(tmp_path: Path) -> None:
    """年份 and 月份 beside it are what the ledger is sorted by."""
    posts, _ = read(tmp_path, "年份,月份,日期,标题", "2025,10,2026-11-03,防汛部署", "2026,11,11月5日,停水公告")
    assert [post.published for post in posts] == [datetime(2026, 11, 3), None]


def test_a_day_of_the_month_without_a_year_is_no_day(tmp_path: Path) -> None:
    """No year is guessed."""
    posts, told = read(tmp_path, "月,日,标题", "11,3,防汛部署", "11,4,停水公告")
    assert [post.published for post in posts] == [None, None]
    assert any("2 行中有 2 行的发布时间读不出" in one for one in told)
