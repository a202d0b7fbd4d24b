"""PDF files: text as it is, places, what is laid over pages and embedded, scans, and files that are none or bombs."""

from __future__ import annotations

import io
from datetime import date
from pathlib import Path

import pypdf
import pytest

from jimo_lint.errors import InputError
from jimo_lint.inspection import drafts
from jimo_lint.model import Cell, Report
from jimo_lint.readers import reading
from jimo_lint.readers.attachments.pdf import file as pdf_file
from jimo_lint.readers.attachments.pdf import members as pdf_members
from jimo_lint.readers.attachments.pdf import reader
from jimo_lint.readers.contents import FileContents
from jimo_lint.readers.source import Source
from jimo_lint.settings.config import Config
from tests.support.pdfs import Page, Text, paragraph, pdf, string

AS_OF = date(2026, 11, 22)
LONG = (
    "青潭区各部门要落实2026年防汛措施，确保群众安全度汛，严格落实领导带班和二十四小时值班制度，"
    "及时报送信息，确保联络畅通，不得擅离职守，对工作不力的依规追究责任，对表现突出的予以表扬。"
)
ID = "11010519491231002X"


def read(content: bytes | Path) -> FileContents:
    """What the reader gives."""
    return reader.read(Source("稿.pdf", content), "", AS_OF)


def blocks(*pages: Page) -> list[tuple[str, str]]:
    """Place and text of all that is read of these pages."""
    return [(one.locator, one.text) for one in read(pdf(*pages)).document.blocks]


def texts(*items: Text) -> list[str]:
    """What is read of a page."""
    return [text for _, text in blocks(Page(items))]


def checked(content: bytes) -> Report:
    """What `check` says of a file."""
    values = list(reading.read(Source("稿.pdf", content), ".pdf", reading.Asked(AS_OF)))
    return drafts.check(values, Config(), as_of=AS_OF)[0]


def fault(content: bytes) -> InputError:
    """Why a file cannot be read."""
    with pytest.raises(InputError) as told:
        read(content)
    return told.value


# Text as it is.


def test_lines_of_a_paragraph_are_one_text() -> None:
    """Its page is its place; the next paragraph, with an indent, is another."""
    found = blocks(Page([*paragraph(LONG), *paragraph("各单位要认真执行。", y=600)]))
    assert found == [("第 1 页", LONG), ("第 1 页", "各单位要认真执行。")]


def test_blanks_that_are_not_in_the_file_are_left_out() -> None:
    """What stands a quarter apart, Han and digits, is one text for all that pdfium puts a blank there."""
    x, items = 72.0, []
    for part in ("自", "2026", "年", "11", "月起"):
        items.append((x, 700.0, part))
        x += sum(6 if one.isascii() else 12 for one in part) + 3
    assert texts(*items) == ["自2026年11月起"]


@pytest.mark.parametrize("text", ["使用 Microsoft Office 2021 编写", "姓 名：张甲", "电话 010 88881234", "10 20 30"])
def test_blanks_of_the_file_are_kept(text: str) -> None:
    """Those that somebody wrote are part of what is published."""
    assert texts((72, 700, text)) == [text]


def test_a_heading_that_is_set_wide_is_one_word() -> None:
    """Characters with the same gap between all of them, as on the red heads of official documents."""
    assert texts(*((100 + 36 * at, 760, one, 22) for at, one in enumerate("青潭区文件"))) == ["青潭区文件"]


def test_radicals_match_as_what_they_look_like() -> None:
    """⽇ for 日: what is written is kept in the block, the text of the document has the character."""
    document = read(pdf(Page([(72, 700, "加强⽇常⼯作")]))).document
    assert document.text == "加强日常工作"


@pytest.mark.parametrize("at", range(33, 38))
def test_a_wrong_word_over_the_end_of_a_line_is_found(at: int) -> None:
    """At each place near the end of the line."""
    text = ("一" + LONG)[:at].replace("2026", "今") + "关健环节" + LONG[at:]
    (finding,) = (one for one in checked(pdf(Page(paragraph(text)))).findings if one.code == "T101")
    assert finding.matched == "关健" and finding.locator == "第 1 页"


