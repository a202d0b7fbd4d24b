"""The one parse of a page: its elements and text as flat lists in document order, so that later steps only count."""

from __future__ import annotations

import re
from collections.abc import Iterator
from operator import attrgetter
from typing import NamedTuple

from selectolax.lexbor import LexborHTMLParser, LexborNode

from jimo_lint.extract.markup.charset import clean


def words(listed: str) -> frozenset[str]:
    """The set of the words in a text."""
    return frozenset(listed.split())


INLINE = words(
    "a abbr acronym b bdi bdo big cite code del dfn em font i img ins kbd label mark o:p q rb rp rt rtc ruby s samp "
    "small span st1:chsdate strike strong sub sup time tt u var wbr"
)
# The guide above a word (拼音) stands in the middle of it and is no part of it.
_SKIPPED = words("script style noscript template svg math textarea noframes noembed xmp rt rp rtc")
_BARE = words("br o:p hr tbody")  # elements whose attributes say nothing of use
_PLAIN = words("b strong u font")  # elements whose class and id say nothing of what they hold
_RAW = words("script style xmp iframe noembed noframes plaintext")  # their content is written as it is
_VOID = words("area base basefont bgsound br col embed frame hr img input keygen link meta param source track wbr")
_REGIONS = words("nav header aside select footer")
_LISTED = words(
    "a area article audio base body br embed frame h1 h2 h3 iframe img link meta object option script source td th "
    "time title video"
)
CLICKED, HINTED = "@clicked", "@hinted"  # in `Tree.by_tag`, for elements of any tag
_CLICKS = words("onclick data-href data-url data-link ng-click @click v-on:click")
_UNCLICKED = words("a body html head form select option label iframe script link")  # links themselves, or no place
# Attributes that people are shown or read, and elements that show theirs to nobody.
_HINTS = words("title placeholder aria-label label summary srcdoc value alt")
_UNHINTED = words("img html head link meta script style li option param data meter progress")
_BLANK = re.compile("[ \t\r\n\xa0\u2002-\u200a\u2028\u2029]+")
_INVISIBLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]")
# A line break in the source between two Chinese characters is no blank that the author wrote.
_WRAPPED = re.compile(r"(?<=[\u3000-\u9fff\uff00-\uffef])[ \t]*[\r\n]\s*(?=[\u3000-\u9fff\uff00-\uffef])")

_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)")
_SELF_CLOSING = words(
    "p li dd dt tr td th tbody thead tfoot option br hr img input meta link base area col embed source param wbr a"
)
# What a browser fills in where a framework runs; attributes and scripts by which pages show that one does.
EXPRESSION = re.compile(r"\{\{[^{}]*\}\}")
_DIRECTIVES = ("v-", "ng-", "x-data", "x-for", "x-text", ":", "@", "*ng")
_FRAMEWORK = re.compile(r"new Vue\b|createApp\(|angular\.module\(|Handlebars\.compile\(|Mustache\.render\(", re.A)
_LOADED = re.compile(r"\b(?:vue|angular|alpine|handlebars|mustache)\b", re.I)

# A comment, a script or the like with its content, or a tag; a quote counts only behind an equals sign. What is never
# closed swallows the rest, as in browsers.
_MARKUP = re.compile(
    r"<!--.*?(?:-->|\Z)|<(?:(script|style|textarea|title|xmp|iframe|noembed|noframes)\b.*?(?:</\1\b[^>]*+(?:>|\Z)|\Z)"
    r"""|(/?)([a-zA-Z][^\s/>]*+)(?:[^>=]++|=\s*+(?:"[^"]*+"|'[^']*+')?+)*+(?:>|\Z))""",
    re.S | re.I,
)
_FLAT = words("a area base br embed hr img input link meta source wbr")  # what opens no depth, or leads somewhere

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
    """The page without the tags that nest too deep, as browsers flatten it: lexbor's time grows with the square of the
    depth. No text is lost, and no link."""
    if len(html) < _SURELY_FAST:
        return html
    depth = 0
    for found in _TAG.finditer(html):
        if found[2].lower() not in _SELF_CLOSING:
            depth += -1 if found[1] else 1
            if depth > _DEEPEST:
                return html[: found.start()] + _flat(html[found.start() :])
    return html


