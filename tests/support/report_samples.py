"""Makes realistic reports for the tests of writers; all names are invented."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zlib import crc32

from jimo_lint import __version__
from jimo_lint.evidence import request_years
from jimo_lint.inspection import INSPECTIONS
from jimo_lint.inspection.requests import judged
from jimo_lint.lint.request_clock import Calendar
from jimo_lint.lint.request_weeks import weeks
from jimo_lint.lint.scoring import Material, score
from jimo_lint.model import (
    Account,
    AccountReading,
    AccountResult,
    Basis,
    Column,
    ColumnKind,
    ColumnReading,
    ColumnResult,
    Element,
    Finding,
    LinkCount,
    LinkGroup,
    LinkResult,
    LinkSummary,
    Looked,
    MaxAge,
    Outcome,
    Platform,
    Position,
    Problem,
    ProblemCode,
    Report,
    Rule,
    Run,
    Severity,
    Span,
    Unopened,
    UpdateStatus,
    Verdict,
)
from jimo_lint.model.requests import AnswerFile, Applicant, Decision, Phone, Request, RequestBook
from tests.support import shipped
from tests.support.problems import problem

AS_OF = date(2026, 11, 22)
SITE = "云溪区人民政府"
_STANDARD = "国办秘函〔2019〕19号"
_DAYS14 = MaxAge(days=14)
_MONTHS6 = MaxAge(months=6)

_RULES = (
    ("S104", "set-phrase-wrong", "固定政治表述写错", Severity.VETO, "words"),
    ("T101", "common-typo", "常见错别字", Severity.ERROR, "words"),
    ("T103", "doubled-word", "重复字词", Severity.WARNING, "pattern"),
    ("F101", "docnum-brackets", "发文字号括号不规范", Severity.WARNING, "pattern"),
    ("P103", "mobile-number", "公开个人手机号", Severity.WARNING, "personal"),
    ("S108", "cautious-term", "慎用词", Severity.NOTICE, "words"),
    ("L101", "dead-link", "失效链接", Severity.ERROR, "links"),
    ("C101", "blank-column", "空白栏目", Severity.ERROR, "columns"),
    ("C102", "stale-column", "栏目更新不及时", Severity.ERROR, "columns"),
    ("A101", "stale-account", "账号超期未更新", Severity.VETO, "accounts"),
)


def rule(code: str, name: str, title: str, severity: Severity, kind: str) -> Rule:
    """A rule as a rule file would give it, with its texts made up from the title."""
    return Rule(
        code,
        name,
        title,
        kind,
        severity,
        "{matched}",
        f"{title}会被上级抽查通报，影响政府公信力，应在发布前改正。",
        (Basis(_STANDARD, "单项否决", "核"), Basis("地方通报", "文字表述不规范", "推")),
        (),
        {},
        "0.1.0",
        fix="按提示改正后重新发布。",
        false_alarms="引用原文时可能误报。",
    )


def run(inspection: str, *, complete: bool = True) -> Run:
    """A run of a few minutes on the sample day."""
    started = datetime(2026, 11, 22, 1, 30, tzinfo=UTC)
    return Run(
        inspection,
        INSPECTIONS[inspection].heading,
        AS_OF,
        SITE,
        __version__,
        "national",
        started,
        started + timedelta(minutes=7),
        1280,
        1_034_567,
        complete,
    )


def word_finding(
    matched: str = "布署",
    suggestion: str = "部署",
    before: str = "会议对今冬明春森林防火工作进行了再动员、再",
    after: str = "，要求各镇街压实责任，把各项措施落到实处。",
    **fields: object,
) -> Finding:
    """A wrong word in a page, with exact span and excerpt."""
    finding = Finding(
        code="T101",
        name="common-typo",
        title="常见错别字",
        severity=Severity.ERROR,
        message=f"“{matched}”应为“{suggestion}”",
        subject="云溪区召开森林防火工作会议",
        url="https://www.yunxi.example/zwdt/202611/t20261118_4101.html",
        span=Span(len(before), len(before) + len(matched)),
        position=Position(1, len(before) + 1, 1, len(before) + len(matched) + 1),
        matched=matched,
        suggestions=(suggestion,) if suggestion else (),
        excerpt=before + matched + after,
        excerpt_start=len(before),
        locator="正文第 2 段",
        basis=f"{_STANDARD} 附件",
        fingerprint="5f0c2a91",
        samples=("https://www.yunxi.example/zwdt/202611/t20261118_4101.html",),
        account_name="云溪发布",
        column_name="",
        owner="区融媒体中心",
        published=datetime(2026, 11, 18, 9, 5),
    )
    return replace(finding, **fields)  # type: ignore[arg-type]


def account(
    name: str,
    platform: Platform,
    owner: str,
    age: int | None,
    status: UpdateStatus = UpdateStatus.FRESH,
    *,
    week: int = 3,
    reason: str = "",
    nearly: bool = False,
    wording: int = 0,
    dead: int = 0,
) -> AccountResult:
    """A row of the weekly inspection."""
    newest = AS_OF - timedelta(days=age) if age is not None else None
    held = Account(f"{platform.value}:{name}", name, platform, owner)
    days = {newest - timedelta(days=7 * back): 1 + back for back in range(6)} if newest else {}
    reading = AccountReading(held, newest, posts=40 if newest else 0, week_posts=week, days=days)
    basis = f"{_STANDARD} 政务新媒体 内容不更新：2 周内无更新"
    return AccountResult(reading, status, age, _DAYS14, reason, basis, nearly, wording, dead)


def column(
    name: str,
    kind: ColumnKind,
    owner: str,
    age: int | None,
    status: UpdateStatus = UpdateStatus.FRESH,
    *,
    limit: MaxAge | None = _MONTHS6,
    key: bool = False,
    reason: str = "",
    nearly: bool = False,
    items: int = 60,
) -> ColumnResult:
    """A row of the column inspection."""
    newest = AS_OF - timedelta(days=age) if age is not None else None
    url = f"https://www.yunxi.example/{kind.value}/{crc32(name.encode()) % 10_000}/"
    held = Column(url, name, url, kind, key, owner)
    reading = ColumnReading(held, newest, None, items if newest else 0, 0, 3)
    basis = f"{_STANDARD} 栏目不更新：{limit}未更新" if limit else "无更新时限"
    return ColumnResult(reading, status, age, limit, reason, basis, nearly)


def links() -> tuple[LinkSummary, ...]:
    """Dead, unconfirmed and working links."""
    moment = datetime(2026, 11, 22, 1, 35, tzinfo=UTC)
    page = "https://www.yunxi.example/tzgg/202610/t20261009_3990.html"

    def link(url: str, text: str, verdict: Verdict, reason: str, status: int, kind: str = "page") -> LinkSummary:
        result = LinkResult(url, verdict, reason, status, "", moment)
        external = "yunxi.example" not in url
        return LinkSummary(url, kind, text, 4, (page,), external, result, account="wechat:云溪卫健")

    return (
        link("https://www.yunxi.example/", "首页", Verdict.ALIVE, "正常", 200),
        link("https://sw.example.org/2019/old.html", "省水文站", Verdict.DEAD, "域名不存在（连续 3 次）", 0),
        link(
            "https://www.yunxi.example/files/2020/表.doc", "申请表.doc", Verdict.DEAD, "404 找不到", 404, "attachment"
        ),
        link("https://zwfw.example.org/list?area=1&b=2", "办事大厅", Verdict.INCONCLUSIVE, "403 拒绝程序访问", 403),
    )


def _findings() -> tuple[Finding, ...]:
    return (
        Finding(
            "A101",
            "stale-account",
            "账号超期未更新",
            Severity.VETO,
            "账号“云溪应急”距最近更新 35 天，超过 14 天",
            "云溪应急",
            kind="account",
            basis=f"{_STANDARD} 政务新媒体 内容不更新",
            fingerprint="a1",
            account_name="云溪应急",
            owner="区应急管理局",
        ),
        word_finding(
            "一带一路战略",
            "“一带一路”倡议",
            "我区将主动融入",
            "，深化与沿线港口的合作，扩大开放。",
            code="S104",
            name="set-phrase-wrong",
            title="固定政治表述写错",
            severity=Severity.VETO,
            subject="区政府工作报告解读之三",
        ),
        word_finding(pages=3, samples=tuple(f"https://www.yunxi.example/zwdt/{number}.html" for number in range(3))),
        word_finding("座无虚席席", "座无虚席", "现场", "，群众反响热烈。", severity=Severity.WARNING, title="重复字词"),
        word_finding(
            "138****5678",
            "",
            "联系人：李工，电话：",
            "，逾期不予受理。",
            code="P103",
            title="公开个人手机号",
            severity=Severity.WARNING,
            message="正文公开了个人手机号，请改用办公电话或隐去中间四位",
            subject="关于组织申报2026年度农业产业化项目的通知",
            account_name="云溪三农",
            owner="区农业农村局",
        ),
        Finding(
            "L101",
            "dead-link",
            "失效链接",
            Severity.ERROR,
            "链接打不开：404 找不到",
            "申请表.doc",
            url="https://www.yunxi.example/files/2020/表.doc",
            kind="link",
            basis="国办发〔2017〕47号 定期检查链接",
            fingerprint="l1",
            pages=4,
            column_name="通知公告",
            owner="区政府办公室",
        ),
        word_finding("瞎子", "盲人", "为全区", "免费发放辅具。", severity=Severity.NOTICE, title="慎用词"),
    )


def weekly() -> Report:
    """A weekly inspection of ten accounts."""
    stale, unknown = UpdateStatus.STALE, UpdateStatus.UNKNOWN
    return Report(
        run("weekly"),
        _findings(),
        accounts=(
            account("云溪发布", Platform.WECHAT, "区融媒体中心", 0, week=21, wording=3),
            account("云溪应急", Platform.WECHAT, "区应急管理局", 35, stale, week=0, reason="超过 14 天没有更新"),
            account("云溪教育", Platform.WECHAT, "区教育和体育局", 2, week=5),
            account("云溪三农", Platform.WECHAT, "区农业农村局", 1, week=6, wording=1),
            account("云溪交警", Platform.WEIBO, "区公安分局交警大队", 11, week=0, nearly=True, reason="还有 3 天到期"),
            account("云溪文旅", Platform.DOUYIN, "区文化和旅游局", 3, week=4),
            account("云溪市场监管", Platform.WEIBO, "区市场监督管理局", None, unknown, week=0, reason="存档读不出"),
            account("云溪卫健", Platform.WECHAT, "区卫生健康局", 4, week=2, dead=1),
            account("平安云溪", Platform.TOUTIAO, "区委政法委员会", 6, week=1),
            account("云溪医保服务", Platform.VIDEO, "区医疗保障局", 16, stale, week=0, reason="超过 14 天没有更新"),
        ),
        links=links(),
        link_counts=(LinkCount(LinkGroup.EXTERNAL, alive=1, dead=2, inconclusive=1),),
        problems=(problem("archives/市场监管/2026-11.xlsx", "不是有效的工作簿，请重新导出"),),
        rules=tuple(rule(*row) for row in _RULES),
    )


def columns() -> Report:
    """A column inspection that reaches one veto count of columns, scored by the national standard."""
    report = _columns()
    material = Material(AS_OF, report.findings, report.columns, newest_home=AS_OF)
    return replace(report, indicators=score(shipped.national(), material))


def _columns() -> Report:
    stale, blank = UpdateStatus.STALE, UpdateStatus.BLANK
    office = "区政府办公室"
    return Report(
        run("columns"),
        _findings(),
        columns=(
            column("云溪要闻", ColumnKind.NEWS, "区融媒体中心", 0, limit=_DAYS14, key=True, items=980),
            column("部门动态", ColumnKind.NEWS, office, 12, limit=_DAYS14, nearly=True, reason="还有 2 天到期"),
            column(
                "镇街动态", ColumnKind.NEWS, office, 45, stale, limit=_DAYS14, key=True, reason="超过 14 天没有更新"
            ),
            column("通知公告", ColumnKind.NOTICE, office, 4, key=True, items=430),
            column("规范性文件", ColumnKind.POLICY, "区司法局", 230, stale, key=True, reason="超过 6 个月没有更新"),
            column("政策解读", ColumnKind.INTERPRETATION, office, 20, key=True),
            column("人事任免", ColumnKind.PERSONNEL, "区人力资源和社会保障局", 90, limit=MaxAge(months=12)),
            column("规划计划", ColumnKind.PLAN, "区发展和改革局", 300, limit=MaxAge(months=12), nearly=True),
            column("区领导", ColumnKind.LEADERS, office, None, UpdateStatus.EXEMPT, limit=None, reason="不判更新"),
            *(
                column(f"{name}", ColumnKind.OTHER, owner, None, blank, reason="没有任何信息")
                for name, owner in (
                    ("行政处罚公示", "区综合行政执法局"),
                    ("价格收费", "区发展和改革局"),
                    ("国有资产", "区财政局"),
                    ("应急预案", "区应急管理局"),
                    ("双随机一公开", "区市场监督管理局"),
                )
            ),
            column(
                "网上调查", ColumnKind.CONSULTATION, office, None, UpdateStatus.UNKNOWN, reason="列表由脚本生成，读不到"
            ),
        ),
        links=links(),
        link_counts=(LinkCount(LinkGroup.EXTERNAL, alive=1, dead=2, inconclusive=1),),
        elements=(
            Element("页脚要素", "ICP备案号", True, "鲁ICP备00000000号", "国办发〔2017〕47号 底部功能区"),
            Element("页脚要素", "公安备案号", False, "", "国办发〔2017〕47号 底部功能区"),
            Element("网站标签", "SiteName", None, "", "国办发〔2017〕47号 网站标签"),
        ),
        problems=(problem("https://www.yunxi.example/wsdc/", "列表由脚本生成，读不到"),),
        rules=tuple(rule(*row) for row in _RULES),
    )


def check() -> Report:
    """A check of drafts, one of which could not be read."""
    places = {"url": "稿件/一.txt", "samples": (), "account_name": "", "owner": "", "published": None}
    return Report(
        replace(run("check"), documents=2, characters=1800),
        (word_finding(**places), word_finding("座无虚席席", "座无虚席", "现场", "。", **places)),  # type: ignore[arg-type]
        problems=(problem("稿件/坏.docx", "读不出，请重新存一份"),),
        rules=tuple(rule(*row) for row in _RULES),
    )


def asked() -> Report:
    """A check of a list of links, one of which was not asked."""
    barred = LinkSummary("http://10.0.0.8/", "page", "内网", 1, (), True, barred="private-address")
    hops = ((302, "https://www.yunxi.example/old"), (301, "https://www.yunxi.example/older"))
    first, *rest = links()
    led = replace(first, result=replace(first.result, chain=hops, seconds=0.25, size=1024))  # type: ignore[type-var]
    return Report(
        replace(run("links"), documents=0, characters=0),
        tuple(finding for finding in _findings() if finding.code == "L101"),
        links=(led, *rest, barred),
        link_counts=(LinkCount(LinkGroup.EXTERNAL, alive=1, dead=2, inconclusive=1, unchecked=1),),
        problems=(problem("清单.txt:3", "不是网址"),),
    )


# A report of every inspection, by its name.
def partial() -> Report:
    """A weekly inspection without links, with some rules switched off, of posts with files that nobody opened."""
    base = weekly()
    off = tuple(one for one in base.rules if one.code in ("F101", "L101"))
    files = (Unopened("attachment", ".pdf", 3, "wechat:云溪发布"), Unopened("image", "", 40, "wechat:云溪发布"))
    rules = tuple(one for one in base.rules if one not in off)
    return replace(base, rules=rules, off=off, links_asked=False, unopened=files)


def rechecked() -> Report:
    """Four places looked at again: one with a finding left, a column, one that is gone, one that was not seen."""
    base = columns()
    looked = (
        Looked("document", "https://www.yunxi.example/a.html", "https://www.yunxi.example/a.html", Outcome.SEEN),
        Looked("column", "https://www.yunxi.example/tzgg/", "通知公告", Outcome.SEEN, "正常（距 2026-11-20 有 2 天）"),
        Looked("document", "https://www.yunxi.example/b.html", "https://www.yunxi.example/b.html", Outcome.GONE, "404"),
        Looked("link", "https://www.yunxi.example/c.pdf", "https://www.yunxi.example/c.pdf", Outcome.UNSEEN, "超时"),
    )
    unseen = Problem(ProblemCode.UNSEEN, "https://www.yunxi.example/c.pdf", {"why": "超时"})
    run = replace(base.run, inspection="recheck", title="整改复查", documents=2)
    return Report(run, findings=base.findings[-1:], problems=(unseen,), rules=base.rules, looked=looked)


def watched() -> Report:
    """A round of watch: a home page and a new article with a finding, and a list page that was not seen."""
    base = rechecked()
    run = replace(base.run, inspection="watch", title="日常监测")
    return replace(base, run=run, looked=(base.looked[0], base.looked[3]))


def requests() -> Report:
    """A small ledger of requests with one that is overdue and one whose number stands twice."""
    rows = (
        Request("2026-001", "台账.xlsx 第 2 行", date(2026, 10, 8), owner="区教育局", who="张某某"),
        Request("2026-002", "台账.xlsx 第 3 行", date(2026, 11, 2), applicant=Applicant.PERSON, owner="区民政局"),
        Request(
            "2026-002",
            "台账.xlsx 第 4 行",
            date(2026, 9, 1),
            applicant=Applicant.COMPANY,
            answered=date(2026, 9, 10),
            decision=Decision.GRANTED,
            decided="予以公开",
            owner="区民政局",
        ),
    )
    results = tuple(judged(rows, AS_OF, Calendar()))
    said = "登记号 2026-001 应在 2026-11-05 前答复，已超过 12 个工作日"
    finding = replace(
        word_finding(),
        code="D150", name="request-overdue", title="申请逾期未答复", message=said, subject="2026-001", url="台账.xlsx",
        kind="request", span=None, position=None, matched="", suggestions=(), excerpt="", excerpt_start=0,
        locator="台账.xlsx 第 2 行", fingerprint="7d1c", samples=(), account_name="", owner="区教育局", published=None,
    )  # fmt: skip
    book = RequestBook(
        "台账.xlsx",
        results,
        ("台账.xlsx 第 1 行是列名：登记号←登记号（A 列）",),
        request_years.years(rows, AS_OF),
        answers=(AnswerFile("告知书/2026-002.docx", "2026-002", "登记号", 1, 1, ("D101 没有救济途径",)),),
        without=("2026-002",),
        phones=(Phone("88881234", "0532-88881234", "", "页脚", "首页", "https://www.yunxi.example/"),),
        weeks=weeks(results, AS_OF),
    )
    known = rule("D150", "request-overdue", "申请逾期未答复", Severity.ERROR, "requests")
    unread = Problem(ProblemCode.UNREADABLE, "台账.xlsx 旧表", {"fault": "登记号丢了位数", "remedy": "请重新填写"})
    return Report(run("requests"), findings=(finding,), problems=(unread,), rules=(known,), requests=book)


REPORTS: Mapping[str, Callable[[], Report]] = {
    "weekly": weekly,
    "columns": columns,
    "requests": requests,
    "check": check,
    "links": asked,
    "recheck": rechecked,
    "watch": watched,
}


# How a configuration names something to inspect.
ASKING: Mapping[str, str] = {
    "weekly": '[[account]]\nname = "青潭发布"\nplatform = "wechat"\narchive = "甲.csv"\n',
    "columns": '[site]\nname = "青潭区"\nstart = ["https://www.qingtan.example/"]\n',
    "requests": '[requests]\nledger = "台账.csv"\n',
}


def many(number: int) -> Report:
    """A weekly report with `number` distinct findings."""
    base = weekly()
    findings = tuple(
        word_finding(url=f"https://www.yunxi.example/a/{index}.html", fingerprint=str(index)) for index in range(number)
    )
    return replace(base, findings=findings)
