"""The pages of `review serve` in Chromium: usable by keys, without script and on a phone; nothing crawled acts."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from io import BytesIO
from itertools import pairwise
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect
from pypdf import PdfReader

from jimo_lint.model import Block, Decision, Document, Opinion, Severity, Span, State
from jimo_lint.model.radicals import unify
from jimo_lint.store import Store, decisions
from jimo_lint.web.server import Server
from tests.support import reviewing
from tests.support.reviewing import Browser as Reviewer
from tests.support.reviewing import document_of, keep, life, serving, wrong_word

pytestmark = pytest.mark.browser

WIDE, PHONE = (1280, 800), (390, 844)
HOSTILE = '"><script>alert(1)</script><img src=x onerror=alert(2)></title>\u202e'

_LAST = date(2026, 11, 22)
_ARTICLE = (
    "11月18日，青潭区召开今冬明春森林防火工作会议，传达上级会议精神，分析当前形势。区政府办、区应急管理局、区林业局及各镇街负责人参加会议。",
    "会议指出，今年入秋以来降水偏少，林区可燃物干燥，火险等级居高不下，各级各部门要克服麻痹思想，把防火工作抓紧抓实。",
    "会议对今冬明春森林防火工作进行了再动员、再布署，要求各镇街压实责任，把各项措施落到实处；要加强巡护，管住火源，备足物资，确保一旦有情况能够快速处置。",
    "会议强调，要做好宣传教育，引导群众文明祭扫；要严格执行二十四小时值班和领导带班制度，重要情况第一时间报告。",
)
# The sentence in which each word stands, where it is not in the article above.
_SENTENCES = {
    "中国特色社会注义": "会议强调，要高举中国特色社会注义伟大旗帜，坚定不移抓好各项任务落实。",
    "138****5678": "公示期间如有异议，请与区人社局联系，联系人小陈，电话138****5678。",
    "既使": "参保人员既使在外地就医，也可以按规定直接结算，不必先垫付再报销。",
    "的的": "自11月10日起，对3路、7路公交车的的首末班时间作如下调整，请市民留意。",
    "青政发[2026]12号": "青政发[2026]12号 各镇人民政府、街道办事处，区政府各部门：",
    "座落": "公园座落在青潭东岸，总面积一百二十公顷，全年免费开放。",
    "最大的": "这里是全市最大的候鸟越冬地，每年冬天有上万只水鸟栖息。",
}
# Rule, its title, severity, what is said, the word, the suggestion, what it is about, column, unit, first seen, state.
_FOUND = (
    ("S104", "固定政治表述写错", Severity.VETO, "“中国特色社会注义”应为“中国特色社会主义”",
     "中国特色社会注义", "中国特色社会主义",
     "青潭区理论学习中心组举行集体学习", "政务动态", "区政府办", date(2026, 11, 22), State.NEW),
    ("T101", "常见错别字", Severity.ERROR, "“布署”应为“部署”", "布署", "部署",
     "青潭区召开今冬明春森林防火工作会议", "政务动态", "区政府办", date(2026, 11, 22), State.NEW),
    ("P103", "公开个人手机号", Severity.WARNING, "公开了个人手机号“138****5678”", "138****5678", "",
     "2026年第三批公益性岗位拟聘人员公示", "通知公告", "区人社局", date(2026, 10, 25), State.UNDONE),
    ("T101", "常见错别字", Severity.ERROR, "“既使”应为“即使”", "既使", "即使",
     "青潭区城乡居民医疗保险问答", "政策解读", "区医保局", date(2026, 9, 27), State.STILL),
    ("T103", "重复字词", Severity.WARNING, "“的的”重复了", "的的", "的",
     "关于调整公交线路的公告", "通知公告", "区交通运输局", date(2026, 11, 8), State.PARTLY),
    ("F101", "发文字号括号不规范", Severity.WARNING, "发文字号“青政发[2026]12号”应用六角括号",
     "青政发[2026]12号", "青政发〔2026〕12号",
     "青潭区人民政府关于印发节约用水管理办法的通知", "政策文件", "区水务局", date(2026, 10, 11), State.RETURNED),
    ("T101", "常见错别字", Severity.ERROR, "“座落”应为“坐落”", "座落", "坐落",
     "青潭湿地公园简介", "走进青潭", "区文旅局", date(2026, 8, 30), State.STILL),
    ("S108", "慎用词", Severity.NOTICE, "“最大的”是慎用词，请核实", "最大的", "",
     "青潭湿地公园简介", "走进青潭", "区文旅局", date(2026, 8, 30), State.UNCHECKED),
)  # fmt: skip


def _fill(path: Path) -> None:
    """A store as after some months of inspections: eighty findings, five runs of one inspection, two of another."""
    for number, day in enumerate((date(2026, 9, 27), date(2026, 10, 11), date(2026, 10, 25), date(2026, 11, 8))):
        keep(path, [], as_of=day, found=118 - 9 * number, new=(118, 14, 9, 11)[number], gone=(0, 21, 20, 19)[number])
    lives, documents = [], []
    for number in range(80):
        code, title, severity, message, word, right, subject, column, unit, since, state = _FOUND[number % len(_FOUND)]
        text = _SENTENCES.get(word) or "\n".join(_ARTICLE)
        at = text.index(word)
        low = max(text.rfind("\n", 0, at) + 1, at - 60)
        finding = wrong_word(
            number, code=code, title=title, severity=severity, message=message, matched=word,
            suggestions=(right,) if right else (), subject=subject, column_name=column, owner=unit,
            span=Span(at, at + len(word)), excerpt=text[low : at + len(word) + 40], excerpt_start=at - low,
            url=f"https://www.qingtan.example/{number // 8 + 1}/t202611{number:02}.html", locator="正文第 3 段",
            basis="国办秘函〔2019〕19号 单项否决" if severity is Severity.VETO else "国办秘函〔2019〕19号",
        )  # fmt: skip
        blocks = (Block("title", subject), *(Block("body", part) for part in text.split("\n")))
        shifted = Span(at + len(subject) + 1, at + len(subject) + 1 + len(word))
        finding = reviewing.replace(finding, span=shifted)
        documents.append(Document(finding.url, finding.url, "site", subject, blocks, status=200))
        lives.append(life(finding, since, state, returns=int(state is State.RETURNED)))
    gone = [life(wrong_word(200 + number), state=State.MENDED, gone=_LAST) for number in range(17)]
    keep(path, [*lives, *gone], documents=documents, new=20, gone=17, found=80)
    keep(path, [life(wrong_word(300, owner="青潭街道"), _LAST, State.NEW)], inspection="weekly", complete=False, new=1)
    day = reviewing.TODAY
    said = [
        (0, Opinion.CONFIRMED, "张敏", "", None), (3, Opinion.CONFIRMED, "张敏", "", date(2026, 12, 4)),
        (9, Opinion.FALSE_ALARM, "李航", "引用原文", None), (2, Opinion.MENDED, "李航", "", None),
        (4, Opinion.CONFIRMED, "张敏", "", None), (4, Opinion.FALSE_ALARM, "李航", "", None),
        (5, Opinion.DEFERRED, "张敏", "等市里统一修订", date(2026, 12, 31)),
    ]  # fmt: skip
    with Store.open(path, writing=True) as store:
        for number, opinion, who, why, due in said:
            made = Decision("columns", f"{number:016x}", opinion, day, who, why, due, source="浏览器 0a1b2c3d")
            decisions.decide(store, made)


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The store that nobody writes to."""
    path = tmp_path_factory.mktemp("review") / "store.sqlite3"
    _fill(path)
    return path


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    """A server of a store of its own, with a hostile page in it."""
    path = tmp_path / "store.sqlite3"
    texts = ("title", "message", "subject", "matched", "column_name", "owner")
    hostile = wrong_word(60, **dict.fromkeys(texts, HOSTILE), excerpt=f"前{HOSTILE}后", excerpt_start=1)
    hostile = reviewing.replace(hostile, span=Span(1, 1 + len(HOSTILE)))
    findings = [*map(wrong_word, range(60)), hostile]
    keep(path, list(map(life, findings)), documents=list(map(document_of, findings)))
    with serving(path) as one:
        yield one


