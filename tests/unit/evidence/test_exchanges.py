"""Letters by their pages and rows, consultations and their results, entrances of the home page, forms of explaining."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

import pytest

from jimo_lint.evidence.consultations import ConsultationTally, end_of
from jimo_lint.evidence.entrances import entrances
from jimo_lint.evidence.exchanges import ExchangeTally, channel_of
from jimo_lint.evidence.policies import PolicyTally
from jimo_lint.evidence.readings import Listing
from jimo_lint.extract.pages.page import read_page
from jimo_lint.model import Block, Column, ColumnKind, Document, Link, ListItem, PageClass, PageFacts, SiteReading
from jimo_lint.model.exchanges import Channel, Exchange, Reply
from jimo_lint.model.publishing import Allowance

AS_OF = date(2026, 12, 1)
BASE = "https://www.qingtan.example"
BOX = Column(f"{BASE}/xx/", "区长信箱", f"{BASE}/xx/", ColumnKind.CONSULTATION)
ASKING = Column(f"{BASE}/zj/", "意见征集", f"{BASE}/zj/", ColumnKind.CONSULTATION)
NEVER = ((), ())


def page(html: str, column: Column, kind: PageClass = PageClass.ARTICLE, path: str = "1.html") -> Document:
    """A page as the inspection reads it."""
    document = read_page(f"<html><body>{html}</body></html>", column.url + path, as_of=AS_OF).document
    return replace(document, column=column.id, facts=replace(document.page_facts, page_class=kind))


def letters(*pages: Document, rows: tuple[str, ...] = (), reply: str = "") -> list[Exchange]:
    """What is said of the mailbox with these pages and rows."""
    items = {f"{BOX.url}{n}.html": ListItem(f"{BOX.url}{n}.html", title) for n, title in enumerate(rows, 1)}
    tally = ExchangeTally({BOX.id: Listing(BOX, (), items)}, AS_OF, Allowance.parse(reply) if reply else None)
    for one in pages:
        tally.add(one)
    return list(tally.mailboxes())


TABLE = (
    "<div class='content'><h1>咨询路灯的来信</h1><table><tr><td>来信时间</td><td>{asked}</td>"
    "<td>办理状态</td><td>{state}</td></tr>"
    "<tr><td>来信内容</td><td>东岭路路灯坏了一个多月了，晚上出行不便，请尽快维修，谢谢。</td></tr>"
    "<tr><td>答复时间</td><td>{answered}</td></tr></table></div>"
)


@pytest.mark.parametrize(
    ("asked", "state", "answered", "reply"),
    [
        ("2026-08-31 10:20", "办理中", "", Reply.OVERDUE),
        ("2026年8月31日", "待答复", "", Reply.OVERDUE),
        ("2026-09-02", "办理中", "", Reply.WAITING),
        ("2025-11-30", "办理中", "", None),  # not within the year
        ("2026-03-02", "已答复", "2026-08-20", None),  # late, and answered
        ("", "已答复", "", None),
        ("2026-03-02", "", "", Reply.UNKNOWN),  # nothing says whether it was answered
        ("", "", "", Reply.UNKNOWN),
        ("2026-06-01", "正在办理", "", Reply.OVERDUE),
        ("2026-06-01", "已转交区住建局", "", Reply.OVERDUE),
        ("2026-06-01", "未办结", "", Reply.OVERDUE),
        ("2026-06-01", "处理完毕", "", None),
        ("2026-06-01", "办结", "", None),
    ],
)
def test_letters_by_their_pages(asked: str, state: str, answered: str, reply: Reply | None) -> None:
    """Overdue only where the page says that there is no answer; unknown where it does not say."""
    whole, *found = letters(page(TABLE.format(asked=asked, state=state, answered=answered), BOX))
    if reply is Reply.UNKNOWN:
        assert whole.reply is Reply.UNKNOWN and "读不出" in whole.note and not found
    else:
        assert [one.reply for one in found] == ([reply] if reply else []) and whole.reply is Reply.SEEN


LETTER = (
    "<div class='content'><h1>咨询路灯的来信</h1><p>写信人：李** 写信时间：2026-06-01 10:00:00</p>"
    "<p>内容：东岭路路灯坏了一个多月了，晚上出行不便，请尽快维修，谢谢。</p>{fields}</div>"
)


@pytest.mark.parametrize(
    ("fields", "reply"),
    [
        ("<p>回复内容：您好：</p><p>已安排维修。</p>", None),
        ("<p>答复内容：</p><p>尊敬的来信人：</p><p>已安排维修。</p>", None),
        ("<p>回复单位：</p><p>回复内容：</p><p>回复时间：</p>", Reply.UNKNOWN),
        ("<p>回复内容：</p><p>打印本页</p>", Reply.UNKNOWN),
        ("<p>答复单位：区城管局</p>", Reply.UNKNOWN),
        ("<p>回复内容：暂无回复</p>", Reply.OVERDUE),
        ("<p>办理结果：</p><p>尚未答复</p>", Reply.OVERDUE),
    ],
)
def test_an_empty_field_for_the_answer_is_none(fields: str, reply: Reply | None) -> None:
    """Every letter's page has the fields; the unit that is to answer has not answered by being named."""
    whole, *found = letters(page(LETTER.format(fields=fields), BOX))
    assert [one.reply for one in found] == ([reply] if reply is Reply.OVERDUE else [])
    assert whole.reply is (Reply.UNKNOWN if reply is Reply.UNKNOWN else Reply.SEEN)


