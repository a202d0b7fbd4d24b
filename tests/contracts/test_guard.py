"""The guard against the internet."""

import socket
import subprocess
import sys

import pytest

pytestmark = pytest.mark.slow

# 192.0.2.1 and .example are reserved for documentation: nobody is there even if the guard failed.
OUTSIDE = "192.0.2.1"


def test_connect_outside_is_refused(refused_by_guard: list[str]) -> None:
    """A connection to another machine is refused before it leaves."""
    with socket.socket() as sock, pytest.raises(OSError, match="tests may not reach"):
        sock.connect((OUTSIDE, 80))
    assert refused_by_guard == [f"the address {OUTSIDE}"]
    refused_by_guard.clear()


def test_lookup_outside_is_refused(refused_by_guard: list[str]) -> None:
    """Another machine's name is not looked up."""
    with pytest.raises(OSError, match="tests may not reach"):
        socket.getaddrinfo("www.example", 80)
    assert refused_by_guard
    refused_by_guard.clear()


def test_subprocess_is_guarded() -> None:
    """A Python that a test starts is guarded too."""
    script = f"import socket; socket.socket().connect(({OUTSIDE!r}, 80))"
    ended = subprocess.run([sys.executable, "-c", script], check=False, capture_output=True, text=True, timeout=60)
    assert "tests may not reach" in ended.stderr


def test_loopback_is_open(refused_by_guard: list[str]) -> None:
    """Local servers can be reached, by address and as localhost."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        socket.create_connection(("127.0.0.1", port), timeout=5).close()
        assert socket.getaddrinfo("localhost", port)
    assert not refused_by_guard
