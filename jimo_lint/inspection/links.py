"""The links of an inspection: which targets to ask, and what is known of each."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from urllib.parse import urlsplit

from jimo_lint.config import Config
from jimo_lint.extract import normalise
from jimo_lint.linkcheck import check_links
from jimo_lint.model import LinkResult, LinkSummary, Verdict
from jimo_lint.store import Store

_BATCH = 50


def probe(config: Config, store: Store, source: str, progress: Callable[[int, int], None] | None) -> None:
    """Ask every distinct target that the crawl did not fetch with success; results are stored as they arrive."""
    read = store.read(source)
    targets = [
        link.url for link in store.link_targets(source) if _askable(link.url) and normalise(link.url) not in read
    ]
    waiting: list[LinkResult] = []
    done = 0

    def arrived(result: LinkResult) -> None:
        nonlocal done
        done += 1
        waiting.append(result)
        if len(waiting) >= _BATCH:
            store.put_link_results(waiting)
            waiting.clear()
        if progress:
            progress(done, len(targets))

    try:
        check_links(targets, crawl=config.crawl, known=store.link_results(), done=arrived)
    finally:
        if waiting:
            store.put_link_results(waiting)


def summaries(config: Config, store: Store, source: str) -> Iterator[LinkSummary]:
    """Every distinct target with its verdict; a page that the crawl read is alive."""
    results = store.link_results()
    read = store.read(source)
    for link in store.link_targets(source):
        if not _askable(link.url):
            continue
        key = normalise(link.url)
        result = results.get(link.url) or results.get(key)
        if key in read:
            result = LinkResult(link.url, Verdict.ALIVE, "ok", 200, link.url)
        yield replace(link, result=result, external=urlsplit(link.url).netloc.lower() not in config.site.hosts)


def _askable(url: str) -> bool:
    return url.startswith(("http://", "https://"))
