"""栏目体检: what a section chief finds on each sheet."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook
from rich.console import Console

from jimo_lint.lint.scoring import Material, score
from jimo_lint.model import AttachmentCount, Problem, ProblemCode, Report, Unopened
from jimo_lint.report import phrases
from jimo_lint.report.terminal.summary import summary
from jimo_lint.report.views import notes, owners, unread
from jimo_lint.report.xlsx import columns
from tests.support import report_samples as samples
from tests.support import shipped, workbooks

NATIONAL = shipped.national()
RULES = samples.columns().rules


def opened(report: Report, folder: Path) -> Workbook:
    """The workbook of a report, read back."""
    path = folder / "栏目体检.xlsx"
    columns.write(report, path)
    return workbooks.opened(path)


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Workbook:
    """The workbook of the sample report."""
    return opened(samples.columns(), tmp_path_factory.mktemp("columns"))


def rows_of(sheet: Any) -> list[list[Any]]:
    """The rows of a sheet without empty cells."""
    return [[value for value in row if value is not None] for row in sheet.iter_rows(values_only=True)]


def test_sheets(book: Workbook) -> None:
    """The sheets in the order in which they are read."""
    assert book.sheetnames == [
        "封面与结论",
        "单项否决",
        "扣分与依据",
        "栏目情况",
        "问题明细",
        "页面要素",
        "待人工核查",
        "整改建议",
        "链接",
        "未读与未检",
        "说明",
    ]


def cover(report: Report, folder: Path) -> list[str]:
    """The lines of the cover that stand in cells of their own."""
    return [str(row[0]) for row in rows_of(opened(report, folder)["封面与结论"]) if len(row) == 1]


def table(sheet: Any, head: int = 1) -> list[dict[str, Any]]:
    """The rows of a table below its head, by title."""
    names = [cell.value for cell in sheet[head]]
    rows = sheet.iter_rows(min_row=head + 1, max_col=len(names), values_only=True)
    return [dict(zip(names, row, strict=True)) for row in rows if isinstance(row[0], int)]


def test_the_cover_says_what_was_inspected_and_is_signed(book: Workbook) -> None:
    """Object, day, scope and standard stand above the result; room for a decision and names below it."""
    rows = rows_of(book["封面与结论"])
    assert ["检查对象", "云溪区人民政府", "检查日期", "2026年11月22日（2026年第47周）"] in rows
    assert ["检查范围", "栏目 15 个，页面 1,280 个，1,034,567 字", "采集时间", "11-22 09:30 至 11-22 09:37"] in rows
    assert ["检查人：", "复核人：", "日期：　　　　年　　月　　日"] in rows
    assert any(str(row[0]).startswith("人工认定：□") for row in rows if row)


def test_the_cover_says_the_risk(tmp_path: Path) -> None:
    """A reached veto is a risk that a person confirms; what is not known and not judged is counted, not hidden."""
    lines = cover(samples.columns(), tmp_path)
    (veto,) = [line for line in lines if line.startswith("单项否决：")]
    assert veto == (
        "单项否决：有否决风险：“严重表述错误”、“空白栏目”已达否决值，请人工核实；未达到 3 项；"
        "未能判定 1 项（一周内打不开的次数占比）；待人工核查 9 项。"
    )
    assert "栏目：共检查 15 个，正常 4，即将超期 2，更新不及时 2，空白栏目 5，未能判定 1，不判更新 1。" in lines
    (points,) = [line for line in lines if line.startswith("扣分：")]
    assert points.startswith("扣分：机器已核扣分 5 分，未核 ")
    assert "不计总分" in points


def test_a_site_without_faults_is_called_calmly(tmp_path: Path) -> None:
    """Nothing reached is said so, beside what is still open; no verdict of 合格 is made up."""
    base = samples.columns()
    report = replace(base, findings=(), indicators=score(NATIONAL, Material(samples.AS_OF, columns=base.columns[:1])))
    text = "".join(cover(report, tmp_path))
    assert "机器所查各项未达到否决值；" in text
    assert "未能判定 2 项（一周内打不开的次数占比、首页两周无更新）" in text
    assert "合格" not in text


def test_a_grave_finding_that_feeds_no_indicator_stands_on_the_cover(tmp_path: Path) -> None:
    """Whatever the counts say, a finding of the gravest kind is named on the first page, and not told twice."""
    told, untold = cover(replace(samples.columns(), indicators=()), tmp_path), cover(samples.columns(), tmp_path)
    assert "另有 2 个否决级问题（账号超期未更新、固定政治表述写错），请立即核实整改。" in told
    assert "另有 1 个否决级问题（账号超期未更新），请立即核实整改。" in untold


def test_an_unfinished_crawl_is_said_first(tmp_path: Path) -> None:
    """The warning stands above every result."""
    lines = cover(replace(samples.columns(), run=samples.run("columns", complete=False)), tmp_path)
    warning = "注意：本次采集没有完成，以下结果不全。"
    assert lines.index(warning) < next(n for n, line in enumerate(lines) if line.startswith("单项否决"))


def test_links_that_were_not_asked_are_said_on_the_cover(tmp_path: Path) -> None:
    """A figure of dead links stands beside a word that not all were asked."""
    base = samples.columns()
    part = replace(base, link_counts=(replace(base.link_counts[0], unchecked=3),))
    for report, label in ((base, "失效链接"), (part, "失效链接（未核全）")):
        rows = rows_of(opened(report, tmp_path)["封面与结论"])
        place = next(n for n, row in enumerate(rows) if "检查栏目" in row)
        assert (rows[place][-1], rows[place + 1][-1]) == (label, 2)


def off(base: Report, *codes: str) -> Report:
    """The same inspection with some of its rules switched off."""
    rules = frozenset(code for one in NATIONAL.indicators for code in one.rules) - set(codes)
    material = Material(samples.AS_OF, columns=base.columns[:1], newest_home=samples.AS_OF, rules=rules)
    out = tuple(rule for rule in RULES if rule.code in codes)
    return replace(base, findings=(), indicators=score(NATIONAL, material), off=out)


def test_vetoes_whose_rules_were_off_are_not_said_to_be_clear(tmp_path: Path) -> None:
    """未检 with the rule, on the cover, in 单项否决 and in the list for a person; never 未达到否决值."""
    report = off(samples.columns(), "C101", "C102")
    book = opened(report, tmp_path)
    lines = [str(row[0]) for row in rows_of(book["封面与结论"]) if len(row) == 1]
    (veto,) = [line for line in lines if line.startswith("单项否决：")]
    assert "未达到否决值" not in veto
    assert "未达到 1 项" in veto
    assert "规则没有启用、未检 3 项（动态要闻、通知公告、政策文件类栏目未更新、" in veto
    (scope,) = [line for line in lines if line.startswith("注意：")]
    assert "有 2 条规则没有启用（C101 空白栏目、C102 栏目更新不及时）" in scope
    row = next(row for row in table(book["单项否决"]) if row["考察点"] == "空白栏目")
    assert (row["检查结论"], row["检查情况"][:14]) == ("未检", "C101 没有启用，不下结论")
    assert ("空白栏目", "未检") in {(row["考察点"], row["缘由"]) for row in table(book["待人工核查"])}
    assert any(row[:1] == ["C102"] for row in rows_of(book["说明"])), "说明 has the whole list"
    assert ["规则", "启用 10 条，没有启用 2 条（见第五节）"] in rows_of(book["说明"])


def test_files_that_nobody_opened_are_counted_by_type(tmp_path: Path) -> None:
    """On the cover in a sentence, in 未读与未检 type by type; the sheet is there though every page was read."""
    files = (Unopened("attachment", ".xlsx", 4), Unopened("attachment", ".pdf", 3), Unopened("image", "", 1240))
    book = opened(replace(samples.columns(), problems=(), unopened=files), tmp_path)
    rows = {row["位置"]: row["个数"] for row in table(book["未读与未检"])}
    assert rows == {"附件（.xlsx）": 4, "附件（.pdf）": 3, "图片": 1240}
    (line,) = [str(row[0]) for row in rows_of(book["封面与结论"]) if row and str(row[0]).startswith("附件 7 个")]
    assert line.startswith("附件 7 个、图片 1,240 张未检查内容，请人工查看")


def test_a_dead_link_is_shown_with_the_page_that_holds_it(tmp_path: Path) -> None:
    """Title and address of a page on which it stands, in 链接 and in 问题明细, where the link itself is named, too."""
    base = samples.columns()
    page = "https://www.yunxi.example/tzgg/202610/t20261009_3990.html"
    links = tuple(replace(link, holder="关于开展2026年度申报的通知") for link in base.links)
    finding = next(replace(one, url=page, subject=links[2].url) for one in base.findings if one.kind == "link")
    book = opened(replace(base, links=links, findings=(finding,)), tmp_path)
    dead = table(book["链接"])[0]
    assert (dead["所在页面（示例）"], dead["所在网址（示例）"]) == ("关于开展2026年度申报的通知", page)
    (row,) = table(book["问题明细"])
    assert (row["标题"], row["网址"]) == ("关于开展2026年度申报的通知", page)
    assert links[2].url in row["所在上下文"]


def test_counts_on_the_cover_are_those_of_the_sheets(book: Workbook) -> None:
    """问题条数 on the cover, the rows of 问题明细 and what 整改建议 adds up to are one number; links have their own."""
    rows = rows_of(book["封面与结论"])
    place = next(n for n, row in enumerate(rows) if "检查栏目" in row)
    figures = dict(zip(rows[place], rows[place + 1], strict=True))
    assert figures["问题条数"] == len(table(book["问题明细"])) == sum(row["问题数"] for row in table(book["整改建议"]))
    assert figures["失效链接"] == [row["结论"] for row in table(book["链接"])].count("失效")


def test_vetoes_have_clause_sum_and_verdict(book: Workbook) -> None:
    """Each single veto has its clause, the mark of evidence, the sum and the verdict, and room for a person's."""
    rows = {row["考察点"]: row for row in table(book["单项否决"])}
    blank = rows["空白栏目"]
    assert blank["指标"] == "栏目不更新"
    assert blank["评分细则"] == "空白栏目5个（含）以上"
    assert blank["证据"] == "核"
    assert blank["检查情况"].startswith(
        "15 个栏目中 5 个空白，门槛 ≥ 5 个；另有 1 个未能判定，未计入。所涉：行政处罚公示、"
    )
    assert (blank["检查结论"], blank["人工认定"]) == ("达到", None)
    assert rows["应更新但长期未更新的栏目"]["检查结论"] == "未达到"
    assert rows["一周内打不开的次数占比"]["检查结论"] == "未能判定"
    assert rows["泄露国家秘密"]["检查结论"] == "待人工核查"
    assert "待对照原件" in rows["办事指南重点要素类别缺失"]["评分细则"]
    assert len(rows) == 15


