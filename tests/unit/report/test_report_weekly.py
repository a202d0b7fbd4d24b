"""周检: what a section chief finds on each sheet."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook
from openpyxl.utils import column_index_from_string, get_column_letter

from jimo_lint import __version__
from jimo_lint.model import Decision, History, Opinion, Platform, Report, Severity, State, Unopened, UpdateStatus
from jimo_lint.model.review import read_finding_id
from jimo_lint.report import phrases
from jimo_lint.report.views import owners
from jimo_lint.report.xlsx import weekly
from tests.support import report_samples as samples
from tests.support import workbooks
from tests.support.reviewed_books import told_apart


def opened(report: Report, folder: Path) -> Workbook:
    """The workbook of a report, read back."""
    path = folder / "周检.xlsx"
    weekly.write(report, path)
    return workbooks.opened(path)


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Workbook:
    """The workbook of the sample report."""
    return opened(samples.weekly(), tmp_path_factory.mktemp("weekly"))


def table(sheet: Any, head: int) -> list[dict[str, Any]]:
    """The rows under the header in row `head`, by heading, as long as the first cell holds a number."""
    names = [cell.value for cell in sheet[head]]
    rows = sheet.iter_rows(min_row=head + 1, values_only=True)
    return [dict(zip(names, row, strict=True)) for row in rows if isinstance(row[0], int)]


def test_sheets(book: Workbook) -> None:
    """The sheets in the order in which they are read."""
    assert book.sheetnames == [
        "封面与结论",
        "账号汇总",
        "问题明细",
        "更新情况",
        "失效链接",
        "未检账号",
        "整改清单",
        "说明",
    ]


def test_the_cover_says_who_has_to_act(book: Workbook) -> None:
    """Gravest first, with names and figures; what no program can see is left to a person."""
    lines = [str(row[0]) for row in book["封面与结论"].iter_rows(min_row=7, values_only=True) if row[0]]
    acts = [line for line in lines if line.startswith("●")]
    assert [line[2:6] for line in acts] == ["立即处理", "立即更新", "改正内容", "尽快更新", "补充档案", "请人工确"]
    assert "云溪应急（微信，35 天未更新）；" in acts[1]
    assert "云溪发布（微信，错敏词 3）" in acts[2]
    # Eleven days old under fourteen: three more days, the last of them included.
    assert "已 11 天，最迟 11月24日更新" in acts[3]
    assert lines[-1] == "检查人："


def test_grave_wording_is_told_from_accounts_that_stand_still(tmp_path: Path) -> None:
    """A stale account is a veto, too, and has a line of its own: it is no wording to be taken down at once."""
    [stale] = [finding for finding in samples.weekly().findings if finding.code == "A101"]
    lines = cover(replace(samples.weekly(), findings=(stale,)), tmp_path)
    assert not [line for line in lines if "立即处理" in line]
    assert [line for line in lines if "立即更新" in line]


def cover(report: Report, folder: Path) -> list[str]:
    """The lines of the first sheet below the figures."""
    rows = opened(report, folder)["封面与结论"].iter_rows(min_row=7, values_only=True)
    return [str(row[0]) for row in rows if row[0]]


def test_a_calm_week_has_no_alarm_on_the_cover(tmp_path: Path) -> None:
    """Where all accounts are in order only the reminder for a person is left."""
    calm = replace(samples.weekly(), findings=(), accounts=(samples.account("甲", Platform.WEIBO, "乙", 3),))
    assert len([line for line in cover(calm, tmp_path) if line.startswith("●")]) == 1


def test_the_calendar_counts_posts_day_by_day(book: Workbook) -> None:
    """Five weeks, Monday to Sunday, the day of inspection in the last one; what is to come is grey."""
    sheet = book["更新情况"]
    assert sheet.cell(2, 4).value == "第43周 10.19—10.25"
    assert [sheet.cell(3, column).value for column in (4, 10, 38)] == ["一\n19", "日\n25", "日\n22"]
    row = next(row for row in sheet.iter_rows(min_row=4) if row[2].value == "云溪文旅")
    counts = {cell.column: cell.value for cell in row[3:38] if cell.value}
    newest = 38 - 3
    assert counts == {newest - 7 * back: 1 + back for back in range(5)}
    # The pause that lasts to this day counts: 35 days, longer than the seven between its posts.
    longest = {row[2].value: row[-1].value for row in sheet.iter_rows(min_row=4)}
    assert (longest["云溪文旅"], longest["云溪应急"], longest["云溪市场监管"]) == (7, 35, None)
    assert [cell.value for cell in row[38:]] == [15, 7]


def test_days_to_come_are_grey(tmp_path: Path) -> None:
    """On a Wednesday the rest of the week has no counts to show."""
    report = samples.weekly()
    midweek = replace(report, run=replace(report.run, as_of=date(2026, 11, 18)))
    cells = [opened(midweek, tmp_path)["更新情况"].cell(4, column) for column in (36, 35 - 1, 37)]
    assert [cell.fill.fgColor.rgb == "00EDEDED" for cell in cells] == [True, False, True]


def test_unchecked_accounts_are_named(book: Workbook) -> None:
    """Every account that could not be judged stands there with the reason, and every file not read."""
    rows = table(book["未检账号"], 1)
    assert ("云溪市场监管", "存档读不出") in {(row["账号"], row["没有检查到什么"]) for row in rows}
    assert any("不是有效的工作簿" in row["没有检查到什么"] for row in rows)
    last = [row[0] for row in book["未检账号"].iter_rows(values_only=True) if row[0]][-1]
    assert last.startswith("登记的 10 个账号中，本周已检查 9 个，未能判定 1 个。")


def test_pictures_that_nobody_read_are_named(tmp_path: Path) -> None:
    """An account whose posts are pictures was not inspected in full."""
    result = samples.account("甲", Platform.WEIBO, "乙", 3)
    pictured = replace(result, reading=replace(result.reading, pictures=12))
    report = replace(samples.weekly(), accounts=(pictured,), problems=())
    (row,) = table(opened(report, tmp_path)["未检账号"], 1)
    assert (row["账号"], row["没有检查到什么"]) == ("甲", "12 篇的内容在图片里，图中文字没有检查")


def test_files_that_nobody_opened_stand_beside_their_account(tmp_path: Path) -> None:
    """Attachments and pictures of posts are named with the account; a unit's own report has its own only."""
    accounts = (samples.account("甲", Platform.WEIBO, "乙局", 3), samples.account("丙", Platform.WECHAT, "丁局", 3))
    files = (Unopened("attachment", ".pdf", 3, "weibo:甲"), Unopened("image", "", 40, "weibo:甲"))
    report = replace(samples.weekly(), accounts=accounts, problems=(), findings=(), unopened=files)
    (row,) = table(opened(report, tmp_path)["未检账号"], 1)
    assert (row["账号"], row["没有检查到什么"]) == ("甲", "附件（.pdf） 3 个、图片 40 张没有打开，内容没有检查")
    assert any("附件 3 个、图片 40 张未检查内容" in line for line in cover(report, tmp_path))
    parts = dict(owners.parts(report))
    assert [len(parts[name].unopened) for name in ("乙局", "丁局")] == [2, 0]


