"""Findings as comments in a copy of a Word document: at the words, beside what others wrote, personal data masked."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path

import pytest
from docx import Document as Word

from jimo_lint.cli import run as jimo_lint
from jimo_lint.inspection import drafts
from jimo_lint.inspection.benches import Asked
from jimo_lint.inspection.word.annotate import Annotated, annotated
from jimo_lint.model import Report
from jimo_lint.readers.drafts import local
from tests.unit.inspection.test_mending_word import AS_OF, PAIRS, field, inner, styled
from tests.unit.readers.test_docx_parts import made, paragraph, relation
from tests.unit.readers.test_readers_docx import STRICT, WORD, run

ID_NUMBER = "11010519491231002X"


def judged(path: Path) -> Report:
    """What the pairs say of a document."""
    return drafts.check(local.read([path], as_of=AS_OF), PAIRS, as_of=AS_OF, asked=Asked(only=("T107",)))[0]


def annotate(folder: Path, content: bytes) -> Annotated:
    """The copy of a document, in which nothing is found that was not found in the document."""
    path = folder / "稿.docx"
    path.write_bytes(content)
    before = judged(path)
    (one,) = annotated(before)
    if one.content:
        path.write_bytes(one.content)
        places = [(finding.matched, finding.locator) for finding in before.findings]
        assert [(finding.matched, finding.locator) for finding in judged(path).findings] == places
    return one


MARKED = re.compile(
    r'<w:commentRangeStart w:id="(\d+)"/>|<w:commentRangeEnd w:id="\d+"/>(<w:r><w:comm\w+ w:id="\d+"/></w:r>)'
)


def marked(text: str) -> str:
    """The markup with brackets for the ranges of comments."""
    return MARKED.sub(lambda found: "[" if found[1] else "]", text).replace(' xml:space="preserve"', "")


@pytest.mark.parametrize(
    ("body", "wanted"),
    [
        (run("青覃区"), f"[{run('青覃区')}]"),
        (run("在青覃区里"), f"{run('在')}[{run('青覃区')}]{run('里')}"),
        # Two that touch, in two runs.
        (
            styled("在青覃区青", "<w:b/>") + run("覃区"),
            f"{styled('在', '<w:b/>')}[{styled('青覃区', '<w:b/>')}][{styled('青', '<w:b/>')}{run('覃区')}]",
        ),
        ("<w:r><w:t>一</w:t><w:tab/><w:t>青覃区</w:t></w:r>",
         f"<w:r><w:t>一</w:t><w:tab/><w:t></w:t></w:r>[{run('青覃区')}]"),
        ("<w:hyperlink w:anchor='a'>" + run("看青覃区") + "</w:hyperlink>",
         f"<w:hyperlink w:anchor='a'>{run('看')}[{run('青覃区')}]</w:hyperlink>"),
        # Where no mark may stand within: around the paragraph.
        (field("REF a", "青覃区"), f"[{field('REF a', '青覃区')}]"),
        (f"<w:pPr><w:ind/></w:pPr><w:r><w:ruby><w:rubyBase>{run('青覃区')}</w:rubyBase></w:ruby></w:r>",
         f"<w:pPr><w:ind/></w:pPr>[<w:r><w:ruby><w:rubyBase>{run('青覃区')}</w:rubyBase></w:ruby></w:r>]"),
        ("<w:r><w:pict><w:txbxContent>" + paragraph("青覃区") + "</w:txbxContent></w:pict></w:r>",
         "[<w:r><w:pict><w:txbxContent>" + paragraph("青覃区") + "</w:txbxContent></w:pict></w:r>]"),
    ],
)  # fmt: skip
def test_comments_stand_at_the_words(body: str, wanted: str, tmp_path: Path) -> None:
    """A run is divided where a word begins or ends in it, each part in its format; nothing else changes."""
    one = annotate(tmp_path, made(f"<w:p>{body}</w:p>"))
    assert marked(inner(one.content)) == f"<w:p>{wanted}</w:p>"


def test_what_stands_elsewhere_is_told_near_it(tmp_path: Path) -> None:
    """Of a header at the first paragraph, of a note where the text refers to it, each with its place."""
    note = f"<w:footnotes xmlns:w='{WORD}'><w:footnote w:id='3'>{paragraph('青覃区')}</w:footnote></w:footnotes>"
    parts = {"word/h.xml": f"<w:hdr xmlns:w='{WORD}'>{paragraph('青覃区')}</w:hdr>", "word/f.xml": note}
    body = f"<w:p/><w:p>{run('甲')}<w:r><w:footnoteReference w:id='3'/></w:r></w:p>"
    related = relation("r1", "header", "h.xml") + relation("r2", "footnotes", "f.xml")
    one = annotate(tmp_path, made(body, parts, related))
    assert marked(inner(one.content)) == "<w:p>[]</w:p>" + body.removeprefix("<w:p/>").replace(
        "<w:p>", "<w:p>["
    ).replace("</w:p>", "]</w:p>")
    said = re.findall("T107 错误（(.*?)）：", inner(one.content, "word/comments.xml"))
    assert sorted(said) == ["脚注 1", "页眉"]


def test_a_comment_that_nothing_in_the_text_refers_to(tmp_path: Path) -> None:
    """As one in a header: what is wrong in it is told at the first paragraph."""
    header = f"<w:hdr xmlns:w='{WORD}'><w:p><w:r><w:commentReference w:id='1'/></w:r></w:p></w:hdr>"
    comments = f"<w:comments xmlns:w='{WORD}'><w:comment w:id='1'>{paragraph('青覃区')}</w:comment></w:comments>"
    related = relation("r1", "header", "h.xml") + relation("r2", "comments", "c.xml")
    one = annotate(tmp_path, made(paragraph("甲"), {"word/h.xml": header, "word/c.xml": comments}, related))
    assert marked(inner(one.content)) == f"<w:p>[{run('甲')}]</w:p>"
    assert "T107 错误（批注 1）" in inner(one.content, "word/c.xml")


def test_other_comments_stay(tmp_path: Path) -> None:
    """Theirs come first, ours have numbers of their own; the rest of the package is as it was."""
    theirs = f"<w:comment w:id='7' w:author='甲'>{paragraph('请核对')}</w:comment>"
    parts = {"word/comments.xml": f"<w:comments xmlns:w='{WORD}'>{theirs}</w:comments>", "word/a.bin": b"1" * 99}
    body = paragraph("青覃区") + "<w:p><w:r><w:commentReference w:id='7'/></w:r></w:p>"
    content = made(body, parts, relation("r1", "comments", "comments.xml"))
    one = annotate(tmp_path, content)
    text = inner(one.content, "word/comments.xml")
    assert theirs in text and 'w:id="8" w:author="jimo-lint"' in text and "“青覃区”" in text
    before, after = (zipfile.ZipFile(io.BytesIO(body)) for body in (content, one.content))
    assert before.namelist() == after.namelist()
    changed = [name for name in before.namelist() if before.read(name) != after.read(name)]
    assert changed == ["word/document.xml", "word/comments.xml"]


@pytest.mark.parametrize("prefix", ["", "w:"])
def test_strict_documents_and_documents_without_prefix(prefix: str, tmp_path: Path) -> None:
    """The new part is of the same kind, and stands beside one that has its name."""
    packing = io.BytesIO()
    space = f'xmlns{":w" if prefix else ""}="{STRICT}"'
    with zipfile.ZipFile(packing, "w") as package:
        text = "<document {}><body><p><r><t>青覃区</t></r></p></body></document>".replace("<", f"<{prefix}")
        package.writestr("word/document.xml", text.replace(f"<{prefix}/", f"</{prefix}").format(space))
        package.writestr("word/comments.xml", "<a/>")
    one = annotate(tmp_path, packing.getvalue())
    assert f'<w:comments xmlns:w="{STRICT}">' in inner(one.content, "word/comments1.xml")
    related = inner(one.content, "word/_rels/document.xml.rels")
    assert 'Type="http://purl.oclc.org/ooxml/officeDocument/relationships/comments"' in related
    assert f"<{prefix}commentReference" in inner(one.content)


def test_the_copy_is_a_file_of_its_own(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """python-docx opens it; nothing that is there is overwritten; numbers of people are masked in what is said."""
    path, copy = tmp_path / "稿.docx", tmp_path / "稿（批注）.docx"
    word = Word()
    word.add_paragraph(f"身份证号{ID_NUMBER}，研究布署。")
    word.save(str(path))
    before = path.read_bytes()
    copy.write_text("别人的")
    (tmp_path / "页.md").write_text("研究布署", encoding="utf-8")
    assert jimo_lint(["check", "--isolated", str(path), str(tmp_path / "页.md"), "--annotate"]) == 1
    told = capsys.readouterr().err
    assert "稿（批注）-2.docx：写了 2 条批注" in told and "不是 docx 1 个" in told
    assert path.read_bytes() == before and copy.read_text() == "别人的"
    opened = Word(str(tmp_path / "稿（批注）-2.docx"))
    said = [(one.author, one.paragraphs[0].text) for one in opened.comments]
    assert [author for author, _ in said] == ["jimo-lint"] * 2
    assert said[0][1].startswith("P101 错误：") and ID_NUMBER not in str(said) and "“部署”" in said[1][1]
    assert next(iter(opened.comments)).paragraphs[-1].text.startswith("依据：")
    assert opened.paragraphs[0].text == f"身份证号{ID_NUMBER}，研究布署。"


def test_a_signed_document_has_no_copy(tmp_path: Path) -> None:
    """A copy would show a signature that does not hold."""
    origin = "http://schemas.openxmlformats.org/package/2006/relationships/digital-signature/origin"
    packing = io.BytesIO(made(paragraph("青覃区")))
    with zipfile.ZipFile(io.BytesIO(made("", {}, relation("r1", origin, "a.sigs")))) as other:
        related = other.read("word/_rels/document.xml.rels")
    with zipfile.ZipFile(packing, "a") as package:
        package.writestr("_rels/.rels", related)
    one = annotate(tmp_path, packing.getvalue())
    assert (one.content, one.reason) == (b"", "有电子签名的文件")


def test_showing_goes_with_no_copy(tmp_path: Path) -> None:
    """--diff changes and writes nothing."""
    assert jimo_lint(["check", "--isolated", str(tmp_path), "--diff", "--annotate"]) == 2


def test_a_copy_of_ours_is_not_copied(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A folder that is checked again and again would double each time."""
    (tmp_path / "稿.docx").write_bytes(made(paragraph("研究布署")))
    for _ in range(3):
        jimo_lint(["check", "--isolated", "--select", "T", str(tmp_path), "--annotate"])
    assert "2 个没有写批注：已经有 jimo-lint 的批注 2 个" in capsys.readouterr().err
    assert sorted(one.stem for one in tmp_path.iterdir()) == ["稿", "稿（批注）", "稿（批注）-2", "稿（批注）-3"]
