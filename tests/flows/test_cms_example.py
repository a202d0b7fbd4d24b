"""The example for content management systems: what it answers, what it refuses, and what it never writes down."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
from argparse import Namespace
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPConnection
from threading import Thread
from typing import Any

import pytest

from tests.conftest import ROOT

sys.path.insert(0, str(ROOT / "docs" / "examples"))
import cms_webhook

pytestmark = pytest.mark.slow

TOKEN = "口令-x9"
GOOD, BAD = "<p>各单位要抓好安全生产工作。</p>", "<p>各单位要抓好关健环节，电话13800138000。</p>"


@pytest.fixture(scope="module")
def server() -> Iterator[Any]:
    """One that runs, with one process that checks."""
    made = cms_webhook.serve(Namespace(processes=1, config=None, fail_on="error", host="127.0.0.1", port=0), TOKEN)
    thread = Thread(target=made.serve_forever, daemon=True)
    thread.start()
    yield made
    made.shutdown()
    made.server_close()
    made.RequestHandlerClass.judges._pool.shutdown()


def asked(
    server: Any, body: bytes | str, path: str = "/check", token: str = TOKEN, **headers: str
) -> tuple[int, dict[str, Any]]:
    """The status and what was answered."""
    line = HTTPConnection("127.0.0.1", server.server_port, timeout=60)
    line.request("POST", path, body.encode() if isinstance(body, str) else body, {"X-Token": token.encode(), **headers})
    answer = line.getresponse()
    said = answer.status, json.loads(answer.read())
    line.close()
    return said


def draft(text: str, suffix: str = ".html") -> str:
    """A request."""
    return json.dumps({"text": text, "suffix": suffix})


def test_a_good_draft_passes_and_a_bad_one_does_not(server: Any) -> None:
    """With what stands against it, its place and what to write instead; personal numbers stay masked."""
    assert asked(server, draft(GOOD)) == (200, {"passed": True, "complete": True, "findings": [], "unread": []})
    status, said = asked(server, draft(BAD))
    assert (status, said["passed"], said["complete"]) == (200, False, True)
    [typo, phone] = said["findings"]
    assert (typo["code"], typo["level"], typo["suggestions"], typo["line"], typo["column"]) == (
        "T101", "错误", ["关键"], 1, 10,
    )  # fmt: skip
    assert phone["code"] == "P103"
    assert "13800138000" not in json.dumps(said)


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ("", 400),
        ("{", 400),
        ("[1]", 400),
        ('"文"', 400),
        ('{"text": 1}', 400),
        ('{"suffix": ".txt"}', 400),
        ('{"text": "文", "suffix": ".docx"}', 400),
        ('{"text": "文", "suffix": [".txt"]}', 400),
        (b"\xff\xfe", 400),
        ("[" * 200_000, 400),
    ],
)
def test_what_is_no_draft_is_refused(server: Any, body: str | bytes, status: int) -> None:
    """With a sentence, and never as passed; the server goes on."""
    got, said = asked(server, body)
    assert (got, said["passed"], said["complete"]) == (status, False, False)
    assert said["error"]


def test_only_who_knows_the_token_may_ask(server: Any) -> None:
    """Neither without one nor with another one."""
    assert asked(server, draft(GOOD), token="")[0] == 401
    assert asked(server, draft(GOOD), token="口令-x8")[0] == 401
    assert asked(server, draft(GOOD), path="/")[0] == 404


@pytest.mark.parametrize(
    ("head", "status"),
    [
        ("Content-Length: -1", 411),
        ("Content-Length: ２", 411),
        ("X: 1", 411),
        (f"Content-Length: {cms_webhook.LARGEST + 1}", 413),
        (f"Content-Length: {'9' * 5000}", 413),
    ],
)
def test_a_length_must_be_told(server: Any, head: str, status: int) -> None:
    """A plain number, and not too large: nothing is read before."""
    with socket.create_connection(("127.0.0.1", server.server_port), timeout=30) as line:
        line.sendall(f"POST /check HTTP/1.1\r\nX-Token: {TOKEN}\r\n{head}\r\n\r\n".encode())
        assert line.recv(65536).startswith(f"HTTP/1.1 {status} ".encode())


def test_drafts_asked_at_once_are_answered_each_for_itself(server: Any) -> None:
    """No answer of another draft, and who finds no room is told to come again, not that the draft passed."""
    texts = [f"<p>第{number}次会议要抓好{'关健' if number % 2 else '关键'}环节。</p>" for number in range(24)]
    with ThreadPoolExecutor(24) as clients:
        answers = list(clients.map(lambda text: asked(server, draft(text)), texts))
    for number, (status, said) in enumerate(answers):
        if status == 200:
            assert [one["excerpt"][:5] for one in said["findings"]] == [f"第{number}次会议要"[:5]] * (number % 2)
            assert said["passed"] is (number % 2 == 0)
        else:
            assert (status, said["passed"]) == (503, False)
    assert [status for status, _ in answers].count(200) >= 8
    assert asked(server, draft(GOOD))[0] == 200


def test_what_takes_too_long_does_not_pass(server: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """The draft is given up, and its place is free again afterwards."""
    monkeypatch.setattr(cms_webhook, "PATIENCE", 0.0)
    for _ in range(3):
        status, said = asked(server, draft(BAD))
        assert (status, said["passed"]) == (503, False)
    monkeypatch.undo()
    assert asked(server, draft(GOOD))[0] == 200


def test_a_process_that_died_is_replaced(server: Any) -> None:
    """The draft that it had does not pass; the next ones are checked again."""
    for process in server.RequestHandlerClass.judges._pool._processes:
        os.kill(process, signal.SIGKILL)
    statuses = [asked(server, draft(GOOD))[0]]
    time.sleep(0.5)
    statuses.append(asked(server, draft(GOOD))[0])
    assert statuses in ([503, 200], [200, 200])


def test_nothing_of_a_draft_is_logged(server: Any, capfd: pytest.CaptureFixture[str]) -> None:
    """Sizes, outcomes and times only, whatever was sent and however it was asked for."""
    asked(server, draft(BAD))
    asked(server, '{"text": "关健')
    for first in ("POST /check?关健 HTTP/1.1", "GET /关健 HTTP/1.1", "关健 关健 关健"):
        with socket.create_connection(("127.0.0.1", server.server_port), timeout=30) as line:
            line.sendall(f"{first}\r\n\r\n".encode())
            line.recv(65536)
    time.sleep(0.2)
    said = "".join(capfd.readouterr())
    assert " 200 " in said and " 400 " in said and "字节" in said
    assert "关健" not in said and "138" not in said


def test_nothing_is_left_of_a_server_that_was_killed() -> None:
    """The processes that check end with it, even where it had no time to tell them."""
    command = [sys.executable, cms_webhook.__file__, "--port", "0", "--processes", "1"]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True, encoding="utf-8") as server:
        assert server.stderr is not None
        assert server.stderr.readline().startswith("可以检查了：http://127.0.0.1:")
        server.kill()
        # Its processes hold the other end of the pipe, which closes with the last of them.
        assert "Traceback" not in server.stderr.read()
    assert server.returncode == -signal.SIGKILL


def test_no_other_machine_may_ask_without_a_token() -> None:
    """A server for all machines does not start without one."""
    command = [sys.executable, cms_webhook.__file__, "--host", "0.0.0.0"]
    done = subprocess.run(command, capture_output=True, text=True, check=False, env={**os.environ, "JIMO_TOKEN": ""})
    assert done.returncode == 2
    assert "JIMO_TOKEN" in done.stderr
