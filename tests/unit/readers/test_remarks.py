"""What stands beside the text: heads of mails, comments of zip archives, what programs add to OFD files."""

from __future__ import annotations

import io
import zipfile
from datetime import date

import pytest

from jimo_lint.readers.attachments.mail import reader as mail
from jimo_lint.readers.attachments.ofd import reader as ofd_reader
from jimo_lint.readers.attachments.packages import zip_archive
from jimo_lint.readers.contents import FileContents
from jimo_lint.readers.source import Source
from tests.support import ofd
from tests.unit.readers.test_properties import with_parts

AS_OF = date(2026, 11, 22)


def told(found: FileContents) -> list[tuple[str, str]]:
    """Words and places."""
    return [(one.text, one.locator) for one in found.document.blocks]


def test_all_heads_of_a_mail_that_name_people_or_say_something_are_read() -> None:
    """Who may answer, who had a copy without being named, words to find it by."""
    heads = {
        "From": "甲 <a@q.example>",
        "Sender": "乙 <b@q.example>",
        "Reply-To": "丙 <c@q.example>",
        "To": "丁 <d@q.example>",
        "Bcc": "戊 <e@q.example>",
        "Resent-To": "己 <f@q.example>",
        "Organization": "单位词",
        "Keywords": "关键词词",
        "Comments": "备注词",
    }
    body = "".join(f"{name}: {value}\n" for name, value in heads.items()) + "\n正文\n"
    said = dict(pair[::-1] for pair in told(mail.read(Source("信.eml", body.encode()), "", AS_OF)))
    assert said == {
        "发件人": "甲",
        "代发人": "乙",
        "回复给": "丙",
        "收件人": "丁",
        "密送": "戊",
        "转发给": "己",
        "单位": "单位词",
        "关键词": "关键词词",
        "备注": "备注词",
        "正文第 1 行": "正文",
    }


def test_comments_of_a_zip_archive_are_read() -> None:
    """In whichever charset the packer wrote them."""
    with zipfile.ZipFile(packing := io.BytesIO(), "w") as package:
        info = zipfile.ZipInfo("名单.txt")
        info.comment = "条目词".encode()
        package.writestr(info, "甲")
        package.comment = "整包的注释词".encode("gbk")
    found = zip_archive.read(Source("甲.zip", packing.getvalue()), "", AS_OF)
    assert told(found) == [("整包的注释词", "压缩包的注释"), ("条目词", "名单.txt 的注释")]


ADDED = "<ofd:CustomTags>Tags.xml</ofd:CustomTags><ofd:Extensions>More.xml</ofd:Extensions></ofd:Document>"
TAGS = "<CustomTags><CustomTag><SchemaLoc>a.xsd</SchemaLoc><FileLoc>Tag.xml</FileLoc></CustomTag></CustomTags>"


@pytest.mark.parametrize(
    ("tag", "said", "unread"),
    [
        ("<标引><标题>标引词</标题><ref>12</ref></标引>", [("标引词", "公文标引")], ""),
        ("<half", [], "1 份公文标引（缺失或已损坏）"),
    ],
)
def test_what_programs_add_to_an_ofd_file_is_read(tag: str, said: list[tuple[str, str]], unread: str) -> None:
    """Words in parts of their own, but no numbers of objects; a part that is damaged is named."""
    whole = ofd.document([ofd.Page([ofd.text("正文", 10, 10)])])
    with zipfile.ZipFile(io.BytesIO(whole)) as package, zipfile.ZipFile(packing := io.BytesIO(), "w") as changed:
        for name in package.namelist():
            changed.writestr(name, package.read(name).replace(b"</ofd:Document>", ADDED.encode()))
    parts = {
        "Doc_0/Tags.xml": TAGS,
        "Doc_0/Tag.xml": tag,
        "Doc_0/More.xml": "<Extensions><Data>扩展词</Data></Extensions>",
    }
    found = ofd_reader.read(Source("甲.ofd", with_parts(packing.getvalue(), parts)), "", AS_OF)
    assert sorted(told(found)) == sorted([("正文", "第 1 页"), ("扩展词", "扩展数据"), *said])
    assert found.unread == unread
