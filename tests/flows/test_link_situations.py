"""What links in the field do, each played by a server of its own, with its verdict on the first run."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator

import pytest

from jimo_lint.linkcheck import Target, check_links, link_reason
from jimo_lint.linkcheck.client import BODY_LIMIT
from jimo_lint.model import LinkResult, Verdict
from jimo_lint.settings.sections import Links
from tests.support.linkhosts import CRAWL, TIMEOUT, Servers

# Path, kind, words of the link, sort, verdict, reason, requests that it takes at most. Each is asked in one run.
SITUATIONS = [
    ("status/200", "page", "", "fine", "alive", "ok", 1),
    ("status/204", "page", "", "fine", "alive", "ok", 1),
    ("status/206", "page", "", "fine", "alive", "ok", 1),
    ("head/405", "image", "", "flaky", "alive", "ok", 2),
    ("head/501", "image", "", "flaky", "alive", "ok", 2),
    ("head/403", "image", "", "flaky", "alive", "ok", 2),
    ("head/404", "image", "", "flaky", "alive", "ok", 2),
    ("head/500", "image", "", "flaky", "alive", "ok", 2),
    ("head-drops", "image", "", "flaky", "alive", "ok", 3),
    ("head-hangs", "image", "", "flaky", "alive", "ok", 2),
    ("status/404", "page", "", "gone", "dead", "http-404", 2),
    ("status/410", "page", "", "gone", "dead", "http-410", 2),
    ("once/404", "page", "", "flaky", "alive", "ok", 2),
    ("once/410", "page", "", "flaky", "alive", "ok", 2),
    ("status/202", "page", "", "blocked", "inconclusive", "http-202", 1),
    ("status/304", "page", "", "odd", "inconclusive", "http-304", 1),
    ("status/401", "page", "", "blocked", "inconclusive", "http-401", 1),
    ("status/403", "page", "", "blocked", "inconclusive", "http-403", 1),
    ("status/405", "page", "", "blocked", "inconclusive", "http-405", 1),
    ("status/412", "page", "", "blocked", "inconclusive", "http-412", 1),
    ("status/429", "page", "", "blocked", "inconclusive", "http-429", 1),
    ("status/500", "page", "", "flaky", "inconclusive", "http-500", 2),
    ("status/502", "page", "", "flaky", "inconclusive", "http-502", 2),
    ("status/503", "page", "", "blocked", "inconclusive", "http-503", 2),
    ("status/521", "page", "", "blocked", "inconclusive", "http-521", 1),
    ("retry/429", "page", "", "flaky", "alive", "ok", 2),
    ("retry/503", "page", "", "flaky", "alive", "ok", 2),
    ("to/status/200/a", "page", "", "fine", "alive", "ok", 1),
    ("to/to/to/status/200/b", "page", "", "fine", "alive", "ok", 1),
    ("to/status/404/c", "page", "", "gone", "dead", "http-404", 4),
    ("to/status/403/d", "page", "", "blocked", "inconclusive", "http-403", 2),
    ("loop/a", "page", "", "odd", "inconclusive", "redirect-loop", 1),
    ("endless/0", "page", "", "odd", "inconclusive", "redirect-many", 1),
    ("cookie/x", "page", "", "fine", "alive", "ok", 2),
    ("moved/mailto:a@b.cn", "page", "", "odd", "inconclusive", "redirect-scheme", 1),
    ("moved/http://[", "page", "", "odd", "inconclusive", "bad-answer", 2),
    ("nowhere", "page", "", "odd", "inconclusive", "http-302", 1),
    ("gbk", "page", "", "fine", "alive", "ok", 2),
    ("utf8/中文 页?q=中%2B+%20", "page", "", "fine", "alive", "ok", 1),
    ("utf8/%E4%B8%AD%E6%96%87%20%E9%A1%B5?q=%E4%B8%AD%2B+%20#片段", "page", "", "fine", "alive", "ok", 1),
    ("hang", "page", "", "slow", "inconclusive", "timeout-read", 1),
    ("drop", "page", "", "flaky", "inconclusive", "disconnected", 4),
    ("garbage", "page", "", "flaky", "inconclusive", "bad-answer", 2),
    ("long-header", "page", "", "fine", "alive", "ok", 1),
    ("body-hangs", "image", "", "slow", "alive", "ok", 4),
    ("head-drops/body", "image", "", "flaky", "alive", "ok", 3),
    ("article/a.html", "page", "区水利局开展汛前检查", "fine", "alive", "ok", 1),
    ("article/a.html#anchor", "page", "点击查看详细情况", "fine", "alive", "ok", 2),
    ("soft/real.html", "page", "汛前检查", "fine", "alive", "ok", 1),
    ("soft/gone.html", "page", "汛前检查", "gone", "dead", "soft-404", 3),
    ("soft/deep/gone/", "page", "", "gone", "dead", "soft-404", 3),
    ("soft-query/info?id=12&a=b", "page", "", "gone", "dead", "soft-404", 3),
    ("bare/x.html", "page", "", "gone", "dead", "soft-404", 2),
    ("deleted/t1.html", "page", "", "gone", "dead", "soft-404", 2),
    ("complaint/t1.html", "page", "", "odd", "inconclusive", "says-missing", 2),
    ("headline/t1.html", "page", "关于网页不存在等问题的通报", "fine", "alive", "ok", 1),
    ("error-page/t1.html", "page", "", "gone", "dead", "soft-404", 6),
    ("canonical/t1.html", "page", "", "gone", "dead", "soft-404", 3),
    ("to-home/2018/old.html", "page", "", "odd", "inconclusive", "missing-to-home", 4),
    ("one-to-home/2018/old.html", "page", "", "odd", "inconclusive", "redirect-home", 3),
    ("portal", "page", "", "fine", "alive", "ok", 2),
    ("spa/a", "page", "政务服务", "fine", "alive", "ok", 1),
    ("spa/b", "page", "汛期值班电话表", "odd", "inconclusive", "same-as-missing", 2),
    ("article/a.html?x", "page", "汛期电话一览", "fine", "alive", "ok", 1),
    ("empty-page/", "page", "", "odd", "inconclusive", "empty-page", 1),
    ("refresh/a.html", "page", "", "fine", "alive", "ok", 2),
    ("refresh-gone/a.html", "page", "", "gone", "dead", "http-404", 4),
    ("reload/", "page", "", "fine", "alive", "ok", 1),
    ("reload-self/x", "page", "", "fine", "alive", "ok", 1),
    ("cloud/", "page", "", "blocked", "inconclusive", "http-503", 2),
    ("cloud-200/", "page", "", "blocked", "inconclusive", "challenge", 1),
    ("cloud-404/", "page", "", "blocked", "inconclusive", "challenge", 1),
    ("jsl/", "page", "", "blocked", "inconclusive", "http-521", 1),
    ("jsl-200/", "page", "", "blocked", "inconclusive", "challenge", 1),
    ("ruishu/", "page", "", "blocked", "inconclusive", "http-412", 1),
    ("ruishu-200/", "page", "", "blocked", "inconclusive", "challenge", 1),
    ("slider/", "page", "", "blocked", "inconclusive", "challenge", 1),
    ("gb2312/", "page", "", "fine", "alive", "ok", 1),
    ("bomb/", "page", "", "fine", "alive", "ok", 1),
    ("gzip/", "page", "", "fine", "alive", "ok", 1),
    ("gzip-cut/", "page", "", "flaky", "inconclusive", "cut-short", 2),
    ("brotli/", "page", "", "fine", "alive", "ok", 1),
    ("pdf/P02.pdf", "attachment", "", "fine", "alive", "ok", 1),
    ("pdf-whole/P02.pdf", "attachment", "", "fine", "alive", "ok", 1),
    ("pdf-late/P02.pdf", "attachment", "", "fine", "alive", "ok", 1),
    ("pdf/down.do?name=a.pdf", "attachment", "", "fine", "alive", "ok", 1),
    ("zip/P02.docx", "attachment", "", "fine", "alive", "ok", 1),
    ("ole/P02.docx", "attachment", "", "fine", "alive", "ok", 1),
    ("ole/P02.xls", "attachment", "", "fine", "alive", "ok", 1),
    ("zip/P02.xls", "attachment", "", "fine", "alive", "ok", 1),
    ("zip/P02.ofd", "attachment", "", "fine", "alive", "ok", 1),
    ("rtf/P02.doc", "attachment", "", "fine", "alive", "ok", 1),
    ("word-page/P02.doc", "attachment", "", "fine", "alive", "ok", 1),
    ("rar/P02.zip", "attachment", "", "fine", "alive", "ok", 1),
    ("unknown/P02.pdf", "attachment", "", "fine", "alive", "ok", 1),
    ("zip/P02.pdf", "attachment", "", "odd", "inconclusive", "file-type", 1),
    ("pdf/P02.docx", "attachment", "", "odd", "inconclusive", "file-type", 1),
    ("viewer/P02.pdf", "attachment", "", "odd", "inconclusive", "file-is-page", 1),
    ("file-challenge/P02.pdf", "attachment", "", "blocked", "inconclusive", "challenge", 1),
    ("file-gone/P02.pdf", "attachment", "", "gone", "dead", "soft-404", 2),
    ("file-gone/P02.doc", "attachment", "", "gone", "dead", "soft-404", 2),
    ("nothing/P02.pdf", "attachment", "", "gone", "dead", "empty-file", 4),
    ("nothing-whole/P02.pdf", "attachment", "", "gone", "dead", "empty-file", 2),
    ("status/404/P02.pdf", "attachment", "", "gone", "dead", "http-404", 2),
    ("status/403/P02.pdf", "attachment", "", "blocked", "inconclusive", "http-403", 1),
    ("hang/P02.pdf", "attachment", "", "slow", "inconclusive", "timeout-read", 1),
    ("drip", "page", "", "slow", "inconclusive", "timeout-read", 1),
]
IDS = [f"{row[1]}:{row[0]}" for row in SITUATIONS]

Played = tuple[dict[str, LinkResult], dict[str, Counter[str]]]


@pytest.fixture(scope="module")
def played() -> Iterator[Played]:
    """All situations, each on a server of its own, so that none colours what is learnt about another's host."""
    servers = Servers()
    running = {key: servers.start() for key in IDS}
    targets = {
        key: Target(running[key].url(path), kind, text)
        for key, (path, kind, text, *_) in zip(IDS, SITUATIONS, strict=True)
    }
    found: dict[str, LinkResult] = {}
    check_links(
        list(targets.values()),
        crawl=CRAWL,
        links=Links(delay=0, concurrency=4),
        known={},
        done=lambda result: found.__setitem__(result.url, result),
        pause=0.05,
    )
    yield {key: found[target.url] for key, target in targets.items()}, {key: one.asked for key, one in running.items()}
    servers.stop()


