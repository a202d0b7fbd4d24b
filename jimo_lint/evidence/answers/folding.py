"""The text of an answer as it is read: without blanks and line breaks in sentences, digits and marks of one width."""

from __future__ import annotations

import re
from bisect import bisect_left
from datetime import date
from typing import NamedTuple

from jimo_lint.evidence.answers.printed import as_letter
from jimo_lint.model import Document, Span

_WIDTHS = {0xFF01 + offset: chr(0x21 + offset) for offset in range(94)} | {
    ord(half): full for half, full in zip("()（）:：,，;；?？!！", "（）（）：：，，；；？？！！", strict=True)
}
_WIDTHS |= {ord(bar): " " for bar in "|｜│┃"}  # between the cells of a table
_WIDTHS |= {ord("　"): " ", ord("\xa0"): " ", ord("﹝"): "〔", ord("﹞"): "〕", ord("○"): "〇", ord("零"): "〇"}
_BLANK = " \t\r\f\v\u200b\u200c\u200d\ufeff"
_END = "。：；！？"
_LONGEST_WRAPPED = 120  # columns, two a Han character, of a line that a page breaks
_NARROWEST = 28  # columns of such a line
_NEARLY = 0.75  # of the longest line, which one that is broken is about as long as
_SHORT = 0.5  # of the longest line, below which one is no line that a page broke
# What no line ends with but one that was broken.
_OPEN = re.compile(r"[“《〔（、]$|〔20\d\d〕第?$|第[一二三四五六七八九十百\d]{0,4}$|[^：]{7}，$")
_HEADING = re.compile(r"[^。；，、：你您我]{2,40}(?:书|函|答复|通知|决定)(?:（[^（）]{1,16}）)?")
_OWN_NUMBER = re.compile(r"[一-鿿]{2,20}〔\d{4}〕第?\d{1,5}号")
_BEGINS = re.compile(r"[一二三四五六七八九十]{1,3}、|（[一二三四五六七八九十\d]{1,2}）|\d{1,2}[.、．]|附件|附：|联系")
_LABEL = re.compile(
    r"(?:申请人(?:姓名|名称)?|收件人|第三方|(?:收到|收件|受理|登记|答复|成文)(?:申请)?(?:日期|时间)|申请(?:公开)?(?:的)?(?:信息)?内容(?:描述)?"
    r"|所需(?:政府)?信息(?:内容)?(?:描述)?|答复(?:内容|意见|结果|类型)|(?:登记|受理|申请)?(?:编号|号)|发?文字?号|法律依据|依据|理由"
    r"|救济(?:途径|渠道|方式)?|权利告知|答复(?:机关|单位)|承办单位|落款)"
)
# The name of a cell and what stands in the next one, on one line, with a colon between them or blanks.
_CELL = re.compile(
    rf"\s*({_LABEL.pattern})(?:[ \t]{{1,40}}(?=[^ \t：])|：)"
    r"|\s*([一-鿿（）]{2,14}(?:日期|时间|内容|描述|结果|意见|名称|姓名|编号|文号|单位|机关|依据|理由|途径|救济|方式))"
    r"(?:\t|[ ]{2,40})(?=[^ \t：])"
)
# A label in brackets, as systems print the fields of a form, with what is written in it or alone on its line.
_BRACKETED = re.compile(r"\s*【(?=[一-鿿]{2,10}】[^：，。；、【〔于在与]|[一-鿿]{2,10}】\s*$)[一-鿿]{2,10}(】)")
# The articles of the law that a template appends below the letter are no words of the answer.
_APPENDED = re.compile(
    r"\s*附(?:录|件)?[：:]?\s*[^。\n]{0,30}(?:条例|法规|法律|(?<!办)法)[^。\n]{0,8}(?:条款|条文|规定|摘录|节选)[：:]?\s*"
)
_HAN = {han: value for value, han in enumerate("〇一二三四五六七八九")} | {"两": 2}
NUMBER = r"(?:\d{1,4}|[〇一二两三四五六七八九十百]{1,5})"
DAY = (
    r"(?:20\d\d|二〇[〇一二三四五六七八九]{2})[年./-](?:1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九])[月./-]"
    r"(?:3[01]|[12]\d|0?[1-9]|三十一?|二?十[一二三四五六七八九]?|二十|[一二三四五六七八九])(?!\d)日?"
)
_FULL_DAY = re.compile(r"(.{1,6}?)[年./-](.{1,4}?)[月./-](.{1,4}?)日?")


class Line(NamedTuple):
    """A line as a person sees it, and where in the folded text it begins; `broken`: in the middle of a sentence."""

    text: str
    start: int
    broken: bool = False


