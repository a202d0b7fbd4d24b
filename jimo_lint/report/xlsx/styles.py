"""The look of the workbooks: fonts, colours and prepared cell styles."""

from __future__ import annotations

from collections.abc import Mapping

from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side
from openpyxl.worksheet.worksheet import Worksheet

from jimo_lint.report.views import tones
from jimo_lint.report.views.tones import Tone
from jimo_lint.report.xlsx.cells import Style

# 宋体 and 黑体 are in every WPS and Excel and are mapped to an installed Chinese font elsewhere.
BODY_FONT = "宋体"
HEAD_FONT = "黑体"
BODY_SIZE = 10.5  # 五号
INK = "262626"
BLUE = "1F4E79"

# Colour of the words of 结论 and 级别: (text, fill).
_COLOURS: Mapping[Tone, tuple[str, str]] = {
    Tone.BAD: ("9C0006", "FBE3E1"),
    Tone.DOUBT: ("7F4F00", "FDF1D9"),
    Tone.CALM: ("595959", "EDEDED"),
    Tone.GOOD: ("2F5D2A", "E8F2E4"),
}
TONES: Mapping[str, tuple[str, str]] = {word: _COLOURS[tone] for word, tone in tones.TONES.items()}


def prepare(worksheet: Worksheet) -> dict[str, Style]:
    """All cell styles by name, made once: setting fonts cell by cell takes most of the time of a large sheet."""
    side = Side(style="thin", color="BFBFBF")
    box = Border(left=side, right=side, top=side, bottom=side)
    body = Font(name=BODY_FONT, size=BODY_SIZE, color=INK)
    left = Alignment(horizontal="left", vertical="center", wrap_text=True)
    centre = Alignment(horizontal="center", vertical="center", wrap_text=True)

    def style(
        font: Font = body,
        align: Alignment = left,
        border: Border | None = box,
        fill: str = "",
        number: str = "General",
        locked: bool = True,
    ) -> Style:
        made = []
        for quoted in (False, True):
            cell = WriteOnlyCell(worksheet)
            cell.font, cell.alignment, cell.number_format = font, align, number
            if border:
                cell.border = border
            if fill:
                cell.fill = PatternFill(fill_type="solid", fgColor=fill)
            if not locked:
                cell.protection = Protection(locked=False)
            cell.quotePrefix = quoted
            made.append(cell.style_id)
        return Style(made[0], made[1], str(font.name), float(font.sz or BODY_SIZE))

    def entry(align: Alignment = left, number: str = "General") -> Style:
        """What a person fills in: also where somebody protects the sheet, which locks all else."""
        return style(align=align, fill="FFFCF0", number=number, locked=False)

    def head(size: float, colour: str = INK, bold: bool = False) -> Font:
        return Font(name=HEAD_FONT, size=size, color=colour, bold=bold)

    return {
        "title": style(head(18, BLUE), centre, None),
        "subtitle": style(Font(name=BODY_FONT, size=BODY_SIZE, color="595959"), centre, None),
        "verdict": style(Font(name=BODY_FONT, size=11.5, color=INK, bold=True), left, None),
        "alarm": style(Font(name=BODY_FONT, size=11, color="9C0006", bold=True), left, None),
        "section": style(head(12.5, BLUE), left, Border(bottom=Side(style="medium", color=BLUE))),
        "note": style(Font(name=BODY_FONT, size=10, color="595959"), left, None),
        "label": style(Font(name=BODY_FONT, size=9.5, color="595959"), centre, box, "F5F7FA"),
        "figure": style(head(17, BLUE), centre, box, "FFFFFF", "#,##0"),
        "figure-bad": style(head(17, "9C0006"), centre, box, "FFFFFF", "#,##0"),
        "head": style(head(BODY_SIZE, "FFFFFF"), centre, box, "44607F"),
        "head-day": style(head(7.5, "FFFFFF"), centre, box, "44607F"),
        "day": style(Font(name=BODY_FONT, size=8, color=INK), centre),
        "void": style(Font(name=BODY_FONT, size=8, color=INK), centre, box, "EDEDED"),
        "text": style(),
        "strong": style(Font(name=BODY_FONT, size=BODY_SIZE, color=INK, bold=True)),
        "centre": style(align=centre),
        "small": style(Font(name=BODY_FONT, size=9, color=INK)),
        "address": style(Font(name=BODY_FONT, size=9, color=INK)),
        "wrong": style(Font(name=BODY_FONT, size=BODY_SIZE, color="C00000", bold=True), centre),
        "number": style(align=centre, number="#,##0"),
        "count": style(align=centre, number='#,##0;-#,##0;"–"'),
        "points": style(align=centre),
        "share": style(align=centre, number="0.0%"),
        "days": style(align=centre, number='0" 天"'),
        "date": style(align=centre, number="yyyy-mm-dd"),
        "moment": style(align=centre, number="yyyy-mm-dd hh:mm"),
        "entry": entry(),
        "entry-centre": entry(centre),
        "entry-date": entry(centre, "yyyy-mm-dd"),
        "id": style(Font(name=BODY_FONT, size=9, color="595959"), Alignment(vertical="center"), box),
        "link": style(Font(name=BODY_FONT, size=9, color="1F4E79", underline="single")),
    }