@pytest.mark.parametrize("cut", [1, 2, 3])
def test_a_wrong_word_over_the_end_of_a_page_is_found(cut: int) -> None:
    """Head, foot and page number between the halves are no part of it."""
    word = "的关健环"
    first, second = paragraph("要抓好防汛救灾工作" * 8)[:2]
    rest = str(second[2])[: 37 - cut] + word[:cut]
    pages = [
        Page([(250, 810, "青潭区通知"), first, (72, second[1], rest), (280, 40, "— 1 —")]),
        Page([(250, 810, "青潭区通知"), (72, 760, word[cut:] + "节，落实各项措施。"), (280, 40, "— 2 —")]),
    ]
    report = checked(pdf(*pages))
    assert [(one.matched.replace("\n", ""), one.locator) for one in report.findings if one.code == "T101"] == [
        ("关健", "第 1 页" if cut > 1 else "第 2 页")
    ]


def test_a_note_at_the_foot_does_not_part_the_sentence_over_the_page() -> None:
    """The note comes after what goes on."""
    lines = paragraph("要抓好防汛救灾工作" * 8)[:2]
    full = (72, lines[1][1], "抓" * 36 + "关")
    first = Page([lines[0], full, (72, 120, "1 防汛是指防御洪水。", 9)])
    second = Page([(72, 760, "健环节，落实各项措施。"), (72, 700, "附则")])
    found = read(pdf(first, second)).document.blocks
    assert [(one.locator, one.continues) for one in found] == [
        ("第 1 页", False), ("第 2 页", True), ("第 1 页", False), ("第 2 页", False),
    ]  # fmt: skip


def test_a_list_is_no_paragraph() -> None:
    """Names, numbers and labels below each other stay apart."""
    items = [
        (72, 700, "张甲"),
        (72, 682, "李乙"),
        (72, 650, "88881234"),
        (72, 632, "88885678"),
        (72, 600, "附件：名单"),
    ]
    assert texts(*items) == ["张甲", "李乙", "88881234", "88885678", "附件：名单"]


def test_a_table_of_contents_is_no_paragraph() -> None:
    """Its lines reach the edge, with numbers at both ends."""
    lines = [f"{at} {name}{'.' * 60}{at}" for at, name in enumerate(("总则", "职责"), 3)]
    assert texts(*((72.0, 700.0 - 18 * at, one) for at, one in enumerate(lines))) == lines


def test_the_day_below_an_office_is_a_line_of_its_own() -> None:
    """Set to the right, both reach the edge."""
    for day in ("2026年11月20日", "二〇二六年十一月二十日"):
        width = sum(6 if one.isascii() else 12 for one in day)
        assert texts((428, 700, "青潭区水务局"), (500 - width, 682, day)) == ["青潭区水务局", day]


def test_what_touches_is_one_though_its_type_is_another() -> None:
    """A small number behind a word, digits in a font of another height."""
    assert texts((72, 700, "附件"), (96, 701, "1", 9), (72, 660, "单位名称")) == ["附件1", "单位名称"]


def test_two_columns_are_read_one_after_the_other() -> None:
    """A sentence that goes on at the top of the second column goes on in the text."""
    left, right = LONG[:40], LONG[40:]
    columns = [*paragraph(left, y=700, most=18), (320.0, 700.0, right[:18]), (320.0, 682.0, right[18:30])]
    found = read(pdf(Page(columns))).document.blocks
    assert [one.text for one in found] == [left, right[:30]]
    assert not found[0].continues


