"""Mails, as they are sent and as Outlook saves them: words in any charset, one of two twins, what is attached."""

from __future__ import annotations

import base64
import io
import random
import tracemalloc
from datetime import date
from pathlib import PurePath
from struct import pack

import pytest

from jimo_lint.model import Document, Problem
from jimo_lint.readers import reading
from jimo_lint.readers.attachments.mail import outlook as outlook_reader
from jimo_lint.readers.attachments.mail import reader
from jimo_lint.readers.attachments.mail.compressed_rtf import plain_rtf
from jimo_lint.readers.formats import find_format
from jimo_lint.readers.source import Source
from tests.support.boxes import attachment, mail, msg, outlook, zipped

AS_OF = date(2026, 11, 22)
SUBJECT = "关于报送镕江镇防汛名单的函"
BODY = "请抓好关健环节，于本周五前报送。"
ID = "11010519491231002X"
PICTURE = b"\x89PNG\r\n\x1a\n"


def read(name: str, body: bytes) -> tuple[dict[str, Document], dict[str, Problem]]:
    """The documents and the problems of a file, by their places."""
    values = list(reading.read(Source(name, body), PurePath(name).suffix, reading.Asked(AS_OF)))
    documents = {one.url: one for one in values if isinstance(one, Document)}
    return documents, {one.place: one for one in values if isinstance(one, Problem)}


def said(document: Document) -> dict[str, str]:
    """Its texts, by their places."""
    return {block.locator: block.text for block in document.blocks}


def plain(words: str = BODY, charset: str = "gb2312") -> tuple[str, bytes]:
    return f"Content-Type: text/plain; charset={charset}", words.encode("gb18030")


def test_subject_people_text_and_attachments_are_read() -> None:
    """In GBK, also where it is called by the name of the smaller set."""
    name = base64.b64encode("名单.zip".encode("gbk")).decode()
    file = (
        f'Content-Type: application/zip; name="=?GBK?B?{name}?="\r\nContent-Disposition: attachment',
        zipped({"甲.txt": BODY}),
    )
    documents, problems = read("函.eml", mail([plain(), file], subject=SUBJECT, sender="张镕"))
    assert not problems
    assert said(documents["函.eml"]) == {"主题": SUBJECT, "发件人": "张镕", "正文第 1 行": BODY}
    assert documents["函.eml"].title == SUBJECT
    assert [block.kind for block in documents["函.eml"].blocks] == ["title", "meta", "body"]
    assert said(documents["函.eml › 名单.zip › 甲.txt"]) == {"第 1 行": BODY}


def test_lines_of_a_text_go_on() -> None:
    """Mail programs break them at some 76 bytes, in the middle of words; a blank at the end says so (RFC 3676)."""
    body = "各单位要依据中华人民 \r\n共和国有关法律，落实关\r\n健环节。\r\n\r\n二、按时报送"
    documents, _ = read("函.eml", mail([plain(body)], subject=SUBJECT))
    blocks = [block for block in documents["函.eml"].blocks if block.kind == "body"]
    assert [(block.locator[-3:-2], block.continues) for block in blocks] == [
        ("1", False), ("2", True), ("3", True), ("5", False),
    ]  # fmt: skip


HEADERS = {
    "raw GBK": SUBJECT.encode("gbk"),
    "raw UTF-8": SUBJECT.encode(),
    "a character parted over two words": b"=?gbk?B?%s?=\r\n =?gbk?B?%s?="
    % tuple(base64.b64encode(part) for part in (SUBJECT.encode("gbk")[:7], SUBJECT.encode("gbk")[7:])),
    "quoted printable": b"=?utf-8?Q?%s?=" % "".join(f"={byte:02X}" for byte in SUBJECT.encode()).encode(),
    "an unknown charset": b"=?x-unknown?B?%s?=" % base64.b64encode(SUBJECT.encode()),
}


@pytest.mark.parametrize("case", HEADERS)
def test_subjects_are_decoded(case: str) -> None:
    """However they were written."""
    body = b"From: a@x.example\r\nTo: b@x.example\r\nSubject: " + HEADERS[case] + b"\r\n\r\n" + BODY.encode("gbk")
    documents, _ = read("函.eml", body)
    assert documents["函.eml"].title == SUBJECT
    assert BODY in documents["函.eml"].text


