"""What a PDF says beside its pages: tips and choices of forms, tips of links, remarks that have a format alone."""

from __future__ import annotations

from datetime import date

from jimo_lint.readers.attachments.pdf import reader
from jimo_lint.readers.source import Source
from tests.support.pdfs import Page, paragraph, pdf, string

FIELD = "<</Type/Annot/Subtype/Widget/Rect[10 10 60 30]"


def test_tips_and_choices_of_forms_are_read_and_buttons_are_named() -> None:
    """What is chosen stands in the form; the other entries and the tips stand beside it; scripts are named."""
    entries = f"[{string('选的词')}[{string('x')}{string('没选的词')}]]"
    fields = [
        f"{FIELD}/FT/Tx/T(a)/V{string('填的词')}/TU{string('提示词')}>>",
        f"{FIELD}/FT/Ch/Ff 131072/T(b)/V{string('选的词')}/Opt{entries}>>",
        f"{FIELD}/FT/Btn/T(c)/TU{string('勾选的提示')}>>",
        f"{FIELD}/FT/Btn/Ff 65536/T(d)/MK<</CA{string('打印')}>>>>",
    ]
    script = "/Names<</JavaScript<</Names[(a)<</S/JavaScript/JS(x)>>]>>>>/AcroForm<<"
    body = pdf(Page(paragraph("正文")), fields=fields).replace(b"/AcroForm<<", script.encode())
    found = reader.read(Source("表.pdf", body), "", date(2026, 11, 22))
    assert [(one.kind, one.locator, one.text) for one in found.document.blocks][1:] == [
        ("aside", "第 1 页 表单的提示", "提示词"),
        ("body", "第 1 页 表单", "填的词"),
        ("aside", "第 1 页 表单的选项", "没选的词"),
        ("body", "第 1 页 表单", "选的词"),
        ("aside", "第 1 页 表单的提示", "勾选的提示"),
    ]
    assert found.unread == "1 个按钮（上面的字）、1 段脚本"


def test_tips_of_links_and_remarks_with_a_format_alone_are_read() -> None:
    """A tip that is only where the link leads is none; markup and references to characters are no words."""
    action = "/A<</S/URI/URI(http://a.example/)>>>>"
    rich = string("<body><p>富文&amp;词</p></body>")
    page = Page(
        paragraph("正文"),
        annotations=[
            f"<</Type/Annot/Subtype/Link/Rect[1 1 9 9]/Contents{string('链接词')}{action}",
            f"<</Type/Annot/Subtype/Link/Rect[1 1 9 9]/Contents{string('http://a.example/')}{action}",
            f"<</Type/Annot/Subtype/FreeText/Rect[1 1 9 9]/RC{rich}>>",
        ],
    )
    found = reader.read(Source("稿.pdf", pdf(page)), "", date(2026, 11, 22))
    assert [(one.locator, one.text) for one in found.document.blocks][1:] == [
        ("第 1 页 链接提示", "链接词"),
        ("第 1 页 批注 1", "富文&词"),
    ]