def test_a_word_over_the_end_of_a_column_is_found() -> None:
    """As over the end of a page."""
    first = [(72.0, 700.0 - 18 * at, "防汛救灾工作要落实到位抓好防汛救灾"[:17] + "抓") for at in range(3)]
    items = [
        *first[:2],
        (72.0, 664.0, "防汛救灾工作要落实到位抓好防汛救灾关"[:18]),
        (320.0, 700.0, "健环节，不得有误。"),
    ]
    items[2] = (72.0, 664.0, "防汛救灾工作要落实到位抓好防汛救关")
    items.append((320.0, 682.0, "各单位要认真遵照执行，不得有误。"))
    assert [one.matched for one in checked(pdf(Page(items))).findings if one.code == "T101"] == ["关\n健"]


def test_text_that_runs_down_the_page_is_read_by_its_lines() -> None:
    """A page that is turned: its text runs up in the file."""
    up = b"".join(
        f"BT /F1 12 Tf 0 1 -1 0 {200 + 18 * at} 100 Tm <{line.encode('utf-16-be').hex()}> Tj ET\n".encode()
        for at, line in enumerate(("防汛救灾工作要落实到位抓好防汛救灾关", "健环节，各单位要认真遵照执行。"))
    )
    assert [text for _, text in blocks(Page(content=up, rotate=90))] == [
        "防汛救灾工作要落实到位抓好防汛救灾关健环节，各单位要认真遵照执行。"
    ]


# Tables.


def rows(*cells: tuple[float, float, str]) -> list[Text]:
    """A table with a heading and a row below it."""
    return [(72, 700, "姓名"), (160, 700, "身份证号"), (300, 700, "电话"), *cells]


def test_cells_are_told_by_table_row_and_column() -> None:
    """However narrow the gap between two is where others begin at the same place; an empty cell takes no other's."""
    cells = [(72, 680, "张甲"), (160, 680, ID), (274, 680, "12345678"), (72, 662, "李乙"), (274, 662, "87654321")]
    page = Page([(72, 700, "姓名"), (160, 700, "身份证号"), (274, 700, "电话"), *cells])
    found = read(pdf(page)).document.blocks
    place = "第 1 页 表 1 第 {} 行第 {} 列"
    assert [(one.locator, one.text) for one in found] == [
        (place.format(1, 1), "姓名"), (place.format(1, 2), "身份证号"), (place.format(1, 3), "电话"),
        (place.format(2, 1), "张甲"), (place.format(2, 2), ID), (place.format(2, 3), "12345678"),
        (place.format(3, 1), "李乙"), (place.format(3, 3), "87654321"),
    ]  # fmt: skip
    assert (found[4].kind, found[4].spot) == ("table", Cell("表 1", 2, 2))


def test_the_title_of_a_table_is_none_of_its_cells() -> None:
    """It begins where the first does, in type of the same size."""
    title = "青潭区二〇二六年度救助名单公示"
    assert texts((72, 716, title), *rows((72, 684, "张甲"), (160, 684, ID), (300, 684, "8851"))) == [
        title, "姓名", "身份证号", "电话", "张甲", ID, "8851",
    ]  # fmt: skip


def test_a_table_goes_on_over_the_page() -> None:
    """Its head on the first page tells what its columns hold; rows are counted on."""
    pages = [
        Page([(72, 700, "姓名"), (160, 700, "身份证号"), (72, 682, "张甲"), (160, 682, ID), (280, 40, "— 1 —")]),
        Page([(72, 760, "李乙"), (160, 760, ID), (280, 40, "— 2 —")]),
    ]
    assert blocks(*pages)[4:6] == [("第 2 页 表 1 第 3 行第 1 列", "李乙"), ("第 2 页 表 1 第 3 行第 2 列", ID)]


def test_a_single_line_with_a_wide_gap_is_no_table() -> None:
    """A label and its value, the name and the day of an office: the tab between them parts words enough."""
    assert blocks(Page([(72, 700, "青潭区政府办公室"), (400, 700, "2026年11月20日"), *paragraph(LONG, y=600)])) == [
        ("第 1 页", "青潭区政府办公室\t2026年11月20日"), ("第 1 页", LONG),
    ]  # fmt: skip


