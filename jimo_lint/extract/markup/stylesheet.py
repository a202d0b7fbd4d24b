"""Reads styles: how an element is made invisible by its own style or by a rule in the page's `<style>`."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import NamedTuple

_COMMENT = re.compile(r"/\*.*?(?:\*/|\Z)", re.S)
_RULE = re.compile(r"(?<![^{}])([^{}]++)\{([^{}]{0,2000}+)\}")
_PART = re.compile(r"([a-zA-Z][\w-]*)?((?:[.#][\w-]+)*)")
_NAME = re.compile(r"([.#])([\w-]+)")
_LENGTH = re.compile(r"\s*+(-?(?:\d*+\.)?\d++)\s*+(px|em|rem|pt|%|vw|vh)?")
_LARGEST = 200_000  # characters of styles; more is a library, which hides nothing of its own
MOST = 300  # rules a page that could hide something; ordinary pages have a dozen

_FAR = -500.0  # pixels; menus and slides are moved by less, or are wider than what they are moved by
_EM = 16.0
_CLIPPED = re.compile(r"rect\(\s*(?:0|1px)[\w\s,]*\)|inset\(\s*(?:50|100)%")
_MOVED = re.compile(r"translate(?:x|y|3d)?\(\s*(?:0(?:px)?\s*,\s*)?-(\d{4,})")
_CLEAR = re.compile(r"transparent|rgba\([^)]*,\s*0?\.?0+\s*\)")
_COLOURS = {"white": "#ffffff", "black": "#000000", "red": "#ff0000", "blue": "#0000ff", "yellow": "#ffff00"}

Declarations = Mapping[str, str]


class Selector(NamedTuple):
    """One part of a selector, such as `div.box#main`."""

    tag: str
    classes: frozenset[str]
    identity: str


class Rule(NamedTuple):
    """A rule of the page's own styles. path: the parts of its selector, the element's own last. how: as `hiding`."""

    path: tuple[Selector, ...]
    declarations: Declarations
    how: str
    text: str


@lru_cache(maxsize=2048)
def declarations(style: str) -> Declarations:
    """Property to value, both in lower case; of a doubled property the last."""
    found: dict[str, str] = {}
    for one in style.lower().split(";"):
        name, colon, value = one.partition(":")
        if colon:
            found[name.strip()] = value.replace("!important", "").strip()
    return found


@lru_cache(maxsize=2048)
def hiding(style: str) -> str:
    """How a style makes an element with all it holds invisible: a key of CONCEALMENTS, "" where it does not.

    Font size and colour are inherited, so that what is inside may undo them: `font_size`, `colour`, `background`.
    """
    found = declarations(style)
    if found.get("display") == "none":
        return "display"
    if found.get("visibility") in ("hidden", "collapse"):
        return "visibility"
    opacity = found.get("opacity", "")
    if _LENGTH.fullmatch(opacity) and float(_LENGTH.match(opacity)[1]) < 0.05:  # type: ignore[index]
        return "transparent"
    if "opacity=0)" in found.get("filter", "").replace(" ", ""):
        return "transparent"
    if pixels(found.get("text-indent")) <= _FAR:
        return "indent"
    if _offscreen(found):
        return "offscreen"
    if _CLIPPED.match(found.get("clip", "")) or _CLIPPED.match(found.get("clip-path", "")):
        return "clip"
    if found.get("overflow", "").startswith("hidden") and any(
        0 <= pixels(found.get(name), 99) < 2 for name in ("height", "width", "max-height", "max-width")
    ):
        return "zero-size"
    return ""


def _offscreen(found: Declarations) -> bool:
    """True where an element is moved away; a strip of slides is wider than what it is moved by."""
    wide, high = pixels(found.get("width")), pixels(found.get("height"))
    sideways, upwards = ["margin-left", "margin-right"], ["margin-top"]
    if found.get("position") in ("absolute", "fixed", "relative"):
        sideways += ["left", "right"]
        upwards += ["top", "bottom"]
    if any(pixels(found.get(name)) <= _FAR and wide <= -pixels(found.get(name)) for name in sideways):
        return True
    if any(pixels(found.get(name)) <= _FAR and high <= -pixels(found.get(name)) for name in upwards):
        return True
    moved = _MOVED.search(found.get("transform", ""))
    return moved is not None and int(moved[1]) >= 5000 and wide < int(moved[1])


def pixels(value: str | None, otherwise: float = 0.0) -> float:
    """A length in pixels; `otherwise` where there is none."""
    length = _LENGTH.match(value) if value else None
    if not length:
        return otherwise
    number = float(length[1])
    return number * (_EM if length[2] in ("em", "rem") else 1.0)


def font_size(found: Declarations) -> float | None:
    """The font's size in pixels where a style sets it."""
    value = found.get("font-size")
    length = _LENGTH.match(value) if value else None
    return pixels(value) if length and length[2] != "%" else None


