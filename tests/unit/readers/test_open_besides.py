"""What OpenDocument keeps beside its text: controls, variables, words for another case; damage costs itself alone."""

from __future__ import annotations

from datetime import date

import pytest

from jimo_lint.readers.attachments.office import open_office
from jimo_lint.readers.attachments.workbooks import open_workbook
from jimo_lint.readers.contents import FileContents
from jimo_lint.readers.source import Source
from tests.unit.readers.test_open_text import flat, p, packed
from tests.unit.readers.test_open_workbooks import of_text, open_book

FORM = 'xmlns:form="urn:oasis:names:tc:opendocument:xmlns:form:1.0"'
CONTROLS = (
    f'<office:forms {FORM}><form:form><form:text form:title="提示词" form:current-value="填的词"/>'
    '<form:button form:label="按钮词"/><form:listbox><form:option form:label="选项词"/></form:listbox></form:form>'
    "</office:forms>"
)


def told(found: FileContents) -> list[tuple[str, str]]:
    """Words and places."""
    return [(one.text, one.locator) for one in found.document.blocks]


def read(content: bytes) -> FileContents:
    """What a text holds."""
    return open_office.read(Source("稿.odt", content), "", date(2026, 11, 22))


def book(content: bytes) -> FileContents:
    """What a workbook holds."""
    return open_workbook.read(Source("表.ods", content), "")


def test_words_for_another_case_and_controls_are_read() -> None:
    """What a field shows is read where it stands, what it could show beside the text."""
    body = (
        CONTROLS
        + '<text:user-field-decls><text:user-field-decl text:name="u" office:string-value="变量词"/>'
        + "</text:user-field-decls>"
        + p(
            '<text:conditional-text text:string-value-if-true="真词" text:string-value-if-false="假词">真词'
            '</text:conditional-text><text:hidden-text text:string-value="藏词"/>'
        )
        + p(
            '<text:variable-set text:display="none" office:string-value="设词"/>文'
            '<text:alphabetical-index-mark text:string-value="条目词"/><text:toc-mark text:string-value="目录词"/>'
        )
    )
    assert told(read(flat(body))) == [
        ("真词", "第 1 段"),
        ("文", "第 2 段"),
        ("藏词", "隐藏的文字"),
        ("提示词", "控件"),
        ("填的词", "控件"),
        ("按钮词", "控件"),
        ("选项词", "控件"),
        ("假词", "域里的文字"),
        ("设词", "文档变量"),
        ("条目词", "索引项"),
        ("目录词", "目录项"),
        ("变量词", "文档变量"),
    ]


def test_controls_scenarios_and_titles_of_prompts_of_a_workbook_are_read() -> None:
    """Beside the cells of their sheet."""
    prompt = '<table:content-validation><table:help-message table:title="题词"/></table:content-validation>'
    scenario = '<table:scenario table:comment="方案词"/>'
    row = f"<table:table-row>{of_text('甲')}</table:table-row>"
    sheet = f'{prompt}<table:table table:name="名单">{scenario}{CONTROLS}{row}</table:table>'
    said = told(book(open_book(sheet)))
    for words, place in (
        ("题词", "单元格的输入提示"),
        ("方案词", "工作表“名单”方案"),
        ("按钮词", "工作表“名单”控件"),
        ("选项词", "工作表“名单”控件"),
    ):
        assert (words, place) in said


@pytest.mark.parametrize(
    ("part", "unread"), [("styles.xml", "1 份样式（已损坏）"), ("meta.xml", "1 份文档属性（已损坏）")]
)
def test_a_damaged_part_costs_itself_only(part: str, unread: str) -> None:
    """The text is read, and the part is named."""
    found = read(packed(p("正文"), {part: "<half"}))
    assert (told(found), found.unread) == ([("正文", "第 1 段")], unread)
    row = f'<table:table table:name="名单"><table:table-row>{of_text("甲")}</table:table-row></table:table>'
    kept = book(open_book(row, {part: b"<half"}))
    assert ("甲", "工作表“名单”A1") in told(kept)
    assert kept.unread == unread


def test_a_damaged_chart_costs_itself_only() -> None:
    """In a text and on a sheet."""
    link = 'xmlns:xlink="http://www.w3.org/1999/xlink" xlink:href="./Object 1"'
    frame = f"<draw:frame><draw:object {link}/></draw:frame>"
    found = read(packed(p(f"正文{frame}"), {"Object 1/content.xml": "<half"}))
    assert (told(found), found.unread) == ([("正文", "第 1 段")], "1 个嵌入的对象（已损坏）")
    shapes = f"<table:shapes>{frame}</table:shapes>"
    sheet = f'<table:table table:name="名单">{shapes}<table:table-row>{of_text("甲")}</table:table-row></table:table>'
    assert book(open_book(sheet, {"Object 1/content.xml": b"<half"})).unread == "1 个图表"
