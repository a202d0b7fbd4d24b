"""What a hit is worth where it stands: in a cell of a sheet, in what OCR read, in a file that a page has attached."""

from __future__ import annotations

import re
from functools import lru_cache

from jimo_lint.language.text import han_count
from jimo_lint.model import Block, Cell, Document, Hit, Region, Rule, Severity, Subject
from jimo_lint.model.families import family
from jimo_lint.values import NamedTuple

# From 0 to 1, of OCR itself: below it a line has some character wrong too often for typos to be told from misreadings,
# and for a veto, which fails a whole site. Measured by `benchmarks/ocr.py` on 40 posters: of the lines from 0.99 upward
# 96 to 100 of 100 are right to the last character, of those from 0.97 to 0.99 85, below that a fifth.
LEGIBLE = 0.99

_LOOK = "（图中文字，由程序识读，请看图核对）"
# Kinds that take a character for a slip of another: those of OCR are of the same sort.
_NEAR = frozenset({"nearmiss", "leaders"})
# Tables of documents are numbered and hold prose; sheets have names.
_IN_DOCUMENT = r".*表 [0-9]+"
# A cell of no more Han may be a name: 关健 is one as well as a slip. It is taken for one where its column holds
# names, and where it begins with a surname.
_NAME = 4
_OF_NAMES = re.compile("名|人|[员者长商店村镇乡街路]$|社区|小区|地[点址区]|[户业]主|单位|企业|公司|品牌|产品|教师|学生")
_HEADS = re.compile(
    r"序号|姓\s*名|名称|性别|单位|部门|职务|电话|手机|邮箱|地址|日期|时间|备\s*注|编号|号码|类[别型]|金额|数量|内容|项目"
)
_LONGEST_HEAD = 12
_HEADS_KNOWN = 2  # names of columns that make a row the header
# A cell with so many Han and a full stop is prose as well.
_SENTENCE = 20


class Worth(NamedTuple):
    """severity: at most that of the rule. remark: to stand behind its message."""

    severity: Severity
    remark: str = ""


def worth(rule: Rule, hit: Hit, subject: Subject) -> Worth | None:
    """What a hit is worth; None where it is none at all."""
    severity = min(rule.severity, Severity.NOTICE) if hit.doubtful else rule.severity
    if not isinstance(subject, Document):
        return Worth(severity)
    if subject.source == "attachment" and not family(rule.code).of_files:
        return None
    if hit.span is None:
        return Worth(severity)
    first, last = (subject.block_at(place)[0] for place in (hit.span.start, hit.span.end - 1))
    if isinstance(first.spot, Region):
        return _in_picture(rule, severity, first.spot, last)
    if isinstance(first.spot, Cell):
        return Worth(severity) if _in_cell(rule, first, last, subject) else None
    return Worth(severity)


def _in_picture(rule: Rule, severity: Severity, region: Region, last: Block) -> Worth | None:
    if rule.family == "P":
        return Worth(severity)
    confidence = min(region.confidence, last.spot.confidence if isinstance(last.spot, Region) else 0)
    if rule.family == "S":
        if rule.kind in _NEAR:
            return Worth(min(severity, Severity.NOTICE), _LOOK)
        return Worth(severity) if confidence >= LEGIBLE else Worth(min(severity, Severity.WARNING), _LOOK)
    if rule.prose or rule.kind in _NEAR or confidence < LEGIBLE:
        return None
    return Worth(min(severity, Severity.NOTICE), _LOOK)


def _in_cell(rule: Rule, first: Block, last: Block, document: Document) -> bool:
    """Whether it is a fault: not where it reaches into another cell, nor where names would be taken for prose."""
    if rule.family == "P":
        return True
    if first.spot != last.spot:
        return False
    table = first.spot.table if isinstance(first.spot, Cell) else ""
    if document.file_facts.format != "csv" and re.fullmatch(_IN_DOCUMENT, table):
        return True
    if rule.family == "T" and rule.kind == "words" and _may_be_name(first, document):
        return False
    return not rule.prose or ("。" in first.text and han_count(first.text) >= _SENTENCE)


def _may_be_name(block: Block, document: Document) -> bool:
    """Whether a short cell may hold a name in which the characters are right; the name of a column is none."""
    text = "".join(block.text.split())
    if len(text) > _NAME or not isinstance(block.spot, Cell):
        return False
    from jimo_lint.language.typo.classes import SURNAMES  # hardly a sheet has such a cell

    rows = document.tops.get(block.spot.table, {})
    header = next((row for row, cells in rows.items() if sum(map(_is_head, cells.values())) >= _HEADS_KNOWN), 0)
    if header and block.spot.row <= header:
        return False
    head = rows.get(header or min(rows, default=0), {}).get(block.spot.column, "")
    return _OF_NAMES.search(head) is not None or text[0] in SURNAMES


@lru_cache(maxsize=1024)
def _is_head(text: str) -> bool:
    return len(text) <= _LONGEST_HEAD and _HEADS.search(text) is not None
