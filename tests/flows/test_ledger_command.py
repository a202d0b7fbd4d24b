"""`ledger` and `bulletin` after real runs: what stayed, what was mended, what nobody looked at."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from openpyxl import load_workbook

from jimo_lint.model import Decision, Opinion
from jimo_lint.store import Store, decisions, runs
from tests.support.program import jimo_lint

CONFIG = """
[site]
name = "青潭区人民政府"
[[account]]
name = "青潭发布"
platform = "wechat"
owner = "区融媒体中心"
archive = "甲.csv"
[[account]]
name = "青潭水务"
platform = "wechat"
owner = "区水务局"
archive = "乙.csv"
"""
POSTS = {
    "甲.csv": ["会议再布署防汛工作。", "抓好关健环节。"],
    "乙.csv": ["发出通迅录一份。"],
}


def post(folder: Path, file: str, texts: list[str], day: str) -> None:
    """An archive of posts of one day."""
    rows = "".join(f"第{number}篇,{day},{text}\n" for number, text in enumerate(texts, 1))
    (folder / file).write_text(f"标题,发布时间,正文\n{rows}", encoding="utf-8")


def inspect(folder: Path, day: str) -> None:
    """A weekly inspection on a day; it asks no links, which none of the posts have."""
    done = jimo_lint("inspect", "weekly", "--as-of", day, "--no-links", "-f", "line", cwd=folder)
    assert done.returncode in (0, 1, 2), done.stderr


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with two runs: one word was mended between them, one dismissed, one archive could not be read again."""
    folder = tmp_path_factory.mktemp("town")
    (folder / "jimo-lint.toml").write_text(CONFIG, encoding="utf-8")
    for file, texts in POSTS.items():
        post(folder, file, texts, "2026-11-06")
    inspect(folder, "2026-11-08")
    with Store.open(folder / ".jimo-lint/store.sqlite3", writing=True) as store:
        [found] = [one for one in (life.finding() for life in runs.lives(store, "weekly")) if one.matched == "关健"]
        decisions.add(
            store, [Decision("weekly", found.fingerprint, Opinion.CONFIRMED, date(2026, 11, 9), "王审核", "属实")]
        )
    post(folder, "甲.csv", ["会议再部署防汛工作。", "抓好关健环节。"], "2026-11-06")
    (folder / "乙.csv").write_bytes(b"\x00\x01\x02")
    inspect(folder, "2026-11-15")
    return folder


def rows(path: Path, sheet: str) -> list[dict[str, Any]]:
    """The rows of a sheet by their heads."""
    head, *found = load_workbook(path)[sheet].iter_rows(values_only=True)
    return [dict(zip(head, row, strict=True)) for row in found if isinstance(row[0], int)]  # type: ignore[arg-type]


def test_the_ledger_says_what_became_of_everything(town: Path) -> None:
    """Over its limit with who confirmed it, mended with its day, and not looked at where the archive was not read."""
    done = jimo_lint("ledger", "--as-of", "2026-11-16", "--split-by", "owner", cwd=town)
    assert done.returncode == 0, done.stderr
    path = town / "reports/整改台账-2026-11-16.xlsx"
    assert "未办结" in done.stdout and "整改台账-2026-11-16.xlsx" in done.stdout
    words = {row["词语"]: row for row in rows(path, "整改台账")}
    assert (words["关健"]["状态"], words["关健"]["审核意见"], words["关健"]["审核人"]) == (
        "仍在",
        "确认：属实",
        "王审核",
    )
    # Confirmed on Monday the 9th: until Thursday the 12th; over by Friday and Monday.
    assert words["关健"]["整改期限"].date() == date(2026, 11, 12)
    assert words["关健"]["超期（工作日）"] == 2
    assert words["通迅"]["状态"] == "未复查"
    [mended] = [row for row in rows(path, "2026年已办结") if row["词语"] == "布署"]
    assert (mended["怎样办结"], mended["销号日期"].date()) == ("已改", date(2026, 11, 15))
    units = {place.stem for place in (town / "reports/整改台账-2026-11-16").iterdir()}
    assert units == {"区融媒体中心", "区水务局"}


def test_the_bulletin_is_drafted_from_the_last_run(town: Path) -> None:
    """It names what it is of, the account that was not read, and the word that is still there."""
    done = jimo_lint("bulletin", "--as-of", "2026-11-16", cwd=town)
    assert done.returncode == 0, done.stderr
    assert "周检 2026-11-15" in done.stdout
    opened = Document(str(town / "reports/通报代拟稿-2026-11-16.docx"))
    text = "\n".join(paragraph.text for paragraph in opened.paragraphs)
    assert "关于2026年第〔待填〕期政务新媒体检查情况的通报" in text
    assert "账号“青潭水务”" in text and "未能作出结论" in text
    assert any("关健" in cell.text for row in opened.tables[0].rows for cell in row.cells)
    assert not any("布署" in cell.text for row in opened.tables[0].rows for cell in row.cells)


def test_a_run_that_left_no_report_is_passed_over_aloud(town: Path, tmp_path: Path) -> None:
    """The bulletin is then on the run before it, and says so."""
    shutil.copytree(town, tmp_path / "town")
    path = tmp_path / "town/.jimo-lint/store.sqlite3"
    with Store.open(path, writing=True) as store, store.transaction() as execute:
        execute("UPDATE run SET report = NULL WHERE as_of = '2026-11-15'")
    done = jimo_lint("bulletin", "--as-of", "2026-11-16", cwd=tmp_path / "town")
    assert done.returncode == 0
    assert "周检 2026-11-08" in done.stdout
    assert "最近一次周检没有留下报告，通报的是 2026-11-08 那次" in done.stderr


@pytest.mark.parametrize("command", ["ledger", "bulletin"])
def test_without_a_run_there_is_nothing_to_write(command: str, tmp_path: Path) -> None:
    """One line with what to do first, and 2."""
    (tmp_path / "jimo-lint.toml").write_text(CONFIG, encoding="utf-8")
    done = jimo_lint(command, cwd=tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.count("\n") == 1 and "jimo-lint inspect" in done.stderr
    assert not (tmp_path / "reports").exists()


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["ledger", "--as-of", "2026-11-16", "--year", "2027"], "--year 2027 在检查日 2026-11-16 之后"),
        (["ledger", "--as-of", "2026-11-16", "-o", "台账.docx"], "请以 .xlsx 结尾"),
        (["ledger", "--as-of", "2026-11-01"], "请写 --as-of 2026-11-15 或更晚"),
        (["bulletin", "--as-of", "2026-11-16", "-o", "通报.pdf"], "请以 .docx 结尾"),
        (["bulletin", "--as-of", "2026-11-16", "--inspection", "columns"], "还没有做过栏目体检"),
    ],
)
def test_what_cannot_be_meant_is_refused(town: Path, arguments: list[str], said: str) -> None:
    """In one line with the remedy, and 2."""
    done = jimo_lint(*arguments, cwd=town)
    assert done.returncode == 2
    assert said in done.stderr


def test_a_former_year_has_a_file_of_its_own(town: Path) -> None:
    """Its sums do not replace those of this year."""
    done = jimo_lint("ledger", "--as-of", "2026-11-16", "--year", "2025", cwd=town)
    assert done.returncode == 0, done.stderr
    assert (town / "reports/整改台账-2026-11-16-2025年.xlsx").is_file()
