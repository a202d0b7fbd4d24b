"""However people write a number that is personal it is found, and what only looks like one is left alone."""

from __future__ import annotations

import time
from collections.abc import Callable
from urllib.parse import quote

import pytest

from jimo_lint.model import Block, Document, Link, PersonalAddress
from jimo_lint.privacy import is_masked, mask, mask_text, mask_url
from tests.support.numberforms import CARD, FORMS, ID, ID_X, PHONE, groups, wide


@pytest.mark.parametrize("form", FORMS.values(), ids=FORMS.keys())
def test_a_form_is_masked_in_a_text(form: str) -> None:
    """Length and all other characters stay."""
    text = f"登记人张某，{form}，男。"
    masked = mask_text(text)
    assert "***" in masked.replace(" ", "").replace("-", "") or masked.count("*") >= 4
    assert len(masked) == len(text)
    assert all(a == b or b == "*" for a, b in zip(text, masked, strict=True))
    assert mask_text(masked) == masked


@pytest.mark.parametrize(
    ("blocks", "what"),
    [
        (tuple(ID), ["resident-id"]),
        (("姓名", *ID_X, "男"), ["resident-id"]),
        ((f"身份证号{ID[:6]}", ID[6:]), ["resident-id"]),
        ((ID[:9], ID[9:]), ["resident-id"]),
        (("联系电话", *PHONE), ["mobile"]),
        (("银行卡号", *CARD), ["bank-card"]),
        (tuple("1234567890"), []),  # the pager of a list
        (("370102", "2019", "1234"), []),
        (("62345678", "12345674"), []),  # two figures of a budget, which pass Luhn together
        (("138", "20190510"), []),
        (("1352", "1876", "345"), []),
    ],
)
def test_cells_and_lines(blocks: tuple[str, ...], what: list[str]) -> None:
    """A number with a digit in each cell, or broken by a line, is one; figures below each other are not."""
    document = mask(Document("a", "a", "site", "", tuple(Block("table", one) for one in blocks)))
    assert [one.what for one in document.personal] == what
    assert [len(one.text) for one in document.blocks] == [len(one) for one in blocks]
    if what:
        found = document.personal[0].span
        assert "*" in document.text[found.start : found.end]


@pytest.mark.parametrize(
    "text",
    [
        f"张%E5%BC%A0{ID}",
        "".join(f"%{ord(one):02X}" for one in ID),
        "".join(f"&#{ord(one)};" for one in PHONE),
        "".join(f"\\u{ord(one):04x}" for one in ID),
        f"<a href='/f/{ID}.doc'>名单</a>",
        f"{ID[:6]}<br>{ID[6:]}",
        f"电话{PHONE[:3]}<b>{PHONE[3:7]}</b>{PHONE[7:]}",
    ],
)
def test_escapes_and_tags_do_not_hide_a_number(text: str) -> None:
    """Codes of pages and addresses stand in texts too; the mask keeps the length of what is written."""
    masked = mask_text(text)
    assert masked != text
    assert len(masked) == len(text)
    assert mask_text(masked) == masked


@pytest.mark.parametrize("number", [ID, ID_X])
@pytest.mark.parametrize(
    "write",
    [
        lambda number: number,
        lambda number: f"id_{number}",
        lambda number: quote("张某") + number,
        lambda number: quote("张某".encode("gbk")) + number,
        lambda number: quote(quote("张某")) + number,
        lambda number: quote(quote("张某".encode("gbk"))) + number,
        lambda number: "".join(f"%{ord(one):02X}" for one in number),
        lambda number: quote(quote("".join(f"%{ord(one):02X}" for one in number))),
        lambda number: quote(wide(number)),
        lambda number: quote(wide(number).encode("gbk")),
        lambda number: "-".join(groups(number, 6, 8, 4)),
        lambda number: "%20".join(groups(number, 3)),
        lambda number: "+".join(groups(number, 6)),
        lambda number: quote("—").join(groups(number, 5)),
        lambda number: f"f{number}e",
    ],
)
@pytest.mark.parametrize(
    "place", ["/f/{}.docx", "/show?sfz={}", "http://a.example/x/{}/", "/go?to=http%3A%2F%2Fb%2F{}"]
)
def test_an_id_in_an_address(number: str, write: Callable[[str], str], place: str) -> None:
    """However it is encoded; what is not personal stays as it is written."""
    url = place.format(write(number))
    masked = mask_url(url)
    assert is_masked(masked)
    assert len(masked) == len(url)
    assert mask_url(masked) == masked
    assert masked.startswith(place.partition("{")[0])


