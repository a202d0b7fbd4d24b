"""How requests leave this machine: which proxy, if any, and whose certificates are trusted."""

from __future__ import annotations

import ssl
from functools import cached_property
from pathlib import Path
from urllib.request import getproxies_environment

from yarl import URL

from jimo_lint.errors import ConfigError

# OpenSSL's codes of what is wrong with a certificate (x509_vfy.h). An issuer that is not found is mostly one that the
# server forgot to send along, which browsers fetch by themselves.
_FAULTS = {10: "tls-expired", 9: "tls-expired", 62: "tls-host", 64: "tls-host", 18: "tls-self-signed",
           19: "tls-self-signed", 20: "tls-chain", 21: "tls-chain"}  # fmt: skip


class Route:
    """Proxy and trust of one run. proxy: from the configuration; "" for what the environment says.

    The environment's NO_PROXY counts for both, so that the site in the office's own network is asked directly.
    """

    def __init__(self, proxy: str, ca_bundle: Path | None) -> None:
        self._proxies = {"http": proxy, "https": proxy} if proxy else _of_environment()
        named = getproxies_environment().get("no", "").lower().split(",")
        self._exempt = [name for one in named if (name := one.strip().lstrip(".").partition(":")[0])]
        self._ca_bundle = ca_bundle
        if ca_bundle:
            self.trusting  # noqa: B018 - a file that is none is a fault before anything is asked

    @cached_property
    def trusting(self) -> ssl.SSLContext:
        """Takes the certificates of this machine and of the configuration. Reading them takes a moment.

        ConfigError where the file cannot be used.
        """
        context = _widened(ssl.create_default_context())
        if self._ca_bundle:
            try:
                context.load_verify_locations(cafile=self._ca_bundle)
            except (OSError, ssl.SSLError):
                raise ConfigError(str(self._ca_bundle), "不是能用的证书文件", "请改用 PEM 格式的证书") from None
        return context

    @cached_property
    def lenient(self) -> ssl.SSLContext:
        """For a second look behind a certificate that does not verify, as who clicks the warning away gets."""
        context = _widened(ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT))
        context.check_hostname = False
        context.verify_mode = ssl.CERT_NONE
        return context

    def proxy(self, url: URL) -> str | None:
        """The proxy that `url` is asked through; None for directly."""
        chosen = self._proxies.get(url.scheme)
        return None if not chosen or self._is_exempt(url.host or "") else chosen

    def _is_exempt(self, host: str) -> bool:
        """Whether NO_PROXY names the host or a domain above it; an asterisk names all."""
        return any(name == "*" or host == name or host.endswith(f".{name}") for name in self._exempt)


def _of_environment() -> dict[str, str]:
    """HTTP_PROXY, HTTPS_PROXY and ALL_PROXY in either case; aiohttp knows HTTP proxies only."""
    found = getproxies_environment()
    chosen = {scheme: found.get(scheme) or found.get("all", "") for scheme in ("http", "https")}
    return {scheme: proxy for scheme, proxy in chosen.items() if proxy.startswith("http://")}


def certificate_fault(fault: ssl.CertificateError) -> str:
    """The reason code of a certificate that does not verify."""
    return _FAULTS.get(getattr(fault, "verify_code", 0), "tls")


def _widened(context: ssl.SSLContext) -> ssl.SSLContext:
    """The context with old protocols and short keys let in.

    Browsers of the offices open such sites, and nothing confidential is sent. OpenSSL itself reads SSL_CERT_FILE and
    SSL_CERT_DIR.
    """
    context.minimum_version = ssl.TLSVersion.MINIMUM_SUPPORTED
    context.options |= getattr(ssl, "OP_LEGACY_SERVER_CONNECT", 0x4)
    context.set_ciphers("DEFAULT:@SECLEVEL=1")
    return context
