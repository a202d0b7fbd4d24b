"""Lists of personal data in tables are one finding a column, whatever comes and goes in them."""

from __future__ import annotations

from datetime import date

import pytest

from jimo_lint import privacy
from jimo_lint.lint.engine import Engine
from jimo_lint.model import Block, Cell, Context, Document, FileFacts, Finding, Mark
from tests.support import shipped

CONTEXT = Context(date(2026, 11, 30), shipped.national())
ENGINE = Engine(tuple(rule for rule in shipped.rules() if rule.family == "P"), CONTEXT)
URL = "https://www.qingtan.gov.cn/files/名单.xlsx"
WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)


def number(serial: int) -> str:
    """An ID that nobody has, of the fourth of a month of 1949."""
    body = f"1101051949{serial % 12 + 1:02}04{serial:03}"
    return body + "10X98765432"[sum(int(one) * weight for one, weight in zip(body, WEIGHTS, strict=True)) % 11]


Rows = list[list[str]]


def table(rows: Rows, name: str = "工作表“名单”", hidden: frozenset[int] = frozenset(), url: str = URL) -> Document:
    """A table in an attached file. hidden: columns."""
    blocks = tuple(
        Block(
            "table",
            text,
            f"{name}第 {at} 行第 {column} 列",
            ((0, at, 1),),
            spot=Cell(name, at, column, column in hidden),
        )
        for at, row in enumerate(rows, 1)
        for column, text in enumerate(row, 1)
        if text
    )
    return privacy.mask(Document(url, url, "attachment", "名单.xlsx", blocks, facts=FileFacts("workbook", ".xlsx")))


def found(document: Document) -> list[Finding]:
    """What rules about personal data say."""
    return list(ENGINE.findings(document))


def people(count: int, head: str = "身份证号") -> Rows:
    """A list of so many."""
    return [["2026 年度名单", ""], ["姓名", head], *([f"王{one}", number(one)] for one in range(count))]


@pytest.mark.parametrize(
    ("rows", "name", "said", "place"),
    [
        (people(210), "工作表“名单”", "，共 210 行（已打码）", "工作表“名单”B 列，第 3 至 212 行"),
        (people(5), "表 1", "，共 5 行（已打码）", "表 1 第 2 列，第 3 至 7 行"),
        (people(1), "工作表“名单”", "（已打码）", "工作表“名单”B 列，第 3 行"),
        (people(4), "", "，共 4 行（已打码）", "第 2 列，第 3 至 6 行"),
        (people(4), "表格", "，共 4 行（已打码）", "表格 第 2 列，第 3 至 6 行"),
        (people(4), "幻灯片 4 表 2", "，共 4 行（已打码）", "幻灯片 4 表 2 第 2 列，第 3 至 6 行"),
    ],
)
def test_a_list_is_one_finding(rows: Rows, name: str, said: str, place: str) -> None:
    """It names the column, from which row to which, and how many rows."""
    (one,) = found(table(rows, name))
    assert one.code == "P101" and one.locator == place
    assert one.message.startswith("公开了身份证号 11**************") and one.message.endswith(said)


@pytest.mark.parametrize(
    "head",
    [
        "身份证号", "身份证号码", "公民身份号码", "身份证件号码", "证件号码", "身 份 证 号", "姓名/身份证号",
        "身份证号\n（18 位）", "联系人身份证号及手机号",
    ],
)  # fmt: skip
def test_heads_as_offices_write_them(head: str) -> None:
    """Two rows below a head are a list; a number with a slip and one of 15 digits are IDs there."""
    rows = [["姓名", head], ["王一", number(1)], ["王二", "110105194912310021"], ["王三", "110105491231002"]]
    (one,) = found(table(rows))
    assert one.message.endswith("，共 3 行（已打码）")


def test_heads_over_several_columns_and_rows() -> None:
    """A head may stand over its column and the next, above another line of heads, and again further down."""
    wide = [["序号", "身份证号", ""], ["1", "居民身份证", number(1)], ["2", "居民身份证", "110105194912310021"]]
    assert [one.locator for one in found(table(wide))] == ["工作表“名单”C 列，第 2 至 3 行"]
    double = [["姓名", "证件", ""], ["", "类型", "身份证号"], ["王一", "居民身份证", number(1)]]
    assert [one.locator for one in found(table(double))] == ["工作表“名单”C 列，第 3 行"]
    again = [*people(2), ["合计", "2 人"], ["项目", "项目编号"], ["青潭桥", number(9)]]
    assert [one.locator for one in found(table(again))] == ["工作表“名单”B 列，第 3 至 4 行"]


@pytest.mark.parametrize(
    ("head", "values", "code"),
    [
        ("手机号", ["13800138000", "13800138001"], "P103"),
        ("联系电话", ["13800138000", "0532-88512345"], "P103"),
        ("银行卡号", ["6222021001116245702", "4111111111111111"], "P102"),
        ("护照号", ["E12345678", "EA1234567"], "P104"),
        ("社会保障号码", ["370282123456", "370282123457"], "P105"),
        ("社保卡号", ["A12345678", "A12345679"], "P105"),
    ],
)
def test_other_kinds(head: str, values: list[str], code: str) -> None:
    """What has no check digit is told by its head alone, and masked."""
    document = table([["姓名", head], *(["王某", value] for value in values)])
    (one,) = found(document)
    assert one.code == code
    assert not any(value in document.text for value in values if value[0] != "0")