def colour(found: Declarations) -> str:
    """The colour of the text where a style sets it: #rrggbb, `clear` or a name."""
    return _colour(found.get("color", ""))


def background(found: Declarations) -> str:
    """The colour behind the text where a style sets it plainly, "picture" where it is one."""
    value = found.get("background-color") or found.get("background", "")
    return "picture" if "url(" in value else _colour(value.partition(" ")[0] if "(" not in value else value)


@lru_cache(maxsize=1024)
def _colour(value: str) -> str:
    value = value.strip()
    if _CLEAR.fullmatch(value):
        return "clear"
    if re.fullmatch(r"#[0-9a-f]{3}", value):
        value = "#" + "".join(2 * digit for digit in value[1:])
    if levels := re.fullmatch(r"rgb\(\s*(\d+)\s*,\s*(\d+)\s*,\s*(\d+)\s*\)", value):
        value = "#" + "".join(f"{min(int(level), 255):02x}" for level in levels.groups())
    return _COLOURS.get(value, value)


def rules(html: str) -> list[Rule]:
    """The rules of all `<style>` of a page that could hide something; print and narrow-screen rules are left out."""
    found: list[Rule] = []
    for opening, closing in (("<style", "</style"), ("<STYLE", "</STYLE")):
        at = html.find(opening)
        while at >= 0:
            start = html.find(">", at) + 1
            end = html.find(closing, start)
            sheet = html[start : end if end >= 0 else len(html)]
            if len(sheet) <= _LARGEST:
                found.extend(_sheet(sheet))
            at = html.find(opening, end) if end >= 0 and len(found) < MOST else -1
    return found[:MOST]


@lru_cache(maxsize=64)
def _sheet(sheet: str) -> tuple[Rule, ...]:
    """The rules of one `<style>`; a site's pages repeat it."""
    found: list[Rule] = []
    for selectors, body in (one.groups() for one in _RULE.finditer(_without_media(_COMMENT.sub("", sheet)))):
        told = declarations(body)
        how = hiding(body)
        if not (how or "font-size" in told or "color" in told):
            continue
        found += [
            Rule(path, told, how, f"{selector.strip()}{{{body.strip()}}}")
            for selector in selectors.split(",")
            if (path := _path(selector.strip()))
        ]
        if len(found) >= MOST:
            break
    return tuple(found)


def _without_media(sheet: str) -> str:
    """The sheet without what is for print or narrow screens only."""
    kept: list[str] = []
    rest = sheet
    while (at := rest.find("@media")) >= 0:
        kept.append(rest[:at])
        opening = rest.find("{", at)
        depth, end = 1, opening + 1
        while opening >= 0 and depth and (braces := re.compile(r"[{}]").search(rest, end)):
            depth += 1 if braces[0] == "{" else -1
            end = braces.end()
        if opening < 0 or depth:
            return "".join(kept)
        rest = rest[end:]
    return "".join([*kept, rest])


def _path(selector: str) -> tuple[Selector, ...]:
    """The parts of a selector; () for one with states, attributes or siblings, or for a whole tag alone."""
    parts: list[Selector] = []
    for one in selector.replace(">", " ").split():
        found = _PART.fullmatch(one)
        if not found or not (found[1] or found[2]):
            return ()
        names = _NAME.findall(found[2])
        identity = next((name for mark, name in names if mark == "#"), "")
        parts.append(Selector((found[1] or "").lower(), frozenset(n for mark, n in names if mark == "."), identity))
    return tuple(parts) if any(part.classes or part.identity for part in parts) else ()
