"""Each part of each format, in documents of the real program, is found where tests/cases/parts.toml says.

Runs where LibreOffice is installed.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from struct import pack
from typing import Any, NamedTuple

import pytest

from jimo_lint.inspection import drafts
from jimo_lint.readers.drafts import local
from jimo_lint.settings.config import Config
from tests.support.office import documents, libreoffice
from tests.support.oldbooks import label, record, workbook
from tests.support.once import once

AS_OF = date(2026, 11, 22)
TABLE = tomllib.loads((Path(__file__).resolve().parents[1] / "cases" / "parts.toml").read_text(encoding="utf-8"))
GROUPS: dict[str, Any] = {name: group for name, group in TABLE.items() if name != "format"}

pytestmark = [pytest.mark.slow, pytest.mark.skipif(not libreoffice.WHOLE, reason="没有装全 LibreOffice")]


class Row(NamedTuple):
    """A cell of the table: what is to be found where; place "" where the format lacks the part or it is not read."""

    group: str
    suffix: str
    title: str
    place: str


class Read(NamedTuple):
    """What `check` said of a document: of each finding its place and what stands before the word; problems."""

    found: list[tuple[str, str]]
    problems: list[str]


def rows() -> Iterator[Row]:
    for group, table in GROUPS.items():
        for suffix in table["formats"]:
            for part in table["part"]:
                if suffix in part.get("by_hand", ()):
                    continue
                lacking = suffix in part.get("absent", ()) or suffix in part.get("unread", {})
                place = "" if lacking else part.get("places", {}).get(suffix, part["place"])
                yield Row(group, suffix, part["title"], place)


ROWS = list(rows())
DOCUMENTS = [(group, suffix) for group, table in GROUPS.items() for suffix in table["formats"]]


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A document of each format, called by its group."""
    return once(tmp_path_factory, "every-part", lambda folder: documents.write(folder, GROUPS))


@pytest.fixture(scope="module")
def read(folder: Path) -> Callable[[str, str], Read]:
    """What `check` says of the document of a format."""
    known: dict[Path, Read] = {}

    def look(group: str, suffix: str) -> Read:
        path = folder / f"{group}.{suffix}"
        if path not in known:
            report, _ = drafts.check(local.read([path], as_of=AS_OF), Config(select=("T101",)), as_of=AS_OF)
            found = [(one.locator, one.excerpt[: one.excerpt_start]) for one in report.findings]
            known[path] = Read(found, [one.message for one in report.problems])
        return known[path]

    return look


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row.group}-{row.suffix}-{row.title}")
def test_a_part_is_found_where_it_stands(row: Row, read: Callable[[str, str], Read]) -> None:
    """Once, at its place; what the format lacks, or what is not read, is not found."""
    said = documents.say(row.title).partition("关健")[0]
    found = [place for place, before in read(row.group, row.suffix).found if before.endswith(said)]
    assert found == ([row.place] if row.place else [])


@pytest.mark.parametrize(("group", "suffix"), DOCUMENTS)
def test_nothing_else_is_found(group: str, suffix: str, read: Callable[[str, str], Read]) -> None:
    """Neither deleted words nor a part twice; whatever is not read is named in one line."""
    found, problems = read(group, suffix)
    assert len(found) == len([row for row in ROWS if (row.group, row.suffix) == (group, suffix) and row.place])
    unread = [part["unread"][suffix] for part in GROUPS[group]["part"] if suffix in part.get("unread", {})]
    assert len(problems) == bool(unread)
    assert all(words in problems[0] for words in unread)


@pytest.mark.parametrize("suffix", ["xls", "et"])
def test_the_result_of_a_formula_of_excel_97_is_found(suffix: str, tmp_path: Path) -> None:
    """LibreOffice saves 0 as the result of such a formula; Excel and WPS save the words, in a record of their own."""
    said = "抓好关健环节"
    words = record(0x0207, pack("<HB", len(said), 1) + said.encode("utf-16-le"))
    formula = record(0x0006, pack("<HHH6BHHIH", 1, 1, 0, 0, 0, 0, 0, 0, 0, 0xFFFF, 0, 0, 3) + b"\x1e\x01\0")
    path = tmp_path / f"表.{suffix}"
    path.write_bytes(workbook([label(0, 0, "说明"), formula, words]))
    report, _ = drafts.check(local.read([path], as_of=AS_OF), Config(select=("T101",)), as_of=AS_OF)
    assert [one.locator for one in report.findings] == ["工作表“S0”B2"]


def test_what_is_chosen_in_a_field_of_a_form_is_found(tmp_path: Path) -> None:
    """It is kept beside the text: Word writes the number of the entry, in .doc in a stream of its own."""
    space = "urn:openoffice:names:experimental:ooo-ms-interop:xmlns:field:1.0"
    entries = "".join(f'<f:param f:name="Dropdown_ListEntry" f:value="{one}"/>' for one in ("别的", "关健环节"))
    field = (
        f'<f:fieldmark xmlns:f="{space}" text:name="D" f:type="vnd.oasis.opendocument.field.FORMDROPDOWN">{entries}'
        '<f:param f:name="Dropdown_Selected" f:value="1"/></f:fieldmark>'
    )
    source = tmp_path / "表.fodt"
    source.write_text(
        '<?xml version="1.0"?><office:document xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"'
        ' office:version="1.3" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" '
        'office:mimetype="application/vnd.oasis.opendocument.text"><office:body><office:text>'
        f"<text:p>要抓好{field}。</text:p></office:text></office:body></office:document>",
        encoding="utf-8",
    )
    assert_found(source, tmp_path, "第 1 段", "要抓好关健环节。")


def test_words_around_the_numbers_of_lists_are_found(tmp_path: Path) -> None:
    """They are in no paragraph, and are read once, however long the list."""
    source = tmp_path / "表.fodt"
    level = '<text:list-level-style-number text:level="1" style:num-prefix="关健环节" style:num-format="1"/>'
    items = "".join(f"<text:list-item><text:p>{one}事项</text:p></text:list-item>" for one in "甲乙")
    source.write_text(
        '<?xml version="1.0"?><office:document xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"'
        ' office:version="1.3" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" '
        'xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0" '
        'office:mimetype="application/vnd.oasis.opendocument.text"><office:styles><text:list-style style:name="L">'
        f"{level}</text:list-style></office:styles><office:body><office:text>"
        f'<text:list text:style-name="L">{items}</text:list></office:text></office:body></office:document>',
        encoding="utf-8",
    )
    assert_found(source, tmp_path, "编号", "关健环节1")


def assert_found(source: Path, folder: Path, place: str, words: str) -> None:
    """Once, at its place, in a document, and in what LibreOffice makes of it."""
    suffixes = [".doc", ".docx", ".odt", ".rtf"]
    libreoffice.convert(folder, [libreoffice.Job(source, suffixes)])
    for path in [source, *(source.with_suffix(suffix) for suffix in suffixes)]:
        report, _ = drafts.check(local.read([path], as_of=AS_OF), Config(select=("T101",)), as_of=AS_OF)
        assert [(one.locator, words in one.excerpt) for one in report.findings] == [(place, True)], path.suffix
