"""One document that keeps the processor busy without end is given up; what comes before and behind it is read."""

from __future__ import annotations

import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from threading import Thread
from urllib.parse import unquote

import pytest

from jimo_lint import privacy
from jimo_lint.errors import InputError
from jimo_lint.evidence.link_targets import given_up
from jimo_lint.extract.pages.preview import Glance
from jimo_lint.inspection.benches import Asked
from jimo_lint.inspection.drafts import check
from jimo_lint.linkcheck import content
from jimo_lint.lint.engine import Engine
from jimo_lint.model import Account, Document, Platform, Problem, Verdict
from jimo_lint.readers.archives import archive
from jimo_lint.readers.drafts import local, plain
from jimo_lint.readers.registers import account_register, column_catalogue, leader_list, term_list
from jimo_lint.runtime import timelimit
from jimo_lint.settings.config import Config
from jimo_lint.store import Store
from tests.support.crawling import Job, html, site
from tests.support.drafts import read_text
from tests.support.linkhosts import Servers, probe

pytestmark = pytest.mark.slow

AS_OF = date(2026, 1, 31)
ENDLESS = re.compile(r"(?:a+)+b")  # exponential
TEXT = "a" * 60


@pytest.fixture(autouse=True)
def short(monkeypatch: pytest.MonkeyPatch) -> None:
    """A tenth of a second in place of twenty."""
    monkeypatch.setattr(timelimit, "SECONDS", 0.1)


def endless(*given: object, **named: object) -> Iterator[Document]:
    """What keeps the processor busy in a pattern, as text that was made for it would."""
    ENDLESS.match(TEXT)
    yield from ()


def swallowing() -> None:
    """Takes every Exception for a bad input, as readers do around libraries."""
    while True:
        try:
            while True:
                pass
        except Exception:  # noqa: BLE001 - what the time limit must not be swallowed by
            continue


@pytest.mark.parametrize("busy", [lambda: ENDLESS.match(TEXT), swallowing], ids=["pattern", "swallowing"])
def test_a_block_without_end_is_broken_off(busy: object) -> None:
    """Inside a pattern too, and where every Exception is caught; the fault has place, fault and remedy."""
    began = time.process_time()
    with pytest.raises(InputError) as caught, timelimit.limited("甲.html"):
        busy()  # type: ignore[operator]
    assert time.process_time() - began < 2
    assert caught.value.place == "甲.html" and "0.1 秒" in caught.value.fault and caught.value.remedy


def test_waiting_is_no_work() -> None:
    """Only the processor's time counts: a slow disk is no fault of the document."""
    with timelimit.limited("甲.html"):
        time.sleep(0.3)


def test_nothing_is_interrupted_behind_the_block() -> None:
    """However the block ended; and the timer stops where nobody needs it."""
    with timelimit.limited("甲.html"):
        pass
    with pytest.raises(ValueError, match="乙"), timelimit.limited("甲.html"):
        raise ValueError("乙")
    until = time.process_time() + 0.3
    while time.process_time() < until:
        pass
    assert signal.getitimer(signal.ITIMER_PROF)[0] == 0
    signal.raise_signal(signal.SIGPROF)  # one that comes late


def test_nothing_is_interrupted_while_the_program_ends() -> None:
    """What a program still does after its last line may take as long as it likes: its exit code stays."""
    program = """
import sys, time
from jimo_lint.runtime import timelimit
timelimit.SECONDS = 0.2
with timelimit.limited("甲"):
    pass
class Late:
    def __del__(self, clock=time.process_time):
        until = clock() + 0.5
        while clock() < until:
            pass
sys.modules["late"] = Late()
"""
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0


def test_an_inner_block_is_part_of_the_outer() -> None:
    """The outer block stays timed behind an inner one, and is what is given up."""
    with pytest.raises(InputError, match="外"), timelimit.limited("外"):
        with timelimit.limited("内"):
            pass
        swallowing()
    with pytest.raises(InputError, match="外"), timelimit.limited("外"), timelimit.limited("内"):
        swallowing()


def test_what_is_long_may_take_longer() -> None:
    """As many times the limit as its length asks for, and no more."""
    with timelimit.limited("甲", times=5):
        until = time.process_time() + 0.3
        while time.process_time() < until:
            pass
    with pytest.raises(InputError, match=r"0\.5 秒"), timelimit.limited("甲", times=5):
        swallowing()


def test_another_thread_is_left_alone() -> None:
    """Signals reach the main thread only, so elsewhere there is no limit and no fault."""
    done: list[bool] = []

    def work() -> None:
        with timelimit.limited("甲.html"):
            until = time.thread_time() + 0.2
            while time.thread_time() < until:
                pass
        done.append(True)

    thread = Thread(target=work)
    thread.start()
    thread.join()
    assert done == [True]


def test_each_value_has_the_limit() -> None:
    """What was read before the value without end is kept; many quick values together may take longer."""

    def values() -> Iterator[int]:
        for number in range(5):
            until = time.process_time() + 0.05
            while time.process_time() < until:
                pass
            yield number
        swallowing()

    got: list[int] = []
    with pytest.raises(InputError, match="甲"):
        got.extend(timelimit.each(iter([7]), "甲"))
        got.extend(timelimit.each(values(), "甲"))
    assert got == [7, 0, 1, 2, 3, 4]


