"""Link probing: who is asked how often, what counts as confirmed, and how a run ends."""

import datetime as dt
import gc
import os
import signal
import socket
import threading
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import Any

import pytest

from jimo_lint.linkcheck import REASONS, Target, check_links, link_reason
from jimo_lint.linkcheck.addresses import wire
from jimo_lint.linkcheck.client import BODY_LIMIT
from jimo_lint.model import LinkResult, Verdict
from jimo_lint.settings.sections import Links
from tests.support.linkhosts import CRAWL, Servers, closed_port, probe

pytestmark = pytest.mark.slow


def test_final_address_and_status(servers: Servers) -> None:
    """The result tells where a redirect ended, and with which status."""
    server = servers.start()
    found = probe([server.url("to/status/404/x")])[server.url("to/status/404/x")]
    assert (found.final_url, found.status) == (server.url("status/404/x"), 404)


def test_missing_page_is_asked_twice(servers: Servers) -> None:
    """A 404 is asked for again after a pause before it counts."""
    server = servers.start()
    probe([server.url("status/404")])
    assert server.asked["GET /status/404"] == 2
    assert server.times[-1] - server.times[0] >= 0.05


def test_rate_limit_does_not_stand_in_for_the_first_404(servers: Servers) -> None:
    """429 and then a single 404 is not yet a confirmed 404: it is asked for once more."""
    server = servers.start()
    url = server.url("limited-gone")
    assert probe([url])[url].reason == "http-404"
    assert server.asked["GET /limited-gone"] == 2


def test_same_address_is_asked_once(servers: Servers) -> None:
    """Links that differ only in the fragment or in encoding share one request, and each gets its result."""
    server = servers.start()
    targets = [server.url(path) for path in ("政务#a", "政务#b", "%E6%94%BF%E5%8A%A1", "政务#a")]
    results = probe(targets)
    assert sorted(results) == sorted(set(targets))
    assert {result.verdict for result in results.values()} == {Verdict.ALIVE}
    assert sum(server.asked.values()) == 1


def test_other_schemes_are_left_out(servers: Servers) -> None:
    """mailto:, javascript: and the like are nobody's dead links."""
    assert probe(["mailto:a@b.cn", "javascript:void(0)", "tel:12345", "", "#", "ftp://127.0.0.1/"]) == {}


@pytest.mark.parametrize(
    "target", ["http://[::1", "http://", "https:///x", "http://127.0.0.1:99999/", "http://1.2.3.4.5/"]
)
def test_impossible_address_is_dead(target: str) -> None:
    """An address that no browser can open is dead without being asked."""
    found = probe([target])[target]
    assert (found.verdict, found.reason) == (Verdict.DEAD, "invalid-url")


@pytest.mark.parametrize("reason", ["refused", "dns", "tls-handshake"])
def test_network_failure_is_dead_at_the_third_run(reason: str, servers: Servers) -> None:
    """Failures of the network are inconclusive twice, and dead when the third run in a row finds them."""
    url = {
        "refused": f"http://127.0.0.1:{closed_port()}/",
        "dns": "http://no-such-host.invalid/",
        "tls-handshake": f"https://127.0.0.1:{servers.start().server_port}/",
    }[reason]
    known: dict[str, LinkResult] = {}
    verdicts = []
    for _ in range(4):
        found = probe([url], known=known)[url]
        assert found.reason == reason
        verdicts.append((found.verdict.value, found.attempts))
        known = {url: aged(found)}
    assert verdicts == [("inconclusive", 1), ("inconclusive", 2), ("dead", 3), ("dead", 4)]


def aged(result: LinkResult) -> LinkResult:
    """The result as it stands an hour later."""
    assert result.failing_since is not None
    return replace(result, failing_since=result.failing_since - dt.timedelta(hours=1))


def test_runs_within_an_hour_count_once() -> None:
    """Ten runs in a row while a server restarts are one failure, and the first of them is remembered."""
    url = f"http://127.0.0.1:{closed_port()}/"
    first = probe([url])[url]
    known = {url: first}
    for _ in range(3):
        known = probe([url], known=known)
    assert (known[url].verdict, known[url].attempts) == (Verdict.INCONCLUSIVE, 1)
    assert known[url].failing_since == first.failing_since == first.checked