@contextmanager
def opened(
    chromium: Browser, server: Server, size: tuple[int, int] = WIDE, faulty: str = "\n", **context: bool
) -> Iterator[Page]:
    """A window of somebody who has logged in; what the browser complains of but `faulty`, or asks elsewhere, fails."""
    viewport = {"width": size[0], "height": size[1]}
    with chromium.new_context(viewport=viewport, locale="zh-CN", **context) as window:  # type: ignore[arg-type]
        page = window.new_page()
        faults: list[str] = []
        page.on("console", lambda message: faults.append(message.text) if message.type == "error" else None)
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.on("dialog", lambda dialog: faults.append(dialog.message))
        own = f"http://127.0.0.1:{server.port}/"
        page.on("request", lambda asked: None if asked.url.startswith(own) else faults.append(asked.url))
        page.goto(server.address)
        page.get_by_label("姓名").fill("王芳")
        page.get_by_role("button", name="开始审核").click()
        page.wait_for_url("**/findings")
        page.wait_for_load_state()
        yield page
        assert [fault for fault in faults if faulty not in fault] == []


def opinions(page: Page) -> list[str]:
    """What the rows say of decisions."""
    return page.locator("tr[data-key] [data-opinion]").all_inner_texts()


# The address of each page, with what is done there before it is looked at.
PAGES: Mapping[str, tuple[str, Callable[[Page], object]]] = {
    "overview": ("", lambda _: None),
    "findings": ("findings", lambda _: None),
    "unfolded": ("findings", lambda page: [one.click() for one in page.locator("summary:visible").all()]),
    "finding": ("findings", lambda page: page.locator("a.to").nth(1).click()),
    "deferring": ("findings", lambda page: page.get_by_role("button", name="暂缓").first.click()),
    "disputed": ("findings?opinion=disputed", lambda page: page.locator("a.to").first.click()),
    "nothing": ("findings?q=没有这样的词", lambda _: None),
    "left": ("findings", lambda page: page.get_by_role("button", name="退出").click()),
}


