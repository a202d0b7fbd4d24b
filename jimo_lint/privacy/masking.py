"""Masks personal data, keeping the length: of texts, of addresses, and of all that a document holds."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from enum import Enum
from functools import lru_cache, partial
from typing import Any

from jimo_lint.model import (
    INSIDE,
    Block,
    Cell,
    Concealed,
    Document,
    FileFacts,
    Link,
    Mark,
    PageFacts,
    PersonalAddress,
    PersonalData,
    PostFacts,
    Problem,
    Span,
)
from jimo_lint.model.radicals import unify
from jimo_lint.privacy.kinds import BANK_CARD, MOBILE, PASSPORT, RESIDENT_ID, SOCIAL_SECURITY, UNSURE, Found
from jimo_lint.privacy.numbers import may_hold
from jimo_lint.privacy.view import View, view
from jimo_lint.values import replace

# Code points kept at front and back. No standard fixes a form (standards.md §5.7); these leave what is commonly
# shown (138****1234, first six and last four of a card), and of a resident ID neither birthday nor serial number.
_KEPT = {RESIDENT_ID: (2, 2), BANK_CARD: (6, 4), MOBILE: (3, 4), PASSPORT: (2, 2), SOCIAL_SECURITY: (2, 2)}
_KEPT[UNSURE] = _KEPT[RESIDENT_ID]
# An address has no blanks, so what stands between the hidden digits is hidden too: that many stars in a row are in no
# address but a masked one. The shortest run that a mask leaves is that of a mobile number.
_MASK = "****"
_APART = "\n\x80\n"

# A telephone that the page shows is told there.
_TELEPHONE = r"(?i)(?:tel|sms|smsto|callto|mailto|weixin|whatsapp):"
_Held = tuple[str, tuple[tuple[str, str], ...]]
_SCRIPTED = re.compile(r"[\s(;'\"<{]")  # an attribute that holds a script or words, not an address


def mask_text(text: str) -> str:
    """`text` with personal data masked; same length; masking twice changes nothing more."""
    return _mask(text)[0]


def mask_url(url: str) -> str:
    """`url` with personal data masked, same length: resident IDs anywhere, telephone and card numbers only where it
    says so. Escapes are seen through (percent-encoding in any charset, also twice); what is not personal stays."""
    return _address(url)[0]


def is_masked(url: str) -> bool:
    """True for an address that was masked: it leads nowhere, and must be neither asked nor judged."""
    return _MASK in url


def mask_problem(problem: Problem) -> Problem:
    """`problem` with personal data masked: its place is often an address or a path, and its args may have one."""
    args = {name: mask_text(value) if isinstance(value, str) else value for name, value in problem.args.items()}
    return replace(problem, place=mask_text(problem.place), args=args)


def mask(document: Document) -> Document:
    """`document` with personal data masked everywhere, and `personal` and `personal_addresses` filled.

    The spans in `personal` are valid in the masked text: masking keeps lengths. A document masked before keeps
    what was found then.
    """
    # Hardly a page has anything to mask, so what stands around its text is looked at in one go. No number goes on over
    # that mark.
    around = _APART.join(dict.fromkeys((document.title, *document.metas.values(), *_texts(document.facts))))
    named = bool(_mask(_APART.join(dict.fromkeys(map(_named, document.blocks))))[1])
    depth = len(document.facts.within) if isinstance(document.facts, FileFacts) else -1
    address = partial(_place, document.source, depth)
    odd = any(map(_masked_link, document.links)) or any(map(_masked_concealed, document.concealed))
    # All blocks are one text, since a number may have each of its digits in a block, as in the cells of a table.
    text, found = _mask(document.text)
    found, fresh = _settled(document, found)
    if not odd and address(document.url)[0] == document.url and not (found or named or _mask(around)[1]):
        return document
    if fresh:
        text = _starred(text, View(text), fresh)
    personal = [PersonalData(what, Span(start, end)) for what, start, end in found if what != UNSURE]
    shown = {_digits(view(document.text[start:end]).alike().text) for _, start, end in found}
    held = [address(document.url), *(_address(link.url or link.raw) for link in document.links)]
    exposing = (
        PersonalAddress(what, masked)
        for masked, numbers in held
        for what, number in numbers
        if number not in shown or not re.match(_TELEPHONE, masked)
    )
    blocks = _cut(text, document.blocks) if found else document.blocks
    return replace(
        document,
        id=address(document.id)[0],
        url=address(document.url)[0],
        title=mask_text(document.title),
        blocks=tuple(map(_masked_place, blocks)) if named else blocks,
        links=tuple(_masked_link(link) or link for link in document.links),
        concealed=tuple(_masked_concealed(one) or one for one in document.concealed),
        metas={key: mask_text(value) for key, value in document.metas.items()},
        facts=_masked_facts(document.facts),
        personal=(*document.personal, *personal),
        personal_addresses=tuple(dict.fromkeys((*document.personal_addresses, *exposing))),
    )


def _named(block: Block) -> str:
    """What of the place of a block somebody may have named, as sheets are."""
    return block.spot.table if isinstance(block.spot, Cell) else block.locator


def _masked_place(block: Block) -> Block:
    spot = block.spot
    if isinstance(spot, Cell):
        spot = spot._replace(table=mask_text(spot.table))
    elif spot is not None:
        spot = spot._replace(picture=mask_text(spot.picture))
    return block._replace(locator=mask_text(block.locator), spot=spot)


def _texts(facts: PageFacts | PostFacts | FileFacts | None) -> Iterator[str]:
    """All text that the facts hold, as it was read."""
    for name in facts.__match_args__ if facts else ():
        value = getattr(facts, name)
        if isinstance(value, Mapping):
            yield from value.values()
        elif isinstance(value, tuple):
            for one in value:
                yield from (one,) if isinstance(one, str) else one
        elif isinstance(value, str):
            yield value


def _masked_facts(facts: PageFacts | PostFacts | FileFacts | None) -> PageFacts | PostFacts | FileFacts | None:
    if facts is None:
        return None
    return replace(facts, **{name: _masked_fact(getattr(facts, name)) for name in facts.__match_args__})


def _masked_fact(value: object) -> Any:
    if isinstance(value, Mapping):
        return {key: mask_text(text) for key, text in value.items()}
    if isinstance(value, tuple):
        return tuple(Mark(*map(mask_text, one)) if isinstance(one, Mark) else mask_text(one) for one in value)
    return mask_text(value) if isinstance(value, str) and not isinstance(value, Enum) else value


def _cut(text: str, blocks: Iterable[Block]) -> tuple[Block, ...]:
    """The blocks with their parts of the masked text."""
    start, cut = 0, []
    for block in blocks:
        end = start + len(block.text)
        part, shown = text[start:end], unify(block.text)
        if shown is not block.text:  # radicals stay as they were written, for the rule that tells of them
            letters = zip(block.text, shown, part, strict=True)
            part = "".join(written if masked == alike else masked for written, alike, masked in letters)
        cut.append(block if part == block.text else block._replace(text=part))
        start = end + 1
    return tuple(cut)


@lru_cache(maxsize=8192)  # the links of a page mostly stand on other pages too
def _masked_link(link: Link) -> Link | None:
    """The link masked; None where it has nothing to mask."""
    if not may_hold("\n".join((link.url, link.raw, link.text.replace("/", "-"))), address=True):
        return None
    raw = mask_text(link.raw) if _SCRIPTED.search(link.raw) else mask_url(link.raw)
    masked = replace(link, url=mask_url(link.url), text=mask_text(link.text), raw=raw)
    return None if masked == link else masked


@lru_cache(maxsize=8192)
def _masked_concealed(one: Concealed) -> Concealed | None:
    """As `_masked_link`."""
    masked = replace(one, url=mask_url(one.url), text=mask_text(one.text), code=mask_text(one.code))
    return None if masked == one else masked


@lru_cache(maxsize=16)  # a title stands in the text, in the metas and in what is known of the page
def _mask(text: str) -> tuple[str, list[Found]]:
    """The masked text, and what was found where."""
    if not may_hold(text):
        return text, []
    shown, found = _find(view(text))
    if not found:
        return text, []
    return _starred(text, shown, found), [(what, *shown.span(start, end)) for what, start, end in found]


def _settled(document: Document, found: list[Found]) -> tuple[list[Found], list[Found]]:
    """What was found, by the heads of tables and where OCR read it; and what only a head tells, not masked yet."""
    if not any(block.spot for block in document.blocks):
        return found, []
    from jimo_lint.privacy.columns import settle  # as below; few documents have tables or pictures

    return settle(document, found)


def _find(shown: View) -> tuple[View, list[Found]]:
    from jimo_lint.privacy.finding import find  # its patterns are made where a text has such numbers: most have none

    return find(shown)


def _tells(text: str, what: str, start: int, end: int) -> bool:
    from jimo_lint.privacy.finding import tells_in_address  # as above

    return tells_in_address(text, what, start, end)


@lru_cache(maxsize=4096)  # an address is asked about when it is found, before it is asked, and when it is stored
def _address(url: str) -> _Held:
    """An address masked, with what it holds and the digits of each."""
    if not may_hold(url, address=True):
        return url, ()
    shown, found = _find(view(url))
    return _masked(url, shown, [one for one in found if _tells(shown.text, *one)], between=True)


def _path(path: str) -> _Held:
    """As `_address`, for the path of a local file: its name is text."""
    if not may_hold(path):
        return path, ()
    shown, found = _find(view(path))
    return _masked(path, shown, [one for one in found if one[0] != UNSURE])


def _place(source: str, depth: int, place: str) -> _Held:
    """Where a document is found, masked. source: as in `Document`; depth: how many files it lies in, -1 where
    its facts do not say.

    Names of files inside others are text. What the outer ones hold is told with them.
    """
    outermost, *names = place.rsplit(INSIDE, depth)
    first = _path(outermost) if source == "file" else _address(outermost)
    parts = [first, *map(_path, names)]
    return INSIDE.join(masked for masked, _ in parts), parts[-1][1]


def _masked(text: str, shown: View, found: list[Found], *, between: bool = False) -> _Held:
    if not found:
        return text, ()
    held = tuple((what, _digits(shown.text[start:end])) for what, start, end in found)
    return _starred(text, shown, found, between=between), held


def _starred(text: str, shown: View, found: Iterable[Found], *, between: bool = False) -> str:
    """The text with each number's digits hidden, save the first and last of them. between: and what parts them."""
    characters = list(text)
    for what, start, end in found:
        front, back = _KEPT[what]
        places = [place for place in range(start, end) if shown.text[place].isalnum()]
        hidden = places[front : len(places) - back]
        if between and hidden:
            hidden = list(range(hidden[0], hidden[-1] + 1))
        for place in hidden:
            begin, stop = shown.span(place, place + 1)
            characters[begin:stop] = "*" * (stop - begin)
    return "".join(characters)


def _digits(number: str) -> str:
    return "".join(filter(str.isalnum, number))