def test_what_an_address_keeps() -> None:
    """Each character that is hidden is starred as it is written; the name in front stays readable."""
    assert mask_url(f"/f/%D5%C5%C8%FD{ID}.doc") == "/f/%D5%C5%C8%FD37**************19.doc"
    written = "".join(f"%{ord(one):02X}" for one in ID)
    assert mask_url(f"/{written}") == f"/%33%37{'*' * 42}%31%39"


@pytest.mark.parametrize(
    "url",
    [
        f"tel:{PHONE}",
        "tel:+86-138-0013-8000",
        f"sms:{PHONE}",
        f"mailto:{PHONE}@139.example",
        f"/q?userPhone={PHONE}&page=2",
        f"/q?lxdh=1&mobile=%2B86{PHONE}",
        f"/f/{quote('张某')}{PHONE}.xls",
        f"/f/{quote('张某'.encode('gbk'))}-{PHONE}.html",
        f"/f/{PHONE}.pdf",
        "/f/138-0013-8000.xls",
        f"/f/{CARD}.xlsx",
        f"/q?card={CARD}",
        f"/f/{quote('银行卡')}{CARD}.html",
        f"/mobile/{PHONE}/",
        f"/f/a_{PHONE}.pdf",
        f"/f/a.{PHONE}.zip",
        f"/f/20190510_{PHONE}_2.docx",
        f"/f/{quote('张某')}_{PHONE}.html",
        f"/q?t={PHONE}",
        f"/q?page=2&sj={PHONE}",
    ],
)
def test_phones_and_cards_in_addresses(url: str) -> None:
    """Where the scheme, the parameter, a name or a file that is called by it alone says what the number is."""
    assert is_masked(mask_url(url))


@pytest.mark.parametrize(
    ("name", "masked"),
    [
        ("张某_13800138000.txt", "张某_138****8000.txt"),
        ("张某.13800138000.txt", "张某.138****8000.txt"),
        ("稿件/z_13800138000.zip", "稿件/z_138****8000.zip"),
        ("3.13800138000.docx", "3.138****8000.docx"),
        ("13800138000_张某.xlsx", "138****8000_张某.xlsx"),
        ("张某_13800138000_2.txt", "张某_138****8000_2.txt"),
        ("张某_13800138000", "张某_138****8000"),
    ],
)
def test_numbers_in_names_of_files(name: str, masked: str) -> None:
    """The marks that part a name from a number in the name of a file hide none."""
    assert mask_text(name) == masked


@pytest.mark.parametrize(
    "text",
    [
        "订单号_13800138000.txt",
        "DF_13800138000",
        "合计3.13800138000",
        "IMG_13800138000.jpg",
        "x_13800138000123.txt",
        "统一社会信用代码：91370102MA3C4DEF5G",
        "913701027827180000",
        "项目代码：2019-370102-48-03-012345",
        "t20190510_1234567",
        "电话：0370-2313004、0370-2313005",
        "192.168.100.101 172.16.254.1",
        "2019-05-10 12:34:56 2019.05.11 2019.05.12",
        "550e8400-e29b-41d4-a716-446655440000",
        "d41d8cd98f00b204e9800998ecf8427e",
        "合计 1523 1876 345",
        "62345 67890 12345 674",
        "1 2 3 4 5 6 7 8 9 10 11 12 13 14 15",
        "1978 1988 1998 2008",
        "1,234,567,890,123.45",
        "豫公网安备 41142402000004号",
        "投资13800138000元",
        "/138/0013/8000",
        "①抓项目②抓投资③抓招商",
        "0370-2313004①②③④⑤⑥⑦⑧⑨",
    ],
)
def test_numbers_that_are_not_personal_stay(text: str) -> None:
    """Codes, dates, figures of tables, addresses of machines."""
    assert mask_text(text) == text


