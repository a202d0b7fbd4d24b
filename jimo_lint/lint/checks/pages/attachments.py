"""Rules about attachments that a page announces."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from jimo_lint.language.expressions import compiled
from jimo_lint.lint.checks.base import given_table, params
from jimo_lint.lint.checks.example_texts import draft
from jimo_lint.model import Block, Context, Document, Hit, Link, Rule, Span
from jimo_lint.values import replace

_ANNOUNCED = compiled(r"(?m)^[ \t　]*+附[ 　]?件[一1]?[ ]?[:：][ \t　]*+(?:[1１一][.．、][ \t　]*+)?(\S[^\n]{3,60})$")
_COUNT = compiled(r"[（(][^（()）]{1,8}[)）]$")  # 名单（3人）
# After the announcement come the signature, the date and the foot of the page; more text than that is the attachment.
_REST = 150
_FILE = compiled(r"(?i)\.(?:docx?|xlsx?|pptx?|pdf|wps|et|zip|rar|7z|ofd|txt|jpe?g|png)(?:[?#]|$)|download|attach|file")
# A picture that an editor put into the text has a number that the system gave it, or lies in its own folder; those
# of the page's frame have neither.
_UPLOADED = compiled(r"(?i)[0-9]{4}|[0-9a-f]{12}|upload|attach|/files?/|ueditor|kindeditor")


class AttachmentsCheck:
    """Reports an announced attachment where a page of a site offers none: no link, no picture, no text of it.

    Only pages of a site: a draft's attachments are added when it is published.
    """

    def __init__(self, rules: Sequence[Rule], _context: Context) -> None:
        for rule in rules:
            params(rule).finish()
        self._codes = [rule.code for rule in rules]

    def hits(self, subject: Document) -> Iterator[Hit]:
        """At most one hit a rule: the first announcement."""
        if subject.source != "site" or "附" not in subject.text or any(map(_offers, subject.links)):
            return
        body = [block for block in subject.blocks if block.kind in ("body", "table")]
        if any(block.kind == "attachment" for block in subject.blocks) or not body:
            return
        for match in _ANNOUNCED.finditer(subject.text):
            block, inside = subject.block_at(match.start(1))
            if block.kind not in ("body", "table"):
                continue
            following = body[body.index(block) + 1 :]
            after = sum(len(one.text) for one in following) + len(block.text) - inside
            if after - len(match[1]) <= _REST and not _is_below(match[1], block, inside, following):
                for code in self._codes:
                    yield Hit(code, Span(match.start(1), match.end(1)))
            return

    @staticmethod
    def example(given: Mapping[str, Any]) -> Document:
        """A draft (see `checks.drafts`) with `links`, the addresses on the page."""
        table = given_table(given)
        links = table.texts("links", ())
        rest = {key: value for key, value in given.items() if key != "links"}
        document = draft(rest)
        pictures = (".png", ".jpg")
        return replace(document, links=tuple(Link(u, kind="image" if u.endswith(pictures) else "page") for u in links))


def _is_below(title: str, announced: Block, inside: int, following: Sequence[Block]) -> bool:
    """True where a short attachment stands below its announcement: a table, or text under the announced title."""
    cells = sum(one.kind == "table" for one in following) if announced.kind == "body" else 0
    named = _COUNT.sub("", title.strip("《》。；"))
    rest = (announced.text[inside + len(title) :], *(one.text for one in following))
    return cells > 1 or any(named in text for text in rest)


def _offers(link: Link) -> bool:
    """True where a link may lead to an attachment, or shows it as a picture."""
    if link.kind == "attachment" or "附件" in link.text:
        return True
    if link.kind == "image":
        return uploaded(link)
    return link.kind in ("page", "media", "frame") and bool(_FILE.search(link.url))


def uploaded(link: Link) -> bool:
    """True for a picture that belongs to the text and not to the page's frame."""
    return bool(_UPLOADED.search(link.url.partition("://")[2].partition("/")[2]))
