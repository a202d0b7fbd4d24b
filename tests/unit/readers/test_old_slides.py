"""Slides of PowerPoint 97 to 2003 (.ppt, .dps), made record by record: each slide in its place, and its last state."""

from __future__ import annotations

import random
import zlib
from datetime import date
from struct import pack

import pytest

from jimo_lint.errors import InputError
from jimo_lint.model import Cell, Mark
from jimo_lint.readers.attachments.office import old_slides
from jimo_lint.readers.contents import FileContents
from jimo_lint.readers.source import Source
from tests.unit.readers.test_docx_parts import PNG
from tests.unit.readers.test_readers_doc import compound


def record(kind: int, body: bytes = b"", *, instance: int = 0, holds: bool = True) -> bytes:
    """A record; holds: it is made of others."""
    return pack("<HHI", instance << 4 | (0xF if holds else 0), kind, len(body)) + body


def atom(kind: int, body: bytes = b"", instance: int = 0) -> bytes:
    """A record that is not made of others."""
    return record(kind, body, instance=instance, holds=False)


def words(text: str) -> bytes:
    """Text of a shape, in the narrow form where that is enough."""
    narrow = all(ord(sign) < 256 for sign in text)
    body = atom(0x0FA8, text.encode("latin-1")) if narrow else atom(0x0FA0, text.encode("utf-16-le"))
    return atom(0x0F9F, pack("<I", 0)) + body


def string(text: str, instance: int = 0) -> bytes:
    """A text that is no text of a shape."""
    return atom(0x0FBA, text.encode("utf-16-le"), instance)


def shape(inner: bytes, *, place: bool = False, anchor: bytes = b"") -> bytes:
    """A shape with a text; place: it is a placeholder."""
    data = record(0xF011, atom(0x0BC3, bytes(8))) if place else b""
    return record(0xF004, anchor + data + record(0xF00D, inner))


def drawn(*shapes: bytes) -> bytes:
    """The drawing of a slide."""
    return record(0x040C, record(0xF002, record(0xF003, b"".join(shapes))))


def slide(*inner: bytes, notes: int = 0, hidden: bool = False, kind: int = 0x03EE) -> bytes:
    """A slide, or a master."""
    info = atom(0x03F9, bytes(10) + pack("<H", 4 if hidden else 0) + bytes(4))
    return record(kind, atom(0x03EF, bytes(12) + pack("<II", 0, notes) + bytes(4)) + info + b"".join(inner))


def listed(persist: int, identity: int, *outline: str) -> bytes:
    """A slide in the list of the document, with the texts of its outline."""
    return atom(0x03F3, pack("<5I", persist, 0, 0, identity, 0)) + b"".join(words(one) for one in outline)


def lists(slides: bytes, notes: bytes = b"", masters: bytes = b"", more: bytes = b"") -> bytes:
    """The document, which lists all slides."""
    found = [record(0x0FF0, body, instance=kind) for kind, body in ((0, slides), (1, masters), (2, notes)) if body]
    return record(0x03E8, atom(0x03E9, bytes(40)) + more + b"".join(found))


def show(*edits: dict[int, bytes], token: int = 0xE391C05F, pictures: bytes = b"") -> bytes:
    """A file of some edits, each with the objects that it wrote, by number; the document is object 1."""
    stream, last = b"", 0
    for objects in edits:
        places = {}
        for number, body in objects.items():
            places[number] = len(stream)
            stream += body
        directory = len(stream)
        entries = b"".join(pack("<II", number | 1 << 20, at) for number, at in places.items())
        stream += atom(0x1772, entries)
        edit = atom(0x0FF5, pack("<IHBBIIIIHH", 0, 0, 0, 3, last, directory, 1, 99, 1, 0))
        last = len(stream)
        stream += edit
    user = atom(0x0FF6, pack("<III", 20, token, last) + bytes(12))
    streams = {"PowerPoint Document": stream, "Current User": user}
    return compound(streams | ({"Pictures": pictures} if pictures else {}))


def simple(*texts: str, link: str = "") -> bytes:
    """One slide with a box for each text."""
    linked = record(0x0409, record(0x0FD7, string("附件") + string(link, 1))) if link else b""
    boxes = [shape(words(text)) for text in texts]
    return show({1: lists(listed(2, 256), more=linked), 2: slide(drawn(*boxes))})


def read(content: bytes) -> FileContents:
    """What the reader gives back."""
    return old_slides.read(Source("片.ppt", content), "", date(2026, 11, 22))


def told(content: bytes) -> list[tuple[str, str]]:
    """Text and place of each block."""
    return [(one.text, one.locator) for one in read(content).document.blocks]


def test_slides_notes_and_masters_are_read_in_their_places() -> None:
    """In the order of the list; a title may stand in the outline alone; prompts of masters are no text."""
    outlined = shape(atom(0x0F9E, pack("<I", 0)))
    margins = record(0x0FD9, string("2026 年") + string("页脚的字", 2))
    objects = {
        1: lists(listed(3, 257, "大纲里的标题") + listed(2, 256), listed(4, 300), listed(5, 400), more=b""),
        2: slide(drawn(shape(words("Second\rline\x0btwo"))), margins),
        3: slide(drawn(outlined, record(0xF003, shape(words("组里的字")))), notes=300, hidden=True),
        4: record(0x03F0, drawn(shape(words("备注的字")))),
        5: slide(drawn(shape(words("单击此处编辑标题"), place=True), shape(words("单位名称"))), kind=0x03F8),
    }
    content = show(objects)
    assert told(content) == [
        ("大纲里的标题", "幻灯片 1"), ("组里的字", "幻灯片 1"), ("备注的字", "幻灯片 1 备注"), ("Second", "幻灯片 2"),
        ("line\ntwo", "幻灯片 2"), ("页脚的字", "幻灯片 2 页脚"), ("单位名称", "母版"),
    ]  # fmt: skip
    assert read(content).document.file_facts.marks == (Mark("hidden", "幻灯片 1"),)