@pytest.mark.parametrize("size", [WIDE, PHONE], ids=["1280", "390"])
@pytest.mark.parametrize("name", PAGES)
def test_pages_fit_and_have_no_serious_fault(
    name: str, size: tuple[int, int], chromium: Browser, filled: Path, axe: str
) -> None:
    """No scrolling sideways, no message, and nothing that axe-core calls serious or critical."""
    with serving(filled) as server, opened(chromium, server, size=size) as page:
        address, act = PAGES[name]
        page.goto(f"http://127.0.0.1:{server.port}/{address}")
        act(page)
        page.wait_for_load_state()
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        page.evaluate(axe)
        told = page.evaluate("axe.run({resultTypes: ['violations']})")
        assert told["passes"], "axe-core looked at nothing"
        grave = [one for one in told["violations"] if one["impact"] in ("serious", "critical")]
        assert [(one["id"], [node["html"][:200] for node in one["nodes"][:3]]) for one in grave] == []


def test_keys_do_it_all(chromium: Browser, server: Server) -> None:
    """j k move, 1 to 4 decide and move on, u takes back, / searches, ? helps; typing in a field is typing."""
    with opened(chromium, server) as page:
        status = page.get_by_role("status")
        for key in "j12":
            page.keyboard.press(key)
            if key != "j":
                expect(status).to_contain_text("已记录：" + {"1": "确认", "2": "误报"}[key])
        page.keyboard.press("3")
        expect(status).to_contain_text("已记录：已整改")
        page.keyboard.press("4")
        expect(page.get_by_role("dialog")).to_be_visible()
        page.keyboard.press("1")  # a key in the dialog decides nothing
        page.get_by_label("日期").fill("2026-12-31")
        page.keyboard.press("Enter")
        expect(status).to_contain_text("已记录：暂缓")
        assert opinions(page)[:5] == ["确认", "误报", "已整改", "暂缓", "未审核"]
        expect(page.locator("tr[aria-current]")).to_have_count(1)
        page.keyboard.press("u")
        expect(status).to_contain_text("已撤回：暂缓")
        assert opinions(page)[3] == "未审核"
        page.keyboard.press("k")
        page.keyboard.press("k")
        assert page.locator("tr").nth(3).get_attribute("aria-current") == "true"
        page.keyboard.press("?")
        expect(page.locator("#help dl")).to_be_visible()
        page.keyboard.press("/")
        page.keyboard.type("第 12 次 j1")
        assert page.get_by_role("searchbox").input_value() == "第 12 次 j1"
        assert opinions(page)[:4] == ["确认", "误报", "已整改", "未审核"]
        page.reload()
        page.goto(f"http://127.0.0.1:{server.port}/findings?state=all&opinion=mended")
        assert opinions(page) == ["已整改"]


