"""The registry of drafts: each format is read by all who read drafts, worded and documented; content comes first."""

from __future__ import annotations

import base64
import bz2
import io
import re
from collections.abc import Callable, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from jimo_lint.cli.check import check as command
from jimo_lint.inspection import drafts, link_list, wordlist_tryout
from jimo_lint.inspection.judging import Bench, Settings
from jimo_lint.model import INSIDE, Account, Document, Platform, Problem, Report, TermEntry
from jimo_lint.readers.archives import archive
from jimo_lint.readers.drafts import local
from jimo_lint.readers.formats import FORMATS, SUFFIXES, find_format
from jimo_lint.readers.source import Source
from jimo_lint.settings.config import Config
from tests.conftest import ROOT
from tests.support import boxes, ofd, pdfs
from tests.unit.readers import test_old_slides as old_slides
from tests.unit.readers import test_open_text as open_text
from tests.unit.readers.test_docx_parts import relation
from tests.unit.readers.test_readers_doc import compound, word
from tests.unit.readers.test_readers_docx import packed, run
from tests.unit.readers.test_rich_text import rich
from tests.unit.readers.test_slides import shape, sheet, show, text

AS_OF = date(2026, 11, 22)
BAD = "http：//www.qingtan.example/a.html"  # an address that nobody can open
TITLE = "青潭区关于做好防汛工作的通知"
BODY = "青潭区各部门要抓好关健环节，落实防汛措施，确保群众安全度汛，不得有误，请认真遵照执行。"
PAGE = (
    f'<!DOCTYPE html><html><head><meta charset="utf-8"><title>{TITLE}</title></head><body><h1>{TITLE}</h1>'
    f'<div>发布时间：2026-11-20</div><div class="content"><p>{BODY}</p><p>见<a href="{BAD}">附件</a>。</p></div>'
    "</body></html>"
)


def docx(links: str = BAD) -> bytes:
    """A Word document of two paragraphs, a link in the second."""
    field = f'<w:fldSimple w:instr=" HYPERLINK &quot;{links}&quot; ">{run("附件")}</w:fldSimple>'
    body = f"<w:p>{run(TITLE)}</w:p><w:p>{run(BODY)}</w:p><w:p>{run('见')}{field}</w:p>"
    packing = io.BytesIO()
    packed(packing, body)  # type: ignore[arg-type]  # zipfile takes either
    return packing.getvalue()


def doc(folder: Path) -> bytes:
    """The same of Word 97, as WPS writes it."""
    text = f'{TITLE}\r{BODY}\r见\x13HYPERLINK "{BAD}"\x14附件\x15\r'
    return word(folder / "made", "", text).read_bytes()


def pdf(link: str = BAD) -> bytes:
    """A page of two paragraphs, a link over the second."""
    action = f"/A<</S/URI/URI({link})>>"
    page = pdfs.Page(
        [(72, 760, TITLE, 16), *pdfs.paragraph(BODY), (72, 620, "见附件")],
        annotations=[f"<</Type/Annot/Subtype/Link/Rect[72 615 120 635]{action}>>"],
    )
    return pdfs.pdf(page, info={"Title": TITLE})


