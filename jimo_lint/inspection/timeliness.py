"""各平台发布: compares the site that was crawled last with the accounts' archives, by the limits of `[timeliness]`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date, timedelta

from jimo_lint.evidence.gathering import whole
from jimo_lint.evidence.publications import Items, post_items, site_items
from jimo_lint.inspection.naming import below
from jimo_lint.lint.arrivals import Judge, Known
from jimo_lint.model import AccountReading
from jimo_lint.model.publishing import Appearance, Publication
from jimo_lint.readers.registers import forward_list
from jimo_lint.settings.config import Config
from jimo_lint.store import Store

_PLACE = re.compile(r"[\u4e00-\u9fff]{1,6}?[省市县区旗州盟镇乡]|街道")


def publications(
    config: Config, store: Store, readings: Mapping[str, AccountReading], as_of: date
) -> tuple[Publication, ...]:
    """What the configuration asks for; nothing where it has no `[timeliness]`. InputError: the list cannot be read."""
    wanted = config.timeliness
    if wanted is None:
        return ()
    since = as_of - timedelta(days=2 * wanted.window)
    articles, rows = site_items(config, store, as_of, since)
    accounts = {key: reading.account for key, reading in readings.items()}
    items = Items([*articles, *post_items(store, accounts)])
    seen = store.crawled_on()
    known = Known(
        as_of,
        seen,
        seen is not None and store.finished() and whole(tuple(store.problems("site")), len(store.read("site"))),
        readings,
        config.holidays,
        config.workdays,
    )
    judge = Judge(known, items, wanted.limits, wanted.window, home_of(config.site.name), rows)
    found = [*judge.publications()]
    if wanted.forward:
        names = [account.name for account in config.accounts]
        found += judge.forwards(forward_list.read(wanted.forward, as_of, names))
    return tuple(_beside(found, config))


def home_of(name: str) -> str:
    """The innermost place in a site's name: 云溪区 of 示例市云溪区人民政府; "" where it names none."""
    places = _PLACE.findall(name.partition("人民政府")[0])
    return str(places[-1]) if places else ""


def _beside(found: Iterable[Publication], config: Config) -> Iterable[Publication]:
    """With files named as the configuration beside them does."""

    def shown(one: Appearance) -> Appearance:
        copy = one.copy and replace(one.copy, url=below(one.copy.url, config.folder))
        return replace(one, copy=copy)

    for one in found:
        yield replace(one, appearances=tuple(map(shown, one.appearances)))
