"""Files that pages offer, as they were last fetched and read, so that only what is new or changed is read again."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from typing import Any

from jimo_lint.model import Document, Problem, ProblemCode
from jimo_lint.store.codec import head, pack, packed, plain, text_of, unpack
from jimo_lint.store.reading import Reader
from jimo_lint.store.store import Store

# Of the last time that a file was asked for: what is stored is what stands there.
STANDS = "stands"

_ROW = "url, page, checked, outcome, etag, modified, sha256, size, suffix, fetched, readers"
_CHUNK = 500
_TEXTS = 20  # at once: of a book each


@dataclass(frozen=True, slots=True)
class Attachment:
    """One file. url: canonical address; page: one that offers it, or last did. checked: when it was last asked for;
    outcome: what came of that, STANDS or a code. The rest is of the last time that it was read: etag and modified as
    its server named them, sha256 "" where it never was; suffix: with its dot; fetched: when, readers: by which version.
    """

    url: str
    page: str
    checked: str
    outcome: str
    etag: str = ""
    modified: str = ""
    sha256: str = ""
    size: int = 0
    suffix: str = ""
    fetched: str = ""
    readers: str = ""


@dataclass(frozen=True, slots=True)
class Packed:
    """A document that stands in a file, as the store has it: where all is known of one, nobody unpacks it.

    file: address of the file; url: of the document. inside: it lies inside another file. marks: kinds of those of its
    file. characters, text: number and hash of the characters of its text. digest: of all that can be judged of it.
    """

    file: str
    url: str
    title: str
    inside: bool
    marks: tuple[str, ...]
    characters: int
    text: int
    digest: bytes
    unpack: Callable[[], Document]


def now() -> str:
    """This moment, as rows have it and as they are compared."""
    return datetime.now(UTC).isoformat(timespec="milliseconds")


def attachments(store: Reader) -> dict[str, Attachment]:
    """All that are known, by address."""
    return {row[0]: Attachment(*row) for row in store.rows(f"SELECT {_ROW} FROM attachment")}


def put(store: Store, attachment: Attachment, found: Iterable[Document | Problem] | None = None) -> None:
    """Store what came of asking for one; found: what it holds, masked, in place of what it held before."""
    with store.transaction() as run:
        row = (
            plain(attachment.url), plain(attachment.page), attachment.checked, attachment.outcome, attachment.etag,
            attachment.modified, attachment.sha256, attachment.size, attachment.suffix, attachment.fetched,
            attachment.readers,
        )  # fmt: skip
        names = _ROW.split(", ")
        changes = ", ".join(f"{name} = excluded.{name}" for name in names[1:])
        run(
            f"INSERT INTO attachment ({_ROW}, problems) VALUES ({', '.join('?' * len(row))}, '[]')"
            f" ON CONFLICT (url) DO UPDATE SET {changes}",
            *row,
        )
        if found is None:
            return
        problems: list[list[object]] = []
        run("DELETE FROM attached WHERE url = ?", row[0])
        for one in found:
            if isinstance(one, Problem):
                problems.append([one.code, one.place, dict(one.args), one.waived])
            else:
                run("INSERT INTO attached (url, payload, head) VALUES (?, ?, ?)", row[0], pack(one), head(one))
        run("UPDATE attachment SET problems = ? WHERE url = ?", plain(json.dumps(problems, ensure_ascii=False)), row[0])


def documents(store: Reader, urls: Collection[str]) -> Iterator[Packed]:
    """What the files at these addresses hold, as it was read."""
    for number, file, known in _rows(store, urls, "url, head", _CHUNK):
        unpacked = partial(_document, store, number)
        url, title, inside, marks, characters, text, digest = json.loads(known or head(unpacked()))
        yield Packed(file, url, title, inside, tuple(marks), characters, text, bytes.fromhex(digest), unpacked)


def texts(store: Reader, urls: Collection[str]) -> Iterator[str]:
    """The texts of the same, which takes half the time."""
    return (text_of(payload) for _, payload in _rows(store, urls, "payload", _TEXTS))


def _rows(store: Reader, urls: Collection[str], columns: str, most: int) -> Iterator[Any]:
    """Number and columns of what the files at these addresses hold; `most` of them are in memory at once."""
    last, wanted = 0, packed(sorted(urls))
    query = (
        f"SELECT id, {columns} FROM attached WHERE url IN (SELECT value FROM json_each(?)) AND id > ?"
        f" ORDER BY id LIMIT {most}"
    )
    while rows := store.rows(query, wanted, last):
        yield from rows
        last = rows[-1][0]


def _document(store: Reader, number: int) -> Document:
    [(payload,)] = store.rows("SELECT payload FROM attached WHERE id = ?", number)
    return unpack(payload)


def problems(store: Reader, urls: Collection[str]) -> Iterator[Problem]:
    """What of these files was not read, or none of it."""
    query = (
        "SELECT problems FROM attachment WHERE problems != '[]' AND url IN (SELECT value FROM json_each(?))"
        " ORDER BY url"
    )
    for (rows,) in store.rows(query, packed(sorted(urls))):
        yield from (Problem(ProblemCode(code), place, args, waived) for code, place, args, waived in json.loads(rows))


def with_findings(store: Reader, inside: str) -> frozenset[str]:
    """The addresses at which findings stand that are not gone. inside: what stands between a file and one in it."""
    query = (
        "SELECT DISTINCT name FROM place WHERE kind = 'document' AND id IN"
        " (SELECT place FROM stands JOIN finding ON finding.id = stands.finding WHERE finding.gone IS NULL)"
    )
    return frozenset(name.partition(inside)[0] for (name,) in store.rows(query))


def drop(store: Store, urls: Collection[str]) -> None:
    """Forget these files."""
    with store.transaction() as run:
        for table in ("attached", "attachment"):
            run(f"DELETE FROM {table} WHERE url IN (SELECT value FROM json_each(?))", packed(sorted(urls)))