def test_keys_on_the_page_of_a_finding(chromium: Browser, server: Server) -> None:
    """Enter shows the place, in sight; a decision leads on to the next; 4 asks for the day; Esc leads back."""
    with opened(chromium, server) as page:
        page.keyboard.press("j")
        page.keyboard.press("Enter")
        page.wait_for_url("**/findings/columns/*")
        page.wait_for_load_state()
        expect(page.locator("mark.place")).to_be_in_viewport()
        expect(page.get_by_text("第 1 / 61 条")).to_be_visible()
        page.keyboard.press("2")
        expect(page.get_by_role("status")).to_contain_text("已记录：误报")
        expect(page.get_by_text("第 1 / 60 条")).to_be_visible()  # what was dismissed is no longer to be put right
        page.wait_for_load_state()
        page.keyboard.press("4")
        expect(page.get_by_label(re.compile("暂缓到"))).to_be_focused()
        page.keyboard.press("Escape")
        page.keyboard.press("u")
        expect(page.get_by_role("status")).to_contain_text("已撤回：误报")
        page.wait_for_load_state()
        page.keyboard.press("j")
        expect(page.get_by_text("第 2 / 61 条")).to_be_visible()
        page.wait_for_load_state()
        page.keyboard.press("k")
        expect(page.get_by_text("第 1 / 61 条")).to_be_visible()
        page.wait_for_load_state()
        page.keyboard.press("Escape")
        page.wait_for_url("**/findings?*")


def test_what_others_decide_appears(chromium: Browser, server: Server) -> None:
    """Within seconds, without loading anew; two opinions are told with both names."""
    with opened(chromium, server) as page, Reviewer(server) as other:
        other.log_in("李航").decide(3, "false-alarm")
        row = page.locator(f'tr[data-key="columns/{3:016x}"]')
        expect(row.locator("[data-by]")).to_have_text("李航", timeout=15_000)
        row.get_by_role("button", name="确认").click()
        expect(row.locator("[data-opinion]")).to_have_text("有分歧")
        expect(row).to_contain_text("李航 误报，王芳 确认")


def test_a_server_that_has_gone_is_told(chromium: Browser, tmp_path: Path) -> None:
    """The row stays as it was, and that nothing was recorded is said until the next key."""
    path = tmp_path / "store.sqlite3"
    keep(path, [life(wrong_word(1))])
    with serving(path) as server, chromium.new_context() as window:
        page = window.new_page()
        page.goto(server.address)
        page.get_by_label("姓名").fill("王芳")
        page.get_by_role("button", name="开始审核").click()
        page.wait_for_selector("tr[data-key]")
        page.wait_for_load_state()
        window.set_offline(True)
        page.keyboard.press("j")
        page.keyboard.press("1")
        expect(page.get_by_role("status")).to_contain_text("没有记录")
        assert opinions(page) == ["未审核"]


def test_hostile_text_does_nothing(chromium: Browser, server: Server) -> None:
    """The browser reads no element from it, and shows it, in the list, on its page and in what is said of it."""
    with opened(chromium, server) as page:
        page.goto(f"http://127.0.0.1:{server.port}/findings?sort=page&page=2&q=script")
        row = page.locator("tr[data-key]")
        assert row.count() == 1 and "<script>alert(1)</script>" in row.inner_text()
        page.wait_for_load_state()
        page.keyboard.press("j")
        page.keyboard.press("1")
        expect(page.get_by_role("status")).to_contain_text("<script>")
        page.keyboard.press("k")
        page.keyboard.press("Enter")
        page.wait_for_url("**/findings/columns/*")
        assert page.locator("mark.place").inner_text().startswith('"><script>')
        assert page.locator("img, iframe, object").count() == 0 and page.locator("script").count() == 1


