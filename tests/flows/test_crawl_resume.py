"""A crawl that is killed, interrupted or doubled."""

from __future__ import annotations

import json
import os
import random
import signal
import time
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from threading import Event

import pytest

from jimo_lint.model import QueuedUrl
from jimo_lint.store import Store
from tests.support import listings
from tests.support.crawling import Job, Reply, html, site
from tests.support.program import jimo_lint

PAGES = 160


def _answer(path: str) -> Reply | None:
    """160 pages in a tree (page 0 under two addresses), and a column of three pages; each takes 10 ms."""
    time.sleep(0.01)
    if path == "/robots.txt":
        return None
    if path.startswith("/list/"):
        number = {"/list/": 1, "/list/index_1.html": 2, "/list/index_2.html": 3}.get(path, 0)
        rows = "".join(
            f'<li><a href="/{one}.html">第 {one} 号通知的标题</a><span>2026-01-0{one % 10 + 1}</span></li>'
            for one in range(number * 10, number * 10 + 8)
        )
        more = f'<a href="index_{number}.html">下一页</a>' if number < 3 else ""
        return html(f"<div class='list'><ul>{rows}</ul></div><div class='page'>{more}</div>")
    name = path.strip("/").removesuffix(".html") or "0"
    if not name.isdigit() or int(name) >= PAGES:
        return None
    children = (2 * int(name) + 1, 2 * int(name) + 2, int(name) // 2)
    links = "".join(f'<a href="/{child}.html">第 {child} 页</a>' for child in children if child < PAGES)
    return html(f"<h1>第 {name} 页</h1><p>正文。</p>{links}", title=f"第 {name} 页")


def _job(folder: Path, url: str, *, resume: bool = False) -> Job:
    return Job(folder, (f"{url}/",), {"通知": f"{url}/list/"}, resume=resume)


def _store(folder: Path) -> Path:
    return folder / ".jimo-lint" / "store.sqlite3"


def _stored(folder: Path) -> dict[str, str]:
    with Store.open(_store(folder), writing=False) as store:
        return {page.id: page.text for page in store.documents("site")}


def _until(condition: Callable[[], bool], what: str) -> None:
    deadline = time.monotonic() + 30
    while not condition():
        assert time.monotonic() < deadline, what
        time.sleep(0.02)


def test_a_killed_crawl_resumes_to_the_same_pages(tmp_path: Path) -> None:
    """SIGKILL at three random moments loses no stored page, and --resume ends with the pages of a calm crawl."""
    chance = random.Random(os.environ.get("PYTEST_RANDOM_SEED", time.time_ns()))
    calm, killed = tmp_path / "calm", tmp_path / "killed"
    with site(_answer) as server:
        assert _job(calm, server.url).run()["finished"]
        before: dict[str, str] = {}
        for round_ in range(3):
            asked = sum(server.hits.values())
            goal = asked + chance.randrange(1, 40)
            process = _job(killed, server.url, resume=round_ > 0).begin()
            _until(lambda goal=goal: sum(server.hits.values()) >= goal, "the crawl does not get on")
            process.kill()
            process.communicate()
            stored = _stored(killed)
            assert before.items() <= stored.items()
            before = stored
        assert len(before) < PAGES
        outcome = _job(killed, server.url, resume=True).run()
        assert outcome["finished"], outcome
        assert _stored(killed) == _stored(calm)
        with Store.open(_store(killed), writing=False) as ours, Store.open(_store(calm), writing=False) as theirs:
            column = f"{server.url}/list/"
            assert list(ours.list_pages(column)) == list(theirs.list_pages(column))
            assert len(list(ours.list_pages(column))) == 3
            assert {one.url: one.pages for one in ours.link_targets("site")} == {
                one.url: one.pages for one in theirs.link_targets("site")
            }
            assert list(ours.problems("site")) == list(theirs.problems("site"))


def test_an_interrupted_crawl_keeps_what_it_has(tmp_path: Path) -> None:
    """Ctrl-C stores the pages in flight, ends with 130, and what is missing is said until it is resumed."""
    with site(_answer) as server:
        process = _job(tmp_path, server.url).begin()
        _until(lambda: sum(server.hits.values()) >= 15, "the crawl does not get on")
        process.send_signal(signal.SIGINT)
        _, errors = process.communicate(timeout=30)
        assert (process.returncode, errors) == (130, "")
        asked = sum(server.hits.values())
        assert 10 <= len(_stored(tmp_path)) <= asked
        with Store.open(_store(tmp_path), writing=False) as store:
            assert any("--resume" in problem.message for problem in store.problems("site"))
        assert _job(tmp_path, server.url, resume=True).run()["finished"]
        with Store.open(_store(tmp_path), writing=False) as store:
            assert not any("--resume" in problem.message for problem in store.problems("site"))
        assert max(count for path, count in server.hits.items() if path != "/robots.txt") == 1


def test_a_second_run_is_refused_while_one_is_running(tmp_path: Path) -> None:
    """The second run names the process that holds the store; when that has died the store is free again."""
    gate = Event()

    def answer(path: str) -> Reply | None:
        gate.wait(30)
        return _answer(path)

    with site(answer) as server:
        first = _job(tmp_path, server.url).begin()
        _until(lambda: sum(server.hits.values()) >= 1, "the crawl does not get on")
        second = _job(tmp_path, server.url).run()
        assert f"进程 {first.pid} 正在检查这个网站" in str(second["error"])
        gate.set()
        first.kill()
        first.communicate()
        with Store.open(_store(tmp_path), writing=True):
            pass


def test_a_full_disk_ends_the_crawl_with_a_remedy(tmp_path: Path) -> None:
    """Where a batch cannot be written the crawl ends at once, and what was stored before can be resumed."""
    with site(_answer) as server:
        job = _job(tmp_path, server.url)
        job.full_after = 28
        outcome = job.run()
        assert "磁盘空间不足" in str(outcome["error"])
        job.full_after = 0
        job.resume = True
        assert job.run()["finished"]
        assert len(_stored(tmp_path)) == PAGES + 4


@pytest.mark.parametrize("resume", [False, True])
def test_resume_after_a_finished_crawl_begins_anew(tmp_path: Path, resume: bool) -> None:
    """A finished crawl is not resumed: the next run, with --resume or without, reads the site as it is now."""
    text = {"now": "旧"}
    with site(lambda path: None if path == "/robots.txt" else html(f"<p>{text['now']}的正文</p>")) as server:
        job = Job(tmp_path, (f"{server.url}/",))
        assert job.run()["finished"]
        text["now"] = "新"
        job.resume = resume
        assert job.run()["finished"]
        ((_, stored),) = _stored(tmp_path).items()
        assert "新的正文" in stored


@pytest.mark.parametrize(("unfinished", "said"), [(True, "接着上次采集"), (False, "没有未完成的采集，从头采集")])
def test_resume_says_whether_there_is_something_to_resume(tmp_path: Path, unfinished: bool, said: str) -> None:
    """Who asks to go on where nothing was left is told that all is read anew, rather than wonder why it takes long."""
    with site(lambda path: html("<h1>首页</h1>") if path == "/" else None) as server:
        text = f'[site]\nstart = ["{server.url}/"]\n[crawl]\nallow_private = true\ndelay = 0\n'
        (tmp_path / "jimo-lint.toml").write_text(text, encoding="utf-8")
        with Store.open(tmp_path / ".jimo-lint/store.sqlite3", writing=True) as store:
            crawl = store.begin_crawl("site", date(2026, 1, 31), resume=False)
            store.enqueue(crawl, [QueuedUrl(f"{server.url}/")])
            if not unfinished:
                store.finish_crawl(crawl)
        done = jimo_lint("inspect", "columns", "--resume", "--no-links", "-f", "json", cwd=tmp_path)
    assert said in done.stderr


@pytest.mark.parametrize(("cut_short", "reads"), [(True, 1), (False, 2)])
def test_resume_goes_on_with_the_links(tmp_path: Path, cut_short: bool, reads: int) -> None:
    """Who was interrupted while links were asked does not wait for the pages again; who was not, reads them anew."""
    with site(lambda path: html('<a href="/a.pdf">附件</a>') if path == "/" else None) as server:
        text = f'[site]\nstart = ["{server.url}/"]\n[crawl]\nallow_private = true\ndelay = 0\n[links]\ndelay = 0\n'
        (tmp_path / "jimo-lint.toml").write_text(text, encoding="utf-8")
        assert jimo_lint("inspect", "columns", "--no-links", "-f", "line", cwd=tmp_path).returncode == 0
        with Store.open(_store(tmp_path), writing=True) as store:
            store.begin_probing("site", datetime.now(UTC), timedelta(days=1))
            if not cut_short:
                store.finish_probing("site")
        done = jimo_lint("inspect", "columns", "--resume", "-f", "json", cwd=tmp_path)
        assert server.hits["/"] == reads
    assert ("接着上次核对链接" in done.stderr) is cut_short
    assert [one["code"] for one in json.loads(done.stdout)["findings"] if one["kind"] == "link"] == ["L102"]


def _cut_off(path: str) -> Reply | None:
    """A home page with a personal address and twenty pages, each with a page too deep to be read."""
    time.sleep(0.05)
    if path == "/":
        links = "".join(f'<a href="/{number}.html">第 {number} 页</a>' for number in range(20))
        return html(f'<h1>首页</h1><a href="/11010519491231002X.html">公示</a>{links}')
    if path.startswith("/deep/") or not path.endswith(".html"):
        return None
    return html(f'<h1>{path}</h1><a href="/deep{path}">更多</a>', title=path)


@pytest.mark.parametrize("sent", [signal.SIGINT, signal.SIGKILL], ids=["interrupted", "killed"])
def test_what_was_cut_off_before_is_told_after_a_resume(tmp_path: Path, sent: signal.Signals) -> None:
    """Bounds that only the interrupted process met are told of, and those that both met once."""
    settings = {"max_depth": 1, "concurrency": 2}

    def told(folder: Path) -> list[tuple[str, str]]:
        with Store.open(_store(folder), writing=False) as store:
            return sorted((problem.code, problem.message) for problem in store.problems("site"))

    with site(_cut_off) as server:
        start = (f"{server.url}/",)
        assert Job(tmp_path / "calm", start, settings=settings).run()["finished"]
        process = Job(tmp_path / "cut", start, settings=settings).begin()
        goal = sum(server.hits.values()) + 12
        _until(lambda: sum(server.hits.values()) >= goal, "no page comes")
        process.send_signal(sent)
        process.communicate()
        assert Job(tmp_path / "cut", start, settings=settings, resume=True).run()["finished"]
    calm = told(tmp_path / "calm")
    assert [code for code, _ in calm] == ["max-depth", "personal-addresses"]
    assert told(tmp_path / "cut") == calm


def test_a_list_that_an_interface_turns_is_resumed_in_the_middle(tmp_path: Path) -> None:
    """Killed between two answers, the crawl goes on with the question that was open and ends with every row."""
    column = next(one for one in listings.COLUMNS if one.name == "大汉")
    proxy = "dataproxy.jsp"
    asked: list[str] = []

    def answer(path: str) -> Reply | None:
        if proxy in path:
            asked.append(path)
            if len(asked) == 3:
                time.sleep(3)  # the moment to be killed in; those before are stored by then
        return listings.at(server.host)(path) if path.startswith((column.path, "/module/")) else html("<p>正文。</p>")

    with site(answer) as server:
        job = Job(tmp_path, (f"{server.url}/",), {column.name: server.url + column.path})
        process = job.begin()
        _until(lambda: len(asked) == 3, "the interface is not asked")
        time.sleep(1.5)
        process.kill()
        process.communicate()
        job.resume = True
        assert job.run()["finished"]
        with Store.open(_store(tmp_path), writing=False) as store:
            pages = list(store.list_pages(server.url + column.path))
        assert [page.page for page in pages] == [1, 2, 3, 4, 5]
        assert len({row.url for page in pages for row in page.rows}) == len(column.items)
        assert len(set(asked)) == 4 and len(asked) <= 7