def test_how_many_failures_confirm_is_configured() -> None:
    """With `confirm = 1` the first failure is enough."""
    url = f"http://127.0.0.1:{closed_port()}/"
    assert probe([url], links=Links(delay=0, confirm=1))[url].verdict is Verdict.DEAD


def test_history_of_a_link(servers: Servers) -> None:
    """Since when it fails and when it was last alive go from run to run, until it is alive again."""
    server = servers.start()
    url = server.url("status/200")
    alive = probe([url])[url]
    assert alive.last_alive == alive.checked and alive.failing_since is None
    gone = server.url("status/404")
    failed = probe([gone], known={gone: replace(alive, url=gone)})[gone]
    assert (failed.last_alive, failed.failing_since) == (alive.checked, failed.checked)
    again = probe([gone], known={gone: aged(failed)})[gone]
    assert (again.last_alive, again.attempts) == (alive.checked, 2)
    assert again.failing_since == aged(failed).failing_since
    assert probe([url], known={url: replace(again, url=url)})[url].failing_since is None


def test_success_between_failures_starts_again() -> None:
    """Two failures, then a good answer or a block: the next failure is the first again."""
    url = f"http://127.0.0.1:{closed_port()}/"
    failed_twice = LinkResult(url, Verdict.INCONCLUSIVE, "refused", attempts=2)
    assert probe([url], known={url: failed_twice})[url].verdict is Verdict.DEAD
    for between in (
        replace(failed_twice, verdict=Verdict.ALIVE, reason="ok", attempts=9),
        replace(failed_twice, reason="http-403", attempts=9),
    ):
        found = probe([url], known={url: between})[url]
        assert (found.verdict, found.attempts) == (Verdict.INCONCLUSIVE, 1)


def test_blocked_stays_inconclusive_for_ever(servers: Servers) -> None:
    """However often a robot is blocked, the link is not dead."""
    url = servers.start().url("status/403")
    blocked = LinkResult(url, Verdict.INCONCLUSIVE, "http-403", attempts=50)
    assert probe([url], known={url: blocked})[url].verdict is Verdict.INCONCLUSIVE


def test_connect_timeout() -> None:
    """A host that takes no connection is a timeout of connecting, and inconclusive."""
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        server.listen(0)
        waiting = [socket.socket() for _ in range(3)]
        for sock in waiting:  # fill the queue of the listening socket: further attempts get no answer
            sock.setblocking(False)
            sock.connect_ex(server.getsockname())
        url = f"http://127.0.0.1:{server.getsockname()[1]}/"
        found = probe([url])[url]
        for sock in waiting:
            sock.close()
    assert (found.verdict, found.reason) == (Verdict.INCONCLUSIVE, "timeout-connect")


def test_without_network_nothing_is_judged() -> None:
    """Where all hosts fail as they do without a network, no link gets a verdict."""
    links = [Target(f"http://host-{number}.invalid/") for number in range(4)]
    found: list[LinkResult] = []
    assert not check_links(links, crawl=CRAWL, links=Links(delay=0), known={}, done=found.append)
    assert not found


def test_gone_domain_is_judged_where_the_site_answers(servers: Servers) -> None:
    """That all links fail is no doubt about the network where the site itself can be reached."""
    links = [Target(f"http://host-{number}.invalid/") for number in range(4)]
    found: list[LinkResult] = []
    witness = servers.start().url("")
    assert check_links(links, crawl=CRAWL, links=Links(delay=0), known={}, done=found.append, witness=witness)
    assert [(one.verdict, one.reason) for one in found] == [(Verdict.INCONCLUSIVE, "dns")] * 4


def test_network_that_breaks_on_the_way(servers: Servers, monkeypatch: pytest.MonkeyPatch) -> None:
    """What was answered before the network broke counts; what failed after it is left for another run."""
    server = servers.start()
    good = Target(server.url("status/200"))
    late = [Target(f"http://host-{number}.invalid/") for number in range(3)]
    found: list[LinkResult] = []

    def look_up(*_: Any) -> None:
        time.sleep(0.3)
        raise socket.gaierror(socket.EAI_AGAIN, "no name server")

    monkeypatch.setattr("jimo_lint.linkcheck.addresses.socket.getaddrinfo", look_up)

    def done(result: LinkResult) -> None:
        found.append(result)
        server.down = True

    assert not check_links([good, *late], crawl=CRAWL, links=Links(delay=0), known={}, done=done)
    assert [result.url for result in found] == [good.url]