@pytest.mark.parametrize(("row", "key"), list(zip(SITUATIONS, IDS, strict=True)), ids=IDS)
def test_situation(row: tuple[str, str, str, str, str, str, int], key: str, played: Played) -> None:
    """Each situation gets its verdict and reason on the first run, and no more requests than it takes."""
    path, _, _, _, verdict, reason, requests = row
    results, asked = played
    assert (results[key].verdict, results[key].reason) == (Verdict(verdict), reason)
    many = path.partition("/")[0] in ("loop", "endless", "to")
    assert sum(asked[key].values()) <= (24 if many else requests), asked[key]
    checked = results[key].checked
    assert checked is not None and checked.tzinfo is dt.UTC


def test_only_what_is_gone_is_dead_at_once(played: Played) -> None:
    """Nothing that is blocked, slow or flaky is dead on the first run, and all that is gone is found."""
    sorts = {key: row[3] for key, row in zip(IDS, SITUATIONS, strict=True)}
    assert Counter(sorts.values()).keys() == {"fine", "gone", "blocked", "slow", "flaky", "odd"}
    assert len(SITUATIONS) >= 60
    for key, result in played[0].items():
        assert (result.verdict is Verdict.DEAD) == (sorts[key] == "gone"), key
        if sorts[key] == "fine":
            assert result.verdict is Verdict.ALIVE, key


