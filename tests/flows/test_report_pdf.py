"""Both workbooks open in LibreOffice and print as meant (runs where LibreOffice is installed)."""

from __future__ import annotations

import shutil
import subprocess
from dataclasses import replace

import pytest
from pypdf import PdfReader

from jimo_lint.model import Report
from jimo_lint.report.xlsx import columns, weekly
from tests.support import report_samples as samples
from tests.unit.report.test_report_workbook import hostile_report

SOFFICE = shutil.which("soffice")

ADDRESS = "https://www.yunxi.example/zwgk/" + "zfxxgkml/" * 9 + "t20261118_4101.html?id=" + "0123456789" * 8 + "end"

pytestmark = pytest.mark.skipif(SOFFICE is None, reason="没有安装 LibreOffice")


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[str]]:
    """The text of each page of the printed workbooks; one start of LibreOffice for all."""
    folder = tmp_path_factory.mktemp("pdf")
    weekly.write(samples.weekly(), folder / "weekly.xlsx")
    columns.write(samples.columns(), folder / "columns.xlsx")
    weekly.write(hostile_report("=1+1", samples.weekly()), folder / "formula.xlsx")
    weekly.write(hostile_report("#NAME?_x0041_", samples.weekly()), folder / "error.xlsx")
    weekly.write(addressed(ADDRESS), folder / "address.xlsx")
    names = ("weekly", "columns", "formula", "error", "address")
    subprocess.run(
        [
            str(SOFFICE),
            f"-env:UserInstallation={(folder / 'profile').as_uri()}",
            "--headless",
            *("--convert-to", "pdf", "--outdir", str(folder)),
            *(str(folder / f"{name}.xlsx") for name in names),
        ],
        check=True,
        capture_output=True,
        timeout=240,
    )
    return {name: [page.extract_text() or "" for page in PdfReader(folder / f"{name}.pdf").pages] for name in names}


@pytest.fixture(scope="module")
def pages(printed: dict[str, list[str]]) -> dict[str, list[str]]:
    """The same without blanks."""
    return {name: ["".join(page.split()) for page in texts] for name, texts in printed.items()}


def addressed(url: str) -> Report:
    """A report in which a page and a dead link have a long address."""
    base = samples.weekly()
    links = (replace(next(link for link in base.links if not link.sound), url=url, samples=(url,)),)
    return replace(base, findings=(samples.word_finding(url=url),), links=links)


def test_headings_are_printed_and_pages_numbered(pages: dict[str, list[str]]) -> None:
    """Title, table heads and page numbers are on the paper; nothing is a name error or too narrow."""
    for name, title, head in (
        ("weekly", "云溪区人民政府政务新媒体周检情况表", "审核人："),
        ("columns", "云溪区人民政府网站栏目体检报告", "复核人："),
    ):
        first, text = pages[name][0], "".join(pages[name])
        assert title in first and head in first
        assert f"第1页，共{len(pages[name])}页" in first
        assert "#NAME?" not in text and "###" not in text and "Err:" not in text


def test_each_sheet_is_one_page_wide(pages: dict[str, list[str]]) -> None:
    """The sample's sheets take a page or two each: no column runs over to a page of its own."""
    assert len(pages["weekly"]) <= 9
    assert len(pages["columns"]) <= 16


def test_hostile_text_is_printed_as_it_stands(pages: dict[str, list[str]]) -> None:
    """LibreOffice computes nothing from it and takes no escape for a letter."""
    assert "=1+1" in "".join(pages["formula"])
    assert "#NAME?_x0041_" in "".join(pages["error"])


def test_a_long_address_is_printed_whole_over_several_lines(printed: dict[str, list[str]]) -> None:
    """Of the page, of the link and of the page that holds it: no line goes on behind the edge of its cell.

    What lies behind the edge is in the PDF, too, so the length of the lines is what tells.
    """
    text = "\n".join(printed["address"])
    assert "".join(text.split()).count("0123456789end") >= 3
    assert max(len(line) for line in text.splitlines() if "0123456789012" in line or "zfxxgkml/" in line) < 60