@pytest.mark.parametrize("at", [6, 9, 10, 14, 17])
def test_a_number_broken_in_its_cell_is_whole(at: int) -> None:
    """The reader of personal data sees 18 characters."""
    report = checked(pdf(Page(rows((72, 680, "张甲"), (160, 680, ID[:at]), (160, 666, ID[at:]), (300, 680, "1234")))))
    assert [one.code for one in report.findings if one.code.startswith("P")] == ["P101"]


@pytest.mark.parametrize("wide", [4, 5, 7, 8])
def test_a_number_broken_over_more_lines_of_its_cell_is_whole(wide: int) -> None:
    """As in lists of nine columns; what only looks so, a column of numbers as long as each other, stays apart."""
    parts = [ID[at : at + wide] for at in range(0, len(ID), wide)]
    cells = [(160.0, 680.0 - 14 * line, part) for line, part in enumerate(parts)]
    report = checked(pdf(Page(rows((72, 680, "张甲"), *cells, (300, 680, "1234")))))
    assert [one.code for one in report.findings if one.code.startswith("P")] == ["P101"]
    figures = [(160.0, 680.0 - 14 * line, part) for line, part in enumerate(["110105", "194912", "310020"])]
    assert texts(*rows((72, 680, "张甲"), *figures, (300, 680, "1234")))[4:7] == ["110105", "194912", "310020"]


@pytest.mark.parametrize("turned", [0, 90])
def test_rows_that_are_numbered_are_no_line_with_their_head(turned: int) -> None:
    """pdfium puts a blank in front of a line that begins with a lone character, as the first nine rows do."""
    head = [(72, 700, "序号"), (160, 700, "姓名"), (300, 700, "身份证号")]
    cells = [
        item
        for row in range(1, 10)
        for item in (
            (72, 700 - 14 * row, str(row)),
            (160, 700 - 14 * row, "张甲"),
            (300, 700 - 14 * row, ID[:-1] + "1"),
        )
    ]
    found = read(pdf(Page([*head, *cells], rotate=turned))).document.blocks
    assert [one.text for one in found] == [text for _, _, text in (*head, *cells)]
    assert [one.spot for one in found] == [Cell("表 1", row, column) for row in range(1, 11) for column in (1, 2, 3)]


def test_cells_that_are_set_in_the_middle_beside_one_of_two_lines_are_of_its_row() -> None:
    """As browsers set them."""
    found = texts(*rows((72, 672, "张甲"), (160, 680, ID[:10]), (160, 664, ID[10:]), (300, 672, "12345678")))
    assert found == ["姓名", "身份证号", "电话", "张甲", ID, "12345678"]


def test_numbers_of_two_rows_are_not_one() -> None:
    """Two rows of a column without others beside: each has its own."""
    assert texts((72, 700, ID), (72, 682, "110105194912310038")) == [ID, "110105194912310038"]
    assert texts((72, 700, "51234567"), (72, 682, "51234568")) == ["51234567", "51234568"]
    assert texts((72, 700, "1380013"), (72, 682, "8888001"), (72, 664, "8888002")) == ["1380013", "8888001", "8888002"]


# Heads, feet, page numbers.


@pytest.mark.parametrize("foot", ["— {} —", "第 {} 页 共 3 页", "{}", "{}/3", "青潭区政府办公室\t{}", "Page {} of 3"])
def test_heads_and_feet_are_read_once(foot: str) -> None:
    """At the end, where no sentence is parted by them."""
    pages = [
        Page([(250, 810, "青潭区人民政府文件"), *paragraph(f"第{number}次会议的工作要落实。" * 3), (280, 40, text)])
        for number, text in enumerate([foot.format(number) for number in (1, 2, 3)], 1)
    ]
    found = blocks(*pages)
    assert found[-2:] == [
        ("第 1 页 页眉", "青潭区人民政府文件"),
        ("第 1 页 页脚", foot.format(1).replace("\t", " ")),
    ] or (found[-2:] == [("第 1 页 页眉", "青潭区人民政府文件"), ("第 1 页 页脚", foot.format(1))])
    assert [place for place, _ in found[:-2]] == ["第 1 页", "第 2 页", "第 3 页"]


