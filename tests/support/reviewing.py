"""A store with a kept run to review, and the server of `review serve` over real HTTP; all names are invented."""

from __future__ import annotations

import http.client
import json
import re
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from types import TracebackType
from typing import Any, Self
from urllib.parse import quote, urlencode, urlsplit

from jimo_lint.model import (
    Block,
    Deadlines,
    Document,
    FetchResult,
    Finding,
    QueuedUrl,
    Run,
    Severity,
    Span,
    State,
)
from jimo_lint.store import Store, runs
from jimo_lint.store.runs import Changes, Life
from jimo_lint.web.board import Office
from jimo_lint.web.server import Server

TODAY = date(2026, 11, 25)
_SITE = "https://www.qingtan.example"
_WORDS = (("布署", "部署"), ("既使", "即使"), ("座落", "坐落"), ("按装", "安装"), ("报销", "报消"))
_UNITS = ("区政府办", "区教育局", "区水务局", "区民政局", "青潭街道")


def wrong_word(number: int, **fields: Any) -> Finding:
    """The finding of a wrong word in a page of its own."""
    word, right = _WORDS[number % len(_WORDS)]
    before, after = f"第 {number} 次会议对今冬明春的各项工作作了再动员、再", "，要求各镇街压实责任、抓好落实。"
    finding = Finding(
        code="T101",
        name="common-typo",
        title="常见错别字",
        severity=Severity.ERROR,
        message=f"“{word}”应为“{right}”",
        subject=f"青潭区召开第 {number} 次工作会议",
        url=f"{_SITE}/zwdt/{number}.html",
        span=Span(len(before), len(before) + len(word)),
        matched=word,
        suggestions=(right,),
        excerpt=before + word + after,
        excerpt_start=len(before),
        locator="正文第 1 段",
        fingerprint=f"{number:016x}",
        column_name="政务动态" if number % 3 else "通知公告",
        owner=_UNITS[number % len(_UNITS)],
    )
    return replace(finding, **fields)


def document_of(finding: Finding, *, source: str = "site", text: str = "") -> Document:
    """The stored page in which a finding stands."""
    blocks = (Block("body", text or finding.excerpt), Block("body", "（此页由区政府办发布。）"))
    return Document(finding.url, finding.url, source, finding.subject, blocks, status=200)


def life(finding: Finding, since: date = date(2026, 11, 16), state: State = State.STILL, **fields: Any) -> Life:
    """The life of a finding that the last run had."""
    found = Life(finding.fingerprint, finding.code, state, 0, since, since, 0, since, now=finding)
    for name, value in fields.items():
        setattr(found, name, value)
    return found


def keep(
    path: Path,
    lives: Sequence[Life],
    *,
    inspection: str = "columns",
    documents: Sequence[Document] = (),
    as_of: date = date(2026, 11, 22),
    **changes: Any,
) -> int:
    """Store pages and a run whose lives are these; its number."""
    started = datetime(as_of.year, as_of.month, as_of.day, 1, 30, tzinfo=UTC)
    run = Run(
        inspection, "网站栏目体检", as_of, "青潭区人民政府", "0", "national", started, started + timedelta(minutes=9)
    )
    with Store.open(path, writing=True) as store:
        if documents:
            crawl = store.begin_crawl("site", as_of, resume=False)
            store.record([FetchResult(QueuedUrl(one.url), 200, one) for one in documents])
            store.finish_crawl(crawl)
        counted = {"found": sum(not one.state.gone for one in lives), **changes}
        kept = {"narrowed": False, "complete": True, **counted}
        number = runs.record(store, Changes(run, rules={}, places=(), findings=[], lives=list(lives), **kept))
        with store.transaction() as execute:  # what is stored for the first time is never gone
            for one in lives:
                if one.gone:
                    execute("UPDATE finding SET gone = ? WHERE id = ?", one.gone.isoformat(), one.id)
    return number


def office(**fields: Any) -> Office:
    """The office whose site it is."""
    given = {
        "site": "青潭区人民政府",
        "folder": Path("/srv/qingtan"),
        "titles": {"weekly": "周检", "columns": "栏目体检"},
        "deadlines": Deadlines(),
        "today": lambda: TODAY,
        "missed": lambda _store, _run: (),
    }
    return Office(**{**given, **fields})


@contextmanager
def serving(path: Path, **given: Any) -> Iterator[Server]:
    """The server on a free port of this machine, in a thread, until the end."""
    settings = {"host": "127.0.0.1", "port": 0, "password": "", "told": lambda _: None, **given}
    server = Server(path, settings.pop("office", office()), **settings)
    thread = threading.Thread(target=server.run)
    thread.start()
    try:
        _wait(server.port)
        yield server
    finally:
        server.stop()
        thread.join(20)
        assert not thread.is_alive()


def _wait(port: int) -> None:
    for _ in range(400):
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
        try:
            connection.request("GET", "/login")
            connection.getresponse().read()
        except OSError:
            time.sleep(0.02)
        else:
            return
        finally:
            connection.close()
    raise AssertionError("the server does not answer")


@dataclass(slots=True)
class Answer:
    """What came back."""

    status: int
    headers: Mapping[str, str]
    text: str

    def json(self) -> Any:
        """As JSON."""
        return json.loads(self.text)


@dataclass(slots=True)
class Browser:
    """One reviewer's browser: keeps its cookie and the token of its forms, follows nothing by itself."""

    server: Server
    cookie: str = ""
    token: str = ""
    _connection: http.client.HTTPConnection = field(init=False)

    def __post_init__(self) -> None:
        self._connection = http.client.HTTPConnection("127.0.0.1", self.server.port, timeout=60)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._connection.close()

    @property
    def host(self) -> str:
        """As the header says it."""
        return f"127.0.0.1:{self.server.port}"

    def ask(self, method: str, path: str, body: bytes | None = None, **headers: str) -> Answer:
        """One request; names of headers with _ for -. Those of a browser are given unless they are named."""
        given = {"Host": self.host, "Cookie": self.cookie}
        if method == "POST":
            given |= {"Origin": f"http://{self.host}", "Content-Type": "application/x-www-form-urlencoded"}
        given |= {name.replace("_", "-"): value for name, value in headers.items()}
        address = quote(path, safe="/?&=%+:")
        self._connection.request(method, address, body, {name: value for name, value in given.items() if value})
        response = self._connection.getresponse()
        text = response.read().decode("utf-8")
        return Answer(response.status, {name.lower(): value for name, value in response.getheaders()}, text)

    def get(self, path: str, **headers: str) -> Answer:
        """A page."""
        return self.ask("GET", path, **headers)

    def post(self, path: str, fields: Mapping[str, str], **headers: str) -> Answer:
        """A form, with the token of this session unless it has one."""
        sent = urlencode({"token": self.token, **fields}).encode()
        return self.ask("POST", path, sent, **headers)

    def log_in(self, name: str, **fields: str) -> Self:
        """Log in with the link that is good now."""
        link = self.server.door.link
        answer = self.post("/login", {"name": name, "link": link, **fields})
        assert answer.status == 303, answer.text
        self.cookie = answer.headers["set-cookie"].partition(";")[0]
        self.token = re.findall(r'name="token" value="([^"]+)"', self.get("/").text)[0]
        return self

    def decide(self, number: int, opinion: str, **fields: str) -> Answer:
        """Decide on a finding as the page's script does."""
        sent = {"key": f"columns/{number:016x}", "opinion": opinion, **fields}
        return self.post("/decide", sent, Accept="application/json")


def where(answer: Answer) -> str:
    """The path that an answer leads to."""
    return urlsplit(answer.headers["location"]).path
