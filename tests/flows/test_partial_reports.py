"""Reports over less than everything, and reports beside one that a person has filled in, by the command line."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.support import workbooks
from tests.support.program import jimo_lint

CONFIG = """[site]
name = "青潭区"
[[account]]
name = "青潭发布"
platform = "wechat"
owner = "区融媒体中心"
archive = "ledger.csv"
"""
WHOLE, PART = "周检-2026-11-22.xlsx", "周检-2026-11-22-部分检查.xlsx"


def prepared(folder: Path) -> Path:
    """A configuration with one account whose post has a wrong word."""
    (folder / "jimo-lint.toml").write_text(CONFIG, encoding="utf-8")
    (folder / "ledger.csv").write_text("标题,发布时间\n切实抓好关健工作,2026-11-20\n", encoding="utf-8")
    return folder


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder where nothing was inspected yet."""
    return prepared(tmp_path)


@pytest.fixture(scope="module")
def _inspected(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = prepared(tmp_path_factory.mktemp("whole"))
    assert "没有覆盖" not in weekly(folder)
    return folder


@pytest.fixture
def inspected(_inspected: Path, tmp_path: Path) -> Path:
    """A copy of a folder where everything was inspected once."""
    return shutil.copytree(_inspected, tmp_path, dirs_exist_ok=True)


def weekly(folder: Path, *more: str) -> str:
    """Run the inspection; what it says on stderr."""
    done = jimo_lint("inspect", "weekly", "--as-of", "2026-11-22", *more, cwd=folder)
    assert done.returncode in (0, 1), done.stderr
    return done.stderr


def cover(path: Path) -> str:
    """The text of the first sheet."""
    rows = workbooks.opened(path)["封面与结论"].iter_rows(values_only=True)
    return "\n".join(str(value) for row in rows for value in row if value is not None)


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--select", "A101"), "只用了 1 条规则（A101"),
        (("--ignore", "T"), "条规则没有启用（T101"),
        (("--no-links",), "没有核对链接"),
    ],
)
def test_a_report_over_less_has_a_name_and_a_cover_of_its_own(
    options: tuple[str, ...], said: str, inspected: Path
) -> None:
    """It replaces no report over everything, and its first page says what was left out."""
    whole = (inspected / "reports" / WHOLE).read_bytes()
    assert "部分检查" not in cover(inspected / "reports" / WHOLE)
    weekly(inspected, *options)
    assert (inspected / "reports" / WHOLE).read_bytes() == whole
    text = cover(inspected / "reports" / PART)
    assert "注意：本次是部分检查" in text
    assert said in text


def test_rules_off_in_the_configuration_are_said_too(folder: Path) -> None:
    """What nobody looked for is no 0: the figure of wrong words says 未检."""
    (folder / "jimo-lint.toml").write_text(f'{CONFIG}\n[rules]\nignore = ["S", "T", "P"]\n', encoding="utf-8")
    weekly(folder)
    assert [entry.name for entry in (folder / "reports").iterdir()] == [PART]
    book = workbooks.opened(folder / "reports" / PART)
    assert "未检" in [cell.value for row in book["封面与结论"]["A4:F8"] for cell in row]
    heads = [cell.value for cell in book["账号汇总"][1]]
    assert book["账号汇总"].cell(2, heads.index("错敏词") + 1).value == "未检"


def test_the_name_that_a_person_gives_is_kept(folder: Path) -> None:
    """-o says where, whatever was looked for."""
    weekly(folder, "--no-links", "-o", "甲.xlsx")
    assert (folder / "甲.xlsx").is_file()


def test_a_filled_workbook_is_kept_and_that_is_told(inspected: Path) -> None:
    """One line on stderr with both names; the decision of the office stands where it was written."""
    path = inspected / "reports" / WHOLE
    book = workbooks.opened(path)
    heads = [cell.value for cell in book["问题明细"][1]]
    book["问题明细"].cell(2, heads.index("审核意见") + 1).value = "误报"
    book.save(path)
    said = weekly(inspected, "--no-collect")
    (line,) = [line for line in said.splitlines() if "没有覆盖" in line]
    assert WHOLE in line
    assert "周检-2026-11-22-2.xlsx" in line
    kept = workbooks.opened(path)["问题明细"]
    assert kept.cell(2, heads.index("审核意见") + 1).value == "误报"


def test_the_workbooks_of_units_are_kept_one_by_one(folder: Path) -> None:
    """--split-by owner writes a file for each unit, and each of them may have been filled in."""
    weekly(folder, "--split-by", "owner")
    mine = folder / "reports" / "周检-2026-11-22" / "区融媒体中心.xlsx"
    book = workbooks.opened(mine)
    book["整改清单"]["L2"] = "罗小满"
    book.save(mine)
    assert "区融媒体中心-2.xlsx" in weekly(folder, "--split-by", "owner", "--no-collect")
    assert workbooks.opened(mine)["整改清单"]["L2"].value == "罗小满"


def test_the_terminal_says_unchecked_too(folder: Path) -> None:
    """The count of vetoes on the screen calls nothing clear that nobody looked for."""
    done = jimo_lint("inspect", "weekly", "--as-of", "2026-11-22", "--select", "T", cwd=folder)
    (line,) = [line for line in done.stdout.splitlines() if line.startswith("两周内无更新的账号")]
    assert line.split()[-1] == "未检"
