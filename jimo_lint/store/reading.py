"""What judging reads from the store: pages, list pages, links, problems; nothing here writes."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Collection, Iterator, Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any, TypeVar

from jimo_lint.domains import netloc
from jimo_lint.errors import StoreError
from jimo_lint.model import (
    Document,
    LinkResult,
    LinkSummary,
    ListItem,
    Obstacle,
    Paging,
    Problem,
    ProblemCode,
    QueuedUrl,
    Verdict,
)
from jimo_lint.model.problems import THE_CRAWL
from jimo_lint.model.reasons import CERTIFICATE_FAULTS
from jimo_lint.store import database
from jimo_lint.store.codec import LINK_RESULT, link_result, moment, packed, plain, text_of, unpack
from jimo_lint.store.list_page import ListPage

SITE = "site"
ARCHIVE = "archive"

# Rows fetched at once while streaming; no read stays open between two chunks, so writing may go on meanwhile.
_CHUNK = 200
_UNREAD = "SELECT problem, url, args, waived, coalesce(list_of, '') FROM address WHERE crawl = ? AND problem != ''"
# Left, so that content which a damaged file has no more is told of, and not passed over.
_CONTENT = "payload, fetched FROM document AS d LEFT JOIN content AS c ON c.id = d.content"
_KEYS = "SELECT key FROM document WHERE crawl = ?"

_Read = TypeVar("_Read")
_Reads = Callable[[bytes, str | None], _Read]
_Names = Collection[str] | None


def _straight(result: LinkResult) -> bool:
    """Whether a target was found where it should be: then no report asks which page holds it."""
    return result.verdict is Verdict.ALIVE and not result.chain and result.reason not in CERTIFICATE_FAULTS


class Reader:
    """Reads one SQLite file. Judged is the latest crawl of the site that has pages, finished or not.

    Every method raises StoreError where the file cannot be read.
    """

    def __init__(self, path: Path, connection: sqlite3.Connection) -> None:
        self.path = path
        self.connection = connection

    def pending(self, crawl_id: int) -> Iterator[QueuedUrl]:
        """Addresses still to be fetched, nearest to the start first."""
        with database.faults(self.path):
            for url, depth, column, page, api in self.connection.execute(
                "SELECT url, depth, list_of, page, api FROM address WHERE crawl = ? AND asked = 0 ORDER BY depth, page",
                (crawl_id,),
            ):
                yield QueuedUrl(url, depth, column, page, Paging(api) if api else None)

    def seen(self, crawl_id: int) -> Iterator[str]:
        """All addresses the crawl knows, fetched or pending."""
        with database.faults(self.path):
            for (url,) in self.connection.execute("SELECT url FROM address WHERE crawl = ?", (crawl_id,)):
                yield url

    def fetched(self, crawl_id: int) -> int:
        """How many addresses the crawl has dealt with."""
        return int(self._one("SELECT count(*) FROM address WHERE crawl = ? AND asked = 1", crawl_id))

    def tally(self, crawl_id: int) -> tuple[int, int]:
        """How many pages a crawl has stored, and how many addresses brought a problem."""
        return (
            int(self._one("SELECT count(*) FROM document WHERE crawl = ?", crawl_id)),
            int(self._one("SELECT count(*) FROM address WHERE crawl = ? AND problem != ''", crawl_id)),
        )

    def documents(
        self, source: str, *, keys: Collection[str] | None = None, accounts: Collection[str] | None = None
    ) -> Iterator[Document]:
        """All documents that are judged, one at a time. source: site or archive.

        keys: only those with these ids; accounts: only those of these accounts.
        """
        return self._each(unpack, source, keys, accounts)

    def texts(self, source: str, accounts: Collection[str] | None = None) -> Iterator[str]:
        """The texts of the same, which takes half the time."""
        return self._each(lambda payload, _: text_of(payload), source, None, accounts)

    def _each(self, read: _Reads[_Read], source: str, keys: _Names, accounts: _Names) -> Iterator[_Read]:
        query = f"SELECT d.id, {_CONTENT} WHERE crawl = ? AND d.id > ?"
        if keys is not None:
            query += " AND key IN (SELECT value FROM json_each(?))"
        given = () if keys is None else (packed(keys),)
        for crawl in self._crawls(source, accounts):
            for _, payload, fetched in self._chunks(query, crawl, *given, key="d.id"):
                if payload is None:
                    raise database.damaged(self.path)
                try:
                    document = read(payload, fetched)
                except ValueError:
                    remedy = "请不加 --no-collect 重新运行，重新采集"
                    raise StoreError(str(self.path), "里面的内容由较早的版本写成，读不出", remedy) from None
                yield document

    def document(self, source: str, address: str) -> Document | None:
        """The judged document of an id or an address; None where there is none, or it cannot be read any more."""
        for condition in ("key = ?", "url = ?"):  # the first has an index
            for crawl in self._crawls(source):
                query = f"SELECT {_CONTENT} WHERE crawl = ? AND {condition} ORDER BY d.id LIMIT 1"
                row = self._row(query, crawl, plain(address))
                if row:
                    try:
                        return self._document(*row)
                    except ValueError:
                        return None
        return None

    def link_result(self, url: str) -> LinkResult | None:
        """What the last probe of an address found; None where it was never asked."""
        rows = self.rows(f"SELECT {', '.join(LINK_RESULT)} FROM link_result WHERE url = ?", plain(url))
        return link_result(rows[0]) if rows else None

    def read(self, source: str) -> frozenset[str]:
        """The ids of all documents that are judged; of a site, the canonical addresses of the pages read."""
        rows = (row for crawl in self._crawls(source) for row in self.rows(_KEYS, crawl))
        return frozenset(key for (key,) in rows)

    def asked(self) -> frozenset[str]:
        """The canonical addresses that the judged crawl of the site asked for."""
        query = "SELECT url FROM address WHERE crawl = ? AND asked = 1"
        return frozenset(url for crawl in self._crawls(SITE) for (url,) in self.rows(query, crawl))

    def shown(self) -> dict[tuple[str, str], set[tuple[str, datetime | None]]]:
        """What the rows of lists show, each title with its date, by the address of the column and that of the row."""
        rows: dict[tuple[str, str], set[tuple[str, datetime | None]]] = {}
        query = "SELECT list_of, url, title, published FROM item WHERE crawl = ?"
        for crawl in self._crawls(SITE):
            for column, url, title, published in self.rows(query, crawl):
                rows.setdefault((column, url), set()).add((title, moment(published)))
        return rows

    def column_of(self, url: str) -> str | None:
        """The address of the column whose list page the judged crawl read at an address; None where it is none's."""
        query = "SELECT list_of FROM address WHERE crawl = ? AND url = ? AND list_of IS NOT NULL"
        rows = (self._row(query, crawl, plain(url)) for crawl in self._crawls(SITE))
        return next((row[0] for row in rows if row), None)

    def list_pages(self, address: str) -> Iterator[ListPage]:
        """The list pages of the column at an address as the judged crawl read them, first page first."""
        with database.faults(self.path):
            for crawl in self._crawls(SITE):
                for row in self.connection.execute(
                    "SELECT url, page, status, complete, landing, problem, blank_notice, scripted, paging, known,"
                    " obstacle, args FROM listing WHERE crawl = ? AND list_of = ? ORDER BY page, url",
                    (crawl, address),
                ).fetchall():
                    url, page, status, complete, landing, problem, notice, scripted, paging, known, *rest = row
                    obstacle, args = rest
                    rows = self.connection.execute(
                        "SELECT url, title, published FROM item"
                        " WHERE crawl = ? AND list_of = ? AND page_url = ? ORDER BY position",
                        (crawl, address, url),
                    ).fetchall()
                    yield ListPage(
                        url=url,
                        page=page,
                        rows=tuple(ListItem(target, title, moment(shown)) for target, title, shown in rows),
                        status=status,
                        complete=bool(complete),
                        landing=bool(landing),
                        problem=_problem(problem, url, args, column=address) if problem else None,
                        blank_notice=bool(notice),
                        scripted=bool(scripted),
                        paging=Paging(paging),
                        known=known,
                        obstacle=Obstacle(obstacle),
                    )

    def page(self, address: str) -> Document | None:
        """The page of the judged crawl with this canonical address; None where it was not read."""
        for crawl in self._crawls(SITE):
            if row := self._row(f"SELECT {_CONTENT} WHERE crawl = ? AND key = ?", crawl, address):
                return self._document(*row)
        return None

    def titles(self, word: str) -> Iterator[tuple[str, str, datetime | None]]:
        """What list rows and links of the judged crawl call their targets, where that holds `word`.

        Title, address, and the date that a list shows.
        """
        for crawl in self._crawls(SITE):
            query = "SELECT title, url, published FROM item WHERE crawl = ? AND instr(title, ?)"
            yield from ((title, url, moment(shown)) for title, url, shown in self.rows(query, crawl, word))
            query = "SELECT text, url FROM target WHERE crawl = ? AND instr(text, ?)"
            yield from ((text, url, None) for text, url in self.rows(query, crawl, word))

    def link_targets(self, source: str, only: Collection[str] | None = None) -> Iterator[LinkSummary]:
        """Every distinct link target of the judged documents, with where it stands and its last probe.

        external: its host is not that of the first page it stands on. only: these addresses, as they are written.
        """
        chosen = "" if only is None else "AND t.url IN (SELECT value FROM json_each(?))"
        given = () if only is None else (packed(only),)
        query = f"""
            SELECT t.id, t.url, t.kind, t.text, count(*) AS pages, min(l.document),
                (SELECT json_group_array(url) FROM (
                    SELECT d.url AS url FROM link AS s JOIN document AS d ON d.id = s.document
                    WHERE s.target = t.id ORDER BY s.document LIMIT 5)),
                {", ".join(f"r.{name}" for name in LINK_RESULT)}
            FROM target AS t JOIN link AS l ON l.target = t.id LEFT JOIN link_result AS r ON r.url = t.url
            WHERE t.crawl = ? AND t.id > ? {chosen} GROUP BY t.id
        """
        for crawl in self._crawls(source):
            for _, url, kind, text, pages, first, samples, *probe in self._chunks(query, crawl, *given, key="t.id"):
                column, account, home = self._row("SELECT list_of, account, url FROM document WHERE id = ?", first)
                result = link_result(tuple(probe)) if probe[0] else None
                yield LinkSummary(
                    url=url,
                    kind=kind,
                    text=text,
                    pages=pages,
                    samples=tuple(json.loads(samples)),
                    external=netloc(url) != netloc(home),
                    result=result,
                    column=column,
                    account=account,
                    holder=self._title(first) if result and not _straight(result) else "",
                )

    def _title(self, document: int) -> str:
        return self._document(*self._row(f"SELECT {_CONTENT} WHERE d.id = ?", document)).title

    def _document(self, payload: bytes | None, fetched: str | None) -> Document:
        if payload is None:
            raise database.damaged(self.path)
        return unpack(payload, fetched)

    def link_reasons(self, source: str) -> Iterator[tuple[str, str]]:
        """Every distinct link target of the judged documents with the reason of its last probe, "" without one."""
        query = (
            "SELECT t.id, t.url, coalesce(r.reason, '') FROM target AS t LEFT JOIN link_result AS r ON r.url = t.url"
            " WHERE t.crawl = ? AND t.id > ?"
        )
        for crawl in self._crawls(source):
            yield from ((url, reason) for _, url, reason in self._chunks(query, crawl, key="t.id"))

    def probing_since(self, source: str) -> datetime | None:
        """When the last round of asking a source's links began, if it did not come to its end."""
        row = self._row("SELECT started FROM probing WHERE source = ? AND NOT finished", source)
        return datetime.fromisoformat(row[0]) if row else None

    def problems(self, source: str) -> Iterator[Problem]:
        """What could not be read: addresses of the judged crawl, bounds reached, a crawl that did not finish.

        Pages that are not there (404, 410) are no problems but dead links, and judged as such.
        """
        crawls = self._crawls(source)
        if source == SITE:
            yield from self._crawl_problems(crawls)
        for crawl in crawls:
            with database.faults(self.path):
                query = "SELECT code, place, args, waived, accounts FROM problem WHERE crawl = ?"
                rows = self.connection.execute(query, (crawl,)).fetchall()
                for code, place, args, waived, accounts in rows:
                    yield _problem(code, place, args, waived, accounts=tuple(json.loads(accounts)))
            last = ""
            while rows_ := self.rows(
                f"{_UNREAD} AND url > ? AND status NOT IN (404, 410) ORDER BY url LIMIT ?",
                crawl,
                last,
                _CHUNK,
            ):
                yield from (_problem(*row) for row in rows_)
                last = rows_[-1][1]

    def missing(self, source: str) -> dict[str, bool]:
        """Addresses of the judged crawl that answered 404 or 410, and whether a link check confirms it.

        Of attachments, which nothing but a link check asks for, it always does.
        """
        query = (
            "SELECT a.url, r.verdict FROM address AS a LEFT JOIN link_result AS r ON r.url = a.url"
            " WHERE a.crawl = ? AND a.status IN (404, 410)"
        )
        rows = (row for crawl in self._crawls(source) for row in self.rows(query, crawl))
        missing = {url: verdict == Verdict.DEAD for url, verdict in rows}
        files = (
            self.rows("SELECT url FROM attachment WHERE outcome IN ('http-404', 'http-410')") if source == SITE else ()
        )
        return missing | {url: True for (url,) in files}

    def collected(self, source: str) -> frozenset[str]:
        """Whose archives have been read (account ids); of the site {""}, or nothing where it was never crawled."""
        return frozenset(row[0] for row in self.rows("SELECT DISTINCT subject FROM crawl WHERE kind = ?", source))

    def unchanged(self, digests: Mapping[str, str], as_of: date) -> frozenset[str]:
        """The accounts whose archives were read as they are, for that day or an earlier one. digests: by account.

        Where not all of an archive's accounts are as they were, none is: it is read for all of them at once.
        """
        query = "SELECT subject, digest, as_of FROM crawl WHERE kind = ? AND digest != ''"
        known = {subject: digest for subject, digest, day in self.rows(query, ARCHIVE) if day <= as_of.isoformat()}
        changed = {digest for one, digest in digests.items() if known.get(one) != digest}
        return frozenset(one for one, digest in digests.items() if digest not in changed)

    def unfinished(self, kind: str) -> int | None:
        """The id of the last crawl of this kind if it did not come to its end: then it can be resumed."""
        last = self._row("SELECT id, finished FROM crawl WHERE kind = ? ORDER BY id DESC LIMIT 1", kind)
        return int(last[0]) if last and last[1] is None else None

    def finished(self) -> bool:
        """Whether the crawl of the site that is judged came to its end."""
        judged = self._judged(SITE)
        return judged is not None and self._row("SELECT finished FROM crawl WHERE id = ?", judged)[0] is not None

    def judged_since(self) -> str:
        """When the crawl of the site that is judged began; "" where there was none."""
        judged = self._judged(SITE)
        return "" if judged is None else str(self._one("SELECT started FROM crawl WHERE id = ?", judged))

    def offered(self) -> Iterator[tuple[str, str, str]]:
        """The attachments that pages of the judged crawl link to, as they are written: address, words, first page."""
        query = (
            "SELECT t.id, t.url, t.text, (SELECT d.url FROM link AS l JOIN document AS d ON d.id = l.document"
            " WHERE l.target = t.id ORDER BY l.document LIMIT 1)"
            " FROM target AS t WHERE t.crawl = ? AND t.id > ? AND t.kind = 'attachment'"
        )
        for crawl in self._crawls(SITE):
            yield from ((url, text, page) for _, url, text, page in self._chunks(query, crawl, key="t.id") if page)

    def crawled_on(self) -> date | None:
        """The day of the crawl of the site that is judged; None where there was none."""
        judged = self._judged(SITE)
        return None if judged is None else date.fromisoformat(self._one("SELECT as_of FROM crawl WHERE id = ?", judged))

    def _judged(self, kind: str) -> int | None:
        """The latest crawl of this kind that has pages, or else the latest one."""
        row = self._row(
            "SELECT id FROM crawl AS c WHERE kind = ?"
            " ORDER BY EXISTS (SELECT 1 FROM document WHERE crawl = c.id) DESC, id DESC LIMIT 1",
            kind,
        )
        return int(row[0]) if row else None

    def _crawls(self, source: str, accounts: Collection[str] | None = None) -> tuple[int, ...]:
        if source == SITE:
            judged = self._judged(SITE)
            return () if judged is None else (judged,)
        rows = self.rows("SELECT id, subject FROM crawl WHERE kind = ? ORDER BY subject, id", source)
        return tuple(crawl for crawl, subject in rows if accounts is None or subject in accounts)

    def _crawl_problems(self, judged: tuple[int, ...]) -> Iterator[Problem]:
        for crawl in judged:
            finished, as_of = self._row("SELECT finished, as_of FROM crawl WHERE id = ?", crawl)
            left = self._one("SELECT count(*) FROM address WHERE crawl = ? AND asked = 0", crawl)
            if finished is None and left:
                yield Problem(ProblemCode.UNFINISHED, THE_CRAWL, {"day": as_of, "count": left})
            newest, day = self._row("SELECT id, as_of FROM crawl WHERE kind = ? ORDER BY id DESC LIMIT 1", SITE)
            if newest != crawl:
                yield Problem(ProblemCode.FORMER_CRAWL, THE_CRAWL, {"newer": day, "day": as_of})
                yield from (_problem(*row) for row in self.rows(_UNREAD, newest))

    def _chunks(self, query: str, crawl: int, *given: str, key: str = "id") -> Iterator[tuple[Any, ...]]:
        """Rows in the order of their first column, read in chunks from behind the last one seen."""
        last = 0
        while rows := self.rows(f"{query} ORDER BY {key} LIMIT {_CHUNK}", crawl, last, *given):
            yield from rows
            last = rows[-1][0]

    def rows(self, query: str, *values: Any) -> list[Any]:
        """All rows of a query."""
        with database.faults(self.path):
            return self.connection.execute(query, values).fetchall()

    def _row(self, query: str, *values: Any) -> Any:
        with database.faults(self.path):
            return self.connection.execute(query, values).fetchone()

    def _one(self, query: str, *values: Any) -> Any:
        return self._row(query, *values)[0]


def _problem(
    code: str, place: str, args: str, waived: int = 0, column: str = "", accounts: tuple[str, ...] = ()
) -> Problem:
    return Problem(ProblemCode(code), place, json.loads(args), bool(waived), column, accounts)
