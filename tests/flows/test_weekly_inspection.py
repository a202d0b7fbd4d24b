"""What the weekly inspection says of an account whose archive lies in the store."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

from jimo_lint import privacy
from jimo_lint.inspection.judging import Settings
from jimo_lint.inspection.weekly import inspect
from jimo_lint.model import (
    Account,
    Block,
    Document,
    IndicatorStatus,
    Link,
    LinkResult,
    Platform,
    ProblemCode,
    Unopened,
    Verdict,
)
from jimo_lint.report.views.unread import unopened
from jimo_lint.settings.config import Config
from jimo_lint.store import Store

AS_OF = date(2026, 11, 22)


class Silent:
    """Progress that nobody watches."""

    @contextmanager
    def stage(self, title: str) -> Iterator[Callable[[int, int], None] | None]:
        yield None


def post(account: Account, number: int, text: str, *links: str) -> Document:
    """A post of this week."""
    return privacy.mask(
        Document(
            f"{account.id}#{number}",
            f"https://mp.example/{number}",
            "archive",
            f"标题{number}",
            (Block("body", text),),
            account=account.id,
            published=datetime(2026, 11, 20),
            published_from="archive",
            links=tuple(Link(url, "链接") for url in links),
        )
    )


def test_figures_of_an_account_count_its_wording_and_its_dead_links(tmp_path: Path) -> None:
    """Wrong words and personal data count as wording, faults of form do not; of links only those that are dead."""
    first, second = (Account(f"wechat:{name}", name, Platform.WECHAT, archive="/档案") for name in ("甲", "乙"))
    config = Config(folder=tmp_path, path=tmp_path / "jimo-lint.toml", accounts=(first, second))
    urls = {verdict: f"https://{verdict.value}.example/" for verdict in Verdict}
    faulty = "这是工作的关健，2月30日前联系手机13800138000。"
    with Store.open(config.store_path, writing=True) as store:
        store.begin_archives()
        store.add_posts(first.id, [post(first, 1, faulty, *urls.values()), post(first, 2, faulty.replace("的", "之"))])
        store.add_posts(second.id, [post(second, 3, "会议今天召开。", urls[Verdict.ALIVE])])
        store.replace_archives()
        asked = datetime(2026, 11, 21, tzinfo=UTC)
        store.put_link_results([LinkResult(url, verdict, "x", checked=asked) for verdict, url in urls.items()])
    report = inspect(config, Settings(AS_OF, collect=False), Silent())
    assert {"T101", "P103", "F106"} <= {finding.code for finding in report.findings}
    figures = {one.reading.account.name: (one.wording, one.dead_links) for one in report.accounts}
    assert figures == {"甲": (4, 1), "乙": (0, 0)}


def held(folder: Path, *posts: tuple[Account, tuple[Document, ...]]) -> Config:
    """A configuration of these accounts, their archives read."""
    accounts = tuple(account for account, _ in posts)
    config = Config(folder=folder, path=folder / "jimo-lint.toml", accounts=accounts)
    with Store.open(config.store_path, writing=True) as store:
        store.begin_archives()
        for account, documents in posts:
            store.add_posts(account.id, list(documents))
        store.replace_archives()
    return config


def test_the_figures_are_those_of_the_rows(tmp_path: Path) -> None:
    """A sentence sent three times is one problem, on two platforms of one name it is one on each."""
    platforms = (Platform.WECHAT, Platform.WEIBO)
    twins = [Account(f"{on.value}:青潭发布", "青潭发布", on, archive="/档案") for on in platforms]
    again = tuple(post(twins[0], number, "这是工作的关健。") for number in range(3))
    config = held(tmp_path, (twins[0], again), (twins[1], (post(twins[1], 9, "这是工作的关健。"),)))
    report = inspect(config, Settings(AS_OF, collect=False), Silent())
    typos = [(finding.account, finding.pages) for finding in report.findings if finding.code == "T101"]
    assert typos == [("wechat:青潭发布", 3), ("weibo:青潭发布", 1)]
    assert [one.wording for one in report.accounts] == [1, 1]
    assert sum(one.wording for one in report.accounts) == sum(f.code[0] in "STP" for f in report.findings)


def test_a_report_knows_what_it_left_out(tmp_path: Path) -> None:
    """Rules switched off and links not asked are in the report; rules of sites are not missed in one of accounts."""
    account = Account("wechat:甲", "甲", Platform.WECHAT, archive="/档案")
    config = held(tmp_path, (account, (post(account, 1, "会议今天召开。"),)))
    whole = inspect(config, Settings(AS_OF, collect=False), Silent())
    assert (whole.off, whole.links_asked, whole.partial) == ((), True, False)
    site = inspect(config, Settings(AS_OF, ignore=("C101",), collect=False), Silent())
    assert not site.partial
    part = inspect(config, Settings(AS_OF, only=("T",), collect=False), Silent())
    assert part.partial
    assert {rule.family for rule in part.rules} == {"T"}
    assert {"S101", "A101"} <= {rule.code for rule in part.off}
    standing = {one.indicator.key: one.standing for one in part.indicators}
    assert standing["stale-account"] is IndicatorStatus.UNCHECKED
    assert inspect(config, Settings(AS_OF, collect=False, links=False), Silent()).partial


def test_what_posts_show_and_nobody_opened_is_counted(tmp_path: Path) -> None:
    """Attachments by their type, pictures and films together; a page is read or asked for, and not among them."""
    account = Account("wechat:甲", "甲", Platform.WECHAT, archive="/档案")
    attached = ("a.pdf", "b.PDF", "c.xlsx", "down?id=3")
    files = [
        *(Link(f"https://example.cn/{name}", "附件", "attachment") for name in attached),
        *(Link(f"https://example.cn/{number}.jpg", "", "image") for number in range(3)),
        Link("https://example.cn/a.mp4", "", "media"),
        Link("https://example.cn/a.html", "网页", "page"),
    ]
    documents = tuple(replace(post(account, number, "会议今天召开。"), links=tuple(files)) for number in range(2))
    report = inspect(held(tmp_path, (account, documents)), Settings(AS_OF, collect=False), Silent())
    assert report.unopened == (
        Unopened("attachment", ".pdf", 2, account.id),
        Unopened("attachment", "", 1, account.id),
        Unopened("attachment", ".xlsx", 1, account.id),
        Unopened("image", "", 3, account.id),
        Unopened("media", "", 1, account.id),
    )
    assert unopened(report) == "附件 4 个、图片 3 张、音视频 1 个未检查内容"


def test_an_account_without_an_archive_was_not_inspected(tmp_path: Path) -> None:
    """It is named, and the inspection is not complete; who is closed or has no duty to update costs nothing."""
    kept = Account("wechat:甲", "甲", Platform.WECHAT, archive="/档案")
    bare = Account("weibo:乙", "乙", Platform.WEIBO)
    closed = replace(bare, id="weibo:丙", name="丙", closed=date(2026, 5, 1))
    exempt = replace(bare, id="weibo:丁", name="丁", exempt=True)
    later = replace(bare, id="weibo:戊", name="戊", closed=date(2027, 5, 1))
    config = held(tmp_path, (kept, (post(kept, 1, "会议今天召开。"),)))

    def inspected(*others: Account) -> tuple[bool, dict[str, bool]]:
        report = inspect(replace(config, accounts=(kept, *others)), Settings(AS_OF, collect=False), Silent())
        assert {one.code for one in report.problems} <= {ProblemCode.ARCHIVE_UNSET}
        return report.complete, {one.place: one.excused for one in report.problems}

    assert inspected() == (True, {})
    assert inspected(closed, exempt) == (True, {"丙": True, "丁": True})
    assert inspected(bare, closed, later) == (False, {"乙": False, "丙": True, "戊": False})