def _flat(html: str) -> str:
    """The rest of a page from where it nests too deep; a line break stands for each tag that ends a line."""
    parts: list[str] = []
    depth, at = _DEEPEST, 0
    for found in _MARKUP.finditer(html):
        name = (found[3] or "").lower()
        if not name or name in _FLAT:
            continue
        is_counted = name not in _SELF_CLOSING
        depth += is_counted and not found[2]
        if depth > _DEEPEST or (depth == _DEEPEST and not is_counted):
            parts += (html[at : found.start()], "" if name in INLINE else "<br>")
            at = found.end()
        depth -= is_counted and bool(found[2])
    return "".join((*parts, html[at:]))


def _parse(html: str) -> LexborNode | None:
    try:
        return LexborHTMLParser(html).root
    except UnicodeEncodeError:  # lone surrogates, the one thing that selectolax refuses
        return LexborHTMLParser(clean(html)).root


def canonical(html: str) -> str:
    """A page as lexbor writes it."""
    root = _parse(shallow(html))
    return (root.html if root else "") or ""


class Opening(NamedTuple):
    """What an opening tag says; the same object for all that are written alike.

    names: class and id. listed: the keys of `Tree.by_tag`. written: the tag as lexbor writes it.
    """

    tag: str
    attrs: dict[str, str | None]
    names: str
    telling: bool  # of what the element holds: by class, id or tag
    inline: bool
    listed: tuple[str, ...]
    special: bool  # void, raw or skipped
    written: str


_tag_of, _attrs_of, _names_of = map(attrgetter, ("tag", "attrs", "names"))

# As lexbor writes them: names may hold quotes, values may not.
_ATTRIBUTE = re.compile(r' ([^\s/>][^\s/>=]*)="([^"]*)"', re.A)


def unescape(text: str) -> str:
    """The text itself, of what lexbor escaped: these five and nothing else, so `html.unescape` would do too much."""
    text = text.replace("&lt;", "<").replace("&gt;", ">").replace("&nbsp;", "\xa0").replace("&quot;", '"')
    return text.replace("&amp;", "&")


def _opening(written: str) -> Opening:
    """What a tag says that is written so, without its angle brackets."""
    tag, _, rest = written.partition(" ")
    attrs: dict[str, str | None] = {}
    if tag not in _BARE:
        for name, value in _ATTRIBUTE.findall(f" {rest}"):
            attrs[name] = unescape(value) if "&" in value else value
    # 开普 marks title and text by elements of its own: <UCAPTITLE>, <UCAPCONTENT>.
    classes, name = attrs.get("class") or (tag if tag.startswith("ucap") else ""), attrs.get("id") or ""
    names = "" if tag in _PLAIN else f"{classes} {name}" if name else classes
    return Opening(
        tag,
        attrs,
        names,
        bool(names) or tag in _REGIONS,
        tag in INLINE,
        ((tag,) if tag in _LISTED else ())
        + ((CLICKED,) if tag not in _UNCLICKED and _CLICKS & attrs.keys() else ())
        + ((HINTED,) if tag not in _UNHINTED and _HINTS & attrs.keys() else ()),
        tag in _VOID or tag in _RAW or tag in _SKIPPED,
        written,
    )


# What the walk does at a tag: opening (None for what opens nothing), telling, inline, listed, special, and whether its
# content is raw or skipped; of what opens nothing, special tells whether it closes something. Tuples as they are,
# which are unpacked in a quarter of the time of named ones, in a plain dict: this is looked up for every tag.
_Step = tuple[Opening | None, bool, bool, tuple[str, ...], bool, bool]
_steps: dict[str, _Step] = {}
_MOST_STEPS = 16384  # the tags of a site repeat on all its pages; then all are forgotten, and the useful come back


