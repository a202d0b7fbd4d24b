"""Where links lead: what titles, words and hosts of targets become findings, and what never does."""

from __future__ import annotations

from datetime import date

import pytest

from jimo_lint.evidence.link_targets import titled
from jimo_lint.lint.engine import Engine
from jimo_lint.model import Context, LinkResult, LinkSummary, Severity, Verdict
from tests.support import shipped

RULES = [rule for rule in shipped.rules() if rule.kind == "targets"]
ENGINE = Engine(RULES, Context(date(2026, 11, 22), shipped.national()))
HOME = "http://www.example.gov.cn/"


def link(
    url: str = "http://www.partner.example/",
    anchor: str = "示例协会",
    title: str = "",
    words: str = "",
    *,
    verdict: Verdict = Verdict.ALIVE,
    kind: str = "page",
    home: str = HOME,
) -> LinkSummary:
    """A target off the site that stands on one page."""
    return LinkSummary(
        url, kind, anchor, 1, (home,), True, LinkResult(url, verdict, "ok", 200, title=title, words=words)
    )


def codes(summary: LinkSummary) -> list[str]:
    return [finding.code for finding in ENGINE.findings(summary)]


@pytest.mark.parametrize(
    ("title", "words", "found"),
    [
        ("澳门新葡京_真人娱乐", "百家乐 棋牌游戏 六合彩", ["L127"]),
        ("示例协会-国产精品一区二区三区", "成人视频 无码视频", ["L127"]),
        ("SLOT GACOR | Situs Slot", "judi online", ["L127"]),
        ("澳门新葡京_真人娱乐", "", ["L128"]),
        ("澳门新葡京", "百家乐", ["L128"]),
        ("示例协会", "棋牌游戏 百家乐", ["L128"]),
        ("彩票平台", "手机购彩", ["L128"]),
        ("示例协会", "棋牌游戏比赛", []),
        ("示例协会", "会员名单", []),
        ("示例区公安机关打击百家乐、六合彩赌博", "棋牌游戏 真人娱乐 时时彩", []),
        ("示例协会", "严禁参与百家乐、六合彩、时时彩等网络赌博", []),
        ("示例省福利彩票发行中心", "双色球预测 彩票开奖 手机购彩", []),
        ("", "", []),
    ],
)
def test_harmful_words(title: str, words: str, found: list[str]) -> None:
    """Title and text together are a veto, two terms a warning, one term or a text against gambling nothing."""
    assert codes(link(title=title, words=words)) == found


def test_severity_follows_the_evidence() -> None:
    """Only where title and text agree is it a veto."""
    [sure] = ENGINE.findings(link(title="澳门新葡京_真人娱乐", words="百家乐 棋牌游戏"))
    [unsure] = ENGINE.findings(link(title="澳门新葡京_真人娱乐"))
    assert (sure.severity, unsure.severity) == (Severity.VETO, Severity.WARNING)
    assert "链接“示例协会”打开的是“澳门新葡京_真人娱乐”" in sure.message


def test_news_are_no_casino() -> None:
    """What a news site writes about casinos is its business."""
    assert not codes(link("http://www.chinanews.com/a.html", title="百家乐", words="六合彩 时时彩 真人娱乐"))


