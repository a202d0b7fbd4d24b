"""周调度 from the ledger to the report, and the forms of mock calls."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from datetime import date
from pathlib import Path

import pytest

from jimo_lint.inspection import mystery, requests
from jimo_lint.inspection.judging import Settings
from jimo_lint.lint.checks.requests.standing import judge
from jimo_lint.model.mystery import CALLS, VISITS, Answered, Ask
from jimo_lint.model.requests import Request, Standing
from jimo_lint.readers.registers import mystery_forms
from jimo_lint.report.machine.json import dumps, loads
from jimo_lint.settings import config

AS_OF = date(2026, 12, 2)
LEDGER = (
    "登记号,申请人,联系电话,收到日期,补正,延期,答复日期,类型,承办单位\n"
    "青公1号,欧阳青禾,13800138000,2026-09-01,2026-09-09告知 2026-09-30收到,2026-11-02告知延长10个工作日,,,区教育局\n"
    "青公2号,林小满,13800138001,2026-11-10,,,2026-11-02,予以公开,区教育局\n"
)


class Silent:
    """Progress that nobody is told of."""

    def stage(self, title: str) -> AbstractContextManager[Callable[[int, int], None] | None]:
        """Nothing."""
        del title
        return nullcontext()


def test_no_name_of_an_applicant_leaves_the_ledger(tmp_path: Path) -> None:
    """Neither the report, nor what is kept of it, holds a full name or a telephone; and the report is read back."""
    (tmp_path / "台账.csv").write_text(LEDGER, encoding="utf-8")
    path = tmp_path / "jimo-lint.toml"
    path.write_text('[site]\nname = "青潭区"\n[requests]\nledger = "台账.csv"\n', encoding="utf-8")
    report = requests.inspect(config.load(path), Settings(AS_OF), Silent())
    assert report.requests
    first, second = report.requests.results
    assert (first.standing, first.due and first.due.day) == (Standing.OVERDUE, date(2026, 11, 17))
    assert (second.standing, second.request.who) == (Standing.UNKNOWN, "林某某")
    written = dumps(report)
    assert loads(written).requests == report.requests
    kept = (tmp_path / ".jimo-lint" / "store.sqlite3").read_bytes()
    for told in ("欧阳青禾", "林小满", "13800138000"):
        assert told not in written and told.encode() not in kept


def test_what_cannot_be_is_never_in_time() -> None:
    """Impossible days, a number that stands twice, and too long an extension are told with what to do."""
    received, answered = date(2026, 3, 2), date(2026, 3, 5)
    plain = Request("1", received=received, answered=answered)
    assert judge(plain, AS_OF).standing is Standing.ON_TIME
    wrong = (
        judge(Request("1", received=answered, answered=received), AS_OF),
        judge(plain, AS_OF, twin="台账.csv 第 2 行"),
        judge(Request("1", received=received, answered=answered, extended=received, extension=30), AS_OF),
        judge(Request("1", answered=answered), AS_OF),
    )
    assert [one.standing for one in wrong] == [Standing.UNKNOWN] * 4
    assert all("请" in "".join(one.faults) for one in wrong)


def test_forms_are_scored_by_what_was_done() -> None:
    """An unfilled row counts for nothing; a number that does not fit its unit is seen."""
    number = mystery.number_of(CALLS, 1, "区教育局")
    assert mystery.fits(number, "区教育局") and not mystery.fits(number, "区民政局")
    call = Answered(Ask(number, CALLS, "区教育局", "页脚"), "1", {"接听": "是", "态度": "一般", "答得对不对": "对"})
    late = Answered(Ask("F002", VISITS, "区教育局", "网上"), "2", {"回执": "无"}, date(2026, 10, 8))
    left = Answered(Ask("F003", VISITS, "区教育局", "信函"), "3", {"回执": ""})
    found = mystery.scored([call, late, left], [], config.Config(), AS_OF)
    assert [round(one.score or 0, 1) for one in found.rows] == [83.3, 0]
    assert [one.number for one in found.left] == ["F003"]


def test_no_receipt_is_an_answer(tmp_path: Path) -> None:
    """无 in the column of receipts counts as none given, not as not filled in."""
    number = mystery.number_of(VISITS, 1, "区教育局")
    form = tmp_path / "填好.csv"
    form.write_text(f"编号,单位,出处,回执,发出日期\n{number},区教育局,网上,无,2026-08-04\n", encoding="utf-8")
    rows, faults = mystery_forms.read(form, AS_OF, mystery.fits)
    found = mystery.scored(rows, faults, config.Config(), AS_OF)
    assert [(point.name, point.share) for point in found.rows[0].points] == [("回执", 0), ("按期答复", 0)]


def _filled(tmp_path: Path, text: str, name: str = "填好.csv") -> tuple[list[Answered], list[str]]:
    """The rows and faults of a form; H and F stand for the number of the first call and visit of 区教育局."""
    call, visit = (mystery.number_of(kind, 1, "区教育局") for kind in (CALLS, VISITS))
    form = tmp_path / name
    form.write_text(text.replace("{H}", call).replace("{F}", visit), encoding="utf-8")
    return mystery_forms.read(form, AS_OF, mystery.fits)


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("无人接听", "否"),
        ("√", "是"),
        ("忙音", "占线"),
        ("是。", "是"),
        ("已停机", "空号"),
    ],
)
def test_answers_are_understood_as_people_write_them(tmp_path: Path, written: str, said: str) -> None:
    """What stands beside the list of a cell counts for what it means."""
    [row], faults = _filled(tmp_path, f"编号,单位,接听\n{{H}},区教育局,{written}\n")
    assert (row.answers["接听"], row.doubts, faults) == (said, (), [])


@pytest.mark.parametrize(
    ("cells", "told"),
    [("有,10月20号,较好", "较好"), ("有,下周,好", "下周"), ("有,2027-10-20,好", "还没有到")],
)
def test_what_is_not_understood_is_told(tmp_path: Path, cells: str, told: str) -> None:
    """And nothing is said against the unit for it."""
    rows, faults = _filled(tmp_path, f"编号,单位,发出日期,回执,答复日期,答复质量\n{{F}},区教育局,10月12号,{cells}\n")
    [one] = mystery.scored(rows, faults, config.Config(), AS_OF).rows
    assert told in "".join(one.row.doubts)
    assert all(point.share in (None, 1) for point in one.points)


def test_a_note_alone_is_no_row_left_out(tmp_path: Path) -> None:
    """Somebody did something there: it is asked for the answer."""
    rows, faults = _filled(tmp_path, "编号,单位,接听,说明\n{H},区教育局,,打了三次都打不通\n")
    found = mystery.scored(rows, faults, config.Config(), AS_OF)
    assert not found.left and "只填了“说明”" in found.rows[0].row.doubts[0]


def test_a_sheet_whose_columns_were_renamed_is_told(tmp_path: Path) -> None:
    """The rows of it are not as if nobody had filled them."""
    for head in ("唯一码,单位,接听,呼叫日期", "编号,被访部门,接听,呼叫日期", "甲,乙,丙,丁"):
        rows, faults = _filled(tmp_path, f"{head}\n{{H}},区教育局,是,2026-11-20\n")
        assert not rows and "一行也没有读" in faults[0]
    rows, faults = _filled(tmp_path, "编号,单位,电话是否打通,呼叫日期\n{H},区教育局,是,2026-11-20\n")
    assert "没有“接听”" in faults[0] and "“电话是否打通”" in faults[0]


def test_rows_that_were_added_are_told_and_totals_are_not(tmp_path: Path) -> None:
    """A call without a number is not counted; a total and who filled it in are no calls."""
    rows, faults = _filled(
        tmp_path,
        "编号,单位,接听,呼叫日期\n{H},区 教育局,是,2026-11-20\n,区民政局,是,2026-11-20\n,合计,2,\n"
        ",填表人：甲,,\n,区水利局,,\n",
    )
    assert [row.ask.unit for row in rows] == ["区 教育局"]
    assert len(faults) == 1 and "第 3 行：没有编号" in faults[0]


def test_two_copies_of_a_form_count_once(tmp_path: Path) -> None:
    """Rows that one person left and another filled are done; rows filled apart are told."""
    head = "编号,单位,接听,态度\n"
    same = _filled(tmp_path, f"{head}{{H}},区教育局,是,好\n")[0]
    blank = _filled(tmp_path, f"{head}{{H}},区教育局,,\n", "空.csv")[0]
    other = _filled(tmp_path, f"{head}{{H}},区教育局,否,\n", "乙.csv")[0]
    found = mystery.scored([*same, *blank, *same], [], config.Config(), AS_OF)
    assert (len(found.rows), found.left, found.faults) == (1, (), ())
    assert len(mystery.scored([*blank, *blank], [], config.Config(), AS_OF).left) == 1
    assert "填得不一样" in mystery.scored([*same, *other], [], config.Config(), AS_OF).faults[0]


def test_a_ledger_without_a_request_is_no_clean_ledger(tmp_path: Path) -> None:
    """Nothing was judged, and the report says so."""
    (tmp_path / "台账.csv").write_text(LEDGER.partition("\n")[0] + "\n", encoding="utf-8")
    path = tmp_path / "jimo-lint.toml"
    path.write_text('[site]\nname = "青潭区"\n[requests]\nledger = "台账.csv"\n', encoding="utf-8")
    report = requests.inspect(config.load(path), Settings(AS_OF), Silent())
    assert [(one.code, one.excused) for one in report.problems] == [("ledger-empty", False)]
    assert not report.findings


_SHEET = """青潭区教育局
政府信息公开申请答复书
{number}
林小满：
2026年9月1日，本机关收到你提交的政府信息公开申请（登记号：{name}）。经审查，现答复如下：
{decision}
如对本答复不服，可自收到本答复书之日起60日内向青潭区人民政府申请行政复议。
青潭区教育局
{signed}
"""
_GIVEN = "根据《中华人民共和国政府信息公开条例》第三十六条第（二）项，现将你申请的信息提供给你。"
_REPEATED = "本机关已就同一申请作出答复（青教公复〔2026〕1号），根据《条例》第三十六条第（六）项，不予重复处理。"
_AMEND = "你的申请内容不明确，根据《条例》第三十条，请于15个工作日内补正。"


def test_answers_are_compared_with_their_rows(tmp_path: Path) -> None:
    """Day, kind and number where both are sure; a cited number leads to no other row, a letter answers none."""
    rows = [
        "登记号,收到日期,告知补正日期,答复日期,答复文号,答复类型,承办单位",
        "Q-001,2026-09-01,,2026-09-15,青教公复〔2026〕1号,予以公开,区教育局",
        "Q-002,2026-09-01,,2026-09-28,青教公复〔2026〕2号,予以公开,区教育局",
        "Q-003,2026-09-01,,2026-09-15,青教公复〔2026〕3号,信息不存在,区教育局",
        "Q-004,2026-09-01,,2026-09-15,青教公复〔2026〕4号,不予公开（国家秘密）,区教育局",
        "Q-005,2026-09-01,,2026-09-15,,重复申请,区教育局",
        "Q-006,2026-09-01,2026-09-07,2026-09-15,,予以公开,区教育局",
        "Q-007,2026-09-02,,2026-09-15,青教公复〔2026〕7号,不予公开,区教育局",
    ]
    (tmp_path / "台账.csv").write_text("\n".join(rows), encoding="utf-8")
    made = {
        "Q-001": ("青教公复〔2026〕1号", _GIVEN, "2026年9月14日"),
        "Q-002": ("青教公复〔2026〕2号", _GIVEN, "2026年10月15日"),
        "Q-003": ("青教公复〔2026〕30号", _GIVEN, "2026年9月15日"),
        "Q-005": ("", _REPEATED, "2026年9月15日"),
        "Q-006": ("青教公补〔2026〕1号", _AMEND, "2026年9月7日"),
        "Q-007": ("青教公复〔2026〕7号", _GIVEN, "2026年9月15日"),
    }
    for name, (number, decision, signed) in made.items():
        text = _SHEET.format(number=number, name=name, decision=decision, signed=signed)
        (tmp_path / "告知书").mkdir(exist_ok=True)
        (tmp_path / "告知书" / f"答复{name[-1]}.txt").write_text(text, encoding="utf-8")
    path = tmp_path / "jimo-lint.toml"
    path.write_text('[site]\nname = "青潭区"\n[requests]\nledger = "台账.csv"\nanswers = "告知书"\n', encoding="utf-8")
    report = requests.inspect(config.load(path), Settings(AS_OF), Silent())
    told = {(one.code, one.subject) for one in report.findings if "D163" <= one.code <= "D166"}
    assert told == {
        ("D163", "Q-002"), ("D164", "Q-003"), ("D165", "Q-003"), ("D164", "Q-007"), ("D166", "Q-007"),
    }  # fmt: skip
    assert report.requests and report.requests.without == ("Q-004", "Q-006")
    stood = {one.request.number: one.standing for one in report.requests.results}
    assert (stood["Q-001"], stood["Q-002"]) == (Standing.ON_TIME, Standing.UNKNOWN)
    assert {one.number: one.by for one in report.requests.answers}["Q-005"] == "登记号"
