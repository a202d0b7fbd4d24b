"""通报: what it says has its rows, what was not looked at is named, and the draft is a document that Word opens."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import pytest
from docx import Document
from pypdf import PdfReader

from jimo_lint.model import (
    Account,
    AccountReading,
    AccountResult,
    Column,
    ColumnKind,
    ColumnReading,
    ColumnResult,
    Finding,
    LinkCount,
    LinkGroup,
    MaxAge,
    Opinion,
    Platform,
    Report,
    Severity,
    State,
    Unopened,
    UpdateStatus,
)
from jimo_lint.model.ledger import Entry
from jimo_lint.model.requests import Standing as Stands
from jimo_lint.report.docx import bulletin as draft
from jimo_lint.report.views.annexes import facts
from jimo_lint.report.views.bulletin import DRAFT, Bulletin, bulletin
from jimo_lint.report.views.standing import FAILED, PASSED, UNKNOWN, rates, standings
from tests.support import ledger_samples as samples
from tests.support import shipped
from tests.support.ledger_samples import AS_OF, decision, entry, ledger
from tests.support.problems import problem
from tests.support.report_samples import requests, run, word_finding

MOMENT = datetime(2026, 11, 22, 9, 30)
SOFFICE = shutil.which("soffice")
OPENING = "〔待填：检查的组织单位和依据〕。现将云溪区人民政府网站和政务新媒体检查情况通报如下。"


def account(name: str, owner: str, status: UpdateStatus = UpdateStatus.FRESH, *, posts: int = 9) -> AccountResult:
    """One that was read, unless something else is said."""
    held = Account(f"wechat:{name}", name, Platform.WECHAT, owner)
    reason = "存档读不出" if status is UpdateStatus.UNKNOWN else ""
    return AccountResult(AccountReading(held, AS_OF, posts=posts), status, 1, MaxAge(days=14), reason, "依据")


def column(name: str, owner: str, status: UpdateStatus = UpdateStatus.FRESH) -> ColumnResult:
    """One that was read, unless something else is said."""
    url = f"https://www.yunxi.example/{len(name)}{ord(name[0])}/"
    reading = ColumnReading(Column(url, name, url, ColumnKind.NEWS, owner=owner), AS_OF, items=9, read_pages=1)
    return ColumnResult(reading, status, 1, MaxAge(days=14), "", "依据")


def finding(number: int, account: str = "", column: str = "", **fields: object) -> Finding:
    """A wrong word in a post of an account or in a page of a column."""
    names = {"account_name": account, "account": f"wechat:{account}" if account else "", "column_name": column}
    return replace(word_finding(fingerprint=f"{number:016x}"), **{**names, **fields})  # type: ignore[arg-type]


def weekly(findings: Iterable[Finding] = (), accounts: Iterable[AccountResult] = (), **fields: object) -> Report:
    """A weekly inspection."""
    return replace(Report(run("weekly"), tuple(findings), accounts=tuple(accounts)), **fields)  # type: ignore[arg-type]


def columns(findings: Iterable[Finding] = (), results: Iterable[ColumnResult] = (), **fields: object) -> Report:
    """An inspection of columns."""
    return replace(Report(run("columns"), tuple(findings), columns=tuple(results)), **fields)  # type: ignore[arg-type]


def entry_of(found: Finding, inspection: str = "weekly", **fields: object) -> Entry:
    """What the ledger knows of a finding: open, and to be mended within three days."""
    made = entry(due=date(2026, 11, 25), **fields)  # type: ignore[arg-type]
    return replace(made, inspection=inspection, finding=found)


def sample() -> tuple[tuple[Report, Report], list[Entry]]:
    """Of each thing one: a fault of each level, what is mended, dismissed, deferred, over its limit, not looked at."""
    word = {"owner": "区融媒体中心"}
    mine = [
        finding(1, "云溪发布", **word),
        finding(2, "云溪发布", code="S104", title="固定政治表述写错", severity=Severity.VETO, **word),
        finding(
            3, "云溪三农", owner="区农业农村局", severity=Severity.WARNING, code="F101", title="发文字号括号不规范"
        ),
        finding(4, "云溪发布", severity=Severity.NOTICE, title="慎用词", **word),
        finding(5, "云溪文旅", owner="区文化和旅游局", title="常见错别字"),
    ]
    theirs = [
        finding(
            6, column="政策解读", owner="区司法局", code="L101", title="失效链接", message="链接打不开：404 找不到"
        ),
        finding(7, column="政策解读", owner="区司法局"),
    ]
    entries = [
        entry_of(mine[0], overdue=12),
        entry_of(mine[1]),
        entry_of(mine[2]),
        entry_of(mine[3]),
        entry_of(mine[4], silenced=True),
        entry_of(theirs[0], "columns", state=State.CLOSED, closed=AS_OF),
        entry_of(theirs[1], "columns", decided=decision(Opinion.DEFERRED, due=date(2026, 12, 31))),
    ]
    unread = problem("archives/市场监管.xlsx", "读不出")
    unread = replace(unread, accounts=("wechat:云溪市监",))
    accounts = [
        account("云溪发布", "区融媒体中心"),
        account("云溪三农", "区农业农村局"),
        account("云溪文旅", "区文化和旅游局", UpdateStatus.STALE),
        account("云溪市监", "区市场监督管理局", UpdateStatus.UNKNOWN),
    ]
    reports = (
        weekly(mine, accounts, problems=(unread,), unopened=(Unopened("image", "", 40, "wechat:云溪发布"),)),
        columns(theirs, [column("政策解读", "区司法局"), column("通知公告", "")]),
    )
    return reports, entries


def said() -> Bulletin:
    """The draft of the sample."""
    reports, entries = sample()
    return bulletin(reports, ledger(entries))


def text(of: Bulletin) -> str:
    """All paragraphs."""
    return "\n".join(paragraph.text for paragraph in of.body)


def rows(of: Bulletin, number: int) -> list[dict[str, object]]:
    """The rows of an annex by the titles of its fields."""
    table = of.annexes[number - 1]
    titles = [field.title for field in table.fields]
    return [dict(zip(titles, row, strict=True)) for row in table.rows]


def test_it_has_the_usual_form() -> None:
    """Title, 总体情况, 主要问题, 下一步要求, annexes and signature, with room for what a person knows."""
    one = said()
    assert one.title == "关于2026年第〔待填〕期网站和政务新媒体检查情况的通报"
    heads = [paragraph.text for paragraph in one.body if paragraph.style == "heading-1"]
    assert heads == ["一、总体情况", "二、主要问题", "三、下一步要求"]
    assert [table.name for table in one.annexes] == ["问题清单", "检查对象和结论", "没有查到的内容"]
    assert "附件：1．问题清单" in text(one)
    assert {"〔待填：主送单位〕：", "〔待填：发文机关〕", "〔待填：成文日期〕"} <= {part.text for part in one.body}
    assert (one.number, one.signer) == ("〔待填：发文字号〕", "签发人：〔待填〕")


@pytest.mark.parametrize(("number", "what"), [(0, "政务新媒体"), (1, "网站")])
def test_of_one_inspection_it_is_about_that_alone(number: int, what: str) -> None:
    """A draft on accounts says nothing of the site, and the other way."""
    reports, entries = sample()
    one = bulletin([reports[number]], ledger(entries))
    assert one.title == f"关于2026年第〔待填〕期{what}检查情况的通报"


def test_requests_pass_by_their_time_limit() -> None:
    """Overdue fails, a number that stands twice is not concluded, what is not due yet neither passes nor fails."""
    report = requests()
    one = bulletin([report, columns()], ledger(()))
    assert one.title == "关于2026年第〔待填〕期网站和依申请公开检查情况的通报"
    assert "申请以按期答复的为合格" in text(one) and "对本单位的栏目、申请开展自查" in text(one)
    assert report.requests
    stood = [(row["名称"], row["结论"]) for row in rows(one, 2) if row["类别"] == "申请"]
    assert stood == [("2026-001", FAILED), ("2026-002", UNKNOWN)]
    rate = next(one for one in rates(standings([report], report.findings)) if one.noun == "申请")
    assert (rate.all, rate.judged, rate.passed) == (3, 1, 0)
    late = replace(report.requests.results[0], standing=Stands.LATE)
    made = standings([replace(report, requests=replace(report.requests, results=(late,)))], ())
    assert [(one.noun, one.conclusion) for one in made] == [("责任单位", FAILED), ("申请", FAILED)]


def test_the_figures_of_problems_are_counts_of_rows() -> None:
    """By level and by kind: as many as the first annex has rows of it; notices and false alarms are not among them."""
    one = said()
    listed = rows(one, 1)
    assert [row["序号"] for row in listed] == [1, 2, 3, 4, 5]
    assert "发现问题 5 个（附件1），其中否决 1 个、错误 3 个、警告 1 个。" in text(one)
    assert "检查之后经复查已经改好的 1 个（附件1“现状”）" in text(one)
    assert [row["现状"] for row in listed].count("已销号") == 1
    assert "另有提示 1 个" in text(one) and "为误报的 1 个未列入" in text(one)
    assert not {"提示"} & {row["级别"] for row in listed}
    assert "区文化和旅游局" not in {row["责任单位"] for row in listed}


def test_every_kind_names_its_rows_and_its_units() -> None:
    """The numbers of rows that a kind names are those of its problems, and the units are counted among them."""
    one = said()
    listed = {row["序号"]: row for row in rows(one, 1)}
    kinds = re.findall(r"共 (\d+) 个（附件1序号(\d+)(?:至(\d+))?）。(.*)", text(one))
    assert len(kinds) == 4
    seen: list[int] = []
    for count, first, last, rest in kinds:
        numbers = range(int(first), int(last or first) + 1)
        assert len(numbers) == int(count)
        seen += numbers
        for number in numbers:
            owner = str(listed[number]["责任单位"])
            mine = [other for other in numbers if listed[other]["责任单位"] == owner]
            assert f"{owner} {len(mine)} 个" in rest
        assert f"（附件1序号{first}）" in rest
    assert seen == sorted(listed)  # type: ignore[type-var]


def test_the_first_page_says_it_in_a_few_lines() -> None:
    """How many were looked at, how many pass, how many problems, and how many are over their limit."""
    digest = said().body[2].text
    assert digest == (
        "共检查责任单位 5 个、账号 4 个、栏目 2 个，在能作出结论的里面，"
        "合格率为责任单位 50.0%、账号 66.7%、栏目 50.0%。"
        "发现问题 5 个（附件1），其中否决级 1 个；截至 2026年11月22日，超过整改期限的 1 个。"
    )
    assert [row["现状"] for row in rows(said(), 1)].count("超期12个工作日") == 1


def test_what_nobody_answers_for_is_no_unit() -> None:
    """It is counted apart, and an example is rather one of a unit."""
    mine = [finding(1, owner=""), finding(2, column="甲", owner="区司法局", url="https://b.example/")]
    one = text(bulletin([columns(mine)], ledger([])))
    assert "涉及区司法局 1 个；没有填写责任单位的 1 个。如区司法局“甲”：“布署”应为“部署”（附件1序号" in one
    assert "没有填写责任单位的 2 个。如未填责任单位：" in text(bulletin([columns([mine[0], mine[0]])], ledger([])))


def test_a_long_example_is_cut() -> None:
    """What a page said at length does not fill the draft."""
    one = text(bulletin([weekly([finding(1, "云溪发布", message="长" * 300)])], ledger([])))
    assert "长" * 60 + "……" in one and "长" * 61 not in one


def test_many_sorts_of_one_kind_are_not_all_named() -> None:
    """The five most frequent, and how many there are."""
    many = [finding(number, "云溪发布", title=f"类{number // 2}") for number in range(14)]
    one = text(bulletin([weekly(many)], ledger([])))
    assert "主要是类0 2 个、类1 2 个、类2 2 个、类3 2 个、类4 2 个，共 7 类。" in one


def test_a_draft_needs_no_tables_of_the_year() -> None:
    """pandas, which only the sums of the ledger need, is not loaded for it."""
    script = "import sys, jimo_lint.report.docx.bulletin, jimo_lint.cli.bulletin; print('pandas' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", script], check=True, capture_output=True, text=True, timeout=120)
    assert done.stdout.strip() == "False"


def test_graver_kinds_come_first() -> None:
    """What has a veto leads, whatever its number."""
    heads = [part.text for part in said().body if part.style == "heading-2"]
    assert heads[4:8] == ["（一）严重表述与敏感表述", "（二）错别字", "（三）链接", "（四）公文格式与标点"]


def test_pass_rates_name_their_denominator_and_have_their_rows() -> None:
    """Of those of which something is concluded; the second annex has as many rows of each conclusion."""
    one = said()
    listed = rows(one, 2)
    for noun, all_, judged, passed in (("责任单位", 5, 4, 2), ("账号", 4, 3, 2), ("栏目", 2, 2, 1)):
        mine = [row["结论"] for row in listed if row["类别"] == noun]
        assert (len(mine), len(mine) - mine.count(UNKNOWN), mine.count(PASSED)) == (all_, judged, passed), noun
        share = f"合格 {passed} 个，合格率 {passed / judged:.1%}（{passed}/{judged}）"
        assert share in text(one)
    assert "未能作出结论的不计入分母" in text(one)


def test_what_was_not_looked_at_is_named_and_never_passes() -> None:
    """An account that was not read is named with why; what was not opened is counted; no conclusion rests on it."""
    one = said()
    assert "账号“云溪市监”（存档读不出）" in text(one)
    assert "没有查到不等于没有问题" in text(one)
    assert "图片 40 张未检查内容" in text(one)
    assert [row["结论"] for row in rows(one, 2) if row["名称"] == "云溪市监"] == [UNKNOWN]
    unseen = rows(one, 3)
    assert f"没有读到或没有检查的共 {len(unseen)} 项（附件3）" in text(one)
    assert "补查没有查到的" in text(one)


@pytest.mark.parametrize(
    ("reading", "report", "row"),
    [
        ({"untold": 1}, {}, ("账号“云溪发布”", 1, "篇在档案里只有标题，正文没有检查")),
        ({"pictures": 12}, {}, ("账号“云溪发布”", 12, "篇的内容在图片里，图中文字没有检查")),
        ({}, {"links_asked": False}, ("检查范围", None, "没有核对链接")),
        ({}, {"off": (shipped.rules()[0],)}, ("检查范围", None, "只用了 0 条规则，其余 1 条没有启用")),
    ],
)
def test_what_the_report_says_was_not_looked_at_the_draft_says_too(
    reading: dict[str, int], report: dict[str, object], row: tuple[str, int | None, str]
) -> None:
    """Posts of which the archive has the title only, pictures, links that were not asked, rules that were off."""
    one = account("云溪发布", "区融媒体中心")
    one = replace(one, reading=replace(one.reading, **reading))
    made = bulletin([weekly([], [one], **report)], ledger([]))
    assert "应当检查的都已查到" not in text(made)
    assert "没有读到或没有检查的共 1 项（附件3）" in text(made) and "补查没有查到的" in text(made)
    (seen,) = rows(made, 3)
    assert (seen["位置"], seen["个数"]) == row[:2] and str(seen["情况"]).startswith(row[2])


@pytest.mark.parametrize(
    ("opinion", "known", "now", "asked"),
    [
        (Opinion.MENDED, {}, "报称已整改，待复查", "报称已整改的 1 个，待复查"),
        (Opinion.MENDED, {"overdue": 3}, "报称已整改，待复查，超期3个工作日", "报称已整改的 1 个，待复查"),
        (Opinion.MENDED, {"state": State.UNDONE}, "整改未到位", "2026年11月25日前完成 1 个"),
        (Opinion.CONFIRMED, {}, "未整改", "2026年11月25日前完成 1 个"),
        (Opinion.CONFIRMED, {"overdue": 3}, "超期3个工作日", "已超过整改期限的 1 个，立即整改"),
    ],
)
def test_what_is_said_to_be_mended_is_not_called_unmended(
    opinion: Opinion, known: dict[str, object], now: str, asked: str
) -> None:
    """Nor mended before somebody looked again; where it was looked at and still there, it is not done."""
    found = finding(1, "云溪发布")
    made = bulletin([weekly([found])], ledger([entry_of(found, decided=decision(opinion), **known)]))
    assert [row["现状"] for row in rows(made, 1)] == [now]
    assert asked in text(made)


def test_where_all_was_seen_it_says_so() -> None:
    """No third annex, and nothing to look at again."""
    one = bulletin([weekly([], [account("云溪发布", "区融媒体中心")])], ledger([]))
    assert "应当检查的都已查到。" in text(one) and "补查" not in text(one)
    assert len(one.annexes) == 2
    assert "合格率 100.0%（1/1）" in text(one)
    assert "没有发现警告级以上的问题" in text(one)


def test_a_rate_of_nothing_is_none() -> None:
    """Where nothing could be concluded there is no rate."""
    one = bulletin([weekly([], [account("甲", "乙局", UpdateStatus.UNKNOWN)])], ledger([]))
    assert "账号 1 个，都未能作出结论，不计算合格率。" in text(one)


@pytest.mark.parametrize(
    ("report", "conclusion"),
    [
        (columns([], [column("通知公告", "甲局")]), PASSED),
        (columns([], [column("通知公告", "甲局")], run=run("columns", complete=False)), UNKNOWN),
        (columns([finding(1, column="通知公告", owner="甲局")], [column("通知公告", "甲局")]), FAILED),
        # Another unit's column of the same name.
        (columns([finding(1, column="通知公告", owner="乙局")], [column("通知公告", "甲局")]), PASSED),
        (
            columns(
                [finding(1, column="通知公告", owner="甲局", severity=Severity.WARNING)], [column("通知公告", "甲局")]
            ),
            PASSED,
        ),
        # Stale, and no rule said so: it was off.
        (columns([], [column("通知公告", "甲局", UpdateStatus.STALE)]), UNKNOWN),
        (columns([], [column("通知公告", "甲局", UpdateStatus.EXEMPT)]), PASSED),
        (weekly([], [account("甲", "甲局", UpdateStatus.EXEMPT, posts=0)]), UNKNOWN),
    ],
)
def test_what_an_object_passes_for(report: Report, conclusion: str) -> None:
    """It fails for an error, passes where it was looked at, and is undecided otherwise."""
    *_, one = standings([report], report.findings)
    assert one.conclusion == conclusion
    assert bool(one.reason) == (conclusion == UNKNOWN)


def test_what_a_reviewer_dismissed_does_not_fail_anybody() -> None:
    """A stale account whose finding is a 误报 passes."""
    result = account("云溪文旅", "区文化和旅游局", UpdateStatus.STALE)
    found = finding(1, "云溪文旅", owner="区文化和旅游局")
    *_, one = standings([weekly([], [result])], [], [found])
    assert one.conclusion == PASSED
    assert [rate.share for rate in rates([one])] == [1.0]


def test_what_has_to_be_done_by_when() -> None:
    """Those over their limit first, then by day; what is deferred or mended is not among them."""
    assert (
        "已超过整改期限的 1 个，立即整改并说明原因；2026年11月25日前完成 2 个；经审核暂缓的 1 个，到期前完成。"
        in text(said())
    )
    assert [row["整改期限"] for row in rows(said(), 1)].count("2026-11-25") == 5


def test_a_day_that_no_arrangement_settles_is_marked() -> None:
    """约 stands before it in the text and in the list."""
    found = finding(1, "云溪发布")
    known = entry_of(found)
    known = replace(known, history=replace(known.history, due=date(2031, 2, 10), certain=False))
    one = bulletin([weekly([found])], ledger([known]))
    assert "约2031年2月10日前完成 1 个" in text(one)
    assert rows(one, 1)[0]["整改期限"] == "约 2031-02-10"


def test_many_problems_of_a_kind_are_listed_gravest_first_and_the_rest_named() -> None:
    """The list takes a hundred of a kind; the text says where all of them stand."""
    many = [finding(number, "云溪发布", owner="区融媒体中心") for number in range(150)]
    grave = finding(999, "云溪发布", owner="区融媒体中心", severity=Severity.VETO, title="甲")
    one = bulletin([weekly([*many, grave])], ledger([]))
    assert len(rows(one, 1)) == 100 and rows(one, 1)[0]["级别"] == "否决"
    assert "共 151 个（附件1序号1至100，列出最重的100个，全部见工作簿“问题明细”）" in text(one)


def test_links_without_verdict_are_counted_as_unseen() -> None:
    """待确认 and what was not asked; where links were not to be asked the scope says so."""
    count = LinkCount(LinkGroup.INTERNAL, alive=5, inconclusive=2, unchecked=3)
    one = bulletin([columns(link_counts=(count,))], ledger([]))
    assert [row["个数"] for row in rows(one, 3)] == [3, 2]
    assert "没有核对链接" in text(bulletin([columns(link_counts=(count,), links_asked=False)], ledger([])))


def written(path: Path, reports: Iterable[Report], entries: Iterable[Entry]) -> Path:
    """The draft as a file."""
    return draft.write(list(reports), ledger(entries), path, MOMENT)


def test_the_paper_is_that_of_the_standard(tmp_path: Path) -> None:
    """A4, its margins, fonts and lines of GB/T 9704, a number on every page, and what it is in its head."""
    reports, entries = sample()
    opened = Document(str(written(tmp_path / "通报.docx", reports, entries)))
    first, across = opened.sections
    size = [round(length.mm) for length in (first.page_width, first.page_height)]  # type: ignore[union-attr]
    margins = (first.top_margin, first.bottom_margin, first.left_margin, first.right_margin)
    assert size == [210, 297]
    assert [round(margin.mm) for margin in margins] == [37, 35, 28, 26]  # type: ignore[union-attr]
    assert [round(length.mm) for length in (across.page_width, across.page_height)] == [297, 210]  # type: ignore[union-attr]
    for section in (first, across):
        assert section.header.paragraphs[0].text == section.even_page_header.paragraphs[0].text == DRAFT
        assert "PAGE" in section.footer._element.xml and "PAGE" in section.even_page_footer._element.xml
    looks = {paragraph.text: paragraph.style for paragraph in opened.paragraphs}
    for line, font, points in (
        ("关于2026年第〔待填〕期网站和政务新媒体检查情况的通报", "方正小标宋简体", 22),
        ("一、总体情况", "黑体", 16),
        ("（一）检查范围", "楷体_GB2312", 16),
        (OPENING, "仿宋_GB2312", 16),
    ):
        style = looks[line]
        assert style is not None and style.font.size.pt == points  # type: ignore[attr-defined]
        assert f'w:eastAsia="{font}"' in style.element.xml
        assert 28 <= style.paragraph_format.line_spacing.pt <= 33  # type: ignore[attr-defined]
    with zipfile.ZipFile(tmp_path / "通报.docx") as package:
        fonts = package.read("word/fontTable.xml").decode()
    assert 'w:name="仿宋_GB2312"' in fonts and 'w:altName w:val="仿宋,FangSong' in fonts


def test_the_annexes_are_tables_whose_heads_come_again(tmp_path: Path) -> None:
    """Each has its rows, and its head on every page; no row is parted."""
    reports, entries = sample()
    opened = Document(str(written(tmp_path / "通报.docx", reports, entries)))
    assert [len(table.rows) - 1 for table in opened.tables] == [5, 11, 2]
    for table in opened.tables:
        assert table._tbl.xml.count("<w:tblHeader/>") == 1
        assert table._tbl.xml.count("<w:cantSplit/>") == len(table.rows)
    assert [cell.text for cell in opened.tables[0].rows[1].cells][:4] == [
        *("1", "区融媒体中心", "云溪发布", "固定政治表述写错"),
    ]


@pytest.mark.parametrize(
    "hostile", ["<w:p/>&amp;", "a\x00b\x1b[31m", "\ud800甲\uffff", "{ PAGE }", "甲\n乙\t丙", "\u202eabc", "=1+1"]
)
def test_hostile_text_is_neither_markup_nor_field(hostile: str, tmp_path: Path) -> None:
    """Whatever a page said, the draft opens, has the same parts, and shows the text on one line."""
    names = {"owner": hostile, "message": hostile, "url": hostile, "title": hostile}
    found = finding(1, "云溪发布", **names)
    path = written(tmp_path / "通报.docx", [weekly([found], [account("云溪发布", hostile)])], [entry_of(found)])
    opened = Document(str(path))
    plain = Document(str(written(tmp_path / "又.docx", [weekly([finding(1, "云溪发布")])], [])))
    assert len(opened.element.xpath("//w:instrText")) == len(plain.element.xpath("//w:instrText")) == 0
    cells = [cell.text for row in opened.tables[0].rows for cell in row.cells]
    assert cells[9:][1] == cells[9:][3] == cells[9:][5]
    assert "\n" not in cells[10] and "\t" not in cells[10] and "\x00" not in cells[10]


def test_personal_data_does_not_come_out(tmp_path: Path) -> None:
    """A number in the name of a file or in a message is masked in text and tables."""
    found = finding(1, "云溪发布", message="联系人手机 13812345678", owner="区融媒体中心")
    unread = problem("archives/13812345678.xlsx", "读不出")
    path = written(tmp_path / "通报.docx", [weekly([found], problems=(unread,))], [])
    with zipfile.ZipFile(path) as package:
        assert not any(b"13812345678" in package.read(name) for name in package.namelist())


def test_a_draft_that_somebody_wrote_into_is_kept(tmp_path: Path) -> None:
    """One that stands as it was written is replaced; one that was worked on is not."""
    reports, entries = sample()
    path = tmp_path / "通报.docx"
    assert written(path, reports, entries) == path == written(path, reports, entries)
    opened = Document(str(path))
    opened.paragraphs[0].text = "云政办〔2026〕18号"
    opened.save(str(path))
    assert written(path, reports, entries) == tmp_path / "通报-2.docx"
    assert Document(str(path)).paragraphs[0].text == "云政办〔2026〕18号"


@pytest.mark.slow
@pytest.mark.skipif(SOFFICE is None, reason="没有安装 LibreOffice")
def test_libreoffice_prints_it_in_the_lines_of_the_standard(tmp_path: Path) -> None:
    """28 characters a line, 22 lines a page, numbered — 1 —, every page marked as a draft."""
    reports, entries = sample()
    path = written(tmp_path / "通报.docx", reports, entries)
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = [str(SOFFICE), profile, "--headless", "--convert-to", "pdf", "--outdir", str(tmp_path), str(path)]
    subprocess.run(command, check=True, capture_output=True, timeout=240)
    pages = [page.extract_text() or "" for page in PdfReader(tmp_path / "通报.pdf").pages]
    for number, page in enumerate(pages, 1):
        assert f"—{number}—" in "".join(page.split())
        assert "代拟稿" in page
    full = [line for line in pages[1].splitlines() if re.fullmatch(r"[\u4e00-\u9fff，。、；：（）“”]{25,}", line)]
    assert full and max(map(len, full)) in (28, 29)
    assert len([line for line in pages[1].splitlines() if line.strip()]) - 2 <= 22


def test_the_facts_hold_the_ledger_of_another_day() -> None:
    """A finding that the ledger does not know has no limit, and is open."""
    [item] = facts([weekly([finding(1, "云溪发布")])], samples.ledger([])).items
    assert item.is_open and item.entry is None
