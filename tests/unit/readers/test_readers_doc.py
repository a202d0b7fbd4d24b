"""Documents of Word 97 to 2003 (.doc, .wps): paragraphs, what is not shown, and what cannot be read."""

from __future__ import annotations

import random
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from struct import pack, pack_into

import pytest

from jimo_lint.model import Document, Problem
from jimo_lint.readers.drafts import local

AS_OF = date(2026, 11, 22)
SECTOR = 512
END, FAT = 0xFFFFFFFE, 0xFFFFFFFD
LATIN_AT, HAN_AT, PAGE_AT = 1024, 2048, 1536  # offsets in the main stream


def compound(streams: dict[str, bytes]) -> bytes:
    """A compound file of at most three streams, each too long for the part that holds short ones."""
    table, sectors = [FAT, END], [b""] * 2
    entries = [_entry("Root Entry", 5, END, 0, child=1)]
    for number, (name, body) in enumerate(streams.items(), 1):
        body = body.ljust(max(4096, -(-len(body) // SECTOR) * SECTOR), b"\0")
        first = len(sectors)
        sectors += [body[at : at + SECTOR] for at in range(0, len(body), SECTOR)]
        table += [*range(first + 1, len(sectors)), END]
        entries.append(_entry(name, 2, first, len(body), right=number + 1 if number < len(streams) else -1))
    sectors[0] = pack(f"<{len(table)}I", *table).ljust(SECTOR, b"\xff")
    sectors[1] = b"".join(entries).ljust(SECTOR, b"\0")
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + pack("<16x5H10x", 0x3E, 3, 0xFFFE, 9, 6)
    head = head.ljust(44, b"\0") + pack("<9I", 1, 1, 0, 4096, END, 0, END, 0, 0)
    return head.ljust(SECTOR, b"\xff") + b"".join(sectors)


def _entry(name: str, kind: int, first: int, size: int, *, right: int = -1, child: int = -1) -> bytes:
    written = name.encode("utf-16-le")
    body = written.ljust(64, b"\0") + pack("<HBB3i", len(written) + 2, kind, 1, -1, right, child)
    return body.ljust(116, b"\0") + pack("<IQ", first, size)


def word(
    path: Path,
    latin: str,
    han: str,
    *,
    flags: int = 0,
    box: str = "",
    notes: str = "",
    margins: str = "",
    deleted: Sequence[tuple[int, int]] = (),
) -> Path:
    """A document of two pieces, one byte and two bytes a character, with footnotes, margins and a text box.

    deleted: places in `han`.
    """
    wide = (han + notes + margins + box).encode("utf-16-le")
    main = bytearray(4096 + len(wide))
    pack_into("<H8xH", main, 0, 0xA5EC, flags)
    units = [len(part.encode("utf-16-le")) // 2 for part in (latin + han, notes, margins, box)]
    pack_into("<7I", main, 0x4C, *units[:3], 0, 0, 0, units[3])
    main[LATIN_AT : LATIN_AT + len(latin)] = latin.encode("cp1252")
    main[HAN_AT : HAN_AT + len(wide)] = wide
    count = sum(units)
    pieces = pack("<HIH", 0, LATIN_AT * 2 | 0x40000000, 0) + pack("<HIH", 0, HAN_AT, 0)
    plan = pack("<3I", 0, len(latin), count) + pieces
    table = bytearray(4096)
    formats = b"\x01" + pack("<H", 2) + b"\0\0"
    table[: 10 + len(plan)] = formats + b"\x02" + pack("<I", len(plan)) + plan
    pack_into("<2I", main, 0x1A2, 0, 10 + len(plan))
    # One page of character properties: plain and deleted runs in turn.
    borders = [HAN_AT, *(HAN_AT + 2 * place for pair in deleted for place in pair), HAN_AT + len(wide)]
    runs = len(borders) - 1
    pack_into(f"<{runs + 1}I", main, PAGE_AT, *borders)
    main[PAGE_AT + 511] = runs
    properties = pack("<HBHB", 0x6A03, 0, 0x0800, 1)[3:]  # sprmCFRMarkDel alone
    main[PAGE_AT + 400 : PAGE_AT + 404] = bytes([len(properties)]) + properties
    for run in range(1, runs, 2):
        main[PAGE_AT + 4 * (runs + 1) + run] = 200
    pack_into("<3I", table, 2048, HAN_AT, HAN_AT + len(wide), PAGE_AT // SECTOR)
    pack_into("<2I", main, 0xFA, 2048, 12)
    path.write_bytes(compound({"WordDocument": bytes(main), "1Table" if flags & 0x200 else "0Table": bytes(table)}))
    return path


def read(path: Path) -> list[tuple[str, str]]:
    """Text and place of each block."""
    document = next(local.read([path], as_of=AS_OF))
    assert isinstance(document, Document), document
    return [(block.text, block.locator) for block in document.blocks]


@pytest.mark.parametrize(("name", "flags"), [("稿.doc", 0x200), ("稿.wps", 0), ("稿.docx", 0x200)])
def test_an_old_document_is_read_by_paragraphs(tmp_path: Path, name: str, flags: int) -> None:
    """Pieces of both widths, cells of a table and a text box, whatever the file is called."""
    han = "关于防汛工作的通知\r请各单位𠮷落实。\x0b第二行\r序号\x07名称\x07\x07\x01图\x0c末段\r"
    path = word(tmp_path / name, "Notice\r", han, flags=flags, box="框里的字\r")
    assert read(path) == [
        ("Notice", "第 1 段"), ("关于防汛工作的通知", "第 2 段"), ("请各单位𠮷落实。\n第二行", "第 3 段"),
        ("序号", "第 4 段"), ("名称", "第 5 段"), ("图", "第 7 段"), ("末段", "第 8 段"), ("框里的字", "第 9 段"),
    ]  # fmt: skip


def test_notes_and_margins_are_read_and_named(tmp_path: Path) -> None:
    """What stands in a footnote or in the margins is read under their names; paragraphs of the text keep theirs."""
    path = word(tmp_path / "稿.doc", "", "正文\x02\r", notes="\x02 注里的字\r", margins="页眉的字\r\r", box="框\r")
    assert read(path) == [
        ("正文", "第 1 段"), ("框", "第 2 段"), (" 注里的字", "脚注 1"), ("页眉的字", "页眉页脚"),
    ]  # fmt: skip


def test_pictures_of_an_old_document_are_told_of(tmp_path: Path) -> None:
    """A picture is a mark in the text; what it shows was not read, which is no failure."""
    values = list(local.read([word(tmp_path / "稿.doc", "", "图一\x01\r图二\x01\r")], as_of=AS_OF))
    (problem,) = [one for one in values if isinstance(one, Problem)]
    assert "2 张图片" in problem.message
    assert problem.excused


def test_what_is_not_shown_is_left_out(tmp_path: Path) -> None:
    """What tracked changes delete, and what a link or a field of a field is made of; what they show stays."""
    han = '请部暑部署落实，见\x13HYPERLINK "\x13 PAGE \x14 3 \x15http://a"\x14附件\x15。\r'
    assert read(word(tmp_path / "稿.doc", "", han, deleted=[(1, 3)])) == [("请部署落实，见附件。", "第 1 段")]
    assert read(word(tmp_path / "全.doc", "", han)) == [("请部暑部署落实，见附件。", "第 1 段")]


def test_the_links_of_an_old_document(tmp_path: Path) -> None:
    """Address and words of its fields; what leads to a place of the document, and other fields, are none."""
    han = '见\x13 HYPERLINK "http//a.example/b.pdf" \x14附件\x15，\x13HYPERLINK'
    han += ' \\l "_Toc1"\x14目录\x15，\x13 PAGE \x143\x15。\r'
    document = next(local.read([word(tmp_path / "稿.doc", "", han)], as_of=AS_OF))
    assert isinstance(document, Document)
    assert [(link.raw, link.text, link.kind) for link in document.links] == [
        ("http//a.example/b.pdf", "附件", "malformed")
    ]
    tip = read(word(tmp_path / "示.doc", "", han.replace('.pdf"', '.pdf" \\o "去看附件"')))
    assert tip[1:] == [("去看附件", "链接提示")]


def test_a_field_without_an_end_hides_nothing(tmp_path: Path) -> None:
    """What follows a mark that is never closed is text all the same."""
    assert read(word(tmp_path / "稿.doc", "", "请\x13部署\x14落实。\r"))[0][0] == "请部署落实。"


def test_documents_that_cannot_be_read_say_why(tmp_path: Path) -> None:
    """With a password, older than 1997, a workbook, half copied, without words: each has its own words."""
    word(tmp_path / "锁.doc", "", "文\r", flags=0x100)
    (tmp_path / "密.docx").write_bytes(compound({"EncryptedPackage": b"x", "EncryptionInfo": b"y"}))
    (tmp_path / "老.doc").write_bytes(compound({"WordDocument": b"\xdc\xa5" + bytes(600), "0Table": b""}))
    (tmp_path / "表.doc").write_bytes(compound({"Workbook": b"x"}))
    whole = word(tmp_path / "半.doc", "", "文\r" * 900).read_bytes()
    (tmp_path / "半.doc").write_bytes(whole[:3000])
    word(tmp_path / "空.doc", "", "\x01\r")
    values = list(local.read([tmp_path], as_of=AS_OF))
    told = {Path(one.place).stem: one.message for one in values if isinstance(one, Problem)}
    wanted = {
        "锁": "密码",
        "密": "密码",
        "老": "Word 97 以前",
        "表": "不是完好的 .xls 工作簿",
        "半": "已损坏",
        "空": "没有文字",
    }
    assert told.keys() == wanted.keys()
    for name, words in wanted.items():
        assert words in told[name], told[name]


def test_a_damaged_document_never_hangs_or_raises(tmp_path: Path) -> None:
    """Two hundred documents with bytes changed at random are read or told of."""
    whole = word(
        tmp_path / "稿.doc", "Notice\r", "关于防汛工作的通知\r" * 40, flags=0x200, deleted=[(3, 9)]
    ).read_bytes()
    chance = random.Random(7)
    path = tmp_path / "坏.doc"
    kinds = set()
    for _ in range(200):
        body = bytearray(whole)
        for _ in range(chance.randrange(1, 12)):
            # The heads of the streams, where offsets and counts stand, more often than the rest.
            body[chance.choice((chance.randrange(len(body)), 1536 + chance.randrange(512)))] = chance.randrange(256)
        path.write_bytes(body)
        kinds.add(type(next(local.read([path], as_of=AS_OF))))
    assert kinds == {Document, Problem}


def test_a_piece_table_that_repeats_the_text_is_no_bomb(tmp_path: Path) -> None:
    """More characters than the file has bytes are a damaged file."""
    whole = bytearray(word(tmp_path / "稿.doc", "", "文\r").read_bytes())
    plan = pack("<3I", 0, 0, 2)
    at = whole.index(plan)
    pack_into("<3I", whole, at, 0, 0, 2**31)
    (tmp_path / "稿.doc").write_bytes(whole)
    (problem,) = local.read([tmp_path / "稿.doc"], as_of=AS_OF)
    assert isinstance(problem, Problem)
    assert "已损坏" in problem.message
