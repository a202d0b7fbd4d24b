"""Reads .xlsx as a stream, merged cells filled; refuses bombs before anything is parsed."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import IO, Any, Self
from xml.etree.ElementTree import Element, iterparse

from jimo_lint.errors import InputError
from jimo_lint.readers.opc import Package, Relation
from jimo_lint.readers.source import Source
from jimo_lint.readers.tables.bounds import MOST_SHEETS, Range, filled, too_many_sheets
from jimo_lint.readers.tables.headers import Cells
from jimo_lint.readers.tables.sheet import UNCALCULATED, Sheet

# A workbook may unpack to this much.
MAX_UNPACKED = 300 * 1024 * 1024
_CHUNK = 1024 * 1024
_MERGED = re.compile(rb'<(?:\w+:)?mergeCell\b[^<>]*?\bref="([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})"')
_MOST_MERGED = 100_000
# Built-in formats of dates and times in Chinese Excel (ECMA-376 part 1, 18.8.30), which openpyxl takes as numbers.
_CHINESE_DATES = frozenset((*range(27, 37), *range(50, 59)))
# How a text holds what XML cannot (ECMA-376 part 1, 22.9.2.19): a carriage return is _x000D_, which openpyxl leaves so.
_ESCAPED = re.compile("_x00([01][0-9A-Fa-f])_")
_SPACES = (
    b"http://purl.oclc.org/ooxml/spreadsheetml/main",
    b"http://schemas.openxmlformats.org/spreadsheetml/2006/main",
)


def sheets(source: Source, *, hidden: bool = False) -> Iterator[Sheet]:
    """The visible sheets. hidden: the others as well.

    InputError where it is no workbook, broken from the start or too large inside.
    """
    refuse(source)
    with Package(source, "工作簿") as package:
        book = Book.read(source, package)
        for name, part, unseen in book.sheets:
            if hidden or not unseen:
                merged = _merged(source, package, part)
                rows = filled(cells(source, package, part, book), merged, source.place)
                yield Sheet(name, rows, book.from_1904, unseen)


@dataclass(frozen=True)
class Book:
    """What the cells of all sheets need. sheets: name, part, whether it is hidden; dates: styles of days or times."""

    sheets: tuple[tuple[str, str, bool], ...]
    from_1904: bool
    strings: Sequence[str]
    dates: frozenset[int]
    spans: frozenset[int]

    @classmethod
    def read(cls, source: Source, package: Package) -> Self:
        """Read by the relationships of the package, as Excel does: names of parts are the writer's own affair.

        Not by openpyxl.load_workbook: it knows parts by fixed names, and gives up where a fill, a named style or any
        other part of the looks, which no reader of values needs, is not as it expects.
        """
        main = package.main("xl/workbook.xml")
        if main.endswith(".bin"):
            raise InputError(source.place, "是二进制工作簿（.xlsb），未读", "请用 Excel 或 WPS 另存为 .xlsx")
        root = package.xml(main)
        if root is None or _local(root.tag) != "workbook":
            word = root is not None and _local(root.tag) == "document"
            what, remedy = ("Word 文档", "请导出为 .xlsx 或 .csv") if word else ("压缩包", "请解压后再用里面的文件")
            raise InputError(source.place, f"是{what}，不是工作簿", remedy)
        relations = package.relations(main)
        parts = {one.id: one for one in relations}
        found: dict[str, tuple[str, bool]] = {}  # by part: a second sheet made of the same part would say the same
        children = list(_children(root, "sheets", "sheet"))
        if len(children) > MOST_SHEETS:
            raise too_many_sheets(source.place)
        for sheet in children:
            relation = parts.get(next((value for key, value in sheet.items() if key.endswith("}id")), ""))
            if relation is None or (relation.kind == "worksheet" and relation.target not in package):
                raise broken(source)
            if relation.kind == "worksheet":
                found.setdefault(relation.target, (sheet.get("name", ""), sheet.get("state", "visible") != "visible"))
        properties = next((child for child in root if _local(child.tag) == "workbookPr"), None)
        try:
            dates, spans = _formats(package, relations)
            strings = _strings(package, relations)
        except InputError:
            raise
        except Exception:  # noqa: BLE001 - openpyxl lets through what its parsers raise: KeyError, ParseError …
            raise broken(source) from None
        return cls(
            sheets=tuple((name, part, hidden) for part, (name, hidden) in found.items()),
            from_1904=properties is not None and properties.get("date1904", "0") in ("1", "true", "on"),
            strings=strings,
            dates=dates,
            spans=spans,
        )


def _local(tag: str) -> str:
    return tag.rpartition("}")[2]


def _children(root: Element, *path: str) -> Iterator[Element]:
    """The elements below the root by local names: strict and transitional files differ in their namespaces."""
    if not path:
        yield root
        return
    for child in root:
        if _local(child.tag) == path[0]:
            yield from _children(child, *path[1:])


def _part(package: Package, relations: Sequence[Relation], kind: str) -> str:
    """The part of a kind that is there, "" where there is none."""
    return next((one.target for one in relations if one.kind == kind and one.target in package), "")


def _strings(package: Package, relations: Sequence[Relation]) -> Sequence[str]:
    from openpyxl.reader.strings import read_string_table

    part = _part(package, relations, "sharedStrings")
    if not part:
        return ()
    with package.open(part) as stream:
        return read_string_table(_Transitional(stream))


def _formats(package: Package, relations: Sequence[Relation]) -> tuple[frozenset[int], frozenset[int]]:
    """The numbers of the styles that show days and times, and of those among them that show spans of time."""
    from openpyxl.styles.numbers import builtin_format_code, is_date_format, is_timedelta_format

    root = package.xml(_part(package, relations, "styles"))
    if root is None:
        return frozenset(), frozenset()
    own = {one.get("numFmtId", ""): one.get("formatCode", "") for one in _children(root, "numFmts", "numFmt")}
    dates, spans = set[int](), set[int]()
    for number, style in enumerate(_children(root, "cellXfs", "xf")):
        kind = style.get("numFmtId", "0")
        code = own.get(kind) or builtin_format_code(int(kind))
        if is_date_format(code) or int(kind) in _CHINESE_DATES:
            dates.add(number)
        if is_timedelta_format(code):
            spans.add(number)
    return frozenset(dates), frozenset(spans)


class _Transitional:
    """A part as openpyxl reads it: its parsers know the transitional namespace only, strict files have another."""

    def __init__(self, part: IO[bytes]) -> None:
        self._part, self._head = part, part.read(_CHUNK).replace(*_SPACES)

    def read(self, size: int = -1) -> bytes:
        """The next bytes; at first more than were asked for."""
        head, self._head = self._head, b""
        return head or self._part.read(size)


def broken(source: Source, row: int = 0) -> InputError:
    """What is said of a workbook that cannot be read, or not beyond a row."""
    fault = f"工作簿第 {row + 1} 行起已损坏，读不出" if row else "不是完好的工作簿"
    return InputError(source.place, fault, "请用 Excel 或 WPS 打开，另存为 .xlsx")


def cells(source: Source, package: Package, part: str, book: Book) -> Iterator[tuple[int, Cells]]:
    """The rows that are there. openpyxl's own would make up those that are left out, a million before the last row."""
    from openpyxl.utils.datetime import MAC_EPOCH, WINDOWS_EPOCH
    from openpyxl.worksheet._reader import DATA_TAG, ROW_TAG, WorkSheetParser

    number, epoch = 0, MAC_EPOCH if book.from_1904 else WINDOWS_EPOCH
    try:
        with package.open(part) as content:
            stream = _Transitional(content)
            parser = WorkSheetParser(stream, book.strings, True, epoch, book.dates, book.spans)
            for _, element in iterparse(stream):
                if element.tag == ROW_TAG:
                    number, row = parser.parse_row(element)  # type: ignore[arg-type]
                    values = {
                        cell["column"]: UNCALCULATED if cell["value"] is None else cell["value"]
                        for cell, tag in zip(row, element, strict=True)
                        if cell["value"] is not None or _uncalculated(tag)
                    }
                    if values:
                        cells: list[Any] = [None] * max(values)
                        for column, value in values.items():
                            cells[column - 1] = _unescaped(value) if isinstance(value, str) else value
                        yield number, tuple(cells)
                    element.clear()
                elif element.tag == DATA_TAG:
                    break
    except InputError:
        raise
    except Exception:  # noqa: BLE001 - the same of its parser of rows
        raise broken(source, number) from None


