"""Faults of the site as a whole."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from jimo_lint.evidence.annual_reports import calls_itself_report
from jimo_lint.evidence.standards import FOOTER_ELEMENTS
from jimo_lint.lint.engine import Engine
from jimo_lint.model import Basis, Context, Document, Finding, MaxAge, MetaCount, Severity, SiteReading, Threshold
from tests.support import shipped

DAY = date(2026, 11, 22)
CONTEXT = Context(DAY, shipped.national())
RULES = {rule.code: rule for rule in shipped.rules() if rule.kind == "site"}
URL = "https://www.example.gov.cn/"
CODE = "3702150001"
SITE = SiteReading(
    name="示例区人民政府",
    id_code=CODE,
    home=Document(URL, URL, "site", "示例区人民政府"),
    newest_home=DAY,
    metas={"sitename": "示例区人民政府", "sitedomain": "www.example.gov.cn", "siteidcode": CODE},
    footers={**dict.fromkeys(FOOTER_ELEMENTS, "有"), "idcode": f"网站标识码：{CODE}"},
    reports=(("示例区2025年政府信息公开工作年度报告", None), ("政府网站工作年度报表（2025年度）", None)),
)


def findings(site: SiteReading, context: Context = CONTEXT) -> list[Finding]:
    return list(Engine(list(RULES.values()), context).findings(site))


def test_a_site_in_order() -> None:
    """Nothing is said of a site that has everything."""
    assert findings(SITE) == []


def test_nothing_is_said_without_the_home_page() -> None:
    """What a page is missing can only be said of a page that was read."""
    assert findings(SiteReading("示例区人民政府", CODE, None, newest_home=date(2020, 1, 1))) == []


@pytest.mark.parametrize(("age", "stale"), [(13, False), (14, True)])
def test_stale_home(age: int, stale: bool) -> None:
    """A home page whose newest date is 14 days old is a veto, 13 days old nothing."""
    found = findings(replace(SITE, newest_home=DAY - timedelta(days=age)))
    assert [(one.code, one.severity) for one in found] == [("C105", Severity.VETO)] * stale
    for one in found:
        assert one.message == "首页不更新：最近更新 2026-11-08，至 2026-11-22 已 14 天，时限 14 天"
        assert (one.kind, one.subject, one.url) == ("site", "示例区人民政府", URL)


def test_stale_home_is_silent_without_a_date() -> None:
    """No date found is no proof that nothing was published; a profile may also have no such duty."""
    assert findings(replace(SITE, newest_home=None)) == []
    free = replace(CONTEXT.profile, home=Threshold(None, None, Basis("某文件", "", "核1")))
    assert findings(replace(SITE, newest_home=date(2020, 1, 1)), replace(CONTEXT, profile=free)) == []
    strict = replace(CONTEXT.profile, home=Threshold(MaxAge(days=3), None, Basis("某文件", "", "核1")))
    assert findings(replace(SITE, newest_home=DAY - timedelta(days=3)), replace(CONTEXT, profile=strict))


def test_missing_metas_are_a_warning_to_be_checked() -> None:
    """Absent and empty site metas are named; the basis says that the original is still to be checked."""
    [found] = findings(replace(SITE, metas={"sitename": " ", "siteidcode": CODE}))
    assert (found.code, found.severity) == ("C106", Severity.WARNING)
    assert found.message == "首页缺少网站标签：SiteDomain、SiteName（内容为空）"
    assert found.basis.endswith("（待对照原件）")


def test_missing_footer() -> None:
    """Elements seen on no page are named; where there is none at all, a script may have filled the footer."""
    footers = {key: value for key, value in SITE.footers.items() if key not in ("police", "phone")}
    [found] = findings(replace(SITE, footers=footers))
    assert (found.code, found.message) == ("C107", "全站页脚没有读到：联系电话、公安备案号")
    [none] = [one for one in findings(replace(SITE, footers={})) if one.code == "C107"]
    assert "请人工核对" in none.message
    [badge] = [one for one in findings(replace(SITE, footers={"party-badge": "script"})) if one.code == "C107"]
    assert badge.message == none.message == "全站页脚没有读到文字，可能由脚本生成，七项要素是否齐全请人工核对"
    [part] = findings(replace(SITE, footers={**footers, "unread": "frame"}))
    assert part.message == "全站页脚没有读到：联系电话、公安备案号；页脚有一部分由脚本或框架生成，请人工核对"


@pytest.mark.parametrize(
    ("configured", "meta", "footer", "said"),
    [
        (CODE, CODE, CODE, ""),
        ("", CODE, f"标识码{CODE}", ""),
        ("", "", "", ""),
        (CODE, "", "", ""),
        ("bm55000001", "BM55000001", "网站标识码：bm55000001", ""),
        (CODE, "4400000084", CODE, "配置 3702150001，网页标签 SiteIDCode 4400000084，页脚 3702150001"),
        ("", CODE, "标识码4400000084", "网页标签 SiteIDCode 3702150001，页脚 4400000084"),
        ("", "370215", "", "网页标签 SiteIDCode 370215（形式不对）"),
        ("", "37021500011", "", "网页标签 SiteIDCode 37021500011（形式不对）"),
    ],
)
def test_id_code(configured: str, meta: str, footer: str, said: str) -> None:
    """The identification code agrees in configuration, meta and footer, and has its form; empty is not wrong here."""
    site = replace(SITE, id_code=configured, metas={"siteidcode": meta}, footers={"idcode": footer})
    found = [one for one in findings(site) if one.code == "C108"]
    assert [one.message for one in found] == [f"网站标识码不一致：{said}"] * bool(said)


def test_fingerprint_outlasts_the_day() -> None:
    """A home page that still stands still next week is the same problem."""
    stale = replace(SITE, newest_home=date(2026, 10, 1))
    [first] = findings(stale)
    [later] = findings(stale, replace(CONTEXT, as_of=DAY + timedelta(days=7)))
    assert first.message != later.message
    assert first.fingerprint == later.fingerprint


def test_home_that_is_only_a_navigation() -> None:
    """Where the home page leads to no article, the second-level pages decide, and the message says so."""
    [found] = findings(replace(SITE, newest_home=date(2026, 11, 1), second_level=True))
    assert (found.code, "以二级页面为准" in found.message) == ("C105", True)


def test_lacking_metas_are_one_row_with_counts() -> None:
    """A template's fault on thousands of pages is one finding with its counts and samples."""
    lacking = (
        MetaCount("list", "ColumnType", 20, 20, ("https://www.example.gov.cn/a/",)),
        MetaCount("article", "PubDate", 3000, 3100, ("https://www.example.gov.cn/a/1.html",)),
        MetaCount("article", "ContentSource", 3000, 3100),
    )
    [found] = findings(replace(SITE, lacking=lacking))
    assert (found.code, found.pages, found.samples) == ("C110", 3000, ("https://www.example.gov.cn/a/1.html",))
    assert found.message.endswith("栏目页 20/20 页缺 ColumnType；内容页 3000/3100 页缺 PubDate、ContentSource")


