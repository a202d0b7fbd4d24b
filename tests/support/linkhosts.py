"""Loopback servers that behave as links in the field do, and a run of the link checker on them."""

from __future__ import annotations

import datetime as dt
import gzip
import ipaddress
import socket
import ssl
import threading
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from jimo_lint.linkcheck import Target, check_links
from jimo_lint.model import LinkResult
from jimo_lint.settings.sections import Crawl, Links

TIMEOUT = 1.5
CRAWL = Crawl(delay=0, concurrency=4, timeout=TIMEOUT, allow_private=True)


@dataclass(frozen=True)
class Play:
    """One answer of a played site. parts: whether it gives parts of a file."""

    body: bytes = b""
    status: int = 200
    type: str = "text/html; charset=utf-8"
    headers: dict[str, str] = field(default_factory=dict)
    parts: bool = True


_NAV = "<div>" + "".join(f"<a href='/c{n}/'>第{n}个栏目的名称</a> " for n in range(40)) + "</div>"


def page(title: str, text: str, *, nav: bool = True, head: str = "", status: int = 200) -> Play:
    """A page of a portal's template: menus of 40 columns around the text, unless it is bare."""
    around = _NAV if nav else ""
    html = f"<!DOCTYPE html><html><head><title>{title}</title>{head}</head><body>{around}<p>{text}</p></body></html>"
    return Play(html.encode(), status)


def to(target: str, status: int = 302) -> Play:
    """A redirect."""
    return Play(status=status, headers={"Location": target})


_ARTICLE = "区水利局组织开展汛前检查，对辖区内的水库、河道和山塘逐一排查，并落实了值班值守制度。" * 3
_MISSING = page("页面不存在 - 某区人民政府", "您访问的页面不存在，请返回首页。")
_NOT_FOUND = page("404 Not Found", "Not Found", nav=False, status=404)
_SHELL = page("某区政务服务网", "政务服务一网通办平台，个人办事、法人办事、好差评、咨询投诉。")
_CLOUD = b"<html><title>Just a moment...</title><script src='/cdn-cgi/challenge-platform/x'></script></html>"
_JSL = b"<script>document.cookie=('__jsl_clearance_s=1');location.href=location.pathname</script>"
_RUISHU = b"<html><head><script>$_ts=window['$_ts'];if(!$_ts)$_ts={};</script></head><body></body></html>"
_ZIP, _OLE = b"PK\x03\x04" + b"x" * 9000, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"x" * 9000
_BOMB = gzip.compress(bytes(20_000_000))
_PDF = b"%PDF-1.4\n" + b"x" * 9000


def _only(name: str, there: Play, otherwise: Play = _NOT_FOUND) -> Callable[[str], Play]:
    """A folder that holds one thing and answers everything else alike."""
    return lambda asked: there if asked == name else otherwise


def _file(body: bytes, type: str = "application/octet-stream", parts: bool = True) -> Callable[[str], Play]:  # noqa: A002
    return lambda _: Play(body, type=type, parts=parts)


