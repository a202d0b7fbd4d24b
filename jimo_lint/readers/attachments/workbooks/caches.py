"""Reads what a workbook keeps of data that stand elsewhere: of tables that were pivoted, and of other workbooks.

Whoever opens the file sees them by two clicks, and they stay where the sheet that they were taken from was deleted.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import NamedTuple
from xml.etree.ElementTree import Element, ParseError, iterparse
from zipfile import BadZipFile

from jimo_lint.errors import InputError
from jimo_lint.model import Cell
from jimo_lint.readers.attachments.workbooks.cells import shown
from jimo_lint.readers.attachments.workbooks.worksheet import elements, local
from jimo_lint.readers.contents import Passage
from jimo_lint.readers.opc import Package, Relation

# Main parts' relations to what is read here.
PIVOT, OTHER, CONNECTIONS = "pivotCacheDefinition", "externalLink", "connections"
_MOST = 50_000  # values of a cache that are read
_SHORTEST = 10**6  # of numbers: those of fewer digits tell nobody who it is, and of sums there are many


class Cache(NamedTuple):
    """What was kept. texts: names of columns or cells, row and column from 1, and what is said there. unread: not all
    of it could be read."""

    title: str
    texts: list[tuple[str, int, int, str]]
    unread: bool = False

    def passages(self, number: int, read: set[str]) -> Iterator[Passage]:
        """Those texts that stand in no cell. number: of the cache among those of its kind; read: what cells say."""
        table = f"{self.title} {number} 的缓存"
        for name, row, column, text in self.texts:
            if text not in read:
                read.add(text)
                cell = Cell(table, row, column, hidden=True)
                yield Passage(text, f"{table}“{name}”", row, "table", cell)


def read(package: Package, relation: Relation) -> Cache | None:
    """What a part keeps, None where the relation is none to such a part."""
    kind = relation.kind.rpartition("/")[2]
    if relation.external or kind not in (PIVOT, OTHER):
        return None
    title, values = ("数据透视表", _pivoted) if kind == PIVOT else ("外部工作簿", _of_others)
    texts: list[tuple[str, int, int, str]] = []
    found = values(package, relation.target)
    try:
        texts += islice(found, _MOST)
        return Cache(title, texts, unread=next(found, None) is not None)
    except (InputError, ParseError, BadZipFile, zlib.error, EOFError, ValueError, RuntimeError, KeyError, IndexError):
        return Cache(title, texts, unread=True)


def _pivoted(package: Package, part: str) -> Iterator[tuple[str, int, int, str]]:
    """Names of columns, what each was seen to hold, and what the records hold by themselves."""
    root = package.xml(part)
    if root is None or local(root.tag) != PIVOT:
        raise ValueError("no cache")
    fields = list(elements(root, "cacheFields", "cacheField"))
    names = [one.get("name", "") for one in fields]
    for column, (name, field) in enumerate(zip(names, fields, strict=True), 1):
        yield name, 1, column, name
        for row, value in enumerate((one for items in elements(field, "sharedItems") for one in items), 2):
            if text := _said(value):
                yield name, row, column, text
    for one in package.relations(part):
        if one.kind.rpartition("/")[2] == "pivotCacheRecords" and not one.external:
            yield from _records(package, one.target, names)


def _records(package: Package, part: str, names: list[str]) -> Iterator[tuple[str, int, int, str]]:
    with package.open(part) as stream:
        if b"<!DOCTYPE" in stream.read(2048):
            raise ValueError("a DTD")
        stream.seek(0)
        row = 1
        for _, element in iterparse(stream):
            if local(element.tag) == "r":
                row += 1
                for column, value in enumerate(element, 1):
                    if text := _said(value):
                        yield names[column - 1], row, column, text
                element.clear()


def _of_others(package: Package, part: str) -> Iterator[tuple[str, int, int, str]]:
    """The cells of other workbooks that formulas asked for."""
    root = package.xml(part)
    if root is None or not any(local(one.tag) == "externalBook" for one in root):
        raise ValueError("no workbook")
    sheets = [one.get("val", "") for one in elements(root, "externalBook", "sheetNames", "sheetName")]
    for data in elements(root, "externalBook", "sheetDataSet", "sheetData"):
        sheet = sheets[int(data.get("sheetId", "0"))] if sheets else ""
        for row, line in enumerate(elements(data, "row"), 1):
            for column, one in enumerate(line, 1):
                written = "".join(value.text or "" for value in one)
                if text := written if one.get("t") == "str" else _long(written):
                    yield f"{sheet}!{one.get('r', '')}".lstrip("!"), row, column, text


def connections(package: Package, relations: Iterable[Relation]) -> Iterator[Passage]:
    """What is said of where data are fetched from: names and notes, servers, questions, addresses."""
    for relation in relations:
        root = package.whole(relation.target) if relation.kind.rpartition("/")[2] == CONNECTIONS else None
        for one in elements(root, "connection") if root is not None else ():
            inner = (part.get(key, "") for part in one.iter() for key in ("connection", "command", "url", "sourceFile"))
            said = dict.fromkeys((one.get("name", ""), one.get("description", ""), *inner))
            place = f"数据连接“{one.get('name', '')}”"
            yield from (Passage(text, place, kind="aside") for text in said if text.strip())


def _said(value: Element) -> str:
    """A text, day or long number, "" for what is none, and for a reference to a value that is read where it stands."""
    kind, written = local(value.tag), value.get("v", "").strip()
    if kind == "s":
        return written
    if kind == "d":
        return written.replace("T00:00:00", "").replace("T", " ")
    return _long(written) if kind == "n" else ""


def _long(written: str) -> str:
    try:
        number = float(written)
    except ValueError:
        return ""
    return shown(number) if number >= _SHORTEST else ""