def test_it_works_without_script(chromium: Browser, server: Server) -> None:
    """Filters, decisions, the day of a deferral, and undoing are plain forms."""
    with opened(chromium, server, faulty="422", java_script_enabled=False) as page:
        page.locator("summary", has_text="筛选").click()
        page.get_by_label("词语").select_option("布署")
        page.get_by_role("button", name="应用").click()
        assert page.locator("tr[data-key]").count() == 12
        page.locator("tr[data-key]").first.get_by_role("button", name="误报").click()
        expect(page.get_by_role("status")).to_contain_text("已记录：误报")
        assert page.locator("tr[data-key]").count() == 11
        page.locator("tr[data-key]").first.get_by_role("button", name="暂缓").click()
        expect(page.get_by_role("alert")).to_contain_text("暂缓要写到哪一天")
        page.get_by_label(re.compile("暂缓到")).fill("2026-12-31")
        page.get_by_role("button", name="暂缓").click()
        expect(page.get_by_role("status")).to_contain_text("已记录：暂缓")
        page.get_by_role("button", name="撤回").click()
        expect(page.get_by_role("status")).to_contain_text("已撤回：暂缓")


def test_buttons_can_be_hit_with_a_finger(chromium: Browser, server: Server) -> None:
    """On a phone they are at least 40 pixels high, and stand apart."""
    with opened(chromium, server, size=PHONE) as page:
        boxes = [one.bounding_box() for one in page.locator("tr[data-key]").first.get_by_role("button").all()]
        assert len(boxes) == 4
        assert all(box and box["height"] >= 40 and box["width"] >= 60 for box in boxes)
        lefts = [(box["x"], box["x"] + box["width"]) for box in boxes if box]
        assert all(after[0] - before[1] >= 4 for before, after in pairwise(lefts))


def test_everything_can_be_reached_by_keyboard_and_is_seen_there(chromium: Browser, filled: Path) -> None:
    """Tab goes through navigation, search, rows and buttons, and each shows where one is."""
    with serving(filled) as server, opened(chromium, server) as page:
        seen = set()
        for _ in range(40):
            page.keyboard.press("Tab")
            name, outline = page.evaluate(
                "[document.activeElement.className || document.activeElement.localName,"
                " getComputedStyle(document.activeElement).outlineStyle]"
            )
            assert outline != "none", name
            seen.add(name)
        assert {"skip", "a", "button", "input", "summary", "to"} <= seen


def test_the_overview_prints(chromium: Browser, filled: Path) -> None:
    """On A4, with the verdict, what was not looked at and the units, and without what only a screen needs."""
    with serving(filled) as server, opened(chromium, server) as page:
        page.goto(f"http://127.0.0.1:{server.port}/")
        printed = PdfReader(BytesIO(page.pdf(prefer_css_page_size=True)))
    text = unify("".join("".join((one.extract_text() or "").split()) for one in printed.pages))
    width, height = (round(float(one) / 72 * 25.4) for one in printed.pages[0].mediabox[2:])
    assert (width, height) == (210, 297) and len(printed.pages) <= 3
    assert "其中单项否决10条" in text and "没有做完" in text and "区文旅局" in text
    assert "退出" not in text and "跳到正文" not in text


@pytest.mark.parametrize("size", [WIDE, PHONE], ids=["1280", "390"])
def test_the_pictures_of_the_readme(chromium: Browser, filled: Path, size: tuple[int, int], tmp_path: Path) -> None:
    """The pictures under reports/ can be made anew: SCREENSHOTS=reports make browser."""
    folder, width = Path(os.environ.get("SCREENSHOTS", tmp_path)), size[0]
    with serving(filled) as server, opened(chromium, server, size=size) as page:
        page.goto(f"http://127.0.0.1:{server.port}/findings?sort=page")
        page.wait_for_load_state()
        if size == WIDE:
            page.keyboard.press("j")
        page.screenshot(path=folder / f"review-table-{width}.png")
        if size == WIDE:
            page.goto(f"http://127.0.0.1:{server.port}/findings?word=布署")
            page.locator("a.to").nth(1).click()
            page.wait_for_url("**/findings/columns/*")
            page.wait_for_load_state()
            page.screenshot(path=folder / f"review-snapshot-{width}.png")
        page.goto(f"http://127.0.0.1:{server.port}/")
        page.screenshot(path=folder / f"review-overview-{width}.png", full_page=True)
    pictures = list(folder.glob(f"review-*-{width}.png"))
    assert len(pictures) == (3 if size == WIDE else 2)
    assert all(5_000 < picture.stat().st_size < 250_000 for picture in pictures)