class Tree:
    """A page's elements (numbered in document order) and runs of text.

    tags, attrs, names, parents, ends: by element; `names` are class and id as written, `ends[i]` is the number after
    the last element inside i, `parents[0]` is -1. texts, owners, lines: by run of text; runs of one line have no
    block border or `<br>` between them. firsts[i], lasts[i]: the runs inside element i are `firsts[i]:lasts[i]`.
    by_tag: numbers of the elements of the tags in `_LISTED`, of those that listen to clicks and of those with hints.
    telling: numbers of those whose class, id or tag may tell what they hold. apart: elements whose content is no
    running text, with it. Attributes are shared between elements that are written alike: nobody changes them.
    """

    __slots__ = (
        "_braced", "_openings", "_templated", "apart", "attrs", "by_tag", "ends", "firsts", "lasts", "lines", "names",
        "owners", "parents", "scripts", "tags", "telling", "texts",
    )  # fmt: skip

    def __init__(self, html: str) -> None:
        self.parents: list[int] = []
        self.ends: list[int] = []
        self.firsts: list[int] = []
        self.lasts: list[int] = []
        self.texts: list[str] = []
        self.owners: list[int] = []
        self.lines: list[int] = []
        self.by_tag: dict[str, list[int]] = {}
        self.telling: list[int] = []
        self.scripts: list[str] = []
        self._templated: bool | None = None
        self.apart: list[tuple[int, str]] = []
        self._braced: list[str] = []
        self._openings = openings = self._walk(html)
        self.tags: list[str] = list(map(_tag_of, openings))
        self.attrs: list[dict[str, str | None]] = list(map(_attrs_of, openings))
        self.names: list[str] = list(map(_names_of, openings))
        braced = "{{" in "".join(self.texts)
        if braced:
            self._braced = self.texts
        if braced and self.templated:
            shown = [self.tags[owner] == "title" for owner in self.owners]
            self.texts = [
                text if kept or "{{" not in text else EXPRESSION.sub("", text)
                for text, kept in zip(self.texts, shown, strict=True)
            ]

    @property
    def templated(self) -> bool:
        """True where a framework fills the page in the browser, so that its `{{ }}` are no text."""
        if self._templated is None:
            self._templated = self._has_framework()
        return self._templated

    @property
    def code(self) -> str:
        """Tags, scripts and templates as they are written, and text that may be part of one."""
        apart = [content for _, content in self.apart]
        return "\n".join([*{opening.written for opening in self._openings}, *self.scripts, *apart, *self._braced])

    def _has_framework(self) -> bool:
        if any(name.startswith(_DIRECTIVES) for attrs in self.attrs for name in attrs):
            return True
        loaded = (self.attrs[number].get("src") or "" for number in self.by_tag.get("script", ()))
        return any(map(_FRAMEWORK.search, self.scripts)) or any(map(_LOADED.search, loaded))

    def _walk(self, html: str) -> list[Opening]:
        """Read the canonical form of the page, which lexbor writes: half the time of asking it node by node."""
        openings: list[Opening] = []
        parents, ends, firsts, lasts = self.parents, self.ends, self.firsts, self.lasts
        texts, owners, lines = self.texts, self.owners, self.lines
        by_tag, telling = self.by_tag, self.telling
        line = number = runs = 0  # of the line, element and run to come
        current = -1
        pieces = iter(canonical(html).split("<"))
        next(pieces)
        known = _steps.get
        for piece in pieces:
            written, closed, text = piece.partition(">")
            step = known(written) if closed else None
            if step is None:
                if not closed or piece[0] in "!?":
                    written, text = _odd(piece, pieces)
                step = _step(written)
            opening, tells, inline, listed, special, raw = step
            if opening:
                openings.append(opening)
                parents.append(current)
                firsts.append(runs)
                lasts.append(runs)
                if tells:
                    telling.append(number)
                for key in listed:
                    by_tag.setdefault(key, []).append(number)
                if not inline:
                    line += 1
                if not special:
                    current = number
                number += 1
                ends.append(number)
                if raw:
                    content, text = _content(opening.tag, text, pieces)
                    if not self._is_kept_apart(opening.tag, number - 1, content) and content:
                        texts.append(content)
                        owners.append(number - 1)
                        lines.append(line)
                        runs += 1
                        lasts[number - 1] = runs
                        line += not inline
            elif special and current >= 0:  # the end of an element
                ends[current] = number
                lasts[current] = runs
                if not openings[current].inline:
                    line += 1
                current = parents[current]
            if text:
                texts.append(unescape(text) if "&" in text else text)
                owners.append(current)
                lines.append(line)
                runs += 1
        self._close(current, number, runs)
        return openings

    def _is_kept_apart(self, tag: str, number: int, content: str) -> bool:
        """True for what is no running text: scripts, styles, templates, fields, drawings."""
        if tag == "script":
            self.scripts.append(content)
        elif tag in _SKIPPED and tag != "style":
            self.apart.append((number, content))
        return tag in _SKIPPED

    def _close(self, element: int, number: int, runs: int) -> None:
        """End what is open where a page ends in the middle of a comment or script."""
        while element >= 0:
            self.ends[element] = number
            self.lasts[element] = runs
            element = self.parents[element]


