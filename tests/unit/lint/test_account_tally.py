"""Counting an account's posts: pace, closing, pictures, names, and how old the archive is."""

from __future__ import annotations

import os
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from jimo_lint.evidence.account_readings import AccountTally
from jimo_lint.lint.checks.updates.account_freshness import judge
from jimo_lint.model import (
    Account,
    AccountReading,
    Block,
    Context,
    Document,
    Platform,
    PostFacts,
    PostState,
    UpdateStatus,
)
from tests.support import shipped
from tests.support.problems import problem

AS_OF = date(2026, 11, 22)
CONTEXT = Context(AS_OF, shipped.national())
ACCOUNT = Account("wechat:云溪发布", "云溪发布", Platform.WECHAT, archive="https://feed.example/atom")


def post(age: int | None, title: str = "区里召开会议", **fields: object) -> Document:
    """A post of so many days ago; None for one without a date."""
    published = None if age is None else datetime(2026, 11, 22, 9, 0) - timedelta(days=age)
    document = Document(f"{title}{age}", "", "archive", title, published=published)
    return replace(document, **fields)  # type: ignore[arg-type]


def reading(*posts: Document, account: Account = ACCOUNT) -> AccountReading:
    """What a tally makes of these posts."""
    tally = AccountTally(account, AS_OF)
    for one in posts:
        tally.add(one)
    return tally.reading((), ())


def test_posts_are_counted_by_state_and_day() -> None:
    """A deleted post is no update; seven days count as the week, the day of inspection the last of them."""
    gone = [post(0, state=PostState.DELETED), post(0, state=PostState.BLOCKED), post(0, state=PostState.UNAVAILABLE)]
    found = reading(post(1), post(6), post(7), post(None), post(83), post(84), *gone)
    assert (found.posts, found.week_posts, found.undated) == (6, 2, 1)
    assert (found.deleted, found.blocked, found.unavailable) == (1, 1, 1)
    assert (found.newest, found.oldest) == (date(2026, 11, 21), date(2026, 8, 30))
    # Twelve weeks are shown: the 84th day back is outside.
    assert list(found.days) == sorted(AS_OF - timedelta(days=age) for age in (1, 6, 7, 83))


@pytest.mark.parametrize(("ahead", "newest"), [(1, date(2026, 11, 23)), (2, date(2026, 11, 12))])
def test_a_post_further_ahead_than_a_time_zone_is_no_update(ahead: int, newest: date) -> None:
    """A post of tomorrow may be a clock's difference; one of the day after makes no idle account fresh."""
    assert reading(post(10), post(-ahead)).newest == newest


@pytest.mark.parametrize(
    ("title", "closes"),
    [
        ("关于关停“云溪旅游”微信公众号的公告", True),
        ("云溪旅游公众号停止更新公告", True),
        ("官方微博迁移通知", True),
        ("我区关停小煤矿三家", False),
        ("区水务局关于停止供水的通知", False),
        ("不动产注销登记办理指南", False),
    ],
)
def test_farewells_are_told_from_other_closings(title: str, closes: bool) -> None:
    """The account itself is closed, not a mine or a tap."""
    assert bool(reading(post(3, title)).farewell) is closes


def test_what_was_not_there_to_inspect_is_counted() -> None:
    """What stands in pictures alone was read by nobody; of some posts the archive has the title only."""
    long = Block("body", "全区防汛工作会议今天召开，部署下一阶段重点任务落实工作。")
    title = Block("title", "一图读懂全年工作安排")
    bare = post(1, "一", facts=PostFacts(pictures=3), blocks=(title, Block("body", "见下图")))
    captioned = post(1, "二", facts=PostFacts(pictures=3), blocks=(title, long))
    short = post(1, "三", blocks=(title, Block("body", "今日晴。")))
    found = reading(bare, captioned, short, post(1, "四", blocks=(title, Block("meta", "摘要如此"))))
    assert (found.pictures, found.untold) == (1, 1)


def test_the_name_in_the_archive_is_that_of_most_posts() -> None:
    """One repost of another account does not rename the archive."""
    mine = [post(age, facts=PostFacts(account_name="云溪发布")) for age in (1, 2)]
    assert reading(*mine, post(3, facts=PostFacts(account_name="邻县发布"))).called == "云溪发布"


def saved(folder: Path, age: int) -> Account:
    """An account whose archive was written so many days before the day of inspection."""
    file = folder / "export.csv"
    file.write_text("x", encoding="utf-8")
    moment = datetime(2026, 11, 22, 12, 0).timestamp() - age * 86400
    os.utime(file, (moment, moment))
    return replace(ACCOUNT, archive=str(folder))


def test_an_old_archive_proves_no_silence(tmp_path: Path) -> None:
    """What was published after the export is not in it: twelve days old when it was made, twenty today."""
    result = judge(reading(post(20), account=saved(tmp_path, 8)), CONTEXT)
    assert result.status is UpdateStatus.UNKNOWN
    assert "档案是 2026-11-14 留存的" in result.reason


def test_an_archive_of_today_proves_silence(tmp_path: Path) -> None:
    """The same account with an export of today is stale."""
    assert judge(reading(post(20), account=saved(tmp_path, 0)), CONTEXT).status is UpdateStatus.STALE


def test_an_account_stale_when_the_archive_was_made_is_stale(tmp_path: Path) -> None:
    """Thirty days without a post a week ago cannot be mended by what came later."""
    assert judge(reading(post(37), account=saved(tmp_path, 7)), CONTEXT).status is UpdateStatus.STALE


def test_a_date_before_the_posts_is_no_date_of_the_archive(tmp_path: Path) -> None:
    """Copies that carry a wrong date say nothing."""
    found = reading(post(5), account=saved(tmp_path, 60))
    assert found.saved is None
    assert judge(found, CONTEXT).status is UpdateStatus.FRESH


def test_an_archive_made_on_the_day_of_its_newest_post_is_dated(tmp_path: Path) -> None:
    """An export right after a post is no copy with a wrong date: what came after it is not known."""
    found = reading(post(20), account=saved(tmp_path, 20))
    assert found.saved == found.newest
    assert judge(found, CONTEXT).status is UpdateStatus.UNKNOWN


def test_a_closed_account_has_no_duty() -> None:
    """Closed before the day of inspection: exempt; closing later: judged as any other."""
    closed = replace(ACCOUNT, closed=date(2026, 10, 1))
    assert judge(reading(post(60), account=closed), CONTEXT).status is UpdateStatus.EXEMPT
    closing = replace(ACCOUNT, closed=date(2026, 12, 1))
    assert judge(reading(post(60), account=closing), CONTEXT).status is UpdateStatus.STALE


def test_without_an_archive_only_a_duty_to_update_is_left_open() -> None:
    """An account closed on an unknown day (max_age = "never") needs no archive; any other was not inspected."""
    bare = replace(ACCOUNT, archive="")
    assert judge(reading(account=bare), CONTEXT).status is UpdateStatus.UNKNOWN
    assert judge(reading(account=replace(bare, exempt=True)), CONTEXT).status is UpdateStatus.EXEMPT


def test_an_unread_archive_says_why() -> None:
    """An account without posts whose archive had a fault is not empty; one with posts is judged by them."""
    tally = AccountTally(ACCOUNT, AS_OF)
    hint, fault = problem("x", "按列名对应读取，请核对", excused=True), problem("x", "读不出")
    assert tally.reading([hint, fault], ()).reason == "x：读不出"
    assert tally.reading([hint], ()).reason == ""
    assert tally.reading((), ()).reason == ""
    tally.add(post(1))
    assert tally.reading([fault], ()).reason == ""
