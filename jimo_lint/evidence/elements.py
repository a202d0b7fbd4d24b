"""Lists what a site shows of what every site has to show: the footer's elements and the site's metas."""

from __future__ import annotations

from collections.abc import Iterator

from jimo_lint.evidence.standards import FOOTER_ELEMENTS, SITE_METAS
from jimo_lint.model import Element, SiteReading

_GUIDE = "国办发〔2017〕47号"


def elements(site: SiteReading) -> Iterator[Element]:
    """Footer elements seen anywhere on the site, and the metas of the home page."""
    read = site.home is not None
    # On one site in four the footer comes from a script: where nothing at all was read, or a part of it comes from
    # elsewhere, nothing is said to lack.
    whole = read and site.complete and bool(site.footers) and "unread" not in site.footers
    for key, title in FOOTER_ELEMENTS.items():
        found = True if key in site.footers else False if whole else None
        yield Element("页脚要素", title, found, site.footers.get(key, ""), f"{_GUIDE} 底部功能区")
    for name in SITE_METAS:
        text = site.metas.get(name.lower(), "").strip()
        yield Element("网站标签", name, bool(text) if read else None, text, f"{_GUIDE} 附件《网页设计规范》网站标签")