def test_rectification_is_sorted_by_unit(book: Workbook) -> None:
    """One row for a unit, an account and a rule; units with the gravest problems first; the rest a person fills in."""
    rows = table(book["整改清单"], 1)
    units = [row["责任单位"] for row in rows]
    assert units == sorted(units, key=units.index), "the rows of a unit stand together"
    assert rows[0]["级别"] == "否决"
    assert sum(row["问题数"] for row in rows) == len(samples.weekly().findings)
    assert all(row["整改情况"] is None and row["整改人"] is None for row in rows)


def test_units_with_more_to_correct_stand_first_where_the_worst_is_alike() -> None:
    """Of two offices with errors the one with two accounts concerned goes before the one with one."""
    few = samples.word_finding(owner="乙局", account_name="乙")
    many = [samples.word_finding(owner="甲局", account_name=name) for name in ("甲一", "甲二")]
    grave = samples.word_finding(owner="丙局", account_name="丙", severity=Severity.VETO)
    assert [task.owner for task in owners.tasks([few, *many, grave])] == ["丙局", "甲局", "甲局", "乙局"]


def test_one_sheet_a_unit_on_demand(tmp_path: Path) -> None:
    """Every unit with a task has a sheet; names that sheets may not bear are made fit, equal ones told apart."""
    report = samples.weekly()
    first, *rest = report.findings
    odd = [replace(first, owner="区[融媒体]中心/办公室：" + "长" * 40), replace(first, owner="区?融媒体?中心")]
    path = tmp_path / "周检.xlsx"
    weekly.write(replace(report, findings=(*odd, *rest)), path, unit_by_sheet=True)
    names = workbooks.opened(path).sheetnames
    assert "区 融媒体 中心" in names
    assert all(len(name) <= 31 for name in names)
    assert names.index("整改清单") < names.index("区 融媒体 中心") < names.index("说明")