def test_letters_by_the_rows_of_a_list() -> None:
    """A table with both days and the state; a list with the state beside its title, and a day that is no later."""
    rows = tuple(f"关于第{n}小区停水问题的反映" for n in (1, 2, 3))
    cells = [("2026-05-01", "", "待回复"), ("2026-05-02", "2026-05-09", "已回复"), ("2026-11-20", "", "待回复")]
    head = "<tr><th>信件标题</th><th>来信时间</th><th>回复时间</th><th>状态</th></tr>"
    body = "".join(
        f"<tr><td><a href='{n}.html'>{rows[n - 1]}</a></td>" + "".join(f"<td>{cell}</td>" for cell in cells[n - 1])
        for n in (1, 2, 3)
    )
    table = page(f"<table>{head}{body}</table>", BOX, PageClass.LIST, "")
    whole, *found = letters(table, rows=rows)
    assert whole.reply is Reply.SEEN and [one.reply for one in found] == [Reply.OVERDUE, Reply.WAITING]
    plain = "".join(
        f"<li><a href='{n}.html'>{title}</a><span>[{state}]</span><span>{day}</span></li>"
        for n, (title, (day, _, state)) in enumerate(zip(rows, cells, strict=True), 1)
    )
    _, *found = letters(page(f"<ul>{plain}</ul>", BOX, PageClass.LIST, ""), rows=rows)
    assert [one.reply for one in found] == [Reply.OVERDUE, Reply.WAITING]


def test_what_was_not_read_is_no_answer() -> None:
    """Rows without a page, and a mailbox of which nothing was read."""
    [whole] = letters(rows=("关于路灯的来信",))
    assert whole.reply is Reply.UNKNOWN and "1 件没有读到" in whole.note
    [whole] = letters()
    assert whole.reply is Reply.UNKNOWN and "没有读到来信" in whole.note


def test_the_offices_own_limit() -> None:
    """Five working days over the National Day holidays of 2026; none is judged where none is written."""
    sent = page(TABLE.format(asked="2026-09-30", state="已答复", answered="2026-10-14"), BOX)
    soon = page(TABLE.format(asked="2026-09-30", state="已答复", answered="2026-10-13"), BOX)
    assert [one.reply for one in letters(sent, reply="5wd")[1:]] == [Reply.LATE]
    assert not letters(soon, reply="5wd")[1:] and not letters(sent)[1:]


@pytest.mark.parametrize(
    ("name", "channel"),
    [
        ("区长信箱", Channel.MAILBOX),
        ("咨询回复", Channel.MAILBOX),
        ("意见征集", Channel.CONSULTATION),
        ("在线访谈", Channel.INTERVIEW),
        ("行风热线", Channel.HOTLINE),
        ("网上信访", None),
        ("纪检举报", None),
        ("政务要闻", None),
    ],
)
def test_what_a_column_is_for(name: str, channel: Channel | None) -> None:
    """By its name; petitions and reports of corruption are none, by the clause itself."""
    assert channel_of(replace(BOX, name=name)) is channel


OPENED = date(2026, 3, 1)


