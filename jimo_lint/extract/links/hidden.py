"""Finds links to other domains that a page holds but does not show, and what tells a menu from a hiding place.

A page without links to other domains costs a look at its addresses; only the elements around such links are judged.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from functools import cached_property, lru_cache
from itertools import islice

from jimo_lint.domains import foreign, netloc
from jimo_lint.extract.markup import stylesheet
from jimo_lint.extract.markup.layout import Layout
from jimo_lint.extract.markup.stylesheet import Rule, Selector
from jimo_lint.extract.markup.tree import Tree, tidy, words
from jimo_lint.model import Concealed

MOST = 200  # links a page; more are one hiding place, and the report shows a few
_CANDIDATES = 1_000  # links to other domains that are looked at
_SCRIPTS, _SCRIPT = 50, 20_000  # scripts that are searched for names, and characters of each
_CODE = 160  # characters of markup that are kept as evidence

_WORDS = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])")
# What the boxes are called that a script or the mouse opens, and what WeChat hides until it is loaded.
_OPENING = words(
    "menu nav navbar sub submenu drop dropdown down tab tabs slide slider swiper carousel banner focus pop popup "
    "layer dialog modal mask tip tips tooltip share more select toggle fold accordion collapse panel float qr qrcode "
    "ewm code weixin wechat wx show hover mobile phone side sider sidebar old elder wza canvas drawer aside sr skip"
)
_WHOLE = frozenset({"js_content", "img-content"})
_NUMBERED = re.compile(r"(.*\D)\d+")
# What a script does to show something; the mere `display = "none"` is how a link is hidden.
_SHOWS = re.compile(
    r"\.show\(|toggle|slideDown|fadeIn|addClass|removeClass|className\s*=|display\s*=\s*['\"]?(?:block|inline|flex)"
    r"|display\s*=\s*['\"]{2}|visible|\.tab|setTab",
    re.I,
)
_HANDLERS = ("onmouseover", "onmouseenter", "onclick", "onfocus", "onmousemove")
_SWITCHED = frozenset({"display", "visibility", "transparent", "zero-size", "offscreen", "by-script"})
_ROWS = frozenset({"li", "ul", "ol", "dl", "dd", "td", "tr"})  # alike without a class
_STATE = re.compile(r"\d+|\b(?:on|active|cur|current|hide|hidden|show|none|dn)\b")
_DEEPEST = 100  # elements around a link; real pages nest thirty deep
_OLD_STYLES = (("color", "color"), ("bgcolor", "background-color"))  # attributes from before there were styles
_TINY = 2.0  # pixels


def read(html: str, layout: Layout, url: str) -> tuple[Concealed, ...]:
    """The concealed links of a page at `url`, in document order. A local file has no host of its own."""
    own = netloc(url)
    candidates = list(islice(_candidates(layout.tree, url, own), _CANDIDATES))
    if not candidates:
        return ()
    looker = _Looker(html, layout.tree)
    found: list[Concealed] = []
    for element, target, frame in candidates:
        if told := looker.look(element, frame=frame):
            how, at, code = told
            found.append(Concealed(target, layout.text_in(element), how, code, looker.excuse(at, how)))
            if len(found) == MOST:
                break
    return tuple(found)


def _candidates(tree: Tree, url: str, own: str) -> Iterator[tuple[int, str, bool]]:
    """Anchors and frames that lead to other domains. Only an address with a host of its own can."""
    scheme = url.partition(":")[0] if url.startswith("http") else "http"
    attrs = tree.attrs
    for tag, name in (("a", "href"), ("area", "href"), ("iframe", "src")):
        for element in tree.by_tag.get(tag, ()):
            target = attrs[element].get(name)
            if not target or (target[0] != "/" and ":" not in target[:12]):
                continue
            head, slashes, rest = target.partition("//")
            if not slashes or len(head) > 10:
                continue
            if _leads_away(head, rest.partition("/")[0], own):
                yield element, (f"{scheme}:{target}" if not head else target.strip()), tag == "iframe"


@lru_cache(maxsize=2048)
def _leads_away(head: str, place: str, own: str) -> bool:
    """True for the beginning of an address in another domain that is no authority's; pages repeat a few of them."""
    head = head.strip().lower()
    place = netloc(f"{head or 'http:'}//{place}")
    return head in ("", "http:", "https:") and bool(place) and foreign(place, own)


