"""PDF files that LibreOffice and Chromium made: what was planted in each part is found there, and nothing else.

Runs where these programs are installed.
"""

from __future__ import annotations

import shutil
import subprocess
from collections import Counter
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest

from jimo_lint.inspection import drafts
from jimo_lint.model import Document
from jimo_lint.privacy.kinds import RESIDENT_ID
from jimo_lint.readers.drafts import local
from jimo_lint.settings.config import Config

SOFFICE, CHROMIUM = shutil.which("soffice"), shutil.which("chromium")
AS_OF = date(2026, 11, 22)
FONT = "Noto Sans CJK SC"
# A wrong word at every place of a line, and so at some over its end and over that of a page.
PLANTED = 60
IDS = [
    "11010519491231002X", "110105194912310038", "110105194912310054", "110105194912310070", "110105194912310097",
]  # fmt: skip

pytestmark = pytest.mark.slow


def paragraphs() -> list[str]:
    """Each longer by one up to its wrong word."""
    return [("要抓好2026年防汛救灾工作" * 9)[: 21 + number] + "关健环节不得有误。" for number in range(PLANTED)]


def cells() -> list[tuple[str, str, str]]:
    """Rows of a table whose second column is too narrow for its numbers."""
    return [
        ("姓名", "身份证号", "职务"),
        *((f"张{one}", number, "科员") for one, number in zip("甲乙丙丁戊", IDS, strict=True)),
    ]


def flat_document() -> str:
    """A document of LibreOffice: head, foot with page number, note, table, two columns."""
    spaces = " ".join(
        f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{of}:1.0"'
        for name, of in {
            "office": "office", "text": "text", "style": "style", "table": "table",
            "fo": "xsl-fo-compatible", "svg": "svg-compatible",
        }.items()
    )  # fmt: skip
    widths = ("3cm", "2.4cm", "4cm")
    styles = "".join(
        f'<style:style style:name="c{at}" style:family="table-column"><style:table-column-properties '
        f'style:column-width="{width}"/></style:style>'
        for at, width in enumerate(widths)
    )
    rows = "".join(
        "<table:table-row>"
        + "".join(f'<table:table-cell><text:p text:style-name="cell">{one}</text:p></table:table-cell>' for one in row)
        + "</table:table-row>"
        for row in cells()
    )
    note = (
        '<text:note text:note-class="footnote"><text:note-citation>1</text:note-citation><text:note-body>'
        "<text:p>脚注里的关健说明。</text:p></text:note-body></text:note></text:p>"
    )
    body = [f'<text:p text:style-name="indent">{one}</text:p>' for one in paragraphs()]
    body[3] = body[3].replace("</text:p>", note)
    columns = "".join(f'<text:p text:style-name="indent">{one}</text:p>' for one in paragraphs()[:20])
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document {spaces} office:version="1.3" '
        'office:mimetype="application/vnd.oasis.opendocument.text"><office:font-face-decls>'
        f'<style:font-face style:name="f" svg:font-family="\'{FONT}\'"/></office:font-face-decls><office:styles>'
        '<style:default-style style:family="paragraph"><style:text-properties style:font-name="f" '
        'style:font-name-asian="f" fo:font-size="14pt" style:font-size-asian="14pt" fo:language="zh" fo:country="CN" '
        'style:language-asian="zh" style:country-asian="CN"/></style:default-style></office:styles>'
        '<office:automatic-styles><style:style style:name="indent" style:family="paragraph">'
        "<style:paragraph-properties "
        f'fo:text-indent="28pt" fo:text-align="justify"/></style:style>{styles}'
        '<style:style style:name="cell" style:family="paragraph"><style:text-properties fo:font-size="10pt" '
        'style:font-size-asian="10pt"/></style:style>'
        '<style:style style:name="t" style:family="table"><style:table-properties style:width="9.4cm" '
        'table:align="left"/></style:style>'
        '<style:style style:name="s" style:family="section"><style:section-properties><style:columns '
        'fo:column-count="2" fo:column-gap="1cm"/></style:section-properties></style:style>'
        '<style:page-layout style:name="p"><style:page-layout-properties fo:page-width="21cm" fo:page-height="29.7cm" '
        'fo:margin="2cm"/><style:header-style/><style:footer-style/></style:page-layout></office:automatic-styles>'
        '<office:master-styles><style:master-page style:name="Standard" style:page-layout-name="p"><style:header>'
        "<text:p>页眉里的关健工作简报</text:p></style:header><style:footer><text:p>第 <text:page-number/> 页 共 "
        "<text:page-count/> 页</text:p></style:footer></style:master-page></office:master-styles><office:body>"
        f'<office:text>{"".join(body)}<table:table table:style-name="t">'
        + "".join(f'<table:table-column table:style-name="c{at}"/>' for at in range(3))
        + f'{rows}</table:table><text:section text:style-name="s" text:name="x">{columns}</text:section>'
        "</office:text></office:body></office:document>"
    )


