"""Faults of the site as a whole."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from jimo_lint.checks.site import FOOTER_ELEMENTS
from jimo_lint.engine import Engine
from jimo_lint.model import Basis, Context, Document, Finding, MaxAge, Severity, SiteReading, Threshold
from jimo_lint.profile import load_profile
from jimo_lint.ruleset import load_rules

DAY = date(2026, 11, 22)
CONTEXT = Context(DAY, load_profile("national"))
RULES = {rule.code: rule for rule in load_rules() if rule.kind == "site"}
URL = "https://www.example.gov.cn/"
CODE = "3702150001"
SITE = SiteReading(
    name="示例区人民政府",
    id_code=CODE,
    home=Document(URL, URL, "site", "示例区人民政府"),
    newest_home=DAY,
    metas={"sitename": "示例区人民政府", "sitedomain": "www.example.gov.cn", "siteidcode": CODE},
    footers={**dict.fromkeys(FOOTER_ELEMENTS, "有"), "idcode": f"网站标识码：{CODE}"},
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
