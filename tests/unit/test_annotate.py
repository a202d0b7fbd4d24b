"""The annotating tool: what a sheet holds, which marks are refused, how the tables are computed."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import openpyxl
import pytest

from jimo_lint.errors import InputError
from jimo_lint.lint.engine import Engine
from jimo_lint.model import Context
from tests.support import shipped
from tools import annotate

TEXT = "资金存入个人帐户。\n=1+1的电话是13912345678。\n报名时间另行通知,请留意。\n"


@pytest.fixture
def draft(tmp_path: Path) -> Path:
    """A text of three paragraphs."""
    path = tmp_path / "稿.txt"
    path.write_text(TEXT, encoding="utf-8")
    return path


def sheet(folder: Path, *rows: tuple[str, ...]) -> annotate.Sheet:
    """A sheet with these rows, read back."""
    path = folder / "标注.tsv"
    path.write_text("\n".join("\t".join(row) for row in (annotate.HEADER, *rows)), encoding="utf-8")
    return annotate.read(path)


def test_a_sheet_holds_masked_paragraphs_as_text_and_is_never_overwritten(tmp_path: Path, draft: Path) -> None:
    """A paragraph that begins with = is no formula, a number is masked, a sheet with marks stays."""
    target = tmp_path / "标注.xlsx"
    assert annotate.make(target, [draft]) == 3
    cell = openpyxl.load_workbook(target).worksheets[0]["C3"]
    assert (cell.value, cell.data_type) == ("=1+1的电话是139****5678。", "s")
    assert list(annotate.read(target).paragraphs) == ["1", "2", "3"]
    with pytest.raises(InputError, match="已有这个文件"):
        annotate.make(target, [draft])


@pytest.mark.parametrize(
    ("row", "fault"),
    [
        (("1", "稿", "账账不符", "账", "帐", "错字", "有把握"), "不止一处"),
        (("1", "稿", "账户", "帐", "账", "错字", "有把握"), "没有“帐”"),
        (("1", "稿", "帐户", "帐", "账", "别字", "有把握"), "类别“别字”不认识"),
        (("1", "稿", "帐户", "帐", "账", "错字", ""), "把握“”不认识"),
        (("1", "稿", "帐户", "", "账", "错字", "有把握"), "有“改为”而没有“错处”"),
        (("1", "稿", "帐户", "帐", "账", "错字", "有把握", "未读"), "既标“未读”又标了错处"),
    ],
)
def test_a_bad_mark_is_refused_with_its_place(tmp_path: Path, row: tuple[str, ...], fault: str) -> None:
    """What could not be counted is named, not left out."""
    with pytest.raises(InputError, match=fault):
        sheet(tmp_path, row)


def test_agreement_counts_overlapping_marks_of_the_same_paragraph(tmp_path: Path) -> None:
    """Two of three marks are shared; a paragraph that one did not read counts for neither."""
    texts = [("1", "稿", "个人帐户存入"), ("2", "稿", "通知,请留意"), ("3", "稿", "正确")]
    one = sheet(
        tmp_path,
        (*texts[0], "帐户", "账户", "异形词", "有把握"),
        (*texts[1], ",", "，", "标点", "有把握"),
        texts[2],
    )
    other = sheet(tmp_path, (*texts[0], "帐", "账", "错字", "无把握"), texts[1], (*texts[2], "", "", "", "", "未读"))
    lines = list(annotate.agree(one, other))
    assert lines[0].startswith("都读过 2 段；甲标 2 处，其中 1 处乙也标了；乙标 1 处，其中 1 处")
    assert lines[1].endswith("66.7%")


def test_the_tables_count_what_is_found_and_name_what_is_not_marked(tmp_path: Path) -> None:
    """An error that no rule sees lowers the share; a finding that the reader did not mark is listed."""
    marked = sheet(
        tmp_path,
        ("1", "稿", "资金存入个人帐户。", "帐户", "账户", "异形词", "有把握"),
        ("1", "", "", "资金存入", "资金应存入", "漏字", "有把握"),
        ("2", "稿", "报名时间另行通知,请留意。"),
    )
    rules = [rule for rule in shipped.rules() if rule.code in ("T110", "F104")]
    lines = list(annotate.score(marked, Engine(rules, Context(date(2026, 1, 31), shipped.national()))))
    assert "| 异形词 | 1 | 1 | 1 | 100.0% |" in lines
    assert "| 漏字 | 1 | 0 | 0 | 0.0% |" in lines
    assert "| 全部 | 2 | 1 | 1 | 50.0% |" in lines
    assert lines[-1] == "编号 2：F104 ,→，"
