"""Finds pages that answer 200 and are not there (soft 404), by asking for what surely is not there as well."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Sequence
from hashlib import blake2b

from yarl import URL

from jimo_lint.errors import InputError
from jimo_lint.extract.pages import absent
from jimo_lint.extract.pages.preview import Glance
from jimo_lint.linkcheck import content
from jimo_lint.linkcheck.follow import Ask, Outcome, walk
from jimo_lint.model.reasons import OVERLONG
from jimo_lint.runtime import timelimit

# Share of three-character pieces of text that two answers must have in common to be the same page. Pages repeat the
# address that was asked for, the date or a number, so none is ever wholly alike.
_ALIKE = 0.9
_PIECE = 3
_CHANGING = re.compile(r"[\da-zA-Z/:.?=&%_-]+")
_HAN = re.compile(r"[\u3400-\u9fff]{2,}")
_STATIC = re.compile(r"\.s?html?$", re.I)
_TELLING = 4  # Han characters from which the words of a link should be met again on its page


class Controls:
    """What a host answers for addresses that nobody made: asked for once a directory, and only where in doubt."""

    def __init__(self) -> None:
        self._known: dict[URL, asyncio.Future[Outcome]] = {}

    async def settle(self, start: URL, outcome: Outcome, anchors: Sequence[str], ask: Ask) -> Outcome:
        """The outcome with the reason that doubts lead to; asks nothing where there is none. anchors: link texts."""
        page = outcome.page
        if page is None or outcome.reason not in ("ok", "redirect-home"):
            return outcome
        home = outcome.reason == "redirect-home"
        try:
            with timelimit.limited(outcome.url):
                says = content.says_missing(page) or (bool(outcome.chain) and absent.addressed(outcome.url.path))
                if says and content.is_bare(page):
                    return outcome._replace(reason="soft-404")
                # Many sites take no notice of a query, so there the same page for a wrong one proves nothing.
                if not says and not home and (start.query_string or not _is_stranger(page, anchors)):
                    return outcome
            same = await self._is_same(start, outcome, ask)
        except InputError:
            return outcome._replace(reason=OVERLONG, page=None)
        if says:
            return outcome._replace(reason="soft-404" if same else "says-missing")
        if home:
            return outcome._replace(reason="missing-to-home") if same else outcome
        return outcome._replace(reason="same-as-missing") if same else outcome

    async def _is_same(self, start: URL, outcome: Outcome, ask: Ask) -> bool:
        """Whether the deliberately wrong address of the same directory brings the same."""
        wrong = _wrong(start)
        if wrong is None or outcome.page is None:
            return False
        known = self._known.get(wrong)
        if known is None:
            known = self._known[wrong] = asyncio.get_running_loop().create_future()
            try:
                known.set_result(await walk(wrong, ask))
            except BaseException:
                known.cancel()
                raise
        control = await known
        if control.reason not in ("ok", "redirect-home") or control.page is None:
            return False
        if outcome.chain and control.chain and outcome.url == control.url:
            return True
        with timelimit.limited(outcome.url):
            return _are_alike(outcome.page, control.page)


def _wrong(url: URL) -> URL | None:
    """An address beside `url` that nobody made, of the same form; the same one for all of a directory."""
    folder, _, name = url.path.rstrip("/").rpartition("/")
    if not name and not url.query_string:
        return None
    made_up = "no-such-page-" + blake2b(f"{url.host}{folder}".encode(), digest_size=4).hexdigest()
    if url.query_string and not _STATIC.search(name):
        return url.with_query(dict.fromkeys(url.query, made_up))
    end = "/" if url.path.endswith("/") else name[name.rfind(".") :] if "." in name else ""
    return url.with_path(f"{folder}/{made_up}{end}").with_query(None)


def _are_alike(one: Glance, other: Glance) -> bool:
    first, second = _pieces(one), _pieces(other)
    if one.title != other.title or not first or not second:
        return False
    return len(first & second) >= _ALIKE * len(first | second)


def _pieces(page: Glance) -> set[str]:
    text = _CHANGING.sub("", page.title + page.text)
    return {text[start : start + _PIECE] for start in range(max(len(text) - _PIECE + 1, 0))}


def _is_stranger(page: Glance, anchors: Sequence[str]) -> bool:
    """Whether nothing of what the links say is met again on the page. What says little, or no text, proves nothing."""
    if any(anchor and anchor in page.title for anchor in anchors):
        return False
    telling = [runs for anchor in anchors if sum(map(len, runs := _HAN.findall(anchor[:80]))) >= _TELLING]
    pairs = [run[start : start + 2] for runs in telling for run in runs for start in range(len(run) - 1)]
    if not pairs or any(pair in shown for shown in (page.title, page.opening, page.about) for pair in pairs):
        return False
    return bool(page.text) and not any(pair in page.text for pair in pairs)
