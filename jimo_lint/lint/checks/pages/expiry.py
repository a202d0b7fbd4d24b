"""Finds documents that are past their time: void but shown as valid, past their own term, notices long over."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from datetime import date
from functools import cache

from jimo_lint.evidence.articles import body, is_article
from jimo_lint.lint.checks.base import Detail
from jimo_lint.model import Document, MaxAge

_DAY = r"(20\d\d)\s*+年\s*+(\d{1,2})\s*+月\s*+(\d{1,2})\s*+日"
_VOID = r"失效|废止|停止执行|停止施行"
_STAMP = (
    rf"[（(【\[〔]\s*+(?:本文|文件|此件)?\s*+(?:已经?|全文)?\s*+(?:{_VOID})\s*+[)）】\]〕]"
    rf"|^[^\S\n]*+(?:此件|本文件|该文件|文件)?已经?(?:{_VOID})[。！]?[^\S\n]*+$"
)
_STATUS = r"(?:有效性|时效性|效力状态|文件状态|是否有效|有效状态|时\s*+效|效\s*+力)\s*+[:：]\s*+([\u4e00-\u9fff]{1,8})"
_IN_FORCE = r"(?:施行|实施|执行|生效)"
# The document speaks of its own term: 本办法……有效期至, or 自……起施行，有效期…….
_UNTIL = (
    rf"(?:本[\u4e00-\u9fff]{{1,8}}[^。；\n]{{0,40}}?|{_IN_FORCE}[^。；\n]{{0,6}})"
    rf"有效期(?:限)?(?:截?至|到|截止到?)\s*+{_DAY}"
)
_YEARS = (
    rf"自\s*+(?:{_DAY}|(?:印发|发布|公布|发文)之日)\s*+起?{_IN_FORCE}[^。；\n]{{0,6}}"
    r"有效期(?:限)?为?\s*+([\d一二三四五六七八九十两]{1,2})\s*+年"
)
_LASTING = r"延长|继续有效|继续执行|延续|继续施行"
_OFFICIAL = r"通知|办法|规定|意见|细则|方案|决定|措施|政策|公告|通告|规则|标准"
_CLOSED = (
    (
        rf"公示(?:时间|期限|日期|期)?\s*+[为：:]?\s*+自?\s*+{_DAY}\s*+起?\s*+[至到—–~-]+\s*+"
        r"(?:(20\d\d)\s*+年\s*+)?(\d{1,2})\s*+月\s*+(\d{1,2})\s*+日"
    ),
    rf"(?:报名|投稿|申报|征求意见|征集|反馈)[^。；\n]{{0,12}}截止[^。；\n]{{0,8}}?[为：:于]?\s*+{_DAY}",
    rf"截止(?:时间|日期)\s*+[为：:]?\s*+{_DAY}",
)
_LONG_OVER = MaxAge(months=12)
_HAN = "零一二三四五六七八九十"


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    """Compiled when the first page of a site is judged, which a check of drafts never does."""
    return re.compile(pattern, re.MULTILINE)


def void_unmarked(document: Document) -> Iterator[Detail]:
    """A document that its page calls void, while its own status field or the list shows it as valid."""
    if not is_article(document):
        return
    status = _status(document)
    stamped = _compiled(_STAMP).search(document.title) or _compiled(_STAMP).search(body(document))
    if stamped and status.startswith(("有效", "现行有效", "是")):
        said = f"标着“{stamped[0].strip()}”，文件状态却写“{status}”"
        yield Detail({"fault": said}, document.id)
        return
    listed = document.page_facts.list_title
    if (stamped or _is_void(status)) and listed and not _compiled(_VOID).search(f"{listed}{document.title}"):
        sign = stamped[0].strip() if stamped else status
        said = f"稿件页标着“{sign}”，栏目列表上没有标注"
        yield Detail({"fault": said}, f"list {document.column}")


def expired(as_of: date, document: Document) -> Iterator[Detail]:
    """A document past the term that its own text gives, without a mark; 延长 and 继续有效 are taken at their word."""
    if not is_article(document) or not _compiled(_OFFICIAL).search(document.title):
        return
    text = body(document)
    if "有效期" not in text:
        return
    found = _end(document, text)
    if found is None or found[0] >= as_of:
        return
    end, words = found
    if _is_void(_status(document)) or _compiled(_STAMP).search(f"{document.title}\n{text}"):
        return
    if not _compiled(_LASTING).search(text):
        yield Detail({"end": str(end), "words": words})


def closed_notice(as_of: date, document: Document) -> Iterator[Detail]:
    """A notice whose own end lies a year back; one for a column."""
    if not is_article(document):
        return
    text = body(document)
    if "公示" not in text and "截止" not in text:
        return
    for pattern in _CLOSED:
        for found in _compiled(pattern).finditer(text):
            end = _closing(found)
            if end and _LONG_OVER.exceeded(end, as_of):
                yield Detail({"end": str(end), "words": found[0]}, document.column or "site")
                return


def _end(document: Document, text: str) -> tuple[date, str] | None:
    """The last day of the document's term and the words that give it."""
    if until := _compiled(_UNTIL).search(text):
        day = _day(*until.groups())
        return (day, until[0]) if day else None
    if years := _compiled(_YEARS).search(text):
        *written, number = years.groups()
        since = _day(*written) if written[0] else document.published and document.published.date()
        term = int(number) if number.isdigit() else _number(number)
        if since and term and (written[0] or document.published_from in ("label", "meta", "list", "other")):
            year = str(since.year + term)
            day = _day(year, str(since.month), str(since.day)) or _day(year, "3", "1")  # 29 February
            return (day, years[0]) if day else None
    return None


def _closing(found: re.Match[str]) -> date | None:
    parts = found.groups()
    if len(parts) == 3:
        return _day(*parts)
    year, month, _, other, end_month, end_day = parts
    turned = int(end_month) < int(month)
    return _day(other or str(int(year) + turned), end_month, end_day)


def _day(year: str, month: str, day: str) -> date | None:
    with suppress(ValueError):
        return date(int(year), int(month), int(day))
    return None


def _number(text: str) -> int:
    if text == "两":
        return 2
    if len(text) == 2 and text[0] == "十":
        return 10 + max(_HAN.find(text[1]), 0)
    return max(_HAN.find(text), 0)


def _status(document: Document) -> str:
    for block in document.blocks:
        if block.kind in ("body", "table", "nav") and (found := _compiled(_STATUS).search(block.text)):
            return found[1]
    return ""


def _is_void(status: str) -> bool:
    return status.startswith(("失效", "废止", "已失效", "已废止", "无效", "停止", "否"))
