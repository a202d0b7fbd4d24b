"""Gathers the telephones by which the public reaches an office: from its 公开指南, its footers and contact pages."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from jimo_lint.evidence.articles import body
from jimo_lint.model import Document
from jimo_lint.model.requests import Phone, PhoneReading

GUIDE, FOOTER, CONTACT = PLACES = "公开指南", "页脚", "联系页面"

_GUIDE = re.compile(r"公开指南|申请公开(?:指南|须知|说明)")
_CONTACT = re.compile(r"^(?:联系我们|联系方式|办公电话|公开电话|机构联系方式|常用电话)$")
# Whose guide it is: what stands before 政府信息 or such, and what the names of organs other than a government end with.
_TOPICS = ("依申请", "申请", "政府信息", "信息", "政务")
_ORGAN = re.compile(r"(?:[局委办会院处署所站社团队校室厅部馆]|街道|中心|公司|开发区)$")
_DASH = "[-—–－ \u3000]"
# A fixed line with or without its area code, in one or two groups, an extension left out, or a line of service: 400-…
_PHONE = re.compile(
    rf"(?<![\d.-])(?:(?:[（(]?0\d{{2,3}}[)）]?{_DASH}{{0,2}})?[2-9]\d{{2,3}}{_DASH}?\d{{4}}"
    rf"|400{_DASH}?\d{{3}}{_DASH}?\d{{4}})(?!\d|[-.]\d{{5}})"
)
# 0532-88881234 and 88881234 are one number to who lives there.
_AREA = re.compile(r"^0(?:10|2\d|[3-9]\d\d)")
_LABEL = re.compile(r"(?:电\s*话|热\s*线|专线|座机|Tel)[^\d\n]{0,12}$|电话[:：][^\n。；]{0,30}[、，,/ 或]\s*$", re.I)
_NO_PHONE = re.compile(
    r"(?:(?<!电话)(?<!电话[/、及和（(])传\s*真|邮\s*编|邮政编码|备案|标识码|网安备|ICP)[^\d\n]{0,8}$", re.I
)
_PURPOSES = (
    ("网站", re.compile(r"网站|技术|运维|维护|纠错|找错")),
    ("监督", re.compile(r"监督|投诉|举报")),
    ("值班", re.compile(r"值班|夜间|应急|24\s*小时")),
    ("公开", re.compile(r"公开|依申请|受理")),
)
# How far before a number, in its own sentence, the words stand that say what it is for.
_BEFORE = 24
_SENTENCE = re.compile(r"[。；;\n]")


def gather(site: str, documents: Iterable[Document]) -> PhoneReading | None:
    """The telephones of a site's pages, each of a place once; None where none was found."""
    phones: dict[tuple[str, str, str], Phone] = {}
    for document in documents:
        for phone in _of(document, site):
            phones.setdefault((phone.where, phone.purpose, phone.digits), phone)
    return PhoneReading(site, tuple(phones.values())) if phones else None


def _of(document: Document, site: str) -> Iterator[Phone]:
    title = document.title.strip()
    if "通知" not in title and (_GUIDE.search(title) or _CONTACT.match(title)):
        other = _other(title, site)
        where = f"{GUIDE}（{other}）" if other else GUIDE if _GUIDE.search(title) else CONTACT
        # Not the whole text, which has the footer as well.
        for digits, written, purpose in numbers(body(document)):
            yield Phone(digits, written, purpose, where, title, document.url)
    footer = "\n".join(block.text for block in document.blocks if block.kind == "footer")
    found = list(numbers(footer))
    if not found and (read := document.page_facts.footer.get("phone", "")):  # below the text, in no footer of its own
        found = list(numbers(f"电话：{read}"))
    for digits, written, purpose in found:
        yield Phone(digits, written, purpose, FOOTER, title, document.url)


def numbers(text: str) -> Iterator[tuple[str, str, str]]:
    """The telephones that a text calls so: digits without area code, as written, and what they are for."""
    for found in _PHONE.finditer(text):
        line = text.rfind("\n", 0, found.start()) + 1
        before = text[max(line, found.start() - 60) : found.start()]
        if not before.strip():  # a cell of its own, behind one that says what it is
            before = text[text.rfind("\n", 0, max(line - 1, 0)) + 1 : line].strip()[-_BEFORE:]
        if _LABEL.search(before) and not _NO_PHONE.search(before):
            yield _AREA.sub("", re.sub(r"\D", "", found[0])), found[0].strip(), _purpose(before)


def _purpose(before: str) -> str:
    said = _label(_SENTENCE.split(before[-_BEFORE:])[-1])
    return next((name for name, pattern in _PURPOSES if pattern.search(said)), "")


def _label(said: str) -> str:
    """Behind another number: the label of this one, without that of the other."""
    return re.split(r"\d{4}[\s，,、|]+(?=[^\d\s]{2})", said)[-1]


def _other(title: str, site: str) -> str:
    """The organ whose guide it is, where that is not the site's own; "" where none is named."""
    organ = title.partition("公开")[0]
    for topic in _TOPICS:
        organ = organ.removesuffix(topic)
    organ = f"{organ}政府" if organ.endswith("人民") else organ
    known = organ.endswith("政府") or _ORGAN.search(organ)
    return organ if known and site and organ not in site and site not in organ else ""