@pytest.mark.parametrize("head", ["单位社保编号", "设备型号", "账号", "备注"])
def test_heads_of_other_numbers(head: str) -> None:
    """What only a head makes personal is not, below another."""
    rows = [["单位", head], ["青潭区水务站", "E12345678"], ["青潭区供销社", "370282123456"]]
    document = table(rows)
    assert not found(document) and "E12345678" in document.text and "370282123456" in document.text


def test_many_without_a_head_are_a_list_and_few_are_not() -> None:
    """Three in a column are; two stay single, and so do those that stand elsewhere."""
    assert [one.locator for one in found(table(people(3, "备注")))] == ["工作表“名单”B 列，第 3 至 5 行"]
    assert len(found(table(people(2, "备注")))) == 2
    row = [["备注", number(1), number(2), number(3)]]
    assert len(found(table(row))) == 3


def lines(count: int, source: str = "attachment") -> Document:
    """A list in a PDF, ten lines a page."""
    blocks = tuple(Block("body", f"王某 {number(one)}", f"第 {one // 10 + 1} 页", ((0, 1, 1),)) for one in range(count))
    return privacy.mask(Document(URL, URL, source, "名单.pdf", blocks, facts=FileFacts("pdf", ".pdf")))


def test_lists_where_there_are_no_tables() -> None:
    """A PDF has lines only: many in one attached file are one finding, few are each their own; drafts are as before."""
    (one,) = found(lines(25))
    assert one.message.endswith("，共 25 处（已打码）") and one.locator == "第 1 页 至 第 3 页"
    assert found(lines(6))[0].locator == "第 1 页"
    assert len({each.fingerprint for count in (5, 25) for each in found(lines(count))}) == 1
    assert len(found(lines(4))) == 4
    assert len(found(lines(25, "file"))) == 25


def test_columns_tables_and_kinds_are_findings_of_their_own() -> None:
    """Numbers of another sort in the same rows, and the same column of another table."""
    rows = [["姓名", "身份证号", "手机号"], *([f"王{one}", number(one), f"1380013800{one}"] for one in range(4))]
    assert [one.code for one in found(table(rows))] == ["P101", "P103"]
    blocks = (*table(people(3)).blocks, *table(people(3), "工作表“底稿”").blocks)
    raw = Document(URL, URL, "attachment", "名单.xlsx", blocks)
    assert not raw.personal  # masked before
    first, second = (table(people(3), name) for name in ("工作表“名单”", "工作表“底稿”"))
    assert found(first)[0].fingerprint != found(second)[0].fingerprint


def test_rows_come_and_go_and_the_list_is_the_same() -> None:
    """Another file has a list of its own."""
    prints = {found(table(people(count)))[0].fingerprint for count in (1, 3, 200)}
    assert len(prints) == 1
    (other,) = found(table(people(3), url=f"{URL}?id=2"))
    assert other.fingerprint not in prints


def test_single_numbers_are_known_by_their_file_wherever_they_stand() -> None:
    """A row that moves is the same problem; what the mask leaves of a number stands in many files."""
    low, high = ([["备注", ""], *[["", "略"]] * count, [f"王某 {number(1)}", ""]] for count in (1, 9))
    first, moved, other = (found(table(rows, url=url))[0] for rows, url in ((low, URL), (high, URL), (low, f"{URL}x")))
    assert first.fingerprint == moved.fingerprint != other.fingerprint


def test_hidden_columns_are_told_of_as_hidden_once() -> None:
    """Where only the rules for what is shown are selected, these tell of it."""
    rows = [["姓名", "身份证号", "手机号"], *([f"王{one}", number(one), f"1380013800{one}"] for one in range(4))]
    document = table(rows, hidden=frozenset({2, 3}))
    assert [one.code for one in found(document)] == ["P109", "P110"]
    assert found(document)[0].message.startswith("隐藏的内容里有身份证号 11**")
    shown = Engine(tuple(rule for rule in shipped.rules() if rule.code == "P101"), CONTEXT)
    assert [one.code for one in shown.findings(document)] == ["P101"]


def test_a_mark_of_hidden_columns_hides_no_comment() -> None:
    """What is hidden of a sheet its cells say themselves."""
    facts = FileFacts("workbook", ".xlsx", marks=(Mark("hidden", "工作表“名单”", "隐藏的列 C"),))
    blocks = (Block("comment", f"王某 {number(1)}", "工作表“名单”B7 的批注"),)
    document = privacy.mask(Document(URL, URL, "attachment", "名单.xlsx", blocks, facts=facts))
    assert [one.code for one in found(document)] == ["P101"]


@pytest.mark.parametrize(("place", "code"), [("幻灯片 4", "P109"), ("幻灯片 40", "P101"), ("幻灯片 4 备注", "P109")])
def test_hidden_slides(place: str, code: str) -> None:
    """The mark of a file says which of them nobody is shown."""
    facts = FileFacts("slides", ".pptx", marks=(Mark("hidden", "幻灯片 4"),))
    blocks = (Block("body", f"王某 {number(1)}", place),)
    document = privacy.mask(Document(URL, URL, "attachment", "汇报.pptx", blocks, facts=facts))
    assert [one.code for one in found(document)] == [code]


def test_masking_a_table_twice_changes_nothing() -> None:
    """What was found the first time is kept, and nothing is found anew."""
    document = table([["姓名", "护照号", "身份证号"], ["王某", "E12345678", number(1)]])
    assert privacy.mask(document) == document
