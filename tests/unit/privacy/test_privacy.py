"""Personal data is found by its checksums and masked at the same length."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jimo_lint.model import Block, Concealed, Document, Link, PageFacts
from jimo_lint.privacy import mask, mask_text, mask_url

ID = "11010519491231002X"  # the example of GB 11643
CARD = "6222021001116245702"
PHONE = "13800138000"


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        (f"身份证{ID}。", "身份证11**************2X。"),
        ("110105 19491231 002x", "11**** ******** **2x"),
        ("１１０１０５１９４９１２３１００２Ｘ", "１１**************２Ｘ"),
        (f"卡号{CARD}", "卡号622202*********5702"),
        ("6222 0210 0111 6245 702", "6222 02** **** ***5 702"),
        ("银行卡4111111111111111", "银行卡411111******1111"),
        ("银行卡号6201050000001234563", "银行卡号620105*********4563"),
        (f"电话：{PHONE}，", "电话：138****8000，"),
        ("138-0013-8000", "138-****-8000"),
        ("+86 13800138000", "+86 138****8000"),
        (f"{PHONE}、{PHONE}", "138****8000、138****8000"),
    ],
)
def test_masked(text: str, masked: str) -> None:
    """IDs, cards and mobile numbers are masked, also spaced and full-width ones."""
    assert mask_text(text) == masked


@pytest.mark.parametrize(
    "text",
    [
        "110105194913310029",  # no such month
        "990105194912310029",  # no such division
        "统一社会信用代码913702827180000010",
        "91370282MA3C4DEF5G",
        "6222021001116245703",  # Luhn
        "邮编 110105 1949-12-31 0021",  # a row of a table: other marks inside the day than around it
        "1130 2019-12-01 2019-12",
        "1101051949123",  # too short for an ID
        "注册号：110105491231002",  # of a company
        "编号4111111111111111",  # a foreign brand without a word that says card
        "4111111111111111",
        "6201050000001234563",  # 6201 is a division of Gansu, with which many numbers begin
        "0532-88512345",
        "400-800-1234",
        "12345678901",
        "10800138000",
        "213800138000",
        "1380013800012",
        "投资13800138000元",
        "QQ：13800138000",
        "合同编号：13800138000",
        "3.13800138000",
        "138****8000",
        "35*************123",
        "a13800138000",
    ],
)
def test_left_alone(text: str) -> None:
    """Landlines, amounts, serial numbers, rows of dates and what is masked already stay."""
    assert mask_text(text) == text


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("110105194912310021", "11**************21"),
        ("110105 19491231 0021", "11**** ******** **21"),
        ("110105-1949-12-31-0021", "11****-****-**-**-**21"),
        ("1101 0519 4912 3100 21", "11** **** **** **** 21"),
        ("１１０１０５　１９４９１２３１　００２１", "１１****　********　**２１"),
        ("身份证号：11010519491231002", "身份证号：11*************02"),  # a digit short
        ("身份证号：1101051949123100210", "身份证号：11***************10"),  # a digit long
        ("张某，110105491231002，男", "张某，11***********02，男"),
        ("110105 491231 002", "11**** ****** *02"),
        ("一卡通账号6222021001116245703", "一卡通账号62***************03"),
        ("施工许可证编号：11010519491231002X", "施工许可证编号：11**************2X"),
        ("施工许可证编号为： 11010519491231002X", "施工许可证编号为： 11**************2X"),
    ],
)
def test_what_may_be_personal_is_masked_and_not_reported(text: str, masked: str) -> None:
    """A number shaped like an ID or a card is masked though its check digit is wrong, but no rule hears of it."""
    document = mask(Document("a", "", "file", "", (Block("body", text),)))
    assert document.text == masked
    assert document.personal == ()


def test_a_wrong_digit_behind_the_word_is_reported() -> None:
    """A number that is called an ID and looks like one is a leak, though one digit of it be wrong."""
    document = mask(Document("a", "", "file", "", (Block("body", "身份证号：110105194912310021"),)))
    assert [one.what for one in document.personal] == ["resident-id"]


def test_ids_in_groups_are_reported() -> None:
    """An ID is one however it is grouped, if the same mark stands between the groups."""
    for text in ("110105-1949-12-31-002X", "1101 0519 4912 3100 2X", "110105　19491231　002X"):
        document = mask(Document("a", "", "file", "", (Block("body", text),)))
        assert [one.what for one in document.personal] == ["resident-id"]


@pytest.mark.parametrize("before", range(12))
@pytest.mark.parametrize("number", ["13800138000", "138 0013 8000", "１３８００１３８０００", "11010519491231002X"])
def test_found_wherever_it_stands(before: int, number: str) -> None:
    """A number is found at every offset, though at first only every third character is looked at."""
    text = "字" * before + number + "。"
    assert mask_text(text) != text


def test_link_addresses_stay_usable() -> None:
    """A number in an address is masked only where it is an ID or the address says what it is."""
    plain = f"https://www.example.gov.cn/art/{PHONE}.html"
    assert mask_url(plain) == plain
    assert mask_url(f"https://www.example.gov.cn/t{CARD}.html") == f"https://www.example.gov.cn/t{CARD}.html"
    assert mask_url(f"tel:{PHONE}") == "tel:138****8000"
    assert mask_url(f"/q?mobile={PHONE}&page=2") == "/q?mobile=138****8000&page=2"
    assert mask_url(f"/q?id={ID}") == "/q?id=11**************2X"


def test_document_is_masked_everywhere_and_spans_fit() -> None:
    """Blocks, title, links and metas are masked; the spans lead to the masked number."""
    document = Document(
        id="https://www.example.gov.cn/1",
        url="https://www.example.gov.cn/1",
        source="site",
        title=f"名单{PHONE}",
        blocks=(Block("title", "名单"), Block("body", f"𠮷{ID}，{PHONE}", places=((0, 3, 1),))),
        links=(Link(url=f"tel:{PHONE}", text=PHONE, raw=f"tel:{PHONE}"), Link(url="/a", text="附件")),
        metas={"description": PHONE},
        facts=PageFacts(head_title=PHONE, crumbs=(PHONE,), footer={"phone": PHONE}, list_title=f"名单{PHONE}"),
    )
    masked = mask(document)
    everything = repr(masked)
    assert ID not in everything
    assert PHONE not in everything
    assert len(masked.text) == len(document.text)
    assert [(one.what, masked.text[one.span.start : one.span.end]) for one in masked.personal] == [
        ("resident-id", "11**************2X"),
        ("mobile", "138****8000"),
    ]
    assert masked.blocks[1].places == ((0, 3, 1),)
    assert masked.links[1] is document.links[1]
    assert mask(masked) == masked


def test_concealed_links_are_masked_on_a_page_with_nothing_else() -> None:
    """A number that stands in the code of a concealed link alone is masked too; a code without one stays."""
    hidden = Concealed("https://a.example/", "隐藏", "display", f'<a style="display:none">{PHONE}</a>')
    document = Document(id="a", url="", source="site", title="通知", concealed=(hidden,))
    assert PHONE not in repr(mask(document))
    clean = replace(document, concealed=(replace(hidden, code="<a>"),))
    assert mask(clean) == clean


def test_clean_document_is_equal() -> None:
    """A document without personal data comes back as it was."""
    document = Document(id="a", url="", source="file", title="通知", blocks=(Block("body", "电话0532-88512345"),))
    assert mask(document) == document


_NUMBERS = st.sampled_from(
    [ID, CARD, PHONE, "4111111111111111", "138", "0013", "5178", " ", "-", "*", "，", "卡", "X", "1"]
)


@given(st.lists(st.one_of(_NUMBERS, st.text(alphabet="0123456789 -xX卡", max_size=8)), max_size=8).map("".join))
def test_masking_is_idempotent_and_keeps_the_length(text: str) -> None:
    """What is masked never looks like personal data again."""
    masked = mask_text(text)
    assert len(masked) == len(text)
    assert mask_text(masked) == masked
    assert all(a == b or b == "*" for a, b in zip(text, masked, strict=True))


@given(
    st.sampled_from(["370282", "110105", "820000"]),
    st.dates(date(1900, 1, 1), date(2030, 1, 1)),
    st.integers(0, 999),
)
def test_every_valid_resident_id_is_masked(division: str, born: date, serial: int) -> None:
    """An ID is masked whatever its birthday, and with a wrong check digit too."""
    body = f"{division}{born:%Y%m%d}{serial:03}"
    power = sum(int(digit) * pow(2, 17 - place, 11) for place, digit in enumerate(body))
    check = "0123456789X"[(12 - power) % 11]
    assert mask_text(body + check) == f"{body[:2]}{'*' * 14}{body[16]}{check}"
    other = "1" if check != "1" else "2"
    masked = mask_text(body + other)
    assert "*" * 8 in masked


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("护照号：E12345678", "护照号：E1*****78"),
        ("护照号码 EA1234567，", "护照号码 EA*****67，"),
        ("社会保障号码：370282123456", "社会保障号码：37********56"),
        ("社保卡号A12345678", "社保卡号A1*****78"),
        ("身份证号：110105491231002", "身份证号：11***********02"),
    ],
)
def test_numbers_that_only_words_tell(text: str, masked: str) -> None:
    """Numbers without a check digit are masked behind the words that name them, and masking again changes nothing."""
    assert mask_text(text) == masked
    assert mask_text(masked) == masked


@pytest.mark.parametrize(
    "text",
    [
        "设备型号E12345678",
        "社保卡服务热线12333",
        "订单编号：110105491231002",
        "身份证号：110105991331002",
        "护照办理大厅2号窗口",
    ],
)
def test_the_same_numbers_without_these_words_stay(text: str) -> None:
    """Without a telling word in front such a number may be anything."""
    assert mask_text(text) == text
