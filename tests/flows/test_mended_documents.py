"""Documents that Writer made, mended: the pages are equal but for the words, and Writer accepts changes and comments.

Runs where LibreOffice is installed.
"""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from jimo_lint.cli import run
from tests.support.office import libreoffice
from tests.unit.readers.test_open_text import KIND, SPACES

pytestmark = [pytest.mark.slow, pytest.mark.skipif(libreoffice.SOFFICE is None, reason="没有安装 LibreOffice")]

STYLES = (
    "<style:style style:name='B' style:family='text'><style:text-properties fo:font-weight='bold'/></style:style>"
    "<style:style style:name='R' style:family='text'><style:text-properties fo:color='#c00000' fo:font-size='20pt'/>"
    "</style:style><style:page-layout style:name='L'><style:header-style/><style:footer-style/></style:page-layout>"
)
MASTERS = (
    "<style:master-page style:name='Standard' style:page-layout-name='L'><style:header><text:p>工作布署简报</text:p>"
    "</style:header><style:footer><text:p>关健信息</text:p></style:footer></style:master-page>"
)
NOTE = (
    "<text:note text:note-class='{0}'><text:note-citation>1</text:note-citation><text:note-body><text:p>{0}里的布署"
    "</text:p></text:note-body></text:note>"
)
BOX = (
    "<draw:frame svg:x='2cm' svg:y='9cm' svg:width='9cm' svg:height='2cm' text:anchor-type='paragraph'><draw:text-box>"
    "<text:p>框里按装设备</text:p></draw:text-box></draw:frame>"
)
BODY = (
    "<text:h text:outline-level='1'>关于布署防汛工作的通知</text:h>"
    "<text:p>要求认真<text:span text:style-name='B'>布</text:span><text:span text:style-name='R'>署，抓好关</text:span>"
    "健环节" + NOTE.format("footnote") + "。</text:p>"
    "<text:p>已印发《关于布署的通知》，见<text:a xlink:type='simple' xlink:href='http://www.qingtan.example/'>布署页"
    "</text:a>" + NOTE.format("endnote") + "。</text:p>"
    "<table:table table:name='表'><table:table-column/><table:table-row><table:table-cell><text:p>第一季度按装</text:p>"
    "</table:table-cell></table:table-row></table:table>"
    f"<text:p>框在此{BOX}</text:p>"
)
WRONG = {"布署": "部署", "关健": "关键", "按装": "安装"}


@pytest.fixture(scope="module")
def looked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a document of Writer, mended in each way, and what Writer says of the results."""
    folder = tmp_path_factory.mktemp("稿")
    source = folder / "plain.fodt"
    spaces = SPACES + ' xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0"'
    source.write_text(
        f'<?xml version="1.0"?><office:document {spaces} office:version="1.3" office:mimetype="{KIND}">'
        f"<office:automatic-styles>{STYLES}</office:automatic-styles><office:master-styles>{MASTERS}"
        f"</office:master-styles><office:body><office:text>{BODY}</office:text></office:body></office:document>",
        encoding="utf-8",
    )
    libreoffice.convert(folder, [libreoffice.Job(source, [".docx"])])
    plain = source.with_suffix(".docx")
    for name, option in (("fixed", "--fix"), ("tracked", "--track"), ("annotated", "--annotate")):
        copy = Path(shutil.copy(plain, folder / f"{name}.docx"))
        run(["check", "--isolated", "--select", "T101", str(copy), option])
    (folder / "annotated（批注）.docx").replace(folder / "annotated.docx")
    shutil.rmtree(folder / "profile")
    libreoffice.run(folder, "Mender", f'Look("{folder.as_uri()}")')
    return folder


def words(path: Path) -> str:
    """The text of the pages, laid out as it is."""
    return subprocess.run(["pdftotext", "-layout", path, "-"], check=True, capture_output=True, text=True).stdout


def pages(path: Path) -> list[bytes]:
    """Pictures of the pages."""
    subprocess.run(["pdftoppm", "-r", "60", "-gray", path, path.with_suffix("")], check=True, capture_output=True)
    return [one.read_bytes() for one in sorted(path.parent.glob(f"{path.stem}-*.pgm"))]


def right(text: str) -> str:
    """The text with the wrong words right where they may be changed."""
    kept = re.compile("《[^》]*》|布署页")
    parts, at = [], 0
    for found in [*kept.finditer(text), None]:
        part = text[at : found.start() if found else len(text)]
        for wrong, word in WRONG.items():
            part = part.replace(wrong, word)
        parts += [part, found[0] if found else ""]
        at = found.end() if found else at
    return "".join(parts)


def test_pages_are_equal_but_for_the_words(looked: Path) -> None:
    """Headings, runs of several formats, tables, text boxes, margins and notes; titles and links stay."""
    plain, fixed = words(looked / "plain.pdf"), words(looked / "fixed.pdf")
    assert fixed == right(plain) != plain
    assert fixed.count("布署") == 2
    before, after = pages(looked / "plain.pdf"), pages(looked / "fixed.pdf")
    assert [len(one) for one in before] == [len(one) for one in after]
    for one, other in zip(before, after, strict=True):
        # A handful of characters of a page differ, not its lines.
        assert 0 < sum(map(int.__ne__, one, other)) < len(one) / 100


@pytest.mark.parametrize(("settled", "same"), [("accepted", "fixed"), ("rejected", "plain")])
def test_tracked_changes_are_what_they_say(settled: str, same: str, looked: Path) -> None:
    """Accepted by Writer, all at once, they are the mended document, rejected the one that was."""
    assert words(looked / f"{settled}.pdf") == words(looked / f"{same}.pdf")
    assert pages(looked / f"{settled}.pdf") == pages(looked / f"{same}.pdf")


def test_comments_are_seen_and_move_nothing(looked: Path) -> None:
    """Each stands at its word, or near it where there can be none; the pages stay as they were."""
    notes = [line.split("\t") for line in (looked / "notes").read_text(encoding="utf-8").splitlines()]
    assert all(author == "jimo-lint" and said.startswith("T101 错误") for author, _, said, *_ in notes)
    at_words = sorted(anchor for _, anchor, *_ in notes if len(anchor) == 2)
    assert at_words == sorted(["布署", "布署", "关健", "布署", "布署", "按装"])
    assert len(notes) == len(at_words) + 5  # margins, notes, text box
    assert words(looked / "annotated.pdf") == words(looked / "plain.pdf")
