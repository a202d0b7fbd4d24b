"""`jimo-lint review`: from a workbook that was filled in to the store, and out of it again."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest
from openpyxl import load_workbook

from jimo_lint.cli import run
from jimo_lint.model.review import finding_id
from jimo_lint.report.xlsx import weekly
from tests.support import reviewed_books as reviewing
from tests.support.numberforms import PHONE
from tests.support.reviewed_books import decided, fill

FALSE = {"审核意见": "误报", "理由": "引文", "审核人": "罗小满", "审核日期": datetime(2026, 11, 20)}
DAY = ("--as-of", "2026-11-22")
Command = Callable[..., tuple[int, str, str]]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a configuration, a store with one run, and its workbook."""
    (tmp_path / "jimo-lint.toml").write_text('[site]\nname = "云溪区"\n', encoding="utf-8")
    _, report = reviewing.kept(tmp_path)
    weekly.write(report, tmp_path / "周检.xlsx")
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def review(folder: Path, capsys: pytest.CaptureFixture[str]) -> Command:
    """Runs a command; exit code, output, errors."""

    def command(*given: str) -> tuple[int, str, str]:
        code = run(["review", *given])
        captured = capsys.readouterr()
        return code, captured.out, captured.err

    return command


def store(folder: Path) -> Path:
    """Where the decisions are."""
    return folder / ".jimo-lint" / "store.sqlite3"


def test_import_tells_what_it_took_and_what_not(folder: Path, review: Command) -> None:
    """Each kind with file, sheet and row; 1 where something was not taken; a dry run writes nothing."""
    number = finding_id(1, "0" * 15 + "3")
    wrong = {**FALSE, "问题编号": number[:-1] + "x"}
    fill(folder / "周检.xlsx", "问题明细", {1: FALSE, 2: {"审核意见": "再议"}, 3: wrong})
    heads, *rows = load_workbook(folder / "周检.xlsx")["整改清单"].iter_rows(values_only=True)
    at = 1 + [row[heads.index("问题")] for row in rows].index("账号超期未更新")
    fill(folder / "周检.xlsx", "整改清单", {at: {**FALSE, "审核意见": "确认", "理由": f"电 {PHONE}"}})
    code, dry, _ = review("import", "周检.xlsx", "--dry-run", *DAY)
    assert code == 1 and "试导入，没有写入" in dry and decided(store(folder)) == []
    code, said, _ = review("import", "周检.xlsx", *DAY)
    assert code == 1
    assert "周检.xlsx 问题明细 第 3 行：审核意见“再议”不在" in said
    assert "周检.xlsx 问题明细 第 4 行：问题编号" in said
    assert "同一问题" in said and f"整改清单 第 {at + 1} 行“确认”" in said
    fill(folder / "周检.xlsx", "整改清单", {at: dict.fromkeys(FALSE)})
    code, said, _ = review("import", "周检.xlsx", *DAY)
    assert "录入 1 条意见：误报 1；已有的 0 条没有变动" in said and "问题明细 第 2 行：误报（罗小满）" in said
    assert decided(store(folder)) == [("0" * 15 + "1", "误报", "罗小满")]
    assert PHONE not in said


def test_every_row_that_was_not_taken_is_named(folder: Path, review: Command) -> None:
    """However many they are; those with the same fault together."""
    numbers = [finding_id(1, f"{number:016x}") for number in (1, 2, 3)]
    lines = [f"{numbers[row % 3]},误报" for row in range(200)] + [f"{numbers[0]},再议"]
    (folder / "没署名.csv").write_text("\n".join(("问题编号,审核意见", *lines)), encoding="utf-8")
    code, said, _ = review("import", "没署名.csv", *DAY)
    assert code == 1
    (line,) = [line for line in said.splitlines() if "没有写审核人" in line]
    assert line.startswith(f"  没署名.csv 第 {'、'.join(map(str, range(2, 202)))} 行：")
    assert "没署名.csv 第 202 行：审核意见“再议”" in said


def test_a_clean_import_leaves_with_0_and_again(folder: Path, review: Command) -> None:
    """Twice the same changes nothing and is no failure."""
    fill(folder / "周检.xlsx", "问题明细", {1: FALSE})
    assert review("import", "周检.xlsx", *DAY)[0] == 0
    code, said, _ = review("import", "周检.xlsx", *DAY)
    assert code == 0 and "录入 0 条意见；已有的 1 条没有变动" in said


def test_a_file_that_cannot_be_read_costs_no_other(folder: Path, review: Command) -> None:
    """It is named and the command leaves with 2; a file without such a table, too; the others are taken."""
    fill(folder / "周检.xlsx", "问题明细", {1: FALSE})
    (folder / "坏.xlsx").write_bytes((folder / "周检.xlsx").read_bytes()[:9000])
    (folder / "别的.csv").write_text("姓名,电话\n甲,1\n", encoding="utf-8")
    code, _, told = review("import", "坏.xlsx", "周检.xlsx", "别的.csv", *DAY)
    assert code == 2 and "坏.xlsx" in told and "别的.csv：没有认出" in told
    assert len(decided(store(folder))) == 1


