"""Reads configured columns now, a few pages of each, to show how they are read before an inspection relies on it."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from urllib.parse import urlsplit

from jimo_lint.errors import ConfigError
from jimo_lint.evidence.readings import Listing, column_reading
from jimo_lint.inspection.context import context
from jimo_lint.lint.checks.updates.column_freshness import judge
from jimo_lint.model import Column, ColumnResult, ListItem
from jimo_lint.network.address import normalise
from jimo_lint.runtime.progress import Progress
from jimo_lint.settings.config import Config
from jimo_lint.store import Store


@dataclass(frozen=True, slots=True)
class Sample:
    """One column as it was read. rows: in the order of the list; articles: what those read say of their own day."""

    result: ColumnResult
    rows: tuple[ListItem, ...]
    articles: Mapping[str, date]


def sample(config: Config, names: Sequence[str], as_of: date, progress: Progress) -> list[Sample]:
    """Read the columns whose name holds one of `names`, all without. ConfigError where there is none of that name.

    What is read is kept nowhere. CrawlError as in `crawl_site`.
    """
    from jimo_lint.crawl.run import crawl_site

    chosen = _chosen(config, names)
    hosts = tuple(dict.fromkeys([*config.site.hosts, *(urlsplit(column.url).netloc for column in chosen)]))
    light = replace(config, site=replace(config.site, start=(), hosts=hosts), columns=tuple(chosen))
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="jimo-lint-")))
        store = stack.enter_context(Store.open(folder / "store.sqlite3", writing=True))
        with progress.stage("试读栏目") as step:
            crawl_site(light, store, as_of=as_of, resume=False, progress=step, spider="samples")
        return _read(chosen, store, config, as_of)


def _chosen(config: Config, names: Sequence[str]) -> list[Column]:
    if not config.columns:
        raise ConfigError(str(config.path), "没有写栏目", "请先用 jimo-lint init 网址 找出栏目，或在 [[column]] 里写")
    for name in names:
        if not any(name in column.name for column in config.columns):
            listed = "、".join(column.name for column in config.columns[:8])
            raise ConfigError(
                str(config.path),
                f"没有名称含“{name}”的栏目",
                f"现有：{listed}{' 等' if len(config.columns) > 8 else ''}",
            )
    return [column for column in config.columns if not names or any(name in column.name for name in names)]


def _read(columns: Sequence[Column], store: Store, config: Config, as_of: date) -> list[Sample]:
    dates = {
        normalise(page.url): page.published.date()
        for page in store.documents("site")
        if page.column is None and page.published and page.published_from in ("meta", "label")
    }
    now = context(config, as_of)
    samples = []
    for column in columns:
        listing = Listing.of(column, store)
        result = judge(column_reading(listing, dates, as_of), now)
        articles = {url: dates[url] for url in listing.rows if url in dates}
        samples.append(Sample(result, tuple(listing.rows.values()), articles))
    return samples
