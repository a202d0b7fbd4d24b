"""Finds faults in how an account is run: long pauses, too few posts, names, closing, an archive of somebody else."""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from functools import partial
from typing import Any

from jimo_lint.lint.checks.base import named, params
from jimo_lint.lint.checks.updates.account_freshness import described, judge
from jimo_lint.lint.checks.updates.duty import duty
from jimo_lint.model import AccountReading, AccountResult, Context, Hit, Rule
from jimo_lint.readers.archives.owners import plain

Detail = dict[str, str]

_SAMPLES = 3
_NOISE = re.compile(r"[\W_]+")
# What platforms and offices append to one and the same name: 云溪发布APP, 云溪发布官方微博.
_SUFFIX = re.compile(
    r"(?<=..)(?:官方)?(?:app|客户端|微信公众号|公众号|订阅号|服务号|微信|微博|官微|抖音号|头条号|视频号|小程序)$"
)


def pauses(context: Context, reading: AccountReading) -> Iterator[Detail]:
    """Past pauses between two posts that lasted the limit or longer; the present one is the matter of A101."""
    limit = duty(reading.account.max_age, reading.account.exempt, context.profile.account).limit
    if limit is None or not _known(reading, context.as_of):
        return
    found = [
        (first, second)
        for first, second in itertools.pairwise(sorted(reading.days))
        if limit.exceeded(first, second - timedelta(days=1))
    ]
    if found:
        shown = [f"{first} 至 {second} 间隔 {(second - first).days} 天" for first, second in found[-_SAMPLES:]]
        more = "等" if len(found) > _SAMPLES else ""
        yield {"count": str(len(found)), "pauses": "、".join(shown) + more, "limit": str(limit)}


def few(context: Context, reading: AccountReading) -> Iterator[Detail]:
    """Fewer posts in the last seven days than the profile asks for; the national one asks for none."""
    least = context.profile.week_posts
    if least and reading.posts and reading.week_posts < least and _known(reading, context.as_of):
        yield {"posts": str(reading.week_posts), "least": str(least)}


def closing(context: Context, reading: AccountReading) -> Iterator[Detail]:
    """A closing that nobody was told of, posts after the closing, or an announced closing that is not registered."""
    closed, farewell, newest = reading.account.closed, reading.farewell, reading.newest
    if reading.reason or not reading.posts or not newest:
        return
    if closed is None or closed > context.as_of:
        if farewell and farewell == newest and reading.proves_silence:
            yield {"reason": f"{farewell} 发布过关停或迁移公告，此后没有更新，请核实是否已注销并登记 closed"}
    elif newest > closed:
        yield {"reason": f"登记为 {closed} 关停，而 {newest} 仍有发布，请核对"}
    elif farewell is None and reading.proves_silence and not (reading.saved and reading.saved < closed):
        # An archive made before the closing cannot hold what was said of it.
        yield {"reason": f"登记为 {closed} 关停，档案里没有关停公告"}


def names(context: Context, reading: AccountReading) -> Iterator[Detail]:
    """An owner whose accounts bear different names on different platforms; told of once, at its first account."""
    others = [one for one in reading.siblings if not one.is_closed(context.as_of)]
    if not others or others[0].id != reading.account.id:
        return
    platforms = {one.platform for one in others}
    # Two accounts on one platform are another matter, and their names must differ.
    if len(platforms) == len(others) > 1 and len({_bare(one.name) for one in others}) > 1:
        yield {"names": "、".join(f"{one.platform.label}“{one.name}”" for one in others)}


def several(context: Context, reading: AccountReading) -> Iterator[Detail]:
    """More than one account of an owner on one platform; told of once, at the first of them."""
    same = [
        one for one in reading.siblings if one.platform is reading.account.platform and not one.is_closed(context.as_of)
    ]
    if len(same) > 1 and same[0].id == reading.account.id:
        yield {"names": "、".join(f"“{one.name}”" for one in same)}


def stranger(reading: AccountReading) -> Iterator[Detail]:
    """An archive whose posts bear another account's name: most likely the wrong file lies there."""
    called, registered = _plain(reading.called), _plain(reading.account.name)
    if called and registered not in called and called not in registered:
        yield {"called": reading.called}


def _known(reading: AccountReading, as_of: date) -> bool:
    """Whether silence of this archive is silence of the account."""
    return reading.proves_silence and not reading.reason and not reading.account.is_closed(as_of)


def _plain(name: str) -> str:
    """As an archive's posts are matched to accounts; marks do not count either, for offices set them as they like."""
    return _NOISE.sub("", plain(name))


def _bare(name: str) -> str:
    return _SUFFIX.sub("", _plain(name))


_CHECKS: dict[str, Callable[[Context, AccountReading], Iterator[Detail]]] = {
    "pauses": pauses,
    "few": few,
    "closing": closing,
    "names": names,
    "several": several,
}


class ConductCheck:
    """The kind `conduct`. params.check: pauses, few, closing, names, several or stranger."""

    def __init__(self, rules: Sequence[Rule], context: Context) -> None:
        self._context = context
        known: dict[str, Callable[[AccountReading], Iterator[Detail]]]
        known = {name: partial(check, context) for name, check in _CHECKS.items()} | {"stranger": stranger}
        self._checks: list[tuple[str, Callable[[AccountReading], Iterator[Detail]]]] = []
        for rule in rules:
            table = params(rule)
            self._checks.append((rule.code, named(table, known)))
            table.finish()

    def hits(self, subject: AccountResult) -> Iterator[Hit]:
        """At most one hit a rule."""
        account = subject.reading.account
        for code, check in self._checks:
            for detail in check(subject.reading):
                yield Hit(code, args={"account": account.name, "platform": account.platform.label, **detail})

    def example(self, given: Mapping[str, Any]) -> AccountResult:
        """As an example of the kind `accounts`."""
        return judge(described(given), self._context)
