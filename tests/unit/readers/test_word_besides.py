"""What Word keeps beside the text: variables, building blocks, entries of indexes; signs that boxes are ticked with."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from jimo_lint.readers.attachments.office import rich_text
from jimo_lint.readers.contents import FileContents
from jimo_lint.readers.drafts import word
from jimo_lint.readers.source import Source
from tests.unit.readers.test_docx_parts import SPACES, made, paragraph, relation
from tests.unit.readers.test_readers_doc import word as old_word
from tests.unit.readers.test_readers_docx import run
from tests.unit.readers.test_rich_text import rich

SETTINGS = f'<w:settings {SPACES}><w:docVars><w:docVar w:name="承办" w:val="变量词"/></w:docVars></w:settings>'
BLOCKS = (
    f'<w:glossaryDocument {SPACES}><w:docParts><w:docPart><w:docPartPr><w:name w:val="套话"/>'
    f'<w:description w:val="说明词"/></w:docPartPr><w:docPartBody>{paragraph("基块词")}</w:docPartBody></w:docPart>'
    "</w:docParts></w:glossaryDocument>"
)
RELATIONS = (
    relation("s", "settings", "settings.xml")
    + relation("g", "glossaryDocument", "glossary/document.xml")
    + relation("x", "customXml", "../customXml/item1.xml")
)
PARTS = {"word/settings.xml": SETTINGS, "word/glossary/document.xml": BLOCKS, "customXml/item1.xml": "<a>数据词</a>"}


def read(content: bytes) -> FileContents:
    """What a document holds."""
    return word.read(Source("甲.docx", content), "", date(2026, 11, 22))


def told(found: FileContents) -> list[tuple[str, str]]:
    """Words and places."""
    return [(one.text, one.locator) for one in found.document.blocks]


def field(instruction: str, shown: str = "") -> str:
    """A field of a .docx."""
    return (
        f'<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>{instruction}</w:instrText></w:r>'
        f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{run(shown)}<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


def test_variables_building_blocks_and_data_of_forms_are_read() -> None:
    """Each under the name that it has in the program."""
    assert told(read(made(paragraph("正文"), PARTS, RELATIONS)))[1:] == [
        ("变量词", "文档变量“承办”"),
        ("说明词", "构建基块“套话”"),
        ("基块词", "构建基块“套话”"),
        ("数据词", "自定义数据 1"),
    ]


@pytest.mark.parametrize(
    ("part", "body", "unread"),
    [
        ("word/settings.xml", '<w:docVar w:val="半', "1 份文档变量（已损坏）"),
        ("word/glossary/document.xml", "<half", "1 份构建基块（已损坏）"),
        ("word/comments.xml", "<half", "1 份批注（已损坏）"),
        ("word/header1.xml", "<half", "1 份页眉（已损坏）"),
    ],
)
def test_a_damaged_part_costs_itself_only(part: str, body: str, unread: str) -> None:
    """The text is read, and the part is named."""
    more = relation("c", "comments", "comments.xml") + relation("h", "header", "header1.xml")
    found = read(made(paragraph("正文"), {**PARTS, part: body}, RELATIONS + more))
    assert told(found)[0] == ("正文", "第 1 段")
    assert found.unread == unread


def test_signs_of_fonts_of_signs_are_read_as_what_they_show() -> None:
    """A ticked box is one; a sign that says nothing is left out."""
    signs = "".join(
        f'<w:r><w:sym w:font="{font}" w:char="{code}"/></w:r>{run(said)}'
        for font, code, said in (
            ("Wingdings", "F0FE", "同意"),
            ("Wingdings", "F0A8", "不同意"),
            ("Wingdings 2", "F052", "已阅"),
            ("Webdings", "F052", "无"),
            ("Wingdings", "FFFG", "坏"),
        )
    )
    assert told(read(made(f"<w:p>{signs}</w:p>"))) == [("☑同意☐不同意☑已阅无坏", "第 1 段")]
    ticked = rich(r'{\field{\*\fldinst SYMBOL 254 \\f "Wingdings"}}同意')
    found = rich_text.read(Source("甲.rtf", ticked), "", date.min)
    assert told(found) == [("☑同意", "第 1 段")]


def test_what_fields_keep_for_indexes_and_other_cases_is_read(tmp_path: Path) -> None:
    """Entries of an index, and the words that a field shows in another case, but not those that it shows."""
    fields = field('XE "条目词"') + field('IF 1 = 1 "真词" "假词"', "真词") + field("PAGE", "3")
    kept = [("条目词", "索引项"), ("假词", "域里的文字")]
    assert told(read(made(f"<w:p>{fields}</w:p>")))[1:] == kept
    old = old_word(tmp_path / "甲.doc", "", '甲\x13XE "条目词"\x15乙\x13IF 1 = 1 "真词" "假词"\x14真词\x15\r')
    assert sorted(told(read(old.read_bytes()))[1:]) == sorted(kept)
    found = rich_text.read(Source("甲.rtf", rich(r"甲{\xe 条目词}{\tc 目录词}")), "", date.min)
    assert told(found)[:2] == [("条目词", "索引项"), ("目录词", "目录项")]
