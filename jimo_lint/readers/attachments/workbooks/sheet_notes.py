"""Reads what a workbook says around the cells of a sheet: notes, headers and footers, prompts, lists to choose from."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from xml.etree.ElementTree import Element

from jimo_lint.readers.attachments.office.embedded import is_address
from jimo_lint.readers.attachments.workbooks.worksheet import elements, local
from jimo_lint.readers.contents import Passage
from jimo_lint.readers.opc import Package, Relation

# What programs call sheets by themselves.
_USUAL = re.compile(r"(?i)(?:sheet|工作表|chart|图表)\s?\d*")
# Codes in headers and footers (ECMA-376 part 1, 18.3.1.46): fonts, sizes, colours, and fields such as the page number.
_CODE = re.compile(r'&(?:"[^"]*"|K[0-9A-Fa-f]{6}|K\d\d[+-]\d{3}|\d{1,3} ?|[^&LCR])')
_SECTION = re.compile("&[LCR]")
_MARGINS = {"Header": "页眉", "Footer": "页脚"}
# Before the text of a thread, for programs that know no threads.
_OLD_FORM = re.compile(r"\[(?:Threaded comment|线程批注|线索批注)\]")
_NOTES = ("comments", "threadedComment")
_CELL = re.compile(r"\$?([A-Z]{1,3})\$?(\d{1,7})")
_QUOTED = re.compile(r'"((?:[^"]|"")*)"')


def is_usual(name: str) -> bool:
    """Whether a sheet is called as programs call it, which is nobody's word."""
    return _USUAL.fullmatch(name) is not None


def margins(table: str, root: Element) -> Iterator[Passage]:
    """Headers and footers, each once though first, even and odd pages have their own."""
    said: dict[tuple[str, str], None] = {}
    for element in elements(root, "headerFooter"):
        for part in element:
            kind = next((words for end, words in _MARGINS.items() if local(part.tag).endswith(end)), "")
            said.update(dict.fromkeys((kind, section) for section in sections(part.text or "") if kind))
    for kind, text in said:
        yield Passage(text, f"{table}{kind}")


def sections(written: str) -> Iterator[str]:
    """The left, middle and right parts of a header as they show, without codes; those that say nothing left out."""
    for section in _SECTION.split(_CODE.sub("", written.replace("&&", "\0"))):
        if section.strip():
            yield section.replace("\0", "&").strip()


def prompts(table: str, root: Element) -> Iterator[Passage]:
    """What a cell tells the one who fills it in, and the words it may be filled with."""
    newer = elements(root, "extLst", "ext", "dataValidations", "dataValidation")  # those that refer to other sheets
    for one in (*elements(root, "dataValidations", "dataValidation"), *newer):
        at, row = _first(one.get("sqref") or "".join(cells.text or "" for cells in elements(one, "sqref")))
        for name in ("promptTitle", "prompt", "errorTitle", "error"):
            if said := one.get(name, "").strip():
                yield Passage(said, f"{table}{at} 的输入提示", row)
        for formula in elements(one, "formula1"):
            for quoted in _QUOTED.findall(formula.text or ""):
                choices = (one.strip() for one in quoted.split(","))
                yield from (Passage(one, f"{table}{at} 的下拉选项", row) for one in choices if one)


def hints(table: str, root: Element) -> Iterator[Passage]:
    """What shows where the pointer rests on a link."""
    for one in elements(root, "hyperlinks", "hyperlink"):
        said = one.get("tooltip", "").strip()
        if said and not is_address(said):
            at, row = _first(one.get("ref", ""))
            yield Passage(said, f"{table}{at} 的链接提示", row)


def names(root: Element) -> Iterator[Passage]:
    """The texts that names stand for, and what is said of them; most names stand for cells, and nobody says why."""
    for one in elements(root, "definedNames", "definedName"):
        place = f"名称“{one.get('name', '')}”"
        quoted = (found.replace('""', '"') for found in _QUOTED.findall(one.text or ""))
        yield from (Passage(text, place) for text in quoted if text.strip())
        said = (one.get(key, "").strip() for key in ("comment", "description", "help", "statusBar"))
        yield from (Passage(text, f"{place}的说明", kind="aside") for text in said if text)


def scenarios(table: str, root: Element) -> Iterator[Passage]:
    """What is said of values to be tried in turns, and the values."""
    for one in elements(root, "scenarios", "scenario"):
        name = one.get("name", "")
        values = (cell.get("val", "") for cell in elements(one, "inputCells"))
        said = dict.fromkeys(text.strip() for text in (name, one.get("comment", ""), *values))
        yield from (Passage(text, f"{table}方案“{name}”", kind="aside") for text in said if text)


def captions(table: str, root: Element | None) -> Iterator[Passage]:
    """What stands above a slicer, and what is said of a table to those who do not see it."""
    for one in root.iter() if root is not None else ():
        if local(one.tag) in ("slicer", "timeline"):
            said = {f"{table}切片器": one.get("caption", "")}
        else:
            words = (one.get("altText"), one.get("altTextSummary"), one.get("comment"))
            said = {f"{table}表格的替代文字": "\n".join(filter(None, words))}
        yield from (Passage(text.strip(), at, kind="alt") for at, text in said.items() if text.strip())


def links(root: Element, relations: Sequence[Relation]) -> Iterator[tuple[str, str]]:
    """The addresses that cells link to, with their words."""
    targets = {one.id: one.target for one in relations if one.kind == "hyperlink" and one.external}
    for one in elements(root, "hyperlinks", "hyperlink"):
        target = targets.get(next((value for key, value in one.items() if key.endswith("}id")), ""))
        if target:
            yield target, one.get("display") or one.get("tooltip") or ""


def notes(table: str, package: Package, relations: Iterable[Relation], unread: Counter[str]) -> Iterator[Passage]:
    """The comments of cells, in threads or of the old kind. unread: counts the parts that are damaged."""
    old: dict[str, list[Passage]] = {}
    threads: dict[str, list[Passage]] = {}
    for relation in relations:
        kind = relation.kind.rpartition("/")[2]
        root = package.whole(relation.target) if kind in _NOTES else None
        unread["comments unread"] += root is None and kind in _NOTES and relation.target in package
        for one in root.iter() if root is not None else ():
            if local(one.tag) not in ("comment", "threadedComment") or not one.get("ref"):
                continue
            at, row = _first(one.get("ref", ""))
            text = "".join(part.text or "" for part in _shown(one) if local(part.tag) in ("t", "text")).strip()
            if text:
                gathered = threads if kind == "threadedComment" else old
                gathered.setdefault(at, []).append(Passage(text, f"{table}{at} 的批注", row, "comment"))
    for at, said in old.items():
        if at not in threads or not _OLD_FORM.match(said[0].text):
            yield from said
    for said in threads.values():
        yield from said


def _shown(element: Element) -> Iterator[Element]:
    """All below an element, without the guide to its pronunciation."""
    for child in element:
        if local(child.tag) != "rPh":
            yield child
            yield from _shown(child)


def _first(reference: str) -> tuple[str, int]:
    """The first cell of a reference, and its row; 1 where there is none."""
    found = _CELL.match(reference)
    return (f"{found[1]}{found[2]}", int(found[2])) if found else ("", 1)
