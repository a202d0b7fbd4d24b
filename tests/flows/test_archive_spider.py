"""The spider that collects archives, run by Scrapy in a process of its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

from tests.support.loopback import served

ROOT = Path(__file__).resolve().parents[2]
CASES = ROOT / "tests" / "cases" / "archives"

# The reactor starts once in a process, so each crawl has its own.
PROGRAM = """
import json, logging, sys
from datetime import date
from scrapy import signals
from scrapy.crawler import CrawlerProcess
from jimo_lint.model import Account, Document, Platform

logging.disable(logging.CRITICAL)
given = json.loads(sys.argv[1])
accounts = tuple(Account(f"other:{name}", name, Platform.OTHER, archive=place) for name, place in given)
settings = {"SPIDER_MODULES": ["jimo_lint.spiders"], "LOG_ENABLED": False, "TELNETCONSOLE_ENABLED": False}
process = CrawlerProcess({**settings, "ROBOTSTXT_OBEY": True, "RETRY_ENABLED": False}, install_root_handler=False)
crawler = process.create_crawler("archive")
def take(item, spider):
    for one in item:
        post = isinstance(one, Document)
        print(json.dumps([one.account, one.title] if post else [one.place, one.message]), flush=True)
crawler.signals.connect(take, signal=signals.item_scraped)
process.crawl(crawler, accounts=accounts, as_of=date(2026, 11, 22))
process.start()
"""


def collect(*accounts: tuple[str, str]) -> list[list[str]]:
    """What the spider yields for accounts of (name, archive)."""
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, json.dumps(accounts)],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=True,
        timeout=120,
        cwd=ROOT,
        env={**os.environ, "PYTHONIOENCODING": "utf-8"},
    )
    return [json.loads(line) for line in done.stdout.splitlines()]


def test_files_and_feeds_of_all_accounts_are_collected(tmp_path: Path) -> None:
    """Each post comes with its account; a missing file, feed and host are problems of their archive alone."""
    (tmp_path / "feed").write_bytes((CASES / "feed.rss.xml").read_bytes())
    (tmp_path / "posts.csv").write_bytes((CASES / "douyin-works.csv").read_bytes())
    missing = str(tmp_path / "没有.csv")
    with served(tmp_path) as address:
        found = collect(
            ("订阅", f"{address}/feed"),
            ("失效订阅", f"{address}/none"),
            ("抖音", str(tmp_path / "posts.csv")),
            ("丢失", missing),
            ("未配置", ""),
        )
        assert sorted(found) == sorted(
            [
                ["other:订阅", "云溪区召开会议 & 部署工作"],
                ["other:订阅", "只有标题"],
                ["other:抖音", "云溪古镇的清晨 #云溪"],
                ["other:抖音", "云溪小吃大赛"],
                [f"{address}/none", "订阅地址返回 404。请在浏览器里核对"],
                [missing, "没有这个档案。请检查 archive 的路径"],
            ]
        )
    ((place, message),) = collect(("关机", f"{address}/feed"))
    assert place == f"{address}/feed"
    assert message.startswith("订阅地址没有应答")


def test_robots_of_a_feed_are_obeyed(tmp_path: Path) -> None:
    """An address that robots.txt closes is not read, and the problem says so."""
    (tmp_path / "robots.txt").write_text("User-agent: *\nDisallow: /\n", encoding="utf-8")
    (tmp_path / "feed").write_bytes((CASES / "feed.rss.xml").read_bytes())
    with served(tmp_path) as address:
        ((place, message),) = collect(("订阅", f"{address}/feed"))
    assert place == f"{address}/feed"
    assert "robots.txt" in message