def test_reasons_are_worded(played: Played) -> None:
    """Every reason has a Chinese wording, statuses included."""
    for result in played[0].values():
        assert any("\u4e00" <= character <= "\u9fff" for character in link_reason(result.reason)), result.reason


def test_title_and_words_of_the_target(played: Played) -> None:
    """Of a page its title and first words are kept, in whatever charset, and personal data is masked."""
    found = played[0]["page:gb2312/"]
    assert found.title == "公示名单"
    assert "王喆" in found.words and "139****1234" in found.words
    assert "汛前检查" in played[0]["page:gzip/"].words
    assert all(len(result.words) <= 500 + 1 + 200 for result in played[0].values())


def test_packed_bodies_are_unpacked_within_bounds(played: Played) -> None:
    """Twenty megabytes of zeros in twenty kilobytes cost no more than any page."""
    assert played[0]["page:bomb/"].size <= BODY_LIMIT


def test_evidence(played: Played) -> None:
    """A result tells the way, the size and the time, and where nothing came, what the network said."""
    results = played[0]
    [hop] = results["page:to-home/2018/old.html"].chain
    assert hop[0] == 302 and hop[1].endswith("/to-home/2018/old.html")
    assert results["attachment:pdf/P02.pdf"].size == 9009
    assert results["page:hang"].seconds >= TIMEOUT and results["page:hang"].error
