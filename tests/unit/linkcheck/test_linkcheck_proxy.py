"""Proxies: what goes through one, what does not, and what may not be asked of one."""

from dataclasses import replace

import pytest

from jimo_lint.model import Verdict
from jimo_lint.settings.sections import Links
from tests.support.linkhosts import CRAWL, Servers, closed_port, probe

pytestmark = pytest.mark.slow


def test_proxy(servers: Servers, monkeypatch: pytest.MonkeyPatch) -> None:
    """Requests go through the proxy of the configuration or the environment, but not to what NO_PROXY names."""
    proxy, direct = servers.start(), servers.start()
    named = Links(delay=0, proxy=f"http://127.0.0.1:{proxy.server_port}")
    far = "http://www.example.invalid/status/200"
    assert probe([far], links=named)[far].verdict is Verdict.ALIVE
    assert proxy.asked[f"GET {far}"] == 1
    monkeypatch.setenv("http_proxy", f"http://127.0.0.1:{proxy.server_port}")
    assert probe([far])[far].verdict is Verdict.ALIVE
    monkeypatch.setenv("no_proxy", "127.0.0.1,.example.org")
    near = direct.url("status/200")
    assert probe([near], links=named)[near].verdict is Verdict.ALIVE
    assert direct.asked["GET /status/200"] == 1


def test_proxy_that_does_not_answer() -> None:
    """Without its proxy nothing can be said of a link, however often."""
    url = "http://www.example.invalid/"
    links = Links(delay=0, confirm=1, proxy=f"http://127.0.0.1:{closed_port()}")
    found = probe([url], links=links)[url]
    assert (found.verdict, found.reason) == (Verdict.INCONCLUSIVE, "proxy")


@pytest.mark.parametrize("host", ["10.1.2.3", "127.0.0.1", "localhost", "oa", "nas.local", "[::1]", "127.1"])
def test_private_hosts_are_not_asked_through_a_proxy(host: str, servers: Servers) -> None:
    """A proxy would reach the intranet from where it stands, so literal addresses and local names are refused."""
    proxy = servers.start()
    url = f"http://{host}/status/200"
    links = Links(delay=0, proxy=f"http://127.0.0.1:{proxy.server_port}")
    found = probe([url], links=links, crawl=replace(CRAWL, allow_private=False))[url]
    assert (found.verdict, found.reason) == (Verdict.INCONCLUSIVE, "private-address")
    assert not proxy.asked


def test_redirect_to_a_private_host_through_a_proxy(servers: Servers) -> None:
    """What a public page redirects to is looked at again before the proxy is asked for it."""
    proxy = servers.start()
    url = "http://www.example.invalid/moved/http://10.1.2.3/"
    links = Links(delay=0, proxy=f"http://127.0.0.1:{proxy.server_port}")
    found = probe([url], links=links, crawl=replace(CRAWL, allow_private=False))[url]
    assert (found.reason, len(proxy.asked)) == ("private-address", 1)
