"""Whether what a report complains of is still so: never mended where nobody looked, or nothing proves it."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from jimo_lint.model import (
    Block,
    Column,
    ColumnReading,
    ColumnResult,
    Document,
    Link,
    LinkResult,
    UpdateStatus,
    Verdict,
)
from jimo_lint.model.tickets import Check, Outcome, Ticket
from jimo_lint.review.complaints import claim
from jimo_lint.review.verdicts import Sight, check, folded

URL = "https://www.qingtan.example/a.html"
RECEIVED = date(2026, 11, 20)
# 2026-11-24 in Beijing.
READ = datetime(2026, 11, 23, 20, tzinfo=UTC)
DAY = date(2026, 11, 24)


def page(text: str, *links: Link, fetched: datetime = READ) -> Document:
    return Document(URL, URL, "site", "题", (Block("body", text),), links=links, fetched=fetched)


def judged(said: str, sight: Sight, category: str = "错别字", url: str = URL) -> Check:
    ticket = Ticket("1", RECEIVED, url=url, category=category, said=said)
    return check(ticket, claim(ticket), sight)


def result(verdict: Verdict, reason: str = "ok", url: str = URL) -> LinkResult:
    return LinkResult(url, verdict, reason, checked=READ)


@pytest.mark.parametrize(
    ("said", "text", "outcome"),
    [
        ("“共亨”应为“共享”", "推进共建共亨。", Outcome.STILL),
        ("“共亨”应为“共享”", "推进共建共享。", Outcome.MENDED),
        # The words stand there with blanks, over a line, in other widths, with other marks.
        ("“共建共亨”应为“共建共享”", "推进共建　共\n亨。", Outcome.STILL),
        ("“ＡＢＣ公司”应为“ABD公司”", "与abc公司", Outcome.STILL),
        ("「共建“共亨”」有误", '推进共建"共亨"。', Outcome.STILL),
        ("“关于…的通之”应为“关于…的通知”", "关于防汛工作的通之", Outcome.STILL),
        ("“关于…的通之”应为“关于…的通知”", "关于防汛工作的通知", Outcome.MENDED),
        # What is right holds what is wrong.
        ("“人民政”应为“人民政府”", "青潭区人民政府", Outcome.MENDED),
        ("“人民政”应为“人民政府”", "青潭区人民政办公室，人民政府", Outcome.STILL),
        # Nothing proves it: neither word stands there.
        ("“共亨”应为“共享”", "这一页说别的。", Outcome.UNVERIFIED),
        ("“共亨”有错字", "推进共建共享。", Outcome.UNVERIFIED),
        # A single character stands everywhere, whatever was mended.
        ("“亨”应为“享”", "共享", Outcome.UNVERIFIED),
        ("“既使有困难”中的“既”应为“即”", "即使有困难，既要……", Outcome.MENDED),
        ("“既使有困难”中的“既”应为“即”", "既使有困难", Outcome.STILL),
        # Of two faults one is left, or one that was not understood.
        ("“共亨”应为“共享”，“帐户”应为“账户”", "共享，帐户", Outcome.STILL),
        ("“共亨”应为“共享”，“帐户”应为“账户”", "共享，账户", Outcome.MENDED),
        ("“共亨”应为“共享”，“帐户”应为“账户”", "共享", Outcome.UNVERIFIED),
        ("“共亨”应为“共享”，还有“帐户”", "共享，帐户", Outcome.UNVERIFIED),
        # In what nobody read.
        ("附件里“共亨”应为“共享”", "共享", Outcome.UNVERIFIED),
        ("附件里“共亨”应为“共享”", "共亨", Outcome.STILL),
        ("有错别字", "共亨", Outcome.UNVERIFIED),
        # A number that was masked cannot be told from another.
        ("“电话138****8000”应为“电话138****8001”", "没有", Outcome.UNVERIFIED),
    ],
)
def test_wording_on_a_page_that_was_read(said: str, text: str, outcome: Outcome) -> None:
    """Still there where it is found; mended only where the page proves it."""
    found = judged(said, Sight(DAY, page(text)))
    assert found.outcome is outcome
    assert found.day == DAY


def test_words_that_were_once_read_there_are_mended_when_they_are_gone() -> None:
    """A rule or an earlier look had them, so that the reader sees that part of the page."""
    sight = Sight(DAY, page("这一页说别的。"), stood=lambda fault: fault.wrong[0] == "共亨")
    assert judged("“共亨”有错字", sight).outcome is Outcome.MENDED
    assert judged("“帐户”有错字", sight).outcome is Outcome.UNVERIFIED


def test_a_page_read_before_the_report_came_proves_nothing() -> None:
    """Neither that it is there nor that it is gone; what was seen then is said."""
    early = datetime(2026, 11, 18, tzinfo=UTC)
    for text in ("共亨", "共享"):
        found = judged("“共亨”应为“共享”", Sight(date(2026, 11, 18), page(text, fetched=early)))
        assert found.outcome is Outcome.UNVERIFIED
        assert "早于收到之日" in found.why and "2026-11-18" in found.why


@pytest.mark.parametrize(
    ("answer", "outcome", "why"),
    [
        (result(Verdict.DEAD, "http-404"), Outcome.UNREACHABLE, "404"),
        (result(Verdict.INCONCLUSIVE, "http-403"), Outcome.UNVERIFIED, "不等于打不开"),
        (result(Verdict.ALIVE), Outcome.UNVERIFIED, "没有读过"),
        (None, Outcome.UNVERIFIED, "没有读过"),
    ],
)
def test_a_page_that_was_not_read(answer: LinkResult | None, outcome: Outcome, why: str) -> None:
    """It does not open only where that is proved; else nobody looked."""
    found = judged("“共亨”应为“共享”", Sight(DAY, page=answer))
    assert found.outcome is outcome and why in found.why


def test_without_an_address_nothing_can_be_looked_at() -> None:
    """It says that the address is missing."""
    assert "网址" in judged("“共亨”应为“共享”", Sight(DAY, page("共享")), url="").why


GUIDE = "https://www.qingtan.example/guide.html"


def link(said: str, answers: dict[str, LinkResult], document: Document | None = None) -> Check:
    return judged(said, Sight(DAY, document, link=answers.get), "内容无法访问")


def test_links() -> None:
    """The page itself, a link by its address, a link by its words."""
    dead, alive = result(Verdict.DEAD, "http-404", GUIDE), result(Verdict.ALIVE, url=GUIDE)
    shown = page("首页", Link(GUIDE, "办事指南"))
    assert link("网页打不开", {URL: result(Verdict.DEAD, "http-404")}).outcome is Outcome.STILL
    assert link("网页打不开", {URL: result(Verdict.ALIVE)}).outcome is Outcome.MENDED
    assert link("网页打不开", {}).outcome is Outcome.UNVERIFIED
    assert link("网页打不开", {URL: result(Verdict.INCONCLUSIVE, "timeout-read")}).outcome is Outcome.UNVERIFIED
    assert link(f"{GUIDE} 打不开", {GUIDE: dead}, shown).outcome is Outcome.STILL
    assert link("“办事指南”链接打不开", {GUIDE: dead}, shown).outcome is Outcome.STILL
    assert link("“办事指南”链接打不开", {GUIDE: alive}, shown).outcome is Outcome.MENDED
    # It does not open, but the page leads there no more.
    assert link(f"{GUIDE} 打不开", {GUIDE: dead}, page("首页")).outcome is Outcome.MENDED
    http = page("首页", Link(GUIDE.replace("https", "http"), "办事指南"))
    assert link(f"{GUIDE} 打不开", {GUIDE: dead}, http).outcome is Outcome.STILL


def test_links_of_which_nothing_is_known() -> None:
    """A page that opens says nothing of a picture on it, of a link that is not found, or of one that leads astray."""
    opens = {URL: result(Verdict.ALIVE), GUIDE: result(Verdict.ALIVE, url=GUIDE)}
    shown = page("首页", Link(GUIDE, "办事指南"))
    for said in (
        "图片打不开",
        "“网上办事”链接打不开",
        "“办事指南”里的“年报”打不开",
        "“办事指南”链接错误，链接到了别的网站",
        "附件下载不了",
    ):
        assert link(said, opens, shown).outcome is Outcome.UNVERIFIED, said


def column(status: UpdateStatus) -> Sight:
    reading = ColumnReading(Column(URL, "通知公告", URL))
    return Sight(DAY, column=ColumnResult(reading, status, 200, None, "缘由", "依据"))


@pytest.mark.parametrize(
    ("status", "outcome"),
    [
        (UpdateStatus.STALE, Outcome.STILL),
        (UpdateStatus.BLANK, Outcome.STILL),
        (UpdateStatus.FRESH, Outcome.MENDED),
        (UpdateStatus.EXEMPT, Outcome.UNVERIFIED),
        (UpdateStatus.UNKNOWN, Outcome.UNVERIFIED),
    ],
)
def test_columns(status: UpdateStatus, outcome: Outcome) -> None:
    """As the inspection judges them; what it cannot judge is not mended."""
    found = judged("好久不更新了", column(status), "信息不更新")
    assert found.outcome is outcome and "通知公告" in found.why


def test_a_column_that_is_not_configured_and_what_no_machine_can_tell() -> None:
    """Both are for a person."""
    assert judged("好久不更新了", Sight(DAY), "信息不更新").outcome is Outcome.UNVERIFIED
    assert judged("没人回复", Sight(DAY), "咨询留言不回复").outcome is Outcome.UNVERIFIED


def test_folding() -> None:
    """Blanks, widths and marks are out of the way; letters stay."""
    assert folded("“Ａ 共\u200b享」…") == '"a共享"...'