def xlsx(link: str = BAD) -> bytes:
    """A workbook of three cells, the last with a link."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet["A1"], sheet["A2"], sheet["B2"] = TITLE, BODY, "附件"
    sheet["B2"].hyperlink = link
    packing = io.BytesIO()
    book.save(packing)
    return packing.getvalue()


def pptx(link: str = BAD) -> bytes:
    """A show of one slide."""
    linked = '<a:p><a:r><a:rPr><a:hlinkClick r:id="h"/></a:rPr><a:t>附件</a:t></a:r></a:p>'
    relations = {"slides/slide1.xml": relation("h", "hyperlink", link, external=True)}
    return show(sheet(shape(text(TITLE, BODY) + linked)), relations=relations)


def odt(link: str = BAD) -> bytes:
    """A text of OpenDocument."""
    return open_text.packed(
        f"<text:h>{TITLE}</text:h><text:p>{BODY}</text:p><text:p>见<text:a xlink:href='{link}'>附件</text:a></text:p>"
    )


def rtf(link: str = BAD) -> bytes:
    """Rich text."""
    return rich(f'{TITLE}\\par {BODY}\\par 见{{\\field{{\\*\\fldinst HYPERLINK "{link}"}}{{\\fldrslt 附件}}}}\\par')


def mhtml() -> bytes:
    """The page as a browser saves it in one file."""
    head = "From: <Saved by Blink>\nMIME-Version: 1.0\nContent-Type: multipart/related;\n\tboundary=x\n\n"
    part = f"--x\nContent-Type: text/html; charset=utf-8\nContent-Transfer-Encoding: 8bit\n\n{PAGE}\n--x--\n"
    return (head + part).encode()


def sent() -> bytes:
    """The page as somebody mails it."""
    head = f"From: a@qingtan.example\nTo: b@qingtan.example\nSubject: =?utf-8?B?{_base64(TITLE)}?=\nMIME-Version: 1.0\n"
    return f"{head}Content-Type: text/html; charset=utf-8\nContent-Transfer-Encoding: 8bit\n\n{PAGE}".encode()


def _base64(words: str) -> str:
    return base64.b64encode(words.encode()).decode()


def saved(links: str = BAD) -> bytes:
    """The same as Outlook saves it."""
    return boxes.msg(boxes.outlook({"0037": TITLE, "1013": PAGE.replace(BAD, links)}))


def laid_out(links: str = BAD) -> bytes:
    """The notice on a page, with a link on it."""
    link = f'<Annot ID="7" Type="Link"><Action><URI URI="{links}"/></Action></Annot>'
    page = ofd.Page(ofd.paragraph(TITLE, BODY))
    return ofd.document([page], notes={1: link}, info=f"<Title>{TITLE}</Title>")


# Of each format its files: suffix and content.
MADE: dict[str, dict[str, Callable[[Path], bytes]]] = {
    "word": {".docx": lambda _: docx(), ".doc": doc, ".wps": doc},
    "pdf": {".pdf": lambda _: pdf()},
    "workbook": {".xlsx": lambda _: xlsx(), ".et": lambda _: xlsx()},
    "csv": {".csv": lambda _: f"标题,链接\n{TITLE},{BAD}\n{BODY},\n".encode("gb18030")},
    "slides": {".pptx": lambda _: pptx(), ".ppsx": lambda _: pptx()},
    "old_slides": dict.fromkeys((".ppt", ".dps"), lambda _: old_slides.simple(TITLE, BODY, link=BAD)),
    "open_document": {".odt": lambda _: odt(), ".ott": lambda _: odt()},
    "rtf": {".rtf": lambda _: rtf()},
    "html": {".html": lambda _: PAGE.encode(), ".shtml": lambda _: PAGE.encode("gb18030")},
    "mhtml": {".mht": lambda _: mhtml(), ".mhtml": lambda _: mhtml()},
    "mail": {".eml": lambda _: sent()},
    "outlook": {".msg": lambda _: saved()},
    "ofd": {".ofd": lambda _: laid_out()},
    "zip": {".zip": lambda _: boxes.zipped({"内/稿.docx": docx()})},
    "tar": {
        ".tar": lambda _: boxes.tarred({"内/稿.docx": docx()}),
        ".tgz": lambda _: boxes.tarred({"内/稿.docx": docx()}, "w:gz"),
        ".txz": lambda _: boxes.tarred({"内/稿.docx": docx()}, "w:xz"),
        ".bz2": lambda _: bz2.compress(docx()),
    },
    "7z-rar": {
        ".7z": lambda folder: boxes.seven(folder, {"内/稿.docx": docx()}),
        ".rar": lambda _: boxes.rar({"内/稿.docx": docx()}),
    },
    "markdown": {".md": lambda _: f"# {TITLE}\n\n{BODY}\n\n见[附件]({BAD})。\n".encode()},
    "text": {".txt": lambda _: f"{TITLE}\n{BODY}\n".encode("gb18030")},
}
FILES = [(name, suffix) for name, made in MADE.items() for suffix in made]
# How to make those with another link whose bytes are not those of their text.
LINKING: dict[str, Callable[[str], bytes]] = {
    "word": docx,
    "outlook": saved,
    "ofd": laid_out,
    "workbook": xlsx,
    "slides": pptx,
    "old_slides": lambda link: old_slides.simple(TITLE, BODY, link=link),
    "open_document": odt,
    "rtf": rtf,
    "zip": lambda link: boxes.zipped({"内/稿.docx": docx(link)}),
    "tar": lambda link: boxes.tarred({"内/稿.docx": docx(link)}),
    "7z-rar": lambda link: boxes.rar({"内/稿.docx": docx(link)}),
}
# What is published as a post: of an archive a table is the list of posts, a PDF an attachment.
POSTS = ("word", "html", "mhtml", "markdown", "text")


def made(folder: Path, name: str, suffix: str) -> Path:
    """A file of a format."""
    path = folder / f"2026-11-20-稿件{suffix}"
    path.write_bytes(MADE[name][suffix](folder))
    (folder / "made").unlink(missing_ok=True)
    return path


def checked(*paths: Path) -> dict[str, tuple[set[str], list[str]]]:
    """Codes and problems of `check`, by the file's name."""
    report, _ = drafts.check(local.read(paths, as_of=AS_OF), Config(), as_of=AS_OF)
    return told(paths, report)


