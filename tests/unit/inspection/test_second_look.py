"""What a recheck is about: words of users and targets, taken for what they are."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from jimo_lint.errors import ConfigError, StoreError
from jimo_lint.inspection.second_look import sort
from jimo_lint.inspection.targets import Target, targets
from jimo_lint.model import Account, Block, Column, Document, FetchResult, Link, Outcome, Platform, QueuedUrl
from jimo_lint.settings.config import Config
from jimo_lint.settings.sections import Site
from jimo_lint.store import Store

URL = "http://qingtan.example"
COLUMNS = (Column(f"{URL}/tzgg/", "通知公告", f"{URL}/tzgg/"), Column(f"{URL}/yw/", "要闻", f"{URL}/yw/"))
ACCOUNTS = tuple(Account(f"{on.value}:青潭发布", "青潭发布", on) for on in (Platform.WECHAT, Platform.WEIBO))


def config(folder: Path) -> Config:
    """A site with two columns, and an account on two platforms."""
    site = Site("青潭区", (f"{URL}/",), ("qingtan.example",))
    return Config(folder=folder, path=folder / "jimo-lint.toml", site=site, columns=COLUMNS, accounts=ACCOUNTS)


@pytest.mark.parametrize(
    ("word", "meant"),
    [
        ("通知公告", [("column", f"{URL}/tzgg/")]),
        ("通知", [("column", f"{URL}/tzgg/")]),
        (f"{URL}/tzgg/", [("column", f"{URL}/tzgg/")]),
        (f"{URL}/tzgg/index.html", [("column", f"{URL}/tzgg/")]),
        ("/tzgg/", [("column", f"{URL}/tzgg/")]),
        ("/tzgg/a.html", [("address", f"{URL}/tzgg/a.html")]),
        ("青潭发布", [("account", "wechat:青潭发布"), ("account", "weibo:青潭发布")]),
        ("weibo:青潭发布", [("account", "weibo:青潭发布")]),
        ("http://other.example/a.pdf", [("address", "http://other.example/a.pdf")]),
    ],
)
def test_words_of_users(word: str, meant: list[tuple[str, str]], tmp_path: Path) -> None:
    """Names, parts of them, ids, addresses in whatever form; the same twice is one."""
    assert [(one.kind, one.id) for one in targets(config(tmp_path), [word, word])] == meant


@pytest.mark.parametrize("word", ["通知公示", "", "a.html"])
def test_a_word_that_means_nothing(word: str, tmp_path: Path) -> None:
    """It is refused before anything is asked."""
    with pytest.raises(ConfigError, match="没有栏目、账号叫"):
        targets(config(tmp_path), [word])


def test_targets_are_sorted(tmp_path: Path) -> None:
    """Pages of the site, targets of links, both; what is nothing of these costs the others nothing."""
    known = config(tmp_path)
    url = f"{URL}/a.html"
    links = (Link(f"{URL}/b.html", "乙"), Link(f"{URL}/c.pdf", "丙", "attachment"), Link("http://other.example/", "丁"))
    page = Document(url, url, "site", "甲", (Block("body", "甲"),), links=links)
    wanted = [url, f"{URL}/b.html", f"{URL}/c.pdf", "http://other.example/", "http://nobody.example/", "http://"]
    given = [*(Target("address", one) for one in wanted), Target("column", "没了"), Target("column", COLUMNS[0].id)]
    with Store.open(known.store_path, writing=True) as store:
        with pytest.raises(StoreError, match="还没有采集过网页"):
            sort(known, store, given)
        crawl = store.begin_crawl("site", date(2026, 11, 22), resume=False)
        store.record([FetchResult(QueuedUrl(url), 200, page)])
        store.finish_crawl(crawl)
        found = sort(known, store, given)
        with pytest.raises(StoreError, match="还没有读取过档案"):
            sort(known, store, [Target("account", ACCOUNTS[0].id)])
    assert list(found.pages) == [url, f"{URL}/b.html"]
    assert list(found.links) == [f"{URL}/b.html", f"{URL}/c.pdf", "http://other.example/"]
    assert list(found.columns) == [COLUMNS[0].id]
    assert [one.name for one in found.refused] == ["http://nobody.example/", "http://", "没了"]
    assert {one.outcome for one in found.refused} == {Outcome.UNSEEN}