def test_numbers_at_the_edge_that_do_not_count_pages_are_text() -> None:
    """Amounts at the same place of each page differ in another way than the pages."""
    pages = [Page([(72, 810, f"合计 {amount} 万元"), *paragraph(LONG)]) for amount in (120, 75, 640)]
    assert [text for _, text in blocks(*pages)].count(LONG) == 3
    assert {"合计 120 万元", "合计 75 万元", "合计 640 万元"} <= {text for _, text in blocks(*pages)}


def test_a_line_of_a_paragraph_is_no_running_head() -> None:
    """Though the same stands at the top of two pages, as in letters of one text to several offices."""
    pages = [Page([*paragraph(LONG, y=790), (72, 600, f"送：{one}")]) for one in ("甲局", "乙局")]
    assert [text for _, text in blocks(*pages)] == [LONG, "送：甲局", LONG, "送：乙局"]


def test_the_heading_of_a_table_is_no_running_head() -> None:
    """Repeated on each page above its rows, it stays with them."""
    head = [(72, 800, "姓名"), (160, 800, "身份证号"), (300, 800, "电话")]
    pages = [Page([*head, (72, 782, f"张{one}"), (160, 782, ID), (300, 782, "12345678")]) for one in "甲乙丙"]
    found = blocks(*pages)
    assert [text for _, text in found].count("身份证号") == 3
    assert found[6] == ("第 2 页 表 1 第 3 行第 1 列", "姓名")


def test_a_fault_in_a_running_head_is_told_once() -> None:
    """Not once a page."""
    pages = [Page([(250, 810, "关健环节工作简报"), *paragraph(f"第{one}次会议。" * 9)]) for one in range(1, 21)]
    report = checked(pdf(*pages))
    assert [(one.matched, one.locator) for one in report.findings if one.code == "T101"] == [("关健", "第 1 页 页眉")]


def test_a_watermark_across_the_page_parts_no_sentence() -> None:
    """It is read once, as what it is."""
    drawn = f"BT /F1 40 Tf 0.7 0.7 -0.7 0.7 150 300 Tm <{'内部资料 注意保存'.encode('utf-16-be').hex()}> Tj ET\n"
    lines = paragraph("要抓好防汛救灾工作" * 8)[:2]
    full = (72, lines[1][1], "抓" * 36 + "关")
    found = blocks(
        Page([lines[0], full], content=drawn.encode()), Page([(72, 760, "健环节。")], content=drawn.encode())
    )
    assert [place for place, _ in found] == ["第 1 页", "第 2 页", "第 1 页 水印"]
    assert found[-1][1] == "内部资料 注意保存" and found[1][1] == "健环节。"


# What is laid over pages, and lies inside.


