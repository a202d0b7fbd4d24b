"""Shows a text as its readers get it, escapes resolved, and where each character of that stands in the text."""

from __future__ import annotations

import re
from itertools import chain

from jimo_lint.values import dataclass

# Percent-encoding (in whatever charset), the escapes of `escape()`, HTML and JavaScript, and tags, save those that
# hold a number or an escape themselves. Possessive: a page must not make this search twice.
_ESCAPE = (
    r"(?P<percent>(?:%[0-9A-Fa-f]{2})+)"
    r"|(?:%u|\\u)(?P<unit>[0-9A-Fa-f]{4})|\\x(?P<byte>[0-9A-Fa-f]{2})"
    r"|&\#(?:(?P<decimal>[0-9]{1,7})|[xX](?P<hex>[0-9A-Fa-f]{1,6}));?"
    r"|</?(?P<tag>[a-zA-Z][a-zA-Z0-9]{0,9})(?:[0-9]{0,6}+[^<>0-9%&\\])*+>"
)
_ESCAPED = r"%[0-9A-Fa-fu]|\\[ux]|&#|</?[a-zA-Z]"
# An address in an address is encoded twice; a third time has been met with nowhere, but costs nothing.
_DEPTH = 3
# Elements that do not break a line; others part what stands before and behind.
_INLINE = frozenset(("a", "b", "big", "em", "font", "i", "ins", "mark", "s", "small", "span", "strong", "u", "wbr"))

# An ID or mobile number has a 1 or a 0; of a few such digits each is the number of an item or a note.
_RINGED = re.compile("[\u24ea\u2460-\u2468]{11,}+")
_UNRINGED = str.maketrans("\u24ea" + "".join(map(chr, range(0x2460, 0x2469))), "0123456789")

NOTHING = "\u200b"  # what does not show at all
# Characters that stand for one another in numbers, one for one: full-width forms, dashes, blanks, dots.
ALIKE = str.maketrans(
    {
        **{chr(0xFF10 + digit): str(digit) for digit in range(10)},
        **dict.fromkeys("Ｘｘ", "X"),
        **dict.fromkeys("‐‑‒–—―－−─━", "-"),
        **dict.fromkeys("\t\u00a0\u2002\u2003\u2009\u202f\u3000（）()", " "),
        # Marks of direction, which come along with what is copied, too.
        **dict.fromkeys(
            "\u00ad\u180e\u200b\u200c\u200d\u200e\u200f\u2060\u2066\u2067\u2068\u2069\ufe0e\ufe0f\ufeff", NOTHING
        ),
        **dict.fromkeys("\u202a\u202b\u202c\u202d\u202e", NOTHING),
        **dict.fromkeys("．", "."),
        **dict.fromkeys("•・‧●", "·"),
        **dict.fromkeys("／\\＼", "/"),
        **dict.fromkeys("＿", "_"),
        **dict.fromkeys("｜", "|"),
        **dict.fromkeys("：", ":"),
        **dict.fromkeys("\r\u2028\u2029", "\n"),
        **dict.fromkeys("＊", "*"),
    }
)


@dataclass(frozen=True, slots=True)
class View:
    """text: what is looked at. starts: where the character with each offset begins in what was given, and its end;
    None where each stands for itself."""

    text: str
    starts: list[int] | None = None

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The span of what was given that shows as `text[start:end]`."""
        return (start, end) if self.starts is None else (self.starts[start], self.starts[end])

    def alike(self) -> View:
        """The same with one form for digits, dashes and blanks of all widths."""
        return View(self.text.translate(ALIKE), self.starts)


def view(text: str) -> View:
    """`text` without escapes and tags, digits out of their rings."""
    starts: list[int] | None = None
    if ("%" in text or "<" in text or "&" in text or "\\" in text) and re.search(_ESCAPED, text):
        for _ in range(_DEPTH):
            resolved = _resolve(text)
            if resolved is None:
                break
            text, inner = resolved
            starts = inner if starts is None else [starts[place] for place in inner]
    if "\u2460" in text or "\u24ea" in text:
        text = _RINGED.sub(lambda found: found[0].translate(_UNRINGED), text)
    return View(text, starts)


def _resolve(text: str) -> tuple[str, list[int]] | None:
    """The text with one layer of escapes resolved, and where each character began; None where there is none."""
    parts: list[str] = []
    starts: list[range | list[int]] = []
    done = 0
    for found in re.finditer(_ESCAPE, text):
        begin, end = found.span()
        parts.append(text[done:begin])
        starts.append(range(done, begin))
        done = end
        if found["percent"]:
            place = begin
            for character, octets in _decoded(bytes.fromhex(found[0].replace("%", ""))):
                parts.append(character)
                starts.append([place])
                place += 3 * octets
            continue
        parts.append(_tag(found["tag"]) if found["tag"] else _character(found))
        starts.append([begin])
    if not parts:
        return None
    parts.append(text[done:])
    starts.append(range(done, len(text) + 1))
    return "".join(parts), list(chain.from_iterable(starts))


def _decoded(body: bytes) -> list[tuple[str, int]]:
    """The characters of percent-encoded bytes with the number of bytes of each: UTF-8, else GBK, else one by one."""
    for charset in ("utf-8", "gb18030"):
        try:
            return [(character, len(character.encode(charset))) for character in body.decode(charset)]
        except UnicodeError:
            continue
    return [(chr(octet), 1) for octet in body]


def _tag(name: str) -> str:
    return NOTHING if name.lower() in _INLINE else "\n"


def _character(found: re.Match[str]) -> str:
    code = int(found["decimal"] or found["unit"] or found["byte"] or found["hex"], 10 if found["decimal"] else 16)
    return chr(code) if 0 < code < 0x110000 and not 0xD800 <= code < 0xE000 else NOTHING
