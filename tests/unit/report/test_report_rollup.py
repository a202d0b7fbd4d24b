"""The roll-up of a fleet: its figures have their rows, what was not looked at is named, and nobody's marks are lost."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime
from html import unescape
from pathlib import Path

import pytest
from docx import Document

from jimo_lint.model import Platform, Severity
from jimo_lint.model.rollup import (
    AccountStand,
    FaultKind,
    GraveFinding,
    ReachedVeto,
    Rollup,
    Round,
    Seat,
    SiteResult,
    SiteStanding,
    TrendPoint,
)
from jimo_lint.report.docx.bulletin import lay_out
from jimo_lint.report.html import rollup as page
from jimo_lint.report.machine import rollup as machine
from jimo_lint.report.views import rollup as view
from jimo_lint.report.views.bulletin import Bulletin
from jimo_lint.report.views.rollup_bulletin import bulletin
from jimo_lint.report.views.rollup_groups import by_city, by_unit, ranks
from jimo_lint.report.views.rollup_tables import tables
from jimo_lint.report.views.table import Row, Table
from jimo_lint.report.xlsx import rollup as book
from tests.support.workbooks import opened

MADE, DAY = datetime(2026, 12, 2, 9, 30), date(2026, 11, 29)
P, F, U, N = SiteStanding.PASSED, SiteStanding.FAILED, SiteStanding.UNKNOWN, SiteStanding.UNSEEN


def seat(name: str, city: str = "青潭市") -> Seat:
    """A site whose unit is called after it."""
    return Seat(name, f"99{len(name):08}", name, city, f"{name}办公室")


def site(name: str, standing: SiteStanding = P, city: str = "青潭市", **fields: object) -> SiteResult:
    """One that was looked at, unless something else is said."""
    why = {F: "达到否决值：空白栏目", U: "采集没有完成", N: "未完成；首页打不开"}.get(standing, "")
    usual = {"as_of": DAY, "profile": "标准", "version": "0.1.0", "documents": 500} if standing is not N else {}
    return SiteResult(seat(name, city), standing, why, **{**usual, **fields})  # type: ignore[arg-type]


def account(name: str, standing: SiteStanding = P, city: str = "青潭市", **fields: object) -> AccountStand:
    """One of the site of its city."""
    usual: dict[str, object] = {"newest": DAY, "age": 0, "grave": 0, "errors": 0}
    made = {**usual, **fields}
    return AccountStand(seat(f"{city}政府", city), name, Platform.WECHAT, "宣传部", standing, "", **made)  # type: ignore[arg-type]


def round_(*sites: SiteResult, accounts: Iterable[AccountStand] = (), **fields: object) -> Round:
    """A round of column inspections, or of weekly ones where there are accounts."""
    held = tuple(accounts)
    weekly = bool(held) or bool(fields.pop("weekly", False))
    name = "weekly" if weekly else "columns"
    title = "政务新媒体周检" if weekly else "网站栏目体检"
    made = Round(f"20261129-0200-{name}", name, title, DAY, True, weekly, tuple(sites), held)
    return replace(made, **fields)  # type: ignore[arg-type]


def given(*rounds: Round) -> Rollup:
    """Of a province."""
    return Rollup("青河省", MADE, rounds)


VETO = ReachedVeto(
    seat("甲区"), "栏目不更新", "空白栏目", 6, "10 个栏目中 6 个空白", "要闻\n公告", "国办秘函〔2019〕19号", "核"
)
GRAVE = GraveFinding(
    seat("甲区"), "S104", "固定政治表述写错", "应为倡议", "战略", "要闻", "办公室", "https://a.example/1", None
)
KINDS = (
    FaultKind("S104", "固定政治表述写错", Severity.VETO, 1, 1, 1),
    FaultKind("T101", "常见错别字", Severity.ERROR, 1200, 3, 2),
    FaultKind("S108", "慎用词", Severity.NOTICE, 7, 2, 1),
)
POINT = TrendPoint("20261115-0200-columns", date(2026, 11, 15), 1, 2, 0, 0, 3, 9)
SITES = round_(
    site("甲区", F, vetoes=1, grave=1, errors=4, before=F, last=date(2026, 11, 15)),
    site("乙县", U, city="云溪市", errors=2, problems=3, before=F),
    site("丙县", N, city="云溪市", before=P, last=date(2026, 11, 15)),
    site("丁市", P, errors=9, before=F),
    site("戊区", P, before=P),
    vetoes=(VETO,),
    grave=(GRAVE,),
    grave_total=1,
    kinds=KINDS,
    trend=(POINT, replace(POINT, run="20261129-0200-columns", day=DAY, passed=2, failed=1, unknown=1, unseen=1)),
)
ACCOUNTS = round_(
    site("青潭市政府", accounts=3),
    site("云溪市政府", N, city="云溪市"),
    accounts=(
        account("青潭发布"),
        account("青潭应急", F, grave=1, age=30),
        account("青潭教育", U, newest=None, age=None),
    ),
)
BOTH = given(SITES, ACCOUNTS)


def table(made: Rollup, name: str) -> Table:
    """A table of the roll-up."""
    return next(one for one in tables(made) if one.name == name)


def column(held: Table, title: str) -> list[object]:
    """What stands below a title."""
    place = [field.title for field in held.fields].index(title)
    return [row[place] for row in held.rows]


def rows(held: Table) -> list[Row]:
    """All rows of a table."""
    return list(held.rows)


def test_the_first_sentences_have_both_numbers_of_every_share() -> None:
    """How many were to be looked at, were looked at, pass, fail, and of how many nothing is said."""
    assert view.verdict(SITES) == (
        "网站栏目体检：应查网站 5 个，检查了 4 个，合格 2 个，合格率 50.0%（2/4）；"
        "不合格 1 个（机器判定，须人工核实）；未能作出结论 1 个；未检查 1 个。"
    )
    assert view.verdict(ACCOUNTS) == (
        "政务新媒体周检：查了 1 个网站的账号 3 个，合格 1 个，合格率 33.3%（1/3）；"
        "不合格 1 个（机器判定，须人工核实）；未能作出结论 1 个；1 个网站的账号未检查。"
    )


@pytest.mark.parametrize("one", [round_(site("甲区", N), site("乙县", N)), round_(site("甲区", N), weekly=True)])
def test_nothing_looked_at_is_no_result(one: Round) -> None:
    """Where no site was looked at there is no share, no rank and nobody passes."""
    said = view.verdict(one)
    assert "不计算合格率" in said and "合格 0" not in said
    (city,) = by_city(given(one))
    assert ranks([city]) == [None]
    for held in tables(given(one)):
        assert not any(isinstance(value, float) for row in held.rows for value in row)


def test_who_was_not_looked_at_is_named_with_the_reason() -> None:
    """Missing and unjudged sites, places that were not read, closed sites and those that left the list are all rows."""
    made = given(replace(SITES, left=(seat("己县"),), closed=(seat("庚镇"),), ended=False), ACCOUNTS)
    held = table(made, "没有查到的")
    named = list(
        zip(column(held, "网站"), column(held, "情况"), column(held, "缘由"), column(held, "上次查到"), strict=True)
    )
    assert named == [
        ("丙县", "未检查", "未完成；首页打不开", date(2026, 11, 15)),
        ("乙县", "未能作出结论", "采集没有完成", None),
        ("乙县", "没有读全", "3 处没有读到，见该网站自己的工作簿", None),
        ("庚镇", "已关停", "网站清单里登记为关停，没有检查", None),
        ("己县", "不在本轮清单", "上一轮有，这一轮的网站清单里没有", None),
        ("云溪市政府", "未检查", "未完成；首页打不开", None),
    ]
    alarms = " ".join(line.text for line in view.lines(made) if line.style == "alarm")
    assert all(word in alarms for word in ("丙县", "云溪市政府", "己县", "还没有做完"))


def test_sites_stand_worst_first() -> None:
    """Those that fail, then those of which nothing is said, then the missing, then those that pass by their errors."""
    held = table(BOTH, "网站")
    assert column(held, "网站") == ["甲区", "乙县", "丙县", "丁市", "戊区"]
    assert column(held, "与上一轮相比") == ["仍不合格", "", "", "转为合格", ""]
    assert column(held, "错误级问题") == [4, 2, None, 9, 0]
    assert column(held, "每千页错误") == [8.0, 4.0, None, 18.0, 0.0]


@pytest.mark.parametrize(
    ("before", "now", "said"),
    [
        (P, F, "转为不合格"),
        (U, F, "转为不合格"),
        (F, F, "仍不合格"),
        (F, P, "转为合格"),
        (F, U, ""),
        (N, F, ""),
        (F, N, ""),
        (None, F, ""),
    ],
)
def test_changes_are_told_where_both_rounds_looked(before: SiteStanding | None, now: SiteStanding, said: str) -> None:
    """A site that is no longer judged has not become 合格, and one that was not looked at has not become worse."""
    held = table(given(round_(site("甲区", now, before=before))), "网站")
    assert column(held, "与上一轮相比") == [said]


def test_cities_are_ranked_by_their_shares() -> None:
    """The better share comes first, equal ones share a rank, and a city of which nothing was seen has none."""
    made = given(
        round_(
            site("甲", P, "青潭市"), site("乙", F, "青潭市", vetoes=1),
            site("丙", P, "云溪市"), site("丁", F, "云溪市", vetoes=1),
            site("戊", P, "石湾市"), site("己", N, "石湾市"),
            site("庚", N, "白鹭市"), site("辛", P, ""),
        )
    )  # fmt: skip
    held = table(made, "分市情况")
    ranked = list(zip(column(held, "名次"), column(held, "市"), column(held, "合格率"), strict=True))
    assert ranked == [
        (1, "石湾市", 1.0), (1, "（未填地市）", 1.0), (3, "云溪市", 0.5), (3, "青潭市", 0.5), (None, "白鹭市", None),
    ]  # fmt: skip
    assert any("没有填“市”" in line for line in view.rollup(made).reading)


def test_every_site_and_account_is_counted_once_in_cities_and_units() -> None:
    """The sums by city and by unit are those of the rounds."""
    for groups in (by_city(BOTH), by_unit(BOTH)):
        assert sum(one.of_sites.all for one in groups) == len(SITES.sites)
        assert sum(one.of_accounts.seen for one in groups) == len(ACCOUNTS.accounts)
        assert sum(one.unseen for one in groups) == 1
        assert sum(one.errors for one in groups) == 15


def test_an_account_that_was_not_read_has_no_counts() -> None:
    """A count of 0 would say that it was looked at."""
    held = table(BOTH, "账号")
    assert column(held, "账号") == ["青潭应急", "青潭教育", "青潭发布"]
    assert column(held, "错误级问题") == [0, None, 0]


def test_what_was_not_measured_alike_is_told() -> None:
    """Different standards or versions, and visits that nobody timed, stand at the top."""
    one = round_(site("甲"), site("乙", profile="省标准", version="0.2.0", unprobed=True), site("丙", N))
    alarms = [line.text for line in view.lines(given(one)) if line.style == "alarm"]
    assert any("检查标准不同（标准 1 个网站、省标准 1 个网站）" in text for text in alarms)
    assert any("程序版本不同" in text for text in alarms)
    assert any(text.startswith("● 1 个网站没有足够的监测访问") for text in alarms)
    assert not [line for line in view.lines(given(round_(site("甲"), site("乙")))) if line.style == "alarm"]


def test_what_is_not_listed_is_counted() -> None:
    """Of more veto findings than a sheet takes, the rest is named with its number."""
    made = given(replace(SITES, grave_total=2501))
    assert table(made, "否决级问题").notes == ("另有 2,500 个没有列出，见各网站自己的工作簿和数据库的 findings 表。",)


def test_the_workbook_has_the_tables_and_keeps_marks(tmp_path: Path) -> None:
    """Its sheets are the view's; one that a person wrote into stays, and the new one stands beside it."""
    path = tmp_path / "汇总.xlsx"
    assert book.write(BOTH, path) == path
    held = opened(path)
    assert held.sheetnames == ["概览", *(one.name for one in tables(BOTH)), "说明"]
    for one in tables(BOTH):
        sheet = held[one.name]
        assert [cell.value for cell in sheet[1]] == [field.title for field in one.fields]
        assert sheet.max_row == 1 + len(rows(one)) + len(one.notes)
    shares = held["分市情况"]
    place = [cell.value for cell in shares[1]].index("合格率")
    assert [(row[place].value, row[place].number_format) for row in shares.iter_rows(min_row=2, max_row=3)] == [
        (2 / 3, "0.0%"), (0, "0.0%"),
    ]  # fmt: skip
    veto = held["单项否决"]
    heads = [cell.value for cell in veto[1]]
    veto.cell(2, 1 + heads.index("人工认定")).value = "属实"
    held.save(path)
    assert book.write(BOTH, path) == tmp_path / "汇总-2.xlsx"
    assert opened(path)["单项否决"].cell(2, 1 + heads.index("人工认定")).value == "属实"