def _step(written: str) -> _Step:
    """What the walk does at a tag that is written so; nothing at a comment."""
    if written[:1] == "/":
        step: _Step = (None, False, False, (), True, False)
    elif written:
        opening = _opening(written)
        raw = opening.special and opening.tag not in _VOID
        step = (opening, opening.telling, opening.inline, opening.listed, opening.special, raw)
    else:
        return None, False, False, (), False, False
    if len(_steps) >= _MOST_STEPS:
        _steps.clear()
    _steps[written] = step
    return step


def _odd(piece: str, pieces: Iterator[str]) -> tuple[str, str]:
    """Of what is no tag, or one that goes on behind a "<": the tag as it is written ("" for none), and the text."""
    if piece[:1] == "!":
        return "", _after_comment(piece, pieces)
    written, closed, text = piece.partition(">")
    if not closed:  # angle brackets stand in names only, which is rare: values have them escaped
        written, text = _rest_of_tag(written, pieces)
    return "" if piece[:1] == "?" else written, text


def _rest_of_tag(written: str, pieces: Iterator[str]) -> tuple[str, str]:
    """A tag whose beginning is `written`, and the text behind it."""
    closed = text = ""
    while not closed:
        more, closed, text = next(pieces, ">").partition(">")
        written = f"{written}<{more}"
    return written, text


def _after_comment(piece: str, pieces: Iterator[str]) -> str:
    """The text behind a comment."""
    while "-->" not in piece:
        following = next(pieces, None)
        if following is None:
            return ""
        piece = following
    return piece.partition("-->")[2]


def _content(tag: str, text: str, pieces: Iterator[str]) -> tuple[str, str]:
    """What stands inside an element that is raw or skipped, as written, and the text behind it."""
    closing = f"/{tag}>"
    inside = [text]
    raw = tag in _RAW
    depth = 1
    escaped = 0  # of scripts: 1 inside `<!--`, 2 inside `<!-- <script>`, which the next `</script>` only leaves
    for piece in pieces:
        if piece.startswith(closing):
            if escaped < 2:
                depth -= 1
            else:
                escaped = 1
            if not depth:
                return "<".join(inside), piece[len(closing) :]
        elif tag == "script":
            if not escaped and piece.startswith("!--"):
                escaped = 1
            elif escaped == 1 and _SCRIPT.match(piece):
                escaped = 2
        elif not raw and piece.startswith("!--"):
            inside.append(f"!---->{_after_comment(piece, pieces)}")
            continue
        elif not raw and (name := _NAME.match(piece)):
            if name[0] == tag:
                depth += 1
            elif name[0] in _RAW:
                inside.append(f"/{name[0]}>{_content(name[0], '', pieces)[1]}")
                continue
        if escaped and "-->" in piece:
            escaped = 0
        inside.append(piece)
    return "<".join(inside), ""


_SCRIPT = re.compile(r"script[\s/>]", re.I)
_NAME = re.compile(r"[^\s/>]+(?=[\s>])")