def linked(*paths: Path) -> dict[str, tuple[set[str], list[str]]]:
    """Codes and problems of `links`, where no address is one that could be asked, by the file's name."""
    report = link_list.check([(str(path), None) for path in paths], "", Bench(Config(), Settings(AS_OF, (), ())), None)
    assert not report.links
    return told(paths, report)


def told(paths: Sequence[Path], report: Report) -> dict[str, tuple[set[str], list[str]]]:
    """Codes and problems by the file's name."""
    return {
        path.name: (
            {one.code for one in report.findings if str(path) in map(_outermost, (one.url, *one.samples))},
            [one.message for one in report.problems if _outermost(one.place) == str(path)],
        )
        for path in paths
    }


def _outermost(place: str) -> str:
    return place.partition(INSIDE)[0]


@pytest.fixture(scope="module")
def reports(tmp_path_factory: pytest.TempPathFactory) -> tuple[dict[str, Any], dict[str, Any]]:
    """What `check` and `links` say about a file of each kind, each judged once for all tests."""
    folder = tmp_path_factory.mktemp("drafts")
    texts = [made(folder, name, suffix) for name, suffix in FILES]
    found = checked(*texts)
    next(path for path in texts if path.suffix == ".txt").write_text(f"{BAD}\thttp 全角\n", encoding="utf-8")
    return found, linked(*texts)


def test_every_format_has_its_files_here() -> None:
    """A new format is put to all the tests below."""
    # What pictures say cannot be drawn here, without a Chinese font: test_pictures.py has them, of digits.
    assert MADE.keys() == {one.name for one in FORMATS} - {"picture"}
    assert len(set(SUFFIXES)) == len(SUFFIXES)


@pytest.mark.parametrize(("name", "suffix"), FILES)
def test_check_and_links_read_every_format(reports: tuple[dict[str, Any], ...], name: str, suffix: str) -> None:
    """The wrong word is found, and the address that nobody can open; `links` takes each line of a text for one."""
    (codes, problems), (of_links, unread) = (report[f"2026-11-20-稿件{suffix}"] for report in reports)
    assert codes >= {"T101"} | ({"L134"} if name != "text" else set())
    assert of_links == {"L134"}
    assert not problems + unread


