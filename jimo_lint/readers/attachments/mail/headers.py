"""Reads the headers of mail: words in whatever charset, names of people, names of files."""

from __future__ import annotations

from email.errors import HeaderParseError
from email.header import decode_header
from email.message import Message
from email.utils import collapse_rfc2231_value, getaddresses

from jimo_lint.readers.attachments.packages.names import decoded

_LONGEST = 100_000  # characters of a header that are looked at; a subject has some dozens
# What is called by the name of a smaller set is written in the larger one, as all mail programs in use take it.
_WIDENED = {"gb2312": "gb18030", "gb_2312-80": "gb18030", "gbk": "gb18030", "cp936": "gb18030", "x-gbk": "gb18030"}


def header(message: Message, name: str) -> str:
    """The words of a header, "" where there is none."""
    for key, value in message.raw_items():
        if key.lower() == name:
            return words(str(value))
    return ""


def words(value: str) -> str:
    """A header's value as people read it. Bytes that are no ASCII stand in it as surrogates."""
    value = " ".join(value[:_LONGEST].split())
    if "=?" not in value:
        return _plain(value)
    try:
        parts = decode_header(value)
    except (HeaderParseError, ValueError):  # its Base64 is wrong
        return _plain(value)
    return "".join(_plain(part) if isinstance(part, str) else text(part, charset or "") for part, charset in parts)


def text(body: bytes, charset: str) -> str:
    """Bytes in the charset that they are said to be in; else in the one that they look like."""
    charset = charset.lower().strip()
    try:
        return body.decode(_WIDENED.get(charset, charset)) if charset else decoded(body)
    except (LookupError, ValueError):
        return decoded(body)


def people(message: Message, name: str) -> str:
    """The names of the people in a header, without their addresses; all of it where it is none that can be parted."""
    value = header(message, name)
    try:
        names = [called for called, _ in getaddresses([value]) if called]
    except RecursionError:  # groups in groups without end
        return value
    return "、".join(names)


def file_name(part: Message) -> str:
    """What an attachment is called, "" where it has no name."""
    try:
        # Without bytes above ASCII, which make of the parameter something that is no text.
        given = part.get_filename("")
        return words(given if isinstance(given, str) else collapse_rfc2231_value(given))
    except (LookupError, ValueError, TypeError, IndexError, AttributeError):
        return ""


def _plain(value: str) -> str:
    return decoded(value.encode("utf-8", "surrogateescape")) if not value.isascii() else value
