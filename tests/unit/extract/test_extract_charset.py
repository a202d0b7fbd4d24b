"""Bytes to text: BOM, declared charsets, undeclared ones, broken ones."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jimo_lint.extract.markup.charset import decode, read_text

TEXT = "关于开展检查的通知：张喆、赵㛃"


def page(charset: str, text: str = TEXT) -> str:
    return f'<html><head><meta charset="{charset}"></head><body>{text}</body></html>'


@pytest.mark.parametrize("declared", ["gb2312", "GBK", "gb18030"])
def test_gb2312_is_read_as_gb18030(declared: str) -> None:
    """A page that says gb2312 keeps the rare characters of people's names."""
    assert TEXT in decode(page(declared).encode("gb18030"))


@pytest.mark.parametrize("codec", ["utf-8-sig", "utf-16", "utf-8"])
def test_bom_or_plain_utf8_needs_no_declaration(codec: str) -> None:
    """A BOM wins over everything; UTF-8 is recognised without any."""
    assert decode(f"<p>{TEXT}</p>".encode(codec)) == f"<p>{TEXT}</p>"


def test_charset_inside_a_comment_does_not_count() -> None:
    """The commented-out meta of an old template does not decide."""
    body = b'<!-- <meta charset="big5"> --><meta charset="gb2312">' + TEXT.encode("gb18030")
    assert TEXT in decode(body)


def test_header_wins_over_meta_where_the_text_is_not_utf8() -> None:
    """The server's word counts before the page's."""
    assert TEXT in decode(page("big5").encode("gb18030"), "text/html; charset=GBK")


def test_wrong_declaration_of_a_utf8_page_is_ignored() -> None:
    """A template that says gb2312 over UTF-8 text is read as what it is."""
    assert TEXT in decode(page("gb2312").encode(), "text/html; charset=gb2312")


@pytest.mark.parametrize("header", ["", "text/html;charset=ISO-8859-1"])
def test_western_declarations_of_chinese_pages_are_ignored(header: str) -> None:
    """Servers in Java send this one where nobody has set another; a page that is Western is read as it says."""
    assert TEXT in decode(page("iso-8859-1").encode("gb18030"), header)
    western = "Une journée d'été à Qingdao : les élèves créés, naïfs, fêtés"
    assert western in decode(page("iso-8859-1", western).encode("latin-1"), header)


def test_undeclared_gbk_is_found_by_its_bytes() -> None:
    """What is not UTF-8 and says nothing is read as gb18030."""
    assert TEXT in decode(f"<p>{TEXT}</p>".encode("gb18030"))


def test_one_cut_character_does_not_turn_utf8_into_gbk() -> None:
    """A page cut in the middle of a character keeps the rest of its text."""
    assert decode((TEXT * 20).encode()[:-1]).startswith(TEXT)


def test_nul_and_control_characters_become_blanks() -> None:
    """No NUL, no escape sequence reaches the store or a terminal."""
    assert decode("a\0b\x1b[31mc\ufeff".encode()) == "a b [31mc "


@pytest.mark.parametrize("name", ["hex", "rot13", "no-such", "utf-7", "idna", "base64"])
def test_names_that_are_no_charset_are_passed_over(name: str) -> None:
    """Python knows codecs that are no charsets; a page cannot ask for them."""
    assert TEXT in decode(page(name).encode("gb18030"), f"text/html; charset={name}")


@pytest.mark.slow
@given(st.binary(max_size=300), st.text(max_size=40))
def test_decode_never_raises(body: bytes, content_type: str) -> None:
    """Whatever the bytes and the header say."""
    assert isinstance(decode(body, content_type), str)


def test_emoji_and_extension_characters_survive() -> None:
    """Characters beyond the basic plane stay one character."""
    assert decode("𠮷😀".encode()) == "𠮷😀"


@pytest.mark.parametrize(
    ("body", "header", "charset"),
    [
        ("<meta charset=gb2312>公告".encode("gbk"), "", "gb18030"),
        ("公告".encode("gbk"), "text/html; charset=GBK", "gb18030"),
        ("公告".encode("gbk"), "", "gb18030"),
        (b"<meta charset=gb2312>&#20844;", "", "gb18030"),
        (b"<p>&#20844;", "", "utf-8"),
        ("<meta charset=gb2312>公告".encode(), "", "utf-8"),
        ("\ufeff公告".encode(), "text/html; charset=gbk", "utf-8"),
        ("<meta charset=big5>公告".encode("big5"), "", "big5"),
    ],
)
def test_the_charset_that_a_page_was_read_in_is_told(body: bytes, header: str, charset: str) -> None:
    """As it was read, not as it was declared; a page of nothing but ASCII is what it declares."""
    assert read_text(body, header)[1] == charset