def test_points_are_those_of_the_source(book: Workbook) -> None:
    """Only verified points are taken off, each with its sum; the total says how much nobody has judged."""
    sheet = book["扣分与依据"]
    rows = {row["考察点"]: row for row in table(sheet)}
    policy = rows["政策文件类栏目 6 个月未更新"]
    assert (policy["检查结论"], policy["核定扣分"], policy["人工扣分"]) == ("有问题", 5, None)
    assert "1 个 × 5 分 = 5 分" in policy["存在的问题"]
    news = rows["动态要闻类栏目两周未更新"]
    assert (news["检查结论"], news["核定扣分"]) == ("有问题", None)
    assert "分值未核到，不计分" in news["存在的问题"]
    assert [row["考察点"] for row in rows.values() if row["核定扣分"]] == ["政策文件类栏目 6 个月未更新"]
    total = next(row for row in rows_of(sheet) if row and str(row[0]).startswith("机器已核扣分合计"))
    assert total[1] == 5
    assert "不计总分" in total[0]


def test_what_a_person_must_judge_is_a_list(book: Workbook) -> None:
    """Every indicator that is open or could not be read is a row to be filled in, and no other."""
    rows = table(book["待人工核查"])
    expected = [one.indicator.point for one in samples.columns().indicators if one.standing in ("open", "unknown")]
    assert [row["考察点"] for row in rows] == expected
    assert {row["部分"] for row in rows} == {"单项否决", "扣分", "加分"}
    assert {row["缘由"] for row in rows} == {"待人工核查", "未能判定"}
    assert all(row["核查情况"] is None for row in rows)


