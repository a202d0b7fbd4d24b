"""Whether items appeared where they were to, and in time."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

import pytest

from jimo_lint.evidence.publications import Items, Row
from jimo_lint.evidence.sameness import Item
from jimo_lint.lint.arrivals import Judge, Known
from jimo_lint.model import Account, AccountReading, ColumnKind, Platform
from jimo_lint.model.publishing import Allowance, Arrival, Publication
from jimo_lint.readers.registers.forward_list import Forward

TEXT = (
    "为方便群众出行，经研究，现就公交线路的调整事项通知如下：自即日起，东石镇至区行政服务中心的线路向南延伸，增设4个站点。"
    "延伸后首班车和末班车的时间不变，票价不变，请群众合理安排出行。线路运行中的问题请向区交通运输局反映。"
)
TITLE = "关于延伸公交线路的通知"
WECHAT = Account("wechat:青潭发布", "青潭发布", Platform.WECHAT, archive="甲")
READING = AccountReading(WECHAT, oldest=date(2026, 1, 5), newest=date(2026, 3, 30))
LIMITS = {ColumnKind.POLICY: {"site": Allowance(0, "d"), "wechat": Allowance(2, "wd")}}


def article(moment: datetime | None, title: str = TITLE, text: str = TEXT) -> Item:
    """One of the site's policies."""
    return Item(
        f"site {title} {moment}", title, "https://www.qingtan.example/1.html", "网站", moment, text, kind="policy"
    )


def post(moment: datetime | None, title: str = TITLE, text: str = TEXT) -> Item:
    """One of the account's posts."""
    return Item(f"post {title} {moment}", title, "", "微信 青潭发布", moment, text, account=WECHAT.id)


def judge(*items: Item, reading: AccountReading = READING, whole: bool = True, rows: tuple[Row, ...] = ()) -> Judge:
    """Of the last of March."""
    known = Known(date(2026, 3, 31), date(2026, 3, 31), whole, {WECHAT.id: reading})
    return Judge(known, Items(items), LIMITS, 30, "青潭区", rows)


def said(found: Publication) -> list[Arrival]:
    """How it stands on each platform, in the order of the configuration."""
    return [one.arrival for one in found.appearances]


# A Monday; the second working day after it is Wednesday, after a Thursday the next Monday.
@pytest.mark.parametrize(
    ("on_site", "posted", "arrivals"),
    [
        ((9, 9), (11, 23), [Arrival.IN_TIME, Arrival.IN_TIME]),
        ((9, 9), (12, 0), [Arrival.IN_TIME, Arrival.LATE]),
        ((12, 9), (16, 9), [Arrival.IN_TIME, Arrival.IN_TIME]),
        ((12, 9), (17, 9), [Arrival.IN_TIME, Arrival.LATE]),
        ((11, 9), (9, 9), [Arrival.LATE, Arrival.IN_TIME]),
    ],
)
def test_counted_from_the_first(on_site: tuple[int, int], posted: tuple[int, int], arrivals: list[Arrival]) -> None:
    """From wherever it stood first, in days of work; weekends do not count."""
    moments = [datetime(2026, 3, day, hour, 1) for day, hour in (on_site, posted)]
    [found] = judge(article(moments[0]), post(moments[1])).publications()
    assert said(found) == arrivals


@pytest.mark.parametrize(
    ("reading", "arrival", "reason"),
    [
        (READING, Arrival.MISSING, "所读档案里没有这一件"),
        (replace(READING, proves_silence=False), Arrival.UNKNOWN, "不能证明没有发"),
        (replace(READING, reason="打不开"), Arrival.UNKNOWN, "打不开"),
        (replace(READING, saved=date(2026, 3, 10)), Arrival.UNKNOWN, "档案是 2026-03-10 的"),
        (replace(READING, oldest=date(2026, 3, 20)), Arrival.UNKNOWN, "最早到 2026-03-20"),
        (replace(READING, account=replace(WECHAT, closed=date(2026, 2, 1))), Arrival.UNKNOWN, "没有这个平台的账号"),
    ],
)
def test_missing_only_where_an_archive_proves_it(reading: AccountReading, arrival: Arrival, reason: str) -> None:
    """What was not read is never called missing."""
    [found] = judge(article(datetime(2026, 3, 9, 9)), reading=reading).publications()
    assert found.appearances[1].arrival is arrival and reason in found.appearances[1].reason


