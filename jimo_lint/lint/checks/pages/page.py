"""Finds faults of one page or post that are not in its words: no date, empty and local links, posts that are gone."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from functools import partial
from typing import Any
from urllib.parse import urlsplit

from jimo_lint.evidence.articles import body, is_article
from jimo_lint.extract.dates import machine_times
from jimo_lint.language.text import han_count
from jimo_lint.lint.checks.base import Detail, given_table, given_texts, named, params
from jimo_lint.lint.checks.pages import embeds, expiry, leaderpage, titles
from jimo_lint.lint.checks.sites import metas
from jimo_lint.model import Block, ColumnKind, Context, Document, Hit, Link, PageClass, PageFacts, PostState, Rule
from jimo_lint.settings import toml

# Below this a page is a notice of a download or a picture rather than an article with a date to show.
_ARTICLE_HAN = 100
_SAMPLES = 3
_STANDING = (ColumnKind.LEADERS, ColumnKind.ORGANISATION)  # columns whose pages have no day
# The address of a folder: a column's own page (区情概况, 机构设置), which is a standing text and not an article.
_FOLDER = re.compile(r"/(index[^/]*)?", re.IGNORECASE)


def undated(document: Document) -> Iterator[Detail]:
    """An article that a column lists, without any publish date: what no list leads to may be a standing text.

    `PageFacts.list_title` says that one lists it. Left out are leaders, organs, short pages (pictures,
    downloads) and standing texts at the address of a folder.
    """
    if not is_article(document) or document.published is not None or not document.page_facts.list_title:
        return
    if document.page_facts.column_kind in _STANDING:
        return
    path = urlsplit(document.url).path
    if _FOLDER.fullmatch(path[path.rfind("/") :] or "/"):
        return
    if han_count(body(document)) >= _ARTICLE_HAN:
        yield Detail()


def empty_links(document: Document) -> Iterator[Detail]:
    """One hit a page. An `<a>` without text is an anchor or decoration that nobody can click on.

    The same links in the template of many pages are one problem, so the texts identify it, not the page.
    """
    texts = [text for link in document.links if link.kind == "empty" and (text := " ".join(link.text.split()))]
    if texts:
        distinct = sorted(set(texts))
        shown = "、".join(f"“{text[:20]}”" for text in distinct[:_SAMPLES])
        more = "等" if len(distinct) > _SAMPLES else ""
        yield Detail({"count": str(len(texts)), "anchors": shown + more}, "\n".join(distinct))


def local_links(document: Document) -> Iterator[Detail]:
    """One hit for each address that only works on the editor's own machine or network."""
    seen: set[str] = set()
    for link in document.links:
        target = link.raw.strip() or link.url
        if link.kind == "local" and target not in seen:
            seen.add(target)
            yield Detail({"link": target, "anchor": " ".join(link.text.split())}, target)


def deleted_post(document: Document) -> Iterator[Detail]:
    """A post of an archive whose page says that its publisher deleted it."""
    if document.source == "archive" and document.state is PostState.DELETED:
        yield Detail()


def blocked_post(document: Document) -> Iterator[Detail]:
    """A post of an archive whose page says that the platform blocked it."""
    if document.source == "archive" and document.state is PostState.BLOCKED:
        yield Detail()


_CHECKS: dict[str, Callable[[Document], Iterator[Detail]]] = {
    "undated": undated,
    "empty-link": empty_links,
    "local-link": local_links,
    "deleted-post": deleted_post,
    "blocked-post": blocked_post,
    "foreign-title": titles.foreign,
    "markup-in-title": titles.markup,
    "image-without-alt": embeds.without_alternative,
    "insecure-script": embeds.insecure_scripts,
    "insecure-image": embeds.insecure_images,
    "incomplete-leader": leaderpage.incomplete,
    "unread-leader": leaderpage.unread,
    "void-unmarked": expiry.void_unmarked,
}
# Whose answer depends on the day of the check: `KINDS` names them, too.
_BY_DAY: dict[str, Callable[[date, Document], Iterator[Detail]]] = {
    "malformed-meta": metas.malformed,
    "expired": expiry.expired,
    "closed-notice": expiry.closed_notice,
}


class PageCheck:
    """The kind `page`. params.check: a key of `_CHECKS` or `_BY_DAY`."""

    def __init__(self, rules: Sequence[Rule], context: Context) -> None:
        known = _CHECKS | {name: partial(check, context.as_of) for name, check in _BY_DAY.items()}
        self._checks: list[tuple[str, Callable[[Document], Iterator[Detail]]]] = []
        for rule in rules:
            table = params(rule)
            self._checks.append((rule.code, named(table, known)))
            table.finish()

    def hits(self, subject: Document) -> Iterator[Hit]:
        """Hits without a span: they concern the page, not its text."""
        for code, check in self._checks:
            for detail in check(subject):
                yield detail.hit(code, page=subject.title)

    @staticmethod
    def example(given: Mapping[str, Any]) -> Document:
        """Fields of `Document`; `text` is its body, `page_class` what the page is."""
        table = given_table(given)
        published = machine_times.parse(table.day("published"))
        url = table.text("url", "https://www.example.gov.cn/tzgg/t1.html")
        document = Document(
            id=url,
            url=url,
            source=table.text("source", "site"),
            title=table.text("title", "示例页面"),
            blocks=(Block("body", table.text("text", "")),),
            published=published,
            published_from="label" if published else "",
            state=table.choice("state", PostState, "ok"),
            links=tuple(_link(row) for row in table.tables("link")),
            metas=given_texts(table, "metas"),
            facts=PageFacts(
                head_title=table.text("head_title", "") or None,
                page_class=table.choice("page_class", PageClass, "article"),
                list_title=table.text("list_title", ""),
                list_date=table.day("list_date"),
                column_kind=table.choice("column_kind", ColumnKind) if "column_kind" in given else None,
            ),
        )
        table.finish()
        return document


def _link(table: toml.Table) -> Link:
    raw = table.text("raw", "")
    link = Link(table.text("url", raw), table.text("text", ""), table.text("kind", "page"), raw)
    table.finish()
    return link
