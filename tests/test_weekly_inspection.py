"""What the weekly inspection says of an account whose archive lies in the store."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path

from jimo_lint import privacy
from jimo_lint.config import Config
from jimo_lint.inspection.judging import Settings
from jimo_lint.inspection.weekly import inspect
from jimo_lint.model import Account, Block, Document, Link, LinkResult, Platform, Verdict
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
