"""Reads a mail that Outlook has saved (.msg): subject and names, its text, pictures in it, and the files attached."""

from __future__ import annotations

import mimetypes
from collections.abc import Iterator
from datetime import date
from email.message import EmailMessage
from functools import partial
from struct import iter_unpack
from typing import Any, NamedTuple

from jimo_lint.errors import InputError
from jimo_lint.readers import compound
from jimo_lint.readers.attachments.mail.compressed_rtf import plain_rtf
from jimo_lint.readers.attachments.mail.headers import text
from jimo_lint.readers.attachments.mail.letter import Letter, Written, document, pictures
from jimo_lint.readers.attachments.packages.names import shown
from jimo_lint.readers.attachments.packages.unpacking import admit
from jimo_lint.readers.contents import FileContents, Member
from jimo_lint.readers.source import Source

# Streams and properties as in [MS-OXMSG] and [MS-OXPROPS], the published descriptions of the format.
_PROPERTIES = "__properties_version1.0"
_ATTACHED = "__attach_version1.0_#"
_SUBJECT, _BODY, _PAGE, _RTF = "0037", "1000", "1013", "1009"
_PEOPLE = {"0C1A": "发件人", "0050": "回复给", "0E04": "收件人", "0E03": "抄送", "0E02": "密送"}
_DATA, _LONG_NAME, _SHORT_NAME, _CALLED, _TYPE, _CONTENT_ID = "3701", "3707", "3704", "3001", "370E", "3712"
_CODEPAGE, _PAGE_CODEPAGE = 0x3FFD0003, 0x3FDE0003
_HEADS = (32, 24, 8)  # bytes before the properties: of a mail, of a mail inside another, of an attachment
_CODEPAGES = {936: "gb18030", 54936: "gb18030", 950: "big5", 65001: "utf-8", 20127: "ascii", 28591: "latin-1"}
_DEEPEST = 3  # mails inside each other
_MOST_INSIDE = 15 * 1024 * 1024  # bytes attached to a mail inside another, which is written down anew to be read


class _Attached(NamedTuple):
    """An attachment. storage: where it lies; mail: it is a mail; shown: it is a picture that the text shows."""

    storage: tuple[str, ...]
    name: str
    mail: bool = False
    shown: bool = False


def sign(source: Source) -> str:
    """The stream that only such a mail has."""
    try:
        with compound.opened(source.body) as package:
            return _PROPERTIES if package.exists(_PROPERTIES) else ""
    except (InputError, MemoryError):
        raise
    except Exception:  # noqa: BLE001 - as in `read`
        return ""


def read(source: Source, base: str, as_of: date) -> FileContents:
    """Subject, people, text, pictures; attachments and attached mails are members. InputError: damaged, no mail."""
    if not source.head:
        raise InputError(source.place, "文件是空的（0 字节）", "请核对，或重新保存", mark="empty")
    try:
        package = compound.opened(source.body)
        if not package.exists(_PROPERTIES):
            raise InputError(source.place, "不是 Outlook 邮件", "请在 Outlook 里另存为 .msg 或 .eml", mark="damaged")
        message = _Message(package, ())
        attached, objects = message.attached()
        letter, rtf = message.letter()
    except (InputError, MemoryError):
        raise
    except Exception:  # noqa: BLE001 - struct.error, IndexError, OSError of a chain that leads nowhere …
        raise InputError(source.place, "Outlook 邮件已损坏", "请在 Outlook 里重新另存", mark="damaged") from None
    in_text = [partial(message.content, one) for one in attached if one.shown]
    files = [one for one in attached if not one.shown]
    return FileContents(
        document(letter, source.place, base, as_of),
        f"{objects} 个嵌入的对象" if objects else "",
        pictures(in_text),
        _members(message, files, rtf) if files or rtf else (),
    )


