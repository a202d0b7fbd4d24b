"""Finds faults of the site as a whole: a home page that stands still, metas, footer, identification code, reports."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from enum import StrEnum
from typing import Any

from jimo_lint.evidence.standards import FOOTER_ELEMENTS, FOOTER_TEXTS
from jimo_lint.lint.checks.base import Detail, given_table, given_texts, params
from jimo_lint.lint.checks.sites import annual, metas
from jimo_lint.lint.checks.updates.duty import arithmetic
from jimo_lint.model import Context, Document, Hit, MetaCount, Rule, SiteReading
from jimo_lint.settings.sections import ID_CODE
from jimo_lint.settings.toml import Table


class _What(StrEnum):
    STALE_HOME = "stale-home"
    METAS = "metas"
    PAGE_METAS = "page-metas"
    FOOTER = "footer"
    ID_CODE = "id-code"
    INFO_REPORT = "info-report"
    SITE_REPORT = "site-report"


class SiteCheck:
    """The kind `site`. params.check is a member of `_What`; metas has params.names, the reports their due days.

    All are silent where the home page was not read: what a page is missing can only be said of a page seen.
    """

    def __init__(self, rules: Sequence[Rule], context: Context) -> None:
        self._context = context
        self._rules: list[tuple[str, _What, tuple[str, ...], annual.Due | None]] = []
        for rule in rules:
            table = params(rule)
            what = table.choice("check", _What)
            names = table.texts("names") if what is _What.METAS else ()
            due = annual.read(table) if what in (_What.INFO_REPORT, _What.SITE_REPORT) else None
            self._rules.append((rule.code, what, names, due))
            table.finish()

    def hits(self, subject: SiteReading) -> Iterator[Hit]:
        """At most one hit a rule."""
        if subject.home is None:
            return
        for code, what, names, due in self._rules:
            detail: Detail | None = None
            pages, samples = 1, tuple[str, ...]()
            if what is _What.STALE_HOME:
                detail = stale_home(subject, self._context)
            elif what is _What.METAS:
                detail = metas.missing(subject, names)
            elif what is _What.PAGE_METAS and subject.lacking:
                detail = metas.lacking(subject)
                most = max(subject.lacking, key=lambda one: one.pages)
                pages, samples = most.pages, most.samples
            elif what is _What.FOOTER:
                detail = missing_footer(subject)
            elif what is _What.ID_CODE:
                detail = code_mismatch(subject, self._context)
            elif due:
                detail = annual.missing(subject, due, self._context.as_of)
            if detail:
                yield replace(detail.hit(code, site=subject.name), pages=pages, samples=samples)

    @staticmethod
    def example(given: Mapping[str, Any]) -> SiteReading:
        """Fields of `SiteReading`; `home = false` for a home page that could not be read."""
        table = given_table(given)
        url = "https://www.example.gov.cn/"
        reading = SiteReading(
            name=table.text("site", "示例区人民政府"),
            id_code=table.text("id_code", ""),
            home=Document(url, url, "site", "示例区人民政府") if table.flag("home", True) else None,
            newest_home=table.day("newest_home"),
            metas=given_texts(table, "metas"),
            footers=given_texts(table, "footers"),
            second_level=table.flag("second_level", False),
            lacking=tuple(_count(row) for row in table.tables("lacking")),
            reports=tuple((row.text("title"), row.day("published")) for row in table.tables("report")),
            complete=table.flag("complete", True),
        )
        table.finish()
        return reading


def _count(table: Table) -> MetaCount:
    return MetaCount(
        table.text("page_class", "article"),
        table.text("name"),
        table.integer("pages", 1, low=1, high=1_000_000),
        table.integer("total", 1, low=1, high=1_000_000),
    )


def stale_home(site: SiteReading, context: Context) -> Detail | None:
    """The home page shows nothing newer than the profile's limit. No date found is not a proof of silence."""
    limit, newest = context.profile.home.max_age, site.newest_home
    if limit is None or newest is None or not limit.exceeded(newest, context.as_of):
        return None
    where = "（首页没有稿件，以二级页面为准）" if site.second_level else ""
    reason = arithmetic(newest, limit, context.as_of) + where
    return Detail({"reason": reason}, basis=f"{limit}：{context.profile.home.basis}")


def missing_footer(site: SiteReading) -> Detail | None:
    """Footer elements seen on no page.

    On one site in four the footer comes from a script: where none of its text was seen nothing is called missing,
    and a person looks.
    """
    missing = [title for key, title in FOOTER_ELEMENTS.items() if key not in site.footers]
    if not missing:
        return None
    if FOOTER_TEXTS.isdisjoint(site.footers):
        return Detail({"said": "没有读到文字，可能由脚本生成，七项要素是否齐全请人工核对"})
    if "unread" in site.footers:
        return Detail({"said": f"没有读到：{'、'.join(missing)}；页脚有一部分由脚本或框架生成，请人工核对"})
    return Detail({"said": f"没有读到：{'、'.join(missing)}"})


def code_mismatch(site: SiteReading, context: Context) -> Detail | None:
    """The configured identification code, the meta's and the footer's differ, or one is not a code at all."""
    written = {
        "配置": site.id_code or context.id_code,
        "网页标签 SiteIDCode": site.metas.get("siteidcode", ""),
        "页脚": site.footers.get("idcode", ""),
    }
    codes = {where: _code(text) for where, text in written.items() if text.strip()}
    malformed = [where for where, code in codes.items() if not ID_CODE.fullmatch(code)]
    if not malformed and len(set(codes.values())) < 2:
        return None
    said = "，".join(f"{where} {code}" + ("（形式不对）" * (where in malformed)) for where, code in codes.items())
    return Detail({"codes": said})


def _code(text: str) -> str:
    """The code within a footer's text such as 网站标识码：4114240001; the text itself where there is none."""
    found = re.search(rf"(?<![0-9a-z])(?:{ID_CODE.pattern})(?![0-9])", text.lower())
    return found[0] if found else " ".join(text.split())[:40]
