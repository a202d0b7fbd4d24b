"""Turns documents into compressed bytes and back, exactly; link results into rows and back."""

from __future__ import annotations

import json
import zlib
from base64 import b64decode, b64encode
from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from hashlib import blake2b
from typing import Any

import orjson

from jimo_lint.model import (
    Block,
    Cell,
    ColumnKind,
    Concealed,
    Document,
    FileFacts,
    Link,
    LinkResult,
    Mark,
    PageClass,
    PageFacts,
    PersonalAddress,
    PersonalData,
    PostFacts,
    PostState,
    Region,
    Span,
    Verdict,
)
from jimo_lint.model.documents import joined
from jimo_lint.model.problems import Args

# Level 1 costs a third of level 6 and stores a tenth more: a crawl pays it on every page.
_LEVEL = 1

# The columns of a link result, in the order of `link_row`.
LINK_RESULT = (
    "url", "verdict", "reason", "status", "final_url", "checked", "attempts", "title", "words", "chain", "error",
    "size", "seconds", "failing_since", "last_alive",
)  # fmt: skip


# Under which name a document that was unpacked holds what `content_digest` gives.
_DIGEST = "content_digest"
_KINDS_OF_FACTS: Mapping[str, type[PageFacts] | type[PostFacts] | type[FileFacts]] = {
    "page": PageFacts,
    "post": PostFacts,
    "file": FileFacts,
}
# What facts of each kind are called, and the value of every fact where it is not known.
_USUAL = {
    of: (kind, tuple((name, getattr(of(), name)) for name in of.__dataclass_fields__))
    for kind, of in _KINDS_OF_FACTS.items()
}
# How the facts are read back that JSON has no type for.
_FACTS: Mapping[str, Callable[[Any], Any]] = {
    "looks": PageClass,
    "page_class": PageClass,
    "crumbs": tuple,
    "column_kind": ColumnKind,
    "list_date": date.fromisoformat,
    "saved": datetime.fromisoformat,
    "future_time": datetime.fromisoformat,
    "within": tuple,
    "marks": lambda marks: tuple(Mark(*one) for one in marks),
}


def squeeze(text: str) -> bytes:
    """Compressed UTF-8; lone surrogates, which hostile pages may yield, survive."""
    return squeezed(text.encode("utf-8", "surrogatepass"))


def squeezed(data: bytes) -> bytes:
    """Compressed."""
    return zlib.compress(data, _LEVEL)


def expand(data: bytes) -> str:
    """Inverse of `squeeze`."""
    return zlib.decompress(data).decode("utf-8", "surrogatepass")


def plain(text: str) -> str:
    """The text as a SQLite column can hold it: lone surrogates become question marks."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return text.encode("utf-8", "replace").decode("utf-8")
    return text


def packed(texts: Iterable[str | int]) -> str:
    """A list as JSON, which SQLite's json_each takes apart."""
    return json.dumps([plain(one) if isinstance(one, str) else one for one in texts], ensure_ascii=False)


def packed_args(args: Args) -> str:
    """The args of a problem as JSON that a SQLite column can hold."""
    return plain(json.dumps(args, ensure_ascii=False)) if args else "{}"


def instant(moment: datetime | None) -> str | None:
    """ISO form, None stays None."""
    return moment.isoformat() if moment else None


def moment(text: str | None) -> datetime | None:
    """Inverse of `instant`."""
    return datetime.fromisoformat(text) if text else None


def pack(document: Document) -> bytes:
    """The whole document as compressed JSON."""
    return squeezed(_written(document, instant(document.fetched)))


def content(document: Document) -> bytes:
    """All that can be judged of a document, as JSON in UTF-8: everything but when it was fetched."""
    return _written(document, None)


def content_digest(document: Document) -> bytes:
    """`digest` of its `content`, which is not written once more where the document is as it was read."""
    known: bytes | None = vars(document).get(_DIGEST)
    return known or digest(content(document))


def digest(content: bytes) -> bytes:
    """A hash of what `content` gave."""
    return blake2b(content, digest_size=16).digest()


def text_hash(text: str) -> int:
    """A hash of a document's text, of which those of several can be put together."""
    return int.from_bytes(blake2b(text.encode("utf-8", "surrogatepass"), digest_size=7).digest())


def head(document: Document) -> str:
    """What is asked about every document of a file, as JSON, so that it need not be unpacked for that: its address and
    title, whether it lies inside another file, marks of its file, number and hash of its characters, and the digest of
    all that can be judged of it."""
    facts, text = document.file_facts, document.text
    row = [
        document.url,
        document.title,
        bool(facts.within),
        [mark.kind for mark in facts.marks],
        len(text),
        text_hash(text),
        digest(content(document)).hex(),
    ]
    return json.dumps(row, separators=(",", ":"))