def test_wrong_base64_in_a_subject_is_shown_as_it_stands() -> None:
    """And costs nothing else."""
    documents, _ = read("函.eml", b"From: a@x.example\r\nTo: b\r\nSubject: =?gbk?B?a?=\r\n\r\n" + BODY.encode())
    assert "=?gbk?B?a?=" in documents["函.eml"].text and BODY in documents["函.eml"].text


def twins(text: str, page: str) -> bytes:
    """A mail of two twins."""
    return (
        "From: a@x.example\r\nTo: b@x.example\r\nMIME-Version: 1.0\r\n"
        "Content-Type: multipart/alternative; boundary=y\r\n\r\n"
        f"--y\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n{text}\r\n"
        f"--y\r\nContent-Type: text/html; charset=utf-8\r\n\r\n{page}\r\n--y--\r\n"
    ).encode()


def test_of_twins_the_plain_text_is_read() -> None:
    """Once; the page where the text only says that there is one."""
    page = f"<html><style>{'p' * 999}</style><body><p>{BODY}</p></body></html>"
    documents, _ = read("函.eml", twins(BODY, page))
    assert list(said(documents["函.eml"])) == ["正文第 1 行"]
    documents, _ = read("函.eml", twins("请看网页", page))
    assert BODY in documents["函.eml"].text and "请看网页" not in documents["函.eml"].text


def test_pictures_in_the_text_are_pictures() -> None:
    """Those that are attached are files."""
    shown = ("Content-Type: image/png\r\nContent-ID: <1>", PICTURE)
    sent = ('Content-Type: image/png\r\nContent-Disposition: attachment; filename="a.png"', PICTURE)
    found = reader.read(Source("函.eml", mail([plain(), shown, sent])), "", AS_OF)
    assert [one.place for one in found.pictures] == ["图 1"]
    assert [one.name for one in found.members] == ["a.png"]


def test_a_mail_in_a_mail_is_read() -> None:
    """As a file that is called as its subject is."""
    inner = mail([plain()], subject=SUBJECT)
    body = mail([plain("见附件")]).replace(
        b"--x--",
        b"--x\r\nContent-Type: message/rfc822\r\n\r\n"
        + inner.replace(b'"x"', b'"z"').replace(b"--x", b"--z")
        + b"\r\n--x--",
    )
    documents, _ = read("函.eml", body)
    assert BODY in documents[f"函.eml › {SUBJECT}.eml"].text


BROKEN = {
    "a charset of no name": (
        lambda body: body.replace(b"charset=gb2312", b'charset="a\0b"', 1).replace(b"--x--", b""),
        "没有收全",
    ),
    "cut short": (lambda body: body[: body.index(b"--x--") - 4], "没有收全"),
    "no boundary": (lambda body: body.replace(b'; boundary="x"', b""), "没有收全"),
    "bad base64": (lambda body: body.replace(b"base64\r\n\r\n", b"base64\r\n\r\n\xff!!\xff", 1), "编码有错"),
}


@pytest.mark.parametrize("case", BROKEN)
def test_what_can_be_read_of_a_broken_mail_is_read(case: str) -> None:
    """And that it is broken is told."""
    change, words = BROKEN[case]
    documents, problems = read("函.eml", change(mail([plain(), plain("第二部分")], subject=SUBJECT)))
    assert documents["函.eml"].title == SUBJECT
    assert words in problems["函.eml"].message


def test_a_broken_attachment_is_named() -> None:
    """Also where what is left of it can be read."""
    file = ('Content-Type: text/plain; name="a.txt"\r\nContent-Disposition: attachment', BODY.encode() * 9)
    _, problems = read("函.eml", mail([file]).replace(b"base64\r\n\r\n", b"base64\r\n\r\n!?!?", 1))
    assert "编码有错" in problems["函.eml › a.txt"].message


def test_what_only_outlook_reads_is_named() -> None:
    """winmail.dat holds attachments that are nowhere else."""
    _, problems = read("函.eml", mail([plain(), ('Content-Type: application/ms-tnef; name="winmail.dat"', b"x")]))
    assert "winmail.dat" in problems["函.eml"].message