class _Message:
    """A mail in an open package. storage: where it lies in it."""

    def __init__(self, package: Any, storage: tuple[str, ...]) -> None:
        self._package, self._storage = package, storage
        self._charset = self._codepage(_CODEPAGE)

    def letter(self) -> tuple[Letter, bytes]:
        """What it says, and the text as RTF where it has no other."""
        body = self._text(self._storage, _BODY)
        page = "" if body.strip() else self._page()
        texts = (Written(body, page=False),) if body.strip() else (Written(page, page=True),) if page else ()
        people = {title: self._text(self._storage, tag).rstrip("\0") for tag, title in _PEOPLE.items()}
        letter = Letter(self._text(self._storage, _SUBJECT), people, texts)
        return letter, b"" if texts else self._bytes(self._storage, _RTF)

    def attached(self) -> tuple[list[_Attached], int]:
        """The attachments, and how many objects of other programs there are."""
        depth = len(self._storage)
        names = sorted(
            {
                one[depth]
                for one in self._package.listdir(streams=True, storages=True)
                if tuple(one[:depth]) == self._storage and len(one) > depth and one[depth].startswith(_ATTACHED)
            }
        )
        found: list[_Attached] = []
        objects = 0
        for number, name in enumerate(names, 1):
            storage = (*self._storage, name)
            called = self._called(storage) or f"附件 {number}"
            inner = (*storage, f"__substg1.0_{_DATA}000D")
            if self._package.exists([*inner, _PROPERTIES]):
                found.append(_Attached(inner, called, mail=True))
            elif self._package.exists(list(inner)):
                objects += 1
            else:
                kind = self._text(storage, _TYPE)
                in_text = kind.startswith("image/") and bool(self._text(storage, _CONTENT_ID))
                found.append(_Attached(storage, called, shown=in_text))
        return found, objects

    def content(self, one: _Attached) -> bytes:
        """The bytes of an attachment."""
        return self._bytes(one.storage, _DATA)

    def size(self, one: _Attached) -> int:
        """How many bytes that would be."""
        path = [*one.storage, f"__substg1.0_{_DATA}0102"]
        return int(self._package.get_size(path)) if self._package.exists(path) else 0

    def inner(self, one: _Attached) -> _Message:
        """A mail that is attached."""
        return _Message(self._package, one.storage)

    def _called(self, storage: tuple[str, ...]) -> str:
        names = (self._text(storage, tag) for tag in (_LONG_NAME, _SHORT_NAME, _CALLED))
        return next((name for name in names if name.strip()), "")

    def _page(self) -> str:
        body = self._bytes(self._storage, _PAGE)
        return text(body, self._codepage(_PAGE_CODEPAGE)) if body else self._text(self._storage, _PAGE)

    def _text(self, storage: tuple[str, ...], tag: str) -> str:
        wide = self._stream(storage, f"{tag}001F")
        if wide:
            return wide.decode("utf-16-le", "replace").rstrip("\0")
        return text(self._stream(storage, f"{tag}001E").rstrip(b"\0"), self._charset)

    def _bytes(self, storage: tuple[str, ...], tag: str) -> bytes:
        return self._stream(storage, f"{tag}0102")

    def _stream(self, storage: tuple[str, ...], tag: str) -> bytes:
        path = [*storage, f"__substg1.0_{tag}"]
        if not self._package.exists(path):
            return b""
        admit(path[-1], self._package.get_size(path), self._package.get_size(path))
        body: bytes = self._package.openstream(path).read()
        return body

    def _codepage(self, tag: int) -> str:
        """The charset of texts that are not in Unicode, "" where nothing says it."""
        path = [*self._storage, _PROPERTIES]
        if not self._package.exists(path):
            return ""
        body = self._package.openstream(path).read()
        head = _HEADS[bool(self._storage)]
        whole = len(body) - (len(body) - head) % 16
        number = next((value for found, value in iter_unpack("<I4xI4x", body[head:whole]) if found == tag), 0)
        return _CODEPAGES.get(number, f"cp{number}" if number else "")


def _members(message: _Message, files: list[_Attached], rtf: bytes) -> Iterator[Member]:
    if rtf:
        yield _member("正文.rtf", partial(plain_rtf, rtf))
    for one in files:
        if one.mail:
            name = one.name if one.name.lower().endswith(".eml") else f"{one.name}.eml"
            yield _member(name, partial(_as_mail, message, one))
        else:
            yield _member(one.name, partial(message.content, one))


def _member(name: str, content: Any) -> Member:
    name = shown(name)
    try:
        return Member(name, content())
    except InputError as fault:
        return Member(name, fault=InputError(name, fault.fault, fault.remedy, mark=fault.mark))
    except MemoryError:
        raise
    except Exception:  # noqa: BLE001 - as in `read`
        return Member(name, fault=InputError(name, "已损坏，未读", "请在 Outlook 里重新另存", mark="damaged"))


def _as_mail(message: _Message, one: _Attached) -> bytes:
    """A mail inside another as a file of its own, in the form in which mail is sent."""
    return _sent(message.inner(one), 1).as_bytes()


def _sent(message: _Message, depth: int) -> EmailMessage:
    letter, rtf = message.letter()
    sent = EmailMessage()
    sent["Subject"] = " ".join(letter.subject.split())
    for header, title in (("From", "发件人"), ("To", "收件人"), ("Cc", "抄送"), ("Bcc", "密送")):
        if names := " ".join(letter.people[title].replace('"', "'").split()):
            sent[header] = f'"{names}" <>'
    for written in letter.texts:
        sent.set_content(written.text, subtype="html" if written.page else "plain")
    attached, objects = message.attached()
    if sum(map(message.size, attached)) > _MOST_INSIDE:
        raise InputError("", "附带的邮件过大，未读", "请把它另存为单独的 .msg 再查", mark="oversized")
    if rtf:
        sent.add_attachment(plain_rtf(rtf), maintype="application", subtype="rtf", filename="正文.rtf")
    for _ in range(objects):
        sent.add_attachment(b"", maintype="application", subtype="octet-stream", filename="嵌入的对象")
    for one in attached:
        if one.mail and depth < _DEEPEST:
            sent.add_attachment(_sent(message.inner(one), depth + 1))
        else:
            kind = mimetypes.guess_type(one.name)[0] or "application/octet-stream"
            main, _, sub = kind.partition("/")
            if main in ("message", "multipart", "text"):
                main, sub = "application", "octet-stream"
            body = b"" if one.mail else message.content(one)
            sent.add_attachment(body, maintype=main, subtype=sub, filename=one.name)
    return sent
