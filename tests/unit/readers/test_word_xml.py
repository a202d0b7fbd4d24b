"""Word documents that are one file of XML: of Word 2003, and packages in one file; read as .docx is."""

from __future__ import annotations

import base64
from datetime import date

import pytest

from jimo_lint.errors import InputError
from jimo_lint.model import Mark
from jimo_lint.readers.contents import FileContents
from jimo_lint.readers.drafts import word
from jimo_lint.readers.formats import find_format
from jimo_lint.readers.source import Source
from tests.unit.readers.test_docx_parts import PNG, relation
from tests.unit.readers.test_readers_docx import PACKAGE, WORD

OLD = (
    'xmlns:w="http://schemas.microsoft.com/office/word/2003/wordml" xmlns:v="urn:schemas-microsoft-com:vml" '
    'xmlns:wx="http://schemas.microsoft.com/office/word/2003/auxHint" '
    'xmlns:o="urn:schemas-microsoft-com:office:office" xmlns:aml="http://schemas.microsoft.com/aml/2001/core"'
)
HEAD = '<?xml version="1.0"?>\n<?mso-application progid="Word.Document"?>\n'


def old(body: str, *, attributes: str = "", before: str = "") -> bytes:
    """A document of Word 2003."""
    return f"{HEAD}<w:wordDocument {OLD} {attributes}>{before}<w:body>{body}</w:body></w:wordDocument>".encode()


def run(text: str) -> str:
    """A run of a paragraph."""
    return f"<w:r><w:t>{text}</w:t></w:r>"


def p(inner: str) -> str:
    """A paragraph."""
    return f"<w:p>{inner}</w:p>"


def read(content: bytes) -> FileContents:
    """What the reader gives back."""
    return word.read(Source("稿.xml", content), "", date(2026, 11, 22))


def told(content: bytes) -> list[tuple[str, str]]:
    """Text and place of each block."""
    return [(one.text, one.locator) for one in read(content).document.blocks]


def test_a_document_of_word_2003_is_read_in_every_part() -> None:
    """Notes and comments stand in the text, margins in the section, changes in annotations."""

    def annotation(kind: str, inner: str) -> str:
        return f'<aml:annotation aml:id="1" w:type="Word.{kind}"><aml:content>{inner}</aml:content></aml:annotation>'

    deleted = annotation("Deletion", "<w:r><w:delText>删</w:delText></w:r>")
    inserted = annotation("Insertion", run("增"))
    comment = f"<w:r>{annotation('Comment', p(run('批')))}</w:r>"
    note = f"<w:r><w:footnote>{p(run('脚'))}</w:footnote></w:r><w:r><w:endnote>{p(run('尾'))}</w:endnote></w:r>"
    table = f"<w:tbl><w:tr><w:tc><w:tcPr/>{p(run('格'))}</w:tc></w:tr></w:tbl>"
    section = (
        f"<w:sectPr><w:hdr w:type='odd'>{p(run('眉'))}</w:hdr><w:ftr w:type='odd'>{p(run('脚下'))}</w:ftr></w:sectPr>"
    )
    link = (
        f'<w:hlink w:dest="http://a.example/b.pdf">{run("附件")}</w:hlink><w:hlink w:bookmark="b">{run("内")}</w:hlink>'
    )
    body = f"<wx:sect>{p(run('一') + deleted + inserted + note + comment)}{table}{p(link)}{section}</wx:sect>"
    names = "<o:DocumentProperties><o:Author>王某</o:Author><o:LastAuthor>李某</o:LastAuthor></o:DocumentProperties>"
    content = old(body, attributes='w:macrosPresent="yes"', before=names)
    assert told(content) == [
        ("一增", "第 1 段"), ("格", "表 1 第 1 行第 1 列"), ("附件内", "第 3 段"), ("脚", "脚注 1"), ("尾", "尾注 1"),
        ("批", "批注 1"), ("眉", "页眉"), ("脚下", "页脚"),
    ]  # fmt: skip
    found = read(content).document
    assert [(one.url, one.text) for one in found.links] == [("http://a.example/b.pdf", "附件")]
    assert found.file_facts.marks == (
        Mark("tracked", "", "2 处"), Mark("comments", "", "1 条"), Mark("macro"), Mark("author", "", "王某"),
        Mark("author", "", "李某"),
    )  # fmt: skip