@pytest.mark.parametrize(
    ("text", "end"),
    [
        ("意见征集时间：2026年3月1日至3月31日", date(2026, 3, 31)),
        ("征求意见时间：2026年12月20日至1月20日", date(2027, 1, 20)),
        ("公示期自2026年3月1日起至2026年3月10日止", date(2026, 3, 10)),
        ("一、征集时间\n自公告之日起至2026年3月25日。", date(2026, 3, 25)),
        ("请于2026年3月28日前将意见反馈至区司法局", date(2026, 3, 28)),
        ("征求意见截止时间：2026-04-02", date(2026, 4, 2)),
        ("公开征求意见，期限为30日", date(2026, 3, 31)),
        ("征集期限为10个工作日", date(2026, 3, 13)),
        ("征求意见时间：3月1日至3月31日", date(2026, 3, 31)),
        ("意见征集时间为2026年3月1日8时至2026年3月31日18时", date(2026, 3, 31)),
        ("意见反馈截止时间为3月31日。", date(2026, 3, 31)),
        ("请在3月28日（星期六）前反馈意见", date(2026, 3, 28)),
        ("开始时间：2026-03-01 结束时间：2026-03-31", date(2026, 3, 31)),
        ("征求意见时间：2026年3月1日起，为期15天", date(2026, 3, 16)),
        ("征集期限：自公告之日起三十日内", date(2026, 3, 31)),
        ("征求意见期限为十五个工作日", date(2026, 3, 20)),
        ("公开征求意见，期限为三十（30）日", date(2026, 3, 31)),
        ("公示期30（三十）天", date(2026, 3, 31)),
        ("征集期限为10工作日", date(2026, 3, 13)),
        ("意见征集为期二十个自然日", date(2026, 3, 21)),
        ("征求意见时间：二〇二六年三月一日至三月三十一日", date(2026, 3, 31)),
        ("意见反馈截止时间：二零二六年四月十日", date(2026, 4, 10)),
        ("请于三月二十八日前将意见反馈至区司法局", date(2026, 3, 28)),
        ("征求意见的公告同一天在报上刊登", None),
        ("公告发布后第三十日起施行", None),
        ("意见反馈截止时间为2月10日。", None),  # of the year before, or of a slip
        ("请于5-10个工作日前反馈意见", None),
        ("依据2019年5月1日起施行的办法，向社会征求意见", None),
        ("欢迎提出意见和建议", None),
    ],
)
def test_when_a_consultation_ends(text: str, end: date | None) -> None:
    """By what its text says; a day of another matter is none."""
    assert end_of(text, OPENED, NEVER) == end


def asked(title: str, text: str, *more: Document, as_of: date = AS_OF) -> Exchange:
    """What is said of one consultation beside other pages."""
    tally = ConsultationTally({ASKING.id: Listing(ASKING, (), {})}, as_of, Allowance(30, "wd"))
    whole = page(f"<div class='content'><h1>{title}</h1><p>{text}</p><p>{'请社会各界积极参与。' * 5}</p></div>", ASKING)
    for one in (*more, replace(whole, published=datetime(2026, 5, 8))):
        tally.add(one)
    return next(one for one in tally.exchanges() if not one.whole)


def result(title: str, day: datetime = datetime(2026, 7, 1)) -> Document:
    """A page that may tell a result."""
    url = f"{ASKING.url}r.html"
    facts = PageFacts(page_class=PageClass.ARTICLE)
    return Document(url, url, "site", title, (Block("body", title),), published=day, facts=facts)


CARS = "关于征求《青潭区停车管理办法（征求意见稿）》意见的公告"
TERM = "征求意见时间：2026年5月8日至6月8日"


def test_consultations_and_their_results() -> None:
    """A result of that name after it, of another year or matter, before it, promised, or on its own page."""
    assert asked(CARS, TERM).reply is Reply.SILENT
    assert asked(CARS, TERM, result("《青潭区停车管理办法》征求意见结果")).reply is Reply.PUBLISHED
    assert asked(CARS, TERM, result("《青潭区犬只管理办法》征求意见结果")).reply is Reply.SILENT
    early = result("《青潭区停车管理办法》征求意见结果", datetime(2025, 7, 1))
    assert asked(CARS, TERM, early).reply is Reply.SILENT
    year = CARS.replace("停车管理办法", "2026年度停车计划")
    assert asked(year, TERM, result("《青潭区2025年度停车计划》征求意见结果")).reply is Reply.SILENT
    assert asked(CARS, f"{TERM}</p><p>结果反馈：共收到意见三条，采纳两条，已修改相应条款。").reply is Reply.PUBLISHED
    assert asked(CARS, f"{TERM}</p><p>结果反馈：征集结束后将另行公布。").reply is Reply.SILENT
    assert asked(CARS, f"{TERM}</p><p>征集结果：暂无反馈结果").reply is Reply.SILENT


@pytest.mark.parametrize(
    "title",
    [
        "关于《青潭区停车管理办法（征求意见稿）》公众意见采纳情况的说明",
        "青潭区司法局关于《青潭区停车管理办法》公开征求意见的反馈",
        "《青潭区停车管理办法（二次征求意见稿）》意见征集结果公示",
    ],
)
def test_a_result_is_known_by_the_name_of_the_matter(title: str) -> None:
    """However the rest of both titles is put."""
    for asking in (
        CARS,
        "关于对青潭区停车管理办法公开征求意见的公告",
        "关于征求《青潭区停车管理办法》意见的公告",
        "青潭区停车管理办法意见征集",
    ):
        assert asked(asking, TERM, result(title)).reply is Reply.PUBLISHED
        assert asked(asking, TERM, result(title.replace("停车", "犬只"))).reply is Reply.SILENT
    projects = "关于公开征集2026年民生实事项目的公告"
    assert asked(projects, TERM, result("2026年民生实事项目征集情况公告")).reply is Reply.PUBLISHED
    assert asked(projects, TERM, result("2025年民生实事项目征集情况公告")).reply is Reply.SILENT