def _written(document: Document, fetched: str | None) -> bytes:
    fields = [
        document.id,
        document.url,
        document.source,
        document.title,
        [[block.kind, block.text, block.locator, block.places, *_packed_rest(block)] for block in document.blocks],
        document.column,
        document.account,
        instant(document.published),
        document.published_from,
        fetched,
        document.status,
        document.state.value,
        [[link.url, link.text, link.kind, link.raw] for link in document.links],
        dict(document.metas),
        [[personal.what, personal.span.start, personal.span.end] for personal in document.personal],
        [[one.url, one.text, one.how, one.code, one.excuse] for one in document.concealed],
        [[one.what, one.address] for one in document.personal_addresses],
        _packed_facts(document.facts),
    ]
    try:
        return orjson.dumps(fields, default=tuple)
    except TypeError:  # a lone surrogate
        return json.dumps(fields, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")


def unpack(data: bytes, when: str | None = None) -> Document:
    """Inverse of `pack`. when: it was fetched, where only its content is packed. ValueError: what a version before
    0.1.0 packed, which mixed facts with the page's words."""
    written = zlib.decompress(data)
    (
        identity, url, source, title, blocks, column, account, published, published_from, fetched, status, state,
        links, metas, personal, concealed, personal_addresses, facts,
    ) = _loaded(written)  # fmt: skip
    document = Document(
        id=identity,
        url=url,
        source=source,
        title=title,
        blocks=tuple(_block(*one) for one in blocks),
        column=column,
        account=account,
        published=moment(published),
        published_from=published_from,
        fetched=moment(fetched or when),
        status=status,
        state=PostState(state),
        links=tuple(Link(*link) for link in links),
        metas=metas,
        facts=_unpacked_facts(facts),
        personal=tuple(PersonalData(what, Span(start, end)) for what, start, end in personal),
        concealed=tuple(Concealed(*one) for one in concealed),
        personal_addresses=tuple(PersonalAddress(*one) for one in personal_addresses),
    )
    if fetched is None:
        vars(document)[_DIGEST] = digest(written)  # as `cached_property` does: what replaces a field is without it
    return document


def text_of(data: bytes) -> str:
    """`Document.text` of what `pack` or `content` gave, without the rest."""
    return joined(block[1] for block in _loaded(zlib.decompress(data))[4])


def _loaded(written: bytes) -> Any:
    try:
        return orjson.loads(written)
    except ValueError:  # a lone surrogate, as UTF-8 has none
        return json.loads(written.decode("utf-8", "surrogatepass"))


def _packed_rest(block: Block) -> list[Any]:
    """What few blocks have: whether one goes on, and its spot."""
    if block.spot is None:
        return [True] if block.continues else []
    if isinstance(block.spot, Cell):
        return [block.continues, "cell", *block.spot]
    return [block.continues, "region", *block.spot[:-1], b64encode(block.spot.cutout).decode()]


def _block(kind: str, text: str, locator: str, places: list[list[int]], *rest: Any) -> Block:
    """Inverse of the list that `pack` makes of a block. rest: as of `_packed_rest`."""
    continues = bool(rest and rest[0])
    breaks: Any = tuple(map(tuple, places)) if places else ()
    if len(rest) <= 1:
        return Block(kind, text, locator, breaks, continues)
    _, form, *spot = rest
    where = Cell(*spot) if form == "cell" else Region._make((*spot[:-1], b64decode(spot[-1])))
    return Block(kind, text, locator, breaks, continues, (), where)


def _packed_facts(facts: PageFacts | PostFacts | FileFacts | None) -> dict[str, Any] | None:
    """The facts that are known, by name."""
    if facts is None:
        return None
    kind, usual = _USUAL[type(facts)]
    packed: dict[str, Any] = {"": kind}
    for name, unknown in usual:
        value = getattr(facts, name)
        if value != unknown:
            packed[name] = value.isoformat() if isinstance(value, date) else value
    return packed


def _unpacked_facts(packed: dict[str, Any] | None) -> PageFacts | PostFacts | FileFacts | None:
    if packed is None:
        return None
    kind = packed.pop("")
    known = {name: _FACTS[name](value) if name in _FACTS else value for name, value in packed.items()}
    return _KINDS_OF_FACTS[kind](**known)


def link_row(result: LinkResult) -> tuple[Any, ...]:
    """A link result as a row of its table."""
    return (
        plain(result.url),
        result.verdict.value,
        result.reason,
        result.status,
        plain(result.final_url),
        instant(result.checked),
        result.attempts,
        plain(result.title),
        plain(result.words),
        json.dumps([[status, plain(url)] for status, url in result.chain]),
        plain(result.error),
        result.size,
        result.seconds,
        instant(result.failing_since),
        instant(result.last_alive),
    )


def link_result(row: tuple[Any, ...]) -> LinkResult:
    """Inverse of `link_row`."""
    url, verdict, reason, status, final_url, checked, attempts, title, words, chain, error, size, seconds, *days = row
    return LinkResult(
        url=url,
        verdict=Verdict(verdict),
        reason=reason,
        status=status,
        final_url=final_url,
        checked=moment(checked),
        attempts=attempts,
        title=title,
        words=words,
        chain=tuple((status, url) for status, url in json.loads(chain)),
        error=error,
        size=size,
        seconds=seconds,
        failing_since=moment(days[0]),
        last_alive=moment(days[1]),
    )