def test_the_report_of_a_unit_holds_what_is_its_own() -> None:
    """Every account and every finding is in exactly one part; names of files cannot lead out of the folder."""
    report = samples.weekly()
    parts = dict(owners.parts(report))
    assert sum(len(part.accounts) for part in parts.values()) == len(report.accounts)
    assert sum(len(part.findings) for part in parts.values()) == len(report.findings)
    assert {one.reading.account.owner for one in parts["区融媒体中心"].accounts} == {"区融媒体中心"}
    assert len(parts["区卫生健康局"].links) == len(report.links), "all stand in posts of its account"
    assert not parts["区融媒体中心"].links
    sly = replace(report, findings=(replace(report.findings[0], owner="../../etc/passwd"),), accounts=())
    assert [name for name, _ in owners.parts(sly)] == ["etc passwd"]


@pytest.mark.parametrize(
    ("day", "said"),
    [
        (date(2026, 11, 22), "2026年第47周（11月16日—11月22日）"),
        (date(2026, 11, 23), "2026年第48周（11月23日—11月29日）"),
        (date(2027, 1, 2), "2026年第53周（2026年12月28日—2027年1月3日）"),
        (date(2029, 1, 1), "2029年第1周（1月1日—1月7日）"),
    ],
)
def test_weeks_are_named_as_offices_name_them(day: date, said: str) -> None:
    """ISO weeks, Monday to Sunday; the years are written where the week has two."""
    assert phrases.week(day) == said


def test_title_lines(book: Workbook) -> None:
    """Site, kind, week and date at the top, then the result in one sentence that can be copied."""
    sheet = book["封面与结论"]
    assert sheet["A1"].value == "云溪区人民政府政务新媒体周检情况表"
    assert sheet["A2"].value == "2026年第47周（11月16日—11月22日）　检查日期：2026年11月22日"
    assert sheet["A3"].value == (
        "共检查账号 10 个：超期未更新 2，需整改 3，即将超期 1，未能判定 1，正常 3。"
        "发现问题 7 个，其中错敏词 4 个；失效链接 1 条。"
    )


def test_one_row_an_account_gravest_first(book: Workbook) -> None:
    """Every account has a row with its figures; the worst stand at the top."""
    rows = table(book["账号汇总"], 1)
    assert len(rows) == 10
    assert [row["结论"] for row in rows] == [
        *["超期未更新"] * 2,
        *["需整改"] * 3,
        "即将超期",
        "未能判定",
        *["正常"] * 3,
    ]
    worst = rows[0]
    assert (worst["主办单位"], worst["平台"], worst["账号"]) == ("区应急管理局", "微信", "云溪应急")
    assert (worst["最近更新"], worst["距今天数"], worst["本周发文"]) == (datetime(2026, 10, 18), 35, 0)
    by_name = {row["账号"]: row for row in rows}
    assert (by_name["云溪发布"]["错敏词"], by_name["云溪卫健"]["失效链接"]) == (3, 1)


def test_unknown_is_not_called_a_fault(book: Workbook) -> None:
    """An account whose archive could not be read has no age and is 未能判定, with the reason."""
    row = next(row for row in table(book["账号汇总"], 1) if row["账号"] == "云溪市场监管")
    assert (row["最近更新"], row["距今天数"], row["结论"]) == (None, None, "未能判定")
    assert row["依据与说明"] == "存档读不出"


def test_what_was_not_read_is_not_counted_as_nothing(book: Workbook) -> None:
    """Posts and faults of an archive nobody could read are left blank, never 0; a silent account's posts are 0."""
    rows = {row["账号"]: row for row in table(book["账号汇总"], 1)}
    figures = {name: [rows[name][key] for key in ("本周发文", "错敏词", "失效链接")] for name in rows}
    assert (figures["云溪市场监管"], figures["云溪应急"]) == ([None] * 3, [0] * 3)
    totals = {row[2].value: row[38].value for row in book["更新情况"].iter_rows(min_row=4)}
    assert (totals["云溪市场监管"], totals["云溪医保服务"] is None) == (None, False)


def test_key_figures(book: Workbook) -> None:
    """Six figures above the table."""
    sheet = book["封面与结论"]
    labels = [cell.value for cell in sheet[4] if cell.value]
    assert labels == ["检查账号", "正常", "超期或无内容", "未能判定", "错敏词", "失效链接"]
    assert [cell.value for cell in sheet[5] if cell.value is not None] == [10, 3, 2, 1, 4, 1]


