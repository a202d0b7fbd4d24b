"""Link probing against local servers that behave as links in the field do."""

import datetime as dt
import gc
import os
import signal
import socket
import ssl
import threading
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from jimo_lint.config import Crawl
from jimo_lint.linkcheck import REASONS, check_links, link_reason
from jimo_lint.linkcheck.addresses import is_public, wire
from jimo_lint.linkcheck.exchange import BODY_LIMIT
from jimo_lint.model import LinkResult, Verdict

TIMEOUT = 0.8
CRAWL = Crawl(delay=0, concurrency=4, timeout=TIMEOUT, allow_private=True)


class Handler(BaseHTTPRequestHandler):
    """Answers by the path; counts what was asked of it in `server.asked`."""

    protocol_version = "HTTP/1.1"
    server: "Server"

    def log_message(self, *_: Any) -> None:
        pass

    def do_HEAD(self) -> None:
        self._answer()

    def do_GET(self) -> None:
        self._answer()

    def _answer(self) -> None:
        path = self.path
        self.server.asked[f"{self.command} {path}"] += 1
        self.server.times.append(time.monotonic())
        asked = self.server.asked[f"{self.command} {path}"]
        name, _, argument = path.lstrip("/").partition("/")
        argument = argument if name in ("utf8", "moved", "to") else argument.partition("?")[0]
        match name:
            case "status":
                self._send(int(argument.partition("/")[0]))
            case "head":
                self._send(int(argument) if self.command == "HEAD" else 200)
            case "head-hangs" if self.command == "HEAD":
                time.sleep(2 * TIMEOUT)
                self.close_connection = True
            case "head-drops" if self.command == "HEAD":
                self.close_connection = True
            case "once":
                self._send(int(argument) if (self.command == "GET" and asked == 1) or self.command == "HEAD" else 200)
            case "retry":
                self._send(int(argument) if asked == 1 else 200, {"Retry-After": "0"})
            case "limited-gone":
                limited = self.command == "HEAD" and asked == 1
                self._send(429 if limited else 404, {"Retry-After": "0"})
            case "limit":
                self._send(429, {"Retry-After": argument})
            case "to":
                self._send(302, {"Location": "/" + argument})
            case "moved":
                self._send(301, {"Location": argument})
            case "loop":
                self._send(302, {"Location": "/loop/" + ("b" if argument == "a" else "a")})
            case "endless":
                self._send(302, {"Location": f"/endless/{int(argument) + 1}"})
            case "cookie" if "seen=1" not in self.headers.get("Cookie", ""):
                self._send(302, {"Location": self.path, "Set-Cookie": "seen=1; Path=/"})
            case "gbk":
                self._raw(b"HTTP/1.1 302 Found\r\nLocation: /bytes/\xd6\xd0\r\nContent-Length: 0\r\n\r\n")
            case "bytes":
                self._send(200 if argument == "%D6%D0" else 404)
            case "utf8":
                self._send(200 if argument == "%E4%B8%AD%E6%96%87%20%E9%A1%B5?q=%E4%B8%AD%2B+%20" else 404)
            case "nowhere":
                self._send(302)
            case "hang":
                time.sleep(2 * TIMEOUT)
                self.close_connection = True
            case "drip":
                self._drip(b"HTTP/1.1 200 OK\r\nX-Slow: " + b"x" * 100)
            case "drop":
                self.close_connection = True
            case "garbage":
                self._raw(b"\x00\x01\x02 this is not HTTP\r\n\r\n")
                self.close_connection = True
            case "long-header":
                self._send(200, {"Content-Security-Policy": "x" * 20000})
            case "body-hangs":
                self._body_hangs()
            case "endless-body":
                self._endless_body()
            case _:
                self._send(200)

    def _send(self, status: int, headers: dict[str, str] | None = None) -> None:
        body = b"" if self.command == "HEAD" or status in (204, 304) else b"<title>x</title>"
        self.send_response(status)
        for key, value in (headers or {}).items():
            self.send_header(key, value)
        if status not in (204, 304):
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def _raw(self, data: bytes) -> None:
        self.wfile.write(data)
        self.wfile.flush()

    def _drip(self, data: bytes) -> None:
        self.close_connection = True
        if self.command == "HEAD":
            self._send(405)
            return
        try:
            for value in data:
                self._raw(bytes([value]))
                time.sleep(0.1)
        except OSError:
            pass

    def _body_hangs(self) -> None:
        self.close_connection = True
        if self.command == "HEAD":
            self._send(405)
        else:
            self._raw(b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nabc")
            time.sleep(2 * TIMEOUT)

    def _endless_body(self) -> None:
        self.close_connection = True
        if self.command == "HEAD":
            self._send(405)
            return
        self._raw(b"HTTP/1.1 200 OK\r\n\r\n")
        try:
            while self.server.sent < 64 * 1024 * 1024:
                self._raw(b"x" * 16384)
                self.server.sent += 16384
        except OSError:
            pass


class Server(ThreadingHTTPServer):
    """A server on a free port of 127.0.0.1, with what was asked of it."""

    request_queue_size = 64

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.asked: Counter[str] = Counter()
        self.times: list[float] = []
        self.sent = 0

    def handle_error(self, *_: Any) -> None:
        """A client that hangs up is part of the play."""

    def url(self, path: str, host: str = "127.0.0.1") -> str:
        return f"http://{host}:{self.server_port}/{path}"


@dataclass
class Servers:
    """Starts servers and stops them at the end."""

    running: list[Server] = field(default_factory=list)

    def start(self) -> Server:
        server = Server()
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
        self.running.append(server)
        return server

    def stop(self) -> None:
        for server in self.running:
            server.shutdown()
            server.server_close()


@pytest.fixture
def servers() -> Iterator[Servers]:
    """Servers that live as long as one test."""
    servers = Servers()
    yield servers
    servers.stop()


def probe(
    targets: list[str], *, crawl: Crawl = CRAWL, known: dict[str, LinkResult] | None = None
) -> dict[str, LinkResult]:
    """Results by target."""
    results: list[LinkResult] = []
    check_links(targets, crawl=crawl, known=known or {}, done=results.append, pause=0.05)
    assert len({result.url for result in results}) == len(results), "a target was answered twice"
    return {result.url: result for result in results}


def closed_port() -> int:
    """A port that refuses connections."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        return int(server.getsockname()[1])


# Path, verdict, reason, requests that it takes at most. Each is asked once, all in one run.
SITUATIONS = [
    ("status/200", "alive", "ok", 1),
    ("status/204", "alive", "ok", 1),
    ("status/206", "alive", "ok", 1),
    ("head/405", "alive", "ok", 2),
    ("head/501", "alive", "ok", 2),
    ("head/403", "alive", "ok", 2),
    ("head/404", "alive", "ok", 2),
    ("head/500", "alive", "ok", 2),
    ("head-drops", "alive", "ok", 3),
    ("head-hangs", "alive", "ok", 2),
    ("status/404", "dead", "http-404", 4),
    ("status/410", "dead", "http-410", 4),
    ("once/404", "alive", "ok", 4),
    ("once/410", "alive", "ok", 4),
    ("status/202", "inconclusive", "http-202", 2),
    ("status/304", "inconclusive", "http-304", 2),
    ("status/401", "inconclusive", "http-401", 2),
    ("status/403", "inconclusive", "http-403", 2),
    ("status/405", "inconclusive", "http-405", 2),
    ("status/412", "inconclusive", "http-412", 2),
    ("status/429", "inconclusive", "http-429", 1),
    ("status/500", "inconclusive", "http-500", 2),
    ("status/502", "inconclusive", "http-502", 2),
    ("status/503", "inconclusive", "http-503", 2),
    ("status/521", "inconclusive", "http-521", 2),
    ("retry/429", "alive", "ok", 2),
    ("retry/503", "alive", "ok", 3),
    ("to/status/200/a", "alive", "ok", 1),
    ("to/to/to/status/200/b", "alive", "ok", 1),
    ("to/status/404/c", "dead", "http-404", 4),
    ("to/status/403/d", "inconclusive", "http-403", 2),
    ("loop/a", "inconclusive", "redirect-loop", 2),
    ("endless/0", "inconclusive", "redirect-many", 2),
    ("cookie/x", "alive", "ok", 2),
    ("moved/mailto:a@b.cn", "inconclusive", "redirect-scheme", 2),
    ("moved/http://[", "inconclusive", "bad-answer", 2),
    ("nowhere", "inconclusive", "http-302", 2),
    ("gbk", "alive", "ok", 1),
    ("utf8/中文 页?q=中%2B+%20", "alive", "ok", 1),
    ("utf8/%E4%B8%AD%E6%96%87%20%E9%A1%B5?q=%E4%B8%AD%2B+%20#片段", "alive", "ok", 1),
    ("hang", "inconclusive", "timeout-read", 2),
    ("drop", "inconclusive", "disconnected", 4),
    ("garbage", "inconclusive", "bad-answer", 2),
    ("long-header", "alive", "ok", 1),
    ("body-hangs", "alive", "ok", 2),
    ("head-drops/body", "alive", "ok", 3),
]


@pytest.fixture(scope="module")
def played() -> Iterator[tuple[dict[str, LinkResult], dict[str, Counter[str]]]]:
    """All situations, each on a server of its own, so that none colours what is learnt about another's host."""
    servers = Servers()
    by_path = {path: servers.start() for path, *_ in SITUATIONS}
    targets = {path: server.url(path) for path, server in by_path.items()}
    results = probe(list(targets.values()))
    yield {path: results[url] for path, url in targets.items()}, {p: s.asked for p, s in by_path.items()}
    servers.stop()


@pytest.mark.parametrize(("path", "verdict", "reason", "requests"), SITUATIONS, ids=[row[0] for row in SITUATIONS])
def test_situation(
    path: str, verdict: str, reason: str, requests: int, played: tuple[dict[str, LinkResult], dict[str, Counter[str]]]
) -> None:
    """Each situation gets its verdict and reason on the first run, and no more requests than it takes."""
    results, asked = played
    assert (results[path].verdict, results[path].reason) == (Verdict(verdict), reason)
    first = path.partition("/")[0]
    own = [count for request, count in asked[path].items() if request.split("/")[1] == first]
    assert sum(own) <= max(requests, 22 if first in ("loop", "endless", "to") else 0), asked[path]
    assert results[path].checked is not None and results[path].checked.tzinfo is dt.UTC


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
        known = probe([url], known=known)
        assert known[url].reason == reason
        verdicts.append((known[url].verdict.value, known[url].attempts))
    assert verdicts == [("inconclusive", 1), ("inconclusive", 2), ("dead", 3), ("dead", 4)]


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


def test_untrusted_certificate_is_never_dead(tmp_path: Path) -> None:
    """A self-signed certificate is told apart and stays inconclusive: a person gets past the warning."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(self_signed(tmp_path))
    server = Server()
    server.socket = context.wrap_socket(server.socket, server_side=True)
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
    url = f"https://127.0.0.1:{server.server_port}/"
    found = probe([url], known={url: LinkResult(url, Verdict.INCONCLUSIVE, "tls", attempts=7)})[url]
    server.shutdown()
    server.server_close()
    assert (found.verdict, found.reason) == (Verdict.INCONCLUSIVE, "tls")


def self_signed(folder: Path) -> Path:
    """A certificate for nobody, with its key, in one PEM file."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "nobody.invalid")])
    now = dt.datetime.now(dt.UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - dt.timedelta(days=1))
        .not_valid_after(now + dt.timedelta(days=1))
        .sign(key, hashes.SHA256())
    )
    path = folder / "certificate.pem"
    path.write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
        + certificate.public_bytes(serialization.Encoding.PEM)
    )
    return path


