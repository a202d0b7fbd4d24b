"""告知书核对表: of each answer where what it must have stands, what was found, and room for the second reader."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from jimo_lint.model import Document, Finding
from jimo_lint.model.answers import Answer, AnswerPart
from jimo_lint.report.views.table import GRADES, Block, Field, Row, Table

# What a second reader writes: nobody but people fills these in.
VERDICTS = ("通过", "回炉重造")
_SHOWN = 60  # code points of what stands at a place
UNSEEN = "没有看到"
# A grid of twelve columns on each page of one answer.
GRID = (8.0,) * 12
_PARTS = (
    Field("要素", 2, "label"),
    Field("机器看到", 2, "centre", tint=("有", "缺")),
    Field("怎么写的", 4, "small"),
    Field("二审核对", 2, "centre", choices=("对", "不对")),
    Field("二审备注", 2, "small"),
)
_FINDINGS = (
    Field("规则", 1, "centre"),
    Field("级别", 1, "centre", tint=GRADES),
    Field("问题", 6, "small"),
    Field("二审意见", 2, "centre", choices=("要改", "不必改", "误报")),
    Field("二审备注", 2, "small"),
)
_SUMMARY = (
    Field("序号", 5, "number"),
    Field("文件", 30),
    Field("答复种类", 14, "centre"),
    Field("文号", 20),
    Field("收到日期", 11, "date"),
    Field("成文日期", 11, "date"),
    Field("没有看到的要素", 20, "small"),
    Field("问题", 6, "number", alarm=True),
    Field("二审意见", 10, "centre", choices=VERDICTS),
    Field("二审人（签名）", 12, "centre"),
    Field("二审日期", 11, "date", dated=True),
    Field("备注", 18, "small"),
)


class Checked(NamedTuple):
    """An answer with what was found in it."""

    document: Document
    answer: Answer
    findings: tuple[Finding, ...]

    @property
    def kind(self) -> str:
        """In words."""
        return "、".join(kind.label for kind in self.answer.kinds) or "看不出"

    def lacks(self, part: AnswerPart) -> bool:
        """Whether a rule misses it; what this kind of answers need not have is no fault."""
        return any(f"{UNSEEN}{part.label}" in one.message for one in self.findings)


def summary(checked: Sequence[Checked]) -> Table:
    """One row an answer."""
    rows = tuple(_row(number, one) for number, one in enumerate(checked, 1))
    return Table("核对汇总", _SUMMARY, rows, frozen=2, notes=tuple(notes()))


def _row(number: int, one: Checked) -> Row:
    answer = one.answer
    lacking = "、".join(part.label for part in AnswerPart if one.lacks(part))
    days = (answer.received, answer.answered)
    return (number, one.document.url, one.kind, answer.number, *days, lacking, len(one.findings), *[None] * 4)


def heading(number: int, one: Checked) -> str:
    """Above the blocks of one answer."""
    return f"{number}. {one.document.url}（{one.kind}）"


def parts(one: Checked) -> Block:
    """What it has to have, and where that stands."""
    return Block("要素", _PARTS, tuple((*_part(one, part), None, None) for part in AnswerPart))


def _part(one: Checked, part: AnswerPart) -> tuple[str, str, str]:
    span = one.answer.parts.get(part)
    if span:
        text = " ".join(one.document.text[span.start : span.end].split())
        block, _ = one.document.block_at(span.start)
        place = f"（{block.locator}）" if block.locator else ""
        return part.label, "有", (text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…") + place
    if part is AnswerPart.SEAL:
        return part.label, "看不出", "盖没盖章机器看不到，请看原件"
    if one.lacks(part):
        return part.label, "缺", ""
    return part.label, "—", "没有看到，这一种答复不要求或者由别的条目说明"


def findings(one: Checked) -> Block:
    """What the rules found in it."""
    rows = tuple((each.code, each.severity.label, each.message, None, None) for each in one.findings)
    nothing: tuple[Row, ...] = (("—", "", "规则没有发现问题；没有发现不等于没有，请照常核对", None, None),)
    return Block("机器发现的问题", _FINDINGS, rows or nothing)


def signing() -> Row:
    """The last line of an answer's page: two labels, each with room behind."""
    return ("二审意见", None, "二审人（签名）", None, "日期", None)


def notes() -> Iterator[str]:
    """How to read it."""
    yield "“机器看到”只说找没找到这一项，写得对不对请人核对；“二审”各栏由人填写，本程序不填，也不改动填过的。"
    yield "填过的核对表不会被覆盖：再次检查时，新的写在旁边（文件名加 -2、-3）。"