@pytest.mark.parametrize(
    ("written", "sent"),
    [
        ("http://政务.政务/", "http://xn--zfr164b.xn--zfr164b/"),
        ("http://a.cn/%E4%B8%AD", "http://a.cn/%E4%B8%AD"),
        ("http://a.cn/%D6%D0", "http://a.cn/%D6%D0"),
        (" http://a.cn/中 文 ", "http://a.cn/%E4%B8%AD%20%E6%96%87"),
        ("http://a.cn/x;jsessionid=1?a=b#c", "http://a.cn/x;jsessionid=1?a=b"),
        ("HTTP://A.CN", "http://a.cn/"),
        ("http://a.cn/%u516C%u544A.html", "http://a.cn/%u516C%u544A.html"),
        ("http://a.cn/d.jsp?f=a\\b.doc", "http://a.cn/d.jsp?f=a\\b.doc"),
        ("http://a.cn\\d\\e", "http://a.cn/d/e"),
        ("http://a.cn/x?", "http://a.cn/x?"),
        ("http://a.cn?", "http://a.cn/?"),
        ("http://a.cn/x?#c", "http://a.cn/x?"),
        ("http://a.cn/a/../b/./c?u=../d", "http://a.cn/b/c?u=../d"),
        ("http://a.cn:8080/s?q=%B9%AB%b8", "http://a.cn:8080/s?q=%B9%AB%b8"),
        ("http://a.cn/q?u=http://b.cn/c", "http://a.cn/q?u=http://b.cn/c"),
    ],
)
def test_what_is_sent(written: str, sent: str) -> None:
    """Chinese hosts and paths are encoded once; what is encoded stays, in whatever charset."""
    assert str(wire(written)) == sent


def test_slow_host_does_not_fail_its_neighbours(servers: Servers) -> None:
    """Links behind a host that hangs wait, those of other hosts are done long before and are not timed out."""
    slow, fast = servers.start(), servers.start()
    hanging = [slow.url(f"hang/{n}") for n in range(2)]
    good = [fast.url(f"status/200/{n}") for n in range(40)]
    order: list[LinkResult] = []
    check_links(
        [Target(url) for url in (*hanging, *good)],
        crawl=CRAWL,
        links=Links(delay=0, concurrency=1),
        known={},
        done=order.append,
        pause=0.05,
    )
    assert {result.url for result in order[:40]} == set(good)
    assert all(result.verdict is Verdict.ALIVE for result in order[:40])
    assert all(result.reason == "timeout-read" for result in order[40:])


def test_head_of_an_answer_byte_by_byte(servers: Servers) -> None:
    """A server that drips its answer does not hold a worker for ever."""
    url = servers.start().url("drip")
    found = probe([url], crawl=replace(CRAWL, timeout=0.3))[url]
    assert (found.verdict, found.reason) == (Verdict.INCONCLUSIVE, "timeout-read")


def test_silent_host_is_left_after_some_failures(servers: Servers) -> None:
    """A host that never answers is not waited for with every link; the rest is inconclusive and says so."""
    server = servers.start()
    targets = [server.url(f"hang/{n}") for n in range(30)]
    results = probe(targets, crawl=replace(CRAWL, timeout=0.2))
    reasons = Counter(result.reason for result in results.values())
    assert set(reasons) == {"timeout-read", "host-silent"} and reasons["timeout-read"] < 10
    assert {result.verdict for result in results.values()} == {Verdict.INCONCLUSIVE}


def test_long_retry_after_is_not_waited_for(servers: Servers) -> None:
    """A host that asks for an hour's rest gets it: nothing more is asked in this run, and the run goes on."""
    server = servers.start()
    targets = [server.url(f"limit/3600?{n}") for n in range(20)]
    started = time.monotonic()
    results = probe(targets, crawl=replace(CRAWL, concurrency=1))
    assert time.monotonic() - started < 60, "it waited"
    assert Counter(r.reason for r in results.values()) == {"host-wait": 19, "http-429": 1}
    assert sum(server.asked.values()) == 1