def test_a_draft_that_cannot_be_judged(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is named, and the drafts before and behind it are judged."""
    findings = Engine.findings

    def judged(engine: Engine, document: Document) -> Iterator[object]:
        if "乙" in document.url:
            return endless()
        return findings(engine, document)

    monkeypatch.setattr(Engine, "findings", judged)
    monkeypatch.setattr(timelimit, "SECONDS", 3.0)  # loading rules and lists counts
    drafts = [read_text("会议于XX年X月X日召开。", name, as_of=AS_OF) for name in ("甲.txt", "乙.txt", "丙.txt")]
    report, _ = check(drafts, Config(), as_of=AS_OF, asked=Asked(only=("F103",)))
    assert {finding.url for finding in report.findings} == {"甲.txt", "丙.txt"}
    (problem,) = report.problems
    assert problem.place == "乙.txt" and "没有查完" in problem.message and not problem.excused


def test_a_draft_that_cannot_be_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is a problem with its file's name; the others are read."""
    read = plain.document

    def slow(text: str, place: str) -> Document:
        if "停" in text:
            ENDLESS.match(TEXT)
        return read(text, place)

    monkeypatch.setattr(plain, "document", slow)
    for name, text in (("1.txt", "一。"), ("2.txt", "停。"), ("3.txt", "三。")):
        (tmp_path / name).write_text(text, encoding="utf-8")
    first, second, third = local.read([tmp_path], as_of=AS_OF)
    assert isinstance(first, Document) and isinstance(third, Document)
    assert isinstance(second, Problem) and second.place.endswith("2.txt") and "已放弃" in second.message


@pytest.mark.parametrize("slow", ["find_format", "mask"])
def test_an_archive_that_cannot_be_read(slow: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The file is named and proves no silence; the other files are read."""
    (tmp_path / "1.csv").write_text("标题,发布时间\n甲地要闻,2026-01-05\n", encoding="utf-8")
    (tmp_path / "2.csv").write_text("标题,发布时间\n停,2026-01-06\n", encoding="utf-8")
    (tmp_path / "3.csv").write_text("标题,发布时间\n丙地要闻,2026-01-07\n", encoding="utf-8")
    find_format, mask = archive.find_format, privacy.mask

    def finding(source: archive.Source) -> object:
        if slow == "find_format" and "停" in source.text:
            ENDLESS.match(TEXT)
        return find_format(source)

    def masking(document: Document) -> Document:
        if slow == "mask" and document.title == "停":
            ENDLESS.match(TEXT)
        return mask(document)

    monkeypatch.setattr(timelimit, "SECONDS", 1.0)
    monkeypatch.setattr(archive, "find_format", finding)
    monkeypatch.setattr(privacy, "mask", masking)
    account = Account("wechat:示例", "示例", Platform.WECHAT, archive=str(tmp_path))
    values = list(archive.read([account], tmp_path, AS_OF))
    posts = [value for value in values if isinstance(value, Document)]
    assert [post.title for post in posts] == ["甲地要闻", "丙地要闻"]
    assert not posts[-1].post_facts.proves_silence
    problems = [value for value in values if isinstance(value, Problem) and not value.excused]
    assert len(problems) == 1 and "已放弃" in problems[0].message


@pytest.mark.parametrize("read", [column_catalogue.read, leader_list.read, account_register.read, term_list.read])
def test_an_import_that_cannot_be_read(read: object, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A register or list that does not end is one line with its name, not a run that hangs."""
    path = tmp_path / "表.csv"
    path.write_text("名称,平台\n甲,微信\n", encoding="utf-8")
    monkeypatch.setattr("jimo_lint.readers.tables.separated._rows", endless)
    with pytest.raises(InputError) as caught:
        read(path)  # type: ignore[operator]
    assert caught.value.place == str(path) and "已放弃" in caught.value.fault


def test_a_link_whose_answer_cannot_be_read(servers: Servers, monkeypatch: pytest.MonkeyPatch) -> None:
    """No verdict, and a problem names it; the links beside it get theirs."""
    server = servers.start()
    is_challenge = content.is_challenge

    def challenging(body: bytes, page: Glance) -> bool:
        if page.title == "访问验证":
            ENDLESS.match(TEXT)
        return is_challenge(body, page)

    monkeypatch.setattr(timelimit, "SECONDS", 0.3)
    monkeypatch.setattr(content, "is_challenge", challenging)
    slow, other = server.url("slider/1"), server.url("article/a.html")
    results = probe([slow, other])
    assert results[other].verdict is Verdict.ALIVE
    assert (results[slow].verdict, results[slow].reason) == (Verdict.INCONCLUSIVE, "overlong")
    (problem,) = given_up(results[slow])
    assert problem.place == slow and "没有看完" in problem.message
    assert not list(given_up(results[other]))


def test_a_page_that_cannot_be_read(tmp_path: Path) -> None:
    """The crawl goes on; the page is done, with its problem, so that no resumed run meets it again."""
    pages = {f"/{name}.html": html(f"<p>{name}页</p>", title=name) for name in ("一", "停", "三")}
    links = "".join(f'<a href="/{name}.html">{name}</a>' for name in ("一", "停", "三"))
    with site(lambda path: html(links) if path == "/" else pages.get(unquote(path))) as server:
        outcome = Job(tmp_path, (f"{server.url}/",), endless="停").run()
    assert (outcome["pages"], outcome["failed"], outcome["finished"]) == (3, 1, True)
    with Store.open(tmp_path / ".jimo-lint" / "store.sqlite3", writing=False) as store:
        (problem,) = store.problems("site")
        assert {page.title for page in store.documents("site")} == {"页面", "一", "三"}
    assert unquote(problem.place).endswith("/停.html") and "已放弃" in problem.message and not problem.excused
