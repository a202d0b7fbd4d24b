"""Whether words stand in an address, which leads elsewhere or nowhere when they are changed."""

from __future__ import annotations

import re

# An address in Chinese text ends with these at the latest; brackets may be its own.
_BREAK = re.compile(r"[\s，。；！？、“”‘’《》<>\"]")
_BEGIN = re.compile(
    r"[A-Za-z]{2,10}://|(?<![A-Za-z0-9.-])(?:[Ww]{3}\.|(?:[A-Za-z0-9-]{1,63}\.){1,8}[A-Za-z]{2,18}(?=[/?:]))"
)
_MAIL_BEHIND = re.compile(r"[\w.+-]{0,64}@[A-Za-z0-9-]+\.[A-Za-z]")
_MAIL_BEFORE = re.compile(r"[\w.+-]@[\w.-]{0,64}$")
_LONGEST = 2000
_PAIRS = (("（", "）"), ("(", ")"), ("〔", "〕"), ("[", "]"))


def in_address(line: str, start: int, end: int) -> bool:
    """Whether line[start:end] is of a web or mail address. Where its end cannot be told, all up to the next mark is."""
    if _BREAK.match(line, start):
        return False
    before = _BREAK.split(line[max(start - _LONGEST, 0) : start])[-1]
    if _MAIL_BEFORE.search(before) or _MAIL_BEHIND.match(line, end):
        return True
    begins = [one.start() for one in _BEGIN.finditer(before)]
    address = before[begins[-1] :] if begins else ""
    # A bracket that opened before the address ends it.
    return bool(address) and all(address.count(right) <= address.count(left) for left, right in _PAIRS)