def test_multiparts_without_end_are_given_up() -> None:
    """Neither a traceback nor a hang."""
    head = b"From: a@x.example\r\nTo: b@x.example\r\nMIME-Version: 1.0\r\n"
    body = b"".join(
        b"Content-Type: multipart/mixed; boundary=b%d\r\n\r\n--b%d\r\n" % (number, number) for number in range(3000)
    )
    _, problems = read("函.eml", head + body)
    assert len(problems) == 1


SAVED = b"""From: <Saved by Blink>
Snapshot-Content-Location: https://x.example/
Subject: x
MIME-Version: 1.0
Content-Type: multipart/related; boundary="x"

--x
Content-Type: text/html

<p>x</p>
--x--
"""
NO_MAIL = {
    "a page that a browser saved": (SAVED, ".mht", "mhtml"),
    "a text that begins like one": ("From: 办公室\nTo: 各单位\n请报送：".encode(), ".txt", "text"),
    "a mail called txt": (mail([plain()]), ".txt", "mail"),
    "a mail that was received": (b"Received: by x\r\n\twith y\r\nDate: x\r\nFrom: a\r\n\r\nx", ".bak", "mail"),
    "a page that was mailed": (
        b"From: a@x.example\nTo: b@x.example\nMIME-Version: 1.0\nContent-Type: text/html\n\n<p>x</p>",
        ".eml",
        "mail",
    ),
}


@pytest.mark.parametrize("case", NO_MAIL)
def test_mails_are_told_by_their_content(case: str) -> None:
    """From saved pages, which have the same form, and from texts."""
    body, suffix, wanted = NO_MAIL[case]
    found = find_format(Source("稿", body), suffix)
    assert found is not None and found.name == wanted


def test_a_mail_of_outlook_is_read() -> None:
    """Subject, people, text, attachments; names in Unicode."""
    body = msg(
        outlook(
            {"0037": SUBJECT, "0C1A": "张镕", "0E04": "李四; 王五", "1000": f"{BODY}\r\n此致\r\n"},
            [attachment(f"{ID}.txt", BODY.encode()), attachment("图.png", PICTURE, "image/png", "image001@x")],
        )
    )
    documents, problems = read("函.msg", body)
    assert said(documents["函.msg"]) == {
        "主题": SUBJECT, "发件人": "张镕", "收件人": "李四; 王五", "正文第 1 行": BODY, "正文第 2 行": "此致"
    }  # fmt: skip
    assert said(documents["函.msg › 11**************2X.txt"]) == {"第 1 行": BODY}
    assert ID not in repr((documents, problems)) and "1 张打不开的图片" in problems["函.msg"].message


def test_texts_in_a_code_page_are_read() -> None:
    """The mail says which; where it does not, they tell it themselves."""
    for codepage in (936, 0):
        body = msg(outlook({"0037": SUBJECT.encode("gbk"), "1000": BODY.encode("gbk")}, codepage=codepage))
        assert said(read("函.msg", body)[0]["函.msg"]) == {"主题": SUBJECT, "正文第 1 行": BODY}


def test_a_page_is_read_where_there_is_no_plain_text() -> None:
    """As pages are."""
    body = msg(outlook({"0037": SUBJECT, "10130102": f"<html><body><p>{BODY}</p></body></html>".encode()}))
    assert BODY in read("函.msg", body)[0]["函.msg"].text


def compressed(rtf: bytes) -> bytes:
    """RTF in that compression, without making anything shorter but its first words, which are always known."""
    known = b"{\\rtf1\\ansi"
    assert rtf.startswith(known)
    tokens = [(0, len(known) - 2)]
    rest = [*rtf[len(known) :]]
    out = bytearray()
    items: list[bytes] = [pack(">H", tokens[0][0] << 4 | tokens[0][1])]
    flags = [1] + [0] * len(rest)
    items += [bytes([one]) for one in rest]
    for at in range(0, len(items), 8):
        out.append(sum(flag << bit for bit, flag in enumerate(flags[at : at + 8])))
        out += b"".join(items[at : at + 8])
    return pack("<II4sI", len(out) + 12, len(rtf), b"LZFu", 0) + bytes(out)