def test_comments_fields_links_and_files_are_read() -> None:
    """Each with its place; what has no text is counted."""
    page = Page(
        paragraph(LONG),
        annotations=[
            f"<</Type/Annot/Subtype/Text/Rect[10 10 20 20]/Contents{string('此处关健有误')}>>",
            f"<</Type/Annot/Subtype/FreeText/Rect[10 40 90 60]/Contents{string('请于周五前反馈')}/DA(/F1 9 Tf)>>",
            f"<</Type/Annot/Subtype/Popup/Rect[10 10 20 20]/Contents{string('此处关健有误')}>>",
            "<</Type/Annot/Subtype/Ink/Rect[10 10 20 20]/InkList[[1 1 2 2]]>>",
            "<</Type/Annot/Subtype/Stamp/Rect[10 10 20 20]>>",
            "<</Type/Annot/Subtype/Highlight/Rect[10 10 20 20]/QuadPoints[1 1 2 1 1 2 2 2]>>",
            "<</Type/Annot/Subtype/Link/Rect[96 695 180 712]/A<</S/URI/URI(https://www.qingtan.example/a.html)>>>>",
        ],
    )
    field = f"<</Type/Annot/Subtype/Widget/FT/Tx/T(name)/Rect[10 80 90 95]/V{string('张甲')}>>"
    empty = "<</Type/Annot/Subtype/Widget/FT/Tx/T(other)/Rect[10 100 90 115]>>"
    found = read(pdf(page, files={"名单.txt": "张甲".encode()}, fields=[field, empty], pinned={"表.txt": b"x"}))
    assert [(one.kind, one.locator, one.text) for one in found.document.blocks[1:]] == [
        ("comment", "第 1 页 批注 1", "此处关健有误"),
        ("comment", "第 1 页 批注 2", "请于周五前反馈"),
        ("body", "第 1 页 表单", "张甲"),
    ]
    assert found.unread == "1 个手写批注、1 个图章"
    assert [(one.url, one.text) for one in found.document.links] == [("https://www.qingtan.example/a.html", LONG[:7])]
    assert [(one.name, one.content.decode()) for one in found.members] == [("名单.txt", "张甲"), ("表.txt", "x")]
    assert [tuple(one) for one in found.document.file_facts.marks] == [("comments", "", "1 处")]