def test_a_consultation_without_a_name_is_not_said_to_have_no_result() -> None:
    """Nobody can tell which page would be its."""
    assert asked("关于公开征求意见的公告", TERM, result("停车管理办法征求意见结果")).reply is Reply.UNKNOWN


def test_consultations_that_are_not_judged() -> None:
    """Running, not due yet, without a last day, over a year ago, or asked by an organ above."""
    assert asked(CARS, TERM, as_of=date(2026, 6, 1)).reply is Reply.RUNNING
    assert asked(CARS, TERM, as_of=date(2026, 6, 20)).reply is Reply.ENDED
    assert asked(CARS, "欢迎提出意见").reply is Reply.UNKNOWN
    assert asked(CARS, TERM, as_of=date(2027, 7, 1)).reply is Reply.OTHER
    assert asked("国务院大督查征集问题线索和意见建议公告", TERM).reply is Reply.OTHER


@pytest.mark.parametrize(
    ("url", "kind", "reply"),
    [
        ("https://zfwzzc.www.gov.cn/exposure/jiucuo.html?site_code=9900000001", "page", Reply.SEEN),
        ("https://zfwzzc.www.gov.cn/exposure/jiucuo.html?site_code=9900000002", "page", Reply.FAULTY),
        ("https://zfwzzc.www.gov.cn/exposure/jiucuo.html?site_code=", "page", Reply.FAULTY),
        ("https://www.qingtan.example/zhaocuo/", "page", Reply.SEEN),
        ("", "idle", Reply.FAULTY),
    ],
)
def test_the_entrance_of_error_reports(url: str, kind: str, reply: Reply) -> None:
    """Its code is this site's; an entrance of the site's own has none; a link to nowhere is a fault."""
    home = Document(
        BASE, BASE, "site", "青潭区人民政府", links=(Link(url, "我为政府网站找错", kind),), facts=PageFacts()
    )
    errors, hotline = entrances(SiteReading("青潭区人民政府", "9900000001", home))
    assert errors.reply is reply and hotline.reply is Reply.UNKNOWN


def test_entrances_that_cannot_be_seen() -> None:
    """Nothing is said where the home page was not read, or a script writes its footer; elsewhere is not here."""
    assert {one.reply for one in entrances(SiteReading("", "", None))} == {Reply.UNKNOWN}
    for footer, reply in (({}, Reply.UNKNOWN), ({"unread": "script"}, Reply.UNKNOWN), ({"icp": "1"}, Reply.ABSENT)):
        home = Document(BASE, BASE, "site", "区政府", (Block("nav", "拨打12345"),), facts=PageFacts(footer=footer))
        errors, hotline = entrances(SiteReading("", "", home))
        assert errors.reply is reply and hotline.reply is Reply.SEEN


def test_how_policies_are_explained() -> None:
    """Forms by title and content; of the documents of a year those with an interpretation."""
    kinds = {"/zcwj/": ColumnKind.POLICY, "/zcjd/": ColumnKind.INTERPRETATION}
    tally = PolicyTally(lambda url: next((kind for part, kind in kinds.items() if part in url), None))

    def add(path: str, title: str, *links: Link, day: datetime | None = datetime(2026, 5, 1)) -> None:
        kind = next(kind for part, kind in kinds.items() if part in path)
        facts = PageFacts(page_class=PageClass.ARTICLE, column_kind=kind)
        text = (Block("title", title), Block("body", "文字说明。" * 40))
        tally.add(Document(BASE + path, BASE + path, "site", title, text, published=day, links=links, facts=facts))

    add("/zcwj/1.html", "关于印发青潭区城市更新工作方案的通知")
    add("/zcwj/2.html", "关于加强农村供水保障的意见")
    add("/zcwj/3.html", "关于加强河道管理的意见", day=datetime(2024, 5, 1))
    add("/zcwj/4.html", "关于加强道路管理的意见", day=None)
    add("/zcjd/1.html", "一图读懂青潭区城市更新工作方案")
    add("/zcjd/2.html", "《关于加强河道管理的意见》政策解读")
    add("/zcjd/3.html", "解读", Link(f"{BASE}/a.mp4", "", "media"))
    said = tally.explained(AS_OF)
    assert said is not None and (said.policies, said.explained, said.undated, said.share) == (2, 1, 1, 0.5)
    assert dict(said.forms) == {"图解": 1, "文字": 1, "音视频": 1}