def test_pictures_of_word_2003_are_handed_on() -> None:
    """Their bytes stand beside the shape; an object is counted."""
    data = f'<w:binData w:name="wordml://1.png">{base64.b64encode(PNG).decode()}</w:binData>'
    shape = f'<w:r><w:pict>{data}<v:shape alt="防汛示意"><v:imagedata src="wordml://1.png"/></v:shape></w:pict></w:r>'
    found = read(old(p(shape), before="<w:docOleData><w:binData w:name='oledata.mso'>AA==</w:binData></w:docOleData>"))
    assert [one.load().size for one in found.pictures] == [(1, 1)]
    assert found.unread == "1 个嵌入的对象"
    assert [(one.text, one.locator) for one in found.document.blocks] == [("防汛示意", "图 1 的替代文字")]


def flat(body: str, name: str = "/word/document.xml") -> bytes:
    """A package in one file, with a picture."""

    def part(of: str, kind: str, inner: str) -> str:
        return f'<pkg:part pkg:name="{of}"><pkg:{kind}>{inner}</pkg:{kind}></pkg:part>'

    main = relation("m", "officeDocument", name.removeprefix("/"))
    picture = relation("i", "image", "media/1.png")
    document = f'<w:document xmlns:w="{WORD}"><w:body>{body}</w:body></w:document>'
    parts = (
        part("/_rels/.rels", "xmlData", f'<Relationships xmlns="{PACKAGE}">{main}</Relationships>')
        + part(name, "xmlData", document)
        + part(
            "/word/_rels/document.xml.rels", "xmlData", f'<Relationships xmlns="{PACKAGE}">{picture}</Relationships>'
        )
        + part("/word/media/1.png", "binaryData", base64.b64encode(PNG).decode())
    )
    space = "http://schemas.microsoft.com/office/2006/xmlPackage"
    return f'{HEAD}<pkg:package xmlns:pkg="{space}">{parts}</pkg:package>'.encode()


def test_a_package_in_one_file_is_read_as_one_in_many() -> None:
    """Its parts are what they are in a .docx."""
    content = flat(p(run("正文")))
    assert told(content) == [("正文", "第 1 段")]
    assert [one.load().size for one in read(content).pictures] == [(1, 1)]


@pytest.mark.parametrize("charset", ["gbk", "GB2312", "gb18030"])
def test_charsets_that_the_parser_does_not_know_are_read(charset: str) -> None:
    """Expat knows no Chinese one, and an invented name is no reason to read nothing."""
    text = old(p(run("青潭区防汛工作"))).decode()
    declared = text.replace('version="1.0"', f'version="1.0" encoding="{charset}"')
    assert told(declared.encode(charset)) == [("青潭区防汛工作", "第 1 段")]
    assert told(text.replace('version="1.0"', 'version="1.0" encoding="x-none"').encode()) == [
        ("青潭区防汛工作", "第 1 段")
    ]


@pytest.mark.parametrize("suffix", [".xml", ".doc", ".txt", ""])
def test_the_content_tells_the_format(suffix: str) -> None:
    """Whatever it is called; other XML is none."""
    for content in (old(p(run("字"))), flat(p(run("字"))), b"\xef\xbb\xbf" + old(p(run("字")))):
        found = find_format(Source("稿", content), suffix)
        assert found is not None and found.name == "word"
    other = find_format(Source("表", b'<?xml version="1.0"?><Workbook xmlns="urn:x"/>'), ".xml")
    assert other is None or other.name != "word"


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (old(p(run("字")))[:-30], "已损坏"),
        (HEAD.encode() + b"<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>", "DTD"),
        (HEAD.encode() + b"<a/>", "不是 Word"),
    ],
)
def test_what_cannot_be_read_says_why(content: bytes, words: str) -> None:
    """Cut short, with entities, or something else."""
    with pytest.raises(InputError, match=words) as raised:
        read(content)
    assert raised.value.mark == "damaged"