def test_private_addresses_are_refused(servers: Servers) -> None:
    """Loopback is not asked unless allowed, however it is written, and also through a name that leads there."""
    server = servers.start()
    port = server.server_port
    hosts = ["127.0.0.1", "localhost", "127.1", "2130706433", "0x7f.1", "[::1]", "[::ffff:127.0.0.1]", "0.0.0.0"]
    results = probe([f"http://{host}:{port}/" for host in hosts], crawl=replace(CRAWL, allow_private=False))
    assert {(r.verdict, r.reason) for r in results.values()} == {(Verdict.INCONCLUSIVE, "private-address")}
    assert not server.asked


def test_redirect_to_private_address_is_refused(servers: Servers, monkeypatch: pytest.MonkeyPatch) -> None:
    """A public page may not send the checker into the intranet."""
    public, inside = servers.start(), servers.start()
    # 127.0.0.1 plays the public host here; 127.0.0.2 is the intranet.
    monkeypatch.setattr("jimo_lint.linkcheck.addresses.is_public", lambda address: address == "127.0.0.1")
    strict = replace(CRAWL, allow_private=False)
    for path in (f"moved/http://127.0.0.2:{inside.server_port}/", "status/200"):
        found = probe([public.url(path)], crawl=strict)[public.url(path)]
        expected = "ok" if path == "status/200" else "private-address"
        assert found.reason == expected
    assert not inside.asked