class _Looker:
    """Judges elements of one page, each once."""

    def __init__(self, html: str, tree: Tree) -> None:
        self._tree = tree
        rules = stylesheet.rules(html) if "style" in tree.tags else []
        self._hiding = [rule for rule in rules if rule.how]
        self._colouring = [rule for rule in rules if not rule.how]
        self._scripts = [script[:_SCRIPT] for script in tree.scripts[:_SCRIPTS]]
        self._hidden: dict[tuple[int, int], tuple[str, str]] = {}
        self._named: dict[str, bool] = {}
        self._styles: dict[tuple[int, int], stylesheet.Declarations | None] = {}

    def look(self, element: int, *, frame: bool) -> tuple[str, int, str] | None:
        """How the element is concealed, by which element, and the markup that says so; None where it is shown."""
        tree = self._tree
        size: float | None = None
        colour = ground = ""
        styled = False  # by a class or id, whose rules in other files may undo what is inherited
        for at in self._upwards(element):
            how, code = self._own(at)
            if how:
                return how, at, code
            style = self._style(at)
            if style is not None:
                size = stylesheet.font_size(style) if size is None else size
                colour = colour or stylesheet.colour(style)
                ground = ground or stylesheet.background(style)
                if styled:
                    continue
                if size is not None and size < _TINY and tree.firsts[element] < tree.lasts[element]:
                    return "tiny", at, self._markup(at)
                if colour and (colour == ground or (colour == "clear" and not ground)):
                    return "colour", at, self._markup(at)
            styled = styled or bool(tree.names[at])
        if frame and any(stylesheet.pixels(tree.attrs[element].get(name), 99) < 2 for name in ("width", "height")):
            return "frame", element, self._markup(element)
        return None

    def _upwards(self, element: int) -> Iterator[int]:
        """The element and those around it, as far as a browser nests them."""
        for _ in range(_DEEPEST):
            if element < 0:
                return
            yield element
            element = self._tree.parents[element]

    def _own(self, element: int) -> tuple[str, str]:
        """How the element itself hides what it holds, and by what; ("", "") where it does not."""
        key = self._key(element)
        known = self._hidden.get(key)
        if known is None:
            known = self._hidden[key] = self._judge(element)
        return known

    def _key(self, element: int) -> tuple[int, int]:
        """The same for elements that stand in one box and are written alike, which share their attributes."""
        return self._tree.parents[element], id(self._tree.attrs[element])

    def _judge(self, element: int) -> tuple[str, str]:
        tree = self._tree
        tag, attrs = tree.tags[element], tree.attrs[element]
        if attrs.get("id") in _WHOLE:
            return "", ""
        style = attrs.get("style")
        if style and (how := stylesheet.hiding(style)):
            return how, self._markup(element)
        if "hidden" in attrs:
            return "display", self._markup(element)
        if tag == "marquee" and any(0 <= stylesheet.pixels(attrs.get(name), 99) <= 5 for name in ("width", "height")):
            return "marquee", self._markup(element)
        for rule in self._matching(self._hiding, element):
            how = rule.how
            # The element's own style comes before the sheet's.
            if not (how == "display" and style and "display" in stylesheet.declarations(style)):
                return how, f"{rule.text} {self._markup(element)}"[:_CODE]
        identity = attrs.get("id")
        if identity and len(identity) > 1:
            for script in self._scripts:
                if identity in script and (code := _hides(script, identity)):
                    return "by-script", code
        return "", ""

    def _style(self, element: int) -> stylesheet.Declarations | None:
        """What the page says of the element's font and colours."""
        key = self._key(element)
        if key not in self._styles:
            self._styles[key] = self._told(element)
        return self._styles[key]

    def _told(self, element: int) -> stylesheet.Declarations | None:
        attrs = self._tree.attrs[element]
        style = attrs.get("style")
        found = {name: (attrs[old] or "").lower() for old, name in _OLD_STYLES if attrs.get(old)}
        for rule in self._matching(self._colouring, element):
            found.update(rule.declarations)
        if style:
            found.update(stylesheet.declarations(style))
        return found or None

    def _matching(self, rules: list[Rule], element: int) -> Iterator[Rule]:
        for rule in rules:
            if self._fits(rule.path[-1], element) and self._inside(rule.path[:-1], element):
                yield rule

    def _inside(self, path: tuple[Selector, ...], element: int) -> bool:
        """True where the element stands inside elements that fit all parts of the path, nearest last."""
        above = self._upwards(self._tree.parents[element])
        return all(any(self._fits(part, at) for at in above) for part in reversed(path))

    def _fits(self, part: Selector, element: int) -> bool:
        attrs = self._tree.attrs[element]
        if part.tag and part.tag != self._tree.tags[element]:
            return False
        if part.identity and part.identity != attrs.get("id"):
            return False
        return not part.classes or part.classes <= set((attrs.get("class") or "").split())

    def _markup(self, element: int) -> str:
        """The opening tag with the attributes that matter."""
        attrs = self._tree.attrs[element]
        kept = "".join(
            f' {name}="{tidy(attrs[name] or "")}"'
            for name in ("id", "class", "style", "width", "height", "hidden", "scrollamount")
            if name in attrs
        )
        return f"<{self._tree.tags[element]}{kept}>"[:_CODE]

    def excuse(self, element: int, how: str) -> str:
        """Why the hiding element may be meant well, as `Concealed.excuse` has it."""
        if how not in _SWITCHED:
            # An icon in place of its own link's words: `.logo a {text-indent: -9999px}`.
            return "menu" if how == "indent" and self._tree.tags[element] == "a" else ""
        at = element
        for _ in range(4):
            if at < 0 or self._tree.tags[at] == "body":
                break
            if self._opens(at):
                return "menu"
            at = self._tree.parents[at]
        if how in ("offscreen", "by-script"):
            return ""
        if self._among_shown(element):
            return "menu"
        return "named" if self._tree.names[element] else ""

    def _opens(self, element: int) -> bool:
        """True for what is called a menu, what reacts to the mouse, or what a script shows."""
        tree = self._tree
        names, attrs = tree.names[element], tree.attrs[element]
        if tree.tags[element] in ("select", "nav", "dialog", "details") or any(name in attrs for name in _HANDLERS):
            return True
        if not names:
            return False
        if any(word.lower() in _OPENING for word in _WORDS.findall(names)):
            return True
        own = [name for name in names.split() if len(name) > 1]
        return any(self._shown(name) for name in own)

    def _shown(self, name: str) -> bool:
        """True where a script that shows things speaks of this class or id."""
        if name not in self._named:
            word = re.compile(rf"(?<![\w-]){re.escape(name)}(?![\w-])")
            self._named[name] = any(
                name in script and word.search(script) and _SHOWS.search(script) for script in self._scripts
            )
        return self._named[name]

    def _among_shown(self, element: int) -> bool:
        """True for a tab or slide: one of several alike beside one another, of which another one is shown."""
        tree = self._tree
        parent = tree.parents[element]
        if parent < 0 or tree.tags[parent] == "body":
            return self._numbered(element)
        kin = _kin(tree, element)
        if not kin and tree.tags[element] not in _ROWS:
            return self._numbered(element)
        at = parent + 1
        while at < tree.ends[parent]:
            alike = tree.tags[at] == tree.tags[element] and _kin(tree, at) == kin
            if at != element and alike and not self._own(at)[0] and tree.ends[at] > at + 1:
                return True
            at = tree.ends[at]
        return self._numbered(element)

    def _numbered(self, element: int) -> bool:
        """True for `con_2` where there is a `con_1`: tabs of the old sort, whose script counts."""
        stem = _NUMBERED.fullmatch(self._tree.attrs[element].get("id") or "")
        return stem is not None and self._stems[stem[1]] > 1

    @cached_property
    def _stems(self) -> Counter[str]:
        """How often an id without its number stands on the page."""
        identities = (attrs.get("id") for attrs in self._tree.attrs)
        return Counter(stem[1] for one in identities if one and (stem := _NUMBERED.fullmatch(one)))


def _kin(tree: Tree, element: int) -> str:
    """What tells which sort of box an element is: its classes but for numbers and states."""
    return _STATE.sub("", tree.attrs[element].get("class") or "").strip()


def _hides(script: str, identity: str) -> str:
    """The statement by which a script hides the element for good; "" where there is none."""
    name = re.escape(identity)
    found = re.search(
        rf"""getElementById\(\s*["']{name}["']\s*\)[^;]{{0,40}}\.style\.(?:display\s*=\s*["']none|visibility\s*=\s*["']hidden)"""
        rf"""|\$\(\s*["']\#{name}["']\s*\)\s*\.hide\(""",
        script,
    )
    return tidy(script[max(found.start() - 20, 0) : found.end() + 20])[:_CODE] if found else ""
