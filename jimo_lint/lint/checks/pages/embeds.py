"""Finds faults of what a page embeds: pictures without alternative text, insecure parts of a secure page."""

from __future__ import annotations

from collections.abc import Container, Iterator
from urllib.parse import urlsplit

from jimo_lint.evidence.articles import is_article
from jimo_lint.lint.checks.base import Detail
from jimo_lint.lint.checks.pages.attachments import uploaded
from jimo_lint.model import Document, Link

_KINDS = {"script": "脚本", "style": "样式", "frame": "框架", "image": "图片", "media": "音视频"}


def without_alternative(document: Document) -> Iterator[Detail]:
    """Pictures in the text of an article without alternative text; one problem for the site.

    Pictures of the frame (logos, buttons, icons of file types) are left out: many are decoration, which needs none.
    """
    if not is_article(document):
        return
    silent = [link for link in document.links if _is_picture(link) and not link.text.strip()]
    if silent:
        yield Detail({"count": str(len(silent)), "image": urlsplit(silent[0].url).path}, "alt")


def _is_picture(link: Link) -> bool:
    return link.kind == "image" and uploaded(link) and "icon" not in link.url.lower()


def insecure_scripts(document: Document) -> Iterator[Detail]:
    """Scripts, styles and frames that a secure page loads insecurely: browsers refuse them."""
    return _insecure(document, ("script", "style", "frame"))


def insecure_images(document: Document) -> Iterator[Detail]:
    """Pictures, sound and film that a secure page loads insecurely: browsers warn of them."""
    return _insecure(document, ("image", "media"))


def _insecure(document: Document, kinds: Container[str]) -> Iterator[Detail]:
    """One hit for each host that such parts come from, with the first of them."""
    if document.source != "site" or not document.url.startswith("https://"):
        return
    seen: set[str] = set()
    for link in document.links:
        if link.kind in kinds and link.url.startswith("http://"):
            host = urlsplit(link.url).netloc.lower()
            if host not in seen:
                seen.add(host)
                yield Detail({"what": _KINDS[link.kind], "address": link.url, "host": host}, host)