def test_two_minds_are_listed_and_settled(folder: Path, review: Command) -> None:
    """Both names on import and in the list; when one of them agrees the decision is in force."""
    other = folder / "乙.xlsx"
    other.write_bytes((folder / "周检.xlsx").read_bytes())
    fill(folder / "周检.xlsx", "问题明细", {1: FALSE})
    fill(other, "问题明细", {1: {**FALSE, "审核意见": "确认", "审核人": "乙"}})
    code, said, _ = review("import", "周检.xlsx", "乙.xlsx", *DAY)
    assert code == 1 and "意见不一" in said and "罗小满 2026-11-20 误报" in said and "乙 2026-11-20 确认" in said
    listed = review("list", *DAY)[1]
    assert "生效的意见 0 条" in listed and "意见不一、都不生效的 1 个问题" in listed
    fill(other, "问题明细", {1: {**FALSE, "审核人": "乙", "审核日期": datetime(2026, 11, 21)}})
    assert review("import", "乙.xlsx", *DAY)[0] == 0
    assert "生效的意见 1 条" in review("list", *DAY)[1]


def test_the_list_for_programs_and_by_person(folder: Path, review: Command) -> None:
    """-f json has finding, decision and all that was given; --source and --reviewer choose."""
    fill(folder / "周检.xlsx", "问题明细", {1: FALSE, 2: {**FALSE, "审核人": "乙"}})
    review("import", "周检.xlsx", *DAY)
    listed = json.loads(review("list", "-f", "json", *DAY)[1])["decisions"]
    assert [(one["state"], one["decision"]["reviewer"], one["finding"]["code"]) for one in listed] == [
        ("in-force", "罗小满", "A101"),
        ("in-force", "乙", "S104"),
    ]
    assert "生效的意见 1 条" in review("list", "--reviewer", "乙", *DAY)[1]
    assert "生效的意见 2 条" in review("list", "--source", "周检.xlsx", *DAY)[1]
    assert "生效的意见 0 条" in review("list", "--source", "别的.xlsx", *DAY)[1]


def test_what_is_undone_is_not_in_force(folder: Path, review: Command) -> None:
    """By number or by file; a number that is none leaves with 1; the file does not bring it back."""
    fill(folder / "周检.xlsx", "问题明细", {1: FALSE, 2: FALSE, 4: FALSE})
    review("import", "周检.xlsx", *DAY)
    code, said, _ = review("undo", "2")
    assert code == 0 and "已撤销 [2] 误报 罗小满" in said
    assert review("undo", "2", "77")[0] == 1
    assert review("undo")[0] == review("undo", "1", "--source", "周检.xlsx")[0] == 2
    code, said, _ = review("undo", "--source", "周检.xlsx")
    assert code == 0 and said.count("已撤销") == 2
    assert "录入 0 条" in review("import", "周检.xlsx", *DAY)[1]
    assert decided(store(folder)) == []


@pytest.mark.parametrize("suffix", [".xlsx", ".csv"])
def test_an_export_has_all_and_can_be_imported(suffix: str, folder: Path, review: Command) -> None:
    """Every decision with its finding, and whether it is in force; read back it changes nothing."""
    fill(folder / "周检.xlsx", "问题明细", {1: {**FALSE, "理由": "+1 起"}, 2: {**FALSE, "整改情况": "甲\n乙"}})
    review("import", "周检.xlsx", *DAY)
    review("undo", "2")
    file = folder / f"意见{suffix}"
    assert review("export", file.name, *DAY)[0] == 0
    code, said, _ = review("import", file.name, *DAY)
    assert code == 0 and "录入 0 条意见；已有的 2 条没有变动" in said
    if suffix == ".xlsx":
        heads, *rows = load_workbook(file)["审核意见"].iter_rows(values_only=True)
        listed = [dict(zip(heads, row, strict=True)) for row in rows]
        assert [(one["编号"], one["代码"], one["生效"]) for one in listed] == [
            (1, "A101", "生效"),
            (2, "S104", "已撤销"),
        ]
        assert [one["理由"] for one in listed] == ["+1 起", "引文"]
    assert review("export", "意见.doc")[0] == 2


def test_a_wide_false_alarm_shows_first_what_it_silences(
    folder: Path, review: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of a rule's word, or of a rule in an account; asked for unless --yes; twice it is once."""
    monkeypatch.setattr("click.confirm", lambda *_: False)
    signed = ("--reviewer", "罗小满", "--reason", "专名", *DAY)
    code, said, _ = review("add", "--scope", "word", "T101", "布署", *signed)
    assert code == 1 and "会因此不再报" in said and said.count("“布署”") >= 1 and "没有录入" in said
    code, said, _ = review("add", "--scope", "word", "t101", "布署", "--yes", *signed)
    assert code == 0 and "已录入 [1] 误报（周检，这条规则的这个词：T101 布署）" in said
    assert "已经录入过" in review("add", "--scope", "word", "T101", "布署", "--yes", *signed)[1]
    code, said, _ = review("add", "--scope", "column", "S104", "云溪发布", "--yes", *signed)
    assert code == 0 and "其中否决级 1 个" in said
    assert "没有这样的问题" in review("add", "--scope", "word", "T101", "没有的词", "--yes", *signed)[1]
    assert review("add", "--scope", "word", "T999", "布署", "--yes", *signed)[0] == 2
    assert "管得更宽的误报 3 条" in review("list", *DAY)[1]
    review("export", "全部.xlsx", *DAY)
    code, said, _ = review("import", "全部.xlsx", *DAY)
    assert code == 0 and "请用 jimo-lint review add" in said


def test_without_a_store_there_is_nothing_to_review(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The remedy is to inspect first."""
    (tmp_path / "jimo-lint.toml").write_text('[site]\nname = "云溪区"\n', encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    assert run(["review", "list"]) == 2
    assert "还没有检查过" in capsys.readouterr().err
