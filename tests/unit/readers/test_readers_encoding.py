"""Charsets of text files."""

import pytest

from jimo_lint.readers.encoding import decode, newlines

TEXT = "关于“镕基”路施工的通知\r\n第二行 😀\n"


@pytest.mark.parametrize("charset", ["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-32"])
def test_every_charset_of_office_programs_is_read(charset: str) -> None:
    """The same text comes out of each charset, without a byte order mark."""
    assert decode(TEXT.encode(charset)) == TEXT


@pytest.mark.parametrize(
    "body", [b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", b"PK\x03\x04\x14\x00\x08", b"abc\xff\xff\xff"]
)
def test_what_is_no_text_is_refused(body: bytes) -> None:
    """Pictures, archives and broken text raise, so that nobody judges noise."""
    with pytest.raises(ValueError, match=r"文本|编码"):
        decode(body)


def test_line_ends_become_one_kind() -> None:
    """CRLF, CR and LF count as one line end each."""
    assert newlines("一\r\n二\r三\n四") == "一\n二\n三\n四"
