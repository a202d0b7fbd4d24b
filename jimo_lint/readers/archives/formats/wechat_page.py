"""Reads a saved WeChat article page (mp.weixin.qq.com/s/…), and tells posts that are gone from posts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime
from html import unescape

from selectolax.lexbor import LexborHTMLParser, LexborNode

from jimo_lint.extract.dates import machine_times
from jimo_lint.extract.markup.charset import decode
from jimo_lint.extract.markup.tree import INLINE, tidy
from jimo_lint.model import Block, Document, Link, PostFacts, PostState, Problem, ProblemCode
from jimo_lint.readers.archives.formats import post
from jimo_lint.readers.source import Source

_MARKS = (
    b'id="js_content"',
    b'id="js_text_desc"',
    b'id="js_image_desc"',
    b"window.cgiDataNew",
    b"weui-msg",
    b"mesg-block",
    b"about-page",
    b"mmbizwap",
)
_XML = re.compile(rb"\s*<(?:\?xml|rss|feed|rdf:RDF)\b")

# The page's own data, as its script has it; the newest layout of every class carries it.
_DATA = re.compile(r"window\.cgiDataNew\s*=\s*\{")
_FIELD = r"\b{}: JsDecode\('((?:[^'\\]|\\.)*)'\)"
_ESCAPE = re.compile(r"\\(?:x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|(.))", re.S)
_PLAIN_ESCAPES = {"n": "\n", "r": "\r", "t": "\t"}
_SECONDS = re.compile(r"""(?:\bvar ct = |\bori_create_time: |\boriCreateTime = )["'](\d{9,10})["']""")
_CREATED = re.compile(r"""\bcreateTime = ["'](\d{4}-\d\d-\d\d \d\d:\d\d)["']|\bcreate_time: JsDecode\('([^']+)'\)""")
_SHOW_TYPE = re.compile(r"""\bitem_show_type\s*[:=]\s*["'](\d+)["']""")
_NO_OWN_TITLE = re.compile(r"\bis_user_title: '0'")
_ORIGIN = re.compile(r"以下文章来源于([^<，]+)")
# How older pages hold the body of a text post.
_OLD_FIELD = re.compile(r"\bvar (?:Text)?ContentNoEncode\s*=\s*window\.\w+\s*\|\|\s*'((?:[^'\\]|\\.)+)'")
_PICTURE = re.compile(r"\bheight: '\d+' \* 1,\s*cdn_url: '[^']")
_TAG = re.compile(r"</?[a-zA-Z][^<>]*>")
_BREAK = re.compile(r"<br\s*/?>|</p>|</div>", re.I)

_CLASSES = {"5": "video", "7": "audio", "8": "picture", "10": "text"}
# Where exporters write the body of these.
_EXPORTED = {"text": "#js_text_desc", "picture": "#js_image_desc"}
_BODIES = "#js_content, #js_text_desc, #js_image_desc"
_IN_SCRIPT = ("picture", "text")  # classes whose body stands in the script alone

_DELETED = re.compile(r"已被发布者删除|deleted by the author", re.I)
_BLOCKED = re.compile(r"违规|违反|投诉|侵权|屏蔽|violat|blocked", re.I)

# Served in place of an article to a program, to one who asks too often, or outside WeChat: what was saved is no post.
_GATE = re.compile(r"环境异常|完成验证|去验证|(?:操作|访问)过?于?频繁|请在微信客户端打开|参数错误|系统(?:出错|繁忙)")

_UNSEEN_TAGS = frozenset(("script", "style", "noscript", "svg"))
_SPACES = re.compile(r"\s+")


class WechatPage:
    """Saved pages of every class: article, repost, picture post, text post, deleted, blocked, unavailable."""

    NAME = "wechat-page"
    TITLE = "保存的微信文章网页"
    # What the office keeps as its archive is taken as all of it; a missing page is the office's own omission.
    PROVES_SILENCE = True

    @staticmethod
    def sign(source: Source) -> str:
        """The ids and classes that only these pages have; a feed may quote them, so XML is none."""
        if not source.start.startswith(b"<") or _XML.match(source.start):
            return ""
        return "网页里有微信文章页才有的标记" if any(mark in source.body for mark in _MARKS) else ""

    @staticmethod
    def read(source: Source) -> Iterator[Document | Problem]:
        """One document, or one Problem for a page that is no post."""
        yield page(source.place, decode(source.body))


def page(place: str, html: str) -> Document | Problem:
    """The post that a page holds, or a Problem for a page that is no post."""
    tree = LexborHTMLParser(html)
    start = _DATA.search(html)
    data = html[start.start() :] if start else ""
    if not data and tree.css_first(_BODIES) is None:
        return _without_article(place, tree)
    return _article(place, html, data, tree)


def _article(place: str, html: str, data: str, tree: LexborHTMLParser) -> Document:
    shown = _SHOW_TYPE.search(data) or _SHOW_TYPE.search(html)
    kind = _CLASSES.get(shown[1], "article") if shown else "article"
    content = None if kind in _IN_SCRIPT and data else tree.css_first("#js_content")
    if not shown and content is None:
        # As exporters save them: without scripts, the text put where the script would put it.
        kind, content = next(
            ((kind, node) for kind, mark in _EXPORTED.items() if (node := tree.css_first(mark)) is not None),
            (kind, None),
        )
    origin = _ORIGIN.search(html) if kind == "article" else None
    body = _content(content) if content is not None else ()
    if not body:
        body = post.paragraphs(_script_text(data or html))
    title = _meta(tree, "og:title") or _text(tree, "#activity-name") or _field(data, "title")
    titled = not (kind == "text" and _NO_OWN_TITLE.search(data))
    blocks = [Block("title", title, "标题")] if title and titled else []
    blocks += body
    digest = _meta(tree, "og:description") or _field(data, "desc")
    if kind == "article" and digest and _squeezed(digest) not in _squeezed("".join(one.text for one in body)):
        blocks.append(Block("meta", _SPACES.sub(" ", digest).strip(), "摘要"))
    if content is not None:
        blocks += _alts(content)
    if not titled or not title:
        first = body[0].text if body else ""
        title = first if len(first) <= 30 else f"{first[:30]}…"
    url = _meta(tree, "og:url") or _field(data, "link")
    written = _text(tree, "#publish_time")
    published = _published(html, data) or machine_times.parse(written)
    return post.Entry(
        title=title,
        blocks=blocks,
        # Without an address a page is known by what it says, wherever it lies.
        key=post.address_key(url) or (post.content_key(title, published) if published else post.content_key(place)),
        url=url,
        written=written,
        published=published,
        links=_links(content) if content is not None else (),
        facts=PostFacts(
            form="repost" if origin else kind,
            account_name=_text(tree, "#js_name") or _field(data, "nick_name"),
            author=_meta(tree, "og:article:author") or _field(data, "author"),
            origin=origin[1].strip() if origin else "",
            pictures=_pictures(content, html, kind),
            proves_silence=published is not None,  # every article went out: one without a time may be the newest
        ),
    ).document(place, WechatPage.NAME)


def _without_article(place: str, tree: LexborHTMLParser) -> Document | Problem:
    message = _text(tree, ".weui-msg__title") or _text(tree, ".mesg-block") or _text(tree, ".weui-msg")
    if not message:
        profile = tree.css_first(".about-page") is not None
        return Problem(ProblemCode.PROFILE_PAGE if profile else ProblemCode.NO_ARTICLE, place)
    said = f"{message} {_text(tree, '.weui-msg__desc')}"
    if tree.css_first("#js_verify") is not None or _GATE.search(said):
        return Problem(ProblemCode.WECHAT_GATE, place, {"message": message})
    if _DELETED.search(said):
        state = PostState.DELETED
    else:
        state = PostState.BLOCKED if _BLOCKED.search(said) else PostState.UNAVAILABLE
    return post.Entry(
        title=message,
        key=post.content_key(place),  # such a page names no post: the file is what tells it from others
        state=state,
        facts=PostFacts(form=state.value, reason=said.strip()),
    ).document(place, WechatPage.NAME)


def _published(html: str, data: str) -> datetime | None:
    """`#publish_time` is empty in the saved page: a script fills it from these."""
    if found := _SECONDS.search(data) or _SECONDS.search(html):
        return machine_times.epoch(int(found[1]))
    created = _CREATED.search(data) or _CREATED.search(html)
    return machine_times.parse(created[1] or created[2]) if created else None


def _content(content: LexborNode) -> tuple[Block, ...]:
    """Paragraphs of the element, inline tags joined without a space. Its `visibility: hidden` is WeChat's own."""
    lines: list[str] = []
    runs: list[str] = []
    owner = -1

    def flush() -> None:
        line = tidy("".join(runs))
        if line:
            lines.append(line)
        runs.clear()

    for node in content.traverse(include_text=True):
        if node.tag != "-text":
            if node.tag not in INLINE:
                flush()
            continue
        block, unseen = _owner(node)
        if unseen:
            continue
        if block != owner:
            flush()
            owner = block
        runs.append(node.text_content or "")
    flush()
    return tuple(Block("body", line, f"正文第 {number} 段") for number, line in enumerate(lines, 1))


def _owner(node: LexborNode) -> tuple[int, bool]:
    """The nearest block element above a text, and whether the text is one that nobody sees."""
    above = node.parent
    while above is not None and above.tag in INLINE | _UNSEEN_TAGS:
        if above.tag in _UNSEEN_TAGS:
            return -1, True
        above = above.parent
    return (above.mem_id if above is not None else 0), False


def _alts(content: LexborNode) -> Iterator[Block]:
    for number, image in enumerate(content.css("img"), 1):
        alt = (image.attributes.get("alt") or "").strip()
        if alt and alt not in ("图片", "img", "image"):
            yield Block("alt", _SPACES.sub(" ", alt), f"图 {number} 的替代文字")


def _pictures(content: LexborNode | None, html: str, kind: str) -> int:
    """How many pictures the post shows; a picture post shows one at least."""
    if kind == "picture":
        return max(len(_PICTURE.findall(html)), 1)
    # A list of selectors gives a picture of two of them twice.
    images = content.css("img") if content is not None else ()
    return sum(any(image.attributes.get(name) for name in ("data-src", "src")) for image in images)


def _links(content: LexborNode) -> tuple[Link, ...]:
    found: dict[str, Link] = {}
    for anchor in content.css("a[href]"):
        raw = anchor.attributes.get("href") or ""
        url = raw.strip()
        if url.startswith(("http://", "https://")):
            found.setdefault(url, Link(url, _SPACES.sub(" ", anchor.text()).strip(), "page", raw))
    return tuple(found.values())


def _script_text(data: str) -> str:
    """The body that stands only in the script; the second of two `content_noencode` where the first is empty."""
    for found in re.finditer(_FIELD.format("content_noencode"), data):
        if found[1]:
            return unescape(_TAG.sub("", _BREAK.sub("\n", _unescaped(found[1]))))
    if old := _OLD_FIELD.search(data):
        return unescape(_TAG.sub("", _BREAK.sub("\n", _unescaped(old[1]))))
    return unescape(_field(data, "desc"))


def _field(data: str, name: str) -> str:
    found = re.search(_FIELD.format(name), data)
    return unescape(_unescaped(found[1])).strip() if found else ""


def _unescaped(literal: str) -> str:
    return _ESCAPE.sub(_character, literal)


def _character(found: re.Match[str]) -> str:
    code = found[1] or found[2]
    return chr(int(code, 16)) if code else _PLAIN_ESCAPES.get(found[3], found[3])


def _meta(tree: LexborHTMLParser, name: str) -> str:
    node = tree.css_first(f'meta[property="{name}"]')
    # WeChat escapes these twice: the parser leaves one layer.
    return unescape(_unescaped(node.attributes.get("content") or "")).strip() if node is not None else ""


def _text(tree: LexborHTMLParser, selector: str) -> str:
    node = tree.css_first(selector)
    return _SPACES.sub(" ", node.text()).strip() if node is not None else ""


def _squeezed(text: str) -> str:
    return _SPACES.sub("", text)
