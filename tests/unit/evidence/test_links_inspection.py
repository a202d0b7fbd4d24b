"""The links of an inspection: what a round asks, what it leaves to the next one, and what its rows suggest."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from jimo_lint.evidence.link_targets import LinkTally, due, probe, silent_hosts, suggestion, summaries
from jimo_lint.linkcheck import Target
from jimo_lint.lint.engine import Engine
from jimo_lint.lint.triage import triage
from jimo_lint.model import (
    Block,
    Context,
    Document,
    FetchResult,
    Link,
    LinkGroup,
    LinkResult,
    LinkSummary,
    QueuedUrl,
    Verdict,
)
from jimo_lint.settings.config import Config
from jimo_lint.settings.sections import Crawl, Links
from jimo_lint.settings.sections import Site as ConfigSite
from jimo_lint.store import Store
from tests.support import shipped
from tests.support.crawling import Reply, Site, html, site
from tests.support.linkhosts import Authority, Servers
from tests.support.probes import probes
from tests.support.program import jimo_lint

pytestmark = pytest.mark.slow

AS_OF = date(2026, 11, 22)


@pytest.fixture
def served() -> Iterator[Site]:
    """A site of two pages."""
    with site(lambda path: html("<p>内容</p>") if path == "/" or path.startswith("/a.html") else None) as running:
        yield running


def crawled(store: Store, home: str, *links: str) -> None:
    """A store that holds the home page with its links."""
    store.begin_crawl("site", AS_OF, resume=False)
    found = tuple(Link(url, "链接") for url in links)
    page = Document(home, home, "site", "首页", (Block("body", "内容"),), status=200, links=found)
    store.record([FetchResult(QueuedUrl(home), 200, page)])


def config(folder: Path, home: str = "") -> Config:
    """Settings that suit a loopback site."""
    return Config(
        folder=folder,
        site=ConfigSite("测试", (home,) if home else (), ("127.0.0.1",)),
        crawl=Crawl(timeout=5, allow_private=True),
        links=Links(delay=0),
    )


def test_interrupted_round_goes_on(served: Site, tmp_path: Path) -> None:
    """What a round that was cut short has is not asked again; a complete round is followed by a whole one."""
    settings = config(tmp_path, f"{served.url}/")
    with Store.open(settings.store_path, writing=True) as store:
        crawled(store, f"{served.url}/", f"{served.url}/a.html", f"{served.url}/a.html?b")

        def stop(done: int, total: int) -> None:
            raise KeyboardInterrupt

        with pytest.raises(KeyboardInterrupt):
            probe(settings, store, "site", stop)
        assert len(probes(store)) == 1
        assert probe(settings, store, "site", None) == ()
        # The other address is asked now; the one whose answer was stored before is not.
        assert served.hits["/a.html"] + served.hits["/a.html?b"] <= 3
        before = sum(served.hits.values())
        assert probe(settings, store, "site", None) == ()
        assert sum(served.hits.values()) == before + 2


@pytest.mark.parametrize(("days", "reason"), [(-1, "tls-expired"), (1, "ok")])
def test_the_certificate_of_a_host_that_was_crawled_is_looked_at(
    days: int, reason: str, servers: Servers, tmp_path: Path
) -> None:
    """The crawl reads pages behind any certificate; one of its pages is asked, and asked again till it is mended."""
    authority = Authority(tmp_path)
    server = servers.start(authority.context("127.0.0.1", days))
    home, *others = (server.url(f"article/a.html?{name}").replace("http:", "https:") for name in "abc")
    settings = replace(config(tmp_path, home), links=Links(delay=0, ca_bundle=authority.path))
    with Store.open(settings.store_path, writing=True) as store:
        crawled(store, home, home, *others)
        store.record([FetchResult(QueuedUrl(one), 200, Document(one, one, "site", "页")) for one in others])
        now = datetime.now(UTC)
        store.put_link_results([LinkResult(others[1], Verdict.ALIVE, "tls-expired", 200, others[1], checked=now)])
        for _ in range(2):
            assert probe(settings, store, "site", None) == ()
        asked = {url for url in (home, *others) if any(url.endswith(path) for _, path in map(str.split, server.asked))}
        found = {link.url: link.result.reason for link in summaries(settings, store, "site") if link.result}
    assert asked == {home, others[1]}
    assert found == {home: reason, others[0]: "ok", others[1]: reason}


@pytest.mark.parametrize(
    ("verdict", "days", "asked"),
    [
        (Verdict.ALIVE, 13, False),
        (Verdict.ALIVE, 15, True),
        (Verdict.DEAD, 1, True),
        (Verdict.INCONCLUSIVE, 1, True),
        (None, 0, True),
    ],
)
def test_what_was_there_lately_need_not_be_asked(verdict: Verdict | None, days: int, asked: bool) -> None:
    """Within `recheck` days; what was not there is asked each time, to be called mended once it is."""
    begun = datetime(2026, 11, 22, tzinfo=UTC)
    former = LinkResult("http://a/", verdict, "x", checked=begun - timedelta(days=days)) if verdict else None
    targets, _ = due([(Target("http://a/"), former)], begun, begun - timedelta(days=14))
    assert bool(targets) is asked
    assert due([(Target("http://a/"), former)], begun)[0], "without it everything is"


def test_no_network_is_one_problem(tmp_path: Path) -> None:
    """Where neither the links nor the site itself can be reached, nothing is judged and one line says so."""
    settings = config(tmp_path, "http://www.home.invalid/")
    with Store.open(settings.store_path, writing=True) as store:
        crawled(store, "http://www.home.invalid/", "http://a.invalid/", "http://b.invalid/")
        [problem] = probe(settings, store, "site", None)
        assert "网络" in problem.message and not problem.excused
        assert probes(store) == {}


def test_site_that_answers_while_others_do_not(served: Site, tmp_path: Path) -> None:
    """With the site itself in reach the links are judged."""
    settings = config(tmp_path, f"{served.url}/")
    with Store.open(settings.store_path, writing=True) as store:
        crawled(store, f"{served.url}/", "http://a.invalid/", "http://b.invalid/")
        assert probe(settings, store, "site", None) == ()
        assert {one.reason for one in probes(store).values()} == {"dns"}


def test_silent_host_is_one_row(tmp_path: Path) -> None:
    """Links of a host that could not be reached at all are one finding with all the pages; one link stays itself."""
    settings = config(tmp_path)
    urls = [f"http://silent.example.org/{number}.html" for number in range(30)]
    alone = "http://alone.example.org/"
    with Store.open(settings.store_path, writing=True) as store:
        crawled(store, "http://127.0.0.1/", *urls, alone)
        store.put_link_results(LinkResult(url, Verdict.INCONCLUSIVE, "timeout-connect") for url in [*urls, alone])
        links = list(summaries(settings, store, "site"))
    assert {link.siblings for link in links} == {30, 0}
    rules = [rule for rule in shipped.rules() if rule.kind == "links"]
    engine = Engine(rules, Context(AS_OF, shipped.national()))
    rows = triage(finding for link in links for finding in engine.findings(link))
    assert sorted((row.code, row.subject) for row in rows) == [
        ("L105", alone),
        ("L108", "http://silent.example.org/"),
    ]


def test_a_host_with_one_answer_is_not_silent() -> None:
    """One page that answers, even with an error, shows that the host is there."""
    reasons = [("http://a/1", "timeout-read"), ("http://a/2", "http-404"), ("http://b/1", "dns"), ("http://b/2", "dns")]
    assert silent_hosts([*reasons, ("http://c/1", "dns"), ("http://d/1", ""), ("http://d/2", "")]) == {"b": 2}


def link(url: str, result: LinkResult, kind: str = "page", external: bool = False) -> LinkSummary:
    """A link that stands on one page."""
    return LinkSummary(url, kind, "链接", 1, ("http://a/",), external, result)


def test_suggestions() -> None:
    """A permanent move gives its end, a dead page the one page of the same name; trifles give nothing."""
    moved = LinkResult("http://a/x", Verdict.ALIVE, "ok", 200, "http://b/y", chain=((301, "http://a/x"),))
    assert suggestion(link("http://a/x", moved), {}) == "http://b/y"
    assert suggestion(link("http://a/x", replace(moved, chain=((302, "http://a/x"),))), {}) == ""
    assert suggestion(link("http://a/x", replace(moved, chain=((301, "http://a/x"), (302, "http://b/x")))), {}) == ""
    assert suggestion(link("http://a/x", replace(moved, final_url="https://www.a/x/")), {}) == ""
    gone = LinkResult("http://old/t2018_123.html", Verdict.DEAD, "http-404")
    places = {"t2018_123.html": "http://a/zwgk/t2018_123.html"}
    assert suggestion(link(gone.url, gone), places) == "http://a/zwgk/t2018_123.html"
    assert suggestion(link("http://old/index.html", gone), places) == ""
    assert suggestion(link(gone.url, replace(gone, verdict=Verdict.INCONCLUSIVE)), places) == ""


def test_a_name_that_two_pages_of_the_site_have_suggests_neither(tmp_path: Path) -> None:
    """Where /a/ and /b/ both have the page of that name, nobody knows which one was meant."""
    home = "http://127.0.0.1/"
    dead = ["http://127.0.0.1/old/t2018_123.html", "http://127.0.0.1/old/t2018_456.html"]
    results = [LinkResult(url, Verdict.DEAD, "http-404") for url in dead]
    with Store.open(tmp_path / "store.sqlite3", writing=True) as store:
        crawled(store, home, *dead)
        for path in ("a/t2018_123.html", "b/t2018_123.html", "b/t2018_456.html"):
            store.record([FetchResult(QueuedUrl(home + path), 200, Document(home + path, home + path, "site", "文"))])
        store.put_link_results(results)
        found = {one.url: one.suggestion for one in summaries(config(tmp_path, home), store, "site")}
    assert found == {dead[0]: "", dead[1]: f"{home}b/t2018_456.html"}


def test_what_is_shown_begins_with_the_widest_spread() -> None:
    """Dead links come first; among them those on most pages."""
    dead, unsure = (LinkResult("http://a/", verdict, "x") for verdict in (Verdict.DEAD, Verdict.INCONCLUSIVE))
    tally = LinkTally()
    links = [
        replace(link("http://a/1", unsure), pages=99),
        replace(link("http://a/2", dead), pages=1),
        replace(link("http://a/3", dead), pages=50),
    ]
    list(tally.watch(links))
    assert [one.url for one in tally.shown()] == ["http://a/3", "http://a/2", "http://a/1"]


def test_counts_and_share() -> None:
    """Own pages, other sites and attachments are counted apart; the share is of those asked."""
    alive, dead = (LinkResult("http://a/", verdict, "ok") for verdict in (Verdict.ALIVE, Verdict.DEAD))
    tally = LinkTally()
    links = [
        *(link(f"http://a/{number}", alive) for number in range(3)),
        link("http://a/x", dead),
        link("http://b/", dead, external=True),
        link("http://b/f.pdf", alive, "attachment", external=True),
        replace(link("http://a/y", alive), result=None),
    ]
    assert list(tally.watch(links)) == links
    counts = {count.group: count for count in tally.counts()}
    assert (counts[LinkGroup.INTERNAL].dead_share, counts[LinkGroup.INTERNAL].unchecked) == (0.25, 1)
    assert (counts[LinkGroup.EXTERNAL].dead_share, counts[LinkGroup.ATTACHMENT].dead_share) == (1, 0)
    assert [one.url for one in tally.shown()] == ["http://a/x", "http://b/"]


def test_round_older_than_a_day_begins_anew(tmp_path: Path) -> None:
    """Results of an interrupted round count for a day."""
    now = datetime(2026, 11, 22, 8, tzinfo=UTC)
    with Store.open(tmp_path / "store.sqlite3", writing=True) as store:
        assert store.begin_probing("site", now, timedelta(days=1)) == now
        later = now + timedelta(hours=20)
        assert store.begin_probing("site", later, timedelta(days=1)) == now
        much_later = now + timedelta(hours=30)
        assert store.begin_probing("site", much_later, timedelta(days=1)) == much_later
        store.finish_probing("site")
        assert store.begin_probing("site", much_later + timedelta(hours=1), timedelta(days=1)) > much_later


def test_crawled_pages_that_say_they_are_missing_are_asked_again(tmp_path: Path) -> None:
    """A page that answers 200 and says it is gone is dead as any other; one that is about missing pages is not."""

    def answer(path: str) -> Reply:
        if path == "/":
            return html('<a href="/lost.html">防汛通知</a><a href="/about.html">页面不存在怎么办</a>')
        if path == "/about.html":
            return html(
                "<h1>页面不存在怎么办</h1><p>如果您访问的页面不存在，请拨打示例区热线，工作人员会帮您找到。</p>" * 5
            )
        return html("<p>您访问的页面不存在或已被删除。</p>", title="提示信息")

    with site(answer) as running:
        lines = [
            "[site]",
            'name = "示例"',
            f'start = ["{running.url}/"]',
            "[crawl]",
            "delay = 0",
            "allow_private = true",
        ]
        (tmp_path / "jimo-lint.toml").write_text("\n".join([*lines, "[links]", "delay = 0"]), encoding="utf-8")
        done = jimo_lint("inspect", "columns", "--as-of", "2026-11-22", "-f", "json", cwd=tmp_path)
    rows = {row["url"].removeprefix(running.url): row for row in json.loads(done.stdout)["links"]}
    assert (rows["/lost.html"]["verdict"], rows["/lost.html"]["reason"]) == ("dead", "soft-404")
    assert "/about.html" not in rows