def test_only_the_last_state_of_a_slide_is_read() -> None:
    """Edits are appended to the file: what a slide said before stays in it and is not shown."""
    first = {1: lists(listed(2, 256) + listed(3, 257)), 2: slide(drawn(shape(words("旧的")))), 3: slide(drawn())}
    first[3] = slide(drawn(shape(words("没改的"))))
    assert told(show(first, {2: slide(drawn(shape(words("新的"))))})) == [("新的", "幻灯片 1"), ("没改的", "幻灯片 2")]


def test_a_table_is_told_by_rows_and_columns() -> None:
    """A table is a group of shapes; where they stand tells the cell, in whatever order they lie in the file."""
    head = record(0xF004, atom(0xF122, pack("<HI", 0x039F, 1), 1))
    places = {"一一": (0, 0), "一二": (500, 0), "二二": (500, 300), "二一": (0, 300)}
    cells = [
        shape(words(text), anchor=atom(0xF00F, pack("<4i", left, top, left + 500, top + 300)))
        for text, (left, top) in places.items()
    ]
    content = show({1: lists(listed(2, 256)), 2: slide(drawn(record(0xF003, head + b"".join(cells))))})
    assert told(content) == [
        ("一一", "幻灯片 1 表 1 第 1 行第 1 列"), ("一二", "幻灯片 1 表 1 第 1 行第 2 列"),
        ("二一", "幻灯片 1 表 1 第 2 行第 1 列"), ("二二", "幻灯片 1 表 1 第 2 行第 2 列"),
    ]  # fmt: skip
    assert read(content).document.blocks[3].spot == Cell("幻灯片 1 表 1", 2, 2)
    # The same shapes in a group that is no table.
    group = record(0xF003, record(0xF004) + b"".join(cells))
    assert {place for _, place in told(show({1: lists(listed(2, 256)), 2: slide(drawn(group))}))} == {"幻灯片 1"}


def test_comments_links_pictures_and_objects() -> None:
    """Comments stand in what newer versions added; objects are packed; macros are told of and are no object."""
    comment = record(0x2EE0, string("甲") + string("批注的字", 1) + string("甲", 2))
    tags = record(0x1388, record(0x138A, atom(0x0FBA) + atom(0x138B, comment)))
    inside = compound({"Package": b"PK\x03\x04x"})
    linked = record(0x0409, record(0x0FD7, string("附件") + string("http：//a.example/b.pdf", 1)))
    macros = record(0x07D0, record(0x03FF, atom(0x0400, pack("<III", 5, 1, 2))))
    blip = atom(0xF01E, bytes(17) + PNG, 0x6E0)
    content = show(
        {
            1: lists(listed(2, 256), more=linked + macros),
            2: slide(drawn(shape(words("正文"))), tags),
            3: atom(0x1011, pack("<I", len(inside)) + zlib.compress(inside), 1),
            4: atom(0x1011, b"no compound file"),
            5: atom(0x1011, b"macros"),
        },
        pictures=blip + atom(0xF01A, b"drawn by lines"),
    )
    found = read(content)
    assert told(content) == [("正文", "幻灯片 1"), ("批注的字", "幻灯片 1 批注 1")]
    assert [(link.raw, link.text) for link in found.document.links] == [("http：//a.example/b.pdf", "附件")]
    assert found.document.file_facts.marks == (Mark("comments", "", "1 条"), Mark("macro"))
    assert [one.content[:4] for one in found.members] == [b"PK\x03\x04"]
    assert found.unseen == "2 张图片、1 个嵌入的对象"
    assert found.pictures[0].load().size == (1, 1)


@pytest.mark.parametrize(
    ("content", "words", "mark"),
    [
        (show({1: lists(b"")}, token=0xF3D1C4DF), "密码", "locked"),
        (compound({"EncryptedPackage": b"x"}), "密码", "locked"),
        (compound({"Workbook": b"x"}), "不是 PowerPoint", "damaged"),
        (compound({"PowerPoint Document": b"x", "Current User": b"y"}), "已损坏", "damaged"),
        (simple("字")[:2000], "已损坏", "damaged"),
        (b"", "已损坏", "damaged"),
    ],
)
def test_what_cannot_be_read_says_why(content: bytes, words: str, mark: str) -> None:
    """With a password, of another kind, or cut short."""
    with pytest.raises(InputError, match=words) as raised:
        read(content)
    assert raised.value.mark == mark


def test_damaged_and_hostile_shows_never_hang_or_raise() -> None:
    """Bytes changed at random, and groups in groups; each is read or told of."""
    deep = shape(words("底"))
    for _ in range(3000):
        deep = record(0xF003, deep)
    assert told(show({1: lists(listed(2, 256)), 2: slide(drawn(deep))})) == [("底", "幻灯片 1")]
    whole = simple("关于防汛工作的通知", "请部署落实")
    chance = random.Random(5)
    kinds = set()
    for _ in range(200):
        body = bytearray(whole)
        for _ in range(chance.randrange(1, 10)):
            body[chance.randrange(512, 2600)] = chance.randrange(256)
        try:
            kinds.add(type(read(bytes(body))))
        except InputError as fault:
            kinds.add(type(fault))
    assert kinds == {FileContents, InputError}