def test_text_of_sites_is_never_a_formula_or_markup(tmp_path: Path) -> None:
    """What pages and registers say is text in every form."""
    bad = "=HYPERLINK(1)<script>alert(1)</script>"
    odd = replace(VETO, seat=Seat("k", bad, bad, bad, bad), arithmetic=bad, samples=bad)
    made = given(replace(SITES, sites=(replace(site("甲", F), seat=odd.seat, why=bad),), vetoes=(odd,)))
    path = book.write(made, tmp_path / "汇总.xlsx")
    cells = [cell for sheet in opened(path) for row in sheet.iter_rows() for cell in row if cell.value]
    assert any(cell.value == bad for cell in cells)
    assert all(cell.data_type != "f" for cell in cells)
    assert "<script>" not in page.render(made)
    lay_out(bulletin(made), tmp_path / "通报.docx", MADE)


def figures(said: Bulletin) -> str:
    """The body in one text."""
    return "\n".join(one.text for one in said.body)


def test_the_draft_says_nothing_that_its_annexes_do_not_have(tmp_path: Path) -> None:
    """Who fails is listed, cities have their shares, what was not looked at is an annex; the rest is open."""
    said = bulletin(BOTH)
    text = figures(said)
    failed, cities, unseen = said.annexes
    assert [row[2] for row in failed.rows] == ["甲区", "青潭应急（微信）"]
    assert "附件1所列 2 个网站和账号" in text
    assert [row[1:3] for row in cities.rows] == [("青潭市", 3), ("云溪市", 2)]
    assert "青潭市 66.7%（2/3）、云溪市 0.0%（0/1）" in text
    assert [row[0] for row in unseen.rows] == [1, 2, 3]
    assert "共 3 项（附件3）" in text and "未能作出结论的账号 1 个" in text
    assert "合格率 33.3%（1/3），这一轮 50.0%（2/4）" in text
    assert "常见错别字 1,200 个（3 个网站）" in text and "另有提示 7 个" in text
    assert said.title == "关于青河省2026年第〔待填〕期政府网站和政务新媒体检查情况的通报"
    assert all(f"附件{number}" in text for number in (1, 2, 3))
    path = lay_out(said, tmp_path / "通报.docx", MADE)
    document = Document(str(path))
    assert said.title in [one.text for one in document.paragraphs]
    assert [len(one.rows) for one in document.tables] == [3, 3, 4]