def test_chart_draws_the_ages_with_the_limit(book: Workbook) -> None:
    """The chart refers to the cells of the table and stands below them."""
    (chart,) = book["封面与结论"]._charts  # type: ignore[attr-defined]
    assert chart.ser[0].val.numRef.f == "'账号汇总'!$F$2:$F$11"
    assert chart.ser[0].cat.numRef.f == "'账号汇总'!$D$2:$D$11"
    assert chart.anchor._from.row >= 10


def test_charts_of_many_accounts_show_the_worst(tmp_path: Path) -> None:
    """With sixty accounts the bars stay readable: twenty of them."""
    accounts = tuple(samples.account(f"账号{number}", Platform.WECHAT, "甲", number % 13) for number in range(60))
    book = opened(replace(samples.weekly(), accounts=accounts), tmp_path)
    (chart,) = book["封面与结论"]._charts  # type: ignore[attr-defined]
    assert chart.ser[0].val.numRef.f == "'账号汇总'!$F$2:$F$21"
    assert len(table(book["账号汇总"], 1)) == 60


def test_findings_have_what_a_person_needs_to_correct_them(book: Workbook) -> None:
    """Level, word, suggestion, context, place, address, date, limit; the result is left to a person."""
    rows = table(book["问题明细"], 1)
    assert [row["级别"] for row in rows] == ["否决", "否决", "错误", "警告", "警告", "错误", "提示"]
    row = rows[2]
    assert (row["问题类型"], row["代码"], row["错敏词"], row["推荐修改"]) == ("常见错别字", "T101", "布署", "部署")
    assert "再布署，要求" in row["所在上下文"]
    assert (row["账号"], row["责任单位"], row["标题"]) == ("云溪发布", "区融媒体中心", "云溪区召开森林防火工作会议")
    assert (row["发布时间"], row["出现处数"], row["建议整改时限"]) == (
        datetime(2026, 11, 18, 9, 5),
        3,
        "3 个工作日\n（11月25日前）",
    )
    assert row["审核意见"] is None
    assert row["问题编号"] is None, "no run is kept"
    assert [row["建议整改时限"] for row in rows[:2]] == ["立即", "立即"]


def test_an_address_is_printed_whole_and_opened_beside(book: Workbook) -> None:
    """The address is plain text, which every program wraps; 打开, which is not printed, opens the page."""
    sheet = book["问题明细"]
    heads = [cell.value for cell in sheet[1]]
    address, opening = (sheet.cell(4, heads.index(name) + 1) for name in ("网址", "打开"))
    assert address.value == "https://www.yunxi.example/zwdt/202611/t20261118_4101.html"
    assert address.hyperlink is None, "LibreOffice prints a link in one line, cut where the cell ends"
    assert opening.hyperlink is not None
    assert opening.hyperlink.target == address.value
    assert heads.index("打开") >= printed_columns(sheet.print_area)


def printed_columns(area: str) -> int:
    """How many columns of a sheet are printed."""
    return column_index_from_string(area.split("$")[3])


def test_accounts_of_one_name_are_told_apart_by_their_platform(tmp_path: Path) -> None:
    """平台 stands beside the name wherever an account is named, and each account has rows of its own."""
    base = samples.weekly()
    twins = (
        samples.account("云溪发布", Platform.WECHAT, "甲", 1),
        samples.account("云溪发布", Platform.WEIBO, "甲", 1),
    )
    findings = tuple(
        samples.word_finding(account=one.reading.account.id, fingerprint=one.reading.account.id) for one in twins
    )
    made = opened(replace(base, accounts=twins, findings=findings, links=()), tmp_path)
    for name in ("问题明细", "整改清单"):
        assert [(row["平台"], row["账号"]) for row in table(made[name], 1)] == [
            ("微信", "云溪发布"),
            ("微博", "云溪发布"),
        ]


def test_every_sheet_counts_problems_in_one_way(tmp_path: Path) -> None:
    """A problem on three pages is one: as many on the cover as 问题明细 has rows and 整改清单 corrects."""
    report = replace(samples.weekly(), findings=(samples.word_finding(pages=3), *samples.weekly().findings))
    made = opened(report, tmp_path)
    rows, tasks = table(made["问题明细"], 1), table(made["整改清单"], 1)
    assert f"发现问题 {len(rows)} 个" in made["封面与结论"]["A3"].value
    assert sum(row["问题数"] for row in tasks) == len(rows) == 8


