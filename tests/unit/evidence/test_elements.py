"""页面要素: what a site shows, what it lacks, and what nobody can say."""

from __future__ import annotations

from dataclasses import replace

from jimo_lint.evidence.elements import elements
from jimo_lint.model import Document, SiteReading

HOME = Document("https://www.example.gov.cn/", "https://www.example.gov.cn/", "site", "示例区人民政府")
SITE = SiteReading("示例区", "", HOME, metas={"sitename": "示例区", "sitedomain": " "}, footers={"icp": "鲁ICP备0号"})


def found(site: SiteReading) -> dict[str, bool | None]:
    """What is said of each element."""
    return {one.name: one.found for one in elements(site)}


def test_what_was_seen_and_what_was_not() -> None:
    """A whole site was read: an element is there or lacks, and an empty meta is none."""
    said = found(SITE)
    assert (said["ICP备案号"], said["公安备案号"]) == (True, False)
    assert (said["SiteName"], said["SiteDomain"], said["SiteIDCode"]) == (True, False, False)
    assert {one.name: one.text for one in elements(SITE)}["ICP备案号"] == "鲁ICP备0号"


def test_what_was_not_read_is_not_called_lacking() -> None:
    """Part of a site, a footer made by script in part or whole, a home page that could not be read: nothing lacks."""
    part = found(replace(SITE, complete=False))
    assert (part["ICP备案号"], part["公安备案号"]) == (True, None)
    assert set(found(replace(SITE, footers={}, metas={"sitename": "甲"})).values()) == {None, True, False}
    assert found(replace(SITE, footers={}))["ICP备案号"] is None
    assert found(replace(SITE, footers={**SITE.footers, "unread": "frame"}))["公安备案号"] is None
    assert set(found(replace(SITE, home=None, footers={}, metas={})).values()) == {None}
