"""Says what a recheck is about: addresses, columns and accounts, by what a user calls them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from urllib.parse import urljoin

from jimo_lint.errors import ConfigError
from jimo_lint.extract.lists.main_list import plain_address
from jimo_lint.network.address import normalise
from jimo_lint.settings.config import Config
from jimo_lint.settings.toml import suggestion


@dataclass(frozen=True, slots=True)
class Target:
    """One thing to look at again. kind: address (of a page, or that links lead to), column or account; id: the
    address, or the id of the column or account."""

    kind: str
    id: str


def targets(config: Config, words: Iterable[str]) -> tuple[Target, ...]:
    """What is meant by each word: an address, or a path below the first start page; the name or id of columns and
    accounts, or else a part of their names. ConfigError where it is nothing."""
    return tuple(dict.fromkeys(target for word in words for target in _meant(config, word.strip())))


def _meant(config: Config, word: str) -> Iterator[Target]:
    if word.startswith("/") and config.site.start:
        word = urljoin(config.site.start[0], word)
    if word.startswith(("http://", "https://")):
        same = of_address(config, word)
        yield from same or [Target("address", word)]
        return
    named = [("column", one.id, one.name) for one in config.columns]
    named += [("account", one.id, one.name) for one in config.accounts]
    found = [(kind, key) for kind, key, name in named if word in (key, name)]
    found = found or [(kind, key) for kind, key, name in named if word and word in name]
    if not found:
        near = suggestion(word, [name for _, _, name in named])
        remedy = "请写完整的网址，或 jimo-lint config 里的栏目、账号名称"
        raise ConfigError(str(config.path), f"没有栏目、账号叫“{word}”{near}", remedy)
    yield from (Target(kind, key) for kind, key in found)


def of_address(config: Config, address: str) -> Sequence[Target]:
    """The columns whose list begins at an address."""
    exact = [one for one in config.columns if one.url == address]
    plain = plain_address(normalise(address))
    alike = [one for one in config.columns if plain_address(normalise(one.url)) == plain and "#" not in one.url]
    return [Target("column", one.id) for one in exact or alike]
