"""A server on loopback in a process of its own, so that what it takes is not counted."""

from __future__ import annotations

import asyncio
import subprocess
import sys
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager

Answer = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]


def serve(answer: Answer, host: str = "127.0.0.1", backlog: int = 100) -> None:
    """Serve on a free port, which is printed; ends with the parent's pipe."""

    async def run() -> None:
        server = await asyncio.start_server(answer, host, 0, backlog=backlog)
        print(server.sockets[0].getsockname()[1], flush=True)
        await asyncio.get_running_loop().run_in_executor(None, sys.stdin.read)
        server.close()

    asyncio.run(run())


@contextmanager
def served(*command: str) -> Iterator[int]:
    """The port of a server that the command, of this Python, starts with `serve`."""
    server = subprocess.Popen([sys.executable, *command], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert server.stdin and server.stdout
    try:
        yield int(server.stdout.readline())
    finally:
        server.stdin.close()
        server.wait()