def test_name_that_changes_its_address_gains_nothing(servers: Servers, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of a name's addresses only the public ones are connected to, those that were looked at (DNS rebinding)."""
    server = servers.start()
    answers = iter([["127.0.0.1"], ["127.0.0.2"], ["127.0.0.2"]])

    def look_up(name: str, port: int, family: int, kind: int) -> list[tuple[Any, ...]]:
        rows = next(answers)
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (row, port)) for row in rows]

    monkeypatch.setattr("jimo_lint.linkcheck.addresses.is_public", lambda address: address == "127.0.0.1")
    monkeypatch.setattr("jimo_lint.linkcheck.addresses.socket.getaddrinfo", look_up)
    url = server.url("status/200", host="rebinding.invalid")
    strict = replace(CRAWL, allow_private=False)
    assert probe([url], crawl=strict)[url].reason == "ok"
    assert probe([url], crawl=strict)[url].reason == "private-address"


@pytest.mark.parametrize(
    ("address", "public"),
    [
        ("8.8.8.8", True),
        ("2400:3200::1", True),
        ("10.1.2.3", False),
        ("172.16.0.1", False),
        ("192.168.1.1", False),
        ("169.254.169.254", False),
        ("100.64.0.1", False),
        ("224.0.0.1", False),
        ("0.0.0.0", False),
        ("::1", False),
        ("fe80::1%eth0", False),
        ("fd00::1", False),
        ("::ffff:10.0.0.1", False),
        ("64:ff9b::a00:1", False),
        ("2002:a00:1::1", False),
        ("no address", False),
    ],
)
def test_public_addresses(address: str, public: bool) -> None:
    """Only addresses of the public internet are public, also inside IPv6 forms of IPv4."""
    assert is_public(address) is public