def test_text_that_is_only_rtf_is_a_file_of_its_own() -> None:
    """Out of its compression; one of another kind is named."""
    rtf = b"{\\rtf1\\ansi Qingtan}"
    assert plain_rtf(compressed(rtf)) == rtf
    assert plain_rtf(pack("<II4sI", 0, len(rtf), b"MELA", 0) + rtf) == rtf
    found = outlook_reader.read(Source("函.msg", msg(outlook({"0037": "x", "10090102": compressed(rtf)}))), "", AS_OF)
    assert [(one.name, one.content) for one in found.members] == [("正文.rtf", rtf)]
    other = compressed(rtf).replace(b"LZFu", b"LZXX")
    _, problems = read("函.msg", msg(outlook({"0037": "x", "10090102": other})))
    assert "压缩方法" in problems["函.msg › 正文.rtf"].message


def test_a_mail_in_a_mail_of_outlook_is_read() -> None:
    """With what is attached to it; an object of another program is counted."""
    inner = outlook({"0037": SUBJECT, "1000": BODY}, [attachment("名单.txt", BODY.encode())], inner=True)
    stored = {"__substg1.0_3707001F": SUBJECT.encode("utf-16-le"), "__substg1.0_3701000D": inner}
    thing = {"__substg1.0_3701000D": {"CONTENTS": b"x"}}
    documents, problems = read("函.msg", msg(outlook({"0037": "转发", "1000": "见附件"}, [stored, thing])))
    assert said(documents[f"函.msg › {SUBJECT}.eml"])["正文第 1 行"] == BODY
    assert said(documents[f"函.msg › {SUBJECT}.eml › 名单.txt"]) == {"第 1 行": BODY}
    assert "1 个嵌入的对象" in problems["函.msg"].message


def test_a_large_mail_in_a_mail_of_outlook_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """To be read it would be written down anew, which takes several times its size."""
    monkeypatch.setattr(outlook_reader, "_MOST_INSIDE", 100)
    inner = outlook({"0037": SUBJECT, "1000": BODY}, [attachment("名单.txt", b"x" * 101)], inner=True)
    stored = {"__substg1.0_3707001F": SUBJECT.encode("utf-16-le"), "__substg1.0_3701000D": inner}
    _, problems = read("函.msg", msg(outlook({"0037": "转发", "1000": "见附件"}, [stored])))
    assert "过大" in problems[f"函.msg › {SUBJECT}.eml"].message


