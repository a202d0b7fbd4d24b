"""Finds what scripts bring into a page from other domains: links they write, encode or load, and cloaks."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import islice

from jimo_lint.domains import foreign, netloc
from jimo_lint.extract.links.decoding import LONGEST, decode
from jimo_lint.extract.markup.stylesheet import hiding
from jimo_lint.extract.markup.tree import tidy
from jimo_lint.model import Concealed

MOST = 50  # a page
_SHORT = 20_000  # characters of a script that is remembered
_CODE = 160  # characters of a script that are kept as evidence

# Without one of these a script writes no link, whatever else it does.
_TELLING = ("document.write", "eval(", "unescape(", "fromCharCode", "atob(", "innerHTML", "createElement", "referrer",
            "insertAdjacentHTML", "decodeURI", "\\x", ".title=", ".title =")  # fmt: skip
_WRITES = re.compile(r"document['\"\s.\[\]]{1,9}write|innerHTML|insertAdjacentHTML|\beval\s*\(|\.append\(|\.html\(")
_ELEMENT = re.compile(
    r"""<(a|area|iframe|script)\b([^<>]{0,300}?\s(?:href|src)\s*=\s*["']?((?:https?:)?//[^\s"'<>+]{3,300})[^<>]{0,300})>"""
    r"""([^<]{0,200})""",
    re.I,
)
_LOADED = re.compile(r"""\.src\s*=\s*["']((?:https?:)?//[^\s"'<>+]{3,300})["']""")
_MAKES_SCRIPT = re.compile(r"""createElement\(\s*["'](?:script|iframe)["']""", re.I)
_BOX = re.compile(
    r"""<(?:div|span|p|ul|marquee|table|a)\b[^<>]{0,300}?style\s*=\s*(?:"([^"]{1,300})"|'([^']{1,300})')""", re.I
)
_MARQUEE = re.compile(r"<marquee\b[^<>]{0,200}?(?:width|height)\s*=\s*[\"']?[0-5](?!\d)", re.I)
_TEXT = re.compile(r"<[^<>]*>")

# A condition on the visitor being, or coming from, a search engine; browsers that bear such a name are none.
_ENGINE = r"(?:baidu(?!browser|boxapp)|sogou(?!mobilebrowser)|google|\bbing|haosou|\bso\.com|yisou|spider)"
_ASKS = re.compile(
    rf"(?:referrer|userAgent)[^;{{}}]{{0,200}}?{_ENGINE}|{_ENGINE}[^;{{}}]{{0,120}}?(?:referrer|userAgent)", re.I
)
_ACTS = re.compile(
    r"(?:location(?:\.href|\.replace|\.assign)?\s*[=(]+\s*|document\.write(?:ln)?\([^;]{0,80}?src\s*=\s*\\?)[\"']"
    r"((?:https?:)?//[^\s\"'<>\\]{3,300})|document\.title\s*=",
    re.I,
)
_ACTS_WITHIN = 300  # characters behind the question
_QUESTIONS = 20  # a script


def read(scripts: list[str], url: str) -> tuple[Concealed, ...]:
    """What the inline scripts of a page at `url` bring in from other domains."""
    found: dict[Concealed, None] = {}
    own = netloc(url)
    scheme = url.partition(":")[0] if url.startswith("http") else "http"
    for script in scripts:
        if len(script) < 20 or not any(sign in script for sign in _TELLING):
            continue
        for one in (_known if len(script) < _SHORT else _brought)(script[:LONGEST], own, scheme):
            found[one] = None
            if len(found) == MOST:
                return tuple(found)
    return tuple(found)


@lru_cache(maxsize=256)
def _known(script: str, own: str, scheme: str) -> tuple[Concealed, ...]:
    """As `_brought`, once for a script that stands on every page of a site."""
    return tuple(_brought(script, own, scheme))


def _brought(script: str, own: str, scheme: str) -> Iterator[Concealed]:
    plain = decode(script)
    encoded = plain != script
    for element in _ELEMENT.finditer(plain):
        target, place = _target(element[3], scheme)
        if not place or not foreign(place, own) or not _WRITES.search(plain):
            continue
        how, excuse = "written", ""
        if element[1].lower() == "script":
            # `%3Cscript src=` and `\x3Cscript src=` are how honest scripts write a tag; the letters are no reason to.
            secret = encoded and (_secret(place, script) or _secret(element[0][1:10], script))
            how = "encoded" if secret else "loaded"
        elif encoded and (_secret(place, script) or _secret(f"<{element[1]} ", script)):
            how = "encoded"
        elif hidden := _boxed(plain[max(element.start() - 400, 0) : element.start()], element[2]):
            how, excuse = hidden, "" if "document.write" in plain else "named"
        elif element[1].lower() == "iframe":
            how = "loaded"
        yield Concealed(target, tidy(_TEXT.sub("", element[4])), how, _around(script, element[0]), excuse)
    if _MAKES_SCRIPT.search(plain):
        for loaded in _LOADED.finditer(plain):
            target, place = _target(loaded[1], scheme)
            if place and foreign(place, own):
                how = "encoded" if encoded and _secret(place, script) else "loaded"
                yield Concealed(target, "", how, _around(script, loaded[0]))
    for asks in islice(_ASKS.finditer(plain), _QUESTIONS):
        acts = _ACTS.search(plain, asks.end(), asks.end() + _ACTS_WITHIN)
        if acts:
            target, place = _target(acts[1] or "", scheme)
            if not place or foreign(place, own):
                yield Concealed(target, "", "cloak", tidy(plain[asks.start() : acts.end()])[:_CODE])


def _target(written: str, scheme: str) -> tuple[str, str]:
    """The address and its host; the latter is "" for what is none."""
    target = f"{scheme}:{written}" if written[:2] == "//" else written
    return target, netloc(target)


def _secret(text: str, script: str) -> bool:
    """True where the script does not hold `text` plainly; a serializer's backslashes are no secret."""
    return text.lower() not in script.replace("\\/", "/").replace("\\u003c", "<").lower()


def _boxed(before: str, attributes: str) -> str:
    """How what a script writes is hidden by the box it writes around it, "" where it is shown."""
    if _MARQUEE.search(before):
        return "marquee"
    for box in (*_BOX.finditer(before), *_BOX.finditer(f"<a {attributes}")):
        closed = re.search(r"</(?:div|span|p|ul|table)", before[box.end() :])
        if not closed and (how := hiding(box[1] or box[2] or "")):
            return how
    return ""


def _around(script: str, piece: str) -> str:
    """The script as it is written, around the piece; from its start where the piece is encoded."""
    at = script.find(piece[:40])
    start = max(at - 40, 0) if at >= 0 else 0
    return tidy(script[start : start + _CODE])