def test_delay_between_requests_to_a_host(servers: Servers) -> None:
    """Requests to one host keep the configured distance, also with several workers and HEAD refused."""
    server = servers.start()
    probe([server.url(f"head/405?{n}") for n in range(3)], crawl=replace(CRAWL, delay=0.08), kind="image")
    gaps = [after - before for before, after in zip(server.times, server.times[1:], strict=False)]
    assert len(gaps) >= 3 and min(gaps) > 0.05


def test_bodies_are_bounded(servers: Servers) -> None:
    """Of an endless body only the beginning is read."""
    server = servers.start()
    url = server.url("endless-body")
    assert probe([url])[url].verdict is Verdict.ALIVE
    time.sleep(0.1)
    assert server.sent < 100 * BODY_LIMIT  # what was read, and what the sockets' buffers took


def test_head_is_not_tried_again_where_it_is_refused(servers: Servers) -> None:
    """A host that refuses HEAD is asked with GET from then on."""
    server = servers.start()
    probe([server.url(f"head/405?{n}") for n in range(10)], crawl=replace(CRAWL, concurrency=1), kind="image")
    heads = sum(count for request, count in server.asked.items() if request.startswith("HEAD"))
    assert heads == 1


def test_results_come_as_they_arrive(servers: Servers, caplog: pytest.LogCaptureFixture) -> None:
    """An interrupted run keeps what was done, and the interruption arrives at the caller, without noise."""
    server = servers.start()
    kept: list[LinkResult] = []

    def done(result: LinkResult) -> None:
        kept.append(result)
        if len(kept) == 3:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        check_links(
            [Target(server.url(f"status/200/{n}")) for n in range(50)],
            crawl=CRAWL,
            links=Links(delay=0),
            known={},
            done=done,
        )
    gc.collect()
    assert len(kept) == 3
    assert not caplog.records


def test_control_c_ends_the_run(servers: Servers) -> None:
    """SIGINT in the middle of a run ends it soon, and what was delivered stays delivered."""
    server = servers.start()
    targets = [server.url("status/200"), *(server.url(f"hang/{n}") for n in range(4))]
    kept: list[LinkResult] = []

    def deliver(result: LinkResult) -> None:
        kept.append(result)
        threading.Timer(0.1, os.kill, [os.getpid(), signal.SIGINT]).start()

    started = time.monotonic()
    with pytest.raises(KeyboardInterrupt):
        check_links(
            [Target(url) for url in targets],
            crawl=replace(CRAWL, timeout=30),
            links=Links(delay=0, concurrency=4),
            known={},
            done=deliver,
        )
    assert time.monotonic() - started < 20, "it waited until the pages were out of time"
    assert [result.url for result in kept] == targets[:1]


def test_what_done_raises_ends_the_run(servers: Servers) -> None:
    """A full disk met while storing a result is what the caller sees, not a group of exceptions."""
    server = servers.start()

    def done(result: LinkResult) -> None:
        raise RuntimeError("disk full")

    with pytest.raises(RuntimeError, match="disk full"):
        check_links(
            [Target(server.url(f"status/200/{n}")) for n in range(50)],
            crawl=CRAWL,
            links=Links(delay=0),
            known={},
            done=done,
        )


def test_no_targets() -> None:
    """Nothing to do is done at once."""
    assert probe([]) == {}


def test_many_threads_do_not_matter(servers: Servers) -> None:
    """The checker can run beside others in one process (each has its own event loop)."""
    server = servers.start()
    with ThreadPoolExecutor(2) as pool:
        both = list(pool.map(lambda n: probe([server.url(f"status/200/{n}")]), range(2)))
    assert [next(iter(results.values())).verdict for results in both] == [Verdict.ALIVE] * 2


def test_reasons_are_worded() -> None:
    """Codes have a Chinese wording; those of a newer version are given back as they are."""
    assert "tls-expired" in REASONS
    assert link_reason("http-418") == "应答 HTTP 418"
    assert link_reason("of-a-newer-version") == "of-a-newer-version"