def test_a_damaged_mail_of_outlook_is_one_problem() -> None:
    """Cut short, or another compound file."""
    whole = msg(outlook({"0037": SUBJECT, "1000": BODY * 900}, [attachment("a.txt", BODY.encode() * 900)]))
    for body, words in ((whole[: len(whole) // 3], "已损坏"), (b"", "是空的"), (BODY.encode(), "已损坏")):
        documents, problems = read("函.msg", body)
        assert not documents and words in problems["函.msg"].message


def saved(*parts: tuple[str, bytes]) -> bytes:
    """A page in one file, with parts beside it."""
    written = io.BytesIO()
    written.write(b'From: <Saved by Blink>\nMIME-Version: 1.0\nContent-Type: multipart/related; boundary="x"\n\n')
    for headers, body in ((("Content-Type: text/html; charset=utf-8"), f"<html><p>{BODY}</p></html>".encode()), *parts):
        written.write(
            f"--x\n{headers}\nContent-Transfer-Encoding: base64\n\n".encode() + base64.encodebytes(body) + b"\n"
        )
    written.write(b"--x--\n")
    return written.getvalue()


def test_what_lies_beside_a_saved_page_is_read() -> None:
    """Pictures are counted, frames and files read; what makes it look as it does is neither."""
    documents, problems = read(
        "稿.mht",
        saved(
            ("Content-Type: image/png\nContent-Location: https://x.example/a.png", PICTURE),
            ("Content-Type: text/css\nContent-Location: https://x.example/a.css", b"p{}"),
            ("Content-Type: text/html\nContent-Location: https://x.example/frame?id=1", "<p>帐户</p>".encode()),
            ("Content-Type: text/plain\nContent-Location: https://x.example/%E5%90%8D%E5%8D%95.txt", BODY.encode()),
            ("Content-Type: application/xml\nContent-Location: file:///C:/filelist.xml", b"<xml/>"),
        ),
    )
    assert list(documents) == ["稿.mht", "稿.mht › frame.html", "稿.mht › 名单.txt"]
    assert {place: one.message[:13] for place, one in problems.items()} == {"稿.mht": "文档里还有1 张打不开的图"}


LIES = {
    "a container of small streams that is larger than the file": lambda body: entry(body, 0x78, 0x10000000),
    "tables without end": lambda body: body[:0x2C] + pack("<I", 0x00FFFFFF) + body[0x30:],
    "small tables without end": lambda body: body[:0x40] + pack("<I", 0x00FFFFFF) + body[0x44:],
    "sectors of a gigabyte": lambda body: body[:0x1E] + pack("<H", 30) + body[0x20:],
}


def entry(body: bytes, at: int, value: int) -> bytes:
    """The file with a number in the first entry of its directory changed."""
    start = body.index("Root Entry".encode("utf-16-le")) + at
    return body[:start] + pack("<I", value) + body[start + 4 :]


@pytest.mark.parametrize("case", LIES)
@pytest.mark.parametrize("suffix", [".msg", ".doc"])
def test_a_compound_file_that_lies_about_its_sizes_is_not_opened(case: str, suffix: str) -> None:
    """olefile would fill the memory from some kilobytes, where a chain leads back to its beginning."""
    streams = {"0037": SUBJECT, "1000": BODY}
    body = msg(outlook(streams)) if suffix == ".msg" else msg({"WordDocument": b"x" * 99})
    looped = bytearray(LIES[case](body))
    for at in range(len(body) - 512, len(body) - 512 + 64, 4):
        looped[at : at + 4] = pack("<I", 0) if case.startswith("a container") else looped[at : at + 4]
    tracemalloc.start()
    _, problems = read(f"函{suffix}", bytes(looped))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert "已损坏" in problems[f"函{suffix}"].message
    assert peak < 4 * 2**20


def test_large_attachments_are_not_parsed() -> None:
    """Nine megabytes take little more than themselves, and come out as they were sent; in a mail inside a mail too."""
    content = random.Random(1).randbytes(6 * 2**20)
    inner = mail([plain(), ('Content-Type: application/x; name="a.bin"', content)], subject=SUBJECT)
    inner = inner.replace(b'"x"', b'"z"').replace(b"--x", b"--z")
    attached = b"--x\r\nContent-Type: message/rfc822\r\n\r\n" + inner + b"\r\n--x--"
    body = mail([plain("见附件"), ('Content-Type: application/x; name="b.bin"', content)]).replace(b"--x--", attached)
    tracemalloc.start()
    first, second = reader.read(Source("函.eml", body), "", AS_OF).members
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert first.content == content and second.name == f"{SUBJECT}.eml"
    assert peak < 6 * len(content)
    assert [one.content for one in reader.read(Source("内.eml", second.content), "", AS_OF).members] == [content]


def test_a_large_attachment_that_is_damaged_is_named() -> None:
    """What is before and behind the damage comes out."""
    content = b"0123456789" * 100_000
    body = mail([('Content-Type: application/x; name="a.bin"', content)])
    at = len(body) // 2 // 78 * 78
    for broken in (body[:at] + b"\r\n!\r\n" + body[at:], body[: at + 30] + b"\r\n--x--\r\n"):
        members = list(reader.read(Source("函.eml", broken), "", AS_OF).members)
        assert members[0].content[:300_000] == content[:300_000]


def test_people_whose_groups_never_end_are_read_as_they_stand() -> None:
    """The parser of addresses goes one deeper for each; the rest of the mail is read."""
    body = b"From: " + b"a:" * 3000 + "\nSubject: 名单\nContent-Type: text/plain; charset=utf-8\n\n见附件\n".encode()
    documents, problems = read("信.eml", body)
    assert not problems
    assert "见附件" in documents["信.eml"].text
