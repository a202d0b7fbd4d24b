"""Listens: the socket, the address to open, and the server that runs until Ctrl-C."""

from __future__ import annotations

import socket
from collections.abc import Callable
from pathlib import Path

import uvicorn

from jimo_lint.errors import ConfigError, StoreError, cause
from jimo_lint.web.app import Desk
from jimo_lint.web.board import Office
from jimo_lint.web.guard import is_loopback
from jimo_lint.web.sessions import Doorkeeper

PASSWORD = "JIMO_LINT_REVIEW_PASSWORD"
_SHORTEST = 8
# Requests at once; an answer takes some milliseconds.
_MOST = 200


class Server:
    """A server that has its port and was not started yet. ConfigError where it must not or cannot listen there.

    told: called with the address to open, and again with the next one when that was used.
    """

    def __init__(
        self, path: Path, office: Office, *, host: str, port: int, password: str, told: Callable[[str], None]
    ) -> None:
        if not is_loopback(host) and not password:
            remedy = f"请用环境变量 {PASSWORD} 给出口令（不少于 {_SHORTEST} 个字符），或去掉 --host"
            raise ConfigError(f"--host {host}", "别的电脑也能打开，而没有口令", remedy)
        if password and len(password) < _SHORTEST:
            raise ConfigError(PASSWORD, f"口令不足 {_SHORTEST} 个字符", "请换一个长的")
        self._socket = _listen(host, port)
        self._path = path
        self._told = told
        self._host = host
        self.port = int(self._socket.getsockname()[1])
        self.door = Doorkeeper(password, lambda _: told(self.address))
        # Cookies know no ports: two servers on one machine have each their own.
        desk = Desk(path, office, self.door, host, f"jimo-lint-{self.port}")
        self._server = uvicorn.Server(
            uvicorn.Config(
                desk.application(),
                log_level="error",
                access_log=False,
                server_header=False,
                proxy_headers=False,
                loop="asyncio",
                http="h11",
                ws="none",
                limit_concurrency=_MOST,
                timeout_keep_alive=10,
                timeout_graceful_shutdown=3,
                h11_max_incomplete_event_size=32_768,
            )
        )

    @property
    def address(self) -> str:
        """What to open in a browser now."""
        host = f"[{self._host}]" if ":" in self._host else self._host
        link = self.door.link
        return f"http://{host}:{self.port}/" + (f"login?token={link}" if link else "")

    def run(self) -> None:
        """Serve until Ctrl-C. StoreError where the store cannot be read."""
        self._told(self.address)
        try:
            self._server.run(sockets=[self._socket])
        except KeyboardInterrupt:
            pass  # uvicorn has ended by then, and only passes it on
        except SystemExit:  # as uvicorn ends where the application did not start; why, it has written by then
            raise StoreError(str(self._path), "打不开，没有开始", "请看上面的缘由") from None
        finally:
            self._socket.close()

    def stop(self) -> None:
        """Let it end; from another thread."""
        self._server.should_exit = True


def _listen(host: str, port: int) -> socket.socket:
    place = f"{host}:{port}"
    try:
        family, _, _, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        return socket.create_server(address[:2], family=family, backlog=_MOST)
    except socket.gaierror:
        raise ConfigError(place, "没有这个主机名", "请检查 --host") from None
    except OSError as fault:
        raise ConfigError(place, f"不能在这里监听（{cause(fault)}）", "请换一个 --port，或写 0 由系统选") from None
    except OverflowError:
        raise ConfigError(place, "没有这个端口", "应为 0 到 65535") from None