def _uncalculated(cell: Element) -> bool:
    """Whether it is a formula without its result; an empty text is a result."""
    formula = next((part for part in cell if _local(part.tag) == "f"), None)
    return formula is not None and bool(formula.text or formula.attrib) and cell.get("t") != "str"


def _unescaped(text: str) -> str:
    """The text with its escaped line breaks and tabs; other controls say nothing."""
    return _ESCAPED.sub(lambda found: {"09": "\t", "0A": "\n", "0D": "\r"}.get(found[1].upper(), ""), text)


def _merged(source: Source, package: Package, part: str) -> list[Range]:
    """The merged ranges of more than one row or column; they stand behind the rows, so the part is read once before."""
    found: list[Range] = []
    try:
        with package.open(part) as content:
            rest = b""
            while chunk := content.read(_CHUNK):
                rest += chunk
                end = 0
                for one in _MERGED.finditer(rest):
                    found.append((int(one[2]), int(one[4]), _index(one[1]), _index(one[3])))
                    end = one.end()
                rest = rest[max(end, len(rest) - 200) :]
                if len(found) > _MOST_MERGED:
                    fault = f"合并单元格超过 {_MOST_MERGED:,} 处，未读"
                    raise InputError(source.place, fault, "请取消合并单元格后另存")
    except InputError:
        raise
    except Exception:  # noqa: BLE001 - zlib.error, KeyError, BadZipFile …
        return found  # reading the rows tells what is wrong
    return found


def _index(letters: bytes) -> int:
    index = 0
    for letter in letters:
        index = index * 26 + letter - 64
    return index - 1


def refuse(source: Source) -> None:
    """InputError where it is no package, would unpack to more than MAX_UNPACKED, or has a DTD."""
    try:
        with source.open() as file, zipfile.ZipFile(file) as archive:
            members = archive.infolist()
            if sum(member.file_size for member in members) > MAX_UNPACKED:
                remedy = "请删去多余的行列或图片后另存"
                raise InputError(source.place, "工作簿解压后超过 300 MB，未读", remedy, mark="oversized")
            for member in members:
                if member.filename.lower().endswith(".xml"):
                    with archive.open(member) as part:
                        if b"<!DOCTYPE" in part.read(2048):
                            raise InputError(source.place, "工作簿里有 DTD，未读", "请用 Excel 或 WPS 另存为 .xlsx")
    except zipfile.BadZipFile:
        raise InputError(source.place, "不是完好的工作簿，多半没有下载或复制完", "请重新导出或复制") from None
    except InputError:
        raise
    except Exception:  # noqa: BLE001 - zlib.error, struct.error, NotImplementedError …
        raise broken(source) from None