def test_properties_are_marks_and_title() -> None:
    """The author's name, a path of the author's computer; of the title what programs add is left out."""
    page = Page(paragraph(LONG))
    told = {"Title": "Microsoft Word - 防汛通知.docx", "Author": "张甲", "Subject": "C:\\Users\\zhang\\防汛通知.docx"}
    document = read(pdf(page, info=told)).document
    assert document.title == "防汛通知"
    assert [(one.kind, one.detail) for one in document.file_facts.marks] == [
        ("author", "张甲"), ("path", "C:\\Users\\zhang\\防汛通知.docx"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "told", [{"Title": "无标题"}, {"Author": "Administrator"}, {"Title": "文档1", "Author": ""}, {}]
)
def test_what_programs_write_by_themselves_is_no_property(told: dict[str, str]) -> None:
    """Neither a title nor an author."""
    document = read(pdf(Page(paragraph(LONG)), info=told)).document
    assert (document.title, document.file_facts.marks) == ("", ())


def test_an_embedded_file_that_unpacks_without_end_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """And the text of the file around it is read."""
    monkeypatch.setattr(pdf_members, "_LARGEST", 1_000_000)
    found = read(pdf(Page(paragraph(LONG)), files={"大.txt": bytes(2_000_000)}))
    assert found.document.text == LONG
    (member,) = found.members
    assert member.fault is not None and member.fault.mark == "oversized" and not member.content


# Pages that are pictures.


def test_scanned_pages_are_pictures_and_named() -> None:
    """A page number or the name of the scanning program on them is no text layer."""
    scan = (0.0, 0.0, 595.0, 842.0, (1000, 1400, 200))
    pages = [Page(paragraph(LONG)), Page(pictures=[scan]), Page([(280, 40, "— 3 —")], pictures=[scan])]
    pages.append(Page([(400, 20, "扫描全能王 创建", 9)], pictures=[scan]))
    found = read(pdf(*pages))
    assert [(one.place, one.textless) for one in found.pictures] == [(f"第 {one} 页", True) for one in (2, 3, 4)]
    assert [tuple(one) for one in found.document.file_facts.marks] == [("scanned", "", "第 2-4 页")]
    image = found.pictures[0].load()
    assert image.size == (1240, 1755) and image.getpixel((600, 800)) == (200, 200, 200)


def test_a_scan_with_a_layer_of_text_is_read_by_it() -> None:
    """The picture says the same again."""
    scan = (0.0, 0.0, 595.0, 842.0, (1000, 1400, 200))
    found = read(pdf(Page(paragraph(LONG), pictures=[scan], invisible=True)))
    assert found.document.text == LONG and not found.pictures and not found.document.file_facts.marks


def test_large_pictures_are_told_once_and_icons_not_at_all() -> None:
    """A logo on each page is one picture; text over a background is visible, and the background may hold some too."""
    logo, icon = (72.0, 720.0, 60.0, 60.0, (300, 300, 90)), (300.0, 720.0, 10.0, 10.0, (30, 30, 0))
    behind = (0.0, 0.0, 595.0, 842.0, (800, 1100, 230))
    pages = [Page(paragraph(LONG), pictures=[logo, icon]), Page(paragraph(LONG), pictures=[behind, logo, icon])]
    found = read(pdf(*pages))
    assert [(one.place, one.textless) for one in found.pictures] == [("第 1 页 图 1", False), ("第 2 页 图 1", False)]
    assert found.pictures[0].load().size == (300, 300)


def test_text_whose_characters_nobody_knows_is_a_picture() -> None:
    """A font without a table of its characters gives private ones; the page is named, its text is not judged."""
    odd = "".join(chr(0xE000 + one) for one in range(60))
    found = read(pdf(Page(paragraph(LONG)), Page([(72, 700, odd)])))
    assert found.document.text == LONG
    assert [one.place for one in found.pictures] == ["第 2 页"] and "第 2 页的文字" in found.unread


def test_bullets_of_symbol_fonts_do_not_make_a_page_a_picture() -> None:
    """One private character a line is common."""
    items = [(72.0, 700.0 - 40 * at, "\uf0b7 要抓好防汛救灾工作，落实各项措施。") for at in range(5)]
    found = read(pdf(Page(items)))
    assert not found.pictures and found.document.text.count("防汛救灾") == 5


def test_letters_drawn_as_outlines_make_a_page_a_picture() -> None:
    """A poster out of a drawing program has areas and no text; a form of a few lines has nothing to read."""
    areas = b"".join(b"%d 100 3 3 re f\n" % at for at in range(300))
    found = read(pdf(Page(paragraph(LONG)), Page(content=areas), Page(content=b"10 10 m 50 50 l S\n")))
    assert [(one.place, one.textless) for one in found.pictures] == [("第 2 页", True)]


def test_a_page_of_great_size_is_drawn_small() -> None:
    """200 inches square would be 900 million pixels."""
    found = read(pdf(Page(pictures=[(0, 0, 14400, 14400, (500, 500, 90))], size=(14400, 14400))))
    image = found.pictures[0].load()
    assert 15_000_000 < image.width * image.height <= 16_100_000


# Bad input.


def encrypted(user: str) -> bytes:
    """The file with a password to open it, or only one for its rights."""
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(pdf(Page(paragraph(LONG)))))
    writer.encrypt(user, "owner", algorithm="RC4-128")
    packing = io.BytesIO()
    writer.write(packing)
    return packing.getvalue()


def test_a_password_is_told_and_one_for_printing_does_not_matter() -> None:
    """Locked is a mark of its own."""
    assert fault(encrypted("geheim")).mark == "locked"
    assert read(encrypted("")).document.text == LONG


BAD = {
    "nothing": (b"", "empty"),
    "no page": (pdf(), "damaged"),
    "an empty page": (pdf(Page()), "empty"),
    "text": ("各单位：".encode(), "damaged"),
    "a header alone": (b"%PDF-1.7\n", "damaged"),
    "cut short": (pdf(Page(paragraph(LONG)))[:300], "damaged"),
    "a tree of pages that is its own branch": (
        pdf(Page()).replace(b"/Kids[", b"/Kids[2 0 R "),
        "empty",
    ),
}


