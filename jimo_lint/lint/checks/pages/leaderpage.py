"""Finds what a leader's page lacks: post, portrait, résumé, division of work (国办发〔2017〕47号 负责人信息)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from jimo_lint.evidence.articles import body, is_article
from jimo_lint.language.expressions import compiled
from jimo_lint.lint.checks.base import Detail
from jimo_lint.lint.checks.pages.attachments import uploaded
from jimo_lint.model import ColumnKind, Document

# Two to four Han characters, or a longer name with its dot. Lists pad short names with U+3000.
_NAME = r"[\u3400-\u9fff]{2,4}|[\u3400-\u9fff]{1,8}[·•‧][\u3400-\u9fff·•‧]{1,12}"
_TITLE = 14  # characters up to which a title may be a name with a post; a longer one is a report
_TEXT = 10  # characters below which the page is filled by a script
_ELEMENTS = {
    "职务": compiled(
        r"书记|[省市县区州乡镇局部厅院校所队站行处科司]长|主任|主席|常委|党组|秘书|委员|巡视员|调研员|工程师|会计师|督学"
        r"|总经理|职务"
    ),
    "简历": compiled(r"简历|履历|简介|[男女][，,、]|出生|毕业|参加工作"),
    "分工": compiled(r"分工|负责|分管|主管|主持|协助|联系"),
}


def incomplete(document: Document) -> Iterator[Detail]:
    """A page whose form is understood - titled with a name, or with two of the elements - and that lacks others."""
    found = _found(document)
    if found is None:
        return
    missing = [name for name in ("职务", "照片", "简历", "分工") if name not in found]
    if missing and _understood(document, found):
        yield Detail({"leader": "".join(document.title.split()), "missing": "、".join(missing)})


def unread(document: Document) -> Iterator[Detail]:
    """A page of the leaders' list that does not look like a leader's; one for the column, for a person to look at."""
    found = _found(document)
    if found is not None and not _understood(document, found):
        yield Detail(identity=document.column or document.id)


def _understood(document: Document, found: set[str]) -> bool:
    named = re.fullmatch(_NAME, "".join(document.title.split())) is not None
    return len(found) > 1 or (named and len(body(document)) >= _TEXT)


def _found(document: Document) -> set[str] | None:
    """The elements seen on a page of the leaders' list; None where it is another kind of page."""
    if not is_article(document) or document.page_facts.column_kind is not ColumnKind.LEADERS:
        return None
    if not document.page_facts.list_title or len("".join(document.title.split())) > _TITLE:
        return None
    # The résumé and the division may stand on pages of their own that the page leads to.
    said = "\n".join([document.title, body(document), *(link.text for link in document.links if len(link.text) <= 8)])
    found = {name for name, pattern in _ELEMENTS.items() if pattern.search(said)}
    uploads = (one for one in document.links if one.kind == "image" and uploaded(one) and "icon" not in one.url.lower())
    if document.page_facts.portrait or any(uploads):
        found.add("照片")
    return found