# First segment of the path -> what the folder answers for the rest of it.
SITES: dict[str, Callable[[str], Play]] = {
    "article": _only("a.html", page("汛前检查", _ARTICLE)),
    "soft": _only("real.html", page("汛前检查", _ARTICLE), _MISSING),
    "soft-query": lambda _: _MISSING,
    "bare": lambda _: page("提示", "对不起，您访问的页面不存在！", nav=False),
    "deleted": _only("t1.html", page("该信息已删除", "该信息已删除", nav=False)),
    "complaint": _only("t1.html", page("页面不存在_我为政府网站找错", f"答复：已修复。{_ARTICLE}")),
    "headline": _only("t1.html", page("关于网页不存在等问题的通报", _ARTICLE)),
    "error-page": _only("404.html", _MISSING, to("/error-page/404.html")),
    "canonical": lambda _: page("某区人民政府", _ARTICLE, head="<link rel='canonical' href='/404.html'>"),
    "to-home": lambda _: to("/"),
    "one-to-home": _only("2018/old.html", to("/")),
    "portal": _only("", to("/")),
    "spa": lambda _: _SHELL,
    "empty-page": lambda _: Play(),
    "refresh-gone": _only("a.html", page("", "", nav=False, head="<meta http-equiv=refresh content='0; url=b.html'>")),
    "refresh": _only(
        "a.html",
        page("", "", nav=False, head="<meta http-equiv=refresh content='0;url=b.html'>"),
        page("汛前检查", _ARTICLE),
    ),
    "reload": lambda _: page("大屏", "在线", nav=False, head="<meta http-equiv=refresh content='30'>"),
    "reload-self": lambda name: page(
        "大屏", "在线", nav=False, head=f"<meta http-equiv=refresh content='5;url={name}'>"
    ),
    "cloud": lambda _: Play(_CLOUD, 503),
    "cloud-200": lambda _: Play(_CLOUD),
    "cloud-404": lambda _: Play(_CLOUD, 404),
    "jsl": lambda _: Play(_JSL, 521),
    "jsl-200": lambda _: Play(_JSL),
    "ruishu": lambda _: Play(_RUISHU, 412),
    "ruishu-200": lambda _: Play(_RUISHU, 200),
    "slider": lambda _: page("访问验证", "请完成验证后继续访问", nav=False),
    "gb2312": lambda _: Play(
        "<meta charset=gb2312><title>公示名单</title><p>王喆，电话13905321234</p>".encode("gb18030"), type="text/html"
    ),
    "bomb": lambda _: Play(_BOMB, headers={"Content-Encoding": "gzip"}),
    "gzip": lambda _: Play(gzip.compress(page("压缩过的", _ARTICLE).body), headers={"Content-Encoding": "gzip"}),
    "gzip-cut": lambda _: Play(
        gzip.compress(page("没传完", _ARTICLE).body)[:-30], headers={"Content-Encoding": "gzip"}
    ),
    "brotli": lambda _: Play(b"\x8b\x01\x80page\x03", headers={"Content-Encoding": "br"}),
    "pdf": _file(_PDF),
    "pdf-whole": _file(_PDF + bytes(3_000_000), parts=False),
    "pdf-late": _file(b"\n\n" + _PDF, "application/pdf"),
    "zip": _file(_ZIP),
    "ole": _file(_OLE),
    "rtf": _file(b"{\\rtf1\\ansi x}", "application/msword"),
    "rar": _file(b"Rar!\x1a\x07\x00xxx"),
    "word-page": _file(b"<html xmlns:o='x'><title>sqb</title><body>" + "申请表内容".encode() * 90, "text/html"),
    "viewer": _file(page("在线预览", _ARTICLE).body, "text/html"),
    "file-gone": _file(page("提示", "找不到该文件", nav=False).body, "text/html"),
    "file-challenge": _file(_CLOUD, "text/html"),
    "nothing": _file(b""),
    "nothing-whole": _file(b"", parts=False),
    "unknown": _file(b"just some text", "text/plain"),
}


