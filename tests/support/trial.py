"""The trial of attachments: lists of nobody in odd places of files, unmasked or masked, and files that only look alike.

Everything follows from a seed. Names, numbers and organs are invented; ID numbers have their right check digit.
"""

from __future__ import annotations

import io
import random
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from tests.support import attached
from tests.support.attached import Rows

if TYPE_CHECKING:
    from PIL.Image import Image

SURNAMES = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦许何吕施张孔曹严华金魏陶姜"
GIVEN = "示例样本甲乙丙丁戊己庚辛文武春夏秋冬山川河海松柏梅兰"
ORGANS = ("青潭区民政局", "青潭区残疾人联合会", "柳湾镇人民政府", "青潭区教育局", "石桥街道办事处")
FONTS = ("/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc", "/usr/share/fonts/truetype/wqy/wqy-zenhei.ttc")
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CREDIT = "0123456789ABCDEFGHJKLMNPQRTUWXY"


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file of the trial. where: in which kind of place the list stands; leaks: whether ID numbers are not masked."""

    name: str
    where: str
    content: bytes
    leaks: bool


# ---- lists


def resident_id(chance: random.Random) -> str:
    """A number of nobody, with its check digit."""
    division = chance.choice(("110105", "370282", "440106", "510104"))
    born = f"{chance.randint(1945, 2008)}{chance.randint(1, 12):02}{chance.randint(1, 28):02}"
    digits = f"{division}{born}{chance.randint(0, 999):03}"
    total = sum(int(digit) * weight for digit, weight in zip(digits, _WEIGHTS, strict=True))
    return digits + "10X98765432"[total % 11]


def credit_code(chance: random.Random) -> str:
    """A unified social credit code of no organ, with its check character (GB 32100)."""
    body = f"91370282{''.join(chance.choices(_CREDIT, k=9))}"
    total = sum(_CREDIT.index(one) * 3**at % 31 for at, one in enumerate(body))
    return body + _CREDIT[-total % 31]


def name(chance: random.Random) -> str:
    """A name of two or three characters."""
    return chance.choice(SURNAMES) + "".join(chance.choices(GIVEN, k=chance.choice((1, 2))))


def people(chance: random.Random, *, masked: bool) -> Rows:
    """A list of people as offices publish them."""
    rows: list[list[str]] = [["序号", "姓名", chance.choice(("身份证号", "身份证号码", "公民身份号码")), "金额（元）"]]
    for number in range(1, chance.randint(3, 8)):
        held = resident_id(chance)
        shown = f"{held[:4]}{'*' * 10}{held[-4:]}" if masked else held
        rows.append([str(number), name(chance), shown, str(chance.randint(3, 90) * 100)])
    return rows


def organs(chance: random.Random) -> Rows:
    """A list without people: credit codes, project codes, accounts of organs, phones of counters."""

    def row(number: int) -> list[str]:
        project = f"370282-{chance.randint(1, 96):02}-01-{chance.randint(100000, 999999)}"
        account = f"3803{chance.randint(10**14, 10**15 - 1)}"
        phone = f"0532-{chance.randint(80000000, 89999999)}"
        year = chance.randint(2020, 2026)
        return [str(number), chance.choice(ORGANS), credit_code(chance), f"{year}-{project}", account, phone]

    head = ["序号", "单位名称", "统一社会信用代码", "项目代码", "对公账号", "咨询电话"]
    return [head, *(row(number) for number in range(1, chance.randint(3, 7)))]


def numbers(chance: random.Random) -> Rows:
    """A list of other long numbers: lots, certificates, admission tickets, readings, times."""

    def row(number: int) -> list[str]:
        lot = f"370282{chance.randint(10**11, 10**12 - 1)}W00000000{chance.randint(10, 99)}"
        certificate, ticket = f"3702822026{chance.randint(10**7, 10**8 - 1)}", f"2026{chance.randint(10**7, 10**8 - 1)}"
        reading = f"{chance.randint(0, 99999)}.{chance.randint(10, 99)}"
        moment = f"2026-{chance.randint(1, 12):02}-{chance.randint(1, 28):02} 09:{chance.randint(10, 59)}"
        return [str(number), lot, certificate, ticket, reading, moment]

    head = ["序号", "不动产单元号", "许可证编号", "准考证号", "水表读数", "受理时间"]
    return [head, *(row(number) for number in range(1, chance.randint(3, 7)))]


# What clean files hold, in turn.
CLEAN: tuple[Callable[[random.Random], Rows], ...] = (partial(people, masked=True), organs, numbers)

# ---- places


def picture(rows: Rows) -> Image:
    """The list as a page of A4 at 150 dpi, black on white, in a font of 12 points, or smaller where it is wide."""
    from PIL import Image, ImageDraw, ImageFont

    path = next(one for one in FONTS if Path(one).is_file())
    page = Image.new("RGB", (1240, 1754), "white")
    draw = ImageDraw.Draw(page)
    draw.text((420, 90), "关于名单的公示", font=ImageFont.truetype(path, 38), fill="black")

    def columns(size: int) -> list[float]:
        font = ImageFont.truetype(path, size)
        return [max(draw.textlength(row[at], font=font) for row in rows) + size for at in range(len(rows[0]))]

    size = next(size for size in range(25, 0, -1) if sum(columns(size)) <= 1160)  # wide tables are set smaller
    font = ImageFont.truetype(path, size)
    for line, row in enumerate(rows):
        left = 40.0
        for cell, width in zip(row, columns(size), strict=True):
            draw.text((left, 200 + 52 * line), cell, font=font, fill="black")
            left += width
    return page


def _saved(page: Image, kind: str) -> bytes:
    target = io.BytesIO()
    page.save(target, kind, dpi=(150, 150), quality=90)
    return target.getvalue()


def _scan(rows: Rows) -> bytes:
    page = picture(rows)
    return attached.scan(_saved(page, "JPEG"), page.width, page.height)


def _second_page(rows: Rows) -> bytes:
    return attached.pdf(["关于公示的通知", "名单见第二页。"], ["名单", *attached.lines(rows)])


Place = tuple[str, Callable[[Rows], bytes]]

# Of each kind of place: the suffix of the file and what makes it of a list.
PLACES: dict[str, Place] = {
    "隐藏的工作表": (".xlsx", lambda rows: attached.xlsx(rows, "sheet")),
    "隐藏的列": (".xlsx", lambda rows: attached.xlsx(rows, "column")),
    "隐藏的行": (".xlsx", lambda rows: attached.xlsx(rows, "row")),
    "工作表的页眉": (".xlsx", lambda rows: attached.xlsx(rows, "header")),
    "单元格的批注": (".xlsx", lambda rows: attached.xlsx(rows, "comment")),
    "旧版工作簿": (".xls", attached.xls),
    "开放文档表格": (".ods", attached.ods),
    "GBK 的 CSV": (".csv", attached.gbk_csv),
    "Word 表格": (".docx", lambda rows: attached.docx(table=rows)),
    "Word 文本框": (".docx", lambda rows: attached.docx(box=rows)),
    "Word 页眉": (".docx", lambda rows: attached.docx(header=rows)),
    "Word 页脚": (".docx", lambda rows: attached.docx(footer=rows)),
    "Word 脚注": (".docx", lambda rows: attached.docx(footnotes=rows)),
    "Word 尾注": (".docx", lambda rows: attached.docx(endnotes=rows)),
    "Word 批注": (".docx", lambda rows: attached.docx(comments=rows)),
    "RTF": (".rtf", attached.rtf),
    "开放文档": (".odt", attached.odt),
    "幻灯片备注": (".pptx", attached.pptx),
    "PDF 第二页": (".pdf", _second_page),
    "压缩包里 PDF 的第二页": (".zip", lambda rows: attached.zipped({"名单/附件1.pdf": _second_page(rows)}, "gbk")),
    "压缩包里的压缩包": (
        ".zip",
        lambda rows: attached.zipped({"内.zip": attached.zipped({"底稿.xlsx": attached.xlsx(rows, "column")})}),
    ),
    "邮件的附件": (".eml", lambda rows: attached.letter("公示名单.xlsx", attached.xlsx(rows, "sheet"))),
    "OFD": (".ofd", lambda rows: attached.ofd(["公示名单", *attached.lines(rows)])),
}
PICTURES: dict[str, Place] = {
    "图片": (".png", lambda rows: _saved(picture(rows), "PNG")),
    "扫描的 PDF": (".pdf", _scan),
}


def attachments(places: dict[str, Place], count: int, seed: int) -> Iterator[Attachment]:
    """So many files with lists of people, all places in turn; in every second of a place the numbers are not masked."""
    chance = random.Random(seed)
    for number in range(count):
        where = list(places)[number % len(places)]
        suffix, make = places[where]
        leaks = number // len(places) % 2 == number % len(places) % 2
        yield Attachment(f"附{number:03}{suffix}", where, make(people(chance, masked=not leaks)), leaks)


def clean_ones(places: dict[str, Place], count: int, seed: int) -> Iterator[Attachment]:
    """So many files of the same places where nothing is amiss: masked lists, and numbers that only look alike."""
    chance = random.Random(f"clean {seed}")
    for number in range(count):
        where = list(places)[number % len(places)]
        suffix, make = places[where]
        rows = CLEAN[(number // len(places) + number) % len(CLEAN)](chance)
        yield Attachment(f"净{number:03}{suffix}", where, make(rows), False)


def written(folder: Path, files: Iterable[Attachment]) -> dict[str, Attachment]:
    """The files in a folder, by their path there."""
    found = {}
    for one in files:
        path = folder / one.name
        path.write_bytes(one.content)
        found[str(path)] = one
    return found