def test_not_due_yet_and_doubtful() -> None:
    """What may still come is waited for; what may be the same is for a person."""
    [waiting] = judge(article(datetime(2026, 3, 30, 9))).publications()
    assert said(waiting)[1] is Arrival.WAITING
    near = post(datetime(2026, 3, 10, 9), text=TEXT.replace("东石镇", "西石镇"))
    [doubtful] = judge(article(datetime(2026, 3, 9, 9)), near).publications()
    assert said(doubtful)[1] is Arrival.UNKNOWN and "相近" in doubtful.appearances[1].reason
    assert not doubtful.differences


def test_a_series_under_one_title() -> None:
    """Two months' items with one title each meet the post of their own month; a slip within a series is no finding."""
    months = [TEXT.replace("4个", f"{number}个") for number in (4, 5)]
    moments = [datetime(2026, 3, day, 9) for day in (9, 23)]
    items = [make(moment, text=text) for make in (article, post) for moment, text in zip(moments, months, strict=True)]
    for found in judge(*items).publications():
        assert said(found) == [Arrival.IN_TIME, Arrival.IN_TIME] and not found.differences
    # The second month was never posted: the first month's post may or may not be meant for it.
    second = [found for found in judge(*items[:3]).publications() if found.origin == moments[1]]
    assert not second[0].differences and said(second[0])[1] is Arrival.UNKNOWN


def test_figures_that_differ() -> None:
    """Told with both sentences, once."""
    [found] = judge(
        article(datetime(2026, 3, 9, 9)), post(datetime(2026, 3, 9, 9), text=TEXT.replace("4个", "14个"))
    ).publications()
    [difference] = found.differences
    assert difference.figures and "4个站点" in difference.ours and "14个站点" in difference.theirs


@pytest.mark.parametrize(
    ("title", "whole", "told"),
    [
        ("关于调整公交线路时间的通告", True, True),
        ("关于调整公交线路时间的通告", False, False),
        ("青潭区交通运输局关于调整公交线路时间的通告", True, True),
        ("国务院办公厅关于优化出行服务的通知", True, False),
        ("邻市交通运输局关于调整线路时间的通告", True, False),
        ("公交线路有变化，出行请注意", True, False),
        (TITLE, True, False),  # an earlier year's notice of that title stands on the site
    ],
)
def test_posts_that_the_site_has_not(title: str, whole: bool, told: bool) -> None:
    """Only what reads like a document of this government, where the whole site was read."""
    old = article(datetime(2024, 3, 9, 9), text="")
    found = list(judge(old, post(datetime(2026, 3, 9, 9), title, TEXT[:60] * 2), whole=whole).publications())
    assert bool(found) == told


FORWARD = Forward("国务院办公厅关于优化服务的通知", "https://www.gov.cn/a.htm", datetime(2026, 3, 9, 10))


@pytest.mark.parametrize(
    ("moment", "arrival"),
    [
        (datetime(2026, 3, 10, 9), Arrival.IN_TIME),
        (datetime(2026, 3, 10, 11), Arrival.LATE),
        (datetime(2026, 3, 10), Arrival.UNKNOWN),  # a day alone: within or beyond 24 hours
        (datetime(2026, 3, 11), Arrival.LATE),
        (datetime(2026, 3, 8, 9), Arrival.MISSING),  # another one of that title, before its source
        (None, Arrival.UNKNOWN),
    ],
)
def test_forwarding_within_24_hours(moment: datetime | None, arrival: Arrival) -> None:
    """To the minute where both have one; where only days are known, no more is said than they tell."""
    [found] = judge(article(moment, FORWARD.title)).forwards([FORWARD])
    assert said(found) == [arrival]


def test_forwarded_by_a_link_or_not_at_all() -> None:
    """A row of a list that leads to the source is a repetition; a site not read whole proves nothing."""
    row = Row("国务院办公厅关于优化服务…", FORWARD.url, datetime(2026, 3, 9, 15), "栏目")
    assert [said(one) for one in judge(rows=(row,)).forwards([FORWARD])] == [[Arrival.IN_TIME]]
    assert [said(one) for one in judge().forwards([FORWARD])] == [[Arrival.MISSING]]
    assert [said(one) for one in judge(whole=False).forwards([FORWARD])] == [[Arrival.UNKNOWN]]
    late = replace(FORWARD, published=datetime(2026, 3, 30, 12))
    assert [said(one) for one in judge().forwards([late])] == [[Arrival.WAITING]]
