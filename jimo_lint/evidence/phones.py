"""Gathers the telephones by which the public reaches an office: from its 公开指南, its footers and contact pages."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from jimo_lint.model import Document
from jimo_lint.model.requests import Phone, PhoneReading

GUIDE, FOOTER, CONTACT = "公开指南", "页脚", "联系页面"

_GUIDE = re.compile(r"公开指南|申请公开(?:指南|须知|说明)")
_CONTACT = re.compile(r"^(?:联系我们|联系方式|办公电话|公开电话|机构联系方式|常用电话)$")
# A fixed line with or without its area code, an extension left out, or a line of service: 12345, 400-…
_PHONE = re.compile(
    r"(?<![\d.-])(?:\(?（?0\d{2,3}[)）]?[-—–－ ]{0,2}[2-9]\d{6,7}|400[- ]?\d{3}[- ]?\d{4}|[2-9]\d{6,7})(?!\d|[-.]\d{5})"
)
# 0532-88881234 and 88881234 are one number to who lives there.
_AREA = re.compile(r"^0(?:10|2\d|[3-9]\d\d)")
_LABEL = re.compile(r"(?:电\s*话|热\s*线|专线|座机|Tel)[^\d\n]{0,12}$|电话[:：][^\n。；]{0,30}[、，,/ 或]\s*$", re.I)
_NO_PHONE = re.compile(r"(?:传\s*真|邮\s*编|邮政编码|备案|标识码|网安备|ICP)[^\d\n]{0,8}$", re.I)
_PURPOSES = (
    ("监督", re.compile(r"监督|投诉|举报|纠错")),
    ("网站", re.compile(r"网站|技术|运维|维护")),
    ("公开", re.compile(r"公开|依申请|受理")),
)
# How far before a number the words stand that say what it is for.
_BEFORE = 24


def gather(site: str, documents: Iterable[Document]) -> PhoneReading | None:
    """The telephones of a site's pages, each of a place once; None where none was found."""
    phones: dict[tuple[str, str, str], Phone] = {}
    for document in documents:
        for phone in _of(document):
            phones.setdefault((phone.where, phone.purpose, phone.digits), phone)
    return PhoneReading(site, tuple(phones.values())) if phones else None


def _of(document: Document) -> Iterator[Phone]:
    title = document.title.strip()
    if "通知" not in title and (_GUIDE.search(title) or _CONTACT.match(title)):
        where = GUIDE if _GUIDE.search(title) else CONTACT
        for digits, written, before in numbers(document.text):
            yield Phone(digits, written, _purpose(before), where, title, document.url)
    if written := document.page_facts.footer.get("phone", ""):
        for digits, shown, before in numbers(written if _LABEL.search(written[:8]) else f"电话：{written}"):
            yield Phone(digits, shown, _purpose(before), FOOTER, title, document.url)


def numbers(text: str) -> Iterator[tuple[str, str, str]]:
    """The telephones that a text calls so: digits without area code, as written, and the words before."""
    for found in _PHONE.finditer(text):
        line = text.rfind("\n", 0, found.start()) + 1
        before = text[max(line, found.start() - 60) : found.start()]
        if _LABEL.search(before) and not _NO_PHONE.search(before):
            yield _AREA.sub("", re.sub(r"\D", "", found[0])), found[0].strip(), before[-_BEFORE:]


def _purpose(before: str) -> str:
    return next((name for name, pattern in _PURPOSES if pattern.search(before)), "")