@pytest.mark.parametrize(
    ("written", "sent"),
    [
        ("http://政务.政务/", "http://xn--zfr164b.xn--zfr164b/"),
        ("http://a.cn/%E4%B8%AD", "http://a.cn/%E4%B8%AD"),
        ("http://a.cn/%D6%D0", "http://a.cn/%D6%D0"),
        (" http://a.cn/中 文 ", "http://a.cn/%E4%B8%AD%20%E6%96%87"),
        ("http://a.cn/x;jsessionid=1?a=b#c", "http://a.cn/x;jsessionid=1?a=b"),
        ("HTTP://A.CN", "http://a.cn"),
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
    check_links([*hanging, *good], crawl=replace(CRAWL, concurrency=1), known={}, done=order.append, pause=0.05)
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
    assert time.monotonic() - started < 5
    assert Counter(r.reason for r in results.values()) == {"host-wait": 19, "http-429": 1}
    assert sum(server.asked.values()) == 1


def test_delay_between_requests_to_a_host(servers: Servers) -> None:
    """Requests to one host keep the configured distance, also with several workers and HEAD refused."""
    server = servers.start()
    probe([server.url(f"head/405?{n}") for n in range(3)], crawl=replace(CRAWL, delay=0.08))
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
    probe([server.url(f"head/405?{n}") for n in range(10)], crawl=replace(CRAWL, concurrency=1))
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
        check_links([server.url(f"status/200/{n}") for n in range(50)], crawl=CRAWL, known={}, done=done)
    gc.collect()
    assert len(kept) == 3
    assert not caplog.records


def test_control_c_ends_the_run(servers: Servers) -> None:
    """SIGINT in the middle of a run ends it soon, and what was delivered stays delivered."""
    server = servers.start()
    targets = [server.url("status/200"), *(server.url(f"hang/{n}") for n in range(4))]
    kept: list[LinkResult] = []
    timer = threading.Timer(0.4, os.kill, [os.getpid(), signal.SIGINT])
    timer.start()
    started = time.monotonic()
    with pytest.raises(KeyboardInterrupt):
        check_links(targets, crawl=replace(CRAWL, timeout=30), known={}, done=kept.append)
    assert time.monotonic() - started < 5
    assert [result.url for result in kept] == targets[:1]


def test_what_done_raises_ends_the_run(servers: Servers) -> None:
    """A full disk met while storing a result is what the caller sees, not a group of exceptions."""
    server = servers.start()

    def done(result: LinkResult) -> None:
        raise RuntimeError("disk full")

    with pytest.raises(RuntimeError, match="disk full"):
        check_links([server.url(f"status/200/{n}") for n in range(50)], crawl=CRAWL, known={}, done=done)


def test_no_targets() -> None:
    """Nothing to do is done at once."""
    assert probe([]) == {}


def test_many_threads_do_not_matter(servers: Servers) -> None:
    """The checker can run beside others in one process (each has its own event loop)."""
    server = servers.start()
    with ThreadPoolExecutor(2) as pool:
        both = list(pool.map(lambda n: probe([server.url(f"status/200/{n}")]), range(2)))
    assert [next(iter(results.values())).verdict for results in both] == [Verdict.ALIVE] * 2


def test_reasons_are_worded(played: tuple[dict[str, LinkResult], dict[str, Counter[str]]]) -> None:
    """Every reason has a Chinese wording, statuses included."""
    for result in played[0].values():
        assert any("\u4e00" <= character <= "\u9fff" for character in link_reason(result.reason)), result.reason
    assert "tls" in REASONS
    assert link_reason("http-418") == "应答 HTTP 418"
    assert link_reason("of-a-newer-version") == "of-a-newer-version"
