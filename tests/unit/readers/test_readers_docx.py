"""Word documents: what Word shows with all changes accepted, in every part, and what is told of instead of read."""

from __future__ import annotations

import zipfile
from datetime import date
from pathlib import Path

import pytest

from jimo_lint.model import Document, Problem
from jimo_lint.readers.drafts import local

AS_OF = date(2026, 11, 22)


def docx(path: Path, body: str) -> Path:
    """A Word document with nothing but its main part."""
    spaces = (
        'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
        'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    )
    with zipfile.ZipFile(path, "w") as package:
        package.writestr("word/document.xml", f"<w:document {spaces}><w:body>{body}</w:body></w:document>")
    return path


def run(text: str) -> str:
    """A run of a paragraph."""
    return f"<w:r><w:t>{text}</w:t></w:r>"


@pytest.mark.parametrize("inner", [f"<w:p>{run('替代的字')}</w:p>", run("替代的字")])
def test_what_only_another_program_knows_is_read_as_it_stands_for_the_others(tmp_path: Path, inner: str) -> None:
    """Of a Choice without a word in it the Fallback is shown, between paragraphs and within one."""
    own = '<mc:Choice Requires="zz"><zz:x xmlns:zz="urn:of-another-program" val="1"/></mc:Choice>'
    either = f"<mc:AlternateContent>{own}<mc:Fallback>{inner}</mc:Fallback></mc:AlternateContent>"
    body = either if inner.startswith("<w:p>") else f"<w:p>{either}</w:p>"
    (document,) = local.read([docx(tmp_path / "稿.docx", f"<w:p>{run('正文')}</w:p>{body}")], as_of=AS_OF)
    assert isinstance(document, Document)
    assert [block.text for block in document.blocks] == ["正文", "替代的字"]


def test_a_word_document_is_read_by_paragraphs(tmp_path: Path) -> None:
    """Runs are one text, deleted words are left out, tables are read, and a text box once, behind its paragraph."""
    box = f"<w:p>{run('框里的字')}</w:p>"
    body = (
        f"<w:p>{run('关于防汛')}{run('工作的通知')}</w:p><w:p/>"
        f"<w:p>{run('请各单位')}<w:del><w:r><w:delText>没</w:delText></w:r></w:del>{run('落实。')}"
        f"<mc:AlternateContent><mc:Choice>{box}</mc:Choice><mc:Fallback>{box}</mc:Fallback></mc:AlternateContent></w:p>"
        f"<w:tbl><w:tr><w:tc><w:p>{run('序号')}</w:p></w:tc></w:tr></w:tbl>"
    )
    (document,) = local.read([docx(tmp_path / "稿.docx", body)], as_of=AS_OF)
    assert isinstance(document, Document)
    assert [(block.text, block.locator) for block in document.blocks] == [
        ("关于防汛工作的通知", "第 1 段"), ("请各单位落实。", "第 3 段"), ("框里的字", "第 4 段"),
        ("序号", "表 1 第 1 行第 1 列"),
    ]  # fmt: skip


def test_hostile_and_empty_word_documents_are_problems(tmp_path: Path) -> None:
    """A bomb, entities, another package, and one without a word; a lock file of Word is passed over in a folder."""
    docx(tmp_path / "空.docx", "<w:p/>")
    with zipfile.ZipFile(tmp_path / "实体.docx", "w") as package:
        package.writestr("word/document.xml", '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>')
    with zipfile.ZipFile(tmp_path / "大.docx", "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("word/document.xml", b" " * (51 * 1024 * 1024))
    with zipfile.ZipFile(tmp_path / "表.docx", "w") as package:
        package.writestr("xl/workbook.xml", "<a/>")
    with zipfile.ZipFile(tmp_path / "胀.docx", "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("word/document.xml", b"<a/>" * (2 * 1024 * 1024))
    docx(tmp_path / "深.docx", "<w:p>" * 3000 + "</w:p>" * 3000)
    (tmp_path / "~$稿.docx").write_bytes(b"lock")
    values = list(local.read([tmp_path], as_of=AS_OF))
    told = {Path(one.place).name: one.message for one in values if isinstance(one, Problem)}
    assert len(values) == len(told) == 6
    wanted = {
        "空": "没有文字",
        "实体": "DTD",
        "大": "50 MB",
        "胀": "倍以上",
        "表": "不是完好的工作簿",
        "深": "没有文字",
    }
    for name, words in wanted.items():
        assert words in told[f"{name}.docx"]


WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"


def relations(*pairs: tuple[str, str], space: str = OFFICE) -> str:
    """A part of relationships: kind and target of each."""
    inner = "".join(
        f'<Relationship Id="r{number}" Type="{space}/{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate(pairs)
    )
    return f'<Relationships xmlns="{PACKAGE}">{inner}</Relationships>'


def packed(path: Path, body: str, *, main: str = "word/document.xml", space: str = WORD, **parts: str) -> Path:
    """A package whose main part is named by its relationships. parts: kind to the inner XML of a part of this kind."""
    folder, _, name = main.rpartition("/")
    with zipfile.ZipFile(path, "w") as package:
        package.writestr("_rels/.rels", relations(("officeDocument", "/" + main)))
        package.writestr(main, f'<w:document xmlns:w="{space}"><w:body>{body}</w:body></w:document>')
        related = relations(*((kind.rstrip("0123456789"), f"{kind}.xml") for kind in parts))
        package.writestr(f"{folder}/_rels/{name}.rels".lstrip("/"), related)
        for kind, inner in parts.items():
            package.writestr(f"{folder}/{kind}.xml".lstrip("/"), f'<w:part xmlns:w="{space}">{inner}</w:part>')
    return path


def read(path: Path) -> list[tuple[str, str, int]]:
    """Text, place and line of each block."""
    document = next(local.read([path], as_of=AS_OF))
    assert isinstance(document, Document), document
    found = []
    at = 0
    for block in document.blocks:
        found.append((block.text, block.locator, document.position(at)[0]))
        at += len(block.text) + 1
    return found


def shown(path: Path, body: str) -> list[str]:
    """The texts of a document with nothing but this body."""
    return [text for text, _, _ in read(docx(path / "稿.docx", body + f"<w:p>{run('末')}</w:p>"))][:-1]


CHANGE = 'w:id="1" w:author="甲" w:date="2026-01-01T00:00:00Z"'


@pytest.mark.parametrize(
    ("body", "wanted"),
    [
        (f"<w:p><w:moveFrom {CHANGE}>{run('移走')}</w:moveFrom>{run('留下')}</w:p>", ["留下"]),
        (f"<w:p><w:moveTo {CHANGE}>{run('移来')}</w:moveTo></w:p>", ["移来"]),
        (f"<w:p>{run('甲')}<w:ins {CHANGE}>{run('乙')}</w:ins></w:p>", ["甲乙"]),
        (f"<w:p>{run('依据')}<w:del {CHANGE}>{run('旧')}</w:del><w:ins {CHANGE}>{run('新')}</w:ins></w:p>", ["依据新"]),
        (f"<w:p><w:ins {CHANGE}><w:del {CHANGE}>{run('写了又删')}</w:del></w:ins>{run('甲')}</w:p>", ["甲"]),
        (f"<w:p><w:moveFrom {CHANGE}><w:hyperlink>{run('移')}</w:hyperlink></w:moveFrom>{run('甲')}</w:p>", ["甲"]),
        (f"<w:tbl><w:tr><w:trPr><w:del {CHANGE}/></w:trPr><w:tc><w:p>{run('删')}</w:p></w:tc></w:tr></w:tbl>", []),
    ],
)  # fmt: skip
def test_tracked_changes_are_taken_as_accepted(tmp_path: Path, body: str, wanted: list[str]) -> None:
    """What is deleted or moved away is left out in whatever element it stands; what came instead is read once."""
    assert shown(tmp_path, body) == wanted


@pytest.mark.parametrize("mark", ["del", "moveFrom"])
def test_a_paragraph_whose_end_was_deleted_goes_on(tmp_path: Path, mark: str) -> None:
    """Word shows one paragraph, also over a bookmark and over several deleted ends; in a cell the end stays."""
    gone = f"<w:pPr><w:rPr><w:{mark} {CHANGE}/></w:rPr></w:pPr>"
    body = (
        f"<w:p>{gone}{run('全面')}</w:p><w:bookmarkEnd/><w:p>{gone}{run('贯彻')}</w:p><w:p>{run('落实。')}</w:p>"
        f"<w:p>{run('另一段')}</w:p><w:tbl><w:tr><w:tc><w:p>{gone}{run('格')}</w:p></w:tc>"
        f"<w:tc><w:p>{run('邻格')}</w:p></w:tc></w:tr></w:tbl>"
    )
    assert shown(tmp_path, body) == ["全面贯彻落实。", "另一段", "格", "邻格"]
    assert [line for _, _, line in read(tmp_path / "稿.docx")] == [1, 2, 3, 4, 5]


def test_signs_that_are_elements(tmp_path: Path) -> None:
    """A hyphen that does not break is one; a soft hyphen is none; tabs and breaks part; guides stand above the line."""
    body = (
        "<w:p><w:r><w:t>1</w:t><w:noBreakHyphen/><w:t>6月</w:t></w:r></w:p>"
        "<w:p><w:r><w:t>中</w:t><w:softHyphen/><w:t>国</w:t></w:r></w:p>"
        "<w:p><w:r><w:t>左</w:t><w:tab/><w:t>右</w:t><w:br/><w:t>下</w:t></w:r></w:p>"
        f"<w:p>{run('人民')}<w:r><w:ruby><w:rubyPr/><w:rt>{run('gòng')}</w:rt><w:rubyBase>{run('共')}</w:rubyBase>"
        f"</w:ruby></w:r>{run('和国')}</w:p>"
        '<w:p><w:r><w:instrText>HYPERLINK "a"</w:instrText></w:r><w:r><w:t>链接</w:t></w:r></w:p>'
    )
    assert shown(tmp_path, body) == ["1-6月", "中国", "左 右\n下", "人民共和国", "链接"]


@pytest.mark.parametrize("main", ["word/document2.xml", "word/Document.xml", "document.xml", "内容/正文.xml"])
def test_the_main_part_is_the_one_that_the_package_names(tmp_path: Path, main: str) -> None:
    """Word on the web and SharePoint call it otherwise."""
    assert read(packed(tmp_path / "稿.docx", f"<w:p>{run('正文')}</w:p>", main=main)) == [("正文", "第 1 段", 1)]


def test_strict_files_and_names_with_backslashes(tmp_path: Path) -> None:
    """ISO 29500 strict has namespaces of its own; some programs write names as Windows does."""
    strict = packed(tmp_path / "严.docx", f"<w:p>{run('正文')}</w:p>", space=STRICT)
    assert read(strict) == [("正文", "第 1 段", 1)]
    with zipfile.ZipFile(tmp_path / "斜.docx", "w") as package:
        package.writestr("word\\document.xml", f'<w:document xmlns:w="{WORD}"><w:p>{run("正文")}</w:p></w:document>')
    assert read(tmp_path / "斜.docx") == [("正文", "第 1 段", 1)]


def test_notes_comments_and_margins_are_read_and_named(tmp_path: Path) -> None:
    """Notes have the numbers that Word shows and the line they belong to; a header of three sections is read once."""
    body = (
        f"<w:p>{run('一')}</w:p><w:p>{run('二')}<w:r><w:footnoteReference w:id='7'/></w:r>"
        f"<w:r><w:footnoteReference w:id='3'/></w:r><w:r><w:endnoteReference w:id='2'/></w:r>"
        f"<w:r><w:commentReference w:id='0'/></w:r></w:p>"
    )
    separator = f"<w:footnote w:type='separator' w:id='-1'><w:p>{run('—')}</w:p></w:footnote>"
    path = packed(
        tmp_path / "稿.docx",
        body,
        footnotes=f"{separator}<w:footnote w:id='3'><w:p>{run('后注')}</w:p></w:footnote>"
        f"<w:footnote w:id='7'><w:p>{run('前注')}</w:p></w:footnote>"
        f"<w:footnote w:id='9'><w:p>{run('没有引用')}</w:p></w:footnote>",
        endnotes=f"<w:endnote w:id='2'><w:p>{run('尾')}</w:p></w:endnote>",
        comments=f"<w:comment w:id='0'><w:p>{run('批')}</w:p></w:comment>",
        header1=f"<w:p>{run('红头')}</w:p>",
        header2=f"<w:p>{run('红头')}</w:p>",
        footer1=f"<w:p>{run('抄送')}</w:p>",
    )
    assert read(path) == [
        ("一", "第 1 段", 1), ("二", "第 2 段", 2), ("后注", "脚注 2", 2), ("前注", "脚注 1", 2), ("尾", "尾注 1", 2),
        ("批", "批注 1", 2), ("红头", "页眉", 1), ("抄送", "页脚", 1),
    ]  # fmt: skip


def test_what_is_not_read_is_named(tmp_path: Path) -> None:
    """Pictures, charts and embedded files are counted, and are no failure; without any text they are in the problem."""
    path = packed(tmp_path / "稿.docx", f"<w:p>{run('正文')}</w:p>", image1="", image2="", chart1="")
    (document, problem) = local.read([path], as_of=AS_OF)
    assert isinstance(document, Document)
    assert isinstance(problem, Problem)
    assert "2 张打不开的图片、1 个图表" in problem.message
    assert problem.excused
    (only,) = local.read([packed(tmp_path / "图.docx", "<w:p/>", image1="")], as_of=AS_OF)
    assert isinstance(only, Problem)
    assert "没有文字（有1 张打不开的图片" in only.message
    assert not only.excused


def test_a_workbook_called_docx_is_no_word_document(tmp_path: Path) -> None:
    """Another kind of package that names a main part of its own is not taken for text."""
    with zipfile.ZipFile(tmp_path / "表.docx", "w") as package:
        package.writestr("_rels/.rels", relations(("officeDocument", "xl/workbook.xml")))
        package.writestr("xl/workbook.xml", "<workbook/>")
    (problem,) = local.read([tmp_path / "表.docx"], as_of=AS_OF)
    assert isinstance(problem, Problem)
    assert "不是 Word 文档" in problem.message


def test_the_links_of_a_word_document(tmp_path: Path) -> None:
    """Those that it has as relations, in notes too, and as fields (WPS), each with its words; an address is masked."""
    number = "11010519491231002X"  # the example of GB 11643-1999
    mark = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'.format

    def field(instruction: str, words: str) -> str:
        parts = "".join(f"<w:r><w:instrText>{part}</w:instrText></w:r>" for part in instruction.split("|"))
        return f"{mark('begin')}{parts}{mark('separate')}{run(words)}{mark('end')}"

    inner = field(" HYPERLINK \\l &quot;_Toc2&quot; ", "正文")
    body = (
        f'<w:p><w:hyperlink r:id="r0">{run("名")}{run("单")}</w:hyperlink>，见{run("附件")}'
        f"<w:hyperlink w:anchor='_Toc1'>{run('目录')}</w:hyperlink></w:p>"
        f"<w:p>{field('HYPER|LINK &quot;http//www.qingtan.example/a.html&quot; ', '公示')}"
        f"{inner}{field(' PAGE ', '3')}"
        f"<w:fldSimple w:instr=' HYPERLINK &quot;tel:13800138000&quot; '>{run('电话')}</w:fldSimple></w:p>"
        f'<w:p>{run("说明")}<w:r><w:footnoteReference w:id="2"/></w:r></w:p>'
    )
    spaces = f'xmlns:w="{WORD}" xmlns:r="{OFFICE}"'
    note = (
        f'<w:footnotes {spaces}><w:footnote w:id="2"><w:p>'
        f'<w:hyperlink r:id="r0">{run("来源")}</w:hyperlink></w:p></w:footnote></w:footnotes>'
    )
    outside = relations(("hyperlink", "https://b.example/c.pdf")).replace("/>", ' TargetMode="External"/>')
    target = (
        f'<Relationship Id="r0" Type="{OFFICE}/hyperlink" Target="http://a.example/{number}.pdf" '
        'TargetMode="External"/>'
    )
    inside = relations(("styles", "styles.xml"), ("footnotes", "footnotes.xml")).replace("r0", "r9")
    with zipfile.ZipFile(tmp_path / "稿.docx", "w") as package:
        package.writestr("word/document.xml", f"<w:document {spaces}><w:body>{body}</w:body></w:document>")
        package.writestr("word/_rels/document.xml.rels", inside.replace("</R", f"{target}</R"))
        package.writestr("word/footnotes.xml", note)
        package.writestr("word/_rels/footnotes.xml.rels", outside)
    (document,) = local.read([tmp_path / "稿.docx"], as_of=AS_OF)
    assert isinstance(document, Document)
    assert [(link.raw, link.text, link.kind) for link in document.links] == [
        ("http://a.example/11**************2X.pdf", "名单", "attachment"),
        ("http//www.qingtan.example/a.html", "公示", "malformed"),
        ("tel:138****8000", "电话", "mail"),
        ("https://b.example/c.pdf", "来源", "attachment"),
    ]
    assert [one.what for one in document.personal_addresses] == ["resident-id", "mobile"]
