"""Reads a mail (.eml): subject and names, its text, pictures in it, and the files attached to it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from email.errors import InvalidBase64CharactersDefect, InvalidBase64LengthDefect
from email.message import Message
from functools import partial
from typing import cast

from jimo_lint.errors import InputError
from jimo_lint.readers.attachments.mail import headers as mail_headers
from jimo_lint.readers.attachments.mail import parser as mail_parser
from jimo_lint.readers.attachments.mail.letter import Letter, Written, document, pictures
from jimo_lint.readers.attachments.packages.names import shown
from jimo_lint.readers.contents import FileContents, Member
from jimo_lint.readers.encoding import newlines
from jimo_lint.readers.source import Source

# Mail has one of these; what a browser saves as a page in one file has none.
_SENT = re.compile(rb"(?:^|\n)(?:To|Cc|Bcc|Received|Message-ID|Return-Path|Delivered-To|X-Unsent):", re.I)
_SAVED = re.compile(rb"(?:^|\n)(?:Snapshot-Content-Location:|From: <[^\n]*(?:Saved by|Internet Explorer))", re.I)
_HEADERS = re.compile(rb"(?:[\w-]+:[^\n]*\n(?:[ \t][^\n]*\n)*+){3}", re.I)
_PEOPLE = {
    "from": "发件人",
    "sender": "代发人",
    "reply-to": "回复给",
    "to": "收件人",
    "cc": "抄送",
    "bcc": "密送",
    "resent-from": "转发人",
    "resent-to": "转发给",
    "resent-cc": "转发抄送",
}
_SAID = {"organization": "单位", "keywords": "关键词", "comments": "备注"}
# Formats that only Outlook writes; what they hold is nowhere else in the mail.
_OUTLOOK = ("application/ms-tnef", "application/vnd.ms-tnef")
# The twin that is to be read has at least so much of the other's text, else it only says that there is another.
_TWIN = 0.5
_MARKUP = re.compile(r"<(style|script)\b.*?(?:</\1|\Z)|<[^<>]*+>", re.S | re.I)
_BLANK = re.compile(r"\s+")
_DEEPEST = 50  # multiparts inside each other; programs make three


@dataclass(slots=True)
class _Found:
    """What was met in the order of the mail."""

    texts: list[Message] = field(default_factory=list)
    pictures: list[Message] = field(default_factory=list)
    attached: list[Message] = field(default_factory=list)
    unread: Counter[str] = field(default_factory=Counter)


def sign(source: Source) -> str:
    """The headers of a mail that was sent or is to be sent."""
    head = source.start[:16384].replace(b"\r\n", b"\n")
    if _HEADERS.match(head) is None or _SAVED.search(head):
        return ""
    found = _SENT.search(head.partition(b"\n\n")[0])
    return f"文件头有 {found[0].decode().strip()}" if found else ""


def read(source: Source, base: str, as_of: date) -> FileContents:
    """Subject, people, text, pictures; attachments and attached mails are members. InputError: no mail."""
    try:
        message = mail_parser.parse(source.body.lstrip(b"\xef\xbb\xbf\r\n"), source.place)
        found = _Found()
        _sort(message, found, 0)
    except RecursionError:
        raise InputError(source.place, "邮件一层套一层，读不了", "请另存附件再查", mark="damaged") from None
    if not message.keys():
        raise InputError(source.place, "不是邮件", "请在邮件程序里重新导出", mark="damaged")
    letter = Letter(
        mail_headers.header(message, "subject"),
        {title: mail_headers.people(message, name) for name, title in _PEOPLE.items()}
        | {title: mail_headers.header(message, name) for name, title in _SAID.items()},
        tuple(Written(_decoded(part), _is_page(part)) for part in found.texts),
    )
    _defects(message, found)
    return FileContents(
        document(letter, source.place, base, as_of),
        "、".join(f"{count} {what}" for what, count in (+found.unread).items()),
        pictures(partial(mail_parser.payload, part) for part in found.pictures),
        _members(found.attached) if found.attached else (),
    )


def _sort(part: Message, found: _Found, depth: int) -> None:
    """Sort a part and all parts in it into what is read as text, seen as pictures, and attached."""
    kind = part.get_content_type()
    disposed = part.get_content_disposition()
    children = _children(part)
    if children and not kind.startswith("message/"):
        if depth == _DEEPEST:
            found.unread["层套得太深的内容"] += 1
        elif kind == "multipart/alternative":
            _choose(children, found, depth)
        else:
            for child in children:
                _sort(child, found, depth + 1)
    elif kind in _OUTLOOK:
        found.unread["个 winmail.dat（Outlook 专用的格式）"] += 1
    elif (
        kind in ("text/plain", "text/html") and disposed != "attachment" and not mail_headers.file_name(part)
    ) or kind.startswith("multipart/"):
        found.texts.append(part)
    elif kind.startswith("image/") and disposed != "attachment":
        found.pictures.append(part)
    else:
        found.attached.append(part)


def _children(part: Message) -> list[Message]:
    return cast(list[Message], part.get_payload()) if part.is_multipart() else []


def _choose(twins: list[Message], found: _Found, depth: int) -> None:
    """Of twins the plain text is read, unless it only stands for the other; pictures are those of all of them."""
    of_twins: list[_Found] = []
    for twin in twins:
        of_twins.append(_Found())
        _sort(twin, of_twins[-1], depth + 1)
        found.pictures += of_twins[-1].pictures
        found.attached += of_twins[-1].attached
        found.unread += of_twins[-1].unread
    texts = [one.texts for one in of_twins if one.texts]
    lengths = [sum(len(_shown(part)) for part in one) for one in texts]
    enough = max(lengths, default=0) * _TWIN
    plain = (one for one, length in zip(texts, lengths, strict=True) if length > enough and not any(map(_is_page, one)))
    found.texts += next(plain, texts[-1] if texts else [])


def _is_page(part: Message) -> bool:
    return part.get_content_type() == "text/html"


def _shown(part: Message) -> str:
    """About what a part shows, to tell how much it is."""
    text = _decoded(part)
    return _BLANK.sub("", _MARKUP.sub("", text) if _is_page(part) else text)


def _decoded(part: Message) -> str:
    return newlines(mail_headers.text(mail_parser.payload(part), part.get_content_charset("")))


def _defects(message: Message, found: _Found) -> None:
    """What the mail says of itself and does not hold: ends that are missing, contents that cannot be decoded."""
    found.unread["处编码有错的文字（可能不全）"] += sum(map(_is_broken, found.texts))
    named = {type(defect).__name__ for part in message.walk() for defect in part.defects}
    found.unread["处没有收全的内容（邮件不完整）"] += any("Boundary" in name or "Multipart" in name for name in named)


def _is_broken(part: Message) -> bool:
    """Whether the content, now decoded, was no Base64 though it said so."""
    return any(isinstance(one, InvalidBase64CharactersDefect | InvalidBase64LengthDefect) for one in part.defects)


def _members(parts: list[Message]) -> Iterator[Member]:
    for number, part in enumerate(parts, 1):
        name = mail_headers.file_name(part)
        name = shown(name or f"附件 {number}")
        if inner := _children(part):
            yield _mail(inner, name)
            continue
        yield Member(name, mail_parser.payload(part))
        if _is_broken(part):
            fault = InputError(name, "在邮件里的编码有错，读到的可能不全", "请重新发送或另存", mark="damaged")
            yield Member(name, fault=fault)


def _mail(inner: list[Message], name: str) -> Member:
    """A mail that was attached, as the file that it was."""
    for message in inner:
        called = mail_headers.header(message, "subject") or name
        called = shown(called if called.lower().endswith(".eml") else f"{called}.eml")
        try:
            return Member(called, mail_parser.as_file(message))
        except (ValueError, TypeError, LookupError, AttributeError, RecursionError, KeyError):
            break
    fault = InputError(name, "附在邮件里的邮件已损坏", "请另存后再查", mark="damaged")
    return Member(shown(name), fault=fault)