@pytest.mark.parametrize(
    ("day", "titles", "said"),
    [
        ("2026-01-31", [], ""),
        ("2026-02-01", [], "各部门、镇街"),
        ("2026-03-31", ["示例区教育局2025年政府信息公开工作年度报告"], ""),
        ("2026-04-01", ["示例区教育局2025年政府信息公开工作年度报告"], "示例区人民政府"),
        ("2026-04-01", ["示例区2025年政府信息公开工作年度报告"], ""),
        ("2026-04-01", ["示例区二〇二五年政府信息公开年报"], ""),
        ("2026-04-01", ["示例区2024年政府信息公开工作年度报告"], "示例区人民政府"),
    ],
)
def test_annual_reports_are_due_on_their_days(day: str, titles: list[str], said: str) -> None:
    """Departments owe last year's report by 31 January, the district by 31 March; the day itself is in time."""
    as_of = date.fromisoformat(day)
    reports = (*((title, None) for title in titles), SITE.reports[1])
    found = findings(replace(SITE, newest_home=as_of, reports=reports), replace(CONTEXT, as_of=as_of))
    assert [one.message for one in found] == [
        f"没有找到{said} 2025 年政府信息公开工作年度报告，应于 {'3' if '区' in said else '1'} 月 31 日前公布"
    ] * bool(said)


def test_a_place_whose_name_looks_like_a_department() -> None:
    """The site's own place is taken out of a title before it is searched for departments."""
    site = replace(
        SITE, name="景德镇市人民政府", reports=(("景德镇市2025年政府信息公开年度报告", None), SITE.reports[1])
    )
    assert findings(site) == []


def test_annual_reports_of_an_unfinished_crawl() -> None:
    """What was not read cannot be said to be missing."""
    assert findings(replace(SITE, reports=(), complete=False)) == []
    assert [one.code for one in findings(replace(SITE, reports=()))] == ["C124", "C125"]


@pytest.mark.parametrize(
    ("title", "is_one"),
    [
        ("柘城县扶贫办2017年政府信息年度报告", True),
        ("某县政府门户网站工作年度报表（2017年度）", True),
        ("关于做好2017年政府信息公开年度报告编制公布工作的通知", False),
        ("2018年政府工作报告", False),
        ("信息报送制度", False),
    ],
)
def test_titles_of_annual_reports(title: str, is_one: bool) -> None:
    """Reports are told by their titles, whatever the order of the words; a notice about them is none."""
    assert calls_itself_report(title) is is_one
