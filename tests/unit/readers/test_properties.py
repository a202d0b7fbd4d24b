"""What files say of themselves is read: title, subject, words to find it by, what somebody added under own names."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from datetime import date
from struct import pack

import openpyxl
import pytest
from openpyxl.packaging.custom import StringProperty

from jimo_lint.model import Document, Problem
from jimo_lint.readers import compound, reading
from jimo_lint.readers.attachments.office import summary
from jimo_lint.readers.source import Source
from tests.support import ofd, pdfs
from tests.support.compound import compound as stored
from tests.support.oldbooks import label
from tests.support.oldbooks import workbook as old_book
from tests.unit.readers.test_docx_parts import made, paragraph
from tests.unit.readers.test_open_text import flat, p
from tests.unit.readers.test_rich_text import rich
from tests.unit.readers.test_slides import shape, sheet, show, text

CORE = (
    '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
    'xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>标题词</dc:title><dc:subject>主题词</dc:subject>'
    "<dc:description>备注词</dc:description><cp:keywords>关键词词</cp:keywords></cp:coreProperties>"
)
APP = "<Properties><Application>WPS</Application><Manager>经理词</Manager><Company>单位词</Company></Properties>"
CUSTOM = (
    '<Properties xmlns:vt="v"><property name="承办人"><vt:lpwstr>自定词</vt:lpwstr></property>'
    '<property name="KSOProductBuildVer"><vt:lpwstr>2052-11.1.0</vt:lpwstr></property></Properties>'
)
PARTS = {"docProps/core.xml": CORE, "docProps/app.xml": APP, "docProps/custom.xml": CUSTOM}
SAID = {"主题": "主题词", "关键词": "关键词词", "标题": "标题词", "备注": "备注词"}
WHOLE = {**SAID, "经理": "经理词", "单位": "单位词", "自定义“承办人”": "自定词"}


def told(body: bytes, name: str) -> tuple[dict[str, str], list[Problem]]:
    """What a file says of itself, and what is said of it besides."""
    asked = reading.Asked(date(2026, 11, 22))
    found = list(reading.read(Source(name, body), f".{name.rpartition('.')[2]}", asked))
    blocks = [one for document in found if isinstance(document, Document) for one in document.blocks]
    place = "文档属性 "
    said = {one.locator.removeprefix(place): one.text for one in blocks if one.locator.startswith(place)}
    return said, [one for one in found if isinstance(one, Problem)]


def with_parts(body: bytes, parts: Mapping[str, str]) -> bytes:
    """A package with more parts."""
    packing = io.BytesIO(body)
    with zipfile.ZipFile(packing, "a") as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return packing.getvalue()


def section(values: Mapping[int, str], names: Mapping[int, str] | None = None) -> bytes:
    """A section of a stream of properties, in UTF-8; names: of those that somebody added."""
    entries = {1: pack("<IHxx", 2, 65001)}
    if names is not None:
        listed = b"".join(
            pack("<II", number, len(one.encode()) + 1) + one.encode() + b"\0" for number, one in names.items()
        )
        entries[0] = pack("<I", len(names)) + listed.ljust(-(-len(listed) // 4) * 4, b"\0")
    for number, one in values.items():
        written = one.encode() + b"\0"
        entries[number] = pack("<II", 0x1E, len(written)) + written.ljust(-(-len(written) // 4) * 4, b"\0")
    at, head, body = 8 + 8 * len(entries), b"", b""
    for number, one in entries.items():
        head += pack("<II", number, at + len(body))
        body += one
    return pack("<II", at + len(body), len(entries)) + head + body


def stream(*sections: bytes) -> bytes:
    """A stream of properties."""
    at = 28 + 20 * len(sections)
    head = pack("<HHI16xI", 0xFFFE, 0, 0, len(sections))
    for one in sections:
        head += pack("<16xI", at)
        at += len(one)
    return head + b"".join(sections)


def workbook() -> bytes:
    """A workbook with properties."""
    book = openpyxl.Workbook()
    book.active["A1"] = "甲"
    written = book.properties
    written.title, written.subject, written.keywords, written.description = "标题词", "主题词", "关键词词", "备注词"
    book.custom_doc_props.append(StringProperty(name="承办人", value="自定词"))
    packing = io.BytesIO()
    book.save(packing)
    return packing.getvalue()


def old_workbook(more: bytes) -> bytes:
    """A workbook of Excel 97 with properties. more: the second stream of them."""
    first = stream(section({2: "标题词", 3: "主题词", 5: "关键词词", 6: "备注词"}))
    with compound.opened(old_book([label(0, 0, "甲")])) as opened:
        book = opened.openstream("Workbook").read()
    return stored({"Workbook": book, summary.STREAM: first, summary.MORE: more})


MORE = stream(section({14: "经理词", 15: "单位词"}), section({2: "自定词"}, {2: "承办人"}))
OPEN = (
    "<dc:title>标题词</dc:title><dc:subject>主题词</dc:subject><dc:description>备注词</dc:description>"
    '<meta:keyword>关键词词</meta:keyword><meta:user-defined meta:name="承办人">自定词</meta:user-defined>'
)
RICH = (
    r"{\info{\title 标题词}{\subject 主题词}{\keywords 关键词词}{\doccomm 备注词}{\manager 经理词}{\company 单位词}}"
    r"{\*\userprops {\propname 承办人}\proptype30{\staticval 自定词}}\pard 正文\par"
)
OLD_WORD = (
    '<?xml version="1.0"?><w:wordDocument xmlns:w="http://schemas.microsoft.com/office/word/2003/wordml" '
    'xmlns:o="urn:schemas-microsoft-com:office:office"><o:DocumentProperties><o:Title>标题词</o:Title>'
    "<o:Subject>主题词</o:Subject><o:Keywords>关键词词</o:Keywords><o:Description>备注词</o:Description>"
    "<o:Manager>经理词</o:Manager><o:Company>单位词</o:Company></o:DocumentProperties><o:CustomDocumentProperties>"
    "<o:承办人>自定词</o:承办人></o:CustomDocumentProperties><w:body><w:p><w:r><w:t>正文</w:t></w:r></w:p></w:body>"
    "</w:wordDocument>"
)
OF_OFD = (
    "<Title>标题词</Title><Subject>主题词</Subject><Abstract>摘要词</Abstract><Keywords><Keyword>关键词词</Keyword>"
    '</Keywords><CustomDatas><CustomData Name="承办人">自定词</CustomData></CustomDatas>'
)

FILES: Mapping[str, tuple[bytes, Mapping[str, str]]] = {
    "甲.docx": (made(paragraph("正文"), PARTS), WHOLE),
    "甲.pptx": (with_parts(show(sheet(shape(text("正文")))), PARTS), WHOLE),
    "甲.xlsx": (workbook(), {**SAID, "自定义“承办人”": "自定词"}),
    "甲.xls": (old_workbook(MORE), WHOLE),
    "甲.fodt": (flat(p("正文"), meta=OPEN), {**SAID, "自定义“承办人”": "自定词"}),
    "甲.rtf": (rich(RICH), WHOLE),
    "甲.doc": (OLD_WORD.encode(), WHOLE),
    "甲.ofd": (
        ofd.document([ofd.Page([ofd.text("正文", 10, 10)])], info=OF_OFD),
        {"标题": "标题词", "主题": "主题词", "摘要": "摘要词", "关键词": "关键词词", "自定义“承办人”": "自定词"},
    ),
    "甲.pdf": (
        pdfs.pdf(
            pdfs.Page(pdfs.paragraph("正文")),
            info={"Title": "标题词", "Subject": "主题词", "Keywords": "关键词词", "Company": "单位词"},
        ),
        {"标题": "标题词", "主题": "主题词", "关键词": "关键词词", "单位": "单位词"},
    ),
}


@pytest.mark.parametrize("name", FILES)
def test_what_a_file_says_of_itself_is_read(name: str) -> None:
    """Under the names that people know; what programs keep there for themselves is not."""
    body, said = FILES[name]
    assert told(body, name) == (dict(said), [])


def test_damaged_properties_cost_themselves_only() -> None:
    """They are named; the text and the other properties are read."""
    half = made(paragraph("正文"), {**PARTS, "docProps/core.xml": "<half"})
    for body, name, left in (
        (half, "甲.docx", ("经理", "单位", "自定义“承办人”")),
        (old_workbook(MORE[:90]), "甲.xls", tuple(SAID)),
    ):
        said, problems = told(body, name)
        assert sorted(said) == sorted(left)
        assert [one.args["parts"] for one in problems] == ["1 份文档属性（已损坏）"]


def test_properties_make_no_empty_file_one_with_a_text() -> None:
    """It is still told that nothing stands in it."""
    said, problems = told(made("<w:p/>", PARTS), "甲.docx")
    assert (said, [one.args["fault"] for one in problems]) == ({}, ["Word 文档里没有文字"])