def test_the_draft_of_one_round_without_faults() -> None:
    """Without fault, gap or former round it says so, and has no third annex."""
    said = bulletin(given(round_(site("甲区"), site("乙县"))))
    text = figures(said)
    assert [one.name for one in said.annexes] == ["不合格的网站和账号（机器判定，待核实）", "各市情况"]
    assert "没有发现警告级以上的问题" in text and "清单里的网站都已检查，并作出结论" in text
    assert "没有上一轮可比" in text and "附件3" not in text and "政务新媒体" not in text


def test_a_long_list_is_cut_and_says_where_the_rest_is() -> None:
    """A draft is read on paper."""
    said = bulletin(given(round_(*(site(f"网站{number}", N) for number in range(305)))))
    unseen = said.annexes[-1]
    assert (len(rows(unseen)), unseen.notes) == (300, ("另有 5 行，见工作簿“没有查到的”。",))
    assert "共 305 项" in figures(said)


def test_figures_of_the_page_lead_to_their_rows() -> None:
    """Each figure above 0 leads to a place of the page that has as many rows."""
    made = page.page(BOTH)
    text = page.render(BOTH)
    groups = {group.id: group.count for grid in made.grids for group in grid.groups}
    groups |= {grid.id: grid.count for grid in made.grids}
    for board in made.boards:
        for figure in board.figures:
            assert bool(figure.lead) == (figure.number != 0), figure
            if figure.lead:
                assert f'id="{figure.lead}"' in text
                assert groups[figure.lead] >= int(figure.number)
    assert "66.7%" in text
    assert "script-src 'none'" in unescape(text) and "<script" not in text


def test_json_has_the_figures_of_the_sentences() -> None:
    """Shares, cities and every site are there, with the words that people read."""
    raw = json.loads(machine.dumps(BOTH))
    first, second = raw["rounds"]
    assert raw["schema"] == "jimo-lint/rollup/1"
    assert first["share"] == {"passed": 2, "failed": 1, "unknown": 1, "unseen": 1, "seen": 4, "rate": 0.5}
    assert second["accounts_share"]["rate"] == 0.333333
    assert Counter(one["label"] for one in first["sites"]) == {"合格": 2, "不合格": 1, "未能作出结论": 1, "未检查": 1}
    assert [(one["city"], one["sites"]["rate"]) for one in raw["cities"]] == [("青潭市", 0.666667), ("云溪市", 0)]
    assert first["sites"][0]["name"] == "甲区" and second["accounts"][0]["account"] == "青潭发布"
    line = machine.line(BOTH)
    assert "\n" not in line and "50.0%（2/4）" in line
