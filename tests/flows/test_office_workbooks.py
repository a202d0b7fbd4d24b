"""One workbook as LibreOffice writes it in each format: every part is found at its place, and hidden cells as such.

Runs where LibreOffice is installed.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from jimo_lint.model import Mark
from tests.support import officebooks as books
from tests.support.office import libreoffice
from tests.unit.readers.test_workbooks import PLANTED, TABLE, UNSEEN, hidden, marks, read, said

SUFFIXES = (".xlsx", ".xls", ".ods", ".xlsm", ".xltx", ".ots", ".xlt")

pytestmark = [pytest.mark.slow, pytest.mark.skipif(libreoffice.SOFFICE is None, reason="没有安装 LibreOffice")]


@pytest.fixture(scope="module")
def saved(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the planted workbook in each format."""
    folder = tmp_path_factory.mktemp("books")
    made = folder / "made"
    made.mkdir()
    (made / "名单.xlsx").write_bytes(books.planted())
    libreoffice.convert(folder, [libreoffice.Job(made / "名单.xlsx", SUFFIXES, folder)])
    return folder


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_every_part_of_a_workbook_by_libreoffice_is_read_at_its_place(saved: Path, suffix: str) -> None:
    """Cells, notes, margins, hidden rows, columns and sheets, charts, pictures, links, title and author."""
    found = read((saved / f"名单{suffix}").read_bytes(), f"名单{suffix}")
    told = said(found)
    assert {place: told.get(place) for place in PLANTED} == PLANTED
    assert hidden(found) == UNSEEN
    assert found.document.title == "题名词"
    assert [one.url for one in found.document.links] == ["https://www.qingtan.example/f.pdf"]
    assert [one.text for one in found.document.blocks if "图表" in one.locator].count("图表词") == 1
    assert [one.load().size for one in found.pictures] == [(40, 30)]
    assert marks(found) >= {
        Mark("author", "文档属性", "王某"),
        Mark("hidden", TABLE, "隐藏的列 D"),
        Mark("hidden", TABLE, "隐藏的行 3"),
        Mark("hidden", "工作表“藏表”", "隐藏的工作表"),
        Mark("comments", TABLE, "1 处"),
    }
    assert not any(one.kind == "misnamed" for one in marks(found))
    choices = [one.text for one in found.document.blocks if one.locator.endswith("下拉选项")]
    assert choices or "处数据有效性" in found.unread
