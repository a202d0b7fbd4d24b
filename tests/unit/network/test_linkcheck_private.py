"""Private addresses: nobody is led into the intranet, however the address is written or reached."""

import socket
from dataclasses import replace
from typing import Any

import pytest

from jimo_lint.model import Verdict
from jimo_lint.network.reach import is_metadata, is_public
from tests.support.linkhosts import CRAWL, Servers, probe

pytestmark = pytest.mark.slow


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
    ("address", "metadata"),
    [
        ("169.254.169.254", True),
        ("169.254.0.23", True),
        ("fe80::1%eth0", True),
        ("::ffff:169.254.169.254", True),
        ("64:ff9b::a9fe:a9fe", True),
        ("2002:a9fe:a9fe::1", True),
        ("100.100.100.200", True),
        ("168.63.129.16", True),
        ("fd00:ec2::254", True),
        ("127.0.0.1", False),
        ("10.1.2.3", False),
        ("192.168.1.1", False),
        ("100.64.0.1", False),
        ("169.253.255.255", False),
        ("fd00::1", False),
        ("::1", False),
        ("8.8.8.8", False),
    ],
)
def test_addresses_that_are_never_asked(address: str, metadata: bool) -> None:
    """Link-local ones and those of clouds, also inside IPv6; an office's own network is not among them."""
    assert is_metadata(address) is metadata


@pytest.mark.parametrize(
    "host",
    ["169.254.169.254", "2852039166", "169.254.43518", "[::ffff:169.254.169.254]", "[fe80::1]", "100.100.100.200"],
)
def test_allowing_private_addresses_allows_no_link_local_ones(servers: Servers, host: str) -> None:
    """However they are written, asked for at once or by a redirect."""
    server = servers.start()
    urls = [f"http://{host}/latest/"]
    if "[" not in host:  # the server sends the brackets back as they came, percent-encoded
        urls.append(server.url(f"moved/http://{host}/latest/"))
    assert {result.reason for result in probe(urls).values()} == {"private-address"}


def test_name_that_leads_to_a_link_local_address(servers: Servers, monkeypatch: pytest.MonkeyPatch) -> None:
    """A name is no way around it; its other addresses are asked."""
    server = servers.start()
    answers = {"inside.invalid": ["169.254.169.254"], "both.invalid": ["169.254.169.254", "127.0.0.1"]}

    def look_up(name: str, port: int, family: int, kind: int) -> list[tuple[Any, ...]]:
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (row, port)) for row in answers[name]]

    monkeypatch.setattr("jimo_lint.linkcheck.addresses.socket.getaddrinfo", look_up)
    for name, reason in (("inside.invalid", "private-address"), ("both.invalid", "ok")):
        url = server.url("status/200", host=name)
        assert probe([url])[url].reason == reason
