"""Words in what office programs draw: paragraphs of shapes, diagrams (SmartArt) and charts, of ECMA-376."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import suppress
from xml.etree.ElementTree import Element

from jimo_lint.errors import InputError
from jimo_lint.readers.opc import Package, Relation


def _tags(part: str, *names: str) -> frozenset[str]:
    """Elements of a part of DrawingML by their names, of transitional and of strict files."""
    spaces = ("http://schemas.openxmlformats.org/drawingml/2006", "http://purl.oclc.org/ooxml/drawingml")
    return frozenset(f"{{{space}/{part}}}{name}" for space in spaces for name in names)


PARAGRAPH = _tags("main", "p")
_FORMULA = "{http://schemas.openxmlformats.org/officeDocument/2006/math}t"
_TEXT, _BREAK, _TAB = _tags("main", "t") | {_FORMULA}, _tags("main", "br"), _tags("main", "tab")
_MODEL, _POINT = _tags("diagram", "dataModel"), _tags("diagram", "pt")
_CHART, _RICH = _tags("chart", "chartSpace"), _tags("chart", "rich")
_NAMES, _VALUE = _tags("chart", "tx", "cat"), _tags("chart", "v")
_STRINGS = _tags("chart", "strCache", "multiLvlStrCache", "strLit")
_LABELS = "{http://schemas.microsoft.com/office/drawing/2012/chart}dlblRangeCache"  # cells that label points


def shown(paragraph: Element) -> str:
    """The words of a paragraph, on as many lines as it has."""
    texts: list[str] = []
    for element in paragraph.iter():
        if element.tag in _TEXT:
            texts.append(element.text or "")
        elif element.tag in _BREAK:
            texts.append("\n")
        elif element.tag in _TAB:
            texts.append(" ")
    return "".join(texts).rstrip()


def paragraphs(root: Element) -> Iterator[str]:
    """The paragraphs of an element that have a word."""
    for element in root.iter():
        if element.tag in PARAGRAPH and (text := shown(element)):
            yield text


def words(package: Package, relations: Iterable[Relation], before: str = "") -> tuple[list[tuple[str, str]], list[str]]:
    """Words and places of the charts and diagrams of a part, and in words what of them cannot be read.

    before: what their places begin with.
    """
    found: list[tuple[str, str]] = []
    unread: list[str] = []
    numbers = {"图表": 0, "图示": 0}
    targets = dict.fromkeys((one.kind.rpartition("/")[2], one.target) for one in relations if not one.external)
    for kind, target in targets:
        title = {"chart": "图表", "chartEx": "图表", "diagramData": "图示"}.get(kind)
        if title is None:
            continue
        numbers[title] += 1
        root = package.whole(target) if kind != "chartEx" else None
        if root is None or root.tag not in (_CHART if title == "图表" else _MODEL):
            unread.append(f"个{title}")
            continue
        texts = [*_of_chart(root), *drawn_on(package, target)] if title == "图表" else _of_diagram(root)
        found += [(text, f"{before}{title} {numbers[title]}") for text in texts]
    return found, unread


def workbooks(package: Package, relations: Iterable[Relation]) -> list[str]:
    """The parts that hold the numbers of charts: whole workbooks, of which the chart may show a few cells."""
    found: list[str] = []
    for one in dict.fromkeys(relations):
        if one.kind == "chart" and not one.external:
            with suppress(InputError):  # a damaged chart is told of as one that cannot be read
                found += [
                    inner.target
                    for inner in package.relations(one.target)
                    if inner.kind == "package" and not inner.external
                ]
    return found


def drawn_on(package: Package, chart: str) -> Iterator[str]:
    """Words of the shapes that somebody drew on a chart."""
    with suppress(InputError):  # as where what they stand in is damaged
        for one in package.relations(chart):
            root = package.whole(one.target) if one.kind == "chartUserShapes" and not one.external else None
            yield from paragraphs(root) if root is not None else ()


def _of_diagram(root: Element) -> Iterator[str]:
    for point in root.iter():
        if point.tag in _POINT:
            yield from paragraphs(point)


def _of_chart(root: Element) -> list[str]:
    """Titles, and the names of series and of what they count; each once."""
    found: dict[str, None] = {}
    for element in root.iter():
        if element.tag in _RICH:
            found |= dict.fromkeys(paragraphs(element))
        elif element.tag == _LABELS:
            found |= dict.fromkeys(one.text for one in element.iter() if one.tag in _VALUE and one.text)
        elif element.tag in _NAMES:
            found |= dict.fromkeys(one.text for one in element if one.tag in _VALUE and one.text)
            for cache in element.iter():
                if cache.tag in _STRINGS:
                    found |= dict.fromkeys(one.text for one in cache.iter() if one.tag in _VALUE and one.text)
    return list(found)