def test_page_elements(book: Workbook, tmp_path: Path) -> None:
    """What the site shows is told from what it lacks and from what was not read; page problems follow by rule."""
    rows = table(book["页面要素"])
    assert [(row["要素或问题"], row["结论"]) for row in rows] == [
        ("ICP备案号", "有"),
        ("公安备案号", "缺"),
        ("SiteName", "未能判定"),
    ]
    fault = samples.word_finding(code="C107", title="页脚要素缺失", kind="site", pages=1)
    report = replace(samples.columns(), findings=(fault, replace(fault, fingerprint="2", pages=3)))
    row = table(opened(report, tmp_path)["页面要素"])[-1]
    assert (row["类别"], row["要素或问题"], row["结论"], row["页数"]) == ("全站问题", "页脚要素缺失（C107）", "错误", 4)


def test_who_has_to_correct_what_and_by_when(book: Workbook) -> None:
    """整改建议 names unit, place, problem and the last working day."""
    rows = {row["问题"]: row for row in table(book["整改建议"])}
    link = rows["失效链接"]
    assert (link["责任单位"], link["栏目、页面"]) == ("区政府办公室", "通知公告")
    assert link["怎样改"] == "按提示改正后重新发布。"
    assert link["建议整改时限"] == "3 个工作日\n（11月25日前）"
    assert rows["固定政治表述写错"]["建议整改时限"] == "立即"


