"""Personal data in tables: what only the head of a column tells, and what neighbouring cells must not make up."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from jimo_lint import privacy
from jimo_lint.model import Block, Cell, Document

WRONG = "110105194912310021"  # the last digit does not fit
OLD = "110105491231002"
CARD = "6222021001116245702"


def masked(rows: Sequence[Sequence[str]]) -> Document:
    """A table read from a file, masked."""
    blocks = tuple(
        Block("table", text, f"第 {row} 行", ((0, row, 1),), spot=Cell("表", row, column))
        for row, cells in enumerate(rows, 1)
        for column, text in enumerate(cells, 1)
        if text
    )
    return privacy.mask(Document("a.xlsx", "a.xlsx", "file", "名单", blocks))


def told(document: Document) -> list[tuple[str, int]]:
    """What was found, and in which row."""
    places = [(one.what, document.block_at(one.span.start)[0].spot) for one in document.personal]
    return [(what, spot.row) for what, spot in places if isinstance(spot, Cell)]


@pytest.mark.parametrize(
    ("head", "value", "what"),
    [
        ("身份证号", "11010519491231002X", "resident-id"),
        ("身份证号码（18位）", WRONG, "resident-id"),
        ("身份证\n号码", OLD, "resident-id"),
        ("法人证件号码", OLD, "resident-id"),
        ("护照号", "E12345678", "passport"),
        ("社保卡号", "1234567890", "social-security"),
        ("个人编号", "1234567890", "social-security"),
        ("惠农一卡通", CARD, "bank-card"),
        ("手机号", "13800001111", "mobile"),
        ("联系电话", "13800001111", "mobile"),
    ],
)
def test_every_row_below_the_head_is_masked_and_told(head: str, value: str, what: str) -> None:
    """However far below; the columns beside it are not."""
    rows = [["姓名", head, "备注"], *(["甲一", value, "无"] for _ in range(40))]
    document = masked(rows)
    assert told(document) == [(what, row) for row in range(2, 42)]
    assert value not in document.text and "*" in document.blocks[4].text
    assert [one.text for one in document.blocks if isinstance(one.spot, Cell) and one.spot.column == 3][1:] == [
        "无"
    ] * 40
    assert privacy.mask(document).text == document.text


@pytest.mark.parametrize(
    ("head", "value"),
    [
        ("统一社会信用代码", "91430100MA4L16BK5D"),
        ("统一社会信用代码", "11430100006125002K"),
        ("组织机构代码", "006125002"),
        ("项目编号", "2019-430100-78-01-012345"),
        ("联系电话", "0731-88888888"),
        ("联系电话", "88888888"),
        ("办公电话", "12345"),
        ("账号", "43050177363600000123"),
        ("开户行账号", "1901006009200012345"),
        ("护照号", "无"),
        ("身份证号", "1101**********002X"),
        ("身份证复印件份数", "2"),
        ("社保卡办理数", "123456"),
        ("金额", "13800000.5"),
        ("文号", "青政发〔2026〕12号"),
    ],
)
def test_numbers_of_offices_stay(head: str, value: str) -> None:
    """Codes, accounts and counters, and what is masked already."""
    document = masked([["单位", head], *(["青潭区民政局", value] for _ in range(5))])
    assert not document.personal
    assert value in document.text


def test_a_column_beside_one_of_cards_keeps_its_numbers() -> None:
    """A head tells of its own column alone, and another table of its own."""
    rows = [["护照号", "证书编号"], ["E12345678", "E87654321"]]
    document = masked(rows)
    assert told(document) == [("passport", 2)] and "E87654321" in document.text
    other = Block("table", "E87654321", "x", spot=Cell("另表", 2, 1))
    document = privacy.mask(Document("a", "a", "file", "名单", (*document.blocks, other)))
    assert "E87654321" in document.text


def test_a_later_head_counts_from_there_on() -> None:
    """Two lists one below the other on a sheet."""
    document = masked([["护照号"], ["E12345678"], ["社保卡号"], ["1234567890"]])
    assert told(document) == [("passport", 2), ("social-security", 4)]


@pytest.mark.parametrize(
    "row",
    [
        ["13800", "138000", "00"],
        ["138", "00001111"],
        ["110105", "19491231", "0021"],
        ["110105", "19491231", "002X"],
        ["2026", "01", "05", "13800", "1111"],
        ["1", "2", "3", "4", "5"],
        ["622202", "1001116245702"],
        ["6222", "0210", "0111", "6245"],
        ["1380000", "1111"],
    ],
)
def test_figures_in_neighbouring_cells_are_no_number(row: list[str]) -> None:
    """Amounts, codes and counts; rows of them too."""
    document = masked([["数"] * len(row), *[row] * 3])
    assert not document.personal and "*" not in document.text


def test_a_number_with_each_digit_in_a_cell_of_its_own_is_found() -> None:
    """As forms have boxes for it."""
    document = masked([["公民", *"11010519491231002X"]])
    assert [one.what for one in document.personal] == ["resident-id"]
    assert document.text.count("*") == 14


def valid(serial: int) -> str:
    """An invented ID with the right check digit."""
    body = f"11010519491231{serial:03}"
    weights = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
    return body + "10X98765432"[sum(int(digit) * weight for digit, weight in zip(body, weights, strict=True)) % 11]


def test_numbers_that_count_upwards_are_no_ids_by_chance() -> None:
    """One in a dozen has the right last digit; where the head says 身份证号, and where most are right, they are IDs."""
    serials = [f"1101051949123100{number:02}" for number in range(20, 60)]
    assert any(told(masked([["编码"], [one]])) for one in serials)
    assert not masked([["编码"], *([one] for one in serials)]).personal
    assert len(masked([["身份证号"], *([one] for one in serials)]).personal) == 40
    right = [valid(number) for number in range(1, 9)]
    assert len(masked([["编码"], *([one] for one in right)]).personal) == 8
    assert len(masked([["编码"], *([one] for one in [*right, *serials[:3]])]).personal) >= 8
