"""Stands before every page: whose address was asked for, how much was sent, and what a browser may do with answers."""

from __future__ import annotations

import ipaddress
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse

_Scope = MutableMapping[str, Any]
_Message = MutableMapping[str, Any]
_Receive = Callable[[], Awaitable[_Message]]
_Send = Callable[[_Message], Awaitable[None]]
_App = Callable[[_Scope, _Receive, _Send], Awaitable[None]]

# Bytes of a form and of a query: a reason has 500 characters.
MOST_BODY, _MOST_QUERY = 16_384, 8_192

_HEADERS = {
    # Nothing from elsewhere, no inline script or style, in no frame; what was crawled could do nothing even as markup.
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; form-action 'self';"
        " base-uri 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    # Not `no-referrer`: with it browsers send `Origin: null` with forms. Other sites are told nothing by this either.
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-store",
}


def is_loopback(host: str) -> bool:
    """Whether a name or address is this machine and nothing else."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host.lower() == "localhost"


class Guard:
    """Refuses what asks for another host (a foreign name that was made to lead here), posts from other pages, and what
    is too large. host: that of the server; where it is every address of the machine, any address is right, but no name.
    """

    def __init__(self, app: _App, host: str) -> None:
        self._app = app
        self._host = host.lower()

    async def __call__(self, scope: _Scope, receive: _Receive, send: _Send) -> None:
        """As ASGI has it."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def sent(message: _Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).update(_HEADERS)
            await send(message)

        refusal = self._refusal(scope)
        if refusal:
            code, said = refusal
            await PlainTextResponse(said, code)(scope, receive, sent)
        else:
            await self._app(scope, receive, sent)

    def _refusal(self, scope: _Scope) -> tuple[int, str] | None:
        headers = Headers(scope=scope)
        asked = headers.get("host", "")
        if not self._known(asked):
            return 421, "这个地址不是本程序的。请用启动时给出的网址打开。"
        if len(scope["query_string"]) > _MOST_QUERY or len(scope["path"]) > _MOST_QUERY:
            return 414, "网址过长。"
        if scope["method"] not in ("GET", "HEAD", "POST"):
            return 405, "不支持这种请求。"
        if scope["method"] == "POST":
            own = (f"http://{asked}".lower(), f"https://{asked}".lower())
            from_page = headers.get("origin", "").lower() in own
            if not from_page or headers.get("sec-fetch-site", "same-origin") != "same-origin":
                return 403, "这次提交不是从本程序的页面发出的，没有记录。"
            length = headers.get("content-length", "0")
            if not length.isdigit() or int(length) > MOST_BODY:
                return 413, "提交的内容过长，没有记录。"
        return None

    def _known(self, asked: str) -> bool:
        try:
            host = urlsplit(f"//{asked}").hostname or ""
        except ValueError:
            return False
        if is_loopback(host) or host == self._host:
            return True
        try:
            ipaddress.ip_address(host)
        except ValueError:
            return False
        return self._host in ("0.0.0.0", "::")


async def body(receive: Callable[[], Any]) -> bytes | None:
    """What was sent; None where it is more than it said it would be."""
    read = bytearray()
    async for chunk in receive():
        read += chunk
        if len(read) > MOST_BODY:
            return None
    return bytes(read)
