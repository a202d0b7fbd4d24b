"""What is concluded of sites and accounts: by 单项否决 alone, and never 合格 where something was not looked at."""

from __future__ import annotations

import pytest

from jimo_lint.fleet.rollup.rows import AccountRow, IndicatorRow
from jimo_lint.fleet.rollup.standing import Seen, is_unprobed, of_account, of_site
from jimo_lint.model.rollup import Share, SiteStanding

WHOLE = Seen(collected=True, documents=120, links_asked=True, off=())
_ROW = AccountRow(
    1, 1, "wechat:青潭发布", "青潭发布", "wechat", "办公室", None, 1, 9, 3, "fresh", 0, 0, 0, 0, "", ""
)  # fmt: skip


def indicator(standing: str, point: str = "空白栏目", *, part: str = "veto", measure: str = "blank") -> IndicatorRow:
    """One of a report."""
    return IndicatorRow(
        1, 1, "key", part, "栏目不更新", point, "machine", measure, standing, 1, 5, "个", 0, "", "", "依据", "核"
    )  # fmt: skip


CLEAR = indicator("clear")


@pytest.mark.parametrize(
    ("indicators", "grave", "seen", "standing", "why"),
    [
        ([CLEAR], [], WHOLE, SiteStanding.PASSED, ""),
        # What only a person judges, points and visits decide nothing.
        ([CLEAR, indicator("open", measure="")], [], WHOLE, SiteStanding.PASSED, ""),
        ([CLEAR, indicator("open", "严重表述错误", measure="findings")], [], WHOLE, SiteStanding.PASSED, ""),
        ([CLEAR, indicator("reached", part="deduction")], [], WHOLE, SiteStanding.PASSED, ""),
        ([CLEAR, indicator("unknown", measure="availability")], [], WHOLE, SiteStanding.PASSED, ""),
        # What is reached is reached, however little was read.
        ([indicator("reached")], [], WHOLE, SiteStanding.FAILED, "达到否决值：空白栏目"),
        ([indicator("reached")], [], WHOLE._replace(collected=False), SiteStanding.FAILED, "达到否决值：空白栏目"),
        ([CLEAR], ["首页不更新"] * 2, WHOLE, SiteStanding.FAILED, "有否决级问题：首页不更新"),
        (
            [indicator("reached", measure="availability", point="打不开的次数")],
            [],
            WHOLE,
            SiteStanding.FAILED,
            "达到否决值：打不开的次数",
        ),
        # What was not looked at is never 合格.
        ([CLEAR], [], WHOLE._replace(collected=False), SiteStanding.UNKNOWN, "采集没有完成"),
        ([CLEAR], [], WHOLE._replace(documents=0), SiteStanding.UNKNOWN, "一页也没有读到"),
        ([CLEAR], [], WHOLE._replace(links_asked=False), SiteStanding.UNKNOWN, "没有核对链接"),
        ([CLEAR], [], WHOLE._replace(off=("S104",)), SiteStanding.UNKNOWN, "规则没有启用（S104）"),
        ([], [], WHOLE, SiteStanding.UNKNOWN, "报告里没有单项否决指标"),
        ([indicator("unknown")], [], WHOLE, SiteStanding.UNKNOWN, "未能判定：空白栏目"),
        ([CLEAR, indicator("unchecked")], [], WHOLE, SiteStanding.UNKNOWN, "未能判定：空白栏目"),
    ],
)
def test_a_site(indicators: list[IndicatorRow], grave: list[str], seen: Seen, standing: SiteStanding, why: str) -> None:
    """A reached veto or a veto finding fails it; it passes only where every veto of the machine was looked at."""
    assert of_site(indicators, grave, seen) == (standing, why)


@pytest.mark.parametrize(
    ("row", "grave", "unread", "seen", "standing"),
    [
        (_ROW, [], "", WHOLE, SiteStanding.PASSED),
        (_ROW._replace(wording=3, errors=3), [], "", WHOLE, SiteStanding.PASSED),
        (_ROW._replace(status="exempt"), [], "", WHOLE, SiteStanding.PASSED),
        (_ROW._replace(status="stale"), ["账号超期未更新"], "", WHOLE, SiteStanding.FAILED),
        (_ROW, ["固定政治表述写错"], "档案缺一个月", WHOLE, SiteStanding.FAILED),
        (_ROW._replace(status="stale"), [], "", WHOLE, SiteStanding.UNKNOWN),
        (_ROW._replace(status="blank", posts=0), [], "", WHOLE, SiteStanding.UNKNOWN),
        (_ROW._replace(status="unknown", posts=0), [], "", WHOLE, SiteStanding.UNKNOWN),
        (_ROW._replace(posts=0), [], "", WHOLE, SiteStanding.UNKNOWN),
        (_ROW, [], "档案缺一个月", WHOLE, SiteStanding.UNKNOWN),
        (_ROW, [], "", WHOLE._replace(collected=False), SiteStanding.UNKNOWN),
        (_ROW, [], "", WHOLE._replace(off=("A101",)), SiteStanding.UNKNOWN),
    ],
)
def test_an_account(row: AccountRow, grave: list[str], unread: str, seen: Seen, standing: SiteStanding) -> None:
    """An account fails for veto findings; what was not read or has no content never passes, and says why."""
    concluded, why = of_account(row, grave, unread, seen)
    assert concluded is standing
    assert bool(why) == (standing is not SiteStanding.PASSED)


def test_timed_visits_are_told_apart() -> None:
    """That nobody timed enough visits is said beside the conclusion."""
    assert is_unprobed([CLEAR, indicator("unknown", measure="availability")])
    assert not is_unprobed([CLEAR, indicator("clear", measure="availability"), indicator("unknown")])


def test_a_share_counts_what_was_looked_at() -> None:
    """合格率 has all that were looked at below the line, shows both numbers, and is none where nothing was."""
    share = Share.of(
        [SiteStanding.PASSED] * 3 + [SiteStanding.FAILED, SiteStanding.UNKNOWN] + [SiteStanding.UNSEEN] * 4
    )
    assert (share.seen, share.all, share.rate, share.said) == (5, 9, 0.6, "60.0%（3/5）")
    assert (Share(unseen=2).rate, Share(unseen=2).said) == (None, "—")