@pytest.mark.parametrize(
    ("anchor", "title", "found"),
    [
        ("河南省商丘市云溪县人民政府", "睢水县人民政府", ["L129"]),
        ("云溪县教育局", "东山县教育局官方网站", ["L129"]),
        ("云溪县政府", "睢水县人民政府", ["L129"]),
        ("河东省政府", "河东省人民政府门户网站", []),
        ("即山市人民政府", "青水市即山区人民政府", []),
        ("云溪县政府", "云溪县人民政府门户网站", []),
        ("县教育局", "东山县教育局", []),
        ("云溪县教育局", "东山县公安局", []),
        ("示例市文明网", "此域名正在出售", ["L129"]),
        ("示例域名管理中心", "域名注册办法", []),
        ("示例市统计局", "装修建材大全", ["L130"]),
        ("关于印发森林防火工作方案的通知", "手机特卖会场", ["L130"]),
        ("关于印发森林防火工作方案的通知", "森林防火方案印发", []),
        ("市发改委", "示例市发展和改革委员会", []),
        ("新华网", "Xinhua News", []),
        ("更多通知公告信息请看这里", "手机特卖会场", []),
        ("点击查看二〇二六年森林防火工作方案", "手机特卖会场", []),
        ("关于印发森林防火工作方案的通知", "统一身份认证平台", []),
        ("关于印发森林防火工作方案的通知", "404 Not Found", []),
    ],
)
def test_other_page_than_the_link_says(anchor: str, title: str, found: list[str]) -> None:
    """Another place's organ, a domain for sale, a title without a common character are told; short forms are not."""
    assert codes(link(anchor=anchor, title=title)) == found


@pytest.mark.parametrize(("rest", "found"), [("", ["L129"]), ("本站新闻：会议今天召开。" * 20, [])])
def test_a_page_that_only_mentions_domains_for_sale_is_not_parked(rest: str, found: list[str]) -> None:
    """A parked domain says that it is for sale and hardly anything else."""
    assert codes(link(anchor="示例协会", title="示例协会", words=f"本域名出售。{rest}")) == found


def test_words_of_the_page_speak_for_it() -> None:
    """A page whose title is odd but whose text is what the link says is no wrong link."""
    assert codes(link(anchor="示例市统计局", title="欣欣向荣网站", words="")) == ["L130"]
    assert not codes(link(anchor="示例市统计局", title="欣欣向荣网站", words="统计数据 统计公报"))


@pytest.mark.parametrize("summary", [link(title="澳门新葡京", verdict=Verdict.DEAD), link(title="装修", kind="image")])
def test_only_living_pages_have_titles(summary: LinkSummary) -> None:
    """A dead target or a picture says nothing."""
    assert not codes(summary)


@pytest.mark.parametrize(
    ("url", "home", "found"),
    [
        ("http://test.example.com/", HOME, ["L131"]),
        ("http://a.dev2.example.gov.cn/", HOME, ["L131"]),
        ("http://zwfw-uat.example.gov.cn/", HOME, ["L131"]),
        ("http://test.example.com/", "http://test.example.com/a", []),
        ("http://www.test.com/", HOME, []),
        ("http://testing.example.com/", HOME, []),
        ("http://democracy.example.com/", HOME, []),
        ("http://114.55.181.28/a", HOME, ["L132"]),
        ("http://[2400:3200::1]/a", HOME, ["L132"]),
        ("http://192.168.1.1/a", HOME, []),
        ("http://114.55.181.28/a", "http://114.55.181.28/", []),
        ("http://www.example.gov.cn:8080/", HOME, ["L132"]),
        ("http://www.example.gov.cn:443/", HOME, []),
        ("http://zwfw.other.gov.cn:8443/", HOME, []),
        ("http://999.1.1.1/", HOME, []),
        ("http://[bad/", HOME, []),
    ],
)
def test_hosts(url: str, home: str, found: list[str]) -> None:
    """Hosts for testing, public IP addresses and odd ports of one's own host are told of."""
    assert codes(link(url, home=home)) == found


def test_pages_of_the_site_are_known_by_their_own_title() -> None:
    """A link to a page that the crawl read is judged by that page's title and text."""
    inside = LinkSummary(
        f"{HOME}a.html", "page", "示例市统计局", 1, (HOME,), False, LinkResult(HOME, Verdict.ALIVE, "ok")
    )
    [known] = titled([inside], {f"{HOME}a.html": ("装修建材大全", "地板")}.get)
    assert codes(known) == ["L130"]
    assert not codes(next(iter(titled([inside], {f"{HOME}a.html": ("示例市统计局简介", "")}.get))))
