"""Finds standard metas (网站标签) that pages lack, and those whose content cannot be right."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from jimo_lint.domains import registered
from jimo_lint.lint.checks.base import Detail
from jimo_lint.model import Document, PageClass
from jimo_lint.settings.sections import ID_CODE

if TYPE_CHECKING:
    from jimo_lint.model import SiteReading

_CLASS_NAMES = {"list": "栏目页", "article": "内容页"}
_LOOPBACK = frozenset(".0123456789")


def missing(site: SiteReading, names: Sequence[str]) -> Detail | None:
    """Metas that the home page lacks or leaves empty; names are matched without regard to case."""
    absent = [name for name in names if name.lower() not in site.metas]
    empty = [name for name in names if name.lower() in site.metas and not site.metas[name.lower()].strip()]
    if not absent and not empty:
        return None
    return Detail({"missing": "、".join([*absent, *(f"{name}（内容为空）" for name in empty)])})


def lacking(site: SiteReading) -> Detail:
    """What column and article pages lack, with how many of how many: one template makes thousands."""
    parts = []
    for page_class, name in _CLASS_NAMES.items():
        counts = [one for one in site.lacking if one.page_class == page_class]
        by_pages: dict[tuple[int, int], list[str]] = {}
        for one in counts:
            by_pages.setdefault((one.pages, one.total), []).append(one.name)
        parts += [f"{name} {pages}/{total} 页缺 {'、'.join(names)}" for (pages, total), names in by_pages.items()]
    return Detail({"counts": "；".join(parts)})


def malformed(as_of: date, document: Document) -> Iterator[Detail]:
    """A SiteDomain of another site, a PubDate that is no date, a SiteIDCode of the wrong form.

    Tolerant as sites are: a scheme, a slash or a second host in SiteDomain, any form of date, any case. ColumnType
    is free text. Empty ones are missing, not malformed. On the home page the code is C108's business.
    """
    if document.source != "site":
        return
    domain = document.metas.get("sitedomain", "").strip()
    if domain and not _own(domain, document.url):
        said = f"SiteDomain 为“{domain}”，本页在 {urlsplit(document.url).hostname}"
        yield Detail({"fault": said}, f"sitedomain {domain}")
    written = document.metas.get("pubdate", "").strip()
    if written and document.page_facts.page_class is PageClass.ARTICLE:
        from jimo_lint.extract.dates import text_dates  # of no use to a check of drafts

        if text_dates.parse(written, as_of) is None:
            yield Detail({"fault": f"PubDate 为“{written}”，不是日期"}, "pubdate")
    code = document.metas.get("siteidcode", "").strip()
    if code and document.page_facts.page_class is not PageClass.HOME and not ID_CODE.fullmatch(code.lower()):
        yield Detail({"fault": f"SiteIDCode 为“{code}”，应为 10 位数字，或 bm 加 8 位数字"}, f"siteidcode {code}")


def _own(domain: str, url: str) -> bool:
    """True where one of the hosts written belongs to the same registered domain; loopback cannot be compared."""
    host = urlsplit(url).hostname or ""
    if _LOOPBACK.issuperset(host) or ":" in host or "." not in host:
        return True
    written = [
        part.partition("://")[2] or part for part in domain.lower().replace("，", ",").replace("、", ",").split(",")
    ]
    hosts = [part.strip().partition("/")[0].partition(":")[0] for part in written]
    return any(registered(one) == registered(host) for one in hosts if one)
