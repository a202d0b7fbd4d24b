"""Certificates: a fault of one is told apart and does not hide the page; authorities of the office are trusted."""

from pathlib import Path

import pytest

from jimo_lint.errors import ConfigError
from jimo_lint.model import Verdict
from jimo_lint.settings.sections import Links
from tests.support.linkhosts import Authority, Servers, probe

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    """A certificate authority of the office's own, as a PEM file."""
    return Authority(tmp_path_factory.mktemp("authority"))


@pytest.mark.parametrize(
    ("name", "days", "signed", "reason"),
    [
        ("127.0.0.1", 1, True, "ok"),
        ("127.0.0.1", -1, True, "tls-expired"),
        ("127.0.0.2", 1, True, "tls-host"),
        ("127.0.0.1", 1, False, "tls-self-signed"),
    ],
)
def test_certificates(name: str, days: int, signed: bool, reason: str, authority: Authority, servers: Servers) -> None:
    """A page behind a certificate that does not verify is alive, with the fault told apart; a bundle is trusted."""
    url = servers.start(authority.context(name, days, signed=signed)).url("article/a.html").replace("http:", "https:")
    found = probe([url], links=Links(delay=0, ca_bundle=authority.path))[url]
    assert (found.verdict, found.reason, found.title) == (Verdict.ALIVE, reason, "汛前检查")
    assert bool(found.error) == (reason != "ok")


def test_missing_page_behind_a_bad_certificate(authority: Authority, servers: Servers) -> None:
    """A certificate that does not verify does not hide that the page is gone."""
    url = servers.start(authority.context("127.0.0.1", -1)).url("status/404").replace("http:", "https:")
    found = probe([url], links=Links(delay=0, ca_bundle=authority.path))[url]
    assert (found.verdict, found.reason) == (Verdict.DEAD, "http-404")


def test_environment_names_further_authorities(
    authority: Authority, servers: Servers, monkeypatch: pytest.MonkeyPatch
) -> None:
    """SSL_CERT_FILE is trusted as browsers of the office trust it."""
    url = servers.start(authority.context("127.0.0.1", 1)).url("status/200").replace("http:", "https:")
    assert probe([url])[url].reason.startswith("tls")
    monkeypatch.setenv("SSL_CERT_FILE", str(authority.path))
    assert probe([url])[url].reason == "ok"


def test_a_bundle_that_is_none(tmp_path: Path) -> None:
    """A file without certificates is a fault of the configuration."""
    path = tmp_path / "ca.pem"
    path.write_text("x")
    with pytest.raises(ConfigError, match="证书"):
        probe(["http://127.0.0.1/"], links=Links(ca_bundle=path))