@pytest.mark.parametrize(
    "url",
    [
        "/art/2019/5/10/art_1234_370102199003074518.html",  # the check digit does not fit
        "/art/370102199003074518.html",
        "/370102/19900307/4519.html",  # folders
        "/t20190510_1234567.html",
        "/2019-05/10/content_138001380001.htm",
        "/u/550e8400-e29b-41d4-a716-446655440000.pdf",
        "/upload/d41d8cd98f00b204e9800998ecf8427e.pdf",
        "/P020190510123456789012.pdf",
        "/upload/15574705621230.jpg",
        "/upload/15574705621.jpg",
        "/sj/15574705621.html",
        "/x?t=1557470562123&v=15574705621",
        "/x?t=1557470562&_t=15574705621230",
        "/art/art_15574705621.html",
        "/upload/IMG_15574705621.jpg",
        "/lib/v1.15574705621.5.zip",
        "/down.jsp?classid=0&filename=1905101234567890123.doc",
        "tel:0370-2313004",
        "mailto:xxgk@zhengfu.example",
        "http://a.example/%E9%99%84%E4%BB%B6%EF%BC%91.doc",
    ],
)
def test_addresses_that_are_not_personal_stay(url: str) -> None:
    """Numbers of pages and files, times, telephones of offices."""
    assert mask_url(url) == url


def test_addresses_of_a_document_are_told_once() -> None:
    """Its own, and those of its links; a telephone that its text shows is told of there."""
    links = (
        Link(f"http://a.example/f/{ID}.pdf", "名单", "attachment", f"/f/{ID}.pdf"),
        Link(f"http://a.example/f/{ID}.pdf", "下载", "attachment", f"/f/{ID}.pdf"),
        Link(f"tel:{PHONE}", "拨号", "mail", f"tel:{PHONE}"),
    )
    page = Document("http://a.example/1", "http://a.example/1", "site", "公示", (Block("body", "正文"),), links=links)
    masked = mask(page)
    assert masked.personal_addresses == (
        PersonalAddress("resident-id", "http://a.example/f/37**************19.pdf"),
        PersonalAddress("mobile", "tel:138****8000"),
    )
    assert masked.links[0].kind == "attachment"
    shown = mask(
        Document("http://a.example/1", "", "site", "", (Block("body", f"手机{wide(PHONE)}"),), links=links[2:])
    )
    assert (len(shown.personal), shown.personal_addresses) == (1, ())
    named = mask(Document(f"名单/{ID}张某.docx", f"名单/{ID}张某.docx", "file", f"{ID}张某.docx"))
    assert (named.id, named.url, named.title) == (
        "名单/37**************19张某.docx",
        "名单/37**************19张某.docx",
        "37**************19张某.docx",
    )
    assert [one.what for one in named.personal_addresses] == ["resident-id"]


@pytest.mark.slow
@pytest.mark.parametrize("piece", [f"{ID}、", f"{ID} ", f"{ID}\n", "1 ", "62 ", f"{PHONE}-", "%33", "<a", "卡号6222 "])
def test_masking_takes_time_in_proportion(piece: str) -> None:
    """Twice as long a text takes about twice as long, however many numbers it holds."""

    def spent(text: str) -> float:
        began = time.process_time()
        mask_text(text)
        return time.process_time() - began

    text = piece * (4_000 // len(piece))
    spent(text)
    once, eight = (min(spent(text * times) for _ in range(3)) for times in (1, 8))
    assert eight < 24 * once + 0.05