CHARSET = {"csv": "gb18030"}
WRITTEN = {"http：//www.qingtan.example/": "L134", "htttps://www.qingtan.example/": "L134", "file:///C:/a.doc": "L104"}


def test_links_that_nobody_can_open_are_told_in_every_format(tmp_path: Path) -> None:
    """Full-width colons, misspelt schemes and files of the author's own computer."""
    wanted = {}
    for number, (written, code) in enumerate(WRITTEN.items()):
        for name in MADE:
            suffix = next(iter(MADE[name]))
            path = tmp_path / f"{number}{suffix}"
            if name in LINKING:
                body = LINKING[name](written)
            else:
                charset = CHARSET.get(name, "utf-8")
                body = MADE[name][suffix](tmp_path).replace(BAD.encode(charset), written.encode(charset))
            path.write_bytes(body if name != "text" else f"{written} 说明\n".encode())
            wanted[path.name] = ({code}, [])
    assert linked(*sorted(tmp_path.iterdir())) == wanted


@pytest.mark.parametrize(("name", "suffix"), FILES)
def test_words_test_reads_every_format(tmp_path: Path, name: str, suffix: str) -> None:
    """A word of the list is found once in the text."""
    path = made(tmp_path, name, suffix)
    done = wordlist_tryout.trial([TermEntry("安全度汛")], wordlist_tryout.files([path], AS_OF), Config(), AS_OF)
    assert [(tally.hits, tally.pages) for tally in done.tallies] == [(1, 1)]
    assert not done.problems


@pytest.mark.parametrize(("name", "suffix"), [(name, suffix) for name, suffix in FILES if name in POSTS])
def test_archives_read_every_format(tmp_path: Path, name: str, suffix: str) -> None:
    """One file is one post, with its day and, where the format has links, the address."""
    made(tmp_path, name, suffix)
    account = Account("a", "青潭发布", Platform.WECHAT, archive=str(tmp_path))
    (post,) = archive.read([account], tmp_path, AS_OF)
    assert isinstance(post, Document)
    assert BODY in post.text
    assert post.published is not None and post.published.date() == date(2026, 11, 20)
    assert [one.kind for one in post.links] == ([] if name == "text" else ["malformed"])
    assert not post.post_facts.proves_silence
    if name != "text":
        assert post.title == TITLE


LYING = {
    "a page called doc": (PAGE.encode(), ".doc", "html"),
    "a page called txt": (b"\xef\xbb\xbf\r\n<!-- x -->" + PAGE.encode(), ".txt", "html"),
    "an xhtml page called docx": (b'<?xml version="1.0"?>\n' + PAGE.encode(), ".docx", "html"),
    "a page without html called wps": ("<head><meta charset='utf-8'></head>关健".encode(), ".wps", "html"),
    "docx called txt": (docx(), ".txt", "word"),
    "docx called doc": (docx(), ".doc", "word"),
    "docx called html": (docx(), ".html", "word"),
    "docx called pdf": (docx(), ".pdf", "word"),
    "pdf called docx": (pdf(), ".docx", "pdf"),
    "pdf behind the head of an answer, called txt": (b"Content-Type: application/pdf\n\n" + pdf(), ".txt", "pdf"),
    "a page called pdf": (PAGE.encode(), ".pdf", "html"),
    "markdown about pdf": ("# 格式\n\n文件以 %PDF-1.7 开头。\n".encode(), ".md", "markdown"),
    "docx without suffix": (docx(), "", "word"),
    "pptx called docx": (pptx(), ".docx", "slides"),
    "odt called doc": (odt(), ".doc", "open_document"),
    "rtf called doc": (rtf(), ".doc", "rtf"),
    "rtf called txt": (rtf(), ".txt", "rtf"),
    "slides of 97 called pptx": (old_slides.simple("字"), ".pptx", "old_slides"),
    "flat odt called xml": (open_text.flat("<text:p>字</text:p>"), ".xml", "open_document"),
    "one file page called doc": (mhtml(), ".doc", "mhtml"),
    "markdown that begins with markup": (b"<div>\n\n# x\n\n</div>", ".md", "markdown"),
    "text that begins with a bracket": ("<通知>各单位：".encode(), ".txt", "text"),
    "text that begins like a letter": ("From: 办公室\n各单位：".encode(), ".txt", "text"),
}