class Handler(BaseHTTPRequestHandler):
    """Answers by the path; counts what was asked of it in `server.asked`."""

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    server: Server

    def log_message(self, *_: Any) -> None:
        pass

    def do_HEAD(self) -> None:
        self._answer()

    def do_GET(self) -> None:
        self._answer()

    def _answer(self) -> None:
        path = self.path
        if self.server.down:
            self.close_connection = True
            return
        self.server.asked[f"{self.command} {path}"] += 1
        # As a proxy it is asked for whole addresses.
        path = path[path.index("/", 8) :] if path.startswith("http://") else path
        self.server.times.append(time.monotonic())
        asked = self.server.asked[f"{self.command} {self.path}"]
        name, _, argument = path.lstrip("/").partition("/")
        argument = argument if name in ("utf8", "moved", "to") else argument.partition("?")[0]
        if name in SITES:
            self._play(SITES[name](argument))
            return
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

    def _play(self, play: Play) -> None:
        """Answer as a site does, with a part where a part is asked for and the site gives parts."""
        body, status = play.body, play.status
        asked = self.headers.get("Range", "")
        if asked and play.parts and status == 200:
            status = 206 if body else 416
            body = body[: int(asked.rpartition("-")[2]) + 1]
        self.send_response(status)
        self.send_header("Content-Type", play.type)
        for key, value in play.headers.items():
            self.send_header(key, value)
        if status == 206:
            self.send_header("Content-Range", f"bytes 0-{len(body) - 1}/{len(play.body)}")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command == "GET":
            try:
                self.wfile.write(body)
            except OSError:
                self.close_connection = True

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
        self.down = False

    def handle_error(self, *_: Any) -> None:
        """A client that hangs up is part of the play."""

    def url(self, path: str, host: str = "127.0.0.1") -> str:
        return f"http://{host}:{self.server_port}/{path}"


@dataclass
class Servers:
    """Starts servers and stops them at the end."""

    running: list[Server] = field(default_factory=list)

    def start(self, tls: ssl.SSLContext | None = None) -> Server:
        server = Server()
        if tls:
            server.socket = tls.wrap_socket(server.socket, server_side=True)
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
        self.running.append(server)
        return server

    def stop(self) -> None:
        for server in self.running:
            server.shutdown()
            server.server_close()


def probe(
    targets: list[str],
    *,
    crawl: Crawl = CRAWL,
    links: Links | None = None,
    known: dict[str, LinkResult] | None = None,
    kind: str = "page",
    text: str = "",
) -> dict[str, LinkResult]:
    """Results by target; all are links of one kind with the same words."""
    results: list[LinkResult] = []
    check_links(
        [Target(url, kind, text) for url in targets],
        crawl=crawl,
        links=links or Links(delay=crawl.delay, concurrency=crawl.concurrency),
        known=known or {},
        done=results.append,
        pause=0.05,
    )
    assert len({result.url for result in results}) == len(results), "a target was answered twice"
    return {result.url: result for result in results}


def closed_port() -> int:
    """A port that refuses connections."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        return int(server.getsockname()[1])


class Authority:
    """Issues certificates for local servers."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._key = ec.generate_private_key(ec.SECP256R1())
        self._name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Office CA")])
        own = self._certificate(self._name, self._key, self._name, self._key, 30, x509.BasicConstraints(True, None))
        self.path = folder / "ca.pem"
        self.path.write_bytes(own.public_bytes(serialization.Encoding.PEM))

    def context(self, address: str, days: int, *, signed: bool = True) -> ssl.SSLContext:
        """A server's context for an IP address, valid for so many days; not signed: by itself."""
        key = ec.generate_private_key(ec.SECP256R1())
        name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, address)])
        issuer, signer = (self._name, self._key) if signed else (name, key)
        named = x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address(address))])
        certificate = self._certificate(name, key, issuer, signer, days, named)
        path = self._folder / f"{len(list(self._folder.iterdir()))}.pem"
        path.write_bytes(
            key.private_bytes(
                serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
            )
            + certificate.public_bytes(serialization.Encoding.PEM)
        )
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(path)
        return context

    @staticmethod
    def _certificate(
        name: x509.Name,
        key: ec.EllipticCurvePrivateKey,
        issuer: x509.Name,
        signer: ec.EllipticCurvePrivateKey,
        days: int,
        extension: x509.ExtensionType,
    ) -> x509.Certificate:
        now = dt.datetime.now(dt.UTC)
        return (
            x509.CertificateBuilder()
            .subject_name(name)
            .issuer_name(issuer)
            .public_key(key.public_key())
            .serial_number(x509.random_serial_number())
            .not_valid_before(now - dt.timedelta(days=10))
            .not_valid_after(now + dt.timedelta(days=days))
            .add_extension(extension, critical=True)
            .sign(signer, hashes.SHA256())
        )