def test_a_deadline_beyond_the_known_holidays_is_about(tmp_path: Path) -> None:
    """Where the year's holidays are not published yet, those by law are left out and the day is called an estimate."""
    base = samples.columns()
    far = replace(base, run=replace(base.run, as_of=date(2098, 12, 30)))
    rows = {row["问题"]: row for row in table(opened(far, tmp_path)["整改建议"])}
    assert rows["失效链接"]["建议整改时限"] == "3 个工作日\n（约1月5日前）"


def test_kinds_and_offices_are_counted(book: Workbook) -> None:
    """The state of columns by kind, and who has to act with which columns."""
    rows = rows_of(book["封面与结论"])
    assert ["动态要闻", 3, 1, 1, 1, 0, 0, 0, "14 天"] in rows
    assert ["区政府办公室", 6, 1, 0, "镇街动态"] in rows
    assert not any(row[:1] == ["区人力资源和社会保障局"] for row in rows)


def test_chart_draws_the_ages_and_covers_no_cell(book: Workbook) -> None:
    """The chart stands in a row of its own on the first page and draws the table of ages, worst first."""
    sheet = book["封面与结论"]
    (chart,) = sheet._charts  # type: ignore[attr-defined]
    place = chart.anchor._from.row + 1
    assert sheet.row_dimensions[place].height == pytest.approx(9.2 * 72 / 2.54)
    assert (chart.anchor.to.row, chart.anchor.to.rowOff) == (place, 0)
    assert all(cell.value is None for cell in sheet[place])
    assert place < sheet.row_breaks.brk[0].id
    first = int(chart.ser[0].val.numRef.f.split("$")[2].rstrip(":"))
    drawn = [
        (sheet.cell(row, 1).value, sheet.cell(row, 9).value, sheet.cell(row, 10).value) for row in (first, first + 1)
    ]
    assert drawn == [("镇街动态", 45, 14), ("规范性文件", 230, 184)]
    # Blank, exempt and unread columns have no age.
    assert chart.ser[0].val.numRef.f.endswith(f"${first + 7}")


def test_one_row_a_column_gravest_first(book: Workbook) -> None:
    """Every column has a row; what is unknown stands after what is wrong and is not called blank."""
    sheet = book["栏目情况"]
    names = [cell.value for cell in sheet[1]]
    rows = [dict(zip(names, row, strict=True)) for row in sheet.iter_rows(min_row=2, values_only=True)]
    assert [row["结论"] for row in rows] == [
        *["更新不及时"] * 2,
        *["空白栏目"] * 5,
        *["即将超期"] * 2,
        "未能判定",
        *["正常"] * 4,
        "不判更新",
    ]
    stale = next(row for row in rows if row["栏目"] == "镇街动态")
    assert (stale["类别"], stale["责任单位"], stale["重点"]) == ("动态要闻", "区政府办公室", "★")
    assert (stale["最近更新"], stale["未更新天数"], stale["时限"]) == (datetime(2026, 10, 8), 45, "14 天")
    assert "超过 14 天没有更新；国办秘函〔2019〕19号" in stale["依据与原因"]
    unknown = next(row for row in rows if row["结论"] == "未能判定")
    assert (unknown["最近更新"], unknown["依据与原因"]) == (None, "列表由脚本生成，读不到")
    assert sheet.auto_filter.ref == "A1:N16"
    assert sheet.print_area == "'栏目情况'!$A$1:$M$16"
    assert sheet.freeze_panes == "C2"
    assert sheet.print_title_rows == "$1:$1"
    assert sheet.cell(2, names.index("网址") + 1).hyperlink.target.startswith("https://www.yunxi.example/")


def test_limits_stand_in_the_notes(book: Workbook) -> None:
    """Each limit that was applied is named with its clause, and the veto counts after them."""
    rows = rows_of(book["说明"])
    assert ["动态要闻栏目", "14 天", "国办秘函〔2019〕19号 栏目不更新：14 天未更新"] in rows
    (blank,) = [row for row in rows if row[:1] == ["单项否决：空白栏目"]]
    assert blank[1] == "≥ 5 个"
    assert "空白栏目5个（含）以上" in blank[2]