def page() -> str:
    """The like for Chromium, which prints it."""
    rows = "".join("<tr>" + "".join(f"<td>{one}</td>" for one in row) + "</tr>" for row in cells())
    body = "".join(f"<p>{one}</p>" for one in paragraphs())
    columns = "".join(f"<p>{one}</p>" for one in paragraphs()[:20])
    return (
        "<!DOCTYPE html><meta charset=utf-8><title>通知</title><style>@page{size:A4;margin:20mm} "
        f"body{{font:16px '{FONT}'}}"
        "p{text-indent:2em;margin:0;line-height:1.7} .two{column-count:2} td{border:1px solid;width:80px;"
        f"word-break:break-all;font-size:14px}} table{{border-collapse:collapse}}</style>{body}<table>{rows}</table>"
        f"<div class=two>{columns}</div>"
    )


@pytest.fixture(scope="module")
def by_libreoffice(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The document as LibreOffice exports it."""
    if SOFFICE is None:
        pytest.skip("没有安装 LibreOffice")
    folder = tmp_path_factory.mktemp("office")
    (folder / "稿.fodt").write_text(flat_document(), encoding="utf-8")
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    run([SOFFICE, profile, "--headless", "--convert-to", "pdf", "--outdir", str(folder), str(folder / "稿.fodt")])
    return folder / "稿.pdf"


@pytest.fixture(scope="module")
def by_chromium(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The page as Chromium prints it, with its own head and foot."""
    if CHROMIUM is None:
        pytest.skip("没有安装 Chromium")
    folder = tmp_path_factory.mktemp("browser")
    (folder / "稿.html").write_text(page(), encoding="utf-8")
    made = folder / "稿.pdf"
    run([CHROMIUM, "--headless", "--no-sandbox", "--disable-gpu", f"--print-to-pdf={made}", str(folder / "稿.html")])
    return made


def run(command: Sequence[str]) -> None:
    """A program, to its end."""
    subprocess.run(command, check=True, capture_output=True, timeout=240)


def found(path: Path) -> tuple[Counter[str], Document]:
    """Where the wrong words are, by the place without the page's number, and the document."""
    (document,) = (one for one in local.read([path], as_of=AS_OF) if isinstance(one, Document))
    report, _ = drafts.check(iter([document]), Config(), as_of=AS_OF)
    words = [one for one in report.findings if one.code == "T101"]
    places = Counter(one.locator.split(" 页", 1)[1].strip() for one in words)
    assert {one.code for one in report.findings} <= {"T101", "P101", "P107"}, {
        (one.code, one.matched) for one in report.findings
    }
    return places, document


def test_what_was_written_is_found_in_what_libreoffice_makes(by_libreoffice: Path) -> None:
    """At every place of a line, over its end and that of a page, in a column, in head and note; numbers are whole."""
    places, document = found(by_libreoffice)
    # 60 in the body, 20 in columns, one in the note.
    assert places == {"": PLANTED + 21, "页眉": 1}
    assert sum(one.what == RESIDENT_ID for one in document.personal) == len(IDS)
    text = "".join(block.text for block in document.blocks)
    assert "要抓好2026年防汛救灾" in text and " 2026" not in text
    assert [block.text for block in document.blocks if block.locator.endswith("页脚")] == ["第 1 页 共 5 页"]


def test_what_was_written_is_found_in_what_chromium_prints(by_chromium: Path) -> None:
    """The same of a page printed from a browser."""
    places, document = found(by_chromium)
    assert places == {"": PLANTED + 20}
    assert sum(one.what == RESIDENT_ID for one in document.personal) == len(IDS)
    assert {block.locator for block in document.blocks if block.kind == "footer"} <= {"第 1 页 页眉", "第 1 页 页脚"}
    assert any(str(by_chromium.parent.name) in block.text for block in document.blocks if block.kind == "footer")
