"""One timed visit to every start address, put on record for the inspection that judges a week of them."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from jimo_lint.errors import ConfigError
from jimo_lint.model import Probe
from jimo_lint.model.terms import CHINA
from jimo_lint.settings.config import Config
from jimo_lint.store import visits

# Standards look a week back; a longer one would be a local one.
_LONGEST = timedelta(days=100)


def probe(config: Config) -> tuple[Probe, ...]:
    """Visit, record, and give back what was met. ConfigError where nothing is to be visited, StoreError."""
    if not config.site.start:
        raise ConfigError(str(config.path), "没有写要访问的站点", '请在 [site] 里写 start = ["https://…/"]')
    from jimo_lint.linkcheck.probe import probe_sites

    probes = probe_sites(config.site.start, allow_private=config.crawl.allow_private)
    visits.append(config.visits_path, probes)
    return probes


def recent(config: Config, as_of: date) -> tuple[Probe, ...]:
    """The visits to the start addresses up to and on the day, as far back as any standard looks."""
    day = datetime.combine(as_of, time(), CHINA)
    return tuple(
        probe
        for probe in visits.read(config.visits_path, day - _LONGEST)
        if probe.url in config.site.start and probe.at < day + timedelta(days=1)
    )
