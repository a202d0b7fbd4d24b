"""Makes the pictures of docs/clerk.md from what the program really prints and writes about its built-in sample.

Needs LibreOffice, poppler, Chromium, Pillow and Chinese fonts; run it again when the workbooks or the messages change.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from html import escape
from pathlib import Path

import docx
from openpyxl import load_workbook
from openpyxl.utils import get_column_letter
from PIL import Image, ImageChops, ImageOps

PICTURES = Path(__file__).resolve().parent.parent / "docs" / "pictures"
TODAY = "2026-12-01"
LARGEST = 150_000  # bytes of one picture
SHOWN = ("序号", "级别", "问题类型", "说明", "账号", "责任单位", "状态", "审核意见", "理由", "审核人", "审核日期")
# A window as Windows shows it; the fonts are what Debian has for both kinds of characters in cells of one width.
WINDOW = """<!doctype html><meta charset="utf-8"><style>
body {{ margin: 0; background: #fff }}
div {{ display: inline-block; border: 1px solid #555; border-radius: 6px; overflow: hidden; background: #0c0c0c }}
h1 {{ margin: 0; padding: 6px 12px; font: 13px "Noto Sans CJK SC"; background: #e8e8e8; color: #222 }}
pre {{ margin: 0; padding: 10px 14px; font: 15px/1.45 "Noto Sans Mono CJK SC"; color: #ddd; width: {width}ch }}
b {{ color: #fff }} s {{ display: inline-block; width: 1ch; font: 13px "DejaVu Sans Mono"; text-decoration: none }}
i {{ color: #ff6b6b; font-style: normal }}
</style><div><h1>命令提示符</h1><pre>{lines}</pre></div>"""


def ran(folder: Path, *command: str) -> str:
    """What the program prints, outcome and progress together."""
    done = subprocess.run(
        [sys.executable, "-m", "jimo_lint", *command],
        cwd=folder,
        env={**os.environ, "COLUMNS": "92", "NO_COLOR": "1"},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        check=False,
    )
    if done.returncode not in (0, 1, 2):
        raise SystemExit(f"jimo-lint {' '.join(command)}：{done.stdout.decode()}")
    return done.stdout.decode()


def window(name: str, folder: Path, sessions: Sequence[tuple[str, str]], width: int = 96) -> None:
    """A picture of a terminal in which commands gave these outputs."""
    shown = []
    for command, output in sessions:
        said = re.sub(r"^(\s+\|\s+)(\^+)$", r"\1<i>\2</i>", escape(output.strip("\n")), flags=re.MULTILINE)
        said = re.sub("[“”—…≥]", r"<s>\g<0></s>", said)  # one cell, as the terminal of Windows draws them
        shown.append(f"C:\\周检&gt; <b>{escape(command)}</b>\n{said}\n")
    page = folder / f"{name}.htm"
    page.write_text(WINDOW.format(width=width, lines="\n".join(shown)), encoding="utf-8")
    browse(name, page, folder, (1000, 1200))


def browse(name: str, page: Path, folder: Path, size: tuple[int, int]) -> None:
    """A picture of a page as Chromium shows it."""
    target = folder / f"{name}.png"
    subprocess.run(
        [
            "chromium",
            *("--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars"),
            *(f"--user-data-dir={folder / 'chromium'}", f"--window-size={size[0]},{size[1]}"),
            *(f"--screenshot={target}", page.as_uri()),
        ],
        check=True,
        capture_output=True,
        timeout=180,
    )
    with Image.open(target) as picture:
        keep(name, picture.convert("RGB"))


def sheets(book: Path, folder: Path) -> list[Path]:
    """The pages of a workbook as LibreOffice prints them, as pictures."""
    office = f"-env:UserInstallation={(folder / 'office').as_uri()}"
    convert = ["soffice", office, "--headless", "--convert-to", "pdf", "--outdir", str(folder), str(book)]
    subprocess.run(convert, check=True, capture_output=True, timeout=300)
    subprocess.run(["pdftoppm", "-r", "96", "-png", str(folder / f"{book.stem}.pdf"), str(folder / "page")], check=True)
    return sorted(folder.glob("page-*.png"))


def keep(name: str, picture: Image.Image) -> None:
    """Without what is blank around it, in few colours, small enough for a page of documentation."""
    blank = Image.new("RGB", picture.size, "white")
    box = ImageChops.difference(picture, blank).getbbox()
    made = ImageOps.expand(picture.crop(box), 8, "white") if box else picture
    if made.width > 1100:
        made = made.resize((1100, round(made.height * 1100 / made.width)), Image.Resampling.LANCZOS)
    PICTURES.mkdir(exist_ok=True)
    target = PICTURES / f"{name}.png"
    made.quantize(64).save(target, optimize=True)
    if target.stat().st_size > LARGEST:
        raise SystemExit(f"{target}：{target.stat().st_size:,} 字节，太大")
    print(f"{target.name}：{made.width}×{made.height}，{target.stat().st_size:,} 字节")


def draft(path: Path) -> None:
    """A document of Word with what one gets wrong."""
    made = docx.Document()
    made.add_heading("关于做好冬季安全生产工作的通知", 1)
    made.add_paragraph("各村、各单位：")
    made.add_paragraph("会议研究布署了冬季安全生产工作，要抓好关健环节，压实责任。")
    made.add_paragraph("报名请于12月5日前联系王小青，电话13800138000。")
    made.save(str(path))


def reviewed(book: Path, narrow: Path) -> None:
    """What a clerk fills in: three opinions. narrow: a copy without the columns that a picture has no room for."""
    opened = load_workbook(book, rich_text=True)
    sheet = opened["问题明细"]
    heads = [str(cell.value) for cell in sheet[1]]
    for row, (opinion, reason) in enumerate((("确认", ""), ("误报", "账号已移交"), ("已整改", "")), 2):
        for title, value in (("审核意见", opinion), ("理由", reason), ("审核人", "罗小满"), ("审核日期", TODAY)):
            sheet.cell(row, heads.index(title) + 1).value = value
    opened.save(book)
    for number, head in enumerate(heads, 1):
        if head not in SHOWN:
            sheet.column_dimensions[get_column_letter(number)].hidden = True
    sheet.print_area = sheet.dimensions
    opened.save(narrow)


def main() -> None:
    """All pictures."""
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        said = ran(folder, "demo", "--as-of", TODAY)
        home = folder / "jimo-lint-demo"
        weekly = said[said.index("政务新媒体") : said.index("$ jimo-lint inspect columns")]
        window("weekly", folder, [("jimo-lint inspect weekly", weekly)])
        book = home / "reports" / f"周检-{TODAY}.xlsx"
        pages = sheets(book, folder)
        with Image.open(pages[0]) as cover:
            keep("cover", cover.convert("RGB"))
        browse("page", book.with_suffix(".html"), folder, (1280, 900))
        reviewed(book, folder / "窄.xlsx")
        shutil.copy(book, home / book.name)
        window("import", folder, [(f"jimo-lint review import {book.name}", ran(home, "review", "import", book.name))])
        for page in folder.glob("page-*.png"):
            page.unlink()
        with Image.open(sheets(folder / "窄.xlsx", folder)[2]) as table:
            keep("review", table.convert("RGB").crop((0, 0, table.width, table.height * 5 // 8)))
        draft(home / "通知.docx")
        (home / "简讯.txt").write_text("会议研究布署了冬季安全生产工作，要抓好关健环节。\n", encoding="utf-8")
        window("check", folder, [("jimo-lint check 通知.docx", ran(home, "check", "通知.docx"))])
        fixes = [
            (f"jimo-lint check 简讯.txt {option}", ran(home, "check", "简讯.txt", option))
            for option in ("--diff", "--fix")
        ]
        window("fix", folder, fixes)


if __name__ == "__main__":
    main()
