"""What rules say of cells of sheets, of text that OCR read, and of attached files."""

from __future__ import annotations

from datetime import date

import pytest

from jimo_lint import privacy
from jimo_lint.lint.engine import Engine
from jimo_lint.lint.worth import LEGIBLE
from jimo_lint.model import Block, Cell, Context, Document, FileFacts, Finding, Link, Region, Severity
from tests.support import shipped

CONTEXT = Context(date(2026, 11, 30), shipped.national())
# Answers to requests are judged only where somebody says that a draft is one.
ENGINE = Engine(tuple(rule for rule in shipped.rules() if rule.kind not in ("links", "targets", "answer")), CONTEXT)
URL = "https://www.qingtan.gov.cn/files/表.xlsx"
ID = "11010519491231002X"
SLIP = "110105194912310021"


def sheet(*rows: tuple[str, ...], table: str = "工作表“名单”", form: str = "workbook") -> Document:
    """An attached table."""
    blocks = (
        Block("table", text, f"{table}{column}-{number}", ((0, number, 1),), spot=Cell(table, number, column))
        for number, row in enumerate(rows, 1)
        for column, text in enumerate(row, 1)
    )
    return privacy.mask(Document(URL, URL, "attachment", "表.xlsx", tuple(blocks), facts=FileFacts(form, ".xlsx")))


def poster(*lines: str, confidence: float = 0.99) -> Document:
    """An attached picture of which OCR read these lines."""
    blocks = (
        Block("picture", line, "图 1", ((0, 1, 1),), spot=Region("图 1", 10, 40 * number, 300, 30, confidence, b"RIFF"))
        for number, line in enumerate(lines)
    )
    return privacy.mask(Document(URL, URL, "attachment", "一图读懂.png", tuple(blocks), facts=FileFacts("image")))


def found(document: Document) -> list[Finding]:
    """What all rules about documents say."""
    return list(ENGINE.findings(document))


def codes(document: Document) -> list[str]:
    """The codes of these."""
    return [one.code for one in found(document)]


@pytest.mark.parametrize(
    "rows",
    [
        (("单位", "统一社会信用代码"), ("青潭区水务站", "91370282MA3C4DEF5G"), ("青潭区供销社", "12370282493012345X")),
        (("项目名称", "项目编号"), ("青潭桥", ID), ("南岭渠", "11010519491231002X")),
        (("项目名称", "项目代码"), ("青潭桥", "2020-370282-48-03-015567"), ("南岭渠", "2111-370282-04-01-123456")),
        (("户名", "开户行", "账号"), ("青潭区财政局", "青潭农商行", "3803027009200123456")),
        (("窗口", "咨询电话"), ("不动产登记", "0532-88512345"), ("社保", "88512346"), ("总机", "12345")),
        (("名称", "时间", "金额（元）"), ("修缮", "2026/1/5", "1,234.50"), ("绿化", "2026-1-5 9:00", "12,000")),
        (("单位", "投资（元）"), ("青潭区水务站", "13800138000"), ("青潭区供销社", "15912345678")),
        (("序号", "单 位 名 称", "备 注"), ("1", "青潭区水务站", ""), ("2", "青潭区供销社(本部)", "含税,不含运费")),
        (("商户", "地址"), ("食全食美饭庄", "振兴路1号,东门"), ("衣衣不舍服装店", "振兴路2号(南侧)")),
        (("姓名", "籍贯"), ("張立", "青潭"), ("蕭山", "南岭"), ("关健", "青潭"), ("张 健", "")),
        (("订单号", "件数"), ("6222021001116245702", "1"), ("6222021001116245710", "2")),
        (("姓名", "身份证号", "手机号"), ("张三", "1101**********002X", "138****8000")),
        (("项目", "２０２６年"), ("一.总则", "１２"), ("（一）、范围", "３４")),
    ],
)
def test_tables_without_faults(rows: tuple[tuple[str, ...], ...]) -> None:
    """What stands in the tables of every office: codes, accounts, counters, amounts, dates, names of shops."""
    assert not codes(sheet(*rows))
    assert not codes(sheet(*rows, table="", form="csv"))


def test_a_sentence_in_a_cell_is_prose() -> None:
    """A paragraph that somebody put into a sheet is judged as one."""
    text = "会议要求,各单位要切实加强组织领导,进一步压实工作责任,确保各项任务按时完成。"
    assert "F104" in codes(sheet((text,)))
    assert "F104" not in codes(sheet((text.rstrip("。"),)))


def test_tables_of_documents_are_judged_as_before() -> None:
    """A table of a Word document holds prose."""
    assert "F117" in codes(sheet(("青潭区供销社(本部)",), table="表 1", form="word"))


def test_a_typo_in_a_sheet_is_one() -> None:
    """What is longer than a name is no name."""
    assert codes(sheet(("抓好关健环节",), ("帐号",))) == ["T101", "T110"]
    assert codes(sheet(("关健",), table="表 1", form="word")) == ["T101"]


