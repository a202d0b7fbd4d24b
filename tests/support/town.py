"""A little site whose pages change from one inspection to the next: really crawled, or put into the store at once."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from jimo_lint.cli.keeping import keep
from jimo_lint.extract.pages.page import read_page
from jimo_lint.inspection import columns
from jimo_lint.inspection.judging import Settings
from jimo_lint.model import Decision, FetchResult, Opinion, Problem, ProblemCode, QueuedUrl
from jimo_lint.report.machine import json as machine
from jimo_lint.settings import config as configuration
from jimo_lint.store import Store, decisions
from tests.support.crawling import Reply, Site, html
from tests.support.program import jimo_lint

WRONG, RIGHT = "切实抓好关健工作，确保万无一失。", "切实抓好关键工作，确保万无一失。"


class Silent:
    """Progress that nobody watches."""

    @contextmanager
    def stage(self, title: str) -> Iterator[Callable[[int, int], None] | None]:
        """No steps are told."""
        assert title
        yield None


@dataclass
class Town:
    """pages: text by path, None for 404; the home page lists them, and is the column 要闻. unread: paths that do not
    answer (only `judge` knows them). base: where the site is. month: of the dates in the list. answers: what
    pages are instead."""

    folder: Path
    base: str = "http://www.qingtan.example"
    pages: dict[str, str | None] = field(default_factory=dict)
    unread: set[str] = field(default_factory=set)
    server: Site | None = None
    month: str = "2026-01"
    answers: dict[str, str] = field(default_factory=dict)

    def configure(self, more: str = "") -> None:
        """Write the configuration."""
        (self.folder / "jimo-lint.toml").write_text(
            f'[site]\nname = "青潭区"\nstart = ["{self.base}/"]\n[[column]]\nname = "要闻"\nurl = "{self.base}/news/"\n'
            f'kind = "news"\n[crawl]\nallow_private = true\ndelay = 0\n{more}',
            encoding="utf-8",
        )

    @property
    def store(self) -> Path:
        """The data file."""
        return self.folder / ".jimo-lint/store.sqlite3"

    def answer(self, path: str) -> Reply | None:
        """What the site answers."""
        if path == "/robots.txt":
            return None
        if path in ("/", "/news/"):
            rows = "".join(
                f'<li><a href="{one}">第 {number} 号稿件的标题要长一些</a><span>{self.month}-0{number}</span></li>'
                for number, one in enumerate(self.pages, 1)
            )
            return html(f"<h1>要闻</h1><ul>{rows}</ul>", title="要闻")
        if path in self.answers:
            return html(self.answers[path], title="提示")
        text = self.pages.get(path)
        return html(f"<h1>稿件 {path}</h1><div class='content'><p>{text}</p></div>", title=path) if text else None

    def run(self, day: str, *more: str) -> dict[str, Any]:
        """The report of an inspection of the served site, by the command line."""
        done = jimo_lint("inspect", "columns", "--as-of", day, "-f", "json", "--no-links", *more, cwd=self.folder)
        assert done.returncode in (0, 1, 2), done.stderr
        read: dict[str, Any] = json.loads(done.stdout)
        return read

    def judge(self, day: str, *, ignore: tuple[str, ...] = (), collect: bool = True) -> dict[str, Any]:
        """The same without network and within this process: the pages go straight into the store."""
        config = configuration.load(self.folder / "jimo-lint.toml")
        as_of = date.fromisoformat(day)
        given = Settings(as_of, ignore=ignore, collect=collect, links=False)
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr("jimo_lint.crawl.run.crawl_site", self._crawl)
            report = columns.inspect(config, given, Silent())
        keep(config, report)
        read: dict[str, Any] = json.loads(machine.dumps(report))
        return read

    def _crawl(self, _config: Any, store: Store, *, as_of: date, **_given: Any) -> Any:
        from jimo_lint.crawl.run import CrawlOutcome

        crawl = store.begin_crawl("site", as_of, resume=False)
        for path in ("/", "/news/", *self.pages):
            url = f"{self.base}{path}"
            asked = QueuedUrl(url, 1, url if path == "/news/" else None, 1)
            reply = self.answer(path)
            if path in self.unread:
                visit = FetchResult(asked, 0, problem=Problem(ProblemCode.TIMEOUT, url, {"seconds": "10"}))
            elif reply is None:
                visit = FetchResult(asked, 404, problem=Problem(ProblemCode.GONE, url))
            else:
                page = read_page(reply.body.decode(), url, as_of=as_of, fetched=datetime.now(UTC))
                visit = FetchResult(asked, 200, page.document, rows=page.rows if asked.column else ())
            store.record([visit])
        store.finish_crawl(crawl)
        return CrawlOutcome(len(self.pages), 0)

    def decide(self, report: dict[str, Any], path: str, opinion: Opinion, day: str, **given: Any) -> None:
        """A decision on the only typo of a page."""
        (finding,) = [one for one in report["findings"] if one["code"] == "T101" and one["url"].endswith(path)]
        given = {"reviewer": "王审核", **given}
        one = Decision("columns", finding["fingerprint"], opinion, date.fromisoformat(day), code="T101", **given)
        with Store.open(self.store, writing=True) as store:
            assert decisions.add(store, [one])


def states(report: dict[str, Any], code: str = "T101") -> dict[str, str]:
    """How the findings of a rule stand, by the last part of their page's address."""
    past = [one["finding"] for one in report["since"]["past"]]
    return {
        one["url"].rpartition("/")[2]: one["history"]["state"]
        for one in (*report["findings"], *past)
        if one["code"] == code
    }


def reasons(report: dict[str, Any]) -> dict[str, str]:
    """Why what is no longer found was not looked at."""
    return {one["finding"]["url"].rpartition("/")[2]: one["reason"] for one in report["since"]["past"]}
