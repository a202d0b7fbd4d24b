"""Makes any text fit to be printed: what would act on a terminal is seen, what cannot be encoded is replaced."""

from __future__ import annotations

import re

from jimo_lint.language.expressions import compiled

# C0 and C1 controls, line and paragraph separators, and the marks that reverse the order of what is shown:
# in a terminal or a log they act instead of being seen. Lone surrogates cannot be encoded at all.
_UNPRINTABLE = compiled(
    "[\x00-\x1f\x7f-\x9f\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]"
)


_SURROGATES = compiled("[\ud800-\udfff]")


def printable(text: str) -> str:
    """`text` with every character that would act on a terminal replaced by one that is seen; same length."""
    return _UNPRINTABLE.sub(_picture, text)


def _picture(found: re.Match[str]) -> str:
    character = found[0]
    if character in "\t\n\r\u2028\u2029":
        return " "
    code = ord(character)
    return chr(0x2400 + code) if code < 0x20 else "\u2421" if code == 0x7F else "\ufffd"


def encodable(text: str) -> str:
    """`text` with lone surrogates replaced, so that UTF-8 can hold it; same length."""
    return _SURROGATES.sub("\ufffd", text)
