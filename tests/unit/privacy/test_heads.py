"""What stands over the columns of tables."""

from __future__ import annotations

import pytest

from jimo_lint import privacy
from jimo_lint.model import Block, Cell, Document, Region
from jimo_lint.privacy.columns import Columns


def blocks(*rows: tuple[str, ...]) -> tuple[Block, ...]:
    """A sheet; an empty text is no cell."""
    return tuple(
        Block("table", text, spot=Cell("工作表“名单”", number, column))
        for number, row in enumerate(rows, 1)
        for column, text in enumerate(row, 1)
        if text
    )


@pytest.mark.parametrize(
    "head",
    [
        *(
            "身份证",
            "公民身份号码",
            "证件号",
            "银行卡",
            "卡号",
            "卡折号",
            "一卡通",
            "手机",
            "移动电话",
            "联系方式",
            "护照",
        ),
        *(
            "社保号",
            "医保卡号",
            "个人编号",
            "许可证号",
            "项目编码",
            "合同编号",
            "订单号",
            "流水",
            "序列",
            "条码",
            "群号",
        ),
        *("QQ", "qq", "合同", "批号", "文号", "（元）", "金额", "资金", "投资", "面积", "数量", "合计", "信用代码"),
        *("手 机\n号", "身　份　证", "编号", "编码", "注册号"),
    ],
)
def test_every_head_is_seen(head: str) -> None:
    """It is told to which cells it belongs: to those below it, until the next, and to no other column."""
    columns = Columns(blocks(("姓名", head, "备注"), ("王某", "1", "略"), ("王某", "2", "略")))
    said = "".join(head.split())
    assert [columns.head(Cell("工作表“名单”", row, 2)) for row in (1, 2, 3, 900)] == ["", said, said, said]
    assert not columns.head(Cell("工作表“名单”", 2, 1)) and not columns.head(Cell("工作表“底稿”", 2, 2))
    assert not columns.head(Cell("工作表“名单”", 2, 3))


@pytest.mark.parametrize(
    "text", ["请填写身份证号码，并附本人签字的复印件，复印件一律不退", "身份证11**************2X", "姓名", "水务站"]
)
def test_what_is_no_head(text: str) -> None:
    """A sentence, a value with its words, other heads."""
    assert not Columns(blocks((text,), ("1",)))


def test_what_is_masked_is_masked_once() -> None:
    """Figures in a column of codes are no ID, and stay hidden all the same, as they are in prose."""
    number = "11010519491231002X"
    document = privacy.mask(Document("a", "a", "file", "", blocks(("项目", "项目编号"), ("桥", number))))
    assert number not in document.text and not document.personal
    assert privacy.mask(document) == document


def test_the_places_of_what_was_found_are_masked() -> None:
    """Sheets are called by the numbers of the persons whose data they hold, and findings name the sheet."""
    number = "11010519491231002X"
    sheet = f"工作表“{number}”"
    cells = (
        Block("table", "姓名", f"{sheet}A1", spot=Cell(sheet, 1, 1)),
        Block("body", "王某", f"{sheet}页眉"),
        Block("picture", "王某", f"{sheet}图 1", spot=Region(f"{sheet}图 1", 0, 0, 9, 9, 0.9)),
    )
    for shown in (cells, *((one,) for one in cells)):
        document = privacy.mask(Document("a", "a", "file", "", shown))
        assert number not in repr(document) and "11**************2X" in document.blocks[0].locator
        assert privacy.mask(document) == document


@pytest.mark.parametrize(
    "head",
    ["案卷号", "立案编号", "投诉编号", "采购编号", "招标编号", "发票号码", "设备编码", "电子监管号", "准考证号"],
)
def test_numbers_of_things_are_no_ids(head: str) -> None:
    """Though division, day and check digit fit by chance; what may be the number of a person is one."""
    for said, personal in ((head, 0), ("证书编号", 1), ("人员编号", 1)):
        rows = blocks(("姓名", said), ("王某", "11010519491231002X"))
        assert len(privacy.mask(Document("a", "a", "file", "", rows)).personal) == personal


@pytest.mark.parametrize(("head", "personal"), [("准考证号", 0), ("水表户号", 0), ("表号", 0), ("用户", 1)])
def test_numbers_of_meters_and_examinees_are_no_telephones(head: str, personal: int) -> None:
    """Eleven digits that begin as those do."""
    rows = blocks(("名称", head), ("王某", "13912345678"))
    assert len(privacy.mask(Document("a", "a", "file", "", rows)).personal) == personal