@pytest.mark.parametrize("case", LYING)
def test_content_comes_before_the_suffix(case: str) -> None:
    """What a file is called matters only where its content does not say what it is."""
    body, suffix, wanted = LYING[case]
    found = find_format(Source("稿", body), suffix)
    assert found is not None and found.name == wanted


def test_a_document_of_word_97_called_docx_is_read(tmp_path: Path) -> None:
    """And one that is called by no name of a draft."""
    body = doc(tmp_path)
    paths = [tmp_path / f"稿{suffix}" for suffix in (".docx", ".txt", ".bak")]
    for path in paths:
        path.write_bytes(body)
    assert [codes for codes, _ in checked(*paths).values()] == [{"T101", "L134"}] * 3


FOREIGN = {
    "half an rtf called doc": (b"{\\rtf1\\ansi x", ".doc", "RTF 文档已损坏"),
    "pdf called docx": (b"%PDF-1.7\n", ".docx", "PDF"),
    "pdf called md": (b"%PDF-1.7\n", ".md", "PDF"),
    "xml of word called doc": (
        b'<?xml version="1.0"?><?mso-application progid="Word.Document"?><w/>',
        ".doc",
        "不是 Word",
    ),
    "text called docx": ("各单位：".encode(), ".docx", "不是 Word 文档"),
    "workbook called doc": (compound({"Workbook": b"x"}), ".doc", "不是完好的 .xls 工作簿"),
    "picture called html": (b"\x89PNG\r\n\x1a\n\0\0", ".html", "图片已损坏"),
    "workbook": (compound({"Workbook": b"x"}), ".xls", "不是完好的 .xls 工作簿"),
    "text called xls": ("各单位：".encode(), ".xls", "不是工作簿"),
    "a saved page without a page": (mhtml().replace(b"text/html", b"image/png"), ".mht", "没有网页"),
}


def test_what_is_no_draft_is_named(tmp_path: Path) -> None:
    """By `check` and by `links`, with what it is; neither passes it over."""
    paths = []
    for case, (body, suffix, _) in FOREIGN.items():
        paths.append(tmp_path / f"{case}{suffix}")
        paths[-1].write_bytes(body)
    problems = {Path(one.place).stem: one for one in local.read(paths, as_of=AS_OF) if isinstance(one, Problem)}
    assert problems.keys() == FOREIGN.keys()
    for case, (_, _, words) in FOREIGN.items():
        assert words in problems[case].message and not problems[case].excused
    assert all((codes, len(told)) == (set(), 1) for codes, told in linked(*paths).values())


def test_what_is_not_read_of_a_draft_is_named_by_all(tmp_path: Path) -> None:
    """Pictures of a Word document, in a check, in a check of links and in an archive."""
    packed(tmp_path / "2026-11-20-稿.docx", f"<w:p>{run(TITLE)}</w:p><w:p>{run(BODY)}</w:p>", image1="", image2="")
    path = next(tmp_path.iterdir())
    account = Account("a", "青潭发布", Platform.WECHAT, archive=str(tmp_path))
    in_archive = [one.message for one in archive.read([account], tmp_path, AS_OF) if isinstance(one, Problem)]
    trying = wordlist_tryout.trial([TermEntry("安全度汛")], wordlist_tryout.files([path], AS_OF), Config(), AS_OF)
    in_trial = [one.message for one in trying.problems]
    for said in (checked(path)[path.name][1], linked(path)[path.name][1], in_archive, in_trial):
        assert len(said) == 1 and re.search("2 张(?:打不开的)?图片", said[0])