def test_an_empty_report_says_what_to_do(tmp_path: Path) -> None:
    """No column configured is said, with the remedy, and the empty sheets are made all the same."""
    book = opened(Report(samples.run("columns")), tmp_path)
    assert ["没有配置栏目。请在 jimo-lint.toml 里写 [[column]]。"] in rows_of(book["封面与结论"])
    assert len(book.sheetnames) == 10


def test_the_report_of_a_unit_has_the_links_of_its_columns() -> None:
    """A link belongs to the office whose column shows it first."""
    report = samples.columns()
    [held] = [one.reading.column for one in report.columns if one.reading.column.name == "规范性文件"]
    link = replace(report.links[0], account=None, column=held.id)
    parts = dict(owners.parts(replace(report, links=(link,))))
    assert [name for name, part in parts.items() if part.links] == ["区司法局"]


def test_results_by_owner_shorten_long_lists(tmp_path: Path) -> None:
    """An office with many faulty columns has ten of them named and the rest counted."""
    base = samples.columns()
    blank = next(result for result in base.columns if result.reading.column.name == "国有资产")
    many = tuple(
        replace(blank, reading=replace(blank.reading, column=replace(blank.reading.column, name=f"栏目{number}")))
        for number in range(14)
    )
    rows = rows_of(opened(replace(base, columns=many), tmp_path)["封面与结论"])
    row = next(row for row in rows if row[:1] == ["区财政局"])
    assert row[-1].endswith("、栏目9等 14 个")


def test_forms_are_printed_with_their_heads_and_without_orphans(book: Workbook) -> None:
    """The two forms of the standard keep to a page each, and every table repeats its head."""
    for name in ("单项否决", "扣分与依据"):
        assert book[name].page_setup.fitToHeight == 1
    for name in ("单项否决", "扣分与依据", "栏目情况", "问题明细", "页面要素", "待人工核查", "整改建议"):
        assert book[name].print_title_rows == "$1:$1"


def test_tables_behind_the_cover_begin_a_page_where_they_do_not_fit(book: Workbook, tmp_path: Path) -> None:
    """Where twenty columns are aged, the table of kinds begins on the next page; a few tables share one."""

    def breaks(sheet: Any) -> list[str]:
        return [str(sheet.cell(one.id + 1, 1).value)[:2] for one in sheet.row_breaks.brk]

    assert breaks(book["封面与结论"]) == ["附一"]
    base = samples.columns()
    results = tuple(
        replace(one, reading=replace(one.reading, column=replace(one.reading.column, name=f"栏目{number}-{count}")))
        for count in range(3)
        for number, one in enumerate(base.columns)
    )
    assert breaks(opened(replace(base, columns=results), tmp_path)["封面与结论"]) == ["附一", "附二"]


@pytest.mark.parametrize(
    ("count", "counted", "said"),
    [
        (AttachmentCount(12, 30, 5), "、附件 42 个，", "读了 12 个；30 个没有改过，按上次读出的检查；5 个没有读"),
        (AttachmentCount(0, 0, 5), "篇（页），", "5 个没有读"),
        (AttachmentCount(), "篇（页），", None),
        (None, "篇（页），", None),
    ],
)
def test_attachments_are_counted_apart(count: AttachmentCount | None, counted: str, said: str | None) -> None:
    """How many were read, how many are as they were, and how many nobody read."""
    report = replace(samples.columns(), attachments=count)
    assert counted in phrases.looked_at(report)
    assert dict(notes.notes(report, ()).facts).get("附件") == said


def test_the_cover_counts_attachments_beside_pages(tmp_path: Path) -> None:
    """Those that were looked at, read now or before."""
    report = replace(samples.columns(), attachments=AttachmentCount(read=3, unchanged=9, unread=2))
    scope = next(row for row in rows_of(opened(report, tmp_path)["封面与结论"]) if row[:1] == ["检查范围"])
    assert "页面 1,280 个、附件 12 个，" in str(scope[1])


def test_how_slowly_a_host_was_asked_is_a_fact_and_nothing_unread() -> None:
    """It stands in the notes and on the screen, and in no list of what was not looked at."""
    pace = Problem(ProblemCode.PACE, "www.qingtan.example", {"wish": "3"})
    report = replace(samples.columns(), problems=(pace,), unopened=())
    said = "www.qingtan.example：robots.txt 要求两次访问至少隔 3 秒，已照办"
    assert dict(notes.notes(report, ()).facts)["访问间隔"] == said
    assert unread.unread(report) is None
    assert "访问间隔" not in dict(notes.notes(replace(report, problems=()), ()).facts)
    screen = io.StringIO()
    console = Console(file=screen, width=200)
    summary(report, console)
    assert said in screen.getvalue() and "未读与未检" not in screen.getvalue()