@pytest.mark.parametrize("case", BAD)
def test_bad_files_are_one_fault(case: str) -> None:
    """With place and remedy, whatever was wrong with the file before: pdfium remembers it."""
    content, mark = BAD[case]
    assert fault(encrypted("geheim")).mark == "locked"
    told = fault(content)
    assert (told.place, told.mark) == ("稿.pdf", mark) and told.remedy


def test_a_file_without_its_table_is_read_all_the_same() -> None:
    """As programs that show PDF do: its table is lost, bytes stand before the header."""
    whole = pdf(Page(paragraph(LONG)))
    assert read(whole.replace(b"xref\n0", b"xxxx\n0")[: whole.rindex(b"startxref")]).document.text == LONG
    assert read(b"\r\nHTTP\r\n" + whole).document.text == LONG


def test_what_is_beyond_the_bounds_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of pages, of characters and of time."""
    many = pdf(*(Page(paragraph(f"第{one}次会议要抓好工作。" * 4)) for one in range(1, 9)))
    monkeypatch.setattr(pdf_file, "MOST_PAGES", 3)
    assert read(many).unread == "第 3 页以后的各页（共 8 页）"
    monkeypatch.setattr(pdf_file, "MOST_PAGES", 100)
    monkeypatch.setattr(pdf_file, "MOST_CHARACTERS", 100)
    assert read(many).unread == "第 3 页以后的各页（共 8 页）"
    monkeypatch.setattr(pdf_file, "SECONDS", -1.0)
    assert read(many).unread == "第 1 页以后的各页（共 8 页）"


def test_a_form_that_only_acrobat_fills_in_is_named() -> None:
    """Its text is in XML of its own, of which pages show nothing."""
    field = "<</Type/Annot/Subtype/Widget/FT/Tx/T(name)/Rect[10 80 90 95]/V(x)>>"
    content = pdf(Page(paragraph(LONG)), fields=[field]).replace(b"/AcroForm<<", b"/AcroForm<</XFA[(a) 4 0 R]")
    found = read(content)
    assert found.unread == "1 个 XFA 表单" and [one.text for one in found.document.blocks] == [LONG, "x"]


def test_a_page_that_cannot_be_read_is_named_and_the_rest_is_read() -> None:
    """Its object is no dictionary."""
    whole = pdf(Page(paragraph(LONG)), Page(paragraph(LONG)), Page(paragraph("第三页的内容要抓好。")))
    second = [at for at in range(len(whole)) if whole.startswith(b"<</Type/Page/", at)][1]
    broken = whole[:second] + b"(" + b"x" * 20 + b")" + whole[second + 22 :]
    found = read(broken)
    assert "第 2 页（打不开）" in found.unread
    assert [one.locator for one in found.document.blocks] == ["第 1 页", "第 3 页"]


def test_a_file_on_the_disk_is_read_as_one_in_memory(tmp_path: Path) -> None:
    """Without being loaded whole."""
    path = tmp_path / "稿.pdf"
    path.write_bytes(pdf(Page(paragraph(LONG), pictures=[(0, 0, 90, 90, (300, 300, 9))]), files={"a.txt": b"x"}))
    found = read(path)
    assert found.document.text == LONG and len(found.pictures) == 1
    assert [one.content for one in found.members] == [b"x"]


def test_titles_of_the_outline_that_stand_on_no_page_are_read() -> None:
    """Most are headings, which are read where they stand; an outline that goes in circles has an end."""
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(pdf(Page([(72, 700, "第一章 防汛")]))))
    first = writer.add_outline_item(title="第一章防汛", page_number=0)
    writer.add_outline_item(title="附录：值班表", page_number=0, parent=first)
    writer.add_outline_item(title="附录：值班表", page_number=0)
    for circular in (False, True):
        if circular:
            first.get_object()[pypdf.generic.NameObject("/Next")] = first
        written = io.BytesIO()
        writer.write(written)
        found = [(one.text, one.locator) for one in read(written.getvalue()).document.blocks]
        assert found == [("第一章 防汛", "第 1 页"), ("附录：值班表", "书签")]