@pytest.mark.parametrize(
    "rows",
    [
        (("姓名", "关健词", "备注"), ("张三", "水务", "")),
        (("青潭区水务站", "", ""), ("序号", "关健词", "备 注"), ("1", "水务", "")),
        (("姓名", "状态", "备注"), ("张三", "布署", "")),
        (("布署",),),
    ],
)
def test_a_short_wrong_word_in_a_cell_is_one(rows: tuple[tuple[str, ...], ...]) -> None:
    """The name of a column is no person's, and neither is what no surname begins."""
    assert codes(sheet(*rows)) == ["T101"]
    assert codes(sheet(*rows, table="", form="csv")) == ["T101"]


@pytest.mark.parametrize(
    "rows",
    [
        (("姓名", "备注"), ("关健", ""), ("布署", "")),
        (("序号", "联系人"), ("1", "关健")),
        (("村名", "备注"), ("布署村", "")),
        (("关健", "男"), ("张立", "男")),
    ],
)
def test_a_name_in_a_cell_is_no_wrong_word(rows: tuple[tuple[str, ...], ...]) -> None:
    """By what its column says, or by its surname."""
    assert not codes(sheet(*rows))


def test_what_is_certain_holds_in_cells() -> None:
    """Wrong names of the state, and days that do not exist."""
    assert codes(sheet(("中华人民共合国",), ("2026年2月30日",))) == ["S101", "F106"]


def test_two_cells_make_no_word() -> None:
    """What ends in one cell does not go on in the next."""
    assert not codes(sheet(("中华人民", "共合国")))
    assert codes(sheet(("中华人民共合国", "")))[:1] == ["S101"]


@pytest.mark.parametrize(
    ("confidence", "severity", "looked"),
    [(LEGIBLE, Severity.VETO, False), (0.999, Severity.VETO, False), (LEGIBLE - 0.01, Severity.WARNING, True)],
)
def test_a_veto_needs_a_legible_line(confidence: float, severity: Severity, looked: bool) -> None:
    """A wrong name that OCR itself doubts is for a person to look at."""
    (one,) = found(poster("中华人民共合国成立七十周年", confidence=confidence))
    assert (one.code, one.severity) == ("S101", severity)
    assert ("请看图核对" in one.message) is looked
    assert one.region and one.region.picture == "图 1" and one.locator == "图 1"


def test_a_near_miss_in_a_picture_is_a_notice() -> None:
    """OCR takes one character for another, and so does this rule."""
    text = "坚持以人民为中心的发展思想，实施乡村振兴占略"
    drawn = [one for one in found(poster(text)) if one.code == "S109"]
    written = [one for one in found(Document("a", "a", "file", "", (Block("body", text),))) if one.code == "S109"]
    assert [one.severity for one in drawn] == [Severity.NOTICE] * len(written)


def test_typos_in_pictures_are_notices_of_legible_lines() -> None:
    """Below the confidence it may as well be OCR that is wrong."""
    line = "要切实抓好关健环节"
    assert [(one.code, one.severity) for one in found(poster(line))] == [("T101", Severity.NOTICE)]
    assert "请看图核对" in found(poster(line))[0].message
    assert not found(poster(line, confidence=LEGIBLE - 0.01))
    assert [one.severity for one in found(poster("定于2026年2月30日召开"))] == [Severity.NOTICE]


def test_marks_in_pictures_are_those_of_ocr() -> None:
    """OCR does not tell half-width from full-width, nor see blanks."""
    assert not found(poster("会议要求,各单位要加强领导(含街道),确保完成 。"))


def test_personal_data_in_pictures_needs_its_check_digit() -> None:
    """A digit that OCR got wrong makes another number; it is masked all the same."""
    document = poster(f"身份证号：{ID}", confidence=0.5)
    assert [(one.code, one.severity) for one in found(document)] == [("P101", Severity.ERROR)]
    wrong = poster(f"身份证号：{SLIP}", "身份证号：110105491231002")
    assert not found(wrong) and SLIP not in wrong.text and "110105491231002" not in wrong.text
    assert codes(Document("a", "a", "file", "", (Block("body", "身份证号：11"),))) == []
    written = privacy.mask(Document("a", "a", "file", "", (Block("body", f"身份证号：{SLIP}"),)))
    assert codes(written) == ["P101"]


def test_nothing_in_a_picture_is_mended_by_a_machine() -> None:
    """Nobody can write into a picture."""
    assert all(not one.edits for one in found(poster("要切实抓好关健环节，中华人民共合国")))


def test_rules_about_pages_leave_attached_files_alone() -> None:
    """An attached file is no page: its empty and local links, its links to nowhere, are no faults of the site."""
    links = (Link("", "点击", "empty"), Link("file:///C:/a.doc", "a", "local"), Link("", "b", "malformed", "http://"))
    document = Document(URL, URL, "attachment", "表.html", (Block("body", "附件：1.名单（略）"),), links=links)
    assert not codes(document)
    assert codes(Document(URL, URL, "site", "表", document.blocks, links=links))