def test_links_that_work_are_counted_not_listed(book: Workbook) -> None:
    """Dead ones first, then those to confirm; an unconfirmed link is not called dead."""
    rows = table(book["失效链接"], 1)
    assert [row["结论"] for row in rows] == ["失效", "失效", "待确认"]
    assert rows[-1]["原因"] == "403 拒绝程序访问"
    assert (rows[0]["所属账号"], rows[0]["责任单位"]) == ("云溪卫健", "区卫生健康局")
    assert book["失效链接"].cell(5, 1).value == "站外链接：正常 1，失效 2，待确认 1，错链率 50.00%"


def test_filters_frozen_headers_and_print_setup(book: Workbook) -> None:
    """Tables can be filtered, their header stays in view and is printed on every page, A4 landscape."""
    assert book["账号汇总"].auto_filter.ref == "A1:L11"
    assert book["问题明细"].auto_filter.ref == "A1:AA8"
    assert book["账号汇总"].freeze_panes == "E2"
    assert book["问题明细"].freeze_panes == "E2"
    for name, titles in (("账号汇总", "$1:$1"), ("问题明细", "$1:$1"), ("更新情况", "$2:$3"), ("未检账号", "$1:$1")):
        sheet = book[name]
        assert sheet.print_title_rows == titles, name
    for sheet in book:
        assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
        assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (1, 0)
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        assert "&P" in sheet.oddFooter.center.text and "&N" in sheet.oddFooter.center.text
        assert sheet.oddHeader.left.text == "云溪区人民政府政务新媒体周检"
    # Columns for filtering on screen only are not printed.
    assert book["问题明细"].print_area == "'问题明细'!$A$1:$Q$8"


def test_conclusions_and_levels_are_coloured(book: Workbook) -> None:
    """The colour follows the word, so it is still right after a person has changed the cell."""
    for name, cells, word in (("账号汇总", "K2:K11", "超期未更新"), ("问题明细", "C2:C8", "否决")):
        rules = {
            rule.formula[0]: rule.dxf.fill.bgColor.rgb
            for area in book[name].conditional_formatting
            if str(area.sqref) == cells
            for rule in area.rules
        }
        assert rules[f'"{word}"'] == "00FBE3E1"


def test_review_offers_choices(book: Workbook) -> None:
    """审核意见 has a drop-down list; days are asked for as days, and what is none is warned of, not refused."""
    rules = {str(one.sqref): one for one in book["问题明细"].data_validations.dataValidation}
    assert rules["Q2:Q8"].formula1 == '"确认,误报,已整改,暂缓"'
    assert {cells: (one.type, one.errorStyle) for cells, one in rules.items() if cells != "Q2:Q8"} == {
        "T2:T8": ("date", "warning"),
        "U2:U8": ("date", "warning"),
    }


def test_numbers_of_findings_are_hidden_and_locked(tmp_path: Path) -> None:
    """Where a run is kept each row has its number, in a column that nobody sees; what people fill in is not locked."""
    base = told_apart(samples.weekly())
    report = replace(base, run=replace(base.run, number=7))
    made = opened(report, tmp_path)
    for name in ("问题明细", "失效链接", "整改清单"):
        sheet = made[name]
        heads = [cell.value for cell in sheet[1]]
        letters = {head: get_column_letter(heads.index(head) + 1) for head in ("问题编号", "审核意见", "整改期限")}
        assert {head for head in letters if sheet.column_dimensions[letters[head]].hidden} == {"问题编号"}, name
        assert sheet[f"{letters['问题编号']}2"].protection.locked
        assert not sheet[f"{letters['审核意见']}2"].protection.locked
        assert not sheet.protection.sheet, "sorting and filtering are for everybody"
    numbers = [str(row["问题编号"]) for row in table(made["问题明细"], 1)]
    assert [read_finding_id(number) for number in numbers] == [(7, one.fingerprint) for one in report.findings]