class Folded:
    """The folded text. Its spans are offsets in it; `span` leads back to the document."""

    def __init__(self, document: Document) -> None:
        rows = as_letter(document.text).split("\n")
        joins = _joins(document, rows)
        characters: list[str] = []
        self._offsets: list[int] = []
        self.lines: list[Line] = []
        offset, broken = 0, False
        for row, join in zip(rows, joins, strict=True):
            if self.lines and _APPENDED.fullmatch(row):
                break
            start = len(characters)
            written = row.translate(_WIDTHS)
            if bracketed := _BRACKETED.match(written):
                label = bracketed.end(1) - 1
                named = written[bracketed.end() :].strip() or _LABEL.fullmatch(_tight(row).strip("【】"))
                end = "：" if named else "\u200b"
                written = f"{written[:label].replace('【', ' ')}{end}{written[label + 1 :]}"
            named = _CELL.match(written)
            for place, character in enumerate(written, offset):
                if named and place - offset == named.end(named.lastindex or 0) and character in _BLANK:
                    characters.append("：")
                    self._offsets.append(place)
                elif character not in _BLANK:
                    characters.append(character)
                    self._offsets.append(place)
            if len(characters) > start:
                self.lines.append(Line("".join(characters[start:]), start, broken))
            broken = join == ""
            offset += len(row)
            if join and (join != "\n" or (characters and characters[-1] != "\n")):
                characters.append(join)
                self._offsets.append(offset)
            offset += 1
        self.text = "".join(characters)

    def span(self, start: int, end: int) -> Span:
        """The place in the document of [start, end) of the folded text, which is not empty."""
        return Span(self._offsets[start], self._offsets[end - 1] + 1)

    def before(self, span: Span) -> str:
        """The sentence in which a place of the document stands, up to it."""
        end = bisect_left(self._offsets, span.start)
        return self.text[max(self.text.rfind(mark, 0, end) for mark in "。\n") + 1 : end]

    def of(self, found: re.Match[str], group: int | str = 0) -> Span:
        """The place of a match in the folded text."""
        return self.span(found.start(group), found.end(group))


def _joins(document: Document, rows: list[str]) -> list[str]:
    """What stands in place of the line break behind each row: itself, nothing, or a colon behind the name of a cell."""
    longest = max((_columns(row.strip()) for row in rows), default=0)
    # What the reader takes for the middle of a paragraph is none behind a heading or a name alone on its line.
    wraps = frozenset(document.wraps)
    short = _SHORT * min(longest, _LONGEST_WRAPPED)  # columns
    joins, offset = [], 0
    for row, after in zip(rows, [*rows[1:], ""], strict=True):
        offset += len(row)
        tight = _tight(row)
        join = "\n"
        wrapped = (offset in wraps and _columns(row.strip()) >= short) or _is_wrapped(row, after, longest)
        apart = _HEADING.fullmatch(tight) or any(_OWN_NUMBER.fullmatch(one) for one in (tight, _tight(after)))
        if wrapped and not apart and not _CELL.match(after.translate(_WIDTHS)):
            join = ""
        elif _LABEL.fullmatch(tight) and after.strip() and not _LABEL.fullmatch(after.strip()):
            join = "："
        joins.append(join)
        offset += 1
    return joins


def _is_wrapped(row: str, after: str, longest: int) -> bool:
    """Whether a page of one width broke the line in the middle of a sentence."""
    written, following = row.strip().translate(_WIDTHS), after.strip().translate(_WIDTHS)
    if not following or longest > _LONGEST_WRAPPED:
        return False
    if any(written.count(opening) > written.count(closing) for opening, closing in ("（）", "“”", "《》")):
        return True
    if _OPEN.search(written):
        return written[-1] not in "，、" or not _BEGINS.match(following)
    if _columns(written) < max(_NARROWEST, _NEARLY * longest):
        return False
    ended = written[-1] in _END and following[0] != "“"
    return not ended and not _BEGINS.match(following) and after[:2].strip() != ""


def _columns(text: str) -> int:
    """How wide it is in a fixed pitch."""
    return sum(1 + (character > "\u2e80") for character in text if character != "\u200b")


def _tight(row: str) -> str:
    return re.sub(r"\s", "", row.translate(_WIDTHS))


def number(written: str) -> int:
    """The value of `NUMBER`, in digits or Han."""
    if written.isdigit():
        return int(written)
    if not set("十百") & set(written):
        return int("".join(str(_HAN[one]) for one in written))
    total, last = 0, 0
    for one in written:
        if one in "十百":
            total += (last or 1) * (10 if one == "十" else 100)
            last = 0
        else:
            last = _HAN[one]
    return total + last


def day(written: str) -> date | None:
    """The day that `DAY` writes; None for one that the calendar does not have."""
    found = _FULL_DAY.fullmatch(written)
    try:
        return date(*map(number, found.groups())) if found else None
    except ValueError:
        return None
