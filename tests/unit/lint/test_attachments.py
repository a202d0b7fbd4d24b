"""Attachments announced and not there."""

from __future__ import annotations

from datetime import date

import pytest

from jimo_lint.lint.checks.pages.attachments import AttachmentsCheck
from jimo_lint.model import Block, Context, Document, Link
from tests.support import shipped

CONTEXT = Context(date(2026, 1, 31), shipped.national())
RULES = [rule for rule in shipped.rules() if rule.kind == "attachments"]


def hits(text: str, *links: Link, source: str = "site") -> list[str]:
    """Matched texts on a page with these links."""
    document = Document("x", "", source, "", (Block("title", "通知"), Block("body", text)), links=links)
    found = AttachmentsCheck(RULES, CONTEXT).hits(document)
    return [document.text[hit.span.start : hit.span.end] for hit in found if hit.span]


def test_announced_and_absent() -> None:
    """The name of the first announced attachment is reported, once."""
    text = "请认真落实。\n附件：1.名额分配表\n2.联系人名单\n县人社局\n2018年5月24日"
    assert hits(text, Link("https://a.gov.cn/index.html", "首页")) == ["名额分配表"]


@pytest.mark.parametrize(
    "link",
    [
        Link("https://a.gov.cn/1.xls", "名额分配表", "attachment"),
        Link("https://a.gov.cn/open?id=1", "附件下载", "page"),
        Link("https://a.gov.cn/download?id=1", "名额分配表", "page"),
        Link("https://a.gov.cn/2018/05/24/scan.jpg", "", "image"),
    ],
)
def test_whatever_may_be_it_silences(link: Link) -> None:
    """An attachment, a link that may lead to one, or a picture that may show it."""
    assert hits("请落实。\n附件：名额分配表", link) == []


def test_signature_and_notes_after_it_are_not_its_text() -> None:
    """What stands below an announcement on most pages - organ, day, who to ask - is no attachment."""
    foot = "\n示例县人力资源和社会保障局\n2018年5月24日\n（联系人：王主任，联系电话：0532-88512345，此件公开发布）"
    assert hits(f"请落实。\n附件：名额分配表{foot}{foot}") == ["名额分配表"]


def test_its_text_on_the_page_silences() -> None:
    """Much text after the announcement is the attachment itself."""
    assert hits("请落实。\n附件：名额分配表\n" + "各乡镇按下列名额分配。" * 30) == []


def test_drafts_are_left_alone() -> None:
    """A draft's attachments come with its publication."""
    assert hits("请落实。\n附件：名额分配表", source="file") == []


def beside(*blocks: Block) -> list[str]:
    """What is reported of an announcement with these blocks below."""
    parts = (Block("body", "请落实。"), Block("body", "附件：拟聘人员名单（3人）"), *blocks)
    document = Document("x", "", "site", "", parts)
    return [document.text[hit.span.start : hit.span.end] for hit in AttachmentsCheck(RULES, CONTEXT).hits(document)]


def test_a_short_table_below_is_the_attachment() -> None:
    """Three names in a table, or under a heading of their own, need no file; a row of buttons is no table."""
    signature = (Block("body", "青潭县人社局"), Block("body", "2025年11月30日"))
    cells = tuple(Block("table", text) for text in ("序号", "姓名", "1", "李一禾"))
    assert beside(*cells) == []
    assert beside(*signature, *cells) == []
    assert beside(*signature, Block("body", "拟聘人员名单"), Block("body", "李一禾、王二麦、赵三谷")) == []
    assert beside(*signature, Block("table", "【打印】【关闭】")) == ["拟聘人员名单（3人）"]
    assert beside(*signature, Block("body", "李一禾、王二麦、赵三谷")) == ["拟聘人员名单（3人）"]