def test_what_was_decided_is_carried_over(tmp_path: Path) -> None:
    """Opinion, reason, reviewer, days, and how the finding stood; nothing where reviewers differ."""
    first, second, third, *rest = samples.weekly().findings
    day = date(2026, 11, 20)
    given = Decision("weekly", first.fingerprint, Opinion.CONFIRMED, day, "罗小满", "查过", date(2026, 12, 1), "已通知")
    history = History(State.STILL, date(2026, 11, 1), date(2026, 11, 1), 21, day, overdue=2, decision=given)
    findings = (
        replace(first, history=history),
        replace(second, history=replace(history, state=State.NEW, certain=False, decision=None, disputed=True)),
        replace(third, history=replace(history, overdue=0, decision=None)),
        *rest,
    )
    made = opened(replace(samples.weekly(), findings=findings), tmp_path)
    rows = table(made["问题明细"], 1)
    assert [row["审核意见"] for row in rows] == ["确认", *[None] * 6]
    assert (rows[0]["理由"], rows[0]["审核人"], rows[0]["整改情况"]) == ("查过", "罗小满", "已通知")
    assert (rows[0]["审核日期"], rows[0]["整改期限"]) == (datetime(2026, 11, 20), datetime(2026, 12, 1))
    standing = [(row["状态"], row["已有天数"], row["超期（工作日）"]) for row in rows[:4]]
    assert standing == [("仍在", 21, 2), ("新增", 21, "约 2"), ("仍在", 21, None), (None, None, None)]
    assert rows[0]["首次发现"] == datetime(2026, 11, 1)
    assert "意见不一" in rows[1]["理由"]
    (task,) = [row for row in table(made["整改清单"], 1) if row["问题"] == first.title]
    assert (task["审核意见"], task["审核人"], task["整改期限"]) == ("确认", "罗小满", datetime(2026, 12, 1))


def test_notes_say_how_to_fill_in(book: Workbook) -> None:
    """说明 ends with what each opinion does and how the workbook comes back."""
    texts = [str(row[0].value) for row in book["说明"].iter_rows()]
    told = "\n".join(texts[texts.index("五、怎样填写和导入审核意见") :])
    assert all(one.label in told for one in Opinion)
    assert "jimo-lint review import" in told and "问题编号" in told


def test_wide_enough_rows(book: Workbook) -> None:
    """A wrapped text gets the height it needs: no line is hidden in programs that do not fit rows themselves."""
    sheet = book["问题明细"]
    assert sheet.row_dimensions[4].height >= 2 * 14
    assert all(sheet.row_dimensions[row].height for row in range(1, 9))


def test_notes_name_rules_limits_and_evidence(book: Workbook) -> None:
    """说明 has version, run, limits with clause, each rule with its evidence mark."""
    texts = [str(cell.value) for row in book["说明"].iter_rows() for cell in row if cell.value is not None]
    joined = "\n".join(texts)
    assert f"jimo-lint {__version__}" in texts
    assert "2026-11-22 09:30 至 2026-11-22 09:37（北京时间）" in texts
    assert "14 天" in texts
    assert {"S104", "T101", "A101"} <= set(texts)
    assert "国办秘函〔2019〕19号 单项否决〔核〕" in joined
    assert "地方通报 文字表述不规范（待对照原件）〔推〕" in joined
    assert "核 = 两个以上独立来源核到" in joined


def test_nothing_configured_and_an_unfinished_crawl_are_said(tmp_path: Path) -> None:
    """An empty or incomplete report is not mistaken for a clean one."""
    sheet = opened(Report(samples.run("weekly", complete=False)), tmp_path)["封面与结论"]
    texts = [str(row[0].value) for row in sheet.iter_rows()]
    assert "注意：本次采集没有完成，以下结果不全。" in texts
    assert "没有配置账号。请在 jimo-lint.toml 里写 [[account]]。" in texts


@pytest.mark.parametrize(
    ("status", "nearly", "wording", "said"),
    [
        (UpdateStatus.FRESH, False, 0, "正常"),
        (UpdateStatus.FRESH, True, 0, "即将超期"),
        (UpdateStatus.FRESH, True, 1, "需整改"),
        (UpdateStatus.STALE, False, 1, "超期未更新"),
        (UpdateStatus.BLANK, False, 0, "账号无内容"),
        (UpdateStatus.UNKNOWN, False, 1, "未能判定"),
        (UpdateStatus.EXEMPT, False, 0, "不判更新"),
        (UpdateStatus.EXEMPT, False, 2, "需整改"),
    ],
)
def test_conclusions(status: UpdateStatus, nearly: bool, wording: int, said: str) -> None:
    """The gravest thing that is known is the conclusion."""
    result = samples.account("甲", Platform.WEIBO, "乙", 3, status, nearly=nearly, wording=wording)
    assert result.conclusion == said
    assert said in phrases.CONCLUSIONS