@pytest.mark.parametrize(("suffix", "width"), [(".html", 9), (".mht", 2)])
def test_columns_are_those_of_the_file_or_of_the_paragraph(tmp_path: Path, suffix: str, width: int) -> None:
    """An entity takes its own length in a page; in a page in one file, whose lines are encoded, it is a character."""
    path = tmp_path / f"稿{suffix}"
    page = mhtml() if suffix == ".mht" else PAGE.encode()
    path.write_bytes(page.replace("关健".encode(), "关&#20581;".encode()))
    report, _ = drafts.check(local.read([path], as_of=AS_OF), Config(), as_of=AS_OF)
    (place,) = [one.position for one in report.findings if one.matched == "关健"]
    assert place is not None and place.end_column - place.column == width
    assert (place.column == BODY.index("关健") + 1) == (suffix == ".mht")


def test_a_page_that_is_no_article_is_no_post(tmp_path: Path) -> None:
    """A list, a page to log in and an error page that somebody saved are named; an article beside them is read."""
    rows = "".join(
        f'<li><a href="/a{n}.html">青潭区第{n}次会议的通知</a><span>2026-11-{n:02}</span></li>' for n in range(1, 9)
    )
    for name, body in (
        ("列表", f"<ul>{rows}</ul>"),
        ("登录", "<form><input name=u><input type=password><button>登录</button></form>"),
        ("出错", "<h1>404 Not Found</h1>"),
    ):
        (tmp_path / f"{name}.html").write_text(f"<!DOCTYPE html><html><body>{body}</body></html>", encoding="utf-8")
    (tmp_path / "文章.html").write_text(PAGE, encoding="utf-8")
    values = list(archive.read([Account("a", "青潭发布", Platform.APP)], tmp_path, AS_OF))
    assert [one.title for one in values if isinstance(one, Document)] == [TITLE]
    told = {Path(one.place).stem for one in values if isinstance(one, Problem)}
    assert told == {"列表", "登录", "出错"}


def test_the_site_around_a_saved_article_is_not_the_accounts(tmp_path: Path) -> None:
    """Menus and footer are no words of the post, and their links none of its links; the article's link is."""
    body = PAGE.replace(
        "<h1>", '<div class="nav"><a href="https://www.qingtan.example/jg/">机构职能</a></div><h1>'
    ).replace(f'href="{BAD}"', 'href="https://www.qingtan.example/f.pdf"')
    (tmp_path / "a.html").write_text(
        body.replace("</body>", '<div class="footer">主办：青潭区政府办</div></body>'), "utf-8"
    )
    (post,) = archive.read([Account("a", "青潭发布", Platform.APP)], tmp_path, AS_OF)
    assert isinstance(post, Document)
    assert [one.url for one in post.links] == ["https://www.qingtan.example/f.pdf"]
    assert "机构职能" not in post.text and "主办" not in post.text
    assert post.published == datetime(2026, 11, 20)


def test_a_day_without_its_year_is_no_day_of_a_saved_article(tmp_path: Path) -> None:
    """The reader does not know the day of the check; nothing may look fresh by a guess."""
    (tmp_path / "a.html").write_text(PAGE.replace("2026-11-20", "11-20"), encoding="utf-8")
    (post,) = archive.read([Account("a", "青潭发布", Platform.APP)], tmp_path, AS_OF)
    assert isinstance(post, Document)
    assert post.published is None


def test_every_format_is_worded_and_documented() -> None:
    """docs/drafts.md has its row, to which the help of `check` leads."""
    documented = (ROOT / "docs" / "drafts.md").read_text(encoding="utf-8")
    assert "docs/drafts.md" in (command.help or "")
    for one in FORMATS:
        assert f"| {one.title} | {' '.join(one.suffixes)} |" in documented
