"""The one parse of a page: its elements and text as flat lists in document order, so that later steps only count."""

from __future__ import annotations

import re

from selectolax.lexbor import LexborHTMLParser, LexborNode

from jimo_lint.extract.charset import clean


def words(listed: str) -> frozenset[str]:
    """The set of the words in a text."""
    return frozenset(listed.split())


INLINE = words(
    "a abbr acronym b bdi bdo big cite code del dfn em font i img ins kbd label mark o:p q rp rt ruby s samp small "
    "span st1:chsdate strike strong sub sup time tt u var wbr"
)
_SKIPPED = words("script style noscript template svg math textarea object noframes noembed xmp")
_BARE = words("br b strong u font o:p hr tbody")  # elements whose attributes nobody asks for
_BLANK = re.compile("[ \t\r\n\xa0\u2002-\u200a\u2028\u2029]+")
_INVISIBLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]")
# A line break in the source between two Chinese characters is no blank that the author wrote.
_WRAPPED = re.compile(r"(?<=[\u3000-\u9fff\uff00-\uffef])[ \t]*[\r\n]\s*(?=[\u3000-\u9fff\uff00-\uffef])")

_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)")
_SELF_CLOSING = words(
    "p li dd dt tr td th tbody thead tfoot option br hr img input meta link base area col embed source param wbr a"
)
_SURELY_FAST = 100_000  # characters; shorter pages cannot nest deep enough to take a second
_DEEPEST = 5_000


def tidy(text: str) -> str:
    """Text as a reader sees it: blanks run together, no invisible characters; U+3000 inside names is kept."""
    if text.isprintable() and "  " not in text:
        return text.strip()
    if "\n" in text:
        text = _WRAPPED.sub("", text)
    text = _BLANK.sub(" ", text)
    return _INVISIBLE.sub("", text).strip()


def shallow(html: str) -> str:
    """The page up to where it nests too deep: lexbor's time grows with the square of the depth."""
    if len(html) < _SURELY_FAST:
        return html
    depth = 0
    for found in _TAG.finditer(html):
        if found[2].lower() not in _SELF_CLOSING:
            depth += -1 if found[1] else 1
            if depth > _DEEPEST:
                return html[: found.start()]
    return html


def _parse(html: str) -> LexborNode | None:
    try:
        return LexborHTMLParser(html).root
    except UnicodeEncodeError:  # lone surrogates, the one thing that selectolax refuses
        return LexborHTMLParser(clean(html)).root


class Tree:
    """A page's elements (numbered in document order) and runs of text.

    tags, attrs, parents, ends: by element; `ends[i]` is the number after the last element inside i, `parents[0]`
    is -1. texts, owners, lines: by run of text; runs of one line have no block border or `<br>` between them.
    firsts[i], lasts[i]: the runs inside element i are `firsts[i]:lasts[i]`. by_tag: numbers of the elements.
    """

    __slots__ = ("attrs", "by_tag", "ends", "firsts", "lasts", "lines", "owners", "parents", "scripts", "tags", "texts")

    def __init__(self, html: str) -> None:
        self.tags: list[str] = []
        self.attrs: list[dict[str, str | None]] = []
        self.parents: list[int] = []
        self.ends: list[int] = []
        self.firsts: list[int] = []
        self.lasts: list[int] = []
        self.texts: list[str] = []
        self.owners: list[int] = []
        self.lines: list[int] = []
        self.by_tag: dict[str, list[int]] = {}
        self.scripts: list[str] = []
        self._walk(html)

    def _walk(self, html: str) -> None:
        node = _parse(shallow(html))
        if node is None:
            return
        tags, attrs, parents, ends = self.tags, self.attrs, self.parents, self.ends
        firsts, lasts, texts, owners, lines = self.firsts, self.lasts, self.texts, self.owners, self.lines
        by_tag, inline, skipped, bare = self.by_tag, INLINE, _SKIPPED, _BARE
        none: dict[str, str | None] = {}
        line = 0
        current = -1
        stack: list[tuple[object, int]] = []
        while True:
            tag = node.tag
            child = None
            if tag == "-text":
                text = node.text_content
                if text:
                    texts.append(text)
                    owners.append(current)
                    lines.append(line)
            elif tag and tag != "-comment" and tag[0] not in "-!":
                number = len(tags)
                tags.append(tag)
                attrs.append(none if tag in bare else node.attributes)
                parents.append(current)
                ends.append(number + 1)
                firsts.append(len(texts))
                lasts.append(len(texts))
                same = by_tag.get(tag)
                if same is None:
                    by_tag[tag] = [number]
                else:
                    same.append(number)
                if tag not in inline:
                    line += 1
                if tag in skipped:
                    if tag == "script":
                        self.scripts.append(node.text(deep=True) or "")
                else:
                    child = node.first_child
                if child is not None:
                    stack.append((node, number))
                    current = number
                    node = child
                    continue
            following = node.next
            while following is None:
                if not stack:
                    return
                parent, number = stack.pop()
                ends[number] = len(tags)
                lasts[number] = len(texts)
                current = parents[number]
                if tags[number] not in inline:
                    line += 1
                following = parent.next  # type: ignore[attr-defined]
                if current < 0:
                    return
            node = following
